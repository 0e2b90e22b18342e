"""Entropies and divergences: the definition, the sum written out outcome by outcome, the value in its unit."""

from dataclasses import dataclass, replace
from math import isclose, isfinite

from chainrule.errors import EvaluationError, VerificationError
from chainrule.evaluation.run import MissingValue
from chainrule.graph.walk import leaves
from chainrule.inference.distributions.information import Information
from chainrule.solving.answer import Answer, Formula, StepText, Value, Where, Worked
from chainrule.solving.context import Context, as_formula, tree_formula
from chainrule.solving.information import trees
from chainrule.solving.information.decimal import Base
from chainrule.solving.information.families import ClosedForm, closed_form_of, estimated, program_of
from chainrule.solving.information.identities import identities_of
from chainrule.solving.information.said import conventions_of, estimate_said
from chainrule.solving.information.shown import definition_of, steps_of, summed, table_of, written_out
from chainrule.solving.information.surprisal import largest_logarithm, with_surprisal
from chainrule.solving.information.terms import TERMS
from chainrule.solving.information.trees import number_of
from chainrule.solving.information.units import NATS, base_of, in_unit, rescaled
from chainrule.solving.information.written import Written, write_out
from chainrule.solving.substitution import put_in
from chainrule.source import Span
from chainrule.syntax.tree import Tree

AGREEMENT, ROUNDING = 1e-9, 1e-14
"""How far the sum of the terms may be from the value of the graph: relative to the largest term, and at all, since the graph
has rounded probabilities."""


UNDERFLOW = "the terms are not shown: a probability is too small for a number of its own, and only its logarithm is computed"


@dataclass(frozen=True)
class Wanted:
    """A quantity that is asked for: how it is written, in which unit, and where.

    unit: None of a plain number. said: further conventions; empty ones count for nothing.
    """

    information: Information
    notation: Tree
    unit: str | None
    asked: str
    span: Span | None
    part: str | None
    said: tuple[str, ...] = ()

    @property
    def base(self) -> Base:
        return base_of(self.unit or NATS)


def answer_information(context: Context, wanted: Wanted) -> Answer:
    """The value of a quantity with its definition and the sum written out, its closed form, or an estimate.

    Raises VerificationError where the sum and the graph differ, EvaluationError where it has no value.
    """
    if wanted.information.quantity.name == "surprisal" and wanted.information.node is not None:
        return _of_outcome(context, wanted)
    written = write_out(context, wanted.information, wanted.base, wanted.notation)
    if written is not None and wanted.information.node is not None:
        return _of_outcomes(context, wanted, written)
    form = closed_form_of(context, wanted.information, wanted.base)
    finite = all(d.probabilities is not None for d in wanted.information.distributions)
    if form is None and finite and wanted.information.node is not None and wanted.information.quantity.name not in TERMS:
        return _of_largest(context, wanted)
    return _estimate(context, wanted) if form is None else _of_families(context, wanted, form)


def _of_outcome(context: Context, wanted: Wanted) -> Answer:
    answer = _computed(context, wanted, tree_formula(wanted.notation), ())
    said = (*conventions_of(wanted.information, wanted.unit, None), *filter(None, wanted.said))
    return with_surprisal(context, replace(answer, conventions=said), wanted.information.distributions[0], wanted.base)


def _of_largest(context: Context, wanted: Wanted) -> Answer:
    """A quantity that is no sum over outcomes: one of them alone decides it, as its convention says."""
    answer = _computed(context, wanted, tree_formula(wanted.notation), ())
    said = (*conventions_of(wanted.information, wanted.unit, None), *filter(None, wanted.said))
    value = largest_logarithm(context, wanted.information, wanted.base)
    return replace(answer, value=answer.value if value is None else value, conventions=said)


def _of_outcomes(context: Context, wanted: Wanted, written: Written) -> Answer:
    answer = _computed(context, wanted, tree_formula(written.definition), written.outcomes.where)
    underflowed = _is_underflowed(answer.value, written)
    written = replace(written, rows=(), total=None, result=None) if underflowed else written
    value = _settled(answer.value, written)
    opened = None if isinstance(answer.value, float) else written_out(written)
    lines = (*steps_of(answer.symbol, answer.formula, written), *identities_of(wanted.information, wanted.notation, written))
    return replace(
        answer,
        conventions=(
            *conventions_of(wanted.information, wanted.unit, written),
            *((UNDERFLOW,) if underflowed else ()),
            *filter(None, wanted.said),
        ),
        value=value,
        formula=answer.formula if opened is None else opened,
        steps=lines,
        worked=() if value is None else (_line(answer, summed(written), value),),
        table=table_of(written),
    )


def _is_underflowed(value: Value | None, written: Written) -> bool:
    """Whether the terms add up to infinity only because a probability that was computed is so small that it is rounded to 0.

    The graph has its logarithm from what it is computed from, as in the softmax of large numbers.
    """
    if written.result is None or not written.result.is_infinite() or written.outcomes.exact:
        return False
    rounded = any(0 in (column.numbers or ()) for column in written.outcomes.columns)
    return rounded and isinstance(value, float) and isfinite(value)


