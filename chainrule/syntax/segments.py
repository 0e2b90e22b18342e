r"""Tokens cut into statements before they are parsed, so that an error costs the statement it is in and no other.

Statements end at `\\`, a line break of plain text, `;`, a comma outside brackets, a wide space between two formulas,
the second `&` of a row, words such as `\text{where}`, and the edges of `aligned` and its like. A row goes on where it
ends with an operator or the next one begins with one.
"""

from dataclasses import dataclass, field
from typing import Literal

from chainrule.syntax.matrices import STATEMENT_ENVIRONMENTS
from chainrule.syntax.pairing import CASES, TABLES
from chainrule.syntax.symbols import CONDITIONS, CONNECTIVES, INFIX_TEXTS, OTHERWISE, QUANTIFIERS, RELATION_TEXTS
from chainrule.syntax.tokens import Notation, Token

Separator = Literal[",", "other"]

_DEEPEST_SYSTEM = 10
_FORESIGHT = 200  # tokens: no row is looked through further, so that the time stays linear
_BARE = frozenset({"where", "and", "with", "for"})
_LAYOUT = frozenset({"&", "\\quad", "\\\\"})


@dataclass
class Segment:
    """The tokens of one statement; `separator` stands before it; `text` is prose kept for the reader, without tokens."""

    tokens: list[Token] = field(default_factory=list[Token])
    separator: Separator = "other"
    text: Token | None = None


def cut(tokens: list[Token], partners: list[int], notation: Notation) -> tuple[list[Segment], list[Token]]:
    r"""The segments in order, and every `\begin` or `\end` of an aligned environment that has no partner."""
    cutter = _Cutter(tokens, partners, notation)
    cutter.run()
    return cutter.segments, cutter.loose


def without_layout(tokens: list[Token], aligned: bool) -> list[Token]:
    """Tokens of brackets without wide spaces and row breaks, and without & in aligned rows; those of tables stay."""
    if _LAYOUT.isdisjoint([token.text for token in tokens]):
        return tokens
    kept: list[Token] = []
    tables = 0
    for token in tokens:
        if token.text in TABLES | CASES or (token.text in STATEMENT_ENVIRONMENTS and token.kind in ("begin", "end")):
            tables += {"begin": 1, "end": -1}.get(token.kind, 0)
        dropped = token.text in _LAYOUT and (not tables or token.text == "\\quad") and (token.text != "&" or aligned)
        if not dropped:
            kept.append(token)
    return kept


