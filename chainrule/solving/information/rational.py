"""Arrays of fractions: what sums, products and quotients of given numbers are exactly, so that nothing is rounded.

So the parts of a joint distribution that factor are seen to factor, and their mutual information is 0.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import prod

from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Stack, Unit, operands, postorder
from chainrule.inference.literals import Exact, shape_of

Place = tuple[int, ...]
Cells = dict[Place, Fraction]
MOST_PRODUCTS = 100_000
"""So many products are computed; more are left to floating point."""
_LARGEST_EXPONENT = 64


def exact_number(node: Node, given: Mapping[Node, Exact]) -> Exact | None:
    """The value of a node; None where it is not made of given numbers by sums, products and quotients, or is too large."""
    found: dict[Node, Cells] = {}
    left = MOST_PRODUCTS
    for each in postorder(node, into=lambda n: () if n in given else operands(n)):
        counts = _counts(each, found) if isinstance(each, Contract) else (1,)
        left -= prod(counts or ())
        cells = _cells(each, found, given, counts) if counts is not None and left >= 0 else None
        if cells is None:
            return None
        left -= len(cells)
        found[each] = cells
    return _nested(found[node], ())


def _counts(node: Contract, found: Mapping[Node, Cells]) -> Place | None:
    """How many values each index of a product takes; None where nothing says it."""
    extents = [extent.number for extent in node.extents]
    for factor, indices in zip(node.factors, node.indices, strict=True):
        for axis, index in enumerate(indices):
            extents[index] = 1 + max((place[axis] for place in found[factor]), default=-1)
    known = tuple(extent for extent in extents if extent is not None)
    return known if len(known) == len(extents) else None


def _cells(node: Node, found: Mapping[Node, Cells], given: Mapping[Node, Exact], counts: Place) -> Cells | None:
    """The entries of a node, those of its operands being found; None where they are not known exactly."""
    if node in given:
        return _of_literal(given[node])
    match node:
        case Constant(value=value):
            return {(): value}
        case Named(body=body):
            return found[body]
        case Add(terms=terms) if terms:
            return {place: sum((c * found[t][place] for c, t in terms), Fraction(0)) for place in found[terms[0][1]]}
        case Stack(items=items):
            return {(k, *place): value for k, item in enumerate(items) for place, value in found[item].items()}
        case Unit(position=int() as position, shape=(length,)) if (count := length.number or 0) in range(1, MOST_PRODUCTS):
            return {(k,): Fraction(k == position) for k in range(count)}
        case Contract():
            return _contracted(node, [found[factor] for factor in node.factors], counts)
        case Apply(operation=operation, arguments=(base, exponent)) if operation.name == "power":
            return _power(found[base], found[exponent])
        case _:
            return None


def _of_literal(value: Exact) -> Cells:
    places = product(*map(range, shape_of(value)))
    return {place: _at(value, place) for place in places}


def _at(value: Exact, place: Place) -> Fraction:
    for k in place:
        assert isinstance(value, tuple)
        value = value[k]
    assert isinstance(value, Fraction)
    return value


def _contracted(node: Contract, factors: list[Cells], counts: Place) -> Cells:
    """The sums of products."""
    cells = dict.fromkeys(product(*(range(counts[k]) for k in node.output)), Fraction(0))
    for values in product(*map(range, counts)):
        entries = (f[tuple(values[k] for k in own)] for f, own in zip(factors, node.indices, strict=True))
        cells[tuple(values[k] for k in node.output)] += prod(entries, start=Fraction(1))
    return cells


def _power(base: Cells, exponent: Cells) -> Cells | None:
    """Whole powers of numbers, but for a quotient by 0."""
    if len(exponent) != 1:
        return None
    ((_, power),) = exponent.items()
    whole = power.denominator == 1 and abs(power) <= _LARGEST_EXPONENT
    if not whole or (power < 0 and 0 in base.values()):
        return None
    return {place: value ** int(power) for place, value in base.items()}


def _nested(cells: Cells, before: Place) -> Exact:
    """The entries behind a place as nested tuples."""
    if before in cells:
        return cells[before]
    length = 1 + max(place[len(before)] for place in cells if place[: len(before)] == before)
    return tuple(_nested(cells, (*before, k)) for k in range(length))
