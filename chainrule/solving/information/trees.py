"""The trees that definitions of quantities are made of; the printer puts the parentheses."""

from decimal import Decimal
from fractions import Fraction

from chainrule.inference.literals import number
from chainrule.solving.information.decimal import Base
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Call,
    Juxtaposition,
    Name,
    Number,
    Quotient,
    Subscript,
    Sum,
    Superscript,
    Tree,
)
from chainrule.typesetting import array, digits

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
HALF = Quotient(ONE, TWO)
DIGITS = 6
LONGEST_DENOMINATOR = 1000


def number_tree(value: Fraction, exact: bool = True) -> Tree:
    """A probability as people write it: a short decimal, a short fraction, else six digits."""
    text = digits(value, DIGITS)
    if Fraction(text) == value or not exact or value.denominator > LONGEST_DENOMINATOR:
        found: Tree = Number(abs(Fraction(text)), text.removeprefix("-"))
    else:
        found = Quotient(Number(Fraction(abs(value.numerator))), Number(Fraction(value.denominator)))
    return found if value >= 0 else Sum((-1,), (found,))


def number_of(value: float | Decimal) -> Tree:
    """A result to six digits; never -0."""
    return array(float(value) + 0.0, DIGITS)


def shifted(order: Tree, add: int, sign: int = 1) -> Tree:
    """sign order + add, as a number where it is one: `1 - \\alpha`, -1."""
    known = number(order)
    if known is not None:
        return number_tree(sign * known + add)
    return Sum((1, -1), (ONE, order)) if sign < 0 else Sum((1, -1), (order, ONE))


def log(base: Base, tree: Tree) -> Tree:
    r"""`\log`, `\log_2`."""
    return Call(Name("log") if base.number is None else Subscript(Name("log"), (Number(base.number),)), (tree,))


def exponential(base: Base, exponent: Tree) -> Tree:
    """`e^{..}`, `2^{..}`."""
    return Superscript(Name("e") if base.number is None else Number(base.number), exponent)


def negated(tree: Tree) -> Tree:
    return Sum((-1,), (tree,))


def added(*terms: Tree) -> Tree:
    return Sum((1,) * len(terms), terms)


def difference(a: Tree, b: Tree) -> Tree:
    return Sum((1, -1), (a, b))


def times(*factors: Tree) -> Tree:
    return Juxtaposition(factors)


def root(tree: Tree) -> Tree:
    return Call(Name("sqrt"), (tree,))


def power(base: Tree, exponent: Tree) -> Tree:
    """The power; that of `P(x)` is `P(x)^2`."""
    if isinstance(base, Juxtaposition) and isinstance(base.items[-1], Bracket):
        return Juxtaposition((*base.items[:-1], Superscript(base.items[-1], exponent)))
    return Superscript(base, exponent)


def absolute(tree: Tree) -> Tree:
    return Bracket("|", (tree,))


def applied(name: Tree, *arguments: Tree) -> Tree:
    """`P(x)`, `p(x, y)`."""
    return Juxtaposition((name, Bracket("(", arguments, (",",) * (len(arguments) - 1))))


def sum_over(index: Tree, body: Tree) -> Tree:
    return BigOperator("sum", index, None, body)
