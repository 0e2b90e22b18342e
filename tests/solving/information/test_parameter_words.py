"""Words that say which parameter a number is: "with means 2 and 3", "scale parameters", "precisions". Values by hand."""

from math import e, log, pi, sqrt

import pytest

from chainrule.errors import Diagnostic
from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer
from chainrule.source import Source

KL = " Compute $D_{KL}(P \\| Q)$ in nats."


def solved(text: str) -> tuple[tuple[Answer, ...], tuple[Diagnostic, ...]]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem.answers, problem.diagnostics


def assert_value(text: str, expected: float) -> Answer:
    (answer,), diagnostics = solved(text)
    assert [d for d in diagnostics if d.severity == "error"] == []
    assert answer.value == pytest.approx(expected, rel=1e-11)
    return answer


def of_rates(first: float, second: float) -> float:
    """The divergence of two exponentials."""
    return log(first / second) + second / first - 1


def of_normals(first: tuple[float, float], second: tuple[float, float]) -> float:
    """The divergence of two normals, of mean and variance each."""
    (m, v), (n, w) = first, second
    return (log(w / v) + (v + (m - n) ** 2) / w - 1) / 2


MEANS = of_rates(1 / 2, 1 / 5)
RATES = of_rates(2, 5)
PAIR = "Let $P = \\mathrm{Exp}(2)$ and $Q = \\mathrm{Exp}(5)$"
LETTERS = "Let $P = \\mathrm{Exp}(\\beta_1)$ and $Q = \\mathrm{Exp}(\\beta_2)$"


@pytest.mark.parametrize(
    "text",
    [
        f"{PAIR} (means 2 and 5).",
        f"{PAIR} with means 2 and 5.",
        f"{PAIR}, whose expected values are 2 and 5.",
        f"{PAIR} with scale parameters.",
        f"{PAIR}, with scale parameters 2 and 5.",
        f"{PAIR}. The mean of $P$ is 2 and the mean of $Q$ is 5.",
        f"{LETTERS} with means $\\beta_1 = 2$ and $\\beta_2 = 5$.",
        f"{LETTERS} with scale parameters $\\beta_1 = 2$ and $\\beta_2 = 5$.",
        f"{LETTERS}, where $\\beta_i$ is the mean, $\\beta_1 = 2$, $\\beta_2 = 5$.",
        f"{LETTERS}, where $\\beta_1 = 2$ and $\\beta_2 = 5$ are the scales.",
        "We write $\\mathrm{Exp}(m)$ for the exponential distribution with mean $m$. " + PAIR + ".",
        "The parameters of the exponential distributions below are means. " + PAIR + ".",
        "$P$ and $Q$ are exponential distributions with means 2 and 5.",
        "$P$ is exponential with expected value 2 and $Q$ is exponential with expected value 5.",
    ],
)
def test_the_means_of_two_exponentials(text: str) -> None:
    answer = assert_value(text + KL, MEANS)
    assert any("the argument of Exp is the mean" in each for each in answer.conventions)


@pytest.mark.parametrize("how", ["with rates 2 and 5", "with the parameters being rates", "with means 1/2 and 1/5", ""])
def test_the_rates_of_two_exponentials(how: str) -> None:
    answer = assert_value(f"{PAIR} {how}.{KL}", RATES)
    assert any("the argument of Exp is the rate" in each for each in answer.conventions)


NORMALS = of_normals((1, 0.25), (2, 16))


@pytest.mark.parametrize(
    "text",
    [
        "Let $P = \\mathcal{N}(1, 0.5)$ and $Q = \\mathcal{N}(2, 4)$ with standard deviations 0.5 and 4.",
        "Let $P = \\mathcal{N}(1, a)$ and $Q = \\mathcal{N}(2, b)$ with standard deviations $a = 0.5$ and $b = 4$.",
        "Let $P = N(1, \\sigma)$ and $Q = N(2, \\tau)$ where $\\sigma = 0.5$ and $\\tau = 4$ are standard deviations.",
        "Let $P = \\mathcal{N}(1, u^2)$ and $Q = \\mathcal{N}(2, v^2)$ with standard deviations $u = 0.5$ and $v = 4$.",
        "Let $P = \\mathcal{N}(1, \\frac{1}{4})$ and $Q = \\mathcal{N}(2, 16)$, with variances $\\frac{1}{4}$ and 16.",
        "Let $P = \\mathcal{N}(1, r)$ and $Q = \\mathcal{N}(2, s)$ with precisions $r = 4$ and $s = 1/16$.",
        "Let $P = \\mathcal{N}(1, r^{-1})$ and $Q = \\mathcal{N}(2, s^{-1})$ with precisions $r = 4$ and $s = 1/16$.",
        "Let $P = \\mathcal{N}(1, 0.5)$ and $Q = \\mathcal{N}(2, 4)$, both given by mean and standard deviation.",
        "$P$ and $Q$ are normal distributions with means 1 and 2 and standard deviations 0.5 and 4.",
        "$P$ is a normal distribution with mean 1 and precision 4, $Q$ is normal with mean 2 and variance 16.",
        "The means of $P = N(1, 0.25)$ and $Q = N(2, 16)$ are 1 and 2, their standard deviations are 0.5 and 4.",
        "Let $P = N(m, s^2)$ and $Q = N(2, 16)$, with mean $m = 1$ and standard deviation $s = 0.5$.",
    ],
)
def test_normals_by_deviations_variances_and_precisions(text: str) -> None:
    assert_value(text + KL, NORMALS)


