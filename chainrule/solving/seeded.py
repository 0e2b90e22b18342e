"""The sweep by which an array is differentiated, with names for what it makes up: s, a scalar, and u, which is held fixed.

It is the sweep of `calculus/jacobian.py`, where the gradient of <u, array> is linear in u and its coefficients are the
derivative; here u and s are letters that nothing else is called by, so that the steps can be read.
"""

from dataclasses import dataclass

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import derivative_node
from chainrule.graph import build
from chainrule.graph.node import Named, Node
from chainrule.graph.walk import inputs, substitute
from chainrule.inference.network import Network
from chainrule.solving.requests import DerivativeRequest
from chainrule.syntax.tree import Name, Tree

LETTERS = "uvwabcdghkpqrst"


@dataclass(frozen=True)
class Seeded:
    """target: s = <u, array>, or the array itself where that is a scalar and needs no seed u. by: the variable."""

    target: Named
    seed: Node | None
    by: Node


def seeded(network: Network, request: DerivativeRequest) -> Seeded | None:
    """The last sweep of a request; None where it is one of forward mode. What is declared of variables is not used in it."""
    if request.direction is not None and not request.is_hvp:
        return None
    asked = (request.of, *request.wholes)
    bare: dict[Node, Node] = {node: build.variable(node.symbol, node.shape) for node in inputs(asked) if node.facts}
    of, *variables = (substitute(node, bare) for node in asked)
    if request.direction is not None:
        variables = variables[::-1]
    *before, by = variables
    array = normal_form(derivative_node(of, before, normal_form)) if before else of
    free = _free_letters(network)
    if not array.shape:
        return Seeded(build.named(_letter(free, "s"), array), None, by)
    if not by.shape and request.direction is None:
        return None
    seed = request.direction or build.variable(_letter(free), array.shape)
    return Seeded(build.named(_letter(free, "s"), build.inner(seed, array)), seed, by)


def _free_letters(network: Network) -> list[Tree]:
    """Letters that are no name of the network and count nothing in it."""
    sizes = {symbol for node in network.names.values() for d in node.shape for symbol in d.symbols}
    return [Name(letter) for letter in LETTERS if Name(letter) not in network.names and letter not in sizes]


def _letter(free: list[Tree], wanted: str = "") -> Tree:
    """The first letter, or the one that is wanted where it is free; it is taken then."""
    found = Name(wanted) if Name(wanted) in free else next(iter(free), Name("seed" + wanted))
    if found in free:
        free.remove(found)
    return found
