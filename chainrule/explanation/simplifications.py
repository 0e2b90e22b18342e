"""What normal form did that a reader would not see at a glance: functions recognised, inverses that cancel, products out."""

from chainrule.algebra.folding import FOLDED_FUNCTIONS, FOLDED_PRODUCTS, FOLDED_SUMS
from chainrule.algebra.normal_form import normal_form
from chainrule.graph.node import Apply, Node, postorder
from chainrule.graph.step import Step
from chainrule.graph.walk import opaque

TOLD = frozenset(
    {rule.name for rule in (*FOLDED_PRODUCTS, *FOLDED_FUNCTIONS, *FOLDED_SUMS)}
    | {"distributed", "reciprocal", "inverse-functions"}
)
"""The rules that are told; the others put things in order or do what every reader does without a word."""

LARGEST = 100
"""A term of more nodes is not simplified a second time to see how."""


def simplifications(node: Node) -> tuple[str, ...]:
    """The reasons, each once, of those rules that made the normal form of a term what a reader may not expect."""
    order = postorder(node, into=opaque)
    if len(order) > LARGEST or not any(isinstance(each, Apply) for each in order):
        return ()
    trace: list[Step] = []
    normal_form(node, trace)
    return tuple(dict.fromkeys(step.because for step in trace if step.rule in TOLD))


def told(reasons: tuple[str, ...]) -> str:
    """The reasons as a sentence; nothing where there are none."""
    return f" Simplified, as {', and as '.join(reasons)}." if reasons else ""
