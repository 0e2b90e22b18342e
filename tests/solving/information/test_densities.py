"""Densities by a formula and mixtures in sheets: how people say where the letter lies, what is refused, what is recognised."""

from math import e, inf, log, pi

import pytest

from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.solving.information.tasks import Measure
from tests.solving.information.test_answers import answer
from tests.solving.sheets import errors, solve


def answers(text: str) -> tuple[Answer, ...]:
    return solve(text).answers


def refused(text: str) -> ProblemSolution:
    problem = solve(text)
    assert problem.status == "unsolved"
    return problem


OF_2X = log(1 / 2) + 1 / 2
"""The differential entropy of 2x over [0, 1]."""


@pytest.mark.parametrize(
    "said",
    [
        r"$p(x) = 2x$ for $0 \le x \le 1$",
        r"$p(x) = 2x$, $0 < x < 1$",
        r"$p(x) = 2x, \quad x \in [0, 1]$",
        r"$p(x) = 2x \quad (0 \le x \le 1)$",
        r"$p(x) = 2x$ for $1 \ge x \ge 0$",
        r"$p(x) = 2x$ on $[0, 1]$",
        r"$p(x) = 2x$ on the interval $(0, 1)$",
        r"$p(x) = 2x$ for x between 0 and 1",
        r"$p(x) = 2x$ on the unit interval",
        r"$p(x) = \begin{cases} 2x & 0 \le x \le 1 \\ 0 & \text{otherwise} \end{cases}$",
        r"$p(x) = \begin{cases} 2x & \text{if } x \in [0, 1] \\ 0 & \text{else} \end{cases}$",
        r"$p(x) = \begin{cases} 2x & 0 < x < 1 \end{cases}$",
        r"$p(x) = 2x \cdot \mathbb{1}[0 \le x \le 1]$",
        r"$p(t) = 2t$ for $0 \le t \le 1$",
        r"$p(y) = c y$ with $c = 2$ for $0 \le y \le 1$",
        r"$p(x) = 2 - 2x$ for $0 \le x \le 1$",
    ],
)
def test_where_the_letter_lies(said: str) -> None:
    assert answer(f"Let {said}. Compute the differential entropy of $p$.").value == pytest.approx(OF_2X, abs=1e-12)


@pytest.mark.parametrize("name", ["f", "g", "u"])
def test_any_letter_may_be_a_density(name: str) -> None:
    found = answer(rf"Let ${name}(x) = \frac{{x}}{{2}}$ for $0 \le x \le 2$. Compute the entropy of ${name}$ in bits.")
    assert found.value == pytest.approx((OF_2X + log(2)) / log(2), abs=1e-12)
    assert found.unit == "bits"


@pytest.mark.parametrize(
    ("density", "expected"),
    [
        (r"\frac{1}{2} e^{-|x|}$, $x \in \mathbb{R}", 1 + log(2)),
        (r"\frac{1}{\pi (1 + x^2)}$ for all real $x", log(4 * pi)),
        (r"\frac{1}{\sqrt{2 \pi}} e^{-x^2/2}$ for $-\infty < x < \infty", 0.5 * log(2 * pi * e)),
        (r"\frac{2}{x^3}$ for $x \ge 1", 1.5 - log(2)),
        (r"x e^{-x}$ for $x > 0", 1 + 0.5772156649015329),
        (r"\frac{1}{2 \sqrt{x}}$ for $0 < x \le 1", log(2) - 1),
        (r"\begin{cases} x & 0 \le x \le 1 \\ 2 - x & 1 < x \le 2 \\ 0 & \text{otherwise} \end{cases}", 0.5),
    ],
)
def test_entropies_of_densities(density: str, expected: float) -> None:
    assert answer(f"Let $p(x) = {density}$. Compute $h(p)$.").value == pytest.approx(expected, abs=1e-10)


def test_quantities_of_two_densities() -> None:
    asked = r"""Let $f(x) = 2x$ for $0 \le x \le 1$ and $g(x) = 1$ for $0 \le x \le 1$.
Compute $D_{KL}(f \parallel g)$, $D_{KL}(g \parallel f)$, $H(f, g)$, $TV(f, g)$, $\chi^2(f \parallel g)$ and
$\chi^2(g \parallel f)$."""
    found = [each.value for each in answers(asked)]
    assert found == pytest.approx([log(2) - 0.5, 1 - log(2), 0, 0.25, 1 / 3, inf], abs=1e-12)


def test_a_density_beside_a_family_in_the_direction_that_is_infinite() -> None:
    given = r"Let $p(x) = \frac{1}{2}$ for $0 \le x \le 2$ and $Q = \mathcal{U}(0, 4)$. "
    found = answers(given + r"Compute $D_{KL}(p \| Q)$ and $D_{KL}(Q \| p)$.")
    assert [each.value for each in found] == pytest.approx([log(2), inf])


