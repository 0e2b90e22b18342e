"""Gradient descent that sentences speak of and do not ask for: "Two steps are made", "We minimise $f$ by gradient descent".

Where nothing says how many steps, a later task does: "Give the first two iterates", "What is $w_3$?".
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.descent import COUNTS, OPEN, STEPS, TIMES, recognise_descent
from chainrule.sheets.references import iterates_named
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Math, Task
from chainrule.syntax.tree import Tree

_SUPPOSING = re.compile(r"(?:(?:suppose|assume|imagine|say|now|then|next|first|that|,) )+")
_MADE = re.compile(
    r"(?<!\S)(?:(?:we|you|i|one) (?:now |then |first |also )?(?:perform|take|make|do|run|carry out|apply|execute) "
    r"|(?:now |then |also )?(?:is|are|was|were|be) (?:now |then |also )?"
    r"(?:made|taken|performed|done|carried out|executed|run|applied|updated)(?: |$))"
)
_SAID = re.compile(
    r"(?:(?:now|here|,) )*(?:(?:we|you|one) (?:now |want to |try to )?"
    r"(?:(?P<minimising>minimi[sz]e )|(?:run|do|perform|start) )|(?=(?:\w+ )?(?:gradient|steepest) descent\b))"
)
_USING = re.compile(r"(?:(?:now|here|we|you|let us|to do so|,) )*(?:use|apply|run|consider|employ) ")
"""What says how steps are made, and asks for none."""
_COUNTED = re.compile(rf"\b(?:(?:{'|'.join(COUNTS)}|\d{{1,4}}|an?|single) (?:[\w-]+ ){{0,3}}{STEPS}|{'|'.join(TIMES)})\b")
_SPOKEN_OF = re.compile(r"\b(?:descent|gradient|sgd|gd|learning rate|step[ -]?size)\b")


def stated_steps(sentence: Sentence, before: Sequence[Task]) -> Task | None:
    """The steps that a sentence says are made, "Two steps of gradient descent are made ...", "Suppose we take one step ..."."""
    tokens = trimmed(sentence.tokens)
    spelled = " ".join("$" if isinstance(token, Math) else token.text for token in tokens)
    said = _SAID.match(spelled) if sentence.end != "?" and not sentence.place.heading else None
    if said is not None and _SPOKEN_OF.search(spelled) and _COUNTED.search(spelled) is None:
        verb = "minimise" if said["minimising"] else "use"
        found = recognise_descent(Request(verb, tokens[said[0].count(" ") :], (), sentence.place, tokens), before)
        if found is not None and found.order == OPEN and found.math("rate"):
            return replace(found, note="")
    made = None if sentence.place.heading or sentence.end == "?" else _MADE.search(spelled)
    if made is None and sentence.end != "?" and (using := _USING.match(spelled)) and _SPOKEN_OF.search(spelled):
        taken = tokens[using[0].count(" ") :]
        used = recognise_descent(Request("use", taken, (), sentence.place, tokens), before)
        return replace(used, note="") if used is not None and used.order == OPEN else None
    counted = _COUNTED.search(spelled) is not None
    if made is None or not _SPOKEN_OF.search(spelled) or not (counted or "updated" in made[0]):
        return None
    lead = _SUPPOSING.match(spelled)
    start = spelled[: lead.end() if lead is not None else 0].count(" ")
    first = spelled[: made.start()].count(" ")
    end = first + len(made[0].split())
    verb = "update" if "updated" in made[0] else "perform"
    request = Request(verb, (*tokens[start:first], *tokens[max(start, end) :]), (), sentence.place, tokens)
    found = recognise_descent(request, before)
    if not counted:  # "$w$ is updated by gradient descent": how often, a later one says
        return replace(found, order=OPEN, note="") if found is not None and not found.again else None
    return found or Task("unknown", sentence.place.part, sentence.span, request.text)


def without_open(tasks: Sequence[Task], given: Set[Tree]) -> list[Task]:
    """The tasks without the one of which a later one says how many steps are made; where none does, nothing tells that.

    given: the names that have a number.
    """
    kept: list[Task] = []
    for index, task in enumerate(tasks):
        if task.form != "descent" or task.order != OPEN:
            kept.append(task)
            continue
        later = tasks[index + 1 :]
        if any(each.form == "descent" and each.order != OPEN for each in later):
            continue
        if steps := max((iterates_named(each, task, given) for each in later if each.form == "value"), default=0):
            kept.append(replace(task, order=steps, note=""))
        elif task.note:
            kept.append(replace(task, form="unknown", order=1))
    return kept
