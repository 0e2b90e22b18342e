"""The names that stand before or behind a description: "$P$ is a fair coin", "a fair coin, call it $P$"."""

from collections.abc import Sequence

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import words
from chainrule.sheets.information.argument_formulas import arguments_in
from chainrule.sheets.information.definitions import defined_in
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.notation import trees
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import Piece
from chainrule.sheets.sheet import Math

_BEFORE = words(
    "a an the discrete continuous random variable distribution distributed by as is be are has have follows follow following"
    " given modelled modeled according to let = : ) with probability law mass true estimated density that of having take takes"
    " taking on the value values symbols its outcome result number shown by denote denotes represent represents count counts"
    " equal equals call denoted which"
)
"""What may stand between a name and what is said of it."""
_LEADS_TO = words("is are was follows follow has have a an the then modelled modeled by as")
_VERBS = words("is are was follows follow has have")
_OF = words("of in at on per for between until during within among")
_OTHERS = words(", ; : ( ) and or but which that who whose each every both where when if given under than not is are has")
"""With one of these between a name and a verb, the verb may say something of another thing."""
_ARTICLES = words("the a an its")
_UP_TO = words("equal equals according")
_COMPARING = words("compare compared comparing approximate approximated approximating replace replaced replacing match")
_PREPOSITIONS = words("with by the a an")
_SAYING = words("is be has follows takes was")
_COMPUTING = words("between given plus minus times by from half twice thrice double")
_OF_ITSELF = words(
    "distribution law density pdf pmf mass function probability prior posterior marginal value outcome result entry component"
    " coordinate element label realisation realization sample draw each one all that"
)
"""What is "of $X$" and has the distribution that X has; of the sum or the logarithm of X it is another one."""
_JOINTLY = words("independent independently i.i.d. iid i.i.d both each identically two three four five outcomes results values")
"""What is said of several names at once, "$X$ and $Y$ are independent and uniform on"."""
_THROWS = words("tosses flips rolls throws draws")
_COUNTS = {word: count for count, word in enumerate(("two", "three", "four", "five"), 2)}
_SHOWING = words(
    "show shows give showing giving with outcomes values results , are is called denoted by rolled tossed thrown flipped"
)
_CALLED = words("is be by , call it called as denoted")
"""These may stand between what is described and its name: "the number of heads is $N$"."""
_LAWS = words("model hypothesis distribution law measure")
_CLAIMING = words("says claims states assumes predicts postulates holds supposes")
_LINKING = words("is has follows a an the modelled modeled as also again distributed well")
_NOT_ONE = words(
    "not never no neither sum difference product ratio quotient log logarithm square root maximum minimum max min half twice"
    " double times absolute reciprocal inverse negative mean average each two three four five both all every pair several"
    " if when unless minus plus ; while whereas but . ?"
)
"""Words of a clause that may say something else than what its distribution is."""
_WHERE = words("at in under for on")
_WHICH = words("the a an our first second third one other current old new true")
_LONGEST_PLACE = 6
_NAMING = tuple(
    (*lead, *said.split())
    for said in ("call it", "call this", "called", "denoted by", "denoted", "denote it by", "say")
    for lead in ((), (",",), ("and",), (";",))
)
""" "a binomial distribution, call it $P$"."""


def name_before(pieces: Sequence[Piece], start: int, *, adjacent: bool = False) -> int | None:
    """The piece of the name that the phrase is said of: "$P$ is a", "Distribution ($P$): a". adjacent: also right before it."""
    if (subject := _described_name(pieces, start)) is not None:
        return subject
    index = _formula_before(pieces, start)
    elided = adjacent or (index == start - 1 and index > 0 and pieces[index - 1].text in ("and", ",", "while", "but"))
    if index < 0 or not (index < start - 1 or elided):
        return None
    between = [piece.text for piece in pieces[index + 1 : start]]
    if _stands_beside([piece.text for piece in pieces[:index]], between) or noun_before(pieces, start):
        return None
    names = 1 + len(others_before(pieces, index, start))
    counted = {_COUNTS[word] for word in between if word in _COUNTS}
    if names == 1 and (counted or not _THROWS.isdisjoint(between)):
        return None
    return index if _names_at(pieces, index) and (names > 1 or _is_name(pieces, index)) else None


def _described_name(pieces: Sequence[Piece], start: int) -> int | None:
    """The name in "the number $X$ of defective bulbs in a sample of $n = 4$ follows a", of which nothing but the verb says
    more: its nouns stand between, and no other name.
    """
    found = _subject(pieces, start)
    if found is None:
        return None
    _, name, verb = found
    between = [piece.text for piece in pieces[name + 1 : verb]]
    plain = between[:1] and between[0] in _OF and _OTHERS.isdisjoint(between) and between.count("") < 2
    return name if plain and not noun_before(pieces, start) else None


