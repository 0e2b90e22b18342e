"""Quantities asked for by what they mean for codes: "How many bits are needed on average to encode a draw from $P$?"."""

from collections.abc import Sequence

from chainrule.inference.symbols import key
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import NEUTRAL, words
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.mismatched_codes import Code, asked_of_code, means_code
from chainrule.sheets.information.nouns import NOUNS
from chainrule.sheets.information.outcome_words import LEADS, outcome_at
from chainrule.sheets.information.reading import QUOTES
from chainrule.sheets.notation import trees
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
_EXTRA = words("extra additional wasted waste more penalty overhead")
_CODING = words("encode code encoding coding compress transmit describe represent store send codeword codewords")
_MADE = words("optimal optimized optimised designed built made optimum ideal")
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
        " be must have to pay"
    )
)


def recognise_coding(request: Request, known: Distributions) -> list[Task]:
    """The task of such a question, where every word of it is known; none for any other."""
    code = known.code if known.code is not None and known.code.end <= request.span.start else None
    if code is not None and (means_code(request) or _asks_of_code(request)):
        return _of_code(request, known, code)
    if request.verb != "how":
        return []
    tokens = request.tokens
    if (outcome := _of_outcome(request, known)) is not None:
        return [outcome]
    if found := _on_average(request, known):
        return found
    said = [piece.text for piece in pieces_of(tokens) if piece.math is None]
    if said[:1] != ["many"] or not _UNITS.keys() & set(said[1:3]) or not _KNOWN.issuperset(said):
        return []
    found = _meaning(tokens, set(said))
    if found is None or (_coder(tokens) is not None and _is_of_another(found, known)):
        return []
    name, of = found
    if name == "entropy" and not of and _is_average(said):
        of = _of_the_only_one(request, known)
        if not of:
            return []
    unit = next(_UNITS[word] for word in said if word in _UNITS)
    roles = tuple(Role("asked", math) for math in of)
    return [Task("information", request.place.part, request.span, request.text, roles, quantity=name, unit=unit)]


def _is_average(said: Sequence[str]) -> bool:
    """Whether a length on average is asked for, which for a single outcome may be another one."""
    return not {"average", "expected", "per"}.isdisjoint(said)


def _of_the_only_one(request: Request, known: Distributions) -> list[Math]:
    """The only distribution there is, where the nouns of the request can mean it, and one draw of it."""
    single = list(known.single())
    nouns = [piece.text for piece in pieces_of(request.tokens) if piece.text in NOUNS - {"information", "bits"}]
    return single if single and known.fits(single[0], nouns) and not known.is_repeated(single[0]) else []


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
    for at in range(len(pieces) - 1, 0, -1):
        if pieces[at].text in _EVENTS and pieces[at - 1].text in ("this", "that") and (label := known.told()):
            notation = known.outcome(label)
            return (notation, at, at + 1) if notation else None
        if found := outcome_at(pieces, at, known):
            return found[0], at, at + found[1]
    return None


def _meaning(tokens: Tokens, said: set[str]) -> tuple[str, list[Math]] | None:
    names = list({t.text: t for t in tokens if isinstance(t, Math) and not t.illustration}.values())
    if said & _LEARNT and "about" in said:
        return ("mutual_information", names) if len(names) == 2 else None
    if not said & _CODING:
        return None
    coder = _coder(tokens)
    if coder is None:
        return ("entropy", names) if len(names) < 2 and not said & (_EXTRA | _MADE | {"using", "used"}) else None
    others = [math for math in names if math.text != coder.text]
    if not others and not said & _EXTRA:
        return "entropy", [coder]
    return ("kl" if said & _EXTRA else "cross_entropy", [others[0], coder]) if len(others) == 1 else None


def _is_of_another(found: tuple[str, list[Math]], known: Distributions) -> bool:
    """Whether what is coded may be another distribution than the one that the code is made for, "a code designed for $q$"."""
    name, of = found
    others = [
        each for each in known.known if each.defined and [each.name] != [key(tree) for math in of for tree in trees(math)]
    ]
    return name == "entropy" and len(of) == 1 and bool(others)


def _coder(tokens: Tokens) -> Math | None:
    """Q of "a code that is optimal for Q", "the code built for Q"."""
    made = False
    for token in tokens:
        if isinstance(token, Math):
            if made:
                return token
        else:
            made = token.text in _MADE or (made and token.text in ("for", "on", "the", "distribution", "from", "code"))
    return None
