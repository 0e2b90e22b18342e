r"""Tables of data, an example in every row or column: `| i | x_i | y_i |` is the lists x and y, `| i | x_{i1} | x_{i2} |` the
matrix x. Aligned columns of plain text are such tables too.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from chainrule.inference.index_form import INDEX_LETTERS, letters_of
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key, letter
from chainrule.sheets.forms import words
from chainrule.sheets.sheet import Cell, Grid
from chainrule.source import Source, Span
from chainrule.syntax.tree import Bracket, Matrix, Name, Number, Relation, Subscript, Superscript, Text, Tree

Rows = Sequence[Sequence[Tree | None]]
_COUNTERS = words("example sample point instance observation pattern row pair case index nr no number # data training")
_PROBABILITIES = frozenset(map(Name, ("P", "Q", "p", "q", "\\pi")))
_SUMS = re.compile(r"\\sum(?![a-z])|∑|Σ|\bsum(?![a-z])|\bmean\b|\baverage")
_GAP = re.compile(r"[ \t]{2,}|\t")
_HEAD = re.compile(r"[^\W\d_]\w{0,5}(?:_\{?\w{1,3}\}?)?|#")
_NUMBER = re.compile(r"[-+−]?(?:\d+(?:\.\d*)?|\.\d+)")


def data_in(rows: Rows, span: Span, around: Span | None) -> list[Tree] | None:
    """The arrays that a table gives, its examples in rows or in columns; None for any other table."""
    text = around.text if around is not None else ""
    if not rows or not rows[0]:
        return None
    found = _columns(rows, text)
    if found is None:
        width = len(rows[0])
        found = _columns([[row[place] for row in rows] for place in range(width)], text)
    return None if found is None else [Relation(("=",), (name, body), span=span) for name, body in found]


def _columns(rows: Rows, text: str) -> list[tuple[Tree, Tree]] | None:
    header, *below = rows
    columns = [list(column) for column in zip(*below, strict=True)]
    counted = bool(columns) and _counts(header[0], columns[0])
    heads = list(header[1:] if counted else header)
    values = columns[1:] if counted else columns
    if len(below) < 2 or not heads or not (_SUMS.search(text) or counted):
        return None
    if any(cell is None or number(cell) is None for column in values for cell in column):
        return None
    found = arrays_of(heads, [[cell for cell in column if cell is not None] for column in values])
    if found is None or any(letter(name) in _PROBABILITIES for name, _ in found):
        return None
    return found if counted or len(heads) > 1 else None


def arrays_of(heads: Sequence[Tree | None], columns: Sequence[Sequence[Tree]]) -> list[tuple[Tree, Tree]] | None:
    """The arrays whose columns stand below these heads, `x_i`, `x_{i2}`; None where a head names no column of one."""
    arrays: dict[Tree, list[tuple[int, Sequence[Tree]]]] = {}
    for head, column in zip(heads, columns, strict=True):
        place = _place(head)
        if place is None:
            return None
        arrays.setdefault(place[0], []).append((place[1], column))
    return [(name, _array(each)) for name, each in arrays.items()] if all(map(_is_whole, arrays.values())) else None


def _counts(head: Tree | None, column: Sequence[Tree | None]) -> bool:
    """Whether a column numbers the examples, 1, 2, 3."""
    numbers = [None if cell is None else number(cell) for cell in column]
    called = head is None or head in INDEX_LETTERS or (isinstance(head, Name | Text) and _is_counter(head.text))
    return called and numbers == [*range(1, len(numbers) + 1)]


def _is_counter(text: str) -> bool:
    said = re.sub(r"[^\w#]+", " ", text.lower()).split()
    return bool(said) and all(word.rstrip("s") in _COUNTERS or word in "ijklmn" for word in said)


def _place(head: Tree | None) -> tuple[Tree, int] | None:
    """The array and the number of its column that a head names, 0 of a list; None for anything else."""
    match head:
        case Superscript(base=base, exponent=Bracket(kind="(" | "[", items=(item,))) if item in INDEX_LETTERS:
            inner = _numbered(base)
            return inner if inner is not None else ((key(base), 0) if could_be_name(base) else None)
        case Subscript(base=base) if could_be_name(base):
            places = _apart(head)
            if len(places) == 1 and places[0] in INDEX_LETTERS:
                return key(base), 0
            if len(places) == 2 and places[0] in INDEX_LETTERS and (place := number(places[1])) is not None:
                return key(base), int(place)
            return None
        case Name():
            return (key(head), 0) if head not in INDEX_LETTERS or head.text == "s" else None
        case _:
            return None


def _numbered(tree: Tree) -> tuple[Tree, int] | None:
    """`x_2` of `x_2^{(i)}`."""
    if isinstance(tree, Subscript) and could_be_name(tree.base) and len(tree.items) == 1:
        place = number(tree.items[0])
        return None if place is None else (key(tree.base), int(place))
    return None


def _apart(head: Subscript) -> tuple[Tree, ...]:
    """The places below a name, those of plain `x_i1` too."""
    places = letters_of(head)
    if len(places) == 1 and isinstance(place := places[0], Name) and len(place.text) == 2 and place.text[1].isdigit():
        return Name(place.text[0]), Number(Fraction(place.text[1]), place.text[1])
    return places


def _is_whole(columns: Sequence[tuple[int, Sequence[Tree]]]) -> bool:
    """Whether the columns of an array are one list, or all from the first on."""
    places = [place for place, _ in columns]
    return places in ([0], [*range(1, len(places) + 1)])


def _array(columns: Sequence[tuple[int, Sequence[Tree]]]) -> Tree:
    if columns[0][0] == 0:
        return Bracket("(", tuple(columns[0][1]), (",",) * (len(columns[0][1]) - 1))
    return Matrix(tuple(zip(*(column for _, column in columns), strict=True)))


def find_aligned(source: Source, start: int, end: int) -> Iterator[Grid]:
    """The tables in a text whose columns are parted by spaces alone: names above, and numbers in all lines below."""
    lines: list[list[Span]] = []
    here = start
    for line in source.text[start:end].split("\n"):
        cells = list(_cells(source, here, line))
        if not lines or not _belongs(lines, cells):
            yield from _aligned(lines)
            lines = []
        if lines or (len(cells) > 1 and all(_HEAD.fullmatch(cell.text) for cell in cells)):
            lines.append(cells)
        here += len(line) + 1
    yield from _aligned(lines)


def _belongs(lines: Sequence[Sequence[Span]], cells: Sequence[Span]) -> bool:
    return len(cells) == len(lines[0]) and all(_NUMBER.fullmatch(cell.text) for cell in cells)


def _aligned(lines: Sequence[Sequence[Span]]) -> Iterator[Grid]:
    if len(lines) > 2:
        yield Grid(lines[0][0].to(lines[-1][-1]), tuple(tuple(Cell(c, (), c.text) for c in cells) for cells in lines))


def _cells(source: Source, start: int, line: str) -> Iterator[Span]:
    """The pieces of a line between gaps of two spaces and more."""
    edges = [(0, 0), *(match.span() for match in _GAP.finditer(line)), (len(line), len(line))]
    for (_, left), (right, _) in pairwise(edges):
        if line[left:right].strip():
            yield source.span(start + left, start + right)
