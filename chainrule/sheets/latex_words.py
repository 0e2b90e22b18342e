r"""Commands among the words of LaTeX's text: formatting, signs, accents, spacing, references, pictures."""

import re
import unicodedata

from chainrule.sheets import latex_commands as tables
from chainrule.sheets.latex_items import current_number
from chainrule.sheets.latex_page import Page, Token

_DIMENSION = re.compile(r"\s*=?\s*-?[\d.]*\s*(?:pt|em|ex|cm|mm|in|\\baselineskip|\\parskip)")
_REFERENCES = frozenset(("ref", "cref", "Cref", "autoref", "eqref"))
_CONDITION = re.compile(r"\s*\\if[A-Za-z@]*")
_ESCAPED = "$%&#_{}()[]|"
"""Signs behind a backslash that Markdown reads as LaTeX does."""


def write_word(page: Page, match: Token, word: str) -> int:
    """A command that is read in a `.tex` file alone; one that nobody knows is left as it stands. Where to go on."""
    here = match.end()
    if word in tables.PRINTED:
        page.put(tables.PRINTED[word], *match.span())
        return here + 2 if page.text.startswith("{}", here) else here
    if word in tables.WORD_ACCENTS:
        return _write_accent(page, match, tables.WORD_ACCENTS[word])
    if word in tables.PARAGRAPHS:
        return write_formatted(page, match, "\n\n" + page.prefix())
    if word in tables.BEFORE:
        return _behind_arguments(page, here, tables.BEFORE[word])
    if word in tables.DIMENSIONS:
        dimension = _DIMENSION.match(page.text, here)
        return dimension.end() if dimension else here
    if word in _REFERENCES or word == "label":
        return _refer(page, match, word)
    if word == "ensuremath" and (formula := page.groups.group(here)):
        page.put("$", *match.span())
        page.copy(*formula.content)
        page.put("$", *match.span())
        return formula.behind
    if word in ("input", "include"):
        return _name_other_file(page, match)
    if word == "newif":
        return named.end() if (named := _CONDITION.match(page.text, here)) else here
    if _CONDITION.fullmatch(match.group()) and word not in ("iff", "iffalse", "iftrue"):
        return _leave_condition(page, match)
    if word in tables.DROPPED:
        return _behind_arguments(page, here, tables.DROPPED[word])
    if word in tables.BREAKS:
        page.paragraph(*match.span())
    elif word not in tables.NOTHING:
        page.copy(*match.span())
    return here


def write_sign(page: Page, match: Token, sign: str) -> int:
    r"""A backslash before a sign: a line break, an accent, a space; where to go on."""
    if not page.whole or sign in _ESCAPED:
        return page.keep(match)
    if sign == "\\":
        option = page.groups.bracketed(match.end())
        if not page.fresh:
            page.put(" " if page.titled else "\n" + page.prefix(), *match.span())
        return option.behind if option and page.text[match.end()] == "[" else match.end()
    if sign in tables.ACCENTS:
        return _write_accent(page, match, tables.ACCENTS[sign])
    page.put(" " if sign in " ,;:>\n" else "", *match.span())
    return match.end()


def write_formatted(page: Page, match: Token, mark: str) -> int:
    r"""The mark before the argument and behind it; around the rest of an open brace for `{\bf ..}`. Where to go on."""
    page.put(mark, *match.span())
    here = page.groups.skip_space(match.end())
    if page.text[here : here + 1] == "{":
        page.closers.append(mark)
        return here + 1
    if page.closers and page.closers[-1] == "":
        page.closers[-1] = mark
    else:
        page.put(mark, *match.span())
    return here


def write_picture(page: Page, match: Token) -> int:
    r"""`\includegraphics[width=3cm]{net.png}` is a picture by its name; where to go on."""
    option = page.groups.option(match.end())
    file = page.groups.group(option.behind if option else match.end())
    if file is None:
        return page.keep(match)
    name = re.sub(r"[()\s\[\]]+", " ", page.groups.said(file)).strip()
    page.put(f"![]({name})", match.start(), file.behind)
    return file.behind


def _write_accent(page: Page, match: Token, accent: str) -> int:
    letter = page.groups.argument(match.end())
    if letter is None:
        return match.end()
    bare = page.groups.said(letter).strip().replace("\\i", "i").replace("\\j", "j")
    page.put(unicodedata.normalize("NFC", bare[:1] + accent + bare[1:]), match.start(), letter.behind)
    return letter.behind


def _refer(page: Page, match: Token, word: str) -> int:
    r"""`\label` names this place, `\ref` is the number of a place that was named; another one stays as it is."""
    label = page.groups.group(match.end())
    if label is None:
        return page.keep(match)
    name = page.groups.said(label)
    if word == "label":
        page.labels[name] = current_number(page)
    elif name in page.labels:
        page.put(page.labels[name], match.start(), label.behind)
    else:
        page.copy(match.start(), label.behind)
    return label.behind


def _name_other_file(page: Page, match: Token) -> int:
    file = page.groups.argument(match.end())
    end = file.behind if file else match.end()
    message = f"The file {page.groups.said(file)} that is put in here is not read."
    page.report("error", "other-file", message, match.start(), end, "put its text into this file")
    return end


def _leave_condition(page: Page, match: Token) -> int:
    r"""`\ifx\a\b`, `\ifdraft`: whether it holds is not known; where to go on, behind what is compared."""
    compared = tables.COMPARISON.match(page.text, match.start())
    end = compared.end() if compared else match.end()
    said = " ".join(page.text[match.start() : end].split())
    message = f"Whether {said} holds is not understood, so both what follows it and what follows its \\else are read."
    hint = "leave the text that holds, and take the other out"
    page.report("error", "condition-not-understood", message, match.start(), end, hint)
    return end


def _behind_arguments(page: Page, here: int, count: int) -> int:
    """Behind an option and `count` arguments, which print nothing."""
    if option := page.groups.option(here):
        here = option.behind
    for _ in range(count):
        if group := page.groups.group(here):
            here = group.behind
    return here
