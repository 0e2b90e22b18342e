r"""A value whose own formula is a quantity of information has a unit, that of its logarithm. Expected values are by `math`."""

from math import exp, log, log2, log10

import pytest

from chainrule.solving.answer import Answer
from tests.solving.sheets import solve


def answer(given: str, task: str) -> Answer:
    problem = solve(f"# Problem 1\n{given}\n\n(a) {task}\n")
    assert problem.status == "solved", problem.diagnostics
    return problem.answers[-1]


TWO = r"$a = [0.2, 0.8]$ and $b = [0.3, 0.7]$"
HALVES = (
    rf"{TWO}, $m = \frac12 (a + b)$, $J = \frac12 \sum_i a_i \log \frac{{a_i}}{{m_i}} "
    r"+ \frac12 \sum_i b_i \log \frac{b_i}{m_i}$."
)
KL = 0.2 * log(0.2 / 0.3) + 0.8 * log(0.8 / 0.7)
MIDDLE = (0.25, 0.75)
JS = sum(0.5 * row[i] * log(row[i] / MIDDLE[i]) for row in ((0.2, 0.8), (0.3, 0.7)) for i in (0, 1))


@pytest.mark.parametrize(
    ("given", "name", "value", "unit"),
    [
        (r"$t = [0, 1, 0]$, $u = [0.2, 0.5, 0.3]$ and $E = -\sum_i t_i \log u_i$.", "E", log(2), "nats"),
        (r"$t = [0, 1, 0]$, $u = [0.2, 0.5, 0.3]$ and $E = -\sum_i t_i \log_2 u_i$.", "E", 1.0, "bits"),
        (r"$u = [0.2, 0.8]$ and $S = -\sum_i u_i \log_{10} u_i$.", "S", -0.2 * log10(0.2) - 0.8 * log10(0.8), "base 10"),
        (r"$t = 1$, $u = 0.2$ and $E = -(t \ln u + (1 - t) \ln(1 - u))$.", "E", log(5), "nats"),
        (r"$u = 0.2$ and $h = -u \log_2 u - (1 - u) \log_2(1 - u)$.", "h", -0.2 * log2(0.2) - 0.8 * log2(0.8), "bits"),
        (r"$u = [0.2, 0.5, 0.3]$ and $J = -\log u_2$.", "J", log(2), "nats"),
        (rf"{TWO}, $K = \sum_i a_i \log \frac{{a_i}}{{b_i}}$.", "K", KL, "nats"),
        (rf"{TWO}, $K = \sum_i a_i \log_2 \frac{{a_i}}{{b_i}}$.", "K", KL / log(2), "bits"),
        (
            HALVES,
            "J",
            JS,
            "nats",
        ),
        (r"$z = 0.3$, $y = 1$ and $L = \log(1 + e^z) - y z$.", "L", log(1 + exp(0.3)) - 0.3, "nats"),
        (r"$m = 0.4$, $v = 0.3$ and $R = \frac12 (v^2 + m^2 - 1 - \log v^2)$.", "R", (0.09 + 0.16 - 1 - log(0.09)) / 2, "nats"),
        (
            r"$y = [1, 0]$, $p = [0.3, 0.7]$ and $L = -\frac12 \sum_{i=1}^2 (y_i \log p_i + (1 - y_i) \log(1 - p_i))$.",
            "L",
            -log(0.3),
            "nats",
        ),
    ],
)
def test_a_formula_that_is_a_quantity_has_a_unit(given: str, name: str, value: float, unit: str) -> None:
    found = answer(given, f"Compute ${name}$.")
    assert found.value == pytest.approx(value, rel=1e-12)
    assert (found.kind, found.unit) == ("divergence", unit)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (r"$x = [2, 5, 3]$ and $J = -\sum_i x_i \log x_i$.", "J"),
        (r"$x = 0.4$ and $J = \log x$.", "J"),
        (r"$x = 0.4$ and $J = -x \log x$.", "J"),
        (r"$y = [1, 0]$, $p = [0.3, 0.7]$ and $J = \sum_i (y_i - p_i)^2$.", "J"),
        (r"$y = [1, 0]$, $p = [0.3, 0.7]$ and $J = -\sum_i y_i \log p_i + \sum_i p_i^2$.", "J"),
        (r"$y = [1, 0]$, $p = [0.3, 0.6]$ and $J = -\sum_i y_i \log p_i$.", "J"),
    ],
)
def test_any_other_formula_has_none(given: str, name: str) -> None:
    found = answer(given, f"Compute ${name}$.")
    assert (found.kind, found.unit) == ("value", None)


def test_a_loss_is_given_in_the_unit_that_is_asked_for() -> None:
    found = answer(r"$t = [0, 1]$, $u = [0.75, 0.25]$ and $E = -\sum_i t_i \log u_i$.", "Compute $E$ in bits.")
    assert (found.value, found.unit) == (pytest.approx(2.0, rel=1e-15), "bits")


def test_the_values_of_a_forward_pass_are_those_of_a_network() -> None:
    given = (
        r"$z = W x$, $p = \mathrm{softmax}(z)$, $L = -\sum_k y_k \log p_k$, $x = [1, 2]$, $W = [[1, 1], [1, 1]]$, $y = [1, 0]$."
    )
    found = answer(given, "Do the forward pass.")
    assert (found.symbol.latex, found.kind, found.value) == ("L", "value", pytest.approx(log(2), rel=1e-15))
    asked = answer(given, "Compute $L$.")
    assert (asked.symbol.latex, asked.kind, asked.unit, asked.value) == ("L", "divergence", "nats", found.value)
