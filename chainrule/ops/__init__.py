"""Every operation, declared once. As `chainrule.ops` for users: every word of the table is a function of traced nodes."""

import copyreg
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from chainrule.graph.operation import OPERATIONS, Operation

if TYPE_CHECKING:
    from chainrule.ops.traced import Traced


def find_operation(name: str) -> Operation:
    """The record of that name; KeyError where there is none. A pickle may be read before the table was loaded."""
    import_module("chainrule.ops.table")
    return OPERATIONS[name]


def _reduced(operation: Operation) -> tuple[Callable[..., Operation], tuple[Any, ...]]:
    return operation.made_by or (find_operation, (operation.name,))


# Records hold functions, which have no pickle; an operation is found again by its name.
copyreg.pickle(Operation, _reduced)


def __getattr__(word: str) -> "Callable[..., Traced]":
    if word.startswith("_") or find_spec(f"{__name__}.{word}") is not None:
        raise AttributeError(word)  # a file of this folder: the import goes on to load it
    from chainrule.ops.traced import function

    return function(word)
