"""What lntwww_information.md is answered with."""

from tests.textbooks.by_hand import Answers, bits, entropy


def answers() -> Answers:
    x, y, both = entropy(0.34, 0.66), entropy(0.2, 0.8), entropy(0.18, 0.16, 0.02, 0.64)
    return {
        "3.7": {
            "1": {"H(X, Y)": bits(both)},
            "2": {"H(X)": bits(x), "H(Y)": bits(y)},
            "3": {"I(X; Y)": bits(x + y - both)},
            "4": {"H(X | Y)": bits(both - y), "H(Y | X)": bits(both - x)},
            # U and V are independent: 0.068 = 0.2 * 0.34, and so on.
            "5": {"H(U, V)": bits(x + y), "I(U; V)": bits(0.0)},
        }
    }
