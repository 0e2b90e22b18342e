"""Ranks by constraint propagation: every subexpression is a scalar, a vector, a row or a matrix, and each operation allows
only some combinations. Declarations and literals start it; where they leave freedom, conventions are tried in a fixed
order, each kept only if everything still fits, and noted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

SCALAR, VECTOR, ROW, MATRIX = "scalar", "vector", "row", "matrix"
ANY = frozenset((SCALAR, VECTOR, ROW, MATRIX))
SYMBOL = frozenset((SCALAR, VECTOR, MATRIX))
BY_SIZE = (SCALAR, VECTOR, ROW, MATRIX)
MOST_SEARCHED = 20_000
"""How many choices are tried for one problem where propagation alone does not decide."""
OF_RANK = {0: SCALAR, 1: VECTOR, 2: MATRIX}

Table = frozenset[tuple[str, ...]]


def _same(*columns: int) -> Table:
    return frozenset((kind,) * columns[0] for kind in ANY)


EQUAL: Table = _same(2)
TRANSPOSED: Table = frozenset({(SCALAR, SCALAR), (VECTOR, ROW), (ROW, VECTOR), (MATRIX, MATRIX)})
TRANSPOSED_LIST: Table = TRANSPOSED | {(VECTOR, VECTOR)}
"""A transposed list: `[1, 2]^T` is how people write a column."""
DEFINED: Table = EQUAL | {(VECTOR, ROW)}
"""A name's rank and its definition's: a quantity defined as a row is stored as a vector."""
ELEMENTWISE: Table = frozenset(t for k in ANY for t in ((k, k, k), (SCALAR, k, k), (k, SCALAR, k)))
"""left, right, result of sums and elementwise products: a scalar goes with everything."""
ADDED: Table = ELEMENTWISE | {(v, MATRIX, MATRIX) for v in (VECTOR, ROW)} | {(MATRIX, v, MATRIX) for v in (VECTOR, ROW)}
"""left, right, result of a sum: a vector beside a matrix is added to each of its rows or columns."""
PRODUCT: Table = frozenset(
    {(SCALAR, k, k) for k in ANY}
    | {(k, SCALAR, k) for k in ANY}
    | {
        (MATRIX, MATRIX, MATRIX),
        (MATRIX, VECTOR, VECTOR),
        (ROW, MATRIX, ROW),
        (ROW, VECTOR, SCALAR),
        (VECTOR, ROW, MATRIX),
        (VECTOR, VECTOR, SCALAR),
        (VECTOR, MATRIX, VECTOR),
    }
)
"""left, right, result of a product of linear algebra. A bare vector by a vector is inner, and by a matrix x W = W^T x."""


@dataclass
class Unknown:
    """The rank of one subexpression: what it can still be."""

    kinds: frozenset[str]
    constraints: "list[Constraint]" = field(default_factory=list["Constraint"], repr=False)


@dataclass(frozen=True, eq=False)
class Constraint:
    """Only the combinations in `table` are possible. `where` finds the place in the text when none is."""

    table: Table
    unknowns: tuple[Unknown, ...]
    where: object


class RankClash(Exception):
    """No combination is left at one constraint."""

    def __init__(self, constraint: Constraint):
        super().__init__(constraint)
        self.constraint = constraint


class Ranks:
    """A set of unknowns and constraints; every change is propagated at once."""

    def __init__(self) -> None:
        self.trail: list[tuple[Unknown, frozenset[str]]] = []
        self.unknowns: list[Unknown] = []
        self.constraints: list[Constraint] = []
        self.searching = False
        self.searched = 0

    def unknown(self, kinds: Iterable[str] = ANY) -> Unknown:
        self.unknowns.append(Unknown(frozenset(kinds)))
        return self.unknowns[-1]

    def mark(self) -> tuple[int, int, int]:
        """Where things stand, to go back to with `forget`."""
        return len(self.trail), len(self.constraints), len(self.unknowns)

    def forget(self, mark: tuple[int, int, int]) -> None:
        """Take back everything since the mark."""
        trail, constraints, unknowns = mark
        self._undo(trail)
        for constraint in reversed(self.constraints[constraints:]):
            for each in constraint.unknowns:
                each.constraints.remove(constraint)
        del self.constraints[constraints:], self.unknowns[unknowns:]

    def _undo(self, mark: int) -> None:
        while len(self.trail) > mark:
            changed, before = self.trail.pop()
            changed.kinds = before

    def require(self, table: Table, unknowns: Sequence[Unknown], where: object) -> None:
        """Add a constraint. Raises RankClash where nothing fits."""
        constraint = Constraint(table, tuple(unknowns), where)
        self.constraints.append(constraint)
        for each in constraint.unknowns:
            each.constraints.append(constraint)
        self._propagate([constraint])

    def restrict(self, unknown: Unknown, kinds: frozenset[str], where: object) -> None:
        """Leave only these kinds. Raises RankClash where nothing fits."""
        self.require(frozenset((k,) for k in kinds), (unknown,), where)

    def attempt(self, unknown: Unknown, kinds: frozenset[str]) -> bool:
        """Restrict if that leaves a possibility everywhere; otherwise change nothing. Tells whether it was done."""
        left = unknown.kinds & kinds
        if not left:
            return False
        if left == unknown.kinds:
            return True
        mark = len(self.trail)
        if not self._narrow(unknown, left) or (self.searching and not self.solvable()):
            self._undo(mark)
            return False
        return True

    def _narrow(self, unknown: Unknown, kinds: frozenset[str]) -> bool:
        self._set(unknown, kinds)
        try:
            self._propagate(list(unknown.constraints))
        except RankClash:
            return False
        return True

    def is_open(self) -> bool:
        return any(len(unknown.kinds) > 1 for unknown in self.unknowns)

    def solvable(self) -> bool:
        """Whether everything can be decided together; leaves all as it is. Gives up, with False, after MOST_SEARCHED tries."""
        mark = len(self.trail)
        tried: list[tuple[int, Unknown, list[str]]] = []
        open_now = self._next_open()
        while open_now is not None:
            tried.append((len(self.trail), open_now, sorted(open_now.kinds, key=BY_SIZE.index)))
            while tried:
                before, unknown, kinds = tried[-1]
                self._undo(before)
                self.searched += 1
                if not kinds or self.searched > MOST_SEARCHED:
                    tried.pop()
                elif self._narrow(unknown, frozenset((kinds.pop(0),))):
                    break
            if not tried:
                return False
            open_now = self._next_open()
        self._undo(mark)
        return True

    def _next_open(self) -> Unknown | None:
        return next((unknown for unknown in self.unknowns if len(unknown.kinds) > 1), None)

    def _set(self, unknown: Unknown, kinds: frozenset[str]) -> None:
        self.trail.append((unknown, unknown.kinds))
        unknown.kinds = kinds

    def _propagate(self, waiting: list[Constraint]) -> None:
        while waiting:
            constraint = waiting.pop()
            rows = [
                row
                for row in constraint.table
                if all(kind in unknown.kinds for kind, unknown in zip(row, constraint.unknowns, strict=True))
                and _consistent(row, constraint)
            ]
            if not rows:
                raise RankClash(constraint)
            for column, unknown in enumerate(constraint.unknowns):
                left = frozenset(row[column] for row in rows)
                if left != unknown.kinds:
                    self._set(unknown, left)
                    waiting.extend(c for c in unknown.constraints if c is not constraint)


def _consistent(row: tuple[str, ...], constraint: Constraint) -> bool:
    """One unknown may stand in several columns (`x x`): it has one kind."""
    seen: dict[int, str] = {}
    return all(seen.setdefault(id(unknown), kind) == kind for kind, unknown in zip(row, constraint.unknowns, strict=True))
