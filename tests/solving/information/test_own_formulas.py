r"""A value whose own formula is a quantity of information has a unit, that of its logarithm. Expected values are by `math`."""

from math import exp, log, log2, log10

import pytest

from chainrule.solving.answer import Answer
from tests.solving.sheets import entry, errors, solve


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
        (r"$u = [0.2, 0.5, 0.3]$ is a probability vector, and $J = -\log u_2$.", "J", log(2), "nats"),
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
        (r"The lengths of rods in metres are $x = [0.2, 0.5, 0.3]$, and $J = -\log x_2$.", "J"),
        (r"$p = [0.5, 0.3, 0.2]$, $H = -\sum_i p_i \ln p_i$, $J = H / \ln 3$.", "J"),
        (r"$T = [[0.1, 0.2], [0.3, 0.4]]$ and $J = -\frac{1}{\log_2 4} \sum_i \sum_k T_{ik} \log_2 T_{ik}$.", "J"),
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


@pytest.mark.parametrize(
    ("given", "task", "value", "unit"),
    [
        (
            r"$z = 0.3$, $y = 1$ and $L = \log(1 + e^z) - y z$.",
            "Compute $L$ in bits.",
            log2(1 + exp(0.3)) - 0.3 / log(2),
            "bits",
        ),
        (
            r"$z = (1, 2, 0.5)$, $y = (0, 0, 1)$ and $L = -\sum_k y_k z_k + \log \sum_k e^{z_k}$.",
            "Compute $L$ in bits.",
            (log(exp(1) + exp(2) + exp(0.5)) - 0.5) / log(2),
            "bits",
        ),
        (r"$\mu = 1$, $v = 4$ and $K = \frac12 (v + \mu^2 - 1 - \log v)$.", "Compute $K$ in bits.", 2 / log(2) - 1, "bits"),
        (
            r"$m = (1, 2)$, $s = (0.5, 2)$ and $K = \frac12 \sum_i (s_i^2 + m_i^2 - 1 - \log s_i^2)$.",
            "Compute $K$ in bits.",
            3.625 / log(2),  # half of 0.25 + 4 + 1 + 4 - 2, and the logarithms of 1/4 and 4 cancel
            "bits",
        ),
        (
            r"$y = (0, 1)$, $p = (0.75, 0.25)$ and $L = -\frac{1}{\ln 2} \sum_k y_k \ln p_k$.",
            "Compute $L$ in nats.",
            log(4),
            "nats",
        ),
        (r"$p = (0.25, 0.75)$ and $H = -\sum_k p_k \log_3 p_k$.", "Compute $H$ in bits.", 2 - 0.75 * log2(3), "bits"),
    ],
)
def test_another_unit_is_a_factor_of_the_value(given: str, task: str, value: float, unit: str) -> None:
    found = answer(given, task)
    assert (found.value, found.unit) == (pytest.approx(value, rel=1e-12), unit)
    called = entry(found)
    assert called() == pytest.approx(value, rel=1e-12)


def test_a_quotient_by_the_entropy_of_a_uniform_distribution_has_no_unit() -> None:
    problem = solve(
        "# Problem 1\n$p = (0.5, 0.3, 0.2)$, $E = -\\frac{1}{\\ln 3} \\sum_k p_k \\ln p_k$.\n\n(a) Compute $E$ in bits.\n"
    )
    assert errors(problem) == ["no-unit"]


@pytest.mark.parametrize(("n", "divisor", "unit"), [(2, 2, "nats"), (3, 3, "nats"), (4, 4, "nats"), (4, 3, None), (3, 2, None)])
def test_a_mean_is_over_the_entries_that_there_are(n: int, divisor: int, unit: str | None) -> None:
    p = [0.4, *[0.6 / (n - 1)] * (n - 1)]
    y = [1, *[0] * (n - 1)]
    body = rf"-\frac{{1}}{{{divisor}}} \sum_k (y_k \ln p_k + (1 - y_k) \ln(1 - p_k))"
    found = answer(f"$y = {y}$, $p = {p}$ and $L = {body}$.", "Compute $L$.")
    assert found.unit == unit
    assert found.value == pytest.approx(-(log(p[0]) + sum(log(1 - each) for each in p[1:])) / divisor)


@pytest.mark.parametrize(("divisor", "unit"), [(2, "nats"), (3, None)])
def test_a_mean_over_the_rows_of_a_matrix(divisor: int, unit: str | None) -> None:
    given = r"$Y = [[1, 0, 0], [0, 1, 0]]$, $P = [[0.2, 0.5, 0.3], [0.1, 0.6, 0.3]]$ and "
    found = answer(given + rf"$L = -\frac{{1}}{{{divisor}}} \sum_i \sum_k Y_{{ik}} \ln P_{{ik}}$.", "Compute $L$.")
    assert (found.value, found.unit) == (pytest.approx(-(log(0.2) + log(0.6)) / divisor), unit)
