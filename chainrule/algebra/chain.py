"""Chains: matrix products in print. A link knows its own transpose, so a chain is transposed by reversing it.

A vector is a chain that ends in a column; its transpose is a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TypeGuard

from chainrule.algebra.measure import TOP, Cost, Measure
from chainrule.algebra.scalar_print import is_applied, is_indicator
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Call,
    Font,
    Juxtaposition,
    Name,
    Number,
    Product,
    Quotient,
    Subscript,
    Sum,
    Superscript,
    Tree,
)


@dataclass(frozen=True, eq=False)
class Link:
    """One factor of a matrix product and how its transpose is written.

    alone: the same two where nothing stands beside them, if `A^\\top + B^\\top`, which needs no parentheses then, is shorter.
    """

    forward: Tree
    turned: Tree
    alone: tuple[Tree, Tree] | None = None

    def flipped(self) -> "Link":
        return Link(self.turned, self.forward, self.alone and (self.alone[1], self.alone[0]))


Chain = tuple[Link, ...]

UNITY = Number(Fraction(1))
ONES: Chain = (Link(one := Font("mathbf", UNITY), Superscript(one, TOP)),)
"""The column of ones; its size comes from its use."""

IDENTITY: Chain = (Link(Name("I"), Name("I")),)


LONGEST_RUN = 4
"""So many transposed matrices in a row are written as the transpose of a power."""

INVERTED = Sum((-1,), (Number(Fraction(1)),))
INVERTED_AND_TURNED = Sum((-1,), (TOP,))
TURNED_EXPONENTS: dict[Tree, Tree] = {INVERTED: INVERTED_AND_TURNED, INVERTED_AND_TURNED: INVERTED}


def transposed(tree: Tree) -> Tree:
    r"""The transpose as it is written: `A^\top`, back to `A`, and `A^{-\top}` of `A^{-1}`."""
    if isinstance(tree, Superscript) and tree.operator == "^":
        if tree.exponent == TOP:
            return tree.base
        if tree.exponent in TURNED_EXPONENTS:
            return Superscript(tree.base, TURNED_EXPONENTS[tree.exponent])
    return Superscript(tree, TOP)


def atom(tree: Tree) -> Chain:
    """A chain of one factor, whose transpose is written with a T."""
    return (Link(tree, transposed(tree)),)


def turned(chain: Chain) -> Chain:
    return tuple(link.flipped() for link in reversed(chain))


def quotient_of_entries(above: Sequence[Tree], below: Sequence[Tree]) -> Tree:
    r"""`t \oslash p`; with ones where nothing stands above."""
    return Quotient(entrywise(above) if above else ONES[0].forward, entrywise(below), inline=True, operator="./")


def entrywise(factors: Sequence[Tree]) -> Tree:
    """The elementwise product; a product of matrices among several factors stands in parentheses."""
    if len(factors) == 1:
        return factors[0]
    return Product("\\odot", tuple(map(_held, factors)))


def _held(factor: Tree) -> Tree:
    whole = is_indicator(factor) or is_applied(factor)
    return Bracket("(", (factor,)) if isinstance(factor, Juxtaposition) and not whole else factor


def _is_quotient(tree: Tree) -> TypeGuard[Quotient]:
    return isinstance(tree, Quotient) and tree.operator == "./"


def _entrywise_factors(tree: Tree) -> Sequence[Tree]:
    """The factors of an elementwise product, without ones; those of a quotient, above and below."""
    if _is_quotient(tree):
        return (*_entrywise_factors(tree.numerator), *_entrywise_factors(tree.denominator))
    if not (isinstance(tree, Product) and tree.operator == "\\odot"):
        return () if tree == ONES[0].forward else (tree,)
    return [t.items[0] if isinstance(t, Bracket) and isinstance(t.items[0], Juxtaposition) else t for t in tree.factors]


class Chains:
    """What is made of chains, always the shortest of the ways it can be written."""

    def __init__(self, measure: Measure):
        self.measure = measure

    def tree(self, chain: Chain) -> Tree:
        """The product as a tree, or as the transpose of the product the other way round where that is shorter."""
        if len(chain) == 1:
            return chain[0].alone[0] if chain[0].alone else chain[0].forward
        return self.measure.shortest(*_ways(chain))

    def _factor(self, chain: Chain) -> Tree:
        """The product as one among several elementwise factors, where an elementwise product needs no parentheses."""
        ways = (chain[0].forward, self.tree(chain)) if len(chain) == 1 else _ways(chain)
        return min(ways, key=lambda tree: self.measure.cost(entrywise([*_entrywise_factors(tree), UNITY])))

    def _enclosed(self, tree: Tree) -> Cost:
        """What the tree costs beside others."""
        return self.measure.cost(Juxtaposition((tree, UNITY)))

    def link(self, forward: Tree, *turned: Tree) -> Link:
        """The link of a tree and the ways its transpose can be written."""
        beside = min((*turned, transposed(forward)), key=self._enclosed)
        alone = self.measure.shortest(*turned, transposed(forward))
        return Link(forward, beside, None if alone is beside else (forward, alone))

    def cost(self, made: Tree | Chain) -> Cost:
        return self.measure.cost(made if isinstance(made, Tree) else self.tree(made))

    def shortest(self, *chains: Chain) -> Chain:
        return min(chains, key=lambda chain: self.measure.cost(self.tree(chain)))

    def hadamard(self, vectors: list[Chain]) -> Chain:
        """The elementwise product of columns."""
        return vectors[0] if len(vectors) == 1 else atom(self._odot(vectors))

    def hadamard_of_matrices(self, matrices: list[Chain]) -> Chain:
        """The elementwise product of matrices that stand the same way round; either way round may be shorter to write."""
        straight, across = self._odot(matrices), self._odot([turned(matrix) for matrix in matrices])
        return (
            self.link(straight, across)
            if self.measure.shortest(straight, across) is straight
            else self.link(across, straight).flipped(),
        )

    def _odot(self, chains: list[Chain]) -> Tree:
        above: list[Tree] = []
        below: list[Tree] = []
        for tree in map(self._factor, chains):
            above.extend(_entrywise_factors(tree.numerator if _is_quotient(tree) else tree))
            below.extend(_entrywise_factors(tree.denominator) if _is_quotient(tree) else ())
        above, below = self._powers(above), self._powers(below)
        return quotient_of_entries(above, below) if below else entrywise(above or [ONES[0].forward])

    def _powers(self, factors: list[Tree]) -> list[Tree]:
        """The factors in order, equal ones as a power of entries."""
        runs = [(tree, sum(1 for _ in run)) for tree, run in groupby(sorted(factors, key=self._place))]
        return [tree if count == 1 else Superscript(tree, Number(Fraction(count)), ".^") for tree, count in runs]

    def _place(self, tree: Tree) -> tuple[int, object]:
        """Names, then products of matrices, sums and function values."""
        order = (Juxtaposition, Sum, Call)
        return next((i for i, kind in enumerate(order, 1) if isinstance(tree, kind)), 0), self.measure.cost(tree)

    def diag(self, vector: Chain) -> Chain:
        """The matrix with a vector on its diagonal; with ones there it is I."""
        if vector is ONES:
            return IDENTITY
        made = Call(Name("diag"), (self.tree(vector),))
        return (Link(made, made),)

    def diagonal(self, matrix: Chain) -> Chain:
        """The diagonal of a matrix, a vector."""
        return atom(Call(Name("diagonal"), (self.measure.shortest(self.tree(matrix), self.tree(turned(matrix))),)))

    def trace(self, matrix: Chain) -> Tree:
        """The trace; the product inside may be read from any factor on, and either way."""
        rotations = [matrix[i:] + matrix[:i] for i in range(len(matrix))]
        ways = [Call(Name("tr"), (self.tree(way),)) for chain in rotations for way in (chain, turned(chain))]
        halves = (chain[: len(chain) // 2] for chain in rotations if len(chain) % 2 == 0)
        squares = [self._squared_norm(half) for half in halves if _is_square(half, rotations) and not _is_name(half)]
        return self.measure.shortest(*ways, *squares)

    def _squared_norm(self, chain: Chain) -> Tree:
        """`\\|A x - b\\|^2`, for a matrix that of Frobenius; the way round that is shorter."""
        inside = self.measure.shortest(self.tree(chain), self.tree(turned(chain)))
        return Superscript(Bracket("||", (inside,)), Number(Fraction(2)))

    def inner(self, vectors: list[Chain]) -> Tree:
        """The sum over the entries of the elementwise product of vectors: one of them transposed times the others."""
        if len(vectors) == 1:
            vectors = [ONES, *vectors]
        ways = [self._product(ONES, self.hadamard(vectors))] if any(map(self._is_reciprocal, vectors)) else []
        for i, left in enumerate(vectors):
            rest = self.hadamard([*vectors[:i], *vectors[i + 1 :]])
            if not (self._is_reciprocal(left) or self._is_reciprocal(rest)):
                ways += [self._product(left, rest), self._product(rest, left)]
        if len(vectors) == 2 and self.tree(vectors[0]) == self.tree(vectors[1]):
            ways.append(self._squared_norm(vectors[0]))
        return self.measure.shortest(*ways)

    def _is_reciprocal(self, vector: Chain) -> bool:
        """Is it `\\mathbf{1} \\oslash p`, which had better stand under something?"""
        tree = self.tree(vector)
        return _is_quotient(tree) and tree.numerator == ONES[0].forward

    def _product(self, left: Chain, right: Chain) -> Tree:
        return _side_by_side([link.forward for link in (*turned(left), *right)])


def _is_name(chain: Chain) -> bool:
    """One matrix, of which a person writes the trace: `tr(X^\\top X)`."""
    return len(chain) == 1 and isinstance(chain[0].forward, Name | Subscript | Superscript | Accent | Font)


def _is_square(half: Chain, rotations: Sequence[Chain]) -> bool:
    """Is one of the products with this first half the half times its own transpose?"""
    other = [link.forward for link in turned(half)]
    return any(chain[: len(half)] == half and [link.forward for link in chain[len(half) :]] == other for chain in rotations)


def _ways(chain: Chain) -> tuple[Tree, Tree]:
    """The product, and the transpose of the product the other way round."""
    backward = _side_by_side([link.forward for link in turned(chain)])
    return _side_by_side([link.forward for link in chain]), Superscript(backward, TOP)


def _side_by_side(trees: list[Tree]) -> Tree:
    """The product; a matrix that stands several times in a row is a power."""
    runs: list[Tree] = []
    for tree, run in groupby(trees):
        runs.extend(_power(tree, sum(1 for _ in run)))
    return runs[0] if len(runs) == 1 else Juxtaposition(tuple(runs))


def _power(tree: Tree, count: int) -> list[Tree]:
    r"""`X^3`, `X^{-3}` of `X^{-1}`; transposes stay side by side until `(X^4)^\top` is shorter."""
    number = Number(Fraction(count))
    if count == 1:
        return [tree]
    if not isinstance(tree, Superscript) or tree.operator != "^":
        return [Superscript(tree, number)]
    if tree.exponent == INVERTED:
        return [Superscript(tree.base, Sum((-1,), (number,)))]
    if tree.exponent in (TOP, INVERTED_AND_TURNED) and count >= LONGEST_RUN:
        return [Superscript(power, TOP) for power in _power(transposed(tree), count)]
    return [tree] * count
