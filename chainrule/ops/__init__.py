"""Every operation, declared once. As `chainrule.ops` for users: every word of the table is a function of traced nodes."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainrule.ops.traced import Traced


def __getattr__(word: str) -> "Callable[..., Traced]":
    if word.startswith("_") or find_spec(f"{__name__}.{word}") is not None:
        raise AttributeError(word)  # a file of this folder: the import goes on to load it
    from chainrule.ops.traced import function

    return function(word)
