"""Numbers in braces and decimal commas: what is a list of probabilities, what a set, and what is refused."""

from fractions import Fraction
from math import log2

import pytest

from chainrule.inference.distributions.braces import with_lists, without_decimal_commas
from chainrule.inference.literals import number
from chainrule.inference.vocabulary import vocabulary
from chainrule.pipeline import solve_sheet
from chainrule.source import Source
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tree import Bracket, Relation, Tree


def statements(text: str) -> list[Tree]:
    return list(parse_statements(Source("text", text).span(), vocabulary(), "latex").statements)


def lists(text: str) -> list[list[Fraction | None]]:
    """The values of the lists that braces became; the notes are as many."""
    found, notes = with_lists(statements(text))
    bodies = [each.sides[1] for each in found if isinstance(each, Relation)]
    listed = [[number(item) for item in body.items] for body in bodies if isinstance(body, Bracket) and body.kind == "("]
    assert [each.code for each in notes] == ["braces-are-list"] * len(listed)
    return listed


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (r"P = \{0.6, 0.4\}", [["3/5", "2/5"]]),
        (r"P=\left\{\frac{6}{10},\frac{3}{10},\frac{1}{10}\right\}", [["3/5", "3/10", "1/10"]]),
        (r"w = \{\frac12, \frac12\}", [["1/2", "1/2"]]),
        (r"q = \{0.6, 0.3\}", [["3/5", "3/10"]]),  # the letter says it; the sum is said to be wrong where it is used
        (r"q = \{1, 0\}", [["1", "0"]]),
        (r"\pi = \{a, 1 - a\}", [[None, None]]),
    ],
)
def test_numbers_in_braces_are_probabilities(text: str, values: list[list[str | None]]) -> None:
    assert lists(text) == [[None if value is None else Fraction(value) for value in row] for row in values]


@pytest.mark.parametrize(
    "text",
    [
        r"S = \{0, 1\}",
        r"S = \{1, 2, 3\}",
        r"Q = \{q_0, q_1\}",
        r"P = \{A: 0.5, B: 0.5\}",
        r"P = \{1, \ldots, 6\}",
        r"P = \{0.5, 0.5\}, x \in P",
        r"S = \{0.25, 0.75\}, n = |S|",
    ],
)
def test_sets_stay_sets(text: str) -> None:
    assert lists(text) == []


def test_a_divergence_of_two_lists_in_braces() -> None:
    text = r"$P=\left\{\frac{5}{8},\frac{2}{8},\frac{1}{8}\right\}$, $Q=\{0.5, 0.25, 0.25\}$. Compute $D_{KL}(P \| Q)$ in bits."
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    wanted = 5 / 8 * log2(5 / 4) - 1 / 8
    assert [answer.value for answer in problem.answers] == [pytest.approx(wanted, rel=1e-12)]


@pytest.mark.parametrize("text", [r"P = (0,3, 0,7)", r"P = [0,25, 0,5, 0,25]", r"P = \{a: 0,3, b: 0,7\}"])
def test_a_decimal_comma_is_an_error_at_the_numbers(text: str) -> None:
    found, (error,) = without_decimal_commas(statements(text))
    assert (found, error.severity, error.code) == ([], "error", "ambiguous-list")
    assert (error.span and error.span.start) == 4
    assert (error.hint or "").startswith("write a decimal point, 0.")


@pytest.mark.parametrize("text", [r"x = (0, 1)", r"P = (0,1)", r"P = (0.3, 0.7)", r"P = (1,0,5)"])
def test_commas_of_lists_stay(text: str) -> None:
    assert without_decimal_commas(statements(text)) == (statements(text), [])


def test_probabilities_one_by_one_are_said_to_be_wrong_where_they_stand() -> None:
    text = "Let $P(red) = 0.4$, $P(green) = 0.4$ and $P(blue) = 0.3$.\n\na) Compute $H(P)$ in bits.\n"
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    (error,) = [each for each in problem.diagnostics if each.severity == "error"]
    assert (error.code, error.span and error.span.line) == ("not-normalised", 1)
    assert "1.1" in error.message
