"""The same task for another thing than that which is thrown: "Repeat with a biased coin whose probability of heads is 1/4".

What was asked of the thing itself is asked of the other one. What was asked of a variable that is made of its throws, "the
number of flips until the first head", is asked of that variable of the other thing where its family tells it, and of nothing
else.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.distributions.families import instance_of
from chainrule.inference.symbols import key
from chainrule.sheets.clauses import Request
from chainrule.sheets.information.known import Distributions, Known
from chainrule.sheets.information.others import asked_of
from chainrule.sheets.information.standing import standing_of
from chainrule.sheets.information.stopping import face_named
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import notations_of, parts_of, pieces_of
from chainrule.sheets.sheet import Math, Task
from chainrule.syntax.tree import Relation

_ASKING = ("repeat", "do", "what", "how", "and", "now", "find", "compute", "calculate", "determine")
_AGAIN = re.compile(
    r"(?:(?:part|question|exercise|it|this|that|the|same|task|calculation|computation|is|are|about|changes|change|does|if"
    r"|answer|result|now|again|\(|\)|[a-h]|[ivx]+|\d) )*(?:for|with|using|when|about|if)(?: (?:we|you|one|use|take|the|now"
    r"|instead|coin|die|is|replaced|by|a))*"
    r" \$(?: (?:instead|now|is|used|,))*$"
)
_OTHERWISE = re.compile(
    r"(?:(?:what|how|and|now|then|would|will|does|is|do|it|this|that|the|loss|value|result|answer|cross-entropy|divergence"
    r"|be|have|been|become|large|about|change|changes|happens|to|same|get|you|we|,|in|bits|nats) )*?"
    r"(?:if|had|were|when|with|for|suppose|under) (?:the |its |this |a )?"
    r"(?:(?:true|correct|one-hot|actual|real) (?=label|target|class|answer|distribution))?"
    r"(?P<noun>labels?|targets?|truth|prediction|model|forecast|estimate|distribution)(?: vector| distribution)?"
    r"(?: (?:had|has|have|were|was|is|would|been|be|instead|now|changed|to))* \$(?: (?:instead|now|,))*"
)
"""What stands for one of two distributions is another one."""
_THINGS = frozenset(("coin", "die", "dice", "coins"))
_FACES = ("heads", "tails")
_OF_SUCCESS = ("geometric", "bernoulli")
"""Families with the probability of success as their only parameter."""


def ask_with_other_thing(request: Request, before: Sequence[Task], known: Distributions) -> list[Task]:
    """The tasks of a request to do the last one again for another thing; unknown ones where what that changes is not worked
    out; none for any other request, and where the last one was of such a thing itself.
    """
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    said = " ".join(piece.text or "$" for piece in pieces_of(request.tokens))
    other = _thing(formulas[0], known) if len(formulas) == 1 else None
    last = before[-1] if before else None
    if other is None or last is None or request.verb not in _ASKING or not _AGAIN.match(said):
        return _with_other_standing(request, before, known)
    beside = [task for task in before if task.part == last.part]
    names = [math for task in beside for math in _names(task)]
    if last.form == "information" and all((own := _known_as(math, known)) and _is_thing(own) for math in names):
        return []
    place = {"part": request.place.part, "span": request.span, "text": request.text}
    note = "what the other thing changes of what was asked is not worked out"
    unknown = [Task("unknown", request.place.part, request.span, request.text, nearest="repeat", note=note)]
    found: list[Task] = []
    for task in beside:
        of = _names(task)
        made = _with_chance(of[0], other, known) if task.form == "information" and len(of) == 1 else None
        again = asked_of(task, [made]) if made is not None else []
        if not again:
            return unknown
        found += [replace(each, **place) for each in again]
    return found


def _with_other_standing(request: Request, before: Sequence[Task], known: Distributions) -> list[Task]:
    """ "What would it be if the label were $(1, 0, 0)$?": the last quantity of two, with this one in the place of that which
    the text calls so; none for any other request.
    """
    said = " ".join(piece.text or "$" for piece in pieces_of(request.tokens))
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    match = _OTHERWISE.fullmatch(said) if request.verb in _ASKING and len(formulas) == 1 else None
    last = before[-1] if before else None
    if match is None or last is None or last.form != "information":
        return []
    own = [_names(task) for task in before if task.span == last.span and task.part == last.part]
    standing = standing_of([match["noun"].removesuffix("s")]) or standing_of([match["noun"]])
    places = [i for i, math in enumerate(own[-1]) if known.called(math) == standing] if standing else []
    made = _value(formulas[0], own[-1][places[0]]) if len(places) == 1 and len(own[-1]) == 2 else None
    again = asked_of(last, [made if i == places[0] else math for i, math in enumerate(own[-1])]) if made is not None else []
    note = "it is not clear what is to be put in its place"
    unknown = Task("unknown", request.place.part, request.span, request.text, nearest="repeat", note=note)
    place = {"part": request.place.part, "span": request.span, "text": request.text}
    return [replace(each, **place) for each in again] if len(own) == 1 and len(again) == 1 else [unknown]


def _value(given: Math, name: Math) -> Math | None:
    """The new one: what stands there, or the right side of an equation for the name that is replaced."""
    match trees(given):
        case (Relation(operators=("=",), sides=(left, right)),) if right.span is not None:
            return Math(right.span, given.place, display=False) if [key(left)] == [*map(key, trees(name))] else None
        case (tree,) if not isinstance(tree, Relation):
            return given
        case _:
            return None


def _names(task: Task) -> list[Math]:
    """The distributions that a task is of."""
    notations = [found for math in task.math("asked") for found in notations_of(math)]
    return parts_of(notations[0])[0] if len(notations) == 1 else list(task.math("asked"))


def _known_as(math: Math, known: Distributions) -> Known | None:
    names = [key(tree) for tree in trees(math)]
    return next((each for each in known.known if [each.name] == names), None)


def _is_thing(own: Known) -> bool:
    """Whether words describe it, "a biased coin"."""
    return bool(own.math.name) and not _THINGS.isdisjoint(own.math.span.text.lower().split())


def _thing(math: Math, known: Distributions) -> Known | None:
    own = _known_as(math, known) if math.name else None
    return own if own is not None and _is_thing(own) else None


def _with_chance(name: Math, other: Known, known: Distributions) -> Math | None:
    """The variable with the other coin's probability of the face that is waited for; None where its family does not tell it."""
    own = _known_as(name, known)
    members = known.members.get(own.name, ()) if own is not None else ()
    families = {family for member in members for family in member.families}
    said = frozenset[str]().union(*(words for _, words, _ in known.spoken))
    faces = {face_named(word) for word in said - other.said} & set(_FACES)
    chances = dict(zip(other.labels, known.chances.get(other.name, ()), strict=False))
    if len(families) != 1 or len({member.values for member in members}) != 1 or len(faces) != 1:
        return None
    family, face = families.pop(), faces.pop()
    if family not in _OF_SUCCESS or face not in chances or set(other.labels) != set(_FACES):
        return None
    made = Math(name.span, name.place, display=False, name=f"\\mathrm{{{_SPELLED[family]}}}({chances[face]})")
    return made if all(instance_of(tree, plainly=True) is not None for tree in trees(made)) else None


_SPELLED = {"geometric": "Geom", "bernoulli": "Bern"}
