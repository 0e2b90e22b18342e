"""What uva_attention.ipynb is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, at, grad
from tests.textbooks.steps import softmax

KIND = "rows"


def by_weights(a: np.ndarray, V: np.ndarray, c: np.ndarray) -> np.ndarray:
    return c @ (V.T @ a)


def by_query(q: np.ndarray, K: np.ndarray, V: np.ndarray, c: np.ndarray) -> np.ndarray:
    return by_weights(softmax(K @ q), V, c)


def answers() -> Answers:
    point = {
        "q": array([0.5, -1]),
        "K": array([[1, 0.2], [-0.4, 1], [0.3, 0.7]]),
        "V": array([[1.0, 2, 0, 1], [3, 4, -1, 0], [0, 1, 1, 2]]),
        "c": array([1.0, -1, 0.5, 2]),
    }
    V, c = point["V"], point["c"]
    return {
        "1": {"1": {"statement on S": "T x T", "statement on O": "T x d_v"}},
        "2": {
            "1": {"dL/dV": at(grad(by_query, 2), point), "dL/da": at(lambda V, c: V @ c, {"V": V, "c": c})},
            "2": {"dL/dq": at(grad(by_query), point)},
        },
    }
