"""Is a divergence symmetric? Both numbers, and whether they are the same for all distributions."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import isclose, isinf

from chainrule.graph.node import Constant
from chainrule.inference.distributions.information import Information
from chainrule.solving.answer import Answer, Formula
from chainrule.solving.information import decimal as numbers
from chainrule.solving.information.decimal import ZERO, Base, decimal
from chainrule.solving.information.terms import terms_of
from chainrule.solving.information.trees import DIGITS
from chainrule.syntax.tree import Juxtaposition, Relation, Text, Tree
from chainrule.typesetting import array, latex, unicode

SAME = 1e-12
WITNESS = ((7, 2, 1), (3, 3, 4))
"""In tenths: two distributions for which a quantity differs from its reverse unless it is symmetric."""


METRICS = ("total_variation", "hellinger", "jensen_shannon_distance")
"""These satisfy all axioms of a metric (Endres and Schindelin 2003 for the Jensen-Shannon distance)."""
POINTS = ((9, 1), (5, 5), (1, 9))
"""In tenths: three distributions, the second one between the others, which break most that is no metric."""


def asks_of_metric(text: str) -> bool:
    """Whether a question is about the axioms of a metric."""
    return re.search(r"\b(?:metric|triangle)\b", text.lower()) is not None


def symmetry_answer(
    first: Answer, second: Answer, notation: Tree, reverse: Tree, information: Information, *, metric: bool = False
) -> Answer:
    """The answer to the question, from those of both directions; a statement. metric: whether it is one is asked too."""
    title = information.quantity.title
    ways = _both_ways(information)
    symmetric = ways is not None and _are_same(*ways)
    a, b = first.value, second.value
    relation = Relation(("=",) if symmetric else ("\\ne",), (notation, reverse))
    if not isinstance(a, float) or not isinstance(b, float):
        said = _in_general(title, symmetric, ways)
    else:
        said = " and ".join(
            f"{unicode(tree)} {shown_value(value, first.unit)}" for tree, value in ((notation, a), (reverse, b))
        )
        said += f": {_compared(a, b, symmetric, title, ways)}"
        sign = "=" if _are_same(a, b) else "\\ne"
        sides = (notation, with_unit(a, first.unit), with_unit(b, second.unit), reverse)
        relation = Relation(("=", sign, "="), sides)
    if metric:
        said = f"{said}; {_metric_said(information, symmetric)}"
    formula = Formula(latex(relation), said, said)
    kept = replace(first, kind="statement", formula=formula, value=None, unit=None, shape=None, code=None)
    return replace(kept, where=(), needs=(), steps=(), worked=(), table=None, conventions=())


def _metric_said(information: Information, symmetric: bool) -> str:
    """Which axiom of a metric fails, with numbers."""
    title = information.quantity.title
    if information.quantity.name in METRICS:
        axioms = "it is 0 only for equal distributions, symmetric, and satisfies the triangle inequality"
        return f"the {title} is a metric: {axioms}"
    sides = _triangle(information)
    broken = sides is not None and sides[0] > sides[1] + sides[2] and not _are_same(sides[0], sides[1] + sides[2])
    shown = ""
    if sides is not None and broken:
        rows = ["({})".format(", ".join(f"0.{n}" for n in row)) for row in POINTS]
        shown_sides = f"{_digits(sides[0])} > {_digits(sides[1])} + {_digits(sides[2])}"
        shown = f": from {rows[0]} over {rows[1]} to {rows[2]}, {shown_sides} (in nats where it has a unit)"
    if not symmetric:
        further = f"; the triangle inequality fails too{shown}" if broken else ""
        return f"so the {title} is no metric, which is symmetric{further}"
    if broken:
        return f"it is no metric: the triangle inequality fails{shown}"
    return f"whether the {title} satisfies the triangle inequality is not worked out here"


def _triangle(information: Information) -> tuple[float, float, float] | None:
    """The quantity from the first of three points to the last, and in two steps; None where a step has no number."""
    p, q, r = (tuple(Fraction(n, 10) for n in row) for row in POINTS)
    found = [_of_vectors(information, *pair) for pair in ((p, r), (p, q), (q, r))]
    numbers = [value for value in found if value is not None]
    return (numbers[0], numbers[1], numbers[2]) if len(numbers) == len(found) else None


def _compared(a: float, b: float, symmetric: bool, title: str, ways: tuple[float, float] | None) -> str:
    if symmetric and _are_same(a, b):
        return f"they are equal, and the {title} is symmetric: exchanging P and Q leaves its definition as it is"
    if not _are_same(a, b):
        reason = "each direction weighs the outcomes by its own first distribution"
        return f"they differ, so it is not symmetric, as {reason}"
    return f"they are equal for these two distributions, but {_in_general(title, symmetric, ways)}"


def _in_general(title: str, symmetric: bool, ways: tuple[float, float] | None) -> str:
    if symmetric:
        return f"the {title} is symmetric: exchanging P and Q leaves its definition as it is"
    if ways is None:
        return f"the {title} is not symmetric in general"
    pair = ["({})".format(", ".join(f"0.{n}" for n in row)) for row in WITNESS]
    values = f"{_digits(ways[0])} one way and {_digits(ways[1])} the other"
    return f"the {title} is not symmetric in general: for {pair[0]} and {pair[1]} it is {values} (in nats where it has a unit)"


def _both_ways(information: Information) -> tuple[float, float] | None:
    """The quantity of the two distributions that tell, and of these exchanged; None where it has no sum over outcomes."""
    p, q = (tuple(Fraction(n, 10) for n in row) for row in WITNESS)
    first, second = _of_vectors(information, p, q), _of_vectors(information, q, p)
    return None if first is None or second is None else (first, second)


def _of_vectors(information: Information, first: tuple[Fraction, ...], second: tuple[Fraction, ...]) -> float | None:
    """The quantity of two vectors of probabilities; None where it has no sum over outcomes."""
    order = information.order
    if order is not None and not isinstance(order, Constant):
        return None
    alpha = ZERO if order is None else decimal(order.value)
    terms = terms_of(information.quantity.name, None if order is None else alpha)
    if terms is None:
        return None
    p, q = (tuple(map(decimal, row)) for row in (first, second))
    mixed = tuple(numbers.half(a + b) for a, b in zip(p, q, strict=True))
    width = len(terms.columns.split())
    columns = zip(p, q, mixed, strict=True)
    total = numbers.added([terms.number(Base(), row[:width], alpha) for row in columns])
    return float(terms.total(Base(), total, alpha))


def _are_same(a: float | Decimal, b: float | Decimal) -> bool:
    return a == b or isclose(a, b, rel_tol=SAME, abs_tol=SAME)


def shown_value(value: float, unit: str | None = None) -> str:
    """`= 0.5 nats`."""
    return "is infinite" if isinf(value) else f"= {_digits(value)}{f' {unit}' if unit else ''}"


def with_unit(value: float, unit: str | None) -> Tree:
    """`0.5 nats` as a formula."""
    number = array(value + 0.0, DIGITS)
    return number if unit is None or isinf(value) else Juxtaposition((number, Text(f" {unit}")))


def _digits(value: float) -> str:
    return unicode(array(value + 0.0, DIGITS))
