r"""Cases under conditions on outcomes: `1/4 & x = y`, `\frac{x}{6} & x \in \{1, 2\}`, `0 & \text{otherwise}`."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from operator import eq, ge, gt, le, lt, ne

from chainrule.inference.distributions.labels import label_of
from chainrule.inference.distributions.stochastic import value_at
from chainrule.inference.distributions.supports import Labels, labels_in
from chainrule.inference.literals import number
from chainrule.inference.symbols import key
from chainrule.syntax.tree import Bracket, CasesTree, Number, Relation, Tree, walk

ORDERS = {"<": lt, ">": gt, "\\le": le, "\\leq": le, "<=": le, "≤": le, "\\ge": ge, "\\geq": ge, ">=": ge, "≥": ge}
SAME = {"=": eq, "\\ne": ne, "\\neq": ne, "≠": ne, "!=": ne}
Values = Mapping[Tree, Tree]
"""The outcome of every letter."""


def case_at(cases: CasesTree, values: Values) -> Tree | None:
    """The value of the case that outcomes fall into; None where the conditions do not tell."""
    for value, condition in cases.rows:
        holds = condition is None or _holds(condition, values)
        if holds is None:
            return None
        if holds:
            return value
    return None


def _holds(condition: Tree, values: Values) -> bool | None:
    """Whether a condition holds of outcomes; None where it is none that is known here."""
    if not isinstance(condition, Relation):
        return None
    if condition.operators == ("\\in",):
        left, right = condition.sides
        members = labels_in(right, {}) if isinstance(right, Bracket) and right.kind == "{" else None
        label = _label(left, values)
        return None if members is None or label is None else label in members
    found = [_compared(sign, pair, values) for sign, pair in zip(condition.operators, pairwise(condition.sides), strict=True)]
    return None if None in found else all(found)


def _compared(sign: str, sides: tuple[Tree, Tree], values: Values) -> bool | None:
    numbers = {name: known for name, label in values.items() if (known := number(label)) is not None}
    left, right = (value_at(side, numbers) for side in sides)
    if left is not None and right is not None:
        compare = ORDERS.get(sign) or SAME.get(sign)
        return None if compare is None else bool(compare(left, right))
    first, second = (_label(side, values) for side in sides)
    return None if first is None or second is None or sign not in SAME else bool(SAME[sign](first, second))


def _label(side: Tree, values: Values) -> Tree | None:
    """The outcome that a side of a condition is: that of its letter, or itself."""
    computed = any(part in values for part in walk(side))
    label = values.get(key(side), None if computed else label_of(side))
    value = None if label is None else number(label)
    return label if value is None else Number(Fraction(value), str(value))


def labels_of_cases(body: Tree, letter: Tree) -> Labels | None:
    """The outcomes that cases name one by one, everything else having probability 0."""
    if not isinstance(body, CasesTree):
        return None
    found: list[Tree] = []
    for value, condition in body.rows:
        members = _members(condition, letter)
        if members is None and not (condition is None and number(value) == 0):
            return None
        found += members or ()
    return tuple(dict.fromkeys(found)) or None


def _members(condition: Tree | None, letter: Tree) -> Labels | None:
    r"""The outcomes of `x = 0` and of `x \in \{0, 1\}`; None for any other condition."""
    match condition:
        case Relation(operators=("=",), sides=(left, right)) if left == letter:
            return (label_of(right),)
        case Relation(operators=("\\in",), sides=(left, Bracket(kind="{") as braces)) if left == letter:
            return labels_in(braces, {})
        case _:
            return None
