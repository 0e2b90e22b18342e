r"""Probabilities of events of random variables, worked out from their distribution: `P(X = 1 \mid Y = 1)`, `P(T = 1)`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.distributions.labels import label_of, said, variable_of
from chainrule.inference.distributions.marginals import ZERO, Outcome, cells_of
from chainrule.inference.distributions.variables import distribution_of_variables, is_variable
from chainrule.inference.symbols import is_probability
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Quotient, Relation, Sum, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


def probability_of(reader: Reader, name: Tree, bracket: Bracket, span: Span | None) -> Tree | None:
    r"""The resolved probability of `X = 1, Z = 0 \mid Y = 1`; None where not all are random variables of the text.

    Raises NameFault where their distribution is not known, or does not have the outcome.
    """
    pairs = [item.sides for item in bracket.items if isinstance(item, Relation) and item.operators == ("=",)]
    if len(pairs) < len(bracket.items) or not pairs or not is_probability(name):
        return None
    if not all(is_variable(reader, variable) for variable, _ in pairs) or set(bracket.separators) - {",", "|"}:
        return None
    joint = distribution_of_variables(reader, [variable for variable, _ in pairs], span)
    cells = cells_of(joint)
    if cells is None:
        return None
    places = [joint.variables.index(variable_of(variable)) for variable, _ in pairs]
    labels = [label_of(label) for _, label in pairs]
    for place, label, (variable, written) in zip(places, labels, pairs, strict=True):
        if all(outcome[place] != label for outcome, _ in cells):
            raise NameFault("unknown-label", f"{said(variable)} has no outcome {said(label)}", written.span or span)
    bar = bracket.separators.index("|") + 1 if "|" in bracket.separators else 0
    whole = _total(cells, list(zip(places, labels, strict=True)), span)
    if not bar:
        return whole
    return Quotient(whole, _total(cells, list(zip(places, labels, strict=True))[bar:], span), span=span)


def _total(cells: Sequence[tuple[Outcome, Tree]], wanted: Sequence[tuple[int, Tree]], span: Span | None) -> Tree:
    """The sum of the probabilities of the outcomes with these labels."""
    terms = tuple(entry for outcome, entry in cells if all(outcome[place] == label for place, label in wanted))
    if len(terms) < 2:
        return terms[0] if terms else ZERO
    return Sum((1,) * len(terms), terms, span=span)
