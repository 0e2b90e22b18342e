"""Layouts, after the tables of both conventions: text alone depends on them. Symmetric variables: three gradients by hand."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import chainrule as cr
from chainrule.errors import ChainruleError
from tests.solving.sheets import differentiate

jax.config.update("jax_enable_x64", True)  # pyright: ignore[reportUnknownMemberType]

NET = cr.parse(
    "h = A x; y = a^T h; g = log(det(X)); q = s c; M = s A; f = x^T B x; k = a^T A x",
    shapes={"A": ("m", "n"), "x": ("n",), "a": ("m",), "X": ("r", "r"), "s": (), "c": ("n",), "B": ("n", "n")},
)
TABLE = [
    # of, by, gradient, numerator, denominator
    ("y", "x", r"A^\top a", r"a^\top A", r"A^\top a"),
    ("f", "x", r"(B + B^\top) x", r"x^\top (B + B^\top)", r"(B + B^\top) x"),
    ("y", "h", "a", r"a^\top", "a"),
    ("k", "A", r"a x^\top", r"x a^\top", r"a x^\top"),
    ("k", "A_{*,1}", r"x_1 a", r"x_1 a^\top", r"x_1 a"),
    ("g", "X", r"X^{-\top}", "X^{-1}", r"X^{-\top}"),
    ("h", "x", "A", "A", r"A^\top"),
    ("q", "s", "c", "c", r"c^\top"),
    ("M", "s", "A", "A", r"A^\top"),
    ("f", "B_{1,2}", "x_1 x_2", "x_1 x_2", "x_1 x_2"),
]


@pytest.mark.parametrize(("of", "by", "gradient", "numerator", "denominator"), TABLE)
def test_the_tables_of_the_layouts(of: str, by: str, gradient: str, numerator: str, denominator: str) -> None:
    plain = NET.derivative(of, by)
    for layout, latex in (("gradient", gradient), ("numerator", numerator), ("denominator", denominator)):
        found = NET.derivative(of, by, layout=layout)  # pyright: ignore[reportArgumentType]
        assert found.latex == latex
        assert found.layout == layout
        assert found.node is plain.node
        assert found.code() == plain.code()
        assert found.shape == plain.shape
        turned = latex != gradient
        assert (found.steps[-1].rule == "layout") == turned
        assert any(said.startswith(f"{layout} layout") for said in found.conventions) == turned


def test_upstream_derivatives_are_rows_in_numerator_layout() -> None:
    """By backpropagation the rows are multiplied from the left, as the chain rule is written there."""
    net = cr.parse("h = A x; g = B h; y = g^T g", shapes={"A": ("m", "n"), "x": ("n",), "B": ("k", "m")})
    forms = net.derivative("y", "x", layout="numerator").forms
    assert forms is not None
    assert forms.backprop.latex == r"\frac{\partial y}{\partial h} A"
    assert forms.closed.latex == r"2 x^\top A^\top B^\top B A"
    forms = net.derivative("y", "A", layout="numerator").forms
    assert forms is not None
    assert forms.backprop.latex == r"x \frac{\partial y}{\partial h}"


def test_what_has_no_layout_prints_as_it_is() -> None:
    for layout in ("numerator", "denominator"):
        assert NET.derivative("h", "A", layout=layout).latex == NET.derivative("h", "A").latex  # pyright: ignore[reportArgumentType]
        assert NET.derivative("f", ("x", "x"), layout=layout).latex == r"B + B^\top"  # pyright: ignore[reportArgumentType]


def test_the_text_in_a_layout_is_that_of_a_matrix_of_one_row() -> None:
    """Read again beside a column it is their inner product, so it is a row."""
    text = NET.derivative("f", "x", layout="numerator").text
    again = cr.parse(f"d = ({text}) v", shapes={"x": (2,), "B": (2, 2), "v": (2,)})
    assert float(again.at({"x": [1, 2], "B": [[1, 2], [3, 4]], "v": [5, 7]})["d"]) == (2 + 10) * 5 + (5 + 16) * 7


RANDOM = np.random.default_rng(3)
HALF = RANDOM.normal(size=(3, 3))
S, B, x = HALF + HALF.T, RANDOM.normal(size=(3, 3)), RANDOM.normal(size=3)
SYMMETRIC = cr.parse("f = tr(B S S) + x^T S x", shapes={"S": ("n", "n"), "B": ("n", "n"), "x": ("n",)})


def of_free_entries(lower: np.ndarray) -> jax.Array:
    """The same function of the six entries on and below the diagonal."""
    whole = jnp.zeros((3, 3)).at[np.tril_indices(3)].set(lower)
    matrix = whole + whole.T - jnp.diag(jnp.diag(whole))
    return jnp.trace(B @ matrix @ matrix) + x @ matrix @ x


def test_by_the_free_entries_of_a_symmetric_matrix() -> None:
    found = SYMMETRIC.derivative("f", "S", symmetric="free entries").at({"S": S, "B": B, "x": x})
    expected = np.asarray(jax.grad(of_free_entries)(jnp.asarray(S[np.tril_indices(3)])))
    np.testing.assert_allclose(found[np.tril_indices(3)], expected, rtol=1e-9)
    np.testing.assert_allclose(found, found.T, rtol=1e-12)


def test_projected_to_the_symmetric_matrices() -> None:
    """<projected, D> is the derivative along every symmetric D, and the projected gradient is symmetric."""
    found = SYMMETRIC.derivative("f", "S", symmetric="project").at({"S": S, "B": B, "x": x})
    free = np.asarray(jax.grad(lambda s: jnp.trace(B @ s @ s) + x @ s @ x)(S))
    np.testing.assert_allclose(found, (free + free.T) / 2, rtol=1e-9)


def test_what_is_said_of_a_symmetric_variable() -> None:
    net = cr.parse("f = x^T S x", shapes={"S": ("n", "n"), "x": ("n",)})
    free = net.derivative("f", "S", symmetric="free entries")
    assert free.latex == r"2 x x^\top - \operatorname{diag}(x^{\odot 2})"
    assert any("free" in said for said in free.conventions)
    assert free.steps[-1].rule == "symmetric"
    assert net.derivative("f", "S_{12}", symmetric="free entries").at({"x": [2, 3]}) == 12
    assert net.derivative("f", "S_{11}", symmetric="free entries").at({"x": [2, 3]}) == 4
    project = net.derivative("f", "S", symmetric="project")
    assert project.latex == r"x x^\top"
    assert any("(G + G^T)/2" in said for said in project.conventions)
    assert not net.derivative("f", "S").conventions
    np.testing.assert_array_equal(project.at({"x": [2, 3]}), [[4, 6], [6, 9]])


@pytest.mark.parametrize("by", ["x", ("S", "S"), "A"])
def test_what_is_no_symmetric_matrix(by: str | tuple[str, ...]) -> None:
    net = cr.parse("f = x^T S x + x^T A y", shapes={"S": ("n", "n"), "x": ("n",), "A": ("n", "m"), "y": ("m",)})
    with pytest.raises(ChainruleError) as error:
        net.derivative("f", by, symmetric="project")
    assert error.value.code == "not-symmetric"


def test_the_layout_is_in_the_answer() -> None:
    [answer] = differentiate("f = a^T x", "x").answers
    assert answer.layout == "gradient"
