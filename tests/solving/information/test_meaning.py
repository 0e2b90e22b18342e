r"""What a text means by a notation: its own definition before ours, a distribution and not a number, roles that are told.

Values are by hand: for P = (1/2, 1/2) and Q = (1/4, 3/4) sum |P - Q| = 1/2, KL(P || Q) = log(4/3) / 2,
KL(Q || P) = (3/4) log 3 - log 2, and the entropy of Q is log 4 - (3/4) log 3.
"""

from math import inf, log

import pytest

from chainrule.solving.answer import ProblemSolution
from tests.solving.information.test_answers import answer
from tests.solving.sheets import solve

LISTS = "$P = [0.5, 0.5]$ and $Q = [0.25, 0.75]$. "
TABLES = r"$P = \{A: 0.5, B: 0.5\}$ and $Q = \{A: 0.25, B: 0.75\}$. "
FORWARD, BACKWARD, OF_Q = log(4 / 3) / 2, 0.75 * log(3) - log(2), log(4) - 0.75 * log(3)
LOGITS = r"Let $z = [1000, 0, -1000]$, $q = \mathrm{softmax}(z)$ and the label $y = [0, 1, 0]$. "


def refused(text: str) -> ProblemSolution:
    problem = solve(text)
    assert problem.status == "unsolved"
    assert problem.answers == ()
    return problem


def errors(problem: ProblemSolution) -> list[str]:
    return [said.code for said in problem.diagnostics if said.severity == "error"]


@pytest.mark.parametrize(
    "asked",
    [
        "$TV(P, Q)$",
        "the total variation distance $TV(P, Q)$",
        "the total variation distance of $P$ and $Q$",
        "the total variation",
    ],
)
@pytest.mark.parametrize(
    "given", [LISTS + r"Let $TV(P,Q) = \sum |P - Q|$. ", TABLES + r"Let $TV(P,Q) = \sum_x |P(x) - Q(x)|$. "]
)
def test_the_definition_of_the_text_wins(given: str, asked: str) -> None:
    problem = solve(f"{given}Compute {asked}.")
    [found] = problem.answers
    assert found.value == pytest.approx(0.5, rel=1e-15)
    assert "own-definition" in [said.code for said in problem.diagnostics]


def test_the_definition_with_a_subscript_wins_in_words_too() -> None:
    text = (
        LISTS + r"Let $D_{KL}(P \| Q) = \sum_i (P_i - Q_i)^2$. Compute $D_{KL}(P \| Q)$ and the KL divergence of $P$ and $Q$."
    )
    assert {found.value for found in solve(text).answers} == {0.125}


def test_a_definition_that_is_ours_is_the_quantity() -> None:
    found = answer(TABLES + r"Let $TV(P,Q) = \frac12 \sum_x |P(x) - Q(x)|$. Compute $TV(P,Q)$.")
    assert (found.value, found.kind) == (pytest.approx(0.25, rel=1e-15), "divergence")


def test_a_letter_of_the_text_is_not_the_entropy_and_the_word_is() -> None:
    own, entropy = solve(r"$p = [0.5, 0.5]$. Let $H(p) = \sum_i p_i^2$. Compute $H(p)$ and the entropy of $p$.").answers
    assert (own.kind, own.value) == ("value", 0.5)
    assert (entropy.kind, entropy.value) == ("divergence", pytest.approx(log(2), rel=1e-15))
    assert entropy.symbol.text == "Ent(p)"


def test_the_entropy_of_what_a_function_of_the_text_gives() -> None:
    found = answer(r"$x = [0, 0]$. Let $h(x) = \mathrm{softmax}(x)$. Compute the entropy of $h(x)$.")
    assert found.value == pytest.approx(log(2), rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        "Let $P(x) = 1/4$. Compute the entropy of $P$.",
        r"$x = 0.5$, $w = 2$. Let $L = H(p)$ with $p = \sigma(w x)$. Compute $L$.",
        r"Let $p(x) = 2x$. Compute the entropy of $p$.",
    ],
)
def test_one_number_is_no_distribution(text: str) -> None:
    assert "number-as-distribution" in errors(refused(text))


def test_a_probability_stands_for_two_outcomes() -> None:
    found = answer("Let $P = 0.25$. Compute $H(P)$.")
    assert found.value == pytest.approx(OF_Q, rel=1e-15)
    assert found.formula.text == "-sum_{x} P(x) log(P(x))"
    assert found.table is not None
    assert [[cell.text for cell in row[:2]] for row in found.table.rows] == [["0", "0.75"], ["1", "0.25"]]


