"""What ml_entropy.md is answered with: of a certain outcome the cross-entropy is -log of its probability."""

import numpy as np

from tests.textbooks.by_hand import Answers, nats


def answers() -> Answers:
    return {
        "A4": {
            "a": {"H(P)": nats(0.0)},
            "b": {"H(P, Q_perfect)": nats(-np.log(0.99))},
            "c": {"H(P, Q_terrible)": nats(-np.log(0.1))},
        }
    }
