r"""What a text says of its own `\log`: "All logarithms are base 2", "Here $\log$ denotes the logarithm to base 10", "We write
$\lg$ for $\log_2$".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from chainrule.errors import Diagnostic
from chainrule.sheets.forms import words
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import mentions_quantity
from chainrule.sheets.sentences import Sentence, find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.sheets.units import UnitRule, unit_rule
from chainrule.source import Span
from chainrule.syntax.tree import Call, Name, Number, Relation, Subscript, Tree

_LOGARITHM = re.compile(r"\blog(?:s|arithms?)?\b", re.IGNORECASE)
_BASES = {"bits": Fraction(2)}
_NAMES = ("log", "lg")
_SAYING = words(
    "we write for by mean means denotes denote denoting is stands stand always here where with let throughout as short to , . "
    "the in this problem exercise sheet usual use and natural logarithm logarithms"
)
Bases = dict[tuple[str | None, str], Fraction]
"""The base of a logarithm by the part that says so, None for the whole text, and its name, "log" or "lg"."""


def find_logarithms(items: Iterable[Item]) -> tuple[Bases, list[Diagnostic]]:
    """What the text says of its logarithms, and what is said of that."""
    found: Bases = {}
    notes: list[Diagnostic] = []
    for sentence in find_sentences(items):
        for part, name, base in _said_of(sentence):
            if found.setdefault((part, name), base) == base:
                message = f"{name} is the logarithm to base {base} in the formulas of this text, as it says"
                notes.append(Diagnostic("note", "logarithm-base", message, sentence.span))
    return found, notes


def units_of_logarithms(sentences: Iterable[Sentence]) -> list[UnitRule]:
    r"""The units of entropies where a formula says the base of `\log`, `\log = \log_2`."""
    said = [(sentence.place.part, declared) for sentence in sentences for declared in declared_logarithms(sentence)]
    units = {Fraction(2): "bits"}
    return [UnitRule(part, (units.get(base, f"base {base}"),), again=False) for part, (name, base) in said if name == "log"]


def only_declares(sentence: Sentence) -> bool:
    r"""Whether a sentence says nothing but what a logarithm is, "Write $\log$ for $\log_2$"."""
    said = {token.text for token in sentence.tokens if not isinstance(token, Math)}
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    plain = all(_is_logarithm(tree) or states_logarithm(math) for math in formulas for tree in trees(math))
    return said <= _SAYING and plain and bool(declared_logarithms(sentence))


def states_logarithm(math: Math) -> bool:
    r"""Whether a formula is `\lg = \log_2`, which defines nothing else."""
    match trees(math):
        case (Relation(operators=("=",), sides=(left, right)),):
            return _of_base(left, right) is not None
        case _:
            return False


def _said_of(sentence: Sentence) -> Iterator[tuple[str | None, str, Fraction]]:
    if declared := declared_logarithms(sentence):
        yield from ((sentence.place.part, *each) for each in declared)
        return
    rule = unit_rule(sentence) if _LOGARITHM.search(sentence.span.text) and not mentions_quantity(sentence.tokens) else None
    if rule is None or len(rule.units) != 1 or rule.units == ("nats",):
        return
    unit = rule.units[0]
    yield rule.part, _named(sentence), _BASES.get(unit) or Fraction(unit.removeprefix("base "))


def _named(sentence: Sentence) -> str:
    r"""The logarithm that a sentence is about: the one that it names, `\lg`, else `\log`."""
    names = [
        tree.text for token in sentence.tokens if isinstance(token, Math) for tree in trees(token) if isinstance(tree, Name)
    ]
    return names[0] if len(names) == 1 and names[0] in _NAMES else "log"


def declared_logarithms(sentence: Sentence) -> list[tuple[str, Fraction]]:
    r"""The name and the base of `\lg = \log_2`, of "we write $\lg$ for $\log_2$ and $\log$ for $\log_{10}$"."""
    formulas = [token for token in sentence.tokens if isinstance(token, Math) and not token.illustration]
    stated = [tree for math in formulas if states_logarithm(math) for tree in trees(math) if isinstance(tree, Relation)]
    if stated:
        return [found for each in stated if (found := _of_base(*each.sides))]
    said = {token.text for token in sentence.tokens if not isinstance(token, Math)}
    both = [tree for math in formulas for tree in trees(math)]
    if not said <= _SAYING or not all(map(_is_logarithm, both)):
        return []
    return [found for one, other in pairwise(both) if (found := _of_base(one, other))]


def _is_logarithm(tree: Tree) -> bool:
    match tree:
        case Name(text=text) | Subscript(base=Name(text=text), items=(Number(),)):
            return text in (*_NAMES, "ln")
        case _:
            return False


def _of_base(left: Tree, right: Tree) -> tuple[str, Fraction] | None:
    match left, right:
        case Call(function=one, arguments=of), Call(function=other, arguments=again) if of == again:
            return _of_base(one, other)
        case Name(text=name), Subscript(base=Name("log"), items=(Number(value=base),)) if name in _NAMES and base > 1:
            return name, base
        case _:
            return None


def formulas_by_base(items: Sequence[Item], bases: Bases) -> Mapping[tuple[str, Fraction], list[Span]]:
    """The formulas that each name and base holds for: those of its part, which goes before what holds for the whole."""
    found: dict[tuple[str, Fraction], list[Span]] = {}
    for item in (item for item in items if isinstance(item, Math)):
        for name in _NAMES:
            base = bases.get((item.part, name)) or bases.get((None, name))
            if base is not None:
                found.setdefault((name, base), []).append(item.span)
    return found
