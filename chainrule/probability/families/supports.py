r"""Where distributions live: the integers between two ends, an interval, numbered categories, a simplex, R^n."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from chainrule.graph import build
from chainrule.graph.node import Constant, Node
from chainrule.syntax.tree import Tree

SupportKind = Literal["integers", "interval", "categories", "simplex", "vectors"]
End = Callable[..., Node]
TreeFormula = Callable[[], Tree] | Callable[[Tree], Tree] | Callable[[Tree, Tree], Tree]

MOST_OUTCOMES = 1000
"""A support with more outcomes than this is summed over and not written out."""


@dataclass(frozen=True, eq=False)
class Support:
    """The set that has all the probability.

    kind: "integers" and "interval" lie between two ends, which are functions of the parameters, None where there is no end;
    "categories" are numbered from 1 to the length of the first parameter; "simplex": vectors of positive entries that sum
    to one; "vectors": all of R^n. tree: how it is written, from the trees of the parameters. open_unit: it is (0, 1).
    """

    kind: SupportKind
    tree: TreeFormula
    lower: End | None = None
    upper: End | None = None
    open_unit: bool = False

    @property
    def discrete(self) -> bool:
        return self.kind in ("integers", "categories")

    def notation(self, *parameters: Tree) -> Tree:
        """How it is written, of the parameters as they are written."""
        return cast("Callable[..., Tree]", self.tree)(*parameters)

    def ends(self, parameters: tuple[Node, ...]) -> tuple[Node | None, Node | None]:
        """The ends of the integers or of the interval, as nodes; None where there is none."""
        return self.lower and self.lower(*parameters), self.upper and self.upper(*parameters)

    def outcomes(self, parameters: tuple[Node, ...]) -> tuple[int, ...] | None:
        """All outcomes in order, where they are integers whose ends are exact numbers; None where they are not or too many."""
        if self.kind == "categories":
            length = parameters[0].shape[0].number
            return None if length is None or length > MOST_OUTCOMES else tuple(range(1, length + 1))
        lower, upper = self.ends(parameters)
        if self.kind != "integers" or not isinstance(lower, Constant) or not isinstance(upper, Constant):
            return None
        first, last = lower.value, upper.value
        if first.denominator != 1 or last.denominator != 1 or not 0 <= last - first < MOST_OUTCOMES:
            return None
        return tuple(range(int(first), int(last) + 1))


def at(value: int) -> End:
    """An end that is a number, whatever the parameters."""

    def end(*parameters: Node) -> Node:
        return build.constant(value)

    return end


def parameter(position: int) -> End:
    """An end that is a parameter."""

    def end(*parameters: Node) -> Node:
        return parameters[position]

    return end