def test_where_a_divergence_is_infinite_is_said() -> None:
    found = answer(r"Let $p(x) = \frac{1}{(1 + x)^2}$ and $q(x) = e^{-x}$ for $x \ge 0$. Compute $D_{KL}(p \parallel q)$.")
    assert found.value == inf
    assert "the integral diverges where x goes to infinity" in found.conventions


@pytest.mark.parametrize(
    ("density", "code", "said"),
    [
        (r"p(x) = 3x$ for $0 \le x \le 1", "not-normalised", "the density p integrates to 1.5, not to 1"),
        (r"p(x) = \frac{1}{x}$ for $0 < x \le 1", "not-normalised", "the integral of the density p is infinite, not 1"),
        (r"p(x) = 1.5 - x$ for $0 \le x \le 2", "negative-density", "the density is negative at 2"),
        (r"p(x) = \frac{\alpha}{x^{\alpha + 1}}$ for $x \ge 1", "missing-value", "has no value"),
        (r"p(x) = 3x", "number-as-distribution", "p is one number"),
    ],
)
def test_what_is_no_density_is_an_error(density: str, code: str, said: str) -> None:
    problem = refused(f"Let ${density}$. Compute the entropy of $p$.")
    assert code in errors(problem)
    assert any(said in each.message for each in problem.diagnostics)


def test_a_density_may_be_normalised() -> None:
    found = answer(r"Let $p(x) = 3x$ for $0 \le x \le 1$. Compute $h(p)$.", Measure(normalize=True))
    assert found.value == pytest.approx(OF_2X, abs=1e-12)
    assert "the density p integrates to 1.5 and was divided by that" in found.conventions


def formula(text: str) -> Answer:
    found = answer(text)
    assert found.value is None
    return found


@pytest.mark.parametrize(
    ("density", "expected"),
    [
        (r"\lambda e^{-\lambda x}$ for $x \ge 0", "1 - log(lambda)"),
        (r"\frac{1}{s} e^{-x/s}$ for $x \ge 0", "1 - log(1/s)"),
        (r"\frac{1}{b - a}$ for $a \le x \le b", "log(b - a)"),
        (r"\frac{1}{2c} e^{-|x - m|/c}$ for $x \in \mathbb{R}", "1 + log(2 c)"),
        (r"\frac{1}{\sqrt{2 \pi v}} e^{-(x - m)^2/(2v)}$ for $x \in \mathbb{R}", "(1/2) (1 + log(2 pi v))"),
    ],
)
def test_the_density_of_a_family_is_recognised_whatever_its_letters(density: str, expected: str) -> None:
    assert formula(f"Let $p(x) = {density}$. Compute $h(p)$.").formula.text == expected


def test_what_only_looks_like_the_density_of_a_family_is_none() -> None:
    """exp(-x) from 1 on integrates to 1/e; 2 exp(-x) to 2."""
    assert "not-normalised" in errors(refused(r"Let $p(x) = e^{-x}$ for $x \ge 1$. Compute $h(p)$."))
    assert "not-normalised" in errors(refused(r"Let $p(x) = 2 e^{-x}$ for $x \ge 0$. Compute $h(p)$."))
    assert answer(r"Let $p(x) = e^{1 - x}$ for $x \ge 1$. Compute $h(p)$.").value == pytest.approx(1, abs=1e-12)


def test_expectations_under_a_density() -> None:
    text = r"The random variable $X$ has density $f_X(x) = 2x$ for $0 \le x \le 1$. Compute "
    for asked, expected in (("E[X]", 2 / 3), (r"\mathrm{Var}(X)", 1 / 18), ("E[X^2]", 1 / 2), ("h(X)", OF_2X)):
        [found] = answers(f"{text}${asked}$.")
        assert found.value == pytest.approx(expected, rel=1e-12)


def test_a_function_with_a_condition_stays_one_that_can_be_differentiated() -> None:
    [found] = answers(r"Let $f(x) = x^3$ for $x \ge 0$. Compute $\frac{df}{dx}$.")
    assert found.formula.text == "3 x^2"


OF_MIXTURE = 2.15366790908555784
"""Of 0.3 N(0, 1) + 0.7 N(4, 2), in mpmath."""


