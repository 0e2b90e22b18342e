r"""Derivatives by a function of a name: `\frac{\partial L}{\partial \log \sigma^2}`, where \sigma is the name.

By the chain rule it is the derivative by the name, divided by the slope of the function: the name follows its function, so
wherever the slope is not 0 nothing has to be solved for.
"""

from chainrule.calculus.jacobian import gradient
from chainrule.errors import ChainruleError
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Variable
from chainrule.graph.walk import opaque, substitute
from chainrule.inference.network import Network
from chainrule.inference.symbols import key
from chainrule.solving.parts import Expressed, Part, find_part
from chainrule.syntax.tree import Call, Name, Quotient, Superscript, Tree, children


def find_expressed(network: Network, tree: Tree) -> Expressed | None:
    """The power, function or quotient of one name, or of a part of one, that a tree is; None for anything else."""
    if not isinstance(tree, Superscript | Call | Quotient):
        return None
    names = list(dict.fromkeys(_names(network, tree)))
    if len(names) != 1:
        return None
    (name,) = names
    try:
        of = find_part(network, name) or network.find(name)
        inside, whole = network.read(name), network.read(tree)
    except ChainruleError:
        return None
    if not isinstance(of, Named | Variable | Part) or whole.shape != inside.shape:
        return None
    moving = build.variable(Name("the name"), inside.shape)
    function = substitute(whole, {inside: moving})
    if not _is_entrywise(function, moving):
        return None
    slope = gradient(build.total(function), moving)
    return None if build.is_zero(slope) else Expressed(of, substitute(slope, {moving: inside}), key(tree))


def _names(network: Network, tree: Tree) -> list[Tree]:
    """The names in a tree, and the parts of names, `\\sigma_j`."""
    try:
        if find_part(network, tree) or network.find(tree):
            return [tree]
    except ChainruleError:
        pass
    return [name for part in children(tree) for name in _names(network, part)]


def _is_entrywise(root: Node, moving: Node) -> bool:
    """Whether every entry of a node is computed from that entry of the name alone, and from numbers."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        match node:
            case Constant():
                continue
            case Variable() if node is moving:
                continue
            case Apply(operation=operation) if operation.elementwise:
                pass
            case Add():
                pass
            case Contract(indices=indices, output=output) if all(own in ((), output) for own in indices):
                pass
            case _:
                return False
        waiting.extend(opaque(node))
    return True
