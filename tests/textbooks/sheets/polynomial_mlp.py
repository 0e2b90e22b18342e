"""What polynomial_mlp.md is answered with; its numbers by hand: Z = f((1, 2)) = (4, 10)."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, at, grad


def E(X: np.ndarray, t: float, W: np.ndarray, b: np.ndarray, v: np.ndarray, c: float) -> np.ndarray:
    a = W @ X + b
    return (v @ (a**2 + 3 * a) + c - t) ** 2


def answers() -> Answers:
    point = {
        "X": array([0.5, -1]),
        "t": 0.2,
        "W": array([[1, 0.3], [-0.2, 1], [0.4, 0.1]]),
        "b": array([0.1, 0.2, 0.3]),
        "v": array([1, -1, 0.5]),
        "c": 0.7,
    }
    return {
        "4": {
            "a": {"dE/dv": at(grad(E, 4), point)},
            "b": {"dE/dW": at(grad(E, 2), point)},
            "c": {"Y": 4 - 10 + 0.5, "E": 5.5**2},
            "d": {"dE/dv_1": 2 * -5.5 * 4},
        }
    }
