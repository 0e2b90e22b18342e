"""Stories of several sources: "machine A makes 50 % of the screws, B 30 % and C 20 %; the defect rates are 1 %, 2 % and
5 %", and of coins one of which is tossed: "a fair coin and a two-headed one".
"""

import re
from collections.abc import Sequence
from fractions import Fraction

from chainrule.sheets.forms import words
from chainrule.sheets.information.chances import Chance
from chainrule.sheets.information.family_phrases import complement
from chainrule.sheets.information.stories import NO, YES, Line, Story

_SOURCE = r"(?:machine|supplier|factory|plant|producer|line|vendor|printer|company|server|worker)"
_MAKES = r"(?:makes|make|produces|produce|supplies|supply|manufactures|manufacture|delivers|deliver|handles|handle)"
_LABEL = r"(?:[a-e]|[1-5]|i|ii|iii)"
_OF = r"(?: of (?:them|it|(?:the|all|its|our)?(?: [a-z]+){1,3}))?"
_ITEM = rf"(?:(?:{_SOURCE} )?{_LABEL}(?: {_MAKES})? #\d+{_OF})"
_AND = r"(?: , and | , | and )"
_MARKS = rf"#\d+(?:{_AND}#\d+)+"
_SHARES = [
    re.compile(each)
    for each in (
        rf"(?:[a-z ]+ : )?(?P<source>{_SOURCE}) {_LABEL} {_MAKES} #\d+{_OF}(?:{_AND}{_ITEM})+",
        rf"(?P<source>{_SOURCE})s {_LABEL}(?:{_AND}{_LABEL})+ {_MAKES} {_MARKS}{_OF}(?: ,)?(?: respectively)?",
    )
]
_RATES = [
    re.compile(each)
    for each in (
        rf"(?:the|their) (?P<what>[a-z]+) (?:rates|probabilities) are {_MARKS}(?: ,)?(?: respectively)?",
        rf"(?:of these )?{_MARKS} of their (?:[a-z]+ ){{1,2}}(?:is|are) (?P<what>[a-z]+)(?: ,)?(?: respectively)?",
    )
]
_ORDER = re.compile(rf"(?:(?<= )|^)(?:{_SOURCE} )(?P<label>{_LABEL})\b|(?:, |and )(?P<other>{_LABEL})\b")
_LABELS = re.compile(rf"{_SOURCE}s (?P<labels>{_LABEL}(?:{_AND}{_LABEL})+) ")
_BAD = words("defective faulty broken bad defect late")
_ONE_DRAWN = re.compile(
    r"(?:an?|one) [a-z]+ is (?:then )?(?:chosen|picked|selected|taken|drawn) (?:at random|randomly)(?: from [a-z ]+)?"
)
_FAIR = r"(?:(?:normal|ordinary|standard|regular|usual|fair|unbiased)(?: |$)){1,2}(?:coin|one)?"
_BIASED = r"(?:an? )?(?:biased |unfair |bent |loaded |trick |crooked )?(?:(?:coin|one) )?(?:that |which )?"
_LANDS = r"(?:lands|shows|comes up|falls|gives|turns up) (?:on )?heads"
_BOTH = r"(?:two heads|heads on both sides)"
_COINS = (
    (re.compile(rf"(?:an? )?{_FAIR}"), "1/2"),
    (re.compile(rf"(?:an? )?(?:two|double) headed(?: coin| one)?|(?:(?:a )?coin |one )?(?:with|has) {_BOTH}"), "1"),
    (re.compile(rf"{_BIASED}{_LANDS} with (?:a )?probability (?:of )?(?P<share>#\d+)"), ""),
)
_TWO = re.compile(
    r"(?P<lead>[a-z ]*\btwo coins[a-z ]*?(?: , each equally likely)?)(?: :| ,)"
    r" (?:one (?:of them )?(?:is |(?=lands|shows|has)))?(?P<one>[^,;]+?)"
    r"(?:(?: ,| ;)(?: and| or| while)?| and| or| while)(?: the other(?: one)?(?: is)?)? (?P<two>[^,;]+)"
)
_LABELLED = re.compile(
    rf"(?:the )?coin (?P<a>{_LABEL}) {_LANDS} with (?:a )?probability (?:of )?#0(?: ,| ;)?(?: and| while| whereas| but)?"
    rf" (?:the )?coin (?P<b>{_LABEL})(?: {_LANDS})? with (?:a )?probability (?:of )?#1"
)
_LEAD = words(
    "you i we has have there are is a an the bag box pocket drawer jar contains holds two coins one of lies lie in my our your"
    " , each equally likely"
)
_TOSSING = words(
    "one a the coin coins of them two is are chosen picked selected taken at random randomly and then tossed flipped thrown"
    " once i you we take it out pick choose select toss flip throw , ; in my pocket bag box from uniformly single time"
    " with equal probability probabilities"
)


