r"""What sentences say of how families are parametrised: "where the second parameter is the standard deviation", "shape-scale".

A phrase of the table, or a value beside a formula, sets it: "$P \sim \mathrm{Exp}(2)$ with mean 2". What talks of it in other
words sets nothing, and is followed by nobody: quantities of such families are refused.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from chainrule.inference.distributions.families import Instance, instance_of
from chainrule.inference.distributions.parametrisations import Spoken
from chainrule.sheets.information.failure_words import number_of
from chainrule.sheets.information.moments_said import said_by_formulas
from chainrule.sheets.information.parameter_words import WORD, Given, said_of_values, said_outright
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.source import Span
from chainrule.syntax.tree import Call, Juxtaposition, Relation, walk

_NORMAL = frozenset(("normal", "normal_diagonal", "normal_full"))
_EXPONENTIAL, _GAMMA, _GEOMETRIC = frozenset(("exponential",)), frozenset(("gamma",)), frozenset(("geometric",))
_DEVIATION, _VARIANCE = frozenset(("deviation", "deviations")), frozenset(("variance", "variances", "covariance"))
_RATE, _SCALE = frozenset(("rate",)), frozenset(("scale",))

_UNIFORM = frozenset(("uniform",))
_DISCRETE = re.compile(r"\b(?:die|dice|integers|integer valued|whole numbers|discrete)\b")
"""Words for outcomes that can be counted, beside a member that is written as that of an interval."""

_PLACE = r"(?:parameter|argument|entry|number|component|slot)s?"
_IS = r"(?:here )?(?:is|are|denotes?|being|means?|gives?|as|to be|represents?|stands for)(?: (?:always|here|the|its|their|a))*"
_BY = r"(?:param(?:eter|etr)i[sz]ed|specified|given|described) (?:by|with|in terms of|using|through)(?: (?:its|their|the|a))*"
_OF = r"(?: (?:of|in) (?:the |all |an? )*\S+(?: distributions?)?(?: below| above| here)?)?"
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
        (_alone(r"scales?\b"), _EXPONENTIAL | _GAMMA, _SCALE),
        (_alone(r"(?:means?|expectations?|expected values?)\b"), _EXPONENTIAL, _SCALE),
        (_alone(r"rates?\b"), _EXPONENTIAL | _GAMMA, _RATE),
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
        (rf"not (?:(?:the|its|their|a|an) )*{WORD}", _NORMAL | _EXPONENTIAL | _GAMMA),
        (r"per (?P<unit>[a-z]+)\b.*?\b\d+(?:\.\d+)? (?P=unit)s?\b", frozenset(("poisson",))),
    )
)
_FROM_ZERO = re.compile(
    r"\bfailures\b|\b(?:starting|starts?|counted|counting|counts?) (?:from|at|with) (?:0|zero|\$0\$)"
    r"|\bnon ?negative integers|\$(?:[A-Za-z](?:\\in|=))?(?:\\\{|\{)?0,(?:\\,)?1,[^$]*(?:dots|\.\.|…)"
    r"|\$(?:[a-z]\\in)?\\mathbb\{?[NZ]\}?_\{?(?:0|\\ge)"
)
_EXPLAINING = re.compile(r" (?:denotes?|is|means?|stands for|refers to|for|be|denote)\b")
"""Between a notation and the words that explain it."""
_Members = list[tuple[int, Instance]]


def find_parametrisations(items: Iterable[Item], stated: Sequence[Span] = ()) -> list[Spoken]:
    """What the sentences say. stated: the places of distributions that are described in words, with their own parameters."""
    found: list[Spoken] = []
    before: _Members = []
    sentences = list(find_sentences(items))
    numbers = _numbers(token for sentence in sentences for token in sentence.tokens if isinstance(token, Math))
    for sentence in sentences:
        text, members = _read(sentence, stated)
        found += _said(text, [*before, *members], _given(sentence), numbers, sentence.span)
        found += said_outright(said_by_formulas(sentence, members), members, numbers, sentence.span)
        if _DISCRETE.search(text) and any(_is_interval(member) for _, member in members):
            found.append(Spoken(_UNIFORM, frozenset(), sentence.span))
        before += [(-1, member) for _, member in members]
    return list(dict.fromkeys(found))


def _given(sentence: Sentence) -> dict[str, list[Given]]:
    """The values that each formula writes."""
    return {_compact(token.span.text): list(_values(token)) for token in sentence.tokens if isinstance(token, Math)}


def _values(math: Math) -> Iterator[Given]:
    for tree in statements(math):
        if isinstance(tree, Relation) and tree.operators == ("=",):
            left, right = (side.span for side in tree.sides)
            if left is not None and right is not None:
                yield Given(_compact(right.text), _compact(left.text))
        elif tree.span is not None and not isinstance(tree, Relation):
            yield Given(_compact(tree.span.text))


def _numbers(formulas: Iterable[Math]) -> dict[str, Fraction]:
    r"""The numbers that formulas give to letters, also in a chain, `E[T] = \theta = 10`."""
    listed = list(formulas)
    pairs = [(value.letter, number_of(value.text)) for math in listed for value in _values(math) if value.letter]
    for tree in (tree for math in listed for tree in statements(math)):
        if isinstance(tree, Relation) and len(tree.sides) > 2 and set(tree.operators) == {"="}:
            *letters, last = (_compact(side.span.text) if side.span else "" for side in tree.sides)
            pairs += [(letter, number_of(last)) for letter in letters]
    return {letter: number for letter, number in pairs if number is not None}


def _compact(text: str) -> str:
    return re.sub(r"\s|\\left|\\right", "", text).replace("$", "")


def _said(
    text: str, members: _Members, given: Mapping[str, Sequence[Given]], numbers: Mapping[str, Fraction], span: Span
) -> Iterator[Spoken]:
    """What a sentence says. members: the families' members in it with their places, and those before it at -1."""
    found = [Spoken(families, parameters, span) for pattern, families, parameters in _TABLE if pattern.search(text)]
    found += said_of_values(text, members, given, numbers, span)
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
            text += f"${_compact(token.span.text)}$ "
        else:
            text += re.sub(r"[-–—]", " ", token.text).strip() + " " if token.text not in "-–—" else ""
    return text, members


def _is_interval(member: Instance) -> bool:
    return not member.braces and any(family.name in _UNIFORM for family in member.families)


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
