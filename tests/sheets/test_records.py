"""Tables with a record in every row: what is counted, and questions that name the columns in words; values by hand."""

from math import log2

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source

VISITS = """
| Visit | Weather | Guests | Open |
|---|---|---|---|
| 1 | dry | many | yes |
| 2 | dry | few | yes |
| 3 | wet | few | no |
| 4 | wet | many | yes |
| 5 | dry | many | yes |
| 6 | wet | few | no |
| 7 | snow | few | no |
| 8 | snow | few | yes |
"""


def entropy(*counts: int) -> float:
    return -sum(n / sum(counts) * log2(n / sum(counts)) for n in counts if n)


OPEN = entropy(5, 3)
GIVEN_WEATHER = 3 / 8 * entropy(3) + 3 / 8 * entropy(1, 2) + 2 / 8 * entropy(1, 1)
GIVEN_GUESTS = 3 / 8 * entropy(3) + 5 / 8 * entropy(2, 3)


def solved(text: str) -> tuple[list[float], list[str], list[str]]:
    """The values, the codes of the errors, and those of the notes."""
    (problem,) = solve_sheet(Source("sheet.md", f"# Problem 1\n{text}\n")).problems
    values = [float(each.value) for each in problem.answers if isinstance(each.value, float)]
    codes = {severity: [d.code for d in problem.diagnostics if d.severity == severity] for severity in ("error", "note")}
    return values, codes["error"], codes["note"]


@pytest.mark.parametrize(
    ("asks", "expected"),
    [
        ("Compute the entropy of Open in bits.", OPEN),
        ("Compute the entropy of the attribute Weather in bits.", entropy(3, 3, 2)),
        ("What is the conditional entropy of Open given Weather in bits?", GIVEN_WEATHER),
        ("Compute the mutual information between Guests and Open in bits.", OPEN - GIVEN_GUESTS),
        (r"Compute $I(\text{Open}; \text{Weather})$ in bits.", OPEN - GIVEN_WEATHER),
        ('Compute the information gain of "Guests" about "Open" in bits.', OPEN - GIVEN_GUESTS),
    ],
)
def test_questions_on_columns(asks: str, expected: float) -> None:
    values, errors, notes = solved(f"A cafe noted eight days.\n{VISITS}\n{asks}")
    assert errors == []
    assert values == pytest.approx([expected], rel=1e-12)
    assert "records-counted" in notes
    assert "last-column" not in notes


def test_the_gain_of_one_column_is_about_the_last_one_which_is_said() -> None:
    values, errors, notes = solved(f"A cafe noted eight days.\n{VISITS}\nWhat is the information gain of Weather in bits?")
    assert errors == []
    assert values == pytest.approx([OPEN - GIVEN_WEATHER], rel=1e-12)
    assert "last-column" in notes


def test_columns_with_letters() -> None:
    table = VISITS.replace("Visit | Weather | Guests | Open", "# | W | G | Y")
    values, errors, _ = solved(f"{table}\nCompute $H(Y)$ in bits and $H(Y \\mid W)$ in bits.")
    assert errors == []
    assert values == pytest.approx([OPEN, GIVEN_WEATHER], rel=1e-12)


def test_a_table_of_numbers_alone_is_none_of_records() -> None:
    table = "| a | b | y |\n|---|---|---|\n| 0 | 0 | 0 |\n| 0 | 1 | 1 |\n| 1 | 0 | 1 |\n| 1 | 1 | 0 |\n"
    _, _, notes = solved(f"The table:\n\n{table}\n\nCompute $H(P)$ in bits for $P = (0.5, 0.5)$.")
    assert "records-counted" not in notes
