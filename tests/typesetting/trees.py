"""Short names for building trees in the tests of this folder."""

from fractions import Fraction

from chainrule.syntax.tree import Accent, Bracket, Juxtaposition, Name, Number, Subscript, Sum, Superscript, Tree

a, b, c, d, f, i, j, k, m, n, p, q, r, w, x, y, z = map(Name, "abcdfijkmnpqrwxyz")
A, B, L, W = map(Name, "ABLW")
sigma, alpha, top = Name("\\sigma"), Name("\\alpha"), Name("\\top")
y_hat = Accent("hat", y)


def num(value: int | str | Fraction, text: str = "") -> Number:
    """num("0.5") is spelled so, num(Fraction(1, 2)) is not spelled at all."""
    return Number(Fraction(value), value if isinstance(value, str) else text)


def side(*items: Tree) -> Juxtaposition:
    return Juxtaposition(items)


def total(*terms: Tree) -> Sum:
    return Sum((1,) * len(terms), terms)


def minus(left: Tree, right: Tree) -> Sum:
    return Sum((1, -1), (left, right))


def neg(tree: Tree) -> Sum:
    return Sum((-1,), (tree,))


def paren(*items: Tree) -> Bracket:
    return Bracket("(", items, (",",) * (len(items) - 1))


def layer(tree: Tree, number: int) -> Superscript:
    return Superscript(tree, paren(num(number)))


def power(base: Tree, exponent: Tree | int) -> Superscript:
    return Superscript(base, num(exponent) if isinstance(exponent, int) else exponent)


def sub(base: Tree, *items: Tree) -> Subscript:
    return Subscript(base, items)
