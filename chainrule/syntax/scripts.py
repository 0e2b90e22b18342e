r"""Subscripts, superscripts, primes, factorials and, in plain text, indices: what follows an atom.

Whatever the order in the text, a subscript is innermost, then primes, then the superscript. LaTeX refuses a second
subscript or superscript; plain text starts over with the result so far, as in `W^(1)'` and `x^T^2`.
"""

from dataclasses import dataclass, field

from chainrule.errors import Repair
from chainrule.syntax.arguments import single
from chainrule.syntax.brackets import items_until, open_partner
from chainrule.syntax.messages import spelled
from chainrule.syntax.reader import DEEPEST, Reader
from chainrule.syntax.symbols import ACCENTS
from chainrule.syntax.tokens import Token
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Call,
    Font,
    Juxtaposition,
    Name,
    Number,
    Prime,
    Subscript,
    Sum,
    Superscript,
    Tree,
)
from chainrule.syntax.zero_based import read_index

_OPENERS = frozenset({"_", "^", ".^", "'", "!", "[", "{"})
_ACCENT_WORDS = frozenset(ACCENTS)


@dataclass
class Scripts:
    """What has been read after an atom and not yet been put on it."""

    items: list[Tree] = field(default_factory=list[Tree])
    primes: int = 0
    exponent: Tree | None = None
    operator: str = "^"

    def raise_to(self, tree: Tree, elementwise: bool) -> None:
        """Take an exponent; one of primes alone is primes."""
        if primes := _count_primes(tree):
            self.primes += primes
        elif isinstance(tree, Superscript) and isinstance(tree.base, Bracket) and isinstance(tree.exponent, Name):
            self.exponent = Juxtaposition((tree.base, tree.exponent), span=tree.span)  # W^{(2)^\top} is W^{(2)\top}
        else:
            self.exponent, self.operator = tree, ".^" if elementwise else "^"

    def put_on(self, base: Tree, reader: Reader, start: int) -> Tree:
        span = reader.since(start)
        if self.items:
            base = Subscript(base, tuple(self.items), span=span)
        if self.primes:
            base = Prime(base, self.primes, span=span)
        if self.exponent is not None:
            *inner, last = _marks(self.exponent)
            for mark in inner:
                base = Superscript(base, mark, span=span)
            base = Superscript(base, last, self.operator, span=span)
        return base


def _marks(exponent: Tree) -> tuple[Tree, ...]:
    r"""The exponents that `a^{[2](i)}` and `a^{(i)[2]\top}` have, one upon the other: the layer first, and the example."""
    match exponent:
        case Juxtaposition(
            items=(Bracket(kind="[", items=(_,)) as layer, Bracket(kind="(" | "<", items=(_,)) as example, *rest)
        ):
            marks: tuple[Tree, ...] = (layer, example)
        case Juxtaposition(
            items=(Bracket(kind="(" | "<", items=(_,)) as example, Bracket(kind="[", items=(_,)) as layer, *rest)
        ):
            marks = (layer, example)
        case Bracket(kind="(", items=(Juxtaposition() as inside,)):
            marks = _marks(inside)  # plain text writes `a^([2](i))`
            return marks if len(marks) > 1 else (exponent,)
        case _:
            return (exponent,)
    return (*marks, *rest) if len(rest) < 2 else (exponent,)


def read_scripts(reader: Reader, base: Tree) -> Tree:
    """The factor that an atom and what follows it make."""
    if reader.token.text not in _OPENERS and reader.token.kind != "method":
        return base
    start = base.span.start if base.span else reader.token.start
    if reader.plain:
        return _plain_scripts(reader, base, start)
    while True:
        scripts = gather(reader)
        if reader.token.text == "[" and _is_index(reader):
            scripts.items += _index(reader, reader.advance())
        base = _factorials(reader, scripts.put_on(base, reader, start), start)
        if not _skip_empty_group(reader):
            return base
        _bound(reader)


def _is_index(reader: Reader) -> bool:
    """Whether the bracket here touches what it follows and has a lone colon: `A[:, j]`, `x[1:3]`."""
    last = reader.partners[reader.index]
    if reader.token.kind != "symbol" or reader.token.spaced or last < 0:
        return False
    at = reader.index + 1
    while at < last:
        if reader.tokens[at].text == ":":
            return True
        at = max(at, reader.partners[at]) + 1
    return False


def _has_bars(reader: Reader) -> bool:
    """Whether double bars stand in the bracket here, `KL[p || q]`, where it has the arguments of a function."""
    last = reader.partners[reader.index]
    return any(token.text in ("||", "\\|", "\\parallel") for token in reader.tokens[reader.index + 1 : max(last, 0)])


def _skip_empty_group(reader: Reader) -> bool:
    r"""Step over the `{}` of `W^{(2)}{}^\top`."""
    empty = reader.token.text == "{" and reader.peek().text == "}" and reader.peek(2).text in ("_", "^")
    if empty:
        reader.jump(reader.index + 2)
    return empty


def _factorials(reader: Reader, base: Tree, start: int) -> Tree:
    while reader.accept("!"):
        base = Call(Name("factorial"), (base,), span=reader.since(start))
        _bound(reader)
    return base


