r"""Which trees are names, and where a name was met.

`W^{(1)}`, `\hat{y}`, `y_\text{true}`, `\mathbf{x}`, `w_1`, `Q'` can be names; `x^2` and `x^\top` cannot, unless the person
defines just that on the left of an equals sign. What is decided here is decided from trees, never from text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from chainrule.source import Span
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Derivative,
    Font,
    Juxtaposition,
    Name,
    Number,
    Prime,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    transform,
)

GREEK_CAPITALS = frozenset(("\\Gamma", "\\Theta", "\\Lambda", "\\Xi", "\\Pi", "\\Sigma", "\\Phi", "\\Psi", "\\Omega"))
LAYER_LETTERS = (Name("l"), Name("\\ell"), Name("L"))
TRANSPOSES = (Name("\\top"), Name("T"), Name("\\intercal"), Name("⊤"))

PROBABILITIES = frozenset({"p", "q", "P", "Q", "Pr", "\\Pr"})


@dataclass(frozen=True)
class Symbol(Tree):
    """A tree that was found to be a name; `name` is the key it is known by."""

    name: Tree


def is_layer(exponent: Tree) -> bool:
    """`(1)`, `[l]`, `\\langle t \\rangle`: a superscript that names, and never a power."""
    if not (isinstance(exponent, Bracket) and exponent.kind in "([<" and len(exponent.items) == 1):
        return False
    return _plain(exponent.items[0]) or (exponent.kind == "<" and _is_shifted(exponent.items[0]))


def _plain(tree: Tree) -> bool:
    return isinstance(tree, Number | Name)


def could_be_name(tree: Tree) -> bool:
    """Whether the tree has the form of a name on its own: no operation in it."""
    match tree:
        case Name(text=text):
            return text not in ("*", ":", "\\top", "\\intercal", "\\infty")
        case Accent(body=body):
            return could_be_name(body)
        case Font(body=body):
            return could_be_name(body)
        case Prime(base=base):
            return could_be_name(base)
        case Subscript(base=base, items=items):
            return could_be_name(base) and (items == (Name("*"),) or all(_could_be_index(item) for item in items))
        case Superscript(base=base, exponent=exponent, operator="^"):
            return could_be_name(base) and (is_layer(exponent) or exponent == Name("*"))
        case _:
            return False


def _could_be_index(tree: Tree) -> bool:
    match tree:
        case Number() | Name():
            return tree not in (Name("*"), Name(":"))
        case Font(body=body):
            return _could_be_index(body)
        case Juxtaposition(items=items):
            return all(isinstance(item, Number | Name) for item in items)
        case Subscript() | Superscript():
            return could_be_name(tree)  # `\\mu_{x_p}`
        case _:
            return False


def could_be_defined(tree: Tree) -> bool:
    """Names, and powers too: nobody defines `w^2`, `a^l` or `x_{k+1}` on the left of an equals sign but as a name."""
    if isinstance(tree, Superscript) and (isinstance(tree.exponent, Number) or tree.exponent in LAYER_LETTERS):
        return could_be_name(tree.base)
    if is_marked(tree):
        return True
    if isinstance(tree, Subscript) and could_be_name(tree.base) and not could_be_name(tree):
        return all(_could_be_index(item) or _is_shifted(item) for item in tree.items)
    if isinstance(tree, Superscript) and isinstance(tree.exponent, Bracket) and len(tree.exponent.items) == 1:
        return could_be_name(tree.base) and (is_layer(tree.exponent) or _is_shifted(tree.exponent.items[0]))
    return could_be_name(tree) or is_conditional(tree) or isinstance(tree, Derivative)


def is_marked(tree: Tree) -> bool:
    r"""`y^{s}`, `P^\\star`: on the left of an equals sign a name, unless the letters are names of the text themselves."""
    if not isinstance(tree, Superscript) or not isinstance(tree.exponent, Name) or tree.operator != "^":
        return False
    return tree.exponent not in (*TRANSPOSES, *LAYER_LETTERS) and could_be_name(tree.base) and tree.base != Name("e")


def _is_shifted(tree: Tree) -> bool:
    """`t+1`, `l-1`."""
    return isinstance(tree, Sum) and len(tree.terms) == 2 and all(isinstance(term, Name | Number) for term in tree.terms)


def is_probability(tree: Tree) -> bool:
    """`P`, `\\Pr`, `\\mathbb{P}`: the letters of probabilities."""
    inner = letter(tree)
    inner = inner.body if isinstance(inner, Font) else inner
    return isinstance(inner, Name) and inner.text in PROBABILITIES


def is_pi(tree: Tree) -> bool:
    r"""`\pi` by itself: a number, but where a distribution stands the letter of one, as of the weights of a mixture."""
    return tree in (Name("\\pi"), Name("π"))


def is_conditional(tree: Tree) -> bool:
    """`P(O = o \\mid C = c)`, `p(y \\mid x)`, `P(O = 1)`: a probability's letter with what it is of, which is one name."""
    if not (isinstance(tree, Juxtaposition) and len(tree.items) == 2):
        return False
    base, bracket = tree.items
    if not (is_probability(base) and isinstance(bracket, Bracket) and bracket.kind == "("):
        return False
    events = [item for item in bracket.items if isinstance(item, Relation) and set(item.operators) == {"="}]
    plain = all(item in events or could_be_name(item) or isinstance(item, Number) for item in bracket.items)
    return plain and bool(events or "|" in bracket.separators)


