"""Quantities asked for by what they mean for codes: "How many bits are needed on average to encode a draw from $P$?"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from chainrule.inference.symbols import key
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import FIND, NEUTRAL, words
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.mismatched_codes import OTHERWISE, Code, asked_of_code, means_code
from chainrule.sheets.information.nouns import EACH, NOUNS
from chainrule.sheets.information.outcome_words import LEADS, outcome_at
from chainrule.sheets.information.reading import QUOTES
from chainrule.sheets.information.spoken_events import ONLY_EVENT
from chainrule.sheets.information.standing import standing_of
from chainrule.sheets.notation import trees
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import Piece, mentions_quantity, pieces_of
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.sheets.units import units_in

_UNITS = {"bits": "bits", "nats": "nats"}
_EVENTS = words("outcome event result symbol letter message")
_SURPRISING = ["surprising"], ["surprised"], ["informative"], ["unexpected"]
_AROUND_OUTCOME = (
    NEUTRAL
    | _EVENTS
    | LEADS
    | words(
        "many much surprising bits nats of information shannon are is in does do we get gain gained learn learned learnt obtain"
        " obtained receive received carry carries contain contains contained convey conveys conveyed give gives"
        " provide provides when by from observing"
        " seeing learning observed seen about it one occurs knowing hearing see surprise surprisal"
        " if hear told tells told find out"
        " , to would i should that rolls comes up base or tell be being someone know has had to"
    )
)
_AROUND_AVERAGE = _AROUND_OUTCOME | NOUNS | words("many much entropy average on per have has does single of , ? in")
_MEANS = words("average expected expectation")
_CARRIED = re.compile(
    r"many [a-z]+(?: of information)?(?: on average)? (?:does|do|would|will) (?:one|an?|each|every|a single)"
    r" (?P<noun>[a-z' -]+?)"
    r"(?: on average)? (?:carry|convey|contain|hold|provide|give|transmit|bring|deliver|tell)(?: us| you)?(?: on average)?"
)
""" "How many bits does one report carry on average"."""
_EXTRA = words("extra additional wasted waste more penalty overhead lost lose loses excess")
_CODING = words("encode code encoding coding compress transmit describe represent store send codeword codewords")
_MADE = words("optimal optimized optimised designed built made optimum ideal tuned matched adapted best perfect constructed")
_IDEAL = words("optimal optimum ideal best perfect optimally")
_LEAST = words("shortest minimal minimum least smallest lowest fewest")
_LENGTHS = words("length lengths")
_AGAINST = words("compared comparison instead relative versus over than")
"""Before a code these say that it is the better one, made for what is coded."""
_CODES = words("code codes encoder coder encoding coding scheme compressor codebook")
_FOR = words("for to on")
_BESIDE = words("that which is was are were has been have being , one")
_POSSESSIVES = words("the a an this that his her their our your its my such")
_PLAIN = words("distribution distributions probabilities frequencies source belief beliefs")
_ENDS = words(
    "to when if instead per on , ? . and need needs needed require requires required use uses used using do does is are was"
    " were cost costs take takes spend spends while in would will must compared relative than lose waste wasted lost"
)
_LEARNT = words("tell tells reveal reveals give gives provide provides carry carries contain contains")
_KNOWN = (
    NEUTRAL
    | NOUNS
    | _EXTRA
    | _CODING
    | _MADE
    | _LEARNT
    | words(
        "letters character an many bits nats do does we need needed necessary required on average expected minimum minimal"
        " least at per symbol symbols draw draws drawn outcome from using with if when used use instead it for of in"
        " information about uses an optimally message messages best possible scheme observing knowing cost costs would will"
        " be must have to pay one shortest smallest lowest fewest length lengths compared comparison instead relative than over"
        " requires require takes take spend spent lost lose loses optimally possible code's mean by"
    )
    | _CODES
    | _LEAST
)


def recognise_coding(request: Request, known: Distributions) -> list[Task]:
    """The task of such a question, where every word of it is known; none for any other."""
    code = known.code if known.code is not None and known.code.end <= request.span.start else None
    if code is not None and (means_code(request) or _asks_of_code(request)):
        return _of_code(request, known, code)
    if request.verb != "how":
        return _of_length(request, known)
    if (outcome := _of_outcome(request, known)) is not None:
        return [outcome]
    if found := _on_average(request, known):
        return found
    said = [piece.text for piece in pieces_of(request.tokens) if piece.math is None]
    if said[:1] != ["many"] or not _UNITS.keys() & set(said[1:3]):
        return []
    return _of_coding(request, known)


def _of_coding(request: Request, known: Distributions) -> list[Task]:
    """The task of a question about a code or about what one variable tells of another; none where a word may change it."""
    found = _meaning(request, known)
    said = [piece.text for piece in pieces_of(request.tokens)]
    if found is None:
        return []
    units = units_in(pieces_of(request.tokens)) or tuple(_UNITS[word] for word in said[:4] if word in _UNITS)
    roles = tuple(Role("asked", math) for math in found[1])
    unit = units[0] if units else None
    return [Task("information", request.place.part, request.span, request.text, roles, quantity=found[0], unit=unit)]


def _of_length(request: Request, known: Distributions) -> list[Task]:
    """ "What is the shortest possible average code length?"."""
    said = {piece.text for piece in pieces_of(request.tokens)}
    asks = request.verb in FIND and not said.isdisjoint(_LENGTHS) and not said.isdisjoint(_MADE | _LEAST)
    return _of_coding(request, known) if asks and not mentions_quantity(request.tokens) else []


def _asks_of_code(request: Request) -> bool:
    """Whether a request that names no distribution asks for a length, or for what is lost."""
    said = {token.text for token in request.tokens if isinstance(token, Word)}
    named = any(isinstance(token, Math) for token in request.tokens) or mentions_quantity(request.tokens)
    many = request.verb == "how" and not said.isdisjoint(_UNITS)
    return not named and (bool(said & {"length", "lengths"}) or (many and bool(said & _EXTRA)))


def _of_code(request: Request, known: Distributions, code: Code) -> list[Task]:
    """The task of a question about a code that the text speaks of; none where it does not tell for what it is made."""
    others = [each.math for each in known.known if each.defined and each.name != code.made_for]
    standings = {each.standing for each in known.known if each.name == code.made_for}
    turned = "true" in standings or any(known.called(math) == "estimated" for math in others)
    found = asked_of_code(request, code, others[0]) if len(others) == 1 and not turned else None
    if found is None:
        return []
    name, of = found
    units = units_in(pieces_of(request.tokens)) or tuple(
        _UNITS[token.text] for token in request.tokens if isinstance(token, Word) and token.text in _UNITS
    )
    roles = tuple(Role("asked", math) for math in of)
    unit = units[0] if units else None
    return [Task("information", request.place.part, request.span, request.text, roles, quantity=name, unit=unit)]


def _on_average(request: Request, known: Distributions) -> list[Task]:
    """ "How many bits of entropy does the source have?", "How much information does a symbol carry on average, in bits?"."""
    pieces = pieces_of(request.tokens)
    said = [piece.text for piece in pieces if piece.math is None]
    carried = _CARRIED.fullmatch(" ".join(said))
    if carried is not None and _is_of_one(request, carried, known):
        said = ["many", said[1], "entropy"]
    meant = "entropy" in said or ("information" in said and "average" in said)
    units = units_in(pieces) or tuple(_UNITS[word] for word in said[1:2] if word in _UNITS)
    of = [piece.math for piece in pieces if piece.math is not None] or list(known.single())
    asking = said[:1] in (["many"], ["much"]) and _AROUND_AVERAGE.issuperset(said)
    if not (asking and meant) or len(units) > 1 or len(of) != 1:
        return []
    nouns = [word for word in said if word in NOUNS - {"information", "bits"}]
    if not known.fits(of[0], nouns) and not known.is_named(of[0]):
        return []
    role, unit = Role("asked", of[0]), units[0] if units else None
    return [Task("information", request.place.part, request.span, request.text, (role,), quantity="entropy", unit=unit)]


def _is_of_one(request: Request, carried: re.Match[str], known: Distributions) -> bool:
    """Whether "one report" is any outcome of the only distribution, and the average is meant."""
    before = [token.text for token in request.before if isinstance(token, Word)]
    average = not _MEANS.isdisjoint((*before, *carried.group().split()))
    nouns = [word for word in carried["noun"].split() if word not in ("of", "the")]
    plain = all((is_descriptive(word) or known.was_said(word)) and not known.outcome(word) for word in nouns)
    single = known.single()
    return average and plain and bool(single) and not known.is_repeated(single[0])


def _of_outcome(request: Request, known: Distributions) -> Task | None:
    """ "How many bits of information are in the outcome 3?", "How surprising is snow?"."""
    pieces = pieces_of(request.tokens)
    said = [piece.text for piece in pieces]
    units = units_in(pieces) or tuple(_UNITS[word] for word in said[1:2] if word in _UNITS)
    asking = (said[:1] in (["many"], ["much"]) and ("information" in said or units)) or said[:1] in _SURPRISING
    found = _outcome_in(pieces, known) if asking and len(units) < 2 else None
    if found is None:
        return None
    notation, at, end = found
    beside = [word for word in (*said[1:at], *said[end:]) if word not in QUOTES]
    if not _AROUND_OUTCOME.issuperset(beside) or (known.single() and known.is_repeated(known.single()[0])):
        return None
    span = request.tokens[pieces[min(at, len(pieces) - 1)].index].span
    role, unit = Role("asked", Math(span, request.place, False, name=notation)), units[0] if units else None
    return Task("information", request.place.part, request.span, request.text, (role,), quantity="surprisal", unit=unit)


def _outcome_in(pieces: Sequence[Piece], known: Distributions) -> tuple[str, int, int] | None:
    """The probability of the outcome that is spoken of last, and where its words begin and end: "this outcome", "a six"."""
    only = known.outcome(ONLY_EVENT) if not known.all() else ""
    for at in range(len(pieces) - 1, 0, -1):
        pointing = pieces[at].text in _EVENTS and pieces[at - 1].text in ("this", "that", "the", "such", "an")
        if only and (pointing or pieces[at].text == "it"):
            return only, at, at + 1
        if pieces[at].text in _EVENTS and pieces[at - 1].text in ("this", "that") and (label := known.told()):
            notation = known.outcome(label)
            return (notation, at, at + 1) if notation else None
        if found := outcome_at(pieces, at, known):
            return found[0], at, at + found[1]
    return None


def _meaning(request: Request, known: Distributions) -> tuple[str, list[Math]] | None:
    """The quantity and its distributions; None where a word is not known, or it is not told of which."""
    tokens = request.tokens
    pieces = pieces_of(tokens)
    said = [piece.text for piece in pieces if piece.math is None]
    names = list({t.text: t for t in tokens if isinstance(t, Math) and not t.illustration}.values())
    known_words = _KNOWN.issuperset(said)
    if known_words and not _LEARNT.isdisjoint(said) and "about" in said:
        return ("mutual_information", names) if len(names) == 2 else None
    extra, made, ideal = (not words_of.isdisjoint(said) for words_of in (_EXTRA, _MADE, _LEAST | _IDEAL))
    if _CODING.isdisjoint(said) and not extra:
        return None
    made_for, first, end = _made_for(pieces, known)
    scene = [word for word in (*said[:first], *said[end:]) if word not in _KNOWN]
    if made_for is None or not all(_is_of_scene(word, known) for word in scene):
        return None
    others = [math for math in names if math not in made_for]
    if not made_for:
        if extra or len(names) > 1 or (made and not ideal) or not {"using", "used"}.isdisjoint(said):
            return None
        single = names or _of_the_only_one(request, known, scene) if _is_average(said) or names or scene else names
        return ("entropy", list(single)) if single or not (_is_average(said) or made or scene) else None
    (coder,) = made_for
    defined = [each.math for each in known.known if each.defined and [each.name] != [key(tree) for tree in trees(coder)]]
    best = not _AGAINST.isdisjoint(said[:first]) and extra
    if not others and len(defined) == 1 and (extra or known.called(coder) == "estimated" or known.called(defined[0]) == "true"):
        others = defined
    elif not others and not extra and (not defined or (ideal and _is_source(coder, defined, known))):
        return "entropy", [coder]
    if len(others) != 1 or (_is_source(coder, others, known) and not best) or (best and known.called(coder) == "estimated"):
        return None
    return "kl" if extra else "cross_entropy", [coder, others[0]] if best else [others[0], coder]


def _is_source(math: Math, others: Sequence[Math], known: Distributions) -> bool:
    """Whether words call this one what is coded, and none of the others."""
    emits = [each.math for each in known.known if each.defined and "source" in each.said]
    wrong = known.code.made_for if known.code is not None else None
    models = [other for other in others if known.called(other) == "estimated" or key(trees(other)[0]) == wrong]
    estimated = bool(others) and len(models) == len(others)
    named = [key(tree) for tree in trees(math)]
    source = len(emits) == 1 and [key(tree) for tree in trees(emits[0])] == named
    return known.called(math) in ("true", "") and (known.called(math) == "true" or estimated or source)


def _is_average(said: Sequence[str]) -> bool:
    """Whether a length on average is asked for, which for a single outcome may be another one."""
    return not {"average", "expected", "per", "mean"}.isdisjoint(said)


def _of_the_only_one(request: Request, known: Distributions, scene: Sequence[str]) -> Sequence[Math]:
    """The only distribution there is, or the true one, where the nouns of the request can mean it, and one draw of it."""
    others = {math: [other for other in known.all() if other != math] for math in known.all()}
    single = known.single() or tuple(math for math, rest in others.items() if _is_source(math, rest, known))
    said = [piece.text for piece in pieces_of(request.tokens)]
    own = NOUNS - {"information", "bits", "code", "codes"}
    nouns = [word for before, word in pairwise(said) if word in own and before != "per"]
    whole = len(single) == 1 and known.fits(single[0], [*nouns, *scene]) and not known.is_repeated(single[0])
    return single if whole and not known.more else ()


def _is_of_scene(word: str, known: Distributions) -> bool:
    """Whether a word is the text's own and can only say what is coded."""
    return word in EACH or (word not in OTHERWISE and is_descriptive(word) and known.was_said(word))


