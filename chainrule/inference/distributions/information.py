"""A quantity of information as a node of a network, with the distributions that it is of."""

from collections.abc import Callable
from dataclasses import dataclass

from chainrule.errors import NameFault
from chainrule.graph.node import Node
from chainrule.inference.distributions.arguments import Argument
from chainrule.inference.distributions.labels import Table
from chainrule.inference.distributions.reading import Reading
from chainrule.inference.symbols import span_text
from chainrule.probability.distribution import Distribution
from chainrule.probability.quantities import Quantity
from chainrule.syntax.tree import Tree


@dataclass(frozen=True)
class Information:
    """A quantity of these distributions. order: the parameter of a quantity that has one.

    node: its value in nats as a graph; None where there is no closed form, so that it is to be summed or integrated.
    """

    quantity: Quantity
    distributions: tuple[Distribution, ...]
    order: Node | None
    node: Node | None


def information_of(reading: Reading, made: Callable[[Tree], Node]) -> Information:
    """The information that a reading is. made: the node of a resolved tree; it raises ShapeError where one does not fit.

    Raises NameFault where a single number stands for a distribution, of which it would be one probability.
    """
    distributions = tuple(distribution_of(argument, made) for argument in reading.arguments)
    for distribution in distributions if reading.quantity.name != "surprisal" else ():
        if distribution.probabilities is not None and distribution.probabilities.shape == ():
            said = span_text(distribution.symbol.span)
            message = f"{said} is one number, and the {reading.quantity.title} is of a distribution"
            hint = "give every outcome its probability, as P = {A: 0.5, B: 0.5}; outcomes without end need a family"
            raise NameFault("number-as-distribution", message, distribution.symbol.span, hint)
    node = None if reading.body is None else made(reading.body)
    return Information(reading.quantity, distributions, None if reading.order is None else made(reading.order), node)


def distribution_of(argument: Argument, made: Callable[[Tree], Node]) -> Distribution:
    """The distribution that an argument is."""
    table = argument.table or Table(())
    return Distribution(
        argument.symbol,
        None if argument.body is None else made(argument.body),
        table.labels,
        table.added,
        argument.family,
        tuple(map(made, argument.parameters)),
        table.variables,
        argument.parametrisation.said,
    )
