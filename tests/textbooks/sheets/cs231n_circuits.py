"""What cs231n_circuits.md is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, gradients
from tests.textbooks.steps import sigmoid


def neuron(w0: float, w1: float, w2: float, x0: float, x1: float) -> np.ndarray:
    return sigmoid(w0 * x0 + w1 * x1 + w2)


def staged(x: float, y: float) -> np.ndarray:
    return (x + sigmoid(y)) / (sigmoid(x) + (x + y) ** 2)


def answers() -> Answers:
    point = (2.0, -3.0, -3.0, -1.0, -2.0)
    slopes = gradients(neuron, *point)
    by_x, by_y = gradients(staged, 3.0, -4.0)
    return {
        "2": {
            "1": {"f": neuron(*point)},
            "2": {f"df/d{name}": slope for name, slope in zip(("w_0", "w_1", "w_2", "x_0", "x_1"), slopes, strict=True)},
        },
        "3": {"": {"f": staged(3.0, -4.0), "df/dx": by_x, "df/dy": by_y}},
    }
