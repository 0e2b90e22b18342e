"""Distributions that sentences state: their statement in the notation of formulas, and the names they get."""

import pytest

from chainrule.inference.vocabulary import vocabulary
from chainrule.sheets import Math, Problem, read_sheet
from chainrule.source import Source
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tree import Tree

ASKS = " Compute the entropy."


def read_problem(text: str) -> Problem:
    (problem,) = read_sheet(Source("sheet.md", text)).problems
    return problem


def stated(text: str) -> list[Tree]:
    return [each.tree for each in read_problem(text).stated]


def trees(*formulas: str) -> list[Tree]:
    return [parse_statements(Source("", text).span(), vocabulary(), "latex").statements[0] for text in formulas]


COIN = "\\{\\mathrm{heads}: 1/2, \\mathrm{tails}: 1/2\\}"
DIE = "\\{1: 1/6, 2: 1/6, 3: 1/6, 4: 1/6, 5: 1/6, 6: 1/6\\}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $P$ be Bernoulli with parameter 0.3.", "P \\sim \\mathrm{Bernoulli}(p = 0.3)"),
        ("Let $P$ be a Bernoulli distribution with $p = 0.3$.", "P \\sim \\mathrm{Bernoulli}(p = 0.3)"),
        ("$P$ is a Bernoulli distribution with parameter $\\theta$.", "P \\sim \\mathrm{Bernoulli}(p = \\theta)"),
        ("$X$ is Poisson distributed with rate 3.", "X \\sim \\mathrm{Poisson}(\\lambda = 3)"),
        ("$X$ follows a Poisson distribution with mean 3.", "X \\sim \\mathrm{Poisson}(\\lambda = 3)"),
        ("$Q$ is geometric with p = 0.5.", "Q \\sim \\mathrm{Geometric}(p = 0.5)"),
        (
            "$P$ is a binomial distribution with parameters $N = 2$, $p = 0.4$.",
            "P \\sim \\mathrm{Binomial}(n = 2, p = 0.4)",
        ),
        (
            "The distribution ($P$): a binomial distribution with parameters:\n   - $p = 0.4$, $N = 2$\n\n",
            "P \\sim \\mathrm{Binomial}(n = 2, p = 0.4)",
        ),
        ("$P$ is binomial with 5 trials and success probability 1/3.", "P \\sim \\mathrm{Binomial}(n = 5, p = 1/3)"),
        (
            "$P$ is normal with mean 1 and standard deviation 2.",
            "P \\sim \\mathrm{Normal}(\\mu = 1, \\sigma = 2)",
        ),
        ("$P$ is Gaussian with mean $-1$ and variance $4$.", "P \\sim \\mathrm{Normal}(\\mu = -1, \\sigma^2 = 4)"),
        ("Let $Z$ be a standard normal variable.", "Z \\sim \\mathcal{N}(0, 1)"),
        ("Let $P$ be a fair coin.", f"P = {COIN}"),
        ("A fair coin is tossed.", f"P = {COIN}"),
        ("A fair six-sided die is rolled.", f"P = {DIE}"),
        (
            "Let $Q$ be a biased coin with probability of heads 0.9.",
            "Q = \\{\\mathrm{heads}: 0.9, \\mathrm{tails}: 0.1\\}",
        ),
        (
            "Let $Q$ be a biased coin that comes up heads with probability $p$.",
            "Q = \\{\\mathrm{heads}: p, \\mathrm{tails}: 1 - p\\}",
        ),
        ("$Q$ is uniform over 4 outcomes.", "Q = (1/4, 1/4, 1/4, 1/4)"),
        ("$Q$ is uniform on $\\{a, b\\}$.", "Q = \\{a: 1/2, b: 1/2\\}"),
    ],
)
def test_a_sentence_states_it(text: str, expected: str) -> None:
    assert stated(text + ASKS) == trees(expected)


def test_uniform_over_the_same_outcomes() -> None:
    text = "$P = \\{A: 0.5, B: 0.3, C: 0.2\\}$ and $Q$ is uniform over the same outcomes."
    assert stated(text + ASKS) == trees("Q = \\{A: 1/3, B: 1/3, C: 1/3\\}")
    assert stated("$P = (0.5, 0.5)$ and $Q$ is uniform over the same outcomes." + ASKS) == trees("Q = (1/2, 1/2)")


@pytest.mark.parametrize(
    "text",
    [
        "Let $P$ be Bernoulli.",
        "$P$ is a binomial distribution with $N = 2$.",
        "If $P$ is Bernoulli with parameter 0.3, all is well.",
        "$P$ is not uniform over 4 outcomes.",
        "The normal vector $n$ has mean 0.",
        "$P$ is approximately normal with mean 1 and variance 2? Whether or not.",
        "A biased coin is tossed.",
        "A uniform distribution is flat.",
        "Let $Q = (0.5, 0.5)$ be the uniform distribution over 2 outcomes.",
        "Let the prior be the standard normal, $p = \\mathcal{N}(0, 1)$.",
    ],
)
def test_a_sentence_that_states_none(text: str) -> None:
    assert stated(text + ASKS) == []


