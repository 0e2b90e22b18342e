"""What d2l_mlp.md is answered with. The first exercise leaves the activation open, so its answers are texts."""

import numpy as np

from tests.textbooks.by_hand import Answers, array, grad

KIND = "rows"
X, Y, LAMBDA = array([1.0, -1]), array([0.5]), 0.1


def hidden(W1: np.ndarray) -> np.ndarray:
    return np.tanh(W1 @ X)


def loss(W1: np.ndarray, W2: np.ndarray) -> np.ndarray:
    return np.sum((W2 @ hidden(W1) - Y) ** 2) / 2


def penalty(W1: np.ndarray, W2: np.ndarray) -> np.ndarray:
    return LAMBDA / 2 * (np.sum(W1**2) + np.sum(W2**2))


def J(W1: np.ndarray, W2: np.ndarray) -> np.ndarray:
    return loss(W1, W2) + penalty(W1, W2)


def answers() -> Answers:
    W = array([[0.5, 0.1], [-0.3, 0.2], [0, 1]]), array([[1, -1, 0.5]])
    return {
        "1": {
            "2": {"dJ/dL": 1.0, "dJ/ds": 1.0},
            "3": {
                "∂J/∂𝐖^(2)": "lambda 𝐖^(2) + (𝐨 - 𝐲) 𝐡^T",
                "∂J/∂𝐖^(1)": "lambda 𝐖^(1) + (((𝐖^(2))^T (𝐨 - 𝐲)) .* phi'(𝐳)) 𝐱^T",
            },
            "4": {"∂J/∂𝐳": "((𝐖^(2))^T (𝐨 - 𝐲)) .* phi'(𝐳)"},
        },
        "2": {
            "": {
                "𝐡": hidden(W[0]),
                "L": loss(*W),
                "s": penalty(*W),
                "J": J(*W),
                "∂J/∂𝐖^(1)": grad(J)(*W),
                "∂J/∂𝐖^(2)": grad(J, 1)(*W),
            }
        },
        "3": {"1": {"statement on 𝐎": "n x q"}, "2": {"number of parameters": "d * h + h + h * q + q"}},
    }
