"""A quantity of distributions as it was read."""

from dataclasses import dataclass

from chainrule.inference.distributions.arguments import Argument
from chainrule.probability.quantities import Quantity
from chainrule.syntax.tree import Tree


@dataclass(frozen=True)
class Reading:
    """A quantity of distributions, all names known. body: its value in nats; None where there is no closed form."""

    quantity: Quantity
    arguments: tuple[Argument, ...]
    order: Tree | None
    body: Tree | None
