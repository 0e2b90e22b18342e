r"""What a text says of its own `\log`: "All logarithms are base 2", "Here $\log$ denotes the logarithm to base 10"."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from chainrule.errors import Diagnostic
from chainrule.sheets.quantity_words import mentions_quantity
from chainrule.sheets.sentences import find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.sheets.units import unit_rule
from chainrule.source import Span

_LOGARITHM = re.compile(r"\blog(?:s|arithms?)?\b", re.IGNORECASE)
_BASES = {"bits": Fraction(2)}


def find_logarithms(items: Iterable[Item]) -> tuple[dict[str | None, Fraction], list[Diagnostic]]:
    r"""The base of `\log` by the part that says so, None for the whole text; and what is said of it."""
    found: dict[str | None, Fraction] = {}
    notes: list[Diagnostic] = []
    for sentence in find_sentences(items):
        rule = unit_rule(sentence) if _LOGARITHM.search(sentence.span.text) and not mentions_quantity(sentence.tokens) else None
        if rule is None or len(rule.units) != 1 or rule.units == ("nats",):
            continue
        unit = rule.units[0]
        base = _BASES.get(unit) or Fraction(unit.removeprefix("base "))
        if found.setdefault(rule.part, base) == base:
            message = f"log is the logarithm to base {base} in the formulas of this text, as it says"
            notes.append(Diagnostic("note", "logarithm-base", message, sentence.span))
    return found, notes


def formulas_by_base(items: Sequence[Item], bases: dict[str | None, Fraction]) -> dict[Fraction, list[Span]]:
    """The formulas that each base holds for: those of its part, which goes before what holds for the whole."""
    found: dict[Fraction, list[Span]] = {}
    for item in items:
        base = bases.get(item.part) or bases.get(None)
        if isinstance(item, Math) and base is not None:
            found.setdefault(base, []).append(item.span)
    return found
