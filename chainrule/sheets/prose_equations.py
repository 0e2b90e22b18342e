"""Equations that stand among words without delimiters: `Let z = w*x + b and a = sigmoid(z), with w = 0.5`.

An equation begins with a name and an equals sign, and goes on as far as names of one letter (`w_1`, `x2`, `alpha`), functions,
numbers, brackets and operators do. It is read only if it is whole: no word behind it belongs to it, "if", "times", and every
name of several letters in it is defined by another equation.
"""

import re
from collections.abc import Iterator

from chainrule.errors import SyntaxFault
from chainrule.inference.vocabulary import vocabulary
from chainrule.sheets.code_spans import code_in, is_in_code
from chainrule.source import Source
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.symbols import BIG_WORDS, CONNECTIVES, FUNCTIONS, GREEK, JUNCTIONS, LATEX_FUNCTIONS, words

_BELOW = r"_\{[\w,]+(?:\s?[-+]\s?\w+)?\}"
_IDENTIFIER = rf"[^\W\d_](?:[^\W_]|\u0302|_(?=\w)|{_BELOW})*(?:\[\d{{1,2}}\])*['′’]{{0,3}}"
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+(?!\w))?)|(?P<name>{_IDENTIFIER})"
    r"|(?P<open>[(\[]|[_^]\{)|(?P<close>[)\]}])|(?P<norm>\|\||‖)|(?P<bar>\|)|(?P<sum>[∑Σ√])"
    r"|(?P<power>\^\(?[T⊤]\)?(?!\w)|\.T(?!\w)|[²³ᵀ⊤]|(?<=[|‖])_(?:[12F∞]|\{[12F]\}|inf|fro)(?![^\W_])"
    r"|(?<=[|‖]\^2)_(?:[12F]|\{[12F]\})(?!\w))"
    r"|(?P<infix>\*\*|\.\*|\./|:=|[-−+*/^=·⋅×⊙∘@])|(?P<comma>,)"
)
_HEAD = re.compile(
    rf"(?<![\w\\/.^_({{$*+'’\[-])(?P<name>{_IDENTIFIER})(?:\s?\((?P<arguments>[\w\s,]{{1,40}})\))?\s*:?=(?![=>])\s*"
)
_SIMPLE = re.compile(rf"[^\W\d_]\u0302?(?:\d{{1,3}}|_\w+|{_BELOW})?(?:\[\d{{1,2}}\])*['′’]{{0,3}}")
_CALLED = frozenset((*words("exp log ln sqrt abs norm"), *LATEX_FUNCTIONS, *FUNCTIONS, *BIG_WORDS))
_BELONGS = frozenset(
    words("if when whenever unless otherwise else mod modulo times plus minus over divided squared cubed")
    + words("transposed transpose dot per or")
)
"""Behind an equation these words are a part of what it says."""
_INTRODUCED = re.compile(
    r"(?:^|\n[ \t]*|[.,;:(]|\b(?:let|with|and|where|given|define|use|loss|function|variable|are|is|set|by|for|then|as))\s*$",
    re.IGNORECASE,
)
_ARTICLES = frozenset(("a", "A", "I"))
_LONGEST = 400
_CONTINUED = re.compile(r"\s*(?:[-−+*/^=·⋅×⊙∘@|(\[<>≤≥≠%{}$\\_&~]|(?:,|and|or|,\s*and|,\s*or)\s*[-−]?\d)")
"""A sign, or another number of a list of values."""
_COUNTS = r"[ijklmnst]"
_RANGE = (
    rf"(?:{_IDENTIFIER}(?:\s*,\s*{_COUNTS})*\s*(?:in|∈)\s*\{{[^{{}}\n]{{1,80}}\}}"
    rf"|(?:{_COUNTS}\s*,\s*)*{_COUNTS}\s*=\s*\d+\s*(?:(?:,\s*\d+\s*)?,\s*(?:\.\.\.|…)\s*,\s*|\.\.\.?\s*|…\s*)\w+(?:\s?[-+]\s?\d+)?"
    rf"|(?:{_COUNTS}\s*,\s*)*{_COUNTS}\s*=\s*\d+(?:\s*,\s*\d+)+(?!\.?\d)"
    rf"|\d+\s*(?:<=|≤|<)\s*{_COUNTS}\s*(?:<=|≤|<)\s*\w+(?:\s?[-+]\s?\d+)?(?!\.?\d))"
)
_RANGES = rf"{_RANGE}(?:\s*,?\s*(?:and\s+)?{_RANGE}){{0,2}}"
_OUTCOMES = re.compile(
    rf"\s*,?\s*(?:(?:for|where|with)\s+(?:(?:all|each|every|any)\s+)?)?(?P<behind>{_RANGES})"
    rf"|\s*,?\s*for {_IDENTIFIER}\s*=\s*\d+\s*(?:,\s*\d+\s*)?,\s*(?:\.\.\.|…)\s*,\s*\w+"
    rf"|\s*\(\s*(?:for\s+(?:(?:all|each|every)\s+)?)?(?P<apart>{_RANGES})\s*\)"
)
"""For which outcomes a formula of probabilities is, and for which numbers one with an index; in parentheses it is apart."""
_APART = re.compile(rf"\(\s*(?:for\s+(?:(?:all|each|every)\s+)?)?{_RANGES}\s*\)")
_REMARK = re.compile(
    r"(?:[ \t]{2,}(?=\([^()\n]*[A-Za-z]{3})"
    r"|[ \t]*(?=\((?:so|where|note|here|recall|see|i\.e\.|e\.g\.|with|using|as|for|since|because|element-?wise|scalar|vector"
    r"|matrix|a|an|the|this|that|hidden layer|output layer|(?:no|without|without a|without any) factor|\*)[ ,)]))"
    r"\([^()\n]*\)[ \t]*[.,;]?[ \t]*(?=\n|\Z)"
)
"""A remark in parentheses at the end of a line, apart from its formula or in words: "    (* is the elementwise product)"."""
_HANGING = re.compile(r"\s*(?:[/^=·⋅×⊙∘@]|[-−+*][^\s]|(?:if|when|for|otherwise|else)\b)")
"""A line that goes on with the one above and opens no item of a list."""


