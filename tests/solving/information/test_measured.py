"""Formulas with entropies in them: the unit reaches the whole, and its logarithms. Expected values are by `math`."""

from math import log, log2

import pytest

from chainrule.evaluation.run import evaluate
from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer
from chainrule.solving.equations import read_equations
from chainrule.solving.information.tasks import Measure
from chainrule.source import Source
from chainrule.syntax.tree import Name

GIVEN = "# Problem 1\n$P = (0.7, 0.2, 0.1)$ and $Q = (0.1, 0.3, 0.6)$.\n\n"
P, Q = (0.7, 0.2, 0.1), (0.1, 0.3, 0.6)
H_P, H_Q = (-sum(p * log(p) for p in row) for row in (P, Q))
KL = sum(p * log(p / q) for p, q in zip(P, Q, strict=True))


def answer(task: str, unit: str | None = None) -> Answer:
    [problem] = solve_sheet(Source("sheet.md", GIVEN + task), measure=Measure(unit)).problems
    assert problem.status == "solved", problem.diagnostics
    [found] = problem.answers
    return found


@pytest.mark.parametrize(
    ("task", "unit", "value", "said"),
    [
        (r"$H(P) - 0.25 H(Q)$", None, H_P - 0.25 * H_Q, "nats"),
        (r"$H(P) - 0.25 H(Q)$", "bits", (H_P - 0.25 * H_Q) / log(2), "bits"),
        (r"$\log_2 3 - H(P)$", None, log2(3) - H_P / log(2), "bits"),
        (r"$\log_2 3 - H(P)$", "nats", log(3) - H_P, "nats"),
        (r"$\log 3 - H(P)$", None, log(3) - H_P, "nats"),
        (r"$\log 3 - H(P)$", "bits", log2(3) - H_P / log(2), "bits"),
        (r"$D_{KL}(P \parallel Q) + H(P)$", "base 10", (KL + H_P) / log(10), "base 10"),
    ],
)
def test_a_sum_of_quantities_has_their_unit(task: str, unit: str | None, value: float, said: str) -> None:
    found = answer(f"Compute {task}.", unit)
    assert found.value == pytest.approx(value, rel=1e-13)
    assert (found.kind, found.unit) == ("divergence", said)


@pytest.mark.parametrize(
    ("task", "unit", "value"),
    [
        (r"$2^{H(P)}$", "bits", 2 ** (H_P / log(2))),
        (r"$D_{KL}(P \parallel Q) / H(P)$", None, KL / H_P),
        (r"$H(P) + 1$", "bits", H_P / log(2) + 1),
    ],
)
def test_what_is_no_amount_of_information_has_no_unit(task: str, unit: str | None, value: float) -> None:
    found = answer(f"Compute {task}.", unit)
    assert found.value == pytest.approx(value, rel=1e-13)
    assert (found.kind, found.unit) == ("value", None)
    assert any(f"in it are in {unit or 'nats'}" in each for each in found.conventions)


def test_the_quantities_are_put_in() -> None:
    found = answer(r"Compute $\log 3 - H(P)$.", "bits")
    [line] = found.worked
    assert line.formula.latex == r"\log_2(3) - H(P)"
    assert line.numbers is not None
    assert line.numbers.latex == r"\log_2(3) - 1.15678"  # the entropy has 1.156779649 bits
    assert line.result.latex == "0.428183"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"L = \frac12 (x - a)^2 + KL(p || q)", 0.125 + KL / log(2)),
        (r"L = \frac12 (x - a)^2 - 2 KL(p || q) H(p)", 0.125 - 2 * KL * H_P / log(2) ** 2),
        (r"L = \frac12 KL(N(x, 1) || N(0, 1))", 0.25 / log(2)),  # half of x^2/2
    ],
)
def test_equations_have_each_quantity_in_the_unit_that_is_asked_for(text: str, wanted: float) -> None:
    _, network = read_equations(Source("equations", text), unit="bits")
    given = {"x": 1.0, "a": 0.5, "p": P, "q": Q}
    values = {node: given[name.text] for name, node in network.inputs() if isinstance(name, Name)}
    [found] = evaluate([network.names[Name("L")]], values)
    assert float(found) == pytest.approx(wanted, rel=1e-13)
