"""Questions whether two variables are independent; what holds was worked out by hand."""

import pytest

from tests.sheets.information.answers import refusals, solved

PRODUCT = "$P(X=0,Y=0)=0.28$, $P(X=0,Y=1)=0.42$, $P(X=1,Y=0)=0.12$, $P(X=1,Y=1)=0.18$."
OTHER = "$P(X=0,Y=0)=0.20$, $P(X=0,Y=1)=0.50$, $P(X=1,Y=0)=0.12$, $P(X=1,Y=1)=0.18$."


@pytest.mark.parametrize(
    "question",
    [
        "Are $X$ and $Y$ independent?",
        "Is $X$ independent of $Y$?",
        "Show that $X$ and $Y$ are independent.",
        "Determine whether $X$ and $Y$ are statistically independent.",
        "Check if the random variables $X$ and $Y$ are independent of each other.",
        "Are the variables $X, Y$ independent or not?",
    ],
)
def test_independence_is_a_mutual_information_of_zero(question: str) -> None:
    for given, holds in ((PRODUCT, True), (OTHER, False)):
        problem = solved(f"{given} {question}")
        assert [each.code for each in problem.diagnostics if each.severity == "error"] == []
        [answer] = problem.answers
        assert answer.kind == "statement"
        assert ("does not hold" in answer.formula.text) is not holds
        assert answer.formula.text.startswith(f"X and Y are {'' if holds else 'not '}independent: ")


@pytest.mark.parametrize("question", ["Are $X$ and $Y$ dependent?", "Show that $X$ and $Y$ are not independent."])
def test_dependence_is_said_in_words(question: str) -> None:
    [answer] = solved(f"{OTHER} {question}").answers
    assert answer.formula.text.startswith("X and Y are not independent: ")


@pytest.mark.parametrize("question", ["Are $X$ and $Y$ independent given $Z$?", "Are $X$ and $Y$ linearly independent?"])
def test_other_independence_is_not_decided(question: str) -> None:
    assert refusals(f"{PRODUCT} {question}")


def test_what_is_drawn_alone_is_not_known_to_be_independent() -> None:
    given = r"$X \sim \mathrm{Bernoulli}(0.5)$ and $Y \sim \mathrm{Bernoulli}(0.2)$."
    assert refusals(f"{given} Are $X$ and $Y$ independent?") == ["no-joint-distribution"]
