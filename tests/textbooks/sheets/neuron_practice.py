"""What neuron_practice.md is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, grad
from tests.textbooks.steps import sigmoid

KIND = "prose"
X = array([4.0, -1])


def loss(w: np.ndarray) -> np.ndarray:
    return (1 - sigmoid(w @ X - 2)) ** 2


def answers() -> Answers:
    w = array([0.3, 0.7])
    return {
        "1": {"": {"z^(1)": 2 * 0.5 - 3 * 0.5 + 1, "y_hat": 0.5}},
        "2": {"a": {"z^(1)": -1.5, "y_hat": sigmoid(-1.5)}, "b": {"L": loss(w)}, "c": {"dL/dW": grad(loss)(w)}},
    }
