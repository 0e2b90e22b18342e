r"""Letters that a parameter stands for, `s = \log \sigma^2`, and derivatives at a letter. Expected values are by hand."""

from math import exp, log
from typing import Any

import pytest

from chainrule.solving.answer import Answer
from tests.solving.sheets import solve


def only(given: str, task: str) -> Answer:
    problem = solve(f"# Problem 1\n{given}\n\n(a) {task}\n")
    assert problem.status == "solved", problem.diagnostics
    [found] = problem.answers
    return found


def called(found: Answer, *at: float) -> Any:
    """The last function of the program, called."""
    assert found.code is not None
    space: dict[str, Any] = {}
    exec(found.code.numpy, space)
    functions = [value for value in space.values() if hasattr(value, "__code__")]
    return functions[-1](*at)


S, T = 0.8, 1.7


@pytest.mark.parametrize(
    ("given", "by", "needs", "at", "value"),
    [
        (r"$s = \log \sigma^2$ and $R = -\frac12 (1 + s - \mu^2 - e^s)$.", "s", ["s"], (S,), (exp(S) - 1) / 2),
        (r"$s = \log \sigma^2$ and $R = -\frac12 (1 + s - \mu^2 - \sigma^2)$.", "s", ["s"], (S,), (exp(S) - 1) / 2),
        (r"$v = \log \sigma^2$ and $R = -\frac12 (1 + \log \sigma^2 - \mu^2 - \sigma^2)$.", "v", ["v"], (S,), (exp(S) - 1) / 2),
        (
            r"$s = \log \sigma^2$, $P \sim N(0, \sigma^2)$, $Q \sim N(0, 1)$, $R = D_{KL}(P \| Q)$.",
            "s",
            ["s"],
            (S,),
            (exp(S) - 1) / 2,
        ),
        (r"$s = \log \sigma^2$ and $R = \sigma$.", "s", ["s"], (S,), exp(S / 2) / 2),
        (
            r"$\tau = 1 / \sigma^2$ and $R = \frac12 \tau m^2 - \frac12 \log \tau$.",
            r"\tau",
            [r"\tau", "m"],
            (T, 3),
            4.5 - 0.5 / T,
        ),
        (r"$\tau = 1 / \sigma^2$ and $R = \log \sigma$.", r"\tau", [r"\tau"], (T,), -0.5 / T),
        (r"$\eta = \log \lambda$ and $R = e^\eta - k \eta$.", r"\eta", [r"\eta", "k"], (S, 2), exp(S) - 2),
        (
            r"$a = \log \frac{p}{1 - p}$ and $R = -y \log p - (1 - y) \log(1 - p)$.",
            "a",
            ["a", "y"],
            (S, 1),
            1 / (1 + exp(-S)) - 1,
        ),
        (r"$\rho = \log(e^d - 1)$ and $R = d^2$.", r"\rho", [r"\rho"], (S,), 2 * log(1 + exp(S)) / (1 + exp(-S))),
    ],
)
def test_a_derivative_by_a_parameter_is_of_it_alone(
    given: str, by: str, needs: list[str], at: tuple[float, ...], value: float
) -> None:
    found = only(given, rf"Find $\frac{{\partial R}}{{\partial {by}}}$.")
    assert [each.latex for each in found.needs] == needs
    assert called(found, *at) == pytest.approx(value, rel=1e-12)


def test_the_formula_and_its_program_have_the_same_letters() -> None:
    problem = solve(
        "# Problem 1\n"
        r"$s = \log \sigma^2$ and $R = e^s - s$."
        "\n\n(a) Find $\\frac{\\partial R}{\\partial s}$.\n(b) Compute $R$.\n"
    )
    assert [[each.latex for each in answer.needs] for answer in problem.answers] == [["s"], ["s"]]


def test_a_letter_with_a_value_stays_what_is_computed_from() -> None:
    given = r"$s = \log \sigma^2$, $\sigma = 2$ and $R = -\frac12 (1 + s - \mu^2 - \sigma^2)$."
    found = only(given, r"Find $\frac{\partial R}{\partial s}$.")
    assert found.value == pytest.approx((4 - 1) / 2)


def test_by_any_other_quantity_the_graph_is_cut() -> None:
    residual = only(r"$h = \tanh(x)$ and $L = h + x$.", r"Find $\frac{\partial L}{\partial h}$.")
    assert residual.value == 1
    product = only(r"$y = w x$ and $L = y^2$.", r"Find $\frac{\partial L}{\partial y}$.")
    assert [each.latex for each in product.needs] == ["w", "x"]


def test_a_root_is_not_taken_for_a_letter_that_may_be_negative() -> None:
    given = r"$x = w a$, $w = -3$, $a = 1$, $u = x^2$ and $L = x$."
    assert only(given, "Compute $L$.").value == -3
    problem = solve(f"# Problem 1\n{given}\n\n(a) Find $\\frac{{\\partial L}}{{\\partial u}}$.\n")
    assert "no-dependence" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize(
    ("given", "by", "at", "value"),
    [
        ("$t = x^2$, $x = -3$ and $R = x$.", "t", (), -1 / 6),
        ("$t = x^2$ and $R = x^3$, where $x < 0$.", "t", (-2,), -3.0),  # 3/2 x
        ("$t = x^2$ and $R = x^3$, where $0 < x$.", "t", (2,), 3.0),
        (r"$\sigma < 0$, $s = \log \sigma^2$ and $R = \sigma$.", "s", (S,), -exp(S / 2) / 2),
        (r"$s = \log \sigma$ and $R = \frac12 (\sigma^2 - 1) - s$.", "s", (S,), exp(2 * S) - 1),
        (r"$v = \sigma^2$ and $R = \frac12 (v - 1 - 2 \log \sigma)$.", "v", (2,), 0.375),  # of sigma
        (r"$v = \sigma^2$, $\sigma = 2$ and $R = \frac12 (v - 1 - 2 \log \sigma)$.", "v", (), 0.375),
    ],
)
def test_the_branch_is_that_of_the_text(given: str, by: str, at: tuple[float, ...], value: float) -> None:
    found = only(given, rf"Find $\frac{{\partial R}}{{\partial {by}}}$.")
    assert (called(found, *at) if at else found.value) == pytest.approx(value, rel=1e-12)