def _made_for(pieces: Sequence[Piece], known: Distributions) -> tuple[list[Math] | None, int, int]:
    """What a code is made for, [] where nothing says it and None where that is not known; where this stands."""
    for at, piece in enumerate(pieces):
        if piece.text not in _CODES:
            continue
        here = at + 1
        while here < len(pieces) and pieces[here].text in _MADE | _BESIDE:
            here += 1
        if here >= len(pieces) or pieces[here].text not in _FOR or (here == at + 1 and pieces[here].text == "on"):
            continue
        start = here = here + 1
        while here < len(pieces) and pieces[here].math is None and pieces[here].text not in _ENDS:
            here += 1
        if here < len(pieces) and (math := pieces[here].math) is not None:
            plain = all(each.text in NEUTRAL | NOUNS | _POSSESSIVES for each in pieces[start:here])
            return ([math] if plain else None), at, here + 1
        found = _called([each.text for each in pieces[start:here]], known)
        return ([found] if found is not None else None), at, here
    return [], len(pieces), len(pieces)


def _called(phrase: Sequence[str], known: Distributions) -> Math | None:
    """The only distribution of which all nouns of a phrase were said, "the friend's belief"."""
    nouns = [word.removesuffix("'s").removesuffix("’s") for word in phrase if word not in _POSSESSIVES | NEUTRAL]
    nouns = [word for word in nouns if word not in _PLAIN] or nouns
    stems = [word[: max(4, len(word) - 3)] for word in nouns]
    found = [each for each in known.known if each.defined and all(any(w.startswith(s) for w in each.said) for s in stems)]
    if len(found) == 1 and stems:
        return found[0].math
    standing = known.standing(standing_of(nouns)) if standing_of(nouns) else None
    return standing if len(found) != 1 and standing is not None and known.fits(standing, nouns) else None
