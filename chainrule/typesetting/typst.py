"""Tree -> Typst math, for labels and pages that are typeset on the spot."""

import json

from chainrule.syntax.tree import Tree
from chainrule.typesetting.decimals import decimal_parts
from chainrule.typesetting.dialect import Dialect
from chainrule.typesetting.plain import apart
from chainrule.typesetting.precedence import Piece
from chainrule.typesetting.printer import typeset
from chainrule.typesetting.spellings import FUNCTIONS, LETTERS, spelling


def typst(tree: Tree) -> str:
    """Typst math, without the dollar signs: `frac(1, 2) (y - hat(y))^(2)`. Raises what `typeset` raises."""
    return typeset(tree, TYPST)


def _name(text: str) -> str:
    """A letter as it is, a symbol by its Typst name, a word in quotes."""
    if text[0] == "\\" or text in LETTERS:
        return spelling(LETTERS, text, "Typst", "symbol")
    return text if len(text) == 1 else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _function(text: str) -> str:
    if text in FUNCTIONS:
        return text
    return _name(text) if text[0] == "\\" or len(text) == 1 else f"op({_name(text)})"


def _number(text: str) -> tuple[str, bool]:
    mantissa, exponent, percent = decimal_parts(text)
    tail = "%" if percent else ""
    return (mantissa + tail, False) if exponent is None else (f"{mantissa} dot.op 10^({exponent}){tail}", True)


def _script(base: str, mark: str, body: Piece) -> str:
    """Always in parentheses, which Typst does not show: what follows can never be drawn in."""
    return f"{base}^(dot.o {body.text})" if mark == ".^" else f"{base}{mark}({body.text})"


def _prime(base: str, count: int) -> str:
    """After a subscript a prime would belong to that."""
    return f"{base}^({' '.join(['prime'] * count)})" if base.endswith(")") else base + "'" * count


def _enclosed(left: str, inside: str, right: str) -> str:
    """The bars and angles are set by `lr(..)`, which needs spaces."""
    return f"{left} {inside} {right}" if left.startswith("lr(") else f"{left}{inside}{right}"


TYPST = Dialect(
    target="Typst",
    name=_name,
    function=_function,
    operator=lambda text: text if text in FUNCTIONS else f"op({_name(text)}, limits: #true)",
    number=_number,
    accented=lambda function, body: f"{function}({body.text})",
    lettered=lambda kind, template, body: template.format(body),
    script=_script,
    bound=lambda mark, text: f"{mark}({text})",
    prime=_prime,
    enclosed=_enclosed,
    table=lambda delimiter, rows, count: f"mat(delim: {delimiter}, {rows})",
    differential=lambda symbol, of, by: "partial " if symbol == "partial" else "d ",
    text=_quoted,
    stacks=True,
    linear=False,
    letters=apart,
)
