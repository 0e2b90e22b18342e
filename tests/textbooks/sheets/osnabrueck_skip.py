"""What osnabrueck_skip.ipynb is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, at, grad
from tests.textbooks.steps import absolute, relu


def L(w_s: float, w0: float, x: float, w1: float, w2: float, y: float) -> np.ndarray:
    h0 = relu(w0 * x)
    return absolute(y - (w2 * relu(w1 * h0) + w_s * h0))


def answers() -> Answers:
    point = {"w_s": 0.4, "w_0": 0.5, "x": 2.0, "w_1": 1.5, "w_2": -0.7, "y": 0.3}
    places = {"dL/dw_s": 0, "dL/dw_2": 4, "dL/dw_1": 3, "dL/dw_0": 1}
    slopes = {"dL/dw_s": 1.0, "dL/dw_2": 0.0, "dL/dw_1": 0.0, "dL/dw_0": 8.0}
    return {
        "1": {
            "a": {name: at(grad(L, place), point) for name, place in places.items()},
            "b": {"y_hat": 4.0, "L": 3.0},
            "c": slopes,
        }
    }
