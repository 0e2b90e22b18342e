r"""Sets of numbers that are distributions, `P = \{\frac{6}{10}, \frac{3}{10}, \frac{1}{10}\}`: lists in the order of the text.

And lists whose commas are those of decimals, `P = (0,3, 0,7)`, which are refused.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.labels import said
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, is_pi, is_probability, key
from chainrule.syntax.tree import Bracket, Dots, Number, Relation, Tree, walk

_DECIMAL = re.compile(r"(?<![\d.,])0,\d+(?![\d.])")


def with_lists(statements: Sequence[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    r"""The statements with such braces as lists, `P = (0.6, 0.4)`, and a note for each.

    Numbers that sum to 1 are a distribution, as is whatever has the letter of one. A name behind `\in` is that of a set.
    """
    sets = set(_sets(statements))
    found: list[Tree] = []
    notes: list[Diagnostic] = []
    for statement in statements:
        match statement:
            case Relation(operators=("=" | ":=",), sides=(head, Bracket(kind="{") as braces)) if (
                could_be_name(head) and key(head) not in sets and _is_list(head, braces)
            ):
                listed = replace(braces, kind="(")
                found.append(replace(statement, sides=(head, listed)))
                message = f"the numbers in the braces of {said(head)} are taken for the probabilities of 1, 2, ... in order"
                hint = f"write {said(head)} = (...), or give the outcomes names: {{a: ..., b: ...}}"
                notes.append(Diagnostic("note", "braces-are-list", message, braces.span, hint))
            case _:
                found.append(statement)
    return found, notes


def without_decimal_commas(statements: Sequence[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    """The statements without lists and sets of probabilities that sum to 1 if their commas are read as decimal ones; an error
    for each.
    """
    found: list[Tree] = []
    errors: list[Diagnostic] = []
    for statement in statements:
        match statement:
            case Relation(operators=("=" | ":=",), sides=(head, Bracket() as body)) if _sums_by_commas(body):
                (first, *_) = _DECIMAL.findall(_text(body))
                message = f"{first} in {said(head)} can be two entries of a list or one number with a decimal comma"
                hint = f"write a decimal point, {first.replace(',', '.')}"
                errors.append(Diagnostic("error", "ambiguous-list", message, body.span, hint))
            case _:
                found.append(statement)
    return found, errors


def _text(tree: Tree) -> str:
    return "" if tree.span is None else tree.span.text


def _sums_by_commas(body: Bracket) -> bool:
    decimals = _DECIMAL.findall(_text(body))
    if any(isinstance(part, Number) and _DECIMAL.fullmatch(_text(part)) for part in walk(body)):  # cells of a table
        return False
    return len(decimals) > 1 and sum(Fraction(each.replace(",", ".")) for each in decimals) == 1


def _is_list(head: Tree, braces: Bracket) -> bool:
    items = braces.items
    others = any(isinstance(item, Relation | Bracket | Dots) for item in items)
    if len(items) < 2 or others or set(braces.separators) - {",", ";"}:
        return False
    values = [number(item) for item in items]
    known = [value for value in values if value is not None]
    if len(known) == len(values) and min(known) >= 0 and sum(known) == 1 and max(known) < 1:
        return True
    return (is_probability(head) or is_pi(head)) and not all(map(could_be_name, items))


def _sets(statements: Iterable[Tree]) -> Iterator[Tree]:
    r"""The names that stand for sets: behind `\in`, and between bars."""
    for part in (part for statement in statements for part in walk(statement)):
        match part:
            case Relation(operators=operators, sides=sides):
                pairs = zip(operators, sides[1:], strict=True)
                yield from (key(side) for sign, side in pairs if sign in ("\\in", "∈", "\\subset", "\\subseteq"))
            case Bracket(kind="|", items=(name,)) if could_be_name(name):
                yield key(name)
            case _:
                pass
