"""Networks for the tests of inference, from text; with what can be compared of them."""

from collections.abc import Mapping

import numpy as np

from chainrule.errors import Diagnostic
from chainrule.evaluation.array import Array
from chainrule.evaluation.run import evaluate
from chainrule.graph.dimension import Shape
from chainrule.graph.node import Variable, postorder
from chainrule.graph.walk import index_variables
from chainrule.inference.network import Network
from chainrule.inference.vocabulary import vocabulary
from chainrule.solving.reading import ProblemText, read_declarations, read_givens
from chainrule.source import Source
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tokens import Notation
from chainrule.syntax.tree import Tree
from chainrule.typesetting import latex


def network_of(
    text: str,
    notation: Notation = "latex",
    *,
    shapes: Mapping[str, tuple[str, ...]] | None = None,
    at: Mapping[str, str] | None = None,
) -> tuple[Network, tuple[Diagnostic, ...]]:
    """The network of a text, and everything that is said of it."""
    problem = ProblemText()
    problem.add(Source("text", text).span(), notation)
    network = problem.network([*read_givens(at or {}), *read_declarations(shapes or {})])
    return network, tuple(dict.fromkeys((*problem.diagnostics, *network.diagnostics)))


def statements_of(source: Source, notation: Notation) -> tuple[Tree, ...]:
    """The statements of a text that can be read."""
    return parse_statements(source.span(), vocabulary(), notation).statements


def spelled(network: Network, name: Tree) -> str:
    """The text's spelling of a name, or the printed one of an invented name."""
    return network.spellings.get(name) or latex(name)


def sizes_of(network: Network) -> dict[str, int]:
    """A size for each size symbol: what the literals say, else all different."""
    symbols = sorted({s for node in network.names.values() for d in node.shape for s in d.symbols})
    free = [s for s in symbols if s not in network.sizes]
    return {**network.sizes, **{symbol: 2 + i for i, symbol in enumerate(free)}}


def numbers(shape: Shape, sizes: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(d.size(sizes) for d in shape)


def point(network: Network, seed: int, *, positive: bool = False) -> dict[Tree, Array]:
    """Random values of all inputs, in place of those that are given; whole numbers for what picks an entry."""
    random = np.random.default_rng(seed)
    sizes = sizes_of(network)
    drawn = {name: random.normal(size=numbers(node.shape, sizes)) for name, node in network.inputs()}
    values = {name: np.abs(value) + 0.5 if positive else value for name, value in drawn.items()}
    for index, lengths in index_variables(postorder(*(node for _, node in network.quantities()))).items():
        values[index.symbol] = random.integers(1, min(d.size(sizes) for d in lengths) + 1)
    return values


def values_at(network: Network, inputs: Mapping[Tree, Array]) -> dict[Tree, Array]:
    """The values of all quantities."""
    quantities = dict(network.quantities())
    given = {node: inputs[name] for name, node in network.names.items() if isinstance(node, Variable)}
    found = evaluate(list(quantities.values()), given, sizes_of(network))
    return dict(zip(quantities, found, strict=True))
