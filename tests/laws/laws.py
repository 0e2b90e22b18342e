"""A recipe at a point, read by chainrule as text and by JAX as a function."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import jax
import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from numpy.typing import ArrayLike

import chainrule as cr
from tests.laws.recipes import SHAPES, Recipe, Recipes, Shape, function, point, text

LARGEST = 1e3
TOLERANCE = 1e-9
KINDS: list[Shape] = [(), (), ("n",), ("m",), ("m", "n"), ("n", "n")]


@dataclass(frozen=True)
class Case:
    recipe: Recipe
    seed: int

    @cached_property
    def values(self) -> dict[str, np.ndarray]:
        known = point(self.seed)
        return {name: known[name] for name in self.recipe.names}

    @cached_property
    def net(self) -> cr.Net:
        """The network whose quantity F is the recipe."""
        return cr.parse(f"F = {text(self.recipe)}", shapes=self.shapes)

    @property
    def shapes(self) -> dict[str, Shape]:
        return {name: SHAPES[name] for name in self.values}

    def jax(self, values: Mapping[str, Any]) -> Any:
        return function(self.recipe, values)

    def by_jax(self, orders: Sequence[int] = (0, 1)) -> list[Any]:
        """The value, the Jacobians by name, the second derivatives by name and name; only where no number runs away."""

        def all_of_it(values: Mapping[str, Any]) -> tuple[Any, list[Any]]:
            met: list[Any] = []
            function(self.recipe, values, met)
            made = [self.jax, jax.jacrev(self.jax), jax.jacfwd(jax.jacrev(self.jax))]
            return [made[order](values) for order in orders], met

        found = jax.jit(all_of_it)(self.values)
        assume(is_tame(jax.tree_util.tree_leaves(found)))
        return found[0]


def is_tame(arrays: Sequence[Any]) -> bool:
    """Whether no number runs away: there rounding says nothing."""
    return all(bool(np.all(np.isfinite(a)) and np.max(np.abs(a), initial=0.0) < LARGEST) for a in map(np.asarray, arrays))


def close(found: ArrayLike, expected: ArrayLike, said: str = "") -> None:
    """The same shape, and 1e-9 of the largest entry; nothing is broadcast."""
    found, expected = np.asarray(found), np.asarray(expected)
    assert found.shape == expected.shape, said
    scale = max(1.0, float(np.max(np.abs(expected), initial=0.0)))
    np.testing.assert_allclose(found, expected, rtol=TOLERANCE, atol=TOLERANCE * scale, err_msg=said)


@st.composite
def cases(draw: st.DrawFn, depth: int = 2, shapes: Sequence[Shape] = tuple(KINDS)) -> Case:
    """A recipe that shows a variable, and a point."""
    random: Random = draw(st.randoms(use_true_random=False))
    recipe = Recipes(random).draw(random.choice(shapes), depth)
    assume(recipe.names)
    return Case(recipe, draw(st.integers(0, 2**32 - 1)))
