r"""Expectations and variances, sets that are supports, and what a sheet says wrongly without ending the run."""

from math import exp, log

import pytest

from chainrule.pipeline import solve_equations, solve_sheet
from chainrule.source import Source


def numbers(text: str) -> list[float]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    errors = [d for d in problem.diagnostics if d.severity == "error"]
    assert not errors, errors
    return [float(answer.value) for answer in problem.answers if isinstance(answer.value, float)]


def test_moments_of_a_table() -> None:
    text = r"""$P(X) = \{1: 0.5, 2: 0.3, 4: 0.2\}$. Compute $\mathbb{E}[X]$, $E[X^2]$, $\mathrm{Var}(X)$,
    $\mathbb{E}[2^X - 1]$ and $\mathbb{E}[\log P(X)]$."""
    information = 0.5 * log(0.5) + 0.3 * log(0.3) + 0.2 * log(0.2)
    assert numbers(text) == pytest.approx([1.9, 4.9, 4.9 - 1.9**2, 0.5 + 0.9 + 3, information])


def test_an_outcome_without_probability_counts_nothing() -> None:
    assert numbers(r"$P(X) = \{0: 0, 1: 0.5, 2: 0.5\}$. Compute $\mathbb{E}[\log P(X)]$.") == pytest.approx([log(0.5)])


@pytest.mark.parametrize(
    ("drawn", "mean", "variance"),
    [
        (r"\mathrm{Poisson}(2.5)", 2.5, 2.5),
        (r"\mathcal{N}(1, 4)", 1.0, 4.0),
        (r"\mathrm{Bin}(10, 0.3)", 3.0, 2.1),
        (r"\mathrm{Bernoulli}(0.3)", 0.3, 0.21),
        (r"\mathrm{Geometric}(0.25)", 4.0, 12.0),  # the number of trials
        (r"\mathrm{Exp}(2)", 0.5, 0.25),
        (r"\mathrm{Gamma}(3, 2)", 1.5, 0.75),
        (r"\mathrm{Beta}(2, 3)", 0.4, 0.04),
        (r"\mathcal{U}(1, 4)", 2.5, 0.75),
        (r"\mathrm{Laplace}(1, 2)", 1.0, 8.0),
    ],
)
def test_moments_of_families(drawn: str, mean: float, variance: float) -> None:
    text = rf"$X \sim {drawn}$. Compute $\mathbb{{E}}[X]$, $\mathrm{{Var}}(X)$, $\mathbb{{E}}[X^2]$ and $E[3X + 1]$."
    assert numbers(text) == pytest.approx([mean, variance, variance + mean**2, 3 * mean + 1])


def test_moments_of_two_variables() -> None:
    text = r"""$p(X, Y) = \{(0, 0): 0.1, (0, 2): 0.4, (1, 0): 0.3, (1, 2): 0.2\}$.
    Compute $\mathbb{E}[X Y]$ and $\mathbb{E}[X] \, \mathbb{E}[Y]$."""
    assert numbers(text) == pytest.approx([0.4, 0.6])


def test_an_expectation_that_is_not_known_is_refused() -> None:
    (problem,) = solve_sheet(Source("sheet.md", r"$X \sim \mathcal{N}(0, 1)$. Compute $\mathbb{E}[e^X]$.")).problems
    assert [d.code for d in problem.diagnostics if d.severity == "error"] == ["no-closed-form"]
    text = r"$P(X) = \{a: 0.5, b: 0.5\}$. Compute $\mathbb{E}[X]$."
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert [d.code for d in problem.diagnostics if d.severity == "error"] == ["label-as-number"]


def test_a_letter_of_the_text_is_no_expectation() -> None:
    text = r"$E = \frac12 (y - t)^2$, $y = w x$, $w = 2$, $x = 3$, $t = 1$. Compute $E$ and $\frac{dE}{dw}$."
    assert sorted(numbers(text)) == [12.5, 15.0]


