"""Counts in words are the distribution of what was counted, where they are all of it. Values by hand."""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

ASKED = "Compute the entropy of the empirical distribution in bits."


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def entropy(*counts: int) -> float:
    return -sum(n / sum(counts) * math.log2(n / sum(counts)) for n in counts)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The following numbers of individuals were found: ash 40, elm 25, lime 15.", (40, 25, 15)),
        ("The counts are: A 5, B 2 and C 1.", (5, 2, 1)),
        ("Heads came up 7 times and tails 3 times.", (7, 3)),
        ("Out of 9 tokens, cat occurred 6 times, dog twice and cow once.", (6, 2, 1)),
        ("A die was thrown 60 times. Faces 1 to 6 appeared 12, 8, 15, 5, 11 and 9 times.", (12, 8, 15, 5, 11, 9)),
    ],
)
def test_counts_are_divided_by_their_sum(text: str, counts: tuple[int, ...]) -> None:
    assert [answer.value for answer in solve(f"{text} {ASKED}").answers] == pytest.approx([entropy(*counts)], rel=1e-12)


def test_the_empirical_distribution_has_a_name() -> None:
    text = "The counts are: A 6, B 2. Let $\\hat p$ be the empirical distribution and $q = \\{A: 0.5, B: 0.5\\}$."
    problem = solve(f"{text} Find $D(\\hat p \\| q)$ in bits.")
    assert [answer.value for answer in problem.answers] == pytest.approx([1 - entropy(6, 2)], rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "Out of 10 tokens, cat occurred 6 times and dog 3 times.",
        "Some letters of a text are counted. A occurred 40 times and B 30 times.",
        "A die was thrown 70 times. Faces 1 to 6 appeared 12, 8, 15, 5, 11 and 9 times.",
        "Faces 1 to 6 appeared 12, 8, 15, 5 and 20 times.",
        "The following numbers of layers were used: conv 4, pool 2.",
        "The counts are: A 5, B 2, and some others.",
    ],
)
def test_counts_that_may_not_be_all_stay_unread(text: str) -> None:
    assert solve(f"{text} {ASKED}").answers == ()


def test_one_variable_under_two_distributions() -> None:
    text = "$X$ is uniform on $\\{1,2,3,4\\}$ under $P$ and uniform on $\\{1,\\dots,6\\}$ under $Q$."
    problem = solve(f"{text} Compute $D(P\\|Q)$ and $H(Q)$ in bits.")
    assert [answer.value for answer in problem.answers] == pytest.approx([math.log2(1.5), math.log2(6)], rel=1e-12)
    assert [answer.value for answer in solve(f"{text} Compute $H(X)$ in bits.").answers if answer.value is not None] == []
