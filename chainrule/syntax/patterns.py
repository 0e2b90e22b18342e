"""The regular expressions of the tokenizer, one row a kind of token, tried in order."""

import re

from chainrule.syntax.symbols import IGNORED_WITH_ARGUMENT, SUBSCRIPTS, SUPERSCRIPTS, UNITS
from chainrule.syntax.tokens import Notation

_ACCENTS = "\u0300-\u036f\u20d0-\u20ff"  # combining characters

# `0.5`, `.5` not after a name, `1.` not before an elementwise operator or a name, `1`; then the exponent of `1e-3`.
_DECIMAL = r"[0-9]+\.[0-9]+|(?<![\w)\]}])\.[0-9]+|[0-9]+\.(?=[ ]*[,;&)\]}]|[ ]+[-+*/^=@#]|[-+=])|[0-9]+"
_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})*,0[0-9]{2}(?:,[0-9]{3})*(?![0-9])(?:\.[0-9]+)?"  # no list has an entry such as 000
_POWER = r"(?:[eE][+-]?[0-9]+)?"
_PROGRAM_NUMBER = r"(?<![\w.])0[xXbBoO][0-9]\w*"  # of a program: `0x10`
_POWER_IN_BRACES = r"(?:(?:[eE]|\\mathrm\{e\})\{[+-]?[0-9]+\})?"

