r"""Sentences of a part that say that something else holds there, and of which nothing is read: "(b) Suppose now that the first
ball is put back". What is asked behind one is then not computed from what held before.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chainrule.sheets.clauses import find_requests
from chainrule.sheets.forms import words
from chainrule.sheets.information.becoming import BECOMING, sets_idle_temperature
from chainrule.sheets.information.given_lists import numbers_in, value_of
from chainrule.sheets.information.independence import states_independence
from chainrule.sheets.notation import look
from chainrule.sheets.quantity_words import mentions_quantity
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated, Task
from chainrule.sheets.units import unit_rule

_LEAD = r"(?:(?:now|next|then|but|and|finally|instead|also|let|us|we|here|this|time|,|\(|\)|-) )*"
_BACK = r"(?:put back|returned|thrown back|placed back|discarded)"
_SUPPOSING = re.compile(
    rf"^{_LEAD}(?:suppose|supposing|assume|assuming|imagine)\b|^(?:now|instead|this time)\b"
    rf"|\b(?:is|are|was|were|gets?) (?:now |then |instead )*{_BACK}\b"
    r"|\b(?:becomes?|no longer|with replacement|without replacement|instead)\b"
)
_NO_CHANCES = words("weight weights mixture mixing input inputs point step steps coefficients interval cell entry entries")
"""Beside one of these numbers that sum to one may be no probabilities."""
_ASKED = frozenset(("information", "value", "symmetry", "comparison"))
_PLAIN = re.compile(
    r"\b(?:logarithms?|log|units?|bits|nats|convention|notation|consider|interested|look|turn|want|would like|able|ready|know"
    r"|see|as (?:above|before|in))\b"
)
"""What is supposed with one of these is how something is written or done."""


def without_unread_changes(tasks: Sequence[Task], sentences: Sequence[Sentence], stated: Iterable[Stated]) -> list[Task]:
    """The tasks, those unknown that stand behind such a sentence in its part."""
    told = [each.span for each in stated]
    found = list(tasks)
    for sentence in sentences:
        if sentence.place.part is None or sentence.place.heading or sentence.end == "?":
            continue
        said = " ".join(token.text if isinstance(token, Word) else "$" for token in sentence.tokens)
        span = sentence.span
        if not _is_unread_value(sentence, said) and (not _SUPPOSING.search(said) or _PLAIN.search(said) or _is_read(sentence)):
            continue
        if any(span.start <= each.start < span.end for each in (*told, *(task.span for task in tasks))):
            continue
        behind = [each for each in sentences if each.place.part == sentence.place.part and each.span.start > span.start]
        if any(_defines(each) or any(each.span.start <= at.start < each.span.end for at in told) for each in behind):
            continue  # what holds then is said behind it
        shown = " ".join(span.text.split())
        note = f'what "{shown if len(shown) <= 80 else shown[:77] + "..."}" says is not understood'
        found = [_refused(task, note) if _is_behind(task, sentence) else task for task in found]
    return found


def without_nameless(tasks: Sequence[Task], sentences: Sequence[Sentence], stated: Iterable[Stated]) -> list[Task]:
    """The tasks, those unknown that name nothing themselves, "its entropy", behind probabilities that have no name and that
    nothing reads, "a second policy is $(0.8, 0.2)$": of these they may be.
    """
    told = [each.span for each in stated]
    found = list(tasks)
    for sentence in sentences:
        span = sentence.span
        if sets_idle_temperature(sentence, sentences) and not any(span.start <= each.start < span.end for each in told):
            note = f'what "{" ".join(span.text.split())[:80]}" says is not understood'
            found = [_refused(task, note) if _is_behind(task, sentence) else task for task in found]
            continue
        if any(span.start <= each.start < span.end for each in (*told, *(task.span for task in tasks))):
            continue
        said = {token.text for token in sentence.tokens if isinstance(token, Word)}
        lists = [
            token for token in sentence.tokens if isinstance(token, Math) and not token.illustration and _sums_to_one(token)
        ]
        if not lists or not said.isdisjoint(_NO_CHANCES):
            continue
        note = f'it may be of what "{" ".join(span.text.split())[:80]}" gives without a name'
        found = [_refused(task, note) if _is_nameless(task, sentence) else task for task in found]
    return found


def _sums_to_one(math: Math) -> bool:
    values = [value_of(each) for each in numbers_in(math)]
    numbers = [value for value in values if value is not None]
    return len(numbers) == len(values) > 1 and min(numbers) >= 0 and sum(numbers) == 1


def _is_nameless(task: Task, sentence: Sentence) -> bool:
    """Whether a task behind the sentence is of something that stands elsewhere."""
    part = sentence.place.part
    within = part is None or task.part == part or (task.part or "").startswith(f"{part}.")
    asked = [math for math in task.math("asked") if task.span.start <= math.span.start < task.span.end]
    behind = within and task.span.start >= sentence.span.start
    return behind and task.form == "information" and not asked and not mentions_quantity(sentence.tokens)


def _is_unread_value(sentence: Sentence, said: str) -> bool:
    """Whether something becomes what a formula says without a name for it, "the source changes to $(0.6, 0.4)$"."""
    match = BECOMING.search(said)
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    made = formulas[said[: match.end()].count("$") - 1] if match is not None else None
    return made is not None and look(made) != "definition" and not mentions_quantity(sentence.tokens)


def _is_read(sentence: Sentence) -> bool:
    """Whether formulas say what holds, or the sentence asks for something or says a unit."""
    asks = mentions_quantity(sentence.tokens) or bool(find_requests(sentence))
    return _defines(sentence) or asks or unit_rule(sentence) is not None or states_independence(sentence)


def _defines(sentence: Sentence) -> bool:
    """Whether a formula of it says what holds."""
    formulas = [token for token in sentence.tokens if isinstance(token, Math) and not token.illustration]
    return any(look(math) == "definition" or math.name for math in formulas)


def _is_behind(task: Task, sentence: Sentence) -> bool:
    part = sentence.place.part
    within = part is None or task.part == part or (task.part or "").startswith(f"{part}.")
    return within and task.span.start >= sentence.span.start and task.form in _ASKED


def _refused(task: Task, note: str) -> Task:
    return replace(task, form="unknown", note=note)
