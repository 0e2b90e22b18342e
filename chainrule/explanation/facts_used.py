r"""Which facts of inputs a result rests on, and each as an equation, `A^\top = A`, for the step that cites it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from chainrule.graph import build
from chainrule.graph.facts import COLUMNS, NO_FACTS, ROWS, SAME_TURNED, Fact
from chainrule.graph.node import Node, Variable
from chainrule.graph.walk import inputs, substitute
from chainrule.syntax.tree import Tree


@dataclass(frozen=True)
class FactUse:
    """A fact of a variable: `before` is `after` where it holds. In both the variable stands without its facts."""

    variable: Variable
    fact: Fact
    before: Node
    after: Node

    def because(self, *, by_value: bool) -> str:
        """What follows the variable in the sentence that cites the fact. by_value: nobody has declared it."""
        return f" {self.fact.value}, as {'its value does' if by_value else 'declared'}."


def facts_used(found: Sequence[Node], show: Callable[[Node], Tree | None]) -> list[FactUse]:
    """The facts without which the results would not be shown as they are.

    found: the results before they are simplified. show: simplifies one and gives its text as a tree, None where there is none.
    """
    kept = {node: list(ordered) for node in inputs(found) if (ordered := [fact for fact in Fact if fact in node.facts])}
    wanted = [show(node) for node in found] if kept else []
    for facts in kept.values():
        for fact in reversed(tuple(facts)):
            facts.remove(fact)
            if [show(node) for node in _with(found, kept)] != wanted:
                facts.append(fact)
    return [_use(variable, fact) for variable, facts in kept.items() for fact in reversed(facts)]


def _with(found: Iterable[Node], facts: dict[Variable, list[Fact]]) -> list[Node]:
    new: dict[Node, Node] = {v: build.variable(v.symbol, v.shape, frozenset(own)) for v, own in facts.items()}
    return [substitute(node, new) for node in found]


def _use(variable: Variable, fact: Fact) -> FactUse:
    node = build.variable(variable.symbol, variable.shape, NO_FACTS)
    turned = build.transpose(node)
    if fact in SAME_TURNED:
        return FactUse(variable, fact, turned, node)
    if fact in COLUMNS:
        return FactUse(variable, fact, build.matmul(turned, node), _identity(node, 1))
    if fact in ROWS:
        return FactUse(variable, fact, build.matmul(node, turned), _identity(node, 0))
    if fact is Fact.UNIT_NORM:
        return FactUse(variable, fact, build.inner(node, node), build.constant(1))
    assert fact is Fact.SUM_ONE, f"no rule uses that an array is {fact.value}"
    return FactUse(variable, fact, build.total(node), build.constant(1))


def _identity(node: Node, axis: int) -> Node:
    return build.contract([], [], (0, 0), {0: node.shape[axis]})
