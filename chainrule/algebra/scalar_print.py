"""Scalars in print: numbers, and products of scalars in a pleasant order with what is divided by under a fraction line."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeGuard

from chainrule.algebra.measure import Measure
from chainrule.graph.dimension import Dimension
from chainrule.graph.node import Variable
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Call,
    Font,
    Juxtaposition,
    Name,
    Number,
    Quotient,
    Subscript,
    Sum,
    Superscript,
    Tree,
    walk,
)

DIGITS = 4
"""A fraction that is a decimal of at most so many places, and not one people write as a fraction, prints as a decimal."""

FRACTIONS = frozenset({1, 2, 3, 4, 8})
"""Denominators people write as fractions."""


def number_tree(value: Fraction, spelling: Mapping[Fraction, str]) -> Tree:
    """A number >= 0 as the person spelled it, as a short decimal, or as a fraction."""
    if value in spelling:
        return Number(value, spelling[value])
    if value.denominator not in FRACTIONS and (value * 10**DIGITS).denominator == 1:
        return Number(value, f"{value.numerator / value.denominator:.{DIGITS}f}".rstrip("0"))
    if value.denominator == 1:
        return Number(value)
    return Quotient(Number(Fraction(value.numerator)), Number(Fraction(value.denominator)))


def one_based(position: int | Variable) -> Tree:
    """A position counted from 0 as it is printed, counted from 1; an index without a number by its symbol."""
    return position.symbol if isinstance(position, Variable) else Number(Fraction(position + 1))


def dimension_tree(dimension: Dimension) -> Tree:
    """A size as a scalar: `n`, `m n`, `n - k + 1`."""
    terms = sorted(dimension.terms, key=lambda term: (term[1] < 0, -len(term[0]), term[0]))
    trees: list[Tree] = []
    for monomial, coefficient in terms:
        number = [] if abs(coefficient) == 1 and monomial else [Number(Fraction(abs(coefficient)))]
        trees.append(side_by_side([*number, *map(Name, monomial)]))
    signs = tuple(1 if c > 0 else -1 for _, c in terms)
    return signed_sum(signs, trees)


def signed_sum(signs: Sequence[int], terms: Sequence[Tree]) -> Tree:
    return terms[0] if tuple(signs) == (1,) else Sum(tuple(signs), tuple(terms))


def sum_of_terms(terms: Sequence[tuple[Fraction, Tree]], measure: Measure, rank: int = 0) -> Tree:
    r"""Terms with the numbers whose signs they have: positive ones first, of those the longest where a person has it first.

    That is in sums of vectors, `W x + b`, and in polynomials, `x^2 + 2 x + 1`; else shorter ones come first, `q + \sigma'(p)`.
    """
    flat: list[tuple[Fraction, Tree]] = []
    for c, tree in terms:
        inside = zip(tree.signs, tree.terms, strict=True) if isinstance(tree, Sum) else ((1, tree),)
        flat.extend((c * s, t) for s, t in inside)
    parts = [part for _, tree in flat for part in walk(tree)] if rank == 0 else []
    falling = rank == 1 or (any(map(_is_power, parts)) and not any(isinstance(part, Call) for part in parts))

    def place(term: tuple[Fraction, Tree]) -> tuple[object, ...]:
        cost = measure.cost(term[1])
        return term[0] < 0, -cost.tokens if falling else cost.tokens, isinstance(term[1], Number), cost

    ordered = sorted(flat, key=place)
    return signed_sum([1 if c > 0 else -1 for c, _ in ordered], [tree for _, tree in ordered])


def _is_power(tree: Tree) -> bool:
    r"""`x^2`, and the transpose in `w^\top x`."""
    return isinstance(tree, Superscript) and isinstance(tree.exponent, Number | Name)


def side_by_side(trees: Sequence[Tree]) -> Tree:
    """The product; products among the factors are written out, so that it is flat."""
    flat: list[Tree] = []
    for tree in trees:
        flat.extend(tree.items if isinstance(tree, Juxtaposition) else (tree,))
    if not flat:
        return Number(Fraction(1))
    return flat[0] if len(flat) == 1 else Juxtaposition(tuple(flat))


def product_tree(
    number: Fraction, scalars: Sequence[Tree], arrays: Sequence[Tree], measure: Measure, spelling: Mapping[Fraction, str]
) -> Tree:
    """number >= 0 times scalars times arrays: names, sums, function values, inner products, indicators, then the arrays.

    What is divided by stands under one fraction line, with the arrays above it; only letters stand before longer arrays,
    as in `\\frac{1}{n} X^\\top r`. An inner product stands in parentheses unless nothing comes after it.
    """
    below = [t.denominator for t in scalars if _divides(t)]
    above = [t.numerator if _divides(t) else t for t in scalars]
    above = [t for t in above if t != Number(Fraction(1))]
    if below:
        parted = Fraction(1) if number in spelling else Fraction(number.denominator)
        apart = all(map(_is_letter, below)) and (bool(above) or any(measure.cost(tree).tokens > 1 for tree in arrays))
        under: Sequence[Tree] = () if apart else arrays
        top = [*_number_factor(number * parted, spelling), *_in_order(above, measure, followed=bool(under)), *under]
        bottom = [*_number_factor(parted, {}), *_in_order(below, measure, followed=False)]
        fraction = Quotient(side_by_side(top), side_by_side(bottom))
        return side_by_side([fraction, *arrays]) if apart else fraction
    front = [*_number_factor(number, spelling), *_in_order(above, measure, followed=bool(arrays))]
    return side_by_side([*front, *arrays])


def _is_letter(tree: Tree) -> bool:
    """A name, a number, or a power of one."""
    return isinstance(tree.base if isinstance(tree, Superscript) else tree, Name | Number | Subscript | Accent | Font)


def _divides(tree: Tree) -> TypeGuard[Quotient]:
    return isinstance(tree, Quotient) and tree.operator == "/" and not tree.inline


def _number_factor(number: Fraction, spelling: Mapping[Fraction, str]) -> list[Tree]:
    return [] if number == 1 else [number_tree(number, spelling)]


def _in_order(trees: Sequence[Tree], measure: Measure, followed: bool) -> list[Tree]:
    ordered = sorted(trees, key=lambda tree: (_place(tree), -_indices(tree), measure.cost(tree)))
    last = len(ordered) - 1
    return [Bracket("(", (tree,)) if _place(tree) == 4 and (i < last or followed) else tree for i, tree in enumerate(ordered)]


def _indices(tree: Tree) -> int:
    """How many indices stand side by side: entries of matrices come before those of vectors."""
    return len(tree.items[0].items) if isinstance(tree, Subscript) and isinstance(tree.items[0], Juxtaposition) else 0


def _place(tree: Tree) -> int:
    match tree:
        case Number() | Quotient():
            return 0
        case Sum():
            return 2
        case Call():
            return 3
        case Juxtaposition() if is_applied(tree):
            return 3
        case Juxtaposition():
            return 5 if is_indicator(tree) else 4
        case _:
            return 1


def is_applied(tree: Tree) -> bool:
    """`D_{KL}(p \\parallel q)`, a head with its arguments, which is no product."""
    bracket = tree.items[-1] if isinstance(tree, Juxtaposition) and len(tree.items) == 2 else None
    return isinstance(bracket, Bracket) and len(bracket.items) > 1


def is_indicator(tree: Tree) -> bool:
    """`\\mathbb{1}[n > 0]`, which holds together without parentheses."""
    return (
        isinstance(tree, Juxtaposition)
        and len(tree.items) == 2
        and isinstance(tree.items[0], Font)
        and tree.items[0].kind == "mathbb"
    )
