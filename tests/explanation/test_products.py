"""Every chain that `name_of_product` reads off is the gradient, and products have the names that textbooks give them."""

from itertools import product as every

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.evaluation.run import evaluate
from chainrule.explanation.products import Kind, name_of_product
from chainrule.graph import build
from chainrule.graph.node import Contract, Node

EXTENTS = (2, 3, 4, 5)


def contraction(lists: list[tuple[int, ...]], output: tuple[int, ...]) -> Node:
    factors = [build.variable(f"a_{k}", [EXTENTS[i] for i in own]) for k, own in enumerate(lists)]
    return build.contract(factors, lists, output)


@pytest.mark.parametrize(
    ("lists", "output", "k", "kind"),
    [
        ([(0, 1), (1, 2)], (0, 2), 0, "matrix product"),
        ([(0, 1), (1, 2)], (0, 2), 1, "matrix product"),
        ([(0, 1), (1,)], (0,), 0, "matrix-vector product"),
        ([(0, 1), (1,)], (0,), 1, "matrix-vector product"),
        ([(0,), (0,)], (), 0, "inner product"),
        ([(0, 1), (0, 1)], (), 0, "inner product"),
        ([(0, 1), (1, 0)], (), 0, "trace"),
        ([(0,), (0, 1), (1,)], (), 1, "bilinear form"),
        ([(0,), (0, 1), (1,)], (), 0, "inner product"),
        ([(0,), (1,)], (0, 1), 1, "outer product"),
        ([(0,), (0,)], (0,), 0, "Hadamard product"),
        ([(0, 1), (0, 1)], (0, 1), 1, "Hadamard product"),
        ([(0, 1), (0,)], (0, 1), 0, "scaled rows"),
        ([(0, 1), (1,)], (0, 1), 1, "scaled columns"),
        ([(0, 1), (0, 1)], (0,), 0, "inner products of rows"),
        ([(0, 1), (0, 1)], (1,), 0, "inner products of columns"),
        ([(0, 1)], (1, 0), 0, "transpose"),
        ([(0, 0)], (), 0, "trace"),
        ([(0, 0)], (0,), 0, "diagonal"),
        ([(0,)], (0, 0), 0, "diagonal matrix"),
        ([(0, 1)], (), 0, "sum"),
        ([(0, 1)], (1,), 0, "sum of the rows"),
        ([(0, 1)], (0,), 0, "sum of the columns"),
        ([(), (0, 1)], (0, 1), 0, "number times an array"),
        ([(), (0, 1)], (0, 1), 1, "number times an array"),
        ([(), ()], (), 0, "product of numbers"),
        ([(0, 1, 2), (2,)], (0, 1), 0, "product"),
    ],
)
def test_the_names_of_products(lists: list[tuple[int, ...]], output: tuple[int, ...], k: int, kind: Kind) -> None:
    node = contraction(lists, output)
    assert isinstance(node, Contract)
    assert name_of_product(node, k).kind == kind


@pytest.mark.parametrize(("axis", "kind"), [(0, "repeated column"), (1, "repeated row")])
def test_what_is_repeated(axis: int, kind: Kind) -> None:
    """A vector (3) along axis 0 of (3, 2) is every column, along axis 1 of (2, 3) every row."""
    shape = [build.variable("s", s).shape for s in ((3, 2), (2, 3))][axis]
    node = build.broadcast(build.variable("b", (3,)), shape, [axis])
    assert isinstance(node, Contract)
    assert name_of_product(node, 0).kind == kind


def test_parts() -> None:
    row = build.entry(build.variable("A", (3, 2)), 1)
    block = build.part(build.variable("x", (5,)), 1, 3)
    back = build.placed(build.variable("x", (3,)), 1, 5)
    for node, kind in ((row, "part"), (block, "part"), (back, "product")):
        assert isinstance(node, Contract)
        assert name_of_product(node, 0).kind == kind


INDEX_LISTS = st.lists(st.sampled_from([own for n in (1, 2) for own in every(range(4), repeat=n)]), min_size=2, max_size=4)


@settings(max_examples=300, deadline=None)
@given(lists=INDEX_LISTS, data=st.data())
def test_every_chain_is_the_gradient(lists: list[tuple[int, ...]], data: st.DataObject) -> None:
    """Multiplied out with NumPy, the chain is d <G, product> / d factor, which einsum gives."""
    used = sorted({i for own in lists for i in own})
    output = tuple(data.draw(st.lists(st.sampled_from(used), max_size=2, unique=True)))
    k = data.draw(st.integers(0, len(lists) - 1))
    node = contraction(lists, output)
    if not isinstance(node, Contract) or len(node.factors) < len(lists):
        return
    name = name_of_product(node, k)
    if not name.chain:
        return
    random = np.random.default_rng(len(lists))
    values = {factor: random.normal(size=[d.number or 0 for d in factor.shape]) for factor in node.factors}
    upstream = random.normal(size=[EXTENTS[i] for i in output])
    own = lists[k]
    others = [(values[node.factors[i]], indices) for i, indices in enumerate(lists) if i != k]
    arguments = [part for value, indices in (*others, (upstream, output)) for part in (value, list(indices))]
    expected = np.einsum(*arguments, list(own))
    pieces = [upstream if piece.node is None else evaluate([piece.node], values)[0] for piece in name.chain]
    arrays = [as_matrix(piece, part.turned) for piece, part in zip(pieces, name.chain, strict=True)]
    found = arrays[0]
    for array in arrays[1:]:
        found = found @ array
    scale = upstream if not output else 1.0
    np.testing.assert_allclose(found.reshape(expected.shape) * scale, expected, rtol=1e-10, atol=1e-10)


def as_matrix(value: np.ndarray, turned: bool) -> np.ndarray:
    """A vector as a column; turned: the transpose."""
    matrix = value.reshape(-1, 1) if value.ndim == 1 else value
    return matrix.T if turned else matrix
