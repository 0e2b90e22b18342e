"""The Python surface: networks, their derivatives and runs, as `import chainrule as cr` gives them. Results are immutable."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.algebra.elide import elide
from chainrule.algebra.matrix_form import matrix_form
from chainrule.calculus.jacobian import derivative_node, entries, gradient
from chainrule.errors import ChainruleError, Diagnostic, EvaluationError, VerificationError
from chainrule.evaluation.array import Array, ArrayLike, as_array
from chainrule.evaluation.facts import holds
from chainrule.evaluation.sizes import read_sizes
from chainrule.graph.node import Named, Node, Variable, postorder
from chainrule.inference.literals import to_floats
from chainrule.inference.network import Network
from chainrule.inference.trace import Sizes, trace_network
from chainrule.ops.opaque import opaque_functions
from chainrule.solving import derivatives
from chainrule.solving.answer import Check, Forms, Formula, StepText, Value, Where
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.equations import read_equations
from chainrule.solving.forms import DerivativeForms
from chainrule.solving.layout import axes, show
from chainrule.solving.numbers import number
from chainrule.solving.parts import with_direction, with_indices
from chainrule.solving.reading import read_declarations, read_givens, read_symbol, read_variable
from chainrule.solving.requests import DerivativeRequest, Layout, Symmetry, derivative_of, find, refined
from chainrule.source import Source
from chainrule.typesetting import plain
from chainrule.verification.derivative import Checked, check_derivative

if TYPE_CHECKING:
    from chainrule.documents.solved import Solved
    from chainrule.drawing.drawing import Drawing
    from chainrule.solving.compressed import Factors

MOST_SHOWN = 2000
"""A derivative of more nodes shows itself cut short, without its text being made and verified."""


@dataclass(frozen=True, eq=False, repr=False)
class Derivative:
    """A derivative of a network. Texts are verified when they are asked for; the graph and its value need no text."""

    _context: Context
    _request: DerivativeRequest

    @cached_property
    def _forms(self) -> DerivativeForms:
        return derivatives.forms_of(self._context, self._request)

    @cached_property
    def _verified(self) -> DerivativeForms:
        """The forms of which a text may be shown. Raises VerificationError where a numeric derivative differs."""
        _ = self.check
        return self._forms

    @cached_property
    def _shown(self) -> Formula:
        return show(self._context, self._request, self._verified.intermediate)

    @cached_property
    def _facts(self) -> tuple[StepText, ...]:
        return derivatives.facts_of(self._context, self._verified)

    @cached_property
    def node(self) -> Node:
        """The derivative as a graph: of first order as the sweep left it, else in normal form."""
        request = self._request
        if request.is_whole and request.direction is None and len(request.by) == 1:
            return derivative_node(request.of, request.wholes)
        return self._forms.closed

    @property
    def symbol(self) -> Formula:
        """What it is called: its own left side."""
        return tree_formula(self._request.symbol)

    @property
    def latex(self) -> str:
        """The derivative in inputs and named quantities, in LaTeX. Raises VerificationError where no text can be verified."""
        return self._shown.latex

    @property
    def text(self) -> str:
        """The same in plain text, which is valid input again."""
        return self._shown.text

    @cached_property
    def forms(self) -> Forms:
        """By backpropagation, in intermediate variables, closed. Raises VerificationError where one cannot be verified."""
        return derivatives.shown_forms(self._context, self._request, self._verified)

    @cached_property
    def where(self) -> tuple[Where, ...]:
        """The invented names and what they stand for."""
        return derivatives.names_in(self._context, self._verified)

    @cached_property
    def steps(self) -> tuple[StepText, ...]:
        """How it is found, step by step, each with its reason."""
        return derivatives.steps_of(self._context, self._request, self._verified, self._facts)

    @cached_property
    def conventions(self) -> tuple[str, ...]:
        """Choices that it rests on, such as relu'(0) = 0."""
        return derivatives.conventions_of(self._context, self._request, self._verified, self._facts)

    @property
    def value(self) -> Value | None:
        """A number or nested lists at the given values; None while a value is missing."""
        return self._context.number(self.node)

    @property
    def layout(self) -> Layout:
        """How it prints; values and code do not depend on it."""
        return self._request.layout

    @property
    def factors(self) -> "Factors":
        """The terms of the closed form, each as its factors, not multiplied; two of a Hessian that is a Kronecker product."""
        from chainrule.solving.compressed import factors

        return factors(self._context, self._forms.closed)

    def solve(self, right: ArrayLike, values: Mapping[str, ArrayLike] | None = None) -> Array:
        """s with H s = right, of a Hessian H (or a square Jacobian) at the given values and these. Its structure is used.

        Raises EvaluationError where a value is missing or the system has no one solution.
        """
        from chainrule.solving.compressed import solve_system

        known = _known(self._context, values or {})
        ranks = [rank for _, rank in axes(self._request)]
        return solve_system(self._forms.closed, ranks, right, known, self._context.network.sizes)

    def at(self, values: Mapping[str, ArrayLike]) -> Array:
        """The number at the given values and these, by symbol. Raises EvaluationError where a value is missing."""
        return _evaluated(self._forms.closed, _known(self._context, values), self._context.network.sizes)

    @property
    def needs(self) -> tuple[str, ...]:
        """The inputs that have no value."""
        return tuple(self._context.spelled(node) for node in self._context.needs(self._forms.closed))

    @property
    def shape(self) -> tuple[int | str, ...]:
        """The output's dimensions, then those of each variable: integers, or names where no value shows a size."""
        return derivatives.shape_of(self._context, self._forms.closed)

    @cached_property
    def check(self) -> Check:
        """The comparison with a numeric derivative. Raises VerificationError where they differ."""
        return derivatives.checked(self._context, self._request, self._forms.closed)

    def code(self, target: str = "numpy") -> str:
        """A program that computes the derivative. Raises ChainruleError for a target that is not "numpy"."""
        if target != "numpy":
            raise ChainruleError("unknown-target", f"there is no code for {target}", hint="the target is numpy")
        code = self._context.code("derivative", self._forms.closed, self._context.needs(self._forms.closed))
        if code is None:
            raise ChainruleError("no-code", "no program could be written for this derivative")
        return code.numpy

    def _repr_latex_(self) -> str:
        return f"$${self.symbol.latex} = {self.latex}$$"

    def __repr__(self) -> str:
        """The verified text; cut short where it is too long to read, and none at all where it could not be verified."""
        try:
            if len(postorder(self.node)) <= MOST_SHOWN:
                return f"{self.symbol.text} = {self.text}"
        except VerificationError as error:
            if error.code == "unverified":
                return f"<derivative {self.symbol.text}>"
        try:
            return plain(matrix_form(elide(self.node)))
        except VerificationError:
            return f"<derivative {self.symbol.text}>"


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """A network at given values."""

    _network: Network
    _values: Mapping[Node, ArrayLike]

    def __getitem__(self, symbol: str) -> Array:
        """The value of a quantity. Raises NameFault for an unknown one, EvaluationError where a value is missing."""
        return self._number(_node(self._network, symbol))

    def gradient(self, of: str, by: str) -> Array:
        """The value of the derivative of a scalar, in the shape of `by`."""
        return self._number(gradient(_node(self._network, of), _node(self._network, by)))

    def check(self, of: str, by: str) -> Checked:
        """The derivative beside an independent numeric one at these values."""
        target, variable = _node(self._network, of), _node(self._network, by)
        return check_derivative(target, variable, gradient(target, variable), self._values, self._network.sizes)

    def _number(self, node: Node) -> Array:
        return _evaluated(node, self._values, self._network.sizes)


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
        from chainrule.solving.problem import equation_formula

        return tuple(equation_formula(e) for e in self._network.equations)

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
        return Run(self._network, _known(self._context, values))

    def graph(self, title: str = "") -> "Drawing":
        """The computational graph as a picture. Raises DrawingError where there is nothing to draw."""
        from chainrule.drawing.drawing import Drawing
        from chainrule.drawing.painter import draw
        from chainrule.solving.graph import picture

        drawn = picture(self._context, title, None)
        if drawn is None:
            raise ChainruleError("empty-picture", "there is no quantity to draw")
        return Drawing(draw(drawn))


