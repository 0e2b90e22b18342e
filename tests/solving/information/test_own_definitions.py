"""What a text defines itself under the name of a quantity: if it is another function, no value of the quantity is given."""

import math
from collections.abc import Callable

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

P, Q = (0.5, 0.5), (0.2, 0.8)
GIVEN = "Let $P = (0.5, 0.5)$ and $Q = (0.2, 0.8)$. "


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", GIVEN + text)).problems
    return problem


@pytest.mark.parametrize(
    ("definition", "asked", "expected"),
    [
        (
            r"\chi^2(P \| Q) = \sum_x \frac{(P(x)-Q(x))^2}{Q(x)}",
            r"\chi^2(P \| Q)",
            sum((p - q) ** 2 / q for p, q in zip(P, Q, strict=True)),
        ),
        (r"H^2(P, Q) = 1 - \sum_x \sqrt{P(x) Q(x)}", "H^2(P, Q)", 1 - sum(math.sqrt(p * q) for p, q in zip(P, Q, strict=True))),
        (
            r"D_\alpha(P\|Q) = \frac{1}{\alpha-1} \log \sum_x P(x)^\alpha Q(x)^{1-\alpha}",
            r"D_2(P \| Q)",
            math.log(sum(p * p / q for p, q in zip(P, Q, strict=True))),
        ),
        (r"H_\alpha(P) = \frac{1}{1-\alpha} \log_2 \sum_x P(x)^\alpha", "H_2(Q)", -math.log2(sum(q * q for q in Q))),
        (r"S(P) = -\sum_i P_i \ln P_i", "S(Q)", -sum(q * math.log(q) for q in Q)),
    ],
)
def test_the_formula_of_the_quantity_is_the_quantity(definition: str, asked: str, expected: float) -> None:
    problem = solve(f"We define ${definition}$. Compute ${asked}$.")
    assert [answer.value for answer in problem.answers] == [pytest.approx(expected, rel=1e-12)]
    assert problem.status == "solved"


def over(p: tuple[float, ...], q: tuple[float, ...], term: Callable[[float, float], float]) -> float:
    return sum(term(x, y) for x, y in zip(p, q, strict=True))


@pytest.mark.parametrize(
    ("definition", "asked", "expected"),
    [
        (r"\chi^2(P \| Q) = \sum_x \frac{(P(x)-Q(x))^2}{P(x)}", r"\chi^2(P \| Q)", over(P, Q, lambda x, y: (x - y) ** 2 / x)),
        (
            r"\chi^2(P \| Q) = \frac12 \sum_x \frac{(P(x)-Q(x))^2}{2 P(x) + Q(x)}",
            r"\chi^2(Q \| P)",
            over(Q, P, lambda x, y: (x - y) ** 2 / (2 * x + y)) / 2,
        ),
        (r"\chi^2(P, Q) = \sum_x \frac{(P(x)-Q(x))^2}{P(x)}", r"\chi^2(P, P)", 0),
        (
            r"H^2(P, Q) = \sum_x (\sqrt{P(x)} - \sqrt{Q(x)})^2",
            "H^2(P, Q)",
            over(P, Q, lambda x, y: (math.sqrt(x) - math.sqrt(y)) ** 2),
        ),
        (
            r"S(P) = -\sum_i P_i \ln P_i$ and $S(P \| Q) = \sum_i P_i \ln(P_i/Q_i)",
            r"S(P \| Q)",
            over(P, Q, lambda x, y: x * math.log(x / y)),
        ),
    ],
)
def test_another_formula_is_computed_as_the_text_has_it(definition: str, asked: str, expected: float) -> None:
    problem = solve(f"We define ${definition}$. Compute ${asked}$.")
    assert [answer.value for answer in problem.answers] == [pytest.approx(expected, rel=1e-12, abs=1e-15)]


@pytest.mark.parametrize(
    ("definition", "asked", "expected"),
    [
        (
            r"D_\alpha(P\|Q) = \frac{1}{\alpha(\alpha-1)} (\sum_x P(x)^\alpha Q(x)^{1-\alpha} - 1)",
            r"D_2(P\|Q)",
            (over(P, Q, lambda x, y: x * x / y) - 1) / 2,
        ),
        (
            r"D_\alpha(P\|Q) = \frac{1}{\alpha(\alpha-1)} \log \sum_x P(x)^\alpha Q(x)^{1-\alpha}",
            r"D_3(Q\|P)",
            math.log(over(Q, P, lambda x, y: x**3 / y**2)) / 6,
        ),
        (r"H_\alpha(P) = \frac{1 - \sum_x P(x)^\alpha}{\alpha^2 - 1}", "H_2(Q)", (1 - 0.04 - 0.64) / 3),
        (r"S_q(P) = \frac{1 - \sum_x P(x)^q}{q}", "S_3(Q)", (1 - 0.008 - 0.512) / 3),
    ],
)
def test_the_order_stands_where_the_definition_has_it(definition: str, asked: str, expected: float) -> None:
    tables = r"$P = \{a: 0.5, b: 0.5\}$ and $Q = \{a: 0.2, b: 0.8\}$"
    (problem,) = solve_sheet(Source("sheet.md", f"Let {tables}. We define ${definition}$. Compute ${asked}$.")).problems
    assert [answer.value for answer in problem.answers] == [pytest.approx(expected, rel=1e-12)]


def test_a_definition_that_is_no_function_is_not_answered_by_the_quantity() -> None:
    problem = solve(r"We define $\chi^2(P + Q, Q) = \sum_x \frac{P(x)^2}{Q(x)}$. Compute $\chi^2(P + Q, Q)$.")
    assert problem.answers == ()


def test_a_definition_with_a_name_is_computed() -> None:
    problem = solve(r"We define $TV(P, Q) = \sum_x |P(x) - Q(x)|$. Compute $TV(P, Q)$.")
    assert [answer.value for answer in problem.answers] == [pytest.approx(0.6, rel=1e-12)]


def test_functions_that_look_like_entropies_of_an_order_stay_functions() -> None:
    problem = solve("Let $H_1(x) = 2 x$ and $H_2(x) = H_1(x)^2$. Compute $H_2(3)$.")
    assert [answer.value for answer in problem.answers] == [36]
