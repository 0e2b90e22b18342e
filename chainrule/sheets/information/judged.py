r"""Questions for which of two is better, more random or more surprising, "Which model is better?", "Has the policy become more
or less random?", "Which outcome is more surprising?": two numbers are compared, and the words say what the comparison means.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from chainrule.inference.symbols import key
from chainrule.probability.quantities import QUANTITIES
from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.forms import words
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.nouns import NOUNS
from chainrule.sheets.information.things import THINGS
from chainrule.sheets.information.written import formula_of
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.phrases import said_by
from chainrule.sheets.quantity_words import notations_of
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.syntax.tree import Tree
from chainrule.typesetting import unicode

_ONE = r"(?: (?:one|of the two|of them|of these|of both))?"
_MORE = {"more": True, "less": False, "most": True, "least": False}
_OUTCOME = re.compile(
    rf"(?:outcome|event|result|symbol|letter|side|face|case)s?{_ONE} (?:is|would be|are) (?:the )?"
    rf"(?P<how>more|less|most|least) (?P<what>surprising|unexpected|informative|likely|probable){_ONE}"
)
_SURPRISING = frozenset(("surprising", "unexpected", "informative"))
_MODEL_NOUN = (
    r"(?:(?:language )?model|prediction|predictor|classifier|forecast|forecaster|approximation|distribution|network|fit|guess"
    r"|estimate|predictive distribution|filter|student|detector|system|candidate|expert|one)s?"
)
_MODEL = re.compile(
    rf"(?:of (?:the two|these|them|the two {_MODEL_NOUN}) )?{_MODEL_NOUN}{_ONE}(?: [,:]? ?\$(?: ,)? or \$(?: ,)?)? "
    rf"(?:(?:is|fits|predicts|performs|does|forecasts|matches|describes)(?: the)? (?:(?:data|text|words?|corpus|source) )?"
    rf"(?P<how>better|worse|best|closer|closest|preferable|superior|more accurate|less accurate)|(?:should|would|do)"
    rf" (?:you|we|one) (?:prefer|choose|pick|use)){_ONE}(?: {_MODEL_NOUN})?(?: (?:to|of|for|on) (?:\$|(?:the|this) [a-z]+))?"
    r"(?: (?:by|according to|in) (?:this|that) (?:measure|criterion|sense))?"
)
_WORSE = frozenset(("worse", "less accurate"))
_RANDOM = r"(?P<what>random|uncertain|predictable|deterministic|certain|spread out|concentrated|peaked|confident)"
_ORDERED = frozenset(("predictable", "deterministic", "certain", "concentrated", "peaked", "confident"))
_CHANGE = re.compile(
    rf"(?:has|have|is|did|does|do|was|will) (?P<who>(?:the |its |their |it|they|\$)[a-z$ ]*?) ?(?:now )?"
    rf"(?:become|became|becomes|got|gotten|get|grown|grow|been made|made)? ?(?:more|less) (?:or|and) (?:more|less) {_RANDOM}"
    r"(?: (?:now|than before|through this|after the [a-z]+|by the [a-z]+))?"
)
_MOVING = (
    r"(?:increased?|decreased?|grown?|shr[aiu]nk|gone up|gone down|risen?|rise|fallen|fall|drop|dropped|larger|smaller|higher"
    r"|lower)"
)
_MOVED = re.compile(
    r"(?:has|have|did|does|is|was|will) (?:the |its |their )(?:[a-z]+ )?"
    r"(?P<what>entropy|uncertainty|randomness|loss|cross-entropy|divergence|perplexity)(?: of the [a-z]+)? (?:be )?"
    rf"(?P<one>{_MOVING})(?P<both> or {_MOVING})?(?: (?:by|through|after|in|with|than) (?:the |this )?[a-z]+)?"
)
_UP = re.compile(r"increased?|grown?|gone up|risen?|rise|larger|higher")
_UNCERTAIN = re.compile(
    rf"(?:(?:of the two )?(?:[a-z]+ )?[a-z]+{_ONE} |of the two )(?:[,:] )?(?:\$(?: ,)? or \$(?: ,)? )?(?:is|are) (?:the )?"
    rf"(?P<how>more|less) {_RANDOM}{_ONE}(?: [,:] \$ or \$)?"
)
_FITS = frozenset(
    row.name
    for row in QUANTITIES
    if row.distributions == 2 and re.search("divergence|distance|cross-entropy|perplexity", row.title.lower())
)
_ENTROPIES = frozenset(("entropy", "differential_entropy"))
_CALLED = {
    "loss": frozenset(("cross_entropy", "surprisal")),
    "cross-entropy": frozenset(("cross_entropy",)),
    "divergence": frozenset(("kl",)),
    "perplexity": frozenset(("perplexity", "cross_perplexity")),
}
"""The rows that a noun means; any other one means entropies."""
_LATER = re.compile(r"new|after|post|(?:^|\W)(?:final|tuned|1)\b")


def recognise_judged(request: Request, before: Sequence[Task], known: Distributions) -> list[Task]:
    """The comparison that such a question asks for; none for any other request."""
    said = said_by(trimmed(request.tokens))
    if request.verb == "which":
        if match := _OUTCOME.fullmatch(said):
            rarer = (match["what"] in _SURPRISING) == _MORE[match["how"]]
            return _of_outcomes(request, known, rarer, f"{match['how']} {match['what']}")
        if match := _MODEL.fullmatch(said):
            return _of_models(request, before, match["how"] or "better", known)
        if (match := _UNCERTAIN.fullmatch(said)) and _NOUNS.issuperset(_nouns(said.split(" is ")[0].split(" are ")[0])):
            return _of_entropies(request, before, match["what"], larger=_MORE[match["how"]] != (match["what"] in _ORDERED))
        return []
    whole = said if request.verb == "what" else f"{request.verb} {said}"
    if (match := _CHANGE.fullmatch(whole)) and _is_known(match["who"], known):
        more, less = f"more {match['what']}", f"less {match['what']}"
        up, down = (less, more) if match["what"] in _ORDERED else (more, less)
        return _of_change(request, before, f"{match['who']} has become {up}", f"{match['who']} has become {down}")
    if match := _MOVED.fullmatch(whole):
        noun = match["what"]
        up, down = f"the {noun} has increased", f"the {noun} has decreased"
        if not match["both"]:
            up, down = (f"yes, {up}", f"no, {down}") if _UP.fullmatch(match["one"]) else (f"no, {up}", f"yes, {down}")
        return _of_change(request, before, up, down, _CALLED.get(noun, _ENTROPIES))
    return []


_NOUNS = NOUNS | THINGS | words("of the two these them both one which policy policies $ , : or")


def _nouns(said: str) -> list[str]:
    return said.split()


def _is_known(who: str, known: Distributions) -> bool:
    """Whether words stand for something that was spoken of."""
    plain = [word for word in who.split() if word not in ("the", "its", "their", "it", "they", "$")]
    return all(word in _NOUNS or known.was_said(word) for word in plain)


def _of_outcomes(request: Request, known: Distributions, rarer: bool, said: str) -> list[Task]:
    """Of the two outcomes of the only distribution: the less probable one is more surprising."""
    said = said.replace("most ", "more ").replace("least ", "less ")
    known = known.for_request(request.place.part, request.span)
    names = known.both_outcomes()
    if not names:
        return []
    labels = next(each.labels for each in known.known if each.math == known.single()[0])
    verdict = (labels[1], labels[0]) if rarer else labels
    return _compared(request, names, None, f"{verdict[0]} is {said}", f"{verdict[1]} is {said}")


def _of_models(request: Request, before: Sequence[Task], how: str, known: Distributions) -> list[Task]:
    """Of the two that were measured against the same distribution: the smaller number is the better one."""
    found = _last_two(request, before)
    arguments = [_arguments(task) for task in found]
    rows = {_row(task) for task in found}
    if len(found) != 2 or len(rows) != 1 or not rows <= _FITS or any(len(each) != 2 for each in arguments):
        return []
    own = [[each[place] for each in arguments] for place in (0, 1)]
    places = [place for place in (0, 1) if own[place][0] != own[place][1]]
    named = [key(tree) for token in request.tokens if isinstance(token, Math) for tree in trees(token)]
    if len(places) != 1 or not {key(tree) for each in arguments for tree in each}.issuperset(named):
        return []
    one, other = (unicode(each) for each in own[places[0]])
    true = known.called(_as_math(request, own[1 - places[0]][0]))
    if true == "estimated":
        return []
    said = "the worse one" if how in _WORSE else "closer" if how.startswith("close") else "the better one"
    first, second = (one, other) if how in _WORSE else (other, one)
    return _of_tasks(request, found, f"{first} is {said}", f"{second} is {said}")


def _as_math(request: Request, tree: Tree) -> Math:
    return Math(request.span, request.place, display=False, name=unicode(tree))


def _of_entropies(request: Request, before: Sequence[Task], what: str, *, larger: bool) -> list[Task]:
    found = _last_two(request, before)
    arguments = [_arguments(task) for task in found]
    if len(found) != 2 or any(_row(task) != "entropy" for task in found) or any(len(each) != 1 for each in arguments):
        return []
    one, other = (unicode(each[0]) for each in arguments)
    said = f"more {what}" if larger != (what in _ORDERED) else f"less {what}"
    first, second = (one, other) if larger else (other, one)
    return _of_tasks(request, found, f"{first} is {said}", f"{second} is {said}")


def _of_change(request: Request, before: Sequence[Task], up: str, down: str, rows: Set[str] = _ENTROPIES) -> list[Task]:
    """Of the two quantities before, of which the first was that before the change. rows: what they may be."""
    found = _last_two(request, before)
    if len(found) != 2 or any(_row(task) not in rows for task in found) or _row(found[0]) != _row(found[1]):
        return []
    names = [" ".join(map(unicode, _arguments(task))) for task in found]
    turned = _LATER.search(names[0]) is not None and _LATER.search(names[1]) is None
    return _of_tasks(request, found[::-1] if turned else found, down, up)


def _last_two(request: Request, before: Sequence[Task]) -> list[Task]:
    """The two results that were asked for last in the part, or in the one before; () where there are others between."""
    results = [task for task in before if not task.related]
    last = results[-1:]
    own = [task for task in results if last and task.part == last[0].part]
    if not own or own[-1].form not in ("information", "value") or not _is_near(own[-1].part, request.place.part):
        return []
    own = [task for task in own if task.form in ("information", "value")] if len(own) == 2 else own
    found = own if len(own) == 2 else results[-2:] if len(own) == 1 else []
    units = {task.unit for task in found}
    return found if len(found) == 2 and len(units) == 1 and all(t.form in ("information", "value") for t in found) else []


def _is_near(one: str | None, other: str | None) -> bool:
    """Whether two parts stand on one level, or one is inside the other."""
    return one == other or one is None or other is None or one.rpartition(".")[0] == other.rpartition(".")[0]


def _row(task: Task) -> str:
    """The row of the table that a task asks for."""
    if task.quantity:
        return task.quantity
    found = [notation for math in task.math("asked") for notation in notations_of(math)]
    names = {row.name for notation in found for row in notation.rows}
    return names.pop() if len(names) == 1 else next((name for name in ("cross_entropy", "entropy") if name in names), "")


def _arguments(task: Task) -> list[Tree]:
    """What the quantity of a task is of."""
    found = [notation for math in task.math("asked") for notation in notations_of(math)]
    if len(found) == 1:
        return list(found[0].arguments)
    return [tree for math in task.math("asked") for tree in trees(math)]


def _of_tasks(request: Request, found: Sequence[Task], first: str, second: str) -> list[Task]:
    return _compared(request, [formula_of(task) for task in found], found[0].unit, first, second)


def _compared(request: Request, formulas: Sequence[str], unit: str | None, first: str, second: str) -> list[Task]:
    if "" in formulas or len(set(formulas)) < len(formulas):
        return []
    asked = [Math(request.span, request.place, display=False, name=each) for each in formulas]
    if any(not statements(math) for math in asked):
        return []
    task = Task("comparison", request.place.part, request.span, request.text, tuple(Role("asked", math) for math in asked))
    return [replace(task, unit=unit, related=True, verdict=(first, second))]
