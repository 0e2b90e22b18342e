r"""Names for what the person left unnamed: the argument of a nonlinearity is z^{(l)}, its cotangent \delta^{(l)}.

l is taken from the weight's layer, else counted in forward order; a name that is taken is never used.
"""

from collections.abc import Mapping

from chainrule.graph import build
from chainrule.graph.node import Apply, Constant, Named, Node, Variable, operands, postorder
from chainrule.graph.operation import Property
from chainrule.graph.walk import leaves, opaque, substitute
from chainrule.inference.symbols import layer, numbered
from chainrule.syntax.tree import Tree

ARGUMENTS, COTANGENTS = ("z", "a", "s", "u", "v"), ("\\delta", "\\varepsilon", "\\epsilon", "\\rho", "\\tau")


def name_arguments(names: Mapping[Tree, Node]) -> tuple[dict[Tree, Node], dict[Tree, Tree]]:
    """The names, the invented ones before the quantity they belong to; and each invented name with its cotangent's."""
    taken = set(names)
    invented: dict[Tree, Tree] = {}
    replaced: dict[Node, Node] = {}
    done: dict[Tree, Node] = {}
    before: dict[Tree, list[Named]] = {}
    for node in _forward(names):
        body = substitute(node.body, replaced)
        before[node.symbol] = []
        for argument in _unnamed_arguments(body):
            inside = substitute(argument, {a.body: a for a in before[node.symbol]})
            symbol, cotangent = _free_names(_layer(inside, invented), len(invented) + 1, taken)
            taken |= {symbol, cotangent}
            invented[symbol] = cotangent
            before[node.symbol].append(build.named(symbol, inside))
            body = substitute(body, {inside: before[node.symbol][-1]})
        done[node.symbol] = replaced[node] = build.named(node.symbol, body)
    ordered: dict[Tree, Node] = {}
    for name, node in names.items():
        ordered.update((argument.symbol, argument) for argument in before.get(name, ()))
        ordered[name] = done.get(name, node)
    return ordered, invented


def share_quantities(names: Mapping[Tree, Node]) -> dict[Tree, Node]:
    """The names with a quantity wherever its formula is part of another's: with q = x + y, f = (x + y) z is q z.

    So a derivative by q goes through every place that q names. A formula that is q's as a whole stays.
    """
    height: dict[Node, int] = {}
    for node in postorder(*names.values()):
        height[node] = 1 + max((height[below] for below in operands(node)), default=0)
    replaced: dict[Node, Node] = {}
    done = dict(names)
    # What is part of a formula is lower than it.
    for name, node in sorted(names.items(), key=lambda item: height[item[1]]):
        if not isinstance(node, Named):
            continue
        # Another name for a quantity is computed from it; only a formula of its own is not to be put in for itself.
        own = replaced.pop(node.body, None) if not isinstance(node.body, Named) else None
        done[name] = replaced[node] = build.named(name, substitute(node.body, replaced))
        if own is not None or isinstance(node.body, Apply) or len(operands(node.body)) > 1:
            replaced[node.body] = own if own is not None else replaced[node]
    return done


def _forward(names: Mapping[Tree, Node]) -> list[Named]:
    """The quantities, each after those it is computed from."""
    order: dict[Named, None] = {}
    for node in names.values():
        waiting = [node] if isinstance(node, Named) else []
        while waiting:
            here = waiting[-1]
            before = [n for n in leaves(here) if isinstance(n, Named) and n not in order]
            if before:
                waiting.extend(before)
            else:
                order[waiting.pop()] = None
    return list(order)


def _unnamed_arguments(body: Node) -> list[Node]:
    """The arguments to be named, each after those inside it: that of a nonlinearity which is the whole body; and all of them
    where one nonlinearity stands inside another, a network in one formula."""
    arguments: dict[Node, None] = {}
    for node in postorder(body, into=opaque):
        if isinstance(node, Apply) and _has_unnamed_argument(node):
            arguments[node.arguments[0]] = None
    nested = any(a is not b and a in postorder(b, into=opaque) for a in arguments for b in arguments)
    if nested:
        return list(arguments)
    return [body.arguments[0]] if isinstance(body, Apply) and _has_unnamed_argument(body) else []


def _has_unnamed_argument(node: Apply) -> bool:
    return Property.ACTIVATION in node.operation.properties and not isinstance(node.arguments[0], Named | Variable | Constant)


def _layer(argument: Node, invented: Mapping[Tree, Tree]) -> int | None:
    """The layer that the weights in an argument tell: the one of an input before that of a quantity of the person's."""
    below = [(isinstance(leaf, Variable), layer(leaf.symbol)) for leaf in leaves(argument) if leaf.symbol not in invented]
    told = [(is_input, number) for is_input, number in below if number is not None]
    return max(told)[1] if told else None


def _free_names(wanted: int | None, counted: int, taken: set[Tree]) -> tuple[Tree, Tree]:
    number = counted if wanted is None else wanted
    while True:
        for letter, cotangent in zip(ARGUMENTS, COTANGENTS, strict=True):
            pair = numbered(letter, number), numbered(cotangent, number)
            if not taken & set(pair):
                return pair
            if wanted is None:
                break
        number += 1