def of_binomials(n: int, p: float, q: float) -> float:
    return n * (p * log(p / q) + (1 - p) * log((1 - p) / (1 - q)))


def of_poissons(a: float, b: float) -> float:
    return a * log(a / b) + b - a


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$P$ is binomial with $n = 5$ and mean 0.5, $Q$ is binomial with $n = 5$ and $p = 0.5$.", of_binomials(5, 0.1, 0.5)),
        (
            "$P$ is binomial with $N = 4$ and expected value 1; $Q$ is binomial with $N = 4$ and $p = 0.5$.",
            of_binomials(4, 0.25, 0.5),
        ),
        (
            "$P$ is geometric with mean 4 and $Q$ is geometric with success probability 0.5.",
            4 * (log(0.25 / 0.5) / 4 + 0.75 * log(0.75 / 0.5)),
        ),
        (
            "$P$ is geometric (number of trials until the first success) with $p = 0.25$, $Q$ is geometric with mean 2.",
            4 * (log(0.25 / 0.5) / 4 + 0.75 * log(0.75 / 0.5)),
        ),
        ("$P$ is Poisson with variance 3 and $Q$ is Poisson with expectation 5.", of_poissons(3, 5)),
        ("$P$ is Poisson with rate 3 per hour observed for 2 hours, $Q$ is Poisson with mean 5.", of_poissons(6, 5)),
        ("$P$ is Poisson with rate 1.5 per minute over 4 minutes and $Q$ is Poisson with mean 5.", of_poissons(6, 5)),
        ("$P$ is Poisson with rate 6 per day and $Q$ is Poisson with rate 5 per day.", of_poissons(6, 5)),
    ],
)
def test_means_of_other_families(text: str, expected: float) -> None:
    assert_value(text + KL, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$P$ is Laplace with mean 0 and standard deviation $\\sqrt{2}$. Compute $H(P)$ in nats.", 1 + log(2)),
        ("$P$ is Laplace with mean 0 and variance 18. Compute $H(P)$ in nats.", 1 + log(6)),
        # shape 2 and rate 1/3: 2 + log 3 + log Gamma(2) - psi(2), where psi(2) = 1 - Euler's number
        ("$P$ is a gamma distribution with shape 2 and mean 6. Compute $H(P)$ in nats.", 1 + log(3) + 0.57721566490153286),
        ("$P$ is normal with mean $m = 1$ and standard deviation $a = 2$. Compute $H(P)$ in nats.", log(2 * sqrt(2 * pi * e))),
        ("$P$ is Bernoulli with mean 0.25. Compute $H(P)$ in nats.", 2 * log(2) - 0.75 * log(3)),
    ],
)
def test_words_of_one_distribution(text: str, expected: float) -> None:
    assert_value(text, expected)


@pytest.mark.parametrize(
    "text",
    [
        f"{PAIR} with means 2 and 7.",
        f"{PAIR} with half-life 5.",
        f"{PAIR}, where the parameter is not the rate but the mean.",
        "Let $P = \\mathcal{N}(1, 0.5)$ and $Q = \\mathcal{N}(2, 4)$ with rate 4.",
        "Let $P = \\mathcal{N}(1, 0.5)$ with variance 0.5 and $Q = \\mathcal{N}(2, 4)$ with standard deviation 4.",
        "Let $P = \\mathrm{Pois}(3)$ with scale 3 and $Q = \\mathrm{Pois}(5)$.",
        "Let $P = \\mathrm{Bin}(5, 0.5)$ and $Q = \\mathrm{Bin}(5, 0.25)$ with mean 0.25.",
    ],
)
def test_what_no_parametrisation_agrees_with_is_refused(text: str) -> None:
    answers, diagnostics = solved(text + KL)
    assert [a for a in answers if a.value is not None] == []
    assert "parametrisation" in {d.code for d in diagnostics}


