"""A network at given values."""

from collections.abc import Mapping
from dataclasses import dataclass

from chainrule.calculus.jacobian import gradient
from chainrule.evaluation.array import Array, ArrayLike
from chainrule.graph.node import Node
from chainrule.inference.network import Network
from chainrule.solving.numbers import slope
from chainrule.solving.parts import find_part, take_parts
from chainrule.solving.reading import read_variable
from chainrule.surface.values import defined, evaluated, node_of
from chainrule.verification.derivative import Checked, check_derivative


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """A network at given values."""

    _network: Network
    _values: Mapping[Node, ArrayLike]

    def __getitem__(self, symbol: str) -> Array:
        """The value of a quantity. Raises NameFault for an unknown one, EvaluationError where a value is missing."""
        return self._number(node_of(self._network, symbol))

    def gradient(self, of: str, by: str) -> Array:
        """The value of the derivative of a scalar, in the shape of `by`, which may be a part of an array, `q_2`."""
        target = node_of(self._network, of)
        part = find_part(self._network, read_variable(by, "symbol"))
        variable = node_of(self._network, by) if part is None else part.whole
        whole = gradient(target, variable)
        wanted = whole if part is None else take_parts(whole, 0, (target, part))
        return slope(defined(wanted), target, [variable], self._values, self._network.sizes)

    def check(self, of: str, by: str) -> Checked:
        """The derivative beside an independent numeric one at these values."""
        target, variable = node_of(self._network, of), node_of(self._network, by)
        return check_derivative(target, variable, gradient(target, variable), self._values, self._network.sizes)

    def _number(self, node: Node) -> Array:
        return evaluated(node, self._values, self._network.sizes)