def read_sources(lines: Sequence[Line]) -> Story | None:
    """The story of these sentences, each of which must be a part of it."""
    return _machines(lines) or _coins(lines) or _labelled_coins(lines)


def _machines(lines: Sequence[Line]) -> Story | None:
    shares = [(line, match) for line in lines for each in _SHARES if (match := each.fullmatch(line.text))]
    rates = [(line, match) for line in lines for each in _RATES if (match := each.fullmatch(line.text))]
    drawn = [match for line in lines if (match := _ONE_DRAWN.fullmatch(line.text))]
    if len(shares) != 1 or len(rates) != 1 or len(drawn) > 1 or len(lines) != 2 + len(drawn):
        return None
    (made, match), (faults, rate) = shares[0], rates[0]
    labels = _labels(made.text)
    prior, chances = made.chances, faults.chances
    total = sum((each.value or Fraction(0) for each in prior), Fraction(0))
    if not len(labels) == len(set(labels)) == len(prior) == len(chances) > 1 or total != 1 or rate["what"] not in _BAD:
        return None
    second = _BAD | {"quality"}
    first = frozenset({match["source"], "source", "origin"})
    rows = tuple((each.text, complement(each.text)) for each in chances)
    around = frozenset(re.findall(r"[a-z]+", made.text)) | {form.removesuffix("s") for form in made.text.split()}
    return Story(tuple(each.text for each in prior), rows, tuple(labels), (YES, NO), first, second, around)


def _labels(text: str) -> list[str]:
    """The names of the sources in their order."""
    if listed := _LABELS.search(text):
        return [each.upper() for each in re.findall(rf"\b{_LABEL}\b", listed["labels"])]
    return [(each["label"] or each["other"]).upper() for each in _ORDER.finditer(text)]


def _coins(lines: Sequence[Line]) -> Story | None:
    told = [(line, match) for line in lines if (match := _TWO.fullmatch(line.text)) and set(match["lead"].split()) <= _LEAD]
    if len(told) != 1:
        return None
    line, match = told[0]
    heads = [_heads(match[name].strip(), line.chances) for name in ("one", "two")]
    rest = " ; ".join(each.text for each in lines if each is not line)
    said = set(rest.split())
    random = "at random" in rest or "randomly" in said or "equally likely" in match["lead"]
    tosses = len(re.findall(r"\b(?:tossed|flipped|thrown|toss|flip|throw)\b", rest))
    used = sum("share" in each.groupdict() and each["share"] is not None for each in _read(match))
    if "" in heads or not said <= _TOSSING or not random or tosses != 1 or used != len(line.chances):
        return None
    return _of_coins(heads, ("1", "2"))


def _labelled_coins(lines: Sequence[Line]) -> Story | None:
    """ "Coin A shows heads with probability 0.3, coin B with probability 0.8. One of them is picked at random and tossed." """
    told = [(line, match) for line in lines if (match := _LABELLED.fullmatch(line.text))]
    if len(told) != 1 or told[0][1]["a"] == told[0][1]["b"]:
        return None
    line, match = told[0]
    rest = " ; ".join(each.text for each in lines if each is not line)
    said = set(rest.split())
    random = "at random" in rest or "randomly" in said or "equal" in said
    tosses = len(re.findall(r"\b(?:tossed|flipped|thrown|toss|flip|throw)\b", rest))
    if not said <= _TOSSING | _LEAD or not random or tosses != 1:
        return None
    return _of_coins([each.text for each in line.chances], (match["a"].upper(), match["b"].upper()))


def _of_coins(heads: Sequence[str], labels: tuple[str, str]) -> Story:
    return Story(
        ("1/2", "1/2"),
        tuple((share, complement(share)) for share in heads),
        labels,
        ("\\mathrm{heads}", "\\mathrm{tails}"),
        first=words("coin chosen choice"),
        around=words("type kind"),
        second=words("toss flip throw result outcome heads tails"),
    )


def _read(match: re.Match[str]) -> list[re.Match[str]]:
    return [found for name in ("one", "two") for each, _ in _COINS if (found := each.fullmatch(match[name].strip()))]


def _heads(said: str, chances: Sequence[Chance]) -> str:
    """The probability of heads for the coin of these words; "" where they are not understood."""
    for pattern, share in _COINS:
        if (match := pattern.fullmatch(said)) is not None:
            return share or chances[int(match["share"].removeprefix("#"))].text
    return ""
