r"""Names for what the person left unnamed: the argument of a nonlinearity is z^{(l)}, its cotangent \delta^{(l)}.

l is taken from the weight's layer, else counted in forward order; a name that is taken is never used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chainrule.graph import build
from chainrule.graph.node import Apply, Constant, Named, Node, Variable, operands, postorder
from chainrule.graph.operation import Property
from chainrule.graph.walk import leaves, opaque, rebuild, substitute
from chainrule.inference.symbols import layer, numbered
from chainrule.syntax.tree import Tree

ARGUMENTS, COTANGENTS = ("z", "a", "s", "u", "v"), ("\\delta", "\\varepsilon", "\\epsilon", "\\rho", "\\tau")


def name_arguments(names: Mapping[Tree, Node]) -> tuple[dict[Tree, Node], dict[Tree, Tree]]:
    """The names, the invented ones before the quantity they belong to; and each invented name with its cotangent's."""
    naming = _Naming(set(names))
    replaced: dict[Node, Node] = {}
    done: dict[Tree, Node] = {}
    before: dict[Tree, list[Named]] = {}
    for node in _forward(names):
        body, before[node.symbol] = naming.named(substitute(node.body, replaced))
        done[node.symbol] = replaced[node] = build.named(node.symbol, body)
    ordered: dict[Tree, Node] = {}
    for name, node in names.items():
        ordered.update((argument.symbol, argument) for argument in before.get(name, ()))
        ordered[name] = done.get(name, node)
    return ordered, naming.invented


@dataclass
class _Naming:
    """The names that are taken, and those invented so far with the names of their cotangents."""

    taken: set[Tree]
    invented: dict[Tree, Tree] = field(default_factory=dict[Tree, Tree])

    def named(self, body: Node) -> tuple[Node, list[Named]]:
        """The body with the arguments named that are to be, and those; one that is inside another comes first."""
        order = postorder(body, into=opaque)
        everywhere = _is_network(order)
        found: dict[Node, Named] = {}
        made: dict[Node, Node] = {}
        for node in order:
            operands_made = tuple(made[o] for o in opaque(node))
            same = all(new is old for new, old in zip(operands_made, opaque(node), strict=True))
            new = node if same else rebuild(node, operands_made)
            if isinstance(new, Apply) and _has_unnamed_argument(new) and (everywhere or node is body):
                argument = new.arguments[0]
                if argument not in found:
                    found[argument] = self._invent(argument)
                new = build.apply(new.operation, found[argument], *new.arguments[1:])
            made[node] = new
        return made[body], list(found.values())

    def _invent(self, argument: Node) -> Named:
        symbol, cotangent = _free_names(_layer(argument, self.invented), len(self.invented) + 1, self.taken)
        self.taken |= {symbol, cotangent}
        self.invented[symbol] = cotangent
        return build.named(symbol, argument)


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


def _is_network(order: list[Node]) -> bool:
    """Does a nonlinearity of something unnamed stand inside another: a network in one formula? Then all arguments get names."""
    holding: set[Node] = set()
    for node in order:
        inside = any(o in holding for o in opaque(node))
        is_one = isinstance(node, Apply) and _has_unnamed_argument(node)
        if is_one and inside:
            return True
        if is_one or inside:
            holding.add(node)
    return False


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
