"""The factor graph of a contraction, reduced to a product of matrices.

Indices are the points; a vector sits on one, a matrix is an edge between two. Summed indices are taken away one after the
other until only those of the output are left: one that ends in a single matrix makes a vector of it, one between two
matrices makes a product of them, and parallel edges make an elementwise product. What does not reduce has no matrix form.
"""

from dataclasses import dataclass, field

from chainrule.algebra.chain import ONES, Chain, Chains, turned
from chainrule.errors import VerificationError
from chainrule.syntax.tree import Tree


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
            index = summed[0]
            edges = self._at(index)
            if len(self.indices) == 1 and (not edges or _is_loop(*edges)):
                return self._scalar(index, edges)
            if any(map(_is_loop, edges)):
                self._loops_to_vectors(index)
            elif len(edges) == 1:
                self._fold(index, edges[0])
            elif len(edges) == 2 and edges[0].ends != edges[1].ends:
                self._join(index, edges)
            elif len(edges) == 2:
                if self._is_trace(index, edges):
                    return self.chains.trace(edges[0].along(index) + edges[1].along(edges[0].other(index)))
                self._fold_pair(index, edges)
            elif not self._merge_parallel():
                raise VerificationError("no-matrix-form", "more than two matrices meet at one summed index")

    def _at(self, index: int) -> list[Edge]:
        return [edge for edge in self.edges if index in edge.ends]

    def _degree(self, index: int) -> tuple[int, int]:
        return len(self._at(index)), index

    def _vector(self, index: int) -> Chain | None:
        found = self.vectors.get(index)
        return self.chains.hadamard(found) if found else None

    def _scalar(self, index: int, loops: list[Edge]) -> Tree:
        """The sum over the last index: the trace of a matrix, or an inner product."""
        if loops:
            return self.chains.trace(self._between(index, loops[0].chain))
        return self.chains.inner(self.vectors.get(index) or [ONES])

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

    def _is_trace(self, index: int, edges: list[Edge]) -> bool:
        """sum_ij A_ij B_ji with nothing else at i and j."""
        ends = {index, edges[0].other(index)}
        return self.indices == ends and not self.output and len(self.edges) == 2 and not any(self.vectors.get(i) for i in ends)

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
