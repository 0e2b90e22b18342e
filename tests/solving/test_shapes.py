"""Questions of shape, each in several wordings. The shapes are worked out by hand."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.source import Source

# X is n x d and W is d x k, so X W and Z are n x k; b is added to every row.
LINEAR = (
    "Let $Z = X W + b$ and $L = \\|Z\\|_F^2$ with $X \\in \\mathbb{R}^{n \\times d}$, $W \\in \\mathbb{R}^{d \\times k}$"
    " and $b \\in \\mathbb{R}^{k}$. "
)
NETWORK = "A network has 4 inputs, one hidden layer of 3 tanh units and a softmax output of 2 units. "


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def statements(problem: ProblemSolution) -> dict[str, object]:
    return {answer.symbol.text: answer.shape for answer in problem.answers if answer.kind == "statement"}


def only(problem: ProblemSolution) -> Answer:
    (answer,) = problem.answers
    assert problem.status == "solved"
    return answer


@pytest.mark.parametrize(
    "asked",
    [
        "What is the shape of $Z$?",
        "What are the dimensions of $Z$?",
        "Give the dimensions of $Z$.",
        "What size is $Z$?",
        "How many rows and columns has $Z$?",
        "How many rows and how many columns does $Z$ have?",
        "What shape does the matrix $Z$ have?",
        "State the dimensions of $Z$ in terms of $n$ and $k$.",
        "Determine the size of the output matrix $Z$.",
    ],
)
def test_the_shape_of_a_quantity(asked: str) -> None:
    answer = only(solve(LINEAR + asked))
    assert (answer.kind, answer.shape, answer.of) == ("statement", ("n", "k"), "Z")
    assert answer.formula.latex == "Z \\in \\mathbb{R}^{n \\times k}"
    assert answer.formula.text == "here Z is n x k: n rows, k columns"


@pytest.mark.parametrize(
    ("asked", "shape"),
    [
        ("What are the dimensions of $\\frac{\\partial L}{\\partial W}$?", ("d", "k")),
        ("What is the shape of $\\nabla_b L$?", ("k",)),
        ("Give the size of the gradient of $L$ with respect to $W$.", ("d", "k")),
        ("What shape does the derivative of the loss by $b$ have?", ("k",)),
        ("What size is the Jacobian of $Z$ with respect to $b$?", ("n", "k", "k")),
        ("State the dimensions of the Jacobian of $Z$ w.r.t. $X$.", ("n", "k", "n", "d")),
        ("What is the dimension of the Hessian of $L$ with respect to $b$?", ("k", "k")),
    ],
)
def test_the_shape_of_a_derivative(asked: str, shape: tuple[str, ...]) -> None:
    answer = only(solve(LINEAR + asked))
    assert (answer.kind, answer.shape) == ("statement", shape)


def test_conventions_are_said() -> None:
    gradient, jacobian = solve(
        LINEAR + "What is the shape of $\\frac{\\partial L}{\\partial b}$ and $\\frac{\\partial Z}{\\partial b}$?"
    ).answers
    assert gradient.conventions == ("a gradient has the shape of its variable",)
    assert jacobian.conventions == ("of a derivative the dimensions of the output come first, then those of the variable",)


def test_an_expression_and_scalars_in_words() -> None:
    problem = solve(LINEAR + "What are the dimensions of $W^\\top X^\\top$ and $L$? What is the shape of $b$?")
    assert statements(problem) == {"W^T X^T": ("k", "n"), "L": (), "b": ("k",)}
    assert [answer.formula.text.partition(" is ")[2] for answer in problem.answers[1:]] == [
        "a scalar",
        "a vector with k entries",
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "Give the dimensions of each of $W^{(1)}$, $b^{(1)}$, $W^{(2)}$, $b^{(2)}$.",
        "State the shapes of all parameters.",
        "What are the shapes of the weights and biases?",
        "Give the size of every weight matrix and every bias vector.",
        "What are the dimensions of all trainable parameters of the network?",
        "What are the shapes of the gradients of the loss with respect to all parameters?",
    ],
)
def test_the_parameters_of_a_network_in_words(asked: str) -> None:
    loss = "The loss is the cross-entropy. "
    problem = solve(NETWORK + loss + asked)
    assert problem.status == "solved"
    expected = {"W^(1)": (3, 4), "b^(1)": (3,), "W^(2)": (2, 3), "b^(2)": (2,)}
    found = {name.removeprefix("∂L/∂"): shape for name, shape in statements(problem).items()}
    assert found == expected


def test_intermediate_quantities_are_those_that_others_need() -> None:
    problem = solve(NETWORK + "State the shapes of all intermediate quantities and of the output.")
    assert statements(problem) == {"h": (3,), "y_hat": (2,)}


def test_given_numbers_tell_sizes() -> None:
    problem = solve("Let $z = W x$ with $x = (1, 2)$ and $W = [[1, 2], [3, 4], [5, 6]]$. What is the shape of $z$?")
    assert only(problem).shape == (3,)


def test_its_shape_is_that_of_what_was_asked_before() -> None:
    problem = solve(LINEAR + "Compute $\\frac{\\partial L}{\\partial W}$ and state its shape.")
    assert problem.status == "solved"
    assert [(answer.kind, answer.shape) for answer in problem.answers] == [
        ("derivative", ("d", "k")),
        ("statement", ("d", "k")),
    ]


@pytest.mark.parametrize("asked", ["What is the shape of $W$?", "What is the shape of $h$?"])
def test_a_size_that_nothing_tells_is_an_error(asked: str) -> None:
    problem = solve("Let $h = \\tanh(W x)$ with $x \\in \\mathbb{R}^3$. " + asked)
    assert problem.status == "unsolved"
    (error,) = [d for d in problem.diagnostics if d.severity == "error"]
    assert error.code == "size-not-told"
    assert "how many rows W has" in error.message or "the number of rows of W" in error.message


@pytest.mark.parametrize(
    "asked",
    [
        "What is the dimension of the null space of $W$?",
        "What is the size of the largest eigenvalue of $W$?",
        "What is the shape of the loss surface?",
        "What is the shape of $Z$ after flattening?",
    ],
)
def test_other_questions_are_not_taken_for_it(asked: str) -> None:
    problem = solve(LINEAR + asked)
    assert problem.status == "unsolved"
    assert not problem.answers


def test_an_unknown_name_is_an_error() -> None:
    problem = solve(LINEAR + "What is the shape of $Q$?")
    assert [d.code for d in problem.diagnostics if d.severity == "error"] == ["undefined-symbol"]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Let $X$ be a $5 \\times 4$ matrix and $W$ a $4 \\times 3$ matrix with $Z = X W$. ", (5, 3)),
        ("Let $Z = X W$, where $X$ is a 5 x 4 matrix and $W$ is a real 4 x 3 matrix. ", (5, 3)),
        ("Given an n x d matrix $X$ and a d x k matrix $W$, let $Z = X W$. ", ("n", "k")),
        ("Let $X$ be a matrix of size $N \\times D$ and $W$ a matrix of shape $D \\times K$. Let $Z = X W$. ", ("N", "K")),
        ("Let $Z = W x$ where $x$ is a vector with 2 entries and $W$ is a $3 \\times 2$ weight matrix. ", (3,)),
        (
            "Let $Z = u x^\\top$ for a vector $u$. Here $u$ is a vector of length $m$ and $x$ is a vector of length 4. ",
            ("m", 4),
        ),
    ],
)
def test_sizes_in_words(text: str, shape: tuple[object, ...]) -> None:
    assert only(solve(text + "What is the shape of $Z$?")).shape == shape


@pytest.mark.parametrize(
    "text", ["If $W$ is a $3 \\times 2$ matrix, then much is known. ", "It is not known that $W$ is a $3 \\times 2$ matrix. "]
)
def test_a_condition_gives_no_size(text: str) -> None:
    assert not solve("Let $Z = W x$. " + text + "What is the shape of $Z$?").answers


def test_words_and_formulas_that_clash() -> None:
    problem = solve("Let $z = W x$, where $W$ is a 3 x 2 matrix and $x$ is a vector of length 4. What is the shape of $z$?")
    assert "shape-clash" in [d.code for d in problem.diagnostics if d.severity == "error"]
    assert not problem.answers


def test_a_size_that_the_question_gives() -> None:
    text = r"Let $X \in \mathbb{R}^{7 \times k}$ and $Y = X^\top X$. What is the shape of $X$ for $k = 3$?"
    (answer,) = solve_sheet(Source("sheet.md", text)).problems[0].answers
    assert answer.shape == (7, 3)
