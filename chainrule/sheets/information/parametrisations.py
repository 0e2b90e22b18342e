r"""What sentences say of how families are parametrised: "where the second parameter is the standard deviation", "shape-scale".

A phrase of the table, or a value beside a formula, sets it: "$P \sim \mathrm{Exp}(2)$ with mean 2". What talks of it in other
words sets nothing, and is followed by nobody: quantities of such families are refused.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.inference.distributions.families import Instance, instance_of, last_place
from chainrule.inference.distributions.parametrisations import Spoken
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.source import Span
from chainrule.syntax.tree import Call, Juxtaposition, Tree, walk

_NORMAL = frozenset(("normal", "normal_diagonal", "normal_full"))
_EXPONENTIAL, _GAMMA, _GEOMETRIC = frozenset(("exponential",)), frozenset(("gamma",)), frozenset(("geometric",))
_DEVIATION, _VARIANCE = frozenset(("deviation", "deviations")), frozenset(("variance", "variances", "covariance"))
_RATE, _SCALE = frozenset(("rate",)), frozenset(("scale",))

_PLACE = r"(?:parameter|argument|entry|number|component|slot)s?"
_IS = r"(?:here )?(?:is|are|denotes?|being|means?|gives?|as|to be|represents?|stands for)(?: (?:always|here|the|its|their|a))*"
_BY = r"(?:parameteri[sz]ed|parametri[sz]ed|specified) (?:by|with|in terms of|using|through)(?: (?:its|their|the|a))*"
_OF = r"(?: (?:of|in) (?:the |a |an )?\S+(?: distribution)?)?"
_DEVIATIONS = r"(?:standard deviations?|std|sd|stdev)\b"
_WAY = r"(?:parameteri[sz]ation|parametri[sz]ation|convention|form)"


def _second(what: str) -> str:
    """ "the second parameter is the ..." and "the ... as second parameter"."""
    return rf"(?:second|2nd|last) {_PLACE}{_OF} {_IS} {what}|{what} (?:{_IS}|in|for) (?:second|2nd|last) {_PLACE}"


def _alone(what: str) -> str:
    """The same of a family of one parameter."""
    own = rf"(?:the|its|whose|where) {_PLACE}{_OF} {_IS} {what}(?! and)|{what} {_WAY}"
    return rf"(?<!second )(?<!first )(?:{own})|{_BY} {what}(?! and| or| ,)"


_TABLE = tuple(
    (re.compile(rf"\b(?:{pattern})"), families, parameters)
    for pattern, families, parameters in (
        (_second(_DEVIATIONS), _NORMAL, _DEVIATION),
        (rf"{_BY} means? and (?:its |their |the )*{_DEVIATIONS}", _NORMAL, _DEVIATION),
        (rf"mean (?:and )?(?:standard deviation|sd|std) {_WAY}|mean , {_DEVIATIONS} \)", _NORMAL, _DEVIATION),
        (_second(r"variances?\b"), _NORMAL, _VARIANCE),
        (rf"{_BY} means? and (?:its |their |the )*variances?\b", _NORMAL, _VARIANCE),
        (_second(r"rate\b"), _GAMMA, _RATE),
        (rf"shape (?:and |, |/ )?rate {_WAY}|{_BY} shape and (?:its |the )*rate\b", _GAMMA, _RATE),
        (_second(r"scale\b"), _GAMMA, _SCALE),
        (rf"shape (?:and |, |/ )?scale {_WAY}|{_BY} shape and (?:its |the )*scale\b", _GAMMA, _SCALE),
        (_alone(r"scale\b"), _EXPONENTIAL | _GAMMA, _SCALE),
        (_alone(r"(?:mean|expectation|expected value)\b"), _EXPONENTIAL, _SCALE),
        (_alone(r"rate\b"), _EXPONENTIAL | _GAMMA, _RATE),
    )
)
_ABOUT = r"second|2nd|arguments?|parameteri[sz]\w*|parametri[sz]\w*|convention|notation"
_OPEN = tuple(
    (re.compile(rf"\b(?:{pattern})"), families)
    for pattern, families in (
        (rf"(?:{_ABOUT})\b.*\b(?:{_DEVIATIONS}|precisions?\b|inverse (?:co)?variance)", _NORMAL),
        (rf"(?:{_DEVIATIONS}|precisions?\b|inverse (?:co)?variance).*\b(?:{_ABOUT})\b", _NORMAL),
        (r"(?:second|2nd|parameteri[sz]\w*|parametri[sz]\w*|convention)\b.*\bscale\b", _GAMMA | _EXPONENTIAL),
        (r"scale\b.*\b(?:second|2nd|parameteri[sz]\w*|parametri[sz]\w*|convention)\b", _GAMMA | _EXPONENTIAL),
        (r"shape (?:and )?scale\b", _GAMMA),
    )
)
_FROM_ZERO = re.compile(
    r"\bfailures\b|\b(?:starting|starts?|counted|counting|counts?) (?:from|at|with) (?:0|zero|\$0\$)"
    r"|\bnon ?negative integers|\$(?:[A-Za-z](?:\\in|=))?(?:\\\{|\{)?0,(?:\\,)?1,[^$]*(?:dots|\.\.|…)"
    r"|\$(?:[a-z]\\in)?\\mathbb\{?[NZ]\}?_\{?(?:0|\\ge)"
)
_EXPLAINING = re.compile(r" (?:denotes?|is|means?|stands for|refers to|for|be|denote)\b")
"""Between a notation and the words that explain it."""
_VALUE = re.compile(
    rf"\b(?P<word>{_DEVIATIONS}|variances?\b|mean\b|scale\b|rate\b)(?: (?:parameter|of|is|equal to|equals|=|:))* "
    r"(?P<value>\$[^$]*\$|\d+(?:\.\d+)?(?: / \d+)?)"
)
_NAMED_VALUE = re.compile(
    r"(?P<value>\$[^$]*\$|\d+(?:\.\d+)?(?: / \d+)?) (?:is|are|being|denotes?|means|represents?|stands for|gives|as)"
    rf"(?: (?:here|always|the|its|their|a))* (?P<word>{_DEVIATIONS}|variances?\b|mean\b|scale\b|rate\b|precision\b)"
)
""" "where 2 is the mean"."""


_Members = list[tuple[int, Instance]]


@dataclass(frozen=True)
class _Measure:
    """What a word beside a formula says the argument is. power: of what the word names, what the argument is by default."""

    families: frozenset[str]
    parameters: frozenset[str]
    power: int


_WORDS = {
    "s": _Measure(_NORMAL, _DEVIATION, 2),
    "v": _Measure(_NORMAL, _VARIANCE, 1),
    "m": _Measure(_EXPONENTIAL, _SCALE, -1),
    "scale": _Measure(_EXPONENTIAL | _GAMMA, _SCALE, -1),
    "rate": _Measure(_EXPONENTIAL | _GAMMA, _RATE, 1),
}


def find_parametrisations(items: Iterable[Item], stated: Sequence[Span] = ()) -> list[Spoken]:
    """What the sentences say. stated: the places of distributions that are described in words, with their own parameters."""
    found: list[Spoken] = []
    last: _Members = []
    for sentence in find_sentences(items):
        text, members = _read(sentence, stated)
        found += _said(text, [*last, *members], sentence.span)
        last = [(-1, members[-1][1])] if members else last
    return list(dict.fromkeys(found))


def _said(text: str, members: _Members, span: Span) -> Iterator[Spoken]:
    """What a sentence says. members: the families' members in it with their places, and the last before it at -1."""
    found = [Spoken(families, parameters, span) for pattern, families, parameters in _TABLE if pattern.search(text)]
    found += [s for match in _VALUE.finditer(text) if (s := _beside(match, members, span))]
    found += [s for match in _NAMED_VALUE.finditer(text) if (s := _named(match, members, span))]
    yield from found
    known = frozenset[str]().union(*(each.families for each in found))
    for pattern, families in _OPEN:
        if families.isdisjoint(known) and pattern.search(text):
            yield Spoken(families, frozenset(), span)
    for match in _FROM_ZERO.finditer(text):
        before = _member_before(members, match.start())
        named = text.rfind("geom", 0, match.start())
        if before is None and named < 0:
            before = members[0] if members else None
        of_formula = before is not None and before[1].families[0].name in _GEOMETRIC
        if of_formula or match.group() == "failures" or named > (before[0] if before else -1):
            yield Spoken(_GEOMETRIC, frozenset(), span)


