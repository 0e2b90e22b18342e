r"""Which juxtapositions are calls: `\sigma(p)` and `f(Wx)`, but not `q(x + 1)` where q is a quantity.

A name applied to a bracket is a call if the sheet or the table defines it as a function and nothing gives it a value.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from chainrule.errors import NameFault, SyntaxFault
from chainrule.inference.resolved import Applied, Function, Macro, replace_symbols
from chainrule.inference.symbols import could_be_name, join_letters, key, letter, span_text
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Font,
    Name,
    Number,
    Prime,
    Product,
    Quotient,
    Relation,
    Subscript,
    Superscript,
    Tree,
    walk,
)

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

FUNCTION_LETTERS = frozenset("fghFGH") | {"\\phi", "\\varphi", "\\psi", "\\rho"}


def read_juxtaposition(reader: Reader, items: tuple[Tree, ...]) -> list[Tree]:
    """The factors of a juxtaposition, calls put together."""
    items = _joined_words(reader, items)
    factors: list[Tree] = []
    i = 0
    while i < len(items):
        item, following = items[i], items[i + 1] if i + 1 < len(items) else None
        bracket = _bracket_of(following)
        if _is_indicator(item, following):
            assert isinstance(following, Bracket)
            factors.append(reader.read(following.items[0]))
            i += 2
            continue
        if following is not None and bracket is not None and _is_own_head(reader, item, bracket):
            factors.append(_marked(reader, following, reader.name(item)))
            i += 2
            continue
        found = function_of(reader, item, bracket or following)
        if found is None:
            factors.append(reader.read(item))
            i += 1
            continue
        if following is None:
            raise SyntaxFault("function-without-argument", f"the function {span_text(item.span)} has no argument", item.span)
        if bracket is None:
            factors.append(_applied(reader, item, found, (following,)))
        else:
            factors.append(_marked(reader, following, _applied(reader, item, found, bracket.items)))
        i += 2
    return factors


def _bracket_of(tree: Tree | None) -> Bracket | None:
    """The bracket of arguments in `(x)`, and in `(x)^2` or `(z)_1` behind a function's name."""
    if isinstance(tree, Superscript | Subscript):
        return _bracket_of(tree.base)
    return tree if isinstance(tree, Bracket) and tree.kind in "([{" else None


def _marked(reader: Reader, following: Tree, whole: Tree) -> Tree:
    """What was called, with the power or subscript that stands behind its bracket: `\\sigma(x)^2` is the square of the call."""
    match following:
        case Superscript(base=base):
            return reader.read(replace(following, base=_marked(reader, base, whole)))
        case Subscript(base=base):
            return reader.read(replace(following, base=_marked(reader, base, whole)))
        case _:
            return whole


def is_function_name(reader: Reader, tree: Tree) -> bool:
    """Whether a tree names a function, or a quantity that the sheet writes as one, `f(x) = ...`."""
    inner = tree.items[0] if isinstance(tree, Bracket) and len(tree.items) == 1 else tree
    if not could_be_name(inner):
        return False
    own = key(inner)
    known = isinstance(inner, Name) and inner.text in reader.table and not reader.knows(inner)
    return known or own in reader.functions or own in reader.heads