@pytest.mark.parametrize(
    "given",
    [
        r"$\mathcal{X} = \{a, b, c\}$. Let $Q$ be uniform on $\mathcal{X}$.",
        r"$S = \{a, b, c\}$ and $Q \sim \mathrm{Uniform}(S)$.",
        r"$\mathcal{X} = \{a, b, c\}$ and $Q(x) = \frac{1}{|\mathcal{X}|}$ for $x \in \mathcal{X}$.",
    ],
)
def test_a_set_is_a_support(given: str) -> None:
    found = numbers(rf"$P = \{{a: 0.5, b: 0.25, c: 0.25\}}$. {given} Compute $D_{{KL}}(P \| Q)$.")
    assert found == pytest.approx([log(3) - 1.5 * log(2)])


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"D(P \| Q) = \log_2 2 - H(P)", True),
        (r"D(P \| Q) = \log 2 - H(P)", True),
        (r"D(P \| Q) = \ln 2 - H(P)", True),
        (r"D(P \| Q) = \log_2 3 - H(P)", False),
        (r"H(P) = \frac12 \log_2 4 - D(P \| Q)", True),
    ],
)
def test_logarithms_of_numbers_in_an_identity(claim: str, holds: bool) -> None:
    text = rf"$P = \{{a: 0.3, b: 0.7\}}$, $Q = \{{a: 0.5, b: 0.5\}}$. Verify that ${claim}$."
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    (answer,) = problem.answers
    assert answer.formula is not None
    assert ("does not hold" not in answer.formula.text) is holds


@pytest.mark.parametrize(
    "bad",
    [
        r"$u = (1/10, \dots, 1/10)$",
        r"$P = \{A: 0.6, A: 0.3\}$",
        r"$p(x) = x/6$ for $x \in \{a, b, c\}$",
    ],
)
def test_one_bad_statement_does_not_end_the_sheet(bad: str) -> None:
    text = f"# Problem 1\n\nLet {bad}. Let $w = 3$ and $L = w^2$. Compute $L$.\n\n# Problem 2\n\nLet $y = 2$. Compute $y^2$.\n"
    first, second = solve_sheet(Source("sheet.md", text)).problems
    assert [answer.value for answer in first.answers] == [9.0]
    assert any(d.severity == "error" for d in first.diagnostics)
    assert [answer.value for answer in second.answers] == [4.0]


def test_probabilities_of_outcomes_of_families() -> None:
    text = r"$X \sim \mathrm{Poisson}(2.5)$. Compute $P(X = 0)$ and $P(X = 3)$. Compute the surprisal of $X = 0$ in bits."
    assert numbers(text) == pytest.approx([exp(-2.5), exp(-2.5) * 2.5**3 / 6, 2.5 / log(2)])
    text = r"$P \sim \mathrm{Poisson}(2.5)$. Compute $P(3)$. Compute the surprisal of $P(0)$."
    assert numbers(text) == pytest.approx([exp(-2.5) * 2.5**3 / 6, 2.5])
    text = r"$X \sim \mathrm{Geometric}(0.25)$. Compute $P(X = 3)$ and $P(X = 0)$."
    assert numbers(text) == pytest.approx([0.140625, 0])


def test_a_square_among_what_is_summed_is_of_a_vector() -> None:
    (problem,) = solve_equations("L = sum(1 + s - m^2 - exp(s))", ("m", "s"), None, {}, {}).problems
    assert [answer.formula.text for answer in problem.answers if answer.formula] == ["-2 m", "𝟏 - exp(s)"]


def test_lists_in_lists_are_a_covariance() -> None:
    text = r"""$P = \mathcal{N}([0, 1], [[1, 0.5], [0.5, 2]])$, $Q = \mathcal{N}([0, 0], [[2, 0], [0, 1]])$.
    Compute $D_{KL}(P \| Q)$."""
    # trace 1/2 + 2, mean 1, log det 2 - log det 1.75
    assert numbers(text) == pytest.approx([0.5 * (2.5 + 1 - 2 + log(2 / 1.75))])


def test_tsallis_of_a_list_and_entropy_of_a_softmax() -> None:
    assert numbers("$P = (0.5, 0.25, 0.25)$. Compute the Tsallis entropy of order 2 of $P$.") == pytest.approx([0.625])
    total = exp(0.5) + exp(1) + exp(1.5)
    wanted = -sum(exp(z) / total * (z - log(total)) for z in (0.5, 1, 1.5))
    text = r"Let $z = (1, 2, 3)$. Let $r = \mathrm{softmax}(z / 2)$. Compute the entropy $H(r)$ in nats."
    assert numbers(text) == pytest.approx([wanted])


