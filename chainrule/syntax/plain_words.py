"""Words of plain text: names, functions, `np.exp`, `x.sum()`, `A.T`, `dL/dw`."""

import re

from chainrule.syntax.patterns import PLAIN_DERIVATIVE
from chainrule.syntax.scanner import Scanner
from chainrule.syntax.symbols import CONDITIONS, GREEK, OTHERWISE, STATEMENT_WORDS

_COMMANDS = {"in": "\\in", "to": "\\dots", "partial": "\\partial", "nabla": "\\nabla"}
_PROSE = CONDITIONS | OTHERWISE


def read_word(scanner: Scanner, match: re.Match[str]) -> None:
    """A word of plain text."""
    run, (start, end) = match.group(), match.span()
    if start in scanner.differentials or _opens_derivative(scanner, start):
        scanner.emit("letter", "d", start, start + 1)
    elif run in GREEK:
        scanner.emit("letter", f"\\{run}", start, end)
    elif len(run) > 1 and (function := scanner.function(run, end)):
        scanner.emit("function", function, start, end)
    elif run in _PROSE:
        scanner.emit("prose", run, start, end)
    elif run in _COMMANDS:
        scanner.emit("command", _COMMANDS[run], start, end)
    elif run in STATEMENT_WORDS and not re.match(r"\s*[,)\]]", scanner.text[end : min(end + 9, scanner.span.end)]):
        scanner.emit("fault", "program-statement", start, end)
    elif run == "forall":
        scanner.emit("letter", "\\forall", start, end)
    elif run == "grad" and re.match(r"_\w+ ?\w|\(| [A-Za-z]", scanner.text[end : min(end + 60, scanner.span.end)]):
        scanner.emit("command", "\\nabla", start, end)
    else:
        scanner.emit("letter" if len(run) == 1 else "word", run, start, end)


def _opens_derivative(scanner: Scanner, start: int) -> bool:
    """Whether `dL/dw` starts here: one of the two names must be short or Greek, so that `data/dim` is a quotient."""
    match = PLAIN_DERIVATIVE.match(scanner.text, start, scanner.span.end) if scanner.text[start] == "d" else None
    if match is None:
        return False
    names = [match["by"], match["of"] or "f"]
    if not any(name in GREEK or len(re.split(r"\d|_", name)[0]) == 1 for name in names) or match["by"] in scanner.functions:
        return False
    scanner.differentials.add(match.start("d"))
    return True


def read_qualified(scanner: Scanner, match: re.Match[str]) -> None:
    """What stands after `np.`: a function wherever parentheses follow, known or not."""
    run, (start, end) = match.group(), match.span()
    run = run.removeprefix("reduce_")
    if scanner.text[end : min(end + 1, scanner.span.end)] == "(" or run in scanner.functions:
        scanner.emit("function", scanner.functions.get(run, run), start, end)
    elif run == "inf":
        scanner.emit("letter", "\\infty", start, end)
    else:
        scanner.emit("letter", f"\\{run}" if run in GREEK else run, start, end)


def read_method(scanner: Scanner, match: re.Match[str]) -> None:
    """`.sum` of `x.sum()`; without parentheses it is no mathematics."""
    name, (start, end) = match.group()[1:], match.span()
    if scanner.text[end : min(end + 1, scanner.span.end)] == "(":
        scanner.emit("method", scanner.functions.get(name, name), start, end)
    else:
        scanner.emit("fault", "unknown-attribute", start, end)


def read_quoted(scanner: Scanner, match: re.Match[str]) -> None:
    """`'A'` of `{'A': 0.6}`."""
    run, (start, end) = match.group().strip("`'\"“”‘’"), match.span()
    scanner.emit("letter" if len(run) == 1 else "word", run, start, end)


def read_label(scanner: Scanner, match: re.Match[str]) -> None:
    """What stands after an underscore in plain text, one word even where it begins with a digit."""
    run = match.group()
    greek = run in GREEK
    scanner.emit("letter" if greek or len(run) == 1 else "word", f"\\{run}" if greek else run, *match.span())


def read_module(scanner: Scanner, match: re.Match[str]) -> None:
    """`np.` says nothing."""


def read_transpose(scanner: Scanner, match: re.Match[str]) -> None:
    start, end = match.span()
    scanner.emit("symbol", "^", start, end)
    scanner.emit("symbol", "{", start, end)
    scanner.emit("letter", "\\top", start, end)
    scanner.emit("symbol", "}", start, end)
