"""A two-layer network with softmax cross-entropy, and the logistic loss, written for every system.

Each function returns seconds by stage. `differentiate` ends with the derivative simplified as far as the system does that, and
`print` with its text. Only chainrule has a gate: it reads the texts back and compares their values.
"""

from collections.abc import Callable
from typing import Any

from chains import Clock, Times

NETWORK = "h = sigmoid(W_1 x + b_1); z = W_2 h + b_2; L = -t' log(softmax(z))"
PARAMETERS = ("W_1", "b_1", "W_2", "b_2")
SHAPES = {"x": ("n",), "W_1": ("h", "n"), "b_1": ("h",), "W_2": ("k", "h"), "b_2": ("k",), "t": ("k",)}
LOGISTIC = "L = sum(log(vector(1) + exp(-y .* (X w))))"
LOGISTIC_SHAPES = {"X": ("m", "n"), "w": ("n",), "y": ("m",)}
SMALL = {"n": 2, "h": 3, "k": 2, "m": 4}
"""SymPy has no rules for functions of matrices entry by entry, so it gets the entries one by one, of arrays of these sizes."""


def chainrule(text: str, shapes: dict[str, tuple[str, ...]], wrt: list[tuple[str, ...]]) -> Times:
    from chainrule.algebra.matrix_form import Writer
    from chainrule.algebra.normal_form import normal_form
    from chainrule.calculus.jacobian import gradient, hessian
    from chainrule.graph.walk import expand
    from chainrule.solving.equations import read_equations
    from chainrule.solving.reading import read_declarations
    from chainrule.solving.requests import find
    from chainrule.source import Source
    from chainrule.syntax.tree import Name
    from chainrule.typesetting import latex, plain, unicode
    from chainrule.verification.gate import Gate

    clock = Clock()
    _, network = read_equations(Source("network", text), read_declarations(shapes))
    clock.stage("build")
    names = {symbol: node for node in network.names.values() if (symbol := plain(getattr(node, "symbol", Name("")))) in shapes}
    loss = expand(find(network, Name("L")))
    found = [
        normal_form(gradient(loss, names[by[0]]) if len(by) == 1 else hessian(loss, *(names[each] for each in by)))
        for by in wrt
    ]
    clock.stage("differentiate")
    writer = Writer({})
    trees = [writer.form(each) for each in found]
    texts = [[latex(tree), plain(tree), unicode(tree)] for tree in trees]
    clock.stage("print")
    gate = Gate(network)
    for node, (first, *others) in zip(found, texts, strict=True):
        gate.verify(node, [(first, "latex"), *((other, "plain") for other in others)])
    clock.stage("gate")
    return clock.times


def two_layers_chainrule() -> Times:
    return chainrule(NETWORK, SHAPES, [(parameter,) for parameter in PARAMETERS])


def logistic_chainrule() -> Times:
    return chainrule(LOGISTIC, LOGISTIC_SHAPES, [("w", "w")])


def two_layers_sympy() -> Times:
    import sympy

    clock = Clock()
    arrays = {name: _entries(sympy, name, shape) for name, shape in SHAPES.items()}
    hidden = (arrays["W_1"] * arrays["x"] + arrays["b_1"]).applyfunc(lambda a: 1 / (1 + sympy.exp(-a)))
    logits = arrays["W_2"] * hidden + arrays["b_2"]
    partition = sum(sympy.exp(z) for z in logits)
    loss = -sum(t * sympy.log(sympy.exp(z) / partition) for t, z in zip(arrays["t"], logits, strict=True))
    clock.stage("build")
    found = [loss.diff(arrays[parameter]) for parameter in PARAMETERS]
    clock.stage("differentiate")
    for each in found:
        sympy.latex(each)
    clock.stage("print")
    return clock.times


def logistic_sympy() -> Times:
    import sympy

    clock = Clock()
    X, w, y = (_entries(sympy, name, shape) for name, shape in LOGISTIC_SHAPES.items())
    loss = sum(sympy.log(1 + sympy.exp(-label * score)) for label, score in zip(y, X * w, strict=True))
    clock.stage("build")
    found = sympy.hessian(loss, list(w))
    clock.stage("differentiate")
    sympy.latex(found)
    clock.stage("print")
    return clock.times


def _entries(sympy: Any, name: str, shape: tuple[str, ...]) -> Any:
    rows, columns = (*(SMALL[size] for size in shape), 1)[:2]
    return sympy.Matrix(rows, columns, lambda i, j: sympy.Symbol(f"{name}_{i}{j}"))


def two_layers_tensorgrad() -> Times:
    from tensorgrad import Derivative, functions

    clock = Clock()
    arrays = _named_edges(SHAPES)
    hidden = functions.sigmoid(arrays["W_1"] @ arrays["x"] + arrays["b_1"])
    loss = functions.cross_entropy(arrays["W_2"] @ hidden + arrays["b_2"], arrays["t"], dim="k")
    clock.stage("build")
    found = [Derivative(loss, arrays[parameter]).full_simplify() for parameter in PARAMETERS]
    clock.stage("differentiate")
    _print_tensorgrad(found, clock)
    return clock.times


