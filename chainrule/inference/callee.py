r"""What a name in front of something is: a function of the text or of the table, one that nothing defines, or no function.

`\sigma(p)` and `f(Wx)` are calls, `q(x + 1)` is not where q is a quantity.
"""

from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING

from chainrule.errors import NameFault, SyntaxFault
from chainrule.inference.define import called_function
from chainrule.inference.distributions.labels import RANDOM
from chainrule.inference.literals import ONE
from chainrule.inference.resolved import NAME_OF_EULER, Function, Macro
from chainrule.inference.symbols import could_be_name, is_bold, is_capital, is_probability, key, letter, span_text
from chainrule.ops.opaque import opaque
from chainrule.syntax.tree import Bracket, Name, Number, Prime, Relation, Sum, Superscript, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

FUNCTION_LETTERS = frozenset("fghFG") | {
    "\\phi",
    "\\varphi",
    "\\psi",
    "\\Phi",
    "\\Psi",
    "\\rho",
    "\\sigma",
    "\\eta",
    "\\chi",
    "\\xi",
    "\\zeta",
}
"""Letters that are functions where they are applied and nothing else is known of them."""
STEPS = ("H", "\\Theta")
"""Letters of the unit step."""


def function_of(reader: "Reader", item: Tree, following: Tree | None) -> Function | Macro | None:
    """The function that `item` is in front of `following`; None where it is no function.

    Raises NameFault for an unknown word, or a name that is applied although nothing says what it computes.
    """
    base = _base(reader, item)
    if not could_be_name(base):
        return None
    bracket = following if isinstance(following, Bracket) and following.kind in "([{" else None
    if bracket is not None or not reader.knows(base):
        own = called_function(reader, key(base))
        if own is not None:
            return own
    if reader.knows(base):
        return None
    if isinstance(base, Name) and base.text in reader.table and reader.table[base.text].arguments:
        used = not base.text.startswith("\\") or bracket is not None or base.text in reader.applied
        if used:
            return _of_table(reader, base)
    applied = bracket if bracket is not None and bracket.kind == "(" else None
    _refuse_word(reader, base, applied, following)
    if applied is None or not (item is base or _is_derivative_or_power(item)):
        return None
    return _undefined(reader, base, applied, plain=item is base)


def _base(reader: "Reader", item: Tree) -> Tree:
    """The name under the primes and the power of `f''` and `f^2`."""
    base = item
    for _ in range(2):
        if isinstance(base, Prime | Superscript) and not reader.knows(base) and not _is_own_name(reader, base):
            base = base.base
    match base:
        case Bracket(kind="(", items=(Superscript() as inner,)) if item is not base and could_be_name(inner):
            return inner  # `(g^{(1)})'`
        case _:
            return base


def _is_derivative_or_power(item: Tree) -> bool:
    """`f'`, `f^2`, `f^{-1}` in front of a parenthesis; `A^\top (x - y)` is a product whatever A is."""
    power = isinstance(item, Superscript) and (is_inverse(item) or isinstance(item.exponent, Number))
    return power or isinstance(item, Prime)


def is_inverse(head: Superscript) -> bool:
    """`f^{-1}`."""
    exponent = head.exponent.items[0] if isinstance(head.exponent, Bracket) and len(head.exponent.items) == 1 else head.exponent
    return exponent in (Sum((-1,), (ONE,)), Number(Fraction(-1)))


def _is_own_name(reader: "Reader", tree: Tree) -> bool:
    """`f^{(1)}` where it is a name by itself: defined with a head, or standing for a layer while f is nothing."""
    if not could_be_name(tree):
        return False
    if key(tree) in reader.headed or key(tree) in reader.functions:
        return True
    return isinstance(tree, Superscript) and called_function(reader, key(tree.base)) is None and not reader.knows(tree.base)


def _of_table(reader: "Reader", base: Name) -> Function:
    if base.text == "\\sigma":
        message = "σ is nowhere defined and is read as the logistic sigmoid 1/(1 + e^(-a))"
        reader.note("sigma-is-logistic", message, base, "define \\sigma(a) = ... or give \\sigma a value to say otherwise")
    return reader.table[base.text]


def _refuse_word(reader: "Reader", base: Tree, applied: Bracket | None, following: Tree | None) -> None:
    """Raise NameFault for a word that is nowhere defined, `sigmod(x)`, `net(x)`, `det X`."""
    word = base.text if isinstance(base, Name) else ""
    if applied is not None and len(word) > 1 and word.isalpha() and not reader.spells_product(word):
        close = get_close_matches(word.lower(), [w for w in reader.table if w.isalpha()], 1, 0.7)
        hint = f"did you mean {close[0]}?" if close else f"define it: {word}(a) = ..."
        raise NameFault("unknown-function", f"there is no function {word}", base.span, hint)
    inner = letter(base)
    text = inner.text if isinstance(inner, Name) else ""
    if following is not None and len(text) > 1 and text.isalpha() and not reader.spells_product(text):
        message = f"{span_text(base.span)} is no function that chainrule knows, and nothing defines it"
        raise NameFault("unknown-function", message, base.span)