def test_a_time_that_is_told_elsewhere_is_refused() -> None:
    text = "$P$ is Poisson with rate 3 per hour, where all the 2 hours count, $Q$ is Poisson with mean 5."
    answers, diagnostics = solved(text + KL)
    assert [a for a in answers if a.value is not None] == []
    assert any(d.severity == "error" for d in diagnostics)


def column(first: str, second: str) -> str:
    return f"\\begin{{pmatrix}} {first} \\\\ {second} \\end{{pmatrix}}"


def square(a: str, b: str, c: str, d: str) -> str:
    return f"\\begin{{pmatrix}} {a} & {b} \\\\ {c} & {d} \\end{{pmatrix}}"


NEAR = of_normals((0.3, 0.25), (0, 1)) + of_normals((-0.2, 0.25), (0, 1))
BACK = of_normals((0, 1), (0.3, 0.25)) + of_normals((0, 1), (-0.2, 0.25))
STANDARD = "and $Q = \\mathcal{N}(0, I)$."


@pytest.mark.parametrize(
    "text",
    [
        f"Let $P = \\mathcal{{N}}(z; \\mu, \\sigma^2 I)$ with $\\mu = (0.3, -0.2)$ and $\\sigma = 0.5$ {STANDARD}",
        f"Let $P = \\mathcal{{N}}((0.3, -0.2), 0.25 I)$ {STANDARD}",
        f"Let $P = \\mathcal{{N}}(m, I/4)$ with $m = [0.3, -0.2]$ {STANDARD}",
        f"Let $P = \\mathcal{{N}}(m, s^2 I_2)$ with $m = [0.3, -0.2]$ and $s = 0.5$ {STANDARD}",
        f"Let $P = \\mathcal{{N}}((0.3, -0.2)^\\top, \\operatorname{{diag}}(0.25, 0.25))$ {STANDARD}",
        f"Let $P = \\mathcal{{N}}({column('0.3', '-0.2')}, {square('0.25', '0', '0', '0.25')})$ {STANDARD}",
    ],
)
def test_covariances_as_they_are_written(text: str) -> None:
    assert_value(text + KL, NEAR)
    assert_value(text + " Compute $D_{KL}(Q \\| P)$ in nats.", BACK)


def test_full_covariances_in_place() -> None:
    # trace 2 + 1/3, distance 1 + 1/3, determinants 3 and 1.75
    first = f"\\mathcal{{N}}({column('1', '2')}, {square('2', '0.5', '0.5', '1')})"
    second = f"\\mathcal{{N}}\\left({column('0', '1')}, {square('1', '0', '0', '3')}\\right)"
    text = f"Let $P = {first}$ and $Q = {second}$."
    assert_value(text + KL, (7 / 3 + 4 / 3 - 2 + log(3 / 1.75)) / 2)
    given = (
        "Let $P = \\mathcal{N}(\\mu, \\Sigma)$ with $\\mu = (1, -1, 0)$ and $\\Sigma = \\mathrm{diag}(1, 4, 0.25)$ " + STANDARD
    )
    assert_value(given + KL, (5.25 + 2 - 3) / 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("W has a geometric distribution with p = 0.5. What is the entropy of W in nats?", 2 * log(2)),
        ("Suppose Z is normal with mean 3 and variance 4. What is the differential entropy of Z in nats?", log(8 * pi * e) / 2),
        ("X ~ Exp(2) and Y ~ Exp(5). Compute KL(X || Y) in nats.", RATES),
        ("X and Y are exponential with means 2 and 5. Find D_KL(X || Y) in nats.", MEANS),
        ("P ∼ Bin(4, 0.25) and Q ∼ Bin(4, 0.5). Find the KL divergence from P to Q in nats.", of_binomials(4, 0.25, 0.5)),
        ("U = Bin(4, 0.25), V = Bin(4, 0.5). Compute KL(U || V) in nats.", of_binomials(4, 0.25, 0.5)),
        (
            "P ~ Categorical(0.6, 0.4) and Q ~ Categorical(0.2, 0.8). Compute D_KL(P || Q) in nats.",
            0.6 * log(3) + 0.4 * log(0.5),
        ),
        (
            "Let q = N(mu, sigma^2) with mu = 0.8 and sigma = 0.6, and p = N(0, 1). Compute KL(q || p) in nats.",
            of_normals((0.8, 0.36), (0, 1)),
        ),
    ],
)
def test_names_and_families_among_words(text: str, expected: float) -> None:
    assert_value(text, expected)
