"""A solution for a terminal without Unicode: every formula in plain text."""

from dataclasses import fields, is_dataclass, replace
from typing import cast

from chainrule.solving.answer import Formula, Solution
from chainrule.source import Source, Span


def in_plain_text(solution: Solution) -> Solution:
    """The same solution, its formulas' Unicode text replaced by their plain text."""
    plain = _plainly(solution)
    assert isinstance(plain, Solution)
    return plain


def _plainly(value: object) -> object:
    match value:
        case Formula():
            return replace(value, unicode=value.text)
        case Span() | Source():
            return value
        case tuple():
            return tuple(map(_plainly, cast("tuple[object, ...]", value)))
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{each.name: _plainly(getattr(value, each.name)) for each in fields(value)})
        case _:
            return value
