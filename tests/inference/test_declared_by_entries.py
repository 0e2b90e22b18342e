r"""`y = (y_1, y_2)` beside a formula of y or of `y_i` says how long y is, and no more. By hand."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"$h = (h_1, h_2)$ with $h_j = w_j x$; $w = (1, 3)$, $x = 2$. $L = h_1 + 2 h_2$. Compute $L$.", 14.0),
        (r"$h = (h_1, h_2)^T$, $h = 2 x$, $x = (1, 3)^T$. Compute $h$.", [2.0, 6.0]),
        (r"$y = (y_1, y_2)$ with $y_1 = 3$, $y_2 = 4$. $L = y_1 y_2$. Compute $L$.", 12.0),
        (r"$y = (y_2, y_1)$ with $y_1 = 3$, $y_2 = 4$. $L = y_1 y_2$. Compute $L$.", 12.0),
    ],
)
def test_the_formula_wins(text: str, value: object) -> None:
    (answer,) = solve_sheet(Source("sheet.md", f"Let {text}")).problems[0].answers
    assert answer.value == value


@pytest.mark.parametrize("known", ["$z_1 = 3$ and $z_2 = 4$", "$z_1 = x_1^2$"])
def test_entries_that_are_known_otherwise_are_a_second_definition(known: str) -> None:
    """With W x beside it, z_1 would be both: nothing is 0 because a number takes the place of the formula."""
    text = rf"Let $z = (z_1, z_2)$ with {known}, $z = W x$ and $L = z_1^2$. Compute $\nabla_x L$."
    problem = solve_sheet(Source("sheet.md", text)).problems[0]
    assert "defined-twice" in {each.code for each in problem.diagnostics}
    assert not problem.answers
