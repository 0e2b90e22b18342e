"""What ift6266_questions.tex is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, at, grad
from tests.textbooks.steps import sigmoid, softmax


def cross_entropy(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    return -np.sum(t * np.log(softmax(y)))


def answers() -> Answers:
    x = {"x": array([0.3, -1, 2])}
    y, t = array([1.0, 2, 3]), array([0.0, 1, 0])
    W = array([[0.5, 1], [0, 0.5]])
    return {
        "1": {"1": {"dS/dx": at(grad(softmax), x)}, "2": {"ds/dx": at(grad(sigmoid), x)}},
        "2": {
            "1": {"dL/dy": at(grad(cross_entropy), {"y": array([0.2, -1, 0.5, 1]), "t": array([0.0, 0, 1, 0])})},
            "2": {"dL/dy": grad(cross_entropy)(y, t)},
        },
        "3": {"1": {"dh_3/dh_0": "W^3"}, "2": {"dh_3/dh_0": W @ W @ W}},
    }
