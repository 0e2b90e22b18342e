"""The networks of `examples/backprop.md` written by hand in JAX. Every quantity can be held: then the graph is cut there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

Array = Any
Values = Mapping[str, Array]


def gate(given: Values, held: Values) -> dict[str, Array]:
    q = dict(given)
    q["s"] = held.get("s", q["u"] + q["v"])
    q["t"] = held.get("t", q["s"] * q["k"])
    q["c"] = held.get("c", jnp.maximum(0.0, q["t"]))
    q["g"] = held.get("g", jax.nn.sigmoid(q["c"]))
    q["f"] = held.get("f", q["u"] * q["g"] + q["v"])
    return q


def neuron(given: Values, held: Values) -> dict[str, Array]:
    q = dict(given)
    q["z^{(1)}"] = held.get("z^{(1)}", q["w_1"] * q["x_1"] + q["w_2"] * q["x_2"] + q["b"])
    q["\\hat{y}"] = held.get("\\hat{y}", jax.nn.sigmoid(q["z^{(1)}"]))
    q["E"] = held.get("E", (q["y"] - q["\\hat{y}"]) ** 2)
    return q


def layers(given: Values, held: Values) -> dict[str, Array]:
    q = dict(given)
    q["z^{(1)}"] = held.get("z^{(1)}", q["W^{(1)}"] @ q["x"] + q["b^{(1)}"])
    q["h"] = held.get("h", jax.nn.sigmoid(q["z^{(1)}"]))
    q["z^{(2)}"] = held.get("z^{(2)}", jnp.dot(q["W^{(2)}"], q["h"]) + q["b^{(2)}"])
    q["\\hat{y}"] = held.get("\\hat{y}", jax.nn.sigmoid(q["z^{(2)}"]))
    q["L"] = held.get("L", 0.5 * (q["y"] - q["\\hat{y}"]) ** 2)
    return q


@dataclass(frozen=True)
class Handwritten:
    """A network, its inputs in the order of the sheet with their shapes, and the sheet's numbers."""

    run: Callable[[Values, Values], dict[str, Array]]
    target: str
    shapes: Mapping[str, tuple[int, ...]]
    given: Values

    def point(self, seed: int) -> dict[str, np.ndarray]:
        """Random inputs at which every part of the network counts."""
        random = np.random.default_rng(seed)
        return {name: np.asarray(random.uniform(0.2, 1.4, shape)) for name, shape in self.shapes.items()}

    def derivative(self, name: str, inputs: Values, of: str | None = None) -> np.ndarray:
        """The derivative of the target by an input or by a quantity, everything else computed as it stands."""
        at = jnp.asarray(self.run(inputs, {})[name], dtype=float)
        moved = dict(inputs)

        def function(value: Array) -> Array:
            if name in inputs:
                return self.run({**moved, name: value}, {})[of or self.target]
            return self.run(inputs, {name: value})[of or self.target]

        return np.asarray(jax.grad(function)(at))

    def quantities(self, inputs: Values) -> dict[str, np.ndarray]:
        return {name: np.asarray(value) for name, value in self.run(inputs, {}).items()}

    def upstream(self, inputs: Values) -> dict[str, np.ndarray]:
        r"""The derivatives by the quantities on the way, as a formula names them; \delta^{(l)} is that by z^{(l)}."""
        found: dict[str, np.ndarray] = {}
        for name in self.quantities(inputs):
            if name not in inputs and name != self.target:
                value = self.derivative(name, inputs)
                found[f"\\frac{{\\partial {self.target}}}{{\\partial {name}}}"] = value
                if name.startswith("z"):
                    found[name.replace("z", "\\delta")] = value
        return found


NETWORKS = {
    "1": Handwritten(gate, "f", {"u": (), "v": (), "k": ()}, {}),
    "2": Handwritten(
        neuron,
        "E",
        {"w_1": (), "x_1": (), "w_2": (), "x_2": (), "b": (), "y": ()},
        {"x_1": 1.5, "x_2": -0.4, "y": 0.9, "w_1": 0.2, "w_2": 0.7, "b": -0.3},
    ),
    "3": Handwritten(
        layers,
        "L",
        {"x": (2,), "W^{(1)}": (2, 2), "b^{(1)}": (2,), "W^{(2)}": (2,), "b^{(2)}": (), "y": ()},
        {
            "W^{(1)}": np.array([[0.4, -0.2], [0.1, 0.5]]),
            "b^{(1)}": np.array([0.2, -0.1]),
            "W^{(2)}": np.array([0.3, -0.6]),
            "b^{(2)}": np.array(0.1),
            "x": np.array([2.0, -1.0]),
        },
    ),
}
