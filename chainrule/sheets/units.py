"""Units that words state, for one task or for all: "in bits", "using log base 2", "All logarithms are natural"."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chainrule.sheets.continued_units import with_continued_units
from chainrule.sheets.forms import NEUTRAL, words
from chainrule.sheets.information.declared_logarithms import declared_logarithms, only_declares, unit_of
from chainrule.sheets.quantity_words import Piece, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Task

_LOGS = r"(?:logarithms?|logs?|\\log)"
_BASE = (
    rf"(?:{_LOGS} )?(?:(?:to|with|of|in|at|is|are|has|have|denotes|means|=) )*(?:the |a )?"
    rf"base (?:= )?(?P<base>2|10|e|two|ten|\d+)(?: {_LOGS})?"
)
_KIND = (
    rf"(?P<kind>natural|binary|common|decimal) {_LOGS}|{_LOGS} (?:is|are|denotes) (?:taken )?(?:the )?(?P<said>natural|binary)"
    rf"(?: {_LOGS})?"
)
_SYMBOL = (
    r"(?P<symbol>(?:\\ln|ln)(?! \d)|log 2|log 10|\\log_2|log2|\\log_3|\\log_\{[23]\}|\\log_10|\\log_\{10\}|log10"
    r"|\\lg(?! (?:always )?(?:denotes|is|means|stands|be|=)))"
)
_ONE = r"\\?(?:ln|log) ?\{?(?P<one>2|3|10)\}?"
"""What one unit is in nats, `\\log 2`."""
_MEASURE = r"(?P<measure>bits?|nats?|shannons?|hartleys?|bans?|dits?|trits?)"
_LEAD = (
    r"(?:(?:measured|measure|expressed|express|given|stated|reported|report|using|use|in|with|to|the|take|taking|all|units|of"
    r"|as|once|both|also|first|then|next) )*"
)
_UNIT = re.compile(rf"(?:\( )?(?P<lead>{_LEAD})(?:(?<=units of ){_ONE}|{_BASE}|{_KIND}|{_SYMBOL}|{_MEASURE})(?= |$)(?: \))?")
_LEADING = words("in units as to use using")
"""One of these stands before a measure: "the Shannon entropy" is in none."""
_JOINS = words(": / = , or i.e. aka")
_UNIT_WORDS = words("unit units")
_OTHER_WORDS = _JOINS | _UNIT_WORDS
"""Between and behind words for one unit."""
_LOGARITHM = re.compile(r"\\log_(?:\{(?:2|3|10)\}|2|3)|\\ln|\\lg")
_LONGEST = 14
_NAMES = {
    "nats": ("e", "natural", "\\ln", "ln", "nat", "nats"),
    "bits": ("2", "two", "binary", "\\log_2", "log2", "log 2", "\\log_{2}", "bit", "bits", "shannon", "shannons"),
    "base 10": (
        "10",
        "ten",
        "common",
        "decimal",
        "\\log_10",
        "\\log_{10}",
        "log10",
        "log 10",
        "\\lg",
        "hartley",
        "hartleys",
        "ban",
        "bans",
        "dit",
        "dits",
    ),
    "base 3": ("3", "\\log_3", "\\log_{3}", "trit", "trits"),
}
_UNIT_OF = {word: unit for unit, spelled in _NAMES.items() for word in spelled}

_AROUND = NEUTRAL | words(
    "logarithm logarithms log logs \\log are is taken take use used using assume assuming we give report express answer answers"
    " result results your information measured measure throughout unless otherwise stated quantities work in for this problem"
    " \\lg be exercise sheet each part with to as of here have denotes means convert let units unit everything where"
    " rounded round correct decimals decimal digits digit significant figures place places two three four"
    " five 1 2 3 4 5 6"
    " number numbers state write told noted specified said mentioned indicated"
    " worksheet worksheets sheets exercises problems homework assignment chapter section course lecture parts every any our"
    " always will shall should must calculations computations usual convention"
)
_GENERAL = words("all answers results everything throughout quantities")
"""One of these makes a sentence about units one of the whole problem, wherever it stands."""
_AGAIN = words("convert it this that them these also")
_SPOKEN_FOR = ("information", "claim", "comparison")
"""The forms of tasks that a unit said in another sentence of their part is of."""


@dataclass(frozen=True)
class Unit:
    """A unit that is said; `length` in pieces."""

    name: str
    length: int


@dataclass(frozen=True)
class UnitRule:
    """A sentence that says in which units answers are: those of its part, or all. `again`: besides the units so far."""

    part: str | None
    units: tuple[str, ...]
    again: bool


def unit_at(pieces: Sequence[Piece], start: int, tail: bool = False) -> Unit | None:
    """The unit that the words from here on say: "in bits", "using log base 2", "(base 2)".

    tail: another unit stands before it, "in nats and bits", so that none of the words that introduce one is needed.
    """
    match = _UNIT.match(" ".join(map(_spelling, pieces[start : start + _LONGEST])))
    if match is None:
        return None
    led = not _LEADING.isdisjoint(match["lead"].split())
    if match["measure"] and not (tail or led or match.group().startswith("(")):
        return None
    said = next(match[name] for name in ("one", "base", "kind", "said", "symbol", "measure") if match[name])
    name, length = _UNIT_OF.get(said, f"base {said}"), len(match.group().split(" "))
    return Unit(name, length + _said_again(pieces[start + length :], name))


def _said_again(pieces: Sequence[Piece], name: str) -> int:
    """The length of other words for the same unit, "base 10: dits/hartleys/bans", "base 3 units"."""
    said = [piece.text for piece in pieces[:_LONGEST]]
    end = 0
    for index, word in enumerate(said):
        if word in _OTHER_WORDS or _UNIT_OF.get(word) == name:
            end = index + 1 if word not in _JOINS else end
        else:
            break
    return end + (said[end : end + 1] == [")"] and end > 0)


def _spelling(piece: Piece) -> str:
    return piece.text if piece.math is None else "".join(piece.math.span.text.split()) or "$"


def without_units(tokens: Sequence[Word | Math]) -> tuple[Word | Math, ...]:
    """The words without those that say a unit."""
    pieces = pieces_of(tokens)
    gone: set[int] = set()
    index = 0
    while index < len(pieces):
        unit = unit_at(pieces, index, tail=bool(gone) and pieces[index - 1].text in ("and", "or", ",", "&"))
        length = unit.length if unit else 1
        gone.update(piece.index for piece in pieces[index : index + length] if unit)
        index += length
    return tuple(token for index, token in enumerate(tokens) if index not in gone)


def units_in(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Every unit that these words say, in order."""
    return _read(pieces)[0]


