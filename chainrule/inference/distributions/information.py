"""A quantity of information as a node of a network, with the distributions that it is of."""

from collections.abc import Callable
from dataclasses import dataclass

from chainrule.errors import EvaluationError, NameFault
from chainrule.graph.node import Node
from chainrule.inference.distributions.arguments import Argument
from chainrule.inference.distributions.labels import Table
from chainrule.inference.distributions.quantity import Reading
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import span_text
from chainrule.probability.distribution import Distribution
from chainrule.probability.families.family import Parameter
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
            hint = (
                "give every outcome its probability, as P = {A: 0.5, B: 0.5}; outcomes without end need a family, and a density"
                " needs where its letter lies, x \\in [0, 1]"
            )
            raise NameFault("number-as-distribution", message, distribution.symbol.span, hint)
    node = None if reading.body is None else _closed(reading, made)
    return Information(reading.quantity, distributions, None if reading.order is None else made(reading.order), node)


def _closed(reading: Reading, made: Callable[[Tree], Node]) -> Node | None:
    """The node of the value; None where a closed form of families divides by zero, at an end of the domain of a parameter."""
    assert reading.body is not None
    try:
        return made(reading.body)
    except EvaluationError as problem:
        of_families = all(argument.body is None and argument.family is not None for argument in reading.arguments)
        if problem.code != "division-by-zero" or not of_families:
            raise
        return None


def _given(argument: Argument, made: Callable[[Tree], Node]) -> tuple[tuple[Parameter, Node], ...]:
    """The parameters as they are written, where they are others than the family's own."""
    ways = argument.family.parametrisations if argument.family is not None else ()
    for tree in argument.parameters:
        for way in ways:
            if isinstance(tree, Applied) and tree.function in way.own:
                return tuple(zip(way.parameters, map(made, tree.arguments), strict=True))
    return ()


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
        _given(argument, made),
    )
