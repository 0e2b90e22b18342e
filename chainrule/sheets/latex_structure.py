r"""LaTeX's text as Markdown: headings, lists, problems, pictures and words, each with its place in the LaTeX.

A formula is copied as it is. Of a `.tex` file everything is read; of a Markdown file what LaTeX alone has, lists, headings
and environments, and the rest is left to Markdown. A line inside a list is indented as Markdown wants it.
"""

from collections.abc import Sequence

from chainrule.errors import Diagnostic
from chainrule.sheets import latex_commands as tables
from chainrule.sheets.latex_environments import begin_environment, end_environment
from chainrule.sheets.latex_expansion import Expanded
from chainrule.sheets.latex_items import write_exam_item, write_heading, write_item
from chainrule.sheets.latex_page import Page, Token
from chainrule.sheets.latex_words import write_formatted, write_picture, write_sign, write_word
from chainrule.sheets.regions import Region
from chainrule.source import Source


def write_markdown(
    expanded: Expanded, regions: Sequence[Region], *, whole: bool, start: int = 0
) -> tuple[Source, list[Diagnostic]]:
    """The text from `start` on as Markdown, and what is wrong with its LaTeX. `regions` are its formulas and pictures.

    whole: it is a `.tex` file, not the LaTeX in a Markdown file.
    """
    page = Page(expanded, regions, _write_token, whole)
    page.write(start, len(page.text))
    while page.lists:
        page.leave_list()
    return page.made.result(), page.faults


def _write_token(page: Page, match: Token) -> int:
    """Write what a token is; where to go on."""
    if match["edge"]:
        return begin_environment(page, match) if match["edge"] == "begin" else end_environment(page, match)
    if match["word"]:
        return _write_command(page, match, match["word"])
    if match["sign"]:
        return write_sign(page, match, match["sign"])
    if match["brace"]:
        return _write_brace(page, match)
    if match["line"]:
        return _write_line(page, match)
    if not page.whole:
        return page.keep(match)
    page.put(" " if match["tie"] else '"', *match.span())
    return match.end()


def _write_command(page: Page, match: Token, word: str) -> int:
    titles = word == "part" and page.text.startswith("{", match.end()) and not page.inside("parts")
    if word in tables.HEADINGS or titles:
        return write_heading(page, match, tables.HEADINGS.get(word, 1))
    if word == "item" and page.lists:
        return write_item(page, match)
    if word in tables.EXAM_ITEMS and (page.whole or page.inside(tables.EXAM_ITEMS[word])):
        return write_exam_item(page, match, word)
    if word == "includegraphics":
        return write_picture(page, match)
    if word in tables.BOLD or word in tables.PLAIN:
        return write_formatted(page, match, "**" if word in tables.BOLD else "")
    return write_word(page, match, word) if page.whole else page.keep(match)


def _write_brace(page: Page, match: Token) -> int:
    """A brace prints nothing in LaTeX, but where it closes what a command opened."""
    if match.group() == "{" and (page.whole or page.closers):
        page.closers.append("" if page.whole else None)
    elif match.group() == "}" and page.closers:
        closer = page.closers.pop()
        if closer is not None:
            page.put(closer, *match.span())
            return match.end()
    return match.end() if page.whole else page.keep(match)


def _write_line(page: Page, match: Token) -> int:
    """The end of a line and the margin of the next one, which is indented as the open lists want it."""
    if page.titled:
        page.put(" ", *match.span())
    elif not (page.whole or page.lists):
        return page.keep(match)
    elif not page.fresh:
        page.made.copy(match.start(), match.start() + 1)
        if not page.text.startswith("\n", match.end()):
            page.made.put(page.prefix(), match.start(), match.start() + 1)
    return match.end()
