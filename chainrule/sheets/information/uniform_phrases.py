"""Uniform distributions in words: "uniform over 8 outcomes", "between 0 and 2", "64 equally likely symbols"."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import Phrase, number_at
from chainrule.sheets.information.listing import LARGEST, listed, members
from chainrule.sheets.information.uniform_draws import count_drawn_from
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket

_COUNTED = words("outcomes classes categories symbols labels values elements states letters sides words tokens events messages")
_MEASURES = words(
    "seconds minutes hours days weeks years metres meters kilometres kilometers miles inches degrees units dimensions percents"
    " bits bytes nats trials tosses flips throws rolls draws games rounds times pairs axes intervals decades"
)
"""Plurals that say how long an interval is, or of several draws."""
_ADJECTIVES = words("possible different distinct equal discrete")
_SAME = words("same these those three two four")
_COUNTS = {word: k for k, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)}
_KINDS = words("discrete continuous")
_NOUNS = words("distribution distributed probability random variable density law")
_OVER = words("over on across in between from")
_AMONG = words("over on across")
_BESIDE = words("from to and between of with against than relative for")
_WHOLE = words("outcomes classes symbols categories labels states letters sides support alphabet")
_BEFORE_A_SET = words("the all its their set of outcomes classes integers interval numbers values")
_EVENLY = (
    ("uniformly",), ("uniformly", "at", "random"), ("with", "equal", "probability"), ("with", "equal", "probabilities"),
    ("with", "the", "same", "probability"), ("equally", "often"), ("are", "equally", "likely"), ("equally", "likely"),
    ("are", "all", "equally", "likely"), ("with", "uniform", "probability"), ("is", "equally", "likely"),
    ("occur", "with", "equal", "probability"), ("occur", "equally", "often"), ("each", "with", "the", "same", "probability"),
    ("each", "with", "equal", "probability"), (",", "all", "equally", "likely"), (",", "each", "with", "equal", "probability"),
)  # fmt: skip
_EVENLY_BEGINS = frozenset(said[0] for said in _EVENLY)


def find_uniform(pieces: Sequence[Piece], start: int, outcomes: Sequence[str], *, asks: bool = False) -> Phrase | None:
    """The uniform distribution that the words from here on describe.

    outcomes: those of the problem so far. asks: the sentence asks for a quantity, "the divergence from $P$ to the uniform
    distribution".
    """
    found = _said_uniform(pieces, start, outcomes, asks) or _evenly(pieces, start) or _equally_likely(pieces, start, outcomes)
    drawn = count_drawn_from(pieces, start) if found is None else None
    return found if drawn is None else _of_count(start, drawn[1], drawn[0], ())


def _said_uniform(pieces: Sequence[Piece], start: int, outcomes: Sequence[str], asks: bool) -> Phrase | None:
    """ "uniform over 8 outcomes", "continuous uniform random variable on $[1, 3]$", "uniformly distributed between 0 and 2",
    "the uniform $u$ on three symbols".
    """
    index = start
    while _text(pieces, index) in _KINDS:
        index += 1
    kind = _text(pieces, index - 1) if index > start else ""
    said = _text(pieces, index)
    if said not in ("uniform", "uniformly") or (
        said == "uniformly" and _text(pieces, index + 1) not in ("distributed", "drawn")
    ):
        return None
    index += 1 + (said == "uniformly")
    named = said == "uniformly"
    while _text(pieces, index) in _NOUNS:
        named, index = True, index + 1
    if said == "uniform" and _is_named(pieces, index) and (named or _text(pieces, start - 1) == "the"):
        behind = _text(pieces, index + 1) in _AMONG
        found = _over(pieces, start, index + 2, outcomes, kind) if behind else _listed(start, index + 1, outcomes, sure=True)
        unread = Phrase(start, index + 2, "", "uniform distribution", unread=_text(pieces, index + 1), sure=True)
        return replace(found or unread, inside=index) if behind or outcomes else None
    compared = asks and _text(pieces, index) == "from" and _is_named(pieces, index + 1)
    if _text(pieces, index) in _OVER and not compared:
        found = _interval(pieces, start, index, kind) or _over(pieces, start, index + 1, outcomes, kind)
        if found is not None or _text(pieces, index) in _AMONG:
            return found
    alone = asks and named and _text(pieces, start - 1) in ("the", "a") and _text(pieces, start - 2) in _BESIDE
    return None if not (named and outcomes) else _listed(start, index, outcomes, sure=bool(kind) or alone)


def _is_named(pieces: Sequence[Piece], index: int) -> bool:
    math = pieces[index].math if index < len(pieces) else None
    found = statements(math) if math is not None else ()
    return len(found) == 1 and could_be_name(found[0])


def _interval(pieces: Sequence[Piece], start: int, index: int, kind: str) -> Phrase | None:
    """ "on $[0, 2]$", "between 0 and 2", "on the integers from 1 to 6"."""
    link, whole, index = _text(pieces, index), kind == "discrete", index + 1
    while _text(pieces, index) in _BEFORE_A_SET | {"from", "between"}:
        link = _text(pieces, index) if _text(pieces, index) in ("from", "between") else link
        whole = whole or _text(pieces, index) == "integers"
        index += 1
    ends = _bracket_ends(pieces, index) or _ends_in_words(pieces, index, link)
    if ends is None:
        return None
    low, high, end = ends
    name, what = ("DiscreteUniform", "discrete uniform") if whole else ("Uniform", "uniform")
    return Phrase(start, end, f"\\sim \\mathrm{{{name}}}(a = {low}, b = {high})", f"{what} distribution", sure=True)


def _bracket_ends(pieces: Sequence[Piece], index: int) -> tuple[str, str, int] | None:
    math = pieces[index].math if index < len(pieces) else None
    found = statements(math) if math is not None else ()
    match found:
        case (Bracket(kind="[" | "(", items=(low, high)),) if low.span and high.span:
            return low.span.text, high.span.text, index + 1
        case _:
            return None


def _ends_in_words(pieces: Sequence[Piece], index: int, link: str) -> tuple[str, str, int] | None:
    """ "0 and 2" behind "between", "0 to 2" behind "from"."""
    joint = {"between": "and", "from": "to"}.get(link)
    if joint is None:
        return None
    low = _number(pieces, index)
    if low is None or _text(pieces, index + low[1]) != joint:
        return None
    high = _number(pieces, index + low[1] + 1)
    return None if high is None else (low[0], high[0], index + low[1] + 1 + high[1])


def _number(pieces: Sequence[Piece], index: int) -> tuple[str, int] | None:
    math = pieces[index].math if 0 <= index < len(pieces) else None
    if math is None:
        return number_at(pieces, index)
    found = statements(math)
    return (math.text, 1) if len(found) == 1 and is_literal(found[0]) else None


def _over(pieces: Sequence[Piece], start: int, index: int, outcomes: Sequence[str], kind: str) -> Phrase | None:
    """ "over the outcomes", "over the same set", "over 8 outcomes", "on $\\{1, \\ldots, 6\\}$"."""
    first = index
    while _text(pieces, index) in _BEFORE_A_SET | _WHOLE:
        whole = _text(pieces, index) in _WHOLE and index > first
        if whole and not (index + 1 < len(pieces) and (pieces[index + 1].math or pieces[index + 1].text[:1].isdigit())):
            return _listed(start, index + 1, outcomes, sure=True) if outcomes else None
        index += 1
    if index >= len(pieces) or kind == "continuous":
        return None
    if (math := pieces[index].math) is not None:
        if not _is_set(math) or any(map(could_be_name, statements(math))):
            return _over_named(pieces, start, index, math)
        labels = members(math)
        return _listed(start, index + 1, labels, sure=True) if labels else None
    return _counted(pieces, start, index, outcomes)


def _over_named(pieces: Sequence[Piece], start: int, index: int, math: Math) -> Phrase | None:
    """ "on $\\mathcal{X}$", a set that the text defines; "over $n$ outcomes" is none."""
    found = statements(math)
    if len(found) != 1 or not could_be_name(found[0]) or _text(pieces, index + 1) in _COUNTED:
        return None
    return Phrase(start, index + 1, f"\\sim \\mathrm{{Uniform}}({math.text})", "uniform distribution", sure=True)


def _is_set(math: Math) -> bool:
    return "{" in math.text


def _counted(pieces: Sequence[Piece], start: int, index: int, outcomes: Sequence[str]) -> Phrase | None:
    """ "the same outcomes", "8 outcomes", "four classes"."""
    text, after = _text(pieces, index), [_text(pieces, index + 1), _text(pieces, index + 2)]
    if text in _SAME and outcomes:
        length = next((k for k, word in enumerate(after) if word in _COUNTED | {"set", "support"}), None)
        own = _COUNTS.get(text) == len(outcomes) and after[0].isalpha() and after[1] in ("", ",", "in", ".", "?", ")")
        length = 0 if own and length is None else length
        if _COUNTS.get(text) in (None, len(outcomes)):
            return _listed(start, index + 1 + (0 if length is None else length + 1), outcomes, sure=True)
        return None
    noun = next((k for k, word in enumerate(after) if word in _COUNTED), None)
    things = int(after[0] in _ADJECTIVES)
    noun = things if noun is None and _are_things(after[things]) else noun
    count = _count(text)
    return None if noun is None or not count else _of_count(start, index + 2 + noun, count, outcomes)


def _are_things(word: str) -> bool:
    """Whether it is the plural of what can be counted one by one, "12 positions", and no measure, "12 metres"."""
    return len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in _MEASURES


def _count(text: str) -> int:
    count = _COUNTS.get(text) or (int(text) if text.isdecimal() and len(text) < 5 else 0)
    return count if 1 < count <= LARGEST else 0


def _of_count(start: int, end: int, count: int, outcomes: Sequence[str]) -> Phrase:
    """The outcomes of the text where it has as many, else nameless ones."""
    return _listed(start, end, outcomes if len(outcomes) == count else ("",) * count, sure=True)


def _evenly(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """ "(emits) $0, \\ldots, 255$ uniformly", "$1, \\ldots, 16$ with equal probability"."""
    math = pieces[start].math
    length = _evenly_said(pieces, start + 1) if math is not None else 0
    labels = members(math) if math is not None and length else []
    return _listed(start, start + 1 + length, labels, sure=True) if labels else None


def _evenly_said(pieces: Sequence[Piece], start: int) -> int:
    """How many words say "uniformly" here; 0 where none do."""
    if _text(pieces, start) not in _EVENLY_BEGINS:
        return 0
    return max((len(said) for said in _EVENLY if _texts(pieces, start, len(said)) == said), default=0)


def _equally_likely(pieces: Sequence[Piece], start: int, outcomes: Sequence[str]) -> Phrase | None:
    """ "64 equally likely symbols", "one of 8 equally probable messages", "8 symbols with equal probability"."""
    count = _count(_text(pieces, start))
    if not count:
        return None
    if _text(pieces, start + 1) == "equally" and _text(pieces, start + 2) in ("likely", "probable"):
        return _of_count(start, start + 4, count, outcomes) if _text(pieces, start + 3) in _COUNTED else None
    length = _evenly_said(pieces, start + 2) if _text(pieces, start + 1) in _COUNTED else 0
    return _of_count(start, start + 2 + length, count, outcomes) if length else None


def _listed(start: int, end: int, labels: Sequence[str], sure: bool) -> Phrase:
    body = listed(labels, [f"1/{len(labels)}"] * len(labels))
    shown = [*labels[:2], "...", labels[-1]] if len(labels) > 8 else labels
    over = ", ".join(shown) if any(labels) else f"{len(labels)} outcomes"
    return Phrase(start, end, body, f"uniform distribution over {over}", sure=sure, outcomes=tuple(labels))


def _texts(pieces: Sequence[Piece], start: int, count: int) -> tuple[str, ...]:
    return tuple(piece.text for piece in pieces[start : start + count])


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
