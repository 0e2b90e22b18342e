"""Formulas that stand in prose without delimiters, and prose that only looks like them."""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.sheets import Math, read_sheet
from chainrule.source import Source


def formulas(text: str) -> list[str]:
    source = Source("sheet.md", text)
    items = [item for problem in read_sheet(source).problems for item in problem.items]
    found = [item for item in items if isinstance(item, Math) and item.plain]
    assert all(source.text[item.span.start : item.span.end] == item.text for item in found)
    return [item.text for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We have a label y = [1, 0, 0] here.", ["y = [1, 0, 0]"]),
        ("We have P = (0.5, 0.25, 1/4).", ["P = (0.5, 0.25, 1/4)"]),
        ("We have P = {A: 0.6, B: 0.4}.", ["P = {A: 0.6, B: 0.4}"]),
        ("We have y_true = [0, 1].", ["y_true = [0, 1]"]),
        ("Compute D_KL(P || Q).", ["D_KL(P || Q)"]),
        ("Compute KL(P||Q) and KL(Q||P).", ["KL(P||Q)", "KL(Q||P)"]),
        ("Compute H (P, Q′).", ["H (P, Q′)"]),
        ("Compute H(Y|X) and I(X; Y).", ["H(Y|X)", "I(X; Y)"]),
        ("Is D_KL(P || Q) = D_KL(Q || P)?", ["D_KL(P || Q) = D_KL(Q || P)"]),
        ("Verify H(P, Q) = H(P) + KL(P || Q).", ["H(P, Q) = H(P) + KL(P || Q)"]),
        ("Let $P = (0.5, 0.5)$. Find the entropy of P.", ["P"]),
        ("Take the distributions P and Q; find the divergence between P and Q.", ["P", "Q", "P", "Q"]),
    ],
)
def test_formulas_in_prose(text: str, expected: list[str]) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I (x) see.",
        "Problem 4 (Part A) is long.",
        "Vitamin D (A, B) is good.",
        "Choose between A and B.",
        "Use the file data[1, 2] of model(3, 4).",
        "Let $P = (0.5, 0.5)$. See Part P. P is short.",
        "Let $A = (0.5, 0.5)$. A coin is tossed by a person.",
        "The set {1, 2} and the list [1, 2].",
    ],
)
def test_prose_that_is_no_formula(text: str) -> None:
    assert formulas(text) in ([], ["P"] if "P is short" in text else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let a = b.", ["a = b"]),
        ("x = 3 and y = 4", ["x = 3", "y = 4"]),
        ("f(x) = [x, y]", ["f(x) = [x, y]"]),
        ("Let z = w*x + b, and let a = sigmoid(z).", ["z = w*x + b", "a = sigmoid(z)"]),
        ("The loss is J = (1/m) sum_{i=1}^{m} (h_i - y_i)^2, as usual.", ["J = (1/m) sum_{i=1}^{m} (h_i - y_i)^2"]),
        ("f(x, y) = x^2 y + sin(x). Find f.", ["f(x, y) = x^2 y + sin(x)", "f"]),
        ("We take L = 1/2 ||W x - y||^2.", ["L = 1/2 ||W x - y||^2"]),
        ("L = |y - a| is the loss.", ["L = |y - a|"]),
        ("Take n = 5 samples.", ["n = 5"]),
        ("The die has P(k) = k/21, k in {1, 2, 3, 4, 5, 6}.", ["P(k) = k/21, k in {1, 2, 3, 4, 5, 6}"]),
        ("We have P(k) = k/21 for k = 1, ..., 6 here.", ["P(k) = k/21 for k = 1, ..., 6"]),
        ("L = (a-y)^2 for y = 1.", ["L = (a-y)^2", "y = 1"]),
        ("y = w a + b a constant", ["y = w a + b"]),
        (
            "With loss = (y_hat - y)^2 and y_hat = w1 x1; find dloss/dw1.",
            ["loss = (y_hat - y)^2", "y_hat = w1 x1", "dloss/dw1"],
        ),
        ("z[1] = W[1] x + b[1]", ["z[1] = W[1] x + b[1]"]),
        ("ŷ = σ(w·x + b), α = 0.5", ["ŷ = σ(w·x + b)", "α = 0.5"]),
    ],
)
def test_equations_in_prose(text: str, expected: list[str]) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "y = x if x > 0, else 0",
        "y = x for x > 0",
        "y = 3 times x",
        "y = a constant",
        "x = 1 or 2",
        "x = 1, 2 and 10",
        "z = Wx + b",
        "z = 2wx",
        "p = 5%",
        "x < 3 and y = 2 < 4",
        "the learning rate = 0.1",
        "y = x $+ 1$",
        "if (a == b) return",
        "y = (x + 1",
        "y = x\n/ 2",
        "y = x\nif x > 0",
    ],
)
def test_equations_that_cannot_be_read_whole_are_words(text: str) -> None:
    """Nothing of a condition, a list of values, a unit or a product without signs is left out of an equation that is read."""
    assert formulas(text) == []


def test_a_sheet_in_plain_text_is_solved() -> None:
    """dL/dw = (a - y) a (1 - a) x with a = 1/(1 + e^-1.1); both by hand."""
    said = "Let z = w*x + b, a = sigmoid(z), and L = (a - y)^2 / 2, with w = 0.5, x = 2, b = 0.1 and y = 1."
    text = f"{said}\na) Compute L.\nb) Compute dL/dw."
    (problem,) = solve_sheet(Source("sheet.txt", text)).problems
    a = 1 / (1 + math.exp(-1.1))
    loss, slope = problem.answers[-2:]
    assert loss.value == pytest.approx((a - 1) ** 2 / 2, rel=1e-12)
    assert slope.value == pytest.approx((a - 1) * a * (1 - a) * 2, rel=1e-12)


