"""Counts in words are the distribution of what was counted, where they are all of it. Values by hand."""

import math
from math import log, log2

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source
from tests.sheets.information.answers import refusals, solved, values

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


def _bits(*counts: int) -> float:
    return -sum(n / sum(counts) * log2(n / sum(counts)) for n in counts if n)


_TREE = "A node of a decision tree contains 9 examples of class yes and 5 examples of class no."
_WIND = "Splitting on Wind produces a left child with 6 yes and 2 no, and a right child with 3 yes and 3 no."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{_TREE} What is the entropy of the class label at this node, in bits?", [_bits(9, 5)]),
        (f"{_TREE} {_WIND} Compute the entropy of each child.", [_bits(6, 2), 1]),
        (f"{_TREE} {_WIND} Compute the entropy of the left child in nats.", [_bits(6, 2) * log(2)]),
        (f"{_TREE} {_WIND} What is the information gain of the split?", [_bits(9, 5) - 8 / 14 * _bits(6, 2) - 6 / 14]),
        (f"{_TREE} {_WIND} Find the weighted average entropy of the children.", [8 / 14 * _bits(6, 2) + 6 / 14]),
        (
            (
                "A training set has 8 positive and 4 negative examples. A decision tree splits it on Size: the first"
                " branch contains 6 positive and 1 negative examples, the second branch contains 2 positive and 3 negative."
                " Calculate the information gain of the split on Size in bits."
            ),
            [_bits(8, 4) - 7 / 12 * _bits(6, 1) - 5 / 12 * _bits(2, 3)],
        ),
        ("The root of a decision tree holds 10 apples and 6 pears. What is the entropy of the root in bits?", [_bits(10, 6)]),
    ],
)
def test_examples_counted_at_a_node(text: str, expected: list[float]) -> None:
    assert values(text) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        f"{_TREE} Two of the yes examples are then removed. What is the entropy of the class label at this node?",
        f"{_TREE} {_WIND.replace('3 no', '2 no')} What is the information gain of the split?",
        f"{_TREE} {_WIND} What is the average entropy of the children?",
        f"{_TREE} {_WIND} What is the total entropy of the two children?",
        f"{_TREE} {_WIND} What is the gain ratio of the split?",
        f"{_TREE} What is the Gini impurity of the node?",
        "A tree node contains 9 yes and 5 no, with one yes mislabelled. What is the entropy of the node?",
    ],
)
def test_counts_of_which_more_is_said(text: str) -> None:
    assert refusals(text)
    assert not solved(text).answers
