"""What a document is read into: a Sheet of Problems, each a stream of items in reading order.

No mathematics is understood here: a Math item is an exact Span, and `chainrule.syntax` reads it. Spans are
offsets of the document, or of the Markdown that was made from LaTeX or a notebook and knows its places in it.
Where a formula runs over several lines of a block quote, the source of the spans is a copy of the document, of
the same length, in which the `> ` of those lines is blank.
"""

from dataclasses import dataclass
from typing import Literal

from chainrule.errors import Diagnostic
from chainrule.source import Source, Span
from chainrule.syntax.tree import Tree


@dataclass(frozen=True)
class Place:
    """Where an item stands: its part, its paragraph, heading or table row (counted), how many list items are around it."""

    part: str | None
    block: int
    nesting: int = 0
    heading: bool = False


@dataclass(frozen=True)
class _Placed:
    span: Span
    place: Place

    @property
    def part(self) -> str | None:
        """The innermost label around it and those around that, such as "b.ii"."""
        return self.place.part


@dataclass(frozen=True)
class Prose(_Placed):
    """Words on one line. `text` is the span's text without Markdown's marks."""

    text: str


@dataclass(frozen=True)
class Math(_Placed):
    """A formula: `span` is its content without delimiters and without the space around it.

    An illustration is an example in passing, "(e.g., $x$)", or the point of one part: it neither defines nor asks anything
    of the problem. `plain`: it stands among the words without delimiters, `D_KL(P || Q)`, and is in plain notation.
    `name`: that of a distribution which the text describes in words where the span is, "a fair coin".
    """

    display: bool
    illustration: bool = False
    plain: bool = False
    name: str = ""

    @property
    def text(self) -> str:
        """The formula."""
        return self.name or self.span.text

    @property
    def notation(self) -> Literal["latex", "plain"]:
        return "plain" if self.plain else "latex"


@dataclass(frozen=True)
class Figure(_Placed):
    """A picture; its name is the file it refers to, without `attachment:`. `why`: what of a drawing is not understood."""

    name: str
    why: str = ""


