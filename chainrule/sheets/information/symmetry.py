"""Questions whether a divergence is symmetric: "Is it symmetric?", "will we get the same if we swap $P$ and $Q$?"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from chainrule.inference.symbols import could_be_name, key
from chainrule.probability.quantities import QUANTITIES
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import CLAIM, NEUTRAL, words
from chainrule.sheets.information.nouns import NOUNS
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.quantity_words import (
    Notation,
    compares_quantities,
    head_text,
    heads_of,
    notations_of,
    pieces_of,
    quantity_at,
    reversed_pair,
)
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.source import Span
from chainrule.syntax.tree import Relation, Tree

_ASKING = CLAIM | words(
    "is are does do will would can what which why how explain decide determine compare discuss argue justify"
)
_SYMMETRY = words("symmetric symmetrical symmetry asymmetric asymmetrical asymmetry commutative")
_METRIC = words("metric triangle")
_OF_METRICS = words(
    "a an the metric distance triangle inequality satisfy satisfies fulfil fulfils fulfill obey obeys hold holds proper true"
    " mathematical sense in does it"
)
_SWAPPING = re.compile(r"(?:revers|swap|exchang|interchang|switch|flip)(?:e|ed|es|ing|s|ped|ping|ped)?$")
_SAME = words("same equal equals change changes changed differ differs different difference identical coincide agree unchanged")
_HAPPENS = words("happens same change changes result results value")
_PRONOUNS = words("divergence measure it this that they them these both two results values numbers directions orders")
_KNOWN = (
    NEUTRAL
    | NOUNS
    | _SYMMETRY
    | _SAME
    | _PRONOUNS
    | words(
        "pair not is are be to of for if we you i.e. when get gets obtain does do in general generally its their roles role"
        " arguments argument order places place whether that or measure by with respect between from happens what would will"
        " still true case always here as result results other directions direction why how your answer here we'll and yes no"
        " computing calculating using numerically explain numbers both divergences value values result under if have has one"
        " the around"
    )
)


def recognise_symmetry(request: Request, before: Sequence[Task]) -> Task | None:
    """The task of a request that asks for this and nothing else."""
    if request.verb not in _ASKING:
        return None
    tokens = (*request.before, *request.tokens)
    if request.verb == "do" and [token.text for token in request.tokens[:2] if isinstance(token, Word)] == ["the", "same"]:
        return None  # "Do the same with $P$ and $Q$ swapped" asks for the reverse one alone
    pairs = _pairs(tokens)
    said = {token.text for token in tokens if isinstance(token, Word)}
    swapped = any(_SWAPPING.match(word) for word in said) and not _HAPPENS.isdisjoint(said | {request.verb})
    compared = bool(pairs) and (request.verb == "compare" or not _SAME.isdisjoint(said) or _is_equation(tokens))
    headed = _headed(tokens, before)
    tokens = tokens if headed is None else tuple(token for token in tokens if not _is_head_of(token, headed))
    earlier = headed or _earlier(before)
    again = request.verb in ("compare", "are", "is", "do") and _is_about_last(said, request, before)
    metric = not _METRIC.isdisjoint(said)
    if not (metric or not _SYMMETRY.isdisjoint(said) or swapped or compared or again):
        return None
    if metric and len({token.text for token in tokens if isinstance(token, Math) and _is_name(trees(token))}) > 2:
        return None  # of three distributions it is a claim
    if not _all_known(tokens, _OF_METRICS if metric else frozenset()):
        return None
    if any(isinstance(token, Math) and compares_quantities(token) for token in tokens):
        return None
    noted = [*pairs, *(each for each in _notations(tokens) if each.quantity in _OF_TWO)]
    quantity = _quantity(tokens) or (noted[0].quantity if noted else "")
    if (
        not quantity
        and not pairs
        and not (earlier and (headed or swapped or again or metric or not _PRONOUNS.isdisjoint(said)))
    ):
        return None
    asked = [Role("asked", math) for math in _named(tokens, pairs)]
    if not asked and earlier and (not quantity or quantity == earlier.quantity):
        asked = [Role("asked", math) for math in earlier.math("asked")]
    quantity = quantity or (earlier.quantity if earlier else "")
    return Task("symmetry", request.place.part, request.span, request.text, tuple(asked), quantity=quantity)


def joined(first: Task, second: Task) -> Task | None:
    """Two questions in a row that ask the same, as one; None for any others."""
    if first.form != "symmetry" or second.form != "symmetry" or first.part != second.part:
        return None
    if first.quantity != second.quantity and first.quantity and second.quantity:
        return None
    span = Span(first.span.source, first.span.start, max(first.span.end, second.span.end))
    roles = second.roles if second.roles else first.roles
    return replace(first, span=span, text=" ".join(span.text.split()), roles=roles, quantity=first.quantity or second.quantity)


_OF_TWO = frozenset(row.name for row in QUANTITIES if row.distributions == 2)


def _earlier(before: Sequence[Task]) -> Task | None:
    """The last quantity of two distributions that was asked for or compared."""
    asked = (task for task in reversed(before) if task.form in ("information", "symmetry"))
    return next((task for task in asked if not task.quantity or task.quantity in _OF_TWO), None)


def calls_by_head(tokens: Iterable[Word | Math], before: Sequence[Task]) -> bool:
    """Whether a formula is the D of a $D(P \\| Q)$ that was asked for, and so no matrix."""
    return _headed(tuple(tokens), before) is not None


def _headed(tokens: Tokens, before: Sequence[Task]) -> Task | None:
    """The last quantity asked for that a formula of the request calls by its head alone: "Is $D$ symmetric?"."""
    asked = (task for task in reversed(before) if task.form in ("information", "symmetry"))
    return next((task for task in asked if any(_is_head_of(token, task) for token in tokens)), None)


def _is_head_of(token: Word | Math, task: Task) -> bool:
    """Whether a formula is the D of `D(P \\| Q)`, of which a task asks, and no distribution that it is of."""
    names = trees(token) if isinstance(token, Math) else ()
    written = [math for name in ("asked", "notation") for math in task.math(name)]
    of_two = [found for math in written for found in notations_of(math) if len(found.arguments) == 2]
    return len(names) == 1 and any(
        head_text(names[0]) in heads_of(found.math) and key(names[0]) not in map(key, found.arguments) for found in of_two
    )


def _is_about_last(said: set[str], request: Request, before: Sequence[Task]) -> bool:
    """ "... and compare them", "Are they equal?" after a quantity was asked for in both orders."""
    last = [task for task in before if task.form == "information"][-2:]
    found = [notation for task in last for math in task.math("asked") for notation in notations_of(math)]
    exchanged = len(found) == 2 and reversed_pair(*found)
    named = [tuple(math.text for math in task.math("asked")) for task in last]
    exchanged = exchanged or (len(named) == 2 and len(named[0]) == 2 and named[0] == named[1][::-1])
    return (
        exchanged and (request.verb == "compare" or not _SAME.isdisjoint(said)) and (not said or not _PRONOUNS.isdisjoint(said))
    )


def _all_known(tokens: Tokens, more: frozenset[str]) -> bool:
    """Every word is one that such a question is made of, or names a quantity."""
    pieces, index = pieces_of(tokens), 0
    while index < len(pieces):
        if named := quantity_at(pieces, index):
            index += named.length
            continue
        text = pieces[index].text
        if pieces[index].math is None and text not in _KNOWN | more and not _SWAPPING.match(text) and text not in "?!.;":
            return False
        index += 1
    return True


def _quantity(tokens: Tokens) -> str:
    pieces = pieces_of(tokens)
    named = next((named for i in range(len(pieces)) if (named := quantity_at(pieces, i))), None)
    return named.quantity.name if named else ""


def _notations(tokens: Tokens) -> list[Notation]:
    """Those in formulas, also on the sides of an equation."""
    found: list[Notation] = []
    for token in tokens:
        if isinstance(token, Math):
            found += [notation for part in _sides(token) for notation in notations_of(part)]
    return found


def _sides(math: Math) -> list[Math]:
    found = trees(math)
    if len(found) != 1 or not isinstance(found[0], Relation):
        return [math]
    sides = [side for tree in statements(math) if isinstance(tree, Relation) for side in tree.sides]
    return [Math(side.span, math.place, False, plain=math.plain) for side in sides if side.span]


def _pairs(tokens: Tokens) -> tuple[Notation, ...]:
    """Two notations that are each other's reverse."""
    found = (pair for pair in combinations(_notations(tokens), 2) if reversed_pair(*pair))
    return next(found, ())


def _is_equation(tokens: Tokens) -> bool:
    relations = (tree for token in tokens if isinstance(token, Math) for tree in trees(token))
    return any(isinstance(tree, Relation) for tree in relations)


def _named(tokens: Tokens, pairs: Sequence[Notation]) -> list[Math]:
    """The quantity in symbols, in the first order, or the names of two distributions."""
    notations = pairs or _notations(tokens)
    if notations:
        return [notations[0].math]
    names = [token for token in tokens if isinstance(token, Math) and _is_name(trees(token))]
    distinct = list({math.text: math for math in names}.values())
    return distinct if len(distinct) == 2 else []


def _is_name(found: Sequence[Tree]) -> bool:
    return len(found) == 1 and could_be_name(found[0])
