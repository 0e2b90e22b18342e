"""Quantities asked for by what they mean for codes: "How many bits are needed on average to encode a draw from $P$?"."""

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import NEUTRAL, words
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.nouns import NOUNS
from chainrule.sheets.information.reading import QUOTES
from chainrule.sheets.quantity_words import pieces_of
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.sheets.units import units_in

_UNITS = {"bits": "bits", "nats": "nats"}
_EVENTS = words("outcome event result symbol letter message")
_AROUND_OUTCOME = (
    NEUTRAL
    | _EVENTS
    | words(
        "many much surprising bits nats of information shannon are is in does do we get gain gained learn learned learnt obtain"
        " obtained receive received carry carries contain contains contained convey conveys conveyed give gives"
        " provide provides when by from observing"
        " seeing learning observed seen about it one occurs knowing hearing"
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
    if found is None:
        return []
    name, of = found
    unit = next(_UNITS[word] for word in said if word in _UNITS)
    roles = tuple(Role("asked", math) for math in of)
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
    """ "How many bits of information are in the outcome 3?", "How many bits do we learn from the outcome rain?"."""
    pieces = pieces_of(request.tokens)
    said = [piece.text for piece in pieces]
    at = next((i for i, word in enumerate(said) if word in _EVENTS), None)
    units = units_in(pieces) or tuple(_UNITS[word] for word in said[1:2] if word in _UNITS)
    if said[:1] not in (["many"], ["much"], ["surprising"]) or len(units) != 1 or at is None:
        return None
    if said[at - 1] in ("this", "that"):
        label, end = known.told(), at + 1
    else:
        first = at + 1 + (said[at + 1 : at + 2] != [] and said[at + 1] in QUOTES)
        last = first + (said[first : first + 1] in (["no"], ["not"]))
        math = pieces[last].math if last < len(pieces) else None
        label = math.text if math is not None else " ".join(said[first : last + 1])
        end = last + 1
    beside = [word for word in (*said[1:at], *said[end:]) if word not in QUOTES]
    notation = known.outcome(label) if label else ""
    if not notation or not _AROUND_OUTCOME.issuperset(beside):
        return None
    span = request.tokens[pieces[at].index].span
    role = Role("asked", Math(span, request.place, False, name=notation))
    return Task("information", request.place.part, request.span, request.text, (role,), quantity="surprisal", unit=units[0])


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
