"""Phrases of prose that say which distribution something has: "binomial with $N = 2$ and $p = 0.4$", "a fair coin".

A phrase counts only with all its parameters. What it says is written in the notation of formulas.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from chainrule.inference.distributions.assignments import outcome_of_head
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key
from chainrule.probability.families.family import Family, Parameter
from chainrule.probability.families.table import FAMILIES
from chainrule.sheets.forms import words
from chainrule.sheets.information.durations import find_duration
from chainrule.sheets.information.failure_words import OF_SUCCESSES, says_failure
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Relation

_NOUNS = words("distribution distributed distributions variable variables random variate trial law density densities prior")
_LEADING = words(
    "with parameter parameters and , ( of its whose having has where given by equal to a an the value is = : ; for"
)
_ANNOUNCING = words("parameter parameters ( =")
"""One of these stands before a parameter that has only a place."""
_GENERAL = words("parameter probability")
"""Words that do not say which parameter it is as its letter does."""
_TRIALS = words("( ) the number of trials until up to and including first success needed counting counted from 1")
_COUNTED = words("trials trial n size")
_PER = words("each every per both either different")
_COUNTS = {"zero": "0", "unit": "1"}
"""Values that are said before what they are of: "zero mean and unit variance"."""
_HAVING = words("has with having")
_MANY = words("bivariate multivariate trivariate multidimensional multi dimensional covariance")
"""One of these says that vectors are spoken of."""
OWN_NAME = "{own}"
"""In a body it stands for the name of the distribution."""
_MOST = 60
"""So many pieces behind a family are looked through for its parameters."""
_ENDS = words("compute calculate find what determine while whereas but . ?")


@dataclass(frozen=True)
class Phrase:
    """A phrase in pieces [start, end). `body` follows the name: `\\sim \\mathrm{Poisson}(\\lambda = 3)` or `= \\{...\\}`.

    taken: the formulas of its parameters. what: in words, for messages. sure: it is a distribution wherever it stands.
    called: the name that it gets where it has none, if nothing else has it. guess: what was taken for granted. chances: of the
    outcomes. Without a body it is a variable whose distribution is not worked out.
    """

    start: int
    end: int
    body: str
    what: str
    taken: tuple[Math, ...] = ()
    sure: bool = False
    outcomes: tuple[str, ...] = ()
    called: str = ""
    guess: str = ""
    chances: tuple[str, ...] = ()
    derived: bool = False
    thrown: bool = False
    """It is a coin or a die."""
    unread: str = ""
    """Words about it that are not understood."""
    role: str = ""
    """The word for where it comes from, "empirical"."""
    inside: int | None = None
    """The piece of its name, where that stands among its words."""


@dataclass(frozen=True)
class Value:
    """A parameter that is given: by its letter, by words, or only in its place."""

    text: str
    letter: str = ""
    words: str = ""
    math: Math | None = None


def find_phrase(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """The distribution that the words from here on describe."""
    if family := _family_said(pieces, start):
        return _with_parameters(pieces, start, start, family)
    adverb = pieces[start].text.endswith("ly") and [piece.text for piece in pieces[start + 1 : start + 2]] == ["distributed"]
    first = pieces[start].text.removesuffix("ly") if adverb else pieces[start].text
    for spelled, family in family_words().get(first, ()):
        if (first, *(piece.text for piece in pieces[start + 1 : start + len(spelled)])) == spelled:
            return _with_parameters(pieces, start, start + len(spelled), kin(family, spelled))
    return None


def standard_normal(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """ "a standard normal variable"."""
    texts = [piece.text for piece in pieces[start : start + 4]]
    if texts[:1] not in (["standard"], ["unit"]) or texts[1:2] not in (["normal"], ["gaussian"]):
        return None
    nouns = 2 if texts[2:4] == ["random", "variable"] else int(texts[2:3] in (["distribution"], ["variable"], ["prior"]))
    many = any(piece.text in _MANY for piece in pieces)
    return Phrase(
        start, start + 2 + nouns, f"\\sim \\mathcal{{N}}(0, {'I' if many else '1'})", "standard normal distribution", sure=True
    )


@cache
def family_words() -> dict[str, list[tuple[tuple[str, ...], Family]]]:
    """The words of all families by the first one, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Family]]] = {}
    for family in FAMILIES:
        for phrase in family.words:
            spelled = tuple(phrase.replace("-", " ").split())
            found.setdefault(spelled[0], []).append((spelled, family))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


