"""One verb with several objects, and words that make one thing of several. Values by hand."""

from math import log, log2

import pytest

from tests.sheets.information.answers import values
from tests.solving.sheets import solve

NETWORK = "Let $z = w x$, $h = z + 1$, $L = h^2$ with $w = 2$, $x = 3$. "
TABLES = r"Let $p = (0.5, 0.5)$ and $q = (0.25, 0.75)$. "
KL = 0.5 * log(2) + 0.5 * log(2 / 3)
H_Q = 0.5 * log(2) + 0.75 * log(4 / 3)


@pytest.mark.parametrize(
    "asked",
    [
        "Find $z$ together with the loss $L$ and $\\frac{dL}{dw}$.",
        "First find $z$, next the loss $L$, and finally $\\frac{dL}{dw}$.",
        "Find $z$, from it the loss $L$, and from that $\\frac{dL}{dw}$.",
        "Find not only $z$ but also the loss $L$ and $\\frac{dL}{dw}$.",
        "Find $z$ along with the loss $L$ and $\\frac{dL}{dw}$.",
        "What is $z$? And the loss $L$? And $\\frac{dL}{dw}$?",
        "$z$, the loss $L$ and $\\frac{dL}{dw}$?",
        "Wanted: $z$, the loss $L$ and $\\frac{dL}{dw}$.",
        "We are interested in $z$, the loss $L$ and $\\frac{dL}{dw}$.",
        "Find $z$. Also the loss $L$. Then $\\frac{dL}{dw}$.",
    ],
)
def test_each_object_is_asked_for(asked: str) -> None:
    problem = solve(NETWORK + asked)
    assert problem.status == "solved"
    assert sorted(answer.value for answer in problem.answers) == [6, 42, 49]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (r"Find the entropy of $p$, $H(q)$ and $D(p\|q)$.", [log(2), H_Q, KL]),
        (r"Find the entropy of $p$, $H(q)$ and $D(p\|q)$ in bits.", [1, H_Q / log(2), KL / log(2)]),
        (r"Find the entropy of $p$ in bits, $H(q)$ in nats and $D(p\|q)$ in bits.", [1, H_Q, 0.5 + 0.5 * log2(2 / 3)]),
        (r"Find the total variation distance between $p$ and $q$, $H(p)$ and the entropy of $q$.", [0.25, log(2), H_Q]),
        ("Find:\n- $H(p)$\n- the entropy of $q$\n- the KL divergence $D(p\\|q)$", [log(2), H_Q, KL]),
        (r"We want $H(p)$, $H(q)$ and $D(p\|q)$.", [log(2), H_Q, KL]),
    ],
)
def test_each_quantity_is_asked_for(asked: str, expected: list[float]) -> None:
    assert values(TABLES + asked) == pytest.approx(expected)


@pytest.mark.parametrize(
    "asked",
    [
        r"Compute the distance between $H(p)$ and the entropy of $q$.",
        r"Compute the maximum of $H(p)$, the entropy of $q$, and $D(p\|q)$.",
        r"Compute the sum of the entropy of $p$, $H(q)$ and $D(p\|q)$.",
        r"Compute the entropy of $p$, $q$ and $H(p)$ with $p$ reversed.",
        r"Compute the cross-entropy of $p$, the label $q$ and $H(q)$ squared.",
    ],
)
def test_what_is_made_of_several_is_not_taken_apart(asked: str) -> None:
    problem = solve(TABLES + asked)
    assert not problem.answers
    assert any(each.severity == "error" for each in problem.diagnostics)


def test_an_average_of_several_is_not_that_of_the_first() -> None:
    problem = solve(NETWORK + "Compute the average of $z$, $h$ and the loss $L$.")
    assert not problem.answers
    assert problem.status != "solved"
