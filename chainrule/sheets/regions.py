r"""Formulas, code, pictures and comments in a Markdown document, found in one pass over its delimiters."""

import re
from dataclasses import dataclass, field
from typing import Literal

from chainrule.errors import Diagnostic, Repair
from chainrule.sheets.delimiters import (
    ARRAYS,
    DISPLAY_ENVIRONMENTS,
    Layout,
    Token,
    tokenize,
)
from chainrule.sheets.pictures import figure_name
from chainrule.sheets.unclosed import first_word, guessed_end, odd_dollar
from chainrule.source import Source

RegionKind = Literal["math", "display", "fence", "figure", "code", "comment"]

_MATES = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}
_NESTING_LIMIT = 50
_MONEY = re.compile(r"\d[\d,.]*(?:[\s,.;:!?)\-/]|[kKmM]\b|$)")
_WORD = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{3,}(?![A-Za-z}])")
_ITEM = re.compile(r"[\s>]*(?:[-+*]|\d{1,9}[.)])\s*")
_HEAD = re.compile(
    r"(?:(?<![\w$\\.])\\?[A-Za-z](?:[\w'^{}|,]|\\\w)*(?:\s?\([^()$\n]{1,40}\))?[ \t]*:?=\s*)?"
    r"(?:\\left\s*(?:\\\{|[\[(|.]))?\s*\Z"
)
_TAIL = re.compile(r"\s*\\right\s*(?:\\\}|[\])|.])")
"""What belongs to an array without dollars: the name that it is the value of, the brackets around it."""
_STRIPPED_ENVIRONMENTS = frozenset(("equation", "displaymath", "math"))


@dataclass(frozen=True)
class Region:
    """[start, end) with delimiters; [inner_start, inner_end) is the content. `note`: a fence's language, a figure's name."""

    kind: RegionKind
    start: int
    end: int
    inner_start: int
    inner_end: int
    note: str = ""


@dataclass
class _Scan:
    source: Source
    text: str
    tokens: list[Token]
    layout: Layout
    regions: list[Region] = field(default_factory=list[Region])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])
    codeless: dict[int, int] = field(default_factory=dict[int, int])
    """For a number of backticks: no run of that length comes before this offset."""
    commentless: bool = False
    """No comment is closed from here on."""
    odd: tuple[int, int] = (-1, -1)
    """Where the paragraph ends that was last looked at for a dollar without a mate, and the place of that in `tokens`."""
    item_limit: tuple[int, int] = (-1, -1)
    """The line last looked at by `_item_limit`, and the answer."""


def find_regions(source: Source, layout: Layout) -> tuple[list[Region], list[Diagnostic]]:
    """All regions in order, none overlapping, and what was opened but never closed."""
    text = source.text
    scan = _Scan(source, text, tokenize(text), layout)
    index = 0
    while index < len(scan.tokens):
        index = _region_at(scan, index)
    return scan.regions, scan.diagnostics


def _region_at(scan: _Scan, index: int) -> int:
    """Read what the token opens; the index of the first token after it."""
    token = scan.tokens[index]
    word = token.text
    if word in _MATES:
        return _formula(scan, index)
    if word.startswith(r"\begin") and _environment(word) in DISPLAY_ENVIRONMENTS:
        return _bare_environment(scan, index)
    if word.startswith(("![", "<i", "<I")):
        scan.regions.append(Region("figure", token.start, token.end, token.start, token.end, figure_name(word)))
    elif word.startswith("<!--"):
        return _comment(scan, index)
    elif _is_fence(scan, token):
        return _fence(scan, index)
    elif word.startswith("`"):
        return _code_span(scan, index)
    return index + 1


def _environment(word: str) -> str:
    return word[word.index("{") + 1 : -1].rstrip("*")


def _comment(scan: _Scan, index: int) -> int:
    start = scan.tokens[index].start
    if scan.commentless or (end := scan.text.find("-->", start)) < 0:
        scan.commentless = True
        return index + 1
    scan.regions.append(Region("comment", start, end + 3, start, end + 3))
    while index < len(scan.tokens) and scan.tokens[index].start < end:
        index += 1
    return index


