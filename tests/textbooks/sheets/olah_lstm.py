"""What olah_lstm.tex is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, grad
from tests.textbooks.steps import sigmoid


def state(h0: float) -> np.ndarray:
    z, r = sigmoid(1 - h0), sigmoid(0.5 + 2 * h0)
    return (1 - z) * h0 + z * np.tanh(1 - 2 * r * h0)


def answers() -> Answers:
    return {
        "1": {"a": {"h_1": state(0.5)}, "b": {"dh_1/dh_0": grad(state)(0.5)}},
        "2": {"a": {"dh_1/dc_1": "o tanh'(c_1)", "dc_1/dc_0": "f"}},
    }
