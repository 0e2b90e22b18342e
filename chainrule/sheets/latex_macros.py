r"""Definitions in LaTeX: `\newcommand`, `\def`, `\DeclareMathOperator`, `\let` and their like, `\newtheorem`."""

import re
from dataclasses import dataclass

from chainrule.sheets.latex_groups import Groups

DEFINING = re.compile(
    r"\\(?:(?P<command>(?:re)?newcommand|providecommand|DeclareRobustCommand)|(?P<document>(?:New|Renew|Provide|Declare)DocumentCommand)"
    r"|(?P<define>[gex]?def)|(?P<operator>DeclareMathOperator)|(?P<pair>DeclarePairedDelimiter)"
    r"|(?P<let>let)|(?P<theorem>newtheorem)|(?P<environment>(?:re)?newenvironment))(?![A-Za-z@])\*?"
)
_NAME = re.compile(r"\s*(?:\{\s*(?P<braced>\\(?:[A-Za-z@]+|.))\s*\}|(?P<bare>\\(?:[A-Za-z@]+|.)))")
_PARAMETERS = re.compile(r"(?:[ \t]*#[1-9])*")
_SPECIFIED = re.compile(r"\s*(?:(?P<needed>m)|(?P<optional>o)|O\s*\{(?P<default>[^{}]*)\})")
_SPACING = re.compile(r"\\[,;:! ]|~")


@dataclass(frozen=True)
class Macro:
    """What a command stands for: `count` arguments, the first of them optional where there is a default.

    final: the body is not expanded further. starred: a star behind the name changes nothing.
    """

    count: int
    body: str
    default: str | None = None
    final: bool = False
    starred: bool = False


@dataclass(frozen=True)
class Definition:
    """`name` is a command, with its backslash, or an environment, whose `printed` word is what a theorem of it shows."""

    name: str
    end: int
    macro: Macro | None = None
    printed: str = ""


def read_definition(groups: Groups, match: re.Match[str], known: dict[str, Macro]) -> Definition | None:
    """The definition that `match` of DEFINING begins; None where it is not of a form that is read."""
    here = match.end()
    if match["theorem"]:
        return _theorem(groups, here)
    if match["environment"]:
        return _environment(groups, here)
    named = _NAME.match(groups.text, here)
    if named is None:
        return None
    name, here = named["braced"] or named["bare"], named.end()
    if match["let"]:
        return _let(groups, name, here, known)
    if match["define"]:
        return _define(groups, name, here)
    if match["operator"]:
        return _operator(groups, name, here)
    if match["pair"]:
        return _pair(groups, name, here)
    return _document(groups, name, here) if match["document"] else _command(groups, name, here)


def _command(groups: Groups, name: str, here: int) -> Definition | None:
    count, default = 0, None
    if number := groups.option(here):
        if not groups.said(number).strip().isdigit():
            return None
        count, here = int(groups.said(number)), number.behind
    if count and (option := groups.option(here)):
        default, here = groups.said(option), option.behind
    return _with_body(groups, name, here, count, default)


def _document(groups: Groups, name: str, here: int) -> Definition | None:
    r"""`\NewDocumentCommand{\f}{O{x} m}{..}`: an optional argument stands first, and there is no more than one."""
    found = groups.group(here)
    if found is None:
        return None
    count, default, start = 0, None, found.start
    while start < found.end and (match := _SPECIFIED.match(groups.text, start, found.end)):
        if count and not match["needed"]:
            return None
        if not match["needed"]:
            default = match["default"] or ""
        count, start = count + 1, match.end()
    if groups.text[start : found.end].strip():
        return None
    return _with_body(groups, name, found.behind, count, default)


def _define(groups: Groups, name: str, here: int) -> Definition | None:
    r"""`\def\f#1#2{..}`; with words between the parameters it is not read."""
    match = _PARAMETERS.match(groups.text, here)
    assert match is not None, "the pattern matches the empty text"
    return _with_body(groups, name, match.end(), match.group().count("#"), None)


def _with_body(groups: Groups, name: str, here: int, count: int, default: str | None) -> Definition | None:
    body = groups.group(here)
    return body and Definition(name, body.behind, Macro(count, groups.said(body), default))


def _operator(groups: Groups, name: str, here: int) -> Definition | None:
    body = groups.group(here)
    printed = _SPACING.sub("", groups.said(body))
    return body and Definition(name, body.behind, Macro(0, f"\\operatorname{{{printed}}}"))


def _pair(groups: Groups, name: str, here: int) -> Definition | None:
    r"""`\DeclarePairedDelimiter{\norm}{\lVert}{\rVert}`: `\norm{x}`, `\norm*{x}`."""
    left = groups.argument(here)
    right = left and groups.argument(left.behind)
    body = f"{groups.said(left)} #1 {groups.said(right)}"
    return right and Definition(name, right.behind, Macro(1, body, starred=True))


def _let(groups: Groups, name: str, here: int, known: dict[str, Macro]) -> Definition | None:
    here = groups.skip_space(here)
    here += groups.text[here : here + 1] == "="
    found = groups.argument(here)
    if found is None or found.end < found.behind:
        return None
    meant = groups.said(found)
    return Definition(name, found.behind, known.get(meant) or Macro(0, meant, final=True))


def _theorem(groups: Groups, here: int) -> Definition | None:
    r"""`\newtheorem{prob}[counter]{Problem}[section]`."""
    name = groups.group(here)
    counter = name and groups.option(name.behind)
    printed = name and groups.group(counter.behind if counter else name.behind)
    if name is None or printed is None:
        return None
    within = groups.option(printed.behind)
    end = within.behind if within else printed.behind
    return Definition(groups.said(name), end, None, groups.said(printed))


def _environment(groups: Groups, here: int) -> Definition | None:
    """The place of a definition of an environment, which is layout: its body is not put in."""
    name = groups.group(here)
    here = name.behind if name else here
    for _ in range(2):
        if option := groups.option(here):
            here = option.behind
    begin = groups.group(here)
    end = begin and groups.group(begin.behind)
    return Definition(groups.said(name), end.behind) if end else None
