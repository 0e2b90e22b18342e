"""Graphs computed of exact numbers: fractions stay fractions, logarithms and powers are balls, so that every digit is right.

So the parts of a joint distribution that factor are seen to factor, and the slope of a divergence of near neighbours is not
what is left of two rounded numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod

from chainrule.errors import EvaluationError
from chainrule.evaluation.run import instance
from chainrule.graph.dimension import Dimension
from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Size, Stack, Unit, operands, postorder
from chainrule.graph.operation import Operation
from chainrule.inference.literals import Exact, shape_of
from chainrule.solving.balls import COMPARISONS, UPWARDS, Arithmetic, Figure, sign_of

Place = tuple[int, ...]
Cells = dict[Place, Figure]
Rule = Callable[..., Figure]
MOST_PRODUCTS = 100_000
"""So many products of fractions are computed; more are left to floating point."""
MOST_ROUNDED = 4_000
"""So many numbers are computed with many digits."""
PRECISIONS, FINEST, STEP = (40, 100, 420), 1_100, Fraction(1, 10**30)
"""Digits, the next where so many cancel that a float is not certain; those of differences, and their step beside the smallest
number."""
RELATIVE, NINE_DIGITS, SMALLEST, LARGEST = Decimal("1e-18"), Decimal("1e-10"), Decimal("1e-330"), 10**308
"""What a float does not tell apart, how far a difference may be off, what is smaller than any float and what not larger."""


class _Unknown(Exception):
    """It is not computed here: no rule for a node, or too many numbers."""


def exact_number(node: Node, given: Mapping[Node, Exact]) -> Exact | None:
    """The value of a node; None where it is not made of given numbers by sums, products and quotients, or is too large."""
    try:
        cells = _Enclosure(given, {}, Arithmetic(PRECISIONS[0]), True, MOST_PRODUCTS).of(node, {})
    except _Unknown:
        return None
    return _nested({place: value for place, value in cells.items() if isinstance(value, Fraction)}, ())


def certain_number(
    node: Node, given: Mapping[Node, Exact], sizes: Mapping[str, int], met: dict[int, dict[Node, Cells]] | None = None
) -> dict[Place, float] | None:
    """The entries of a node as the nearest floats; None where they are not certain: where one has no value, where no rule
    encloses it, or where it would take too long.

    met: what was found of other nodes for the same numbers, by digits; what is found now is added.
    """
    met = {} if met is None else met
    for digits in PRECISIONS:
        try:
            cells = _Enclosure(given, sizes, Arithmetic(digits), False, MOST_ROUNDED).of(node, met.setdefault(digits, {}))
        except _Unknown:
            return None
        found = {place: _float(value) for place, value in cells.items()}
        certain = {place: value for place, value in found.items() if value is not None}
        if len(certain) == len(found):
            return certain
    return None


def certain_slopes(target: Node, by: Node, given: Mapping[Node, Exact], sizes: Mapping[str, int]) -> dict[Place, float] | None:
    """The differences of a number for a tiny step of each entry of an input, divided by the step, with nine digits at least.

    None where they are not certain, as beside a value that is 0, on the other side of which there may be nothing.
    """
    point = _of_literal(given[by]) if by in given else {}
    entries = [entry for entry in point.values() if isinstance(entry, Fraction)]
    if target.shape or not entries or 0 in entries:
        return None
    arithmetic, step = Arithmetic(FINEST), min(map(abs, entries)) * STEP
    found: dict[Place, float] = {}
    others = {node: value for node, value in given.items() if node is not by}
    for place, entry in point.items():
        difference: Figure = Fraction(0)
        for sign in (1, -1):
            at = {by: {**point, place: arithmetic.add(entry, sign * step)}}
            try:
                value = _Enclosure(others, sizes, arithmetic, False, MOST_ROUNDED).of(target, at)[()]
            except _Unknown:
                return None
            difference = arithmetic.add(difference, arithmetic.multiply(Fraction(sign), value))
        slope = _float(arithmetic.multiply(difference, 1 / (2 * step)), NINE_DIGITS)
        if slope is None:
            return None
        found[place] = slope
    return found


def _float(value: Figure, relative: Decimal = RELATIVE) -> float | None:
    if value is None:
        return None
    if isinstance(value, Fraction):
        return float(value) + 0.0 if abs(value) <= LARGEST else None
    size = UPWARDS.abs(value.middle)
    if value.error <= UPWARDS.multiply(size, relative):
        return float(value.middle) + 0.0 if size <= LARGEST else None
    return 0.0 if UPWARDS.add(size, value.error) < SMALLEST else None


@dataclass
class _Enclosure:
    """One computation. exact: what is no fraction is not looked for. left: how many numbers it may still compute."""

    given: Mapping[Node, Exact]
    sizes: Mapping[str, int]
    arithmetic: Arithmetic
    exact: bool
    left: int

    def of(self, root: Node, found: dict[Node, Cells]) -> Cells:
        """The entries of a node. found: those of the nodes that are known, to which all that it needs are added."""
        for node in postorder(root, into=lambda n: () if n in found or n in self.given else operands(n)):
            if node in found:
                continue
            found[node] = self._cells(node, found)
            if self.exact and not all(isinstance(value, Fraction) for value in found[node].values()):
                raise _Unknown
        return found[root]

    def _spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise _Unknown

    def _length(self, dimension: Dimension) -> int:
        if not dimension.symbols <= set(self.sizes):
            raise _Unknown
        return dimension.size(self.sizes)

    def _cells(self, node: Node, found: Mapping[Node, Cells]) -> Cells:
        """The entries of a node, those of its operands being found."""
        if node in self.given:
            self._spend(prod(shape_of(self.given[node])))
            return _of_literal(self.given[node])
        self._spend(prod(d.number or 1 for d in node.shape))
        match node:
            case Constant(value=value):
                return {(): value}
            case Size(dimension=dimension):
                return {(): Fraction(self._length(dimension))}
            case Named(body=body):
                return found[body]
            case Add(terms=terms) if terms:
                return {place: self._sum([(c, found[t][place]) for c, t in terms]) for place in found[terms[0][1]]}
            case Add(shape=shape):
                return dict.fromkeys(product(*(range(self._length(d)) for d in shape)), Fraction(0))
            case Stack(items=items):
                return {(k, *place): value for k, item in enumerate(items) for place, value in found[item].items()}
            case Unit(position=int() as position, shape=(dimension,)):
                self._spend(self._length(dimension))
                return {(k,): Fraction(k == position) for k in range(self._length(dimension))}
            case Contract():
                return self._contracted(node, [found[factor] for factor in node.factors])
            case Apply(operation=operation, arguments=arguments):
                return self._applied(operation, arguments, [found[a] for a in arguments])
            case _:
                raise _Unknown

    def _sum(self, terms: Sequence[tuple[Fraction, Figure]]) -> Figure:
        total: Figure = Fraction(0)
        for coefficient, value in terms:
            total = self.arithmetic.add(total, self.arithmetic.multiply(coefficient, value))
        return total

    def _contracted(self, node: Contract, factors: Sequence[Cells]) -> Cells:
        """The sums of products."""
        counts = self._counts(node, factors)
        self._spend(prod(counts))
        cells: Cells = dict.fromkeys(product(*(range(counts[k]) for k in node.output)), Fraction(0))
        for values in product(*map(range, counts)):
            value: Figure = Fraction(1)
            for factor, own in zip(factors, node.indices, strict=True):
                value = self.arithmetic.multiply(value, factor[tuple(values[k] for k in own)])
            place = tuple(values[k] for k in node.output)
            cells[place] = self.arithmetic.add(cells[place], value)
        return cells

    def _counts(self, node: Contract, factors: Sequence[Cells]) -> Place:
        """How many values each index of a product takes."""
        counts: list[int | None] = [None] * len(node.extents)
        for cells, indices in zip(factors, node.indices, strict=True):
            for axis, index in enumerate(indices):
                counts[index] = 1 + max((place[axis] for place in cells), default=-1)
        return tuple(
            self._length(extent) if count is None else count for count, extent in zip(counts, node.extents, strict=True)
        )

    def _applied(self, operation: Operation, arguments: Sequence[Node], cells: Sequence[Cells]) -> Cells:
        """Entry by entry by its own rule, else as its definition says."""
        if operation.name in OF_VECTORS:
            return {(): OF_VECTORS[operation.name](self.arithmetic, *(tuple(each.values()) for each in cells))}
        rule = RULES.get(operation.name)
        if rule is not None:
            places = max(cells, key=lambda each: len(next(iter(each), ())))
            return {place: rule(self.arithmetic, *(each.get(place, each.get(())) for each in cells)) for place in places}
        if operation.definition is None:
            raise _Unknown
        try:
            stand_ins, body = instance(operation, tuple(a.shape for a in arguments))
        except EvaluationError as error:
            raise _Unknown from error
        # As deep as definitions are nested, which no person's text decides.
        return self.of(body, dict(zip(stand_ins, cells, strict=True)))


def _compared(test: Callable[[int], bool]) -> Rule:
    def rule(arithmetic: Arithmetic, a: Figure, b: Figure) -> Figure:
        sign = sign_of(arithmetic.add(a, arithmetic.multiply(Fraction(-1), b)))
        return None if sign is None else Fraction(test(sign))

    return rule


def _chosen(_: Arithmetic, condition: Figure, a: Figure, b: Figure) -> Figure:
    sign = sign_of(condition)
    return None if sign is None else a if sign else b


def _present(arithmetic: Arithmetic, factor: Figure, x: Figure) -> Figure:
    return Fraction(0) if factor == 0 else arithmetic.multiply(factor, x)


def _share(arithmetic: Arithmetic, factor: Figure, x: Figure) -> Figure:
    return _present(arithmetic, factor, arithmetic.reciprocal(x))


RULES: dict[str, Rule] = {
    "exp": Arithmetic.exp,
    "log": Arithmetic.log,
    "power": Arithmetic.power,
    "where": _chosen,
    "multiply_no_nan": _present,
    "divide_no_nan": _share,
    **{name: _compared(test) for name, test in COMPARISONS.items()},
}
"""Operations that are not computed by what they are defined by, entry by entry."""


def _largest(arithmetic: Arithmetic, entries: Sequence[Figure]) -> Figure:
    largest: Figure = entries[0] if entries else None
    for entry in entries[1:]:
        sign = sign_of(arithmetic.add(entry, arithmetic.multiply(Fraction(-1), largest)))
        largest = None if sign is None else entry if sign > 0 else largest
    return largest


def _min_entropy(arithmetic: Arithmetic, p: Sequence[Figure]) -> Figure:
    return arithmetic.multiply(Fraction(-1), arithmetic.log(_largest(arithmetic, p)))


def _max_divergence(arithmetic: Arithmetic, p: Sequence[Figure], q: Sequence[Figure]) -> Figure:
    ratios = [arithmetic.multiply(a, arithmetic.reciprocal(b)) for a, b in zip(p, q, strict=True) if a != 0]
    return arithmetic.log(_largest(arithmetic, ratios))


OF_VECTORS: dict[str, Rule] = {"max_entry": _largest, "min_entropy": _min_entropy, "max_divergence": _max_divergence}
"""The same of whole vectors."""


def _of_literal(value: Exact) -> Cells:
    places = product(*map(range, shape_of(value)))
    return {place: _at(value, place) for place in places}


def _at(value: Exact, place: Place) -> Fraction:
    for k in place:
        assert isinstance(value, tuple)
        value = value[k]
    assert isinstance(value, Fraction)
    return value


def _nested(cells: Mapping[Place, Fraction], before: Place) -> Exact:
    """The entries behind a place as nested tuples."""
    if before in cells:
        return cells[before]
    length = 1 + max(place[len(before)] for place in cells if place[: len(before)] == before)
    return tuple(_nested(cells, (*before, k)) for k in range(length))
