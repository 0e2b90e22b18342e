"""What krasing_rows.ipynb is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, gradients

KIND = "rows"
T = array([[1.0, 1], [0, 0]])


def L(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.sum((X @ W + b - T) ** 2) / 2


def answers() -> Answers:
    X, W, b = array([[1.0, 2, 0], [0, 1, -1]]), array([[1.0, 0], [0, 1], [2, 1]]), array([0.5, -0.5])
    slopes = gradients(L, X, W, b)
    return {
        "2": {
            "1": {"Y": array([[1.5, 1.5], [-1.5, -0.5]]), "L": L(X, W, b)},
            "2": {f"dL/d{name}": slope for name, slope in zip("XWb", slopes, strict=True)},
        }
    }
