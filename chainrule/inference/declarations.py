r"""Declarations: `x \in \mathbb{R}^{n+1}`, `W \in \mathbb{R}^{m \times n}`, `y \in \{0, 1\}^n`, `A \in \mathbb{S}^n_{++}`.

Beside shapes there are facts: `A = A^\top`, `X \succ 0`.
"""

from dataclasses import dataclass
from fractions import Fraction

from chainrule.errors import Severity
from chainrule.graph.dimension import Dimension, dimension
from chainrule.graph.facts import Fact
from chainrule.inference.bounds import size_of
from chainrule.inference.members import STEPS
from chainrule.inference.ranges import range_of, unquantified
from chainrule.inference.symbols import TRANSPOSES, could_be_defined, could_be_name, key
from chainrule.source import Span
from chainrule.syntax.tree import (
    Bracket,
    Dots,
    Font,
    Name,
    Number,
    Prime,
    Product,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
)

LARGEST = 10**9


@dataclass(frozen=True)
class Declaration:
    r"""name \in \mathbb{R}^{m \times n}: a dimension is an integer, a size symbol or a polynomial in them."""

    name: Tree
    shape: tuple[Dimension | int | str, ...]
    span: Span | None

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        return tuple(map(dimension, self.shape))

    @property
    def is_row(self) -> bool:
        """Whether it is one row, which is a vector where its use demands one."""
        return len(self.shape) == 2 and self.dimensions[0].number == 1 and self.dimensions[1].number != 1

    @property
    def is_column(self) -> bool:
        """Whether it is one column of several rows."""
        return len(self.shape) == 2 and self.dimensions[1].number == 1 and self.dimensions[0].number != 1

    @property
    def is_single(self) -> bool:
        """Whether it is one row of one column, which is a number where its use demands one."""
        return len(self.shape) == 2 and all(size.number == 1 for size in self.dimensions)

    def of_rank(self, rank: int) -> tuple[Dimension, ...]:
        """The dimensions of the rank that was found."""
        if rank == 0:
            return ()
        return self.dimensions[1:] if rank == 1 and self.is_row else self.dimensions


@dataclass(frozen=True)
class Declared:
    """A fact about a name. `unknown`: how severe it is where no formula uses the name; None is no fault at all.

    by_value: nobody says it, the given value has it.
    """

    name: Tree
    fact: Fact
    span: Span | None
    unknown: Severity | None = "error"
    by_value: bool = False


@dataclass(frozen=True)
class Ranked:
    """What words say of the rank of a name: "x is a vector"."""

    name: Tree
    rank: str
    span: Span | None


@dataclass(frozen=True)
class Added:
    """What words say of a vector that is added to a matrix: the axis along which it lies, 1 where it goes to every row."""

    name: Tree
    axis: int
    span: Span | None


DEFINITE = {"\\succ": Fact.POSITIVE_DEFINITE, "\\succeq": Fact.SYMMETRIC}


def read_facts(statement: Tree, primes: bool = False) -> list[Declared]:
    r"""What `A = A^\top`, `X \succ 0` and `A \in \mathbb{S}^n_{++}` say beside a shape. A semidefinite matrix is symmetric.

    primes: `A = A'` is no definition.
    """
    if not isinstance(statement, Relation) or len(statement.sides) != 2:
        return []
    left, right = statement.sides
    operator = statement.operators[0]
    if operator in DEFINITE and could_be_name(left) and right == Number(Fraction(0)):
        return [Declared(key(left), DEFINITE[operator], statement.span)]
    for one, other in ((left, right), (right, left)) if operator == "=" else ():
        if could_be_name(one) and _turned_name(other, primes) == key(one):
            return [Declared(key(one), Fact.SYMMETRIC, statement.span)]
    fact = _fact_of_space(right) if operator == "\\in" else None
    names = left.items if isinstance(left, Bracket) else (left,)
    return [Declared(key(n), fact, statement.span, None) for n in names if could_be_name(n)] if fact is not None else []


def _turned_name(tree: Tree, primes: bool) -> Tree | None:
    r"""A of `A^\top`, and of `A'`."""
    if isinstance(tree, Superscript) and tree.exponent in TRANSPOSES and could_be_name(tree.base):
        return key(tree.base)
    return key(tree.base) if primes and isinstance(tree, Prime) and tree.count == 1 else None


