"""What cs224d_rows.md is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, at, grad, nats
from tests.textbooks.steps import sigmoid, softmax

KIND = "rows"


def J(x: np.ndarray, W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray, y: np.ndarray) -> np.ndarray:
    return -np.sum(y * np.log(softmax(sigmoid(x @ W1 + b1) @ W2 + b2)))


def answers() -> Answers:
    values = {
        "x": array([[1.0, -1]]),
        "W_1": array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]),
        "b_1": array([[0, 0, 0.1]]),
        "W_2": array([[1.0, 0], [0, 1], [-1, 1]]),
        "b_2": array([[0.2, -0.2]]),
        "y": array([[1.0, 0]]),
    }
    here = list(values.values())
    return {
        "1": {
            "c": {"dJ/dx": at(grad(J), values)},
            "d": {"number of parameters": r"\text{D_x} * H + H + H * \text{D_y} + \text{D_y}"},
            "e": {
                "J": nats(J(*here)),
                "dJ/dW_1": grad(J, 1)(*here),
                "dJ/db_2": grad(J, 4)(*here)[0],
            },
        }
    }
