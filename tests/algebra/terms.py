"""Random terms over a few variables, each as a recipe that can be followed in any order of terms, factors and indices."""

from fractions import Fraction
from random import Random

import numpy as np
from hypothesis import strategies as st

from chainrule.evaluation.array import Array, Scalar
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.activation import SIGMOID
from chainrule.ops.arithmetic import power

SIZES = {"n": 2, "m": 3}
SHAPES = {
    **dict.fromkeys("abc", ()),
    **dict.fromkeys("vw", ("n",)),
    "u": ("m",),
    "A": ("m", "n"),
    "B": ("m", "n"),
    "W": ("n", "n"),
}
VARIABLES = {name: build.variable(name, shape) for name, shape in SHAPES.items()}

Recipe = tuple[object, ...]


def inputs(seed: int) -> dict[Node, Array | Scalar]:
    """Positive values, so that powers and logarithms exist."""
    random = np.random.default_rng(seed)
    return {v: random.uniform(0.5, 2.0, [SIZES[s] for s in SHAPES[name]]) for name, v in VARIABLES.items()}


def follow(recipe: Recipe, random: Random | None = None) -> Node:
    """The node of a recipe; with `random`, everything that has no order is written in another one."""
    kind, *rest = recipe
    match kind, rest:
        case "variable", [str(name)]:
            return VARIABLES[name]
        case "number", [value]:
            return build.constant(value)
        case "sum", [list(parts), shape]:
            terms = [(c, follow(part, random)) for c, part in parts]
            return build.linear(_shuffled(terms, random), tuple(map(build.dimension, shape)))
        case "sigmoid", [part]:
            return build.apply(SIGMOID, follow(part, random))
        case "power", [part, exponent]:
            return power(follow(part, random), exponent)
        case "product", [list(parts), list(output)]:
            factors = _shuffled([(follow(part, random), own) for part, own in parts], random)
            extents = {i: build.dimension("nm"[i % 2]) for i in output}
            names = list(range(8))
            if random:
                random.shuffle(names)
            renamed = [[names[i] for i in own] for _, own in factors]
            return build.contract(
                [f for f, _ in factors], renamed, [names[i] for i in output], {names[i]: d for i, d in extents.items()}
            )
        case _:
            raise ValueError(kind)


def _shuffled(items: list, random: Random | None) -> list:
    return random.sample(items, len(items)) if random else items


def recipes(depth: int = 3, shape: tuple[str, ...] | None = None) -> st.SearchStrategy[Recipe]:
    """Recipes of terms of a shape."""
    if shape is None:
        return st.sampled_from([(), ("n",), ("n", "m")]).flatmap(lambda s: recipes(depth, s))
    leaves: list[st.SearchStrategy[Recipe]] = [st.just(("variable", name)) for name, s in SHAPES.items() if s == shape]
    if shape == ():
        leaves.append(st.integers(1, 3).map(lambda i: ("number", i)))
    if not depth:
        return st.one_of(leaves) if leaves else products(0, shape)
    smaller = recipes(depth - 1, shape)
    return st.one_of(*leaves, sums(smaller, shape), products(depth, shape), functions(smaller))


def sums(smaller: st.SearchStrategy[Recipe], shape: tuple[str, ...]) -> st.SearchStrategy[Recipe]:
    coefficients = st.sampled_from([Fraction(1), Fraction(-1), Fraction(2), Fraction(-2), Fraction(1, 2)])
    parts = st.lists(st.tuples(coefficients, smaller), min_size=1, max_size=3)
    return parts.map(lambda p: ("sum", p, shape))


def functions(smaller: st.SearchStrategy[Recipe]) -> st.SearchStrategy[Recipe]:
    exponents = st.sampled_from([Fraction(1), Fraction(2), Fraction(3)])
    return st.one_of(
        st.tuples(st.just("power"), smaller, exponents),
        st.tuples(st.just("sigmoid"), smaller),
    )


def recipe_shape(recipe: Recipe) -> tuple[str, ...]:
    return tuple(str(d) for d in follow(recipe).shape)


def products(depth: int, shape: tuple[str, ...]) -> st.SearchStrategy[Recipe]:
    """Factors of any shape on indices drawn from a few; even indices run over n, odd ones over m."""
    output = [{"n": 0, "m": 1}[s] for s in shape]
    index = {"n": st.sampled_from([0, 2]), "m": st.sampled_from([1, 3])}

    def placed(part: Recipe) -> st.SearchStrategy[tuple[Recipe, list[int]]]:
        return st.tuples(st.just(part), st.tuples(*(index[s] for s in recipe_shape(part))).map(list))

    below = max(depth - 1, 0)
    factor = st.one_of(
        st.sampled_from(sorted(SHAPES)).map(lambda name: ("variable", name)),
        st.sampled_from("abc").map(lambda name: ("power", ("variable", name), Fraction(-1))),
        *([recipes(below, ()), recipes(below, ("n",))] if depth else []),
    )
    parts = st.lists(factor.flatmap(placed), min_size=1, max_size=4)
    return parts.map(lambda p: ("product", p, output))
