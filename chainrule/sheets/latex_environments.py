r"""Environments in LaTeX's text: lists and problems, tables and drawings, solutions, and those that are layout."""

from chainrule.sheets import latex_commands as tables
from chainrule.sheets.latex_groups import Argument
from chainrule.sheets.latex_items import begin_list, end_list, write_problem
from chainrule.sheets.latex_page import Page, Token


def begin_environment(page: Page, match: Token) -> int:
    r"""What a \begin opens; where to go on."""
    name = match["name"].rstrip("*")
    if name in tables.LISTS:
        return begin_list(page, match, tables.LISTS[name])
    if word := _problem_word(page, name):
        return _begin_problem(page, match, word)
    if name in tables.PICTURES or name in tables.TABLES:
        return _copy_environment(page, match)
    if not page.whole:
        return page.keep(match)
    if name in tables.SOLUTIONS:
        return _leave_solution_out(page, match)
    page.paragraph(*match.span())
    arguments = _arguments(page, match.end())
    return arguments[-1].behind if arguments else match.end()


def end_environment(page: Page, match: Token) -> int:
    r"""What an \end closes; where to go on."""
    name = match["name"].rstrip("*")
    if name in tables.LISTS:
        return end_list(page, match)
    if not page.whole and not _problem_word(page, name):
        return page.keep(match)
    page.paragraph(*match.span())
    return match.end()


def _problem_word(page: Page, name: str) -> str:
    """What the heading of an environment says that is a problem, "" of another one."""
    printed = tables.SAYS_PROBLEM.search(page.expanded.environments.get(name, ""))
    return printed[1].capitalize() if printed else tables.PROBLEM_WORDS.get(name.lower(), "")


def _arguments(page: Page, here: int) -> list[Argument]:
    """The brackets that stand directly behind a \\begin."""
    found: list[Argument] = []
    while argument := page.groups.bracketed(here):
        found.append(argument)
        here = argument.behind
    return found


def _begin_problem(page: Page, match: Token, word: str) -> int:
    arguments = _arguments(page, match.end())
    end = arguments[-1].behind if arguments else match.end()
    return write_problem(page, word, match, end, arguments[0] if arguments else None)


def _copy_environment(page: Page, match: Token) -> int:
    """A table or a drawing in TikZ as it stands, to be read later; in the place of another drawing a picture nobody has."""
    end = page.behind_end(match)
    if end is None:
        return page.keep(match)
    page.paragraph(*match.span())
    if match["name"].rstrip("*") in tables.TABLES:
        page.copy(match.start(), end)
    elif match["name"] == "tikzpicture":
        page.put("```tikz\n", match.start(), match.start())
        page.copy(match.start(), end)
        page.put("\n```", end, end)
    else:
        page.put(f"![{match['name']}]({match['name']})", *match.span())
    page.paragraph(*match.span())
    return end


def _leave_solution_out(page: Page, match: Token) -> int:
    end = page.behind_end(match)
    page.paragraph(*match.span())
    if end is None:
        return match.end()
    page.report("note", "solution-not-read", "The solution that the sheet gives here is not read.", *match.span())
    return end
