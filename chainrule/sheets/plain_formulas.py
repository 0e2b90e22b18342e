r"""Mathematics about distributions that stands among words without delimiters: `y = [1, 0, 0]`, `D_KL(P || Q)`, `P`.

A list of numbers, a labelled set, a probability or the head of a quantity of information theory must be there; a letter alone
must be a name of a distribution or a random variable in the same problem. Nothing else in prose is mathematics.
"""

import re
from collections.abc import Iterable, Iterator

_LETTER = r"[^\W\d_]\u0302?"
_NAME = rf"{_LETTER}(?:_(?:\{{\w+\}}|[^\W_]+))?['′’]{{0,2}}"
_NUMBER = r"[-−]?(?:\d+(?:\.\d+)?|\.\d+)(?:e-?\d+)?(?:/\d+|\s?\\?%)?"
_LABEL = r"[^\W_][\w ]{0,23}"
_LIST = rf"[\[(]\s*{_NUMBER}(?:\s*,\s*{_NUMBER})+\s*[\])]"
_SET = rf"\{{\s*{_LABEL}\s*:\s*{_NUMBER}(?:\s*,\s*{_LABEL}\s*:\s*{_NUMBER})*\s*\}}"
_TABLE = rf"{_NAME}(?:\s?\(\s*{_NAME}\s*\))?\s*=\s*(?:{_LIST}|{_SET})"
_CHANCE = rf"[PpQq]['′’]?\(\s*\w+(?:\s*=\s*\w+)?\s*\)\s*=\s*{_NUMBER}(?![\w*/^+(-])"
_BARS = r"(?:\|\||‖|∥)"
_NOTATION = (
    rf"(?:(?:D_KL|D_\{{KL\}}|DKL|KL|D_JS|D_\{{JS\}}|JSD|JS|TV|CE|MI|d_TV|BCE)\s?"
    rf"\(\s*{_NAME}\s*(?:{_BARS}|[|,;])\s*{_NAME}\s*\)"
    rf"|[DdKS]\s?\(\s*{_NAME}\s*{_BARS}\s*{_NAME}\s*\)"
    rf"|[HI]\s?\(\s*{_NAME}(?:\s*[|,;]\s*{_NAME})+\s*\)|H\([A-Z]['′’]?\))"
)
_INDEXED = rf"{_LETTER}[₀-₉ᵢⱼₖ]{{0,3}}(?:_(?:\{{\w+\}}|[^\W_]+))?['′’]?(?!\w)"
_FACTOR = rf"(?:(?:log|ln|exp|sqrt)(?:_?2|_?10|₂)?\s?(?:\([^()]{{1,60}}\)|{_INDEXED})|\([^()]{{1,60}}\)|{_INDEXED}|{_NUMBER})"
_SUM = rf"[-−]?\s?(?:(?:∑|Σ)(?:_\w|[ᵢⱼₖ])?|sum_\w)\s?{_FACTOR}(?:\s?[*·/]?\s?{_FACTOR}){{1,8}}"
"""A sum written in signs, `−∑ yᵢ log ŷᵢ`."""
_IDENTITY = rf"{_NOTATION}(?:\s*[=≠+−-]\s*{_NOTATION})*"
_FORMULA = re.compile(rf"(?<![\w\\/.$^-])(?:{_TABLE}|{_CHANCE}|{_IDENTITY}|{_SUM})")

_HEAD = re.compile(rf"\s*(?:\\q?quad)?\s*({_NAME})\s*(?:\(([^()]*)\))?\s*(?:=|:=|\\sim\b|~)")
_SAID = re.compile(
    r"(?:distributions?|variables?|pmfs?|density|densities)\W{1,6}\b([A-Za-z]['′’]?)(?!\w)"
    r"(?:\s*(?:,|and)\s*([A-Za-z]['′’]?)(?!\w))?",
    re.IGNORECASE,
)
_CELL = re.compile(r"([A-Z]['′’]?)(?:\s*\(\s*(\w)(?:\s*,\s*(\w))?\s*\))?")
"""The head of a column of a table."""
_CAPITAL = re.compile(r"[A-Z]['′’]?")
_NEVER = frozenset(("a", "i", "A", "I", "s", "S"))
"""Letters that are words or pieces of words."""
_LINKING = re.compile(r"(?:between|of|for|from|to|and|by|given|on|or|is|that|,|\(|let|with)[\s*_]*$", re.IGNORECASE)
"""Before one of these words a small letter is a name; a capital one is wherever it is not a label."""
_LABELLING = re.compile(
    r"(?:part|problem|exercise|question|figure|fig\.|section|appendix|table|case|option|step|class|outcome|event|symbol|vitamin"
    r"|point|node|layer|type|letter|answer)[\s*_]*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"entrop|divergen|distribution|probabilit|random variable|perplex|mutual information|\bKL\b|\bD_?KL\b")


def find_names(formulas: Iterable[str], prose: Iterable[str]) -> frozenset[str]:
    """The letters that a problem uses as names of distributions and random variables; none where it speaks of none."""
    prose = tuple(prose)
    found: set[str] = set()
    if not any(_ABOUT.search(text) for text in prose):
        return frozenset()
    for text in formulas:
        if _CAPITAL.fullmatch(text.strip()):
            found.add(text.strip())
        if match := _HEAD.match(text):
            found.add(match[1])
            found.update(part.strip() for part in (match[2] or "").split(","))
    for text in prose:
        for match in _SAID.finditer(text):
            found.update(name for name in match.groups() if name)
        for match in _FORMULA.finditer(text):
            found.update(re.findall(r"(?<!\w)[A-Z]['′’]?(?!\w)", match.group()))
            found.update(re.findall(rf"^{_NAME}", match.group()))
        if cell := _CELL.fullmatch(text.strip()):
            found.update(name for name in cell.groups() if name)
    return frozenset(name for name in found if name not in _NEVER and re.fullmatch(r"[^\W\d_]\u0302?['′’]{0,2}", name))


def find_plain_formulas(text: str, start: int, end: int, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The places of such formulas in text[start:end], in order."""
    here = start
    for match in _FORMULA.finditer(text, start, end):
        yield from _lone_names(text, here, match.start(), names)
        yield match.span()
        here = match.end()
    yield from _lone_names(text, here, end, names)


def _lone_names(text: str, start: int, end: int, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    if not names:
        return
    spelled = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    for match in re.finditer(rf"(?<![\w\\/.$'’^-])(?:{spelled})(?![\w'′’\u0302(=^_{{-]|\s*[=(])", text[start:end]):
        before = text[max(0, start + match.start() - 24) : start + match.start()]
        if _LINKING.search(before) or (match.group()[0].isupper() and not _LABELLING.search(before)):
            yield start + match.start(), start + match.end()
