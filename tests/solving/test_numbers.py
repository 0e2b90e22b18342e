"""Numbers where the formula as written overflows, or has 0 log 0; expected values by hand."""

import numpy as np
import pytest

import chainrule as cr

LOGITS = {"p": [0.2, 0.3, 0.5], "z": [1000, 0, -1000]}
GRADIENT = [0.8, -0.3, -0.5]
HALVES = {"p": [0.5, 0.5, 0]}

# Formula, by what, values, the number, the gradient.
CASES = [
    (r"L = H(p, \mathrm{softmax}(z))", "z", LOGITS, 1300, GRADIENT),
    (r"L = D_{KL}(p \| \mathrm{softmax}(z))", "z", LOGITS, 1300 - 1.0296530140645737, GRADIENT),
    (r"L = -\sum_i p_i \log \mathrm{softmax}(z)_i", "z", LOGITS, 1300, GRADIENT),
    (r"L = \log \sum_j e^{z_j} - \sum_i p_i z_i", "z", LOGITS, 1300, GRADIENT),
    (r"q = \mathrm{softmax}(z); L = -\log q_3", "z", {"z": LOGITS["z"]}, 2000, [1, 0, -1]),
    (r"q = \sigma(z); L = BCE(y, q)", "z", {"y": 0.0, "z": 1000.0}, 1000, 1),
    (r"p = \sigma(z); L = -y \log p - (1 - y) \log(1 - p)", "z", {"y": 0.0, "z": 40.0}, 40, 1),
    (r"L = H(\mathrm{softmax}(z))", "z", {"z": LOGITS["z"]}, 0, [0, 0, 0]),
    (r"L = \sum_i p_i \log \frac{p_i}{q_i}", "q", {"p": [1, 0], "q": [0.5, 0.5]}, np.log(2), [-2, 0]),
    (r"L = -sum(p .* log(p))", "p", HALVES, np.log(2), [np.log(2) - 1, np.log(2) - 1, np.inf]),
]


@pytest.mark.parametrize(("formula", "by", "values", "expected", "gradient"), CASES, ids=[row[0] for row in CASES])
def test_the_number_is_found_all_the_same(
    formula: str, by: str, values: dict[str, object], expected: float, gradient: object
) -> None:
    net = cr.parse(formula, shapes={name: ("n",) for name, value in values.items() if isinstance(value, list)})
    run = net.at(values)  # pyright: ignore[reportArgumentType]
    assert run["L"] == pytest.approx(expected, rel=1e-12)
    assert run.gradient("L", by) == pytest.approx(np.array(gradient, float), rel=1e-12, abs=1e-12)


def test_what_is_infinite_stays_infinite() -> None:
    net = cr.parse(r"L = -\sum_i p_i \log q_i", shapes={"p": ("n",), "q": ("n",)})
    assert net.at({"p": [0.5, 0.5], "q": [1.0, 0.0]})["L"] == np.inf


def test_there_is_no_negative_zero() -> None:
    net = cr.parse("L = H(p, q)", shapes={"p": ("n",), "q": ("n",)})
    found = net.at({"p": [1, 0], "q": [0.5, 0.5]}).gradient("L", "q")
    assert not np.signbit(found[1])