def _undefined(reader: "Reader", base: Tree, bracket: Bracket, *, plain: bool) -> Function | None:
    """What a letter is that nothing defines and that stands before a parenthesis; None: a factor.

    plain: no prime and no power stands between them.
    """
    inner = letter(base)
    text = inner.text if isinstance(inner, Name) else ""
    said = span_text(base.span) or text or "this name"
    if base in (NAME_OF_EULER, Name("\\pi")) or (key(base) in reader.alone and len(bracket.items) == 1):
        return None
    if not plain and text not in FUNCTION_LETTERS and key(base) not in reader.mapped:
        return None
    if not bracket.items:
        raise refuse_unapplied(base)
    first = bracket.items[0]
    if isinstance(base, Name) and base.text in STEPS:
        return _step(reader, base, bracket)
    if len(bracket.items) > 1:
        raise _several(said, bracket, base)
    if is_probability(base) and isinstance(first, Relation):
        raise _no_function(said, "is applied like a probability", base)
    mapped = reader.mapped.get(key(base))
    if mapped is False:
        raise _no_function(said, "is a function of more than a number", base)
    if (text in FUNCTION_LETTERS or mapped) and reader.strict:
        return _opaque(reader, base, said)
    if text in FUNCTION_LETTERS or could_be_name(first) or isinstance(first, Number):
        raise _no_function(said, "is applied like a function", base)
    if len(text) == 1 or text.startswith("\\"):
        message = f"nothing defines {said}, and {said} before a parenthesis is read as a factor"
        reader.note("read-as-product", message, base, f"define it, {_head(said)} = ..., if it is a function")
    return None


def _head(said: str) -> str:
    """The left side of a definition."""
    return f"{said}({'x' if said == 'a' else 'a'})"


def _no_function(said: str, how: str, base: Tree) -> NameFault:
    hint = f"define it, {_head(said)} = ..., or write a dot for a product"
    return NameFault("undefined-function", f"{said} {how} but nothing defines it", base.span, hint)


def _several(said: str, bracket: Bracket, base: Tree) -> NameFault:
    parameters = ", ".join("abcdefghijklmnopqrstuvwxyz"[: len(bracket.items)])
    message = f"{said} is applied to several arguments but nothing defines it"
    return NameFault("undefined-function", message, base.span, f"define it: {said}({parameters}) = ...")


def _opaque(reader: "Reader", base: Tree, said: str) -> Function:
    """The function that is only known by its letter. Raises NameFault where its name has a quantity of the text in it."""
    inner = letter(base)
    parts = [p for p in walk(base) if p is not inner and isinstance(p, Name) and (reader.knows(p) or p in reader.alone)]
    if parts and base != inner:
        names = " and ".join(span_text(part.span) or part.text for part in parts)
        raise NameFault(
            "undefined-function",
            f"{said} depends on {names}, but nothing defines how",
            base.span,
            f"define it: {said}(a) = ...",
        )
    message = (
        f"nothing defines {said}: it is read as a function of each entry of its argument, with the derivative {said}'; "
        "what needs it has a formula, but no number and no code"
    )
    reader.note("opaque-function", message, base, f"define it, {_head(said)} = ...; for a product write {said} \\cdot (...)")
    function = opaque(key(base))
    reader.functions[key(base)] = function
    return function


def _step(reader: "Reader", base: Tree, bracket: Bracket) -> Function:
    """The unit step. Raises NameFault where H may be the entropy as well."""
    said = span_text(base.span)
    (first, *more) = bracket.items
    if base == Name("H") and (more or (could_be_name(first) and (is_capital(first) or is_bold(first)))):
        what = span_text(first.span)
        hint = f"write step({what}) for the unit step, give the distribution of {what}, or define it: {said}(a) = ..."
        if isinstance(first, Name) and first.text in RANDOM:
            message = f"{said}({what}) is an entropy if {what} has a distribution, and nothing gives one"
            raise NameFault("no-distribution", message, base.span, hint)
        message = f"{said} can be an entropy or the unit step, and nothing defines it"
        raise NameFault("undefined-function", message, base.span, hint)
    if more:
        raise _several(said, bracket, base)
    if base == Name("H"):  # of a vector it is the entropy: ranks decide, and say it
        return reader.operation("unit_step")
    message = f"nothing defines {said}: it is read as the unit step, 1 where its argument is positive and 0 elsewhere"
    reader.note("letter-is-step", message, base, f"define {said}(a) = ... to say otherwise")
    return reader.operation("step")


def refuse_unapplied(item: Tree) -> SyntaxFault:
    """The error for a function that stands without its argument."""
    message = f"the function {span_text(item.span)} has no argument"
    return SyntaxFault("function-without-argument", message, item.span, "write its argument: f(x)")