def _family_said(pieces: Sequence[Piece], start: int) -> list[Family]:
    """The family of "two Gaussians, where $P$ has mean 0 and variance 1", where the words here are those of a parameter."""
    if (
        start < 2
        or pieces[start - 1].text not in _HAVING
        or pieces[start - 2].math is None
        or not _continues((), pieces[start].text)
    ):
        return []
    before = [piece.text for piece in pieces[:start]]
    for index, word in enumerate(before):
        one = word.removesuffix("s")
        plural = (word != one and not one.endswith("s")) or before[index + 1 : index + 2] in (["distributions"], ["densities"])
        for spelled, family in family_words().get(one, ()) if plural else ():
            if spelled == (one,):
                return kin(family, spelled)
    return []


def kin(family: Family, spelled: tuple[str, ...]) -> list[Family]:
    """The families that these words can mean: "Gaussian" is scalar, diagonal or full. Those that they name come first."""
    said = " ".join(spelled)
    named = [each for each in FAMILIES if said in {w.replace("-", " ") for w in each.words}] or [family]
    wider = [each for each in FAMILIES if any(w.replace("-", " ").endswith(f" {said}") for w in each.words)]
    return [*named, *(each for each in wider if each not in named)]


def _with_parameters(pieces: Sequence[Piece], start: int, end: int, families: Sequence[Family]) -> Phrase | None:
    while end < len(pieces) and pieces[end].text in _NOUNS:
        end += 1
    end = _behind_trials(pieces, end) if families[0].name == "geometric" else end
    found = statements(math) if end + 1 < len(pieces) and (math := pieces[end].math) is not None else ()
    if len(found) != 1 or not could_be_name(found[0]) or pieces[end + 1].text not in _HAVING | {"of", "whose", "("}:
        return _parametrised(pieces, start, end, families)
    named = _parametrised(pieces, start, end + 1, families)
    return replace(named, inside=end) if named is not None else None


def _parametrised(pieces: Sequence[Piece], start: int, end: int, families: Sequence[Family]) -> Phrase | None:
    letters = {letter for each in families for given in each.parametrisations for p in given.parameters for letter in p.letters}
    values, stop = _values(pieces, end, letters)
    if not values and families[0].name == "bernoulli":
        values, stop = _of_event(pieces, start, end)
    if families[0].name in OF_SUCCESSES and says_failure(_said(pieces[end:]), [_bare(each.text) for each in values[-1:]], {}):
        return Phrase(start, stop, "", f"{families[0].title} distribution", sure=True, unread="probability of failure")
    if families[0].name == "binomial" and (count := _count_before(pieces, start, values)) is not None:
        values = [count, *values]
    if values and (more := more_behind(pieces, stop)):
        return Phrase(start, stop, "", f"{families[0].title} distribution", sure=True, unread=more)
    duration = find_duration(pieces, stop) if families[0].name == "poisson" and values else None
    if duration is None:
        return member(families, values, start, stop)
    timed = [replace(each, text=f"{each.text} \\cdot {duration.count}") for each in values] if duration.count else values
    phrase = member(families, timed, start, duration.end)
    return replace(phrase, body="", unread=duration.unread) if phrase is not None and duration.unread else phrase


def _count_before(pieces: Sequence[Piece], start: int, values: Sequence[Value]) -> Value | None:
    """The n of "the number of defective bulbs in a sample of $n = 4$ follows a binomial distribution with p = 0.3": the only
    number before the family, where that has none of its own.
    """
    if len(values) != 1 or values[0].letter == "n" or values[0].words in _COUNTED:
        return None
    said = [piece.text for piece in pieces[:start]]
    equations = [each for piece in pieces[:start] if piece.math for each in _in_formula(piece.math, "")]
    given = [each for each in equations if each.letter or each.text.isdecimal()]
    digits = [word for word in said if word[:1].isdigit()]
    if "number" not in said or not _PER.isdisjoint(said) or len(given) + len(digits) != 1:
        return None
    if given:
        return given[0] if given[0].letter in ("n", "N", "m") or not given[0].letter else None
    return Value(digits[0], letter="n") if digits[0].isdecimal() else None


def more_behind(pieces: Sequence[Piece], index: int) -> str:
    """The words behind a member of a family that give another one, "or 0.8", "with probability 0.5"; "" where none do."""
    said = [piece.text for piece in pieces[index : index + 2]]
    if said == ["with", "probability"]:
        return " ".join(said)
    second = pieces[index + 1 : index + 2] if said[:1] == ["or"] else ()
    return "or" if any(piece.math is not None or number_at(pieces, index + 1) is not None for piece in second) else ""


