"""Questions of convexity. What is expected is known mathematics; Hessians and their quadratic forms are worked out by hand."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def said(problem: ProblemSolution) -> list[str]:
    assert problem.status == "solved", problem.diagnostics
    return [answer.formula.text for answer in problem.answers if answer.kind == "statement"]


@pytest.mark.parametrize(
    "text",
    [
        "Let $L = \\|A x - b\\|^2 + \\mu \\|x\\|_1$ with $\\mu > 0$. Is $L$ convex in $x$?",
        "Let $f(w) = \\log(1 + e^{-w})$. Is $f$ a convex function?",
        "Let $f(z) = \\log \\sum_i e^{z_i}$. Show that $f$ is convex.",
        "Let $f(w) = \\max(0, 1 - w x) + \\frac12 w^2$ with $x = 2$. Decide whether $f$ is convex in $w$.",
        "Let $f(x, y) = x^2 + x y + y^2$. Is the function $f$ convex?",
        "Let $f(x, y) = (x - 2y)^2$. Is $f$ convex?",
        "Let $f(x) = \\frac{x^2}{a^3}$ with $a > 0$. Is $f$ convex in $x$?",
        "Let $J = \\frac1n \\sum_{i=1}^n \\log(1 + e^{-y_i w^\\top x_i}) + \\mu \\|w\\|^2$, $\\mu > 0$. Is $J$ convex in $w$?",
        "Let $f(u) = e^{u^2} + |u|$. Prove that $f$ is convex in $u$.",
        "Let $q(x) = x^\\top A x$ with $A = \\begin{pmatrix} 2 & 1 \\\\ 1 & 2 \\end{pmatrix}$. Is $q$ convex in $x$?",
    ],
)
def test_what_is_convex(text: str) -> None:
    (statement,) = said(solve(text))
    assert " is convex in " in statement


@pytest.mark.parametrize(
    "asked",
    [
        "Is $f$ convex on $\\mathbb{R}^2$?",
        "Is $f$ convex over all of $\\mathbb{R}^2$?",
        "Is $f$ convex for all $(x, y) \\in \\mathbb{R}^2$?",
        "Is $f$ convex everywhere?",
        "Is $f$ convex? Justify your answer.",
        "Is $f$ convex? Why or why not?",
        "Is $f$ convex? Give a short reason.",
        "Is $f$ convex on $\\mathbb{R}^2$? Explain.",
    ],
)
def test_the_whole_space_and_a_reason_change_nothing(asked: str) -> None:
    assert said(solve(f"Let $f(x, y) = x^2 + x y + y^2$. {asked}"))[0].startswith("f is convex")
    assert said(solve(f"Let $f(x, y) = (x y - 1)^2$. {asked}"))[0].startswith("f is not convex")


@pytest.mark.parametrize(
    "where", ["on $(0, \\infty)$", "on $\\mathbb{R}_+$", "for $x > 0$", "on $\\mathbb{R}^2 \\setminus \\{0\\}$"]
)
def test_a_part_of_the_space_is_not_passed_over(where: str) -> None:
    problem = solve(f"Let $f(x) = x^3$. Is $f$ convex {where}?")
    assert not [answer for answer in problem.answers if answer.kind == "statement"]


def test_what_is_concave() -> None:
    (statement,) = said(solve("Let $f(x, y) = 3 - x^2 - 2 y^2$. Is $f$ concave?"))
    assert " is concave in x, y" in statement


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # the Hessian is [[2, -6], [-6, 2]], and (3, 1) H (3, 1) = 18 - 36 + 2 = -16
        ("Let $g(x, y) = x^2 - 6xy + y^2$. Is $g$ convex?", ["[2, -6; -6, 2]", "-16", "[3; 1]"]),
        # both pivots of [[0, 1], [1, 0]] are 0: v = (-1/2, 1) has v^T H v = -1
        ("Let $g(x, y) = x y$. Is $g$ convex?", ["[0, 1; 1, 0]", "= -1 "]),
        ("Let $g(x) = x^4 - 3x^2$. Is $g$ convex?", ["[[-6]] at x = 0"]),
        ("Let $g(x) = x^2$. Is $g$ concave?", ["[[2]]", "= 2 "]),
    ],
)
def test_what_is_not_is_shown_by_a_number(text: str, shown: list[str]) -> None:
    (statement,) = said(solve(text))
    assert " is not con" in statement
    assert all(each in f"{statement} " for each in shown)


def test_the_number_of_what_moves_is_no_sign_of_it() -> None:
    (statement,) = said(solve("Let $w = 2$, $x = 1$ and $L = w^3 x$. Is $L$ convex in $w$?"))
    assert " is not convex in w" in statement


CASES = "Let ${} = \\begin{{cases}} {} \\end{{cases}}$. "
HUBER = "\\frac12 r^2 & |r| \\le \\delta \\\\ \\delta (|r| - \\frac12 \\delta) & \\text{otherwise}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Let $f(w) = |w| + \\max(0, w)$. Is $f$ concave?", "f is not concave in w"),  # it is convex, and not affine
        ("Let $f(w) = -|w|$. Is $f$ convex?", "f is not convex in w"),
        ("Let $f(x) = \\log x$. Is $f$ convex?", "f is not convex in x"),
        # 30 a^4 + 12 a b < 0 at a = -1/2
        ("Let $a = 2$, $b = 1$ and $L = (a^3 + b)^2$. Is $L$ convex in $a$?", "L is not convex in a"),
        ("Let $f(z) = \\min(1, \\max(0, 1 - z))$. Is $f$ convex?", "f is not convex in z"),
        ("Let $f(w) = ||w| - 1|$. Is $f$ convex in $w$?", "f is not convex in w"),
        (CASES.format("f(z)", "1 & z < 0 \\\\ 0 & z \\ge 0") + "Is $f$ convex?", "f is not convex in z"),
        (CASES.format("f(r)", "r^2 & |r| \\le 1 \\\\ 1 & \\text{otherwise}") + "Is $f$ convex?", "f is not convex in r"),
        (CASES.format("f(r)", "r^2 & |r| \\le 1 \\\\ |r| + 1 & \\text{otherwise}") + "Is $f$ convex?", "f is not convex in r"),
        (CASES.format("f(z)", "z & z \\le 0 \\\\ 0.1 z & z > 0") + "Is $f$ convex?", "f is not convex in z"),
    ],
)
def test_what_has_no_hessian_is_refuted_by_three_of_its_values(text: str, shown: str) -> None:
    (statement,) = said(solve(text))
    assert statement.startswith(shown)
    assert "than the mean of its values at" in statement


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (CASES.format("f(r)", HUBER) + "Let $\\delta = 1$. Is $f$ convex in $r$?", "f is convex in r:"),
        (
            CASES.format("f(r)", HUBER) + "Let $\\delta > 0$. Is the Huber loss $f(r)$ a convex function of $r$?",
            "f is convex in r:",
        ),
        (
            CASES.format("f(r)", HUBER) + "Is the robust loss $f$ convex in $r$?",
            "f is convex in r for δ ≥ 0, which the text does not",
        ),
        (
            CASES.format("h(r)", HUBER) + "Let $\\delta > 0$ and $J(w) = \\sum_{i=1}^4 h(w x_i - y_i)$. Is $J$ convex in $w$?",
            "J is convex in w:",
        ),
        (CASES.format("f(r)", "\\tau r & r \\ge 0 \\\\ (\\tau - 1) r & r < 0") + "Is $f$ convex in $r$?", "f is convex in r:"),
        (CASES.format("f(z)", "z & z > 0 \\\\ 0.1 z & z \\le 0") + "Is $f$ convex in $z$?", "f is convex in z:"),
        (CASES.format("f(z)", "z & z \\le 0 \\\\ 0.1 z & z > 0") + "Is $f$ concave in $z$?", "f is concave in z:"),
        (
            CASES.format("f(z)", "0 & z \\ge 1 \\\\ (1-z)^2 & 0 < z < 1 \\\\ 1 - 2z & z \\le 0") + "Is $f$ convex in $z$?",
            "f is convex in z:",
        ),
        ("Let $f(x) = x \\log x$. Is $f$ convex?", "f is convex in x:"),
        ("Let $f(p) = -p \\log p - (1-p) \\log(1-p)$. Is $f$ concave?", "f is concave in p:"),
        (
            "Let $p = \\sigma(w x)$, $y \\in \\{0, 1\\}$ and $f(w) = -y \\log p - (1-y) \\log(1-p)$. Is $f$ convex in $w$?",
            "f is convex in w:",
        ),
        (
            "Let $p = \\sigma(w^\\top x)$ and $f(w) = -y \\log p - (1-y) \\log(1-p)$. Is $f$ convex in $w$?",
            "f is convex in w for 0 ≤ y ≤ 1, which the text does not say",
        ),
        ("Let $p = \\mathrm{softmax}(W x)$ and $L = -\\log p_2$. Is $L$ convex in $W$?", "L is convex in W:"),
    ],
)
def test_pieces_and_logarithms(text: str, shown: str) -> None:
    (statement,) = said(solve(text))
    assert statement.startswith(shown)


def test_a_problem_that_only_asks_is_about_what_the_last_one_defined() -> None:
    first = "## Problem 1\n\nLet $g(u) = \\max(0, u)$. Compute $\\frac{dg}{du}$.\n\n## Problem 2\n\n"
    asked = solve_sheet(Source("sheet.md", first + "Is $g$ convex in $u$?\n")).problems[1]
    assert said(asked)[0].startswith("g is convex in u")
    for other in ("Let $g$ be any function. Is $g$ convex in $u$?", "Is $h$ convex in $u$?"):
        problem = solve_sheet(Source("sheet.md", f"{first}{other}\n")).problems[1]
        assert not problem.answers


@pytest.mark.parametrize(
    "text",
    [
        CASES.format("f(r)", "r^2 & |r| \\le c \\\\ c^2 & \\text{otherwise}") + "Is $f$ convex in $r$?",
        CASES.format("f(z)", "z & z > 0 \\\\ \\kappa z & z \\le 0") + "Is $f$ convex in $z$?",  # if kappa is at most 1
        CASES.format("f(u, v)", "v^2 & u > 0 \\\\ v & u \\le 0") + "Is $f$ convex in $u$ and $v$?",
        "Let $f(r) = |r|$. Is the negative loss $f$ convex in $r$?",
        "Let $f(r) = |r|$. Is the derivative $f$ convex in $r$?",
        "Let $f(x) = x^4 - 3x^2$ for $x > 1$. Is $f$ convex?",  # it is, where it is defined
        "Let $f(x) = a x^2$. Is $f$ convex?",  # that depends on a
        "Let $f = (w x - 1)^2$. Is $f$ convex?",  # in which variables?
        "Let $f(x) = e^x$. Is $f$ strictly convex?",
        "Let $f(x) = x^3$. Is $f$ convex for $x = 3$?",
        "Let $f(x) = x^2$. Is $f$ convex on $[0, 1]$?",
        "Let $f(x) = x^2$. Is $f$ convex or concave?",
        "Let $f(x) = x^2$. Is the square of $f$ convex?",
    ],
)
def test_what_is_not_decided_stays_open(text: str) -> None:
    problem = solve(text)
    assert not [answer for answer in problem.answers if answer.kind == "statement"]
    assert [d for d in problem.diagnostics if d.severity == "error"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Let $f(x) = x^2$. Is $f$ strictly convex?", "f is strictly convex in x: its Hessian is [[2]] everywhere"),
        ("Let $f(x, y) = (x + y)^2$. Is $f$ strictly convex?", "f is not strictly convex in x, y"),
        ("Let $f(x, y) = x - y$. Is $f$ a strictly convex function?", "f is not strictly convex in x, y: it is affine"),
        ("Let $f(x, y) = x^2 + c x y + y^2$. Is the function with $c = 1$ strictly convex?", "f is strictly convex in x, y"),
        ("Let $f(x, y) = x^2 + c x y + y^2$ with $c = 1$. Is $f$ convex for $c = 3$?", "f is not convex in x, y"),
    ],
)
def test_strictly_and_with_a_parameter(text: str, shown: str) -> None:
    (statement,) = said(solve(text))
    assert statement.startswith(shown)
