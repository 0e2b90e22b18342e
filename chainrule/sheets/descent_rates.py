"""Learning rates: whether a formula can be one, and the rate in a sentence of its own, "The step size is 0.1.", for the steps
that name none.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.notation import is_number, trees
from chainrule.sheets.phrases import said_by
from chainrule.sheets.quantity_words import head_text
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.syntax.tree import Relation

_RATES = ("\\eta", "η", "\\alpha", "α", "\\gamma", "γ", "\\epsilon", "\\varepsilon", "ε", "\\lambda", "λ", "lr", "eta", "alpha")
_NEUTRAL = (
    r"(?:we|use|uses|using|let|the|an?|with|take|fixed|constant|our|start|starts|starting|begin|initially|at|from|and|,|:|is|are"
    r"|of|set|to|be|it|for|both|all|parameters|weights|variables|point|training|throughout|used|here|gradient descent|sgd|\$)"
)
_RATE = re.compile(
    rf"(?:{_NEUTRAL} )*(?:learning rate|learning-rate|step size|step-size|stepsize|step length)(?: (?:is|of|=|:|,|set|to|be))*"
    rf" (?P<rate>\d*\.?\d+)(?: {_NEUTRAL})*(?: \.)?"
)


def could_be_rate(math: Math) -> bool:
    r"""Whether a formula is a number, or has the letter of a learning rate: `\eta = 0.1`."""
    found = trees(math)
    name = found[0].sides[0] if found and isinstance(found[0], Relation) else found[0] if found else None
    return len(found) == 1 and name is not None and (is_number(math) or head_text(name) in _RATES)


def with_rates(tasks: Sequence[Task], sentences: Sequence[Sentence]) -> list[Task]:
    """The steps of gradient descent with the rate that a sentence before them gives; what else it says leaves it unread."""
    if not any(task.form == "descent" and not task.math("rate") for task in tasks):
        return [*tasks]
    found = [(sentence, math) for sentence in sentences if (math := _rate(sentence)) is not None]
    return [_with_rate(task, found) for task in tasks]


def _rate(sentence: Sentence) -> Math | None:
    match = None if sentence.end == "?" or sentence.place.heading else _RATE.fullmatch(said_by(sentence.tokens))
    if match is None:
        return None
    at = said_by(sentence.tokens)[: match.start("rate")].count(" ")
    token = sentence.tokens[at] if at < len(sentence.tokens) else None
    if not isinstance(token, Word) or token.text != match["rate"]:
        return None
    return Math(token.span, sentence.place, False, name=match["rate"])


def _with_rate(task: Task, found: Sequence[tuple[Sentence, Math]]) -> Task:
    if task.form != "descent" or task.math("rate"):
        return task
    own = task.part or ""
    before = [(s.place.part or "", math) for s, math in found if s.span.start < task.span.start]
    inside = [math for part, math in before if own == part or not part or own.startswith(f"{part}.")]
    return replace(task, roles=(Role("rate", inside[-1]), *task.roles)) if inside else task
