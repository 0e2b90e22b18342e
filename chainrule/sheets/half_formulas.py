r"""Equations of which only the left side stands between dollars: `$p$ = (0.5, 0.5)`, `$x$ = 3`, `$q$ = {rain: 0.2, sun: 0.8}`.

The dollars are moved behind the value, so that the equation is one formula. A value that goes on with words, "$n$ = 10
samples", stays as it is.
"""

import re

from chainrule.sheets.delimiters import find_layout
from chainrule.sheets.latex_rewriting import Rewriting
from chainrule.sheets.regions import find_regions
from chainrule.source import Source

_NUMBER = r"[-−]?(?:\d+(?:\.\d+)?|\.\d+)(?:\s?/\s?\d+)?"
_LIST = rf"[(\[]\s*{_NUMBER}(?:\s*,\s*{_NUMBER})+\s*[)\]]"
_LABEL = r"[\"'“‘]?[^\W_][\w -]{0,23}[\"'”’]?"
_ENTRY = rf"{_LABEL}\s*[:=]\s*{_NUMBER}"
_SET = rf"\\?\{{\s*{_ENTRY}(?:\s*[,;]\s*{_ENTRY})+\s*\\?\}}"
_ENDS = (
    r"(?=\s*(?:[,;:!?)|]|\.(?!\d)|\n|\Z|(?:and|or|with|where|but|while|whereas|in|for|over|on|to|is|are|be|as|from|at|then"
    r"|respectively|against|under|given|versus|vs|relative|which|that|so|if|when|by|has|have)\b))"
)
_BEHIND = re.compile(rf"[ \t]*=[ \t]*(?P<value>{_LIST}|(?P<set>{_SET})|{_NUMBER}){_ENDS}")
_HEAD = re.compile(r"\s*(?:[^\s=<>~,;$]|\\[,;! ]){1,40}\s*|\s*\\?[A-Za-z]+(?:\{[A-Za-z]+\})?\s?\([^()$]{1,40}\)\s*")
_HALF = re.compile(r"(?:\$|\\\))[ \t]*=[ \t]*[-−(\[{\\.\d]")
_RELATIONS = re.compile(r"\\(?:sim|in|le|ge|leq|geq|to|mid|neq|approx)\b")


def with_whole_equations(source: Source) -> Source:
    """The text with such equations in one formula each; itself where it has none."""
    if _HALF.search(source.text) is None:
        return source
    made = Rewriting(source)
    here = 0
    for region in find_regions(source, find_layout(source.text))[0]:
        inside = source.text[region.inner_start : region.inner_end]
        if region.kind != "math" or region.start < here or not _HEAD.fullmatch(inside) or _RELATIONS.search(inside):
            continue
        match = _BEHIND.match(source.text, region.end)
        if match is None:
            continue
        start, end = match.span("value")
        made.copy(here, region.inner_end)
        made.copy(region.end, start)
        if match["set"]:
            made.put(_spelled(match["set"]), start, end)
        else:
            made.copy(start, end)
        made.put(source.text[region.inner_end : region.end], end - 1, end)
        here = end
    made.copy(here, len(source.text))
    return made.result() if here else source


def _spelled(listed: str) -> str:
    """The set as a formula has it."""
    entries = [re.split(r"[:=]", each, maxsplit=1) for each in re.split(r"[,;]", listed.strip("\\{} \t\n"))]
    pairs = ((label.strip(" \"'“”‘’"), value.strip()) for label, value in entries)
    named = ((label if label.isalnum() else "\\text{" + label + "}", value) for label, value in pairs)
    return "\\{" + ", ".join(f"{label}: {value}" for label, value in named) + "\\}"
