"""Edges of entropies and divergences: orders, tiny probabilities, what is not given. Values are by mpmath, or by hand."""

import math

import mpmath
import pytest

from tests.solving.information.test_answers import HALVES, TABLES, P, Q, answer, kl
from tests.solving.sheets import solve


def test_a_name_that_the_text_says_nothing_of_leaves_the_task_open() -> None:
    problem = solve(r"Compute $D_{KL}(P \parallel Q)$ and $H(P)$.")
    assert problem.status == "partial"
    assert [d.message for d in problem.diagnostics if d.code == "no-distribution"] == [
        "the text does not say what distribution P is",
        "the text does not say what distribution Q is",
    ]
    assert all(found.value is None for found in problem.answers)


def test_a_sum_that_is_1_but_for_a_tiny_probability_is_1() -> None:
    found = answer(r"$P = (0.5, 0.5, 10^{-300})$ and $Q = (0.5, 0.25, 0.25)$. Compute $D_{KL}(Q \parallel P)$.")
    with mpmath.workdps(60):
        tiny = mpmath.mpf("0.25") * (mpmath.log(mpmath.mpf("0.25")) + 300 * mpmath.log(10))
        assert found.value == pytest.approx(float(mpmath.mpf("0.25") * mpmath.log(mpmath.mpf("0.5")) + tiny), rel=1e-14)


def test_a_divergence_of_0_in_double_precision_does_not_say_that_the_distributions_are_equal() -> None:
    found = answer(r"$P = (0.5, 0.5, 10^{-300})$ and $Q = (0.5, 0.5, 0)$. Compute $D_{KL}(Q \parallel P)$.")
    assert not any("equal" in step.because for step in found.steps)


def test_a_sum_that_is_nearly_1_is_shown_with_the_digits_that_tell() -> None:
    problem = solve(r"$P = (0.5, 0.50000001)$. Compute $H(P)$.")
    [fault] = problem.diagnostics
    assert fault.message == "the probabilities of P sum to 1.00000001, not to 1"


def test_disjoint_distributions_are_infinitely_far_apart_and_it_is_said_why() -> None:
    found = answer(r"$P = \{A: 1, B: 0\}$ and $Q = \{A: 0, B: 1\}$. Compute the Bhattacharyya distance of $P$ and $Q$.")
    assert found.value == math.inf
    assert "infinite, because no outcome has a probability in both" in found.conventions


def test_the_alpha_divergence_of_order_0_is_the_reversed_divergence() -> None:
    found = answer(TABLES + "Compute the alpha divergence of order 0 of $P$ and $Q$.")
    assert found.value == pytest.approx(kl(Q, P), rel=1e-14)
    assert found.formula.latex == r"\sum_{x} Q(x) \log\left(\frac{Q(x)}{P(x)}\right)"


def test_at_order_0_what_has_no_probability_is_no_outcome() -> None:
    found = answer(HALVES + "Compute the Rényi entropy of $P$ of order 0.")
    assert found.value == pytest.approx(math.log(2), rel=1e-15)
    assert "0⁰ = 0, as what has no probability counts as no outcome" in found.conventions


def test_the_sum_of_a_divergence_without_a_closed_form_is_an_integral() -> None:
    text = r"$P \sim \mathcal{N}(0, 1)$ and $Q \sim \mathrm{Laplace}(0, 1)$. "
    found = answer(text + "Compute the total variation distance of $P$ and $Q$.")
    assert found.formula.latex == r"\frac{1}{2} \int \lvert P(x) - Q(x) \rvert \, dx"
    with mpmath.workdps(20):

        def apart(x: mpmath.mpf) -> mpmath.mpf:
            return abs(mpmath.npdf(x) - mpmath.exp(-x) / 2)

        root = mpmath.sqrt(1 - 2 * mpmath.log(mpmath.sqrt(mpmath.pi / 2)))
        expected = mpmath.quad(apart, [0, 1 - root, 1 + root, 4, 40])
    assert found.value == pytest.approx(float(expected), rel=1e-10)


def test_a_closed_form_that_diverges_is_infinite() -> None:
    text = r"$P \sim \mathcal{N}(0, 1)$ and $Q \sim \mathcal{N}(0, 4)$. "
    found = answer(text + r"Compute the Rényi divergence $D_3(Q \parallel P)$.")  # the integral of q^3 / p^2 with q wider
    assert found.value == math.inf
    covariances = r"P \sim \mathcal{N}(\mu, A), \mu = [0, 0], A = [[4, 0], [0, 1]]"
    other = r"Q \sim \mathcal{N}(m, B), m = [0, 0], B = [[1, 0], [0, 1]]"
    problem = solve(f"${covariances}$. ${other}$. " + r"Compute the Rényi divergence $D_2(P \parallel Q)$.")
    assert [found.value for found in problem.answers] in ([math.inf], []), "where 2 B - A is not positive definite"


def test_a_term_of_rounding_errors_is_0() -> None:
    rows = r"p(X, Y) = \{(0, 0): 0.4, (0, 1): 0, (1, 0): 0, (1, 1): 0.4, (2, 0): 0.1, (2, 1): 0.1\}"
    found = answer(f"${rows}$. Compute $I(X; Y)$ in bits.")
    assert found.value == pytest.approx(0.8, rel=1e-14)  # 2 * 0.4 * log2(0.4 / (0.4 * 0.5)); the last two are independent
    assert found.table is not None
    assert [row[-1].latex for row in found.table.rows] == ["0.4", "0", "0", "0.4", "0", "0"]
