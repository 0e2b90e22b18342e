"""What one_layer_sigmoid.md is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, at, grad, nats
from tests.textbooks.steps import sigmoid

KIND = "prose"
X = array([1.0, 2, 4])


def C(y: float, d: float) -> np.ndarray:
    return -d * np.log(y) - (1 - d) * np.log(1 - y)


def by_output(w1: float, w2: float, w3: float, x1: float, x2: float, x3: float, d: float) -> np.ndarray:
    return grad(C)(sigmoid(w1 * x1 + w2 * x2 + w3 * x3), d)


def by_input(w1: float, w2: float, w3: float, x1: float, x2: float, x3: float, d: float) -> np.ndarray:
    return grad(lambda z: C(sigmoid(z), d))(w1 * x1 + w2 * x2 + w3 * x3)


def answers() -> Answers:
    point = {"w_1": 0.2, "w_2": 0.7, "w_3": -0.4, "x_1": 1.5, "x_2": -0.3, "x_3": 0.9, "d": 0.25}
    w = array([0.5, -1, 0.25])
    slope = grad(lambda v: C(sigmoid(v @ X), 1.0))(w)
    return {
        "3": {
            "1": {"dC/dy": at(by_output, point), "dC/dz": at(by_input, point)},
            "2": {"y": sigmoid(w @ X), "C": nats(C(sigmoid(w @ X), 1.0))},
            "3": {"dC/dw": slope, "w^new": w - 0.1 * slope},
        }
    }