@pytest.mark.parametrize(
    "said",
    [
        r"p(x) = 0.3 \mathcal{N}(x; 0, 1) + 0.7 \mathcal{N}(x; 4, 2)",
        r"p = 0.3 \mathcal{N}(0, 1) + 0.7 \mathcal{N}(4, 2)",
        r"p = 0.7 Q + 0.3 R$, where $Q = \mathcal{N}(4, 2)$ and $R = \mathcal{N}(0, 1)",
        r"p = w \mathcal{N}(0, 1) + (1 - w) \mathcal{N}(4, 2)$ with $w = 0.3",
        r"p \sim 0.3 \mathcal{N}(0, 1) + 0.7 \mathcal{N}(4, 2)",
    ],
)
def test_mixtures(said: str) -> None:
    assert answer(f"Let ${said}$. Compute the entropy of $p$.").value == pytest.approx(OF_MIXTURE, abs=1e-9)


@pytest.mark.parametrize(
    "mixture", [r"\frac12 (P + Q)", r"\frac{P + Q}{2}", "(P + Q)/2", "0.5 P + 0.5 Q", r"\frac{P}{2} + \frac{Q}{2}"]
)
def test_the_mixture_of_two_named_families(mixture: str) -> None:
    """The Jensen-Shannon divergence is the mean of the divergences to it."""
    given = r"Let $P = \mathcal{N}(0, 1)$ and $Q = \mathcal{N}(2, 1)$"
    asked = r"Compute $D_{KL}(P \| M)$, $D_{KL}(Q \| M)$ and the Jensen-Shannon divergence of $P$ and $Q$."
    first, second, mean = (each.value for each in answers(f"{given} and $M = {mixture}$. {asked}"))
    assert isinstance(first, float)
    assert isinstance(second, float)
    assert mean == pytest.approx((first + second) / 2, rel=1e-12)
    inline = answer(rf"{given}. Compute $D_{{KL}}(P \parallel {mixture})$.").value
    assert inline == pytest.approx(first, rel=1e-14)


def test_the_weights_of_a_mixture_have_to_sum_to_one() -> None:
    assert "not-normalised" in errors(refused(r"$P = 0.3 \mathcal{N}(0, 1) + 0.6 \mathcal{N}(4, 2)$. Compute $H(P)$."))


def test_a_sum_of_random_variables_is_no_mixture() -> None:
    text = r"$X \sim \mathcal{N}(0, 1)$ and $Y \sim \mathcal{N}(1, 2)$ are independent, $Z = 0.5 X + 0.5 Y$. Compute $h(Z)$."
    assert refused(text).answers == ()


def test_orders_infinity_of_families() -> None:
    given = r"Let $P = \mathcal{N}(0, 1)$ and $Q = \mathcal{N}(0, 4)$. Compute "
    assert answer(given + "the min-entropy of $P$.").value == pytest.approx(0.5 * log(2 * pi), rel=1e-14)
    assert answer(given + r"$D_\infty(P \parallel Q)$.").value == pytest.approx(log(2), rel=1e-14)
    assert answer(given + r"$D_\infty(Q \parallel P)$.").value == inf


def test_outcomes_without_probability_are_named_shortly() -> None:
    found = answer(r"$P \sim \mathrm{Bin}(2, 0.5)$ and $Q \sim \mathrm{Bin}(12, 0.5)$. Compute $D_{KL}(P \| Q)$.")
    assert "P gives no probability to 3, 4, …, 12: each has probability 0" in found.conventions


OF_HALVES = 2.05165872694154
"""The differential entropy of the equal mixture of N(0, 1) and N(4, 1), in mpmath."""


@pytest.mark.parametrize(
    "said",
    [
        r"an equal mixture of $\mathcal{N}(0, 1)$ and $\mathcal{N}(4, 1)$",
        r"a mixture of $\mathcal{N}(0, 1)$ and $\mathcal{N}(4, 1)$ with weights 0.5 and 0.5",
        r"the mixture of $\mathcal{N}(0, 1)$ and $\mathcal{N}(4, 1)$ with equal weights",
        r"an equally weighted mixture of $\mathcal{N}(0, 1)$ and $\mathcal{N}(4, 1)$",
    ],
)
def test_mixtures_in_words(said: str) -> None:
    assert answer(f"Let $P$ be {said}. Compute the entropy of $P$.").value == pytest.approx(OF_HALVES, abs=1e-12)


def test_weights_in_words_stand_in_the_order_of_the_parts() -> None:
    text = r"Let $P$ be a mixture of $\mathcal{N}(0, 1)$ and $\mathcal{N}(4, 2)$ with weights $0.3$ and $0.7$. Compute $h(P)$."
    assert answer(text).value == pytest.approx(OF_MIXTURE, abs=1e-12)


def test_a_mixture_without_weights_is_not_guessed() -> None:
    text = r"Let $P$ be a mixture of $\mathcal{N}(0, 1)$ and $\mathcal{N}(4, 1)$. Compute $h(P)$."
    assert "derived-variable" in errors(refused(text))
