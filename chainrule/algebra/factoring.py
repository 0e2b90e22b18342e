"""A rule for sums: what several terms have in common is taken out, A x + A^T x = (A + A^T) x.

A factor is common where it is the same node and meets the output at the same places. What is left of each term has, beside
the indices of the output that it carries itself, those over which it was summed with the factor.
"""

from fractions import Fraction
from typing import NamedTuple

from chainrule.algebra.key import key
from chainrule.algebra.length import length
from chainrule.graph import build
from chainrule.graph.dimension import Dimension
from chainrule.graph.node import Add, Constant, Contract, Named, Node, Size, Unit, Variable

WIDEST = 16
"""Sums of more terms, and products of more factors, are not searched."""


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
    groups = [(shared, rests) for shared, rests in groups if len(rests) > 1]
    if not groups:
        return None
    shared, rests = max(groups, key=lambda group: ((len(group[1]) - 1) * length(group[0].factor), key(group[0].factor)))
    return _taken_out(node, shared, rests)


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
        split = _without(term, place) if not (diagonal and term.indices[place]) else None
        if split is not None:
            found.append(split)
    return found


def _alone(term: Node) -> list[tuple[Shared, Node]]:
    """A term that is one factor: one, or the identity, is left."""
    if isinstance(term, Constant | Unit) or not _is_worth(term, bool(term.shape)):
        return []
    axes = tuple(range(len(term.shape)))
    return [(Shared(term, axes, ()), build.constant(1))]


def _without(term: Contract, place: int) -> tuple[Shared, Node] | None:
    factor, own = term.factors[place], term.indices[place]
    if len(set(own)) < len(own) or isinstance(factor, Unit):
        return None
    others = [(f, its) for k, (f, its) in enumerate(zip(term.factors, term.indices, strict=True)) if k != place]
    carried = {i for _, its in others for i in its}
    bridges = tuple(i for i in own if i not in term.output)
    free = tuple(p for p, i in enumerate(term.output) if i in carried or i not in own)
    if any(i not in carried for i in bridges) or len(free) + len(bridges) > 2:
        return None
    alone = any(i not in carried for i in own)
    if not _is_worth(factor, bool(bridges) or alone):
        return None
    extents: dict[int, Dimension] = {i: d for i, d in enumerate(term.extents) if i in carried or i not in own}
    output = (*(term.output[p] for p in free), *bridges)
    rest = build.contract([f for f, _ in others], [its for _, its in others], output, extents)
    places = tuple(term.output.index(i) if i in term.output else -1 for i in own)
    return Shared(factor, places, free), rest


def _is_worth(factor: Node, of_matrices: bool) -> bool:
    """Whether a person would take it out: always in a product of matrices, but x^2 + x y stays."""
    return of_matrices or not isinstance(factor, Variable | Named | Constant | Size)
