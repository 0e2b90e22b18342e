"""Numbers where the formula as written overflows, or has 0 log 0; expected values by hand."""

from collections.abc import Callable

import numpy as np
import pytest

import chainrule as cr
from chainrule.pipeline import solve_sheet
from chainrule.source import Source

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


def test_a_logarithm_to_a_base_is_divided_once() -> None:
    """log 8 / log 2 is 3 in double precision, and log 8 times 1 / log 2 is not."""
    assert cr.parse("a = log(8) / log(x)").at({"x": 2.0})["a"] == 3.0
    assert cr.parse("a = x / (y y)", shapes={"x": ("n",)}).at({"x": [49.0, 3.0], "y": 7.0})["a"].tolist() == [1.0, 3.0 / 49.0]


def test_the_derivative_by_an_order_of_one() -> None:
    """Of Renyi's divergence it is half the variance of log(p / q) under p: of two values equally likely, d^2 / 8."""
    sheet = "$p = [0.5, 0.5], q = [0.2, 0.8], \\alpha = 1$. $L = D_\\alpha(p \\| q)$. Find $dL/d\\alpha$."
    (problem,) = solve_sheet(Source("sheet.md", sheet)).problems
    assert [d for d in problem.diagnostics if d.severity == "error"] == []
    (answer,) = problem.answers
    assert answer.value == pytest.approx(np.log(4) ** 2 / 8, rel=1e-14)
    assert answer.check is not None
    assert answer.check.method == "central differences"


def test_nothing_is_left_of_a_derivative_by_the_order() -> None:
    """Without a common outcome the divergence is infinite for every order."""
    sheet = "$p = [1, 0], q = [0, 1], \\alpha = 0.5$. $L = D_\\alpha(p \\| q)$. Find $dL/d\\alpha$."
    (problem,) = solve_sheet(Source("sheet.md", sheet)).problems
    assert problem.answers == ()
    assert [d.code for d in problem.diagnostics if d.severity == "error"] == ["not-finite"]


def test_a_certain_outcome_has_no_negative_zero_in_its_program() -> None:
    sheet = "The joint of $X, Y$ is $P(X=0,Y=0)=1/4, P(X=0,Y=1)=1/4, P(X=1,Y=0)=1/2, P(X=1,Y=1)=0$. Compute $H(Y | X = 1)$."
    (problem,) = solve_sheet(Source("sheet.md", sheet)).problems
    (answer,) = problem.answers
    assert answer.code is not None
    space: dict[str, Callable[[], float]] = {}
    exec(compile(answer.code.numpy, "<generated>", "exec"), space)  # pyright: ignore[reportArgumentType]
    assert (answer.value, str(space["entropy"]())) == (0.0, "0.0")