def _bound(reader: Reader) -> None:
    """Scripts upon scripts make the tree deeper; they are counted for good."""
    reader.stacked += 1
    if reader.stacked > DEEPEST:
        reader.too_deep()


def gather(reader: Reader, limits: bool = False) -> Scripts:
    """The scripts of LaTeX, in either order. limits: they are those of a big operator."""
    scripts = Scripts()
    while reader.token.kind == "symbol":
        token = reader.token
        if limits and token.text in ("_", "^") and reader.peek().text == "{" and reader.peek(2).text == "}":
            reader.jump(reader.index + 3)
        elif token.text == "_":
            if scripts.items:
                message = "a second subscript follows the first"
                reader.fail("double-subscript", message, reader.over(token), "put the first in braces")
            reader.advance()
            scripts.items += script_items(reader, below=True)
        elif token.text in ("^", ".^"):
            reader.advance()
            _superscript(reader, scripts, token)
        elif token.text == "'":
            if scripts.exponent is not None:
                _refuse_second(reader, token)
            reader.advance()
            scripts.primes += 1
        else:
            break
    return scripts


def _refuse_second(reader: Reader, token: Token) -> None:
    message = "a second superscript follows the first"
    reader.fail("double-superscript", message, reader.over(token), "put what it belongs to in braces")


def _superscript(reader: Reader, scripts: Scripts, token: Token) -> None:
    if scripts.exponent is not None:
        _refuse_second(reader, token)
    elementwise = token.text == ".^" or _has_circle(reader)
    scripts.raise_to(exponent(reader), elementwise)


def _has_circle(reader: Reader) -> bool:
    r"""Whether the exponent is an elementwise power, `x^{\odot 2}`."""
    braced = reader.token.text == "{"
    circle = reader.peek() if braced else reader.token
    circled = circle.text in ("\\odot", "\\circ")
    if circled and (not braced or reader.peek(2).text == "}"):
        message = f"the exponent {spelled(reader.source, circle)} has no number"
        reader.fail("unsupported-notation", message, reader.over(circle), "degrees are not read")
    return circled


def _count_primes(tree: Tree) -> int:
    items = tree.items if isinstance(tree, Juxtaposition) else (tree,)
    return len(items) if all(item == Name("\\prime") for item in items) else 0


def exponent(reader: Reader) -> Tree:
    """What is raised: one expression."""
    first, *others = script_items(reader)
    if others:
        last = others[-1]
        span = first.span.to(last.span) if first.span and last.span else reader.over(reader.token)
        reader.fail("comma-in-exponent", "an exponent is one expression, not a list", span, "use a subscript, or parentheses")
    return first


def script_items(reader: Reader, below: bool = False) -> tuple[Tree, ...]:
    """What follows `_` or `^`: a group of expressions between commas, or a single token."""
    outer = reader.in_subscript
    reader.in_subscript = below
    reader.in_script += 1
    reader.enter()
    token = reader.token
    items: tuple[Tree, ...]
    if token.text == "{" and token.kind == "symbol":
        reader.advance()
        open_partner(reader, token)
        if reader.token.text == "}":
            reader.fail("empty-group", "the script is empty", reader.over(token), "write something in the braces, or drop it")
        if reader.token.text in ("\\odot", "\\circ"):
            reader.advance()
        items = items_until(reader, "}")[0]
        if below and len(items) == 1:
            items = _without_parentheses(items[0])
    else:
        items = (_unbraced(reader),)
    reader.depth -= 1
    reader.in_script -= 1
    reader.in_subscript = outer
    return items


def _without_parentheses(item: Tree) -> tuple[Tree, ...]:
    """`h_{(t-1)}` is `h_{t-1}`; `x_{(1)}` is a name of its own."""
    computed = isinstance(item, Bracket) and item.kind == "(" and len(item.items) == 1 and isinstance(item.items[0], Sum)
    return item.items if computed and isinstance(item, Bracket) else (item,)


def _unbraced(reader: Reader) -> Tree:
    r"""The one token that LaTeX takes: `x_\text{true}`, `x^2`; more is repaired with a warning."""
    token = reader.token
    if token.text in ("-", "+") and reader.peek().kind == "number":
        reader.advance()
        value = reader.atom()
        tree: Tree = Sum((-1 if token.text == "-" else 1,), (value,), span=reader.since(token.start))
        _warn_unbraced(reader, tree)
        return tree
    tree = single(reader)
    bare = reader.source.text[token.start] not in "\\{" and token.end - token.start > 1
    if bare and token.kind in ("number", "word", "function"):
        _warn_unbraced(reader, tree)
    return tree


def _warn_unbraced(reader: Reader, tree: Tree) -> None:
    if tree.span and not reader.plain:
        text = tree.span.text
        message = f"without braces LaTeX takes only the first character of {text}; all of it was read"
        reader.warn("unbraced-script", message, tree.span, f"write {{{text}}}", Repair(tree.span, f"{{{text}}}"))


