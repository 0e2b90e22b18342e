"""Generated functions: the signature, defaults, texts a person would write, extremes, depth."""

import keyword
from fractions import Fraction

import numpy as np
import pytest

from chainrule.calculus.jacobian import hessian, jacobian
from chainrule.calculus.reverse import backpropagate
from chainrule.codegen.numpy import numpy_program
from chainrule.errors import CodeError, ShapeError
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.activation import relu, sigmoid
from chainrule.ops.arithmetic import divide, exp, log, power, reciprocal, square
from chainrule.ops.comparison import positive, where
from chainrule.ops.exponential import sqrt
from chainrule.ops.normalisation import softmax
from chainrule.syntax.tree import Accent, Bracket, Font, Name, Number, Prime, Superscript, Tree
from tests.codegen.running import body, defaults, entry, positional, run

x = build.variable("x", ("n",))
y = build.variable("y", ("m",))
W = build.variable("W", ("m", "n"))
A = build.variable("A", ("n", "n"))
a, b, c = (build.variable(name) for name in "abc")


def text(node: Node, *needs: Node) -> str:
    """The one line that a function of these parameters has."""
    lines = body(numpy_program("f", node, needs, {}))
    assert len(lines) == 1
    return lines[0].removeprefix("return ")


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (build.matmul(W, x), "W @ x"),
        (build.matmul(build.transpose(W), y), "W.T @ y"),
        (build.matmul(y, W), "W.T @ y"),
        (build.matmul(A, build.transpose(W)), "A @ W.T"),
        (build.outer(y, x), "np.outer(y, x)"),
        (build.multiply(a, build.outer(y, x)), "a * np.outer(y, x)"),
        (build.inner(x, x), "float(x @ x)"),
        (build.inner(W, W), "float(np.sum(W * W))"),
        (build.total(W), "float(W.sum())"),
        (build.total(W, [0]), "W.sum(axis=0)"),
        (build.contract([A], [(0, 0)], ()), "float(np.trace(A))"),
        (build.contract([A], [(0, 0)], (0,)), "np.array(np.diagonal(A))"),
        (build.contract([x], [(0,)], (0, 0)), "np.diag(x)"),
        (build.contract([x, A], [(0,), (0, 1)], (0, 1)), "x[:, None] * A"),
        (build.contract([A, x], [(0, 1), (1,)], (0, 1)), "A * x"),
        (build.contract([W, x, W], [(0, 1), (1,), (2, 1)], (0, 2)), "(W * x) @ W.T"),
        (build.transpose(W), "np.array(W.T)"),
        (build.entry(W, 1, 1), "np.array(W[:, 1])"),
        (build.entry(x, 0), "float(x[0])"),
        (build.stack([a, b]), "np.array([a, b])"),
        (build.add(build.matmul(W, x), y, build.constant(2)), "W @ x + y + 2.0"),
        (build.subtract(a, build.subtract(b, c)), "float(a - (b - c))"),
        (build.multiply(a, build.add(b, c)), "float(a * (b + c))"),
        (divide(a, build.multiply(b, c)), "float(a / (b * c))"),
        (divide(build.multiply(b, c), a), "float(b * c / a)"),
        (reciprocal(build.add(a, b)), "float(1.0 / (a + b))"),
        (build.scale(3, reciprocal(a)), "float(3 / a)"),
        (build.scale(Fraction(1, 2), square(a)), "float(0.5 * np.square(a))"),
        (build.scale(Fraction(-1, 3), a), "float(-a / 3)"),
        (build.scale(Fraction(2, 3), build.add(a, b)), "float(2 * (a + b) / 3)"),
        (build.add(build.scale(-1, a), b), "float(b - a)"),
        (build.scale(-1, build.add(a, b)), "float(-(a + b))"),
        (sqrt(a), "float(np.sqrt(a))"),
        (power(a, b), "float(np.float_power(a, b))"),
        (build.scale(Fraction(1, 2), build.matmul(W, x)), "0.5 * (W @ x)"),
        (build.multiply(build.matmul(W, x), y), "(W @ x) * y"),
        (build.multiply(a, build.ones(x.shape)), "np.full(x.shape, a)"),
        (build.ones(x.shape), "np.ones(x.shape)"),
        (build.zeros(W.shape), "np.zeros(W.shape)"),
        (build.size("n"), "float(x.shape[0])"),
        (build.contract([], [], (0, 0), {0: x.shape[0]}), "np.eye(x.shape[0])"),
        (build.scale(2, build.constant(3)), "float(6.0)"),
    ],
)
def test_the_text_is_what_a_person_would_write(node: Node, expected: str) -> None:
    assert text(node, a, b, c, x, y, W, A) == expected


