r"""Characters to tokens: every spelling becomes its canonical one here, so that the parser knows one notation only.

Superscript and subscript characters become scripts in braces (`x²` is `x^{2}`), accented and mathematical letters
become commands (`ŷ` is `\hat y`), and what cannot be read becomes a "fault" token, an error only where it is parsed.
"""

import re
from collections.abc import Callable
from string import ascii_letters, digits

from chainrule.errors import Diagnostic
from chainrule.source import Span
from chainrule.syntax import latex_words, plain_words
from chainrule.syntax.patterns import PATTERNS
from chainrule.syntax.scanner import Scanner
from chainrule.syntax.symbols import (
    CANONICAL,
    IGNORED,
    LATEX_FUNCTIONS,
    LETTERS,
    SPACES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    UNITS,
    WIDE,
)
from chainrule.syntax.tokens import Kind, Notation, Token
from chainrule.syntax.unicode_letters import letter_name, take_apart
from chainrule.syntax.vocabulary import Vocabulary

_WIDTHS = frozenset({"width", "width_again"})
_DELIMITERS = {"<": "\\langle", ">": "\\rangle", ".": "."}
_OPENING_BARS = {"|": "\\lvert", "\\|": "\\lVert", "||": "\\lVert"}
_CLOSING_BARS = {"|": "\\rvert", "\\|": "\\rVert", "||": "\\rVert"}

# What is the same token wherever it stands, by spelling.
_Row = tuple[Kind, str]
_LETTERS: dict[str, _Row] = {spelling: ("letter", text) for spelling, text in LETTERS.items()}
_CANONICAL: dict[str, _Row] = {
    spelling: ("command" if text[0] == "\\" else "symbol", text) for spelling, text in CANONICAL.items()
}
_ASCII: dict[str, _Row] = {letter: ("letter", letter) for letter in ascii_letters}
_DIGITS: dict[str, _Row] = {digit: ("number", digit) for digit in digits}
_DIRECT = _LETTERS | _CANONICAL | _ASCII | _DIGITS
_DIRECT_BY_NOTATION: dict[Notation, dict[str, _Row]] = {
    "latex": _DIRECT,
    "plain": {spelling: token for spelling, token in _DIRECT.items() if spelling != "d"},  # of dL/dw
}


def tokenize(span: Span, vocabulary: Vocabulary, notation: Notation) -> tuple[list[Token], list[Diagnostic]]:
    """The tokens of a stretch of text, offsets of the whole source, without a stop token; and what was repaired."""
    scanner = Scanner(span, vocabulary, notation)
    text, tokens, position, end = scanner.text, scanner.tokens, span.start, span.end
    match_at, direct = PATTERNS[notation].match, _DIRECT_BY_NOTATION[notation]
    while position < end:
        match = match_at(text, position, end)
        if match is None:
            raise AssertionError("the last row of the patterns takes any character")
        after = match.end()
        row = direct.get(match.group())
        if row is not None:
            tokens.append(Token(row[0], row[1], position, after, scanner.spaced))
            scanner.spaced = False
            position = after
            continue
        group = match.lastgroup or ""
        reads = _READERS.get(group)
        if reads is not None:
            reads(scanner, match)
        scanner.spaced = reads is None or group in _WIDTHS  # space, a comment, what says nothing
        # Of `dL` only the d may have been read, of `0.1.2` all, and of `norm1` the digit too.
        position = tokens[-1].end if group in ("word", "number", "letters") else after
    return tokens, scanner.diagnostics


# One reader a row of the patterns.


def _number(scanner: Scanner, match: re.Match[str]) -> None:
    text, (start, end) = match.group(), match.span()
    rest = scanner.text[end : min(end + 2, scanner.span.end)]
    if "." in text and len(rest) == 2 and rest[0] == "." and rest[1].isdigit():  # 0.1.2
        rest = re.compile(r"[0-9.]*").match(scanner.text, end, scanner.span.end)
        scanner.emit("fault", "malformed-number", start, rest.end() if rest else end)
    elif len(text) == 2 and text.isdigit() and scanner.tokens and scanner.tokens[-1].text in ("\\frac", "\\binom"):
        scanner.emit("number", text[0], start, start + 1)  # \frac12
        scanner.emit("number", text[1], start + 1, end)
    else:
        scanner.emit("number", text, start, end)


