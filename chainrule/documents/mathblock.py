"""LaTeX in Markdown: blocks and inline formulas that no renderer takes for Markdown's own marks."""

from collections.abc import Iterable


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


def _safe(latex: str) -> str:
    """On one line, without the signs that open HTML."""
    return " ".join(latex.replace("<", "\\lt ").replace(">", "\\gt ").split())


def _guarded(line: str) -> str:
    """A line that Markdown would read as a list, a heading or a quotation begins with an empty group."""
    return "{} " + line if line[:1] in "-+*#=>|_~`0123456789" else line
