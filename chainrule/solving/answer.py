"""What solving gives: answers, the problems they belong to, and the solution of a sheet.

A formula that is shown is a Formula, the same mathematics three times; every other text is what its class says. Every
type is plain data: `documents/` turns it into JSON, Markdown and the terminal's page without computing anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from chainrule.errors import Diagnostic
from chainrule.source import Source, Span

if TYPE_CHECKING:
    from chainrule.drawing.picture import Picture

Kind = Literal["graph", "value", "derivative", "divergence", "statement", "code"]
Status = Literal["solved", "partial", "unsolved"]
POINT = "at "
"""How what is said of the point of an answer begins."""
Value = float | list["Value"]
"""A number or nested lists in the natural shape; infinities are floats here."""


@dataclass(frozen=True)
class Formula:
    """A formula in LaTeX (without delimiters), in plain text as people type it, and in Unicode text as on paper."""

    latex: str
    text: str
    unicode: str


@dataclass(frozen=True)
class Forms:
    """A derivative's three right-hand sides."""

    backprop: Formula
    intermediate: Formula
    closed: Formula


@dataclass(frozen=True)
class Where:
    """An invented name and what it stands for."""

    symbol: Formula
    formula: Formula


@dataclass(frozen=True)
class StepText:
    """One step of a derivation, with the sentence a teacher would write beside it.

    because: the sentence in plain text. words: the same sentence with its formulas as formulas, where it has some.
    `upstream`: the derivative that the step starts from; `local`: what that is multiplied by, where it can be said apart.
    """

    rule: str
    before: Formula
    after: Formula
    because: str
    upstream: Formula | None = None
    local: Formula | None = None
    words: tuple[str | Formula, ...] = ()

    def reason(self, spelled: "Callable[[Formula], str]", worded: "Callable[[str], str]" = str) -> str:
        """The sentence and the derivatives that are multiplied: formulas as `spelled` writes them, words as `worded` does."""
        parts = self.words or (self.because,)
        said = "".join(spelled(part) if isinstance(part, Formula) else worded(part) for part in parts)
        if self.upstream is None:
            return said
        local = f", local {spelled(self.local)}" if self.local is not None else ""
        return f"{said} Upstream {spelled(self.upstream)}{local}."


@dataclass(frozen=True)
class Worked:
    """One line of a worked computation: symbol = formula = numbers put in = result.

    `numbers` is None where it would say nothing.
    """

    symbol: Formula
    formula: Formula
    numbers: Formula | None
    result: Formula


@dataclass(frozen=True)
class Table:
    """A sum written out: a row an outcome, each with a cell for every heading, and the last row with the totals.

    total: a cell for every heading, None where nothing is added up.
    """

    headings: tuple[Formula, ...]
    rows: tuple[tuple[Formula, ...], ...]
    total: tuple[Formula | None, ...]


@dataclass(frozen=True)
class Code:
    """A generated program; `parameters` maps each identifier to its symbol."""

    numpy: str
    parameters: dict[str, str]


@dataclass(frozen=True)
class Check:
    """The comparison with an independent numeric method."""

    method: str
    max_rel_err: float


@dataclass(frozen=True)
class Answer:
    """One answer. `part`, `span` and `asked` are those of the first task that asked for it.

    `formula` is the right-hand side in named quantities (the intermediate form of a derivative). `asked` is LaTeX,
    `of`, `wrt` and the parameters of the code are the sheet's own spelling; `conventions` are plain sentences.
    """

    part: str | None
    span: Span | None
    kind: Kind
    asked: str
    symbol: Formula
    of: str | None
    wrt: str | tuple[str, ...] | None
    formula: Formula
    forms: Forms | None = None
    where: tuple[Where, ...] = ()
    shape: tuple[int | str, ...] | None = None
    layout: str | None = None
    conventions: tuple[str, ...] = ()
    value: Value | None = None
    unit: str | None = None
    needs: tuple[Formula, ...] = ()
    code: Code | None = None
    steps: tuple[StepText, ...] = ()
    check: Check | None = None
    worked: tuple[Worked, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class TaskRecord:
    """A task as it was read: the indices of its answers, none where it is open. `asked` is LaTeX, or the sheet's words."""

    part: str | None
    asked: str
    span: Span | None
    answers: tuple[int, ...]


@dataclass(frozen=True)
class GraphNode:
    """A node of the computational graph: `operation` is the outermost operation, None for an input."""

    symbol: Formula
    operation: str | None
    value: Value | None
    named: bool


@dataclass(frozen=True)
class GraphData:
    """Inputs, named and invented quantities; an edge goes from a quantity (its LaTeX) to one computed from it."""

    nodes: tuple[GraphNode, ...] = ()
    edges: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ProblemSolution:
    """One problem. `equations` are as understood, in order, `tables` the joint distributions with their marginals; `picture`
    is None where there is no graph.
    """

    id: str
    title: str
    span: Span | None
    status: Status
    equations: tuple[Formula, ...]
    graph: GraphData
    tasks: tuple[TaskRecord, ...]
    answers: tuple[Answer, ...]
    diagnostics: tuple[Diagnostic, ...]
    draw: "Callable[[], Picture | None]" = lambda: None
    tables: tuple[Table, ...] = ()

    @cached_property
    def picture(self) -> "Picture | None":
        """The graph to be drawn, made when it is asked for; None where there is none."""
        return self.draw()


@dataclass(frozen=True)
class Solution:
    """A solved sheet."""

    source: Source
    problems: tuple[ProblemSolution, ...]
