"""What is made of several results, and results the other way round."""

from math import isclose, log, log2

import pytest

from tests.solving.sheets import errors, solve

P, Q = (0.5, 0.25, 0.25), (0.2, 0.3, 0.5)
TWO = f"Let $P = {P}$ and $Q = {Q}$.\n\n"


def entropy(p: tuple[float, ...]) -> float:
    return -sum(x * log2(x) for x in p)


def kl(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return sum(x * log2(x / y) for x, y in zip(p, q, strict=True))


def last(text: str) -> object:
    """The value of the last task."""
    problem = solve(TWO + text)
    assert problem.status == "solved", problem.diagnostics
    [index] = problem.tasks[-1].answers
    return problem.answers[index].value


def said(text: str) -> str:
    problem = solve(TWO + text)
    assert problem.status == "solved", problem.diagnostics
    answer = problem.answers[problem.tasks[-1].answers[0]]
    assert answer.kind == "statement"
    return answer.formula.text


BOTH = "Compute $H(P)$ and $H(Q)$ in bits"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BOTH} and their average.", (entropy(P) + entropy(Q)) / 2),
        (f"{BOTH}, and the mean of the two.", (entropy(P) + entropy(Q)) / 2),
        ("Compute the average of $H(P)$ and $H(Q)$ in bits.", (entropy(P) + entropy(Q)) / 2),
        ("(a) $H(P)$ in bits.\n\n(b) $H(Q)$ in bits.\n\n(c) The sum of the results in (a) and (b)?", entropy(P) + entropy(Q)),
        (f"{BOTH}. What is their sum?", entropy(P) + entropy(Q)),
        (f"{BOTH}. By how much do they differ?", entropy(P) - entropy(Q)),
        (f"{BOTH}. How much do the two results differ?", entropy(P) - entropy(Q)),
        (f"{BOTH}. Which is larger? By how much?", entropy(P) - entropy(Q)),
        ("What is the difference between the entropies of $Q$ and $P$ in bits?", entropy(Q) - entropy(P)),
        ("What is the ratio of the entropy of $P$ to that of $Q$?", entropy(P) / entropy(Q)),
        ("How much larger is the entropy of $P$ than that of $Q$ in bits?", entropy(P) - entropy(Q)),
        ("How many bits more is $H(P, Q)$ than $H(P)$?", kl(P, Q)),
        ("(a) Find $H(P)$ in bits.\n\n(b) Find $H(P, Q)$ in bits.\n\n(c) Compute their difference.", kl(P, Q)),
        ("(a) Find $H(P)$ in bits.\n\n(b) Find $H(P, Q)$ in bits.\n\n(c) Subtract (a) from (b).", kl(P, Q)),
        (
            "(a) Find $H(P)$ in bits.\n\n(b) Find $H(Q)$ in bits.\n\n(c) What is the ratio of (a) to (b)?",
            entropy(P) / entropy(Q),
        ),
    ],
)
def test_what_is_made_of_results(text: str, expected: float) -> None:
    assert last(text) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    "further",
    [
        "(b) And the reverse?",
        "(b) What is it the other way round?",
        "(b) And the other way around?",
        "(b) Compute it in the other direction.",
        "(b) Find it in the reverse direction, too.",
        "(b) Repeat (a) with $P$ and $Q$ exchanged.",
        "(b) Repeat with the roles of $P$ and $Q$ swapped.",
        "(b) Now swap $P$ and $Q$.",
        "(b) Then exchange the roles of $P$ and $Q$ and compute it again.",
        "(b) Now exchange the two distributions.",
    ],
)
@pytest.mark.parametrize("first", ["Compute $D_{KL}(P \\| Q)$ in bits", "What is the KL divergence from $P$ to $Q$ in bits"])
def test_the_other_way_round(first: str, further: str) -> None:
    assert last(f"(a) {first}.\n\n{further}") == pytest.approx(kl(Q, P), rel=1e-12)


@pytest.mark.parametrize(
    "behind", ["and the other way round", "and vice versa", "and in the other direction", "in both directions"]
)
@pytest.mark.parametrize("what", ["$D_{KL}(P \\| Q)$", "the KL divergence between $P$ and $Q$"])
def test_both_ways_at_once(what: str, behind: str) -> None:
    problem = solve(f"{TWO}Compute {what} in bits {behind}.")
    assert [answer.value for answer in problem.answers] == [pytest.approx(kl(P, Q)), pytest.approx(kl(Q, P))]


@pytest.mark.parametrize(
    "question",
    [
        "Which has the larger entropy, $P$ or $Q$?",
        "Which of $P$ and $Q$ has the higher entropy?",
        "Which of the two distributions has more entropy?",
        "Which distribution has the lower entropy, $P$ or $Q$?",
        "Which is larger, $H(P)$ or $H(Q)$?",
        "Is $H(P)$ greater than $H(Q)$?",
        "Compute $H(P)$ and $H(Q)$. Which is larger?",
        "Compute $H(P)$ and $H(Q)$. Which of the two is smaller?",
    ],
)
def test_which_is_larger(question: str) -> None:
    values = [f"{value * log(2):.6g} nats" for value in (entropy(P), entropy(Q), entropy(P) - entropy(Q))]
    assert said(question) == "H(P) = {} and H(Q) = {}: H(P) is the larger one, by {}".format(*values)


