"""What a request differentiates or evaluates, where words mean the result asked for last: "differentiate your expression",
"the gradient of this KL term".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.probability.quantities import QUANTITIES
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import DERIVATIVE_NOUNS, words
from chainrule.sheets.notation import look
from chainrule.sheets.quantity_words import mentions_quantity, notations_of, pieces_of, quantity_at
from chainrule.sheets.references import quantity_of
from chainrule.sheets.sentences import Word, span_of
from chainrule.sheets.sheet import Math, Task
from chainrule.sheets.units import without_units

_POINTING = words("this that your")
_RESULTS = words("expression formula result answer term quantity")
_PLAIN = words("above last previous same resulting closed form term loss")
_KINDS = words("divergence entropy information distance perplexity")
_PLACES = words("from of in to for part ( )")
_ENDS = words("with w.r.t. w.r.t wrt by for at when where in and , ; regarding")
_EVALUATING = words("evaluate compute calculate find determine give state")
_AT = words("for at when if with")
_FORMS = ("information", "value", "derivative", "forward", "unknown")
_NATURAL = (None, "nats")
_NUMBER_GIVEN = re.compile(r"\$[^$(){}|=\[\]]{1,40}=\s*[-−]?\d[\d./]*\s*\$")
_TAKING = words("take taking let set with for and now then use using put")
_TITLES = {row.name: row.title for row in QUANTITIES}


def with_result(request: Request, tasks: Sequence[Task]) -> Request:
    """The request with the formula of what was asked last for such words, where they fit that; else as it is."""
    start = _start(request.tokens) if request.verb != "differentiate" else 0
    valued = start is None and request.verb in _EVALUATING
    start = 0 if valued else start
    if start is None:
        return request
    end = next((i for i in range(start, len(request.tokens)) if _text(request.tokens[i]) in _ENDS), len(request.tokens))
    while end < len(request.tokens) and _is_place(request.tokens[start:end], request.tokens[end:]):
        end = next((i for i in range(end + 1, len(request.tokens)) if _text(request.tokens[i]) in _ENDS), len(request.tokens))
    meant = request.tokens[start:end]
    if valued and not (_gives_values(request.tokens[end:]) and _RESULTS.isdisjoint(map(_text, meant))):
        return request
    last = _last(meant, _without_parallel(meant, request.tokens[end:], tasks)) if meant else None
    if valued and last is not None and _says_between(last, request, tasks):
        return request
    formulas = _formulas(last) if last is not None else ()
    if len(formulas) != 1:
        return request
    formula = replace(formulas[0], span=span_of(meant), place=request.place, name=formulas[0].text)
    return replace(request, tokens=(*request.tokens[:start], formula, *request.tokens[end:]))


def _without_parallel(meant: Tokens, behind: Tokens, tasks: Sequence[Task]) -> Sequence[Task]:
    """Without the derivatives that were just asked of the same term by something else: "the gradient of this term with respect
    to $\\mu$ ... of this term with respect to $\\sigma$" means one term twice.
    """
    said = " ".join(map(_text, meant))
    variables = {math.text for math in behind if isinstance(math, Math)}
    end = len(tasks)
    while end and "term" in said.split() and tasks[end - 1].form == "derivative" and said in tasks[end - 1].text.lower():
        if any(math.text in variables for math in tasks[end - 1].math("wrt")):
            break
        end -= 1
    return tasks[:end]


def _says_between(last: Task, request: Request, tasks: Sequence[Task]) -> bool:
    """Whether more than numbers and other tasks stands between a task and a request: the loss of another label is another."""
    text, here, said = request.span.source.text, last.span.end, ""
    for task in tasks:
        if here <= task.span.start < request.span.start:
            said, here = f"{said} {text[here : task.span.start]}", task.span.end
    said = _NUMBER_GIVEN.sub(" ", f"{said} {text[here : request.span.start]}")
    return "$" in said or not _TAKING.issuperset(re.findall(r"[^\W\d_]{2,}", said.lower()))


def _gives_values(behind: Tokens) -> bool:
    """Whether values are given there, "for $p = 0.3$", or nothing but a unit."""
    if not without_units(behind):
        return True
    first, second = [*behind[:2], None, None][:2]
    return _text(first) in _AT and isinstance(second, Math) and look(second) == "definition"


def _formulas(task: Task) -> tuple[Math, ...]:
    """What a task asks for; none where it is asked in a unit that derivatives are not given in."""
    if task.form == "information":
        return quantity_of(task) if task.common or task.unit in _NATURAL else ()
    return task.math("asked") if task.form == "value" else ()


def _last(meant: Tokens, tasks: Sequence[Task]) -> Task | None:
    """The task that is meant: the last one, or the last one that asks for the quantity that the words name."""
    results = [task for task in tasks if task.form in _FORMS]
    named = _RESULTS.isdisjoint(map(_text, meant)) or mentions_quantity(meant[1:])
    fitting = [task for task in results if _means(meant, task)]
    last = fitting[-1] if fitting and named else results[-1] if results else None
    if last is None or last not in fitting or any(_hides(task, named=named) for task in results[results.index(last) :]):
        return None
    several = {tuple(math.text for math in _formulas(task)) for task in fitting}
    return None if named and _text(meant[0]) == "the" and len(several) > 1 else last


def _hides(task: Task, *, named: bool) -> bool:
    """Whether a task that is not understood may ask for what is meant: any may, but where words name a quantity."""
    spoken = task.quantity or any(kind in task.text.lower() for kind in _KINDS)
    return task.form == "unknown" and (not named or bool(spoken))


def _start(tokens: Tokens) -> int | None:
    """Where the words for what is differentiated begin: behind "gradient of"."""
    nouns = (i for i, token in enumerate(tokens) if _text(token) in DERIVATIVE_NOUNS)
    noun = next(nouns, None)
    return noun + 2 if noun is not None and [*map(_text, tokens[noun + 1 : noun + 2])] == ["of"] else None


def _is_place(before: Tokens, behind: Tokens) -> bool:
    """Whether a part stands here, "your answer in (a)", "the result for part b"."""
    said = [*map(_text, behind[:4])]
    return bool(before) and said[0] in _PLACES and ("part" in said[1:2] or (said[1:2] == ["("] and said[3:4] == [")"]))


def _means(meant: Tokens, last: Task) -> bool:
    """Whether a pronoun and a noun stand there, and the noun and the part fit what was asked last."""
    first = _text(meant[0])
    if first not in _POINTING | {"the"}:
        return False
    pieces = pieces_of(meant[1:])
    part = (last.part or "").rpartition(".")[2]
    index, told = 0, False
    while index < len(pieces):
        word, length = pieces[index].text, 1
        if named := quantity_at(pieces, index):
            told, length = True, named.length
            if named.quantity.name not in _rows(last):
                return False
        elif word in _KINDS:
            told = True
            if not any(_TITLES[name].split()[-1] == word for name in _rows(last) if name in _TITLES):
                return False
        elif word in _RESULTS:
            told = True
        elif pieces[index].math is not None or (not (told and (word in _PLACES or word == part)) and word not in _PLAIN):
            return False
        index += length
    return told


def _rows(task: Task) -> set[str]:
    """The quantities that a task may have asked for."""
    found = (each for math in task.math("asked") for each in notations_of(math))
    return {task.quantity, *(row.name for each in found for row in each.rows)} - {""} if task.form == "information" else set()


def _text(token: object) -> str:
    return token.text if isinstance(token, Word) else ""
