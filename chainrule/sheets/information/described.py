"""The distribution that words describe at one place: the ways in which it can be described, in the order they are tried."""

from collections.abc import Sequence
from dataclasses import dataclass

from chainrule.sheets.information.binary_labels import find_binary
from chainrule.sheets.information.class_numbers import Numbering
from chainrule.sheets.information.counted_outcomes import find_counts
from chainrule.sheets.information.derived import find_derived, find_waited, find_whole
from chainrule.sheets.information.ensembles import find_ensemble
from chainrule.sheets.information.family_phrases import Phrase, find_phrase, standard_normal
from chainrule.sheets.information.formula_phrases import find_formula
from chainrule.sheets.information.functions import find_function
from chainrule.sheets.information.given_lists import find_given
from chainrule.sheets.information.label_phrases import Smoothing, find_label
from chainrule.sheets.information.mixture_phrases import find_mixture
from chainrule.sheets.information.named_members import find_member
from chainrule.sheets.information.outcome_lists import find_outcomes
from chainrule.sheets.information.thrown import fair_bit, find_thrown
from chainrule.sheets.information.trials import Attempt, Trial
from chainrule.sheets.information.uniform_phrases import find_uniform
from chainrule.sheets.information.urns import Urn, find_contents
from chainrule.sheets.quantity_words import Piece


@dataclass(frozen=True)
class Context:
    """What the text said so far: what is thrown, of what is drawn, the numbers of classes, the outcomes that were named last.

    asks: the sentence asks for a quantity. layered: the text speaks of layers. binary: of labels that are 0 or 1. labelled: a
    one-hot label is given.
    """

    trial: Trial | None
    urn: Urn | None
    numbering: Numbering
    asks: bool
    layered: bool
    binary: bool
    labelled: bool = False
    outcomes: tuple[str, ...] = ()
    smoothing: Smoothing | None = None
    """What the text says of a label that is smoothed."""
    attempt: Attempt | None = None
    several: bool = False
    """Distributions over other numbers of outcomes are given too."""


def phrase_at(pieces: Sequence[Piece], index: int, context: Context) -> Phrase | None:
    """The description that starts here."""
    return (
        find_function(pieces, index)
        or find_waited(pieces, index, context.attempt)
        or find_derived(pieces, index, context.trial)
        or (find_whole(pieces, index, context.trial) if context.asks else None)
        or find_label(pieces, index, context.outcomes, context.labelled, context.numbering, context.smoothing)
        or find_thrown(pieces, index)
        or find_contents(pieces, index, context.urn)
        or find_ensemble(pieces, index)
        or find_mixture(pieces, index)
        or standard_normal(pieces, index)
        or fair_bit(pieces, index)
        or find_uniform(pieces, index, context.outcomes, asks=context.asks and not context.several)
        or find_phrase(pieces, index)
        or find_formula(pieces, index)
        or find_counts(pieces, index, context.trial)
        or find_outcomes(pieces, index, context.outcomes)
        or (None if context.layered else find_given(pieces, index))
        or (None if context.asks else find_member(pieces, index))
        or (find_binary(pieces, index) if context.binary and not context.layered else None)
    )
