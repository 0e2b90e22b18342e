"""Stories in two stages, a cause and what it makes likely: "a disease affects 1 % of all people; a test is positive for 95 % of
those who have it and for 10 % of those who don't".

Every sentence is read as a whole. A condition is the event of the first stage, or by one word of denial its opposite, and has
no other words than those of the story; else nothing is read.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from chainrule.sheets.forms import words
from chainrule.sheets.information.chances import Chance, chance_at
from chainrule.sheets.information.family_phrases import complement
from chainrule.sheets.quantity_words import Piece

YES, NO = "\\mathrm{yes}", "\\mathrm{no}"
_BARRED = (
    "not|no|never|without|don't|doesn't|aren't|isn't|if|given|when|otherwise|unless|except|and|or|but|while|whereas|who|which|twice"
    "|again|each|both|other|others|another|either|neither|rest|remaining|independent|independently|probability|than|about|least|most"
)
_WORD = rf"(?!(?:{_BARRED})\b)[a-z][a-z']*"
_PHRASE = rf"{_WORD}(?: {_WORD}){{0,4}}"
_ANY = r"[^#$]+?"
_SHARE = r"#\d+"
_HAPPENS = r"(?:occurs|occur|appears|appear|is found|is present|is used|is contained)"
_RATES = {
    "sensitivity": (True, False), "true positive rate": (True, False), "hit rate": (True, False),
    "false negative rate": (True, True), "miss rate": (True, True),
    "specificity": (False, True), "true negative rate": (False, True),
    "false positive rate": (False, False), "false alarm rate": (False, False),
}  # fmt: skip
"""Whether a rate is of the cases with the event, and whether it is that of a negative result."""
_RATE = rf"(?:{'|'.join(_RATES)})"
_GROUP = rf"(?P<group>{_WORD}(?: {_WORD}){{0,3}}?)"
_SUFFER = r"(?:(?:suffer|suffers) from|(?:are|is) (?:affected by|infected with))"
_KIND = r"(?:prevalence|base rate|incidence|prior probability|probability)"
_PRIORS = [
    re.compile(each)
    for each in (
        rf"(?P<event>{_PHRASE}) (?:affects|strikes|hits|afflicts|infects|{_HAPPENS} in) (?P<prior>{_SHARE}) of {_GROUP}",
        rf"(?P<prior>{_SHARE}) of {_GROUP} (?P<being>are|is|have|has|carry|carries|{_SUFFER}) (?P<event>{_PHRASE})",
        rf"(?:the )?{_KIND} of (?P<event>{_PHRASE}) is (?P<prior>{_SHARE})",
        rf"(?P<event>{_PHRASE}) has (?:a |the )?{_KIND}(?: of)? (?P<prior>{_SHARE})",
        rf"(?P<event>{_PHRASE}) (?:occurs|happens) with (?:a )?probability(?: of)? (?P<prior>{_SHARE})",
        rf"(?:on a (?:given |random )?day )?it (?P<event>rains|snows) with probability (?P<prior>{_SHARE})(?: on {_PHRASE})?",
        rf"it (?P<event>rains|snows) on (?P<prior>{_SHARE}) of (?P<group>{_PHRASE})",
    )
]
_JOIN = r"(?: ,| ;)?(?: and| but| while| whereas)?(?: only)?"
_WITH = r"(?:with (?:a )?probability(?: of)? )"
_WHAT, _AGAIN, _CASE = rf"(?P<what>{_PHRASE})", rf"(?P<again>{_PHRASE})", rf"(?P<case>{_ANY})"
_FIRST, _SECOND = rf"(?P<share>{_SHARE})", rf"(?P<other>{_SHARE})"
_OPPOSITE = rf"(?P<opposite>otherwise|if not|(?:if|when) {_ANY})"
_IF = r"(?:if|when)"
_BEHIND = rf"(?P<opposite>otherwise|if not|(?:if|when|for|in) {_ANY})"
_LIKELY = [
    re.compile(each)
    for each in (
        rf"{_WHAT} (?:for|in|on) {_FIRST} of {_CASE}{_JOIN} (?:for |in |on )?(?:only )?{_SECOND} of (?P<opposite>{_ANY})",
        rf"{_WHAT} {_WITH}{_FIRST} (?:if|when|for|in) {_CASE}{_JOIN} {_WITH}?{_SECOND} {_BEHIND}",
        rf"{_IF} {_CASE}(?: ,)?(?: then)? {_WHAT} {_WITH}{_FIRST}{_JOIN} {_OPPOSITE}(?: ,)?(?: {_AGAIN})? {_WITH}{_SECOND}",
        rf"of {_CASE} , {_FIRST} {_WHAT}{_JOIN} of (?P<opposite>{_ANY}) ,(?: only)? {_SECOND}(?: {_AGAIN})?",
    )
]
_TEST = re.compile(
    rf"(?:{_WHAT} (?:has|with) (?:a |an )?|(?:its |the )?)(?P<rate>{_RATE})(?: of (?:the|this) test)?(?: of| is)? {_FIRST}"
    rf"(?:{_JOIN}(?: its| the| a| an)? (?P<second>{_RATE})(?: of| is)? {_SECOND})?"
)
_DENYING = words("not no don't doesn't aren't isn't without otherwise healthy other others rest non remaining")
_PLAIN = words(
    "a an the who that which with of in for if when it is are have has having do does really actually indeed this these those"
    " people person persons patients patient individuals individual population all any one person's they he she carry suffer"
    " from cases case there"
)
"""Words of a condition that tell nothing by themselves."""
_HAVE_IT = re.compile(r"\b(?:have|has|carry|with) it\b")
_ILL = words("ill sick infected affected diseased disease condition infection")
_HEADS = words("a an the rare certain serious common some")


@dataclass(frozen=True)
class Story:
    """The probabilities of causes, and for each those of the effects. first, second: words for the stages; around: others."""

    prior: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    causes: tuple[str, ...] = (YES, NO)
    effects: tuple[str, ...] = (YES, NO)
    first: frozenset[str] = frozenset()
    second: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()


@dataclass
class _Told:
    """What was read so far; `read` are the numbers of the sentences."""

    prior: str = ""
    event: frozenset[str] = frozenset()
    group: frozenset[str] = frozenset()
    trait: bool = False
    """The event may be anything that things are, "vaccinated", and not what a test is for."""
    rows: dict[bool, str] = field(default_factory=dict[bool, str])
    what: frozenset[str] = frozenset()
    read: set[int] = field(default_factory=set[int])


@dataclass(frozen=True)
class Line:
    """The words of a sentence with `#k` for its k-th probability and `$` for other formulas."""

    text: str
    chances: tuple[Chance, ...]


def line_of(pieces: Sequence[Piece]) -> Line:
    """A sentence in that form, without the mark at its end."""
    said: list[str] = []
    chances: list[Chance] = []
    index = 0
    while index < len(pieces):
        chance = chance_at(pieces, index)
        if chance is not None and chance.value is not None and (chance.value.denominator > 1 or chance.telling):
            said.append(f"#{len(chances)}")
            chances.append(chance)
            index += chance.length
        else:
            said.append("$" if pieces[index].math is not None else pieces[index].text or "-")
            index += 1
    return Line(" ".join(said).rstrip(" .;!?"), tuple(chances))


def read_story(lines: Sequence[Line]) -> tuple[Story, set[int]] | None:
    """The story of these sentences, and which of them tell it; None where it is not told exactly once."""
    told = _Told()
    for number, line in enumerate(lines):
        if not line.chances:
            continue
        if not (_take_prior(told, line) if not told.prior else _take_likely(told, line) or _take_test(told, line)):
            return None
        told.read.add(number)
    if not told.prior or set(told.rows) != {True, False}:
        return None
    rows = tuple((told.rows[case], complement(told.rows[case])) for case in (True, False))
    first = _inflected(told.event) | (_ILL if told.event & _ILL else frozenset[str]())
    first |= {"weather"} if told.event & {"rains", "snows"} else frozenset[str]()
    if told.group & (told.what | {"test", "tests", "positive", "negative"}):
        return None  # the share is then that of the cause given the effect
    second = (told.what | words("test result positive negative")) - first if told.what else words("test result")
    return Story(
        (told.prior, complement(told.prior)), rows, first=first, second=second, around=_inflected(told.group)
    ), told.read


def _take_prior(told: _Told, line: Line) -> bool:
    for match in (pattern.fullmatch(line.text) for pattern in _PRIORS):
        if match is not None and len(line.chances) == 1:
            told.prior = line.chances[0].text
            told.event = frozenset(match["event"].split()) - _HEADS
            told.group = frozenset((match.groupdict().get("group") or "").split())
            told.trait = match.groupdict().get("being") in ("are", "is") and not told.event & _ILL
            return bool(told.event)
    return False


def _take_likely(told: _Told, line: Line) -> bool:
    for match in (pattern.fullmatch(line.text) for pattern in _LIKELY):
        if match is None or told.rows or len(line.chances) != 2:
            continue
        what, again = match["what"], match.groupdict().get("again") or ""
        cases = [_case(told, match[name]) for name in ("case", "opposite")]
        if again not in ("", what) or None in cases or cases[0] == cases[1]:
            continue
        share, other = (_chance(line, match[name]) for name in ("share", "other"))
        told.rows = {cases[0] is True: share, cases[1] is True: other}
        told.what = frozenset(what.split()) - _PLAIN
        return True
    return False


def _take_test(told: _Told, line: Line) -> bool:
    match = _TEST.fullmatch(line.text)
    if match is None or not (told.event & _ILL or match["what"] or told.rows):
        return False
    if told.trait and told.event.isdisjoint((match["what"] or "").split()):
        return False
    for rate, share in ((match["rate"], match["share"]), (match["second"], match["other"])):
        if rate is None:
            continue
        case, negative = _RATES[rate]
        if case in told.rows:
            return False
        told.rows[case] = complement(_chance(line, share)) if negative else _chance(line, share)
    told.what |= frozenset((match["what"] or "test").split()) - _PLAIN
    return True


def _chance(line: Line, mark: str) -> str:
    return line.chances[int(mark.removeprefix("#"))].text


def _case(told: _Told, condition: str) -> bool | None:
    """Whether a condition is the event of the first stage or its opposite; None for anything else."""
    said = condition.replace(" ,", "").split()
    denied = [word for word in said if word in _DENYING]
    event = told.event | _ILL if told.event & _ILL else told.event
    rest = {word for word in said if word not in _PLAIN | told.group and word not in _DENYING}
    if not rest <= _inflected(event) or len(denied) > 1:
        return None
    return None if not denied and not rest and not _HAVE_IT.search(condition) else not denied


def _inflected(event: Set[str]) -> frozenset[str]:
    """ "rains" beside "rain"."""
    return frozenset(form for word in event for form in _forms(word))


def _forms(word: str) -> Iterator[str]:
    yield from (word, f"{word}s", f"{word}ing", word.removesuffix("s"), f"{word.removesuffix('s')}ing")
