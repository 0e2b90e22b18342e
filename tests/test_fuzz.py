"""Damaged formulas through the whole program: an answer or a named error, at once, and never another exception."""

import random
import re
import time
from collections.abc import Iterator

import pytest

from chainrule.errors import ChainruleError
from chainrule.pipeline import solve_equations, solve_sheet
from chainrule.solving.answer import Solution
from chainrule.solving.reading import ProblemText, notation_of
from chainrule.source import Source

FORMULAS: list[tuple[str, list[str]]] = [
    (r"q = x + y; r = q \cdot z; L = \max(0, r)", ["x"]),
    (r"h = \sigma(W^{(1)} x + b); L = \frac{1}{2} \|h - y\|^2; W^{(1)} = [[0.1, 0.2], [0.3, 0.4]]; x = [1, -1]", ["W^{(1)}"]),
    (r"\sigma(a) = \frac{1}{1+e^{-a}}; p = w^\top x + b; L = -y \log \sigma(p); x = [1,2]; w = [w_1, w_2]", ["w", "b"]),
    (r"f(a) = \begin{cases} a & a > 0 \\ 0 & \text{otherwise} \end{cases}; z = A x; L = f(z_1); A = [[1, 2]]", ["x"]),
    (r"L(y, \hat y) = (y - \hat y)^2; \hat y = w_1 x_1 + w_2 x_2 + b; J = 2 L(y, \hat y)", ["w_1"]),
    (r"g(a, b) = a b + \tanh(a); u = g(x, 2 z); v = u^2 + e^{u}; s = \mathbb{1}[v > 0] v", ["x"]),
    (r"C = A B; d = C_{*,1}; L = d^\top d + \|A\|_F^2; A = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", ["A", "B"]),
    (r"\mathbf{y} = X \mathbf{w}; L = \frac{1}{n} \mathbf{y}^\top \mathbf{y}", [r"\mathbf{w}"]),
    (r"k = u v^\top; s = x' k x; t = \langle u, x \rangle + \mathbf{1}^\top x", ["x"]),
    ("loss = -(y*log(p) + (1 - y)*log(1 - p)); p = sigmoid(w*x + b)", ["w"]),
    ("A = [1, 2; 3, 4]; z = A @ x; L = sum(relu(z)) + norm2(x)^2", ["x"]),
    ("s = softmax(W x + b); L = -sum(t .* log(s))", ["W"]),
    ("f(x) = x^3; y = f(x + 1) + f'(x); z = y^2 - 3/x", ["x"]),
    ("x'A x", ["x", "A"]),
    (r"y = \sum_{i=1}^{3} w_i x_i; x = [1, 2, 3]; w \in \mathbb{R}^3", ["w"]),
]  # fmt: skip
PIECES = [
    *"{}()[]|^_&,;.'=+-*/\\ $%!~:\n\t\x000e9dxαŷ²ᵀ⁽∑√∂‖𝐱́\u202e\u05d0",
    "\\frac", "\\left(", "\\right)", "\\begin{aligned}", "\\end{cases}", "\\begin{bmatrix}", "\\\\", "\\text{where }",
    "\\partial", "\\sum_", "\\hat", "\\mathbb{E}", "\\|", "max(", "e9999", "\\sqrt", "\\foo", "^\\top", "^2", "_1", "_{1,2}",
    "_{*,1}", "_{12}", "\\sigma(", "\\tanh", "x", "W", "\\mathbf{1}", "I", "[1, 2]", "= 3", "\\odot", "' ", "-1", "\\log",
    "W^{(1)}", "e^", "\\pi", "^{-1}", "/0", "\\in \\mathbb{R}^{2}", "f(", "g(x)", "10^{400}", "2^{10^9}",
    "[[1], [2]]", "^{(2)T}",
]  # fmt: skip
READ, SOLVED, SHEETS = 6_000, 1_600, 160
"""How many are read and typed, how many of these are differentiated, and how many stand in a sheet."""
SHARES = 8
LIMIT = 2.0
"""Seconds of computing for one text."""


