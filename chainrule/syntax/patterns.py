"""The regular expressions of the tokenizer, one row a kind of token, tried in order."""

import re

from chainrule.syntax.symbols import IGNORED_WITH_ARGUMENT
from chainrule.syntax.tokens import Notation

_COMMON = (
    ("space", r"[ \t\r\f\v\u00a0\u2009\u200a\u2002-\u2008\u202f\u205f\u3000\u200b\u2061-\u2064\ufeff]+"),
    ("ignored", rf"\\(?:{IGNORED_WITH_ARGUMENT})[ ]*\{{[^{{}}]*\}}"),
    ("roman_switch", r"\{\s*\\rm(?![A-Za-z])\s*([A-Za-z]+)\s*\}"),
    ("text", r"\\(?:text|textrm|textnormal|textit|textup|mbox|hbox|mathrm|mathit|mathop|operatorname)\*?\s*\{[^{}]*\}"),
    ("roman_letter", r"\\(?:mathrm|rm)\s+[A-Za-z](?![A-Za-z])"),
    ("defined", r"\\(?:stackrel|overset)\s*\{[^{}]*(?:\{[^{}]*\})?[^{}]*\}\s*(?:\{\s*:?=\s*\}|=)"),
    (
        "begin",
        r"\\begin\s*\{(?:array\}(?:\s*\[[tbc]\])?\s*(?:\{[^{}]*\})?|"
        r"(?:alignat|alignedat)\*?\}\s*(?:\{\d+\})?|[A-Za-z]+\*?\}(?:\s*\[[tbc]\])?)",
    ),
    ("end", r"\\end\s*\{[A-Za-z]+\*?\}"),
    ("row", r"\\\\(?:\*|\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu)\s*\])?"),
    ("delimiter", r"\\(?:left|right|mleft|mright|middle|[bB]ig{1,2}[lrm]?)(?![a-zA-Z])\s*(?:\\[a-zA-Z]+|\\.|\S)"),
    ("command", r"\\(?:[A-Za-z]+|[^A-Za-z])"),
    ("accented", r"[^\W\d_][\u0300-\u036f\u20d0-\u20ff]+"),
    ("prime", r"(?:['′’]|[″‴])+"),
    ("superscript", r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵁⱽᵂ]+"),
    ("subscript", r"[₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ]+"),
)
_LATEX = (
    ("space", r"[\n~]+"),
    ("comment", r"(?<!\d)%[^\n]*"),
    (
        "number",
        r"(?:\d{1,3}(?:(?:\{,\}|\\,)\d{3})+(?!\d)(?:\.\d+)?|\d+\.\d+|(?<![\w)\]}])\.\d+|\d+\.(?![.*/^\dA-Za-z\\])|\d+)"
        r"(?:[eE][+-]?\d+(?![A-Za-z]))?(?:\s*\\%)?",
    ),
    ("letters", r"[A-Za-z]+"),
    ("symbol", r":=|\|\||\.\.\.?|<=|>=|!=|==|->|\*\*|."),
)  # fmt: skip
_PLAIN = (
    ("row", r"\n"),
    ("label", r"(?<=_)[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*"),
    ("number", r"(?:\d+\.\d+|(?<![\w)\]}])\.\d+|\d+\.(?![.*/^\dA-Za-z\\'])|\d+)(?:[eE][+-]?\d+(?![A-Za-z]))?(?:[ ]?\\?%)?"),
    ("module", r"(?<![\w.])(?:np|numpy|jnp|torch|math|tf|nn|F|scipy|special|linalg|functional|jax|lax)\.(?=[A-Za-z])"),
    ("transpose", r"(?<=[\w)\]}'])\.T(?!\w)"),
    ("word", r"[A-Za-z][A-Za-z0-9]*"),
    ("symbol", r":=|\|\||\.\.\.?|<=|>=|!=|==|->|\*\*|\.\*|\./|\.\^|."),
)


def _compile(rows: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    seen: dict[str, int] = {}
    parts: list[str] = []
    for name, pattern in rows:
        seen[name] = seen.get(name, 0) + 1
        parts.append(f"(?P<{name}{'' if seen[name] == 1 else seen[name]}>{pattern})")
    return re.compile("|".join(parts), re.DOTALL)


PATTERNS: dict[Notation, re.Pattern[str]] = {"latex": _compile((*_COMMON, *_LATEX)), "plain": _compile((*_COMMON, *_PLAIN))}

# d(numerator)/d(variable) in plain text: `dL/dw`, `d/dx`, `d^2f/dx^2`, `dL(w)/dw`.
PLAIN_DERIVATIVE = re.compile(
    r"d(?:(?:\^|\*\*)\d+|[²³])?\s*(?P<of>[^\W\d_]\w*)?(?:\([^()]*\))?\s*/\s*(?P<d>d)(?P<by>[^\W\d_]\w*)"
)