def key(tree: Tree) -> Tree:
    """The form in which a name is looked up: one-item parentheses around a name are dropped, numbers lose their spelling."""

    def settle(part: Tree) -> Tree:
        if isinstance(part, Bracket) and part.kind == "(" and len(part.items) == 1 and could_be_name(part.items[0]):
            return part.items[0]
        return part

    if isinstance(tree, Superscript):
        exponent = tree.exponent
        if isinstance(exponent, Bracket) and exponent.kind == "(" and len(exponent.items) == 1 and is_layer(exponent.items[0]):
            exponent = exponent.items[0]  # plain text writes `W^([2])`
        return Superscript(key(tree.base), exponent, tree.operator, span=tree.span)
    if isinstance(tree, Juxtaposition) and len(tree.items) == 2 and isinstance(tree.items[1], Bracket):
        return replace(tree, items=(key(tree.items[0]), tree.items[1]))
    if isinstance(tree, Derivative):
        inside = (v.items[0] if isinstance(v, Bracket) and v.kind == "(" and len(v.items) == 1 else v for v in tree.by)
        by = tuple(map(key, inside))
        return Derivative("partial", tree.of, by, span=tree.span)
    return tree if could_be_name(tree) else transform(tree, settle)


def loose(tree: Tree) -> Tree:
    """The name with the letters of a subscript as one word: `W_{hh}` and `o_{h1}` of LaTeX are `W_hh` and `o_h1` of plain text,
    and `w_{1,2}` is `w_{12}`."""

    def settle(part: Tree) -> Tree:
        if isinstance(part, Subscript) and len(part.items) == 1 and isinstance(part.items[0], Juxtaposition):
            *before, last = part.items[0].items
            letters = [item.text if isinstance(item, Name) else "" for item in before]
            end = last.text if isinstance(last, Name) else str(_integer(last))
            if (end.isdecimal() or len(end) == 1) and all(len(letter) == 1 for letter in letters):
                return Subscript(part.base, (Name("".join(letters) + end),))
        if isinstance(part, Subscript) and len(part.items) > 1:
            digits = [_integer(item) for item in part.items]
            if all(digit is not None and 0 <= digit < 10 for digit in digits):
                return Subscript(part.base, (Number(Fraction("".join(map(str, digits)))),))
        return part

    return transform(tree, settle)


def without_fonts(tree: Tree) -> Tree:
    """The name with `\\mathbf` and its like taken off, for people who write x and **x** for one thing."""
    return transform(tree, lambda part: part.body if isinstance(part, Font) else part)


def letter(tree: Tree) -> Tree:
    """The name under scripts, accents and primes: `\\hat{W}^{(1)}` has W; fonts stay."""
    while isinstance(tree, Accent | Prime | Subscript | Superscript):
        tree = tree.body if isinstance(tree, Accent) else tree.base
    return tree


def is_capital(tree: Tree) -> bool:
    """Whether convention reads the name as a matrix: its letter is a capital one, Latin or Greek."""
    base = letter(tree)
    inner = base.body if isinstance(base, Font) else base
    if not isinstance(inner, Name):
        return False
    if len(inner.text) == 2 and inner.text[0] == "d":
        return inner.text[1].isupper()  # `dW`
    return inner.text in GREEK_CAPITALS or (len(inner.text) <= 2 and inner.text[:1].isupper() and inner.text.isascii())


