"""Expressions drawn at random come back no longer than they were written, and alike however they were written."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.algebra.matrix_form import matrix_form
from chainrule.algebra.measure import Measure
from chainrule.algebra.normal_form import normal_form
from chainrule.typesetting import plain
from tests.algebra.expressions import Expressions, Shape, shuffled

SHAPES: list[Shape] = [(), ("n",), ("n", "m"), ("n", "n")]
RANDOM = st.randoms(use_true_random=False)


@settings(max_examples=120)
@given(st.sampled_from(SHAPES), RANDOM)
def test_the_text_does_not_depend_on_the_order_of_writing(shape: Shape, random: Random) -> None:
    _, node = Expressions(random).draw(shape, 3)
    first, second = (matrix_form(normal_form(shuffled(node, random))) for _ in range(2))
    assert plain(first) == plain(second)


@settings(max_examples=120)
@given(st.sampled_from(SHAPES), RANDOM)
def test_no_text_is_longer_than_what_was_written(shape: Shape, random: Random) -> None:
    """As a matrix form of the graph as it is; parentheses that were not written may be put in for the reader."""
    tree, node = Expressions(random).draw(shape, 3)
    measure = Measure()
    found, written = measure.cost(matrix_form(shuffled(node, random))), measure.cost(tree)
    bare = found.tokens - 2 * found.parentheses <= written.tokens - 2 * written.parentheses
    assert bare or found.tokens <= written.tokens, f"{plain(matrix_form(node))} was written {plain(tree)}"
