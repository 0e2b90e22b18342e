r"""`y = (y_1, y_2)` beside a formula of y or of `y_i` says how long y is, and no more. By hand."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"$x = (2, 1)$ and $y = (y_1, y_2)$ with $y_i = x_i^2$. $L = y_1 y_2$. Compute $\nabla_x L$.", [4.0, 8.0]),
        (r"$h = (h_1, h_2)$ with $h_j = w_j x$; $w = (1, 3)$, $x = 2$. $L = h_1 + 2 h_2$. Compute $L$.", 14.0),
        (r"$h = (h_1, h_2)^T$, $h = 2 x$, $x = (1, 3)^T$. Compute $h$.", [2.0, 6.0]),
        (r"$y = (y_1, y_2)$ with $y_1 = 3$, $y_2 = 4$. $L = y_1 y_2$. Compute $L$.", 12.0),
        (r"$y = (y_2, y_1)$ with $y_1 = 3$, $y_2 = 4$. $L = y_1 y_2$. Compute $L$.", 12.0),
    ],
)
def test_the_formula_wins(text: str, value: object) -> None:
    (answer,) = solve_sheet(Source("sheet.md", f"Let {text}")).problems[0].answers
    assert answer.value == value


def test_another_length_is_a_clash() -> None:
    text = "Let $x = (2, 1, 3)$ and $y = (y_1, y_2)$ with $y_i = x_i^2$. Compute $y$."
    assert "shape-clash" in {each.code for each in solve_sheet(Source("sheet.md", text)).problems[0].diagnostics}
