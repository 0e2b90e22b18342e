"""Quantities asked for by what they mean for codes: "How many bits are needed on average to encode a draw from $P$?"."""

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import NEUTRAL, words
from chainrule.sheets.information_reading import NOUNS
from chainrule.sheets.quantity_words import pieces_of
from chainrule.sheets.sheet import Math, Role, Task

_UNITS = {"bits": "bits", "nats": "nats"}
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


def recognise_coding(request: Request) -> list[Task]:
    """The task of such a question, where every word of it is known; none for any other."""
    if request.verb != "how":
        return []
    tokens = request.tokens
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
