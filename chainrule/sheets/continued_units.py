"""Questions that go on with the one before: "What is the surprisal of heads, in bits? And what is the entropy of one toss?"."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Task

_GOING_ON = frozenset(("and", "also"))


def with_continued_units(tasks: Sequence[Task], sentences: Sequence[Sentence]) -> list[Task]:
    """The tasks with the unit of the sentence before theirs where that says one, and theirs goes on with it and says none."""
    units: dict[int, str] = {}
    """Of the sentences, by their place, that ask for amounts of information in one unit."""
    found = list(tasks)
    for place, sentence in enumerate(sentences):
        span = sentence.span
        own = [i for i, task in enumerate(found) if span.start <= task.span.start < span.end]
        before = sentences[place - 1] if place else None
        beside = before is not None and (before.place.part, before.place.block) == (sentence.place.part, sentence.place.block)
        if beside and place - 1 in units and _goes_on(sentence):
            unit = units[place - 1]
            for i in own:
                if found[i].form == "information" and not found[i].unit:
                    found[i] = replace(found[i], unit=unit, common=True)
        said = {found[i].unit for i in own if found[i].form == "information"}
        if len(said) == 1 and (unit := said.pop()):
            units[place] = unit
    return found


def _goes_on(sentence: Sentence) -> bool:
    first = sentence.tokens[0]
    return isinstance(first, Word) and first.text in _GOING_ON
