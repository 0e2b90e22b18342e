r"""How each quantity is written out over outcomes: one term an outcome, the sum of the terms, and what is made of the sum.

The tree of a term is the definition where its columns are `P(x)`, `Q(x)`, and a worked line where they are numbers; beside
it stands the same in numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from chainrule.inference.literals import number
from chainrule.solving.information import decimal as numbers
from chainrule.solving.information import trees
from chainrule.solving.information.decimal import UNITY, ZERO, Base, exact
from chainrule.syntax.tree import Number, Quotient, Tree

Columns = Literal["p", "p q", "p q m", "xy", "xy x", "xy x y", "xyz xz yz z"]
"""What each outcome has numbers of: one distribution, two, or two and their mixture; of a joint one its cell, with the
marginal that is the condition, or with both marginals; of three variables with those that have the condition."""

Trees = Sequence[Tree]
Numbers = Sequence[Decimal]
TermTree = Callable[[Base, Trees, Tree], Tree]
TermValue = Callable[[Base, Numbers, Decimal], Decimal]


@dataclass(frozen=True)
class Terms:
    """One quantity. term, whole: trees; value, total: the same in numbers. The last argument of each is the order.

    negative: the definition has a minus before its sum, which each worked term carries itself. logarithmic: a term is a
    probability times a logarithm, so that rounding of probabilities leaves something where it should be 0.
    """

    columns: Columns
    term: TermTree
    value: TermValue
    negative: bool = False
    logarithmic: bool = False
    whole: Callable[[Base, Tree, Tree], Tree] = lambda _base, total, _order: total
    total: Callable[[Base, Decimal, Decimal], Decimal] = lambda _base, total, _order: total

    def definition(self, base: Base, index: Trees, columns: Trees, order: Tree) -> Tree:
        r"""`\sum_x P(x) \log \frac{P(x)}{Q(x)}`."""
        body = self.term(base, columns, order)
        for letter in reversed(index):
            body = trees.sum_over(letter, body)
        return self.whole(base, trees.negated(body) if self.negative else body, order)

    def worked(self, base: Base, columns: Trees, order: Tree) -> Tree:
        """The term of one outcome, with its sign."""
        found = self.term(base, columns, order)
        return trees.negated(found) if self.negative else found

    def number(self, base: Base, columns: Numbers, order: Decimal) -> Decimal:
        """The value of the term of one outcome, with its sign."""
        found = self.value(base, columns, order)
        return exact().minus(found) if self.negative else found


def _log_term(*below: int) -> TermTree:
    """p log(p / product of the columns below), p the first column."""

    def term(base: Base, c: Trees, _order: Tree) -> Tree:
        under = [c[k] for k in below]
        inside = Quotient(c[0], under[0] if len(under) == 1 else trees.times(*under)) if under else c[0]
        return trees.times(c[0], trees.log(base, inside))

    return term


def _log_value(*below: int) -> TermValue:
    def value(base: Base, c: Numbers, _order: Decimal) -> Decimal:
        under = UNITY
        for k in below:
            under = exact().multiply(under, c[k])
        return base.weighted(c[0], c[0], under)

    return value


def _mixed_term(base: Base, c: Trees, _order: Tree) -> Tree:
    p, q, m = c
    return trees.added(*(trees.times(each, trees.log(base, Quotient(each, m))) for each in (p, q)))


def _mixed_value(base: Base, c: Numbers, _order: Decimal) -> Decimal:
    p, q, m = c
    return exact().add(base.weighted(p, p, m), base.weighted(q, q, m))


def _symmetric_value(base: Base, c: Numbers, _order: Decimal) -> Decimal:
    p, q = c
    return ZERO if p == q else exact().multiply(exact().subtract(p, q), base.log(exact().divide(p, q)))


def _powers_term(_base: Base, c: Trees, order: Tree) -> Tree:
    return trees.times(trees.power(c[0], order), trees.power(c[1], trees.shifted(order, 1, -1)))


def _powers_value(_base: Base, c: Numbers, order: Decimal) -> Decimal:
    p, q = c
    return ZERO if p == 0 else exact().multiply(numbers.raised(p, order), numbers.raised(q, exact().subtract(UNITY, order)))


def _halved(terms: Terms) -> Terms:
    return Terms(
        terms.columns,
        terms.term,
        terms.value,
        whole=lambda _b, total, _o: trees.times(trees.HALF, total),
        total=lambda _b, total, _o: numbers.half(total),
    )


def _rooted(terms: Terms) -> Terms:
    """The square root of what another quantity is."""
    return Terms(
        terms.columns,
        terms.term,
        terms.value,
        whole=lambda b, total, o: trees.root(terms.whole(b, total, o)),
        total=lambda b, total, o: exact().sqrt(terms.total(b, total, o)),
    )


def _exponentiated(terms: Terms) -> Terms:
    return Terms(
        terms.columns,
        terms.term,
        terms.value,
        terms.negative,
        terms.logarithmic,
        whole=lambda base, total, _: trees.exponential(base, total),
        total=lambda base, total, _: base.power(total),
    )


def _scaled(below: Tree, tree: Tree) -> Tree:
    """The tree divided by a number or a formula, which stands before it."""
    known = number(below)
    if known is None or known == 0:
        return trees.times(Quotient(trees.ONE, below), tree)
    above, under = (Number(Fraction(n)) for n in (known.denominator, abs(known.numerator)))
    factor = above if under == trees.ONE else Quotient(above, under)
    scaled = tree if factor == trees.ONE else trees.times(factor, tree)
    return scaled if known > 0 else trees.negated(scaled)


_ENTROPY = Terms("p", _log_term(), _log_value(), negative=True, logarithmic=True)
_CROSS_ENTROPY = Terms(
    "p q",
    lambda base, c, _: trees.times(c[0], trees.log(base, c[1])),
    lambda base, c, _: base.weighted(c[0], c[1]),
    negative=True,
    logarithmic=True,
)
_JENSEN_SHANNON = _halved(Terms("p q m", _mixed_term, _mixed_value))
_HELLINGER = _halved(
    Terms(
        "p q",
        lambda _b, c, _o: trees.power(trees.difference(trees.root(c[0]), trees.root(c[1])), trees.TWO),
        lambda _b, c, _o: numbers.squared_difference(exact().sqrt(c[0]), exact().sqrt(c[1])),
    )
)
_OVERLAP = Terms(
    "p q",
    lambda _b, c, _o: trees.root(trees.times(*c)),
    lambda _b, c, _o: exact().sqrt(exact().multiply(c[0], c[1])),
)

TERMS: dict[str, Terms] = {
    "entropy": _ENTROPY,
    "cross_entropy": _CROSS_ENTROPY,
    "perplexity": _exponentiated(_ENTROPY),
    "cross_perplexity": _exponentiated(_CROSS_ENTROPY),
    "kl": Terms("p q", _log_term(1), _log_value(1), logarithmic=True),
    "jeffreys": Terms(
        "p q",
        lambda base, c, _: trees.times(trees.difference(*c), trees.log(base, Quotient(c[0], c[1]))),
        _symmetric_value,
    ),
    "jensen_shannon": _JENSEN_SHANNON,
    "jensen_shannon_distance": _rooted(_JENSEN_SHANNON),
    "total_variation": _halved(
        Terms(
            "p q",
            lambda _b, c, _o: trees.absolute(trees.difference(*c)),
            lambda _b, c, _o: exact().abs(exact().subtract(*c)),
        )
    ),
    "squared_hellinger": _HELLINGER,
    "hellinger": _rooted(_HELLINGER),
    "bhattacharyya_coefficient": _OVERLAP,
    "bhattacharyya": Terms(
        "p q",
        _OVERLAP.term,
        _OVERLAP.value,
        whole=lambda base, total, _: trees.negated(trees.log(base, total)),
        total=lambda base, total, _: exact().minus(base.log(total)),
    ),
    "chi_squared": Terms(
        "p q",
        lambda _b, c, _o: Quotient(trees.power(trees.difference(*c), trees.TWO), c[1]),
        lambda _b, c, _o: numbers.ratio(numbers.squared_difference(*c), c[1]),
    ),
    "renyi": Terms(
        "p q",
        _powers_term,
        _powers_value,
        whole=lambda base, total, a: _scaled(trees.shifted(a, -1), trees.log(base, total)),
        total=lambda base, total, a: exact().divide(base.log(total), exact().subtract(a, UNITY)),
    ),
    "alpha_divergence": Terms(
        "p q",
        _powers_term,
        _powers_value,
        whole=lambda _b, total, a: Quotient(trees.difference(trees.ONE, total), trees.times(a, trees.shifted(a, 1, -1))),
        total=lambda _b, total, a: exact().divide(
            exact().subtract(UNITY, total), exact().multiply(a, exact().subtract(UNITY, a))
        ),
    ),
    "renyi_entropy": Terms(
        "p",
        lambda _b, c, a: trees.power(c[0], a),
        lambda _b, c, a: numbers.raised(c[0], a),
        whole=lambda base, total, a: _scaled(trees.shifted(a, 1, -1), trees.log(base, total)),
        total=lambda base, total, a: exact().divide(base.log(total), exact().subtract(UNITY, a)),
    ),
    "tsallis_entropy": Terms(
        "p",
        lambda _b, c, a: trees.power(c[0], a),
        lambda _b, c, a: numbers.raised(c[0], a),
        whole=lambda _b, total, a: _scaled(trees.shifted(a, -1), trees.difference(trees.ONE, total)),
        total=lambda _b, total, a: exact().divide(exact().subtract(UNITY, total), exact().subtract(a, UNITY)),
    ),
    "joint_entropy": Terms("xy", _log_term(), _log_value(), negative=True, logarithmic=True),
    "conditional_entropy": Terms("xy x", _log_term(1), _log_value(1), negative=True, logarithmic=True),
    "mutual_information": Terms("xy x y", _log_term(1, 2), _log_value(1, 2), logarithmic=True),
    "conditional_mutual_information": Terms(
        "xyz xz yz z",
        lambda base, c, _: trees.times(c[0], trees.log(base, Quotient(trees.times(c[3], c[0]), trees.times(c[1], c[2])))),
        lambda base, c, _: base.weighted(c[0], exact().multiply(c[3], c[0]), exact().multiply(c[1], c[2])),
        logarithmic=True,
    ),
}
"""How a row of `probability/quantities.py` is written out; a row that is not here has no sum over outcomes."""

_REVERSED = Terms(
    "p q",
    lambda base, c, _: trees.times(c[1], trees.log(base, Quotient(c[1], c[0]))),
    lambda base, c, _: base.weighted(c[1], c[1], c[0]),
)
LIMITS: dict[tuple[str, int], Terms] = {
    ("renyi", 1): TERMS["kl"],
    ("renyi_entropy", 1): _ENTROPY,
    ("tsallis_entropy", 1): _ENTROPY,
    ("alpha_divergence", 1): TERMS["kl"],
    ("alpha_divergence", 0): _REVERSED,
}
"""What a quantity with an order is at an order where its own sum is divided by zero."""


def terms_of(name: str, order: Decimal | None) -> Terms | None:
    """How a quantity is written out, at its order where it has one; None where it is no sum over outcomes."""
    at_limit = LIMITS.get((name, int(order))) if order is not None and order in (ZERO, UNITY) else None
    return at_limit or TERMS.get(name)
