"""What is done to parts of a network: "the input (1, 2) is first scaled", "the hidden unit is off", "no hidden layer".

Only words that leave a part as it is are passed over; all others make the network one that is not understood.
"""

import re
from functools import partial
from itertools import takewhile

from chainrule.sheets.forms import words
from chainrule.sheets.networks.heads import Head, Line
from chainrule.sheets.networks.literals import literal_at

_BEHIND_INPUT = words(". ? ! but while when where so as through step if please")
"""Words behind the numbers of an input that do not change them."""
_BE = words("is are be being was were")
_PARTS = words("role unit layer activation-noun")
_DONE = re.compile(r".{2,}ed|set|off|cut")
_PLAIN = words(
    "computed calculated obtained produced determined measured observed predicted estimated fed passed presented shown showed"
    " supplied provided received propagated forwarded connected described defined chosen used needed required desired expected"
    " wanted labelled labeled numbered indexed ordered listed depicted illustrated organised organized compared interpreted"
    " treated based located composed formed stacked arranged joined trained learned updated optimised optimized represented"
    " encoded stored assumed considered activated followed fixed related weighted entered processed modelled modeled selected"
)
"""What may be said to be done to a part that stays what it is."""
_NOUNS = words("loss loss-noun minimise weight bias network layer activation model size")
_OWN_NUMBERS = words("rate step steps epoch epochs momentum input inputs")
"""Words behind which a number is theirs."""


def changes_input(line: Line, end: int) -> int | None:
    """The mark behind words that change an input whose numbers end at a mark; None where nothing does."""
    here = end
    while line.text(here) in _BE or line.kind(here) in ("ordinal", "followed") or line.text(here) in ("after", "now"):
        here += 1
    behind = takewhile(lambda at: line.kind(at) in ("word", "link", "article"), range(end, end + 5))
    if (done := next(filter(partial(_is_change, line), behind), None)) is not None:
        return done + 1
    if line.kind(here) != "word":
        return None
    known = _BEHIND_INPUT if here == end else _PLAIN | _BEHIND_INPUT
    changes = here == end or _DONE.fullmatch(line.text(here)) or line.text(here - 1) == "after"
    return here + 1 if changes and line.text(here) not in known else None


def other_target(line: Line, end: int) -> int | None:
    """The mark behind another number of a target whose value ends at a mark; None where there is none.

    "4 for the first example and 5 for the second", "4, smoothed by 0.1".
    """
    placed = line.kind(end) == "place"
    for at in range(end, len(line.marks)):
        role = line.kind(at) in ("role", "unit") and not placed
        if role or line.kind(at) in _NOUNS or line.text(at) in _OWN_NUMBERS or line.text(at) in (".", ";"):
            return None
        if literal_at(line.tokens, line.marks, at) is not None:
            return at + 1
    return None


def _is_change(line: Line, at: int) -> bool:
    return line.kind(at) == "word" and _DONE.fullmatch(line.text(at)) is not None and line.text(at) not in _PLAIN


def is_done_to_part(line: Line, at: int) -> bool:
    """Whether a participle stands here that changes the part that the sentence is about, with no function that does it."""
    if not _is_change(line, at):
        return False
    before = at - 1
    while line.kind(before) in ("ordinal", "followed") or line.text(before) in ("now", "turned", "switched"):
        before -= 1
    named = any(line.kind(i) in ("activation", "formula") for i in range(at, len(line.marks)))
    return line.text(before) in _BE and line.kind(before - 1) in _PARTS and not named


def is_another_unit(line: Line, at: int) -> bool:
    """ "a second neuron", of no layer."""
    further = line.text(at) == "another" or (line.kind(at) == "ordinal" and line.value(at) != 1)
    return further and line.text(at + 1) in ("neuron", "unit", "node", "perceptron")


def is_denied(line: Line, head: Head) -> bool:
    """ "no hidden layer", "without the hidden layers"."""
    before = head.start - 1
    while line.kind(before) == "article":
        before -= 1
    whole = line.kind(head.end - 1) == "layer" and line.kind(head.end) not in ("bias", "weight", "activation-noun")
    return head.whom.role == "hidden" and whole and line.kind(before) == "no"
