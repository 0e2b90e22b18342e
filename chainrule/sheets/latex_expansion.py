r"""Macros are taken out of a text and their uses replaced by what they stand for, as TeX would, within bounds.

A definition holds from its place on. Letters of an argument keep their place, those of a macro's body have that of its use.
A use that does not end, or becomes too long, stays as it is and is an error at its place.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from chainrule.errors import Diagnostic, Severity
from chainrule.sheets.latex_commands import COMPARISON, STRUCTURE
from chainrule.sheets.latex_groups import Argument, Groups
from chainrule.sheets.latex_macros import DEFINING, Macro, read_definition
from chainrule.sheets.latex_rewriting import Rewriting
from chainrule.sheets.latex_strands import Strand, ends_in_word, fill
from chainrule.source import Source

RECURSIVE = "recursive-macro"
_COMMAND = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)
_MOST_STEPS = 1_000
_LONGEST = 50_000
"""Of one use: its macros, and the letters they make."""
_STEP = 20
_FAILURE = 100_000
_MOST_ALL = 6_000_000
"""A macro costs so many letters, one that does not end so many more, and all uses of a document may cost so many."""
_MOST_REPORTS = 100
"""The same is said of so many places, and no more."""


@dataclass(frozen=True)
class Expanded:
    r"""A text without macros, and what was defined; `environments`: those of a theorem, with the word that they print."""

    source: Source
    faults: tuple[Diagnostic, ...] = ()
    macros: dict[str, Macro] = field(default_factory=dict[str, Macro])
    environments: dict[str, str] = field(default_factory=dict[str, str])


class _Failure(Exception):
    """A use cannot be expanded: the code, the message and the hint."""


def expand_macros(source: Source, protected: Sequence[tuple[int, int]] = ()) -> Expanded:
    """The text with its macros expanded; nothing is looked for in the `protected` stretches, which are sorted."""
    if DEFINING.search(source.text) is None:
        return Expanded(source)
    expander = _Expander(source, protected)
    expander.run()
    return Expanded(expander.made.result(), tuple(expander.faults), expander.macros, expander.environments)


class _Expander:
    def __init__(self, source: Source, protected: Sequence[tuple[int, int]]):
        self.source = source
        self.text = source.text
        self.groups = Groups(source.text)
        self.protected = protected
        self.macros: dict[str, Macro] = {}
        self.failed: set[str] = set()
        """Macros that were reported, and are left alone from then on."""
        self.environments: dict[str, str] = {}
        self.faults: list[Diagnostic] = []
        self.reported: Counter[str] = Counter()
        self.made = Rewriting(source)
        self.spent = 0

    def run(self) -> None:
        here = 0
        while match := _COMMAND.search(self.text, here):
            self.made.copy(here, match.start())
            here = self._behind_protected(match.start())
            if here > match.start():
                self.made.copy(match.start(), here)
            elif defining := DEFINING.match(self.text, match.start()):
                here = self._define(defining)
            elif comparison := COMPARISON.match(self.text, match.start()):
                self.made.copy(*comparison.span())
                here = comparison.end()
            elif self._is_expanded(match.group()):
                here = self._use(*match.span())
            else:
                self.made.copy(*match.span())
                here = match.end()
        self.made.copy(here, len(self.text))

    def _is_expanded(self, name: str) -> bool:
        return name in self.macros and name not in STRUCTURE and name not in self.failed and self.spent <= _MOST_ALL

    def _behind_protected(self, here: int) -> int:
        index = bisect_right(self.protected, here, key=lambda stretch: stretch[0]) - 1
        return max(here, self.protected[index][1]) if index >= 0 else here

    def _define(self, match: re.Match[str]) -> int:
        found = read_definition(self.groups, match, self.macros)
        if found is None:
            message = f"The definition that begins with {match.group()} here is not read."
            self._report("warning", "macro-not-understood", message, *match.span(), r"write \newcommand{\name}[1]{... #1 ...}")
            return match.end()
        if found.macro is None:
            self.environments[found.name] = found.printed
        elif not (match["command"] == "providecommand" and found.name in self.macros):
            self.macros[found.name] = found.macro
            self.failed.discard(found.name)
        return found.end

    def _report(self, severity: Severity, code: str, message: str, start: int, end: int, hint: str | None) -> None:
        self.reported[code] += 1
        if self.reported[code] <= _MOST_REPORTS:
            self.faults.append(Diagnostic(severity, code, message, self.source.span(start, end), hint))

    def _use(self, start: int, end: int) -> int:
        """Put in what the use at `start` stands for; the offset behind it."""
        use, name = _Use(self.groups, self.macros, end), self.text[start:end]
        try:
            use.expand(name)
        except _Failure as failure:
            code, message, hint = failure.args
            self._report("error", code, message, start, end, hint)
            if code == RECURSIVE:
                self.failed.add(name)
                self.spent += _FAILURE
            use.output.clear()
            use.output.append((name, start))
            use.end = end
        self.spent += use.length + _STEP * use.steps
        if self.spent > _MOST_ALL:
            message = "The macros of this document make too long a text; from here on they stay as they are."
            self._report("error", "macros-too-long", message, start, end, None)
        for text, at in use.output:
            if at is None:
                self.made.put(text, start, use.end)
            else:
                self.made.copy(at, at + len(text))
        if use.output and ends_in_word(use.output[-1][0]) and self.text[use.end : use.end + 1].isalpha():
            self.made.put(" ", start, use.end)
        return use.end


class _Use:
    """One use of a macro in the text, as it is expanded. `end`: behind it and the arguments read so far."""

    def __init__(self, groups: Groups, macros: dict[str, Macro], end: int):
        self.groups = groups
        self.macros = macros
        self.end = end
        self.strands: list[Strand] = []
        """What is still to be read, the next strand last."""
        self.output: list[tuple[str, int | None]] = []
        self.length = 0
        self.steps = 0

    def expand(self, name: str) -> None:
        """Raises _Failure."""
        self._replace(name)
        while self.strands:
            strand = self.strands[-1]
            match = _COMMAND.search(strand.text, strand.here)
            self._write(strand, strand.here, match.start() if match else len(strand.text))
            if match is None:
                self.strands.pop()
                continue
            strand.here = match.end()
            if match.group() in self.macros and match.group() not in STRUCTURE:
                self._replace(match.group())
            else:
                self._write(strand, *match.span())

    def _replace(self, name: str) -> None:
        """Instead of a name, which has just been read, and its arguments the body with the arguments in it."""
        self.steps += 1
        macro = self.macros[name]
        if self.steps > _MOST_STEPS or self.length > _LONGEST:
            message = f"What {name} stands for does not end, or is too long: it uses itself, or doubles again and again."
            raise _Failure(RECURSIVE, message, "define it without itself")
        if macro.starred:
            self._skip_star()
        arguments: list[Strand] = []
        for index in range(macro.count):
            optional = index == 0 and macro.default is not None
            arguments.append(self._option(macro.default or "") if optional else self._argument(name, macro.count))
        filled = fill(macro, arguments)
        self.length += len(filled.text)
        if macro.final:
            self.output.append((filled.text, None))
        else:
            self.strands.append(filled)

    def _skip_star(self) -> None:
        if self.strands and self.strands[-1].text.startswith("*", self.strands[-1].here):
            self.strands[-1].here += 1
        elif not self.strands and self.groups.text.startswith("*", self.end):
            self.end += 1

    def _option(self, default: str) -> Strand:
        if self.strands:
            strand = self.strands[-1]
            found = Groups(strand.text).option(strand.here)
            return self._taken(strand, found) if found else Strand(default)
        found = self.groups.option(self.end)
        return self._copied(found) if found else Strand(default)

    def _argument(self, name: str, count: int) -> Strand:
        """The next argument, behind strands of which all has been read."""
        while self.strands and not self.strands[-1].text[self.strands[-1].here :].strip():
            self.strands.pop()
        if self.strands:
            strand = self.strands[-1]
            if found := Groups(strand.text).argument(strand.here):
                return self._taken(strand, found)
        elif found := self.groups.argument(self.end):
            return self._copied(found)
        many = "an argument" if count == 1 else f"{count} arguments"
        raise _Failure("macro-without-argument", f"{name} takes {many}, and they are not here.", f"write {name}{{...}}")

    def _taken(self, strand: Strand, found: Argument) -> Strand:
        strand.here = found.behind
        return strand.part(*found.content)

    def _copied(self, found: Argument) -> Strand:
        self.end = found.behind
        return Strand(self.groups.said(found), [(0, found.start)])

    def _write(self, strand: Strand, start: int, end: int) -> None:
        if end <= start:
            return
        if strand.text[start].isalpha() and self.output and ends_in_word(self.output[-1][0]):
            self.output.append((" ", None))
        self.output.extend(strand.pieces(start, end))
