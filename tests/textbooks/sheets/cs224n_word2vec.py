"""What cs224n_word2vec.ipynb is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, at, grad, nats
from tests.textbooks.steps import sigmoid, softmax


def naive(v: np.ndarray, U: np.ndarray, y: np.ndarray) -> np.ndarray:
    return -np.sum(y * np.log(softmax(U.T @ v)))


def sampled(v: np.ndarray, o: np.ndarray, u1: np.ndarray, u2: np.ndarray) -> np.ndarray:
    return -np.log(sigmoid(o @ v)) - np.log(sigmoid(-u1 @ v)) - np.log(sigmoid(-u2 @ v))


def answers() -> Answers:
    first = {"v_c": array([1.0, 2]), "U": array([[1.0, 0, -1], [0.5, 1, 0]]), "y": array([0.0, 1, 0])}
    second = {"v_c": array([2.0, 1]), "u_o": array([1.0, 0]), "u_1": array([0.0, 1]), "u_2": array([-1.0, 1])}
    other = {"v_c": array([0.3, -1.2]), "u_o": array([0.5, 2]), "u_1": array([-0.4, 1]), "u_2": array([1.5, 0.2])}
    wrt = ("dJ/dv_c", "dJ/du_o", "dJ/du_1")
    here = first.values()
    return {
        "1": {
            "a": {"dJ/dv_c": at(grad(naive), first)},
            "b": {"dJ/dU": at(grad(naive, 1), first)},
            "c": {"J": nats(naive(*here)), "dJ/dv_c": grad(naive)(*here), "dJ/dU": grad(naive, 1)(*here)},
        },
        "2": {
            "a": {symbol: at(grad(sampled, i), other) for i, symbol in enumerate(wrt)},
            "b": {symbol: grad(sampled, i)(*second.values()) for i, symbol in enumerate(wrt)},
        },
    }
