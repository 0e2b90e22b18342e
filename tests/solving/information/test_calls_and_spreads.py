"""Functions of the text as quantities, spreads without a mean, projections and labels in words; values by hand."""

from math import e, log, pi

import pytest

from tests.sheets.information.answers import refusals, solved, units, values

EXP = r"Let $K(b) = D_{KL}(\mathrm{Exp}(3) \| \mathrm{Exp}(b))$. "
LAPLACE = r"Let $K(b) = D_{KL}(\mathrm{Laplace}(0, 1) \| \mathrm{Laplace}(0, b))$. "
PAIR = "Let $P = (0.6, 0.2, 0.2)$ and $Q = (0.5, 0.4, 0.1)$. "
GRADIENT = [-1.2, -0.5, -2.0]
PROJECTED = [g + 3.7 / 3 for g in GRADIENT]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        (EXP + "Compute $K(1)$.", log(3) + 1 / 3 - 1, "nats"),
        (EXP + "Compute $K(1)$ in bits.", (log(3) + 1 / 3 - 1) / log(2), "bits"),
        (LAPLACE + "Compute $K(2)$.", log(2) - 1 / 2, "nats"),
        (r"Let $h(p) = -p \log_2 p - (1 - p) \log_2(1 - p)$. Compute $h(1/4)$.", 2 - 0.75 * log(3, 2), "bits"),
        (r"Let $F(p) = -\sum_i p_i \ln p_i$. Compute $F((0.5, 0.5))$.", log(2), "nats"),
        (r"Let $f(x) = x \ln x$. Compute $f(0.5)$.", -0.5 * log(2), None),
        (r"Let $h(p) = -p \ln p - (1 - p) \ln(1 - p) + p^2$. Compute $h(1/2)$.", log(2) + 0.25, None),
    ],
)
def test_a_function_at_a_number_has_the_unit_of_the_quantity_that_it_is(text: str, value: float, unit: str | None) -> None:
    assert values(text) == [pytest.approx(value)]
    assert units(text) == [unit]


def test_at_equal_locations_the_scale_can_be_differentiated_by() -> None:
    assert values(LAPLACE + "Compute $K'(2)$.") == [pytest.approx(1 / 2 - 1 / 4)]


@pytest.mark.parametrize("words", ["For which $b$ is $K'(b) = 0$?", "Solve $K'(b) = 0$.", "When does $K'(b) = 0$ hold?"])
def test_an_equation_for_a_derivative_defines_nothing(words: str) -> None:
    found = solved(LAPLACE + f"Compute $K'(2)$. {words}").answers
    assert [getattr(each, "value", None) for each in found] == [pytest.approx(1 / 4)]


def test_a_stated_derivative_is_compared() -> None:
    assert values("Let $f(x) = x^2$ with $f'(x) = 2x$. Compute $f'(3)$.") == [6]
    problem = solved("Let $f(x) = x^2$ with $f'(x) = 3x$. Compute $f'(3)$.")
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == ["sides-differ"]
    assert values("Let $g'(x) = 3x$. Compute $g'(2)$.") == [6]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("The noise is normally distributed with standard deviation 3. Compute its differential entropy.", 9.0),
        ("The noise is Gaussian with variance 4. Compute the differential entropy of the noise.", 4.0),
        ("The noise has a Gaussian distribution with mean 0 and variance 9. Compute the entropy of the noise.", 9.0),
    ],
)
def test_the_entropy_of_a_normal_distribution_needs_no_mean(words: str, value: float) -> None:
    assert values(words) == [pytest.approx(0.5 * log(2 * pi * e * value))]


def test_a_mean_that_is_not_said_is_no_number() -> None:
    text = r"$P$ is normal with variance 9, $Q$ is normal with variance 4. Compute $D_{KL}(P \| Q)$."
    assert values(text) == [None]
    [found] = solved(text).answers
    assert "loc_P - loc_Q" in found.formula.text  # type: ignore[union-attr]


def test_a_noun_of_something_else_is_refused() -> None:
    text = "The sum of the errors is normally distributed with mean 0 and variance 4. Compute the entropy of the error."
    assert refusals(text)


