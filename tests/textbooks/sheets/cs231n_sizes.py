"""What cs231n_sizes.md is answered with: weights and biases counted layer by layer."""

from tests.textbooks.by_hand import Answers

KIND = "prose"


def answers() -> Answers:
    return {
        "1": {"": {"number of parameters": 3 * 4 + 4 * 2 + 4 + 2}},
        "2": {"": {"number of parameters": 3 * 4 + 4 * 4 + 4 * 1 + 4 + 4 + 1}},
        "3": {"": {"number of weights": 8 + 16 + 16 + 8}},
        "4": {"": {"number of parameters": 785 * 30 + 31 * 10}},
    }
