"""The table of sums: each definition, with numbers put in, has the value that is computed beside it."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from chainrule.evaluation.run import evaluate
from chainrule.inference.network import Network
from chainrule.inference.vocabulary import vocabulary
from chainrule.probability.quantities import QUANTITIES
from chainrule.solving.information.decimal import Base, decimal
from chainrule.solving.information.terms import TERMS, Terms, terms_of
from chainrule.solving.information.trees import number_tree, shifted
from chainrule.solving.reading import ProblemText
from chainrule.source import Source
from chainrule.syntax.parser import parse_expression
from chainrule.syntax.tree import Name, Number, Sum, Tree
from chainrule.typesetting import latex

ROWS = [tuple(Fraction(n, 100) for n in row) for row in ((50, 20, 35), (30, 50, 40), (20, 30, 25))]
ORDER = Fraction(3, 2)


@pytest.fixture(scope="module")
def network() -> Network:
    text = ProblemText()
    text.add(Source("text", "u = 1").span(), "plain")
    return text.network()


def value(network: Network, tree: Tree) -> float:
    """What the printed formula means."""
    read = parse_expression(Source("formula", latex(tree)).span(), vocabulary(), "latex")
    return float(evaluate([network.read(read)], {})[0])


def columns(terms: Terms) -> list[tuple[Fraction, ...]]:
    width = {"p": 1, "p q": 2, "p q m": 3, "xy": 1, "xy x": 2, "xy x y": 3, "xyz xz yz z": 4}[terms.columns]
    return [(*row, Fraction(1, 2))[:width] for row in ROWS]


@pytest.mark.parametrize("base", [Base(), Base(Fraction(2)), Base(Fraction(10))], ids=["e", "2", "10"])
@pytest.mark.parametrize("name", TERMS)
def test_a_term_in_numbers_has_the_value_beside_it(network: Network, name: str, base: Base) -> None:
    terms, order = TERMS[name], number_tree(ORDER)
    for row in columns(terms):
        tree = terms.worked(base, [number_tree(entry) for entry in row], order)
        found = terms.number(base, [decimal(entry) for entry in row], decimal(ORDER))
        assert value(network, tree) == pytest.approx(float(found), rel=1e-12)


@pytest.mark.parametrize("base", [Base(), Base(Fraction(2))], ids=["e", "2"])
@pytest.mark.parametrize("name", TERMS)
def test_the_whole_has_the_value_beside_it(network: Network, name: str, base: Base) -> None:
    terms, order = TERMS[name], number_tree(ORDER)
    rows = columns(terms)
    trees = tuple(terms.worked(base, [number_tree(entry) for entry in row], order) for row in rows)
    total = sum((terms.number(base, [decimal(e) for e in row], decimal(ORDER)) for row in rows), Decimal(0))
    found = terms.total(base, total, decimal(ORDER))
    assert value(network, terms.whole(base, Sum((1,) * len(trees), trees), order)) == pytest.approx(float(found), rel=1e-12)


def test_every_quantity_of_distributions_is_written_out() -> None:
    assert {q.name for q in QUANTITIES} - set(TERMS) <= {"surprisal", "max_divergence", "min_entropy"}


def test_zeros_are_taken_by_their_limits() -> None:
    zero, some = Decimal(0), Decimal("0.5")
    none = Decimal(1)
    assert TERMS["kl"].number(Base(), [zero, zero], none) == 0
    assert TERMS["kl"].number(Base(), [zero, some], none) == 0
    assert TERMS["kl"].number(Base(), [some, zero], none) == Decimal("Infinity")
    assert TERMS["chi_squared"].number(Base(), [zero, zero], none) == 0
    assert TERMS["jeffreys"].number(Base(), [zero, zero], none) == 0
    assert TERMS["renyi"].number(Base(), [zero, zero], none) == 0


def test_orders_are_worked_out() -> None:
    assert shifted(Number(Fraction(2)), 1, -1) == Sum((-1,), (Number(Fraction(1)),))
    assert latex(shifted(Name("\\alpha"), -1)) == r"\alpha - 1"
    assert latex(shifted(Name("\\alpha"), 1, -1)) == r"1 - \alpha"


def test_the_natural_logarithm_is_that_of_math() -> None:
    assert float(Base().log(Decimal(7))) == pytest.approx(math.log(7), rel=1e-15)
    assert float(Base(Fraction(2)).power(Decimal(3))) == 8


@pytest.mark.parametrize(
    ("name", "order", "same"),
    [("renyi", 1, "kl"), ("alpha_divergence", 1, "kl"), ("renyi_entropy", 1, "entropy"), ("tsallis_entropy", 1, "entropy")],
)
def test_an_order_at_which_the_sum_would_be_divided_by_zero_has_its_limit(name: str, order: int, same: str) -> None:
    assert terms_of(name, Decimal(order)) is TERMS[same]
    near = Decimal(order) + Decimal("1e-12")
    row = [(Decimal("0.7"), Decimal("0.2")), (Decimal("0.3"), Decimal("0.8"))]
    [limit, close] = [
        terms.total(Base(), sum((terms.number(Base(), each, at) for each in row), Decimal(0)), at)
        for terms, at in ((TERMS[same], Decimal(order)), (TERMS[name], near))
    ]
    assert float(limit) == pytest.approx(float(close), rel=1e-9)


def test_the_alpha_divergence_goes_over_into_the_reversed_divergence() -> None:
    limit = terms_of("alpha_divergence", Decimal(0))
    assert limit is not None
    assert float(limit.number(Base(), [Decimal("0.7"), Decimal("0.2")], Decimal(0))) == pytest.approx(0.2 * math.log(0.2 / 0.7))
    assert terms_of("kl", None) is TERMS["kl"]
    assert terms_of("surprisal", None) is None


def test_a_number_that_a_sum_is_divided_by_stands_before_it() -> None:
    total = Name("s")
    for order, shown in ((0, r"-\log(s)"), (2, r"\log(s)"), (3, r"\frac{1}{2} \log(s)"), (Fraction(1, 2), r"-2 \log(s)")):
        assert latex(TERMS["renyi"].whole(Base(), total, Number(Fraction(order)))) == shown
