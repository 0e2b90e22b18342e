"""Chains: matrix products in print. A link knows its own transpose, so a chain is transposed by reversing it.

A vector is a chain that ends in a column; its transpose is a row.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from chainrule.algebra.measure import TOP, Measure
from chainrule.syntax.tree import Bracket, Call, Font, Juxtaposition, Name, Number, Product, Sum, Superscript, Tree


@dataclass(frozen=True, eq=False)
class Link:
    """One factor of a matrix product and how its transpose is written."""

    forward: Tree
    turned: Tree


Chain = tuple[Link, ...]

ONES: Chain = (Link(one := Font("mathbf", Number(Fraction(1))), Superscript(one, TOP)),)
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
    return tuple(Link(link.turned, link.forward) for link in reversed(chain))


class Chains:
    """What is made of chains, always the shortest of the ways it can be written."""

    def __init__(self, measure: Measure):
        self.measure = measure

    def tree(self, chain: Chain) -> Tree:
        """The product as a tree, or as the transpose of the product the other way round where that is shorter."""
        straight = _side_by_side([link.forward for link in chain])
        if len(chain) == 1:
            return straight
        return self.measure.shortest(straight, Superscript(_side_by_side([link.forward for link in turned(chain)]), TOP))

    def shortest(self, *chains: Chain) -> Chain:
        return min(chains, key=lambda chain: self.measure.cost(self.tree(chain)))

    def hadamard(self, vectors: list[Chain]) -> Chain:
        """The elementwise product of columns."""
        return vectors[0] if len(vectors) == 1 else atom(self._odot(vectors))

    def hadamard_of_matrices(self, matrices: list[Chain]) -> Chain:
        """The elementwise product of matrices that stand the same way round; either way round may be shorter to write."""
        straight, across = self._odot(matrices), self._odot([turned(matrix) for matrix in matrices])
        forward = self.measure.shortest(straight, Superscript(across, TOP))
        return (Link(forward, self.measure.shortest(across, Superscript(straight, TOP))),)

    def _odot(self, chains: list[Chain]) -> Tree:
        factors: list[Tree] = []
        for tree in sorted((self.tree(chain) for chain in chains), key=self._place):
            inner = tree.factors if isinstance(tree, Product) and tree.operator == "\\odot" else (tree,)
            factors.extend(Bracket("(", (t,)) if isinstance(t, Juxtaposition) else t for t in inner)
        return Product("\\odot", tuple(factors))

    def _place(self, tree: Tree) -> tuple[int, object]:
        """Products of matrices, then names and sums, then function values."""
        return 0 if isinstance(tree, Juxtaposition) else 2 if isinstance(tree, Call) else 1, self.measure.cost(tree)

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
        ways = [self.tree(way) for chain in rotations for way in (chain, turned(chain))]
        return Call(Name("tr"), (self.measure.shortest(*ways),))

    def inner(self, vectors: list[Chain]) -> Tree:
        """The sum over the entries of the elementwise product of vectors: one of them transposed times the others."""
        if len(vectors) == 1:
            vectors = [ONES, *vectors]
        ways: list[Tree] = []
        for i, left in enumerate(vectors):
            rest = self.hadamard([*vectors[:i], *vectors[i + 1 :]])
            ways += [self._product(left, rest), self._product(rest, left)]
        return self.measure.shortest(*ways)

    def _product(self, left: Chain, right: Chain) -> Tree:
        return _side_by_side([link.forward for link in (*turned(left), *right)])


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
