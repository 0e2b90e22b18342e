r"""The lists of a LaTeX text that are open, and the labels of their items, as lists of Markdown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chainrule.sheets.latex_commands import SAYS_PROBLEM
from chainrule.sheets.latex_macros import Macro

_COUNTED = re.compile(r"\\(?P<style>alph|Alph|arabic|roman|Roman)\s*(?:\*|\{)")
_SHORT = re.compile(r"(?<![A-Za-z\\])[aAiI1](?![A-Za-z0-9])")
_START = re.compile(r"start\s*=\s*(\d{1,4})")
_SHORT_STYLES = {"a": "alph", "A": "Alph", "i": "roman", "I": "Roman", "1": "arabic"}
_BY_DEPTH = ("arabic", "alph", "roman", "Alph")
_EXAM = {"parts": "alph", "subparts": "roman", "subsubparts": "Alph"}
_NUMERALS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEAST_WIDTH = 4
"""So many columns a marker takes, so that items are indented alike."""


@dataclass
class OpenList:
    """A list that is open: `kind` as in LISTS, `start` and `end` of its \\begin; `style` of its labels, `count` its items.

    word: its items are problems, "Problem". width: how far the content of the item that is open is indented.
    """

    name: str
    kind: str
    start: int
    end: int
    style: str = "arabic"
    word: str = ""
    count: int = 0
    width: int = 0

    def label(self) -> str:
        """That of the item that is open, without brackets."""
        return label_of(self.count, self.style)

    def marker(self) -> str:
        """Of the item that is open, in Markdown: a number, or a bullet with the label behind it."""
        if self.kind == "itemize":
            return _padded("-")
        return _padded(f"{self.count}.") if self.style == "arabic" else f"{_padded('-')}({self.label()}) "


def _padded(marker: str) -> str:
    return f"{marker} ".ljust(_LEAST_WIDTH)


def own_label() -> str:
    """The marker before an item that says its own label."""
    return _padded("-")


def width_of(marker: str) -> int:
    """How far the content behind a marker is indented."""
    return max(_LEAST_WIDTH, marker.find(" ") + 1)


def open_list(name: str, kind: str, place: tuple[int, int], option: str, depth: int, macros: Mapping[str, Macro]) -> OpenList:
    """The list that opens inside `depth` others of numbered items, with the option of its \\begin."""
    made = OpenList(name, kind, *place)
    if kind in _EXAM:
        made.style = _EXAM[kind]
    elif kind == "enumerate":
        numeral = ("i", "ii", "iii", "iv")[min(depth, 3)]
        declared = [macros[name].body for name in (f"\\labelenum{numeral}", f"\\theenum{numeral}") if name in macros]
        made.style = next((found for text in (option, *declared) if (found := _style(text))), _BY_DEPTH[min(depth, 3)])
        said = SAYS_PROBLEM.search(option)
        made.word = said[1].capitalize() if said else ""
        started = _START.search(option)
        made.count = int(started[1]) - 1 if started else 0
    return made


def _style(option: str) -> str:
    """The style of labels that an option asks for, "" where it does not say."""
    if counted := _COUNTED.search(option):
        return counted["style"]
    if "=" in option and "label" not in option:
        return ""
    short = _SHORT.search(option.partition("label")[2] or option)
    return _SHORT_STYLES[short.group()] if short else ""


def label_of(count: int, style: str) -> str:
    """The label of an item: 2 is "2", "b", "B", "ii" or "II"."""
    if style in ("alph", "Alph") and 1 <= count <= 26:
        letter = chr(ord("a") + count - 1)
        return letter if style == "alph" else letter.upper()
    if style in ("roman", "Roman") and 1 <= count < 40:
        text = ""
        for value, numeral in _NUMERALS:
            text += numeral * (count // value)
            count %= value
        return text if style == "roman" else text.upper()
    return str(count)
