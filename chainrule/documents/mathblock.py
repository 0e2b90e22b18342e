"""LaTeX in Markdown: blocks and inline formulas that no renderer takes for Markdown's own marks."""

import re
from collections.abc import Iterable, Iterator

WIDEST = 88
"""Characters of a line in a display, about as many as a page has room for."""

_MATRIX = re.compile(r"\\begin\{(\w*matrix)\}(.*?)\\end\{\1\}", re.DOTALL)
_MARKUP = re.compile(r"\\left|\\right|\\[,;! ]|[{}^_&]")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_OPENING = re.compile(r"[(\[{]|\\left(?![a-z])|\\begin")
_CLOSING = re.compile(r"[)\]}]|\\right(?![a-z])|\\end")
_BREAK = re.compile(r" (?=[+-] )")


def aligned(rows: Iterable[tuple[str, str]]) -> str:
    """A display block of rows, aligned between the two halves of each."""
    lines = [f"{_safe(left)} &{_safe(right)}" if left else f"&{_safe(right)}" for left, right in rows]
    body = " \\\\\n".join(_guarded(line) for line in lines)
    return f"$$\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n$$"


def equation(latex: str) -> str:
    """A display block of one formula."""
    return f"$$\n{_guarded(_safe(latex))}\n$$"


def inline(latex: str) -> str:
    """A formula in a line of text or in the cell of a table."""
    return "$" + _safe(latex.replace("\\|", "\\Vert ").replace("|", "\\vert ")) + "$"


def split_equation(latex: str) -> tuple[str, str]:
    """`m = x + y` divided before its first equals sign that is in no braces; all on the right if it has none."""
    depth = 0
    for place, character in enumerate(latex):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == "=" and depth == 0:
            return latex[:place].strip(), latex[place:]
    return "", latex


def lines_of(latex: str) -> list[str]:
    """A formula as it is where it is short; else its terms on several lines, broken where no brackets are open."""
    pieces = list(_terms(latex)) if _width(latex) > WIDEST else [latex]
    lines = pieces[:1]
    for piece in pieces[1:]:
        if _width(lines[-1]) + _width(piece) < WIDEST:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines


def _terms(latex: str) -> Iterator[str]:
    """The text cut before each `+` and `-` that is in no brackets, no braces and no environment."""
    start, depth, read = 0, 0, 0
    for cut in _BREAK.finditer(latex):
        part = latex[read : cut.start()]
        depth += len(_OPENING.findall(part)) - len(_CLOSING.findall(part))
        read = cut.start()
        if not depth and start < cut.start():
            yield latex[start : cut.start()]
            start = cut.end()
    yield latex[start:]


def _width(latex: str) -> int:
    """About how many characters are seen: of a matrix its longest row, of a command one, of markup nothing."""
    rows = _MATRIX.sub(lambda found: max(found[2].split("\\\\"), key=len), latex)
    return len(_COMMAND.sub("x", _MARKUP.sub("", rows)))


def _safe(latex: str) -> str:
    """On one line, without the signs that open HTML."""
    return " ".join(latex.replace("<", "\\lt ").replace(">", "\\gt ").split())


def _guarded(line: str) -> str:
    """A line that Markdown would read as a list, a heading or a quotation begins with an empty group."""
    return "{} " + line if line[:1] in "-+*#=>|_~`0123456789" else line