def _of_event(pieces: Sequence[Piece], start: int, end: int) -> tuple[list[Value], int]:
    """The parameter in "with $P(X = 1) = 0.3$" or "$P(X = 0) = 0.7$", and where it ends; none of another variable."""
    index = end
    while index < len(pieces) and pieces[index].text in _LEADING:
        index += 1
    math = pieces[index].math if index < len(pieces) else None
    before = next((piece.math for piece in reversed(pieces[:start]) if piece.math is not None), None)
    found = statements(math) if math is not None else ()
    relation = found[0] if len(found) == 1 else None
    if math is None or before is None or not isinstance(relation, Relation) or relation.operators != ("=",):
        return [], end
    outcome, value = outcome_of_head(relation.sides[0]), relation.sides[1].span
    if outcome is None or value is None or [key(tree) for tree in statements(before)] != list(outcome[1]):
        return [], end
    label = number(outcome[2])
    text = value.text if label == 1 else complement(value.text) if label == 0 else None
    return ([Value(text, letter="p", math=math)], index + 1) if text is not None else ([], end)


def _said(pieces: Sequence[Piece]) -> str:
    """The words, with formulas in `$`."""
    return " ".join(f"${_bare(piece.math.text)}$" if piece.math is not None else piece.text for piece in pieces)


def _bare(text: str) -> str:
    return "".join(text.split())


def _behind_trials(pieces: Sequence[Piece], start: int) -> int:
    """The end of "(number of trials until the first success)", which is what a geometric distribution counts here."""
    end = start
    while end < len(pieces) and pieces[end].text in _TRIALS:
        end += 1
    texts = [piece.text for piece in pieces[start:end]]
    return end if texts[:1] == ["("] and texts[-1:] == [")"] and "trials" in texts else start


def member(families: Sequence[Family], values: Sequence[Value], start: int, stop: int) -> Phrase | None:
    """The phrase for the first of these families that has just these parameters."""
    if len(values) == 1 and families[0].name == "normal":
        values = _with_any_mean(families[0], values[0])
    for family in families:
        for parametrisation in family.parametrisations:
            order = _matched(parametrisation.parameters, values)
            if order is not None and (len(order) > 1 or family is families[0]):
                inner = ", ".join(f"{p.letters[0]} = {v.text}" for p, v in zip(parametrisation.parameters, order, strict=True))
                body = f"\\sim \\mathrm{{{_spelling(family)}}}({inner})"
                taken = tuple(value.math for value in order if value.math)
                return Phrase(start, stop, body, f"{family.title} distribution", taken, sure=True)
    return None


def _with_any_mean(family: Family, spread: Value) -> list[Value]:
    """The values of "normally distributed with variance 9", of which the mean is not said: it is a name without a number."""
    mean, *others = [parameter for way in family.parametrisations for parameter in way.parameters]
    told = any(_is_of(parameter, spread) for parameter in others if parameter.name != mean.name)
    return [Value(f"\\mathrm{{loc}}_{OWN_NAME}", letter=mean.letters[0]), spread] if told else [spread]


def _spelling(family: Family) -> str:
    """The family's whole name where that is a spelling; `Exp` would be a function."""
    whole = (each for each in family.spellings if each.lower() == family.name.replace("_", "") and not each.islower())
    return next(whole, family.spellings[0])


def _matched(parameters: Sequence[Parameter], values: Sequence[Value]) -> list[Value] | None:
    """The values in the order of the parameters; None unless each of them is one parameter's."""
    if len(values) != len(parameters):
        return None
    left = list(values)
    found: list[Value | None] = []
    for parameter in parameters:
        mine = next((v for v in left if _is_of(parameter, v)), None)
        found.append(mine)
        if mine is not None:
            left.remove(mine)
    bare = [value for value in left if not value.letter and not value.words]
    if len(bare) != len(left):
        return None
    filled = [value or bare.pop(0) for value in found if value is not None or bare]
    return filled if len(filled) == len(parameters) else None


def _is_of(parameter: Parameter, value: Value) -> bool:
    return (bool(value.letter) and value.letter in parameter.letters) or (bool(value.words) and value.words in parameter.words)


