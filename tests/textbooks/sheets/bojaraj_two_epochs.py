"""What bojaraj_two_epochs.ipynb is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, grad
from tests.textbooks.steps import sigmoid

X = array([1.0, 2.0])


def prediction(w: np.ndarray) -> np.ndarray:
    return sigmoid(w[2] * sigmoid(X @ w[:2]))


def error(w: np.ndarray) -> np.ndarray:
    return 0.5 * (1.0 - prediction(w)) ** 2


def answers() -> Answers:
    start = array([0.10, -0.30, 0.50])
    slope = grad(error)(start)
    once = start - 0.1 * slope
    twice = once - 0.1 * grad(error)(once)
    steps = {1: once, 2: twice}
    return {
        "1": {
            "1": {"y_hat": prediction(start), "E": error(start)},
            "2": {f"dE/dw_{i + 1}": slope[i] for i in range(3)},
            "3": {f"w_{i + 1}^new": once[i] for i in range(3)},
            "4": {f"(w_{i + 1})_{{t={t}}}": steps[t][i] for t in steps for i in range(3)} | {"E_{t=2}": error(twice)},
        }
    }
