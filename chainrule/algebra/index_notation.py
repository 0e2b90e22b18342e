r"""Index notation: one entry of an array of any rank, `\delta_{ij} x_k`, `(X^{-1})_{li} (X^{-1})_{jk}`.

What can be said as a matrix, vector or scalar stays in matrix form and carries its indices as a subscript; what a delta of
indices says is `\delta_{ij}`; a sum that matrix form cannot say is written with `\sum`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from chainrule.algebra.index import UnionFind
from chainrule.algebra.matrix_form import applied_tree, matrix_form
from chainrule.algebra.measure import Measure
from chainrule.algebra.normal_form import normal_form
from chainrule.algebra.scalar_print import dimension_tree, one_based, product_tree, sum_of_terms
from chainrule.errors import VerificationError
from chainrule.graph import build
from chainrule.graph.dimension import Dimension
from chainrule.graph.node import Add, Apply, Contract, Named, Node, Unit, Variable, postorder
from chainrule.graph.walk import opaque
from chainrule.syntax.tree import BigOperator, Juxtaposition, Name, Number, Subscript, Tree, walk

LETTERS = "ijklpqrstuvabcdghowxyzfnm"
"""Letters for indices, the usual ones first; the last ones are more often sizes."""
DELTAS = (Name("\\delta"), Name("I"))
"""What the entry of an identity matrix is called: the second where the text has a delta of its own."""

Places = tuple[Tree, ...]
"""The index of every axis."""


class IndexForm(NamedTuple):
    """One entry as a tree, and the letter of each axis."""

    tree: Tree
    letters: tuple[Name, ...]


def index_form(root: Node, taken: Collection[Tree] = (), spelling: Mapping[Fraction, str] | None = None) -> IndexForm:
    """One entry of an array of any rank in letters that nothing else is called by.

    taken: further names that stand for something. Raises VerificationError: `no-matrix-form` for what no entry can be
    written of, and `too-long-to-print`.
    """
    nodes = postorder(root, into=opaque)
    used = {tree for n in nodes if isinstance(n, Variable | Named) for tree in (n.symbol,)}
    sizes = {Name(symbol) for n in nodes for d in _dimensions(n) for symbol in d.symbols}
    writer = _Entries({*used, *sizes, *taken}, spelling or {})
    letters = tuple(next(writer.letters) for _ in root.shape)
    return IndexForm(writer.entry(root, letters), letters)


def _dimensions(node: Node) -> Sequence[Dimension]:
    return (*node.shape, *node.extents) if isinstance(node, Contract) else node.shape


class _Entries:
    def __init__(self, taken: Collection[Tree], spelling: Mapping[Fraction, str]):
        self.spelling = spelling
        self.measure = Measure()
        self.letters = self._free(taken)
        self.delta = next((name for name in DELTAS if name not in taken), DELTAS[0])

    @staticmethod
    def _free(taken: Collection[Tree]) -> Iterator[Name]:
        yield from (Name(letter) for letter in LETTERS if Name(letter) not in taken)
        raise VerificationError("no-matrix-form", "there are not enough letters for the indices of this formula")

    def entry(self, node: Node, places: Places) -> Tree:
        """The entry of a node at the places, the shortest of the ways it can be written."""
        if build.is_zero(node):
            return Number(Fraction(0))
        whole = self._of_whole(node, places)
        match node:
            case Unit(position=position):
                return self._delta((*places, one_based(position)))
            case Add(terms=terms):
                parts = sum_of_terms([(c, self._term(abs(c), n, places)) for c, n in terms], self.measure)
            case Apply(operation=operation, arguments=arguments) if operation.elementwise and places:
                parts = applied_tree(node, tuple(self.entry(a, places if a.shape else ()) for a in arguments), entry=True)
            case Contract():
                parts = self._contraction(Fraction(1), node, places)
            case _:
                parts = None
        ways = [tree for tree in (parts, whole) if tree is not None]
        if whole is None and (parts is None or any(isinstance(part, BigOperator) for part in walk(parts))):
            ways += self._with_units(node, places)
        if not ways:
            raise VerificationError("no-matrix-form", f"no entry of this array of rank {len(node.shape)} can be written")
        return min(ways, key=lambda tree: self.measure.cost(tree)[:3])

    def _of_whole(self, node: Node, places: Places) -> Tree | None:
        """`(A x)_i`: the entry of the array in matrix form; None where it has none."""
        if len(places) > 2:
            return None
        try:
            tree = matrix_form(node, self.spelling)
        except VerificationError as error:
            if error.code != "no-matrix-form":
                raise
            return None
        return _subscripted(tree, places)

    def _with_units(self, node: Node, places: Places) -> list[Tree]:
        r"""`(A \otimes e_k e_l^\top)_{ij}`: the ways to put a unit vector at some of the places that leave a matrix form."""
        ways: list[Tree] = []
        axes = range(len(places))
        for kept in (kept for count in (2, 1, 0) for kept in combinations(axes, count) if len(kept) < len(places)):
            units = [(_unit(places[axis], node.shape[axis]), (axis,)) for axis in axes if axis not in kept]
            taken = build.contract([node, *(unit for unit, _ in units)], [axes, *(own for _, own in units)], kept)
            tree = self._of_whole(normal_form(taken), tuple(places[axis] for axis in kept))
            ways += [] if tree is None else [tree]
        return ways

    def _delta(self, places: Places) -> Tree:
        return _subscripted(self.delta, places)

    def _term(self, number: Fraction, node: Node, places: Places) -> Tree:
        if isinstance(node, Contract):
            return self._contraction(number, node, places)
        return product_tree(number, [self.entry(node, places)], [], self.measure, self.spelling)

    def _contraction(self, number: Fraction, node: Contract, places: Places) -> Tree:
        """The product of the entries of what its summed indices hold together, and deltas for what the output repeats."""
        at: dict[int, Tree] = {}
        factors: list[Tree] = []
        sums: list[Tree] = []
        for index, place in zip(node.output, places, strict=True):
            if at.setdefault(index, place) is not place:
                factors.append(self._delta((at[index], place)))
        for cluster in _clusters(node):
            tree = self._cluster(node, cluster, at)
            (sums if isinstance(tree, BigOperator) else factors).append(tree)
        carried = {i for own in node.indices for i in own}.union(node.output)
        factors += [dimension_tree(d) for i, d in enumerate(node.extents) if i not in carried]
        return product_tree(number, factors, sorted(sums, key=self.measure.cost), self.measure, self.spelling)

    def _cluster(self, node: Contract, cluster: Sequence[int], at: Mapping[int, Tree]) -> Tree:
        """Factors (by their places) that summed indices connect."""
        inside = dict.fromkeys(i for k in cluster for i in node.indices[k])
        free = [i for i in inside if i in at]
        summed = [i for i in inside if i not in at]
        if not summed:
            (only,) = cluster
            return self.entry(node.factors[only], tuple(at[i] for i in node.indices[only]))
        parts = [node.factors[k] for k in cluster], [node.indices[k] for k in cluster]
        orders = [free, free[::-1]] if len(free) == 2 else [free]
        wholes = [self._of_whole(build.contract(*parts, order), tuple(at[i] for i in order)) for order in orders]
        found = [tree for tree in wholes if tree is not None]
        return self.measure.shortest(*found) if found else self._sum(node, cluster, {**at}, summed)

    def _sum(self, node: Contract, cluster: Sequence[int], at: dict[int, Tree], summed: Sequence[int]) -> Tree:
        for index in summed:
            at[index] = next(self.letters)
        entries = [self.entry(node.factors[k], tuple(at[i] for i in node.indices[k])) for k in cluster]
        tree = product_tree(Fraction(1), entries, [], self.measure, self.spelling)
        for index in reversed(summed):
            tree = BigOperator("sum", at[index], None, tree)
        return tree


def _unit(place: Tree, length: Dimension) -> Node:
    if isinstance(place, Number):
        return build.unit(int(place.value) - 1, length)
    return build.unit(build.variable(place), length)


def _subscripted(tree: Tree, places: Places) -> Tree:
    """`A_{ij}`; with a comma where a number is among the places."""
    if not places or isinstance(tree, Number):
        return tree
    together = len(places) > 1 and not any(isinstance(place, Number) for place in places)
    return Subscript(tree, (Juxtaposition(places),) if together else places)


def _clusters(node: Contract) -> list[list[int]]:
    """The factors that summed indices connect, directly or through one another."""
    names = UnionFind()
    first = len(node.extents)
    for place, own in enumerate(node.indices):
        for index in own:
            if index not in node.output:
                names.unite(index, first + place)
    found: dict[int, list[int]] = {}
    for place in range(len(node.factors)):
        found.setdefault(names.find(first + place), []).append(place)
    return list(found.values())
