"""The types of the table of families: parameters, the ways to give them, and a family."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.construction import Construction
from chainrule.probability.families.supports import Support
from chainrule.syntax.tree import Name, Tree

if TYPE_CHECKING:
    from chainrule.probability.integration.law import Law

Domain = Literal[
    "real", "positive", "non-negative", "probability", "positive probability", "count", "integer",
    "probabilities", "real vector", "positive vector", "positive definite",
]  # fmt: skip
"""What a parameter may be; the last four are of arrays."""
Rank = Literal["scalar", "vector", "matrix"]

# One alternative an arity, so that the parameters of a lambda in a record have types.
Formula = (
    Callable[[], Node]
    | Callable[[Node], Node]
    | Callable[[Node, Node], Node]
    | Callable[[Node, Node, Node], Node]
    | Callable[[Node, Node, Node, Node], Node]
    | Callable[[Node, Node, Node, Node, Node], Node]
)
"""A closed form of parameters."""
Build = Callable[..., Node]

VECTORS = ("probabilities", "real vector", "positive vector")
WORDS = {"scalar": ".", "vector": "n", "matrix": "n,n"}
"""A rank as a word of a signature."""


@dataclass(frozen=True)
class Parameter:
    """One parameter. symbol: as we write it. letters: as people write it before "=", without spaces and braces, commands with
    their backslash: `p`, `\\sigma^2`. words: as prose names it, in lower case. says: letters that stand for this parameter
    alone, so that they choose it where they are written in its place without a name: `\\sigma` in `N(0, \\sigma)`."""

    name: str
    symbol: Tree
    domain: Domain
    letters: tuple[str, ...]
    words: tuple[str, ...] = ()
    says: tuple[str, ...] = ()

    @property
    def rank(self) -> Rank:
        return "matrix" if self.domain == "positive definite" else "vector" if self.domain in VECTORS else "scalar"


@dataclass(frozen=True, eq=False)
class ClosedForm(Construction):
    """A construction that no word names: made from parameters, not written by anybody, so it is in no table of words."""

    def __post_init__(self) -> None:
        pass


def build_of(formula: Formula) -> Build:
    """The formula, of as many arguments as it takes."""
    return cast("Build", formula)


def closed_form(name: str, parameters: tuple[Parameter, ...], result: Rank, formula: Formula) -> ClosedForm:
    """The closed form of these parameters; equal names are told apart by numbers."""
    names = tuple(f"{p.name} {k}" for k, p in enumerate(parameters, 1))
    signature = f"{' '.join(WORDS[p.rank] for p in parameters)} -> {WORDS[result]}"
    return ClosedForm(name=name, arguments=names, signature=signature, build=build_of(formula), spellings=())


@dataclass(frozen=True, eq=False)
class Parametrisation:
    """One way to give the parameters, in the order of its notation.

    own: how each of the family's own parameters is made of them; () where they are the family's own. said: which one it is,
    for families that authors parametrise differently: "the second argument of N is the variance"; else "". rare: no book has it
    in the place of an argument, so it is only taken where its parameter has a name: "with mean 0 and precision 4".
    """

    parameters: tuple[Parameter, ...]
    own: tuple[ClosedForm, ...] = ()
    said: str = ""
    rare: bool = False


@dataclass(frozen=True)
class Point:
    """Where a density is taken: x with its logarithm and that of 1 - x, which near an end are known better than from x."""

    x: Node
    log: Node
    log_complement: Node


Density = (
    Callable[[Point], Node] | Callable[[Point, Node], Node] | Callable[[Point, Node, Node], Node]
)  # one alternative an arity
"""A point and the parameters -> log density."""


@dataclass(frozen=True, eq=False)
class Family:
    """A family of distributions. All formulas are of its own parameters, those of the first parametrisation.

    spellings: what stands before the bracket, as a Name has it, or after a Font. words: of prose, in lower case.
    density: (Point, *parameters) -> log density, elementwise in x, of families over integers and intervals. It is a concave
    function of x; of log x where the support is positive, of the logit of x where it is (0, 1), with dx taken along
    (`integration/` rests on it). mass: (k, *parameters) -> probability of the outcome k, exact where they are numbers; of
    finite sets of integers. mean, variance: of the parameters, where closed forms are made of them. ordered: the two
    parameters are ends, the first below the second. letter: what stands before the bracket where we write it. law: of numbers
    for the parameters, where the text says the density itself, or what it is a mixture of: nothing is known of it then.
    """

    name: str
    title: str
    spellings: tuple[str, ...]
    words: tuple[str, ...]
    parametrisations: tuple[Parametrisation, ...]
    support: Support
    density: Density | None = None
    mass: Formula | None = None
    mean: Formula | None = None
    variance: Formula | None = None
    convention: str = ""
    source: str = ""
    ordered: bool = False
    letter: Tree = field(default_factory=lambda: Name("P"))
    law: "Callable[[tuple[float, ...]], Law] | None" = None

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        return self.parametrisations[0].parameters

    def log_density(self, point: Point, *parameters: Node) -> Node:
        """The log of the probability or of the density at a point, in nats. It says nothing of x outside the support."""
        return cast("Build", self.density)(point, *parameters)

    def probabilities(self, parameters: tuple[Node, ...]) -> Node | None:
        """The vector (n,) of the probabilities of `support.outcomes`, None where those are not known or too many."""
        outcomes = self.support.outcomes(parameters)
        if outcomes is not None and self.support.kind == "categories":
            return parameters[0]
        if outcomes is None or self.mass is None:
            return None
        mass = build_of(self.mass)
        return build.stack([mass(build.constant(k), *parameters) for k in outcomes])
