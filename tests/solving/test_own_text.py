"""What single tasks bring along: directions, points and expressions; and second derivatives as people write them."""

import pytest

from chainrule.solving.answer import ProblemSolution
from tests.solving.sheets import errors, solve

FORM = "Let $f(x) = x^T A x$ with $A \\in \\mathbb{R}^{n \\times n}$.\n\n"
LOOSE = "Let $f = x^T A x$ with $A \\in \\mathbb{R}^{n \\times n}$.\n\n"


def answered(problem: ProblemSolution) -> list[str]:
    assert problem.status == "solved", problem.diagnostics
    return [answer.formula.latex for answer in problem.answers]


@pytest.mark.parametrize(
    "words",
    [
        "Compute the directional derivative of $f$ in direction $v$.",
        "Compute the directional derivative of $f$ in the direction of $v$.",
        "Find the directional derivative of $f$ along $v$.",
        "Compute the derivative of $f$ in the direction of a vector $v$.",
    ],
)
def test_a_direction_that_is_nowhere_else(words: str) -> None:
    """x moves along a small letter, not A."""
    assert answered(solve(LOOSE + words)) == [r"v^\top (A + A^\top) x"]


def test_a_capital_direction_is_one_of_the_matrix() -> None:
    assert answered(solve(LOOSE + "Compute the directional derivative of $f$ in direction $V$.")) == [r"x^\top V x"]


@pytest.mark.parametrize(
    "words",
    [
        "Compute the directional derivative of $f$.",
        "Compute the directional derivative of $f$ in the direction of steepest ascent.",
        "Compute the directional derivative $\\nabla f$.",
    ],
)
def test_a_directional_derivative_without_direction_is_open(words: str) -> None:
    problem = solve(LOOSE + words)
    assert not problem.answers
    assert errors(problem)


@pytest.mark.parametrize("direction", ["$v = (3,4)^T$", "$(3,4)^T$"])
def test_a_direction_with_numbers(direction: str) -> None:
    """2 x^T v = 2 (1 * 3 + 2 * 4)."""
    text = "Let $f(x) = \\|x\\|^2$. Compute the directional derivative of $f$ at $x = (1,2)^T$ in the direction "
    [answer] = solve(text + direction + ".").answers
    assert (answer.value, answer.shape) == (22, ())


@pytest.mark.parametrize(
    "asked",
    [
        "$\\nabla^2 f(x)$",
        "$\\nabla^2 f$",
        "$\\nabla_x^2 f(x)$",
        "$\\nabla^2_x f$",
        "$H_f(x)$",
        "the Hessian $H$ of $f(x)$",
        "the Hessian $H_f(x)$",
        "the Hessian matrix of $f(x)$ with respect to $x$",
        "the second derivative of $f$ with respect to $x$",
    ],
)
def test_second_derivatives(asked: str) -> None:
    [answer] = solve(f"{FORM}Compute {asked}.").answers
    assert (answer.formula.latex, answer.wrt) == (r"A + A^\top", ("x", "x"))


def test_the_arguments_that_are_written_say_by_what() -> None:
    """f is defined without a head; nothing is differentiated by A."""
    assert answered(solve(f"{LOOSE}Find the Hessian of $f(x)$.")) == [r"A + A^\top"]


@pytest.mark.parametrize("asked", ["$Df(x)$", "$D f$", "$J_f(x)$", "the Jacobian of $f$", "the Jacobian $J$ of $f$"])
def test_first_derivatives(asked: str) -> None:
    assert answered(solve(f"{FORM}Compute {asked}.")) == [r"(A + A^\top) x"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (r"$\nabla f(x)^\top v$", r"v^\top (A + A^\top) x"),
        (r"$\nabla f(x) \cdot v$", r"v^\top (A + A^\top) x"),
        ("$D f(x)[v]$", r"v^\top (A + A^\top) x"),
        (r"the directional derivative $D_v f(x)$", r"v^\top (A + A^\top) x"),
        (r"$\nabla^2 f(x) v$", r"(A + A^\top) v"),
    ],
)
def test_products_with_a_direction(asked: str, expected: str) -> None:
    problem = solve(f"{FORM}Compute {asked}.")
    assert answered(problem) == [expected]
    assert "ambiguous-gradient" not in [d.code for d in problem.diagnostics]


def test_a_point_holds_for_its_part_alone() -> None:
    problem = solve(
        "Let $f = x^2 y$ and $y = 2$.\n\n"
        "a) Compute the derivative of $f$ with respect to $x$ at $x = 3$.\n\n"
        "b) Compute the derivative of $f$ with respect to $x$ at $x = 4$.\n\n"
        "c) Compute the derivative of $f$ with respect to $x$.\n\n"
        "d) Compute the derivative of $f$ with respect to $x$ at $x = 4$ and $y = 5$.\n"
    )
    assert problem.status == "solved", problem.diagnostics
    assert [answer.value for answer in problem.answers] == [12, 16, None, 40]
    assert [answer.conventions for answer in problem.answers] == [("at x = 3",), ("at x = 4",), (), ("at x = 4", "at y = 5")]


