r"""Where no condition of a definition by cases holds there is no value, and what is computed from it has none either."""

import pytest

from tests.solving.sheets import errors, solve

CASES = r"$f(x) = \begin{cases} x^2 & x > 1 \\ 2x & x < 0 \end{cases}$"


@pytest.mark.parametrize(
    "formula",
    [
        "f(w)",
        r"\max(f(w), 3)",
        r"\min(3, f(w))",
        r"\mathbb{1}[f(w) > 3]",
        r"\mathbb{1}[3 \ge f(w)]",
        "|f(w)|",
        r"\mathrm{sign}(f(w))",
        r"\max(\max(f(w), 3), 5)",
        r"\mathbb{1}[f(w) > 3] + 1",
    ],
)
def test_what_rests_on_no_case_is_an_error(formula: str) -> None:
    problem = solve(f"# Problem 1\n{CASES}, $w = 0.5$ and $L = {formula}$.\n\n(a) Compute $L$.\n")
    assert (problem.answers, errors(problem)) == ((), ["no-case"])


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (r"\max(f(2), 3)", 4),
        (r"\min(f(-2), 3)", -4),
        (r"\mathbb{1}[f(2) > 3]", 1),
        (r"\mathbb{1}[f(-1) > 3]", 0),
        (r"\max(w, 3)", 3),
        (r"\begin{cases} f(w) & w > 1 \\ 7 & \text{otherwise} \end{cases}", 7),  # the case of f(w) is not taken
    ],
)
def test_what_rests_on_a_case_that_holds_has_its_value(formula: str, value: float) -> None:
    problem = solve(f"# Problem 1\n{CASES}, $w = 0.5$ and $L = {formula}$.\n\n(a) Compute $L$.\n")
    assert [answer.value for answer in problem.answers] == [value]
