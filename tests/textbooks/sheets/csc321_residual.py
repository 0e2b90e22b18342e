"""What csc321_residual.tex is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, grad, gradients
from tests.textbooks.steps import relu, sigmoid


def E(x: np.ndarray) -> np.ndarray:
    h = sigmoid(array([[1, -1], [0.5, 2]]) @ x + array([0.0, -1]))
    y = x + array([[1, 0], [-1, 0.5]]) @ h + array([0.1, 0.2])
    return array([1.0, -2]) @ h + np.sum((y - array([0.0, 1])) ** 2) / 2


def L(w1: float, w2: float, w3: float, w4: float) -> np.ndarray:
    return (w3 * relu(w1 * 1.0 + w2 * 2.0) + w4 * 1.0 - 1.0) ** 2 / 2


def answers() -> Answers:
    x = array([1, 0.5])
    slopes = gradients(L, 0.5, -1.0, 3.0, 2.0)
    return {
        "2": {"b": {"E": E(x), "∂E/∂𝐱": grad(E)(x)}},
        "3": {"a": {f"dL/dw_{i}": slope for i, slope in enumerate(slopes, 1)}},
    }
