"""Tree -> Typst math, for labels and pages that are typeset on the spot."""

import json
from collections.abc import Callable, Sequence

from chainrule.syntax.symbols import GREEK
from chainrule.syntax.tree import Tree
from chainrule.typesetting.decimals import decimal_parts
from chainrule.typesetting.dialect import FUNCTIONS, Dialect, Rows, spelling
from chainrule.typesetting.precedence import Piece
from chainrule.typesetting.printer import typeset

# Greek letters are their own names, but for the two shapes that Typst names the other way round than TeX.
COMMANDS = {f"\\{name}": name for name in GREEK} | {
    "\\epsilon": "epsilon.alt", "\\varepsilon": "epsilon", "\\phi": "phi.alt", "\\varphi": "phi", "\\vartheta": "theta.alt",
    "\\varrho": "rho.alt", "\\varsigma": "sigma.alt", "\\varpi": "pi.alt", "\\ell": "ell", "\\infty": "infinity",
    "\\top": "top", "\\bot": "bot", "\\dagger": "dagger", "\\ddagger": "dagger.double", "\\star": "star.op", "\\prime": "prime",
    "\\forall": "forall", "\\exists": "exists", "\\emptyset": "emptyset", "\\imath": "dotless.i", "\\jmath": "dotless.j",
    "\\hbar": "planck", "\\Re": "Re", "\\Im": "Im", "\\aleph": "aleph",
}  # fmt: skip
ACCENTS = {
    "hat": "hat", "bar": "macron", "tilde": "tilde", "vec": "arrow", "dot": "dot", "ddot": "dot.double", "overline": "overline",
    "underline": "underline", "check": "caron", "breve": "breve", "acute": "acute", "grave": "grave", "mathring": "circle",
}  # fmt: skip
FONTS = {
    "mathbf": "upright(bold({}))", "mathcal": "cal({})", "mathbb": "bb({})", "mathfrak": "frak({})", "mathsf": "sans({})",
    "boldsymbol": "bold({})",
}  # fmt: skip
DELIMITERS = {
    "bmatrix": '"["', "pmatrix": '"("', "vmatrix": '"|"', "Vmatrix": '"‖"', "Bmatrix": '"{"',
    "matrix": "#none", "smallmatrix": "#none",
}  # fmt: skip


def typst(tree: Tree) -> str:
    """Typst math, without the dollar signs: `frac(1, 2) (y - hat(y))^(2)`. Raises what `typeset` raises."""
    return typeset(tree, TYPST)


def _name(text: str) -> str:
    """A letter as it is, a symbol by its Typst name, a word in quotes."""
    if text in ("*", "#"):
        return f"\\{text}"
    if text[0] == "\\":
        return spelling(COMMANDS, text, "Typst", "symbol")
    return text if len(text) == 1 else json.dumps(text, ensure_ascii=False)


def _function(text: str) -> str:
    if text in FUNCTIONS:
        return text
    return _name(text) if text[0] == "\\" or len(text) == 1 else f"op({_name(text)})"


def _number(text: str) -> tuple[str, bool]:
    mantissa, exponent, percent = decimal_parts(text)
    tail = "%" if percent else ""
    return (mantissa + tail, False) if exponent is None else (f"{mantissa} dot.op 10^({exponent}){tail}", True)


def _font(kind: str, body: str) -> str:
    return spelling(FONTS, kind, "Typst", "font").format(body)


def _script(base: str, mark: str, body: Piece) -> str:
    """Always in parentheses, which Typst does not show: what follows can never be drawn in."""
    return f"{base}^(dot.o {body.text})" if mark == ".^" else f"{base}{mark}({body.text})"


def _prime(base: str, count: int) -> str:
    """After a subscript a prime would belong to that."""
    return f"{base}^({' '.join(['prime'] * count)})" if base.endswith(")") else base + "'" * count


def _matrix(environment: str, rows: Rows) -> str:
    body = "; ".join(", ".join(row) for row in rows)
    return f"mat(delim: {spelling(DELIMITERS, environment, 'Typst', 'matrix')}, {body})"


def _big(operator: str, lower: str | None, upper: str | None) -> str:
    head = {"E": "bb(E)", "sum": "sum", "prod": "product"}.get(operator) or (
        operator if operator in FUNCTIONS else f"op({_name(operator)}, limits: #true)"
    )
    return head + (f"_({lower})" if lower is not None else "") + (f"^({upper})" if upper is not None else "")


def _cases(rows: Sequence[tuple[str, str | None]]) -> str:
    return "cases(" + ", ".join(f"{value} & {_condition(condition)}" for value, condition in rows) + ")"


def _condition(condition: str | None) -> str:
    return '"otherwise"' if condition is None else f'"if" {condition}'


def _between(left: str, right: str) -> Callable[[str], str]:
    return lambda inside: f"{left}{inside}{right}"


TYPST = Dialect(
    target="Typst",
    name=_name,
    function=_function,
    applied={("sqrt", 1): "sqrt({})", ("binom", 2): "binom({}, {})"},
    number=_number,
    accent=lambda kind, body: spelling(ACCENTS, kind, "Typst", "accent") + f"({body.text})",
    font=_font,
    script=_script,
    prime=_prime,
    group=_between("scripts(", ")"),
    fraction=lambda above, below: f"frac({above}, {below})",
    quotients={"/": " \\/ ", "./": " ⊘ "},
    brackets={
        "(": _between("(", ")"),
        "[": _between("[", "]"),
        "{": _between("{", "}"),
        "|": _between("lr(| ", " |)"),
        "||": _between("lr(‖ ", " ‖)"),
        "<": _between("lr(chevron.l ", " chevron.r)"),
    },
    singleton=_between("{", "}"),
    operators={
        "*": "dot.op", "\\cdot": "dot.op", "\\times": "times", "\\odot": "dot.o", "\\circ": "compose", "\\otimes": "times.o",
        "@": "dot.op", ".*": "dot.o", "=": "=", "\\approx": "approx", "\\in": "in", "\\notin": "in.not", "\\sim": "tilde.op",
        "<": "<", ">": ">", "\\le": "<=", "\\ge": ">=", "\\ne": "!=", "\\ll": "<<", "\\gg": ">>", "\\to": "->",
        "\\mapsto": "|->", "\\leftarrow": "<-", "\\mid": "divides", "|": "divides", "\\parallel": "parallel", "||": "parallel",
        "\\propto": "prop", "\\subset": "subset", "\\subseteq": "subset.eq",
        "\\succ": "succ", "\\succeq": "succ.eq", "\\prec": "prec",
        "\\preceq": "prec.eq", ":": ":", ",": ",", ";": ";",
    },
    letter_space=" ",
    dot="dot.op",
    indicator="bb(1)",
    indexes=False,
    matrix=_matrix,
    big=_big,
    cases=_cases,
    differential=lambda symbol, of, by: "partial " if symbol == "partial" else "d ",
    nabla="nabla",
    text=lambda text: json.dumps(text, ensure_ascii=False),
    dots="dots",
)  # fmt: skip
