r"""`H_\alpha(p)` with a given \alpha is an entropy of that order, and no Hessian: the order is no function of p."""

import pytest

from tests.solving.sheets import derivative


@pytest.mark.parametrize("order", [r"\alpha", "a"])
def test_the_order_of_an_entropy_that_is_given_as_a_number(order: str) -> None:
    """H_2(p) = -log sum p^2, with the slope -2 p / sum p^2, and sum p^2 = 0.54."""
    found = derivative(f"p = [0.7, 0.2, 0.1]; {order} = 2; L = H_{order}(p)", "p")
    assert found.value == pytest.approx([-1.4 / 0.54, -0.4 / 0.54, -0.2 / 0.54], rel=1e-12)
