"""Which parametrisations the families have that a formula computes with: said beside values, derivatives and claims of it."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

from chainrule.errors import ChainruleError
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, join_spans, key
from chainrule.solving.answer import Answer
from chainrule.solving.information.said import parametrisations_of
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Tree, walk


def with_parametrisations(network: Network, answer: Answer, trees: Iterable[Tree]) -> Answer:
    """The answer, which is computed from these formulas, with those sentences that it does not have."""
    told = [said for tree in _behind(network, trees) for said in _said(network, tree)]
    return replace(answer, conventions=tuple(dict.fromkeys((*answer.conventions, *told))))


def _behind(network: Network, trees: Iterable[Tree]) -> Iterator[Tree]:
    """The formulas and those of the names in them."""
    bodies = {key(equation.name): equation.body for equation in network.equations}
    waiting, seen = list(trees), set[Tree]()
    while waiting:
        tree = waiting.pop()
        yield tree
        names = {key(part) for part in walk(tree) if could_be_name(part)} & bodies.keys() - seen
        seen |= names
        waiting += [bodies[name] for name in bodies if name in names]


def _said(network: Network, tree: Tree) -> Iterator[str]:
    for part in (each for whole in walk(tree) for each in _applications(whole)):
        found = None
        with suppress(ChainruleError):
            found = network.information(part)
        if found is not None:
            yield from parametrisations_of(found)


def _applications(tree: Tree) -> Iterator[Tree]:
    """What could be a quantity: `D(P || Q)`, also among other factors."""
    match tree:
        case Call():
            yield tree
        case Juxtaposition(items=items):
            pairs = pairwise(items)
            yield from (Juxtaposition(p, span=join_spans(p)) for p in pairs if isinstance(p[1], Bracket))
        case _:
            return
