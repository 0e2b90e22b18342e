"""A rule for sums: what several terms have in common is taken out, A x + A^T x = (A + A^T) x.

A factor is common where it is the same node and meets the output at the same places. What is left of each term has, beside
the indices of the output that it carries itself, those over which it was summed with the factor.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from chainrule.algebra.key import key
from chainrule.algebra.length import length
from chainrule.algebra.symmetry import is_symmetric
from chainrule.graph import build
from chainrule.graph.dimension import Dimension
from chainrule.graph.node import Add, Constant, Contract, Named, Node, Size, Unit, Variable

WIDEST = 16
"""Sums of more terms, and products of more factors, are not searched."""


PARENTHESES = 2


class Shared(NamedTuple):
    """A factor and how it stands in its term: the places of the output that its axes meet (-1: summed with the rest)."""

    factor: Node
    places: tuple[int, ...]
    free: tuple[int, ...]
    """The places of the output that the rest of the term carries."""


def take_out(node: Node) -> Node | None:
    """The sum with the longest common factor of its terms taken out, None where they have none."""
    if not isinstance(node, Add) or not 1 < len(node.terms) <= WIDEST:
        return None
    found: dict[Shared, dict[int, Node]] = {}
    for number, (_, term) in enumerate(node.terms):
        for shared, rest in _splits(term):
            found.setdefault(shared, {}).setdefault(number, rest)
    groups = [(shared, rests) for shared, rests in found.items() if len({rest.shape for rest in rests.values()}) == 1]
    groups = [(shared, rests) for shared, rests in groups if len(rests) > 1 and _saves(node, shared, rests)]
    groups.sort(key=lambda group: (_saving(*group), key(group[0].factor)), reverse=True)
    return next((made for group in groups if length(made := _taken_out(node, *group)) <= length(node)), None)


def _saving(shared: Shared, rests: dict[int, Node]) -> int:
    return (len(rests) - 1) * length(shared.factor)


def _saves(node: Add, shared: Shared, rests: dict[int, Node]) -> bool:
    """What all terms have in common always comes out; of some, what is longer than parentheses, or beside single matrices."""
    if len(rests) == len(node.terms) or _saving(shared, rests) > PARENTHESES:
        return True
    return all(rest.shape and _is_single(rest) for rest in rests.values())


def _is_single(rest: Node) -> bool:
    """One array, with scalars in front or not."""
    return not isinstance(rest, Contract) or sum(1 for factor in rest.factors if factor.shape) == 1


def _taken_out(node: Add, shared: Shared, rests: dict[int, Node]) -> Node:
    shape = next(iter(rests.values())).shape
    inside = build.linear(((node.terms[number][0], rest) for number, rest in rests.items()), shape)
    rank = len(node.shape)
    bridges = iter(range(rank, rank + len(shared.places)))
    own = tuple(place if place >= 0 else next(bridges) for place in shared.places)
    summed = tuple(i for i in own if i >= rank)
    product = build.contract([inside, shared.factor], [(*shared.free, *summed), own], range(rank), dict(enumerate(node.shape)))
    others = [term for number, term in enumerate(node.terms) if number not in rests]
    return build.linear([*others, (Fraction(1), product)], node.shape)


def _splits(term: Node) -> list[tuple[Shared, Node]]:
    """Every factor that may be taken out of a term, with what is left of the term."""
    if not isinstance(term, Contract):
        return _alone(term)
    if len(term.factors) > WIDEST:
        return []
    diagonal = len(set(term.output)) < len(term.output)
    found: list[tuple[Shared, Node]] = []
    for place in range(len(term.factors)):
        for places in ((place,), *_with_vector(term, place)):
            if not (diagonal and term.indices[place]):
                found.extend(_without(term, places))
    return found


def _with_vector(term: Contract, place: int) -> list[tuple[int, int]]:
    """A matrix with the vector at one of its indices that nothing else has: A x is taken out as a whole."""
    own = term.indices[place]
    found: list[tuple[int, int]] = []
    for other, its in enumerate(term.indices):
        ends = len(own) == 2 and len(its) == 1 and its[0] in own and its[0] not in term.output
        if ends and sum(its[0] in each for each in term.indices) == 2:
            found.append((place, other))
    return found


def _alone(term: Node) -> list[tuple[Shared, Node]]:
    """A term that is one factor: one, or the identity, is left."""
    if isinstance(term, Constant | Unit) or not _is_worth(term, bool(term.shape)):
        return []
    axes = tuple(range(len(term.shape)))
    return [(Shared(term, axes, ()), build.constant(1))]


def _without(term: Contract, places: tuple[int, ...]) -> Iterator[tuple[Shared, Node]]:
    """A term without some factors, for each way to see how they stood in it.

    Where one meets an index of the output together with others, as in A diag(v), it may also be seen as summed with a
    diagonal matrix.
    """
    factor, own = _joined(term, places)
    if len(set(own)) < len(own):
        return
    if len(own) == 2 and own[0] in term.output and is_symmetric(factor):
        own = own[::-1]  # one way round for a matrix that has none
    others = [(f, its) for k, (f, its) in enumerate(zip(term.factors, term.indices, strict=True)) if k not in places]
    carried = {i for _, its in others for i in its}
    inside = {i for k in places for i in term.indices[k]}
    alone = any(i not in carried for i in own)
    extents: dict[int, Dimension] = {i: d for i, d in enumerate(term.extents) if i in carried or i not in inside}
    free = tuple(p for p, i in enumerate(term.output) if i in carried or i not in own)
    both = [i for i in own if i in term.output and i in carried] if len(own) == 2 else []
    for met in ((), *((i,) for i in both)):
        bridges = tuple(i for i in own if i not in term.output or i in met)
        if any(i not in carried for i in bridges) or len(free) + len(bridges) > 2 or (isinstance(factor, Unit) and not alone):
            continue
        if bridges and all(isinstance(f, Unit) for f, _ in others):
            continue  # an entry, A_ij, and no product of matrices
        output = (*(term.output[p] for p in free), *bridges)
        rest = build.contract([f for f, _ in others], [its for _, its in others], output, extents)
        if _is_worth(factor, bool(bridges) or alone or length(rest) >= PARENTHESES):
            stands = tuple(-1 if i in bridges else term.output.index(i) for i in own)
            yield Shared(factor, stands, free), rest


def _joined(term: Contract, places: tuple[int, ...]) -> tuple[Node, tuple[int, ...]]:
    """One factor, or the product of a matrix and a vector, with the indices of the term that it has."""
    if len(places) == 1:
        return term.factors[places[0]], term.indices[places[0]]
    lists = [term.indices[k] for k in places]
    (left,) = set(lists[0]) - set(lists[1]) or (lists[0][0],)
    return build.contract([term.factors[k] for k in places], lists, [left]), (left,)


def _is_worth(factor: Node, beside_much: bool) -> bool:
    """Whether a person would take it out: of products of matrices, and of something long always, but x^2 + x y stays."""
    return beside_much or not isinstance(factor, Variable | Named | Constant | Size)