def _subject(pieces: Sequence[Piece], start: int) -> tuple[int, int, int] | None:
    """Where the article, the one name and the verb stand in "the number $X$ of defective bulbs follows a"."""
    verb = start
    while verb > 0 and pieces[verb - 1].text in _LEADS_TO:
        verb -= 1
    names = [i for i in range(verb) if _names_at(pieces, i)]
    said = [piece.text for piece in pieces[verb:start]]
    if len(names) != 1 or _VERBS.isdisjoint(said) or pieces[verb - 1].text in ("it", "there", "this"):
        return None
    (name,) = names
    article = next((i for i in range(name - 1, max(name - 5, -1), -1) if pieces[i].text in _ARTICLES), None)
    return (article, name, verb) if article is not None and _is_name(pieces, name) else None


def _stands_beside(before: Sequence[str], between: Sequence[str]) -> bool:
    """Whether the phrase is another thing than the name: "the divergence from $p$ to the standard normal"."""
    leading = any(word == "to" and (i == 0 or between[i - 1] not in _UP_TO) for i, word in enumerate(between))
    compared = not _COMPARING.isdisjoint(before) and _PREPOSITIONS.issuperset(between)
    return leading or compared


def _formula_before(pieces: Sequence[Piece], start: int) -> int:
    """The formula that the phrase may be said of, or a word that ends the search; -1 where there is none."""
    index = start - 1
    while index >= 0 and pieces[index].math is None:
        if pieces[index].text == "and" and index > 0 and pieces[index - 1].text in _JOINTLY:
            index -= 1
        elif pieces[index].text not in _BEFORE | _JOINTLY | _THROWS:
            break
        index -= 1
    return index


def noun_before(pieces: Sequence[Piece], start: int) -> str:
    """The words that make what the phrase is said of something else than the name: "sum of" in "the sum of $X$ and $Y$ is" and
    "the sum of the values $X$ of the dice is", "given" in "$X$ given $Y$ follows"; "" where none do.
    """
    index = _formula_before(pieces, start)
    if index < 0 or pieces[index].math is None or index + 1 >= start or pieces[index + 1].text not in _SAYING:
        described = _subject(pieces, start)
        return _lead_of(pieces, described[0]) if described is not None else ""
    here = index
    while here > 1 and pieces[here - 1].text in ("and", ",") and pieces[here - 2].math is not None:
        here -= 2
    several = any(piece.text == "and" for piece in pieces[here:index])
    described = None if several else _subject(pieces, start)
    return _lead_of(pieces, here if several else index) or (_lead_of(pieces, described[0]) if described is not None else "")


def _lead_of(pieces: Sequence[Piece], start: int) -> str:
    """The words right before a name that make another thing of it."""
    noun, link = (pieces[i].text if i >= 0 else "" for i in (start - 2, start - 1))
    if link in _COMPUTING:
        return link
    return f"{noun} of" if link == "of" and noun not in _OF_ITSELF | _LAWS else ""


def subject_of(pieces: Sequence[Piece], start: int) -> int | None:
    """The piece of the one name that is said to be several things, "let $X$ be two"; None where none is."""
    words_before = tuple(piece.text for piece in pieces[max(0, start - 2) : start])
    whole = len(words_before) == 2 and words_before[0] in ("be", "is", "are", "denote") and words_before[1] in _COUNTS
    return start - 3 if whole and _is_name(pieces, start - 3) else None


def name_under(pieces: Sequence[Piece], phrase: Phrase) -> int | None:
    """The piece of the name in "$X$ is uniform on $A$ under $P$", which is that of the distribution."""
    end = phrase.end
    if end >= len(pieces) or pieces[end].text != "under":
        return _name_over(pieces, phrase.start)
    end += 1 + (end + 1 < len(pieces) and pieces[end + 1].text in _LAWS)
    return end if _is_name(pieces, end) else None


def _name_over(pieces: Sequence[Piece], start: int) -> int | None:
    """The piece of the name in "under the model $P$ the count is Poisson", "$P$ says that it is Poisson": that of the
    distribution, whatever the name of the variable is.
    """
    verb = start
    while verb > 0 and pieces[verb - 1].text in _LINKING:
        verb -= 1
    if not any(piece.text in _SAYING for piece in pieces[verb:start]):
        return None
    for index in range(verb - 1, -1, -1):
        before = [piece.text for piece in pieces[max(0, index - 4) : index]]
        lead = before[:-1] if before[-1:] and before[-1] in _LAWS else before
        lead = lead[:-1] if lead[-1:] in (["the"], ["our"]) else lead
        under = lead[-1:] == ["under"] or lead[-2:] == ["according", "to"]
        claims = pieces[index + 1].text in _CLAIMING and pieces[index + 2].text == "that" if index + 2 < verb else False
        if _is_name(pieces, index) and (under or claims):
            return index
        if pieces[index].text in _NOT_ONE:
            return None
    return None


