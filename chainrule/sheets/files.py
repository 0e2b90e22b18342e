"""Files in: UTF-8 text of a bounded size."""

import sys
from pathlib import Path

from chainrule.errors import SheetError
from chainrule.source import Source

MOST_BYTES = 10_000_000


def read_source(sheet: str) -> Source:
    """A file, or standard input for `-`, in UTF-8. Raises SheetError where it cannot be read."""
    name = "<stdin>" if sheet == "-" else sheet
    try:
        if sheet == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(sheet).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SheetError("unreadable-file", f"{name} cannot be read: {reason}") from error
    if len(data) > MOST_BYTES:
        raise SheetError("sheet-too-large", f"{name} has more than {MOST_BYTES // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError("not-text", f"{name} is not text in UTF-8: byte {error.start} does not belong there") from error
    line_break = "\r\n" if "\r\n" in text else "\n"
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"), line_break=line_break)
