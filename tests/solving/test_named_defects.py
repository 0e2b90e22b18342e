r"""What is wrong or missing in a text is named where it stands, and what needs nothing of it is answered."""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def said(text: str, code: str) -> list[tuple[str, int]]:
    return [(each.severity, each.span.line) for each in solve(text).diagnostics if each.code == code and each.span]


def values(text: str) -> dict[str, object]:
    return {answer.symbol.latex: answer.value for answer in solve(text).answers}


# --- a letter with two meanings -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [r"\sigma", r"\phi"])
def test_a_letter_that_words_call_a_function_is_no_number(name: str) -> None:
    """p = sigmoid(1) in any case, and nothing is computed from the number."""
    text = (
        f"Let $p = {name}(w x)$, where ${name}$ is the logistic sigmoid, $w = 2$ and $x = 0.5$.\n"
        f"The noise has ${name} = 3$ and $R = w^2 / {name}^2$. Compute $p$ and $R$."
    )
    assert values(text)["p"] == pytest.approx(1 / (1 + math.exp(-1)))
    assert values(text)["R"] is None
    assert said(text, "two-meanings") == [("warning", 2)]


def test_a_letter_that_a_formula_makes_a_function_is_no_number() -> None:
    text = "Let $f(z) = z^2$, $h = f(w)$ and $w = 3$.\nLet $f = 5$ and $R = f w$. Compute $h$ and $R$."
    assert values(text) == {"h": 9.0, "R": None}
    assert said(text, "two-meanings") == [("warning", 2)]


# --- values that are missing --------------------------------------------------------------------------------

REGULARISED = "Let $D = (w - t)^2$ with $w = 3$ and $t = 1$.\nLet $J = D + \\lambda \\Omega$ with $\\lambda = 0.5$.\n\n"


def test_a_number_that_needs_a_missing_value_is_refused_by_its_name() -> None:
    text = REGULARISED + "a) Compute $D$.\n\nb) Compute the number $J$."
    assert values(text) == {"D": 4.0, "J": None}
    assert said(text, "no-value") == [("error", 2)]
    assert solve(text).status != "solved"


@pytest.mark.parametrize(
    "asked", ["What is the value of $J$?", "Compute $J$ numerically.", "Compute the numerical value of $J$."]
)
def test_other_words_that_ask_for_a_number(asked: str) -> None:
    assert said(REGULARISED + asked, "no-value") == [("error", 2)]


def test_a_formula_of_a_missing_value_is_a_note() -> None:
    text = REGULARISED + "Compute $J$ and $\\frac{\\partial J}{\\partial \\lambda}$."
    assert said(text, "no-value") == [("note", 2)]
    assert "Ω" in solve(text).diagnostics[-1].message or "\\Omega" in solve(text).diagnostics[-1].message


@pytest.mark.parametrize(
    "text",
    [
        "Let $L = (w x - y)^2$. Compute $L$ and $\\frac{\\partial L}{\\partial w}$.",
        "Let $L = \\|X w - y\\|^2 + \\lambda \\|w\\|^2$ with $\\lambda = 0.1$. Compute $\\frac{\\partial L}{\\partial w}$.",
        "Let $L = (w x - y)^2$ with $w = 1$, $x = 2$ and $y = 3$. Compute $L$.",
    ],
)
def test_a_text_in_letters_lacks_no_value(text: str) -> None:
    assert said(text, "no-value") == []


# --- formulas outside dollars -------------------------------------------------------------------------------


def test_an_equation_outside_the_dollars_of_its_paragraph_is_a_guess() -> None:
    """-log 0.5."""
    text = (
        "The network gives $p = (0.2, 0.3, 0.5)$.\nThe label is y = [0, 0, 1], and $L = -\\sum_i y_i \\log p_i$. Compute $L$."
    )
    assert values(text)["L"] == pytest.approx(math.log(2))
    assert said(text, "undelimited-formula") == [("warning", 2)]


@pytest.mark.parametrize(
    "text", ["Let z = w*x + b with w = 1, x = 2 and b = 3. Compute z.", "Let $z = 2 x$ with $x = 3$. Compute $z$."]
)
def test_a_plain_text_has_no_dollars_to_be_outside_of(text: str) -> None:
    assert said(text, "undelimited-formula") == []


# --- values of cases, rows in words -------------------------------------------------------------------------

PAIR = "The loss is $C = y d^2 + (1 - y) m$ with $d = 3$ and $m = 2$. "


@pytest.mark.parametrize(
    "cases",
    [
        "Here $y = 1$ for similar and $y = 0$ for dissimilar pairs.",
        "Here $y = 1$ if the pair is similar and $y = 0$ otherwise.",
        "The label is $y = 1$ when the two are alike, else $y = 0$.",
    ],
)
def test_values_of_cases_are_not_the_value(cases: str) -> None:
    assert values(f"{PAIR}{cases} This pair has $y = 0$. Compute $C$.") == {"C": 2.0}
    assert values(f"{PAIR}{cases} Compute $C$.") == {"C": None}
    assert said(f"{PAIR}{cases} Compute $C$.", "no-value") == [("note", 1)]


def test_what_only_looks_like_cases() -> None:
    assert said(f"{PAIR}Let $y = 1$ and $y = 0$. Compute $C$.", "two-values") == [("error", 1)]
    assert [answer.value for answer in solve(f"{PAIR}Compute $C$ for $y = 1$ and for $y = 0$.").answers] == [9.0, 2.0]
    assert values("Let $y = 1$ if $x > 0$ and $y = 0$ otherwise. Let $x = 2$ and $C = y + x$. Compute $C$.") == {"C": 3.0}
    assert said(f"{PAIR}Let $y = 1$ for part (a) and $y = 0$ for part (b). Compute $C$.", "two-values") == [("error", 1)]


LEAST = r"Let $S = \sum_{i=1}^{2} |y_i - x_i^\top w|$ with $y = (1, 3)$, $w = (0.5, 0.75)$ and $X = [[1, 1], [0, 2]]$. "


@pytest.mark.parametrize(
    ("words", "value", "slope"),
    [
        (r"Here $x_i^\top$ is the $i$-th row of $X$.", 1.75, [1.0, -1.0]),
        (r"The $i$-th row of the matrix $X$ is $x_i^\top$.", 1.75, [1.0, -1.0]),
        (r"Let the $i$th row $x_i$ of $X$ be an example.", 1.75, [1.0, -1.0]),
        (r"Here $x_i$ is the $i$th column of $X$.", 1.5, [-2.0, -2.0]),
    ],
)
def test_rows_and_columns_in_words(words: str, value: float, slope: list[float]) -> None:
    """Of the rows |1 - 1.25| + |3 - 1.5| and (1, 1) - (0, 2); of the columns |1 - 0.5| + |3 - 2| and -(1, 0) - (1, 2)."""
    text = f"{LEAST}{words} Compute $S$ and $\\frac{{\\partial S}}{{\\partial w}}$."
    assert values(text) == {"S": value, r"\frac{\partial S}{\partial w}": slope}


@pytest.mark.parametrize("words", [r"If $x_i$ is the $i$-th row of $X$, go on.", r"$x_i$ is not the $i$-th row of $X$."])
def test_rows_that_are_not_stated(words: str) -> None:
    assert values(f"{LEAST}{words} Compute $S$.") == {"S": None}
