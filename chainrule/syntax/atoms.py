r"""The small atoms: numbers, names, accents, fonts, dots, roots, fractions."""

import re
from collections.abc import Callable
from fractions import Fraction

from chainrule.source import Span
from chainrule.syntax.arguments import argument
from chainrule.syntax.brackets import items_until, open_partner
from chainrule.syntax.messages import spelled, stray, unreadable
from chainrule.syntax.reader import Reader
from chainrule.syntax.symbols import ACCENT_COMMANDS, FONT_COMMANDS
from chainrule.syntax.tokens import Token
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Call,
    Dots,
    Font,
    Name,
    Number,
    Prime,
    Quotient,
    Subscript,
    Superscript,
    Tree,
)

_NUMBER = re.compile(r"([\d.,_{}\\]*?)(?:(?:[eE]|\\mathrm\{e\})\{?([+-]?\d+)\}?)?((?:\s|\\[,;:! ])*\\?%)?")
MOST_DIGITS = 400  # of a number and of a power of ten: more than any formula needs, little enough to be computed with


def read_number(reader: Reader, token: Token) -> Tree:
    r"""Exact: `0.5` is 1/2, `1{,}000` and `1\,000` are 1000, `1{,}5` is 3/2, `50\%` is 1/2, `1e-3` is 1/1000."""
    if token.text.isdigit() and len(token.text) < 16 and reader.token.text != "[":
        return Number(Fraction(int(token.text)), token.text, span=reader.over(token))
    parts = _NUMBER.fullmatch(token.text)
    if parts is None:
        raise AssertionError(f"the tokenizer made {token.text} a number")
    digits, power, percent = _without_groups(parts[1]), parts[2] or "0", parts[3]
    span = reader.over(token)
    if digits.count(".") > 1:
        reader.fail("malformed-number", f"{span.text} has two decimal points", span, "write one number, or a comma between two")
    if len(digits) > MOST_DIGITS or len(power) > 6 or abs(int(power)) > MOST_DIGITS:
        message = f"the number has more than {MOST_DIGITS} digits"
        reader.fail("number-too-large", message, span, "give it a name, or work with its logarithm")
    whole, _, decimals = digits.partition(".")
    value = Fraction(int(whole + decimals or "0"), 10 ** len(decimals)) if decimals else Fraction(int(whole))
    if parts[2] and not reader.plain:
        reader.warn("ambiguous-number", f"{token.text} was read as one number", span, f"write {parts[1]} \\cdot 10^{{{power}}}")
    value *= Fraction(10) ** int(power) if parts[2] else 1
    number = Number(value / 100 if percent else value, token.text, span=span)
    is_indicator = reader.plain and span.text == "1" and reader.token.text == "[" and not reader.token.spaced
    if is_indicator and not reader.in_script:
        return Font("mathbb", number, span=span)  # the indicator 1[n > 0]
    return number


def _without_groups(digits: str) -> str:
    """Digits without the marks between groups of three; `{,}` before other groups, or after a lone 0, is a decimal point."""
    grouped = re.fullmatch(r"[1-9]\d{0,2}(?:(?:\{,\}|\\,|,)\d{3})+(?:\.\d+)?", digits)
    return re.sub(r"[,_{}\\]", "", digits if grouped else digits.replace("{,}", "."))


def read_name(reader: Reader, token: Token) -> Tree:
    raised = reader.index > 1 and reader.tokens[reader.index - 2].text == "^"
    if token.text == "\\star" and not reader.in_script and not raised:
        message = f"{spelled(reader.source, token)} is not read as an operator"
        reader.fail("unsupported-notation", message, reader.over(token), "write \\odot, \\cdot or the operation by name")
    return Name(token.text, span=reader.over(token))


def read_prose(reader: Reader, token: Token) -> Tree:
    """Text in a script, left of an equals sign, or that fills a place of a list or a table is a name, as a label is.

    Else it is refused, as it may change what the formula means.
    """
    if reader.in_script or (reader.index == 1 and reader.token.text == "=") or _fills_place(reader):
        return Name(token.text, span=reader.over(token))
    raise stray(reader.source, token)


