"""What dsc140b_quiz.md is answered with, by hand: the layers are z1 = (3, -2), a1 = (3, 0), z2 = a2 = (15, 3)."""

from tests.textbooks.by_hand import Answers, array

KIND = "prose"


def answers() -> Answers:
    return {
        "1": {
            "b": {"∂H/∂a_vec^(1)": array([5 * -3 + 1 * 1, 1 * -3 + 2 * 1])},
            "c": {"∂H/∂z_vec^(1)": array([-14, 0])},
            "d": {"∂H/∂W^(2)": array([[3 * -3, 3 * 1], [0, 0]])},
        },
        "2": {"": {"number of parameters": 3 * 4 + 4 + 4 + 1}},
    }
