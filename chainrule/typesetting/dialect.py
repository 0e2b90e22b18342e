"""Dialect: the spellings of one target. What differs between LaTeX, plain text and Typst is here and nowhere else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from chainrule.errors import ChainruleError
from chainrule.typesetting.precedence import Piece

Rows = Sequence[Sequence[str]]

# The functions that both TeX and Typst know by name.
FUNCTIONS = frozenset(
    ["arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd", "hom", "inf",
     "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh", "sup", "tan", "tanh"]
)  # fmt: skip


class Big(Protocol):
    """Operator ("sum", "max"), lower and upper bound -> the text before the body."""

    def __call__(self, operator: str, lower: str | None, upper: str | None) -> str: ...


@dataclass(frozen=True)
class Dialect:
    """The rows and small functions of one target; functions take and give printed text."""

    target: str
    name: Callable[[str], str]  # the text of a Name on its own
    function: Callable[[str], str]  # the text of a Name that is applied
    applied: Mapping[tuple[str, int], str]  # (function, number of arguments) -> template, where it is not f(x)
    number: Callable[[str], tuple[str, bool]]  # a decimal without sign -> text, is it a product now
    accent: Callable[[str, Piece], str]  # kind, body
    font: Callable[[str, str], str]  # kind, body
    script: Callable[[str, str, Piece], str]  # base, mark ("_", "^" or ".^"), what stands there
    prime: Callable[[str, int], str]  # base, how many
    group: Callable[[str], str]  # around a name with marks that gets another: brackets that do not show, if there are such
    fraction: Callable[[str, str], str] | None  # a fraction with a bar; None where there is only the slash
    quotients: Mapping[str, str]  # the signs "/" and "./" with their spacing
    brackets: Mapping[str, Callable[[str], str]]
    singleton: Callable[[str], str]  # a set of one element, that must not look like a group
    operators: Mapping[str, str]  # products, relations and separators
    letter_space: str  # between the letters of a double index
    dot: str  # what stands between factors that must not touch
    indicator: str  # the 1 of 1[n > 0]
    indexes: bool  # is `x[i]` a subscript
    matrix: Callable[[str, Rows], str]  # environment, rows
    big: Big
    cases: Callable[[Sequence[tuple[str, str | None]]], str]
    differential: Callable[[str, str, Sequence[str]], str]  # symbol, of, by -> the sign, with the space after it
    nabla: str
    text: Callable[[str], str]
    dots: str

    def sign(self, operator: str) -> str:
        """The spelling of a product, relation or separator."""
        return spelling(self.operators, operator, self.target, "operator")


Spelling = TypeVar("Spelling")


def spelling(table: Mapping[str, Spelling], key: str, target: str, what: str) -> Spelling:
    """The spelling of `key`; ChainruleError `no-spelling` where the target has none."""
    if key not in table:
        raise ChainruleError("no-spelling", f"{target} has no spelling for the {what} {key!r}")
    return table[key]
