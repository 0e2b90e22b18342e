"""The tasks of a problem: its requests, each recognised by the table of forms or listed as unknown."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chainrule.errors import Diagnostic
from chainrule.sheets.clauses import find_requests
from chainrule.sheets.recognition import FORM_OF, recognise
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Task

_LEADING = frozenset((":", "to", "of", "for", "using", "following", "by", "in", "are", "is", "respect"))
_SHOWN = 160
"""So many characters of a task are repeated in a message."""


@dataclass
class _Lead:
    """A sentence that items of a list complete, each to a request of its own; `first` is its own first task's index."""

    sentence: Sentence
    first: int
    block: int
    used: bool = False


def find_tasks(items: Iterable[Item]) -> tuple[Task, ...]:
    """What the problem asks, in reading order."""
    tasks: list[Task] = []
    lead: _Lead | None = None
    for sentence in find_sentences(items):
        requests = find_requests(sentence)
        if requests:
            if not (lead and _belongs(lead, sentence)) or _leads(sentence):
                lead = _Lead(sentence, len(tasks), sentence.place.block) if _leads(sentence) else None
            tasks.extend(task for request in requests for task in recognise(request))
        elif lead and _belongs(lead, sentence):
            if sentence.place.block != lead.block:
                _complete(lead, sentence, tasks)
        else:
            lead = None
    return tuple(tasks)


def _leads(sentence: Sentence) -> bool:
    last = sentence.tokens[-1]
    return isinstance(last, Word) and last.text in _LEADING


def _belongs(lead: _Lead, sentence: Sentence) -> bool:
    """The sentence stands in a list under the lead, or in a labelled part of its part."""
    place, outer = sentence.place, lead.sentence.place
    if place.heading:
        return False
    labelled = (
        place.part is not None and place.part != outer.part and place.part.startswith(f"{outer.part}." if outer.part else "")
    )
    return place.nesting > outer.nesting or labelled


def _complete(lead: _Lead, sentence: Sentence, tasks: list[Task]) -> None:
    """Read the lead with this item behind it; what the lead alone did not say is no longer a task of its own."""
    if not lead.used:
        lead.used = True
        tasks[lead.first :] = [task for task in tasks[lead.first :] if task.form != "unknown"]
    lead.block = sentence.place.block
    whole = Sentence(lead.sentence.tokens + sentence.tokens, sentence.place, sentence.end)
    last = find_requests(whole)[-1]
    tasks.extend(replace(task, span=sentence.span) for task in recognise(last))


def report_unknown(tasks: Iterable[Task]) -> tuple[Diagnostic, ...]:
    """An error for each task that fits no form, with an example of the form that is nearest."""
    return tuple(_not_understood(task) for task in tasks if task.form == "unknown")


def _not_understood(task: Task) -> Diagnostic:
    words = task.text if len(task.text) <= _SHOWN else f"{task.text[:_SHOWN].rstrip()} ..."
    hint = f"The nearest form of task is {task.nearest}: {FORM_OF[task.nearest].example}" if task.nearest else None
    return Diagnostic("error", "task-not-understood", f"This task is not understood: {words}", task.span, hint)
