"""Dimensions: the sizes in shapes, as polynomials with integer coefficients in size symbols.

Concatenation needs `m + n`, a convolution `n - k + 1`, vec `m n`; so a dimension is a polynomial, and two
dimensions are equal when their polynomials are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from weakref import WeakValueDictionary

from chainrule.errors import ShapeError

Monomial = tuple[str, ...]
Terms = tuple[tuple[Monomial, int], ...]


@dataclass(frozen=True, eq=False)
class Dimension:
    """A polynomial: (monomial, coefficient) pairs sorted by monomial, no zero coefficients.

    Interned: equal polynomials are one object, which makes shapes quick to compare and to look up.
    """

    terms: Terms

    def __new__(cls, terms: Terms) -> "Dimension":
        found = _interned.get(terms)
        if found is None:
            found = _interned[terms] = super().__new__(cls)
        return found

    def __getnewargs__(self) -> tuple[Terms]:
        return (self.terms,)

    @property
    def number(self) -> int | None:
        """The size as an integer, or None while a symbol is in it."""
        if not self.terms:
            return 0
        return self.terms[0][1] if self.terms[0][0] == () and len(self.terms) == 1 else None

    @cached_property
    def symbols(self) -> frozenset[str]:
        return frozenset(symbol for monomial, _ in self.terms for symbol in monomial)

    def __add__(self, other: "Dimension") -> "Dimension":
        return _collect([*self.terms, *other.terms])

    def __sub__(self, other: "Dimension") -> "Dimension":
        return _collect([*self.terms, *((m, -c) for m, c in other.terms)])

    def __mul__(self, other: "Dimension") -> "Dimension":
        return _collect([(m + n, c * d) for (m, c), (n, d) in product(self.terms, other.terms)])

    def substitute(self, sizes: Mapping[str, "Dimension"]) -> "Dimension":
        """The dimension with symbols replaced; symbols that are not in `sizes` stay."""
        if not any(symbol in sizes for symbol in self.symbols):
            return self
        if len(self.symbols) == 1 and self == dimension(next(iter(self.symbols))):
            return sizes[next(iter(self.symbols))]
        result = dimension(0)
        for monomial, coefficient in self.terms:
            term = dimension(coefficient)
            for symbol in monomial:
                term = term * sizes.get(symbol, dimension(symbol))
            result = result + term
        return result

    def solved_for(self, symbol: str) -> "Dimension | None":
        """What the symbol is where the polynomial is zero: m for `p` in p k - m k; None where that is no such polynomial."""
        (term, *more) = [(m, c) for m, c in self.terms if symbol in m] or [((), 0)]
        if more or term[0].count(symbol) != 1:
            return None
        by = [s for s in term[0] if s != symbol]
        found: list[tuple[Monomial, int]] = []
        for monomial, coefficient in ((m, c) for m, c in self.terms if symbol not in m):
            if coefficient % term[1] or any(monomial.count(s) < by.count(s) for s in by):
                return None
            left = list(monomial)
            for each in by:
                left.remove(each)
            found.append((tuple(left), -coefficient // term[1]))
        return _collect(found)

    def size(self, sizes: Mapping[str, int]) -> int:
        """The integer for given sizes; KeyError names a symbol that has none."""
        return sum(c * prod(sizes[symbol] for symbol in monomial) for monomial, c in self.terms)

    def __str__(self) -> str:
        parts = [_term_text(monomial, c) for monomial, c in sorted(self.terms, key=lambda t: (-len(t[0]), t[0]))]
        return " + ".join(parts).replace("+ -", "- ") or "0"

    def __repr__(self) -> str:
        return f"Dimension({self})"


_interned: "WeakValueDictionary[Terms, Dimension]" = WeakValueDictionary()

Shape = tuple[Dimension, ...]


def dimension(value: "int | str | Dimension") -> Dimension:
    """A dimension from an integer or a size symbol."""
    if isinstance(value, Dimension):
        return value
    if isinstance(value, str):
        return Dimension((((value,), 1),))
    return Dimension((((), value),)) if value else Dimension(())


def shape_text(shape: Shape) -> str:
    """A shape as a reader writes it: "scalar", "(3)", "(m, n)"."""
    return f"({', '.join(map(str, shape))})" if shape else "scalar"


class DimensionClash(ShapeError):
    """Two dimensions that had to be one: `left` and `right`."""

    def __init__(self, code: str, message: str, left: Dimension, right: Dimension):
        super().__init__(code, message)
        self.left = left
        self.right = right


def clash(code: str, message: str, left: Shape, right: Shape) -> ShapeError:
    """The error for two shapes that had to be one: a DimensionClash at the first axis that differs, if the ranks agree."""
    if len(left) == len(right):
        for a, b in zip(left, right, strict=True):
            if a != b:
                return DimensionClash(code, message, a, b)
    return ShapeError(code, message)


def _collect(terms: list[tuple[Monomial, int]]) -> Dimension:
    totals: dict[Monomial, int] = {}
    for monomial, coefficient in terms:
        key = tuple(sorted(monomial))
        totals[key] = totals.get(key, 0) + coefficient
    return Dimension(tuple(sorted((m, c) for m, c in totals.items() if c)))


def _term_text(monomial: Monomial, coefficient: int) -> str:
    letters = " ".join(monomial)
    if not letters:
        return str(coefficient)
    return letters if coefficient == 1 else f"-{letters}" if coefficient == -1 else f"{coefficient} {letters}"
