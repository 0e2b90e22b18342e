r"""Remarks beside what is asked that say it once more or limit nothing: "the score, i.e. the gradient of $\ell$ with respect to
$\theta$", "$\frac{\partial y}{\partial x}$, the Jacobian of the block", "without assuming that $w$ keeps its length".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.conjuncts import conjuncts, with_last_unit
from chainrule.sheets.described import Given, with_formulas_alone
from chainrule.sheets.forms import DERIVATIVE_NOUNS, NEUTRAL, QUANTITY, words
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.naming import names_formula
from chainrule.sheets.notation import look, statements, trees
from chainrule.sheets.noun_labels import without_labels
from chainrule.sheets.operative_words import DENYING, MAKING_OTHERS, is_descriptive
from chainrule.sheets.phrases import said_by
from chainrule.sheets.recognition import recognise
from chainrule.sheets.sheet import Math, Task
from chainrule.syntax.tree import Derivative, Relation, Subscript

_APPOSED = re.compile(r"(?<=\$) \( (?:i\.e\. |that is |, )*(?:the|an?|our|its|this) (?P<what>[a-z' -]+) \)(?= |$)")
"""What a formula is, said in words behind it: "$s$ (the vector that the network outputs)"."""
_CHANGING = re.compile(
    r"\b(?:mean|average|sum|total|difference|product|ratio|maximum|minimum|max|min|half|twice|double|inverse|reciprocal|square[sd]?|root"
    r"|minus|plus|times|over|per|log(?:arithm)?|negative|absolute|no[tn]?|never|without|only|if|when|where|given|for|at|under"
    r"|assuming|respect|fixed|held|constant|first|second|third|last|other|instead|unlike|except|but|norm|length|rows?|columns?"
    r"|transposed?|entr(?:y|ies)|bits|nats|gradient|derivative|partial|entropy|divergence|information|perplexity|loss)\b"
)
_OCCURRING = (
    r"(?:occurs?|appears?|enters?|shows? up|(?:is|are) (?:used|shared|reused|tied|involved|needed)|contributes?|depends?|feeds?"
    r"|acts?|influences?|affects?|comes? in|plays?)\b[a-z$ ,'-]*"
)
_SUBJECT = r"(?:[a-z'-]+ ){0,4}?(?:\$ (?:(?:,|and|&) \$ )*)?"
_NOTED = re.compile(
    r"(?: [(,;:–—-])+ (?:(?:please|but|and|be|keep|bear|take|in) )*(?:note|noting|remember|remembering|recall|recalling|observe"
    r"|observing|notice|noticing|careful|mind|care|beware|hint|caution)(?: [:,]| that| here| again)* "
    rf"{_SUBJECT}{_OCCURRING}(?: \))?$| \( (?:as )?{_SUBJECT}{_OCCURRING} \)$"
)
"""How often, and where, something stands in the formulas: "(note that $W$ occurs twice)". They say so themselves."""
_SIZES = re.compile(r"\s*-?(?:\\times|\\cdot|×|x|\*|by)-?\s*")
_SIZE = r"(?:\d+|[a-zA-Z])"
_SHAPE = re.compile(
    rf"(?:^|\b(?:the|its|full|whole|an?) )(?P<shape>\$?{_SIZE}(?: ?(?:\\times|×|x) ?| ?-?by-? ?){_SIZE}\$? )"
    r"(?:[a-z]+ )?(?:matri(?:x|ces)|jacobians?|hessians?|gradients?|derivatives?|arrays?|vectors?|row|column)(?![\w-])"
)
_SAID_BY = re.compile(
    r"(?:^| )(?:[,;:(–—-] )?(?:i\.e\.?|that is|that is to say|namely|in other words|in symbols|in formulas?)"
    r"(?: [,:]| the| to compute)*(?P<formulas>(?: (?:and |, )*\$)+)(?: \))?$"
)
_OF_DERIVATIVES = DERIVATIVE_NOUNS | words("partial respect wrt how what which so at per slope")
_SAID_AGAIN = re.compile(
    r"(?P<name>(?:the|its|this|a|an) [a-z' -]+?)(?: ,)? (?:i\.e\.?|that is|namely|in other words)(?: ,)? (?=the )"
)
_ENTRIES = re.compile(
    r"(?<=\$)(?: ,)? \(? ?(?:i\.e\.?|that is|that means|namely|in other words)(?: ,)? (?:the|an?) (?:\w+ )?"
    r"(?:matrix|vector|array|list|collection|table) (?:of|containing|with|holding|whose|that contains)"
    r"(?: (?:all|the|its|partial|derivatives|entries|are|every|each))* \$(?: \))?$"
)
"""The entries that a derivative is made of, "that is, the matrix of all $\\partial E / \\partial w_{kj}$"."""
_WHICH = re.compile(
    r"(?<=\$) , which (?:(?:is|equals|should be|should equal|must be|turns out to be|reduces to|simplifies to|comes to)"
    r"(?: (?:just|simply|also|indeed|of course))?) (?:\$|(?P<what>(?:the|an?|our|its) [a-z' -]+?)(?: \$)?)$"
)
"""What a formula is, behind it: "$\\partial p / \\partial z$, which is $\\mathrm{diag}(p) - p p^\\top$"."""
_ASSUMING = re.compile(r"(?: ,)? without assuming (?:that |the )?(?P<what>[a-z$' -]+)$")
_ARTICLES = frozenset(("the", "a", "an", "our", "its", "of", "this"))
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
    for match in reversed([each for each in _APPOSED.finditer(said) if not _CHANGING.search(each["what"])]):
        first = said[: match.start()].count(" ") + 1
        request = replace(request, tokens=trimmed(request.tokens[:first] + request.tokens[first + match[0].count(" ") :]))
    said = said_by(request.tokens)
    entries = _ENTRIES.search(said)
    if entries is not None and _are_entries(request):
        request = replace(request, tokens=trimmed(request.tokens[: len(said[: entries.start()].split())]))
        said = said_by(request.tokens)
    noted = _NOTED.search(said)
    if noted is not None and _only_notes(request, noted):
        request = replace(request, tokens=trimmed(request.tokens[: len(said[: noted.start()].split())]))
    request = _as_formulas_say(request)
    said = said_by(request.tokens)
    which = _WHICH.search(said)
    if which is not None and all(word in _ARTICLES or is_descriptive(word) for word in (which["what"] or "").split()):
        request = replace(request, tokens=trimmed(request.tokens[: len(said[: which.start()].split())]))
        said = said_by(request.tokens)
    assumed = _ASSUMING.search(said)
    if assumed is not None and not _FACTS.search(assumed["what"]):
        request = replace(request, tokens=trimmed(request.tokens[: len(said[: assumed.start()].split())]))
    return request


def _only_notes(request: Request, noted: re.Match[str]) -> bool:
    """Whether a remark denies and gives nothing."""
    formulas = [t for t in request.tokens[len(noted.string[: noted.start()].split()) :] if isinstance(t, Math)]
    return DENYING.isdisjoint(noted[0].split()) and not any(look(math) == "definition" for math in formulas)


def _as_formulas_say(request: Request) -> Request:
    """The request for the formulas alone that end it and say all of it, "the output at test time, i.e. $u = w^T h$"."""
    said = said_by(request.tokens)
    found = _SAID_BY.search(said)
    if found is None or not found.start():
        return request
    count = found["formulas"].count("$")
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    before, asked = formulas[:-count], formulas[-count:]
    words_before = said[: found.start()].split()
    several = sum(
        any(word in QUANTITY | DERIVATIVE_NOUNS for word in part.split()) for part in " ".join(words_before).split(" and ")
    )
    if before or several > 1 or any(math.illustration for math in asked):
        return request
    defined = all(look(math) == "definition" and _computes(math) for math in asked)
    derived = all(look(math) == "derivatives" for math in asked) and MAKING_OTHERS.isdisjoint(
        set(words_before) - _OF_DERIVATIVES
    )
    if not defined and not derived:
        return request
    return replace(request, verb="compute", tokens=tuple(request.tokens[-count - found[0].endswith(")") :][:count]))


def _computes(math: Math) -> bool:
    """Whether a formula says how one name is computed from others."""
    found = statements(math)
    sides = found[0].sides if len(found) == 1 and isinstance(found[0], Relation) else ()
    return len(sides) == 2 and could_be_name(sides[0]) and not (is_literal(sides[1]) or could_be_name(sides[1]))


def _are_entries(request: Request) -> bool:
    """Whether the last formula is an entry of the derivative that the one before it is."""
    maths = [token for token in request.tokens if isinstance(token, Math)][-2:]
    found = [tree for math in maths for tree in trees(math)]
    if len(maths) != 2 or len(found) != 2:
        return False
    whole, entry = found
    if not isinstance(whole, Derivative) or not isinstance(entry, Derivative) or len(whole.by) != 1 or len(entry.by) != 1:
        return False
    return whole.of == entry.of and isinstance(entry.by[0], Subscript) and key(entry.by[0].base) == key(whole.by[0])


def _only_names(phrase: str) -> bool:
    """Whether words name something and nothing that is asked for by them alone."""
    nouns = phrase.split()[1:]
    return all(word in QUANTITY | NEUTRAL or names_formula(word) for word in nouns) and DERIVATIVE_NOUNS.isdisjoint(nouns)


_STEPS = re.compile(r"\b(?:steps?|updates?|updated|descent|iterations?|epochs?|train|move)\b", re.IGNORECASE)
"""Behind a request with one of these that is not read, "new" may be what it makes."""


def recognise_plainly(request: Request, known: Distributions, about: bool, names: Given, before: Sequence[Task]) -> list[Task]:
    """The tasks of a request; where it is not understood, without nouns that only call a formula something and such remarks.

    about: the text speaks of distributions. before: the tasks that stand before it.
    """
    request, shape = _without_shape(request)
    return [replace(task, shaped=shape) for task in _recognise_plainly(request, known, about, names, before)]


def _without_shape(request: Request) -> tuple[Request, tuple[int, ...]]:
    """The request without the shape before a noun, "the $3 \\times 3$ Jacobian", and that shape."""
    said = " ".join(f"${token.text}$".replace(" ", "") if isinstance(token, Math) else token.text for token in request.tokens)
    found = _SHAPE.search(said)
    if found is None:
        return request, ()
    first = said[: found.start("shape")].count(" ")
    tokens = (*request.tokens[:first], *request.tokens[first + found["shape"].count(" ") :])
    sizes = _SIZES.split(found["shape"].strip(" $"))
    return replace(request, tokens=tokens), tuple(map(int, sizes)) if all(size.isdigit() for size in sizes) else ()


def _recognise_plainly(request: Request, known: Distributions, about: bool, names: Given, before: Sequence[Task]) -> list[Task]:
    tasks = recognise(request, known, about)
    if not any(task.form == "unknown" for task in tasks):
        return tasks
    if _calls_again(request, before[-1] if before else None) or _introduces(request):
        return []
    afresh = not any(task.form in ("descent", "repeat") for task in before)
    afresh = afresh and not any(task.form == "unknown" and _STEPS.search(task.text) for task in before)
    plain = without_labels(without_asides(request), names, afresh=afresh)
    for other in (None if plain is request else plain, with_formulas_alone(request, names.computed, afresh=afresh)):
        found = [] if other is None else recognise(other, known, about)
        if found and not any(task.form == "unknown" for task in found):
            return found
    apart = [_recognise_plainly(each, known, about, names, before) for each in conjuncts(request)]
    found = with_last_unit([task for each in apart for task in each])
    return found if all(apart) and found and not any(task.form == "unknown" for task in found) else tasks


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