@pytest.mark.parametrize(
    ("generator", "wanted"),
    [
        (r"F(p) = \sum_i p_i \log p_i", 0.3 * log(2.5)),  # the Kullback-Leibler divergence: 0.5 log 2.5 + 0.2 log 0.4
        (r"F(x) = \sum_i x_i^2", 0.18),  # the squared distance
    ],
)
def test_a_transposed_gradient(generator: str, wanted: float) -> None:
    text = rf"""$p = (0.5, 0.3, 0.2)$, $q = (0.2, 0.3, 0.5)$, ${generator}$.
    $B(p, q) = F(p) - F(q) - \nabla F(q)^\top (p - q)$. Compute $B(p, q)$."""
    assert numbers(text) == pytest.approx([wanted])


@pytest.mark.parametrize("share", [r"\frac1n \mathbf 1", r"\frac{1}{n} \mathbf{1}_n", r"\frac{\mathbf{1}}{n}"])
def test_the_number_of_ones_is_the_length(share: str) -> None:
    text = rf"$p = (0.5, 0.25, 0.25)$, $L = D_{{KL}}(p \| {share})$. Compute $L$."
    assert numbers(text) == pytest.approx([log(3) - 1.5 * log(2)])


def test_smoothed_labels() -> None:
    text = r"$y = [1, 0, 0]$, $\epsilon = 0.3$, $t = (1 - \epsilon) y + \frac{\epsilon}{n} \mathbf{1}$. Compute $t$."
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert problem.answers[0].value == pytest.approx([0.8, 0.1, 0.1])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (r"$\mathrm{Var}(X)$", [0.16]),
        (r"$\mathrm{var}(X)$", [0.16]),
        (r"$E[X]$ and $\mathrm{Std}(X)$", [1.8, 0.4]),
        (r"$\mathrm{mean}(X)$", [1.8]),
        (r"$\mathrm{Var}(2X + 1)$", [0.64]),
        (r"$\mathbb{E}[X^2]$", [3.4]),
        (r"the mean and the variance of $X$", [1.8, 0.16]),
        (r"the expected value of X, its standard deviation and the variance", [1.8, 0.4, 0.16]),
        (r"$\mathbb{E}[X]$ and $\mathrm{Var}[X]$, and $H(X)$ in bits", [1.8, 0.16, 0.7219280948873623]),
    ],
)
@pytest.mark.parametrize(
    "given",
    [
        r"Let $X = \{1: 0.2, 2: 0.8\}$.",
        r"A random variable $X$ takes the values 1 and 2 with probabilities 0.2 and 0.8.",
        "\n\n| x | 1 | 2 |\n|---|---|---|\n| P(x) | 0.2 | 0.8 |\n\n",
    ],
)
def test_moments_of_a_variable_are_those_of_its_outcomes(given: str, asked: str, expected: list[float]) -> None:
    if "| x |" in given and "its" in asked:
        asked, expected = r"the mean of $X$", [1.8]
    if "| x |" in given and ("mean}" in asked or "var}" in asked):
        asked, expected = r"$\mathrm{Var}(X)$", [0.16]
    assert numbers(f"{given} Compute {asked}.") == pytest.approx(expected, rel=1e-12)


def codes(text: str) -> list[str]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert not [answer for answer in problem.answers if isinstance(answer.value, float)]
    return [d.code for d in problem.diagnostics if d.severity == "error"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (r"$X = \{a: 0.2, b: 0.8\}$. Compute $\mathrm{Var}(X)$.", "label-as-number"),
        (r"$P = (0.2, 0.8)$. Compute $\mathrm{Var}(P)$.", "unknown-outcomes"),
        (r"$P = (0.2, 0.8)$. Compute $\mathbb{E}[P]$.", "unknown-outcomes"),
    ],
)
def test_moments_need_outcomes_that_are_numbers(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_the_variance_of_an_array_is_that_of_its_entries() -> None:
    assert numbers(r"$X = (1, 2, 6)$. Compute $\mathrm{var}(X)$ and $\mathrm{mean}(X)$.") == pytest.approx([14 / 3, 3])


def test_the_mean_of_a_throw() -> None:
    found = numbers("A fair die is rolled. Find the mean and the variance of the result, and the entropy in bits.")
    assert found == pytest.approx([3.5, 35 / 12, log(6) / log(2)])


def test_moments_of_independent_variables() -> None:
    text = r"Let $X = \{0: 0.2, 1: 0.8\}$ and $Y = \{0: 0.5, 2: 0.5\}$ be independent. Compute $E[XY]$ and $\mathrm{Var}(X+Y)$."
    assert numbers(text) == pytest.approx([0.8, 0.16 + 1])