def test_needs_are_the_positional_parameters_and_givens_have_defaults() -> None:
    node = build.add(build.multiply(a, b), build.inner(x, x))
    unused = build.variable("u")
    program = numpy_program("f", node, [b, unused, a], {x: (1, Fraction(1, 10), 2), c: 7})
    assert positional(program) == ["b", "u", "a"]
    assert defaults(program) == {"x": (1.0, 0.1, 2.0)}
    assert list(program.parameters.items()) == [("b", b), ("u", unused), ("a", a), ("x", x)]
    assert run(program, 3, None, 2) == 6 + 1 + 0.1**2 + 4
    assert run(program, 3, None, 2, x=[0.0, 1.0]) == 7.0
    assert isinstance(run(program, 3, None, 2), float)


def test_a_default_cannot_be_changed() -> None:
    program = numpy_program("f", x, [], {x: [Fraction(1, 2), 2]})
    first = run(program)
    first[0] = 9.0
    np.testing.assert_array_equal(run(program), [0.5, 2.0])


@pytest.mark.parametrize("node", [W, build.transpose(W), build.entry(W, 0), build.named("h", W)])
def test_the_result_is_not_the_parameter_itself(node: Node) -> None:
    value = np.ones((2, 2))
    run(numpy_program("f", node, [W], {}), value)[...] = 5.0
    np.testing.assert_array_equal(value, np.ones((2, 2)))


@pytest.mark.parametrize(
    ("value", "expected"), [(Fraction(1, 3), 1 / 3), (2, 2.0), (0.25, 0.25), (float("inf"), np.inf), (10**400, np.inf)]
)
def test_scalar_defaults(value: object, expected: float) -> None:
    assert run(numpy_program("f", build.scale(2, a), [], {a: value})) == 2 * expected


def test_named_quantities_are_local_variables() -> None:
    layer = Bracket("(", (Number(Fraction(1)),))
    z = build.named(Superscript(Name("z"), layer), build.add(build.matmul(W, x), y))
    h = build.named("h", sigmoid(z))
    program = numpy_program("loss", build.inner(h, h), [x, y, W], {})
    assert body(program) == ["z1 = W @ x + y", "h = _sigmoid(z1)", "return float(h @ h)"]


def test_a_value_that_has_a_name_is_computed_once() -> None:
    """sigma' is h (1 - h) where h = sigma(z) is there already."""
    z = build.named("z", build.multiply(a, b))
    h = build.named("h", sigmoid(z))
    gradient = backpropagate(build.scale(Fraction(1, 2), square(h)), [a]).gradient(a)
    lines = body(numpy_program("dL_da", gradient, [a, b], {}))
    assert lines[:2] == ["z = a * b", "h = _sigmoid(z)"]
    assert sum(line.count("_sigmoid") for line in lines) == 1


def test_a_named_cut_is_a_parameter_and_what_is_below_it_is_not() -> None:
    h = build.named("h", exp(a))
    program = numpy_program("f", square(h), [h], {})
    assert positional(program) == ["h"]
    assert run(program, 3) == 9.0
    assert defaults(numpy_program("f", square(h), [], {h: 2})) == {"h": 2.0}


def test_a_second_name_and_a_name_for_an_input() -> None:
    first = build.named("p", exp(a))
    node = build.add(first, build.named("q", first), build.named("r", a), build.named("k", build.constant(2)), square(b))
    program = numpy_program("f", node, [a, b], {})
    assert run(program, 0, 3) == 1 + 1 + 0 + 2 + 9
    assert "np.square(b)" in program.source


HOSTILE: list[Tree] = [
    Name("\\lambda"), Name("lambda"), Name("np"), Font("mathbf", Name("x")), Name("x"), Prime(Name("x")), Name("print"),
    Name("class"), Name("\\_"), Name("_sigmoid"), Name("t1"), Name("f"), Name("1"), Name(""), Name("é"), Name("變"),
    Name("__import__"), Name("x\n    import os\n"), Name('"""'), Accent("hat", Name("y")), Name("y_hat"), Name("match"),
    Name("math"),
]  # fmt: skip