# --- formulas ---------------------------------------------------------------------------------------------


def _formula(scan: _Scan, index: int) -> int:
    opener = _delimiter(scan, index)
    found = _find_mate(scan, index, opener)
    if found is None:
        return _unclosed(scan, index, opener)
    after, closer = found
    content = scan.text[opener.end : closer.start]
    if opener.text == "$" and (_is_money(scan.text, opener, closer) or _is_odd(scan, index)):
        return _unclosed(scan, index, opener)
    if content.strip():
        _add_formula(scan, opener.start, closer.end, opener.end, closer.start, _is_display(scan.layout, opener, closer))
    else:
        # What is left of a formula that only defined macros.
        scan.regions.append(Region("comment", opener.start, closer.end, opener.end, closer.start))
    return after


def _delimiter(scan: _Scan, index: int) -> Token:
    """The token, or two dollars side by side as one."""
    token = scan.tokens[index]
    if token.text == "$" and index + 1 < len(scan.tokens) and scan.tokens[index + 1].start == token.end:
        following = scan.tokens[index + 1]
        return Token("$$", token.start, following.end) if following.text == "$" else token
    return token


def _add_formula(scan: _Scan, start: int, end: int, inner_start: int, inner_end: int, display: bool) -> None:
    scan.regions.append(Region("display" if display else "math", start, end, inner_start, inner_end))


def _find_mate(scan: _Scan, index: int, opener: Token) -> tuple[int, Token] | None:
    """The delimiter that closes this one and the index after it, None if a limit comes first."""
    closing = _MATES[opener.text]
    blank = scan.layout.next_blank(opener.end)
    limit = _limit(scan, opener)
    depth = 0
    for place in range(index + _width(opener), len(scan.tokens)):
        token = scan.tokens[place]
        if token.start >= blank:
            if depth == 0:
                return None
            blank = scan.layout.next_blank(token.start)
        if token.start >= limit or depth > _NESTING_LIMIT or _is_fence(scan, token):
            return None
        closer = token if closing == "$" else _delimiter(scan, place)
        if closer.text == closing:
            return place + _width(closer), closer
        if token.text == opener.text:
            return None
        depth += _nesting(token)
    return None


def _width(delimiter: Token) -> int:
    """How many tokens a delimiter is."""
    return 2 if delimiter.text == "$$" else 1


def _nesting(token: Token) -> int:
    return 1 if token.text.startswith(r"\begin") else -1 if token.text.startswith(r"\end") else 0


def _limit(scan: _Scan, opener: Token) -> int:
    """Where a formula opened here must have ended: a heading, the end of a table row, the next item of the same list."""
    end = scan.layout.next_heading(opener.end)
    first = scan.layout.line_start(opener.start)
    content, marker = scan.layout.margin(first)
    if scan.text.startswith("|", content):
        return min(end, scan.layout.line_end(opener.start))
    if marker and scan.item_limit[0] != first:
        scan.item_limit = (first, _next_item(scan, opener.start, marker))
    return min(end, scan.item_limit[1]) if marker else end


def _next_item(scan: _Scan, offset: int, marker: str) -> int:
    """The next line of the paragraph that opens a list item with the same marker; the paragraph's end if none does."""
    blank = scan.layout.next_blank(offset)
    here = scan.layout.line_end(offset) + 1
    while here < blank and scan.layout.margin(here)[1] != marker:
        here = scan.layout.line_end(here) + 1
    return here if here < blank else len(scan.text)


def _is_display(layout: Layout, opener: Token, closer: Token) -> bool:
    """`$$`, `\\[`; or a single `$` that opens a line, with its mate at the end of another line."""
    if opener.text in ("$$", r"\["):
        return True
    text = layout.text
    content = text[opener.end : closer.start]
    if opener.text != "$" or "\n" not in content:
        return False
    if not content.split("\n", 1)[0].strip():
        return True
    begins_line = layout.margin(layout.line_start(opener.start))[0] == opener.start
    return begins_line and not text[closer.end : layout.line_end(closer.end)].strip(" \t\r,.;")


