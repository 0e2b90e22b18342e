"""The reader that the answers are checked with, on formulas with values by hand; and it must be able to refuse."""

import numpy as np
import pytest

from tests.latex_value import latex_value

NAMES = {"x": 3.0, "y": -2.0, "v": [1.0, 2.0, 5.0], "u": [1.0, 0.0, -1.0], "A": [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 x y - x", -15),
        ("x \\cdot (y + 1)", -3),
        ("-x^2 + \\frac{x}{y}", -10.5),
        ("u^\\top v x", -12),
        ("v \\odot u", [1, 0, -5]),
        ("A v", [20, 44]),
        ("{A}^\\top A u", [-10, -14, -18]),
        ("A v u^\\top", [[20, 0, -20], [44, 0, -44]]),
        ("\\mathbb{1}[x > 0] x", 3),
        ("\\mathbb{1}[y > 0] x", 0),
        ("\\max(0, y) + \\max(0, x)", 3),
        ("\\sigma'(x - 3)", 0.25),
        ("\\sigma(0) + \\sqrt{x + 1}", 2.5),
    ],
)
def test_by_hand(text: str, value: object) -> None:
    np.testing.assert_allclose(latex_value(text, NAMES), value, rtol=1e-15)


@pytest.mark.parametrize("text", ["w", "x +", "x y)", "v \\odot A", "v + x", "v^2", "\\frac{\\partial x}{\\partial y}"])
def test_refused(text: str) -> None:
    with pytest.raises(SyntaxError):
        latex_value(text, NAMES)


def test_orientation_counts() -> None:
    with pytest.raises(ValueError, match="matmul"):
        latex_value("v A", NAMES)
    assert np.shape(latex_value("v^\\top A^\\top", NAMES)) == (1, 2)
