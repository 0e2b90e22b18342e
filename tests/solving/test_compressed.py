"""Second derivatives as they are stored: the factors of a Kronecker product, systems solved with them; by hand and by NumPy."""

import numpy as np
import pytest

import chainrule as cr
from chainrule.errors import ChainruleError

NET = cr.parse(
    r"f = \frac12 \|T - U V^\top\|_F^2; g = x^\top B x; k = \|A U C\|_F^2 + \|U\|_F^2; h = B x",
    shapes={
        "T": ("m", "n"), "U": ("m", "k"), "V": ("n", "k"), "x": ("p",), "B": ("p", "p"), "A": ("q", "m"), "C": ("k", "r"),
    },
)  # fmt: skip
RANDOM = np.random.default_rng(5)
AT = {name: RANDOM.normal(size=shape) for name, shape in {"T": (4, 5), "U": (4, 2), "V": (5, 2)}.items()}


def test_the_hessian_of_a_factorisation_is_a_small_matrix_times_the_identity() -> None:
    """H vec(D) = vec(D V^T V): V^T V is k x k, the identity m x m."""
    hessian = NET.hessian("f", "U")
    assert hessian.latex == r"V^\top V \otimes I"
    [[small, identity]] = hessian.factors
    assert (small.latex, identity.latex) == (r"V^\top V", "I")
    assert any("vec" in said for said in hessian.conventions)
    known = cr.parse(r"f = \frac12 \|T - U V^\top\|_F^2", values=AT).hessian("f", "U")
    np.testing.assert_allclose(known.factors[0][0].value, AT["V"].T @ AT["V"], rtol=1e-12)
    dense = np.asarray(known.value)
    assert dense.shape == (4, 2, 4, 2)
    np.testing.assert_allclose(dense, np.einsum("ij,ab->iajb", np.eye(4), AT["V"].T @ AT["V"]), rtol=1e-12)


def test_a_system_with_that_hessian_is_one_small_system() -> None:
    right = RANDOM.normal(size=(4, 2))
    found = NET.hessian("f", "U").solve(right, AT)
    np.testing.assert_allclose(found @ AT["V"].T @ AT["V"], right, rtol=1e-9, atol=1e-12)


def test_a_million_rows_cost_no_million_by_million_matrix() -> None:
    """The dense Hessian would have (2 * 10^6)^2 entries."""
    right = np.ones((1_000_000, 2))
    found = NET.hessian("f", "U").solve(right, {"V": AT["V"]})
    np.testing.assert_allclose(found[0] @ AT["V"].T @ AT["V"], [1, 1], rtol=1e-9)


def test_a_sum_of_two_products_is_solved_as_a_whole() -> None:
    """H = 2 (C C^T kron A^T A + I)."""
    a, c, right = (RANDOM.normal(size=shape) for shape in ((3, 4), (2, 3), (4, 2)))
    hessian = NET.hessian("k", "U")
    assert len(hessian.factors) == 2
    found = hessian.solve(right, {"A": a, "C": c, "U": np.zeros((4, 2))})
    np.testing.assert_allclose(2 * (a.T @ a @ found @ c @ c.T + found), right, rtol=1e-9, atol=1e-12)


def test_of_a_hessian_that_is_a_matrix_and_of_a_jacobian() -> None:
    b, right = RANDOM.normal(size=(3, 3)), RANDOM.normal(size=3)
    np.testing.assert_allclose((b + b.T) @ NET.hessian("g", "x").solve(right, {"B": b}), right, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(b @ NET.jacobian("h", "x").solve(right, {"B": b}), right, rtol=1e-9, atol=1e-12)
    assert sorted([each.text for each in term] for term in NET.hessian("g", "x").factors) == [["B"], ["B^T"]]
    assert repr(NET.jacobian("h", "x").factors) == "((B,),)"


def test_the_factors_of_a_matrix_are_those_of_its_product() -> None:
    """The Hessian of sum log(1 + exp(X w)) is X^T diag(sigma'(X w)) X; the one vector stays a vector."""
    hessian = cr.parse(r"L = \mathbf{1}^\top \log(1 + \exp(X w))", shapes={"X": ("m", "n"), "w": ("n",)}).hessian("L", "w")
    [[left, middle, right]] = hessian.factors
    assert (left.latex, right.latex) == (r"X^\top", "X")
    assert middle.latex == r"\operatorname{diag}(\sigma'(X w))"


def test_a_number_in_front_belongs_to_the_first_factor() -> None:
    [[first, second]] = cr.parse("f = tr(U^T U M) ", shapes={"U": ("m", "k"), "M": ("k", "k")}).hessian("f", "U").factors
    assert first.text == "M + M^T"
    assert second.text == "I"
    [[first, second]] = cr.parse(r"f = \|U\|_F^2", shapes={"U": ("m", "k")}).hessian("f", "U").factors
    assert (first.text, second.text) == ("2 I", "I")


@pytest.mark.parametrize(
    ("right", "values", "code"),
    [
        (np.ones(3), {"B": np.zeros((3, 3))}, "singular"),
        (np.ones(2), {"B": np.eye(3)}, "right-shape"),
        (np.ones(3), {}, "missing-value"),
    ],
)
def test_what_has_no_solution(right: np.ndarray, values: dict[str, np.ndarray], code: str) -> None:
    with pytest.raises(ChainruleError) as error:
        NET.hessian("g", "x").solve(right, values)
    assert error.value.code == code


def test_a_gradient_is_no_system() -> None:
    with pytest.raises(ChainruleError) as error:
        NET.derivative("g", "x").solve(np.ones(3), {"B": np.eye(3), "x": np.ones(3)})
    assert error.value.code == "not-a-system"
    with pytest.raises(ChainruleError) as error:
        NET.hessian("f", "U").solve(np.ones((4, 3)), AT)
    assert error.value.code == "right-shape"
