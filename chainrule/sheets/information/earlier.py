r"""Requests that refer to quantities asked for before: "How many nats are these?", "the square root of the divergence in a)",
"Repeat 2 for $F(p) = \sum_i p_i^2$".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.probability.quantities import QUANTITIES
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import FIND, NEUTRAL, words
from chainrule.sheets.information.argument_formulas import defined_quantity
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.others import ask_of_others
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import notations_of, pieces_of
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.sheets.units import units_in, without_units
from chainrule.syntax.tree import Relation
from chainrule.typesetting import latex

_ROWS = {row.name: row for row in QUANTITIES}
_RESULTS = ("information", "value", "derivative", "forward")
_MEASURED = ("information", "value")
_SAME = NEUTRAL | words(
    "it they that many much is are do does what result results answer answers same number numbers into your"
)
_AGAIN = words("convert express give write what compute find state how do")
_MEANT = words("this these that it they result results answer answers same")
_POINTING = words("this these that it they")
_ITS_VALUE = re.compile(r"(?:its|the) (?:common |numerical |exact )?value(?: of (?:it|both sides|the divergence|the entropy))?")
_ASIDE = re.compile(r"\([^()]*\)")
_OTHERS = re.compile(
    r"[$`]|\b(?:entrop|divergen|information|perplexit|surprisal|loss|length|distance|rate\b|cost|bonus|penalt)"
)
_KINDS = words("divergence entropy cross-entropy information distance quantity perplexity surprisal")
_LABEL = r"(?:\( )?(?P<label>[a-z]|[ivx]+|\d{1,2})(?: \))?"
_PLACE = rf"(?:(?:in|from|of) )?(?:part |question |problem |exercise |step |task )?{_LABEL}"
_ROOT = re.compile(
    r"(?:.* \( )?(?:is )?(?:the )?square root of (?:the |this |that )?(?:divergence|result|answer|value|quantity)"
    rf" {_PLACE}(?: \))?$"
)
_REPEAT = re.compile(
    rf"(?:the )?(?:(?:same|again|both|all|these|everything|calculation|computation|task|steps?|exercise|question)s? )*"
    rf"(?:as )?(?:{_PLACE} )?(?:again )?(?:, )?"
    r"(?:but )?(?:for|with|using|when|where|if|at) (?P<rest>.*)$"
)
_SETTING = frozenset(
    ["now", "with", "for", "set", "let", "using", "take", "suppose", "at", "if", "when", "then", "next", "put"]
)
_EVERY = frozenset(["all", "everything", "these", "questions", "tasks", "calculations", "computations"])
_SETTINGS = ("for $", "with $", "at $", "if $", "when $", "using $")
_ONLY_REPEAT = re.compile(
    rf"(?:the )?(?:(?:same|calculation|computation|task|question|it|this)(?: again)? ?)?(?:{_PLACE})?(?: ,)?$"
)
_ONLY_CONVERT = re.compile(rf"(?:(?:the|your) (?:answer|result|value) )?(?:to )?{_PLACE}(?: into)?$")
_NAME = r"(?P<label>[a-z]|[ivx]+|\d{1,2})"
_FROM = re.compile(
    rf" (?:as in|from|of|in) (?:(?:part |question )(?:\( )?{_NAME}(?: \))?|(?:\( )?{_NAME.replace('label', 'other')} \))$"
)
_BESIDE_GIVENS = NEUTRAL | words(
    "with where only hard easy instead new but now same other as distribution distributions function"
)


def refer_to_earlier(request: Request, before: Sequence[Task]) -> list[Task]:
    """The tasks of a request that asks for earlier results in another unit, their roots, or anew; none for any other."""
    if not before:
        return []
    again = _its_value(request, before) or _in_unit(request, before) or _in_unit_again(request, before)
    return ask_of_others(request, before) or again or _root(request, before) or _repeated(request, before)


def _its_value(request: Request, before: Sequence[Task]) -> list[Task]:
    """ "Show that the divergence equals ..., and state its value in bits": the value of what was claimed or asked for last."""
    said = [token.text if isinstance(token, Word) else "$" for token in without_units(request.tokens)]
    asked = " ".join(word for word in said if word not in (",", "."))
    units, last = units_in(pieces_of(request.tokens)), before[-1]
    if request.verb not in FIND or not _ITS_VALUE.fullmatch(asked) or len(units) > 1 or last.part != request.place.part:
        return []
    unit = units[0] if units else last.unit
    if last.form == "information" and not _asks_for_several([t for t in before if t.span == last.span]):
        return [replace(_anew(request, last), unit=unit)]
    claims = [tree for math in last.math("asked") for tree in statements(math)] if last.form == "claim" else []
    match claims:
        case [Relation(operators=("=",), sides=(left, _))]:
            written = left.span.text if left.span is not None else latex(left)  # `JSD` is one word
            math = Math(request.span, request.place, display=False, name=written)
        case _:
            return []
    made = Task("information", request.place.part, request.span, request.text, (Role("asked", math),))
    return [replace(made, unit=unit)] if notations_of(math) else []


def _in_unit(request: Request, before: Sequence[Task]) -> list[Task]:
    """ "How many nats are these?", "What is this in nats?", "Convert the result to nats."."""
    words_said = {each.text for each in request.tokens if isinstance(each, Word)}
    bare = request.verb == "convert" and not without_units(request.tokens)
    if request.verb not in _AGAIN or (words_said.isdisjoint(_MEANT) and not bare):
        return []
    pieces = pieces_of((Word(request.verb, request.span), *request.tokens))
    said = [piece.text for piece in pieces]
    counted = said[:2] == ["how", "many"] and said[2:3] in (["nats"], ["bits"])
    rest = without_units(request.tokens)
    units = (said[2],) if counted else units_in(pieces)
    left = [each.text if isinstance(each, Word) else "$" for each in rest]
    known = _SAME | _KINDS | ({"nats", "bits"} if counted else set[str]())
    if len(units) != 1 or not known.issuperset(left) or (_MEANT.isdisjoint(left) and not bare):
        return []
    meant = [task for task in before if task.form in _MEASURED and _is_called(task, left)]
    if not meant or before[-1].form == "unknown":
        return []
    if _POINTING.issuperset(_MEANT.intersection(left)) and not bare and _speaks_of_others(meant[-1], request):
        return []
    last = [task for task in meant if task.part == meant[-1].part]
    several = bare or _are_several(left)
    if (not several and _asks_for_several(last)) or (several and _has_unknown(before, meant[-1].part)):
        return []
    chosen = [task for task in meant if task.unit != units[0]] if bare else last if several else meant[-1:]
    return [replace(_anew(request, task), unit=units[0]) for task in chosen]


def _speaks_of_others(task: Task, request: Request) -> bool:
    """Whether something is said between two requests that "it" may mean, a formula or a quantity, and not in parentheses."""
    between = task.span.source.text[task.span.end : request.span.start]
    own = between.partition("\n\n")[2] or between.lstrip("$.?! \n")
    return _OTHERS.search(_ASIDE.sub(" ", own)) is not None


def _asks_for_several(tasks: Sequence[Task]) -> bool:
    """Whether they ask for more than one result, in one unit or several."""
    asked = {(task.form, task.quantity, tuple(math.text for math in task.math("asked"))) for task in tasks}
    return len(asked) > 1


def _has_unknown(tasks: Sequence[Task], part: str | None) -> bool:
    """Whether something that is asked in a part is not understood, so that not all its results are there."""
    return any(task.form == "unknown" and task.part == part for task in tasks)


def _in_unit_again(request: Request, before: Sequence[Task]) -> list[Task]:
    """ "Repeat part (a) in bits", "Do the same in nats": what was asked there, or last, in another unit."""
    units = units_in(pieces_of(request.tokens))
    said = " ".join(piece.text or "$" for piece in pieces_of(without_units(request.tokens)))
    pattern = {"repeat": _ONLY_REPEAT, "do": _ONLY_REPEAT, "convert": _ONLY_CONVERT}.get(request.verb)
    match = pattern.match(said) if pattern is not None and len(units) == 1 else None
    label = match["label"] if match else None
    results = [task for task in before if task.form in _RESULTS]
    meant = [task for task in results if _is_in(task, label)] if label else [t for t in results if t.part == results[-1].part]
    if match is None or not meant or any(task.form not in _MEASURED for task in meant):
        return []
    if (label is None and before[-1].form == "unknown") or _has_unknown(before, meant[-1].part):
        return []
    return [replace(_anew(request, task), unit=units[0]) for task in meant]


def _is_called(task: Task, said: Sequence[str]) -> bool:
    """Whether a task asked for what "the same divergence" calls it."""
    kinds = _KINDS.intersection(said) - {"quantity"}
    notations = [found for math in task.math("asked") for found in notations_of(math)]
    rows = {task.quantity} | {row.name for found in notations for row in found.rows if task.quantity in ("", row.name)}
    titles = " ".join(_ROWS[name].title for name in rows if name in _ROWS)
    return "same" not in said or all(kind in titles for kind in kinds)


def _are_several(said: Sequence[str]) -> bool:
    return bool({"these", "they", "results", "answers"} & set(said))


def _root(request: Request, before: Sequence[Task]) -> list[Task]:
    """The square root of a quantity that a part asked for, in the unit that it was asked for in."""
    said = " ".join(piece.text or "$" for piece in pieces_of(request.tokens))
    match = _ROOT.match(said)
    meant = [task for task in before if task.form == "information" and _is_in(task, match["label"])] if match else []
    if len(meant) != 1 or (name := notation_of(meant[0])) == "":
        return []
    asked = Math(request.span, request.place, display=False, name=f"\\sqrt{{{name}}}")
    made = Task("value", request.place.part, request.span, request.text, (Role("asked", asked),))
    return [replace(made, unit=meant[0].unit)]


def notation_of(task: Task) -> str:
    """What a task asks for as a formula; "" where it names no distributions.

    A notation that the task has stays as it is written: only what is no notation is an argument of one.
    """
    written = task.math("notation") or task.math("asked")
    asked = [tree.sides[0] if isinstance(tree, Relation) else tree for math in task.math("asked") for tree in trees(math)]
    row = _ROWS.get(task.quantity)
    if len(written) == 1 and (row is None or notations_of(written[0]) or defined_quantity(written[0])):
        return written[0].text if len(trees(written[0])) == 1 else ""
    if row is None or row.joint or row.order or len(asked) != row.distributions:
        return ""
    return latex(row.notation(asked))


def _repeated(request: Request, before: Sequence[Task]) -> list[Task]:
    """ "Repeat 2 for $F(p) = ...$", "Do the same with $p = (0.2, 0.8)$": what a part asked, where something else holds."""
    pieces = pieces_of(request.tokens)
    said = " ".join(piece.text or "$" for piece in pieces)
    ahead = tuple(token for token in request.before if isinstance(token, Math))
    words_ahead = {token.text for token in request.before if isinstance(token, Word)}
    if ahead and words_ahead <= _BESIDE_GIVENS | _SETTING and "with" not in said.split():
        said = f"{said} with {' '.join('$' for _ in ahead)}".strip()  # "Now with $w = 5$ answer again"
    match = _REPEAT.match(said) if _asks_anew(request.verb, said) else None
    givens = [token for token in (*ahead, *request.tokens) if isinstance(token, Math)]
    if match is None or not givens or not all(_defines(math) for math in givens):
        return []
    rest = match["rest"].replace(" for which ", " ").split()
    if not all(word in _BESIDE_GIVENS or word == "$" or is_descriptive(word) for word in rest):
        return []
    label = match["label"]
    earlier = [task for task in before if task.form in _RESULTS]
    meant = [task for task in earlier if task.part == earlier[-1].part] if label is None else []
    meant = meant or [task for task in earlier if label is not None and _is_in(task, label)]
    if label is None and not _EVERY.isdisjoint(said.split()):
        meant = earlier
    if label is None and "both" in said.split():
        meant = earlier if len({task.part for task in earlier}) == 2 else meant if len(meant) == 2 else []
    if not meant or (label is None and before[-1].form == "unknown") or _has_unknown(before, meant[-1].part):
        return []
    roles = tuple(Role("given", math) for math in givens)
    return [replace(_anew(request, task), roles=(*task.roles, *roles)) for task in meant]


def _asks_anew(verb: str, said: str) -> bool:
    """Whether a verb and what follows ask for earlier results once more: "answer again for", "And for", "What if"."""
    match verb:
        case "repeat":
            return True
        case "do":
            return said.startswith(("the same for", "the same with"))
        case "answer":
            return "again" in said.split()
        case "and" | "now" | "what":
            return said.startswith(_SETTINGS)
        case _:
            return False


def _defines(math: Math) -> bool:
    return any(hasattr(tree, "operators") for tree in statements(math))


def _is_in(task: Task, label: str) -> bool:
    return (task.part or "").rpartition(".")[2] == label


def _anew(request: Request, task: Task) -> Task:
    kept = tuple(role for role in task.roles if role.name in ("asked", "of", "wrt", "order", "notation"))
    return replace(task, part=request.place.part, span=request.span, text=request.text, roles=kept)


def without_place(request: Request, known: Distributions) -> Request | None:
    """The request without "from b)" behind names that hold as b) says them; None where they were said anew since."""
    said = [token.text if isinstance(token, Word) else "$" for token in request.tokens]
    match = _FROM.search(" ".join(said))
    if match is None or "$" not in said:
        return request
    names = [math for math in request.tokens if isinstance(math, Math)]
    if not all(known.holds_as_in(math, match["label"] or match["other"]) for math in names):
        return None
    return replace(request, tokens=request.tokens[: len(said) - match.group().count(" ")])