def _values(pieces: Sequence[Piece], start: int, letters: Set[str]) -> tuple[list[Value], int]:
    """The values behind a family, and where the last one ends."""
    values: list[Value] = []
    index = end = start
    said: list[str] = []
    while index < min(len(pieces), start + _MOST):
        piece = pieces[index]
        found = _value_at(pieces, index, " ".join(said))
        if found is not None and any(value.letter and value.letter not in letters for value in found[0]):
            break
        if found is not None:
            more, length = found
            values += more
            index += length
            end = index + (index < len(pieces) and pieces[index].text == ")" and _opens(pieces[start:index]))
            said = []
        elif piece.math is not None or piece.text in _ENDS:
            break
        elif _continues(said, piece.text):
            said.append(piece.text)
            index += 1
        elif piece.text in _LEADING:
            said = [] if piece.text in ("and", ",", "with") else said
            index += 1
        else:
            break
    return values, end if values else start


def _opens(pieces: Sequence[Piece]) -> bool:
    texts = [piece.text for piece in pieces]
    return texts.count("(") > texts.count(")")


def _continues(said: Sequence[str], word: str) -> bool:
    """Whether the words so far are the beginning of the name of a parameter."""
    phrase = " ".join((*said, word))
    return any(each == phrase or each.startswith(phrase + " ") for each in _parameter_words())


@cache
def _parameter_words() -> frozenset[str]:
    return frozenset(w for family in FAMILIES for given in family.parametrisations for p in given.parameters for w in p.words)


def _value_at(pieces: Sequence[Piece], index: int, said: str) -> tuple[list[Value], int] | None:
    """The values given here, and their length: `$p = 0.3$`, `p = 0.3`, `0.3`, `8 outcomes`."""
    piece = pieces[index]
    if piece.math is not None:
        announced = bool(said) or (index > 0 and pieces[index - 1].text in _ANNOUNCING)
        values = [value for value in _in_formula(piece.math, said) if value.letter or value.words or announced]
        return (values, 1) if values else None
    if number := number_at(pieces, index):
        text, length = number
        unit = " ".join(each.text for each in pieces[index + length : index + length + 2])
        counted = next((w for w in _parameter_words() if w in (unit, unit.split(" ")[0]) and not said), "")
        return [Value(text, words=said or counted)], length + len(counted.split())
    if not said and (value := _COUNTS.get(piece.text)):
        named = " ".join(each.text for each in pieces[index + 1 : index + 3])
        what = next((w for w in sorted(_parameter_words(), key=len, reverse=True) if f"{named} ".startswith(f"{w} ")), "")
        return ([Value(value, words=what)], 1 + len(what.split())) if what else None
    spelled = len(piece.text) == 1 or piece.text in ("mu", "sigma", "lambda")
    if spelled and index + 1 < len(pieces) and pieces[index + 1].text == "=" and (number := number_at(pieces, index + 2)):
        return [Value(number[0], letter=piece.text)], 2 + number[1]
    return None


def _in_formula(math: Math, said: str) -> Iterator[Value]:
    """`N = 2, p = 0.4`, or a value alone where words say of what. Words decide also where a letter stands beside them."""
    for place, tree in enumerate(statements(math)):
        if isinstance(tree, Relation) and set(tree.operators) == {"="} and len(tree.sides) == 2:
            left, right = (side.span for side in tree.sides)
            if left is not None and right is not None:
                told = said if place == 0 and said in _parameter_words() and said not in _GENERAL else ""
                yield Value(right.text, letter="" if told else "".join(left.text.split()), words=told, math=math)
        elif tree.span is not None and not isinstance(tree, Relation):
            yield Value(tree.span.text, words=said)


def number_at(pieces: Sequence[Piece], index: int) -> tuple[str, int] | None:
    """A number or a fraction of numbers, and its length in pieces."""
    texts = [piece.text for piece in pieces[index : index + 4]]
    apart = texts[:1] in (["-"], ["−"])
    texts = [f"-{texts[1]}", *texts[2:]] if apart and len(texts) > 1 else texts
    if not texts or not texts[0].removeprefix("-")[:1].isdigit() or "," in texts[0]:
        return None
    if texts[1:2] == ["/"] and len(texts) > 2 and texts[2].isdigit():
        return f"{texts[0]}/{texts[2]}", apart + 3
    return texts[0], apart + 1


def complement(text: str) -> str:
    """1 - p, as a number where p is one."""
    try:
        rest = 1 - Fraction(text)
    except (ValueError, ZeroDivisionError):
        return f"1 - {text}"
    short = f"{float(rest):.12g}"
    return str(rest) if "/" in text else short if Fraction(short) == rest else f"1 - {text}"
