"""The comparison of arrays, on numbers whose distance is plain."""

import math

import numpy as np
import pytest

from chainrule.errors import ShapeError
from chainrule.evaluation.compare import compare


@pytest.mark.parametrize(
    ("found", "expected", "error"),
    [
        (2.0, 2.0, 0.0),
        (2.0, 1.0, 0.5),
        (1.0, -1.0, 2.0),
        (1e10, 2e10, 0.5),
        ([1.0, 1e-9], [1.0, 0.0], 1e-6),  # measured against a thousandth of the largest
        ([1e6, 1e-3], [1e6, 0.0], 1e-6),
        (1e-17, 0.0, 1e-11),  # measured against 1e-6
        (math.inf, math.inf, 0.0),
        (math.inf, -math.inf, math.inf),
        (math.inf, 1.0, math.inf),
        (math.nan, math.nan, math.inf),
        ([], [], 0.0),
        (1.0 + 1e-8j, 1.0, 1e-8),
    ],
)
def test_distances(found: object, expected: object, error: float) -> None:
    assert compare(found, expected) == pytest.approx(error, rel=1e-9)


def test_nothing_is_broadcast() -> None:
    with pytest.raises(ShapeError) as caught:
        compare(np.ones(3), 1.0)
    assert caught.value.code == "compared-shapes"
