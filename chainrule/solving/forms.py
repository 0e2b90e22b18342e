r"""A derivative's three forms, all read off one reverse sweep in which the cotangents of named quantities are named.

backprop: the sum over the edges to the next named quantities, their cotangents kept as \frac{\partial r}{\partial m} or \delta.
intermediate: the cotangents put in, the named quantities and \sigma' kept. closed: everything put in, inputs only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import by_entries, derivative_node
from chainrule.calculus.reverse import Backpropagation, CotangentName, backpropagate
from chainrule.graph import build
from chainrule.graph.node import Named, Node
from chainrule.graph.walk import expand, leaves
from chainrule.inference.network import Network
from chainrule.syntax.tree import Derivative, Tree


@dataclass(frozen=True)
class DerivativeForms:
    """The three forms as graphs; the closed one has inputs and declared lists as its only names."""

    backprop: Node
    intermediate: Node
    closed: Node


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

    def forms(self, target: Node, by: Sequence[Node]) -> DerivativeForms:
        """The forms of the derivative of `target` by one variable, or by several after each other.

        Raises DerivativeError for orders above two.
        """
        if len(by) == 1 and not target.shape:
            return self._gradient(target, by[0])
        whole = derivative_node(target, by)
        intermediate = normal_form(whole)
        return DerivativeForms(intermediate, intermediate, self.closed(whole))

    def _gradient(self, target: Node, by: Node) -> DerivativeForms:
        cotangent = self.sweep(target).gradient(by)
        # Only a quantity's own cotangent is looked into: an input may have received that of the next quantity as it is.
        body = cotangent.body if isinstance(by, Named) and isinstance(cotangent, Named) else cotangent
        body = build.add(body, by_entries(target, by, self.cotangent_name(target)))
        intermediate = expand(body, self.is_cotangent)
        return DerivativeForms(normal_form(body), normal_form(intermediate), self.closed(body))

    def closed(self, node: Node) -> Node:
        """Everything put in but what the person only declared, `w = [w_1, w_2]`."""
        return normal_form(expand(node, lambda named: named not in self.network.lists))

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