def _known(context: Context, values: Mapping[str, ArrayLike]) -> dict[Node, ArrayLike]:
    """The values in force, and further ones by symbol. Raises EvaluationError for one that a declared fact speaks against."""
    known: dict[Node, ArrayLike] = {node: to_floats(value) for node, value in context.exact_values().items()}
    for symbol, value in values.items():
        node = _node(context.network, symbol)
        false = [fact for fact in node.facts if not holds(fact, value)] if isinstance(node, Variable) else []
        if false:
            raise EvaluationError("fact-contradicted", f"{symbol} {false[0].value}, as declared; this value is not so")
        known.update(_given(node, value))
    return known


def _evaluated(node: Node, values: Mapping[Node, ArrayLike], sizes: Mapping[str, int]) -> Array:
    """The number of a node. Raises EvaluationError where nothing defines a function in it or a value is missing."""
    unknown = ", ".join(operation.name for operation in opaque_functions([node]))
    if unknown:
        raise EvaluationError("opaque-function", f"nothing defines {unknown}, so this has no number")
    return number(node, values, sizes)


def _given(node: Node, value: ArrayLike) -> dict[Node, ArrayLike]:
    """A value by its node; that of a declared list or matrix by its entries. Raises ShapeError where it does not fit."""
    inside = entries(node)
    if not inside:
        return {node: deepcopy(value)}
    array = as_array(value)
    read_sizes({node: array})
    return dict(zip(inside, array.ravel(), strict=True))


