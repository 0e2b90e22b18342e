"""What cs229_logistic.tex is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, at, grad, hessian
from tests.textbooks.steps import sigmoid


def loss(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
    return -np.mean(np.log(sigmoid(y * (X @ theta))))


def squares(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
    return np.sum((X @ theta - y) ** 2) / 2


def likelihood(theta: np.ndarray) -> np.ndarray:
    """Of one positive example."""
    return np.log(sigmoid(theta @ array([1.0, 2])))


def answers() -> Answers:
    data = {
        "x": array([[1.0, 0.5], [1, -2], [1, 3]]),
        "y": array([1.0, -1, -1]),
        r"\theta": array([0.2, -0.3]),
    }
    theta = array([0.5, -0.5])
    X, y = array([[1.0, 0], [1, 1], [1, 2]]), array([1.0, 2, 4])
    line = {"X": X, "y": y, r"\theta": array([0.3, 1.5])}
    return {
        "1": {
            "a": {"dJ/dtheta": at(grad(squares, 2), line), "d^2 J/dtheta^2": at(hessian(squares, 2), line)},
            "b": {"dJ/dtheta": -X.T @ y, "d^2 J/dtheta^2": X.T @ X},
        },
        "2": {
            "a": {"dJ/dtheta": at(grad(loss, 2), data)},
            "b": {"d^2 J/dtheta^2": at(hessian(loss, 2), data)},
        },
        "3": {
            "a": {"h": sigmoid(theta @ array([1.0, 2])), "ℓ": likelihood(theta)},
            "b": {"∂ℓ/∂theta": grad(likelihood)(theta)},
            "c": {"df/dz": "g'(z)", "statement on g'(z)": "holds"},
        },
    }
