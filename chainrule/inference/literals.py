r"""Literals: numbers, lists, tuples and matrices of numbers, exact.

A list, a tuple or an n x 1 bracket is a vector; a 1 x n bracket is a matrix unless its use demands a vector; one
element alone can be a scalar, a vector or a matrix. So a literal is a table of numbers with the ranks it may take.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod

from chainrule.errors import ShapeError
from chainrule.evaluation.array import as_float
from chainrule.inference.ranks import MATRIX, SCALAR, VECTOR
from chainrule.inference.symbols import TRANSPOSES, span_text
from chainrule.syntax.tree import Bracket, Matrix, Number, Product, Quotient, Sum, Superscript, Tree

FLAT = frozenset((MATRIX, VECTOR))
"""A bracket of one row, or a list of lists of one row or one column: use decides."""
ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
Exact = Fraction | tuple["Exact", ...]
Rows = tuple[tuple[Tree, ...], ...]


@dataclass(frozen=True)
class Literal:
    """Rows of exact numbers; `kinds` are the ranks it may take. column: it is written as one column of a matrix."""

    rows: tuple[tuple[Fraction, ...], ...]
    kinds: frozenset[str]
    column: bool = field(default=False, compare=False)

    @property
    def is_zero(self) -> bool:
        """Whether it is the number 0, which people write for an array of zeros too."""
        return self.rows == ((0,),)

    @property
    def is_row(self) -> bool:
        """Whether it is written as one row of a matrix."""
        return len(self.rows) == 1 < len(self.rows[0])

    def value(self, kind: str) -> Exact:
        """A number, a tuple of numbers, or a tuple of rows, for the rank it was found to have."""
        if kind == SCALAR:
            return self.rows[0][0]
        return tuple(number for row in self.rows for number in row) if kind == VECTOR else self.rows


def rows_of(tree: Tree) -> tuple[Rows, frozenset[str]] | None:
    """The entries of a list, tuple or matrix as rows, with the ranks it may take; None for any other tree.

    Raises ShapeError where rows differ in length.
    """
    if isinstance(tree, Superscript) and tree.exponent in TRANSPOSES:
        inside = rows_of(tree.base)
        if inside is None:
            return None
        rows, kinds = inside
        # `[1, 2]^T` is how people write a column; a matrix is really transposed.
        if kinds == frozenset((VECTOR,)) and not isinstance(tree.base, Matrix):
            return rows, kinds
        turned = tuple(zip(*rows, strict=True))
        return turned, _kinds(len(turned), len(turned[0])) if isinstance(tree.base, Matrix) else kinds
    if isinstance(tree, Matrix):
        if tree.environment in ("vmatrix", "Vmatrix"):
            return None
        return _checked(tree.rows, tree)
    if not isinstance(tree, Bracket) or tree.kind not in "([" or not tree.items:
        return None
    if tree.kind == "(" and len(tree.items) == 1:
        return None
    nested = [item for item in tree.items if isinstance(item, Bracket) and item.kind in "(["]
    if len(nested) == len(tree.items) and all(len(item.items) > 1 or item.kind == "[" for item in nested):
        rows = tuple(item.items for item in nested)
        width = len(rows[0])
        return _checked(rows, tree, _kinds(1, 1) if len(rows) == width == 1 else FLAT if 1 in (len(rows), width) else None)
    return (tuple((item,) for item in tree.items), _kinds(len(tree.items), 1))


def _checked(rows: Rows, tree: Tree, kinds: frozenset[str] | None = None) -> tuple[Rows, frozenset[str]]:
    widths = {len(row) for row in rows}
    if len(widths) != 1:
        found = ", ".join(str(len(row)) for row in rows)
        raise ShapeError("ragged-matrix", f"the rows of a matrix must have equally many entries, not {found}", tree.span)
    if widths == {0}:
        raise ShapeError("empty-list", f"{span_text(tree.span)} has no entries", tree.span)
    return rows, kinds or _kinds(len(rows), widths.pop())


def _kinds(height: int, width: int) -> frozenset[str]:
    if height == width == 1:
        return frozenset((SCALAR, VECTOR, MATRIX))
    if width == 1:
        return frozenset((VECTOR,))
    return FLAT if height == 1 else frozenset((MATRIX,))


def number(tree: Tree) -> Fraction | None:
    """The exact number a tree of digits, signs, fractions and whole powers says; None for anything else."""
    match tree:
        case Number(value=value):
            return value
        case Bracket(kind="(", items=(item,)):
            return number(item)
        case Sum(signs=signs, terms=terms):
            parts = [number(term) for term in terms]
            return (
                None if None in parts else sum((s * p for s, p in zip(signs, parts, strict=True) if p is not None), Fraction(0))
            )
        case Product(operator="\\cdot" | "\\times" | "*" | "·" | "×", factors=factors):
            found = [number(factor) for factor in factors]
            return None if None in found else prod((f for f in found if f is not None), start=Fraction(1))
        case Quotient(numerator=above, denominator=below):
            a, b = number(above), number(below)
            return None if a is None or b is None or b == 0 else a / b
        case Superscript(base=base, exponent=exponent):
            b, e = number(base), number(exponent)
            small = (
                b is not None
                and e is not None
                and e.denominator == 1
                and abs(e) <= 400
                and b.denominator <= 1000 >= abs(b.numerator)
            )
            return b ** int(e) if small and b is not None and e is not None and (b or e > 0) else None
        case _:
            return None


def read_literal(tree: Tree) -> Literal | None:
    """The literal a tree is; None where anything but numbers is in it."""
    single = number(tree)
    if single is not None:
        return Literal(((single,),), frozenset((SCALAR,)))
    table = rows_of(tree)
    if table is None:
        return None
    rows, kinds = table
    numbers = [[number(entry) for entry in row] for row in rows]
    if any(n is None for row in numbers for n in row):
        return None
    column = len(rows) > 1 == len(rows[0]) and (isinstance(tree, Matrix) or kinds == FLAT)
    return Literal(tuple(tuple(n for n in row if n is not None) for row in numbers), kinds, column)


def is_literal(tree: Tree) -> bool:
    """Whether a tree is made of numbers alone, be it a list or a matrix that is damaged."""
    try:
        return read_literal(tree) is not None
    except ShapeError:
        return True


def to_floats(value: Exact) -> "float | list[float] | list[list[float]]":
    """Nested lists of floats, as evaluation wants them; infinite where a number is out of range."""
    if isinstance(value, Fraction):
        return float(as_float(value))
    return [to_floats(item) for item in value]  # pyright: ignore[reportReturnType]


def shape_of(value: Exact) -> tuple[int, ...]:
    """The shape in numbers of an exact value."""
    shape: list[int] = []
    here: Exact | Sequence[Exact] = value
    while isinstance(here, tuple):
        shape.append(len(here))
        here = here[0]
    return tuple(shape)