def name_behind(pieces: Sequence[Piece], end: int, *, linked: bool = False) -> int | None:
    """The piece of the name behind it: "a fair coin $P$". linked: also of "the sum is $S$"."""
    while linked and end < len(pieces) and pieces[end].text in _CALLED:
        end += 1
    said = tuple(piece.text for piece in pieces[end : end + 4])
    called = next((lead for lead in _NAMING if said[: len(lead)] == lead), ())
    if called and _is_name(pieces, end + len(called)):
        return end + len(called)
    return end if _is_name(pieces, end) else _name_in_place(pieces, end)


def _name_in_place(pieces: Sequence[Piece], end: int) -> int | None:
    """The piece of the name behind words for where it holds: "Poisson with rate 4 at the first desk ($p$)"."""
    if end >= len(pieces) or pieces[end].text not in _WHERE:
        return None
    index = end + 1
    while index < min(len(pieces), end + _LONGEST_PLACE) and (
        pieces[index].text in _WHICH or is_descriptive(pieces[index].text)
    ):
        index += 1
    closing = {"(": (")",), ",": (",", "", ";")}.get(pieces[index].text if index < len(pieces) else "", ())
    behind = pieces[index + 2].text if index + 2 < len(pieces) else ""
    return index + 1 if index > end + 1 and behind in closing and _is_name(pieces, index + 1) else None


def names_behind(pieces: Sequence[Piece], end: int, count: int) -> list[Math]:
    """As many names behind it: "two fair dice $X$ and $Y$ are rolled", "three coins show $X_1, X_2, X_3$"."""
    while end < len(pieces) and pieces[end].text in _SHOWING:
        end += 1
    found: list[Math] = []
    while names := _names_at(pieces, end):
        found += names
        end += 1 + (end + 1 < len(pieces) and pieces[end + 1].text in (",", "and"))
        end += len(found) < count and end < len(pieces) and pieces[end].text == "and"
    return found if len(found) == count > 1 else []


def names_before(pieces: Sequence[Piece], start: int) -> list[Math]:
    """The two names of "$P$ and $Q$ are", "let $P, Q$ be"; none where others stand there."""
    end = start
    while end > 0 and pieces[end - 1].text in ("be", "are", "denote", ":"):
        end -= 1
    first = end
    while end > 0 and first > 0 and (pieces[first - 1].math is not None or pieces[first - 1].text in ("and", ",")):
        first -= 1
    found = [part for piece in pieces[first:end] if piece.math is not None for part in arguments_in(piece.math)]
    names = [math for math in found if len(trees(math)) == 1 and could_be_name(trees(math)[0])]
    return names if end < start and len(found) == len(names) == 2 else []


def others_before(pieces: Sequence[Piece], named: int, start: int) -> list[Math]:
    """The names beside one of which the same is said: the X of "$X$ and $Y$ are uniform on"."""
    if not any(piece.text in ("are", "be") for piece in pieces[named + 1 : start]):
        return []
    found: list[Math] = _names_at(pieces, named)[1:]
    here = named
    while here > 1 and pieces[here - 1].text in (",", "and"):
        before = here - 2 - (pieces[here - 1].text == "and" and pieces[here - 2].text == ",")
        names = _names_at(pieces, before)
        if not names:
            break
        found += names
        here = before
    return found if here == named or any(piece.text == "and" for piece in pieces[here:named]) else []


def describes(pieces: Sequence[Piece], phrase: Phrase) -> bool:
    """Whether it only says what a definition beside it is: "let $Q = (0.5, 0.5)$ be uniform", "the normal, $p = ...$"."""
    before, behind = phrase.start - 1, phrase.end
    while before >= 0 and pieces[before].math is None and pieces[before].text in _BEFORE:
        before -= 1
    while behind < len(pieces) and pieces[behind].text in (",", ":", "(", "i.e.", "namely", "prior", "distribution"):
        behind += 1
    beside = [pieces[i].math for i in (before, behind) if 0 <= i < len(pieces)]
    return any(math is not None and any(map(defined_in, trees(math))) for math in beside)


def _names_at(pieces: Sequence[Piece], index: int) -> list[Math]:
    """The names of the formula in a piece, several of `X_1, X_2`; none where it is something else."""
    math = pieces[index].math if 0 <= index < len(pieces) else None
    found = arguments_in(math) if math is not None else []
    return found if all(len(trees(each)) == 1 and could_be_name(trees(each)[0]) for each in found) else []


def _is_name(pieces: Sequence[Piece], index: int) -> bool:
    math = pieces[index].math if 0 <= index < len(pieces) else None
    found = trees(math) if math is not None else ()
    return len(found) == 1 and could_be_name(found[0])
