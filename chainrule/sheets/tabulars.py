r"""LaTeX's tables of text in a sheet, `\begin{tabular}{c|cc} $x$ & heads & tails \\ ... \end{tabular}`, as rows of cells."""

import re
from collections.abc import Iterator

from chainrule.sheets.sheet import Cell, Grid
from chainrule.source import Source, Span

_TABULAR = re.compile(
    r"\\begin\{tabular\*?\}(?:\[[tbc]\])?(?:\{[^{}]*\})?(?P<body>(?:(?!\\begin\{tabular).){0,20000}?)\\end\{tabular\*?\}",
    re.DOTALL,
)
_ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?")
_CELL_END = re.compile(r"(?<!\\)&")
_RULES = re.compile(r"(?:\s|\\(?:hline|toprule|midrule|bottomrule)(?![A-Za-z])|\\c(?:mid)?(?:line|rule)\{[^{}]*\})*")
_FORMULA = re.compile(r"\$(?P<dollar>[^$]*)\$|\\\((?P<bracket>.*?)\\\)", re.DOTALL)
_WORDS = re.compile(r"\\(?:textbf|textit|emph|text|textrm|mathrm)\s*\{([^{}]*)\}")


def find_tabulars(source: Source, start: int, end: int) -> Iterator[Grid]:
    """The tables in a stretch of the text whose rows are equally long."""
    for match in _TABULAR.finditer(source.text, start, end):
        rows = [
            tuple(_cell(source, left, right) for left, right in _parts(source.text, *row, _CELL_END))
            for row in _parts(source.text, *match.span("body"), _ROW_END)
        ]
        rows = [row for row in rows if any(cell.formulas or cell.words for cell in row)]
        if rows and len({len(row) for row in rows}) == 1:
            yield Grid(source.span(*match.span()), tuple(rows))


def _parts(text: str, start: int, end: int, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The stretches between separators."""
    for match in separator.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _cell(source: Source, start: int, end: int) -> Cell:
    """One cell, without the rules above its row."""
    rules = _RULES.match(source.text, start, end)
    start = rules.end() if rules else start
    text = source.text[start:end]
    formulas = tuple(_formula(source, start, match) for match in _FORMULA.finditer(text))
    words = _WORDS.sub(r"\1", _FORMULA.sub("", text)).replace("\\%", "%").strip()
    return Cell(source.span(start, start + len(text.rstrip())), formulas, words)


def _formula(source: Source, start: int, match: re.Match[str]) -> Span:
    inside = "dollar" if match["dollar"] is not None else "bracket"
    text = match[inside]
    first = start + match.start(inside) + len(text) - len(text.lstrip())
    return source.span(first, first + len(text.strip()))
