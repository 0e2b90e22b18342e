r"""Environments with rows and cells: matrices and cases."""

from difflib import get_close_matches

from chainrule.syntax.messages import place, stray, unclosed
from chainrule.syntax.pairing import CASES, TABLES
from chainrule.syntax.reader import Reader
from chainrule.syntax.symbols import CONDITIONS, JUNCTIONS, OTHERWISE, QUANTIFIERS, words
from chainrule.syntax.tokens import Token
from chainrule.syntax.tree import Call, CasesTree, Matrix, Name, Text, Tree

STATEMENT_ENVIRONMENTS = frozenset(
    words("aligned align alignedat alignat flalign eqnarray gather gathered split equation multline multlined displaymath math")
)


def read_environment(reader: Reader, token: Token) -> Tree:
    r"""`\begin{..}`, just stepped over."""
    if reader.partners[reader.index - 1] < 0:
        raise unclosed(reader.source, token)
    if token.text in TABLES:
        rows = [[cell for cell in row if cell is not None] for row in read_rows(reader, token)]
        return to_matrix(reader, rows, token.text, token)
    if token.text in CASES:
        return cases_from_rows(reader, read_rows(reader, token, cases=True), token)
    if token.text in STATEMENT_ENVIRONMENTS:
        message = f"the environment {token.text} stands inside a formula"
        reader.fail("misplaced-environment", message, reader.over(token), "put whole equations into it")
    found = get_close_matches(token.text, [*TABLES, *CASES, *STATEMENT_ENVIRONMENTS], n=1)
    hint = f"did you mean {found[0]}?" if found else None
    return reader.fail("unknown-environment", f"the environment {token.text} is not known here", reader.over(token), hint)


WITH_PROBABILITY = Name("with probability")
"""The function that a case has for a condition where its row says with which probability it is taken."""
_PROBABILITY = frozenset(("with probability", "with prob", "with a probability of", "w.p", "wp", "w. p", "prob", "probability"))


def read_rows(reader: Reader, token: Token, cases: bool = False) -> list[list[Tree | None]]:
    r"""The cells up to `\end`, which is stepped over; None is the condition "otherwise"."""
    rows: list[list[Tree | None]] = [[]]
    while not _at_end(reader):
        while cases and not rows[-1] and reader.accept("&"):
            continue
        if reader.accept("\\\\"):
            rows.append([])
            continue
        corner = token.text == "array" and rows == [[]] and reader.token.text == "&"
        rows[-1].append(_corner(reader) if corner else _cell(reader, token, cases and bool(rows[-1])))
        separated = reader.accept("&") or reader.accept(",")
        if separated and (_at_end(reader) or reader.token.text == "\\\\") and not cases:
            _empty_cell(reader, token)
        if cases and not separated and reader.accept("."):
            continue
        at_condition = cases and reader.token.kind in ("prose", "word") and len(rows[-1]) == 1
        if not separated and not _at_end(reader) and reader.token.text != "\\\\" and not at_condition:
            raise stray(reader.source, reader.token)
    reader.advance()
    return [row for row in rows if row]


def _corner(reader: Reader) -> Tree:
    """Nothing in the first cell of an array, which is the corner of a table then: above its labels and beside its header."""
    return Text("", span=reader.over(reader.token))


def _at_end(reader: Reader) -> bool:
    return reader.token.kind == "end"


def _cell(reader: Reader, token: Token, condition: bool) -> Tree | None:
    while condition and (reader.token.text == "&" or reader.token.text == ","):
        reader.advance()
    if reader.token.text in ("&", ",", "\\\\") or _at_end(reader):
        return _empty_cell(reader, token)
    if not condition:
        return reader.expression()
    word = reader.token.text.lower().strip(" ,.;:")
    if reader.token.kind in ("prose", "word") and word in OTHERWISE:
        reader.advance()
        return None
    if reader.token.kind in ("prose", "word") and word in CONDITIONS | QUANTIFIERS:
        reader.advance()
        reader.accept("&")
    elif reader.token.kind in ("prose", "word") and word.rstrip(". ") in _PROBABILITY:
        start = reader.advance().start
        reader.accept("&")
        inside = reader.expression()
        return Call(WITH_PROBABILITY, (inside,), span=reader.since(start))
    _join_conditions(reader)
    return reader.expression()


def _join_conditions(reader: Reader) -> None:
    r"""The `\text{and}` and `\text{or}` of one condition become the signs that they are words for."""
    i = reader.index
    while reader.tokens[i].text != "\\\\" and reader.tokens[i].kind not in ("end", "stop"):
        token = reader.tokens[i]
        if token.kind in ("prose", "word") and token.text.lower() in JUNCTIONS:
            reader.tokens[i] = token._replace(kind="command", text=JUNCTIONS[token.text.lower()])
        i = max(i, reader.partners[i] if i < len(reader.partners) else i) + 1


def _empty_cell(reader: Reader, token: Token) -> None:
    message = f"a cell of the {token.text} opened at {place(reader.source, token.start)} is empty"
    reader.fail("empty-cell", message, reader.over(reader.token), "write 0 where an entry is zero")


def to_matrix(reader: Reader, rows: list[list[Tree]], environment: str, token: Token) -> Tree:
    """Rows of equal length, at least one entry."""
    span = reader.since(token.start)
    if not rows:
        reader.fail("empty-group", "the matrix has no entries", span)
    lengths = [len(row) for row in rows]
    if len(set(lengths)) > 1:
        message = f"the rows of the matrix have {', '.join(map(str, lengths[:-1]))} and {lengths[-1]} entries"
        reader.fail("ragged-matrix", message, span, "give every row the same number of entries")
    return Matrix(tuple(map(tuple, rows)), environment, span=span)


def cases_from_rows(reader: Reader, rows: list[list[Tree | None]], token: Token) -> Tree:
    """Each row a value and its condition."""
    span = reader.since(token.start)
    pairs: list[tuple[Tree, Tree | None]] = []
    for row in rows:
        if len(row) != 2 or row[0] is None:
            hint = "write value & \\text{if } condition, and \\text{otherwise} in the last row"
            reader.fail("incomplete-case", "every row of cases is a value and a condition", span, hint)
        pairs.append((row[0], row[1]))
    if not pairs:
        reader.fail("empty-group", "there are no cases", span)
    return CasesTree(tuple(pairs), span=span)
