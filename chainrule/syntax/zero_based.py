"""Indices as NumPy counts them, from 0 and with slices that exclude their end: `x[0]` is x_1 and `x[1:3]` is x_{2:3}."""

import re
from fractions import Fraction
from functools import lru_cache

from chainrule.errors import SyntaxFault
from chainrule.source import Source, Span
from chainrule.syntax.reader import RELATION, Reader
from chainrule.syntax.tokens import Notation, Token
from chainrule.syntax.tree import Dots, Name, Number, Relation, Sum, Tree

_SIGNS = re.compile(r"(?<!\w)(?:np|numpy|jnp)\.|\*\*|\.T\b|@")
_COMMENT = re.compile(r"#[^\n]*")
_RUNNING = frozenset("ijklmst")
"""Letters that number entries or steps wherever they stand: `h[t - 1]` is the one before `h[t]` however they are counted."""


def shows_numpy(span: Span, notation: Notation) -> bool:
    """Whether plain text is written as for NumPy: `np.exp`, `x**2`, `A.T`, `W @ x`."""
    return notation == "plain" and _SIGNS.search(_COMMENT.sub("", span.text)) is not None


def read_index(reader: Reader) -> tuple[Tree, ...]:
    """The indices of `x[0]`, `A[:, 1]`, counted from 1; the opening bracket has been stepped over."""
    start = reader.token.start
    items: list[Tree] = []
    while reader.token.text != "]":
        items.append(_item(reader))
        if reader.token.text != "]" and not reader.accept(","):
            reader.fail("unexpected-token", "an index of NumPy is a list between commas", reader.over(reader.token))
    message = "the text is written as for NumPy, so indices count from 0 and a slice excludes its end"
    span = reader.since(start)
    reader.note("zero-based", message, span, "write x_1 for an index that counts from 1")
    reader.advance()
    return tuple(items)


def _item(reader: Reader) -> Tree:
    token = reader.token
    first = None if token.text == ":" else reader.expression(RELATION)
    if not reader.accept(":"):
        return _shifted(reader, first) if first is not None else reader.no_operand(token)
    if reader.token.text in (",", "]"):
        if first is None:
            return Name(":", span=reader.over(token))
        message = f"the end of the slice {reader.since(token.start).text} is the length, which is not known here"
        reader.fail("unsupported-notation", message, reader.since(token.start), "write the end, as in x[1:3]")
    return _slice(reader, token, first)


def _slice(reader: Reader, token: Token, first: Tree | None) -> Tree:
    """`1:3` is the second and third; the end that NumPy excludes is the last one counted from 1."""
    last = reader.expression(RELATION)
    span = reader.since(token.start)
    if reader.token.text == ":":
        reader.fail("unsupported-notation", "a slice with a step is not read", span, "write the entries one by one")
    if first is not None and not _is_whole(first):
        reader.fail("computed-index", f"the slice {span.text} begins at no number", span, "write x_{a:b}, counted from 1")
    _refuse_negative(reader, last)
    begin = _shifted(reader, first) if first is not None else Number(Fraction(1), span=reader.over(token))
    return Relation((":",), (begin, last), span=span)


def _is_whole(tree: Tree) -> bool:
    negative = isinstance(tree, Sum) and tree.signs == (-1,)
    return negative or (isinstance(tree, Number) and tree.value.denominator == 1)


def _shifted(reader: Reader, tree: Tree) -> Tree:
    """A number plus 1; a letter that the text gives no number stays the number of an entry."""
    _refuse_negative(reader, tree)
    span = tree.span or reader.over(reader.token)
    match tree:
        case Number(value) if value.denominator == 1:
            return Number(value + 1, span=span)
        case Dots():
            return tree
        case Name(letter) if not _is_counted(reader.source, letter):
            return tree
        case Sum((1, _), (Name(letter), Number())) if letter in _RUNNING and not _is_counted(reader.source, letter):
            return tree
        case _:
            message = f"the index {span.text} is computed, and what it counts from is not known"
            raise SyntaxFault("computed-index", message, span, "write x_{..}, counted from 1")


@lru_cache(maxsize=64)
def _is_counted(source: Source, letter: str) -> bool:
    """Whether the text gives the index a number to begin with, `i = 1`; entries of a sum from 0 are counted from 0 anyway."""
    return re.search(rf"(?<!\w){re.escape(letter)}\s*=\s*(?!0(?![\d.]))\d", source.text) is not None


def _refuse_negative(reader: Reader, tree: Tree) -> None:
    if isinstance(tree, Sum) and tree.signs == (-1,) and tree.span:
        message = f"the index {tree.span.text} counts from the end, which is not known here"
        reader.fail("negative-index", message, tree.span, "count from the beginning")
