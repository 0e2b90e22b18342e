"""Dialect: the spellings of one target. What differs between LaTeX, plain text and Typst is here and nowhere else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chainrule.errors import ChainruleError

Rows = Sequence[Sequence[str]]


class Script(Protocol):
    """Base, mark ("_" or "^"), what stands there -> text. `parted`: what stands there has parentheses of its own."""

    def __call__(self, base: str, mark: str, body: str, *, parted: bool) -> str: ...


class Big(Protocol):
    """Operator ("sum", "max"), lower and upper bound -> the text before the body."""

    def __call__(self, operator: str, lower: str | None, upper: str | None) -> str: ...


@dataclass(frozen=True)
class Dialect:
    """The rows and small functions of one target; functions take and give printed text."""

    target: str
    name: Callable[[str], str]  # the text of a Name on its own
    function: Callable[[str], str]  # the text of a Name that is applied
    applied: Mapping[str, Callable[[str], str]]  # functions that are not written f(x)
    number: Callable[[str], tuple[str, bool]]  # a decimal without sign -> text, is it a product now
    accent: Callable[[str, str], str]  # kind, body
    font: Callable[[str, str], str]  # kind, body
    script: Script
    group: Callable[[str], str] | None  # brackets that do not show; None where all show
    fraction: Callable[[str, str], str] | None  # a fraction with a bar; None where there is only the slash
    quotients: Mapping[str, str]  # the signs "/" and "./" with their spacing
    brackets: Mapping[str, Callable[[str], str]]
    operators: Mapping[str, str]  # products, relations and separators
    dot: str  # what stands between factors that must not touch
    matrix: Callable[[str, Rows], str]  # environment, rows
    big: Big
    cases: Callable[[Sequence[tuple[str, str | None]]], str]
    differentials: Mapping[str, str]  # "partial", "d" with their spacing, "nabla"
    text: Callable[[str], str]
    dots: str

    def sign(self, operator: str) -> str:
        """The spelling of a product, relation or separator."""
        return spelling(self.operators, operator, self.target, "operator")


def spelling(table: Mapping[str, str], key: str, target: str, what: str) -> str:
    """The spelling of `key`; ChainruleError `no-spelling` where the target has none."""
    if key not in table:
        raise ChainruleError("no-spelling", f"{target} has no spelling for the {what} {key!r}")
    return table[key]
