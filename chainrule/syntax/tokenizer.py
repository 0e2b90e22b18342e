r"""Characters to tokens: every spelling becomes its canonical one here, so that the parser knows one notation only.

Superscript and subscript characters become scripts in braces (`x²` is `x^{2}`), accented and mathematical letters
become commands (`ŷ` is `\hat y`), and what cannot be read becomes a "fault" token, an error only where it is parsed.
"""

import re
from collections.abc import Callable

from chainrule.errors import Diagnostic
from chainrule.source import Span
from chainrule.syntax.patterns import PATTERNS, PLAIN_DERIVATIVE
from chainrule.syntax.symbols import (
    CANONICAL,
    CONDITIONS,
    CONNECTIVES,
    FUNCTIONS,
    GREEK,
    IGNORED,
    LETTERS,
    OTHERWISE,
    QUANTIFIERS,
    REFUSED,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    words,
)
from chainrule.syntax.tokens import Kind, Notation, Token
from chainrule.syntax.unicode_letters import letter_name, take_apart
from chainrule.syntax.vocabulary import Vocabulary

# Letter runs in LaTeX that are a command without its backslash, besides Greek letters; the second group needs a brace after it.
_BARE_COMMANDS = frozenset(words("cdot times odot otimes partial nabla infty sum prod"))
_BARE_WITH_BRACE = frozenset(
    words("frac tfrac dfrac sqrt hat bar tilde vec mathbf mathcal mathbb mathrm text operatorname begin")
)
_BARE_PROSE = frozenset({"where", "and", "with", "for"})
_PROSE = CONNECTIVES | QUANTIFIERS | CONDITIONS | OTHERWISE
_DELIMITERS = {"<": "\\langle", ">": "\\rangle", ".": "."}
_OPENING_BARS = {"|": "\\lvert", "\\|": "\\lVert", "||": "\\lVert"}
_CLOSING_BARS = {"|": "\\rvert", "\\|": "\\rVert", "||": "\\rVert"}


def tokenize(span: Span, vocabulary: Vocabulary, notation: Notation) -> tuple[list[Token], list[Diagnostic]]:
    """The tokens of a stretch of text, offsets of the whole source, without a stop token; and what was repaired."""
    tokenizer = _Tokenizer(span, vocabulary, notation)
    tokenizer.run()
    return tokenizer.tokens, tokenizer.diagnostics


