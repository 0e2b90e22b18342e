"""Parts that say anew what an earlier part or the text before them said."""

from collections.abc import Callable

import pytest

from chainrule.pipeline import check_sheet, solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

Solve = Callable[[str], ProblemSolution]


@pytest.fixture
def solve() -> Solve:
    return lambda text: solve_sheet(Source("sheet.md", text)).problems[0]


def values(problem: ProblemSolution) -> dict[str | None, object]:
    return {answer.part: answer.value for answer in problem.answers}


def test_each_part_has_its_own_number(solve: Solve) -> None:
    problem = solve(
        "# Problem 1\n$f = x^2$\n\na) Compute $f$ for $x = 3$.\n\nb) Let $x = 4$. Compute $f$.\n\nc) Let $x = 5$. Compute $f$."
    )
    assert values(problem) == {"a": 9, "b": 16, "c": 25}
    assert problem.status == "solved"


def test_each_part_has_its_own_function(solve: Solve) -> None:
    problem = solve(
        "# Problem 1\nLet $x = 2$.\n\na) Let $f = x^2$. Compute $\\frac{df}{dx}$.\n\n"
        "b) Let $f = x^3$. Compute $\\frac{df}{dx}$.\n\nc) Compute $f$."
    )
    assert values(problem) == {"a": 4, "b": 12, "c": 8}


def test_what_a_part_says_holds_in_later_parts_and_is_noted(solve: Solve) -> None:
    problem = solve(
        "# Problem 1\n$f = 2 x$, $x = 1$.\n\na) Compute $f$.\n\nb) Now let $x = 10$. Compute $f$.\n\nc) Compute $f + 1$."
    )
    assert values(problem) == {"a": 2, "b": 20, "c": 21}
    (note,) = [d for d in problem.diagnostics if d.code == "said-anew"]
    assert note.message == "x = 10 holds from part b on, and no longer x = 1"


def test_what_only_parts_say_holds_in_later_parts_and_is_noted(solve: Solve) -> None:
    problem = solve(
        "# Problem 1\n$f = 2 x$.\n\na) Compute $f$ for $x = 1$.\n\nb) Compute $f$ for $x = 3$.\n\nc) Compute $f + 1$."
    )
    assert values(problem) == {"a": 2, "b": 6, "c": 7}
    (note,) = [d for d in problem.diagnostics if d.code == "said-anew"]
    assert note.message == "x = 3 holds from part b on, and no longer x = 1"


@pytest.mark.parametrize("text", ["$x = 1$ and $x = 2$.\n\na) Compute $f$.", "\n\na) Let $x = 1$ and $x = 2$. Compute $f$."])
def test_two_numbers_in_one_place_stay_a_contradiction(text: str, solve: Solve) -> None:
    problem = solve(f"# Problem 1\n$f = 2 x$. {text}")
    assert "two-values" in [d.code for d in problem.diagnostics]
    assert problem.status != "solved"


def test_a_number_for_a_quantity_with_a_formula_is_no_new_meaning(solve: Solve) -> None:
    problem = solve("# Problem 1\n$x = 2$, $f = 3 x$.\n\na) Compute $f$.\n\nb) With $f = 1$, compute $f + x$.")
    assert values(problem) == {"a": 6, "b": 8}
    assert "given-and-defined" in [d.code for d in problem.diagnostics]


def test_checking_reads_every_version() -> None:
    sheet = "# Problem 1\na) Let $f = x^2$. Compute $f$ for $x = 1$.\n\nb) Let $f = (x$. Compute $f$."
    assert "unclosed-parenthesis" in [d.code for d in check_sheet(Source("sheet.md", sheet))]


def test_what_only_later_parts_say_holds_in_none_before(solve: Solve) -> None:
    problem = solve(
        "# Problem 1\n$f = x^2$.\n\na) Compute $f$.\n\nb) Let $x = 1$. Compute $f$.\n\nc) Let $x = 2$. Compute $f$."
    )
    assert values(problem) == {"a": None, "b": 1, "c": 4}


@pytest.mark.parametrize("label", ["a", "b"])
def test_a_paragraph_between_parts_holds_for_what_is_asked_behind_it(label: str, solve: Solve) -> None:
    problem = solve(
        "# Problem 1\nLet $y = x^2$ with $x = 3$.\n\na) Compute $y$.\n\nNow let $y = x^3$.\n\n" + label + ") Compute $y$."
    )
    assert [answer.value for answer in problem.answers] == [9, 27]


def test_a_paragraph_between_parts_gives_a_number_from_there_on(solve: Solve) -> None:
    problem = solve(
        "# Problem 1\nLet $y = x^2$ with $x = 3$.\n\na) Compute $y$.\n\nb) Compute $\\frac{dy}{dx}$.\n\n"
        "From now on $x = 5$.\n\nc) Compute $y$."
    )
    assert values(problem) == {"a": 9, "b": 6, "c": 25}


def test_a_hint_in_its_own_paragraph_belongs_to_its_part(solve: Solve) -> None:
    problem = solve(
        "# Problem 1\nLet $y = x^2$ with $x = 3$.\n\na) Compute $y$.\n\nUse $x = 4$ here.\n\nb) Compute $2 y$ for $x = 1$."
    )
    assert values(problem) == {"a": 16, "b": 2}


def test_a_paragraph_in_a_part_says_anew_what_the_part_said(solve: Solve) -> None:
    problem = solve(
        "# Problem 1\nLet $y = w^2 x$ with $w = 3$.\n\na) Let $x = 2$. Compute $y$.\n\nSuppose $x = 4$.\n\n"
        "b) Compute $y$.\n\nc) Compute $y$ for $w = 1$."
    )
    assert values(problem) == {"a": 18, "b": 36, "c": 4}
    assert not [d for d in problem.diagnostics if d.severity == "error"]
