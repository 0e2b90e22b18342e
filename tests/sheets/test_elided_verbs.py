"""Requests without a verb of their own, before a verb, behind a semicolon or behind a label in the line. Values by hand."""

from math import log

import pytest

from tests.solving.sheets import solve

GIVEN = "Let $z = w x$, $w = 2$, $x = 3$, $L = z^2$. "


def asked(text: str) -> list[tuple[str | None, float | None]]:
    """The parts and values of the answers."""
    problem = solve(GIVEN + text)
    assert problem.status == "solved"
    return [(answer.part, answer.value) for answer in problem.answers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Find\n\n(a) $L$, and show that $L = w^2 x^2$;\n\n(b) $z$.", [("a", 36), ("a", None), ("b", 6)]),
        ("(a) $L$, then draw the graph.", [("a", 36), ("a", None)]),
        ("Find (a) $L$; (b) $z$; and (c) $dL/dw$.", [("a", 36), ("b", 6), ("c", 36)]),
        ("Find (a) $L$ and (b) $z$.", [(None, 36), (None, 6)]),
        ("Find (a) the loss $L$; (b) $z$, and compute $dL/dz$.", [("a", 36), ("b", 6), ("b", 12)]),
        ("Compute (i) $z$. (ii) $L$.", [("i", 6), ("ii", 36)]),
        ("(a) Compute $L$. (b) Use (a) and (c) to find $z$. (c) Find $dL/dz$.", [("a", 36), ("b", 6), ("c", 12)]),
        ("Compute the loss $L$; then $z$; finally $\\frac{dL}{dw}$.", [(None, 36), (None, 6), (None, 36)]),
        ("Compute $L$; the output is $z$.", [(None, 36)]),
    ],
)
def test_what_has_no_verb_is_asked_for(text: str, expected: list[tuple[str | None, float | None]]) -> None:
    assert asked(text) == expected


def test_behind_another_request_it_is_an_open_question() -> None:
    problem = solve(f"{GIVEN}Differentiate $L$ with respect to $w$; $x$.")
    assert [answer.value for answer in problem.answers] == [36]
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == ["task-not-understood"]


def test_a_quantity_before_a_claim() -> None:
    problem = solve(
        "Let $P = (0.5, 0.5)$ and $Q = (0.25, 0.75)$. Find\n\n(i) $H(P)$ in nats;\n\n"
        "(ii) $D(P \\| Q)$, and verify that $D(P \\| Q) \\ge 0$."
    )
    values = [answer.value for answer in problem.answers if answer.value is not None]
    assert values == pytest.approx([log(2), 0.5 * log(2) + 0.5 * log(2 / 3)])