def _program_number(scanner: Scanner, match: re.Match[str]) -> None:
    """`0x10`, and `1e` without its power."""
    scanner.emit("fault", "program-number", *match.span())


def _width(scanner: Scanner, match: re.Match[str]) -> None:
    r"""Space: much of it at one place parts formulas, as `\quad` does."""
    text, (start, end) = match.group(), match.span()
    em = SPACES.get(text)
    if em is None:
        em = _length(text)
    before, so_far = scanner.blank
    joined = so_far + em if before == len(scanner.tokens) else em
    scanner.blank = (len(scanner.tokens), joined)
    if joined >= WIDE and joined - em < WIDE:
        scanner.emit("command", "\\quad", start, end)


def _length(text: str) -> float:
    r"""The em of `\hspace{2pc}`; of `\hspace{\fill}` it is one of the unit."""
    amount, unit = re.findall(rf"(-?[0-9.]*)\s*({'|'.join(map(re.escape, UNITS))})(?![A-Za-z])", text)[0]
    if not amount.strip("-"):
        return UNITS[unit] * (-1 if amount else 1)
    return float(amount) * UNITS[unit] if amount.count(".") < 2 and amount.strip("-.") else 0.0


def _symbol(scanner: Scanner, match: re.Match[str]) -> None:
    scanner.spelled(match.group(), *match.span())


def _command(scanner: Scanner, match: re.Match[str]) -> None:
    text = "\\operatorname" if match.group() == "\\operatorname*" else match.group()
    if text in IGNORED:
        scanner.spaced = True
    elif text[1:] in scanner.functions and text not in LETTERS and text not in CANONICAL:
        scanner.emit("function", scanner.functions[text[1:]], *match.span())
    elif text[1:] in LATEX_FUNCTIONS:
        scanner.emit("function", text[1:], *match.span())
    elif text[1:].lower() in scanner.functions and text not in LETTERS and text not in CANONICAL:
        scanner.emit("function", scanner.functions[text[1:].lower()], *match.span())
    else:
        scanner.spelled(text, *match.span())


def _accented(scanner: Scanner, match: re.Match[str]) -> None:
    parts = take_apart(match.group())
    if parts and letter_name(parts[1]):
        scanner.character_in_font(*parts, *match.span())
    else:
        scanner.emit("fault", "unexpected-character", *match.span())


def _prime(scanner: Scanner, match: re.Match[str]) -> None:
    for offset, character in enumerate(match.group(), match.start()):
        for _ in range({"″": 2, "‴": 3}.get(character, 1)):
            scanner.emit("symbol", "'", offset, offset + 1)


def _superscript(scanner: Scanner, match: re.Match[str]) -> None:
    _script(scanner, "^", SUPERSCRIPTS, match)


def _subscript(scanner: Scanner, match: re.Match[str]) -> None:
    _script(scanner, "_", SUBSCRIPTS, match)


def _script(scanner: Scanner, opener: str, table: dict[str, str], match: re.Match[str]) -> None:
    r"""`x⁽¹⁾` as `x^{(1)}`; a raised T is a transpose."""
    start, end = match.span()
    scanner.emit("symbol", opener, start, start)
    scanner.emit("symbol", "{", start, start)
    plain = "".join(table[character] for character in match.group())
    for part in re.finditer(r"\d+|.", plain):
        text, place = part.group(), (start + part.start(), start + part.end())
        if opener == "^" and text == "T":
            scanner.emit("letter", "\\top", *place)
        elif text.isdigit():
            scanner.emit("number", text, *place)
        else:
            scanner.spelled(text, *place)
    scanner.emit("symbol", "}", end, end)


