"""The three forms by hand: what each keeps, and where the graph is cut."""

import numpy as np
import pytest

from tests.solving.sheets import derivative, entry, errors, forms, solve

CHAIN = "m = x + y; p = m z; q = sigma(p); r = q x"
LAYER = "h = sigma(W x + b); o = v^T h + c; L = (t - o)^2"
SHAPES = {"W": ("m", "n"), "x": ("n",), "b": ("m",), "v": ("m",), "c": (), "t": ()}


def test_the_forms_of_a_chain_of_scalars() -> None:
    """dr/dz: upstream kept, then sigma'(p) and q kept, then inputs only."""
    assert forms(derivative(CHAIN, "z")) == (
        "m \\frac{\\partial r}{\\partial p}",
        "m x \\sigma'(p)",
        "x \\cdot (x + y) \\sigma'(z \\cdot (x + y))",
    )


def test_an_input_that_is_used_twice_has_a_term_for_each_use() -> None:
    backprop, intermediate, closed = forms(derivative(CHAIN, "x"))
    assert backprop == "q + \\frac{\\partial r}{\\partial m}"
    assert intermediate == "q + x z \\sigma'(p)"
    assert "q" not in closed
    assert "p" not in closed.replace("\\partial", "")


def test_the_derivative_by_an_intermediate_cuts_the_graph_there() -> None:
    """m and p hang together with x, and q x has an x of its own: only the path from m counts."""
    assert forms(derivative(CHAIN, "m")) == (
        "z \\frac{\\partial r}{\\partial p}",
        "x z \\sigma'(p)",
        "x z \\sigma'(z \\cdot (x + y))",
    )
    assert forms(derivative(CHAIN, "q"))[0] == "x"


def test_the_derivative_by_what_hangs_on_another_quantity_alone() -> None:
    """y reaches r through m alone, whose derivative it is handed as it stands."""
    assert forms(derivative(CHAIN, "y"))[:2] == ("\\frac{\\partial r}{\\partial m}", "x z \\sigma'(p)")


def test_an_unnamed_argument_of_a_nonlinearity_has_a_delta() -> None:
    answer = derivative(LAYER, "W", shapes=SHAPES)
    backprop, intermediate, closed = forms(answer)
    assert backprop == "\\delta^{(1)} x^\\top"
    assert "\\delta" not in intermediate
    assert "\\sigma'(z^{(1)})" in intermediate
    assert "z^{(1)}" not in closed
    assert {w.symbol.latex: w.formula.latex for w in answer.where}["z^{(1)}"] in ("W x + b", "b + W x")
    assert {w.symbol.latex for w in answer.where} == {"z^{(1)}", "\\delta^{(1)}"}


def test_a_bias_is_handed_the_delta_itself() -> None:
    assert forms(derivative(LAYER, "b", shapes=SHAPES))[0] == "\\delta^{(1)}"
    assert forms(derivative(LAYER, "c", shapes=SHAPES))[0] == "\\frac{\\partial L}{\\partial o}"


def test_the_layer_of_a_weight_counts_and_a_taken_name_is_never_used() -> None:
    weight = derivative("h = tanh(W^{(3)} x); f = sum(h)", "W^{(3)}", shapes={"W^{(3)}": ("m", "n"), "x": ("n",)})
    assert forms(weight)[0] == "\\delta^{(3)} x^\\top"
    taken = derivative("z^{(1)} = 3 a; f = sigma(a x) + z^{(1)}", "x")
    assert "z^{(1)}" not in {w.symbol.latex for w in taken.where}


def test_primes_stay_in_the_closed_form() -> None:
    assert "\\tanh'" in forms(derivative("f = tanh(a x)", "x"))[2]
    assert forms(derivative("f = softplus(x)", "x"))[2] == "\\sigma(x)"


def test_a_declared_list_is_a_name_of_the_closed_form() -> None:
    answer = derivative("x = [x_1, x_2]; s = w^T x; f = s^2", "x", shapes={"w": ("2",)})
    assert forms(answer) == ("\\frac{\\partial f}{\\partial s} w", "2 s w", "2 (w^\\top x) w")
    assert [n.latex for n in answer.needs] == ["x", "w"]


