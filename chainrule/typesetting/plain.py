"""Tree -> plain text that people type and read, and that our own parser reads back: `x z sigma'(p)`, `(a + b)/c`, `W_1^T`."""

import re
import unicodedata
from collections.abc import Sequence

from chainrule.errors import ChainruleError
from chainrule.syntax.tree import Tree
from chainrule.typesetting.decimals import decimal_parts
from chainrule.typesetting.dialect import Dialect, Rows
from chainrule.typesetting.printer import typeset

_NAME = re.compile(r"[^\W_]+")
_FONT_NAMES = {
    "mathbf": "MATHEMATICAL BOLD",
    "mathcal": "MATHEMATICAL SCRIPT",
    "mathbb": "MATHEMATICAL DOUBLE-STRUCK",
    "mathfrak": "MATHEMATICAL FRAKTUR",
    "mathsf": "MATHEMATICAL SANS-SERIF",
    "boldsymbol": "MATHEMATICAL BOLD ITALIC",
}
# Characters that Unicode has under names of their own, and words that are written with a sign.
_OLDER_LETTERS = {
    "MATHEMATICAL SCRIPT": "SCRIPT",
    "MATHEMATICAL DOUBLE-STRUCK": "DOUBLE-STRUCK",
    "MATHEMATICAL FRAKTUR": "BLACK-LETTER",
}
_SIGNS = {"\\infty": "∞", "\\ell": "ℓ", "\\top": "T", "\\bot": "⊥", "\\dagger": "†", "\\ddagger": "‡", "\\star": "⋆", "\\prime": "'",
          "\\emptyset": "∅", "\\forall": "∀", "\\exists": "∃", "\\hbar": "ℏ", "\\imath": "ı", "\\jmath": "ȷ"}  # fmt: skip


def plain(tree: Tree) -> str:
    """Plain text on one line. Raises what `typeset` raises."""
    return typeset(tree, PLAIN)


def _name(text: str) -> str:
    return _SIGNS.get(text, text.removeprefix("\\"))


def _number(text: str) -> tuple[str, bool]:
    mantissa, exponent, percent = decimal_parts(text)
    return mantissa + (f"e{exponent}" if exponent is not None else "") + ("%" if percent else ""), False


def _accent(kind: str, body: str) -> str:
    """`y_hat` over one letter or word, else like a function."""
    return f"{body}_{kind}" if _NAME.fullmatch(body) else f"{kind}({body})"


def _font(kind: str, body: str) -> str:
    """The mathematical letter of Unicode, one for each letter."""
    if kind not in _FONT_NAMES:
        raise ChainruleError("no-spelling", f"plain text has no spelling for the font {kind!r}")
    return "".join(_letter(_FONT_NAMES[kind], character) for character in body)


def _letter(font: str, character: str) -> str:
    name = unicodedata.name(character, "").replace("LATIN ", "").replace("GREEK ", "").replace(" LETTER ", " ")
    older = name.replace("SMALL", _OLDER_LETTERS.get(font, font)).replace(
        "CAPITAL", _OLDER_LETTERS.get(font, font) + " CAPITAL"
    )
    for candidate in (f"{font} {name}", older):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    raise ChainruleError("no-spelling", f"plain text has no spelling for {character!r} in this font")


def _script(base: str, mark: str, body: str, *, parted: bool) -> str:
    if parted or _NAME.fullmatch(body) or (len(body) == 1 and mark == "^"):
        return f"{base}{mark}{body}"
    return f"{base}_{{{body}}}" if mark == "_" else f"{base}^({body})"


def _matrix(environment: str, rows: Rows) -> str:
    """`[1, 2; 3, 4]`; one row is `[[1, 2]]`, since `[1, 2]` is a vector."""
    body = "; ".join(", ".join(row) for row in rows)
    text = f"[[{body}]]" if len(rows) == 1 else f"[{body}]"
    return {"vmatrix": f"|{text}|", "Vmatrix": f"||{text}||"}.get(environment, text)


def _big(operator: str, lower: str | None, upper: str | None) -> str:
    return operator + (f"_{{{lower}}}" if lower is not None else "") + (f"^{{{upper}}}" if upper is not None else "")


def _cases(rows: Sequence[tuple[str, str | None]]) -> str:
    return (
        "{" + "; ".join(f"{value} {'otherwise' if condition is None else f'if {condition}'}" for value, condition in rows) + "}"
    )


PLAIN = Dialect(
    target="plain text",
    name=_name,
    function=_name,
    applied={},
    number=_number,
    accent=_accent,
    font=_font,
    script=_script,
    group=None,
    fraction=None,
    quotients={"/": "/", "./": " ./ "},
    brackets={
        "(": lambda inside: f"({inside})",
        "[": lambda inside: f"[{inside}]",
        "{": lambda inside: f"{{{inside}}}",
        "|": lambda inside: f"|{inside}|",
        "||": lambda inside: f"||{inside}||",
        "<": lambda inside: f"⟨{inside}⟩",
    },
    operators={
        "*": "*", "\\cdot": "*", "\\times": "×", "\\odot": ".*", "\\circ": "∘", "\\otimes": "⊗", "@": "@", ".*": ".*",
        "=": "=", "\\approx": "≈", "\\in": "in", "\\notin": "∉", "\\sim": "~", "<": "<", ">": ">", "\\le": "<=", "\\ge": ">=",
        "\\ne": "!=", "\\ll": "≪", "\\gg": "≫", "\\to": "->", "\\mapsto": "↦", "\\leftarrow": "←", "\\mid": "∣", "|": "|",
        "\\parallel": "||", "||": "||", "\\propto": "∝", "\\subset": "⊂", "\\subseteq": "⊆", "\\succ": "≻", "\\succeq": "⪰",
        "\\prec": "≺", "\\preceq": "⪯", ":": ":", ",": ",", ";": ";",
    },
    dot="*",
    matrix=_matrix,
    big=_big,
    cases=_cases,
    differentials={"partial": "d", "d": "d", "nabla": "nabla"},
    text=lambda text: f"\\text{{{text}}}",
    dots="...",
)  # fmt: skip
