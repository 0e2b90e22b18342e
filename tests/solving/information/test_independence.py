r"""What a text says, denies and asks of independence; what is put together of independent variables. Values by definition."""

from math import comb, isclose, log

import pytest

from chainrule import pipeline
from chainrule.pipeline import solve_sheet
from chainrule.source import Source
from tests.solving.sheets import solve

TABLES = r"$p(x) = \{0: 0.5, 1: 0.5\}$, $p(y) = \{0: 0.25, 1: 0.75\}$. "
ASKED = "Compute $H(X, Y)$"
BOTH = log(2) - 0.25 * log(0.25) - 0.75 * log(0.75)


def codes(text: str) -> list[str]:
    return [each.code for each in solve(text).diagnostics]


@pytest.mark.parametrize(
    "said",
    [
        r"It does not hold that $X \perp Y$. ",
        r"If $X \perp Y$ were true, the answer would be another one. ",
        r"Is $X \perp Y$? ",
        r"Prove or disprove: $p(x, y) = p(x) p(y)$. ",
        r"A student claims that $p(x, y) = p(x) p(y)$. ",
        r"That $X \perp Y$ is false. ",
    ],
)
def test_independence_that_is_not_stated_is_not_assumed(said: str) -> None:
    problem = solve(TABLES + said + ASKED + ".")
    assert "no-joint-distribution" in [each.code for each in problem.diagnostics]
    assert not [found for found in problem.answers if found.value is not None]


@pytest.mark.parametrize(
    "text",
    [
        TABLES + r"Let $X \perp Y$. " + ASKED + ".",
        TABLES + r"It holds that $p(x, y) = p(x) p(y)$. " + ASKED + ".",
        TABLES + ASKED + r" if $X \perp Y$.",
    ],
)
def test_independence_that_is_stated_or_given_in_a_task_is_used(text: str) -> None:
    (found,) = solve(text).answers
    assert isinstance(found.value, float)
    assert isclose(found.value, BOTH, rel_tol=1e-12)


@pytest.mark.parametrize(
    ("table", "contradicted"),
    [
        ("(0,0): 0.5, (0,1): 0, (1,0): 0, (1,1): 0.5", True),
        ("(0,0): 0.06, (0,1): 0.14, (1,0): 0.24, (1,1): 0.56", False),  # 0.2, 0.8 times 0.3, 0.7
    ],
)
def test_a_joint_table_that_contradicts_independence_is_said(table: str, contradicted: bool) -> None:
    said = codes(rf"$p(x, y) = \{{{table}\}}$. $X \perp Y$. Compute $H(X, Y)$.")
    assert ("not-independent" in said) == contradicted


def test_a_conditional_table_that_does_not_sum_to_one_is_an_error_at_it() -> None:
    conditional = r"$P(Y \mid X) = \{(0,0): 0.9, (1,0): 0.2, (0,1): 0.3, (1,1): 0.7\}$. "
    problem = solve(r"$P(X) = \{0: 0.5, 1: 0.5\}$. " + conditional + "Compute $H(X,Y)$.")
    (fault,) = problem.diagnostics
    assert fault.code == "not-normalised"
    assert "1.05" in fault.message


@pytest.mark.parametrize("n", [3, 10])
def test_the_sum_of_independent_binomials(n: int) -> None:
    one, other = ([comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)] for p in (0.3, 0.4))
    sums = [sum(one[k] * other[z - k] for k in range(n + 1) if 0 <= z - k <= n) for z in range(2 * n + 1)]
    families = rf"$X \sim \mathrm{{Bin}}({n}, 0.3)$, $Y \sim \mathrm{{Bin}}({n}, 0.4)$, $X \perp Y$, $Z = X + Y$. "
    (found,) = solve(families + "Compute $H(Z)$.").answers
    assert isinstance(found.value, float)
    assert isclose(found.value, -sum(p * log(p) for p in sums), rel_tol=1e-11)


def test_too_many_outcomes_of_a_function_are_refused_at_once() -> None:
    families = r"$X \sim \mathrm{Bin}(100, 0.3)$, $Y \sim \mathrm{Bin}(100, 0.4)$, $X \perp Y$, $Z = X + Y$. "
    assert codes(families + "Compute $H(Z)$.") == ["too-large"]


def test_the_entropy_given_an_event_is_of_the_conditional_distribution() -> None:
    (found,) = solve(r"$p(x, y) = \{(0,0): 0.5, (0,1): 0.25, (1,0): 0.05, (1,1): 0.2\}$. Compute $H(Y \mid X = 1)$.").answers
    assert isinstance(found.value, float)
    assert isclose(found.value, -0.2 * log(0.2) - 0.8 * log(0.8), rel_tol=1e-12)
    assert found.formula.text == "-sum_{y} p(y | x = 1) log(p(y | x = 1))"


def test_of_two_distributions_of_a_variable_it_is_said_which_is_taken() -> None:
    said = r"$p(x) = \{0: 0.5, 1: 0.5\}$, $q(x) = \{0: 0.25, 1: 0.75\}$. "
    assert codes(said + "Compute $H(X)$.") == ["true-distribution"]
    assert codes(said + r"Compute $D_{KL}(p \| q)$.") == []


@pytest.mark.mistakes_are_said
def test_a_mistake_of_the_program_leaves_the_other_problems_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    own = pipeline.find_facts

    def broken(items: object, tasks: object) -> object:
        if any("broken" in item.span.text for item in items):  # type: ignore[attr-defined]
            raise TypeError("not a kind of Tree")
        return own(items, tasks)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "find_facts", broken)
    text = "1. Of the broken one: $L = 2$. Compute $L$.\n2. $x = 3$, $M = x^2$. Compute $M$.\n"
    first, second = solve_sheet(Source("sheet.md", text)).problems
    (fault,) = first.diagnostics
    assert (fault.severity, fault.code, first.status) == ("error", "internal-error", "unsolved")
    assert "TypeError" in fault.message
    assert [found.value for found in second.answers] == [9]


def test_three_variables_that_a_sentence_calls_independent() -> None:
    tables = r"$P(X) = \{0: 0.3, 1: 0.7\}$, $P(Y) = \{0: 0.2, 1: 0.8\}$, $P(Z) = \{0: 0.1, 1: 0.9\}$. "
    (found,) = solve(tables + "$X$, $Y$ and $Z$ are independent. Compute $H(X, Y, Z)$.").answers
    assert isinstance(found.value, float)
    wanted = -sum(p * log(p) + (1 - p) * log(1 - p) for p in (0.3, 0.2, 0.1))
    assert isclose(found.value, wanted, rel_tol=1e-12)
