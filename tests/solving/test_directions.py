"""Directional derivatives, Hessian-vector products and higher orders beside JAX, and that nothing large is made for them."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import chainrule as cr
from chainrule.errors import ChainruleError
from chainrule.graph.node import Variable, postorder
from chainrule.pipeline import solve_equations
from chainrule.solving.requests import Manner
from tests.solving.sheets import solve

jax.config.update("jax_enable_x64", True)  # pyright: ignore[reportUnknownMemberType]

SHAPES = {"X": ("m", "n"), "w": ("n",), "y": ("m",), "W": ("n", "n")}
NET = cr.parse(
    r"z = X w; p = \sigma(z); L = \sum_i \log(1 + \exp(-y_i z_i)); M = \operatorname{softmax}(W w); g = \log\det(W)",
    shapes=SHAPES,
)
RANDOM = np.random.default_rng(11)
VALUES = {
    "X": RANDOM.normal(size=(5, 3)),
    "w": RANDOM.normal(size=3),
    "y": np.sign(RANDOM.normal(size=5)),
    "W": RANDOM.normal(size=(3, 3)) + 4 * np.eye(3),
}
v, V = RANDOM.normal(size=3), RANDOM.normal(size=(3, 3))


def loss(w: Any) -> Any:
    return jnp.sum(jnp.log1p(jnp.exp(-VALUES["y"] * (VALUES["X"] @ w))))


def close(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(found, np.asarray(expected), rtol=1e-9, atol=1e-12)


def test_of_a_scalar() -> None:
    d = NET.directional("L", "w", "v")
    close(d.at({**VALUES, "v": v}), jax.jvp(loss, (VALUES["w"],), (v,))[1])
    assert d.shape == ()
    assert d.needs == ("X", "w", "y", "v")
    assert d.symbol.latex == r"\left(\frac{\partial L}{\partial w}\right)^\top v"
    assert d.steps[-1].rule
    assert d.check is not None
    assert d.check.max_rel_err < 1e-9


def test_of_an_array_it_is_the_jacobian_times_the_direction() -> None:
    d = NET.directional("p", "w", "v")
    close(d.at({**VALUES, "v": v}), jax.jvp(lambda w: jax.nn.sigmoid(VALUES["X"] @ w), (VALUES["w"],), (v,))[1])
    assert d.symbol.latex == r"\frac{\partial p}{\partial w} v"
    d = NET.directional("M", "W", "V")
    close(d.at({**VALUES, "V": V}), jax.jvp(lambda a: jax.nn.softmax(a @ VALUES["w"]), (VALUES["W"],), (V,))[1])
    assert max(len(node.shape) for node in postorder(d.node) if not isinstance(node, Variable)) == 1


def test_a_hessian_times_a_direction() -> None:
    d = NET.hvp("L", "w", "v")
    close(d.at({**VALUES, "v": v}), jax.hessian(loss)(VALUES["w"]) @ v)
    assert d.symbol.latex == r"\frac{\partial^2 L}{\partial w^2} v"
    assert d.shape == ("n",)
    made = [node for node in postorder(d.node) if len(node.shape) > 1 and not isinstance(node, Variable)]
    assert made == []


def test_a_hessian_by_a_matrix_times_a_matrix() -> None:
    d = NET.hvp("g", "W", "V")
    _, expected = jax.jvp(jax.grad(lambda a: jnp.linalg.slogdet(a)[1]), (VALUES["W"],), (V,))
    close(d.at({"W": VALUES["W"], "V": V}), expected)
    assert d.latex == r"-W^{-\top} V^\top W^{-\top}"


def test_a_direction_that_is_a_name_of_the_network() -> None:
    """x^T A x along x: 2 x^T A x, as it is of degree two; along c, which is in it."""
    net = cr.parse("f = x^T A x + c^T x", shapes={"A": (2, 2), "x": (2,), "c": (2,)})
    at = {"A": [[1, 2], [3, 4]], "x": [1, 1], "c": [1, -1]}
    assert net.directional("f", "x", "x").at(at) == 2 * 10 + 0
    assert net.directional("f", "x", "c").at(at) == (7 - 13) + 2
    assert net.hvp("f", "x", "x").at(at).tolist() == [7, 13]


def test_along_a_quantity_that_moves_with_the_variable_it_is_held_fixed() -> None:
    """q = x^2, f = x^3: f'(x) q = 3 x^4, f''(x) q = 6 x^3."""
    net = cr.parse("q = x^2; f = x^3", shapes={"x": ()})
    assert net.directional("f", "x", "q").at({"x": 2}) == 48
    assert net.hvp("f", "x", "q").at({"x": 2}) == 48


