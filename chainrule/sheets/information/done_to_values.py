r"""What words say is done to what the text gives: "smoothed with $\epsilon = 0.1$", "sharpened by squaring".

The participles that only say where something comes from, or how it is named, are known. With any other one what is asked behind
it would be of what was given before, so it is refused.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from chainrule.sheets.forms import words
from chainrule.sheets.quantity_words import pieces_of
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Task
from chainrule.sheets.units import unit_at

_KNOWN = words(
    "given defined described denoted denotes called named labelled labeled modelled modeled approximated estimated predicted"
    " compared encoded coded encrypted parametrised parametrized parameterised parameterized trained learned generated produced"
    " created emitted computed calculated obtained measured observed determined specified characterised characterized"
    " represented written expressed summarised summarized indexed numbered ordered listed distributed assigned"
    " followed preceded caused"
    " explained fitted related connected associated provided supplied used shared returned reported received transmitted"
    " evaluated differentiated governed induced indicated chosen selected picked judged scored decided closed formed"
)
_THINGS = r"(?:\$|it|they|labels?|targets?|predictions?|distributions?|vectors?|of \w+|class \w+)"
_BEHIND = r"(?P<word>[a-z-]+ed) (?:(?:with|using|via) (?!probability)|by )"
_DONE = re.compile(rf" {_THINGS} (?:, (?:and |but |then )*|(?:is|are|was|were) (?:then |first |now |also )*){_BEHIND}")
_DEFINED = re.compile(r"\s*(?P<name>[A-Za-z])\s*\([^=]*\)\s*:?=")
_CALLED = re.compile(r"\s*(?:\\frac\{\\?d |\\frac\{d|\\frac\{\\partial )?(?P<name>[A-Za-z])\s*(?P<prime>'|\^\{?\s*\\prime)?")
_NAMED = re.compile(r" label smoothing ")
_SMOOTHED = "smoothed"


def without_done_to_values(tasks: Sequence[Task], sentences: Iterable[Sentence]) -> list[Task]:
    """The tasks, those of information unknown behind such words; a smoothing that the text calls label smoothing is read."""
    sentences = list(sentences)
    said = [_spelled(sentence) for sentence in sentences]
    known = _KNOWN | {_SMOOTHED} if any(map(_NAMED.search, said)) else _KNOWN
    found = list(tasks)
    for sentence, text in zip(sentences, said, strict=True):
        done = next((match["word"] for match in _DONE.finditer(text) if match["word"] not in known), "")
        if done:
            note = f'what "{done}" says of what is given is not understood'
            found = [_refused(task, note) if _is_behind(task, sentence) else task for task in found]
    units = _defined_units(sentences)
    return _without_derivatives_in_units([_in_defined_unit(task, units) for task in found])


def _defined_units(sentences: Iterable[Sentence]) -> dict[str, str]:
    """The letters of functions whose formula has a unit behind it, "$h(p) = ...$ in bits", where the sentence asks nothing."""
    found: dict[str, str] = {}
    for sentence in sentences:
        pieces = pieces_of(sentence.tokens)
        for index, piece in enumerate(pieces[:-2]):
            head = _DEFINED.match(piece.math.text) if piece.math is not None else None
            unit = (unit_at(pieces, index + 1) or unit_at(pieces, index + 2)) if head is not None else None
            if head is not None and unit is not None:
                found[head["name"]] = unit.name
    return found


def _in_defined_unit(task: Task, units: Mapping[str, str]) -> Task:
    """The value of such a function, in that unit; its derivative unknown."""
    if task.form not in ("value", "derivative"):
        return task
    calls = [called for math in task.math("asked", "of") if (called := _CALLED.match(math.text)) is not None]
    named = [called for called in calls if units.get(called["name"], "nats") != "nats"]
    if not named:
        return task
    unit = units[named[0]["name"]]
    if task.form == "derivative" or any(called["prime"] for called in named):
        note = f"{named[0]['name']} is in {unit}, and derivatives are given of quantities in nats alone"
        return replace(task, form="unknown", note=note)
    return replace(task, unit=task.unit or unit)


def _without_derivatives_in_units(tasks: Sequence[Task]) -> list[Task]:
    """The tasks, derivatives of quantities unknown that are asked for in a unit that is not natural."""
    measured = {
        "".join(math.text.split())
        for task in tasks
        if task.form == "information" and task.unit not in (None, "nats")
        for math in task.math("asked")
        if "(" in math.text  # a notation, H(P); the P and Q of words are in many formulas
    }
    note = "it is asked for in another unit than nats, and derivatives are given of quantities in nats alone"
    return [
        replace(task, form="unknown", note=note)
        if task.form == "derivative"
        and any(each in "".join(math.text.split()) for math in task.math("asked", "of") for each in measured)
        else task
        for task in tasks
    ]


def _refused(task: Task, note: str) -> Task:
    return replace(task, form="unknown", note=note) if task.form == "information" else task


def _is_behind(task: Task, sentence: Sentence) -> bool:
    part = sentence.place.part
    within = part is None or task.part == part or (task.part or "").startswith(f"{part}.")
    return within and task.span.start >= sentence.span.start


def _spelled(sentence: Sentence) -> str:
    return "".join(f" {token.text if isinstance(token, Word) else '$'}" for token in sentence.tokens) + " "
