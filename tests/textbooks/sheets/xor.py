"""What xor.md is answered with, by hand."""

from tests.textbooks.by_hand import Answers, array

KIND = "rows"


def answers() -> Answers:
    return {
        "1": {"a": {"f": 2 - 2 * 1}, "b": {"∂f/∂𝒘": array([2, 1]), "∂f/∂𝑾": array([[1, -2], [1, -2]])}},
        "2": {
            "a": {"𝑿 𝑾": array([[0, 0], [1, 1], [1, 1], [2, 2]]), "𝑯": array([[0, 0], [1, 0], [1, 0], [2, 1]])},
            "b": {"𝒚_hat": array([0, 1, 1, 0]), "J": 0.0},
        },
    }