class _Cutter:
    def __init__(self, tokens: list[Token], partners: list[int], notation: Notation):
        self.tokens = tokens
        self.partners = partners
        self.plain = notation == "plain"
        self.segments: list[Segment] = []
        self.loose: list[Token] = []
        self.current = Segment()
        self.aligned = 0
        self.edges: set[int] = set()  # brackets and environments around a system of equations
        self.unclosed = False
        self.open_table = False
        self.related = False  # whether the current segment has a relation outside brackets
        self.ampersands = 0
        self.numbers = False  # whether a number in parentheses would be that of the equation before it
        self.column: int | None = None  # where the current segment is cut if a second relation follows

    def run(self) -> None:
        i = 0
        while i < len(self.tokens):
            i = self.step(i, self.tokens[i])
        self.flush("other")

    def step(self, i: int, token: Token) -> int:
        """Take one token, or a whole bracket; the index to go on from."""
        if not self.current.tokens:
            self.edges.update(self.system(i))
        if i in self.edges or (token.kind in ("begin", "end") and token.text in STATEMENT_ENVIRONMENTS):
            return self.edge(i, token)
        partner = self.partners[i]
        if partner > i:
            self.current.tokens += without_layout(self.tokens[i : partner + 1], self.aligned > 0)
            return partner + 1
        if token.text == "\\\\" and token.kind == "command":
            if not self.goes_on(i):
                self.flush("other")
        elif token.text == "\\forall" and self.current.tokens:
            self.flush("other")
            self.current.tokens.append(token)
        elif (token.kind == "prose" or (token.kind == "word" and self.is_bare_prose(i))) and not self.is_script():
            return self.prose(i, token)
        elif self.unclosed and token.text in (",", ";", "\\quad", "&") and not self.begins_equation(i, token):
            self.current.tokens.append(token)
        elif not self.separates(i, token):
            self.append(i, token)
        return i + 1

    def begins_equation(self, i: int, token: Token) -> bool:
        """Whether after an unclosed bracket the next equation begins here all the same."""
        return token.text in (";", "\\quad") and self.related and self.row_relates(i + 1)

    def append(self, i: int, token: Token) -> None:
        opens = token.kind in ("left", "begin") or token.text in ("(", "[", "{", "\\{", "\\lvert", "\\lVert", "\\langle")
        self.unclosed = self.unclosed or opens
        self.open_table = self.open_table or token.kind == "begin"
        if token.text in RELATION_TEXTS and token.kind in ("symbol", "command"):
            if self.column is not None:
                self.split_column(self.column)
            self.related = True
        self.current.tokens.append(token)

    def edge(self, i: int, token: Token) -> int:
        if self.partners[i] < 0:
            self.loose.append(token)
        opens = token.kind in ("begin", "left")
        if not (opens and self.current.tokens and is_infix(self.current.tokens[-1])):  # L = \begin{aligned} & a \\ & + b
            self.flush("other")
        self.aligned = max(0, self.aligned + (1 if opens else -1))
        return i + 1

    def system(self, i: int) -> list[int]:
        r"""The edges of `\begin{cases} y = x \\ z = y \end{cases}` and `\left\{\begin{aligned} .. \end{aligned}\right.`."""
        token, partner = self.tokens[i], self.partners[i]
        if partner <= i + 1 or self.aligned > _DEEPEST_SYSTEM:
            return []
        if token.kind == "begin" and token.text in CASES:
            is_system = self.rows_relate(i + 1, partner, aligned=False)
            return [i, partner] if is_system else []
        if token.kind == "begin" and token.text == "array":
            is_system = self.rows_relate(i + 1, partner, aligned=True) and not self.is_table(i + 1, partner)
            return [i, partner] if is_system else []
        if token.kind == "left" and token.text == "\\{" and self.tokens[partner].text == ".":
            first = self.tokens[i + 1]
            wraps = first.kind == "begin" and first.text in STATEMENT_ENVIRONMENTS and self.partners[i + 1] == partner - 1
            return [i, partner] if wraps and self.rows_relate(i + 2, partner - 1, aligned=True) else []
        return []

    def rows_relate(self, start: int, end: int, aligned: bool) -> bool:
        """Whether every row is an equation or the like: a relation comes before any comma, wide space or text."""
        related = True
        i = start
        while i < end:
            token = self.tokens[i]
            if token.text == "\\\\":
                if not related:
                    return False
                related = i + 1 == end
            elif not related and token.text == ":":
                return False
            elif token.text in RELATION_TEXTS and token.kind in ("symbol", "command"):
                related = True
            elif not related and (
                token.text in (",", "\\quad") or token.kind == "prose" or (token.text == "&" and not aligned)
            ):
                return False
            elif i == start:
                related = False
            i = max(i, self.partners[i]) + 1
        return related

    def is_table(self, start: int, end: int) -> bool:
        """Whether below the first row of an array every row is a label that is an equation, `X = 0`, and values beside it."""
        rows = self.cells(start, end)[1:]
        return len(rows) > 0 and all(
            len(row) > 1 and self.is_label(row[0]) and all(map(self.is_plain_cell, row[1:])) for row in rows
        )

    def cells(self, start: int, end: int) -> list[list[list[Token]]]:
        """The rows of a table, those with nothing in them left out."""
        rows: list[list[list[Token]]] = [[[]]]
        i = start
        while i < end:
            after = max(i, self.partners[i]) + 1
            if self.tokens[i].text == "\\\\":
                rows.append([[]])
            elif self.tokens[i].text == "&":
                rows[-1].append([])
            elif self.tokens[i].text != "\\hline":
                rows[-1][-1] += self.tokens[i:after]
            i = after
        return [row for row in rows if any(row)]

    @staticmethod
    def is_label(cell: list[Token]) -> bool:
        """Whether a cell is a whole equation."""
        return any(token.text in RELATION_TEXTS for token in cell) and not (is_infix(cell[0]) or is_infix(cell[-1]))

    @staticmethod
    def is_plain_cell(cell: list[Token]) -> bool:
        """Whether a cell is a value: no equation, no words, not the rest of what stands before it, no number of an equation."""
        if not cell or is_infix(cell[0]) or cell[0].kind == "prose":
            return False
        counted = [token.text for token in cell[::2]] == ["(", ")"] and cell[1].kind == "number"
        return not counted and not any(token.text in RELATION_TEXTS for token in cell)

    def flush(self, following: Separator) -> None:
        """End the current segment; punctuation at its end belongs to the sentence, not to the formula."""
        tokens = self.current.tokens
        while tokens and tokens[-1].text == "." and tokens[-1].kind == "symbol":
            tokens.pop()
        if self.numbers and [token.text for token in tokens[::2]] == ["(", ")"] and tokens[1].kind == "number":
            number = tokens[0]._replace(kind="prose", text=f"({tokens[1].text})", end=tokens[2].end)
            self.segments.append(Segment(text=number))  # of the equation before it
            self.current = Segment(separator=following)
        elif tokens:
            self.segments.append(self.current)
            self.current = Segment(separator=following)
        elif following != ",":
            self.current = Segment(separator=following)
        self.unclosed = self.open_table = self.related = self.numbers = False
        self.column, self.ampersands = None, 0

    def split_column(self, column: int) -> None:
        right = self.current.tokens[column:]
        del self.current.tokens[column:]
        self.flush("other")
        self.current.tokens += right

    def separates(self, i: int, token: Token) -> bool:
        """Deal with a token that may end a statement; False if it is an ordinary one."""
        if token.kind not in ("symbol", "command"):
            return False
        match token.text:
            case ",":
                follows_wide = i + 1 < len(self.tokens) and self.tokens[i + 1].text in ("\\quad", "\\\\")
                self.flush("other" if follows_wide else ",")
            case ";" | "\\implies":
                self.flush("other")
            case "\\quad":
                if self.is_complete(i):
                    numbers = self.related
                    self.flush("other")
                    self.numbers = numbers
            case "&" if self.aligned:
                self.ampersand(i)
            case "&" if self.aligns(i):
                pass
            case _:
                return False
        return True

    def aligns(self, i: int) -> bool:
        """Whether an & outside any environment marks where rows align: beside a relation, or at the head of a row."""
        before, after = self.current.tokens[-1:], self.next_token(i)
        begins = not before or self.tokens[i - 1].text == "\\\\"
        head = begins and after is not None and is_infix(after)
        return head or any(token is not None and token.text in RELATION_TEXTS for token in (*before, after))

    def ampersand(self, i: int) -> None:
        """The first & of a row aligns; one after a whole equation begins a new column."""
        self.ampersands += 1
        if self.related and self.is_complete(i):
            if self.ampersands > 1:
                self.flush("other")
            else:
                self.column = len(self.current.tokens)

    def is_complete(self, i: int) -> bool:
        """Whether a formula has ended before a wide space and another begins after it."""
        tokens = self.current.tokens
        if not tokens or is_infix(tokens[-1]):
            return False
        after = self.next_token(i)
        return after is None or not is_infix(after)

    def next_token(self, i: int) -> Token | None:
        for token in self.tokens[i + 1 : i + 6]:
            if token.text not in _LAYOUT:
                return token
        return None

    def goes_on(self, i: int) -> bool:
        """Whether the formula continues over a row break."""
        tokens = self.current.tokens
        if not tokens:
            return False
        if self.plain and i + 1 < len(self.tokens) and self.tokens[i + 1].text == "\\\\":
            return False
        after = self.next_token(i)
        if after is None:
            return False
        if is_infix(tokens[-1]):
            breaks_off = tokens[-1].text not in RELATION_TEXTS and not is_infix(after) and self.row_relates(i + 1)
            return not (breaks_off and self.related)
        if self.open_table and not self.row_relates(i + 1):
            return True
        if after.text == "-" and after.kind == "symbol":
            return not self.row_relates(i + 1)
        return is_infix(after) and not (self.plain and after.text == "*")

    def row_relates(self, i: int) -> bool:
        """Whether the row that begins here has a relation outside brackets."""
        end = min(len(self.tokens), i + _FORESIGHT)
        while i < end and self.tokens[i].text not in ("\\\\", ";"):
            if self.tokens[i].text in RELATION_TEXTS and self.tokens[i].kind in ("symbol", "command"):
                return True
            i = max(i, self.partners[i]) + 1
        return False

    def is_script(self) -> bool:
        r"""Whether the next token is the whole of a script: `\underbrace{a + b}_\text{data loss}`."""
        return bool(self.current.tokens) and self.current.tokens[-1].text in ("_", "^")

    def is_bare_prose(self, i: int) -> bool:
        """A word that joins statements; `where(c, a, b)` with its bracket close is a call."""
        after = self.next_token(i)
        called = self.tokens[i].text == "where" and after is not None and after.text == "(" and not after.spaced
        return self.tokens[i].text in _BARE and not called

    def prose(self, i: int, token: Token) -> int:
        """Words between formulas: they separate, quantify, set a condition, name the left side, or are kept as text."""
        words = token.text.lower().strip(" ,.;:()")
        after = self.next_token(i)
        if words in CONNECTIVES:
            self.flush("other")
        elif words in QUANTIFIERS:
            self.flush("other")
            self.current.tokens.append(token._replace(kind="letter", text="\\forall"))
            if token.kind == "word" and after and after.text in ("all", "each", "every", "any"):
                return i + 2
        elif words.split(" ")[0] in CONDITIONS | OTHERWISE or (
            not self.current.tokens and after is not None and after.text == "="
        ):
            self.current.tokens.append(token)
        else:
            self.flush("other")
            self.segments.append(Segment(text=token))
        return i + 1


def is_infix(token: Token) -> bool:
    return token.text in INFIX_TEXTS and token.kind in ("symbol", "command")