def damaged(text: str, random_: random.Random) -> str:
    """The text with one to three changes, of characters or of whole tokens."""
    for _ in range(random_.randint(1, 3)):
        parts: list[str] = list(text) if random_.random() < 0.3 else re.findall(r"\\[A-Za-z]+|\w+|\s+|.", text, re.DOTALL)
        at, other = random_.randrange(len(parts) + 1), random_.randrange(len(parts) + 1)
        match random_.randrange(5):
            case 0:
                del parts[at : at + random_.randint(1, 3)]
            case 1:
                parts.insert(at, random_.choice(PIECES))
            case 2:
                parts[at:at] = parts[other : other + random_.randint(1, 8)]
            case 3 if at < len(parts):
                parts[at] = random_.choice(PIECES)
            case _ if at < len(parts) and other < len(parts):
                parts[at], parts[other] = parts[other], parts[at]
            case _:
                parts.reverse()
        text = "".join(parts)
    return text


def damaged_formulas(share: int, number: int) -> Iterator[tuple[str, list[str]]]:
    random_ = random.Random(20240611 + share)
    for _ in range(number // SHARES):
        text, variables = random_.choice(FORMULAS)
        yield damaged(text, random_), variables


def solved(text: str, variables: list[str]) -> Solution | None:
    try:
        return solve_equations(text, variables, None, {}, {})
    except ChainruleError:
        return None


def check(solution: Solution) -> None:
    """Whatever was not answered has an error that says why."""
    for problem in solution.problems:
        if problem.status != "solved":
            assert any(d.severity == "error" and d.message for d in problem.diagnostics), problem.equations


@pytest.mark.parametrize("share", range(SHARES))
def test_reading(share: int) -> None:
    errors = 0
    for text, _ in damaged_formulas(share, READ):
        began = time.process_time()
        problem = ProblemText()
        problem.add(Source("damaged", text).span(), notation_of(text))
        network = problem.network()
        errors += any(d.severity == "error" for d in (*problem.diagnostics, *network.diagnostics))
        assert not [name for name in network.names if name in network.broken], text
        assert time.process_time() - began < LIMIT, text
    assert READ // SHARES // 3 < errors < READ // SHARES  # the damage is real, and not all of it fatal


@pytest.mark.parametrize("share", range(SHARES))
def test_solving(share: int) -> None:
    answers = 0
    for text, variables in damaged_formulas(100 + share, SOLVED):
        began = time.process_time()
        solution = solved(text, variables)
        assert time.process_time() - began < LIMIT, text
        if solution is not None:
            check(solution)
            answers += len(solution.problems[0].answers)
    assert answers > SOLVED // SHARES // 8


SHEET = """# Problem 1: {title}

The network is

$${formula}$$

1. Draw the computational graph.
2. Perform the forward pass.
3. Compute $\\frac{{\\partial L}}{{\\partial x}}$ and the gradient with respect to $w$.
"""


@pytest.mark.parametrize("share", range(SHARES))
def test_sheets(share: int) -> None:
    for text, _ in damaged_formulas(200 + share, SHEETS):
        began = time.process_time()
        check(solve_sheet(Source("damaged.md", SHEET.format(title="damaged", formula=text))))
        assert time.process_time() - began < 2 * LIMIT, text


LITTLE = [
    "", " ", "1", "x", "x; y", "1/0", "0^{-1}", "10^{400}", "2^{10^9} x", "x^{10^9}", "\x00", "\u202ex^2", "\\text{words}",
    "y = \\foo", "x =", "= x", ";;;", "x_1 x_2", "[1, 2]", "1 = 1", "x > 0",
]  # fmt: skip


@pytest.mark.parametrize("text", LITTLE)
def test_texts_of_little_meaning(text: str) -> None:
    solution = solved(text, ["x"])
    if solution is not None:
        check(solution)


@pytest.mark.parametrize(
    "text",
    ["x" + " + x" * 50_000, "(" * 10_000 + "x", "(" * 10_000 + "x" + ")" * 10_000, "y = " + "x y z " * 5_000,
     "y = " + r"\frac{1}{" * 5_000, "\\" * 100_000, "$" * 100_000, "a = b; " * 10_000],
    ids=["sum", "open", "nested", "product", "fractions", "backslashes", "dollars", "repeated"],
)  # fmt: skip
def test_long_texts(text: str) -> None:
    began = time.process_time()
    solution = solved(text, ["x"])
    assert time.process_time() - began < 30
    if solution is not None:
        check(solution)
