"""The types of the table of closed forms, family by quantity."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from chainrule.evaluation.array import Array
from chainrule.graph.node import Node
from chainrule.probability.families.domains import is_positive_definite
from chainrule.probability.families.family import Build, ClosedForm, Family, Formula, Parameter, build_of, closed_form
from chainrule.syntax.tree import Name

ORDER = Parameter("order", Name("\\alpha"), "real", ("\\alpha", "alpha", "a", "q", "order"), ("order",))


@dataclass(frozen=True, eq=False)
class Condition:
    """What has to hold of the arguments of a closed form: that a node of them compares so with zero; of a matrix, that it is
    positive definite. infinite: where it does not hold, the integral diverges."""

    node: Formula
    sign: Literal[">", ">=", "="] = ">"
    infinite: bool = False

    @property
    def build(self) -> Build:
        return build_of(self.node)

    def holds(self, value: Array) -> bool:
        """Whether it holds where the node has that value: of every entry; a matrix has to be positive definite."""
        if value.ndim == 2:
            return is_positive_definite(value)
        return bool(np.all(value > 0 if self.sign == ">" else value >= 0 if self.sign == ">=" else value == 0))

    def turned(self, count: int) -> "Condition":
        """Of Q and P: the first `count` arguments are the parameters of P, and so many follow of Q."""

        def turned(*arguments: Node) -> Node:
            return self.build(*arguments[count : 2 * count], *arguments[:count], *arguments[2 * count :])

        return Condition(turned, self.sign, self.infinite)


@dataclass(frozen=True, eq=False)
class Cell:
    """One closed form: of a quantity, of one family or of two, in nats.

    construction: takes the parameters of the first distribution, those of the second, and the order where there is one.
    conditions: where one of them fails the form says nothing, and `integration/` answers: often it is infinite there.
    source: book or paper. convention: what has to be said beside a value.
    """

    quantity: str
    family: Family
    other: Family | None
    construction: ClosedForm
    source: str
    conditions: tuple[Condition, ...] = ()
    convention: str = ""


def make_cell(
    quantity: str,
    family: Family,
    other: Family | None,
    formula: Formula,
    source: str,
    *,
    order: bool = False,
    conditions: tuple[Condition, ...] = (),
    convention: str = "",
) -> Cell:
    second = other.parameters if other is not None else ()
    parameters = (*family.parameters, *second, *((ORDER,) if order else ()))
    name = "_".join((quantity, family.name, *((other.name,) if other is not None and other is not family else ())))
    said = convention or (family.convention if quantity in ("entropy", "cross_entropy", "perplexity") else "")
    return Cell(quantity, family, other, closed_form(name, parameters, "scalar", formula), source, conditions, said)
