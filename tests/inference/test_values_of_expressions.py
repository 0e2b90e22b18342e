"""Values of logarithms, numbers for names with a formula, values that hold elsewhere, facts that values prove."""

from math import exp, isclose, log

import pytest

from chainrule.evaluation.run import evaluate
from chainrule.graph.facts import Fact
from chainrule.graph.node import Variable
from chainrule.inference.literals import to_floats
from tests.inference.networks import network_of
from tests.inference.test_distributions_quantities import computed, tree
from tests.solving.sheets import solve


def test_a_logarithm_that_is_given_a_value_is_a_name() -> None:
    text = (
        r"\log \sigma^2 = [-0.5, 0.3]; \mu = [0.2, -0.7]; "
        r"K = -\frac12 \sum_{j=1}^{2} (1 + \log \sigma_j^2 - \mu_j^2 - \sigma_j^2)"
    )
    s, mu = (-0.5, 0.3), (0.2, -0.7)
    wanted = -sum(1 + a - m * m - exp(a) for a, m in zip(s, mu, strict=True)) / 2
    assert isclose(computed(text, "K"), wanted, rel_tol=1e-12)
    network, said = network_of(text)
    assert "named-expression" in [each.code for each in said]
    found = network.find(tree(r"\log \sigma^2"))
    assert isinstance(found, Variable)


def test_the_name_in_the_logarithm_is_computed_from_it() -> None:
    assert isclose(computed(r"\log \sigma^2 = 0.6; f = 3 \sigma", "f"), 3 * exp(0.3), rel_tol=1e-12)


def test_a_number_stands_for_a_formula_that_nothing_is_computed_by() -> None:
    text = r"s = \log \sigma^2; K = e^s - s; s = 0.2"
    assert isclose(computed(text, "K"), exp(0.2) - 0.2, rel_tol=1e-12)
    assert [each.code for each in network_of(text)[1]] == ["number-for-formula"]


def test_a_formula_whose_inputs_are_used_keeps_its_place() -> None:
    network, said = network_of(r"z = w x; z = 4; L = z^2; \frac{\partial L}{\partial w}")
    assert "number-for-formula" in [each.code for each in said]
    assert not isinstance(network.find(tree("z")), Variable)
    assert network.reached[tree("z")] == 4


def test_a_number_for_a_formula_with_a_value_is_not_used() -> None:
    network, said = network_of(r"w = 2; x = 3; z = w x; z = 4; L = z^2")
    assert "given-and-defined" in [each.code for each in said]
    assert tree("z") not in network.reached


def test_what_an_inverse_says_of_the_argument() -> None:
    network, _ = network_of(r"p = \sigma(z); p = 0.8; u = e^v; u = -1; L = z^2 + v")
    assert isclose(float(to_floats(network.reached[tree("z")])), log(4), rel_tol=1e-12)  # pyright: ignore[reportArgumentType]
    assert tree("v") not in network.reached  # no power of e is negative


def test_what_is_asked_of_other_values_learns_no_sizes() -> None:
    text = r"z = [1, 2]; q = \mathrm{softmax}(z); y = [0, 1, 0]; H(y, q)"
    network, said = network_of(text)
    assert not [each for each in said if each.severity == "error"]
    given = {network.names[name]: to_floats(exact) for name, exact in network.values.items()}
    (value,) = evaluate([network.names[tree("q")]], given, network.sizes)
    assert isclose(value[1], exp(2) / (exp(1) + exp(2)), rel_tol=1e-12)


def test_a_list_of_probabilities_sums_to_one_where_it_is_used_as_one() -> None:
    """Where it is the weights of logarithms; that the entries of p, which are added, sum to one is chance."""
    network, _ = network_of(
        r"y = [0, 1, 0]; x = [1, 2, -2]; p = (0.25, 0.75); L = -\sum_i y_i \log q_i + x^\top q + \sum_i p_i"
    )
    facts = {str(node.symbol): node.facts for _, node in network.inputs()}
    known = {name: Fact.SUM_ONE in own for name, own in facts.items()}
    assert {name for name, holds in known.items() if holds} == {str(network.find(tree("y")).symbol)}


def derivative(text: str) -> float:
    (found,) = solve(text).answers
    assert isinstance(found.value, float)
    return found.value


SIGMA = exp(0.2)


@pytest.mark.parametrize(
    ("body", "slope"),
    [
        (r"\sigma^2 + \sigma", 2 * SIGMA + 1),
        (r"\sigma^2", 2 * SIGMA),
        (r"\log \sigma^2 + \sigma", 2 / SIGMA + 1),
        (r"\sigma^{-2} + \sigma^2", -2 * SIGMA**-3 + 2 * SIGMA),
        (r"\sigma^4 + \sigma^2", 4 * SIGMA**3 + 2 * SIGMA),
        (r"\frac{1}{\sigma^2}", -2 * SIGMA**-3),
        (r"\log \sigma + \sigma^2", 1 / SIGMA + 2 * SIGMA),
    ],
)
def test_a_derivative_by_the_name_in_a_logarithm_goes_through_all_its_places(body: str, slope: float) -> None:
    text = rf"$\log \sigma^2 = 0.4$. $L = {body}$. Find $\frac{{dL}}{{d\sigma}}$."
    assert isclose(derivative(text), slope, rel_tol=1e-10)


@pytest.mark.parametrize(
    ("body", "slope"),
    [
        (r"\sigma^2", exp(0.4)),
        (r"\sigma^2 + \sigma", exp(0.4) + SIGMA / 2),
        (r"\sigma + \log \sigma^2", SIGMA / 2 + 1),
    ],
)
def test_a_derivative_by_the_logarithm_itself(body: str, slope: float) -> None:
    text = rf"$\log \sigma^2 = 0.4$. $L = {body}$. Find $\frac{{\partial L}}{{\partial \log \sigma^2}}$."
    assert isclose(derivative(text), slope, rel_tol=1e-10)


def test_the_base_of_a_logarithm_that_is_given_a_value() -> None:
    assert isclose(computed(r"\log_2 x = 3; L = x + 1", "L"), 9, rel_tol=1e-12)
    assert isclose(computed(r"\log_{10} x^2 = 4; L = x + 1", "L"), 101, rel_tol=1e-12)
    (found,) = solve(r"All logarithms are to base 2. $\log x = 3$. $L = x + 1$. Compute $L$.").answers
    assert found.value == pytest.approx(9, rel=1e-12)


@pytest.mark.parametrize(
    "equation", [r"\log y = \log 2", r"\log(y) = x", r"\log_2 y = x", r"\ln y = x", r"\exp(y) = x", r"\tanh y = x"]
)
def test_an_equation_redefines_no_known_function(equation: str) -> None:
    problem = solve(rf"$x = 2$. ${equation}$. $L = \log 3 + \exp 1 + x$. $M = y$. Compute $L$.")
    assert {each.code for each in problem.diagnostics if each.severity == "error"} <= {"sides-differ", "not-a-definition"}
    assert problem.diagnostics
    assert [found.value for found in problem.answers] == [pytest.approx(log(3) + exp(1) + 2, rel=1e-12)]


def test_an_equation_of_a_logarithm_that_holds_is_a_claim() -> None:
    assert isclose(computed(r"x = 2; p = e^{-x}; \log p = -x; L = \log 3 + p", "L"), log(3) + exp(-2), rel_tol=1e-12)
