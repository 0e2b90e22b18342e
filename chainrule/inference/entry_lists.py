r"""Lists of names, `(x_1, x_2)`, and what an equation says in which one stands: `x = (x_1, x_2)^\top = (0.5, -1)^\top`.

A name that is equal to such a list has these entries, wherever in the equation the list stands; the names in it are entry by
entry what the equation says further.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from chainrule.errors import ShapeError
from chainrule.inference.dots import read_pattern, written_out
from chainrule.inference.literals import read_literal, rows_of
from chainrule.inference.symbols import TRANSPOSES, could_be_name, entry_position, key, span_text, two_digits
from chainrule.syntax.tree import Bracket, Matrix, Number, Relation, Subscript, Superscript, Tree


def is_entry_list(body: Tree) -> bool:
    """Whether a right side is a list of bare symbols, `[w_1, w_2]`: it declares entries."""
    table = rows_of(body)
    return table is not None and all(could_be_name(entry) for row in table[0] for entry in row)


def entries_of(body: Tree) -> list[Tree]:
    """The entries of a list or matrix, row by row; none for any other tree."""
    table = rows_of(body)
    return [entry for row in table[0] for entry in row] if table else []


@dataclass(frozen=True)
class Chain:
    """An equation with lists of names: the names that are equal to them, the lists, and what else is on its sides."""

    names: tuple[Tree, ...]
    lists: tuple[Tree, ...]
    others: tuple[Tree, ...]

    @property
    def body(self) -> Tree:
        """What the names are: a formula, else the list that the numbers go to, whose entries are inputs."""
        return (*(side for side in self.others if read_literal(side) is None), self.lists[-1])[0]

    @property
    def claimed(self) -> tuple[Tree, ...]:
        """The sides that define nothing more."""
        used = self.body if self.body in self.others else self.others[0] if self.others else None
        return tuple(side for side in self.others if side is not used)

    def entries(self) -> list[tuple[Tree, Tree]]:
        """Each name of the lists with what it is. Raises ShapeError where a list is longer or shorter than what it is."""
        body, values = self.body, self.others[:1]
        found: list[tuple[Tree, Tree]] = []
        for listed in self.lists:
            if listed is not body:
                found += self._picked(listed, body)
            elif values:
                found += _entrywise(listed, values[0])
        return found

    def _picked(self, listed: Tree, body: Tree) -> list[tuple[Tree, Tree]]:
        """Each name with the entry that it is of the whole."""
        if rows_of(body) is not None:
            entrywise = _entrywise(listed, body)
            if not self.names:
                return entrywise
        whole = self.names[0] if self.names else Bracket("(", (body,), span=body.span)
        pairs = zip(entries_of(listed), _positions(listed), strict=True)
        return [(name, picked) for name, at in pairs if not _is_same(name, picked := _entry(whole, at))]


def chain_of(statement: Relation) -> Chain | None:
    """The chain that an equation is; None for any other one, also for `x = (x_1, x_2)`, which defines x alone."""
    names: list[Tree] = []
    lists: list[Tree] = []
    others: list[Tree] = []
    for side in map(_spelled_out, statement.sides):
        found = names if could_be_name(side) else lists if _is_list(side) else others
        found.append(side)
    if not lists or (len(statement.sides) == 2 and (names or not others)):
        return None
    return Chain(tuple(names), tuple(lists), tuple(others))


def unturned(statement: Relation) -> Relation:
    r"""`x = (1, 2)^\top` of `x^\top = (1, 2)`, which gives x and not its transpose."""
    name, *rest = statement.sides
    if not isinstance(name, Superscript) or name.exponent not in TRANSPOSES or not could_be_name(name.base):
        return statement
    if any(rows_of(side) is None for side in rest):
        return statement
    turned = (Superscript(side, name.exponent, span=side.span) for side in rest)
    return replace(statement, sides=(replace(name.base, span=name.span), *turned))


def _spelled_out(side: Tree) -> Tree:
    """`(x_1, x_2, x_3)` of `(x_1, \\ldots, x_3)`."""
    pattern = read_pattern(side)
    whole = None if pattern is None else written_out(pattern, side)
    return side if whole is None else whole


def _is_list(side: Tree) -> bool:
    return is_entry_list(side) and len(entries_of(side)) > 1


def _positions(tree: Tree) -> list[tuple[int, ...]]:
    """Where the entries of a list or matrix are, counted from 1."""
    table = rows_of(tree)
    rows = [len(row) for row in table[0]] if table else []
    if len(rows) == 1 or max(rows, default=1) == 1:
        return [(i,) for i in range(1, sum(rows) + 1)]
    return [(i, j) for i, width in enumerate(rows, 1) for j in range(1, width + 1)]


def _entrywise(listed: Tree, body: Tree) -> list[tuple[Tree, Tree]]:
    names, entries = entries_of(listed), entries_of(body)
    if len(names) != len(entries):
        message = f"{span_text(listed.span)} has {len(names)} entries, {span_text(body.span)} has {len(entries)}"
        raise ShapeError("shape-clash", message, body.span)
    return list(zip(names, entries, strict=True))


def _entry(whole: Tree, position: tuple[int, ...]) -> Subscript:
    return Subscript(whole, tuple(Number(Fraction(at), str(at)) for at in position), span=whole.span)


def _is_same(name: Tree, entry: Subscript) -> bool:
    """Whether a name of a list is the entry itself, `h_1` beside `h = (h_1, h_2) = W x`, which needs no definition."""
    if not isinstance(name, Subscript) or key(name.base) != key(entry.base):
        return False
    return entry_position(name.items) == entry_position(entry.items)


def entries_among(names: Iterable[Tree], base: Tree) -> list[Subscript]:
    """The names that are entries of an array by their form."""
    return [n for n in names if isinstance(n, Subscript) and n.base == base and entry_position(n.items)]


def vector_of(base: Tree, names: Container[Tree]) -> Bracket | None:
    """The list of the entries from the first one on; None where there are fewer than two."""
    entries: list[Tree] = []
    while (entry := Subscript(base, (Number(Fraction(len(entries) + 1)),))) in names:
        entries.append(entry)
    return Bracket("[", tuple(entries), (",",) * (len(entries) - 1)) if len(entries) > 1 else None


def matrix_of(names: Iterable[Subscript]) -> Matrix | None:
    """The matrix of entries `w_{11}` or `w_{1,1}`; None where one is missing."""
    at: dict[tuple[int, int], Tree] = {}
    for name in names:
        match entry_position(name.items):
            case (int() as i, int() as j):
                at[i, j] = name
            case (int() as number,) if two_digits((number,)):
                at[divmod(number, 10)] = name
            case _:
                return None
    height, width = (max((place[axis] for place in at), default=0) for axis in (0, 1))
    if not 1 < len(at) == height * width:
        return None
    return Matrix(tuple(tuple(at[i, j] for j in range(1, width + 1)) for i in range(1, height + 1)))
