"""What cover_thomas_extra.tex is answered with."""

import numpy as np

from tests.textbooks.by_hand import Answers, bits, entropy, kl


def answers() -> Answers:
    p, q = (0.5, 0.25, 0.25), (1 / 3, 1 / 3, 1 / 3)
    x, y, both = entropy(5 / 6, 1 / 6), entropy(0.5, 0.5), entropy(1 / 3, 1 / 2, 1 / 6)
    flips = 2 * np.log(2.0)  # each flip is one bit, and two are made on average
    return {
        "1": {
            "a": {"H(p)": bits(entropy(*p)), "H(q)": bits(entropy(*q))},
            "b": {"D(p || q)": bits(kl(p, q)), "D(q || p)": bits(kl(q, p))},
        },
        "3": {
            "a": {"H(X)": bits(x), "H(Y)": bits(y)},
            "b": {"H(X | Y)": bits(both - y), "H(Y | X)": bits(both - x)},
            "c": {"H(X, Y)": bits(both)},
            "d": {"H(Y) - H(Y | X)": bits(x + y - both)},
            "e": {"I(X; Y)": bits(x + y - both)},
        },
        "4": {"": {"H(X)": bits(flips)}},
    }
