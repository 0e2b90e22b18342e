"""A distribution as a problem has it: its outcomes with their probabilities, or a family with its parameters."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.graph.node import Node
from chainrule.syntax.tree import Tree

if TYPE_CHECKING:
    from chainrule.probability.families.family import Family, Parameter


@dataclass(frozen=True)
class Distribution:
    """What an argument of an information quantity is.

    symbol: as it is written, `P`, `Q'`, `\\mathcal{N}(0, 1)`. probabilities: a vector (n,), or a matrix (n, m) of a joint
    distribution, where the outcomes are finitely many and known; else None, and `family` tells what it is.
    labels: the outcomes in order, one tuple an axis; () where the text gives none. added: labels that the text gives no
    probability here and another distribution does: they have probability 0. parameters: of the family, in its order.
    variables: the random variables of the axes, where the text names them. parametrisation: which one of its family was used,
    "the second argument of N is the variance"; "" where there is one way alone. given: the parameters as they are written,
    where they are others than those of the family: the standard deviation. total: what its density is divided by, where it
    does not integrate to one and is to be normalised.
    """

    symbol: Tree
    probabilities: Node | None
    labels: tuple[tuple[Tree, ...], ...] = ()
    added: tuple[Tree, ...] = ()
    family: "Family | None" = None
    parameters: tuple[Node, ...] = ()
    variables: tuple[Tree, ...] = ()
    parametrisation: str = ""
    given: tuple[tuple["Parameter", Node], ...] = ()
    total: float = 1.0
