"""Words that stand for a construction of the graph, not for an operation of their own: mean(x), sqrt(x), max(0, x)."""

from dataclasses import dataclass
from fractions import Fraction

from chainrule.graph.operation import Partial


@dataclass(frozen=True, eq=False)
class Construction:
    """A word and the nodes it means.

    arguments, signature, elementwise, defaults: as of an Operation, so that shapes can be inferred before there are nodes.
    sizes: how many sizes are written last in a call, `unvec(b, m, n)`; the last argument is an array of zeros of that shape.
    build: argument nodes -> node. example: as of an Operation.
    """

    name: str
    arguments: tuple[str, ...]
    signature: str
    build: Partial
    spellings: tuple[str, ...]
    elementwise: bool = False
    sizes: int = 0
    defaults: tuple[int | Fraction, ...] = ()
    domain: tuple[tuple[float, float], ...] = ((-2.0, 2.0),)
    example: tuple[str, float | tuple[float, ...] | tuple[tuple[float, ...], ...]] | None = None

    def __post_init__(self) -> None:
        if self.name in CONSTRUCTIONS:
            raise ValueError(f"the construction {self.name} is declared twice")
        CONSTRUCTIONS[self.name] = self


CONSTRUCTIONS: dict[str, Construction] = {}
"""Every construction by its name, in the order of declaration."""
