"""Is a divergence symmetric? Both numbers, and whether they are the same for all distributions."""

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
from chainrule.syntax.tree import Relation, Tree
from chainrule.typesetting import array, latex, unicode

SAME = 1e-12
DIGITS = 4
WITNESS = ((7, 2, 1), (3, 3, 4))
"""In tenths: two distributions for which a quantity differs from its reverse unless it is symmetric."""


def symmetry_answer(first: Answer, second: Answer, notation: Tree, reverse: Tree, information: Information) -> Answer:
    """The answer to the question, from those of both directions; a statement."""
    title = information.quantity.title
    ways = _both_ways(information)
    symmetric = ways is not None and _are_same(*ways)
    a, b = first.value, second.value
    relation = Relation(("=",) if symmetric else ("\\ne",), (notation, reverse))
    if not isinstance(a, float) or not isinstance(b, float):
        said = _in_general(title, symmetric, ways)
    else:
        said = " and ".join(f"{unicode(tree)} {_shown(value, first.unit)}" for tree, value in ((notation, a), (reverse, b)))
        said += f": {_compared(a, b, symmetric, title, ways)}"
        sign = "=" if _are_same(a, b) else "\\ne"
        sides = (notation, array(a, DIGITS), array(b, DIGITS), reverse)
        relation = Relation(("=", sign, "="), sides)
    formula = Formula(latex(relation), said, said)
    kept = replace(first, kind="statement", formula=formula, value=None, unit=None, shape=None, code=None)
    return replace(kept, where=(), needs=(), steps=(), worked=(), table=None, conventions=())


def _compared(a: float, b: float, symmetric: bool, title: str, ways: tuple[float, float] | None) -> str:
    if symmetric and _are_same(a, b):
        return f"they are equal, and the {title} is symmetric: exchanging P and Q leaves its definition as it is"
    if not _are_same(a, b):
        reason = "each direction weighs the outcomes by its own first distribution"
        return f"they differ, so it is not symmetric: {reason}"
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
    order = information.order
    if order is not None and not isinstance(order, Constant):
        return None
    alpha = ZERO if order is None else decimal(order.value)
    terms = terms_of(information.quantity.name, None if order is None else alpha)
    if terms is None:
        return None
    p, q = (tuple(decimal(Fraction(n, 10)) for n in row) for row in WITNESS)
    found: list[float] = []
    for first, second in ((p, q), (q, p)):
        mixed = tuple(numbers.half(a + b) for a, b in zip(first, second, strict=True))
        columns = list(zip(first, second, mixed, strict=True))
        width = len(terms.columns.split())
        total = numbers.added([terms.number(Base(), row[:width], alpha) for row in columns])
        found.append(float(terms.total(Base(), total, alpha)))
    return found[0], found[1]


def _are_same(a: float | Decimal, b: float | Decimal) -> bool:
    return a == b or isclose(a, b, rel_tol=SAME, abs_tol=SAME)


def _shown(value: float, unit: str | None = None) -> str:
    """`= 0.5 nats`."""
    return "is infinite" if isinf(value) else f"= {_digits(value)}{f' {unit}' if unit else ''}"


def _digits(value: float) -> str:
    return unicode(array(value + 0.0, DIGITS))