@pytest.mark.parametrize(("noun", "variance"), [("noise", 1), ("signal", 9)])
def test_each_of_two_things_has_its_own_distribution(noun: str, variance: float) -> None:
    text = "The signal is Gaussian with variance 9. The noise is Gaussian with variance 1."
    assert values(f"{text} Compute the entropy of the {noun}.") == [pytest.approx(log(2 * pi * e * variance) / 2)]


@pytest.mark.parametrize("noun", ["output", "sum", "received signal", "signal plus the noise", "noise in the signal"])
def test_what_is_made_of_two_things_has_none_of_their_distributions(noun: str) -> None:
    text = "The signal is Gaussian with variance 9. The noise is Gaussian with variance 1."
    assert refusals(f"{text} Compute the entropy of the {noun}.")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("exponential distributions with rates 2 and 3", log(2 / 3) + 1 / 2),
        ("two exponential distributions, one with mean 1 and one with mean 1/2", log(1 / 2) + 1),
        ("two Poisson distributions, the first with mean 2 and the second with mean 5", 2 * log(2 / 5) + 3),
    ],
)
def test_two_members_of_one_family(words: str, expected: float) -> None:
    assert values(f"Compute the KL divergence between {words}.") == [pytest.approx(expected)]


def test_three_members_are_not_two() -> None:
    words = "two Poisson distributions, one with mean 2, one with mean 3 and one with mean 5"
    assert refusals(f"Compute the KL divergence between {words}.")


@pytest.mark.parametrize(
    "words",
    [
        "with respect to $Q$, and then its projection onto the simplex.",
        "with respect to $Q$ (nats), and project it on the simplex's tangent space.",
        "with respect to $Q$. Project it onto the tangent space of the simplex.",
        "with respect to $Q$ in nats. Then project the gradient onto the simplex.",
    ],
)
def test_a_projection_is_asked_for_besides_the_gradient(words: str) -> None:
    first, second = values(f"{PAIR} Compute the gradient of $H(P, Q)$ {words}")
    assert first == pytest.approx(GRADIENT)
    assert second == pytest.approx(PROJECTED)


@pytest.mark.parametrize("words", ["onto the ball", "onto the unit sphere"])
def test_another_projection_is_refused(words: str) -> None:
    text = f"{PAIR} Compute the gradient of $H(P, Q)$ with respect to $Q$. Project it {words}."
    assert [each.code for each in solved(text).diagnostics if each.severity == "error"] == ["task-not-understood"]


def test_nats_are_not_passed_over_where_the_logarithm_is_another() -> None:
    text = r"Let $p = (0.5, 0.5)$ and $F = -\sum_i p_i \log_2 p_i$. Compute the gradient of $F$ in nats with respect to $p$."
    assert refusals(text)


def test_derivatives_in_lines_after_their_noun_are_what_is_asked() -> None:
    text = (
        "Let $F = \\sum_i x_i y_i^2$ at $x = (1, 2)$, $y = (3, 4)$. Compute the partial derivatives\n"
        "(i) $\\partial F/\\partial x_1$ and (ii) $\\partial F/\\partial y_2$."
    )
    assert values(text) == [9, 16]


@pytest.mark.parametrize("body", [r"\sum_x q(x) f(p(x)/q(x))", r"\sum_i q_i f(p_i/q_i)", r"\sum_x Q(x) f(P(x)/Q(x))"])
def test_small_letters_are_the_probabilities_of_the_large_ones(body: str) -> None:
    given = r"With $P = (0.5, 0.5)$, $Q = (0.8, 0.2)$ and $f(t) = (t - 1)^2$"
    assert values(f"Let $D_f(P \\| Q) = {body}$. {given}, compute $D_f(P \\| Q)$.") == [pytest.approx(0.09 / 0.8 + 0.09 / 0.2)]


def test_the_class_of_a_smoothed_label_is_the_one_that_is_told() -> None:
    text = (
        "The correct class is the second of 4. Take label smoothing with $\\epsilon = 0.2$ over 4 classes. Compute its entropy."
    )
    found = [each.message for each in solved(text).diagnostics]
    assert not any("taken to be the first" in each or "one-hot" in each for each in found)
