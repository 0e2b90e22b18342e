r"""Two members of one family: "two exponential distributions with rates $\lambda_1$ and $\lambda_2$"."""

from collections.abc import Sequence

from chainrule.probability.families.family import Family
from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import Phrase, Value, family_words, kin, member, number_at
from chainrule.sheets.information.phrase_names import names_before
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece
from chainrule.syntax.tree import Bracket, Relation

_ADJECTIVES = words("univariate scalar dimensional 1 one different independent")
_NOUNS = words("distributions variables random laws densities")
_LEADING = words("with having of whose that have the respective corresponding , and parameters")
_SHARED = words("same common equal shared identical")
_SEPARATORS = words(", and")
_BEFORE_ONE = words(", : ( and the")
_OF_ONE = words("with of having has")
_EQUALS = words("= of is")


def find_pair(pieces: Sequence[Piece], start: int) -> tuple[Phrase, Phrase] | None:
    """The two distributions that the words from here on describe, one phrase each over all of the words."""
    two = _text(pieces, start) == "two"
    named = not two and bool(names_before(pieces, start))
    if not (two or named or _text(pieces, start - 1) == "between"):
        return None
    index = start + two
    while _text(pieces, index) in _ADJECTIVES:
        index += 1
    found = _families(pieces, index, adjective=named)
    if found is None:
        return None
    families, index = found
    while _text(pieces, index) in _NOUNS:
        index += 1
    values, end = _values(pieces, index, families)
    if end == index:
        values, end = _one_by_one(pieces, index, families)
    phrases = [member(families, each, start, end) for each in values]
    if len(phrases) != 2 or phrases[0] is None or phrases[1] is None:
        return None
    return phrases[0], phrases[1]


def _families(pieces: Sequence[Piece], index: int, *, adjective: bool) -> tuple[list[Family], int] | None:
    """The families that a plural here can mean, and where its words end. adjective: also "$P$ and $Q$ are Gaussian"."""
    first = _text(pieces, index)
    plural = first if first in family_words() else first.removesuffix("s")
    for spelled, family in family_words().get(plural, ()):
        behind = tuple(_text(pieces, index + i) for i in range(1, len(spelled)))
        several = adjective or plural != first or _text(pieces, index + len(spelled)) in _NOUNS
        if (plural, *(word.removesuffix("s") for word in behind)) in (
            spelled,
            tuple(w.removesuffix("s") for w in spelled),
        ) and several:
            return kin(family, spelled), index + len(spelled)
    return None


def _values(pieces: Sequence[Piece], start: int, families: Sequence[Family]) -> tuple[list[list[Value]], int]:
    """The parameters of the first and of the second one, and where they end; none where they are not told of both."""
    names = {word for family in families for given in family.parametrisations for p in given.parameters for word in p.words}
    found: list[list[Value]] = [[], []]
    index = end = start
    while index < len(pieces):
        here, shared, generic = index, False, False
        while _text(pieces, here) in _LEADING | _SHARED:
            shared = shared or _text(pieces, here) in _SHARED
            generic = generic or _text(pieces, here) == "parameters"
            here += 1
        named = _parameter(pieces, here, names)
        if named is None and not generic:
            break
        word, several, here = named or ("", True, here)
        shared = shared or not several
        values, here = _two(pieces, here, 1 if shared else 2)
        if not values or _goes_on(pieces, here):
            return [], start
        for own, value in zip(found, values * 2 if shared else values, strict=True):
            own.append(Value(value.text, words=word, math=value.math))
        index = end = here + (_text(pieces, here) == "respectively")
    return (found, end) if end > start else ([], start)


def _one_by_one(pieces: Sequence[Piece], start: int, families: Sequence[Family]) -> tuple[list[list[Value]], int]:
    """The parameter of each in ", one with mean 1 and one with mean 2", "the first of rate 1 and the second of rate 2"."""
    names = {word for family in families for given in family.parametrisations for p in given.parameters for word in p.words}
    found: list[list[Value]] = []
    index = start
    for one in (("one", "first"), ("one", "other", "second")):
        while _text(pieces, index) in _BEFORE_ONE:
            index += 1
        named = _parameter(pieces, index + 2, names) if _text(pieces, index + 1) in _OF_ONE else None
        value = _value(pieces, named[2] + (_text(pieces, named[2]) in _EQUALS)) if named is not None else None
        if named is None or value is None or _text(pieces, index) not in one or len(value[0]) != 1:
            return [], start
        found.append([Value(value[0][0].text, words=named[0], math=value[0][0].math)])
        index = named[2] + (_text(pieces, named[2]) in _EQUALS) + value[1]
    return ([], start) if _goes_on(pieces, index) else (found, index)


def _goes_on(pieces: Sequence[Piece], index: int) -> bool:
    """Whether another value follows, so that there are more than are told apart here."""
    here = index
    while _text(pieces, here) in _SEPARATORS:
        here += 1
    return index < here < len(pieces) and _value(pieces, here) is not None


def _parameter(pieces: Sequence[Piece], index: int, names: set[str]) -> tuple[str, bool, int] | None:
    """The name of a parameter here, in the singular, whether it is said of several, and where it ends: "means"."""
    for length in (3, 2, 1):
        said = [_text(pieces, index + i) for i in range(length)]
        for spelled in ([*said[:-1], _singular(said[-1])], [_singular(said[0]), *said[1:]], said):
            if " ".join(spelled) in names:
                return " ".join(spelled), spelled != said, index + length
    return None


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _two(pieces: Sequence[Piece], index: int, wanted: int) -> tuple[list[Value], int]:
    """So many values from here on, and where the last one ends; none where there are others."""
    found: list[Value] = []
    while index < len(pieces) and len(found) < wanted:
        if found and _text(pieces, index) in _SEPARATORS:
            index += 1
            continue
        value = _value(pieces, index)
        if value is None:
            return [], index
        found += value[0]
        index += value[1]
    return (found, index) if len(found) == wanted else ([], index)


def _value(pieces: Sequence[Piece], index: int) -> tuple[list[Value], int] | None:
    """The values here: a formula with one or several, a number, a single letter."""
    math = pieces[index].math
    if math is not None:
        trees = statements(math)
        plain = bool(trees) and all(tree.span is not None and not isinstance(tree, Relation | Bracket) for tree in trees)
        return ([Value(tree.span.text) for tree in trees if tree.span], 1) if plain else None
    if number := number_at(pieces, index):
        return [Value(number[0])], number[1]
    text = pieces[index].text
    return ([Value(text)], 1) if len(text) == 1 and text.isalpha() else None


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
