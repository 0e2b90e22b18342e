r"""What words beside members of families say of their arguments: "with means $\beta_1 = 2$ and $\beta_2 = 3$".

A word is compared with what it would be in each parametrisation: the mean of $\mathrm{Exp}(2)$ is 1/2 if 2 is the rate, 2 if
it is the mean. Those that agree are meant; where none does the text says a parametrisation that is not known here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import isclose

from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.inference.distributions.families import Instance
from chainrule.inference.distributions.parametrisations import Spoken
from chainrule.ops.arithmetic import reciprocal
from chainrule.probability.families.family import Build, Family, Formula, Parameter, Parametrisation, build_of
from chainrule.sheets.information.failure_words import OF_SUCCESSES, VALUE, number_of, says_failure
from chainrule.source import Span

_KINDS = {
    r"log variances?": "log variance",
    r"(?:inverse|reciprocal) variances?|precisions?": "precision",
    r"standard deviations?|deviations?|std|sd|stdev": "standard deviation",
    r"variances?": "variance",
    r"means?|expectations?|expected values?|expected|averages?": "mean",
    r"scales?": "scale",
    r"rates?": "rate",
}
WORD = rf"\b(?<!learning )(?<!error )(?<!success )(?<!bit )(?:{'|'.join(_KINDS)})\b"
_VALUES = rf"{VALUE}(?:(?: ,| and)+ {VALUE})*"
_WORDS = rf"{WORD}(?:(?: ,| and)+(?: (?:the|their|its))* {WORD})*"
_WHAT = (
    r"(?:waiting|service|life|arrival|inter ?arrival|failure|reaction)? ?(?:life ?times?|times?|life|life ?spans?|durations?"
    r"|delays?|lengths?|heights?|sizes?|weights?|ages?|values?|counts?|gaps?)"
)
"""What is measured, "with mean lifetime 10": the word is said of it."""
_BEHIND = re.compile(
    rf"(?P<words>{_WORDS})(?: parameters?)?(?: {_WHAT})*(?: of \$[A-Z]\$)?"
    r"(?: (?:of|is|are|equal to|equals|given by|respectively|=|:))*"
    rf" (?P<values>{_VALUES})"
)
""" "with means 2 and 3"."""
_BEFORE = re.compile(
    rf"(?P<values>{_VALUES}) (?:both |each )?(?:is|are|being|denotes?|means?|represents?|stands? for|gives?|as)"
    rf"(?: (?:here|always|both|respectively|the|its|their|a))* (?P<words>{_WORDS})"
)
""" "where 2 and 3 are the means"."""
_BARE = re.compile(
    r"(?:\b(?:with|by|as|in terms of|using|are|being)|\()(?: (?:the|their|its|given|respective|parameters?))*"
    rf" (?P<word>{WORD}(?<=s)|{WORD}(?= parameters?\b))(?: parameters?)?(?= [).,;:]|\s*$| (?:and )?(?:compute|find|what|not)\b)"
)
""" "with scale parameters"."""
_NAMED = re.compile(
    rf"with (?!respect to )(?:(?:an?|the) )?(?P<word>[a-z]+(?: [a-z]+)?) (?:(?:of|equal to|=) )?(?P<value>{VALUE})"
)
""" "with half-life 3"."""
_INDEXED = re.compile(r"(?P<base>.+)_\{?[ijkn]\}?")
_POWER = re.compile(r"(?P<base>.+)\^\{?(?P<power>-?\d)\}?")

Members = Sequence[tuple[int, Instance]]


@dataclass(frozen=True)
class Given:
    r"""A value as it is written, without blanks: `\beta_1 = 2` has a letter."""

    text: str
    letter: str = ""


@dataclass(frozen=True)
class Argumented:
    """A member with its arguments as they are written, and its families of so many parameters."""

    families: frozenset[str]
    family: Family
    ways: tuple[Parametrisation, ...]
    arguments: tuple[str, ...]


def said_of_values(
    text: str, members: Members, given: Mapping[str, Sequence[Given]], numbers: Mapping[str, Fraction], span: Span
) -> Iterator[Spoken]:
    """What the words of a sentence say. members: of families, those of earlier sentences at -1. given: the values that its
    formulas write. numbers: the values that the text gives to letters.
    """
    for match in (*_BEHIND.finditer(text), *_BEFORE.finditer(text)):
        kinds = [_kind(word) for word in re.findall(WORD, match["words"])]
        values = [each for value in re.findall(VALUE, match["values"]) for each in given.get(value.strip("$"), _plain(value))]
        several = match["words"].endswith("s") or re.search(r"\b(?:are|both|each|parameters)\b", match.group()) is not None
        if len(kinds) == 1 and several:
            pairs = [(kinds[0], values)]
        else:
            pairs = [(kind, [value]) for kind, value in zip(kinds, values, strict=False)]
        for kind, own in pairs:
            before = [each for each in members if each[0] < match.start()] or list(members)
            yield from _verdicts(kind, own, before, numbers, span)
    yield from _unknown(text, members, span)
    yield from _of_failures(text, members, numbers, span)
    for match in _BARE.finditer(text):
        yield from _said_alone(_kind(match["word"]), members, span)


def said_outright(
    said: Iterable[tuple[str, Given]], members: Members, numbers: Mapping[str, Fraction], span: Span
) -> Iterator[Spoken]:
    """What values of this kind say of the last of the members, as `said_of_values` does."""
    for kind, value in said:
        yield from _verdicts(kind, [value], members, numbers, span)


def _unknown(text: str, members: Members, span: Span) -> Iterator[Spoken]:
    """ "$\\mathrm{Exp}(3)$ with half-life 3": a word for the last argument that names no parameter of the family."""
    for match in _NAMED.finditer(text):
        before = [instance for at, instance in members if 0 <= at < match.start()]
        member = _argumented(before[-1]) if before else None
        if member is None or match["value"].strip("$").replace(" ", "") != member.arguments[-1]:
            continue
        known = {word for way in member.ways for parameter in way.parameters for word in parameter.words}
        if match["word"] not in known and not re.search(rf"{WORD}|\bparameters?\b|\b(?:and|or|its|as)\b", match["word"]):
            yield Spoken(member.families, frozenset(), span)


def _of_failures(text: str, members: Members, numbers: Mapping[str, Fraction], span: Span) -> Iterator[Spoken]:
    """ "$\\mathrm{Ber}(0.2)$ with 0.2 the probability of zero": the parameter is the probability of 1 here."""
    known = [member for _, instance in members if (member := _argumented(instance)) is not None]
    written = [member.arguments[-1] for member in known if member.families <= OF_SUCCESSES]
    if says_failure(text, written, numbers):
        yield Spoken(OF_SUCCESSES, frozenset(), span)


def _plain(value: str) -> Sequence[Given]:
    return () if value.startswith("$") else (Given(value.replace(" ", "")),)


def _kind(word: str) -> str:
    return next(kind for pattern, kind in _KINDS.items() if re.fullmatch(pattern, word))


def _verdicts(
    kind: str, values: Sequence[Given], members: Members, numbers: Mapping[str, Fraction], span: Span
) -> Iterator[Spoken]:
    """What a word with these values says: of the members whose arguments they are, else one a member, else of the last."""
    known = [(at, member) for at, instance in members if (member := _argumented(instance)) is not None]
    compared: list[tuple[Given, int, Argumented]] = []
    open_values: list[Given] = []
    for value in values:
        own = [(member, k) for _, member in known for k, text in enumerate(member.arguments) if _is_written(value, text)]
        lettered = [(member, k) for member, k in own if number_of(member.arguments[k]) is None]
        for member, k in lettered:
            fitting = [way for way in member.ways if kind in _kinds_of(way.parameters[k])]
            yield from _spoken(member, fitting, span, agrees=False)
        powers = [(value, at, member) for at, member in known if _is_power_in(value, member)]
        compared += [] if lettered else powers
        open_values += [] if lettered or powers else [value]
    if len(open_values) <= len(known):
        compared += [(value, *each) for value, each in zip(open_values, known[len(known) - len(open_values) :], strict=True)]
    for value, at, member in compared:
        number = _number_in(value.text, numbers)
        told = [each for text in member.arguments if (each := _number_in(text, numbers)) is not None]
        if number is None or len(told) < len(member.arguments):
            continue
        fitting = [way for way in member.ways if not way.rare and _agrees(member.family, way, told, kind, number)]
        if fitting or at >= 0 or number in told:
            yield from _spoken(member, fitting, span, agrees=member.ways[0] in fitting)


def _is_power_in(value: Given, member: Argumented) -> bool:
    r"""Whether an argument is a power of the letter: the $\sigma$ of `N(0, \sigma^2)`."""
    powers = [power["base"] for text in member.arguments if (power := _POWER.fullmatch(text))]
    return any(_is_written(value, base) for base in powers)


def _spoken(member: Argumented, fitting: Sequence[Parametrisation], span: Span, *, agrees: bool) -> Iterator[Spoken]:
    """The statement that these are meant; none where all of several are, and what cannot be followed where none is."""
    if not fitting or not all(way in fitting for way in member.ways if not way.rare):
        names = frozenset(name for way in fitting for name in _names(way.parameters[-1].name))
        yield Spoken(member.families, names, span, agrees)


def _said_alone(kind: str, members: Members, span: Span) -> Iterator[Spoken]:
    """What "with scale parameters" says of the last arguments of the families of the text that have such a parameter."""
    for _, instance in members:
        member = _argumented(instance)
        fitting = [way for way in member.ways if kind in _kinds_of(way.parameters[-1])] if member is not None else []
        if member is not None and fitting:
            yield Spoken(member.families, frozenset(n for w in fitting for n in _names(w.parameters[-1].name)), span)


def _argumented(instance: Instance) -> Argumented | None:
    """The member, where its arguments stand in their places without names."""
    if instance.named or instance.formula is not None or instance.braces:
        return None
    texts = tuple("".join(place.span.text.split()) if place.span else "" for place in instance.places)
    for family in instance.families:
        ways = tuple(way for way in family.parametrisations if len(way.parameters) == len(texts) > 0)
        if ways and family.parametrisations[0] in ways:
            group = frozenset(("normal", "normal_diagonal", "normal_full"))
            return Argumented(group if family.name in group else frozenset((family.name,)), family, ways, texts)
    return None


def _is_written(value: Given, argument: str) -> bool:
    r"""Whether a value is an argument, by its writing; `\theta_i` is each of `\theta_1`, `\theta_2`."""
    if argument in (value.text, value.letter):
        return True
    indexed = _INDEXED.fullmatch(value.letter or value.text)
    return indexed is not None and re.fullmatch(re.escape(indexed["base"]) + r"_\{?\w+\}?", argument) is not None


def _agrees(family: Family, way: Parametrisation, arguments: Sequence[Fraction], kind: str, number: Fraction) -> bool:
    """Whether the quantity of this kind has this value where the arguments are given in this way."""
    values = tuple(map(build.constant, arguments))
    own = tuple(form.build(*values) for form in way.own) or values
    formula = _formula(family, kind)
    if formula is None:
        return False
    value = float(evaluate([formula(*own)], {})[0])
    if kind in ("standard deviation", "precision"):
        value = value**0.5 if kind == "standard deviation" else 1 / value if value else 0.0
    return isclose(value, float(number), rel_tol=1e-9)


def _formula(family: Family, kind: str) -> Build | None:
    """A quantity of this kind as a formula of the family's own parameters; the variance for what follows from it."""
    for k, parameter in enumerate(family.parameters):
        if kind in _kinds_of(parameter):
            return lambda *own: own[k]
    moments: dict[str, Formula | None] = {
        "mean": family.mean, "variance": family.variance, "standard deviation": family.variance, "precision": family.variance,
    }  # fmt: skip
    named = {each for way in family.parametrisations for parameter in way.parameters for each in _kinds_of(parameter)}
    if kind == "scale" and kind in named and (rate := _formula(family, "rate")) is not None:
        return lambda *own: reciprocal(rate(*own))
    formula = moments.get(kind)
    return None if formula is None else build_of(formula)


@cache
def _kinds_of(parameter: Parameter) -> frozenset[str]:
    return frozenset(kind for word in parameter.words for pattern, kind in _KINDS.items() if re.fullmatch(pattern, word))


def _names(name: str) -> frozenset[str]:
    """The names of a parameter in the families of numbers and of vectors."""
    return frozenset((name, f"{name}s", *(("covariance",) if name == "variance" else ())))


def _number_in(text: str, numbers: Mapping[str, Fraction]) -> Fraction | None:
    """The value of an argument: a number, a letter that has one, or a power of those."""
    found = numbers.get(text, number_of(text))
    power = _POWER.fullmatch(text) if found is None else None
    base = _number_in(power["base"], numbers) if power is not None else None
    if power is None or not base:
        return found
    return base ** int(power["power"])
