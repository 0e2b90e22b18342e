r"""Headings, problems and the items of lists in LaTeX, written as Markdown."""

import re

from chainrule.sheets import latex_commands as tables
from chainrule.sheets.latex_groups import Argument
from chainrule.sheets.latex_lists import OpenList, open_list, own_label, width_of
from chainrule.sheets.latex_page import Page, Token

_SPACE = re.compile(r"\s*")
_NUMBER = re.compile(r"\W*(?:problem|exercise|question)?\s*(?P<number>\d+(?:\.\d+)*[a-z]?)\W*", re.IGNORECASE)
_SAID_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_MARGIN = re.compile(r"[ \t>]*")
_MOST_LISTS = 20
_RUN_IN = tables.HEADINGS["paragraph"]
"""Headings of this level and below stand at the beginning of a paragraph, inside lists too."""


def write_heading(page: Page, match: Token, level: int) -> int:
    """A heading of sections; where to go on."""
    option = page.groups.option(match.end())
    title = page.groups.group(option.behind if option else match.end())
    if title is None:
        return page.keep(match)
    if level < _RUN_IN:
        _leave_lists(page)
    page.counts[f"level {level}"] += 1
    said = _SAID_NUMBER.search(page.groups.said(title))
    page.number = said.group() if said else str(page.counts[f"level {level}"])
    _write_title(page, "#" * level, *match.span(), title)
    return title.behind


def write_problem(page: Page, word: str, match: Token, end: int, title: Argument | None) -> int:
    """The heading of a problem, for [match, end): LaTeX counts it, or its number stands where its title is."""
    _leave_lists(page)
    page.counts[word] += 1
    page.number = str(page.counts[word])
    if title is not None and (said := _NUMBER.fullmatch(page.groups.said(title))):
        page.number, title = said["number"], None
        page.counts[word] = int(page.number) if page.number.isdigit() else page.counts[word]
    _write_title(page, f"# {word} {page.number}{':' if title else ''}", match.start(), end, title)
    return end


def _write_title(page: Page, marks: str, start: int, end: int, title: Argument | None) -> None:
    """A heading whose marks and words stand for [start, end); the title is written out."""
    page.paragraph(start, end)
    page.put(f"{marks} ", start, end)
    if title is not None:
        page.titled = True
        page.write(*title.content)
        page.titled = False
    page.paragraph(start, end)


def _leave_lists(page: Page) -> None:
    """Lists that run into a heading were never closed; the questions of an exam may hold headings."""
    page.too_deep = 0
    while page.lists and page.lists[-1].kind != "questions":
        page.leave_list()


def begin_list(page: Page, match: Token, kind: str) -> int:
    r"""`\begin{enumerate}[label=(\alph*)]`; where to go on."""
    option = page.groups.option(match.end())
    if len(page.lists) >= _MOST_LISTS:
        if not page.too_deep:
            message = f"More than {_MOST_LISTS} lists are open here; what is inside is read as text of the last one."
            page.report("error", "nested-too-deep", message, *match.span())
        page.too_deep += 1
        return option.behind if option else match.end()
    if not page.lists and not page.whole:
        margin = _MARGIN.match(page.text, page.text.rfind("\n", 0, match.start()) + 1, match.start())
        page.base = margin.group() if margin else ""
    depth = sum(each.kind == "enumerate" for each in page.lists)
    page.lists.append(open_list(match["name"], kind, match.span(), page.groups.said(option), depth, page.expanded.macros))
    return option.behind if option else match.end()


def end_list(page: Page, match: Token) -> int:
    r"""`\end{enumerate}`, and the lists inside it that were not closed; where to go on."""
    if page.too_deep:
        page.too_deep -= 1
        return match.end()
    if not any(each.name == match["name"] for each in page.lists):
        page.report("error", "stray-end", f"{match.group()} closes nothing that is open.", *match.span())
        return match.end()
    while page.lists[-1].name != match["name"]:
        page.leave_list()
    page.lists.pop()
    page.fresh = False
    page.paragraph(*match.span())
    if not page.lists:
        page.base = ""
    return match.end()


def write_item(page: Page, match: Token) -> int:
    r"""`\item`, `\item[(b)]`, or a problem, `\item[Problem 3]`; where to go on."""
    current = page.lists[-1]
    option = page.groups.option(match.end())
    end = option.behind if option else match.end()
    if page.too_deep or current.kind == "questions":
        page.paragraph(*match.span())
    elif option and tables.SAYS_PROBLEM.search(page.groups.said(option)):
        current.width = 0
        _write_title(page, "#", *match.span(), option)
    elif current.word and not option:
        current.count, current.width = current.count + 1, 0
        _write_title(page, f"# {current.word} {current.count}", *match.span(), None)
    else:
        _begin_item(page, current, match, option)
    return _behind_space(page, end)


def _begin_item(page: Page, current: OpenList, match: Token, option: Argument | None) -> None:
    """The marker of an item, on the line of the item around it where nothing stands there yet."""
    inline = page.fresh and current.width == 0
    current.width = 0
    if not inline:
        page.made.put("\n\n" + page.prefix(), *match.span())
    current.count += option is None
    marker = current.marker() if option is None else own_label()
    page.made.put(marker, *match.span())
    current.width = width_of(marker)
    page.fresh = True
    if option is not None:
        page.titled = True
        page.write(*option.content)
        page.titled = False
        page.made.put(" ", *match.span())


def write_exam_item(page: Page, match: Token, word: str) -> int:
    r"""`\question[5]`, `\part`, `\subpart`; where to go on."""
    title = page.groups.group(match.end()) if word == "titledquestion" else None
    end = title.behind if title else match.end()
    option = page.groups.option(end)
    end = option.behind if option else end
    kind = tables.EXAM_ITEMS[word]
    if kind == "questions":
        return _behind_space(page, write_problem(page, "Question", match, end, title))
    if not page.inside(kind):
        return page.keep(match)
    while page.lists[-1].kind != kind:
        page.leave_list()
    _begin_item(page, page.lists[-1], match, None)
    return _behind_space(page, end)


def _behind_space(page: Page, here: int) -> int:
    space = _SPACE.match(page.text, here)
    return space.end() if space else here


def current_number(page: Page) -> str:
    """How one refers to this place: the item that is open, else the problem or section."""
    numbered = [each for each in page.lists if each.kind not in ("itemize", "questions") and each.count]
    return numbered[-1].label() if numbered else page.number