def test_identifiers_of_hostile_symbols() -> None:
    variables = [build.variable(symbol) for symbol in HOSTILE]
    total = build.add(*(build.multiply(v, v, sigmoid(v)) for v in variables))
    program = numpy_program("f", total, variables, {})
    names = list(program.parameters)
    assert positional(program) == names
    assert list(program.parameters.values()) == variables
    assert len(set(names)) == len(HOSTILE)
    for name in names:
        assert name.isidentifier()
        assert name.isascii()
        assert not keyword.iskeyword(name)
        assert name not in {"np", "math", "print", "_sigmoid"}
    values = [0.1 * k for k in range(len(HOSTILE))]
    assert run(program, *values) == pytest.approx(sum(v * v / (1 + np.exp(-v)) for v in values), rel=1e-12)


@pytest.mark.parametrize("name", ["np", "class", "d r/d x", "", "print", "_sigmoid", "7"])
def test_the_name_of_the_function(name: str) -> None:
    program = numpy_program(name, sigmoid(a), [a], {})
    assert run(program, 0) == 0.5


def test_size_symbols_in_the_docstring_cannot_end_it() -> None:
    odd = build.variable("v", ('n"""\\',))
    assert run(numpy_program("f", build.total(odd), [odd], {}), [1, 2]) == 3.0


@pytest.mark.parametrize(
    ("node", "needs", "given", "code"),
    [
        (build.add(a, b), [a], {}, "missing-value"),
        (build.ones(x.shape), [a], {}, "missing-size"),
        (build.add(a, b), [build.add(a, b)], {}, "not-an-input"),
        (a, [], {a: float("nan")}, "not-a-number"),
    ],
)
def test_errors(node: Node, needs: list[Node], given: dict[Node, object], code: str) -> None:
    with pytest.raises(CodeError) as caught:
        numpy_program("f", node, needs, given)
    assert caught.value.code == code


def test_an_operation_without_text_and_definition() -> None:
    opaque = Operation("opaque g", ("x",), "S -> S", "", made_by=(str, ()))
    with pytest.raises(CodeError) as caught:
        numpy_program("f", build.apply(opaque, a), [a], {})
    assert caught.value.code == "no-code"


def test_a_default_of_the_wrong_shape() -> None:
    with pytest.raises(ShapeError):
        numpy_program("f", build.total(W), [], {W: (1, 2)})


@pytest.mark.parametrize("shape", [(), (1,), (1, 1), (3,), (2, 3), (2, 1, 3)])
def test_shapes(shape: tuple[int, ...]) -> None:
    v = build.variable("v", shape)
    value = np.arange(1.0, 1.0 + np.prod(shape, dtype=int)).reshape(shape)
    for node, expected in [
        (v, value),
        (build.multiply(v, v), value**2),
        (build.total(v), value.sum()),
        (build.add(v, build.constant(1)), value + 1),
        (build.lift(build.constant(2), v.shape), np.full(shape, 2.0)),
    ]:
        found = run(numpy_program("f", node, [v], {}), value.tolist())
        assert np.shape(found) == np.shape(expected)
        assert isinstance(found, np.ndarray if np.shape(expected) else float)
        np.testing.assert_array_equal(found, expected)


def test_extremes_come_without_warnings() -> None:
    gradient = backpropagate(sigmoid(a), [a]).gradient(a)
    for value in (-1e4, -800.0, 0.0, 800.0, 1e4):
        assert run(numpy_program("f", gradient, [a], {}), value) == pytest.approx(0.25 if value == 0 else 0.0, abs=1e-300)
    written = reciprocal(build.add(build.constant(1), exp(build.scale(-1, a))))
    assert run(numpy_program("f", written, [a], {}), -1e4) == 0.0
    chosen = where(positive(a), a, build.subtract(exp(a), build.constant(1)))
    assert run(numpy_program("f", chosen, [a], {}), 1e4) == 1e4
    logarithm = where(positive(a), log(a), build.constant(0))
    assert run(numpy_program("f", logarithm, [a], {}), 0.0) == 0.0
    np.testing.assert_array_equal(run(numpy_program("f", softmax(x), [x], {}), [1e5, 0.0, -1e5]), [1.0, 0.0, 0.0])


def test_a_division_by_zero_still_warns() -> None:
    with pytest.raises(RuntimeWarning):
        run(numpy_program("f", divide(a, b), [a, b], {}), 1.0, 0.0)


