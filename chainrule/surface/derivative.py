"""A derivative, as a person holds it in Python: its texts, its number, its code."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from chainrule.algebra.elide import elide
from chainrule.algebra.matrix_form import matrix_form
from chainrule.calculus.jacobian import derivative_node
from chainrule.errors import ChainruleError, VerificationError
from chainrule.evaluation.array import Array, ArrayLike
from chainrule.graph.node import Node, postorder
from chainrule.solving import derivatives
from chainrule.solving.answer import Check, Forms, Formula, StepText, Value, Where
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.forms import DerivativeForms
from chainrule.solving.layout import axes, show
from chainrule.solving.requests import DerivativeRequest, Layout
from chainrule.surface.values import evaluated, known_values
from chainrule.typesetting import plain

if TYPE_CHECKING:
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

    @cached_property
    def _computed(self) -> Node:
        return derivatives.computed_form(self._request, self._forms)

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

        known = known_values(self._context, values or {})
        ranks = [rank for _, rank in axes(self._request)]
        return solve_system(self._forms.closed, ranks, right, known, self._context.network.sizes)

    def at(self, values: Mapping[str, ArrayLike]) -> Array:
        """The number at the given values and these, by symbol. Raises EvaluationError where a value is missing."""
        return evaluated(self._computed, known_values(self._context, values), self._context.network.sizes)

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
        code = self._context.code("derivative", self._computed, self._context.needs(self._forms.closed))
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