def _read(sentence: Sentence, stated: Sequence[Span]) -> tuple[str, _Members]:
    """The words in one spelling with the formulas in `$`, and the members of families among these, with their places in it."""
    text = ""
    members: _Members = []
    for token in sentence.tokens:
        if any(span.start <= token.span.start < span.end for span in stated) and not _explains(text, members):
            text += "geometric " if isinstance(token, Word) and token.text.startswith("geom") else ""
            continue
        if isinstance(token, Math):
            members += [(len(text), member) for member in _members(token)]
            text += "$" + re.sub(r"\s|\\left|\\right", "", token.span.text).replace("$", "") + "$ "
        else:
            text += re.sub(r"[-–—]", " ", token.text).strip() + " " if token.text not in "-–—" else ""
    return text, members


def _explains(text: str, members: _Members) -> bool:
    """Whether a family's notation stands just before: "$N(m, s)$ denotes the normal distribution with mean $m$ and ..."."""
    if not members:
        return False
    _, _, behind = text[members[-1][0] + 1 :].partition("$")
    return _EXPLAINING.match(behind) is not None


def _members(math: Math) -> Iterator[Instance]:
    for tree in statements(math):
        for part in walk(tree):
            found = instance_of(part, plainly=True) if isinstance(part, Juxtaposition | Call) else None
            if found is not None:
                yield found


