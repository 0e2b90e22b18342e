"""What walkthrough_bce.md is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, gradients
from tests.textbooks.steps import sigmoid

KIND = "prose"
X = array([1, 0.5])


def prediction(W1: np.ndarray, W2: np.ndarray) -> np.ndarray:
    return sigmoid(W2 @ sigmoid(W1 @ X))


def loss(W1: np.ndarray, W2: np.ndarray) -> np.ndarray:
    """Of the label 1."""
    return -np.log(prediction(W1, W2))


def answers() -> Answers:
    W1, W2 = array([[0.5, -0.2], [0.1, 0.4]]), array([0.6, 0.3])
    h = sigmoid(array([0.4, 0.3]))
    by_first, by_second = gradients(loss, W1, W2)
    return {
        "1": {
            "1": {"z^(1)": array([0.4, 0.3]), "h": h, "z^(2)": W2 @ h, "y_hat": prediction(W1, W2), "L": loss(W1, W2)},
            "3": {"∂L/∂𝐖^(1)": by_first, "∂L/∂𝐖^(2)": by_second},
        }
    }
