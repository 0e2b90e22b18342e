"""Steps -> sentences: the trace of the sweep that gave a derivative, in the order in which a teacher would write it down."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from chainrule.calculus.reverse import Backpropagation
from chainrule.explanation.reasons import Surroundings, reason, reason_of_uses
from chainrule.explanation.simplifications import simplifications, told
from chainrule.explanation.words import Words
from chainrule.graph.node import Add, Constant, Named, Node, Variable, operands, postorder
from chainrule.graph.step import Step
from chainrule.graph.walk import depends_on, opaque

MOST_STEPS = 400
"""A derivation longer than this is explained at its end alone: the steps nearest to the variable."""


@dataclass(frozen=True)
class Sentence:
    """One step: the derivative by `at` is `after`, or what it receives through the quantity `through`. `because` says why.

    upstream: the derivative that the step started from, where it is not one. local: what that is multiplied by, where the
    local derivative can be said apart from the product.
    """

    rule: str
    at: Node
    through: Node | None
    after: Node
    because: Words
    upstream: Node | None = None
    local: Node | None = None


def sentences(swept: Backpropagation, by: Node, tidy: Callable[[Node], Node]) -> list[Sentence]:
    """The steps on the way from the target back to `by`. tidy: normal form, applied to what is shown.

    Steps inside a quantity that only hand on what they got are left out.
    """
    moving = depends_on([swept.target], by)
    steps = [step for step in swept.steps if _leads(step, by, moving)]
    around = Surroundings(_owners(swept.target), swept.cotangents, _added(swept.target))
    return list(_said(steps[-MOST_STEPS:], Uses(swept.steps, around.owners), around, tidy))


class Uses:
    """The edges that lead to each node, and how often the same factor of a product receives the same, as in x^T x."""

    def __init__(self, steps: Iterable[Step], owners: Mapping[Node, Named]):
        self.owners = owners
        self.steps: dict[Node, list[Step]] = {}
        self.alike: Counter[tuple[Node, Node, Node]] = Counter()
        self.found: dict[Node, dict[tuple[Node, int | None], Node]] = {}
        for step in steps:
            if step.argument is not None:
                at = _operand(step)
                self.steps.setdefault(at, []).append(step)
                self.alike[step.node, at, step.after] += 1

    def paths(self, node: Node) -> dict[tuple[Node, int | None], Node]:
        """What tells each use of a node from the others: the quantity it is used in, or the term where that has several."""
        if node not in self.found:
            uses = self.steps.get(node, [])
            count = Counter(self.owners.get(use.node) for use in uses)
            self.found[node] = {(use.node, use.argument): self._path(use.node, count) for use in uses}
        return self.found[node]

    def _path(self, node: Node, count: Counter[Named | None]) -> Node:
        owner = self.owners.get(node)
        return node if owner is None or (owner.body is not node and count[owner] > 1) else owner


def _added(target: Node) -> frozenset[Node]:
    """The terms of the sums."""
    return frozenset(term for node in postorder(target) if isinstance(node, Add) for _, term in node.terms)


def _leads(step: Step, by: Node, moving: set[Node]) -> bool:
    """Whether the step is on a path from the target to `by`."""
    if step.node not in moving or (step.argument is not None and step.node is by):
        return False
    return step.argument is None or _operand(step) in moving


def _operand(step: Step) -> Node:
    return step.node if step.argument is None else operands(step.node)[step.argument]


def _owners(target: Node) -> dict[Node, Named]:
    """The named quantity in whose formula a term stands."""
    owners: dict[Node, Named] = {}
    for quantity in postorder(target):
        if isinstance(quantity, Named):
            for term in postorder(quantity.body, into=opaque):
                owners.setdefault(term, quantity)
    return owners


def _said(steps: Iterable[Step], uses: Uses, around: Surroundings, tidy: Callable[[Node], Node]) -> Iterator[Sentence]:
    known: set[str] = set()
    repeated: set[tuple[Node, Node, Node]] = set()
    for step in steps:
        at = _operand(step)
        after = tidy(step.after)
        if step.argument is None:
            because = reason_of_uses(at, list(uses.paths(at).values())) + _simplified(step, known)
            yield Sentence(step.rule, at, None, after, because)
            continue
        before = tidy(step.before)
        own = (step.node, at, step.after)
        if own in repeated or (after is before and not isinstance(at, Named | Variable)):
            continue
        repeated.add(own)
        through = uses.paths(at)[step.node, step.argument] if len(uses.steps[at]) > 1 else None
        upstream = None if isinstance(before, Constant) and before.value == 1 else before
        local = None if step.local is None or isinstance(step.local, Constant) else tidy(step.local)
        others = {1: "", 2: " The other factor gives the same."}.get(uses.alike[own], " The other factors give the same.")
        because = (*reason(step, around), *_simplified(step, known), *((others,) if others else ()))
        yield Sentence(step.rule, at, through, after, because, upstream, local)


def _simplified(step: Step, known: set[str]) -> Words:
    """What simplification did to a contribution, said once in a derivation."""
    shown = [step.after] if step.local is None else [step.local, step.after]
    new = tuple(dict.fromkeys(each for node in shown for each in simplifications(node) if each not in known))
    known.update(new)
    return (told(new),) if new else ()