def plain_values(text: str) -> list[object]:
    """The values of all answers; there must be no error."""
    (problem,) = solve_sheet(Source("sheet.md", f"# Problem 1\n{text}\n")).problems
    assert [each.message for each in problem.diagnostics if each.severity == "error"] == []
    return [each.value for each in problem.answers]


@pytest.mark.parametrize(
    "sum_",
    [
        "½ Σ |P − Q|",
        "1/2 * sum |P - Q|",
        "½ ∑ |P - Q|",
        "0.5 Σ |P − Q|",
        "TV(P, Q) = 1/2 * sum |P - Q|",
        "TV(P, Q) = ½ ∑ |P − Q|",
    ],
)
def test_a_distance_with_its_sum_in_signs(sum_: str) -> None:
    text = f"P = (0.9, 0.1), Q = (0.2, 0.8).\n\na) Compute the total variation distance {sum_}."
    assert plain_values(text) == pytest.approx([0.7], rel=1e-12)


@pytest.mark.parametrize("half", ["½ ", "0.5 ", "1/2 ", "1/2 * "])
def test_a_mixture_of_divergences_in_signs(half: str) -> None:
    text = f"P = (0.9, 0.1), Q = (0.2, 0.8) and M = ½ (P + Q).\n\n1) Compute JS(P, Q) = {half}KL(P ‖ M) + {half}KL(Q ‖ M)."
    m = (0.55, 0.45)
    divergences = [sum(a * math.log(a / b) for a, b in zip(p, m, strict=True)) for p in ((0.9, 0.1), (0.2, 0.8))]
    assert plain_values(text) == pytest.approx([sum(divergences) / 2], rel=1e-12)


def test_a_letter_below_an_accent_is_not_the_letter_itself() -> None:
    text = "Given y = [0, 1, 0] and ŷ = [0.2, 0.7, 0.1], compute the cross-entropy −Σ y log ŷ."
    assert plain_values(text) == pytest.approx([-math.log(0.7)], rel=1e-12)


@pytest.mark.parametrize(
    "words",
    [
        "Call the distribution of the bent coin B and the distribution of the fair coin F.",
        "Let B be the distribution of the bent coin and F the distribution of the fair coin.",
        "B denotes the bent coin. F denotes the fair coin.",
    ],
)
def test_names_that_later_words_give_to_what_was_described(words: str) -> None:
    described = "A bent coin shows heads with probability 0.7 and tails with probability 0.3. A fair coin is beside it."
    found = plain_values(f"{described} {words}\n\na) What is D(B ‖ F), in nats?\n\nb) What is H(B, F), in nats?")
    assert found == pytest.approx([0.7 * math.log(1.4) + 0.3 * math.log(0.6), math.log(2)], rel=1e-12)


def test_a_formula_between_backticks_is_code() -> None:
    text = "Your program may begin with `P = (0.5, 0.5)`. Let P = (0.2, 0.8). Compute H(P) in nats."
    assert plain_values(text) == pytest.approx([-0.2 * math.log(0.2) - 0.8 * math.log(0.8)], rel=1e-12)


def test_names_of_equations_with_stars_and_indices() -> None:
    """A star is no mark of Markdown, and what is defined for every index has a name as a whole, and one for each number."""
    text = """Exercise 1

z = sigmoid(w*x + u*(r*g) + b)
n = (1 - z)*r + z*g
h_t = tanh(v*h_{t-1} + x), t = 1, 2
y_i = c*n + k_i

(a) Compute z and n.
(b) Compute h_1 and h_2.
(c) Compute y.
"""
    assert formulas(text)[-5:] == ["z", "n", "h_1", "h_2", "y"]


RECURRENT = """Problem 1

  h_t = tanh(w * x_t + u * h_{t-1} + b)
  y_t = v * h_t

with w = 0.5, u = -0.4, b = 0.1, v = 2. The step starts from h_{t-1} = 0.25 with input x_t = 1.2.

"""


def test_names_with_arithmetic_below() -> None:
    """The argument is 0.6 - 0.1 + 0.1; dy_t/dh_{t-1} = 2 (1 - tanh^2 0.6) (-0.4)."""
    asked = "(a) Compute h_t.\n(b) Compute the derivative of y_t with respect to h_{t-1}.\n"
    (problem,) = solve_sheet(Source("sheet.txt", RECURRENT + asked)).problems
    expected = [math.tanh(0.6), -0.8 * (1 - math.tanh(0.6) ** 2)]
    assert [answer.value for answer in problem.answers] == pytest.approx(expected)


def test_a_name_with_other_arithmetic_below_is_refused() -> None:
    (problem,) = solve_sheet(Source("sheet.txt", RECURRENT + "(a) Compute h_{t-2}.\n")).problems
    assert problem.answers == ()


def test_letters_among_the_words_of_a_question() -> None:
    """dJ/dw = 2 (2 w - 1) 2 + w = 4.1 at w = 0.9 with z = 2 w, so that the step leads to 0.49."""
    text = "z = 2 * w\nJ = (z - 1)^2 + 0.5 * w^2 + b^2\nHere w = 0.9 and b = 0.\n\n"
    asked = "(a) Take one gradient descent step with step size 0.1 on w. What is the new w?\n(b) Is J convex in (w, b)?\n"
    (problem,) = solve_sheet(Source("sheet.txt", text + asked)).problems
    assert [a.value for a in problem.answers if a.kind == "value"] == pytest.approx([0.9 - 0.1 * 4.1])
    assert next(a.formula.text for a in problem.answers if a.kind == "statement").startswith("J is convex in w, b")