def is_bold(tree: Tree) -> bool:
    base = letter(tree)
    return isinstance(base, Font) and base.kind in ("mathbf", "boldsymbol")


def layer(tree: Tree) -> int | None:
    """The layer a weight's name tells: k of `W^{(k)}`, `W^{[k]}`, and of `W_k` for a capital letter."""
    while isinstance(tree, Accent | Prime | Subscript | Superscript):
        if isinstance(tree, Superscript) and is_layer(tree.exponent):
            return _integer(tree.exponent.items[0]) if isinstance(tree.exponent, Bracket) else None
        if isinstance(tree, Subscript) and is_capital(tree) and len(tree.items) == 1:
            return _integer(tree.items[0])
        tree = tree.body if isinstance(tree, Accent) else tree.base
    if isinstance(tree, Name) and tree.text[:1].isupper() and tree.text[1:].isdigit():
        return int(tree.text[1:])
    return None


def _integer(tree: Tree) -> int | None:
    return int(tree.value) if isinstance(tree, Number) and tree.value.denominator == 1 else None


def entry_position(items: tuple[Tree, ...]) -> tuple[int, ...] | None:
    """The positions (counted from 1) that `_1`, `_{2,3}` or `_{12}` say; None where they are not numbers."""
    numbers = [_integer(item) for item in items]
    if len(items) == 1 and isinstance(items[0], Juxtaposition):
        numbers = [_integer(item) for item in items[0].items]
    return None if None in numbers or not numbers else tuple(n for n in numbers if n is not None)


def two_digits(positions: tuple[Tree | int | None, ...]) -> bool:
    """Whether one number may be meant as two: `W_{12}`."""
    (number, *more) = positions or (None,)
    return not more and isinstance(number, int) and 10 < number < 100 and number % 10 > 0


def numbered(letter_name: str, number: int) -> Tree:
    r"""`z^{(1)}`."""
    return Superscript(Name(letter_name), Bracket("(", (Number(Fraction(number)),)))


def spelled(letters: Sequence[Tree], word: str) -> bool:
    """Whether these are the letters of a word, with nothing between them: `ab`, not `a b`."""
    if len(letters) != len(word) or not all(isinstance(t, Name) and t.text == c for t, c in zip(letters, word, strict=True)):
        return False
    spans = [letter.span for letter in letters]
    return all(a is None or b is None or a.end == b.start for a, b in pairwise(spans))


def join_letters(items: Sequence[Tree], word: str) -> Tree | None:
    """The name that letters side by side spell, the last of them with its scripts: `net_1`. None where they spell another."""
    if len(items) != len(word) or not items:
        return None
    last = letter(items[-1])
    if not isinstance(last, Name) or not spelled([*items[:-1], last], word):
        return None
    first, end = items[0].span, items[-1].span
    span = first.to(end) if first and end else None
    return replace(_with_letter(items[-1], Name(word, span=span)), span=span)


def _with_letter(tree: Tree, base: Tree) -> Tree:
    match tree:
        case Accent(body=body):
            return replace(tree, body=_with_letter(body, base))
        case Prime(base=inner) | Subscript(base=inner) | Superscript(base=inner):
            return replace(tree, base=_with_letter(inner, base))
        case _:
            return base


def size_symbol(tree: Tree) -> str:
    """The size symbol that a name is, whatever its layout: `n_{1}` and `n_1` are one."""
    match tree:
        case Name(text=text):
            return text
        case Number(value=value):
            return str(value)
        case Subscript(base=base, items=items):
            inside = ",".join(map(size_symbol, items))
            return f"{size_symbol(base)}_{inside if len(inside) == 1 else '{' + inside + '}'}"
        case Sum(signs=signs, terms=terms):
            parts = "".join(("-" if s < 0 else "+") + size_symbol(t) for s, t in zip(signs, terms, strict=True))
            return parts.removeprefix("+")
        case Juxtaposition(items=items):
            return "".join(map(size_symbol, items))
        case _:
            return span_text(tree.span) or repr(tree)


def span_text(span: Span | None) -> str:
    """The text a tree was read from, on one line."""
    return "" if span is None else " ".join(span.text.split())


def join_spans(trees: Sequence[Tree]) -> Span | None:
    """From the first tree to the last."""
    first, last = trees[0].span, trees[-1].span
    return first.to(last) if first is not None and last is not None else None
