r"""Lists with dots: `(x_1, \ldots, x_n)`, `\begin{bmatrix} w_1 & w_2 & \cdots & w_4 \end{bmatrix}`."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.resolved import Counted, Transposed
from chainrule.inference.symbols import Symbol, could_be_name, key, span_text
from chainrule.syntax.tree import Bracket, Dots, Matrix, Number, Subscript, Superscript, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

MOST_ENTRIES = 1000


@dataclass(frozen=True)
class Pattern:
    """first_1, ..., last: entries that differ in one index alone, which runs from 1 to `last`, a number or a name."""

    first: Tree
    last: Tree

    @property
    def base(self) -> Tree:
        """The name without its index: x of x_1."""
        return self.first.base if isinstance(self.first, Subscript | Superscript) else self.first

    def entry(self, number: Tree) -> Tree:
        """The entry with that index."""
        return _with_index(self.first, number)


def entries_of(tree: Tree) -> tuple[Tree, ...] | None:
    """What is written in a list, or in a matrix of one row or column, if dots are among it; None for any other tree."""
    match tree:
        case Bracket(kind="(" | "[" | "{", items=items):
            found = items
        case Matrix(rows=(found,)):
            pass
        case Matrix(rows=rows) if all(len(row) == 1 for row in rows):
            found = tuple(row[0] for row in rows)
        case _:
            return None
    return found if any(isinstance(entry, Dots) for entry in found) else None


def read_pattern(tree: Tree) -> Pattern | None:
    """The pattern of a list with dots; None where there are no dots.

    Raises SyntaxFault where what stands around the dots does not tell how they go on.
    """
    entries = entries_of(tree)
    if entries is None:
        return None
    *before, last = entries
    written = before[:-1]
    message = f"it is not clear what the dots in {span_text(tree.span)} stand for"
    unclear = SyntaxFault("unreadable-dots", message, tree.span, "write x_1, \\ldots, x_n")
    if not written or not isinstance(before[-1], Dots) or any(isinstance(entry, Dots) for entry in (*written, last)):
        raise unclear
    for i, entry in enumerate(written, 1):
        if _with_index(entry, _number(1)) != _with_index(written[0], _number(1)) or _index(entry) != _number(i):
            raise unclear
    end = _index(last)
    if end is None or not (could_be_name(end) or isinstance(end, Number)) or _with_index(last, _number(1)) != written[0]:
        raise unclear
    return Pattern(written[0], end)


def read_dots(reader: "Reader", tree: Tree) -> Tree | None:
    """The list with its dots written out, or the vector whose entries it names; None where there are no dots."""
    pattern = read_pattern(tree)
    if pattern is None:
        return None
    last = reader.integers.get(key(pattern.last)) if could_be_name(pattern.last) else _whole(pattern.last)
    if last is not None:
        return reader.read(_listed(pattern, last, tree))
    base = reader.name(pattern.base)
    if not isinstance(base, Symbol):
        raise SyntaxFault("unreadable-dots", f"{span_text(tree.span)} is no list of entries of one vector", tree.span)
    counted = Counted(base, span_text(pattern.last.span), span=tree.span)
    return Transposed(counted, span=tree.span) if isinstance(tree, Matrix) and len(tree.rows) == 1 else counted


def written_out(pattern: Pattern, tree: Tree) -> Tree | None:
    """The list with all its entries; None where it goes up to a name."""
    last = _whole(pattern.last)
    return None if last is None else _listed(pattern, last, tree)


def _listed(pattern: Pattern, last: int, tree: Tree) -> Bracket:
    if not 1 <= last <= MOST_ENTRIES:
        raise SyntaxFault("too-large", f"the list {span_text(tree.span)} is not written out", tree.span)
    items = tuple(pattern.entry(_number(i)) for i in range(1, last + 1))
    return Bracket("[", items, (",",) * (last - 1), span=tree.span)


def _number(value: int) -> Number:
    return Number(Fraction(value), str(value))


def _whole(tree: Tree) -> int | None:
    return int(tree.value) if isinstance(tree, Number) and tree.value.denominator == 1 else None


def _index(entry: Tree) -> Tree | None:
    """The one index of `x_3`, `x_n`, `x^{(2)}`."""
    if isinstance(entry, Subscript) and len(entry.items) == 1:
        return entry.items[0]
    if isinstance(entry, Superscript) and isinstance(entry.exponent, Bracket) and len(entry.exponent.items) == 1:
        return entry.exponent.items[0]
    return None


def _with_index(entry: Tree, number: Tree) -> Tree:
    if isinstance(entry, Subscript) and len(entry.items) == 1:
        return Subscript(entry.base, (number,), span=entry.span)
    if isinstance(entry, Superscript) and isinstance(entry.exponent, Bracket):
        return Superscript(entry.base, Bracket(entry.exponent.kind, (number,)), span=entry.span)
    return entry
