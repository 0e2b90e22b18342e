"""What primelearnpoint_2_2_1.txt is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, grad
from tests.textbooks.steps import sigmoid

X = array([0.35, 0.7])
H = sigmoid(array([[0.2, 0.2], [0.3, 0.3]]) @ X)


def loss_of(z: float) -> np.ndarray:
    return (sigmoid(z) - 1) ** 2 / 2


def answers() -> Answers:
    v = array([0.3, 0.9])
    z = v @ H
    slope = grad(lambda u: loss_of(u @ H))(v)
    new = v - slope
    return {
        "1": {
            "a": {"p": sigmoid(z)},
            "b": {"L": loss_of(z)},
            "c": {"dL/dz_3": grad(loss_of)(z)},
            "d": {"dL/dv_1": slope[0], "dL/dv_2": slope[1]},
            "e": {"v_1^new": new[0], "v_2^new": new[1]},
        }
    }