def test_an_infinite_entry_on_a_diagonal() -> None:
    node = build.contract([x, W], [(0,), (1, 2)], (0, 0, 1, 2))
    found = run(numpy_program("f", node, [x, W], {}), [np.inf, 1.0], [[1.0, 2.0]])
    assert found.shape == (2, 2, 1, 2)
    np.testing.assert_array_equal(found[0, 1], [[0.0, 0.0]])
    np.testing.assert_array_equal(found[0, 0], [[np.inf, np.inf]])


def test_sizes_are_solved_from_shapes() -> None:
    n, k = x.shape[0], build.variable("k", ("k",)).shape[0]
    signal = build.variable("s", (n - k + dimension(1),))
    kernel = build.variable("q", (k,))
    program = numpy_program("f", build.multiply(build.size("n"), build.total(signal)), [signal, kernel], {})
    assert run(program, [1, 1, 1], [1, 1]) == 12.0
    product = build.variable("p", (n * k,))
    program = numpy_program("f", build.add(build.size("n"), build.total(product)), [product, kernel], {})
    assert run(program, [0] * 6, [1, 1]) == 3.0


def test_a_size_that_only_an_unused_value_shows() -> None:
    program = numpy_program("f", build.ones(x.shape), [], {x: (4, 5, 6)})
    assert program.parameters == {}
    np.testing.assert_array_equal(run(program), [1.0, 1.0, 1.0])


def test_jacobians_and_hessians() -> None:
    p, value = softmax(x), np.array([0.2, -1.0, 0.5])
    expected = np.exp(value) / np.exp(value).sum()
    found = run(numpy_program("J", jacobian(p, x), [x], {}), value)
    np.testing.assert_allclose(found, np.diag(expected) - np.outer(expected, expected), rtol=1e-12, atol=1e-15)
    matrix = np.arange(9.0).reshape(3, 3)
    second = hessian(build.matmul(x, build.matmul(A, x)), x)
    np.testing.assert_array_equal(run(numpy_program("H", second, [A, x], {}), matrix, value), matrix + matrix.T)
    by_matrix = run(numpy_program("J", jacobian(build.matmul(W, x), W), [W, x], {}), np.ones((2, 3)), value)
    np.testing.assert_array_equal(by_matrix, np.einsum("ij,k->ijk", np.eye(2), value))


def test_a_delta_stays_a_delta() -> None:
    """diag(v) A diag(v) is two scalings: no array with zeros beside a diagonal is made."""
    diagonal = build.contract([x], [(0,)], (0, 0))
    program = numpy_program("f", build.matmul(build.matmul(diagonal, A), diagonal), [x, A], {})
    assert "np.diag" not in program.source
    assert "np.eye" not in program.source
    np.testing.assert_array_equal(run(program, [1, 2], [[1, 1], [1, 1]]), [[1, 2], [2, 4]])


def test_the_same_program_each_time() -> None:
    node = build.inner(sigmoid(build.matmul(W, x)), relu(y))
    assert numpy_program("f", node, [x, W, y], {}) == numpy_program("f", node, [x, W, y], {})


def test_lines_stay_short() -> None:
    terms = [build.multiply(build.variable(f"weight_{k}"), exp(build.variable(f"input_{k}"))) for k in range(300)]
    needs = [v for t in terms for v in [t.factors[0], t.factors[1].arguments[0]]]
    program = numpy_program("f", build.add(*terms), needs, {})
    assert max(len(line) for line in body(program)) < 90
    assert run(program, *([1.0, 0.0] * 300)) == pytest.approx(300.0)
    product = numpy_program("f", build.multiply(*needs), needs, {})
    assert max(len(line) for line in body(product)) < 90
    assert run(product, *([2.0, 0.5] * 300)) == 1.0


def test_long_chains() -> None:
    """50,000 nodes: no recursion, in the generator or in the compiler."""
    node: Node = a
    for k in range(33_334):
        node = sigmoid(node) if k % 2 else build.add(build.multiply(b, node), c)
    program = numpy_program("f", node, [a, b, c], {})
    value = 0.3
    for k in range(33_334):
        value = 1 / (1 + np.exp(-value)) if k % 2 else 0.5 * value + 0.1
    assert entry(program)(0.3, 0.5, 0.1) == pytest.approx(value, rel=1e-12)