def _fact_of_space(space: Tree) -> Fact | None:
    r"""Of `\mathbb{S}^n`, `\mathbb{S}^n_+`, `\mathbb{S}^n_{++}` and `\mathbb{R}^n_{++}`."""
    base, mark = space.base if isinstance(space, Superscript) else space, None
    if isinstance(base, Subscript) and len(base.items) == 1:
        base, mark = base.base, base.items[0]
    if not isinstance(base, Font) or _shape(space) is None:
        return None
    strictly = isinstance(mark, Sum) and all(term in (Name("+"), mark) for term in mark.terms)
    if base.body == Name("S"):
        return Fact.POSITIVE_DEFINITE if strictly else Fact.SYMMETRIC
    return Fact.POSITIVE if strictly and base.body == Name("R") else None


def read_declaration(statement: Relation) -> list[Declaration] | None:
    """What `left \\in space` declares; nothing for the range of an index and for counts, None where it is not understood."""
    left, space = statement.sides
    left = unquantified(left)
    items = left.items if isinstance(left, Bracket) else (left,)
    if not all(could_be_defined(item) for item in items):
        return None
    found = range_of(statement, {})
    if (found is not None and found[0] in STEPS) or _is_count(space):
        return []
    shape = _shape(space)
    pair = isinstance(left, Bracket) and left.kind == "(" and len(items) > 1
    if pair and shape is not None and [size.number for size in shape] == [len(items)]:
        shape = ()  # `(x, y) \in \mathbb{R}^2` is one point of two numbers
    return None if shape is None else [Declaration(key(item), shape, statement.span) for item in items]


def _is_count(space: Tree) -> bool:
    r"""`\mathbb{N}`, `\mathbb{Z}_{>0}`: what is in them counts something, and is often a size."""
    inner = space.base if isinstance(space, Subscript | Superscript) else space
    return isinstance(inner, Font) and inner.body in (Name("N"), Name("Z")) and not _powered(space)


def _powered(space: Tree) -> bool:
    return isinstance(space, Superscript) and space.exponent not in (Name("+"), Name("*"))


def _shape(space: Tree) -> tuple[Dimension, ...] | None:
    r"""The shape of what is in a space; None for a space that is not known here."""
    base, exponent = (space.base, space.exponent) if isinstance(space, Superscript) else (space, None)
    if isinstance(base, Subscript):
        base = base.base
    if isinstance(base, Superscript) and exponent is None:
        base, exponent = base.base, base.exponent
    letter = base.body if isinstance(base, Font) else base
    if isinstance(base, Font) and letter == Name("S") and exponent is not None:
        sizes = _sizes(exponent)
        return None if sizes is None else sizes * 2 if len(sizes) == 1 else sizes
    real = letter in (Name("R"), Name("\\R"), Name("ℝ")) or (isinstance(base, Font) and letter in (Name("Z"), Name("N")))
    if not real and not _is_set_of_numbers(base):
        return None
    return () if exponent is None or exponent in (Name("+"), Sum((1,), (Name("+"),))) else _sizes(exponent)


def _is_set_of_numbers(tree: Tree) -> bool:
    r"""`[0, 1]`, `(0, \infty)`, `\{-1, +1\}`, `\{1, \ldots, K\}`."""
    if not isinstance(tree, Bracket) or tree.kind not in "([{" or len(tree.items) < 2:
        return False
    return all(isinstance(i, Number | Dots | Sum) or i == Name("\\infty") or could_be_name(i) for i in tree.items)


def _sizes(tree: Tree) -> tuple[Dimension, ...] | None:
    """`m \\times n` as two dimensions. A column `n \\times 1` is a vector."""
    inner = tree.items[0] if isinstance(tree, Bracket) and len(tree.items) == 1 else tree
    factors = inner.factors if isinstance(inner, Product) and inner.operator in ("\\times", "×") else (inner,)
    sizes = tuple(_size(factor) for factor in factors)
    known = tuple(size for size in sizes if size is not None)
    if len(known) < len(sizes):
        return None
    return known[:1] if len(known) == 2 and known[1].number == 1 and known[0].number != 1 else known


def _size(tree: Tree) -> Dimension | None:
    size = size_of(tree, {})
    return None if size is not None and size.number is not None and not 0 <= size.number < LARGEST else size
