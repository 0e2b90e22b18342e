r"""The symbol of an answer is the notation that was asked for, and a name for a divergence of families has its closed form."""

from math import log

import pytest

from tests.solving.sheets import entry, solve

TWO = r"$P = (0.5, 0.5)$, $Q = (0.2, 0.8)$"


@pytest.mark.parametrize(
    ("definition", "asked", "symbol", "value"),
    [
        (r"\chi^2(P, Q) = \sum_x \frac{(P(x) - Q(x))^2}{P(x)}", r"\chi^2(P, Q)", r"\chi^2(P, Q)", 0.36),
        (
            r"D(P \| Q) = \sum_x P(x) \log^2 \frac{P(x)}{Q(x)}",
            r"D(P \| Q)",
            r"D(P \parallel Q)",
            (log(2.5) ** 2 + log(0.625) ** 2) / 2,
        ),
        (r"H(P) = -\sum_x P(x)^2 \log P(x)", "H(P)", "H(P)", log(2) / 2),
    ],
)
def test_the_symbol_is_the_notation_that_was_written(definition: str, asked: str, symbol: str, value: float) -> None:
    problem = solve(f"# Problem 1\n${definition}$, {TWO}.\n\n(a) Compute ${asked}$.\n")
    [answer] = problem.answers
    assert (answer.symbol.latex, answer.value) == (symbol, pytest.approx(value, rel=1e-12))
    assert [line.symbol.latex for line in answer.worked] == [symbol]


@pytest.mark.parametrize(
    "given",
    [
        r"$P \sim \mathrm{Poisson}(\lambda)$, $Q \sim \mathrm{Poisson}(\mu)$ and $D = D_{KL}(P \| Q)$.",
        r"$P$ is a Poisson distribution with rate $\lambda$, $Q$ a Poisson distribution with rate $\mu$. $D = D_{KL}(P \| Q)$.",
    ],
)
@pytest.mark.parametrize("task", [r"Find $D$ as a function of $\lambda$ and $\mu$.", "Find $D$."])
def test_a_name_for_a_divergence_of_families_has_the_closed_form(given: str, task: str) -> None:
    [answer] = solve(f"# Problem 1\n{given}\n\n(a) {task}\n").answers
    assert (answer.symbol.latex, answer.unit) == ("D", "nats")
    assert [each.latex for each in answer.needs] == [r"\lambda", r"\mu"]
    assert entry(answer)(2.0, 3.0) == pytest.approx(3 - 2 + 2 * log(2 / 3))
    assert answer.formula is not None
    assert r"\log" in answer.formula.latex
