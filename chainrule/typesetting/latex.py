"""Tree -> LaTeX that TeX and KaTeX set as it stands in books, and that our own parser reads back."""

import re
from collections.abc import Callable, Iterable, Sequence

from chainrule.errors import ChainruleError
from chainrule.syntax.symbols import ACCENTS, FONTS, PRODUCT_TEXTS, RELATION_TEXTS
from chainrule.syntax.tree import Tree
from chainrule.typesetting.decimals import decimal_parts
from chainrule.typesetting.dialect import FUNCTIONS, Dialect, Rows, spelling
from chainrule.typesetting.precedence import Piece
from chainrule.typesetting.printer import typeset

ENVIRONMENTS = frozenset(["bmatrix", "pmatrix", "vmatrix", "Vmatrix", "Bmatrix", "matrix", "smallmatrix"])
_TALL = re.compile(r"\\(?:frac|begin|sum|prod)(?![A-Za-z])")
_ONE_TOKEN = re.compile(r"[A-Za-z0-9*]|\\[A-Za-z]+")


def latex(tree: Tree) -> str:
    r"""LaTeX source, without delimiters: `\frac{1}{2} (y - \hat{y})^2`. Raises what `typeset` raises."""
    return typeset(tree, LATEX)


def _name(text: str) -> str:
    """A letter or a command as it is, a word as text."""
    return "\\#" if text == "#" else text if text[0] == "\\" or len(text) == 1 else f"\\text{{{_escaped(text)}}}"


def _function(text: str) -> str:
    if text in FUNCTIONS:
        return f"\\{text}"
    return text if text[0] == "\\" or len(text) == 1 else f"\\operatorname{{{_escaped(text)}}}"


def _escaped(word: str) -> str:
    return word.replace("_", "\\_").replace("&", "\\&")


def _number(text: str) -> tuple[str, bool]:
    mantissa, exponent, percent = decimal_parts(text)
    tail = "\\%" if percent else ""
    return (mantissa + tail, False) if exponent is None else (f"{mantissa} \\cdot 10^{{{exponent}}}{tail}", True)


def _accent(kind: str, body: Piece) -> str:
    spelling(ACCENTS, kind, "LaTeX", "accent")
    return f"\\{kind}{{{body.text}}}"


def _font(kind: str, body: str) -> str:
    spelling(FONTS, kind, "LaTeX", "font")
    return f"\\{kind}{{{body}}}"


def _script(base: str, mark: str, body: Piece) -> str:
    if mark == ".^":
        return f"{base}^{{\\odot {body.text}}}"
    return f"{base}{mark}{body.text}" if _ONE_TOKEN.fullmatch(body.text) else f"{base}{mark}{{{body.text}}}"


def _between(left: str, right: str) -> Callable[[str], str]:
    """Brackets, that grow where what is inside is tall."""
    space = " " if left[0] == "\\" and left[-1].isalpha() else ""

    def enclose(inside: str) -> str:
        if _TALL.search(inside):
            return f"\\left{left}{space}{inside}{space}\\right{right}"
        return f"{left}{space}{inside}{space}{right}"

    return enclose


def _matrix(environment: str, rows: Rows) -> str:
    if environment not in ENVIRONMENTS:
        raise ChainruleError("no-spelling", f"LaTeX has no spelling for the matrix {environment!r}")
    return _environment(environment, (" & ".join(row) for row in rows))


def _environment(name: str, rows: Iterable[str]) -> str:
    return f"\\begin{{{name}}} " + " \\\\ ".join(rows) + f" \\end{{{name}}}"


def _big(operator: str, lower: str | None, upper: str | None) -> str:
    command = {"E": "\\mathbb{E}", "sum": "\\sum", "prod": "\\prod"}.get(operator) or _function(operator)
    bounds = ("_", lower), ("^", upper)
    return command + "".join(f"{mark}{{{bound}}}" for mark, bound in bounds if bound is not None)


def _cases(rows: Sequence[tuple[str, str | None]]) -> str:
    return _environment("cases", (f"{value} & {_condition(condition)}" for value, condition in rows))


def _condition(condition: str | None) -> str:
    return "\\text{otherwise}" if condition is None else f"\\text{{if }} {condition}"


LATEX = Dialect(
    target="LaTeX",
    name=_name,
    function=_function,
    applied={("sqrt", 1): "\\sqrt{{{}}}", ("binom", 2): "\\binom{{{}}}{{{}}}"},
    number=_number,
    accent=_accent,
    font=_font,
    script=_script,
    prime=lambda base, count: base + "'" * count,
    group=lambda name: f"{{{name}}}",
    fraction=lambda above, below: f"\\frac{{{above}}}{{{below}}}",
    quotients={"/": " / ", "./": " \\oslash "},
    brackets={
        "(": _between("(", ")"),
        "[": _between("[", "]"),
        "{": _between("\\{", "\\}"),
        "|": _between("\\lvert", "\\rvert"),
        "||": _between("\\lVert", "\\rVert"),
        "<": _between("\\langle", "\\rangle"),
    },
    singleton=_between("\\{", "\\}"),
    operators={text: text for text in (*PRODUCT_TEXTS, *RELATION_TEXTS, ",", ";", "|", "\\mid", "\\parallel")}
    | {"*": "\\cdot", "@": "\\cdot", ".*": "\\odot", "|": "\\mid", "||": "\\parallel"},
    letter_space="",
    dot="\\cdot",
    indicator="\\mathbb{1}",
    indexes=False,
    matrix=_matrix,
    big=_big,
    cases=_cases,
    differential=lambda symbol, of, by: "\\partial " if symbol == "partial" else "d ",
    nabla="\\nabla",
    text=lambda text: f"\\text{{{text}}}",
    dots="\\ldots",
)
