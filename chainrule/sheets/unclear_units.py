"""Sentences that say a unit or a base of a logarithm in a way that is not read: "Do not use bits", "all entropies in bits, all
divergences in nats". What is asked is then not computed in some other unit.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chainrule.sheets.clauses import find_requests
from chainrule.sheets.forms import FIND, words
from chainrule.sheets.information.declared_logarithms import is_unread
from chainrule.sheets.quantity_words import pieces_of
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Task
from chainrule.sheets.units import units_in

_DENYING = words("not never except excepting without don't cannot instead rather but other avoid")
_SETTING = words(
    "use using used work answer answers express expressed report reported give given state stated measure measured measures"
    " unit units logarithm logarithms log logs base result results entropies divergences quantities take taken avoid compute"
)
_UNIT = r"(?:bits?|nats?|shannons?|hartleys?|bans|dits|trits)"
_OTHER = re.compile(
    rf",? ?(?:\( )?(?:and |but )?(?:not|instead of|rather than|never)(?: (?:in|to|use|using))?(?: the)? {_UNIT}(?: \))?(?= |$)"
)
"""What stands behind the unit that is said, and names one that it is not."""
_UNLESS = re.compile(
    r"\b(?:unless|if|except where|except when) (?:(?:it|they|not|is|are|otherwise|explicitly) )*"
    r"(?:stated|otherwise|noted|specified)"
)
_PART = re.compile(r"\bparts? (?:\( )?(?:[a-h]|[ivx]{1,4}|\d)\b")
_FOR_ONE = re.compile(rf"\( (?:in |use )?{_UNIT} for (?:the |each )?.+\)(?: \.)?")
""" "(bits for the former)"."""
_JOINING = words(", and or in also then both once & as well again with to ( )")


def without_unclear_units(tasks: Sequence[Task], sentences: Iterable[Sentence]) -> list[Task]:
    """The tasks; those that have no unit of their own are not understood where a sentence says one in such a way."""
    if all(task.form != "information" for task in tasks):
        return list(tasks)
    unclear = next((each for each in sentences if _is_unclear(each)), None)
    if unclear is None:
        return list(tasks)
    said = " ".join(unclear.span.text.split())
    note = f'what "{said}" says of units is not understood'
    return [_refused(task, note) if task.form == "information" and (task.common or not task.unit) else task for task in tasks]


def _refused(task: Task, note: str) -> Task:
    return replace(task, form="unknown", note=note)


def _is_unclear(sentence: Sentence) -> bool:
    pieces = pieces_of(sentence.tokens)
    units = units_in(pieces)
    said = " ".join(piece.text or "$" for piece in pieces)
    named = bool(units) or re.search(rf"\b{_UNIT}\b", said) is not None
    if sentence.end == "?" or not (named or is_unread(sentence)):
        return False
    rest = _OTHER.sub("", said)
    rest = _UNLESS.sub("", rest if re.search(_UNIT, rest) else said).split()
    if not _DENYING.isdisjoint(rest):
        return not _SETTING.isdisjoint(rest)
    asks = any(isinstance(token, Word) and token.text in FIND for token in sentence.tokens) or bool(find_requests(sentence))
    of_some = _PART.search(said) is not None or _FOR_ONE.fullmatch(said) is not None
    return not asks and bool(units) and ((len(units) > 1 and _are_apart(said)) or of_some)


def _are_apart(said: str) -> bool:
    """Whether units are of different things, "entropies in bits, divergences in nats", and not two of each, "bits and nats"."""
    places = [*re.finditer(rf"\b{_UNIT}\b", said)]
    between = said[places[0].end() : places[-1].start()].split() if places else []
    return not _JOINING.issuperset(between)
