"""Scanner: what the readers of the tokenizer share, the tokens so far and how a spelling becomes one."""

import re

from chainrule.errors import Diagnostic
from chainrule.source import Span
from chainrule.syntax.symbols import CANONICAL, LETTERS, REFUSED
from chainrule.syntax.tokens import Kind, Notation, Token
from chainrule.syntax.unicode_letters import letter_name, take_apart, vulgar_fraction
from chainrule.syntax.vocabulary import Vocabulary

_WORDS = frozenset({"\\sup", "\\inf", "\\argmax", "\\argmin", "\\arg", "\\Pr"})
_RUNS = re.compile(
    r"_?[({]\s*[a-z]\s*(?:=|∈|\\in(?![a-z])|in\b)|_\{?[i-nst]\}?(?=\s*[\w(\[])(?!\w\w)|[ᵢⱼₖₗₘₙₜ](?:₌|(?=\s*[\w(\[]))"
)
"""What makes a capital Σ a sum: a range below it, or an index alone with a factor behind. `Σ_k^{-1}` is a matrix."""
_PROBABILITIES = re.compile(r"\s*[pqPQ](?:\(|_|[ᵢⱼₖₙ₀-₉])")
_MATRIX = re.compile(r"Σ(?:\s*[=)\],;^:∈]|[⁻ᵀ'])")
"""Without an index it is one in front of probabilities, `Σ p(x) log p(x)`, where the text has no matrix Σ."""
_CALLED = re.compile(r"\s*(?:\\left\s*)?\(")
_CORNER = re.compile(r"\\begin\{array\}(?:\{[^{}]*\})?(?:(?!\\\\)[^&])*\Z")
"""Behind it the corner of a table goes on, where `X \\setminus Y` names what its rows and columns are."""


class Scanner:
    """Every read_... function of the tokenizer takes it first, with the match that it reads."""

    def __init__(self, span: Span, vocabulary: Vocabulary, notation: Notation):
        self.span = span
        self.text = span.source.text
        self.vocabulary = vocabulary
        self.functions = vocabulary.words
        self.notation: Notation = notation
        self.tokens: list[Token] = []
        self.diagnostics: list[Diagnostic] = []
        self.spaced = False
        self.differentials: set[int] = set()  # offsets of the d of `/dx` in plain text
        self.blank: tuple[int, float] = (-1, 0.0)  # after how many tokens the space read last stands, and how wide it is

    def emit(self, kind: Kind, text: str, start: int, end: int) -> None:
        self.tokens.append(Token(kind, text, start, end, self.spaced))
        self.spaced = False

    def _is_sum(self, text: str, end: int) -> bool:
        """Whether a capital letter is the sign of a sum or a product."""
        if _RUNS.match(self.text, end, self.span.end):
            return True
        return text == "Σ" and _PROBABILITIES.match(self.text, end, self.span.end) is not None and not _MATRIX.search(self.text)

    # One reader a row of the patterns.

    def spelled(self, text: str, start: int, end: int) -> None:
        """A symbol or command by its table row."""
        if text in "ΣΠ" and self._is_sum(text, end):
            self.emit("command", {"Σ": "\\sum", "Π": "\\prod"}[text], start, end)
        elif canonical := CANONICAL.get(text):
            self.emit("command" if canonical[0] == "\\" else "symbol", canonical, start, end)
        elif text in LETTERS:
            self.emit("letter", LETTERS[text], start, end)
        elif text == "~":
            self.emit("command", "\\sim", start, end)
        elif text == "\\setminus" and _CORNER.search(self.text, max(self.span.start, start - 80), start):
            self.emit("command", "\\backslash", start, end)
        elif text in REFUSED:
            self.emit("fault", "unsupported-notation", start, end)
        elif text[0] == "\\":
            if text in _WORDS:
                self.emit("word", text[1:], start, end)
            else:
                self.emit("fault", "unknown-command", start, end)
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
        elif digits := vulgar_fraction(text):
            if not self.spaced and self.tokens and self.tokens[-1].kind == "number" and self.tokens[-1].text.isdigit():
                whole = self.tokens.pop()  # 2½
                self.spaced = whole.spaced
                digits = (str(int(whole.text) * int(digits[1]) + int(digits[0])), digits[1])
                start = whole.start
            self.emit("command", "\\frac", start, end)
            for part in digits:
                if len(part) > 1:
                    self.emit("symbol", "{", start, start)
                self.emit("number", part, start, end)
                if len(part) > 1:
                    self.emit("symbol", "}", end, end)
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

    def function(self, word: str, end: int) -> str | None:
        """The function that a word names: in any case where parentheses follow, `Softplus(x)`."""
        known = self.functions.get(word)
        if known is None and len(word) > 2 and _CALLED.match(self.text, end, self.span.end):
            known = self.functions.get(word.lower())
        return known

    def name(self, word: str, start: int, end: int) -> None:
        if function := self.function(word, end):
            self.emit("function", function, start, end)
        else:
            self.emit("letter" if len(word) == 1 else "word", word, start, end)
