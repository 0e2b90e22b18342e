"""What ml_entropy.md is answered with: of a certain outcome the cross-entropy is -log of its probability."""

from tests.textbooks.by_hand import Answers, jnp, nats


def answers() -> Answers:
    return {
        "A4": {
            "a": {"H(P)": nats(0.0)},
            "b": {"H(P, Q_perfect)": nats(-jnp.log(0.99))},
            "c": {"H(P, Q_terrible)": nats(-jnp.log(0.1))},
        }
    }