def _is_money(text: str, opener: Token, closer: Token) -> bool:
    """`$5 and $6`: a price, words, and no reason to think that the second dollar closes anything."""
    if not _MONEY.match(text, opener.end):
        return False
    content = text[opener.end : closer.start]
    followed = text[closer.end : closer.end + 1]
    in_words = content != content.rstrip() or "\n" in content or "`" in content or ". " in content
    return followed.isdigit() or (in_words and _WORD.search(content) is not None)


def _is_odd(scan: _Scan, index: int) -> bool:
    """Whether the dollar is the one of its paragraph that has no mate."""
    opener = scan.tokens[index]
    end = min(scan.layout.next_blank(opener.end), _limit(scan, opener))
    if scan.odd[0] != end:
        dollars = [index]
        while dollars[-1] + 1 < len(scan.tokens) and scan.tokens[dollars[-1] + 1].start < end:
            dollars.append(dollars[-1] + 1)
        if any(scan.tokens[place].text != "$" for place in dollars):
            scan.odd = (end, -1)  # with environments and displays between them it is not clear what is a pair
        else:
            odd = odd_dollar(scan.text, [scan.tokens[place] for place in dollars])
            scan.odd = (end, -1 if odd is None else dollars[odd])
    return scan.odd[1] == index


def _unclosed(scan: _Scan, index: int, opener: Token) -> int:
    """Read a formula that is not closed up to where it must end, with a warning; an error where that is not certain."""
    after = index + _width(opener)
    if opener.text == "$" and _MONEY.match(scan.text, opener.end):
        return after
    limit = min(scan.layout.next_blank(opener.end), _limit(scan, opener))
    following = scan.tokens[after].start if after < len(scan.tokens) else len(scan.text)
    end = guessed_end(scan.text, opener.end, min(limit, following))
    if end is None or _goes_on(scan, after, opener, limit):
        _report_unclosed(scan, opener)
        return after
    closing = _MATES[opener.text]
    wrong = _wrong_closer(scan, after, end)
    _add_formula(scan, opener.start, wrong.end if wrong else end, opener.end, end, opener.text in ("$$", r"\["))
    said = f"closed with {wrong.text}" if wrong else "never closed"
    message = (
        f"The formula opened with {opener.text} here is {said}; it is read as if {closing} stood at its end, which is a guess."
    )
    place = scan.source.span(opener.start, opener.end)
    repair = Repair(scan.source.span(*((wrong.start, wrong.end) if wrong else (end, end))), closing)
    scan.diagnostics.append(Diagnostic("warning", _code(opener), message, place, f"Close it with {closing}.", (repair,)))
    return after + (_width(wrong) if wrong else 0)


def _goes_on(scan: _Scan, index: int, opener: Token, limit: int) -> bool:
    """Whether the formula may go on behind the limit: nothing but formula stands there up to its own closing delimiter."""
    if index >= len(scan.tokens) or (following := _delimiter(scan, index)).start < limit:
        return False
    between = scan.text[limit : following.start]
    return following.text == _MATES[opener.text] and not _ITEM.fullmatch(between) and first_word(between) is None


def _wrong_closer(scan: _Scan, index: int, end: int) -> Token | None:
    """The delimiter right behind the formula that closes one of another kind and opens none."""
    if index >= len(scan.tokens) or scan.text[end : scan.tokens[index].start].strip():
        return None
    found = _delimiter(scan, index)
    closes = found.text in _MATES.values() and (found.text not in _MATES or _find_mate(scan, index, found) is None)
    return found if closes else None


def _code(opener: Token) -> str:
    return "unclosed-dollar" if "$" in opener.text else "unclosed-math"


def _report_unclosed(scan: _Scan, opener: Token) -> None:
    span = scan.source.span(opener.start, opener.end)
    message = f"The formula opened with {opener.text} here is never closed, so it is read as words."
    hint = f"Close it with {_MATES.get(opener.text, opener.text.replace('begin', 'end'))} before the next blank line."
    scan.diagnostics.append(Diagnostic("error", _code(opener), message, span, hint))


