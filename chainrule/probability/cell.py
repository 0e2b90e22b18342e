"""The types of the table of closed forms, family by quantity."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chainrule.graph.node import Node
from chainrule.probability.family import ClosedForm, Family, Parameter, closed_form
from chainrule.syntax.tree import Name

Build = Callable[..., Node]

ORDER = Parameter("order", Name("\\alpha"), "real", ("\\alpha", "alpha", "a", "q", "order"), ("order",))


@dataclass(frozen=True, eq=False)
class Condition:
    """What has to hold of the arguments of a closed form: that a node of them compares so with zero."""

    node: Build
    sign: Literal[">", ">=", "="] = ">"


@dataclass(frozen=True, eq=False)
class Cell:
    """One closed form: of a quantity, of one family or of two, in nats.

    construction: takes the parameters of the first distribution, those of the second, and the order where there is one.
    conditions: where one of them fails the form says nothing, and `numeric.estimate` answers: often it is infinite there.
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
    build: Build,
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
    return Cell(quantity, family, other, closed_form(name, parameters, "scalar", build), source, conditions, said)
