"""A graph from a Python function: called once with traced inputs, whose operators build nodes."""

from collections.abc import Callable, Mapping, Sequence
from inspect import signature

from chainrule.errors import NameFault
from chainrule.graph import build
from chainrule.graph.node import Node, Variable
from chainrule.inference.network import Network
from chainrule.inference.resolve import Reader
from chainrule.ops.table import spellings
from chainrule.ops.traced import Traced
from chainrule.syntax.tree import Name

Sizes = Sequence[int | str]


def trace_network(function: Callable[..., object], shapes: Mapping[str, Sizes] | None = None) -> Network:
    """The network of one quantity, called as the function is, over inputs named after its parameters.

    shapes: of the parameters that are no scalars. Raises NameFault where the function gives back something else.
    """
    sizes = dict(shapes or {})
    names = list(signature(function).parameters)
    unknown = [name for name in sizes if name not in names]
    if unknown:
        raise NameFault("unknown-parameter", f"the function has no parameter {unknown[0]}")
    inputs: dict[str, Variable] = {name: build.variable(Name(name), sizes.get(name, ())) for name in names}
    result = function(*(Traced(node) for node in inputs.values()))
    if not isinstance(result, Traced):
        raise NameFault("not-a-node", "the function must give back one traced value")
    label = function.__name__ if function.__name__.isidentifier() and function.__name__ not in inputs else "f"
    output = build.named(Name(label), result.node)
    nodes: dict[str, Node] = {**inputs, label: output}
    reader = Reader({Name(name): Name(name) for name in nodes}, table=spellings())
    return Network(
        names={Name(name): node for name, node in nodes.items()},
        spellings={Name(name): name for name in nodes},
        values={},
        lists=frozenset(),
        invented={},
        sizes={},
        equations=(),
        reader=reader,
    )