def _read(pieces: Sequence[Piece]) -> tuple[tuple[str, ...], list[str]]:
    """The units, and the other words but for names of quantities. Beside "unit" a unit needs no "in" before it."""
    plain = any(piece.text in _UNIT_WORDS for piece in pieces)
    units: list[str] = []
    others: list[str] = []
    index = 0
    while index < len(pieces):
        tail = plain or (bool(units) and pieces[index - 1].text in ("and", "or", ",", "&"))
        if unit := unit_at(pieces, index, tail):
            units.append(unit.name)
            index += unit.length
        elif named := quantity_at(pieces, index):
            index += named.length
        else:
            others.append(_spelling(pieces[index]))
            index += 1
    return tuple(dict.fromkeys(units)), others


def unit_rule(sentence: Sentence, closing: bool = False) -> UnitRule | None:
    """What a sentence says of units, where it says nothing else.

    closing: it stands by itself at the end of a problem, so that it is of all parts, as "all answers in bits" is anywhere.
    """
    units, others = _read(pieces_of(sentence.tokens))
    if only_declares(sentence):
        units, others = tuple(dict.fromkeys(unit_of(each) for each in declared_logarithms(sentence) if each.name == "log")), []
    if not units or not (_AROUND | _AGAIN | {".", ";", "!"}).issuperset(others) or sentence.end == "?":
        return None
    again = others[:1] == ["convert"] or others[:1] == ["also"]
    if others[:1] == ["convert"] and sentence.place.part is not None:
        return None
    said = {piece.text for piece in pieces_of(sentence.tokens)}
    general = closing or (not _GENERAL.isdisjoint(said) and "both" not in said)
    return UnitRule(None if general and not again else sentence.place.part, units, again)


def defined_units(sentences: Iterable[Sentence]) -> dict[str, str]:
    r"""The units of the logarithms in what words call a quantity: "Define the information content by $h(x) = \\log_2 ...$"."""
    found: dict[str, str] = {}
    for sentence in sentences:
        pieces = pieces_of(sentence.tokens)
        named = [each.quantity.name for i in range(len(pieces)) if (each := quantity_at(pieces, i)) is not None]
        formulas = [math for math in sentence.tokens if isinstance(math, Math) and "=" in math.text]
        units = {_UNIT_OF[spelled] for math in formulas for spelled in _LOGARITHM.findall(math.text) if spelled in _UNIT_OF}
        if len(set(named)) == 1 and len(formulas) == 1 and len(units) == 1 and units != {"nats"}:
            found[named[0]] = next(iter(units))
    return found