def logistic_tensorgrad() -> Times:
    from tensorgrad import Derivative, functions

    clock = Clock()
    arrays = _named_edges(LOGISTIC_SHAPES)
    loss = functions.sum(functions.log(1 + functions.exp(-1 * arrays["y"] * (arrays["X"] @ arrays["w"]))))
    clock.stage("build")
    slope = Derivative(loss, arrays["w"], {"n": "n"}).full_simplify()
    found = Derivative(slope, arrays["w"], {"n": "n_"}).full_simplify()
    clock.stage("differentiate")
    _print_tensorgrad([found], clock)
    return clock.times


def _named_edges(shapes: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    import sympy
    from tensorgrad import Variable

    sizes = {size: sympy.Symbol(size) for shape in shapes.values() for size in shape}
    return {name: Variable(name, **{size: sizes[size] for size in shape}) for name, shape in shapes.items()}


def _print_tensorgrad(found: list[Any], clock: Clock) -> None:
    from tensorgrad.extras.to_latex import to_latex

    clock.stage("import")
    for each in found:
        to_latex(each)
    clock.stage("print")
    del clock.times["import"]


def two_layers_pytensor() -> Times:
    import pytensor
    from pytensor import tensor
    from pytensor.printing import pprint
    from pytensor.tensor.special import log_softmax

    clock = Clock()
    arrays = _symbolic(tensor, SHAPES)
    hidden = tensor.sigmoid(tensor.dot(arrays["W_1"], arrays["x"]) + arrays["b_1"])
    logits = tensor.dot(arrays["W_2"], hidden) + arrays["b_2"]
    loss = -tensor.dot(arrays["t"], log_softmax(logits))
    clock.stage("build")
    found = pytensor.grad(loss, [arrays[parameter] for parameter in PARAMETERS])
    clock.stage("differentiate")
    for each in found:
        pprint(each)
    clock.stage("print")
    return clock.times


def logistic_pytensor() -> Times:
    from pytensor import tensor
    from pytensor.gradient import hessian
    from pytensor.printing import pprint

    clock = Clock()
    X, w, y = _symbolic(tensor, LOGISTIC_SHAPES).values()
    loss = tensor.log(1 + tensor.exp(-y * tensor.dot(X, w))).sum()
    clock.stage("build")
    found = hessian(loss, w)
    clock.stage("differentiate")
    pprint(found)
    clock.stage("print")
    return clock.times


def _symbolic(tensor: Any, shapes: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return {name: tensor.dvector(name) if len(shape) == 1 else tensor.dmatrix(name) for name, shape in shapes.items()}


def two_layers_jax() -> Times:
    import jax

    def loss(parameters: list[Any], x: Any, t: Any) -> Any:
        first, b_1, second, b_2 = parameters
        return -t @ jax.nn.log_softmax(second @ jax.nn.sigmoid(first @ x + b_1) + b_2)

    clock = Clock()
    traced = jax.make_jaxpr(jax.grad(loss))([_zeros(SHAPES[p]) for p in PARAMETERS], _zeros(SHAPES["x"]), _zeros(SHAPES["t"]))
    clock.stage("differentiate")
    str(traced)
    clock.stage("print")
    return clock.times


def logistic_jax() -> Times:
    import jax
    import jax.numpy as jnp

    def loss(X: Any, w: Any, y: Any) -> Any:
        return jnp.sum(jnp.log(1 + jnp.exp(-y * (X @ w))))

    clock = Clock()
    traced = jax.make_jaxpr(jax.hessian(loss, 1))(*map(_zeros, LOGISTIC_SHAPES.values()))
    clock.stage("differentiate")
    str(traced)
    clock.stage("print")
    return clock.times


def _zeros(shape: tuple[str, ...]) -> Any:
    import numpy

    return numpy.zeros([SMALL[size] for size in shape])


NETWORKS: dict[str, dict[str, Callable[[], Times]]] = {
    "two layers": {
        "chainrule": two_layers_chainrule,
        "sympy": two_layers_sympy,
        "tensorgrad": two_layers_tensorgrad,
        "pytensor": two_layers_pytensor,
        "jax": two_layers_jax,
    },
    "logistic Hessian": {
        "chainrule": logistic_chainrule,
        "sympy": logistic_sympy,
        "tensorgrad": logistic_tensorgrad,
        "pytensor": logistic_pytensor,
        "jax": logistic_jax,
    },
}
OTHER = {"two layers": "logistic Hessian", "logistic Hessian": "two layers"}
"""What runs first, so that imports and first calls are not counted, and nothing of what is measured is remembered."""