def test_without_a_quantity_nothing_is_stated() -> None:
    assert stated("The weights $w$ are normal with mean 0 and variance 1. Compute $L$.") == []


def test_a_formula_counts_more_than_words() -> None:
    text = "($P$): a binomial distribution, $N = 2$, $p = 0.4$, $P(x) = \\binom{N}{x} p^x (1-p)^{N-x}$." + ASKS
    problem = read_problem(text)
    assert problem.stated == ()
    assert "stated-twice" in [d.code for d in problem.diagnostics]
    assert not any(item.illustration for item in problem.items if isinstance(item, Math))


def test_names_are_given_in_order_and_said() -> None:
    problem = read_problem("Compute the KL divergence between a fair coin and a biased coin with probability of heads 0.9.")
    assert [each.name.text for each in problem.stated] == ["P", "Q"]
    assert [math.text for math in problem.tasks[0].math("asked")] == ["P", "Q"]
    assert problem.tasks[0].text.endswith("a biased coin with probability of heads 0.9") or "fair coin" in problem.tasks[0].text
    assert [d.code for d in problem.diagnostics] == ["named-distribution"] * 2


def test_a_name_in_use_is_not_given_again() -> None:
    problem = read_problem("$P = (0.5, 0.5)$. Compute the KL divergence of $P$ and a uniform distribution over 2 outcomes.")
    assert [each.name.text for each in problem.stated] == ["Q"]
    assert [math.text for math in problem.tasks[0].math("asked")] == ["P", "Q"]


def test_equal_letters_of_two_distributions_do_not_clash() -> None:
    text = "$P$ is Bernoulli with $p = 0.3$ and $Q$ is Bernoulli with $p = 0.5$." + ASKS
    assert stated(text) == trees("P \\sim \\mathrm{Bernoulli}(p = 0.3)", "Q \\sim \\mathrm{Bernoulli}(p = 0.5)")
    marks = {i.text: i.illustration for i in read_problem(text).items if isinstance(i, Math)}
    assert marks == {"P": False, "p = 0.3": True, "Q": False, "p = 0.5": True}


def test_a_single_parameter_stays_a_value_of_the_problem() -> None:
    items = read_problem("$P$ is Bernoulli with $p = 0.3$." + ASKS).items
    assert not any(item.illustration for item in items if isinstance(item, Math))


def test_words_say_which_is_true_and_which_estimated() -> None:
    text = "The model is Bernoulli with parameter 0.4; the true distribution is Bernoulli with parameter 0.3."
    (task,) = read_problem(f"{text} Compute the cross-entropy.").tasks
    assert [math.text for math in task.math("asked")] == ["Q", "P"]


def test_what_is_stated_before_the_problems_is_kept() -> None:
    sheet = read_sheet(Source("s.md", "Compute the entropy below. Let $P$ be a fair coin.\n\n# Problem 1\nCompute $H(P)$.\n"))
    assert [each.tree for each in sheet.stated] == trees(f"P = {COIN}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The correct class is 2 (of 4).", "y = (0, 1, 0, 0)"),
        ("The true label is the third class out of 3 classes.", "y = (0, 0, 1)"),
        ("The model predicts $q = [0.2, 0.8]$ and the target class is 2.", "y = (0, 1)"),
        ("The target class is 2. The model predicts $q = [0.2, 0.8]$.", "y = (0, 1)"),
        ("The correct class is 0 of 3.", "y = (1, 0, 0)"),
        ("The correct class is 1 of 3 (zero-based).", "y = (0, 1, 0)"),
        (
            "The model predicts $q = \\{\\text{cat}: 0.7, \\text{dog}: 0.3\\}$; the true label is dog.",
            "y = \\{\\text{cat}: 0, \\text{dog}: 1\\}",
        ),
        ("Take label smoothing with $\\epsilon = 0.2$ over 4 classes.", "y = (17/20, 1/20, 1/20, 1/20)"),
    ],
)
def test_labels_in_words(text: str, expected: str) -> None:
    assert stated(text + ASKS) == trees(expected)


@pytest.mark.parametrize(
    "text",
    [
        "The correct class is 5 of 4.",
        "The class is 2 of 4.",
        "The correct class is 2.",
        "The model predicts $q = [0.2, 0.8]$ and the target class is 1.",
        "The target class is 1. The model predicts $q = [0.2, 0.8]$.",
    ],
)
def test_labels_that_are_not_told(text: str) -> None:
    assert stated(text + ASKS) == []


def test_what_is_guessed_of_a_smoothed_label_is_a_warning() -> None:
    (found,) = read_problem("Take label smoothing with $\\epsilon = 0.2$ over 4 classes." + ASKS).diagnostics
    assert (found.severity, found.code) == ("warning", "named-distribution")
    assert stated("Let $y = [0, 1]$. Take label smoothing with $\\epsilon = 0.2$ over 2 classes." + ASKS) == []
