r"""What a text says of its own `\log`: "All logarithms are base 2", "Here $\log$ denotes the logarithm to base 10", "We write
$\lg$ for $\log_2$". What stands in a problem goes before what stands before all problems.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from chainrule.errors import Diagnostic
from chainrule.sheets.clauses import find_requests
from chainrule.sheets.information.declared_logarithms import (
    NAMES,
    Declared,
    declared_logarithms,
    is_unread,
    only_declares,
    unit_of,
)
from chainrule.sheets.quantity_words import mentions_quantity
from chainrule.sheets.sentences import Sentence, find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.sheets.units import UnitRule, unit_rule
from chainrule.source import Span

_OTHERWISE = re.compile(r"\bunless\b.*\botherwise\b", re.IGNORECASE | re.DOTALL)
_LOGARITHM = re.compile(r"\blog(?:s|arithms?)?\b", re.IGNORECASE)
_UNITS = re.compile(r"(?<![\d.] )\b(?:bits?|nats?|shannons?|hartleys?|bans|dits|trits)\b", re.IGNORECASE)
_MEASURED = re.compile(r"\b(?:units?|measure[ds]?|express(?:ed)?|answers?|results?|convention)\b", re.IGNORECASE)
Bases = dict[tuple[str | None, str], Fraction | None]
"""The base of a logarithm by the part that says so, None for the whole text, and its name, "log" or "lg"; None is e."""


def find_logarithms(groups: Iterable[Iterable[Item]]) -> tuple[Bases, list[Diagnostic]]:
    """What texts say of their logarithms, and what is said of that; a later text goes before an earlier one."""
    found: Bases = {}
    notes: dict[tuple[str | None, str], list[Diagnostic]] = {}
    for items in groups:
        own: Bases = {}
        open_ones: set[tuple[str | None, str]] = set()
        said: dict[tuple[str | None, str], list[Diagnostic]] = {}
        for sentence in find_sentences(items):
            for each in _declared(sentence):
                key = (sentence.place.part, each.name)
                if key in open_ones:  # "unless stated otherwise", which is done here
                    open_ones.discard(key)
                    own.pop(key)
                    said.pop(key)
                said.setdefault(key, []).append(_noted(own, sentence, each))
                own.setdefault(key, each.base)
                if _OTHERWISE.search(sentence.span.text):
                    open_ones.add(key)
        found |= own
        notes |= said
    return found, [note for each in notes.values() for note in each]


def _noted(own: Bases, sentence: Sentence, each: Declared) -> Diagnostic:
    said = f"the logarithm to base {each.base}" if each.base else "the natural logarithm"
    if own.get((sentence.place.part, each.name), each.base) != each.base:
        message = f"{each.name} is said to be {said} here, and another one before"
        return Diagnostic("error", "two-logarithms", message, sentence.span, "say it once, or in the parts in which each holds")
    return Diagnostic(
        "note", "logarithm-base", f"{each.name} is {said} in the formulas of this text, as it says", sentence.span
    )


def units_of_logarithms(sentences: Iterable[Sentence]) -> list[UnitRule]:
    r"""The units of entropies where a text says the base of its `\log`, `\log = \log_2`."""
    said = [(sentence.place.part, each) for sentence in sentences for each in _declared(sentence) if each.name == "log"]
    return [UnitRule(part, (unit_of(each),), again=False) for part, each in said]


def rules_above(sentences: Sequence[Sentence]) -> list[UnitRule]:
    """The units that sentences before a problem say for it: its heading, which stands last, before all others."""
    rules: list[tuple[int, UnitRule]] = []
    for each in sentences:
        rule = unit_rule(each)
        rules += [(each.place.block, own) for own in ([rule] if rule is not None else units_of_logarithms([each]))]
    last = sentences[-1].place if sentences and sentences[-1].place.heading else None
    titled = [rule for block, rule in rules if last is not None and block == last.block]
    return [replace(rule, part=None) for rule in titled or [rule for _, rule in rules]]


def unread_logarithms(sentences: Iterable[Sentence]) -> list[Diagnostic]:
    """The sentences that speak of the base of a logarithm or of units, ask for nothing, and are not understood."""
    found: list[Diagnostic] = []
    for each in sentences:
        said = " ".join(each.span.text.split())
        if unit_rule(each) is not None or mentions_quantity(each.tokens) or find_requests(each):
            continue
        if is_unread(each):
            message = f"This says something of a logarithm that is not understood: {said}"
            hint = "write, for example: All logarithms are to base 2."
            found.append(Diagnostic("warning", "logarithm-not-understood", message, each.span, hint))
        elif not _declared(each) and _UNITS.search(said) and _MEASURED.search(said):
            message = f"This says something of units that is not understood: {said}"
            found.append(
                Diagnostic("warning", "unit-not-understood", message, each.span, "write, for example: All answers in bits.")
            )
    return found


def _declared(sentence: Sentence) -> list[Declared]:
    says_more = mentions_quantity(sentence.tokens) or (bool(find_requests(sentence)) and not only_declares(sentence))
    found = declared_logarithms(sentence, aside=says_more and not sentence.place.heading)
    if found or mentions_quantity(sentence.tokens) or _LOGARITHM.search(sentence.span.text) is None:
        return found
    rule = unit_rule(sentence)
    return [] if rule is None or len(rule.units) != 1 else [Declared("log", _base(rule.units[0]))]


def _base(unit: str) -> Fraction | None:
    return None if unit == "nats" else Fraction(2) if unit == "bits" else Fraction(unit.removeprefix("base "))


def formulas_by_base(items: Sequence[Item], bases: Bases) -> Mapping[tuple[str, Fraction], list[Span]]:
    """The formulas that each name and base holds for: those of its part, which goes before what holds for the whole."""
    found: dict[tuple[str, Fraction], list[Span]] = {}
    for item in (item for item in items if isinstance(item, Math)):
        for name in NAMES:
            base = bases[item.part, name] if (item.part, name) in bases else bases.get((None, name))
            if base is not None:
                found.setdefault((name, base), []).append(item.span)
    return found