def _node(network: Network, symbol: str) -> Named | Variable:
    return find(network, read_symbol(symbol, "symbol"))


def parse(
    text: str,
    shapes: Mapping[str, Sequence[int | str]] | None = None,
    values: Mapping[str, object] | None = None,
    facts: Sequence[str] = (),
) -> Net:
    """The network of equations in LaTeX, plain text or Unicode, separated by `;`, commas or lines.

    shapes and values are keyed by symbol in any accepted spelling; facts are declared of inputs, "A symmetric", "sum(t) = 1".
    Raises ChainruleError where an equation cannot be read and where a fact is none or cannot be.
    """
    declared = {symbol: tuple(str(d) for d in shape) for symbol, shape in (shapes or {}).items()}
    given = {symbol: _written(value) for symbol, value in (values or {}).items()}
    read, network = read_equations(Source("text", text), [*read_givens(given), *read_declarations(declared)], facts=facts)
    for diagnostic in (*read.diagnostics, *network.diagnostics):
        if diagnostic.severity == "error":
            raise ChainruleError(diagnostic.code, diagnostic.message, diagnostic.span, diagnostic.hint)
    return Net(network, read.diagnostics)


def _written(value: object) -> str:
    """A number, nested list or array as it is written in plain text."""
    nested: object = getattr(value, "tolist", lambda: value)()
    return repr(list(nested) if isinstance(nested, tuple) else nested)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def trace(function: Callable[..., object], shapes: Mapping[str, Sizes] | None = None) -> Net:
    """The network of a Python function of nodes (operators and `ops`), called once."""
    return Net(trace_network(function, shapes))


def solve(
    sheet: str | Path,
    at: Mapping[str, str] | None = None,
    figures: Mapping[str, str | Path] | None = None,
    unit: str | None = None,
    normalize: bool = False,
) -> "Solved":
    """Solve a problem sheet. figures: files of equations that stand for missing pictures, by the number of the problem.

    unit: what entropies and divergences are measured in, "nats", "bits" or a base, "10"; None: what the text says, else nats.
    normalize: divide probabilities that do not sum to 1 by their sum.

    Raises SheetError where a file cannot be read, or where the sheet has no such problem, ChainruleError for an unknown unit.
    """
    from chainrule.documents.solved import Solved
    from chainrule.pipeline import solve_sheet
    from chainrule.sheets.files import read_source
    from chainrule.solving.information.tasks import Measure
    from chainrule.solving.information.units import read_unit

    drawn = {number: read_source(str(file)) for number, file in (figures or {}).items()}
    measure = Measure(None if unit is None else read_unit(unit), normalize)
    return Solved(solve_sheet(read_source(str(sheet)), at, drawn, measure))
