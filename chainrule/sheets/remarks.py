r"""Remarks beside what is asked that say it once more or limit nothing: "the score, i.e. the gradient of $\ell$ with respect to
$\theta$", "$\frac{\partial y}{\partial x}$, the Jacobian of the block", "without assuming that $w$ keeps its length".
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.forms import DERIVATIVE_NOUNS, NEUTRAL, QUANTITY
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.naming import names_formula
from chainrule.sheets.notation import look, trees
from chainrule.sheets.noun_labels import without_labels
from chainrule.sheets.phrases import said_by
from chainrule.sheets.recognition import recognise
from chainrule.sheets.sheet import Task
from chainrule.syntax.tree import Tree

_SAID_AGAIN = re.compile(
    r"(?P<name>(?:the|its|this|a|an) [a-z' -]+?)(?: ,)? (?:i\.e\.?|that is|namely|in other words)(?: ,)? (?=the )"
)
_ASSUMING = re.compile(r"(?: ,)? without assuming (?:that |the )?(?P<what>[a-z$' -]+)$")
_FACTS = re.compile(
    r"\b(?:symmetric|diagonal|orthogonal|orthonormal|triangular|invertible|positive|definite|square|normali[sz]ed|constant|fixed)\b"
)
_AGAIN = re.compile(
    r"(?:the|its|this) (?:full )?(?:gradient|jacobian|derivative|slope|sensitivity)(?: matrix| vector)? of the (?P<of>[a-z -]+)"
)
_COMMA = re.compile(r"\s*(?:\$\$?|\\\)|\\\])?\s*,\s*")


def without_asides(request: Request) -> Request:
    """The request without such remarks; as it is where it has none."""
    said = said_by(request.tokens)
    if (again := _SAID_AGAIN.match(said)) is not None and _only_names(again["name"]):
        request = replace(request, tokens=request.tokens[len(again[0].split()) :])
        said = said_by(request.tokens)
    assumed = _ASSUMING.search(said)
    if assumed is not None and not _FACTS.search(assumed["what"]):
        request = replace(request, tokens=trimmed(request.tokens[: len(said[: assumed.start()].split())]))
    return request


def _only_names(phrase: str) -> bool:
    """Whether words name something and nothing that is asked for by them alone."""
    nouns = phrase.split()[1:]
    return all(word in QUANTITY | NEUTRAL or names_formula(word) for word in nouns) and DERIVATIVE_NOUNS.isdisjoint(nouns)


def recognise_plainly(
    request: Request, known: Distributions, about: bool, given: Set[Tree], before: Sequence[Task]
) -> list[Task]:
    """The tasks of a request; where it is not understood, without nouns that only call a formula something and such remarks.

    about: the text speaks of distributions. given: the names that have a number. before: the tasks that stand before it.
    """
    tasks = recognise(request, known, about)
    if not any(task.form == "unknown" for task in tasks):
        return tasks
    if _calls_again(request, before[-1] if before else None) or _introduces(request):
        return []
    plain = without_labels(without_asides(request), given)
    found = tasks if plain is request else recognise(plain, known, about)
    return tasks if any(task.form == "unknown" for task in found) else found


def _introduces(request: Request) -> bool:
    """Whether words only name what the next request of the sentence asks, "the sensitivity, that is, the derivative of ..."."""
    said = f"{said_by(request.tokens)} "
    again = _SAID_AGAIN.match(f"{said}the ")
    return again is not None and again[0] == said and _only_names(again["name"])


def _calls_again(request: Request, before: Task | None) -> bool:
    """Whether a request only says in words what the formula directly before it is, "..., the Jacobian of the block"."""
    said = said_by(request.tokens)
    again = _AGAIN.fullmatch(said)
    if again is None or before is None or before.form != "derivative" or not _only_names(f"the {again['of']}"):
        return False
    asked = before.math("asked")
    first = len(asked) == 1 and look(asked[0]) == "derivatives" and len(trees(asked[0])) == 1 and "^2" not in asked[0].text
    source = request.span.source.text
    between = source[asked[-1].span.end : request.span.start] if asked else ""
    return first and _COMMA.fullmatch(between) is not None
