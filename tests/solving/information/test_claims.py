"""What is to be checked of entropies and divergences: whether it holds, with the numbers in the unit that the sheet sets."""

from math import log, log2, sqrt

import pytest

from tests.sheets.information.answers import solved

P, Q, R = (0.7, 0.2, 0.1), (0.3, 0.3, 0.4), (0.1, 0.1, 0.8)
THREE = "Let $P = (0.7, 0.2, 0.1)$, $Q = (0.3, 0.3, 0.4)$ and $R = (0.1, 0.1, 0.8)$. "
JOINT = r"Let $p(X, Y) = \{(0, 0): 1/2, (0, 1): 1/4, (1, 0): 0, (1, 1): 1/4\}$. "
CROSS = -sum(p * log2(q) for p, q in zip(P, Q, strict=True))
VARIATION = sum(abs(p - q) for p, q in zip(P, Q, strict=True)) / 2


def divergence(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return sum(a * log2(a / b) for a, b in zip(p, q, strict=True))


def said(text: str) -> str:
    """The one statement; the sheet must have no error."""
    problem = solved(text)
    assert not [each.message for each in problem.diagnostics if each.severity == "error"], text
    (statement,) = [answer for answer in problem.answers if answer.kind == "statement"]
    return statement.formula.text


def has(statement: str, number: float) -> bool:
    return f"{number:.6g}" in statement


@pytest.mark.parametrize(
    "around",
    [
        ("", "Give all entropies in bits.\n\n1. {}"),
        ("", "All entropies are in bits.\n\n(b) {}"),
        ("", "All logarithms in this set are base 2, so that every answer is in bits.\n\n(a) {}"),
        ("", "Report everything in bits.\n\n(a) {}"),
        ("", "Find, in bits,\n\n(a) $H(P)$,\n\n(b) $H(Q)$.\n\n(c) {}"),
        ("", "(a) Find $H(P)$ in bits.\n\n(b) Find $D(P \\| Q)$ in bits.\n\n(c) {}"),
    ],
)
@pytest.mark.parametrize(
    "claim",
    [
        r"Verify numerically that $H(P, Q) = H(P) + D_{KL}(P \| Q)$.",
        r"Confirm that $H(P, Q) = H(P) + D(P \| Q)$.",
        r"Does $H(P, Q) = H(P) + D(P \| Q)$ hold?",
        r"Check the identity $H(P, Q) = H(P) + D(P \| Q)$ for these distributions.",
    ],
)
def test_numbers_are_in_the_unit_of_the_sheet(around: tuple[str, str], claim: str) -> None:
    statement = said(THREE + around[0] + around[1].format(claim))
    assert " holds: " in statement
    assert has(statement, CROSS)
    assert statement.endswith("(in bits)")


def test_a_claim_may_say_its_unit_itself() -> None:
    text = r"Show that $I(X; Y) = H(X) + H(Y) - H(X, Y)$ in bits."
    assert has(said(JOINT + text), 0.311278)
    assert said(JOINT + r"Verify that $H(X, Y) = H(X) + H(Y \mid X)$.").endswith("(in nats)")


def test_two_units_elsewhere_are_of_no_claim() -> None:
    parts = "\n\n(a) Find $H(P)$ in bits.\n\n(b) Find $H(Q)$ in nats.\n\n(c) Verify that $H(P) \\le H(P, Q)$."
    assert said(THREE + parts).endswith("(in nats)")


@pytest.mark.parametrize(
    ("claim", "holds", "numbers"),
    [
        (r"Verify that $H(X \mid Y) \le H(X)$.", True, (0.5, 0.811278)),
        (r"Show that $H(X, Y) \leq H(X) + H(Y)$.", True, (1.5, 1.81128)),
        (r"Check that $H(Y) < H(X)$.", False, (1.0, 0.811278)),
        (r"Is $I(X; Y) \ge 0$?", True, (0.311278,)),
        (r"Is it true that $H(X \mid Y) = H(X)$?", False, (0.5, 0.811278)),
        (r"Verify that $0 \le I(X; Y) \le H(X)$.", True, (0.311278, 0.811278)),
        ("Verify the chain rule.", True, (1.5,)),
    ],
)
def test_an_inequality(claim: str, holds: bool, numbers: tuple[float, ...]) -> None:
    statement = said(f"{JOINT}All answers in bits.\n\n(a) {claim}")
    assert (" holds: " in statement) == holds
    assert (" does not hold: " in statement) != holds
    assert all(has(statement, number) for number in numbers)


@pytest.mark.parametrize(
    "claim",
    [
        r"Does the triangle inequality $D(P \| R) \le D(P \| Q) + D(Q \| R)$ hold?",
        "Does the KL divergence satisfy the triangle inequality for $P$, $Q$, $R$?",
        "Does the triangle inequality hold for the KL divergence of $P$, $Q$ and $R$?",
    ],
)
def test_the_triangle_inequality_of_three_distributions(claim: str) -> None:
    statement = said(f"{THREE}All answers in bits.\n\n(a) {claim}")
    assert " does not hold: " in statement
    assert has(statement, divergence(P, R))
    assert has(statement, divergence(P, Q) + divergence(Q, R))


def test_inequalities_by_their_names() -> None:
    pinsker = said(f"{THREE}All answers in bits.\n\n(a) Verify Pinsker's inequality for $P$ and $Q$.")
    assert has(pinsker, VARIATION)
    assert has(pinsker, sqrt(divergence(P, Q) * log(2) / 2))
    assert pinsker.endswith("(in nats)")
    assert has(said(f"{THREE}All answers in bits.\n\n(a) Verify Gibbs' inequality for $Q$ and $R$."), divergence(Q, R))


def test_distributions_are_checked() -> None:
    for claim in (r"D(P \| Q) \ge 0", r"1 \ge \frac12 D(P \| Q)", r"H(P, Q) = H(P) + D(P \| Q)"):
        problem = solved(rf"Let $P = (0.7, 0.2)$ and $Q = (0.5, 0.5)$. Show that ${claim}$.")
        assert "not-normalised" in [each.code for each in problem.diagnostics]
        assert not problem.answers


def test_an_inequality_without_numbers_is_refused() -> None:
    problem = solved(r"Let $P = (1 - p, p)$ and $Q = (1 - q, q)$. Show that $D(P \| Q) \ge 0$.")
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == ["not-compared"]


def test_the_heads_of_quantities_are_words() -> None:
    statement = said(THREE + r"Show that $TV(P, Q) \le 1$.")
    assert statement.startswith("TV(P, Q) ≤ 1 holds: TV(P, Q) = 0.4")
    assert said(THREE + r"Show that $TV(P, Q) = 0.4$.").startswith("TV(P, Q) = 0.4 holds")


def test_a_factor_beside_a_quantity_is_in_its_unit() -> None:
    statement = said(THREE + r"Verify that $\frac12 D(P \| Q) \le D(P \| Q)$ in bits.")
    assert has(statement, divergence(P, Q) / 2)
    assert has(statement, divergence(P, Q))


@pytest.mark.parametrize("claim", [r"Verify that $\log 2 \cdot H(P) \le 3$ in bits.", r"Verify that $2^{H(P)} \le 3$ in nats."])
def test_logarithms_of_another_unit_are_refused(claim: str) -> None:
    assert [each.code for each in solved(THREE + claim).diagnostics if each.severity == "error"] == ["not-compared"]


@pytest.mark.parametrize(
    "claim",
    ["Verify Pinsker's inequality.", "Verify the chain rule.", "Does the triangle inequality hold for the entropy of $P$?"],
)
def test_a_law_of_other_distributions_is_open(claim: str) -> None:
    problem = solved(THREE + claim)
    assert problem.status != "solved"
    assert not [answer for answer in problem.answers if answer.kind == "statement"]


@pytest.mark.parametrize("asked", [r"Is $D(P \| Q)$ symmetric?", r"Is $D(P \| Q)$ symmetric in $P$ and $Q$?"])
def test_whether_a_notation_is_symmetric(asked: str) -> None:
    text = "Let $P = (0.7, 0.2, 0.1)$ and $Q = (0.3, 0.3, 0.4)$. All answers in bits.\n\n(a) " + asked
    assert has(said(text), divergence(P, Q))
    assert has(said(text), divergence(Q, P))