def defined_names(text: str) -> set[str]:
    """The names of several letters that stand to the left of an equals sign where an equation may begin."""
    return {
        match["name"]
        for match in _HEAD.finditer(text)
        if _begins(text, match) and not (is_simple(match["name"]) or _is_function(match["name"]))
    }


def find_equations(text: str, start: int, end: int, defined: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The places of such equations in text[start:end], in order. defined: the names of several letters of the problem."""
    code = code_in(text, start, end)
    here = start
    while (match := _HEAD.search(text, here, end)) is not None:
        here = match.end()
        known = is_simple(match["name"]) or match["name"] in GREEK or match["name"] in defined
        if not known or not _begins(text, match):
            continue
        stop = _expression_end(text, match.end(), min(end, match.end() + _LONGEST), defined)
        whole = stop
        outcomes = None if stop is None else _OUTCOMES.match(text, stop, end)
        if outcomes is not None:
            whole = outcomes.end()
            stop = stop if outcomes["apart"] else whole
        if stop is None or whole is None:
            continue
        if is_in_code(text, (match.start(), whole), code):
            continue
        if not _goes_on(text, whole) and _is_readable(text[match.start() : stop]):
            yield match.start(), stop
            if outcomes is not None and outcomes["apart"]:
                yield outcomes.span("apart")
            here = whole


def names_in(equation: str) -> set[str]:
    """The names that an equation speaks of, those of its functions left out."""
    found = (match.group() for match in re.finditer(_IDENTIFIER, equation))
    return {name for name in found if not _is_function(name)}


def _begins(text: str, head: re.Match[str]) -> bool:
    """A name of one letter begins an equation anywhere; a longer one behind a word that introduces it."""
    return is_simple(head["name"]) or _INTRODUCED.search(text[max(0, head.start() - 24) : head.start()].rstrip("`")) is not None


def _is_function(name: str) -> bool:
    base = name.partition("_")[0].rstrip("₀₁₂₃₄₅₆₇₈₉")
    if base in BIG_WORDS or name in _CALLED or (base != name and base in _CALLED):
        return True
    return name in vocabulary().functions and name not in CONNECTIVES | JUNCTIONS.keys()


def is_simple(name: str) -> bool:
    """One letter, with an index or without."""
    return _SIMPLE.fullmatch(name) is not None


def _expression_end(text: str, start: int, end: int, defined: frozenset[str]) -> int | None:
    """Where the expression from `start` on ends; None where there is none."""
    stack: list[str] = []
    operand, last, here = False, None, start
    while here < end and (match := _TOKEN.match(text, here, end)) is not None:
        kind, token = str(match.lastgroup), match.group()
        if kind == "space":
            if "\n\n" in token:
                break
        elif kind == "name" and not _is_operand(text, match, defined):
            break
        elif kind in ("number", "name"):
            operand = not _is_function(token)
        elif kind == "sum":
            operand = False
        elif token == "(" and operand and not stack and _APART.match(text, here, end):
            break
        elif kind == "open" or (kind in ("norm", "bar") and stack[-1:] != [kind]):
            stack.append(kind)
            operand = False
        elif kind in ("close", "norm", "bar"):
            if not operand or stack[-1:] != ["open" if kind == "close" else kind]:
                break
            stack.pop()
        elif kind == "power":
            if not operand:
                break
        elif kind == "comma":
            if not stack or not operand:
                break
            operand = False
        elif not operand and token not in ("-", "−", "+"):
            break
        else:
            operand = False
        here = match.end()
        if operand and not stack and kind != "space":
            last = here
    return last


def _is_operand(text: str, match: re.Match[str], defined: frozenset[str]) -> bool:
    """Whether a word in an expression is a name or a function; "a" before another word is an article."""
    name = match.group()
    if _is_function(name) or name in GREEK or name in defined:
        return True
    following = re.match(r"\s+([A-Za-z]{2,})", text[match.end() : match.end() + 40])
    if name in _ARTICLES and following is not None and not _is_function(following[1]):
        return False
    return is_simple(name)


def _goes_on(text: str, stop: int) -> bool:
    """Whether what stands behind an expression belongs to it, though it is not understood."""
    if _REMARK.match(text, stop):
        return False
    line, _, below = text[stop : stop + _LONGEST].partition("\n")
    rest = line if line.strip() else below if _HANGING.match(below) else ""
    if rest[:1].isalpha() or _CONTINUED.match(rest):
        return True
    word = re.match(r"\s*([A-Za-z]+)(?:\s+(\S+)\s*=)?", rest)
    if word is None:
        return False
    if re.match(r"\s*(?:log|ln|lg|exp|sqrt)[\d₀-₉_]*\s?[\w(]", rest):
        return True
    return word[1].lower() in _BELONGS or (word[1].lower() == "for" and word[2] is None)


def _is_readable(text: str) -> bool:
    try:
        reading = parse_statements(Source("equation", text).span(), vocabulary(), "plain")
    except SyntaxFault:
        return False
    return len(reading.statements) > 0 and not any(each.severity == "error" for each in reading.diagnostics)
