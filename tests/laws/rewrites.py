"""Other ways to write what a recipe says: terms and factors in another order, transposes put around or written out."""

from collections.abc import Callable
from random import Random

from tests.laws.recipes import Recipe


def shuffled(recipe: Recipe, random: Random) -> Recipe:
    """The same mathematics with its terms and factors in another order, and transposes written out or put around."""
    parts = tuple(shuffled(part, random) for part in recipe.parts)
    if recipe.op not in REWRITES or random.random() < 0.3:
        return Recipe(recipe.op, recipe.shape, parts, recipe.said)
    return random.choice(REWRITES[recipe.op])(Recipe(recipe.op, recipe.shape, parts, recipe.said))


def turned(recipe: Recipe) -> Recipe:
    """The transpose; of a vector, which is neither row nor column, itself."""
    if len(recipe.shape) < 2:
        return recipe
    return recipe.parts[0] if recipe.op == "transpose" else Recipe("transpose", recipe.shape[::-1], (recipe,))


def _swapped(recipe: Recipe) -> Recipe:
    return Recipe(recipe.op, recipe.shape, recipe.parts[::-1])


def _turned_product(recipe: Recipe) -> Recipe:
    """A B = (B^T A^T)^T."""
    left, right = recipe.parts
    if len(recipe.shape) < 2:
        return recipe
    return turned(Recipe("times", recipe.shape[::-1], (turned(right), turned(left))))


def _around(recipe: Recipe) -> Recipe:
    """(A B) C = A (B C)."""
    left, right = recipe.parts
    if left.op != "times":
        return _turned_product(recipe)
    first, second = left.parts
    return Recipe("times", recipe.shape, (first, Recipe("times", (second.shape[0], *right.shape[1:]), (second, right))))


def _turned_form(recipe: Recipe) -> Recipe:
    left, matrix, right = recipe.parts
    return Recipe("form", (), (right, turned(matrix), left))


def _inner_form(recipe: Recipe) -> Recipe:
    left, matrix, right = recipe.parts
    return Recipe("inner", (), (Recipe("times", left.shape, (matrix, right)), left))


def _turned_parts(recipe: Recipe) -> Recipe:
    return Recipe(recipe.op, recipe.shape, tuple(turned(part) for part in recipe.parts))


def _turned_entrywise(recipe: Recipe) -> Recipe:
    return turned(Recipe(recipe.op, recipe.shape[::-1], tuple(turned(part) for part in recipe.parts)))


def _trace(recipe: Recipe) -> Recipe:
    """tr(A^T B) = sum(A .* B)."""
    left, right = recipe.parts
    return Recipe("sum", (), (Recipe("hadamard", left.shape, (right, left)),))


REWRITES: dict[str, list[Callable[[Recipe], Recipe]]] = {
    "add": [_swapped],
    "hadamard": [_swapped, _turned_entrywise],
    "inner": [_swapped],
    "frobenius": [_swapped, _trace, _turned_parts],
    "times": [_turned_product, _around],
    "form": [_turned_form, _inner_form],
    "trace": [_turned_parts],
    "sum": [_turned_parts],
    "squares": [_turned_parts],
    **{key: [_turned_entrywise] for key in ["exp", "sin", "tanh", "sigmoid", "relu", "square", "negative"]},
}
"""Other ways to write an operation's result."""
