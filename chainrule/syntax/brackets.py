r"""Brackets, groups and lists: `(a, b)`, `[h; x]`, `\{A: 0.6\}`, `|x|`, `\left[ .. \right]`, `{..}`."""

from dataclasses import replace

from chainrule.syntax.matrices import cases_from_rows, read_rows, to_matrix
from chainrule.syntax.messages import place, spelled, stray, unclosed
from chainrule.syntax.pairing import CLOSING, TABLES
from chainrule.syntax.reader import Reader
from chainrule.syntax.tokens import Token
from chainrule.syntax.tree import Bracket, BracketKind, Matrix, Relation, Tree

KINDS: dict[str, BracketKind] = {
    "(": "(", "[": "[", "\\{": "{", "\\lvert": "|", "\\lVert": "||", "\\langle": "<",
}  # fmt: skip
# A bare matrix inside brackets is the matrix with these brackets.
_MATRIX_OF: dict[str, str] = {"(": "pmatrix", "[": "bmatrix", "{": "Bmatrix", "|": "vmatrix", "||": "Vmatrix"}
_ROWS_OF_CASES = TABLES | {"aligned", "gathered", "split"}


def open_partner(reader: Reader, token: Token) -> int:
    """The index of the closer of the bracket just stepped over; SyntaxFault if it has none."""
    partner = reader.partners[reader.index - 1]
    if partner < 0:
        raise unclosed(reader.source, token)
    return partner


def items_until(reader: Reader, closer: str) -> tuple[tuple[Tree, ...], tuple[str, ...]]:
    """A list up to its closer, which is stepped over: the items, and the separators between them."""
    items: list[Tree] = []
    separators: list[str] = []
    while not _at_closer(reader, closer):
        items.append(reader.expression())
        if reader.token.text in (",", ";"):
            separators.append(reader.advance().text)
        elif not _at_closer(reader, closer):
            raise stray(reader.source, reader.token)
    reader.advance()
    return tuple(items), tuple(separators[: max(0, len(items) - 1)])


def _at_closer(reader: Reader, closer: str) -> bool:
    return reader.token.text == closer and reader.token.kind in ("symbol", "command", "right")


def read_bracket(reader: Reader, token: Token) -> Tree:
    """A bracket whose opener has been stepped over."""
    open_partner(reader, token)
    items, separators = items_until(reader, CLOSING[token.text])
    return _build(reader, token, items, separators)


def _build(reader: Reader, token: Token, items: tuple[Tree, ...], separators: tuple[str, ...]) -> Tree:
    kind, span = KINDS[token.text], reader.since(token.start)
    if kind == "[" and set(separators) == {",", ";"}:
        return to_matrix(reader, _rows(items, separators), "bmatrix", token)
    only = items[0] if len(items) == 1 else None
    if isinstance(only, Matrix) and only.environment in ("matrix", "array", "smallmatrix") and kind in _MATRIX_OF:
        return replace(only, environment=_MATRIX_OF[kind], span=span)
    if not items and kind in ("|", "||", "<"):
        reader.fail("empty-group", f"nothing stands between the bars of {span.text}", span)
    return Bracket(kind, items, separators, span=span)


def _rows(items: tuple[Tree, ...], separators: tuple[str, ...]) -> list[list[Tree]]:
    """`1, 2; 3, 4` by rows."""
    rows = [[items[0]]]
    for separator, item in zip(separators, items[1:], strict=True):
        if separator == ";":
            rows.append([])
        rows[-1].append(item)
    return rows


def read_left(reader: Reader, token: Token) -> Tree:
    r"""`\left( .. \right)`; `\left\{ .. \right.` around an array is cases."""
    partner = open_partner(reader, token)
    closer = reader.tokens[partner]
    if token.text == "\\{" and closer.text == "." and reader.token.kind == "begin" and reader.token.text in _ROWS_OF_CASES:
        environment = reader.advance()
        open_partner(reader, environment)
        rows = read_rows(reader, environment, cases=True)
        if reader.index != partner:
            raise stray(reader.source, reader.token)
        reader.advance()
        return cases_from_rows(reader, rows, token)
    if token.text == ".":
        message = "\\left. with a bar after it, an evaluation at a point, is not read"
        reader.fail("unsupported-notation", message, reader.over(token), "give the values beside the formula")
    if token.text not in CLOSING or closer.text != CLOSING[token.text]:
        opened = f"{spelled(reader.source, token)} at {place(reader.source, token.start)}"
        message = f"{opened} is closed by {spelled(reader.source, closer)}"
        reader.fail("mismatched-bracket", message, reader.over(closer), "close a bracket with its own kind")
    reader.enter()
    tree = read_bracket(reader, token)
    reader.depth -= 1
    return tree


def read_group(reader: Reader, token: Token) -> Tree:
    """`{..}`: in LaTeX invisible; in plain text a set, unless it holds one expression alone."""
    open_partner(reader, token)
    if reader.plain:
        items, separators = items_until(reader, "}")
        if len(items) == 1 and not isinstance(items[0], Relation):
            return items[0]
        return Bracket("{", items, separators, span=reader.since(token.start))
    if reader.token.text == "}":
        reader.fail("empty-group", "the braces are empty", reader.over(token), "write something between them, or drop them")
    tree = reader.expression()
    if not reader.accept("}"):
        raise stray(reader.source, reader.token)
    return tree
