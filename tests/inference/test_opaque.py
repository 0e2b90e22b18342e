"""Functions that a text applies and nowhere defines: which names are some, what they are, and that no number rests on them."""

import pickle
from fractions import Fraction

import numpy as np
import pytest

from chainrule.calculus.jacobian import gradient
from chainrule.calculus.reverse import prime
from chainrule.errors import EvaluationError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Apply, Named, Node, postorder
from chainrule.graph.operation import Operation, Property
from chainrule.inference.symbols import numbered
from chainrule.ops.opaque import opaque, opaque_functions
from chainrule.pipeline import solve_sheet
from chainrule.source import Source
from chainrule.surface.entry import parse
from chainrule.syntax.tree import Name, Number, Subscript
from tests.inference.networks import network_of

F, G = Name("f"), Name("g")


def applied_in(text: str) -> list[str]:
    """The opaque functions that the quantities of a text are made of, and the letters that its notes name."""
    network, said = network_of(text)
    noted = {d.span.text for d in said if d.code == "opaque-function" and d.span is not None}
    assert bool(noted) == bool(opaque_functions(node for _, node in network.quantities()))
    return sorted(noted)


WRITTEN = [
    (r"y = f(A x)", ["f"]),
    (r"y = f(x)", ["f"]),
    (r"y = f(2)", ["f"]),
    (r"y = \phi(W x + b)", [r"\phi"]),
    (r"y = f'(x) + f''(x)", ["f"]),
    (r"y = f^2(x)", ["f"]),
    (r"y = g(f(x))", ["f", "g"]),
    (r"y = (f \circ g)(x)", ["f", "g"]),
    (r"h_t = f(W h_{t-1} + U x_t)", ["f"]),
    (r"y = f_\theta(x)", [r"f_\theta"]),
    (r"y = f_1(x) + f_2(x)", ["f_1", "f_2"]),
    (r"y = f^{(1)}(x)", ["f^{(1)}"]),
    (r"y = \sigma_g(x + 1)", [r"\sigma_g"]),
    (r"u : \mathbb{R} \to \mathbb{R}, y = u(x)", ["u"]),
    (r"y = f(x + 1), f", ["f"]),
    (r"g(a) = f(a) + a, y = g(2 x)", ["f"]),
    (r"y = f \cdot (x + 1)", []),
    (r"y = f(x + 1), f = 2", []),
    (r"y = f(x + 1) + f", []),
    (r"y = f(x), f(a) = a^2", []),
    (r"y = q(x + 1)", []),
    (r"y = A^\top(x + 1)", []),
    (r"y = \sigma(x)", []),
    (r"y = \rho^{2}(x + 1) + \rho", []),
]


@pytest.mark.parametrize(("text", "letters"), WRITTEN)
def test_which_letters_are_functions(text: str, letters: list[str]) -> None:
    assert applied_in(text) == letters


def test_equal_names_have_one_record_and_others_have_others() -> None:
    one, two = (Subscript(F, (Number(Fraction(k)),)) for k in (1, 2))
    assert opaque(F) is opaque(Name("f"))
    assert len({opaque(F), opaque(G), opaque(one), opaque(two), opaque(numbered("f", 1))}) == 5
    assert opaque(one) is opaque(Subscript(F, (Number(Fraction(1), "1"),)))


def test_records_survive_pickling() -> None:
    node = build.apply(prime(opaque(F)), build.variable("x"))
    assert pickle.loads(pickle.dumps(node)) is node
    assert pickle.loads(pickle.dumps(opaque(F))) is opaque(F)


def value(operation: Operation, x: float) -> float:
    variable = build.variable("x")
    return float(evaluate([build.apply(operation, variable)], {variable: x})[0])


@pytest.mark.parametrize("symbol", [F, G, Name("\\phi")])
def test_each_derivative_is_that_of_the_one_before(symbol: Name) -> None:
    step = 1e-5
    for order in range(4):
        function, derivative = opaque(symbol, order), opaque(symbol, order + 1)
        assert prime(function) is derivative
        for x in (-1.3, 0.2, 2.4):
            slope = (value(function, x + step) - value(function, x - step)) / (2 * step)
            assert value(derivative, x) == pytest.approx(slope, abs=1e-8)


def test_functions_of_different_names_have_different_values() -> None:
    at = [value(opaque(Name(letter)), 0.7) for letter in "fgh"]
    assert len(set(np.round(at, 6))) == 3


def test_derivatives_stay_opaque() -> None:
    network, _ = network_of(r"y = f(w x)")
    y, w = network.names[Name("y")], network.names[Name("w")]
    assert isinstance(y, Named)
    first = [n.operation for n in nodes(gradient(y, w)) if isinstance(n, Apply)]
    assert first == [opaque(F, 1)]
    second = {n.operation for n in nodes(gradient(gradient(y, w), w)) if isinstance(n, Apply)}
    assert second == {opaque(F, 2)}
    assert all(Property.OPAQUE in operation.properties for operation in second)


def nodes(root: Node) -> list[Node]:
    return postorder(root)


SHEET = r"""
# Problem 1

$y = f(A x)$, $L = \|y\|^2$, $A = [[1, 2], [3, 4]]$, $x = [1, -1]$.
Compute $\frac{\partial L}{\partial x}$ and $\frac{\partial^2 L}{\partial x^2}$.

# Problem 2

$y = f(2 x)$ with $x = 3$. Compute $y$.

# Problem 3

$g(a) = f(a)^2$, $y = g(2 x)$ with $x = 3$. Compute $y$ and $\frac{dy}{dx}$.
"""


def test_an_answer_has_formulas_and_a_check_but_no_number_and_no_code() -> None:
    first, second, third = solve_sheet(Source("sheet", SHEET)).problems
    assert len(first.answers) == 2
    for answer in first.answers:
        assert answer.forms is not None
        assert "f'" in answer.forms.closed.latex
        assert answer.check is not None
        assert answer.check.max_rel_err < 1e-9
    assert len(third.answers) == 2
    for answer in (*first.answers, *second.answers, *third.answers):
        assert answer.value is None
        assert answer.code is None
        assert answer.needs == ()
        assert all(line.symbol.latex == "z^{(1)}" for line in answer.worked)
    assert [d.code for d in second.diagnostics] == ["opaque-function"]


def test_no_number_is_given_in_python_either() -> None:
    run = parse(r"y = f(2 x)").at({"x": 3})
    with pytest.raises(EvaluationError) as caught:
        run["y"]
    assert caught.value.code == "opaque-function"
    assert caught.value.message == "nothing defines f, so this has no number"
    assert run.check("y", "x").max_rel_err < 1e-9
