"""Random expressions of linear algebra: values, first and second derivatives, of parts and along directions, by JAX."""

from random import Random

import jax
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.laws import Case, cases, close, is_tame
from tests.laws.recipes import SHAPES, SIZES, text

randoms = st.randoms(use_true_random=False)


@settings(max_examples=16)
@given(cases(), randoms)
def test_jacobians_are_those_of_jax(case: Case, random: Random) -> None:
    """By every variable; by an entry or a column of it; along a direction."""
    value, jacobians = case.by_jax()
    close(case.net.at(case.values)["F"], value, text(case.recipe))
    for name, expected in jacobians.items():
        said = f"{text(case.recipe)} by {name}"
        close(case.net.derivative("F", name).at(case.values), expected, said)
        if SHAPES[name]:
            place = tuple(random.randrange(SIZES[d]) for d in SHAPES[name])
            part = f"{name}_{{{','.join(str(k + 1) for k in place)}}}"
            close(case.net.derivative("F", part).at(case.values), expected[(..., *place)], said)
        if len(SHAPES[name]) == 2:
            column = random.randrange(SIZES[SHAPES[name][1]])
            found = case.net.derivative("F", f"{name}_{{*,{column + 1}}}").at(case.values)
            close(found, expected[..., column], said)


@settings(max_examples=8)
@given(cases(), st.integers(0, 2**32 - 1))
def test_directional_derivatives_are_those_of_jax(case: Case, seed: int) -> None:
    case.by_jax((0,))
    name = case.recipe.names[0]
    along = np.random.default_rng(seed).normal(size=[SIZES[d] for d in SHAPES[name]])

    def moved(array: np.ndarray) -> jax.Array:
        return case.jax({**case.values, name: array})

    _, expected = jax.jit(lambda array, tangent: jax.jvp(moved, (array,), (tangent,)))(case.values[name], along)
    if is_tame([expected]):
        close(case.net.directional("F", name, "V").at({**case.values, "V": along}), expected, text(case.recipe))


@settings(max_examples=8)
@given(cases(shapes=[()]))
def test_hessians_are_those_of_jax(case: Case) -> None:
    [hessians] = case.by_jax((2,))
    for one, row in hessians.items():
        for other, expected in row.items():
            close(case.net.derivative("F", (one, other)).at(case.values), expected, f"{text(case.recipe)} by {one}, {other}")