def test_a_derivative_by_an_entry_of_a_list() -> None:
    """f = x_1^2 + 3 x_1 x_2: by x_1 it is 2 x_1 + 3 x_2."""
    answer = derivative("x = [x_1, x_2]; f = x_1^2 + 3 x_1 x_2", "x_1", at={"x": "[2, 5]"})
    assert answer.value == 19.0


def test_by_a_declared_list_the_uses_of_its_entries_count() -> None:
    """f = x_1^2 + 3 x_2 + |x|^2 is made of the list and of its entries: by x it is (4 x_1, 3 + 2 x_2)."""
    answer = derivative("x = [x_1, x_2]; f = x_1^2 + 3 x_2 + x^T x", "x", at={"x": "[2, 5]"})
    assert answer.value == [8.0, 13.0]
    assert answer.check is not None
    assert answer.check.method == "complex step"
    entries_alone = derivative("x = [x_1, x_2]; f = x_1^2 x_2", "x")
    assert (entries_alone.conventions, [n.latex for n in entries_alone.needs]) == ((), ["x_1", "x_2"])
    assert [s.rule for s in entries_alone.steps] == ["list"]
    np.testing.assert_allclose(entry(entries_alone)(3.0, 2.0), [12.0, 9.0])


def test_where_entries_are_needed_the_list_is_not_needed_beside_them() -> None:
    """q = x_1 (w . x): dq/dx = (w . x) e_1 + x_1 w."""
    answer = derivative("x = [x_1, x_2]; s = w^T x; q = x_1 s", "x")
    assert [n.latex for n in answer.needs] == ["x_1", "x_2", "w"]
    np.testing.assert_allclose(entry(answer)(3.0, -1.0, [2.0, 5.0]), [1 + 3 * 2, 15.0])
    assert forms(answer)[0] == "\\frac{\\partial q}{\\partial s} w + s e_1"


def test_the_hessian_by_a_declared_list() -> None:
    """x_1^2 x_2: [[2 x_2, 2 x_1], [2 x_1, 0]]."""
    problem = solve("Let $x = [x_1, x_2]$, $f = x_1^2 x_2$. Compute $\\frac{\\partial^2 f}{\\partial x^2}$ for $x = [3, 2]$.\n")
    assert [a.value for a in problem.answers] == [[[4.0, 6.0], [6.0, 0.0]]]


def test_a_list_of_other_things_is_an_intermediate_that_cuts() -> None:
    answer = derivative("g = a + b; h = [g, c]; f = h^T h + a + c", "h", at={"a": "1", "b": "2", "c": "5"})
    assert answer.value == [6.0, 10.0]


def test_a_form_that_is_a_name_alone() -> None:
    answer = derivative("x = [x_1, x_2]; f = 1/2 x^T x", "x")
    assert forms(answer) == ("x", "x", "x")
    assert [n.latex for n in answer.needs] == ["x"]
    delta = derivative("h = sigma(W x + b); f = sum(h)", "b", shapes={"W": ("m", "n"), "x": ("n",), "b": ("m",)})
    assert forms(delta)[0] == "\\delta^{(1)}"
    assert {w.symbol.latex for w in delta.where} == {"\\delta^{(1)}", "z^{(1)}"}


@pytest.mark.parametrize(("wrt", "shape"), [("x", ("m", "n", "n")), ("A", ("m", "m", "n", "m", "n"))])
def test_the_second_derivative_of_a_linear_map_is_zero_in_its_shape(wrt: str, shape: tuple[str, ...]) -> None:
    text = (
        f"Let $h = A x$ with $A \\in \\mathbb{{R}}^{{m \\times n}}$. Compute $\\frac{{\\partial^2 h}}{{\\partial {wrt}^2}}$.\n"
    )
    problem = solve(text)
    assert errors(problem) == []
    [answer] = problem.answers
    assert answer.shape == shape
    assert forms(answer) == ("0", "0", "0")


def test_orders_above_the_sixth_are_refused() -> None:
    problem = solve("Let $f = x^9$. Compute $\\frac{\\partial^7 f}{\\partial x^7}$.\n")
    assert errors(problem) == ["order-too-high"]
    assert problem.answers == ()
