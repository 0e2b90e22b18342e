"""The factor graph of a contraction, reduced to a product of matrices.

Indices are the points; a vector sits on one, a matrix is an edge between two. Summed indices are taken away one after the
other until only those of the output are left: one that ends in a single matrix makes a vector of it, one between two
matrices makes a product of them, and parallel edges make an elementwise product. What does not reduce has no matrix form.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chainrule.algebra.chain import ONES, Chain, Chains, turned
from chainrule.algebra.index import UnionFind
from chainrule.errors import VerificationError
from chainrule.syntax.tree import Tree

MOST_TRIED = 5
"""In graphs of so many matrices at most, with a circle, the indices are taken away in every order."""


@dataclass(frozen=True, eq=False)
class Edge:
    """A matrix: rows run over index `row`, columns over index `column`."""

    row: int
    column: int
    chain: Chain

    def along(self, row: int) -> Chain:
        """The matrix or its transpose, with `row` for its rows."""
        return self.chain if row == self.row else turned(self.chain)

    def other(self, index: int) -> int:
        return self.column if index == self.row else self.row

    @property
    def ends(self) -> frozenset[int]:
        return frozenset((self.row, self.column))


def _is_loop(*edges: Edge) -> bool:
    return len(edges) == 1 and len(edges[0].ends) == 1


@dataclass
class FactorGraph:
    """One connected part, or all that has to do with the output. `output` has no index twice."""

    chains: Chains
    output: tuple[int, ...]
    indices: set[int]
    vectors: dict[int, list[Chain]] = field(default_factory=dict[int, list[Chain]])
    edges: list[Edge] = field(default_factory=list[Edge])

    def reduce(self) -> Tree | Chain:
        """A Tree for a scalar, else the Chain of the vector or matrix. Raises VerificationError `no-matrix-form`."""
        while True:
            summed = sorted(self.indices - set(self.output), key=self._degree)
            if not summed:
                return self._result()
            if len(self.indices) == 1 and all(map(_is_loop, self.edges)):
                return self._scalar(summed[0])
            if not self.output and self._is_bundle():
                return self._traces()
            least = len(self._at(summed[0]))
            equal = [index for index in summed if len(self._at(index)) == least]
            if least > 1 and len(self.edges) <= MOST_TRIED and self._has_circle():
                return self._shortest_after(equal)
            self._take(summed[0])

    def _take(self, index: int, to_loop: bool = False) -> None:
        """One summed index less, or edges fewer. to_loop: two matrices between the same indices become one, not a vector."""
        edges = self._at(index)
        if any(map(_is_loop, edges)):
            self._loops_to_vectors(index)
        elif len(edges) == 1:
            self._fold(index, edges[0])
        elif len(edges) == 2 and (to_loop or edges[0].ends != edges[1].ends):
            self._join(index, edges)
        elif len(edges) == 2:
            self._fold_pair(index, edges)
        elif not self._merge_parallel():
            raise VerificationError("no-matrix-form", "more than two matrices meet at one summed index")

    def _has_circle(self) -> bool:
        met = UnionFind()
        for edge in self.edges:
            if met.find(edge.row) == met.find(edge.column):
                return True
            met.unite(edge.row, edge.column)
        return False

    def _shortest_after(self, choices: Sequence[int]) -> Tree | Chain:
        """The shortest result, whichever of some indices is taken away first: around a circle it makes a difference."""
        found: list[Tree | Chain] = []
        pairs = [i for i in choices if len({edge.ends for edge in self._at(i)}) == 1]
        for index, to_loop in [*((i, False) for i in choices), *((i, True) for i in pairs)]:
            vectors = {i: list(chains) for i, chains in self.vectors.items()}
            other = FactorGraph(self.chains, self.output, set(self.indices), vectors, list(self.edges))
            other._take(index, to_loop)
            found.append(other.reduce())
        return min(found, key=self.chains.cost)

    def _at(self, index: int) -> list[Edge]:
        return [edge for edge in self.edges if index in edge.ends]

    def _degree(self, index: int) -> tuple[int, int]:
        return len(self._at(index)), index

    def _vector(self, index: int) -> Chain | None:
        found = self.vectors.get(index)
        return self.chains.hadamard(found) if found else None

    def _scalar(self, index: int) -> Tree:
        """The sum over the last index: an inner product, or the trace of a matrix."""
        vectors = self.vectors.get(index) or []
        if not self.edges:
            return self.chains.inner(vectors or [ONES])
        loops = [self.chains.shortest(edge.chain, turned(edge.chain)) for edge in self.edges]
        made = self.chains.trace(self._between(index, self._hadamard(loops)))
        if len(loops) == 1 and not vectors:
            return made
        return self.chains.measure.shortest(made, self.chains.inner([*vectors, *map(self.chains.diagonal, loops)]))

    def _hadamard(self, matrices: list[Chain]) -> Chain:
        return matrices[0] if len(matrices) == 1 else self.chains.hadamard_of_matrices(matrices)

    def _is_bundle(self) -> bool:
        """Are there only matrices between the same two indices, with nothing else at these?"""
        parallel = len(self.edges) > 1 and len(self.indices) == 2 and all(len(e.ends) == 2 for e in self.edges)
        return parallel and not any(self.vectors.get(i) for i in self.indices)

    def _traces(self) -> Tree:
        """sum_ij A_ij B_ji C_ji as the shortest tr(A (B * C))."""
        row, column = sorted(self.indices)
        ways: list[Tree] = []
        for edge in self.edges:
            rest = [e.along(column) for e in self.edges if e is not edge]
            ways.append(self.chains.trace(edge.along(row) + self._hadamard(rest)))
        return self.chains.measure.shortest(*ways)

    def _fold(self, index: int, edge: Edge) -> None:
        """sum_i A_ji v_i is the vector A v; without v, the sum of the columns of A."""
        other = edge.other(index)
        self._take_away(index, [edge])
        self.vectors.setdefault(other, []).append(edge.along(other) + (self._vector(index) or ONES))

    def _join(self, index: int, edges: list[Edge]) -> None:
        """sum_i A_ji v_i B_ik is A diag(v) B."""
        left, right = edges
        j, k = left.other(index), right.other(index)
        made = self._between(index, left.along(j), right.along(index))
        self._take_away(index, edges)
        self.edges.append(Edge(j, k, made))

    def _between(self, index: int, left: Chain, right: Chain = ()) -> Chain:
        vector = self._vector(index)
        return left + (self.chains.diag(vector) if vector is not None else ()) + right

    def _fold_pair(self, index: int, edges: list[Edge]) -> None:
        """sum_i A_ji B_ji v_i is (A * B) v, elementwise, or the diagonal of A diag(v) B^T, whichever is shorter."""
        other = edges[0].other(index)
        product = self._between(index, edges[0].along(other), edges[1].along(index))
        summed = self.chains.hadamard_of_matrices([e.along(other) for e in edges]) + (self._vector(index) or ONES)
        self._take_away(index, edges)
        self.vectors.setdefault(other, []).append(self.chains.shortest(self.chains.diagonal(product), summed))

    def _merge_parallel(self) -> bool:
        """Matrices between the same two indices become their elementwise product, loops the vectors on their diagonals."""
        for edge in self.edges:
            same = [e for e in self.edges if e.ends == edge.ends]
            if _is_loop(edge):
                self._loops_to_vectors(edge.row)
                return True
            if len(same) > 1:
                made = self.chains.hadamard_of_matrices([e.along(edge.row) for e in same])
                self.edges = [e for e in self.edges if e not in same]
                self.edges.append(Edge(edge.row, edge.column, made))
                return True
        return False

    def _loops_to_vectors(self, index: int) -> None:
        loops = [e for e in self._at(index) if _is_loop(e)]
        self.edges = [e for e in self.edges if e not in loops]
        self.vectors.setdefault(index, []).extend(self.chains.diagonal(e.chain) for e in loops)

    def _take_away(self, index: int, edges: list[Edge]) -> None:
        self.indices.discard(index)
        self.edges = [e for e in self.edges if e not in edges]

    def _result(self) -> Chain:
        """What is left has only the indices of the output: a vector, or an edge with vectors at its ends."""
        while self._merge_parallel():
            pass
        if len(self.output) == 1:
            return self._vector(self.output[0]) or ONES
        row, column = self.output
        left, right = self._vector(row), self._vector(column)
        if not self.edges:
            return (left or ONES) + turned(right or ONES)
        matrix = self.edges[0].along(row)
        if left is None and right is None:
            return matrix
        diags = (self.chains.diag(left) if left else ()) + matrix + (self.chains.diag(right) if right else ())
        return self.chains.shortest(diags, self.chains.hadamard_of_matrices([matrix, (left or ONES) + turned(right or ONES)]))
