"""Documents in: problems, their formulas with exact places, their parts and tasks. No mathematics is read here."""

from pathlib import PurePath

from chainrule.errors import SheetError
from chainrule.sheets.sheet import (
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


def read_sheet(source: Source) -> Sheet:
    """A document by the suffix of its name; raises SheetError (`unknown-format`) if nothing reads that format."""
    suffix = PurePath(source.name).suffix.lower()
    if suffix in _MARKDOWN:
        from chainrule.sheets.markdown import read_markdown

        return read_markdown(source)
    message = f"A sheet cannot be read from a {suffix} file."
    raise SheetError("unknown-format", message, hint=f"Formats that can be read: {', '.join(sorted(_MARKDOWN - {''}))}")
