r"""What changes a distribution, a unit, a point or a density is read, or refused; no number of something else is given."""

from math import exp, log

import pytest

from tests.sheets.information.answers import refusals, solved, values

HALF_NORMAL = r"\frac1{\sqrt{2\pi}}e^{-x^2/2}\mathbb1[x>0]$ for $x \in \mathbb{R}"


def codes(text: str) -> set[str]:
    return {each.code for each in solved(text).diagnostics if each.severity == "error"}


@pytest.mark.parametrize(
    "density",
    [
        HALF_NORMAL,
        r"\mathbb1[x>0.5]$ for $0 \le x \le 1",
        r"\begin{cases} 1 & x > 0.5 \\ 0 & \text{otherwise} \end{cases}$ for $0 \le x \le 1",
        r"e^{-x}\mathbb1[x>1]$ for $x \ge 0",
        r"e^{-x}\mathbb1[x \le 10]$ for $x \ge 0",
    ],
)
def test_a_density_that_is_zero_where_a_family_is_not_is_not_of_it(density: str) -> None:
    assert refusals(f"Let $p(x) = {density}$. Compute $h(p)$.") == ["not-normalised"]


def test_an_indicator_of_the_whole_support_changes_nothing() -> None:
    assert values(r"Let $p(x) = e^{-x}\mathbb1[x \ge 0]$. Compute $h(p)$.") == [pytest.approx(1, rel=1e-9)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Let $p(x) = 2x$ for $x \in [0,1]$. Compute $p(3)$ and $p(0.5)$.", [0, 1]),
        (r"Let $q(t) = 3t^2$ for $0 \le t \le 1$. Compute $q(t)$ at $t = 2$.", [0]),
        (r"Let $p(x) = e^{-x}$ for $x \ge 0$. Compute $p(-1)$ and $p(2)$.", [0, exp(-2)]),
        (r"Let $p(x) = 2x$ for $x \in [0,1]$. Let $L = p(a) + 1$ with $a = 4$. Compute $L$.", [1]),
        (r"Let $p(x) = 2x$ for $x \in [0,1]$. Let $L = p(a) + 1$ with $a = 4$. Compute $\frac{dL}{da}$.", [0]),
        (r"Let $p(x) = 2x$ for $x \in [0,1]$. Let $L = p(a) + 1$ with $a = 0.4$. Compute $\frac{dL}{da}$.", [2]),
    ],
)
def test_a_density_is_zero_outside_its_interval(text: str, expected: list[float]) -> None:
    assert values(text) == [pytest.approx(each, rel=1e-12) for each in expected]


def test_the_logarithm_of_a_density_outside_has_no_number() -> None:
    assert refusals(r"Let $p(x) = e^{-x}$ for $x \ge 0$. Compute $\log p(-1)$.") == ["not-finite"]


@pytest.mark.parametrize(
    "of", ["the entropy of $p(0.3)$", "the entropy of $E[X]$", "$H(p(0.3))$", "$H(E[X])$", r"the entropy of $\log 2$"]
)
def test_a_number_of_a_density_is_no_distribution(of: str) -> None:
    assert refusals(rf"Let $p(x) = 2x$ for $x \in [0,1]$. Compute {of}.") == ["number-as-distribution"]


def test_the_entropy_of_a_density_and_a_mean_is_not_of_the_mean() -> None:
    problem = solved(r"Let $p(x) = 2x$ for $x \in [0,1]$. Compute the entropy of $p$ and $E[X]$.")
    assert [getattr(each, "value", None) for each in problem.answers] == [pytest.approx(0.5 - log(2), rel=1e-9)]
    assert "number-as-distribution" in {each.code for each in problem.diagnostics}


def test_a_number_is_still_a_probability() -> None:
    assert values("Let $p = 0.3$. Compute the entropy of $p$.") == [pytest.approx(-0.3 * log(0.3) - 0.7 * log(0.7), rel=1e-12)]


def test_the_entropy_of_a_density_by_its_letter() -> None:
    assert values(r"Let $p(x) = 2x$ for $x \in [0,1]$. Compute $H(p)$.") == [pytest.approx(0.5 - log(2), rel=1e-9)]


