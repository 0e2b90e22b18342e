"""Entropies and divergences: the definition, the sum written out outcome by outcome, the value in its unit."""

from dataclasses import dataclass
from math import isclose

from chainrule.errors import ChainruleError, VerificationError
from chainrule.inference.distributions.information import Information
from chainrule.solving.answer import Answer, Value, Worked
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.information_said import conventions_of
from chainrule.solving.information_shown import number_of, steps_of, summed, table_of
from chainrule.solving.information_units import NATS, base_of, in_unit
from chainrule.solving.information_written import Written, write_out
from chainrule.source import Span
from chainrule.syntax.tree import Tree

AGREEMENT = 1e-9
"""How far the sum of the terms may be from the value of the graph, relative to the largest term."""


@dataclass(frozen=True)
class Wanted:
    """A quantity that is asked for: how it is written, in which unit, and where."""

    information: Information
    notation: Tree
    unit: str
    asked: str
    span: Span | None
    part: str | None
    said: tuple[str, ...] = ()
    """Further conventions; empty ones count for nothing."""


def answer_information(context: Context, wanted: Wanted) -> Answer:
    """The value of a quantity with its definition and the sum written out.

    Raises VerificationError where the sum and the graph differ, EvaluationError where it has no value.
    """
    information, quantity = wanted.information, wanted.information.quantity
    unit = wanted.unit if quantity.logarithmic else None
    base = base_of(unit or NATS)
    written = write_out(context, information, base)
    if information.node is None or written is None:
        raise ChainruleError("no-value", f"no sum over outcomes gives the {quantity.title} here", wanted.span)
    closed = context.differentiator.closed(in_unit(information.node, quantity, base))
    needs = context.needs(closed)
    value = _settled(None if needs else context.extended(closed), written)
    symbol, definition = tree_formula(wanted.notation), tree_formula(written.definition)
    return Answer(
        part=wanted.part,
        span=wanted.span,
        kind="divergence",
        asked=wanted.asked,
        symbol=symbol,
        of=None,
        wrt=None,
        formula=definition,
        where=written.outcomes.where,
        shape=(),
        conventions=(*conventions_of(information, unit, written), *filter(None, wanted.said)),
        value=value,
        unit=unit,
        needs=tuple(context.symbol(n.symbol) for n in needs),
        code=context.code(quantity.name, closed, needs),
        steps=tuple(steps_of(symbol, definition, written)),
        worked=() if value is None else (Worked(symbol, definition, summed(written), tree_formula(number_of(value))),),
        table=table_of(written),
    )


def _settled(found: Value | None, written: Written) -> float | None:
    """The value: of exact probabilities the sum to sixty digits, else that of the graph. They are compared."""
    if not isinstance(found, float) or written.result is None:
        return found if isinstance(found, float) else None
    total = float(written.result) + 0.0
    finite = [abs(float(row.value)) for row in written.rows if row.value is not None and row.value.is_finite()]
    if not isclose(found, total, rel_tol=AGREEMENT, abs_tol=AGREEMENT * max(finite, default=0.0)):
        raise VerificationError("unverified", f"the terms add up to {total}, the graph to {found}")
    return total if written.outcomes.exact else found
