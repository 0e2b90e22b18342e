"""Tree -> plain text that people type and read, and that our own parser reads back: `x z sigma'(p)`, `(a + b)/c`, `W_1^T`."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress

from chainrule.syntax.symbols import GREEK, UNICODE_GREEK
from chainrule.syntax.tree import Tree
from chainrule.typesetting.decimals import decimal_parts
from chainrule.typesetting.dialect import Dialect, Rows, spelling
from chainrule.typesetting.precedence import Level, Piece
from chainrule.typesetting.printer import typeset

_VARIABLE = re.compile(r"[^\W\d_]\w*")
_LABEL = re.compile(r"[\d_]")
_NAME = re.compile(r"[^\W_]+")
# How Unicode names the letters of a font; some were there before the block of mathematical letters.
_FONTS = {
    "mathbf": ["MATHEMATICAL BOLD"],
    "mathcal": ["MATHEMATICAL SCRIPT", "SCRIPT"],
    "mathbb": ["MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"],
    "mathfrak": ["MATHEMATICAL FRAKTUR", "BLACK-LETTER"],
    "mathsf": ["MATHEMATICAL SANS-SERIF"],
    "boldsymbol": ["MATHEMATICAL BOLD ITALIC"],
}
_GREEK = {name: character for character, name in UNICODE_GREEK.items()}
_SIGNS = {
    "\\infty": "∞", "\\ell": "ℓ", "\\top": "T", "\\bot": "⊥", "\\dagger": "†", "\\ddagger": "‡", "\\star": "⋆",
    "\\emptyset": "∅", "\\forall": "∀", "\\exists": "∃", "\\hbar": "ℏ", "\\imath": "ı", "\\jmath": "ȷ",
}  # fmt: skip


def plain(tree: Tree) -> str:
    """Plain text on one line. Raises what `typeset` raises."""
    return typeset(tree, PLAIN)


def _name(text: str) -> str:
    r"""A letter, a word, a Greek letter by its name; what would be read as something else is `\text{..}`."""
    if text[0] == "\\":
        return _SIGNS.get(text) or (text[1:] if text[1:] in GREEK else text)
    is_word = len(text) == 1 or (_NAME.fullmatch(text) and text not in GREEK and text != "in")
    return text if is_word else f"\\text{{{text}}}"


def _function(text: str) -> str:
    return text.removeprefix("\\")


def _number(text: str) -> tuple[str, bool]:
    mantissa, exponent, percent = decimal_parts(text)
    return mantissa + (f"e{exponent}" if exponent is not None else "") + ("%" if percent else ""), False


def _accent(kind: str, body: Piece) -> str:
    """`y_hat`, and `x_i_hat` over both, `(x + y)_hat`."""
    return f"{body.text}_{kind}" if body.level >= Level.NAME else f"({body.text})_{kind}"


def _font(kind: str, body: str) -> str:
    r"""The mathematical letter of Unicode if there is one, else the command: `𝐱`, `\mathbf{W x}`."""
    letter = _GREEK.get(body, body)
    if len(letter) == 1:
        name = unicodedata.name(letter, "").removeprefix("LATIN ").removeprefix("GREEK ").replace(" LETTER", "")
        for style in spelling(_FONTS, kind, "plain text", "font"):
            with suppress(KeyError):
                return unicodedata.lookup(f"{style} {name}")
    return f"\\{kind}{{{body}}}"


def _script(base: str, mark: str, body: Piece) -> str:
    """`x_i`, `x_{i,j}`, `x^2`, `x^(a + b)`; what stands in parentheses already gets no others."""
    bare = len(body.text) == 1 or _NAME.fullmatch(body.text)
    if mark == "_":
        return f"{base}_{body.text}" if bare else f"{base}_{{{body.text}}}"
    bare = bare or (body.level == Level.ATOM and body.text.startswith("("))
    if body.text in ("+", "-"):
        return f"{base}{mark}{{{body.text}}}"
    return f"{base}{mark}{body.text}" if bare else f"{base}{mark}({body.text})"


def _differential(symbol: str, of: str, by: Sequence[str]) -> str:
    """`d` where `dr/dm` will be read as a derivative and not as a quotient of names, else `∂`."""
    simple = len(by) == 1 and all(_VARIABLE.fullmatch(text) for text in (of or "f", *by))
    short = any(len(_LABEL.split(text)[0]) == 1 or text in _GREEK for text in by)
    return "d" if simple and short else "∂"


def _between_bars(bar: str) -> Callable[[str], str]:
    """Bars inside bars go into parentheses, as nobody can tell which way a bar faces."""

    def enclose(inside: str) -> str:
        return f"{bar}({inside}){bar}" if "|" in inside and not _is_enclosed(inside) else f"{bar}{inside}{bar}"

    return enclose


def _is_enclosed(text: str) -> bool:
    """Is all of it in one pair of parentheses?"""
    depth = 0
    for i, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return i == len(text) - 1 and i > 0
    return False


def _matrix(environment: str, rows: Rows) -> str:
    """`[1, 2; 3, 4]`; one row is `[[1, 2]]`, since `[1, 2]` is a vector."""
    body = "; ".join(", ".join(row) for row in rows)
    text = f"[[{body}]]" if len(rows) == 1 else f"[{body}]"
    return {"vmatrix": f"|{text}|", "Vmatrix": f"||{text}||"}.get(environment, text)


def _big(operator: str, lower: str | None, upper: str | None) -> str:
    head = {"E": "𝔼"}.get(operator, operator)
    return head + (f"_{{{lower}}}" if lower is not None else "") + (f"^{{{upper}}}" if upper is not None else "")


def _cases(rows: Sequence[tuple[str, str | None]]) -> str:
    """The environment of LaTeX, with plain text in it."""
    printed = [f"{value} & {'otherwise' if condition is None else f'if {condition}'}" for value, condition in rows]
    return "\\begin{cases} " + " \\\\ ".join(printed) + " \\end{cases}"


PLAIN = Dialect(
    target="plain text",
    name=_name,
    function=_function,
    applied={},
    number=_number,
    accent=_accent,
    font=_font,
    script=_script,
    prime=lambda base, count: base + "'" * count,
    group=lambda name: f"({name})",
    fraction=None,
    quotients={"/": "/", "./": " ./ "},
    brackets={
        "(": lambda inside: f"({inside})",
        "[": lambda inside: f"[{inside}]",
        "{": lambda inside: f"{{{inside}}}",
        "|": _between_bars("|"),
        "||": _between_bars("||"),
        "<": lambda inside: f"⟨{inside}⟩",
    },
    singleton=lambda inside: f"\\{{{inside}\\}}",
    operators={
        "*": "*", "\\cdot": "*", "\\times": "×", "\\odot": ".*", "\\circ": "∘", "\\otimes": "⊗", "@": "@", ".*": ".*",
        "=": "=", "\\approx": "≈", "\\in": "in", "\\notin": "∉", "\\sim": "~", "<": "<", ">": ">", "\\le": "<=", "\\ge": ">=",
        "\\ne": "!=", "\\ll": "≪", "\\gg": "≫", "\\to": "->", "\\mapsto": "↦", "\\leftarrow": "←", "\\mid": "∣", "|": "|",
        "\\parallel": "||", "||": "||", "\\propto": "∝", "\\subset": "⊂", "\\subseteq": "⊆", "\\succ": "≻", "\\succeq": "⪰",
        "\\prec": "≺", "\\preceq": "⪯", ":": ":", ",": ",", ";": ";",
    },
    letter_space="",
    dot="*",
    indicator="1",
    indexes=True,
    matrix=_matrix,
    big=_big,
    cases=_cases,
    differential=_differential,
    nabla="∇",
    text=lambda text: f"\\text{{{text}}}",
    dots="...",
)  # fmt: skip
