"""What ng_shallow.md is answered with; the score of the example is 2 - 2 + 0.5."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, at, nats
from tests.textbooks.steps import sigmoid


def by_score(w: np.ndarray, x: np.ndarray, b: float, y: float) -> np.ndarray:
    """The derivative that the exercise states."""
    return sigmoid(w @ x + b) - y


def answers() -> Answers:
    a = sigmoid(0.5)
    point = {"w": array([0.3, -1, 2]), "x": array([1.0, 0.5, 0.2]), "b": -0.4, "y": 0.25}
    return {
        "1": {
            "1": {"∂ℒ/∂z": at(by_score, point), "statement on ∂ℒ/∂z": "holds"},
            "2": {"a": a, "ℒ": nats(-np.log(a)), "∂ℒ/∂w": (a - 1) * array([2.0, 1]), "∂ℒ/∂b": a - 1},
        },
        "2": {"1": {"statement on Z^([1])": "n_h x m", "statement on A^([2])": "1 x m"}},
    }