def _bare_environment(scan: _Scan, index: int) -> int:
    """`equation` is only a frame and left out of the content; `align` and its like give the formula its rows."""
    opener = scan.tokens[index]
    name = opener.text[len(r"\begin") :]
    limit = _limit(scan, opener)
    depth = 0
    for place in range(index, len(scan.tokens)):
        token = scan.tokens[place]
        if token.start >= limit or depth > _NESTING_LIMIT:
            break
        if token.text.endswith(name):
            depth += _nesting(token)
            if depth == 0:
                _add_environment(scan, opener, token)
                return place + 1
    _report_unclosed(scan, opener)
    return index + 1


def _add_environment(scan: _Scan, opener: Token, closer: Token) -> None:
    """The formula that an environment is; of an array its name and brackets are a part."""
    start, end = opener.start, closer.end
    if _environment(opener.text) in ARRAYS:
        line = max(scan.layout.line_start(start), scan.regions[-1].end if scan.regions else 0)
        head = _HEAD.search(scan.text[line:start])
        start = line + head.start() if head is not None else start
        tail = _TAIL.match(scan.text, end) if r"\left" in scan.text[start : opener.start] else None
        end = tail.end() if tail is not None else end
    framed = _environment(opener.text) in _STRIPPED_ENVIRONMENTS
    inner = (opener.end, closer.start) if framed else (start, end)
    if scan.text[inner[0] : inner[1]].strip():
        _add_formula(scan, start, end, *inner, display=True)


# --- code -------------------------------------------------------------------------------------------------


def _is_fence(scan: _Scan, token: Token) -> bool:
    """Three backticks or tildes with a line to themselves; others are a code span."""
    if "```" not in token.text and "~~~" not in token.text:
        return False
    return scan.layout.line_start(token.start) == token.start and scan.layout.line_end(token.start) == token.end


def _fence(scan: _Scan, index: int) -> int:
    """To the line of the same fence, at least as long; an unclosed fence ends nothing and is reported."""
    token = scan.tokens[index]
    content, _ = scan.layout.margin(token.start)
    mark = scan.text[content]
    opening = scan.text[content : token.end]
    length = len(opening) - len(opening.lstrip(mark))
    language = opening[length:].strip().split(" ")[0].strip("{}.")
    inner_start = min(token.end + 1, len(scan.text))
    for place in range(index + 1, len(scan.tokens)):
        closer = scan.tokens[place]
        found = closer.text.strip(" \t>\r")
        if found.startswith(mark * length) and not found.strip(mark) and _is_fence(scan, closer):
            _add_fence(scan, content, closer.end, inner_start, max(inner_start, closer.start - 1), language)
            return place + 1
    span = scan.source.span(content, token.end)
    message = "The code block opened here is never closed, so everything after it is code."
    scan.diagnostics.append(Diagnostic("error", "unclosed-fence", message, span, f"Close it with a line {mark * length}."))
    _add_fence(scan, content, len(scan.text), inner_start, len(scan.text), language)
    return len(scan.tokens)


def _add_fence(scan: _Scan, start: int, end: int, inner_start: int, inner_end: int, language: str) -> None:
    if language == "math" and scan.text[inner_start:inner_end].strip():
        _add_formula(scan, start, end, inner_start, inner_end, display=True)
    else:
        scan.regions.append(Region("fence", start, end, inner_start, inner_end, language))


def _code_span(scan: _Scan, index: int) -> int:
    """From a run of backticks to the next run of the same length in the paragraph; without one they are words."""
    opener = scan.tokens[index]
    length = len(opener.text)
    if scan.codeless.get(length, -1) > opener.start:
        return index + 1
    blank = scan.layout.next_blank(opener.end)
    for place in range(index + 1, len(scan.tokens)):
        token = scan.tokens[place]
        if token.start >= blank:
            break
        if token.text == opener.text:
            scan.regions.append(Region("code", opener.start, token.end, opener.end, token.start))
            return place + 1
    scan.codeless[length] = blank
    return index + 1
