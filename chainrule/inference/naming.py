r"""Names for what the person left unnamed: the argument of a nonlinearity is z^{(l)}, its cotangent \delta^{(l)}.

l is taken from the weight's layer, else counted in forward order; a name that is taken is never used.
"""

from collections.abc import Mapping

from chainrule.graph import build
from chainrule.graph.node import Apply, Constant, Named, Node, Variable, operands, postorder
from chainrule.graph.operation import Property
from chainrule.graph.walk import leaves, substitute
from chainrule.inference.symbols import layer, numbered
from chainrule.syntax.tree import Tree

ARGUMENTS, COTANGENTS = ("z", "a", "s", "u", "v"), ("\\delta", "\\varepsilon", "\\epsilon", "\\rho", "\\tau")


def name_arguments(names: Mapping[Tree, Node]) -> tuple[dict[Tree, Node], dict[Tree, Tree]]:
    """The names, the invented ones before the quantity they belong to; and each invented name with its cotangent's."""
    taken = set(names)
    invented: dict[Tree, Tree] = {}
    replaced: dict[Node, Node] = {}
    done: dict[Tree, Node] = {}
    for node in _forward(names):
        body = substitute(node.body, replaced)
        if isinstance(body, Apply) and _has_unnamed_argument(body):
            symbol, cotangent = _free_names(_layer(body.arguments[0]), len(invented) + 1, taken)
            taken |= {symbol, cotangent}
            invented[symbol] = cotangent
            argument = build.named(symbol, body.arguments[0])
            done[symbol] = argument
            body = build.apply(body.operation, argument, *body.arguments[1:])
        done[node.symbol] = replaced[node] = build.named(node.symbol, body)
    return _in_order(names, done), invented


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


def _has_unnamed_argument(body: Apply) -> bool:
    return Property.ACTIVATION in body.operation.properties and not isinstance(body.arguments[0], Named | Variable | Constant)


def _layer(argument: Node) -> int | None:
    """The layer that the weights in an argument tell: the one of an input before that of a quantity."""
    below = [(isinstance(leaf, Variable), layer(leaf.symbol)) for leaf in leaves(argument)]
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


def _in_order(names: Mapping[Tree, Node], done: Mapping[Tree, Node]) -> dict[Tree, Node]:
    ordered: dict[Tree, Node] = {}
    for name, node in names.items():
        made = done.get(name, node)
        if isinstance(made, Named) and isinstance(made.body, Apply):
            for argument in made.body.arguments:
                if isinstance(argument, Named) and argument.symbol in done and argument.symbol not in names:
                    ordered[argument.symbol] = argument
        ordered[name] = made
    return ordered
