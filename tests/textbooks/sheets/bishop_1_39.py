"""What bishop_1_39.md is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, at, entropy, nats


def gaussians(mu: float, sigma: float, m: float, s: float) -> float:
    """The integral of p log(p/q) over a grid that is far wider than both; the trapezoid rule is exact to rounding here."""
    x = np.linspace(mu - 14 * sigma, mu + 14 * sigma, 4001)
    p = np.exp(-((x - mu) ** 2) / (2 * sigma**2)) / (sigma * np.sqrt(2 * np.pi))
    log_ratio = np.log(s / sigma) - (x - mu) ** 2 / (2 * sigma**2) + (x - m) ** 2 / (2 * s**2)
    return float(np.sum(p * log_ratio) * (x[1] - x[0]))


def answers() -> Answers:
    third = 1 / 3
    one, both = entropy(2 * third, third), entropy(third, third, third)
    table = {
        "a": {"H [x]": nats(one)},
        "b": {"H [y]": nats(one)},
        "c": {"H [y | x]": nats(both - one)},
        "d": {"H [x | y]": nats(both - one)},
        "e": {"H [x, y]": nats(both)},
        "f": {"I [x, y]": nats(2 * one - both)},
    }
    divergence = at(gaussians, {r"\mu": 0.3, r"\sigma": 1.2, "m": -0.5, "s": 0.7})
    return {"1.39": table, "1.30": {"": {"D_KL(p(x) || q(x))": divergence}}, "5.1": {"": {"statement on tanh(a)": "holds"}}}