def test_which_is_larger_where_they_are_equal() -> None:
    problem = solve("Let $P = (0.2, 0.8)$ and $Q = (0.8, 0.2)$. Which has the larger entropy, $P$ or $Q$?")
    assert problem.answers[0].formula.text.endswith(": they are equal")


def test_the_same_for_another_quantity() -> None:
    problem = solve(
        f"{TWO}(a) Compute the KL divergence of $P$ from $Q$.\n\n(b) Repeat for the total variation distance."
        "\n\n(c) Do the same for the cross-entropy in bits."
    )
    assert [answer.symbol.text for answer in problem.answers] == ["D_KL(P || Q)", "TV(P, Q)", "H(P, Q)"]
    found, expected = problem.answers[2].value, entropy(P) + kl(P, Q)
    assert isinstance(found, float)
    assert isclose(found, expected)


@pytest.mark.parametrize(
    "text",
    [
        "Compute $H(P)$. And the reverse?",
        "Compute $H(P)$ in bits and $H(Q)$ in nats. By how much do they differ?",
        "Compute $H(P)$. Compute the frobnication of $Q$. By how much do they differ?",
        "Compute the surprisal of $P_1$ and of $P_2$ in bits. What is their sum?",
        "Compute $D_{KL}(P \\| Q)$. Repeat with $P$ and $R$ exchanged.",
        "Compute $H(P)$, $H(Q)$ and $H(P, Q)$. By how much do they differ?",
    ],
)
def test_results_that_are_not_clear_are_refused(text: str) -> None:
    problem = solve(TWO + text)
    assert problem.status == "partial"
    assert not problem.tasks[-1].answers
    assert "task-not-understood" in errors(problem)


def test_a_sum_is_taken_as_a_whole() -> None:
    assert last("Compute $H(P) - H(Q)$ and $H(Q, P) - H(P)$ in bits. What is their ratio?") == pytest.approx(
        (entropy(P) - entropy(Q)) / (entropy(Q) + kl(Q, P) - entropy(P)), rel=1e-9
    )


IN_PARTS = "(a) Compute $H(P)$ and $H(Q)$ in bits.\n\n(b) Compute $D_{KL}(P \\| Q)$ in bits.\n\n(c) "
IN_TURN = "Compute $H(P)$ in bits. Compute $H(Q)$ in bits. Compute $D_{KL}(P \\| Q)$ in bits. "
DIVERGENCES = "Compute $D_{KL}(P \\| Q)$ and $D_{KL}(Q \\| P)$ in bits"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{IN_PARTS}By how much do the entropies differ?", entropy(P) - entropy(Q)),
        (f"{IN_PARTS}What is the sum of the two entropies?", entropy(P) + entropy(Q)),
        (f"{IN_TURN}What is the average of the entropies?", (entropy(P) + entropy(Q)) / 2),
        (f"{IN_TURN}What is the sum of the results?", entropy(P) + entropy(Q) + kl(P, Q)),
        (f"{IN_TURN}What is the sum of the three results?", entropy(P) + entropy(Q) + kl(P, Q)),
        (f"{IN_TURN}Compute their average.", (entropy(P) + entropy(Q) + kl(P, Q)) / 3),
        ("Compute $H(P)$, $H(Q)$ and $H(P, Q)$ in bits. What is the sum of the two entropies?", entropy(P) + entropy(Q)),
        (f"Compute $H(P)$ in bits. {DIVERGENCES}. By how much do they differ?", abs(kl(P, Q) - kl(Q, P))),
        (f"{DIVERGENCES}. What is the sum of the two divergences?", kl(P, Q) + kl(Q, P)),
        (f"{DIVERGENCES}, and the average of both.", (kl(P, Q) + kl(Q, P)) / 2),
    ],
)
def test_a_noun_and_a_count_say_which_results(text: str, expected: float) -> None:
    assert last(text) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        f"{IN_PARTS}What is the sum of the divergences?",
        f"{IN_PARTS}By how much do the three entropies differ?",
        f"{IN_TURN}By how much do they differ?",
        f"{IN_TURN}What is the sum of the two results?",
        f"{IN_TURN}What is the sum of the four results?",
        "Compute $H(P)$, $H(Q)$ and $H(P, Q)$. What is the sum of the entropies?",
        "Compute $H(P)$ and the perplexity of $P$. What is the difference of the two divergences?",
        f"{DIVERGENCES}. Which entropy is larger?",
        f"{DIVERGENCES}. What is the average of the three divergences?",
    ],
)
def test_a_noun_or_a_count_that_does_not_fit_is_refused(text: str) -> None:
    problem = solve(TWO + text)
    assert not problem.tasks[-1].answers
    assert "task-not-understood" in errors(problem)
