"""What micrograd_lecture.ipynb is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, gradients
from tests.textbooks.steps import softmax

BIAS = 6.8813735870195432


def neuron(x1: float, w1: float, x2: float, w2: float) -> np.ndarray:
    return np.tanh(x1 * w1 + x2 * w2 + BIAS)


def answers() -> Answers:
    point = (2.0, -3.0, 0.0, 1.0)
    slopes = zip(("x_1", "w_1", "x_2", "w_2"), gradients(neuron, *point), strict=True)
    p = softmax(array([0.0, 3, -2, 1]))
    return {
        "2": {"1": {"o": neuron(*point)}, "2": {f"do/d{name}": slope for name, slope in slopes}},
        "3": {"1": {"dL/dl_1": p[0], "dL/dl_4": p[3] - 1}},
    }