@dataclass(frozen=True)
class Diagram(_Placed):
    """A network drawn in a language of graphs: the formulas of its nodes, and where its arrows say otherwise."""

    formulas: tuple[Math, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Fence(_Placed):
    """A fenced code block: `span` is the content, `language` the word after the opening fence ("" if none)."""

    language: str


Item = Prose | Math | Figure | Diagram | Fence

RoleName = Literal[
    "asked",
    "of",
    "wrt",
    "direction",
    "order",
    "rate",
    "given",
    "point",
    "listed",
    "illustration",
    "mention",
    "notation",
    "doubt",
]
"""What a formula does in a task.

asked: it says itself what is wanted. of, wrt: the quantity to be differentiated, and by what. direction: what the derivative
is multiplied by. rate: of gradient descent. order: the alpha of a Renyi divergence. given: it holds from here on. point: it
holds for this task alone. listed: it lists several points, of which the task has one.
illustration: an example in passing. mention: it only describes. notation: that of a quantity whose arguments are asked. doubt:
words say of it how it may move.
"""

FormName = Literal[
    "derivative",
    "backward",
    "graph",
    "forward",
    "value",
    "express-backprop",
    "express-intermediate",
    "repeat",
    "claim",
    "information",
    "symmetry",
    "comparison",
    "descent",
    "shape",
    "count",
    "convexity",
    "code",
    "stray",
    "unknown",
]
"""repeat: "evaluate it at the point above"; it becomes the task that it refers to. claim: that an equation holds shall be
shown. information: an entropy or a divergence. symmetry: whether a divergence is symmetric. comparison: which of two
values is the larger one. descent: steps of gradient descent, `order` of them. shape: of what is asked, or of derivatives.
count: how many parameters there are. convexity: whether a quantity is convex, or
concave, or what kind of matrix something is.
code: a program of what was asked. stray: an instruction about the sheet itself, which is no task of it.
"""

GroupName = Literal["loss", "output", "parameters", "weights", "biases", "inputs", "nodes", "intermediates"]
"""What words can name without a symbol; `solving/` finds the quantities."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its formulas without delimiters, and the words beside them without Markdown's marks."""

    span: Span
    formulas: tuple[Span, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Grid:
    """A Markdown table; all rows are as long as the first, its header.

    above: the line of words before it. around: its problem.
    """

    span: Span
    rows: tuple[tuple[Cell, ...], ...]
    above: Span | None = None
    around: Span | None = None


@dataclass(frozen=True)
class Role:
    """A formula of a task and what it does there."""

    name: RoleName
    math: Math


@dataclass(frozen=True)
class Group:
    """Something a task names in words, and what it does there: asked, of or wrt. many: "all six weights"."""

    role: RoleName
    name: GroupName
    many: int | None = None


@dataclass(frozen=True)
class LayerCount:
    """A layer by its numbers: its weights and biases as products; `output`: its units, or height, width, channels."""

    kind: str
    words: str
    weights: tuple[tuple[int, ...], ...]
    biases: tuple[tuple[int, ...], ...]
    output: tuple[int | None, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """What is asked of such layers: "parameters", "weights", "biases", "shape", "height-width". together: of all of them, else
    of the last one.
    """

    what: str
    said: str = ""
    layers: tuple[LayerCount, ...] = ()
    together: bool = False


@dataclass(frozen=True)
class Task:
    """Something the sheet asks for.

    `span` runs over the sentence (or the part of it) that asks, `text` is its words with the formulas in `$`.
    `nearest` is the form closest to an `unknown` task, None for every other one. `groups` is what it names in words,
    `order` of the derivatives that are asked for in words: 2 for a Hessian. `directional`: they are along a direction.
    `quantity`: the row of `probability/quantities.py` that words name. `unit`: "nats", "bits" or "base 10", where it is said;
    `common`: of all answers, those that have none too.
    `reverse`: of the distributions, which it does not name, in the other order. `every`: of each that there is, "the
    conditional entropies". `untold`: the words do not tell which of its distributions is which. `note`: how a wording was
    read on which authors differ. `again`: an earlier task with what is given here, all of which must count.
    `related`: it is made of other results, "their difference". `simplex`: the entries of what is differentiated by keep
    their sum. `law`: what a claim is called, "chain rule", where no formula says it. `layers`: whose parameters are counted,
    from 1, or from -1 back; 0 is the one hidden layer. `verdict`: what a comparison says where the first value is the larger
    one, and where the second is. `counted`: the layers that are described by their kinds, and what is asked of them.
    `within`: the label of the part whose formulas it means, "the Hessian of $f$ from (i)". `shaped`: the shape that it says
    the answer has. `repeats`: the text of the earlier task that it asks for once more.
    """

    form: FormName
    part: str | None
    span: Span
    text: str
    roles: tuple[Role, ...] = ()
    nearest: FormName | None = None
    groups: tuple[Group, ...] = ()
    order: int = 1
    directional: bool = False
    quantity: str = ""
    unit: str | None = None
    common: bool = False
    reverse: bool = False
    every: bool = False
    untold: bool = False
    note: str = ""
    again: bool = False
    related: bool = False
    simplex: bool = False
    layers: tuple[int, ...] = ()
    law: str = ""
    verdict: tuple[str, str] | None = None
    counted: Counted | None = None
    within: str = ""
    shaped: tuple[int, ...] = ()
    repeats: str = ""

    def named(self, role: RoleName) -> tuple[GroupName, ...]:
        """The groups in this role."""
        return tuple(group.name for group in self.groups if group.role == role)

    def math(self, *names: RoleName) -> tuple[Math, ...]:
        """The formulas in these roles, in reading order."""
        return tuple(role.math for role in self.roles if role.name in names)


@dataclass(frozen=True)
class Stated:
    """What a sentence states of a distribution, in the notation of formulas. `taken`: the formulas of its parameters.

    `fault`: why it cannot be used; the tree is the name then. `repeated`: it is one of several throws.
    """

    name: Math
    tree: Tree
    span: Span
    taken: tuple[Math, ...] = ()
    fault: Diagnostic | None = None
    repeated: bool = False


@dataclass(frozen=True)
class Problem:
    """One problem: `id` is the sheet's own number, else the count; `line` is where it begins. `stated`: by its sentences."""

    id: str
    title: str
    span: Span
    items: tuple[Item, ...]
    tasks: tuple[Task, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    grids: tuple[Grid, ...] = ()
    stated: tuple[Stated, ...] = ()

    @property
    def line(self) -> int:
        return self.span.line

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(item for item in self.items if isinstance(item, Figure))


@dataclass(frozen=True)
class Sheet:
    """A document. `preamble`, `grids` and `stated` are what stands before the first problem, `diagnostics` belong to none."""

    source: Source
    problems: tuple[Problem, ...]
    preamble: tuple[Item, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    grids: tuple[Grid, ...] = ()
    stated: tuple[Stated, ...] = ()
