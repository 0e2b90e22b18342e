r"""Names and points among words, requests that do not say of what, and functions with a name of their own."""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

SQUARED = "Let $f(x) = (x - 3)^2$."
BOWL = "$f(x,y) = x^2 + 4y^2$"
LOSS = r"$L(w) = \frac{1}{2}(w^\top x - y)^2$. Take $x=(1,2)$, $y = 1$, $w = (0.5, 0.5)$."


def solved(text: str, name: str = "sheet.md") -> ProblemSolution:
    (problem,) = solve_sheet(Source(name, text)).problems
    return problem


def values(text: str) -> list[object]:
    problem = solved(text)
    assert not [each for each in problem.diagnostics if each.severity == "error"]
    return [answer.value for answer in problem.answers if answer.value is not None]


def is_open(text: str) -> bool:
    return any(each.severity == "error" for each in solved(text).diagnostics)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $f(x) = x^3$. Find f'(2).", 12.0),
        ("Let $f(x) = x^3$. Compute f''(2).", 12.0),
        ("Let $g(t) = t^2 + 1$. What is g(3)?", 10.0),
        (f"{SQUARED} Compute the derivative at $x = 1$.", -4.0),
        (f"{SQUARED} Compute the second derivative.", 2.0),
        ("What is the derivative of tanh at 0.5?", 1 - math.tanh(0.5) ** 2),
        ("Compute the second derivative of softplus at $x = 1$.", math.exp(1) / (1 + math.exp(1)) ** 2),
        ("What is the derivative of the logistic function at 0?", 0.25),
        ("What is the Jacobian of softmax at z = (0, 0)?", [[0.25, -0.25], [-0.25, 0.25]]),
        ("Consider $f(x,y) = x^2 y$. Find the gradient of f at (1, 2).", 4.0),
        (r"Let $J(w) = |w - 1| + w^2$. Compute a subgradient of J at $w = 3$.", 7.0),
    ],
)
def test_values(text: str, expected: object) -> None:
    assert values(text)[0] == (expected if isinstance(expected, list) else pytest.approx(expected))


@pytest.mark.parametrize(
    "text",
    [
        "Let $f(x, y) = x^2 + y$ and $L = f(1,2)^2$. Compute the gradient.",
        "What is the derivative of tanh squared at 0.5?",
        "What is the derivative of the inverse tanh at 0.5?",
        "What is the derivative of the sigmoid of $x^2$ at 1?",
        "Let $f(x) = x^3$. What is the derivative of log f at x = 2?",
        "Let $f(x) = x^2$. Find the derivative of tanh(f(x)) at x = 1.",
        "Let $J(w) = |w|$. Give the subdifferential of $J$ at $w = 0$.",
    ],
)
def test_other_things_are_not_guessed(text: str) -> None:
    assert is_open(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (r"Let $f(x) = \log(1 + e^x)$. Is f convex?", "f is convex in x"),
        ("Let $f(x) = x^2$. Is it convex?", "f is convex in x"),
        ("Let $f(x) = -x^2$. Is it convex?", "f is not convex in x"),
        (r"$J(w) = \|Xw - y\|^2 + \lambda \|w\|^2$. Is J convex?", "for λ ≥ 0, which the text does not say"),
        (r"$J(w) = \|Xw - y\|^2 + \lambda \|w\|^2$ with $\lambda > 0$. Is J convex?", "J is convex in w: "),
        (r"What is the shape of $W$ if $y = Wx$ with $x \in \mathbb{R}^5$ and $y \in \mathbb{R}^3$?", "W is 3 x 5"),
    ],
)
def test_statements(text: str, says: str) -> None:
    (answer,) = solved(text).answers
    assert answer.formula is not None
    assert says in answer.formula.text


@pytest.mark.parametrize(
    "text",
    [
        r"$J(w) = \|Xw - y\|^2 - \lambda \|w\|^2$. Is $J$ convex?",
        r"$J(w) = \|Xw - y\|^2 + \lambda \|w\|^2$ with $\lambda = -3$. Is $J$ convex?",
        r"$J(w) = \|Xw - y\|^2 + \lambda \|w\|^2$ with $\lambda < 0$. Is $J$ convex?",
        r"Let $Z = XW$ with $X \in \mathbb{R}^{7 \times 4}$. What is the shape of $Z$ if $X \in \mathbb{R}^{9 \times 4}$?",
    ],
)
def test_statements_that_are_open(text: str) -> None:
    assert is_open(text)


