"""Tree -> LaTeX that TeX and KaTeX set as it stands in books, and that our own parser reads back."""

import re

from chainrule.syntax.tree import Tree
from chainrule.typesetting.decimals import decimal_parts
from chainrule.typesetting.dialect import Dialect
from chainrule.typesetting.precedence import Piece
from chainrule.typesetting.printer import typeset
from chainrule.typesetting.spellings import FUNCTIONS, LETTERS

_TALL = re.compile(r"\\(?:frac|begin|sum|prod)(?![A-Za-z])")
_ONE_TOKEN = re.compile(r"[A-Za-z0-9*]|\\[A-Za-z]+")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[^A-Za-z\s])")
# What TeX takes for a sign of its own; what is not in the table is a letter to it.
_SPECIAL = str.maketrans(
    {character: f"\\{character}" for character in "_&$#%{}"}
    | {"^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "\\": "\\textbackslash{}"}
)


def latex(tree: Tree) -> str:
    r"""LaTeX source, without delimiters: `\frac{1}{2} (y - \hat{y})^2`. Raises what `typeset` raises."""
    return typeset(tree, LATEX)


def _name(text: str) -> str:
    """A letter or a command as it is, a word as text."""
    if text in LETTERS:
        return LETTERS[text].latex
    return text if _is_symbol(text) else _text(text)


def _function(text: str) -> str:
    if text in FUNCTIONS:
        return f"\\{text}"
    return text if _is_symbol(text) else f"\\operatorname{{{text.translate(_SPECIAL)}}}"


def _is_symbol(text: str) -> bool:
    """A command, or one character that stands for itself."""
    return bool(_COMMAND.fullmatch(text)) or (len(text) == 1 and ord(text) not in _SPECIAL)


def _text(text: str) -> str:
    """Words, set as they are whatever characters they have."""
    return f"\\text{{{text.translate(_SPECIAL)}}}"


def _number(text: str) -> tuple[str, bool]:
    mantissa, exponent, percent = decimal_parts(text)
    tail = "\\%" if percent else ""
    return (mantissa + tail, False) if exponent is None else (f"{mantissa} \\cdot 10^{{{exponent}}}{tail}", True)


def _script(base: str, mark: str, body: Piece) -> str:
    if mark == ".^":
        return f"{base}^{{\\odot {body.text}}}"
    return f"{base}{mark}{body.text}" if _ONE_TOKEN.fullmatch(body.text) else f"{base}{mark}{{{body.text}}}"


def _enclosed(left: str, inside: str, right: str) -> str:
    """Brackets, that grow where what is inside is tall."""
    space = " " if left[0] == "\\" and left[-1].isalpha() else ""
    if _TALL.search(inside):
        return f"\\left{left}{space}{inside}{space}\\right{right}"
    return f"{left}{space}{inside}{space}{right}"


LATEX = Dialect(
    target="LaTeX",
    name=_name,
    function=_function,
    operator=_function,
    number=_number,
    accented=lambda command, body: f"{command}{{{body.text}}}",
    lettered=lambda kind, template, body: template.format(body),
    script=_script,
    bound=lambda mark, text: f"{mark}{{{text}}}",
    prime=lambda base, count: base + "'" * count,
    enclosed=_enclosed,
    table=lambda frame, rows, count: f"\\begin{{{frame}}} {rows} \\end{{{frame}}}",
    differential=lambda symbol, of, by: "\\partial " if symbol == "partial" else "d ",
    text=_text,
    stacks=True,
    linear=False,
    letters=lambda run: run,
)
