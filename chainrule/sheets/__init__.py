"""Documents in: problems, their formulas with exact places, their parts and tasks. No mathematics is read here."""

from pathlib import PurePath

from chainrule.errors import SheetError
from chainrule.sheets.sheet import (
    Diagram,
    Fence,
    Figure,
    FormName,
    Grid,
    Group,
    GroupName,
    Item,
    Math,
    Place,
    Problem,
    Prose,
    Role,
    RoleName,
    Sheet,
    Task,
)
from chainrule.source import Source

__all__ = [
    "Diagram",
    "Fence",
    "Figure",
    "FormName",
    "Grid",
    "Group",
    "GroupName",
    "Item",
    "Math",
    "Place",
    "Problem",
    "Prose",
    "Role",
    "RoleName",
    "Sheet",
    "Task",
    "read_sheet",
]

_MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".txt", ""))
_LATEX = frozenset((".tex", ".latex"))
_NOTEBOOK = frozenset((".ipynb",))
MOST_CHARACTERS = 1_000_000
"""So long the text of a sheet may be, a book of 400 pages: the time to read and solve it grows with its length. What a notebook
carries besides its Markdown does not count."""


def read_sheet(source: Source) -> Sheet:
    """A document by the suffix of its name: Markdown or plain text, LaTeX, a notebook. All are brought into Markdown first.

    Raises SheetError: `unknown-format` if nothing reads that format, `not-a-notebook` for a broken notebook, `sheet-too-large`
    for more than MOST_CHARACTERS.
    """
    suffix = PurePath(source.name).suffix.lower()
    if suffix not in _MARKDOWN | _LATEX | _NOTEBOOK:
        message = f"A sheet cannot be read from a {suffix} file."
        known = ", ".join(sorted((_MARKDOWN | _LATEX | _NOTEBOOK) - {""}))
        raise SheetError("unknown-format", message, hint=f"Formats that can be read: {known}")
    from chainrule.sheets.half_formulas import with_whole_equations
    from chainrule.sheets.latex import read_latex, read_latex_parts
    from chainrule.sheets.markdown import read_markdown
    from chainrule.sheets.notebook import read_notebook

    text = read_notebook(source) if suffix in _NOTEBOOK else source
    if len(text.text) > MOST_CHARACTERS:
        message = f"{source.name} has {len(text.text):,} characters of text, and a sheet may have {MOST_CHARACTERS:,}."
        raise SheetError("sheet-too-large", message, hint="put some of its problems into a file of their own")
    written, faults = read_latex(text) if suffix in _LATEX else read_latex_parts(text)
    return read_markdown(with_whole_equations(written), faults)
