r"""`\sum_{i=1}^{n}`, `\prod`, `\max_{k}`, `\mathbb{E}_{x}`: the body is the product that follows, up to +, - or a relation."""

from chainrule.syntax.atoms import read_font, read_name
from chainrule.syntax.messages import spelled
from chainrule.syntax.reader import SUM, Reader
from chainrule.syntax.scripts import read_limits
from chainrule.syntax.symbols import BIG_WORDS
from chainrule.syntax.tokens import Token
from chainrule.syntax.tree import BigOperator, Bracket, Dots, Font, Juxtaposition, Name, Quotient, Relation, Tree

_BINDING = frozenset({"=", "\\in", "\\sim"})
_OPENERS = frozenset({"(", "[", "\\{"})


def read_big_operator(reader: Reader, token: Token) -> Tree:
    """The operator's token has been stepped over; several indices become one operator inside the other."""
    operator = token.text.removeprefix("\\")
    if reader.in_script and not reader.starts_factor() and reader.token.text not in ("_", "^"):
        return Name(operator, span=reader.over(token))
    return _with_body(reader, token, operator)


def read_word(reader: Reader, token: Token) -> Tree:
    r"""A word that is no function: `\argmax_x` and `\arg\max` are operators, everything else is a name."""
    if token.text == "arg" and reader.token.text in ("max", "min"):
        token = token._replace(text=f"arg{reader.token.text}", end=reader.advance().end)
    if token.text in BIG_WORDS and reader.token.text == "_" and not reader.in_script:
        return read_big_operator(reader, token)
    return Name(token.text, span=reader.over(token))


def read_letter(reader: Reader, token: Token) -> Tree:
    r"""A name; `E_{x \sim p}[..]` is an expectation, as with a blackboard E."""
    bare = reader.tokens[reader.index - 2].text != "\\mathbb"
    if bare and token.text == "E" and reader.token.text == "_" and not reader.in_script and _is_expectation(reader):
        return _with_body(reader, token, "E")
    return read_name(reader, token)


def _is_expectation(reader: Reader) -> bool:
    """Whether the subscript here says what a variable is drawn from, and a bracket follows it."""
    opened = reader.index + 1
    closed = reader.partners[opened] if reader.tokens[opened].text == "{" else -1
    drawn = any(reader.tokens[i].text == "\\sim" for i in range(opened, closed))
    return drawn and reader.tokens[closed + 1].text in _OPENERS


def read_font_or_expectation(reader: Reader, token: Token) -> Tree:
    r"""`\mathbb{E}_{x}[..]` and `\mathbb{E}[..]` are expectations, with the bracket as body."""
    font = read_font(reader, token)
    if font != Font("mathbb", Name("E")):
        return font
    following = reader.token
    if following.text == "_" or (following.text in _OPENERS and following.kind in ("symbol", "command", "left")):
        return _with_body(reader, token, "E")
    return font


def _with_body(reader: Reader, token: Token, operator: str) -> Tree:
    limits = read_limits(reader)
    ranges = _ranges(reader, tuple(limits.items), token)
    if not (reader.at_sign() or reader.starts_factor()):
        name = spelled(reader.source, token)
        reader.fail("missing-body", f"nothing follows {name}", reader.over(token), "write what it combines after it")
    body = reader.factor() if operator == "E" and reader.token.text in _OPENERS else reader.expression(SUM)
    span = reader.since(token.start)
    if operator != "sum" and isinstance(body, Quotient) and body.inline:
        message = f"all of {span.text[len(spelled(reader.source, token)) :]} was read as what {operator} runs over"
        reader.warn("ambiguous-slash", message, span, "write parentheses")
    for lower in reversed(ranges[1:]):
        body = BigOperator(operator, lower, limits.exponent, body, span=span)
    return BigOperator(operator, ranges[0], limits.exponent, body, span=span)


def _is_letter(tree: Tree) -> bool:
    return isinstance(tree, Name) and len(tree.text) == 1


def _ranges(reader: Reader, items: tuple[Tree, ...], token: Token) -> list[Tree | None]:
    r"""One range an index: `i,j=1` is i=1 and j=1, `i \in I, j \in J` stay two, and `ij` are i and j."""
    if len(items) == 1 and isinstance(items[0], Bracket) and items[0].kind == "(":
        items = items[0].items
    if len(items) == 1 and isinstance(items[0], Juxtaposition) and all(map(_is_letter, items[0].items)):
        items = items[0].items
    if len(items) < 2:
        return [items[0] if items else None]
    ranges: list[Tree | None] = []
    waiting: list[Tree] = []
    for item in items:
        if isinstance(item, Dots) or (isinstance(item, Relation) and not set(item.operators) <= _BINDING):
            hint = "write one index at a time, with its range"
            reader.fail("unsupported-range", "a range with a condition or dots is not read", reader.over(token), hint)
        if isinstance(item, Relation):
            ranges += [Relation(item.operators, (index, *item.sides[1:]), span=item.span) for index in waiting]
            ranges.append(item)
            waiting = []
        else:
            waiting.append(item)
    names = [each.sides[0] if isinstance(each, Relation) else each for each in (*ranges, *waiting)]
    if len(set(map(repr, names))) < len(names):
        message = "an index stands twice under the operator"
        reader.fail("unsupported-range", message, reader.over(token), "write one range an index")
    return [*ranges, *waiting]