def with_units(tasks: Iterable[Task], rules: Sequence[UnitRule]) -> list[Task]:
    """The tasks about quantities with the units of their part, else those of the whole, where they say none themselves."""
    found: list[Task] = []
    for task in tasks:
        mine = [rule for rule in rules if rule.part == task.part] or [rule for rule in rules if rule.part is None]
        if not _is_measured(task) or not mine:
            found.append(task)
            continue
        own = (task.unit,) if task.unit or all(rule.again for rule in mine) else ()
        more = [unit for rule in mine if rule.again or not task.unit for unit in rule.units]
        found += [replace(task, unit=unit, common=unit not in own) for unit in dict.fromkeys((*own, *more))]
    return found


def with_spoken_units(tasks: Sequence[Task], sentences: Sequence[Sentence]) -> list[Task]:
    """The tasks with the unit of a sentence before them that asks for nothing that is understood, "How surprised are we, in
    bits, to see a dog? Compute ...", in their part, or in their paragraph where they stand in none; what asks above their part
    for something that is not understood is taken for a question about it. A claim has that of all amounts of information that
    are asked for, if that is one.
    """
    if all(task.form not in _SPOKEN_FOR or task.unit for task in tasks):
        return list(tasks)
    tasks = with_continued_units(tasks, sentences)
    others = {task.unit for task in tasks if task.form == "information"}
    if len(others) == 1 and (unit := others.pop()) is not None:
        tasks = [replace(task, unit=unit, common=True) if task.form == "claim" and not task.unit else task for task in tasks]
    tasks = _with_units_of_claims(tasks, sentences)
    asking = sorted(task.span.start for task in tasks if task.form != "unknown")
    placed = ((each, each.span) for each in sentences)
    silent = [each for each, span in placed if bisect_left(asking, span.start) == bisect_left(asking, span.end)]
    spoken = [(each, units) for each in silent if (units := units_in(pieces := pieces_of(each.tokens)) or _counted(pieces))]
    unread = sorted(task.span.start for task in tasks if task.form == "unknown")
    asked = [each for each, _ in spoken if bisect_left(unread, each.span.start) < bisect_left(unread, each.span.end)]
    return [
        _spoken_for(task, spoken, sentences, asked) if task.form in _SPOKEN_FOR and not task.unit else task for task in tasks
    ]


def _with_units_of_claims(tasks: Sequence[Task], sentences: Sequence[Sentence]) -> list[Task]:
    """The tasks with the unit of a claim before them in their sentence, "Show that ... in bits, and state $D(P \\| Q)$"."""
    claims = [task for task in tasks if task.form == "claim" and task.unit]
    if not claims:
        return list(tasks)
    spans = [each.span for each in sentences]
    made: list[Task] = []
    for task in tasks:
        own = next((span for span in spans if span.start <= task.span.start < span.end), None)
        beside = {each.unit for each in claims if own is not None and own.start <= each.span.start <= task.span.start}
        fits = task.form == "information" and not task.unit and len(beside) == 1
        made.append(replace(task, unit=beside.pop(), common=True) if fits else task)
    return made


def _counted(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The unit that is counted, "How many extra bits of surprise ..."."""
    said = [piece.text for piece in pieces[:6]]
    found = next((word for word in said[2:] if word in ("bits", "nats")), None) if said[:2] == ["how", "many"] else None
    return (found,) if found else ()


def _spoken_for(
    task: Task, spoken: Sequence[tuple[Sentence, tuple[str, ...]]], sentences: Sequence[Sentence], asked: Sequence[Sentence]
) -> Task:
    before = [(each, units) for each, units in spoken if each.span.end <= task.span.start]
    own = next((each for each in sentences if each.span.start <= task.span.start < each.span.end), None)
    beside = [
        units
        for each, units in before
        if _is_beside(each, task, own) or (_is_above(each.place.part, task.part) and any(each is other for other in asked))
    ]
    units = {unit for found in beside for unit in found}
    return replace(task, unit=units.pop(), common=True) if len(units) == 1 else task


def _is_beside(sentence: Sentence, task: Task, own: Sentence | None) -> bool:
    if sentence.place.part != task.part:
        return False
    return task.part is not None or (own is not None and sentence.place.block == own.place.block)


def _is_above(outer: str | None, part: str | None) -> bool:
    return part is not None and part != outer and (outer is None or part.startswith(f"{outer}."))


def _is_measured(task: Task) -> bool:
    """Whether it may ask for something that has a unit; a formula with a quantity in an exponent has told its own."""
    return task.form in ("information", "symmetry", "comparison", "claim") or (task.form == "value" and task.unit is None)