def test_in_a_declared_list() -> None:
    net = cr.parse("u = [a, b]; f = a^2 b + u^T u")
    assert net.directional("f", "u", "v").at({"a": 3, "b": 5, "v": [2, -1]}) == 2 * 36 - 19
    assert net.hvp("f", "u", "v").at({"a": 3, "b": 5, "v": [2, -1]}).tolist() == [(10 + 2) * 2 - 6, 6 * 2 - 2]


@pytest.mark.parametrize(
    ("by", "direction", "code"),
    [
        ("w", "y", "direction-shape"),
        ("w_1", "v", "direction-in-part"),
        ("w", "2", "not-a-name"),
        ("u", "v", "undefined-symbol"),
    ],
)
def test_what_is_no_direction(by: str, direction: str, code: str) -> None:
    with pytest.raises(ChainruleError) as error:
        NET.directional("L", by, direction)
    assert error.value.code == code


def test_a_new_name_belongs_to_its_own_request() -> None:
    assert NET.directional("L", "w", "v").shape == ()
    assert NET.hvp("g", "W", "v").shape == ("n", "n")
    with pytest.raises(ChainruleError):
        NET.derivative("L", "v")


def test_on_the_command_line() -> None:
    """x^T A x along v at x = (1, 2): v^T (A + A^T) x = 12 + 21; its Hessian times v: (A + A^T) v."""
    at = {"x": "[1, 2]", "A": "[[1, 2], [3, 4]]", "v": "[1, 1]"}
    for order, expected in ((1, 33.0), (2, [7.0, 13.0])):
        manner = Manner(order, "v")
        [problem] = solve_equations("f = x^T A x", ["x"], None, {"A": ("n", "n")}, at, manner).problems
        assert problem.status == "solved", problem.diagnostics
        assert problem.answers[0].value == expected
        assert problem.answers[0].needs == ()


@pytest.mark.parametrize("order", range(1, 7))
def test_scalars_by_scalars_to_the_sixth_order(order: int) -> None:
    net = cr.parse(r"f = \exp(x^2) \sin(x) + \sigma(x) + \ln(1 + x^2)")

    def f(x: Any) -> Any:
        return jnp.exp(x**2) * jnp.sin(x) + jax.nn.sigmoid(x) + jnp.log(1 + x**2)

    nth: Any = f
    for _ in range(order):
        nth = jax.grad(nth)
    d = net.derivative("f", ["x"] * order)
    close(d.at({"x": 0.4}), nth(0.4))
    assert d.check is not None
    assert d.check.max_rel_err < 1e-6


def test_orders_above_the_sixth_are_refused() -> None:
    with pytest.raises(ChainruleError) as error:
        cr.parse("f = x^9").derivative("f", ["x"] * 7).latex  # noqa: B018
    assert error.value.code == "order-too-high"


def test_mixed_and_third_derivatives_of_arrays() -> None:
    """Of softmax(W w): by w and w, by W and w in both orders; of |X w|^4 three times by w."""
    at = {k: VALUES[k] for k in ("W", "w")}

    def softmax(a: Any, b: Any) -> Any:
        return jax.nn.softmax(a @ b)

    for first, second in ((1, 1), (0, 1), (1, 0)):
        names = ["Ww"[first], "Ww"[second]]
        expected = jax.jacobian(jax.jacobian(softmax, argnums=first), argnums=second)(at["W"], at["w"])
        close(NET.derivative("M", names).at(at), expected)
    net = cr.parse("f = (w^T w)^2", shapes={"w": (3,)})
    third = jax.jacobian(jax.hessian(lambda w: (w @ w) ** 2))(at["w"])
    close(net.derivative("f", ["w", "w", "w"]).at({"w": at["w"]}), third)


def test_a_hessian_does_not_use_what_is_declared_along_the_way() -> None:
    """With S symmetric, x^T S x has the Hessian 2 S by x; by x and S it is that of a matrix whose entries move freely."""
    net = cr.parse("f = x^T S x", shapes={"S": (2, 2), "x": (2,)}, facts=["S symmetric"])
    assert net.hessian("f", "x").latex == "2 S"
    found = net.derivative("f", ["x", "S"]).at({"S": [[1, 2], [2, 5]], "x": [3, 7]})
    x, one = np.array([3.0, 7.0]), np.eye(2)
    np.testing.assert_allclose(found, np.einsum("ij,k->ijk", one, x) + np.einsum("ik,j->ijk", one, x))


