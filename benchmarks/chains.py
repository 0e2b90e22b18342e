"""Chains of operations, written once for every system, and what each system does with one.

Each function returns seconds by stage. All of them differentiate the last quantity of the chain by its first.
"""

import pickle
from collections.abc import Callable
from time import process_time
from typing import Any

POINT = {"x": 0.3, "w": 0.7, "b": 0.1}
Times = dict[str, float]


def sigmoids(length: int, sigmoid: Callable[[Any], Any], x: Any, w: Any, b: Any) -> Any:
    """sigmoid(sigmoid(... x))."""
    for _ in range(length):
        x = sigmoid(x)
    return x


def mixed(length: int, sigmoid: Callable[[Any], Any], x: Any, w: Any, b: Any) -> Any:
    """y = x + sigmoid(w y + b) again and again: four operations a turn."""
    y = x
    for _ in range(length // 4):
        y = x + sigmoid(w * y + b)
    return y


CHAINS = {"sigmoids": sigmoids, "mixed": mixed}


class Clock:
    """Seconds of the processor from one call of `stage` to the next."""

    def __init__(self) -> None:
        self.times: Times = {}
        self._last = process_time()

    def stage(self, name: str) -> None:
        now = process_time()
        self.times[name] = now - self._last
        self._last = process_time()


def chainrule(chain: Callable[..., Any], length: int) -> Times:
    from chainrule.algebra.elide import elide
    from chainrule.algebra.matrix_form import matrix_form
    from chainrule.calculus.reverse import backpropagate
    from chainrule.evaluation.run import evaluate
    from chainrule.graph import build
    from chainrule.ops.traced import Traced, function
    from chainrule.typesetting import plain

    inputs = {name: build.variable(name) for name in POINT}
    sigmoid = function("sigmoid")
    clock = Clock()
    last = chain(length, sigmoid, *(Traced(v) for v in inputs.values())).node
    clock.stage("build")
    gradient = backpropagate(last, [inputs["x"]]).gradient(inputs["x"])
    clock.stage("differentiate")
    evaluate([gradient], {inputs[name]: value for name, value in POINT.items()})
    clock.stage("evaluate")
    plain(matrix_form(elide(gradient)))
    clock.stage("print")
    pickle.dumps(gradient)
    clock.stage("pickle")
    return clock.times


def jax(chain: Callable[..., Any], length: int) -> Times:
    import os

    os.environ["JAX_PLATFORMS"] = "cpu"
    import jax as library

    clock = Clock()
    library.make_jaxpr(library.grad(lambda x, w, b: chain(length, library.nn.sigmoid, x, w, b)))(*POINT.values())
    clock.stage("build and differentiate")
    return clock.times


def sympy(chain: Callable[..., Any], length: int) -> Times:
    import sympy as library

    x, w, b = library.symbols("x w b")
    clock = Clock()
    last = chain(length, lambda y: 1 / (1 + library.exp(-y)), x, w, b)
    clock.stage("build")
    library.diff(last, x)
    clock.stage("differentiate")
    return clock.times


def pytensor(chain: Callable[..., Any], length: int) -> Times:
    import pytensor as library
    from pytensor import tensor

    x, w, b = (tensor.dscalar(name) for name in POINT)
    clock = Clock()
    last = chain(length, tensor.sigmoid, x, w, b)
    clock.stage("build")
    library.grad(last, x)
    clock.stage("differentiate")
    return clock.times


SYSTEMS = {"chainrule": chainrule, "jax": jax, "sympy": sympy, "pytensor": pytensor}
