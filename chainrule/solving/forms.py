r"""A derivative's three forms, all read off one reverse sweep in which the cotangents of named quantities are named.

backprop: the sum over the edges to the next named quantities, their cotangents kept as \frac{\partial r}{\partial m} or \delta.
intermediate: the cotangents put in, the named quantities and \sigma' kept. closed: everything put in, inputs only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chainrule.algebra.indicators import without_squared_signs
from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import along, by_entries, derivative_node, gradient, hessian_along
from chainrule.calculus.reverse import Backpropagation, CotangentName, backpropagate
from chainrule.graph import build
from chainrule.graph.node import Apply, Named, Node, Variable, postorder
from chainrule.graph.walk import expand, inputs, leaves, substitute
from chainrule.inference.network import Network
from chainrule.ops.comparison import SIGN
from chainrule.syntax.tree import Derivative, Tree


@dataclass(frozen=True)
class DerivativeForms:
    """The three forms as graphs; the closed one has inputs and declared lists as its only names.

    found: what they were before they were simplified.
    """

    backprop: Node
    intermediate: Node
    closed: Node
    found: tuple[Node, ...] = ()


@dataclass
class Differentiator:
    """The sweeps of one network, each done once."""

    network: Network
    sweeps: dict[Node, Backpropagation] = field(default_factory=dict[Node, Backpropagation])

    def sweep(self, target: Node) -> Backpropagation:
        """The reverse sweep of a scalar target over everything it is computed from."""
        if target not in self.sweeps:
            self.sweeps[target] = backpropagate(target, name=self.cotangent_name(target))
        return self.sweeps[target]

    def cotangent_name(self, target: Node) -> CotangentName:
        r"""\delta^{(l)} for an invented z^{(l)}, else \frac{\partial L}{\partial h}."""
        above = target.symbol if isinstance(target, Named) else None

        def name(node: Named) -> Tree:
            return self.network.invented.get(node.symbol) or Derivative("partial", above, (node.symbol,))

        return name

    def forms(self, target: Node, by: Sequence[Node], direction: Node | None = None) -> DerivativeForms:
        """The forms of the derivative of `target` by one variable, or by several after each other; along a direction.

        Raises DerivativeError for orders that are too high.
        """
        if len(by) == 1 and not target.shape and direction is None:
            return self._gradient(target, by[0])
        asked = [target, *by] if direction is None else [target, *by, direction]
        # What is declared holds at the point and not along the way to its neighbours: it is put back only afterwards.
        declared: dict[Node, Node] = {node: build.variable(node.symbol, node.shape) for node in inputs(asked) if node.facts}
        bare, *others = (substitute(node, declared) for node in asked) if declared else asked
        again = {plain: node for node, plain in declared.items()}

        def found(of: Node) -> Node:
            derivative = _derivative(of, others[: len(by)], *others[len(by) :])
            return substitute(derivative, again) if again else derivative

        from_kinks = len(by) > 1 and not _has_signs(bare)
        whole = first = found(bare)
        intermediate = _settled(normal_form(whole), from_kinks=from_kinks)
        if all(isinstance(each, Variable) or each in self.network.lists for each in by):
            lists = {substitute(each, declared) for each in self.network.lists} if declared else self.network.lists
            unfolded = expand(bare, lambda named: named not in lists)
            if not (isinstance(bare, Named) and unfolded is bare.body):
                whole = found(unfolded)
        closed = _settled(self.closed(whole), from_kinks=from_kinks)
        return DerivativeForms(intermediate, intermediate, closed, (first, self.unfolded(whole)))

    def _gradient(self, target: Node, by: Node) -> DerivativeForms:
        cotangent = self.sweep(target).gradient(by)
        # Only a quantity's own cotangent is looked into: an input may have received that of the next quantity as it is.
        body = cotangent.body if isinstance(by, Named) and isinstance(cotangent, Named) else cotangent
        body = build.add(body, by_entries(target, by, self.cotangent_name(target)))
        intermediate = expand(body, self.is_cotangent)
        found = (body, intermediate, self.unfolded(body))
        return DerivativeForms(normal_form(body), normal_form(intermediate), self.closed(body), found)

    def closed(self, node: Node) -> Node:
        """Everything put in but what the person only declared, `w = [w_1, w_2]`."""
        return normal_form(self.unfolded(node))

    def unfolded(self, node: Node) -> Node:
        """The same before it is simplified. Parameters stay where none of what they are made of would stand beside them."""
        kept = self.network.lists | self.network.parameters
        found = expand(node, lambda named: named not in kept)
        inside = {leaf for parameter in self.network.parameters for leaf in leaves(parameter)}
        if inside.isdisjoint(leaves(found)) if inside else True:
            return found
        return expand(node, lambda named: named not in self.network.lists)

    def is_cotangent(self, node: Named) -> bool:
        """Whether a named node was named by a sweep."""
        return node.symbol not in self.network.names

    def invented_in(self, roots: tuple[Node, ...]) -> list[Named]:
        r"""The invented names in some forms, z^{(l)} and \delta^{(l)}, and those in what they stand for."""
        found: dict[Named, None] = {}
        waiting = [leaf for root in roots for leaf in ([root] if isinstance(root, Named) else reversed(leaves(root)))]
        while waiting:
            leaf = waiting.pop()
            if isinstance(leaf, Named) and leaf not in found and self._is_invented(leaf):
                found[leaf] = None
                waiting.extend(leaves(self.meaning(leaf)))
        return list(found)

    def _is_invented(self, node: Named) -> bool:
        return node.symbol in self.network.invented or node.symbol in self.network.invented.values()

    def meaning(self, node: Named) -> Node:
        r"""What an invented name stands for: z in named quantities, \delta likewise."""
        return normal_form(expand(node.body, self.is_cotangent) if self.is_cotangent(node) else node.body)


def _has_signs(node: Node) -> bool:
    return any(isinstance(n, Apply) and n.operation is SIGN for n in postorder(node))


def _settled(form: Node, *, from_kinks: bool) -> Node:
    """A normal form, its squared signs 1 where all of them have come from derivatives of |u|."""
    return normal_form(without_squared_signs(form)) if from_kinks and _has_signs(form) else form


def _derivative(target: Node, by: Sequence[Node], direction: Node | None = None) -> Node:
    """The derivative, each before the last one simplified; along a direction without the array it is multiplied with."""
    if direction is None:
        return derivative_node(target, by, normal_form)
    *before, last = by
    if not before:
        return along(target, last, direction) if target.shape else build.inner(gradient(target, last), direction)
    if len(before) == 1 and not target.shape:
        return hessian_along(normal_form(gradient(target, last)), before[0], direction)
    return along(normal_form(derivative_node(target, before, normal_form)), last, direction)