def _fills_place(reader: Reader) -> bool:
    """Whether nothing but the text just stepped over stands between two marks of a list or a table."""
    before, after = reader.tokens[reader.index - 2], reader.token
    opened = reader.index > 1 and (before.text in ("\\{", "(", ",", "&", "\\\\") or before.kind == "begin")
    return opened and (after.text in (":", ")", "\\}", ",", "&", "\\\\") or after.kind == "end")


def read_fault(reader: Reader, token: Token) -> Tree:
    raise unreadable(reader.source, token, reader.vocabulary)


def read_dots(reader: Reader, token: Token) -> Tree:
    return Dots(span=reader.over(token))


def read_accent(reader: Reader, token: Token) -> Tree:
    kind, body = ACCENT_COMMANDS[token.text], argument(reader, token)
    return _marked(body, lambda tree, span: Accent(kind, tree, span=span), reader.since(token.start))


def read_font(reader: Reader, token: Token) -> Tree:
    kind, body = FONT_COMMANDS[token.text], argument(reader, token)
    return _marked(body, lambda tree, span: Font(kind, tree, span=span), reader.since(token.start))


def _marked(body: Tree, mark: Callable[[Tree, Span], Tree], span: Span) -> Tree:
    r"""The mark on the letter itself: `\hat{y_i}` is `\hat{y}_i`, `\mathbf{\hat{y}}` is `\hat{\mathbf{y}}`."""
    match body:
        case Subscript(base=base, items=items):
            return Subscript(_marked(base, mark, span), items, span=span)
        case Prime(base=base, count=count):
            return Prime(_marked(base, mark, span), count, span=span)
        case Superscript(base=base, exponent=Bracket() | Name() as exponent):
            return Superscript(_marked(base, mark, span), exponent, body.operator, span=span)
        case Accent(kind=kind, body=inner) if isinstance(mark(inner, span), Font):
            return Accent(kind, mark(inner, span), span=span)
        case _:
            return mark(body, span)


def read_bold_switch(reader: Reader, token: Token) -> Tree:
    r"""`{\bf x}`: the braces belong to it, as the switch works up to their end."""
    before = reader.tokens[reader.index - 2] if reader.index > 1 else token
    body = argument(reader, token)
    if before.text == "{" and reader.token.text == "}":
        return Font("mathbf", body, span=Span(reader.source, before.start, reader.token.end))
    return Font("mathbf", body, span=reader.since(token.start))


def read_wrapped(reader: Reader, token: Token) -> Tree:
    r"""`\boxed{x}`: what is in it."""
    return argument(reader, token)


def read_braced_note(reader: Reader, token: Token) -> Tree:
    r"""`\underbrace{W x + b}_{z}`: the note under the brace says nothing."""
    body = argument(reader, token)
    if reader.token.text in ("_", "^"):
        script = reader.advance()
        if reader.token.kind == "stop":
            reader.fail("missing-operand", "the note at the brace is missing", reader.over(script))
        note = reader.advance()
        if note.text == "{":
            reader.jump(open_partner(reader, note) + 1)
    return body


def read_fraction(reader: Reader, token: Token) -> Tree:
    r"""`\frac{a}{b}`, `\frac12`."""
    numerator = argument(reader, token, digit=True)
    denominator = argument(reader, token, digit=True)
    return Quotient(numerator, denominator, span=reader.since(token.start))


def read_binomial(reader: Reader, token: Token) -> Tree:
    arguments = (argument(reader, token, digit=True), argument(reader, token, digit=True))
    return Call(Name("binom"), arguments, span=reader.since(token.start))


def read_root(reader: Reader, token: Token) -> Tree:
    r"""`\sqrt{x}`; `\sqrt[3]{x}` is x^{1/3}."""
    if reader.token.text != "[" or reader.plain:
        opened = reader.token.text
        body = argument(reader, token)
        items = body.items if opened == "(" and isinstance(body, Bracket) and len(body.items) == 1 else (body,)
        return Call(Name("sqrt"), items, span=reader.since(token.start))
    bracket = reader.advance()
    open_partner(reader, bracket)
    degree, _ = items_until(reader, "]")
    if len(degree) != 1:
        reader.fail("missing-argument", "the degree of the root is one expression", reader.over(bracket))
    power = Quotient(Number(Fraction(1)), degree[0], span=degree[0].span)
    return Superscript(argument(reader, token), power, span=reader.since(token.start))