class _Tokenizer:
    def __init__(self, span: Span, vocabulary: Vocabulary, notation: Notation):
        self.span = span
        self.text = span.source.text
        self.functions = {name: name for name in FUNCTIONS} | dict(vocabulary.functions)
        self.notation: Notation = notation
        self.tokens: list[Token] = []
        self.diagnostics: list[Diagnostic] = []
        self.spaced = False
        self.differentials: set[int] = set()  # offsets of the d of `/dx` in plain text

    def run(self) -> None:
        match_at = PATTERNS[self.notation].match
        position, end = self.span.start, self.span.end
        while position < end:
            match = match_at(self.text, position, end)
            if match is None:
                raise AssertionError("the last row of the patterns takes any character")
            group = (match.lastgroup or "").removesuffix("_again")
            if group in ("space", "ignored", "comment"):
                self.spaced = True
            else:
                _READERS[group](self, match)
                self.spaced = False
            position = self.tokens[-1].end if group == "word" else match.end()  # of `dL` only the d may have been read

    def emit(self, kind: Kind, text: str, start: int, end: int) -> None:
        self.tokens.append(Token(kind, text, start, end, self.spaced))
        self.spaced = False

    # One reader a row of the patterns.

    def number(self, match: re.Match[str]) -> None:
        text, (start, end) = match.group(), match.span()
        if len(text) == 2 and text.isdigit() and self.tokens and self.tokens[-1].text in ("\\frac", "\\binom"):
            self.emit("number", text[0], start, start + 1)  # \frac12
            self.emit("number", text[1], start + 1, end)
        else:
            self.emit("number", text, start, end)

    def symbol(self, match: re.Match[str]) -> None:
        self.spelled(match.group(), *match.span())

    def command(self, match: re.Match[str]) -> None:
        text = match.group()
        if text in IGNORED:
            self.spaced = True
        elif text[1:] in self.functions and text not in LETTERS and text not in CANONICAL:
            self.emit("function", self.functions[text[1:]], *match.span())
        else:
            self.spelled(text, *match.span())

    def spelled(self, text: str, start: int, end: int) -> None:
        """A symbol or command by its table row."""
        if canonical := CANONICAL.get(text):
            if text == "~" and self.notation == "plain":
                canonical = "\\sim"
            self.emit("command" if canonical[0] == "\\" else "symbol", canonical, start, end)
        elif text in LETTERS:
            self.emit("letter", LETTERS[text], start, end)
        elif text == "~":
            self.emit("command", "\\sim", start, end)
        elif text in REFUSED:
            self.emit("fault", "unsupported-notation", start, end)
        elif text[0] == "\\":
            words = {"\\max", "\\min", "\\sup", "\\inf", "\\argmax", "\\argmin", "\\arg"}
            self.emit("word", text[1:], start, end) if text in words else self.emit("fault", "unknown-command", start, end)
        elif len(text) == 1:
            self.character(text, start, end)
        else:
            self.emit("fault", "unexpected-character", start, end)

    def character(self, text: str, start: int, end: int) -> None:
        """A letter beyond ASCII, perhaps with its combining accents."""
        if name := letter_name(text):
            self.emit("letter", name, start, end)
        elif text == "𝟙":
            self.character_in_font(["\\mathbb"], "1", start, end)
        elif (parts := take_apart(text)) and (letter_name(parts[1]) or parts[1].isdigit()):
            self.character_in_font(*parts, start, end)
        else:
            self.emit("fault", "bare-percent" if text == "%" else "unexpected-character", start, end)

    def character_in_font(self, commands: list[str], base: str, start: int, end: int) -> None:
        for command in commands:
            self.emit("command", command, start, end)
        if name := letter_name(base):
            self.emit("letter", name, start, end)
        else:
            self.emit("number", base, start, end)

    def accented(self, match: re.Match[str]) -> None:
        parts = take_apart(match.group())
        if parts and letter_name(parts[1]):
            self.character_in_font(*parts, *match.span())
        else:
            self.emit("fault", "unexpected-character", *match.span())

    def prime(self, match: re.Match[str]) -> None:
        for offset, character in enumerate(match.group(), match.start()):
            for _ in range({"″": 2, "‴": 3}.get(character, 1)):
                self.emit("symbol", "'", offset, offset + 1)

    def superscript(self, match: re.Match[str]) -> None:
        self.script("^", SUPERSCRIPTS, match)

    def subscript(self, match: re.Match[str]) -> None:
        self.script("_", SUBSCRIPTS, match)

    def script(self, opener: str, table: dict[str, str], match: re.Match[str]) -> None:
        r"""`x⁽¹⁾` as `x^{(1)}`; a raised T is a transpose."""
        start, end = match.span()
        self.emit("symbol", opener, start, start)
        self.emit("symbol", "{", start, start)
        plain = "".join(table[character] for character in match.group())
        for part in re.finditer(r"\d+|.", plain):
            text, place = part.group(), (start + part.start(), start + part.end())
            if opener == "^" and text == "T":
                self.emit("letter", "\\top", *place)
            elif text.isdigit():
                self.emit("number", text, *place)
            else:
                self.spelled(text, *place)
        self.emit("symbol", "}", end, end)

    def letters(self, match: re.Match[str]) -> None:
        """A run of letters in LaTeX: one word if the vocabulary knows it, else letters side by side."""
        run, (start, end) = match.group(), match.span()
        following = self.text[end : min(end + 8, self.span.end)].lstrip()
        if run in _BARE_WITH_BRACE and following.startswith("{"):
            self.repair(run, start, end)
        elif run in self.functions and (len(run) > 2 or (len(run) == 2 and following.startswith(("(", "[", "\\left", "\\{")))):
            self.emit("function", self.functions[run], start, end)
        elif run in _BARE_PROSE:
            self.emit("word", run, start, end)
        elif (run in GREEK and len(run) > 2) or run in _BARE_COMMANDS:
            self.repair(run, start, end)
        else:
            for offset, letter in enumerate(run, start):
                self.emit("letter", letter, offset, offset + 1)

    def repair(self, run: str, start: int, end: int) -> None:
        message = f"{run} has no backslash; it was read as \\{run}"
        span = Span(self.span.source, start, end)
        self.diagnostics.append(Diagnostic("warning", "missing-backslash", message, span, f"write \\{run}"))
        if run in ("mathrm", "text", "operatorname", "begin"):
            self.emit("fault", "missing-backslash", start, end)
        else:
            self.spelled(f"\\{run}", start, end)

    def word(self, match: re.Match[str]) -> None:
        """A word of plain text."""
        run, (start, end) = match.group(), match.span()
        if start in self.differentials or self.opens_derivative(start):
            self.emit("letter", "d", start, start + 1)
        elif run in GREEK:
            self.emit("letter", f"\\{run}", start, end)
        elif run in self.functions and len(run) > 1:
            self.emit("function", self.functions[run], start, end)
        elif run in CONDITIONS | OTHERWISE:
            self.emit("prose", run, start, end)
        elif run == "in":
            self.emit("command", "\\in", start, end)
        else:
            self.emit("letter" if len(run) == 1 else "word", run, start, end)

    def opens_derivative(self, start: int) -> bool:
        """Whether `dL/dw` starts here: one of the two names must be short or Greek, so that `data/dim` is a quotient."""
        match = PLAIN_DERIVATIVE.match(self.text, start, self.span.end) if self.text[start] == "d" else None
        if match is None:
            return False
        names = [match["by"], match["of"] or "f"]
        if not any(name in GREEK or len(re.split(r"\d|_", name)[0]) == 1 for name in names) or match["by"] in self.functions:
            return False
        self.differentials.add(match.start("d"))
        return True

    def label(self, match: re.Match[str]) -> None:
        """What stands after an underscore in plain text, one word even where it begins with a digit."""
        run = match.group()
        greek = run in GREEK
        self.emit("letter" if greek or len(run) == 1 else "word", f"\\{run}" if greek else run, *match.span())

    def module(self, match: re.Match[str]) -> None:
        """`np.` says nothing."""

    def transpose(self, match: re.Match[str]) -> None:
        start, end = match.span()
        self.emit("symbol", "^", start, end)
        self.emit("symbol", "{", start, end)
        self.emit("letter", "\\top", start, end)
        self.emit("symbol", "}", start, end)

    def row(self, match: re.Match[str]) -> None:
        self.emit("command", "\\\\", *match.span())

    def defined(self, match: re.Match[str]) -> None:
        r"""`\stackrel{\text{def}}{=}` is an equals sign."""
        self.emit("symbol", "=", *match.span())

    def begin(self, match: re.Match[str]) -> None:
        self.emit("begin", environment_name(match.group()), *match.span())

    def end(self, match: re.Match[str]) -> None:
        self.emit("end", environment_name(match.group()), *match.span())

    def delimiter(self, match: re.Match[str]) -> None:
        r"""`\left(` opens and `\right)` closes; sizes say nothing except which way a bar faces."""
        size, spelling = re.fullmatch(r"\\([A-Za-z]+)\s*(.*)", match.group(), re.DOTALL).groups()  # pyright: ignore[reportOptionalMemberAccess]
        text = CANONICAL.get(spelling, _DELIMITERS.get(spelling, ""))
        text = _DELIMITERS.get(spelling, text)
        opens, closes = size in ("left", "mleft"), size in ("right", "mright")
        if opens or size.endswith("l"):
            text = _OPENING_BARS.get(text, text)
        elif closes or size.endswith("r"):
            text = _CLOSING_BARS.get(text, text)
        if not text or (text == "." and not (opens or closes)):
            self.emit("fault", "unknown-delimiter", *match.span())
        elif opens or closes:
            self.emit("left" if opens else "right", text, *match.span())
        elif size == "middle":
            self.emit("command", {"|": "\\mid", "\\|": "\\parallel"}.get(text, text), *match.span())
        else:
            self.emit("command" if text[0] == "\\" else "symbol", text, *match.span())

    def roman(self, match: re.Match[str]) -> None:
        r"""`\mathrm d` and `{\rm ReLU}`."""
        word = re.findall(r"[A-Za-z]+", match.group())[-1]
        self.name(word, *match.span())

    def name(self, word: str, start: int, end: int) -> None:
        if word in self.functions:
            self.emit("function", self.functions[word], start, end)
        else:
            self.emit("letter" if len(word) == 1 else "word", word, start, end)

    def words(self, match: re.Match[str]) -> None:
        r"""`\text{..}`, `\operatorname{..}`: a name if it is one word that is no prose."""
        command, content = match.group()[:-1].split("{", 1)
        is_text = "text" in command or "box" in command
        content = re.sub(r"\\[,!]", "", content) if not is_text else content
        content = re.sub(r"\\[ ,;:]|[~\s]+", " ", content).replace("\\_", "_").replace("\\&", "&")
        stripped = content.strip()
        plain = stripped.lower().strip(" ,.;:()")
        is_prose = plain in _PROSE or " " in stripped or (is_text and content != stripped)
        if stripped in self.functions or re.fullmatch(r"[A-Za-z]", stripped):
            self.name(stripped, *match.span())
        elif "\\" in content or "$" in content or "^" in content or not re.search(r"[^\W_]", content):
            self.emit("fault", "math-in-text", *match.span())
        elif re.fullmatch(r"\d+", stripped):
            self.emit("number", stripped, *match.span())
        elif is_prose or not re.fullmatch(r"[\w'’.*-]+", stripped):
            self.emit("prose", stripped, *match.span())
        else:
            self.emit("word", stripped, *match.span())


def environment_name(text: str) -> str:
    r"""`\begin{align*}[t]` is align."""
    return text.split("{", 1)[1].split("}", 1)[0].rstrip("*")


_READERS: dict[str, Callable[[_Tokenizer, re.Match[str]], None]] = {
    name: getattr(_Tokenizer, name)
    for name in words(
        "number symbol command accented prime superscript subscript letters word label module transpose row defined begin end"
    )
} | {
    "delimiter": _Tokenizer.delimiter,
    "roman_switch": _Tokenizer.roman,
    "roman_letter": _Tokenizer.roman,
    "text": _Tokenizer.words,
}