@pytest.mark.parametrize(
    "asked",
    [
        r"After one SGD step with $\eta = 0.1$, what is the loss?",
        r"After one SGD step with $\eta = 0.1$, what is $L$?",
        r"After one SGD step with $\eta = 0.1$, what are the weights and the loss?",
    ],
)
def test_a_loss_beside_a_step_is_answered(asked: str) -> None:
    # w x - y = 0.5, the gradient (0.5, 1), the new w (0.45, 0.4), and there w x - y = 0.25
    assert values(f"{LOSS} {asked}")[-1] == pytest.approx(0.25**2 / 2)


def test_a_question_is_never_passed_over() -> None:
    assert is_open(f"{LOSS} By which amount does the loss move through one SGD step of the usual kind?")


@pytest.mark.parametrize(
    "text",
    [
        f"Minimise {BOWL} by gradient descent from (2, 1) with step size 0.1. Give the first two iterates.",
        f"Let {BOWL}. Use gradient descent with step size 0.1 and starting point (2, 1). Compute the first two iterates.",
        f"Let {BOWL}. Minimise $f$ using gradient descent with initial guess $(2, 1)$ and step size $0.1$. Do two steps.",
    ],
)
def test_steps_counted_in_the_next_sentence(text: str) -> None:
    assert values(text) == pytest.approx([1.6, 0.2, 1.28, 0.04])


@pytest.mark.parametrize(
    "text",
    [
        f"Minimise {BOWL} by gradient descent starting from $(2, 1)$ with step size 0.1.",
        f"Minimise {BOWL} by gradient descent with momentum 0.9 from (2, 1) with step size 0.1. Give the first two iterates.",
        f"Minimise {BOWL} by Newton's method from (2, 1). Give the first two iterates.",
        f"Minimise {BOWL} by gradient descent from (2, 1) with step size 0.1 subject to $x \\ge 1$. Do two steps.",
    ],
)
def test_steps_that_are_others_or_not_counted(text: str) -> None:
    assert is_open(text)


def test_members_of_a_list_with_dots_move_and_biases_do_not() -> None:
    text = "Let $w_1 = 1$, $w_2 = 2$, $b = 1$ and $E = (w_1 + w_2 + b)^2$. Update all the weights $w_1, \\dots, w_2$"
    assert values(f"{text} (leave the biases as they are) with one gradient step, $\\eta = 0.5$.") == [8.0, 8.0, -3.0, -2.0]
    assert is_open(f"{text} (leave $w_1$ as it is) with one gradient step, $\\eta = 0.5$.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"whose rows are $e_1, \dots, e_2$. Compute $e_1^\top e_2$.", 11.0),
        (r"with columns $e_1, e_2$. Compute $e_1^\top e_2$.", 14.0),
        (r"and denote by $e_i$ the $i$-th row of $E$. Compute $e_1^\top e_2$.", 11.0),
    ],
)
def test_rows_by_their_numbers(text: str, expected: float) -> None:
    matrix = r"Take $E = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \in \mathbb{R}^{2 \times 2}$"
    assert values(f"{matrix} {text}") == [expected]


PLAIN = """Exercise 1.

   h = relu(W1 x)
   g = (m * h) / p          (* is the elementwise product)
   x = [1, -2]
   W1 = [[0.5, -0.5], [1, 0.3]]
   m = [1, 0]
   p = 0.5
Compute g.
"""


def test_an_equation_with_a_remark_behind_it() -> None:
    assert solved(PLAIN, "sheet.txt").answers[0].value == [3.0, 0.0]


def test_an_equation_that_is_not_read_leaves_its_name_open() -> None:
    problem = solved("Let z = w x + b times two, a = tanh(z), w = 2, x = 1, b = 0. Compute a.", "sheet.txt")
    assert not problem.answers
    assert "this equation among words is not understood" in " ".join(each.message for each in problem.diagnostics)


def test_norms_with_an_index_in_plain_text() -> None:
    text = "Let J(W) = ||X W||_F^2 + lambda ||W||_F^2, where X = [[1, 2], [0, 1]], W = [[1, 0], [0, 1]] and lambda = 0.5."
    assert values(f"{text} Compute J(W).") == [7.0]


def test_a_hessian_behind_a_gradient_is_no_gradient() -> None:
    text = "Let $f(x, y) = x e^y$. Compute the gradient of f at (1, 0). Then compute the Hessian there."
    assert values(text)[-1] == [[0.0, 1.0], [1.0, 1.0]]


@pytest.mark.parametrize("asked", ["Find $f(x)$ at $x = 1$ and $g(0)$.", "Find $f'(x)$ at $x = 1$ and $g'(0)$."])
def test_what_stands_behind_a_point_is_not_dropped(asked: str) -> None:
    assert is_open(f"Let $g(x) = \\sin(x)$ and $f(x) = g(x)^2$. {asked}")
