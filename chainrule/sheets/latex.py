r"""LaTeX in: a `.tex` file, or the LaTeX in a Markdown file, becomes Markdown that knows its places in the document.

    document --comments out--> --macros expanded--> --lists, headings, words written as Markdown--> what `markdown.py` reads

Each step is a Source made from the one before (`latex_rewriting.py`), so that every later span says its line and column in the
document. Formulas are copied: the reader of Markdown finds them by the same delimiters.
"""

import re

from chainrule.errors import Diagnostic
from chainrule.sheets.delimiters import find_layout
from chainrule.sheets.latex_commands import LISTS, PROBLEM_WORDS
from chainrule.sheets.latex_comments import leave_comments_out
from chainrule.sheets.latex_expansion import Expanded, expand_macros
from chainrule.sheets.latex_macros import DEFINING
from chainrule.sheets.latex_structure import write_markdown
from chainrule.sheets.regions import Region, find_regions
from chainrule.source import Source

_DOCUMENT = re.compile(r"\\begin\s*\{document\}")
_STRUCTURE = re.compile(
    rf"\\begin\{{(?:{'|'.join((*LISTS, *PROBLEM_WORDS))})\*?\}}|\\(?:sub)*section\*?\s*\{{|\\includegraphics|\\textbf\s*\{{",
    re.IGNORECASE,
)


def read_latex(source: Source) -> tuple[Source, list[Diagnostic]]:
    """A `.tex` file as Markdown, and what is wrong with its LaTeX. Of a preamble only the macros are read."""
    bare, faults = leave_comments_out(source)
    expanded = expand_macros(bare)
    text = expanded.source.text
    begun = _DOCUMENT.search(text)
    written, found = write_markdown(expanded, _regions(expanded.source), whole=True, start=begun.end() if begun else 0)
    return written, [*faults, *expanded.faults, *found]


def read_latex_parts(source: Source) -> tuple[Source, list[Diagnostic]]:
    """A Markdown document with its macros expanded, and its LaTeX lists, headings and environments as Markdown."""
    if DEFINING.search(source.text):
        unread = [region for region in _regions(source) if region.kind in ("code", "fence", "comment")]
        expanded = expand_macros(source, [(region.start, region.end) for region in unread])
    else:
        expanded = Expanded(source)
    if _STRUCTURE.search(expanded.source.text) is None:
        return expanded.source, [*expanded.faults]
    written, found = write_markdown(expanded, _regions(expanded.source), whole=False)
    return written, [*expanded.faults, *found]


def _regions(source: Source) -> list[Region]:
    """The formulas, code and pictures, which stay as they are; what is wrong with them the reader of Markdown says."""
    return find_regions(source, find_layout(source.text))[0]
