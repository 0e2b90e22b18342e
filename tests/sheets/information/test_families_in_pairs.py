"""Two members of one family in words, and claims about entropies with symbols; expected forms are the known closed ones."""

from collections.abc import Callable
from math import log

import pytest

from chainrule.solving.answer import Answer
from tests.sheets.information.answers import refusals, solved, values


def kl_exponential(a: float, b: float) -> float:
    return log(a / b) + b / a - 1


def kl_poisson(a: float, b: float) -> float:
    return a * log(a / b) - a + b


def kl_normal(m: float, s: float, n: float, t: float) -> float:
    """s and t are standard deviations."""
    return log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - 0.5


def kl_geometric(a: float, b: float) -> float:
    return log(a / b) + (1 - a) / a * log((1 - a) / (1 - b))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("two exponential distributions with rates 2 and 3", kl_exponential(2, 3)),
        ("two Poisson distributions with means 2 and 5", kl_poisson(2, 5)),
        ("two normal distributions with means 0 and 1 and common variance 4", kl_normal(0, 2, 1, 2)),
        ("two univariate Gaussians with means 0, 1 and standard deviations 1 and 2", kl_normal(0, 1, 1, 2)),
        ("two Gaussians with mean 0 and variances 1 and 4", kl_normal(0, 1, 0, 2)),
        ("two geometric distributions with success probabilities 0.5 and 0.25", kl_geometric(0.5, 0.25)),
        ("two Bernoulli distributions with parameters 0.5 and 0.75", 0.5 * log(2) + 0.5 * log(2 / 3)),
    ],
)
def test_each_has_its_own_parameters(words: str, expected: float) -> None:
    assert values(f"Compute the KL divergence between {words}.") == [pytest.approx(expected, rel=1e-9)]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            r"two exponential distributions with rates $\lambda_1$ and $\lambda_2$",
            "lambda_2/lambda_1 + log(lambda_1/lambda_2) - 1",
        ),
        (r"two Poisson distributions with means $a$ and $b$", "b + a log(a/b) - a"),
        ("two Bernoulli distributions with parameters p and q", "(1 - p) log((1 - p)/(1 - q)) + p log(p/q)"),
        (r"two Gaussians with the same variance $v$ and means $a$ and $b$", "((a - b)^2 + v)/(2 v) - 1/2"),
    ],
)
def test_symbols_stay_symbols(words: str, shown: str) -> None:
    (answer,) = solved(f"Derive the KL divergence between {words}.").answers
    assert isinstance(answer, Answer)
    assert answer.formula is not None
    assert answer.formula.text == shown


def test_names_before_them_are_theirs() -> None:
    text = r"Let $F$ and $G$ be two exponential distributions with rates 2 and 3. Compute $D(G \| F)$."
    assert values(text) == [pytest.approx(kl_exponential(3, 2), rel=1e-12)]


@pytest.mark.parametrize(
    "words",
    [
        "two Poisson distributions with mean 2 and 3",
        "two exponential distributions with rates 1, 2 and 3",
        "two normal distributions",
    ],
)
def test_parameters_that_do_not_fit_are_refused(words: str) -> None:
    assert refusals(f"Compute the KL divergence between {words}.") != []


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"Let $T \sim \mathrm{Exp}(\lambda)$. Show that $h(T) = 1 - \log \lambda$.", "holds"),
        (r"Let $T \sim \mathrm{Exp}(\lambda)$. Verify that $h(T) = 2 - \log \lambda$.", "does not hold"),
        (r"Let $X \sim \text{Bernoulli}(p)$. Show that $H(X) = -p \log p - (1-p)\log(1-p)$.", "holds"),
        (r"Let $Z \sim \text{Bernoulli}(t)$. Show that $H(Z) = -t \log_2 t - (1-t)\log_2(1-t)$.", "holds"),
        (r"Let $Z \sim \text{Bernoulli}(t)$. Show that $H(Z) = -t \log_2 t - (1-t)\log_2(1+t)$.", "does not hold"),
    ],
)
def test_what_an_entropy_is_said_to_be_is_checked(text: str, verdict: str) -> None:
    (answer,) = solved(text).answers
    assert isinstance(answer, Answer)
    assert answer.formula is not None
    assert f" {verdict}" in answer.formula.text


@pytest.mark.parametrize(
    ("asked", "derivative"),
    [
        (
            r"Show that $H(X) = -p \log p - (1-p)\log(1-p)$ and find its derivative with respect to $p$.",
            lambda p: log((1 - p) / p),
        ),
        ("Compute the entropy of $X$ and its derivative with respect to $p$.", lambda p: log((1 - p) / p)),
        ("Compute the entropy of $X$ and differentiate it with respect to $p$.", lambda p: log((1 - p) / p)),
    ],
)
def test_its_derivative_is_that_of_the_quantity(asked: str, derivative: Callable[[float], float]) -> None:
    text = rf"Let $p = 0.2$ and $X \sim \text{{Bernoulli}}(p)$. {asked}"
    assert values(text)[-1] == pytest.approx(derivative(0.2), rel=1e-12)
