"""What opens a problem, what is one of its parts, and what it takes over from others."""

import pytest

from chainrule.sheets import Math, read_sheet
from chainrule.sheets.borrowing import lenders
from chainrule.source import Source


def problems(text: str) -> list[tuple[str, str]]:
    return [(problem.id, problem.title) for problem in read_sheet(Source("x.md", text)).problems]


def parts(text: str) -> list[tuple[str, str | None]]:
    sheet = read_sheet(Source("x.md", text))
    return [(problem.id, item.part) for problem in sheet.problems for item in problem.items if isinstance(item, Math)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Problem 7 Neural Networks\n$a$", [("7", "Neural Networks")]),
        ("**Problem 3.**\n\n$a$\n\n**Problem 4** Let $b$.", [("3", ""), ("4", "")]),
        ("Exercise 2.4 (Entropy)\n\n$a$\n\nExercise 2.5 (Codes)\n\n$b$", [("2.4", "(Entropy)"), ("2.5", "(Codes)")]),
        ("**Exercise 1 (Sums).**\n\n$a$", [("1", "(Sums)")]),
        ("Problem 1 - Softmax\n\n$a$\n\n---\n\nProblem 2 – Nets\n\n$b$", [("1", "Softmax"), ("2", "Nets")]),
        ("Q1. Find $a$.\n\nQ2. Find $b$.", [("1", ""), ("2", "")]),
        ("**Problem 1 (10 points).** Let $a$.\n\n**Problem 2 (5 points):** Let $b$.", [("1", ""), ("2", "")]),
        ("Problem 1 (Sums). Let $a$.\n\nProblem 2 [5 points] Let $b$.", [("1", ""), ("2", "")]),
        ("Problem 1 (2 points)\nLet $a$.\n\nProblem 2 (a). Find $b$.", [("1", "")]),
        ("**Exercise 1 - Sums.** Let $a$.\n\n**Exercise 2 – Nets.** Let $b$.", [("1", ""), ("2", "")]),
        ("**Problem 1 (Sums)** Let $a$.\n\nProblem 1 (above) is about $a$ too.", [("1", "")]),
        ("Problem 3 was easy.\n\nProblem 4 has no answer, and $a$.", [("1", "")]),
        ("# Problem 1\n$a$\n\n---\n\n# Problem 2\n$b$\n\n***\n\nThanks.", [("1", ""), ("2", "")]),
    ],
)
def test_problems(text: str, expected: list[tuple[str, str]]) -> None:
    assert problems(text) == expected


def test_items_that_stand_alone_are_problems() -> None:
    text = (
        "1) Let $f = 2 x$. Compute\n   (a) $f$ at $x = 1$;\n   (b) $\\frac{df}{dx}$.\n\n"
        "2) Let $f = x^2$. Find $\\frac{df}{dx}$.\n"
    )
    assert parts(text) == [("1", None), ("1", "a"), ("1", "a"), ("1", "b"), ("2", None), ("2", None)]
    assert parts("# Homework\n\nDue soon.\n\n" + text)[-1] == ("2", None)


@pytest.mark.parametrize(
    "text",
    [
        "1. Let $f = 2 x$. Compute $f$ at $x = 1$.\n2. Let $g = f^2$. Compute $g$.\n",
        "1. Let $f = 2 x$.\n2. Let $x = 3$. Compute $f$.\n",
        "Let $f = 2 x$.\n\n1. Compute $f$ at $x = 1$.\n2. Compute $f$ at $x = 2$.\n",
        "1. Compute $f$.\n2. Compute $g$.\n",
    ],
)
def test_items_that_need_each_other_are_parts(text: str) -> None:
    assert {number for number, _ in parts(text)} == {"1"}
    assert {part for _, part in parts(text)} - {None} == {"1", "2"}


