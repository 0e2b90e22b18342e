"""A network as a person holds it in Python: its derivatives, its runs, its picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from chainrule.errors import ChainruleError, Diagnostic
from chainrule.evaluation.array import ArrayLike
from chainrule.graph.node import Named, Variable
from chainrule.inference.network import Network
from chainrule.solving.answer import Formula
from chainrule.solving.context import Context
from chainrule.solving.parts import with_direction, with_indices
from chainrule.solving.reading import read_symbol, read_variable
from chainrule.solving.requests import Layout, Symmetry, derivative_of, refined
from chainrule.surface.derivative import Derivative
from chainrule.surface.run import Run
from chainrule.surface.values import known_values

if TYPE_CHECKING:
    from chainrule.drawing.drawing import Drawing


@dataclass(frozen=True, eq=False, repr=False)
class Net:
    """A network that was read or traced."""

    _network: Network
    _reading: Sequence[Diagnostic] = ()

    @cached_property
    def _context(self) -> Context:
        return Context(self._network)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was said about the text: warnings and notes, such as how a symbol was understood."""
        return tuple(dict.fromkeys((*self._reading, *self._network.diagnostics)))

    @property
    def equations(self) -> tuple[Formula, ...]:
        """The equations as they were understood."""
        from chainrule.solving.solution import equation_formula

        return tuple(equation_formula(e, self._network) for e in self._network.equations)

    def derivative(
        self,
        of: str,
        wrt: str | Sequence[str],
        *,
        layout: Layout = "gradient",
        symmetric: Symmetry | None = None,
        simplex: bool = False,
    ) -> Derivative:
        """The derivative of a quantity by a name, or by several after each other; either may be a part, `A_{*,j}`.

        A gradient has the shape of its variable; for an output that is an array its dimensions come first. layout changes the
        text only. symmetric: how a square matrix is moved, "project" or "free entries"; None moves every entry by itself.
        simplex: the variable is a vector whose entries keep their sum; then the gradient sums to 0.
        """
        by = (wrt,) if isinstance(wrt, str) else tuple(wrt)
        return self._derivative(of, by, layout=layout, symmetric=symmetric, simplex=simplex)

    def jacobian(self, of: str, wrt: str, *, layout: Layout = "gradient") -> Derivative:
        """Output dimensions, then the variable's."""
        return self.derivative(of, wrt, layout=layout)

    def hessian(self, of: str, wrt: str) -> Derivative:
        """The second derivative by one variable."""
        return self.derivative(of, (wrt, wrt))

    def directional(self, of: str, wrt: str, direction: str) -> Derivative:
        """The derivative along a direction, of the shape of `of`: of an array the Jacobian times the direction.

        direction: a name of the network, or a new one, which has the shape of the variable. No Jacobian is made.
        """
        return self._derivative(of, (wrt,), direction)

    def hvp(self, of: str, wrt: str, direction: str) -> Derivative:
        """The Hessian of a scalar times a direction, in the shape of the variable. No Hessian is made."""
        return self._derivative(of, (wrt, wrt), direction)

    def _derivative(
        self,
        of: str,
        by: Sequence[str],
        direction: str | None = None,
        layout: Layout = "gradient",
        symmetric: Symmetry | None = None,
        simplex: bool = False,
    ) -> Derivative:
        target, *variables = (read_variable(text, "symbol") for text in (of, *by))
        network = with_indices(self._network, (target, *variables))
        asked = derivative_of(network, target, variables, of)
        moving: Named | Variable | None = None
        if direction is not None:
            network, moving = with_direction(network, read_symbol(direction, "direction"), asked.wholes[-1])
        context = self._context if network is self._network else Context(network)
        return Derivative(context, refined(asked, moving, layout, symmetric, simplex))

    def at(self, values: Mapping[str, ArrayLike]) -> Run:
        """The network with values for its inputs, by symbol in any accepted spelling."""
        return Run(self._network, known_values(self._context, values))

    def graph(self, title: str = "") -> "Drawing":
        """The computational graph as a picture. Raises DrawingError where there is nothing to draw."""
        from chainrule.drawing.drawing import Drawing
        from chainrule.drawing.painter import draw
        from chainrule.solving.graph import picture

        drawn = picture(self._context, title, None)
        if drawn is None:
            raise ChainruleError("empty-picture", "there is no quantity to draw")
        return Drawing(draw(drawn))
