"""A rule for sums of entries, each put into its place by unit vectors: they are a list, a e_1 + b e_2 = [a, b]."""

from collections.abc import Iterator
from itertools import product

from chainrule.graph import build
from chainrule.graph.node import Add, Contract, Node, Stack, Unit
from chainrule.graph.step import Rule

MOST_ENTRIES = 16
"""Longer lists stay sums."""

Place = tuple[int, ...]


def _listed(node: Node) -> Node | None:
    """The list, or the list of lists, of the entries; None unless all terms are entries in known places of a short array."""
    if not isinstance(node, Add) or len(node.terms) < 2 or len(node.shape) > 2:
        return None
    lengths = [d.number for d in node.shape]
    entries: dict[Place, list[Node]] = {}
    for coefficient, term in node.terms:
        found = _entries(term)
        if found is None:
            return None
        for place, value in found:
            entries.setdefault(place, []).append(build.scale(coefficient, value))
    if not lengths or any(length is None for length in lengths):
        return None
    places = list(product(*(range(length or 0) for length in lengths)))
    if len(places) > MOST_ENTRIES:
        return None
    values = {place: build.linear(((1, value) for value in entries.get(place, ())), ()) for place in places}
    return _stacked(values, [length or 0 for length in lengths], ())


def _stacked(values: dict[Place, Node], lengths: list[int], at: Place) -> Node:
    if len(at) == len(lengths):
        return values[at]
    return build.stack([_stacked(values, lengths, (*at, k)) for k in range(lengths[len(at)])])


def _entries(term: Node) -> list[tuple[Place, Node]] | None:
    """The entries of scalars times unit vectors and lists, one at each axis, with their places."""
    if isinstance(term, Unit):
        return [((term.position,), build.constant(1))] if isinstance(term.position, int) else None
    if not isinstance(term, Contract) or len(set(term.output)) < len(term.output) or len(term.extents) > len(term.output):
        return None
    at: dict[int, Node] = {}
    scalars: list[Node] = []
    for factor, own in zip(term.factors, term.indices, strict=True):
        if not own:
            scalars.append(factor)
        elif len(own) == 1 and own[0] not in at and _is_row_of_entries(factor):
            at[own[0]] = factor
        else:
            return None
    if at.keys() != set(term.output):
        return None
    choices = product(*(list(_places(at[i])) for i in term.output))
    return [
        (tuple(place for place, _ in chosen), build.multiply(*scalars, *(value for _, value in chosen))) for chosen in choices
    ]


def _is_row_of_entries(factor: Node) -> bool:
    return isinstance(factor, Stack) or (isinstance(factor, Unit) and isinstance(factor.position, int))


def _places(factor: Node) -> Iterator[tuple[int, Node]]:
    match factor:
        case Stack(items=items):
            yield from enumerate(items)
        case Unit(position=int() as position):
            yield position, build.constant(1)
        case _:
            raise TypeError(f"not a unit vector and not a list: {type(factor)}")


LIST_RULES = (Rule("list", _listed, "a e_1 + b e_2 = [a, b]"),)
