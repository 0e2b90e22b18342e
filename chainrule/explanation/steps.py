"""Steps -> sentences: the trace of the sweep that gave a derivative, in the order in which a teacher would write it down."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from chainrule.calculus.reverse import Backpropagation
from chainrule.graph.node import Constant, Named, Node, Variable, operands, postorder
from chainrule.graph.step import Step
from chainrule.graph.walk import depends_on, opaque

MOST_STEPS = 400
"""A derivation longer than this is explained at its end alone: the steps nearest to the variable."""


@dataclass(frozen=True)
class Sentence:
    """One step: the derivative by `at` is `after`, or what it receives through the quantity `through`. `because` says why.

    upstream, local: the two whose product `after` is, where the local derivative can be said apart from the product.
    """

    rule: str
    at: Node
    through: Node | None
    after: Node
    because: str
    upstream: Node | None = None
    local: Node | None = None


def sentences(swept: Backpropagation, by: Node, tidy: Callable[[Node], Node]) -> list[Sentence]:
    """The steps on the way from the target back to `by`. tidy: normal form, applied to what is shown.

    Steps inside a quantity that only hand on what they got are left out.
    """
    moving = depends_on([swept.target], by)
    steps = [step for step in swept.steps if _leads(step, by, moving)]
    arrivals = Counter(_operand(step) for step in swept.steps if step.argument is not None)
    return list(_said(steps[-MOST_STEPS:], arrivals, _owners(swept.target), tidy))


def _leads(step: Step, by: Node, moving: set[Node]) -> bool:
    """Whether the step is on a path from the target to `by`."""
    if step.node not in moving or (step.argument is not None and step.node is by):
        return False
    return step.argument is None or _operand(step) in moving


def _operand(step: Step) -> Node:
    return step.node if step.argument is None else operands(step.node)[step.argument]


def _owners(target: Node) -> dict[Node, Node]:
    """The named quantity in whose formula a term stands."""
    owners: dict[Node, Node] = {}
    for quantity in postorder(target):
        if isinstance(quantity, Named):
            for term in postorder(quantity.body, into=opaque):
                owners.setdefault(term, quantity)
    return owners


def _said(
    steps: Iterable[Step], arrivals: Counter[Node], owners: dict[Node, Node], tidy: Callable[[Node], Node]
) -> Iterator[Sentence]:
    for step in steps:
        at = _operand(step)
        after = tidy(step.after)
        if step.argument is not None and after is tidy(step.before) and not isinstance(at, Named | Variable):
            continue
        several = step.argument is not None and arrivals[at] > 1
        through = owners.get(step.node, step.node) if several else None
        if step.local is None or isinstance(step.local, Constant):
            yield Sentence(step.rule, at, through, after, step.because)
        else:
            yield Sentence(step.rule, at, through, after, step.because, tidy(step.before), tidy(step.local))
