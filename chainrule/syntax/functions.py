r"""Words that the vocabulary knows as functions, applied: `\exp(x)`, `\tanh^2(x)`, `\log_2 x`, `max(0, n)`.

Without parentheses a function takes what is juxtaposed after it, up to the next function: `\sin x \cos y` is
`(\sin x)(\cos y)`; of `\log \frac{a}{s} t` it takes the fraction alone. A word with nothing after it is a Name.
"""

from chainrule.syntax.big_operators import read_big_operator, read_font_or_expectation
from chainrule.syntax.brackets import items_until, open_partner
from chainrule.syntax.messages import spelled
from chainrule.syntax.reader import Reader
from chainrule.syntax.scripts import gather, read_scripts
from chainrule.syntax.symbols import BIG_WORDS, LIST_WORDS
from chainrule.syntax.tokens import Token
from chainrule.syntax.tree import Bracket, Call, Font, Juxtaposition, Name, Prime, Relation, Sum, Superscript, Tree, walk

_SUMS = frozenset({"sum", "prod"})
_DIVIDING = frozenset({"|", "||"})


def read_function(reader: Reader, token: Token) -> Tree:
    """A word of the vocabulary, with its argument if there is one."""
    if token.text in BIG_WORDS and reader.token.text == "_" and not reader.in_script:
        return read_big_operator(reader, token)
    if token.text in _SUMS and reader.plain and not reader.in_script and _has_body(reader):
        return read_big_operator(reader, token)
    return _applied(reader, token)


def _has_body(reader: Reader) -> bool:
    """Whether a factor follows that is no argument in parentheses: `sum y_i log(p_i)`, `sum (u - v)^2`, not `sum(x)^2`."""
    following = reader.token
    return reader.starts_factor() and (following.text != "(" or following.spaced)


def read_font_or_function(reader: Reader, token: Token) -> Tree:
    r"""`\mathbf{x}`; `\mathbb{E}_{x}[..]` is an expectation, and `\mathsf{softmax}(z)` the function whatever its font."""
    tree = read_font_or_expectation(reader, token)
    match tree:
        case Font(body=Name(text=text)) if len(text) > 1 and text in reader.vocabulary.functions.values():
            return _applied(reader, Token("function", text, token.start, reader.since(token.start).end))
        case _:
            return tree


def _applied(reader: Reader, token: Token) -> Tree:
    """The function's name with its scripts and its arguments, as far as they are written."""
    name = Name(token.text, span=reader.over(token))
    function = _scripted(reader, name, token)
    arguments = _arguments(reader, token)
    if arguments is None:
        return function
    if token.text in LIST_WORDS and arguments and isinstance(arguments[0], Bracket):
        return _listed(reader, token, arguments)
    call = Call(function, arguments, span=reader.since(token.start))
    if not reader.plain and reader.token.text == "^":
        return _raised(reader, call)
    return call


def _listed(reader: Reader, token: Token, arguments: tuple[Tree, ...]) -> Tree:
    """`np.array([1, 2])` is the list; the kind of number that it is stored as is not said on paper."""
    for other in arguments[1:]:
        if not (isinstance(other, Relation) and other.sides[0] == Name("dtype")):
            span = reader.since(token.start)
            reader.fail("unexpected-token", f"{spelled(reader.source, token)} takes one list", span, "give the list alone")
    return arguments[0]


def _scripted(reader: Reader, name: Name, token: Token) -> Tree:
    """Scripts between the word and its argument; in plain text `x[i]` and factorials are none of them."""
    if reader.token.text not in ("_", "^", "'"):
        return name
    if reader.plain:
        return read_scripts(reader, name)
    return gather(reader).put_on(name, reader, token.start)


def _raised(reader: Reader, call: Call) -> Tree:
    r"""`\log(x)^2`: the power of the value, said aloud; a transpose or a name needs no word."""
    raised = gather(reader).put_on(call, reader, call.span.start if call.span else 0)
    if isinstance(raised, Superscript) and not isinstance(raised.exponent, Name | Bracket) and raised.span and call.span:
        message = f"{raised.span.text} was read as the power of {call.span.text}"
        hint = "write parentheses around the whole, or the power before the argument"
        reader.warn("ambiguous-power", message, raised.span, hint)
    return raised


def _arguments(reader: Reader, token: Token) -> tuple[Tree, ...] | None:
    following = reader.token
    brackets = ("(",) if reader.plain else ("(", "[", "\\{")
    if following.text in brackets and following.kind in ("symbol", "command", "left"):
        tree = reader.atom()
        return _items(tree) if isinstance(tree, Bracket) and tree.kind in ("(", "[", "{") else (tree,)
    if following.text == "{" and following.kind == "symbol":
        return _braced(reader)
    if following.text == "-" and not reader.in_script:
        name = spelled(reader.source, token)
        if name[0] == "\\" and not reader.plain:
            return (_negative(reader),)
        reader.fail("missing-argument", f"{name} stands without its argument", reader.over(token), f"write {name}(..)")
    return (_bare_argument(reader),) if reader.starts_factor() else None


def _items(bracket: Bracket) -> tuple[Tree, ...]:
    """The arguments in parentheses; `KL(P || Q)` keeps the bracket, which tells what its bars part."""
    return bracket.items if _DIVIDING.isdisjoint(bracket.separators) else (bracket,)


def _braced(reader: Reader) -> tuple[Tree, ...]:
    r"""`\exp{-x}`, `\max{0, z}`, `\log{(x)}`."""
    brace = reader.advance()
    open_partner(reader, brace)
    if reader.token.text == "}":
        reader.fail("empty-group", "the braces are empty", reader.over(brace), "write something between them, or drop them")
    items, _ = items_until(reader, "}")
    only = items[0]
    return _items(only) if len(items) == 1 and isinstance(only, Bracket) and only.kind == "(" else items


def _negative(reader: Reader) -> Tree:
    r"""The argument of `\exp -z`."""
    sign = reader.advance()
    argument = _bare_argument(reader)
    return Sum((-1,), (argument,), span=reader.since(sign.start))


def _bare_argument(reader: Reader) -> Tree:
    start = reader.token.start
    reader.enter()
    is_fraction = reader.token.text == "\\frac" and not reader.plain
    items = [reader.factor()]
    while not (is_fraction and not _is_numeric(items[0])) and _goes_on(reader):
        items.append(reader.factor())
    reader.depth -= 1
    tree = reader.juxtaposed(items, start)
    if reader.token.text == "/":
        text = tree.span.text if tree.span else ""
        message = f"the function was read with {text} alone as its argument, without the slash after it"
        reader.warn("ambiguous-slash", message, reader.since(start), "write parentheses around the argument")
    return tree


def _is_numeric(tree: Tree) -> bool:
    """Whether a fraction holds numbers alone, as in `\\exp \\frac12 x`: it belongs to what follows."""
    return not any(isinstance(part, Name) for part in walk(tree))


def _goes_on(reader: Reader) -> bool:
    """Whether another factor of a bare argument follows; a function or a big operator opens a factor of its own."""
    token = reader.token
    is_big = token.text in ("\\sum", "\\prod") or (token.kind == "word" and token.text in BIG_WORDS)
    return reader.starts_factor() and token.kind not in ("function", "prose") and not is_big


def is_applied(tree: Tree) -> bool:
    """Whether a tree is a name with brackets after it, as `L(y, t)`: one thing, not a product."""
    return (
        isinstance(tree, Juxtaposition)
        and all(isinstance(item, Bracket) for item in tree.items[1:])
        and not isinstance(tree.items[0], Bracket | Prime)
    )
