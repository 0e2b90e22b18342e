"""A function that is defined for some arguments alone has no value at others. Expected values are by hand."""

import pytest

from tests.solving.sheets import errors, solve

GIVEN = "# Problem 1\n$f(x) = x^2$ for $x > 0$.\n\n(a) "


@pytest.mark.parametrize("task", ["Compute $f(-1)$.", "Compute $f'(-2)$.", "Evaluate $f(0)$."])
def test_outside_of_its_domain_a_function_has_no_value(task: str) -> None:
    problem = solve(f"{GIVEN}{task}\n")
    assert (problem.answers, errors(problem)) == ((), ["no-case"])


@pytest.mark.parametrize(("task", "value"), [("Compute $f(3)$.", 9), ("Compute $f'(2)$.", 4)])
def test_inside_it_has(task: str, value: float) -> None:
    assert [answer.value for answer in solve(f"{GIVEN}{task}\n").answers] == [value]


def test_a_density_stays_one_formula() -> None:
    given = r"$p(x) = 2 e^{-2x}$ for $x \ge 0$ and $q(x) = 3 e^{-3x}$ for $x \ge 0$."
    problem = solve(f"# Problem 1\n{given}\n\n(a) Compute $D_{{KL}}(p \\| q)$.\n")
    [answer] = problem.answers
    assert answer.value == pytest.approx(0.09453489189183562)  # 3/2 + log(2/3) - 1
    assert "known-density" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize(
    "product", [r"A \binom{1}{1}", r"A \cdot \binom{1}{1}", r"A^\top \cdot \binom{1}{1}", r"A \times \binom{1}{1}"]
)
def test_a_column_behind_a_matrix_is_no_coefficient(product: str) -> None:
    problem = solve(f"# Problem 1\n$A = [[1, 2], [3, 4]]$ and $y = {product}$.\n\n(a) Compute $y$.\n")
    assert problem.answers == ()
    assert "ambiguous-binomial" in errors(problem)


def test_a_coefficient_behind_a_number_is_one() -> None:
    [answer] = solve("# Problem 1\n$y = 3 \\cdot \\binom{4}{2}$.\n\n(a) Compute $y$.\n").answers
    assert answer.value == 18