def test_in_the_words_of_a_sheet() -> None:
    problem = solve(
        "Let $f(x) = x^\\top A x$ and $h = A x$ with $A \\in \\mathbb{R}^{n \\times n}$ and $x, v \\in \\mathbb{R}^n$.\n\n"
        "a) Compute the directional derivative of $f$ in the direction $v$.\n\n"
        "b) Compute the Hessian-vector product of $f$ with $v$.\n\n"
        "c) Find the directional derivative of $h$ with respect to $x$ along $u$.\n\n"
        "d) Compute $D_v h(x)$.\n\n"
        "e) Find $D_x h(x)$.\n"
    )
    assert problem.status == "solved", problem.diagnostics
    latex = [answer.formula.latex for answer in problem.answers]
    assert latex == [r"v^\top (A + A^\top) x", r"(A + A^\top) v", "A u", "A v", "A"]
    assert [answer.symbol.latex for answer in problem.answers][1] == r"\frac{\partial^2 f}{\partial x^2} v"


def test_a_direction_that_fits_no_variable_or_two() -> None:
    text = "Let $f = x^\\top A y$ with $A \\in \\mathbb{{R}}^{{n \\times n}}$.\n\n"
    text += "Find the directional derivative of $f$ along ${}$.\n"
    for name, code in (("v", "no-variable"), ("A", None)):
        problem = solve(text.format(name))
        assert [d.code for d in problem.diagnostics if d.severity == "error"] == ([code] if code else [])


def test_orders_above_the_second_have_steps() -> None:
    """Of sum x_i^5: 120 x_i on the diagonal of rank four; the third one along v is 60 diag(v x^2)."""
    net = cr.parse("f = sum(x.^5)", shapes={"x": ("n",)})
    fourth = net.derivative("f", ["x"] * 4)
    expected = np.zeros((2,) * 4)
    expected[0, 0, 0, 0], expected[1, 1, 1, 1] = 120 * 2, 120 * 3
    close(fourth.at({"x": [2, 3]}), expected)
    with pytest.raises(ChainruleError) as error:
        fourth.solve([[1, 2], [3, 4]], {"x": [2, 3]})
    assert error.value.code == "not-a-system"
    assert fourth.steps[-1].because == "Every entry is differentiated by the chain rule."
    [problem] = solve_equations(
        "f = sum(x.^5)", ["x"], None, {"x": ("n",)}, {"x": "[1, 2]", "v": "[3, 5]"}, Manner(3, "v")
    ).problems
    assert problem.answers[0].value == [[180.0, 0.0], [0.0, 1200.0]]
    assert "carried forward" in problem.answers[0].steps[-1].because


def test_the_second_derivative_of_an_array_along_a_direction() -> None:
    """h = (A x)^2 entry by entry: 2 (A v)_i A_ij."""
    d = cr.parse("h = (A x).^2", shapes={"A": ("m", "n"), "x": ("n",)}).hvp("h", "x", "v")
    assert d.at({"A": [[1, 2], [3, 4]], "x": [1, 1], "v": [1, 0]}).tolist() == [[2, 4], [18, 24]]
    assert [step.rule for step in d.steps] == ["direction"]


def test_the_order_that_a_sentence_names() -> None:
    steps = cr.parse("f = x^4").derivative("f", ["x"] * 3).steps
    [again] = [step for step in steps if step.rule == "differentiate again"]
    assert again.because.startswith("The derivative of order 2, which is found in the same way, is differentiated once more")
    assert again.after.text == "12 x^2"


@pytest.mark.parametrize(
    ("text", "by"), [("f = sum(abs(x))", ["x", "x"]), ("f = sum(sign(x))", ["x"]), ("f = a^T x", ["x", "x"])]
)
def test_a_zero_whose_quantity_depends_on_the_variable_is_not_said_to_be_independent(text: str, by: list[str]) -> None:
    d = cr.parse(text, values={"x": [1, 2]}, shapes={"x": (2,)}).derivative("f", by)
    assert not np.any(d.value)
    assert not any("depends" in said for said in (*d.conventions, *(step.because for step in d.steps)))


@pytest.mark.parametrize(
    ("by", "options", "code"),
    [
        ("x", {"layout": "row"}, "unknown-layout"),
        ("A", {"symmetric": "yes"}, "unknown-symmetric"),
        ([], {}, "no-variable"),
    ],
)
def test_unknown_options_are_refused(by: Any, options: dict[str, Any], code: str) -> None:
    net = cr.parse("f = x^T A x", shapes={"A": ("n", "n"), "x": ("n",)})
    with pytest.raises(ChainruleError) as error:
        net.derivative("f", by, **options)
    assert error.value.code == code
