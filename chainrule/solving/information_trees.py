"""The trees that definitions of quantities are made of; the printer puts the parentheses."""

from fractions import Fraction

from chainrule.solving.information_decimal import Base
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

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
HALF = Quotient(ONE, TWO)


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
