"""What nptel_week3.md is answered with."""

from math import log2

import numpy as np

from tests.textbooks.by_hand import Answers, Measured, array, grad
from tests.textbooks.steps import sigmoid

KIND = "prose"


def loss(W3: np.ndarray) -> np.ndarray:
    h = sigmoid(array([[1, 1, 2], [3, 1, 1], [1, 2, 3]]) @ array([1.0, 1, 1]))
    return (10 - W3 @ sigmoid(array([[1, 1, 2], [3, 1, 1]]) @ h)) ** 2


def answers() -> Answers:
    W3 = array([2.0, 5])
    slope = grad(loss)(W3)
    z1 = array([[1, 1, 2], [3, 1, 1], [1, 2, 3]]) @ array([1.0, 1, 1])
    z2 = array([[1, 1, 2], [3, 1, 1]]) @ sigmoid(z1)
    layers = {"z^(1)": z1, "h^(1)": sigmoid(z1), "z^(2)": z2, "h^(2)": sigmoid(z2)}
    return {
        "1": {"a": {"number of parameters": (200 * 10 + 10) + 2 * (10 * 10 + 10) + (10 * 4 + 4)}},
        "2": {
            "a": {"number of parameters": 9 + 6 + 2},
            "b": layers | {"y_hat": W3 @ sigmoid(z2), "L": loss(W3)},
            "d": {"dL/dW_3": slope},
            "e": {"W_3^new": W3 - slope, "L^new": loss(W3 - slope)},
        },
        "3": {"": {"I(0.18)": Measured(-log2(0.18), "bits"), "I(0.92)": Measured(-log2(0.92), "bits")}},
    }