_FIRST = (
    ("space", r"[ \t\r\f\v\u00a0\u2009\u200a\u2002-\u2008\u202f\u205f\u3000\u200b\u2061-\u2064\ufeff]+"),
    ("symbol", r"[}()\[\],_&]|\+(?!=)|\{(?!\s*\\rm)"),
)
_LATEX = (
    ("space", r"\n+"),
    ("program_number", _PROGRAM_NUMBER),
    ("width", r"~"),
    ("letters", rf"[A-Za-z]+(?![{_ACCENTS}])"),
    (
        "number",
        (
            rf"(?:[0-9]{{1,3}}(?:(?:\{{,\}}|\\,)[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?|[0-9]+\{{,\}}[0-9]+|{_GROUPED}|{_DECIMAL})"
            rf"(?:{_POWER_IN_BRACES}{_POWER})(?:(?:\s|\\[,;:! ])*\\%)?"
        ),
    ),
    ("comment", r"(?<![0-9])%[^\n]*"),
    ("quoted", r"[\"“][A-Za-z][\w -]*[\"”]|``[A-Za-z][\w -]*''|(?:(?<=[{(\[,:])|(?<=[{(\[,:] ))['‘][A-Za-z][\w -]*['’](?!\w)"),
)
_PLAIN = (
    ("row", r"\n"),
    ("comment", r"#[^\n]*"),
    ("quoted", r"[\"“][A-Za-z][\w -]*[\"”]|(?<=[{(\[,: ])'[A-Za-z]\w*'(?!\w)"),
    ("label", r"(?<=_)(?![0-9]+[A-Za-z]+_)[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*"),
    ("program_number", rf"{_PROGRAM_NUMBER}|(?<![\w.])[0-9]+(?:\.[0-9]+)?e(?=[ ]+[A-Za-z0-9(])"),
    ("number", rf"(?:{_GROUPED}|[0-9]+(?:_[0-9]{{3}})+|{_DECIMAL}){_POWER}(?:[ ]?\\?%)?"),
    (
        "module",
        (
            r"(?<!\w)(?:np|numpy|jnp|torch|math|tf|nn|scipy|special|linalg|functional|jax|lax|random|self|F(?!\.\w+\(\s*\)))"
            r"\.(?!T\b)(?=[A-Za-z])"
        ),
    ),
    ("qualified", r"(?<=[A-Za-z]\.)[A-Za-z]\w*"),
    ("word", rf"[A-Za-z](?:[A-Za-z0-9]*[A-Za-z0-9](?![{_ACCENTS}])|(?![{_ACCENTS}]))"),
    ("transpose", r"(?<=[\w)\]}'])\.m?T(?!\w)"),
    ("method", r"(?<=[\w)\]}'])\.[A-Za-z]\w*"),
)
_LENGTH = rf"-?[0-9.]*\s*(?:{'|'.join(map(re.escape, UNITS))})(?![A-Za-z])"
WIDTH = (
    rf"\\[hm]space\*?[ ]*\{{\s*{_LENGTH}\s*\}}|\\(?:[hm]skip|m?kern)\s*{_LENGTH}(?:\s*(?:plus|minus)\s*{_LENGTH})*"
    r"|\\(?:[ ;:>,]|space(?![A-Za-z]))"
)
"""A space whose width counts, beside those that part formulas whatever their width."""
_COMMON = (
    ("ignored", rf"\\(?:{IGNORED_WITH_ARGUMENT})[ ]*\{{[^{{}}]*\}}"),
    ("width", WIDTH),
    ("roman_switch", r"\{\s*\\rm(?![A-Za-z])\s*([A-Za-z]+)\s*\}|\\rm\s*\{\s*[A-Za-z]+\s*\}"),
    (
        "text",
        (
            r"\\text[a-z]*\s*\{[^{}$]*\$(?:[^{}]|\{[^{}]*\})*\}|"
            r"\\(?:text(?:rm|normal|it|up|tt|sf|sc|sl)?|mbox|hbox|math(?:rm|it|op|tt)|operatorname|(?:short)?intertext)"
            r"\*?\s*\{[^{}]*\}|\\textbf\s*\{(?!\s*[A-Za-z]\s*\})[^{}\\]*\}"
        ),
    ),
    ("roman_letter", r"\\(?:mathrm|rm)\s+[A-Za-z]"),
    ("defined", r"\\mathrel\s*\{\s*(?:\\mathop\s*)?\{?:\}?\s*(?:=\s*\}|\}\s*=)|\\vcentcolon\s*=|:\s*\\!\s*="),
    ("negated", r"\\not\s*(?:=|\\in(?![A-Za-z]))"),
    (
        "begin",
        (
            r"\\begin\s*\{(?:array\}(?:\s*\[[tbc]\])?\s*(?:\{[^{}]*\})?|"
            r"(?:alignat|alignedat)\*?\}\s*(?:\{\d+\})?|[A-Za-z]+\*?\}(?:\s*\[[tbclr]\])?)"
        ),
    ),
    ("end", r"\\end\s*\{[A-Za-z]+\*?\}"),
    ("row", r"\\\\(?:\*|\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu)\s*\])?"),
    ("delimiter", r"\\(?:left|right|mleft|mright|middle|[bB]ig{1,2}[lrm]?)(?![a-zA-Z])\s*(?:\\[a-zA-Z]+|\\.|\S)"),
    ("command", r"\\(?:operatorname\*(?=\s*\{)|[A-Za-z]+|[^A-Za-z])"),
    ("accented", rf"[^\W\d_][{_ACCENTS}]+"),
    ("prime", r"['′’″‴]+"),
    ("superscript", rf"[{''.join(SUPERSCRIPTS)}]+"),
    ("subscript", rf"[{''.join(SUBSCRIPTS)}]+"),
)
_SYMBOLS = r":=|\|\||\.\.\.?|<=|>=|!=|==|->|<-(?=\s)|\.\*|\./|\.\^"
_LATEX_LAST = (("symbol", rf"{_SYMBOLS}|."),)
_PLAIN_LAST = (("symbol", rf"{_SYMBOLS}|\*\*|//|[-+*]=|."),)


def _compile(rows: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    seen: dict[str, int] = {}
    parts: list[str] = []
    for name, pattern in rows:
        seen[name] = seen.get(name, 0) + 1
        parts.append(f"(?P<{name}{'' if seen[name] == 1 else '_again'}>{pattern})")
    return re.compile("|".join(parts), re.DOTALL)


PATTERNS: dict[Notation, re.Pattern[str]] = {
    "latex": _compile((*_FIRST, *_LATEX, *_COMMON, *_LATEX_LAST)),
    "plain": _compile((*_FIRST, *_PLAIN, *_COMMON, *_PLAIN_LAST)),
}

# d(numerator)/d(variable) in plain text: `dL/dw`, `d/dx`, `d^2f/dx^2`, `dL(w)/dw`.
PLAIN_DERIVATIVE = re.compile(
    r"d(?:(?:\^|\*\*)\d+|[²³])?\s*(?P<of>[^\W\d_]\w*)?(?:\([^()]*\))?\s*/\s*(?P<d>d)(?P<by>[^\W\d_]\w*)"
)