def test_the_positive_branch_is_said() -> None:
    problem = solve("# Problem 1\n$t = x^2$ and $R = x^3$.\n\n(a) Find $\\frac{dR}{dt}$.\n")
    assert "positive-branch" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize("formula", ["3 x + 1", "1 - x", r"\sqrt x", "2 x", r"\tanh(x)", r"\log((1 - x) / x)"])
def test_a_formula_that_is_not_solved_has_no_derivative_of_zero(formula: str) -> None:
    problem = solve(f"# Problem 1\n$u = {formula}$ and $L = x^2$.\n\n(a) Find $\\frac{{dL}}{{du}}$.\n")
    found = [(each.severity, each.code) for each in problem.diagnostics]
    assert (problem.status, found) == ("unsolved", [("error", "no-dependence")])


VAE = r"The encoder is $q(z \mid x) = \mathcal{N}(\mu, \sigma^2)$, with $s = \log \sigma^2$"


@pytest.mark.parametrize(
    ("given", "task", "value"),
    [
        (rf"{VAE} and $R = \frac12 (\mu^2 + e^s - s - 1)$.", r"Evaluate $R$ at $\mu = 0.8$, $s = -1$.", (0.64 + exp(-1)) / 2),
        (
            rf"{VAE} and $R = \frac12 (\mu^2 + e^s - s - 1)$.",
            r"Evaluate $\frac{\partial R}{\partial s}$ at $\mu = 0.8$, $s = -1$.",
            (exp(-1) - 1) / 2,
        ),
        (
            r"$s = \log \sigma^2$ and $R = \frac12 (\sigma^2 + \mu^2 - 1 - \log \sigma^2)$.",
            r"Find $\frac{\partial R}{\partial s}$ at $s = 1$.",
            (exp(1) - 1) / 2,
        ),
        (r"$v = \sigma^2$ and $R = v - 2 \log \sigma$.", r"Find $\frac{\partial R}{\partial v}$ at $v = 4$.", 0.75),
        (r"$d = x - 1$ and $L = x^2$. Here $d = 2$.", "Compute $L$.", 9.0),
    ],
)
def test_a_number_for_a_name_with_a_formula_gives_its_letter(given: str, task: str, value: float) -> None:
    assert only(given, task).value == pytest.approx(value, rel=1e-12, abs=1e-15)


def test_every_task_has_its_own_letters() -> None:
    given = "# Problem 1\n$s = \\log \\sigma^2$ and $G = \\sigma^3$.\n\n"
    problem = solve(given + "(a) Find $\\frac{dG}{d\\sigma}$.\n(b) Find $\\frac{dG}{ds}$.\n(c) Compute $G$ at $\\sigma = 2$.\n")
    first, second, third = problem.answers
    assert first.formula is not None
    assert first.formula.latex == r"3 \sigma^2"
    assert called(second, S) == pytest.approx(1.5 * exp(1.5 * S))
    assert (third.value, third.formula and third.formula.latex) == (8.0, r"\sigma^3")


F = r"$F(p) = \sum_i p_i \log p_i$, $p = (0.5, 0.3, 0.2)$, $q = (0.2, 0.3, 0.5)$."
AT_Q = [log(0.2) + 1, log(0.3) + 1, log(0.5) + 1]


@pytest.mark.parametrize(
    "task",
    [
        "Compute the gradient of $F$ at $q$.",
        "Evaluate the gradient of $F$ at the point $q$.",
        "Find the gradient of $F$ with respect to $p$ at $q$.",
        "Compute the gradient of $F$ at $r = (0.2, 0.3, 0.5)$.",
    ],
)
def test_a_letter_is_the_point_of_a_gradient(task: str) -> None:
    assert only(F, task).value == pytest.approx(AT_Q, rel=1e-12)


def test_the_argument_itself_is_no_other_point() -> None:
    assert only(F, "Compute the gradient of $F$ at $p$.").value == pytest.approx([log(0.5) + 1, log(0.3) + 1, log(0.2) + 1])


def test_a_function_at_a_letter_is_of_that_letter() -> None:
    found = only("$f(x) = x^3$ and $a = 2$.", "Compute the derivative of $f$ at $a$.")
    assert found.value == 12


@pytest.mark.parametrize(
    ("given", "task"),
    [
        (r"$F = \sum_i p_i \log p_i$, $p = (0.5, 0.5)$, $q = (0.2, 0.8)$.", "Compute the gradient of $F$ at $q$."),
        ("$f(x, y) = x^3 y$ and $u = (1, 2)$.", "Compute the gradient of $f$ at $u$."),
        ("$f(x) = x^3$.", "Compute the derivative of $f$ at $u$ and at $v$."),
        ("$f(x) = x^3$.", "Compute the derivative of $f$ at $u$ and $v$."),
    ],
)
def test_a_point_that_is_not_read_is_an_error(given: str, task: str) -> None:
    problem = solve(f"# Problem 1\n{given}\n\n(a) {task}\n")
    assert problem.status == "unsolved"
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == ["point-not-read"]