def _of_families(context: Context, wanted: Wanted, form: ClosedForm) -> Answer:
    """By a closed form, with the numbers put in."""
    shown = context.gate.show(form.node)
    answer = _computed(context, wanted, as_formula(shown), form.where)
    values = form.values or {leaf.symbol: n for leaf in leaves(form.node) if (n := context.number(leaf)) is not None}
    filled = tree_formula(put_in(shown.tree, values)) if values and answer.value is not None else None
    said = (*conventions_of(wanted.information, wanted.unit, None), form.cell.convention, *form.conditions, *wanted.said)
    value, how = _kept(context, wanted, answer.value) if isinstance(answer.value, float) else (None, ())
    worked = (_line(answer, filled, value),) if isinstance(value, float) else ()
    source = StepText("definition", answer.symbol, answer.formula, f"The closed form: {form.cell.source}.")
    conventions = tuple(dict.fromkeys(filter(None, (*said, *how))))
    return replace(answer, value=value, conventions=conventions, worked=worked, steps=(source,))


def _kept(context: Context, wanted: Wanted, closed: float) -> tuple[float, tuple[str, ...]]:
    """The value with its digits: where those of the closed form cancel, it is summed or integrated, which is said.

    Raises VerificationError where the two differ.
    """
    try:
        found = estimated(context, wanted.information)
    except MissingValue:  # of a parameter that the closed form does not depend on: the mean, for an entropy
        return closed, ()
    value = rescaled(found.value, wanted.information.quantity, wanted.base)
    if found.method != "closed form":
        return value, ("the terms of the closed form cancel", *estimate_said(found, closed=True))
    if not isclose(closed, value, rel_tol=AGREEMENT, abs_tol=AGREEMENT + 2 * found.error):
        raise VerificationError("unverified", f"the closed form is {closed}, and by its parameters {value}")
    return closed, ()


def _estimate(context: Context, wanted: Wanted) -> Answer:
    """Where no closed form is: summed or integrated."""
    try:
        found = estimated(context, wanted.information)
    except MissingValue as missing:
        name = context.spelled(missing.node)
        message = f"the {wanted.information.quantity.title} of these has no closed form here, and {name} has no value"
        raise EvaluationError("missing-value", message, wanted.span, f"give {name} a number") from missing
    value = rescaled(found.value, wanted.information.quantity, wanted.base)
    order = trees.ONE if wanted.information.order is None else context.gate.show(wanted.information.order).tree
    known = wanted.information.quantity.name in TERMS
    formula, where = definition_of(wanted.information, wanted.base, order) if known else (tree_formula(wanted.notation), ())
    code, why = program_of(context, wanted.information, found, wanted.base)
    own = any(d.family is not None and d.family.law is not None for d in wanted.information.distributions)
    said = (*conventions_of(wanted.information, wanted.unit, None), *estimate_said(found, closed=own), *wanted.said, why)
    blank = _blank(wanted, formula)
    answer = replace(blank, where=where, value=value, conventions=tuple(filter(None, said)), code=code)
    return replace(answer, worked=(_line(answer, None, value),))


def _computed(context: Context, wanted: Wanted, formula: Formula, where: tuple[Where, ...]) -> Answer:
    """The value of the graph, what it needs, and its program."""
    node, quantity = wanted.information.node, wanted.information.quantity
    assert node is not None
    closed = context.differentiator.closed(in_unit(node, quantity, wanted.base))
    needs = context.needs(closed)
    return replace(
        _blank(wanted, formula),
        where=where,
        value=None if needs else context.extended(closed),
        needs=tuple(context.symbol(n.symbol) for n in needs),
        code=context.code(quantity.name, closed, needs),
    )


def _blank(wanted: Wanted, formula: Formula) -> Answer:
    return Answer(
        part=wanted.part,
        span=wanted.span,
        kind="divergence",
        asked=wanted.asked,
        symbol=tree_formula(wanted.notation),
        of=None,
        wrt=None,
        formula=formula,
        shape=(),
        unit=wanted.unit,
    )


def _line(answer: Answer, numbers: Formula | None, value: float) -> Worked:
    return Worked(answer.symbol, answer.formula, numbers, tree_formula(number_of(value)))


def _settled(found: Value | None, written: Written) -> float | None:
    """The value: of exact probabilities the sum to sixty digits, else that of the graph. They are compared."""
    if not isinstance(found, float) or written.result is None:
        return found if isinstance(found, float) else None
    total = float(written.result) + 0.0
    finite = [abs(float(row.value)) for row in written.rows if row.value is not None and row.value.is_finite()]
    if not isclose(found, total, rel_tol=AGREEMENT, abs_tol=AGREEMENT * max(finite, default=0.0) + ROUNDING):
        raise VerificationError("unverified", f"the terms add up to {total}, the graph to {found}")
    return total if written.outcomes.exact else found
