"""Probabilities of events are no distribution, and have no entropy."""

from math import log

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source

TWO = "$P(A) = 0.6$, $P(B) = 0.4$"
ENTROPY = -0.6 * log(0.6) - 0.4 * log(0.4)


@pytest.mark.parametrize(
    "text",
    [
        f"$A$ and $B$ are independent events, {TWO}. Compute $H(P)$.",
        f"Two events have {TWO}. Compute the entropy of $P$.",
        f"The probabilities that machine A and machine B fail are {TWO}. Compute the entropy of $P$.",
        r"Two events have $P(A) = 60\%$, $P(B) = 40\%$. Compute $H(P)$.",
        "The probabilities that A and B fail are P(A) = 60% and P(B) = 40%. Compute the entropy of P.",
        rf"{TWO}, $P(B \mid A) = 0.5$. Compute the entropy of $P$.",
        rf"{TWO}, $P(B \mid A) = 0.5$. Compute $H(P)$.",
        rf"{TWO}, $P(A \cap B) = 0.2$. Compute $H(P)$.",
        rf"{TWO}, $P(A \cup B) = 0.8$. Compute $H(P)$.",
        r"$P(A \mid B) = 0.3$, $P(A) = 0.7$. Compute $H(A)$.",
        "$P(A) = 0.7$. Compute $H(A)$.",
        f"{TWO} for independent events. Let $L = 2 H(P)$. Compute $H(P)$.",
    ],
)
def test_an_entropy_of_events_is_refused(text: str) -> None:
    [problem] = solve_sheet(Source("sheet.md", text)).problems
    assert problem.status == "unsolved"
    assert "event-as-distribution" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{TWO}. Compute $H(P)$.", ENTROPY),
        (f"The mutually exclusive events have {TWO}. Compute $H(P)$.", ENTROPY),
        ("$P(X = 0) = 0.6$, $P(X = 1) = 0.4$, the draws are independent. Compute $H(X)$.", ENTROPY),
        ("The probabilities are P(A) = 60% and P(B) = 40%. Compute the entropy of P.", ENTROPY),
        ("Let P = {a: 60%, b: 40%}. Compute the entropy of P.", ENTROPY),
        (rf"{TWO}, $P(B \mid A) = 0.5$. Compute $P(A) P(B \mid A)$.", 0.3),
        (f"{TWO} for two independent events. Compute $P(A) P(B)$.", 0.24),
    ],
)
def test_outcomes_and_products_of_probabilities_stay(text: str, value: float) -> None:
    [problem] = solve_sheet(Source("sheet.md", text)).problems
    assert problem.status == "solved", problem.diagnostics
    assert [answer.value for answer in problem.answers] == [pytest.approx(value, rel=1e-12)]


def test_outcomes_that_do_not_sum_to_1_are_no_distribution() -> None:
    [problem] = solve_sheet(Source("sheet.md", "$P(A) = 0.6$, $P(B) = 0.3$. Compute $H(P)$.")).problems
    assert (problem.status, [each.code for each in problem.diagnostics]) == ("unsolved", ["not-normalised"])
