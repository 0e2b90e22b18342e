"""What jurafsky_martin.md is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, gradients
from tests.textbooks.steps import sigmoid, softmax

WEIGHTS, FEATURES = array([2.5, -5.0, -1.2, 0.5, 2.0, 0.7]), array([3, 2, 1, 3, 0, 4.19])


def loss(w1: float, w2: float, b: float) -> np.ndarray:
    """Of the label 1."""
    return -np.log(sigmoid(w1 * 3 + w2 * 2 + b))


def answers() -> Answers:
    positive = sigmoid(WEIGHTS @ FEATURES + 0.1)
    slopes = dict(zip(("w_1", "w_2", "b"), gradients(loss, 0.0, 0.0, 0.0), strict=True))
    step = {f"{name}^new": -0.1 * slope for name, slope in slopes.items()}
    return {
        "5.1": {"a": {"P(y = 1 | x)": positive}, "b": {"1 - sigma(w * x + b)": 1 - positive}},
        "5.2": {"": {**{f"dL_CE/d{name}": slope for name, slope in slopes.items()}, **step}},
        "7.1": {"": {"y": sigmoid(0.2 * 0.5 + 0.3 * 0.6 + 0.9 * 0.1 + 0.5)}},
        "7.2": {"": {"softmax(z)": softmax(array([0.6, 1.1, -1.5, 1.2, 3.2, -1.1]))}},
    }
