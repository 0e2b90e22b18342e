"""The same task for something else: "What is it for $Q$?", "And of $Q$?", "What about $Q$?", "What is it when $p = 0.5$?",
"And in bits?".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request
from chainrule.sheets.information.argument_formulas import arguments_in, is_order
from chainrule.sheets.information.nouns import EACH
from chainrule.sheets.notation import is_number, statements, trees
from chainrule.sheets.quantity_words import notations_of, parts_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.sheets.units import units_in, without_units
from chainrule.syntax.tree import Bracket, Juxtaposition
from chainrule.typesetting import latex

_ASKING = frozenset(
    ("what", "how", "find", "compute", "calculate", "determine", "give", "do", "evaluate", "and", "now", "repeat")
)
_LEAD = (
    r"(?:(?:is|are|was|about|it|this|that|they|the|same|value|values|result|answer|quantity|change|changes|does|do|now"
    r"|then|and"
    r"|thing|would|be|will) )*"
)
_OTHER = re.compile(
    rf"{_LEAD}(?:for|of|when|if|with|at|about|in case of|in the case of|using|under)"
    r"(?: (?:the|distribution|distributions|instead|we|take|set|use|now|also|and|,|have|is|case|parameter|probability|both|of"
    r"|random variable|variable|\$))*$"
)

_ORDER = re.compile(
    rf"{_LEAD}(?:for|of|with|at|about|when|if)(?: (?:the|an?|we|take|set|is))* (?:orders?|parameter)(?: (?:is|of|=))?"
    r" (?:\$|[\d./]+)(?:(?: ,)?(?: and)?(?: of)?(?: order)? (?:\$|[\d./]+))*(?: (?:instead|now|too|as well))*$"
)
_BESIDE_UNITS = frozenset(("about", "now", "many", "bits", "nats", "per", "/", *EACH))
_MEASURING = frozenset(("in", "by", "under", "as"))
_BEFORE_QUANTITY = _MEASURING | frozenset(
    ("the", "same", "for", "with", "about", "this", "that", "it", "calculation", "task", "now", "again")
)


def ask_of_others(request: Request, earlier: Sequence[Task]) -> list[Task]:
    """The last task for the names of a request that says nothing else, or with what it gives; an unknown one where that cannot
    be; none for any other request. earlier: the tasks so far that have results.
    """
    said = " ".join(piece.text or "$" for piece in pieces_of(request.tokens))
    if another := _another_quantity(request, earlier) or _another_order(request, earlier):
        return another
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    last = earlier[-1] if earlier else None
    if last is None or request.verb not in _ASKING or not (last.form == "information" or _is_plain_value(last)):
        return []
    units = (units_in(pieces_of(request.tokens)) or _counted(request)) if not formulas else ()
    if units and {token.text for token in without_units(request.tokens) if isinstance(token, Word)} <= _BESIDE_UNITS:
        return [_asked_in(request, replace(task, unit=unit, common=False)) for task in _beside(earlier) for unit in units]
    if not formulas or not _OTHER.match(said):
        return []
    beside = _beside(earlier)
    names = [part for math in formulas for part in arguments_in(math)]
    if all(_is_name(math) or _is_vector(math) for math in names):
        found = [each for task in beside for each in asked_of(task, names)] if _are_alike(beside) else []
    elif all(map(_gives, formulas)):
        roles = tuple(Role("given", math) for math in formulas)
        found = [replace(task, roles=(*_kept(task), *roles), again=True) for task in beside]
    else:
        return []
    unknown = Task("unknown", request.place.part, request.span, request.text, nearest="repeat")
    return [_asked_in(request, task) for task in found] or [unknown]


def _another_quantity(request: Request, earlier: Sequence[Task]) -> list[Task]:
    """ "Repeat for the Hellinger distance": that of the distributions of the last task; none for any other request."""
    pieces = pieces_of(without_units(request.tokens))
    said = [piece.text for piece in pieces]
    start = next((i for i, word in enumerate(said) if word not in _BEFORE_QUANTITY), len(said))
    named = quantity_at(pieces, start)
    under = request.verb in ("and", "now", "what") and said[:1] != [] and said[0] in _MEASURING and start < 3
    leads = under or "for" in said[:start] or "about" in said[:start]
    if request.verb not in ("repeat", "do", "what", "and", "now") or not leads:
        return []
    if named is None or start + named.length < len(said) or named.quantity.order or not earlier:
        return []
    last = earlier[-1]
    notations = [found for math in last.math("asked") for found in notations_of(math)]
    of = parts_of(notations[0])[0] if len(notations) == 1 else list(last.math("asked"))
    if last.form != "information" or named.quantity.joint or len(of) != named.quantity.distributions:
        return []
    kept = tuple(role for role in last.roles if role.name in ("point", "listed", "given"))
    task = replace(last, quantity=named.quantity.name, roles=(*(Role("asked", math) for math in of), *kept), note="")
    units = units_in(pieces_of(request.tokens)) or (last.unit,)
    return [_asked_in(request, replace(task, unit=unit, reverse=False)) for unit in units]


def _another_order(request: Request, earlier: Sequence[Task]) -> list[Task]:
    """ "Do the same for order $\\alpha = 1/2$", "And for order 3?": the last task with that order; none for another request."""
    pieces = pieces_of(without_units(request.tokens))
    said = " ".join(piece.text or "$" for piece in pieces)
    beside = _beside(earlier) if earlier else []
    ordered = [task for task in beside if task.form == "information" and task.math("order")]
    if request.verb not in _ASKING or not _ORDER.match(said) or not ordered or ordered != beside:
        return []
    places = [i for i, piece in enumerate(pieces) if piece.math is not None or piece.text[:1].isdigit()]
    numbers: list[Math] = []
    for i in places:
        math, token = pieces[i].math, request.tokens[pieces[i].index]
        numbers.append(math if math is not None else Math(token.span, request.place, display=False, plain=True))
    if not all(is_order(math) or math.plain or is_number(math) for math in numbers):
        return []
    units = units_in(pieces_of(request.tokens)) or (None,)
    return [
        _asked_in(request, replace(task, roles=(*_without_order(task), Role("order", order)), unit=unit or task.unit, note=""))
        for task in ordered
        for order in numbers
        for unit in units
    ]


def _without_order(task: Task) -> tuple[Role, ...]:
    return tuple(role for role in task.roles if role.name != "order")


def _beside(earlier: Sequence[Task]) -> list[Task]:
    """The last task and those that its request asks besides."""
    last = earlier[-1]
    return [task for task in earlier if task.span == last.span and task.part == last.part]


def _asked_in(request: Request, task: Task) -> Task:
    return replace(task, part=request.place.part, span=request.span, text=request.text)


def _is_name(math: Math) -> bool:
    found = trees(math)
    return len(found) == 1 and could_be_name(found[0])


def _is_vector(math: Math) -> bool:
    """Whether a formula lists the probabilities of a distribution, `(0.5, 0.5)`."""
    found = trees(math)
    return len(found) == 1 and isinstance(found[0], Bracket) and len(found[0].items) > 1 and is_literal(found[0])


def _counted(request: Request) -> tuple[str, ...]:
    """The unit of "How many bits?", "And how many bits per token?"."""
    said = [token.text for token in request.tokens if isinstance(token, Word)]
    each = said[2:3] in (["per"], ["/"]) and len(said) == 4 and said[3] in EACH
    counting = request.verb == "how" and said[:1] == ["many"] and (len(said) == 2 or each)
    return (said[1],) if counting and said[1] in ("bits", "nats") else ()


def _gives(math: Math) -> bool:
    return all(hasattr(tree, "operators") for tree in statements(math))


def _are_alike(tasks: Sequence[Task]) -> bool:
    """Whether they ask for the same of the same, in several units perhaps."""
    return len({tuple(key(tree) for math in task.math("asked") for tree in trees(math)) for task in tasks}) == 1


def asked_of(task: Task, names: Sequence[Math]) -> list[Task]:
    """The task of these names; one for each where it is of one."""
    notations = [found for math in task.math("asked") for found in notations_of(math)]
    if task.form == "value":
        return [made for name in names if (made := _value_of(task, name)) is not None]
    row = task.quantity or (notations[0].quantity if len(notations) == 1 else "")
    count = len(notations[0].arguments) if len(notations) == 1 else len(task.math("asked"))
    if not row or (count != 1 and count != len(names)):
        return []
    kept = tuple(role for role in task.roles if role.name == "order")
    groups = [[name] for name in names] if count == 1 else [list(names)]
    return [
        replace(task, quantity=row, roles=(*(Role("asked", name) for name in group), *kept), note="", reverse=False)
        for group in groups
    ]


def _is_plain_value(task: Task) -> bool:
    """Whether it asks for one formula written as a quantity of one thing is, `H(P)`."""
    asked = task.math("asked")
    return task.form == "value" and len(asked) == 1 and [len(found.arguments) for found in notations_of(asked[0])] == [1]


def _value_of(task: Task, name: Math) -> Task | None:
    """The task for the same formula with another name in the brackets."""
    match trees(task.math("asked")[0]):
        case (Juxtaposition(items=(head, Bracket(kind="(", items=(_,)))),):
            made = f"{latex(head)}({name.text})"
            return replace(task, roles=(Role("asked", Math(name.span, name.place, False, name=made)),), note="")
        case _:
            return None


def _kept(task: Task) -> tuple[Role, ...]:
    return tuple(role for role in task.roles if role.name in ("asked", "order", "notation"))