def test_a_probability_beside_a_table_has_its_outcomes() -> None:
    found = answer(r"Let $p = 0.5$ and $Q = \{0: 0.25, 1: 0.75\}$. Compute $D_{KL}(p \| Q)$.")
    assert found.value == pytest.approx(FORWARD, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        (TABLES + "$Q$ is approximated by $P$. Compute the KL divergence.", FORWARD, "order of the text: D_KL(P ‖ Q)"),
        (TABLES + "Compute the reverse KL divergence.", BACKWARD, "reversed order of the text: D_KL(Q ‖ P)"),
        (TABLES + "Compute the KL divergence of the two distributions.", FORWARD, "order of the text: D_KL(P ‖ Q)"),
        (
            "$q = [0.5, 0.5]$ is the prior and $p = [0.25, 0.75]$ the posterior. Compute the KL divergence.",
            FORWARD,
            "order of the text: D_KL(q ‖ p)",
        ),
    ],
)
def test_an_order_that_words_do_not_tell_is_said(text: str, value: float, said: str) -> None:
    problem = solve(text)
    [found] = problem.answers
    assert found.value == pytest.approx(value, rel=1e-14)
    assert f"taken in the {said}" in found.conventions
    assert "order-of-the-text" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize(
    "text",
    [
        TABLES + "Compute the KL divergence of $P$ and $Q$.",
        TABLES + "Compute the total variation distance.",
        r"The true label is $y = [1, 0]$; the predicted probabilities are $\hat{y} = [0.5, 0.5]$. Compute the cross-entropy.",
    ],
)
def test_an_order_that_is_told_or_does_not_matter_is_not_said(text: str) -> None:
    problem = solve(text)
    assert problem.status == "solved"
    assert "order-of-the-text" not in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize(
    ("asked", "value", "title"),
    [
        ("D(P, Q)", FORWARD, "Kullback-Leibler divergence"),
        ("D(P; Q)", FORWARD, "Kullback-Leibler divergence"),
        ("J(P, Q)", FORWARD + BACKWARD, "Jeffreys divergence"),
        ("2 D(P, Q)", 2 * FORWARD, "Kullback-Leibler divergence"),
    ],
)
def test_a_letter_of_two_lists_is_a_divergence_which_is_said(asked: str, value: float, title: str) -> None:
    problem = solve(f"{LISTS}Compute ${asked}$.")
    [found] = problem.answers
    assert (found.value, found.kind, found.unit) == (pytest.approx(value, rel=1e-14), "divergence", "nats")
    assert [each.message for each in problem.diagnostics if each.code == "read-as-quantity"] == [
        f"nothing defines {asked.removeprefix('2 ')}: it is read as the {title}"
    ]


def test_the_h_of_a_density_is_its_entropy() -> None:
    """The integral of -2x log 2x over [0, 1] is 1/2 - log 2."""
    text = r"Let $p(x) = 2x$ for $x \in [0, 1]$. Compute $"
    assert answer(f"{text}H(p)$.").value == pytest.approx(0.5 - log(2), rel=1e-12)
    assert "no-closed-form" in errors(refused(f"{text}3 H(p)$."))


def test_the_h_of_another_function_is_its_hessian() -> None:
    [found] = solve("Let $f(x) = 3x^2$. Compute $H(f)$.").answers
    assert (found.kind, found.value) == ("derivative", 6.0)


@pytest.mark.parametrize(
    "text",
    [
        r"$P \sim \mathrm{NB}(3, 0.5)$ and $Q \sim \mathrm{NB}(4, 0.5)$. Compute $D_{KL}(P \| Q)$.",
        r"$P \sim \mathrm{NB}(3, 0.5)$ and $Q = \{0: 0.5, 1: 0.5\}$. Compute $D_{KL}(P \| Q)$.",
    ],
)
def test_a_family_that_is_not_known_is_an_error(text: str) -> None:
    assert errors(refused(text)) == ["unknown-family"]


def test_the_probability_of_one_outcome() -> None:
    text = r"Let $P(x) = x/6$, $x \in \{1, 2, 3\}$. "
    [single] = solve(text + "Compute $P(x)$ for $x = 2$.").answers
    [double] = solve(text + "Compute $2 P(x)$ for $x = 3$.").answers
    assert (single.value, double.value) == (pytest.approx(1 / 3), pytest.approx(1.0))
    [second, third] = solve(text + "Compute $P(x)$ for $x = 2$ and $x = 3$.").answers
    assert (second.value, third.value) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert errors(refused(text + "Compute $P(x)$ for $x = 5$.")) == ["unknown-label"]


@pytest.mark.parametrize(
    "outcomes", [r"for $x = 1, 2, \ldots$", r", $x \in \{1, 2, \ldots\}$", r", $x \in \{1, 2, 3, \dots\}$"]
)
def test_outcomes_without_end_are_not_cut_off(outcomes: str) -> None:
    """The sum of x 2^-x log 2 over all x is 2 log 2."""
    found = answer(rf"Let $P(x) = 2^{{-x}}$ {outcomes}. Compute the entropy of $P$.")
    assert found.value == pytest.approx(2 * log(2), rel=1e-12)


def test_outcomes_up_to_an_end_are_all_there() -> None:
    assert answer(r"Let $P(x) = 1/4$, $x \in \{1, 2, \dots, 4\}$. Compute the entropy of $P$.").value == pytest.approx(log(4))


def test_variables_without_a_joint_distribution_have_no_cross_entropy() -> None:
    text = r"Let $X \sim \mathrm{Bernoulli}(0.5)$ and $Y \sim \mathrm{Bernoulli}(0.3)$. Compute $H(X, Y)$."
    assert errors(refused(text)) == ["no-joint-distribution"]


@pytest.mark.parametrize(
    ("asked", "subject"),
    [
        ("mutual information of $X$ and $Y$", "mutual information"),
        ("conditional entropy of $X$ given $Y$", "conditional entropy"),
    ],
)
def test_what_words_ask_for_is_named_in_the_message(asked: str, subject: str) -> None:
    [message] = [said.message for said in refused(f"Compute the {asked}.").diagnostics]
    assert message.startswith(f"the {subject} is of random variables")


@pytest.mark.parametrize("asked", ["H(y, q)", r"D_{KL}(y \| q)"])
def test_probabilities_too_small_for_a_number_have_a_value_and_no_table(asked: str) -> None:
    found = answer(f"{LOGITS}Compute ${asked}$.")
    assert found.value == pytest.approx(1000.0, rel=1e-15)
    assert found.table is None
    assert any(said.startswith("the terms are not shown") for said in found.conventions)


def test_what_is_infinite_stays_so_with_its_table() -> None:
    found = answer(f"{LOGITS}Compute $H(q, y)$.")
    assert found.value == inf
    assert found.table is not None