def test_a_point_that_a_later_part_refers_to_holds_there() -> None:
    problem = solve(
        "Let $f = x^2 y$.\n\na) Compute the derivative of $f$ with respect to $x$ at $x = 3$, $y = 2$.\n\n"
        "b) Compute the derivative of $f$ with respect to $y$ at the same point.\n"
    )
    assert [answer.value for answer in problem.answers] == [12, 9]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (r"the gradient of $\|Q x - y\|^2$ with respect to $x$", r"2 Q^\top (Q x - y)"),
        (r"$\nabla_A \operatorname{tr}(A B)$", r"B^\top"),
        (r"$\frac{\partial}{\partial X} \operatorname{tr}(A X B)$", r"A^\top B^\top"),
        (r"$\frac{\partial \, \operatorname{tr}(AXB)}{\partial X}$", r"A^\top B^\top"),
        (r"the derivative of $x^\top A x$ with respect to $x$", r"(A + A^\top) x"),
        (r"the gradient of $\log\det X$ with respect to $X$", r"X^{-\top}"),
    ],
)
def test_expressions_are_differentiated(asked: str, expected: str) -> None:
    for before in ("", LOOSE):
        problem = solve(f"{before}Compute {asked}.")
        assert answered(problem) == [expected]
        assert problem.answers[0].where[0].symbol.latex == problem.answers[0].of


def test_an_expression_stays_in_its_part() -> None:
    problem = solve(
        f"{LOOSE}a) Compute $\\nabla_A \\operatorname{{tr}}(A B)$.\n\nb) Compute $\\nabla_A \\operatorname{{tr}}(A C)$.\n\n"
        "c) Compute the gradient with respect to $x$."
    )
    assert answered(problem) == [r"B^\top", r"C^\top", r"(A + A^\top) x"]
    assert len({answer.of for answer in problem.answers}) == 3


SQUARE = "Let $L = \\|W x - y\\|^2$.\n\n"


@pytest.mark.parametrize("verb", ["Show that", "Verify that", "Prove that"])
def test_a_claim_that_holds(verb: str) -> None:
    problem = solve(f"{SQUARE}{verb} $\\nabla_x L = 2 W^T W x - 2 W^T y$.")
    assert answered(problem) == [r"2 W^\top (W x - y)", r"\nabla_x L = 2 W^T W x - 2 W^T y"]
    assert problem.answers[0].conventions[-1] == "the claim holds"
    assert problem.answers[1].kind == "statement"


@pytest.mark.parametrize("right", ["W^T (W x - y)", "2 W^T (W x + y)", "2 (W x - y)"])
def test_a_claim_that_does_not_hold(right: str) -> None:
    problem = solve(f"{SQUARE}Show that $\\nabla_x L = {right}$.\n")
    assert problem.status == "unsolved"
    assert errors(problem)


def test_a_false_claim_is_not_used_elsewhere() -> None:
    problem = solve(f"{SQUARE}a) Show that $\\nabla_x L = W^T (W x - y)$.\n\nb) Compute $\\nabla_x L$.\n")
    assert [answer.formula.latex for answer in problem.answers] == [r"2 W^\top (W x - y)"]
    assert errors(problem) == ["claim-differs"]


def test_a_claim_of_an_expression() -> None:
    assert answered(solve("Show that $\\nabla_X \\operatorname{tr}(A X) = A^T$.")) == [
        r"A^\top",
        r"\nabla_X (\operatorname{tr}(A X)) = A^T",
    ]


def test_a_point_behind_a_formula_is_one_of_its_part_alone() -> None:
    given = "# Problem 1\n$f(x) = x_1^2 x_2$ with $x = [x_1, x_2]$.\n\n"
    text = f"{given}a) Compute $\\nabla f(x)$\n\nb) Compute $\\nabla f(x)$ at $x = (3, 2)$.\n"
    problem = solve(text)
    assert [answer.value for answer in problem.answers] == [None, [12.0, 9.0]]
    assert not [d for d in problem.diagnostics if d.code == "no-dependence"]


def test_the_gradient_of_a_scalar_times_its_own_argument() -> None:
    problem = solve("# Problem 1\nLet $f(x) = x^\\top A x$. Compute $\\nabla f(x)^\\top x$.\n")
    assert [answer.forms.closed.text for answer in problem.answers if answer.forms] == ["x^T (A + A^T) x"]


@pytest.mark.parametrize(
    ("words", "expected"), [("numerator layout", "x^T (A + A^T)"), ("the denominator convention", "(A + A^T) x")]
)
def test_a_layout_in_words(words: str, expected: str) -> None:
    problem = solve(f"# Problem 1\nLet $f(x) = x^\\top A x$. Compute the gradient of $f$ with respect to $x$ in {words}.\n")
    assert [answer.formula.text for answer in problem.answers] == [expected]