def test_sentences_in_numbered_headings_below_another_are_parts() -> None:
    text = "# Softmax by hand\n$z = [1, 2]$\n\n### 1. Compute $z$.\n\n### 2. What is $p$?\n"
    assert parts(text) == [("1", None), ("1", "1"), ("1", "2")]
    titles = "# Homework 2\n\n## 1. Gradients\n$a$\n\n## 2. Entropy\n$b$\n"
    assert problems(titles) == [("1", "Gradients"), ("2", "Entropy")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Use the network of Problem 1.", ["1"]),
        ("As in Problems 1 and 2, compute it.", ["1", "2"]),
        ("With the loss from Exercise 2, go on.", ["1", "2"]),
        ("In the previous exercise we had a net.", ["1", "2"]),
        ("Take the same network as above.", ["1", "2"]),
        ("With $q = 1$ defined above.", ["1", "2"]),
        ("Unlike Problem 1, this has no bias.", []),
        ("Compute it for Problem 3 and Problem 4.", []),
        ("Nothing is said here.", []),
    ],
)
def test_what_a_problem_takes_over(words: str, expected: list[str]) -> None:
    text = f"# Problem 1\n$a = 1$\n\n# Exercise 2\nOf question 1, $b = a$.\n\n# Problem 3\n{words} Let $c = 2$.\n"
    sheet = read_sheet(Source("x.md", text))
    assert [problem.id for problem in lenders(sheet, sheet.problems[2])] == expected


def test_above_is_in_the_problem_where_it_has_equations() -> None:
    text = "# Problem 1\n$a = 1$\n\n# Problem 2\nLet $b = 2$.\n\nFor $b$ as above, find $b$.\n"
    sheet = read_sheet(Source("x.md", text))
    assert lenders(sheet, sheet.problems[1]) == ()


@pytest.mark.parametrize(
    ("text", "formula", "line", "column"),
    [
        ("Find\n$\nx\n+ y\n$\n", "x\n+ y", 3, 1),
        ("    $$\n    x\n    $$\n", "x", 2, 5),
        ("- a\n\n      \\[\n      x\n      \\]\n", "x", 4, 7),
        ("> $$\n> x\n> + y\n> $$", "x\n  + y", 2, 3),
        ("> - a\n>   $\n>   x\n>   $", "x", 3, 5),
        ("\\(\n x \\)", "x", 2, 2),
        ("1. a\n   \\begin{align}\n   x &= y\n   \\end{align}", "\\begin{align}\n   x &= y\n   \\end{align}", 2, 4),
    ],
)
def test_displays_wherever_they_stand(text: str, formula: str, line: int, column: int) -> None:
    (problem,) = read_sheet(Source("x.md", text)).problems
    (found,) = [item for item in problem.items if isinstance(item, Math)]
    assert (found.span.text, found.span.line, found.span.column) == (formula, line, column)


def test_plain_text_is_read() -> None:
    text = "Problem 1\n=========\n\nLet $y = 2 x$.\n(a) Compute $y$ at $x = 1$.\n(b) Find $\\frac{dy}{dx}$.\n"
    sheet = read_sheet(Source("x.txt", text))
    assert [(problem.id, [task.part for task in problem.tasks]) for problem in sheet.problems] == [("1", ["a", "b"])]


BOLD = "# Topics\n\n**1.** A coin lands heads with probability 0.3. What is its entropy?\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            BOLD + "**2.** The topic is categorical with probabilities $(4/7, 2/7, 1/7)$.\n\n- (a) What is its entropy?",
            ["1", "2"],
        ),
        (BOLD.replace("1.", "(1)") + "**(2)** Let $P = (0.2, 0.8)$. What is $H(P)$?", ["1", "2"]),
        (BOLD.replace("**1.**", "**1. A coin.**") + "**2. Lists.** Let $P = (0.2, 0.8)$. What is $H(P)$?", ["1", "2"]),
        ("# Links\n\n**9.1** Let $f = x^2$. Compute $f'$.\n\n**9.2** Find its zero.", ["9.1", "9.2"]),
        ("# Sums\n\n**1. Compute** $x^2$ at $x = 2$.\n\n**2. Compute** $x^3$ at $x = 2$.", ["1"]),
        (BOLD + "**2.** It is tossed twice, with 4 outcomes. What is their entropy?", ["1"]),
        ("# Sums\n\nLet $f = x^2 y$.\n\n**1.** Compute $df/dx$.\n\n**2.** Let $x = 2$. Compute $df/dy$.", ["1"]),
        ("# Sums\n\n**1.** Let $f = x^2$. Compute $f'(2)$.\n\n**2.** Let $g = f + 1$. Compute $g$.", ["1"]),
    ],
)
def test_numbers_in_bold_type_open_problems_that_stand_alone(text: str, expected: list[str]) -> None:
    assert [number for number, _ in problems(text)] == expected
