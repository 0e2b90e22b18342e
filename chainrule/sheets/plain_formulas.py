r"""Mathematics that stands among words without delimiters: `y = [1, 0, 0]`, `D_KL(P || Q)`, `z = w*x + b`, `P`.

A list of numbers, a labelled set, a probability, the head of a quantity of information theory or an equation must be there; a
letter alone must be a name of a distribution, a random variable or of such an equation in the same problem. Nothing else in
prose is mathematics.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chainrule.probability.families.table import FAMILIES
from chainrule.sheets.code_spans import code_in, is_in_code
from chainrule.sheets.dollar_names import find_calls, is_label, names_of_dollars
from chainrule.sheets.prose_equations import defined_names, find_equations, is_simple, names_in

_GOES_ON = re.compile(r"\s?(?:[*·/⋅×(\[^]|(?:log|ln|lg|exp|sqrt)[\d₀-₉_]*\s?[\w(])")
_LETTER = r"[^\W\d_]\u0302?"
_NAME = rf"{_LETTER}(?:_(?:\{{\w+\}}|[^\W_]+))?['′’]{{0,2}}"
_NUMBER = r"[-−]?(?:(?:\d+(?:\.\d+)?|\.\d+)(?:e-?\d+)?(?:/\d+|\s?\\?%)?|\d{0,3}[¼-¾⅐-⅞])"
_LABEL = r"[^\W_][\w ]{0,23}"
_LIST = rf"[\[(]\s*{_NUMBER}(?:\s*,\s*{_NUMBER})+\s*[\])]"
_SET = rf"\{{\s*{_LABEL}\s*:\s*{_NUMBER}(?:\s*,\s*{_LABEL}\s*:\s*{_NUMBER})*\s*\}}"
_TABLE = rf"{_NAME}(?:\s?\(\s*{_NAME}\s*\))?\s*=\s*(?:{_LIST}|{_SET})"
_MEMBER = r"(?:[-−]?[^\W_]+|\.\.\.|…)"
_BEFORE_A_SET = "|".join(
    (
        *(f"(?<={link} {of})" for link in ("on", "over", "from", "in") for of in ("", "the set ")),
        *(f"(?<={noun} )" for noun in ("alphabet", "alphabet is", "symbols", "letters", "outcomes", "values")),
    )
)
_BRACES = rf"(?:{_BEFORE_A_SET})\{{\s*{_MEMBER}(?:\s*,\s*{_MEMBER})+\s*\}}"
"""A set of outcomes behind a word, "uniform on {1, ..., 8}"."""
_CHANCE = rf"[PpQq]['′’]?\(\s*\w+(?:\s*=\s*\w+)?\s*\)\s*=\s*{_NUMBER}(?![\w*/^+(-])"
_BARS = r"(?:\|\||‖|∥)"
_MEMBER_OF = "|".join(sorted({re.escape(each) for family in FAMILIES for each in family.spellings}, key=len, reverse=True))
_ARGUMENT = rf"(?:(?:{_MEMBER_OF})\s?\([^()$\n]{{1,60}}\)|{_NAME})"
_OF_SMALL = re.compile(r"(H\()([a-z])(?=['′’]?\))")
_NOTATION = (
    rf"(?:(?:D_KL|D_\{{KL\}}|DKL|KL|D_JS|D_\{{JS\}}|JSD|JS|TV|CE|MI|d_TV|BCE|(?:χ|chi)(?:²|\^2))\s?"
    rf"(?:\(\s*{_ARGUMENT}\s*(?:{_BARS}|[|,;])\s*{_ARGUMENT}\s*\)|\[\s*{_NAME}\s*(?:{_BARS}|[,;:])\s*{_NAME}\s*\])"
    rf"|[DdKS]\s?(?:\(\s*{_ARGUMENT}\s*{_BARS}\s*{_ARGUMENT}\s*\)|\[\s*{_NAME}\s*{_BARS}\s*{_NAME}\s*\])"
    rf"|[HI]\s?\(\s*{_NAME}(?:\s*[|,;]\s*{_NAME}(?:\s*=\s*\w+)?)+\s*\)|H\([A-Zpq]['′’]?\))"
)
_DRAWN = rf"{_NAME}\s*(?:[~∼]|=(?=\s*[A-Za-z]{{3}}))\s*(?:{_MEMBER_OF})\s?\((?:[^()$\n]|\([^()$\n]{{0,80}}\)){{1,120}}\)"
"""A member of a family: `X ~ N(0, 1)`, `P = Bin(2, 0.4)`."""
_INDEXED = rf"{_LETTER}[₀-₉ᵢⱼₖ]{{0,3}}(?:_(?:\{{\w+\}}|[^\W_]+))?['′’]?(?!\w)"
_TIMES = r"(?:[½⅓⅔¼¾⅛]|\d(?:\.\d+)?(?:/\d)?)\s?[*·]?\s?"
"""A number in front of a quantity or a sum."""
_INSIDE = r"\((?:[^()]|\([^()]{1,30}\)){1,60}\)"
_FACTOR = rf"(?:(?:log|ln|exp|sqrt)(?:_?2|_?10|₂)?\s?(?:{_INSIDE}|{_INDEXED})|{_INSIDE}|{_INDEXED}|{_NUMBER})"
_BARRED = r"(?:\|[^|\n$]{1,40}\||\((?:[^()|\n$]|\([^()|\n$]{1,20}\)){1,60}\)(?:\^2|²))"
"""What a distance adds up: `|P − Q|`, `(√P − √Q)²`."""
_SUM_SIGN = r"(?:(?:∑|Σ)(?:_\w|[ᵢⱼₖ])?|sum_\w)"
_SUM = (
    rf"(?:{_TIMES})?(?:{_SUM_SIGN}|\bsum)\s?{_BARRED}(?:\s?/\s?{_FACTOR}(?:{_INSIDE})?)?"
    rf"|[-−]?\s?(?:{_TIMES})?{_SUM_SIGN}\s?{_FACTOR}(?:\s?[*·/]?\s?{_FACTOR}){{1,8}}"
)
"""A sum written in signs, `−∑ yᵢ log ŷᵢ`."""
_TERM = rf"(?:{_NOTATION}|(?<=[=+−\s-]){_TIMES}{_NOTATION}|{_SUM})"
_LESS = (
    r"(?:(?:log(?:_?(?:2|10)|_\{(?:2|10)\}|₂)?|ln)(?:\s?\(\s*\d+\s*\)|\s\d+)"
    r"|(?:(?<=compute )|(?<=Compute )|(?<=calculate )|(?<=Calculate )|(?<=find )|(?<=Find )|(?<=is ))\d+(?:\.\d+)?)\s*[−-]\s*"
)
"""A number that an entropy is taken from, `log_2(5) - H(P)`."""
_IDENTITY = rf"(?:{_LESS})?{_NOTATION}(?:\s*[=≠+−-]\s*{_TERM})*"
_VARIABLE = r"[^\W\d_]+(?:_(?:\{\w+\}|[^\W_]+))?(?!\w)"
_MEASURED = rf"(?:{_NOTATION}|[HLJFfS]\s?\(\s*{_NAME}\s*\))"
_DERIVED = rf"(?:d|∂)\s?{_MEASURED}\s?/\s?(?:d|∂)\s?{_VARIABLE}|(?:d\s?/\s?d|∂\s?/\s?∂)\s?{_VARIABLE}\s*{_MEASURED}"
"""A derivative of a quantity, `d KL(q || p) / d mu`."""
_LOGARITHMS = rf"(?:log|ln)\s?\(?[^\W\d_]+(?:\s?\^\s?2|²)?\)?\s*=\s*{_LIST}"
"""The logarithms that a vector is given by, `log sigma^2 = (0, -1)`."""
_FORMULA = re.compile(
    rf"(?<![\w\\/.$^-])(?:{_DERIVED}|{_LOGARITHMS}|{_TABLE}|{_DRAWN}|{_BRACES}|{_CHANCE}|{_IDENTITY}"
    rf"|{_SUM}|(?:log(?:_?(?:2|10)|_\{{(?:2|10)\}}|₂)|ln)\s?\(\s*\d+\s*\))"
)

_HEAD = re.compile(rf"\s*(?:\\q?quad)?\s*({_NAME})\s*(?:\(([^()]*)\))?\s*(?:=|:=|\\sim\b|~)")
_DEFINED = re.compile(r"[A-Z]\s*(?:=|[~∼])")
_SAID = re.compile(
    r"(?:distributions?|variables?|pmfs?|density|densities)\W{1,6}\b([A-Za-z]['′’]?)(?!\w)"
    r"(?:\s*(?:,|and)\s*([A-Za-z]['′’]?)(?!\w))?",
    re.IGNORECASE,
)
_WORD_OF_FAMILY = "|".join(sorted({each for family in FAMILIES for each in family.words}, key=len, reverse=True))
_STATED = re.compile(
    r"(?<![\w$\\])([A-Za-z]['′’]?)(?:\s*(?:,|,? and)\s*([A-Za-z]['′’]?))?\s+(?:is|are|be|has|have|follows?)\s+"
    rf"(?:(?:an?|the|both)\s+)?(?:{_WORD_OF_FAMILY})(?:s|ly)?\b",
    re.IGNORECASE,
)
""" "X is Poisson distributed"."""
_CELL = re.compile(r"([A-Z]['′’]?)(?:\s*\(\s*(\w)(?:\s*,\s*(\w))?\s*\))?")
"""The head of a column of a table."""
_ENTRY = re.compile(rf"({_LETTER})_\{{?[ijk]{{1,2}}\}}?")
"""An entry of an array that is defined entry by entry."""
_MEMBER_OF_ALL = re.compile(rf"({_LETTER})_\{{?[ijklmnst]\}}?")
_NUMBERED = re.compile(rf"(?<![\w\\/.$^])({_LETTER})_(?:\d|\{{\d\}})(?!\w)")
"""One of them, where the definition with an index is of all."""
_CAPITAL = re.compile(r"[A-Z]['′’]?")
_NEVER = frozenset(("a", "i", "A", "I", "s", "S"))
"""Letters that are words or pieces of words: names only of equations, and where no word follows, "Compute a."."""
_ENDING = re.compile(r"\s*(?:[.,;?!)]|\Z|\n|(?:and|with|in|at|from|to|relative|given|under|against|for|by|is|has)\b)")
_BLANK = r"[ \t]*(?:\?|_{2,}|\.{2,}|…|$|\n)"
_ASKED = re.compile(rf"\s*={_BLANK}")
"""Behind a name whose value is left open, `yhat = ?`."""
_LINKING = re.compile(
    r"(?:between|of|for|from|to|and|by|given|on|or|in|is|that|,|\(|let|with|compute|find|calculate|evaluate|determine"
    r"|differentiate|minimi[sz]e|maximi[sz]e|parameters?|function|variable|new|updated|old|initial|current|next|previous)"
    r"[\s*_]*$",
    re.IGNORECASE,
)
"""Before one of these words a small letter is a name; a capital one is wherever it is not a label."""
_LOSSES = "loss|Loss|cost|Cost|error"
"""Words that stand for the loss in a derivative."""
_CALLED = re.compile(r"\b[a-z]{3,} $")
"""Behind a noun, and where its phrase ends, it is what the noun is called: "the code h and ..."."""
_LABELLING = re.compile(
    r"(?:part|problem|exercise|question|figure|fig\.|section|appendix|table|case|option|step|class|outcome|event"
    r"|symbol|vitamin"
    r"|point|node|layer|type|letter|answer)[\s*_]*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"entrop|divergen|distribution|probabilit|random variable|perplex|mutual information|\bKL\b|\bD_?KL\b|surpris"
    r"|\bbits\b|\bnats\b"
)


_REMARK = r"(?:[a-z]{2,},? ){2}|[a-z]{4,} [a-z]{2,}\)"
"""Words in brackets, "W1 (one row per unit)": no argument of what stands before them."""


@dataclass(frozen=True)
class Names:
    """What letters among words can mean: names that formulas use, and those of several letters that equations define."""

    used: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    """Those that formulas in dollars define with arguments."""


def find_names(formulas: Iterable[str], prose: Iterable[str], written: Iterable[str] = ()) -> Names:
    """The names of distributions and random variables, if a problem speaks of those, and of equations among its words.

    written: the prose with its stars, which are marks in words and signs in equations.
    """
    formulas, prose, written = tuple(formulas), tuple(prose), tuple(written)
    texts = (*prose, *(text for text in written if text not in prose))
    defined = frozenset(name for text in texts for name in defined_names(text))
    equations = [text[start:end] for text in texts for start, end in find_equations(text, 0, len(text), defined)]
    found = {name for equation in equations for name in names_in(equation)}
    used = {name for name in found if is_simple(name) or name in defined}
    used |= {entry[1] for name in used if (entry := _ENTRY.fullmatch(name))}
    members = {entry[1] for name in used if (entry := _MEMBER_OF_ALL.fullmatch(name))}
    used |= {match.group() for text in texts for match in _NUMBERED.finditer(text) if match[1] in members}
    if any(_ABOUT.search(text) for text in prose):
        heads = {match.group()[0] for text in prose for match in _FORMULA.finditer(text) if _DEFINED.match(match.group())}
        used |= _names_of_distributions(formulas, prose) - (_NEVER - heads)
    letters, functions = names_of_dollars(formulas)
    called = names_of_dollars(equations)[1]
    return Names(frozenset(used | letters), defined, frozenset(functions | called))


def _names_of_distributions(formulas: Iterable[str], prose: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for text in formulas:
        if _CAPITAL.fullmatch(text.strip()):
            found.add(text.strip())
        if match := _HEAD.match(text):
            found.add(match[1])
            found.update(part.strip() for part in (match[2] or "").split(","))
    for text in prose:
        for match in (*_SAID.finditer(text), *_STATED.finditer(text)):
            found.update(name for name in match.groups() if name)
        for match in _FORMULA.finditer(text):
            found.update(re.findall(r"(?<!\w)[A-Z]['′’]?(?!\w)", match.group()))
            found.update(re.findall(rf"^{_NAME}", match.group()))
        if cell := _CELL.fullmatch(text.strip()):
            found.update(name for name in cell.groups() if name)
    return {name for name in found if re.fullmatch(r"[^\W\d_]\u0302?['′’]{0,2}", name)}


def find_plain_formulas(text: str, start: int, end: int, names: Names) -> Iterator[tuple[int, int]]:
    """The places of such formulas in text[start:end], in order."""
    code = code_in(text, start, end)
    found = (m for m in _FORMULA.finditer(_capitals(text, names.used), start, end) if not _is_cut(text, m.end(), m.group()))
    told = [m.span() for m in found if not is_in_code(text, m.span(), code)]
    called = [place for place in find_calls(text, start, end, names.functions) if not any(a < place[0] < b for a, b in code)]
    equations = find_equations(text, start, end, names.defined)
    places = sorted([*told, *equations, *called], key=lambda place: (place[0], -place[1]))
    here = start
    for place in places:
        if place[0] >= here:
            yield from _lone_names(text, here, place[0], names.used)
            yield place
            here = place[1]
    yield from _lone_names(text, here, end, names.used)


def _capitals(text: str, names: frozenset[str]) -> str:
    """The text with H(X) for the H(x) of a name that the problem has: which has one form for all."""
    return _OF_SMALL.sub(lambda match: match[1] + match[2].upper() if match[2] in names else match.group(), text)


def _is_cut(text: str, end: int, formula: str) -> bool:
    """Whether a factor of a sum stands behind what was found of it."""
    return re.search(_SUM_SIGN, formula) is not None and _GOES_ON.match(text, end) is not None


def _lone_names(text: str, start: int, end: int, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    if not names:
        return
    spelled = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    derivative = rf"(?:d(?:{spelled}|{_LOSSES})/d|∂(?:{spelled}|{_LOSSES})/∂)(?:{spelled})(?![\w/*^'’-])"
    for match in re.finditer(
        rf"(?<![\w\\/.$'’^-])(?:{derivative}|(?:{spelled})(?![\w'′’\u0302(=^_{{-]|\s*(?:=(?!{_BLANK})|\((?!{_REMARK}))))",
        text[start:end],
    ):
        name = match.group()
        if is_label(text, start + match.start(), start + match.end()):
            continue
        before = text[max(0, start + match.start() - 24) : start + match.start()]
        telling = "/" in name or (name[0].isupper() and len(name) < 3) or any(c.isdigit() or c == "_" for c in name)
        is_word = name in _NEVER and not _ENDING.match(text, start + match.end())
        if _ASKED.match(text, start + match.end()):
            yield start + match.start(), start + match.end()
            continue
        called = (
            _CALLED.search(before)
            and _ENDING.match(text, start + match.end())
            and not text.startswith(".r.t", start + match.end())
            and not _LABELLING.search(before)
        )
        if not is_word and (
            called or _LINKING.search(before) or (telling and name not in _NEVER and not _LABELLING.search(before))
        ):
            yield start + match.start(), start + match.end()