@pytest.mark.parametrize(
    "text",
    [
        r"Let $f = x^2 + x$. Compute $f$ for $x=1$ and $x=2$ and $\frac{df}{dx}$ for $x=3$.",
        r"Let $P = (p, 1-p)$. Compute $H(P)$ for $p = 0.1$ and $p = 0.2$ and $\frac{dH}{dp}$ for $p=0.3$.",
        r"Let $g = 2 y$ and $f = x^2$. Compute $f$ for $x = 1$ and $2$ and $g$ for $y = 5$.",
        r"Let $f = x^2 + a$ with $x = 1$. Compute $f$ for $a = 1, 2, \ldots, 5$.",
        r"Let $f = x^2 + x$. Compute $f$ for x = 1, two and 3.",
        r"Let $f = x^2 + x$. Compute $f$ for x = 1, 2, ..., 5.",
    ],
)
def test_points_that_are_not_read_are_refused(text: str) -> None:
    assert "task-not-understood" in refusals(text)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("x = -1, 2 and -3", [0, 6, 6]),
        ("$x$ equal to -1 and 2", [0, 6]),
        ("x = −1 and −2", [0, 2]),
        ("x = 3, 5", [12, 30]),
        ("x = 2 or 3", [6, 12]),
        ("$x = -1$, $-2$ and $3$", [0, 2, 12]),
    ],
)
def test_lists_of_values(said: str, expected: list[float]) -> None:
    assert values(f"Let $f = x^2 + x$. Compute $f$ for {said}.") == expected


@pytest.mark.parametrize("letter", ["a", "eta", "omega", "alpha", "xi"])
def test_lists_of_values_of_any_letter(letter: str) -> None:
    name = letter if len(letter) == 1 else f"\\{letter}"
    assert values(f"Let $f = {name}^2$. Compute $f$ for {letter} = 1, 2 and 3.") == [1, 4, 9]


@pytest.mark.parametrize(
    "said",
    [
        "Do not use bits.",
        "Never answer in bits.",
        "Do not use natural logarithms.",
        "Use base-2 logarithms except in part (b).",
        "All entropies are in bits, all divergences in nats.",
        "Use bits in part (a) and nats in part (b).",
    ],
)
def test_units_that_are_denied_or_of_a_part_are_refused(said: str) -> None:
    text = rf"Let $P = (0.5, 0.5)$ and $Q = (0.25, 0.75)$. {said} Compute $H(P)$ and $D_{{KL}}(P \| Q)$."
    assert set(refusals(text)) == {"task-not-understood"}


@pytest.mark.parametrize(
    "said", ["Unless stated otherwise, use bits.", "Use bits instead of nats.", "All answers in bits, not nats."]
)
def test_units_that_are_said_beside_a_denial(said: str) -> None:
    assert values(f"Let $P = (0.5, 0.5)$. {said} Compute $H(P)$.") == [1]


@pytest.mark.parametrize(
    "said",
    [
        r"Let $X \sim \mathrm{Poisson}(3)$ but only even values are kept.",
        r"Let $X \sim \mathrm{Exp}(3)$ where values over 1 are dropped.",
        r"Let $X \sim \mathcal{N}(0,1)$ folded at 0.",
        r"Let $X \sim \mathcal{N}(0,1)$ rounded to integers.",
        r"Let $X \sim \mathrm{Exp}(3)$. Values over 1 are dropped.",
        "X is Poisson with rate 3 and odd values are thrown away.",
        r"Let $X \sim \mathcal{N}(0,1)$. We only keep $X > 0$.",
        r"Let $X \sim \mathcal{N}(0,1)$ for $X > 0$.",
        r"Let $X \sim \mathcal{N}(0,1)$ given $X \le 2$.",
        r"Let $X \sim \mathrm{Exp}(3)$, $X > 1$.",
    ],
)
def test_what_changes_a_distribution_is_refused(said: str) -> None:
    text = f"{said} Compute the entropy of $X$."
    assert refusals(text)
    assert codes(text) & {"description-not-understood", "condition-not-used"}


@pytest.mark.parametrize(
    "said",
    [
        r"Let $X \sim \mathrm{Exp}(3)$, $X > 0$.",
        r"Let $X \sim \mathrm{Exp}(3)$ be the time between two buses.",
        r"Let $X \sim \mathrm{Exp}(3)$ with $X \ge 0$. All results are rounded to 4 decimals.",
    ],
)
def test_what_changes_nothing_is_no_condition(said: str) -> None:
    assert values(f"{said} Compute the entropy of $X$.") == [pytest.approx(1 - log(3), rel=1e-12)]


@pytest.mark.parametrize(("density", "asked"), [("2/x^3", r"\mathrm{Var}(X)"), ("1/x^2", "E[X]")])
def test_a_moment_that_is_infinite_is_said_to_be(density: str, asked: str) -> None:
    assert refusals(rf"Let $p(x) = {density}$ for $x \ge 1$. Compute ${asked}$.") == ["infinite-moment"]
