"""Steps -> sentences: the trace of the sweep that gave a derivative, in the order in which a teacher would write it down."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from chainrule.calculus.reverse import Backpropagation
from chainrule.graph.node import Named, Node, Variable, operands
from chainrule.graph.step import Step
from chainrule.graph.walk import depends_on

MOST_STEPS = 400
"""A derivation longer than this is explained at its end alone: the steps nearest to the variable."""


@dataclass(frozen=True)
class Sentence:
    """One step in words: `before` and `after` are nodes to print, `because` says why."""

    rule: str
    before: Node
    after: Node
    because: str


def sentences(swept: Backpropagation, by: Node, tidy: Callable[[Node], Node]) -> list[Sentence]:
    """The steps on the way from the target back to `by`, each with upstream before and what arrives after.

    tidy: normal form, applied to what is shown. Steps that hand on what they got, unnamed, are left out.
    """
    moving = depends_on([swept.target], by)
    on_the_way = [step for step in swept.steps if _leads(step, by, moving)]
    return list(_said(on_the_way[-MOST_STEPS:], by, tidy)) + list(_collected(swept, by, tidy))


def _leads(step: Step, by: Node, moving: set[Node]) -> bool:
    """Whether the step is on a path from the target to `by`."""
    if step.argument is None:
        return step.node in moving
    return step.node in moving and step.node is not by and operands(step.node)[step.argument] in moving


def _said(steps: Iterable[Step], by: Node, tidy: Callable[[Node], Node]) -> Iterator[Sentence]:
    for step in steps:
        operand = step.node if step.argument is None else operands(step.node)[step.argument]
        before, after = tidy(step.before), tidy(step.after)
        if before is after and not isinstance(operand, Named | Variable):
            continue
        yield Sentence(step.rule, before, after, step.because)


def _collected(swept: Backpropagation, by: Node, tidy: Callable[[Node], Node]) -> Iterator[Sentence]:
    """The last line: the contributions together, simplified."""
    whole = swept.gradient(by)
    body = whole.body if isinstance(whole, Named) else whole
    if tidy(body) is not body:
        yield Sentence("simplify", body, tidy(body), "Like terms are collected and constants multiplied out.")
