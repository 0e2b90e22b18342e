"""What mazur_2_2_2.md is answered with."""

from tests.textbooks.by_hand import Answers, array
from tests.textbooks.steps import sigmoid


def answers() -> Answers:
    net_h = array([[0.15, 0.20], [0.25, 0.30]]) @ array([0.05, 0.10]) + 0.35
    out_h = sigmoid(net_h)
    net_o = array([[0.40, 0.45], [0.50, 0.55]]) @ out_h + 0.60
    out_o = sigmoid(net_o)
    errors = (array([0.01, 0.99]) - out_o) ** 2 / 2
    layers = {"net_h%d": net_h, "out_h%d": out_h, "net_o%d": net_o, "out_o%d": out_o, "E_o%d": errors}
    each = {name % (i + 1): values[i] for name, values in layers.items() for i in range(2)}
    return {"1": {"a": {**each, "E_total": errors.sum()}}}