def _row(scanner: Scanner, match: re.Match[str]) -> None:
    scanner.emit("command", "\\\\", *match.span())


def _defined(scanner: Scanner, match: re.Match[str]) -> None:
    r"""`\mathrel{:=}` is an equals sign."""
    scanner.emit("symbol", "=", *match.span())


def _negated(scanner: Scanner, match: re.Match[str]) -> None:
    scanner.emit("command", "\\ne" if "=" in match.group() else "\\notin", *match.span())


def _begin(scanner: Scanner, match: re.Match[str]) -> None:
    scanner.emit("begin", _environment_name(match.group()), *match.span())


def _end(scanner: Scanner, match: re.Match[str]) -> None:
    scanner.emit("end", _environment_name(match.group()), *match.span())


def _delimiter(scanner: Scanner, match: re.Match[str]) -> None:
    r"""`\left(` opens and `\right)` closes; sizes say nothing except which way a bar faces."""
    size, spelling = re.fullmatch(r"\\([A-Za-z]+)\s*(.*)", match.group(), re.DOTALL).groups()  # pyright: ignore[reportOptionalMemberAccess]
    text = CANONICAL.get(spelling, _DELIMITERS.get(spelling, ""))
    text = _DELIMITERS.get(spelling, text)
    opens, closes = size in ("left", "mleft"), size in ("right", "mright")
    if opens or size.endswith("l"):
        text = _OPENING_BARS.get(text, text)
    elif closes or size.endswith("r"):
        text = _CLOSING_BARS.get(text, text)
    if not text or text in ("{", "}") or (text == "." and not (opens or closes)):
        scanner.emit("fault", "unknown-delimiter", *match.span())
    elif opens or closes:
        scanner.emit("left" if opens else "right", text, *match.span())
    elif size == "middle":
        scanner.emit("command", {"|": "\\mid", "\\|": "\\parallel"}.get(text, text), *match.span())
    else:
        scanner.emit("command" if text[0] == "\\" else "symbol", text, *match.span())


def _text(scanner: Scanner, match: re.Match[str]) -> None:
    r"""`\text{where }`, and `\text{if $x > 0$}`, where the formulas between dollar signs are tokens too."""
    command, content = match.group()[:-1].split("{", 1)
    if content.count("$") % 2 or "$" not in content or "operatorname" in command:
        latex_words.read_words(scanner, match)
        return
    start = match.start() + len(command) + 1
    for i, part in enumerate(content.split("$")):
        end = start + len(part)
        if i % 2:
            tokens, diagnostics = tokenize(Span(scanner.span.source, start, end), scanner.vocabulary, scanner.notation)
            scanner.tokens += tokens
            scanner.diagnostics += diagnostics
        elif part.strip(" .,;:"):
            scanner.emit("prose", part.strip(), start, end)
        start = end + 1


def _environment_name(text: str) -> str:
    r"""`\begin{align*}[t]` is align."""
    return text.split("{", 1)[1].split("}", 1)[0].rstrip("*")


_READERS: dict[str, Callable[[Scanner, re.Match[str]], None]] = {
    "number": _number,
    "program_number": _program_number,
    "symbol": _symbol,
    "symbol_again": _symbol,
    "command": _command,
    "accented": _accented,
    "prime": _prime,
    "superscript": _superscript,
    "subscript": _subscript,
    "row": _row,
    "row_again": _row,
    "defined": _defined,
    "negated": _negated,
    "begin": _begin,
    "end": _end,
    "width": _width,
    "width_again": _width,
    "delimiter": _delimiter,
    "text": _text,
    "letters": latex_words.read_letters,
    "roman_switch": latex_words.read_roman,
    "roman_letter": latex_words.read_roman,
    "word": plain_words.read_word,
    "label": plain_words.read_label,
    "qualified": plain_words.read_qualified,
    "module": plain_words.read_module,
    "method": plain_words.read_method,
    "quoted": plain_words.read_quoted,
    "transpose": plain_words.read_transpose,
}