def _member_before(members: _Members, at: int) -> tuple[int, Instance] | None:
    return next((member for member in reversed(members) if member[0] < at), None)


def _beside(match: re.Match[str], members: _Members, span: Span) -> Spoken | None:
    """What a value behind a formula says: that its argument is what the word names, or nothing, where it follows from it."""
    word = match["word"]
    said = _WORDS.get(word) or _WORDS[word[0]]
    found = _member_before(members, match.start())
    last = None if found is None else last_place(found[1])
    if found is None or last is None or found[1].families[0].name not in said.families:
        return None
    name = found[1].families[0].name
    group = _NORMAL if name in _NORMAL else frozenset((name,))
    value, argument = match["value"].strip("$").replace(" ", "").rpartition("=")[2], _text(last)
    own, given = _number(argument), _number(value)
    if value == argument or (own is not None and own == given):
        return None if given == 1 else Spoken(group, said.parameters, span)
    if own is None or given is None or given <= 0 or own == given**said.power:
        return None
    if (word[0] == "v" and own**2 == given) or (word == "rate" and own * given == 1):
        return Spoken(group, _DEVIATION if word[0] == "v" else _SCALE, span)
    return None if found[0] < 0 else Spoken(group, frozenset(), span)


def _named(match: re.Match[str], members: _Members, span: Span) -> Spoken | None:
    """What "where 2 is the mean" says of the last argument, if that is the value; refused where it has no such parameter."""
    found = _member_before(members, match.start())
    last = None if found is None else last_place(found[1])
    value = match["value"].strip("$").replace(" ", "")
    if found is None or last is None or value != _text(last):
        return None
    family = found[1].families[0]
    said = _WORDS.get(match["word"]) or _WORDS.get(match["word"][0])
    if said is not None and family.name in said.families:
        group = _NORMAL if family.name in _NORMAL else frozenset((family.name,))
        return Spoken(group, said.parameters, span)
    own = {word for parameter in family.parametrisations[0].parameters for word in parameter.words}
    return None if match["word"] in own else Spoken(frozenset((family.name,)), frozenset(), span)


def _text(tree: Tree) -> str:
    return "" if tree.span is None else "".join(tree.span.text.split())


def _number(text: str) -> Fraction | None:
    found = re.fullmatch(r"\\[td]?frac\{?(\d+)\}?\{?(\d+)\}?", text)
    try:
        return Fraction("/".join(found.groups()) if found else text)
    except (ValueError, ZeroDivisionError):
        return None
