"""Clauses before a request and sentences before it that change what is asked, and definitions in words; values by hand."""

from math import log2

import pytest

from tests.sheets.information.answers import refusals, solved, units, values

THREE = r"Let $P = \{a: 0.4, b: 0.35, c: 0.25\}$ and $Q = \{a: 0.2, b: 0.3, c: 0.5\}$."
TWO = "Let $P = (0.5, 0.3, 0.2)$ and $Q = (0.1, 0.1, 0.8)$."
ASK = r"$D(P \| Q)$ in bits"


@pytest.mark.parametrize(
    "text",
    [
        rf"{THREE} After swapping $a$ and $b$ in $P$, compute {ASK}.",
        rf"{THREE} After removing $c$ and renormalising, compute the entropy of $P$ in bits.",
        rf"{THREE} Given that $c$ did not occur, compute $H(P)$ in bits.",
        rf"{THREE} Restricted to $\{{a, b\}}$ and renormalised, what is {ASK}?",
        r"Let $X$ be a fair die. Given that $X$ is even, compute $H(X)$ in bits.",
        r"Let $X$ be a fair die. Knowing that $X$ is at least 3, compute the entropy of $X$ in bits.",
        r"Let $p = (0.2, 0.7, 0.1)$ and $y = (0, 1, 0)$. With class weights $(1, 5, 1)$, compute the cross-entropy $H(y, p)$.",
        r"Let $p = (0.2, 0.7, 0.1)$ and $y = (0, 1, 0)$. With label smoothing of 0.3, compute the cross-entropy $H(y, p)$.",
        r"Let $X \sim N(0, 4)$. After standardising $X$, compute $h(X)$ in bits.",
        rf"{TWO} For ten independent copies of each, compute {ASK}.",
        rf"{TWO} With add-0.1 smoothing of $Q$, compute {ASK}.",
    ],
)
def test_a_leading_clause_that_is_not_understood_leaves_the_task_open(text: str) -> None:
    assert refusals(text) == ["task-not-understood"]


@pytest.mark.parametrize(
    "text",
    [
        f"{THREE} Merge $b$ and $c$ into one outcome. Compute the entropy of $P$ in bits.",
        f"{THREE} Suppose we learn that the outcome is not $a$. What is $H(P)$ in bits?",
        f"{THREE} $Q$ was sorted in decreasing order before use. Compute {ASK}.",
        f"{THREE} Exchange the roles of $P$ and $Q$. Compute {ASK}.",
        f"{THREE} The outcome $b$ is a misprint and should be ignored. Compute $H(P)$ in bits.",
    ],
)
def test_a_sentence_that_changes_what_was_given_leaves_the_task_open(text: str) -> None:
    assert "task-not-understood" in refusals(text)


@pytest.mark.parametrize(
    "lead",
    [
        "With natural logarithms, compute",
        "With the values above, compute",
        "Using base e, find",
        "For these two distributions, determine",
        "After part (a), find",
        "Given $P$ and $Q$, calculate",
        "In nats, what is",
    ],
)
def test_other_leading_clauses_say_nothing_more(lead: str) -> None:
    exact = 0.5 * log2(5) + 0.3 * log2(3) + 0.2 * log2(0.25)
    assert values(rf"{TWO} {lead} $D(P \| Q)$.") == pytest.approx([exact / log2(2.718281828459045)], rel=1e-12)


OWN = 0.1 * log2(0.1 / 0.5) + 0.1 * log2(0.1 / 0.3) + 0.8 * log2(0.8 / 0.2)


@pytest.mark.parametrize(
    "said",
    [
        r"By $D(P \| Q)$ we denote $\sum_i Q_i \log_2(Q_i / P_i)$.",
        r"In this course $D(P \| Q)$ denotes $\sum_i Q_i \log_2(Q_i / P_i)$.",
        r"Here $D(P \| Q)$ stands for $\sum_i Q_i \log_2(Q_i / P_i)$.",
        r"The divergence $D(P \| Q)$ is defined as $\sum_i Q_i \log_2(Q_i / P_i)$.",
        r"We denote $\sum_i Q_i \log_2(Q_i / P_i)$ by $D(P \| Q)$.",
        r"In our notes $D(P \| Q)$ is the sum $\sum_i Q_i \log_2(Q_i / P_i)$.",
    ],
)
def test_a_formula_that_words_define_holds(said: str) -> None:
    text = rf"{TWO} {said} Compute $D(P \| Q)$."
    assert values(text) == pytest.approx([OWN], rel=1e-12)
    assert units(text) == ["bits"]


def test_every_order_that_is_asked_for_is_answered() -> None:
    found = values(f"{TWO} Compute the Rényi entropy of order 2 of $P$, and of order 3, in bits.")
    assert found == pytest.approx([-log2(0.38), -log2(0.16) / 2], rel=1e-12)


@pytest.mark.parametrize(
    "behind", ["in bits and its gradient by $Q$.", "in bits. (b) Compute its gradient with respect to $Q$."]
)
def test_the_gradient_of_a_quantity_in_bits_is_not_that_in_nats(behind: str) -> None:
    problem = solved(rf"{TWO} (a) Compute $D(P \| Q)$ {behind}")
    assert [each.kind for each in problem.answers] == ["divergence"]
    assert "task-not-understood" in [each.code for each in problem.diagnostics]


def test_the_gradient_of_a_quantity_in_nats_is_given() -> None:
    _, gradient = values(rf"{TWO} Compute $D(P \| Q)$ in nats and its gradient with respect to $Q$.")
    assert gradient == pytest.approx([-0.5 / 0.1, -0.3 / 0.1, -0.2 / 0.8], rel=1e-12)
