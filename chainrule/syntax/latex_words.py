r"""Letters of LaTeX: runs side by side, `\mathrm d`, and the words of `\text{..}` and `\operatorname{..}`."""

import re

from chainrule.errors import Diagnostic, Repair
from chainrule.source import Span
from chainrule.syntax.scanner import Scanner
from chainrule.syntax.symbols import CONDITIONS, CONNECTIVES, GREEK, OTHERWISE, QUANTIFIERS, words

# Letter runs in LaTeX that are a command without its backslash, besides Greek letters; the second group needs a brace after it.
_BARE_COMMANDS = frozenset(words("cdot times odot otimes partial nabla infty sum prod"))
_BARE_WITH_BRACE = frozenset(
    words("frac tfrac dfrac sqrt hat bar tilde vec mathbf mathcal mathbb mathrm text operatorname begin")
)
_NUMBERED = re.compile(r"[A-Za-z]+[0-9]+[A-Za-z0-9]*")  # norm1, log1p
_BARE_PROSE = frozenset({"where", "and", "with", "for"})
_PROSE = CONNECTIVES | QUANTIFIERS | CONDITIONS | OTHERWISE


def read_letters(scanner: Scanner, match: re.Match[str]) -> None:
    """A run of letters in LaTeX: one word if the vocabulary knows it, else letters side by side."""
    run, (start, end) = match.group(), match.span()
    numbered = _NUMBERED.match(scanner.text, start, scanner.span.end)
    if numbered and numbered.group() in scanner.functions:
        run, end = numbered.group(), numbered.end()
    following = scanner.text[end : min(end + 8, scanner.span.end)].lstrip()
    if run in _BARE_WITH_BRACE and following.startswith("{"):
        _repair(scanner, run, start, end)
    elif run in scanner.functions and (len(run) > 2 or (len(run) == 2 and following.startswith(("(", "[", "\\left", "\\{")))):
        scanner.emit("function", scanner.functions[run], start, end)
    elif run in _BARE_PROSE or scanner.text[max(start - 2, 0) : start] == "\\_":  # y\_pred has one word
        scanner.emit("word", run, start, end)
    elif (run in GREEK and len(run) > 2) or run in _BARE_COMMANDS:
        _repair(scanner, run, start, end)
    else:
        for offset, letter in enumerate(run, start):
            scanner.emit("letter", letter, offset, offset + 1)


def _repair(scanner: Scanner, run: str, start: int, end: int) -> None:
    message = f"{run} has no backslash; it was read as \\{run}"
    span = Span(scanner.span.source, start, end)
    repairs = (Repair(span, f"\\{run}"),)
    scanner.diagnostics.append(Diagnostic("warning", "missing-backslash", message, span, f"write \\{run}", repairs))
    if run in ("mathrm", "text", "operatorname", "begin"):
        scanner.emit("fault", "missing-backslash", start, end)
    else:
        scanner.spelled(f"\\{run}", start, end)


def read_roman(scanner: Scanner, match: re.Match[str]) -> None:
    r"""`\mathrm d` and `{\rm ReLU}`; the braces stay where they are those of an argument, as in `\frac{\rm d}{..}`."""
    text, (start, end) = match.group(), match.span()
    word = re.findall(r"[A-Za-z]+", text)[-1]
    braced = (
        text[0] == "{" and bool(scanner.tokens) and (scanner.tokens[-1].kind == "command" or scanner.tokens[-1].text == "}")
    )
    if braced:
        scanner.emit("symbol", "{", start, start + 1)
    scanner.name(word, start + braced, end - braced)
    if braced:
        scanner.emit("symbol", "}", end - 1, end)


def read_words(scanner: Scanner, match: re.Match[str]) -> None:
    r"""`\text{..}`, `\operatorname{..}`: a name if it is one word that is no prose."""
    command, content = match.group()[:-1].split("{", 1)
    is_text = "text" in command or "box" in command
    content = re.sub(r"^\s*\\rm\s+", "", content)
    content = re.sub(r"\\[,!]", "", content) if not is_text else content
    content = re.sub(r"\\[ ,;:]|[~\s]+", " ", content).replace("\\_", "_").replace("\\&", "&")
    _text_or_name(scanner, content, is_text, *match.span())


def _is_in_braces(scanner: Scanner, start: int) -> bool:
    r"""Whether a set is open here, `\{\text{sun: } 0.5`: a colon behind its words is that of an outcome."""
    before = scanner.span.start
    return scanner.text.rfind("\\{", before, start) > scanner.text.rfind("\\}", before, start)


def _text_or_name(scanner: Scanner, content: str, is_text: bool, start: int, end: int) -> None:
    stripped = content.strip()
    plain = stripped.lower().strip(" ,.;:()")
    if is_text and stripped.endswith(":") and plain not in _PROSE and _is_in_braces(scanner, start):
        colon = scanner.text.rindex(":", start, end)
        _text_or_name(scanner, stripped[:-1].rstrip(), is_text, start, colon)
        scanner.emit("symbol", ":", colon, end)
        return
    is_prose = plain in _PROSE or " " in stripped or (is_text and content != stripped)
    if stripped == "where" and scanner.text[end : end + 1] == "(":
        scanner.emit("word" if is_text else "function", stripped, start, end)
    elif scanner.function(stripped, end) or re.fullmatch(r"[A-Za-z]", stripped):
        scanner.name(stripped, start, end)
    elif is_text and not stripped:
        return  # `\text{ }` is a space
    elif plain == "to" and is_text:
        scanner.emit("command", "\\dots", start, end)
    elif "\\" in content or "$" in content or "^" in content or not re.search(r"[^\W_]", content):
        scanner.emit("fault", "math-in-text", start, end)
    elif re.fullmatch(r"\d+(\.\d+)?", stripped):
        scanner.emit("number", stripped, start, end)
    elif is_prose or not re.fullmatch(r"[\w'’.*-]+", stripped):
        scanner.emit("prose", stripped, start, end)
    else:
        scanner.emit("word", stripped, start, end)
