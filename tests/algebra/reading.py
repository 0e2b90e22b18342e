"""A second reading of trees, apart from the parser: by the rules of matrix notation, vectors as columns, into arrays.

A scalar is a number; a vector an (n, 1) array; the sizes of `\\mathbf{1}` and `I` come from what stands around them.
"""

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np

from chainrule.evaluation.array import Array
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Font,
    Juxtaposition,
    Matrix,
    Name,
    Number,
    Product,
    Quotient,
    Subscript,
    Sum,
    Superscript,
    Tree,
)

Extent = tuple[int | None, int | None]
"""Rows and columns, None where nothing says; a scalar is None itself."""

TOP = Name("\\top")
FUNCTIONS = {"\\sigma": lambda x: 0.5 * (1 + np.tanh(x / 2)), "exp": np.exp, "log": np.log, "sqrt": np.sqrt}


class Reading:
    def __init__(self, symbols: Mapping[Tree, Array | float]):
        """Symbols as scalars, (n, 1) columns and matrices."""
        self.symbols = symbols

    def value(self, tree: Tree, wanted: Extent | None) -> Array | float:
        found = self._value(tree, _met(self.extent(tree), wanted))
        assert wanted is None or np.shape(found) == wanted, (tree, np.shape(found), wanted)
        return found

    def extent(self, tree: Tree) -> Extent | None:
        if tree in self.symbols:
            return _extent_of(self.symbols[tree])
        match tree:
            case Number():
                return None
            case Font(body=Number(value=value)):
                return None, 1 if value else None
            case Name("I"):
                return None, None
            case Subscript(Name("e"), _):
                return None, 1
            case Subscript(base, items):
                rows, columns = self.extent(base) or (None, None)
                left = [s for s, item in zip((rows, columns), items, strict=False) if item == Name("*")]
                return (left[0], 1) if left else None
            case Superscript(base, exponent):
                inner = self.extent(base)
                return inner and inner[::-1] if exponent == TOP else inner
            case Bracket(kind="||"):
                return None
            case Bracket(items=(only,)):
                return self.extent(only)
            case Sum(terms=terms) | Product(factors=terms):
                return reduce(_met, map(self.extent, terms))
            case Quotient(above, below):
                return _met(self.extent(above), self.extent(below))
            case Matrix(rows):
                return len(rows), len(rows[0])
            case Call(Name("tr"), _):
                return None
            case Call(Name("diag"), (only,)):
                size = (self.extent(only) or (None,))[0]
                return size, size
            case Call(Name("diagonal"), (only,)):
                return (self.extent(only) or (None,))[0], 1
            case Call(_, (only,)):
                return self.extent(only)
            case Juxtaposition(items):
                return self._product_extent(items)
            case _:
                raise AssertionError(f"cannot read {tree}")

    def _product_extent(self, items: Sequence[Tree]) -> Extent | None:
        known = [e for e in map(self.extent, items) if e is not None]
        if not known or _closes(known):
            return None
        return known[0][0], known[-1][1]

    def _value(self, tree: Tree, size: Extent | None) -> Array | float:
        if tree in self.symbols:
            return self.symbols[tree]
        match tree:
            case Number(value=value):
                return float(value)
            case Font(body=Number(value=value)):
                return np.full(size, float(value))
            case Name("I"):
                return np.eye(size[0] or size[1])
            case Subscript(Name("e"), (Number(value=k),)):
                return np.eye(size[0])[:, [int(k) - 1]]
            case Subscript(base, items):
                array = self.value(base, self.extent(base))
                chosen = [slice(None) if item == Name("*") else int(item.value) - 1 for item in items]
                found = array[tuple(chosen) if len(chosen) > 1 else (chosen[0], 0)]
                return found.reshape(-1, 1) if np.ndim(found) else float(found)
            case Superscript(base, exponent) if exponent == TOP:
                return np.transpose(self.value(base, size and size[::-1]))
            case Superscript(base, Number(value=power), "^") if size is not None:
                square = size[0] or size[1]
                return np.linalg.matrix_power(self.value(base, (square, square)), int(power))
            case Superscript(base, exponent, operator):
                assert size is None or operator == ".^", "a power of an array is marked as elementwise"
                return self.value(base, size) ** self.value(exponent, None)
            case Bracket(kind=kind, items=(only,)):
                norm = kind == "||"
                return float(np.linalg.norm(self.value(only, self.extent(only)))) if norm else self.value(only, size)
            case Sum(signs, terms):
                return sum(sign * self.value(term, size) for sign, term in zip(signs, terms, strict=True))
            case Product("\\odot", factors):
                return reduce(np.multiply, [self.value(f, size) for f in factors])
            case Quotient(above, below):
                return self.value(above, self.extent(above) and size) / self.value(below, self.extent(below) and size)
            case Matrix(rows):
                return np.array([[self.value(entry, None) for entry in row] for row in rows])
            case Call(Name("tr"), (only,)):
                return float(np.trace(self.value(only, self.extent(only))))
            case Call(Name("diag"), (only,)):
                return np.diag(self.value(only, (size[0] or size[1], 1))[:, 0])
            case Call(Name("diagonal"), (only,)):
                return np.diag(self.value(only, (size[0], size[0]))).reshape(-1, 1)
            case Call(Name(name), (only,)):
                return FUNCTIONS[name](self.value(only, size))
            case Juxtaposition(items):
                return self._product(items, size)
            case _:
                raise AssertionError(f"cannot read {tree}")

    def _product(self, items: Sequence[Tree], size: Extent | None) -> Array | float:
        """Scalars scale; arrays are multiplied from left to right, their inner sizes equal."""
        extents = [self.extent(item) for item in items]
        places = [i for i, extent in enumerate(extents) if extent is not None]
        arrays = [extents[i] for i in places]
        rows = [e[0] for e in arrays]
        columns = [e[1] for e in arrays]
        if arrays and size is not None:
            rows[0], columns[-1] = _same(rows[0], size[0]), _same(columns[-1], size[1])
        for i in range(1, len(arrays)):
            rows[i] = columns[i - 1] = _same(rows[i], columns[i - 1])
        if arrays and _closes(arrays) and size is None:
            rows[0] = columns[-1] = 1
        scalar = float(np.prod([self.value(item, None) for i, item in enumerate(items) if i not in places]))
        made = reduce(np.matmul, [self.value(items[p], (rows[i], columns[i])) for i, p in enumerate(places)]) if places else 1.0
        return scalar * (float(made[0, 0]) if places and size is None else made)


def _extent_of(value: Array | float) -> Extent | None:
    return np.shape(value) if np.ndim(value) else None


def _closes(arrays: Sequence[Extent]) -> bool:
    """A row first and a column last: the product is a number."""
    return len(arrays) > 1 and arrays[0][0] == 1 and arrays[-1][1] == 1


def _same(one: int | None, other: int | None) -> int | None:
    assert one is None or other is None or one == other, f"sizes {one} and {other} meet"
    return other if one is None else one


def _met(one: Extent | None, other: Extent | None) -> Extent | None:
    if one is None or other is None:
        return one if other is None else other
    return _same(one[0], other[0]), _same(one[1], other[1])