def _plain_scripts(reader: Reader, base: Tree, start: int) -> Tree:
    """Scripts of plain text: put on as soon as one comes that does not belong inside the last."""
    scripts = Scripts()
    while reader.token.kind == "method" or (reader.token.kind == "symbol" and reader.token.text in _OPENERS):
        token = reader.token
        if token.text == "{":
            break
        if token.kind == "method":
            base, scripts = _method(reader, scripts.put_on(base, reader, start), start), Scripts()
            _bound(reader)
            continue
        if token.text == "[" and (token.spaced or not _can_be_indexed(base, scripts) or _has_bars(reader)):
            break
        complete = scripts.exponent is not None or (token.text == "!" and scripts != Scripts())
        if complete or _is_accent(reader):
            base, scripts = scripts.put_on(base, reader, start), Scripts()
            _bound(reader)
        base = _plain_script(reader, base, scripts, start)
    return scripts.put_on(base, reader, start)


def _plain_script(reader: Reader, base: Tree, scripts: Scripts, start: int) -> Tree:
    accent = _is_accent(reader)
    token = reader.advance()
    if token.text == "'":
        scripts.primes += 1
    elif token.text == "!":
        return Call(Name("factorial"), (base,), span=reader.since(start))
    elif token.text == "[":
        scripts.items += _index(reader, token)
    elif token.text == "_" and accent:
        word = reader.advance()
        return Accent(word.text, base, span=reader.since(start))
    elif token.text == "_":
        scripts.items += _plain_subscript(reader)
    else:
        elementwise = token.text == ".^" or _has_circle(reader)
        scripts.raise_to(_plain_exponent(reader), elementwise)
    return base


def _method(reader: Reader, base: Tree, start: int) -> Tree:
    """`x.sum()` is sum(x), `A.dot(x)` is dot(A, x), `A.transpose()` and `A.t()` are transposes."""
    token = reader.advance()
    bracket = reader.advance()
    open_partner(reader, bracket)
    arguments, _ = items_until(reader, ")")
    span = reader.since(start)
    if token.text in ("transpose", "t") and not arguments:
        return Superscript(base, Name("\\top", span=reader.over(token)), span=span)
    if isinstance(base, Bracket) and base.kind == "(" and len(base.items) == 1:
        base = base.items[0]
    return Call(Name(token.text, span=reader.over(token)), (base, *arguments), span=span)


def _is_accent(reader: Reader) -> bool:
    return reader.token.text == "_" and reader.peek().kind == "word" and reader.peek().text in _ACCENT_WORDS


def _can_be_indexed(base: Tree, scripts: Scripts) -> bool:
    return not isinstance(base, Number | Bracket | Font) or scripts != Scripts()


def _index(reader: Reader, token: Token) -> tuple[Tree, ...]:
    """`x[i, j]`, with the bracket just read."""
    open_partner(reader, token)
    reader.in_script += 1
    reader.enter()
    items = read_index(reader) if reader.zero_based else items_until(reader, "]")[0]
    reader.depth -= 1
    reader.in_script -= 1
    if not items:
        reader.fail("empty-group", "the index is empty", reader.over(token))
    return items


def _plain_subscript(reader: Reader) -> tuple[Tree, ...]:
    """`x_1`, `x_{i,j}`, `x_(i+1)`."""
    if reader.token.text == "{":
        return script_items(reader, below=True)
    outer = reader.in_subscript
    reader.in_subscript = True
    reader.in_script += 1
    tree = single(reader)
    reader.in_script -= 1
    reader.in_subscript = outer
    return tree.items if isinstance(tree, Bracket) and tree.kind == "(" and tree.items else (tree,)


def _plain_exponent(reader: Reader) -> Tree:
    """`x^2`, `x^-1`, `2^3^2` (from the right), `W^(1)`, `x^{n+1}`."""
    if reader.token.text == "{":
        return exponent(reader)
    token = reader.token
    reader.enter()
    if reader.at_sign():
        reader.advance()
        tree: Tree = Sum((-1 if token.text == "-" else 1,), (_plain_exponent(reader),), span=reader.since(token.start))
    elif token.text in ("*", "+", "-"):
        reader.in_script += 1
        tree = reader.atom()
        reader.in_script -= 1
    else:
        tree = reader.atom()
        if reader.token.text in ("^", ".^") or (isinstance(tree, Name) and reader.token.text == "_"):
            tree = read_scripts(reader, tree)
    reader.depth -= 1
    following = reader.token
    if not following.spaced and following.kind in ("letter", "word", "function"):
        message = f"the exponent was read as {reader.source.text[token.start : following.start]} alone"
        reader.warn("ambiguous-power", message, reader.since(token.start), "write parentheses around the exponent")
    return tree


def read_limits(reader: Reader) -> Scripts:
    r"""The scripts of a big operator, without an atom to put them on; one that is empty, `\sum_{k}^{ }`, says nothing."""
    if not reader.plain:
        return gather(reader, limits=True)
    scripts = Scripts()
    while reader.token.text in ("_", "^") and reader.token.kind == "symbol":
        if reader.advance().text == "_":
            scripts.items += _plain_subscript(reader)
        else:
            scripts.exponent = _plain_exponent(reader)
    return scripts
