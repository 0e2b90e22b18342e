r"""Brackets, groups and lists: `(a, b)`, `[h; x]`, `\{A: 0.6\}`, `|x|`, `\left[ .. \right]`, `{..}`."""

from dataclasses import replace

from chainrule.syntax.matrices import cases_from_rows, read_rows, to_matrix
from chainrule.syntax.messages import OPEN_SLICE, place, spelled, stray, unclosed
from chainrule.syntax.pairing import CLOSING, TABLES
from chainrule.syntax.reader import Reader
from chainrule.syntax.symbols import CONDITIONS, OTHERWISE
from chainrule.syntax.tokens import Token
from chainrule.syntax.tree import Bracket, BracketKind, CasesTree, Matrix, Name, Relation, Tree

KINDS: dict[str, BracketKind] = {
    "(": "(", "[": "[", "\\{": "{", "\\lvert": "|", "\\lVert": "||", "\\langle": "<",
}  # fmt: skip
# A bare matrix inside brackets is the matrix with these brackets.
_MATRIX_OF: dict[str, str] = {"(": "pmatrix", "[": "bmatrix", "{": "Bmatrix", "|": "vmatrix", "||": "Vmatrix"}
_BARS = {"\\mid": "|", "\\parallel": "||"}
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
        items.append(_slice(reader) if reader.token.text == ":" and closer == "]" else conditional(reader, reader.expression()))
        if reader.token.text in (",", ";"):
            separators.append(reader.advance().text)
        elif not _at_closer(reader, closer):
            raise stray(reader.source, reader.token)
    reader.advance()
    return tuple(items), tuple(separators[: max(0, len(items) - 1)])


def _slice(reader: Reader) -> Tree:
    """The lone `:` of `A[:, j]`."""
    token = reader.advance()
    if reader.token.text not in (",", "]"):
        reader.fail("unsupported-notation", "an open slice is not read", reader.over(token), OPEN_SLICE)
    return Name(":", span=reader.over(token))


def conditional(reader: Reader, tree: Tree) -> Tree:
    r"""`a \text{ if } x > 0 \text{ else } b`: cases, where the value is the last side of a relation its alone."""
    token = reader.token
    if token.kind != "prose" or token.text.lower() not in CONDITIONS or not _has_otherwise(reader):
        return tree
    reader.advance()
    condition = reader.expression()
    if reader.token.kind != "prose" or reader.token.text.lower().strip(" ,") not in OTHERWISE:
        raise stray(reader.source, reader.token)
    reader.advance()
    reader.enter()
    other = conditional(reader, reader.expression())
    reader.depth -= 1
    value = tree.sides[-1] if isinstance(tree, Relation) else tree
    span = reader.since(value.span.start if value.span else token.start)
    cases = CasesTree(((value, condition), (other, None)), span=span)
    if not isinstance(tree, Relation):
        return cases
    return Relation(tree.operators, (*tree.sides[:-1], cases), span=reader.since(tree.span.start if tree.span else span.start))


def _has_otherwise(reader: Reader) -> bool:
    following = reader.tokens[reader.index + 1 : reader.index + 100]
    return any(token.kind == "prose" and token.text.lower().strip(" ,") in OTHERWISE for token in following)


def _at_closer(reader: Reader, closer: str) -> bool:
    return reader.token.text == closer and reader.token.kind in ("symbol", "command", "right")


def read_bracket(reader: Reader, token: Token) -> Tree:
    """A bracket whose opener has been stepped over."""
    closer = reader.tokens[open_partner(reader, token)].text
    items, separators = items_until(reader, closer)
    if closer != CLOSING[token.text]:
        return Bracket("[)" if token.text == "[" else "(]", items, separators, span=reader.since(token.start))
    return _build(reader, token, *divided(items, separators))


def divided(items: tuple[Tree, ...], separators: tuple[str, ...]) -> tuple[tuple[Tree, ...], tuple[str, ...]]:
    r"""The same list, also divided at the bars between the items: `O = o \mid C = c` is two of them."""
    if not any(isinstance(item, Relation) and not _BARS.keys().isdisjoint(item.operators) for item in items):
        return items, separators
    parts: list[Tree] = []
    between: list[str] = []
    for i, item in enumerate(items):
        between += separators[i - 1 : i] if i else ()
        if not isinstance(item, Relation):
            parts.append(item)
            continue
        bars = [j for j, operator in enumerate(item.operators) if operator in _BARS]
        for first, last in zip([0, *(bar + 1 for bar in bars)], [*bars, len(item.operators)], strict=True):
            parts.append(_part(item, first, last))
        between += [_BARS[item.operators[bar]] for bar in bars]
    return tuple(parts), tuple(between)


def _part(relation: Relation, first: int, last: int) -> Tree:
    """The sides from `first` to `last` of a chain."""
    if first == last:
        return relation.sides[first]
    start, end = relation.sides[first].span, relation.sides[last].span
    span = start.to(end) if start and end else None
    return Relation(relation.operators[first:last], relation.sides[first : last + 1], span=span)


def _build(reader: Reader, token: Token, items: tuple[Tree, ...], separators: tuple[str, ...]) -> Tree:
    kind, span = KINDS[token.text], reader.since(token.start)
    if kind == "[" and set(separators) == {",", ";"}:
        return to_matrix(reader, _rows(items, separators), "bmatrix", token)
    only = items[0] if len(items) == 1 else None
    if isinstance(only, Matrix) and only.environment in ("matrix", "array", "smallmatrix") and kind in _MATRIX_OF:
        return replace(only, environment=_MATRIX_OF[kind], span=span)
    if kind == "|" and isinstance(only, Bracket) and only.kind == "|":
        return replace(only, kind="||", span=span)  # \left|\left| x \right|\right|
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
    if token.text == "." and closer.text in (".", "\\rvert"):
        return _open_left(reader, token, closer)
    if token.text not in CLOSING or closer.text != CLOSING[token.text]:
        opened = f"{spelled(reader.source, token)} at {place(reader.source, token.start)}"
        message = f"{opened} is closed by {spelled(reader.source, closer)}"
        reader.fail("mismatched-bracket", message, reader.over(closer), "close a bracket with its own kind")
    reader.enter()
    tree = read_bracket(reader, token)
    reader.depth -= 1
    return tree


def _open_left(reader: Reader, token: Token, closer: Token) -> Tree:
    r"""`\left. a \right.` is a; `\left. f \right|_{x=0}` is f at that point."""
    reader.enter()
    body = reader.expression()
    if reader.token is not closer:
        raise stray(reader.source, reader.token)
    reader.advance()
    reader.depth -= 1
    return body if closer.text == "." else reader.grammar.read_point(reader, body, closer)


def read_group(reader: Reader, token: Token) -> Tree:
    """`{..}`: in LaTeX invisible; in plain text a set, unless it holds one expression alone."""
    open_partner(reader, token)
    if reader.plain:
        items, separators = divided(*items_until(reader, "}"))
        if len(items) == 1 and not isinstance(items[0], Relation):
            return items[0]
        return Bracket("{", items, separators, span=reader.since(token.start))
    if reader.token.text == "}":
        reader.fail("empty-group", "the braces are empty", reader.over(token), "write something between them, or drop them")
    tree = reader.expression()
    if not reader.accept("}"):
        raise stray(reader.source, reader.token)
    return tree
