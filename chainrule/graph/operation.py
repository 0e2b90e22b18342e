"""The type of an operation's record: everything the program knows about one operation, in one place.

The records themselves are in `ops/`; the passes (evaluation, calculus, printing, code) loop over records and
name none of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chainrule.syntax.tree import Tree

if TYPE_CHECKING:
    from chainrule.graph.node import Node


class Property(Enum):
    """What simplification, sampling and explanation may rely on."""

    ELEMENTWISE = auto()  # lifts over any shape; every argument has the result's shape or is a scalar
    ANALYTIC = auto()  # the value function is exact for complex arguments, so a complex step applies
    LOSS = auto()  # elementwise, and where a number is wanted of arrays the sum over their entries
    ACTIVATION = auto()  # a network's nonlinearity: its unnamed argument gets a name z and a delta
    PRIMED = auto()  # the derivative is kept as f' until the reader asks for its definition
    TURNS = auto()  # f(X^T) is f(X)^T
    SAME_TURNED = auto()  # f(X^T) is f(X)
    INVOLUTION = auto()  # f(f(X)) is X
    OPAQUE = auto()  # nothing says what it computes: its value serves to compare formulas, and is no answer
    RECIPROCAL = auto()  # f(X) X and X f(X) are the identity
    ARRANGES = auto()  # the result has the entries of the arguments, or their products, in other places, as the definition says
    LINEAR = auto()  # linear in all arguments together: op(u + v, x + y) is op(u, x) + op(v, y)
    MULTILINEAR = auto()  # linear in each argument while the others stand still
    SERIES = auto()  # a power series of a square matrix: it commutes with all that the matrix commutes with


Pullback = Callable[["Node", "Node", tuple["Node", ...]], "Node"]
Pushforward = Callable[["Node", "Node", tuple["Node", ...]], "Node"]

# One alternative an arity, so that the parameters of a lambda in a record have types.
Value = (
    Callable[[Any], Any]
    | Callable[[Any, Any], Any]
    | Callable[[Any, Any, Any], Any]
    | Callable[[Any, Any, Any, Any], Any]
    | Callable[[Any, Any, Any, Any, Any], Any]
)
Partial = (
    Callable[[], "Node"]
    | Callable[["Node"], "Node"]
    | Callable[["Node", "Node"], "Node"]
    | Callable[["Node", "Node", "Node"], "Node"]
    | Callable[["Node", "Node", "Node", "Node"], "Node"]
)
TreeRule = Callable[[], Tree] | Callable[[Tree], Tree] | Callable[[Tree, Tree], Tree] | Callable[[Tree, Tree, Tree], Tree]
CodeRule = (
    Callable[[], str]
    | Callable[[str], str]
    | Callable[[str, str], str]
    | Callable[[str, str, str], str]
    | Callable[[str, str, str, str], str]
)


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation. Two operations are the same only if they are the same record.

    signature: the shapes, a word an argument and one for the result, for example "S S -> S" (any one shape),
        "n -> n", "m,n -> ", "S -> " (a scalar). Letters are dimensions; `S` is a whole shape; equal letters are equal.
    value: `value(xp, *arrays)` with an array namespace `xp`; numerically careful. None: the definition is evaluated.
    definition: the meaning in simpler operations; None for a primitive.
    partials: elementwise operations: one function an argument, arguments -> local derivative as nodes; None where the
        derivative is zero wherever it exists (a condition, a step).
    pullbacks: other operations: one function an argument, (y_bar, y, arguments) -> cotangent of that argument.
    pushforwards: where it is not linear and turning its pullbacks around would say less: one function an argument,
        (tangent of that argument, y, arguments) -> tangent of the result.
    because: the sentence a teacher writes beside the step. reasons: one an argument, where one for all will not do.
    tree: how an application prints: argument trees -> Tree; None: a call of `function`.
    turned: how the transpose of an application prints, from the trees of the transposed arguments, where that can be said.
    numpy: the expression in generated code: argument texts -> text; names in `numpy_helpers` are defined before it, and the
        value functions `numpy_functions`, as `_kl` for `kl_value`.
    domain: where the arguments may lie, for tests of the record: (low, high) of each; one pair alone holds for all of them.
    kink: arguments -> a node that is zero where the derivative jumps (sampling stays away); `at_kink` says what is taken there.
    convention: what a derivative of it rests on, where books differ.
    margin: arguments -> a node that is near zero where the value has no digits, as of an inverse (sampling stays away from it).
    defaults: exact values of the last arguments, where a call leaves them out.
    inverse: the name of the operation that `f^{-1}(x)` means, where there is one.
    along: of an array of derivatives: (arguments, a matrix for each pair of axes after the first) -> its product with them,
        which is a matrix.
    primed: what `f''(X, E, F)` means where that is not entry by entry: number of primes -> operation.
    source: where the rule is from. example: one plain-text example (input, value) by hand.
    made_by: for operations that are not in the table (f', an undefined f): the function and arguments that make them again.
    """

    name: str
    arguments: tuple[str, ...]
    signature: str
    because: str
    value: Value | None = None
    definition: Partial | None = None
    partials: tuple[Partial | None, ...] = ()
    pullbacks: tuple[Pullback | None, ...] = ()
    pushforwards: tuple[Pushforward, ...] = ()
    spellings: tuple[str, ...] = ()
    function: Tree | None = None
    tree: TreeRule | None = None
    turned: TreeRule | None = None
    numpy: CodeRule | None = None
    numpy_helpers: str = ""
    numpy_functions: tuple[Callable[..., Any], ...] = ()
    domain: tuple[tuple[float, float], ...] = ((-2.0, 2.0),)
    defaults: tuple[int | Fraction, ...] = ()
    kink: Partial | None = None
    at_kink: str = ""
    convention: str = ""
    margin: Partial | None = None
    properties: frozenset[Property] = frozenset()
    reasons: tuple[str, ...] = ()
    source: str = ""
    inverse: str = ""
    along: Callable[[tuple["Node", ...], Sequence["Node"]], "Node"] | None = None
    primed: Callable[[int], "Operation"] | None = None
    example: tuple[str, float | tuple[float, ...] | tuple[tuple[float, ...], ...]] | None = None
    made_by: tuple[Callable[..., "Operation"], tuple[Any, ...]] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.made_by is None:
            if self.name in OPERATIONS:
                raise ValueError(f"the operation {self.name} is declared twice")
            OPERATIONS[self.name] = self

    @cached_property
    def elementwise(self) -> bool:
        return Property.ELEMENTWISE in self.properties

    def reason(self, k: int) -> str:
        """The sentence beside the derivative by argument number k."""
        return self.reasons[k] if self.reasons else self.because

    def __repr__(self) -> str:
        return f"<operation {self.name}>"


OPERATIONS: dict[str, Operation] = {}
"""Every record by its name, in the order of declaration."""


def generated_name(value: Callable[..., Any]) -> str:
    """The name of a value function in generated code."""
    return "_" + value.__name__.strip("_").removesuffix("_value")
