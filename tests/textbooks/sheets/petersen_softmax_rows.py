"""What petersen_softmax_rows.tex is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, at, grad, nats
from tests.textbooks.steps import softmax

KIND = "rows"


def C(a: np.ndarray, W: np.ndarray, b: np.ndarray, y: np.ndarray) -> np.ndarray:
    return -np.sum(y * np.log(softmax(a @ W + b)))


def answers() -> Answers:
    values = {
        r"\mathbf a": array([1.0, 2]),
        r"\mathbf W": array([[0.1, 0.2, 0.3], [-0.1, 0, 0.4]]),
        r"\mathbf b": array([0, 0.5, -0.5]),
        r"\mathbf y": array([0.0, 0, 1]),
    }
    a, W, b, _ = values.values()
    return {
        "1": {
            "a": {"∂C/∂𝐖": at(grad(C, 1), values), "∂C/∂𝐛": at(grad(C, 2), values)},
            "b": {"𝐬": softmax(a @ W + b), "C": nats(C(*values.values()))},
        }
    }