def _joined_words(reader: Reader, items: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """Letters without space between them that spell a defined word: `loss` after `loss = ...`, `net_2` after `net_1`."""
    joined: list[Tree] = []
    i = 0
    while i < len(items):
        first = items[i]
        words = reader.words.get(first.text, ()) if isinstance(first, Name) else ()
        found = next((tree for w in words if (tree := join_letters(items[i : i + len(w)], w)) is not None), None)
        joined.append(first if found is None else found)
        i += 1 if found is None else len(_text(found))
    return tuple(joined)


def _text(tree: Tree) -> str:
    base = letter(tree)
    return base.text if isinstance(base, Name) else ""


def _is_indicator(item: Tree, following: Tree | None) -> bool:
    """`\\mathbb{1}[n > 0]`, `\\mathbf 1\\{..\\}`, `1[n > 0]`."""
    body = item.body if isinstance(item, Font) else item
    one = isinstance(body, Number) and body.value == 1
    return one and isinstance(following, Bracket) and len(following.items) == 1 and isinstance(following.items[0], Relation)


def _is_own_head(reader: Reader, item: Tree, following: Tree) -> bool:
    """`L(y, \\hat y)` where L was defined with just this head."""
    if not isinstance(following, Bracket) or not could_be_name(item) or not reader.knows(item):
        return False
    head = reader.heads.get(key(item))
    return head is not None and tuple(key(i) for i in following.items) == tuple(key(p) for p in head)


def function_of(reader: Reader, item: Tree, following: Tree | None) -> Function | Macro | None:
    """The function that `item` is in front of `following`; None where it is no function.

    Raises NameFault for an unknown word or a function letter that nothing defines.
    """
    base = item.base if isinstance(item, Prime | Superscript) and not reader.knows(item) else item
    if isinstance(base, Superscript | Prime):
        base = base.base
    if not could_be_name(base):
        return None
    if key(base) in reader.functions:
        return reader.functions[key(base)]
    if reader.knows(base):
        return None
    alone = isinstance(base, Name) and base.text.startswith("\\") and following is None and base.text not in reader.applied
    if isinstance(base, Name) and base.text in reader.table and reader.table[base.text].arguments and not alone:
        function = reader.table[base.text]
        if base.text == "\\sigma":
            reader.note("sigma-is-logistic", "σ is nowhere defined and is read as the logistic sigmoid 1/(1 + e^(-a))", base)
        return function
    applied = isinstance(following, Bracket) and following.kind == "("
    word = base.text if applied and isinstance(base, Name) and len(base.text) > 1 and base.text.isalpha() else ""
    if not all(c in reader.letters for c in word):
        close = get_close_matches(word.lower(), [w for w in reader.table if w.isalpha()], 1)
        hint = f"did you mean {close[0]}?" if close else f"define it: {word}(a) = ..."
        raise NameFault("unknown-function", f"there is no function {word}", base.span, hint)
    if isinstance(following, Bracket) and following.kind == "(" and _looks_applied(base, following):
        message = f"{span_text(base.span) or 'this name'} is applied like a function but nothing defines it"
        hint = f"define it, {span_text(base.span)}(a) = ..., or write a dot for a product"
        raise NameFault("undefined-function", message, base.span, hint)
    if following is not None and _is_unknown_word(reader, base):
        message = f"{span_text(base.span)} is no function that chainrule knows, and nothing defines it"
        raise NameFault("unknown-function", message, base.span)
    return None


def _looks_applied(base: Tree, bracket: Bracket) -> bool:
    """Whether an undefined name before a bracket must be a function: a function's letter, or arguments like `(x)`, `(x, y)`."""
    inside = all(could_be_name(item) or isinstance(item, Number) for item in bracket.items)
    word = letter(base)
    return (isinstance(word, Name) and word.text in FUNCTION_LETTERS) or len(bracket.items) > 1 or inside


def _is_unknown_word(reader: Reader, base: Tree) -> bool:
    """Whether a word that stands before something else is nowhere defined: `det X`, `leaky_relu(x)`."""
    word = letter(base)
    text = word.text if isinstance(word, Name) else ""
    return len(text) > 1 and text.isalpha() and not all(c in reader.letters for c in text)


def read_call(reader: Reader, tree: Call) -> Tree:
    """A call of a word of the vocabulary: `\\max(0, n)`, `\\tanh^2(x)`, `\\log_2 x`."""
    head = tree.function
    if isinstance(head, Superscript):
        if isinstance(head.exponent, Number) and head.exponent.value > 0:
            return Superscript(
                read_call(reader, Call(head.base, tree.arguments, span=tree.span)), head.exponent, span=tree.span
            )
        message = f"{span_text(head.span)} can mean an inverse function or a power"
        raise SyntaxFault("ambiguous-power", message, head.span, "write the power outside: (f(x))^{-1}")
    if isinstance(head, Subscript) and head.base == Name("log") and len(head.items) == 1:
        logarithm = reader.operation("log")
        arguments = tuple(reader.read(a) for a in tree.arguments)
        base = Applied(logarithm, (reader.read(head.items[0]),), span=head.span)
        return Quotient(Applied(logarithm, arguments, span=tree.span), base, span=tree.span)
    found = function_of(reader, head, Bracket("(", tree.arguments))
    if found is None:
        if reader.knows(head) and len(tree.arguments) == 1:
            return Product("", (reader.name(head), reader.read(tree.arguments[0])), span=tree.span)
        raise NameFault("unknown-function", f"there is no function {span_text(head.span)}", head.span)
    return _applied(reader, head, found, tree.arguments)


def _applied(reader: Reader, head: Tree, function: Function | Macro, arguments: tuple[Tree, ...]) -> Tree:
    read = tuple(reader.read(argument) for argument in arguments)
    last = arguments[-1].span if arguments else None
    span = head.span.to(last) if head.span and last else head.span
    primes = head.count if isinstance(head, Prime) else 0
    if isinstance(head, Superscript) and not reader.knows(head):
        if not (isinstance(head.exponent, Number) and head.exponent.value > 0):
            message = f"{span_text(head.span)} can mean an inverse function or a power"
            raise SyntaxFault("ambiguous-power", message, head.span, "write the power outside: (f(x))^{-1}")
        inside = _applied(reader, head.base, function, arguments)
        return Superscript(inside, head.exponent, span=span)
    if isinstance(function, Macro):
        if primes:
            raise SyntaxFault(
                "unsupported-prime", f"{span_text(head.span)}: ask for the derivative of the function instead", head.span
            )
        if len(read) != len(function.parameters):
            wanted = len(function.parameters)
            raise SyntaxFault("argument-count", f"{span_text(head.span)} takes {wanted} arguments, not {len(read)}", span)
        whole = replace_symbols(function.body, dict(zip(function.parameters, read, strict=True)))
        reader.charge(sum(1 for _ in walk(whole)), head)
        return whole
    return Applied(function, read, primes, span=span)
