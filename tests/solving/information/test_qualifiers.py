r"""What is said beside a quantity and changes its value: it counts, or the task is refused with the words named."""

from math import exp, log, log2

import pytest

from chainrule.solving.answer import ProblemSolution
from tests.solving.sheets import solve

TWO = r"Let $P = (0.5, 0.3, 0.2)$ and $Q = (0.2, 0.7, 0.1)$. "
LABEL = r"Let $y = (0, 1, 0)$ and $q = (0.2, 0.7, 0.1)$. "
SCORES = r"Let $z = (2, 1, 0)$ and $q = \mathrm{softmax}(z)$. "
ENTROPY = -sum(p * log(p) for p in (0.5, 0.3, 0.2))


def values(problem: ProblemSolution) -> list[object]:
    return [answer.value for answer in problem.answers if answer.value is not None]


def errors(problem: ProblemSolution) -> str:
    return " ".join(f"{each.code} {each.message}" for each in problem.diagnostics if each.severity == "error")


# --- the step and the entropy ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the gradient of the entropy $H(P)$ with respect to $P$.",
        "Find the gradient of the Shannon entropy $H(P)$ with respect to $P$.",
        "Differentiate the entropy $H(P)$.",
        "Compute the gradient of the entropy, $H(P)$, with respect to $P$.",
        "Compute the gradient of the entropy of $P$ with respect to $P$.",
    ],
)
def test_an_entropy_that_is_differentiated_is_no_step(asked: str) -> None:
    [gradient] = values(solve("Let $P = (0.5, 0.3, 0.2)$. " + asked))
    assert gradient == pytest.approx([-log(0.5) - 1, -log(0.3) - 1, -log(0.2) - 1], rel=1e-12)


def test_entropies_of_random_variables_are_differentiated_by_their_parameters() -> None:
    text = r"Let $X \sim \mathrm{Bernoulli}(\theta)$ with $\theta = 0.3$. "
    assert values(solve(text + r"Compute the derivative of the entropy $H(X)$ with respect to $\theta$.")) == [
        pytest.approx(log(0.7 / 0.3), rel=1e-12)
    ]
    text = r"Let $X \sim \mathcal{N}(0, \sigma^2)$ with $\sigma = 2$. "
    asked = r"Compute the derivative of the differential entropy $h(X)$ with respect to $\sigma$."
    assert values(solve(text + asked)) == [pytest.approx(0.5, rel=1e-12)]


# --- the binary entropy ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "the binary entropy of 0.1",
        "the binary entropy of $0.1$",
        "the binary entropy of 1/10",
        "the binary entropy $H_2(0.1)$",
        "the binary entropy function $h(p)$ for $p = 0.1$",
        "$H_2(0.1)$",
        "$H_b(0.1)$",
    ],
)
def test_a_binary_entropy_is_that_of_a_bernoulli_distribution(asked: str) -> None:
    assert values(solve(f"Compute {asked} in bits.")) == [pytest.approx(-0.1 * log2(0.1) - 0.9 * log2(0.9), rel=1e-12)]


@pytest.mark.parametrize("named", ["entropy $H(r)$", "entropy function $h(r)$", "entropy of $r$"])
def test_its_derivative_is_the_log_odds(named: str) -> None:
    found = values(solve(f"Let $r = 0.2$. Compute the derivative of the binary {named} with respect to $r$."))
    assert found == [pytest.approx(log(4), rel=1e-12)]


def test_a_function_of_the_text_stays_what_the_text_says() -> None:
    assert values(solve("Let $h(p) = 2 p$. Compute the binary entropy $h(0.1)$.")) == [pytest.approx(0.2)]


def test_of_a_distribution_the_two_below_is_an_order() -> None:
    assert values(solve("Let $P = (0.2, 0.3, 0.5)$. Compute $H_2(P)$.")) == [pytest.approx(-log(0.04 + 0.09 + 0.25), rel=1e-12)]


# --- qualifiers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (LABEL + r"Compute the cross-entropy of $y$ and $q$ with label smoothing $\epsilon = 0.1$.", "smoothing"),
        (
            LABEL + r"Compute the gradient of the cross-entropy of $y$ and $q$ with label smoothing 0.1 with respect to $q$.",
            "0.1",
        ),
        (TWO + r"Compute the KL divergence of $P$ and $Q$ using additive smoothing.", "additive"),
        (TWO + r"Compute the entropy of $P$ at noon.", "noon"),
    ],
)
def test_words_that_are_not_understood_are_named(text: str, word: str) -> None:
    problem = solve(text)
    assert values(problem) == []
    assert "task-not-understood" in errors(problem)
    assert f'"{word}"' in errors(problem)


SMOOTHED = (0.1 / 3, 0.9 + 0.1 / 3, 0.1 / 3)
SMOOTHED_LOSS = -sum(t * log(q) for t, q in zip(SMOOTHED, (0.2, 0.7, 0.1), strict=True))
COOLED = [exp(z / 2) / (exp(1) + exp(0.5) + 1) for z in (2, 1, 0)]
MIXED = [0.3 * p + 0.7 * q for p, q in zip((0.5, 0.3, 0.2), (0.2, 0.7, 0.1), strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LABEL + r"Compute $H(y, q)$ with label smoothing $\epsilon = 0.1$.", SMOOTHED_LOSS),
        (LABEL + r"Compute $2 H(y, q)$ with label smoothing $\epsilon = 0.1$.", 2 * SMOOTHED_LOSS),
        (
            LABEL + r"Compute the gradient of $H(y, q)$ with label smoothing $\epsilon = 0.1$ with respect to $q$.",
            [-t / q for t, q in zip(SMOOTHED, (0.2, 0.7, 0.1), strict=True)],
        ),
        (SCORES + r"Compute the entropy of $\mathrm{softmax}(z)$ at temperature 2.", -sum(s * log(s) for s in COOLED)),
        (SCORES + r"Compute the entropy of $q$ with temperature 2.", -sum(s * log(s) for s in COOLED)),
        (
            TWO + r"Compute the Jensen-Shannon divergence of $P$ and $Q$ with weights 0.3 and 0.7.",
            sum(
                0.3 * p * log(p / m) + 0.7 * q * log(q / m)
                for p, q, m in zip((0.5, 0.3, 0.2), (0.2, 0.7, 0.1), MIXED, strict=True)
            ),
        ),
    ],
)
def test_qualifiers_that_are_understood_count(text: str, expected: object) -> None:
    assert values(solve(text)) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize("given", [r"with temperature $T = 2$", r"with $\beta = 3$", r"at temperature $T = 2$"])
def test_a_value_that_nothing_depends_on_is_refused(given: str) -> None:
    problem = solve(TWO + rf"Compute $D_{{KL}}(P \| Q)$ {given}.")
    assert values(problem) == []
    assert "unused-given" in errors(problem)


def test_a_qualifier_that_the_text_follows_counts() -> None:
    softened = r"Let $z = (2, 1, 0)$ and $q = \mathrm{softmax}(z / T)$. Compute the entropy of $q$ at temperature $T = 2$."
    assert values(solve(softened)) == [pytest.approx(1.0201913367268314, rel=1e-12)]
    renyi = TWO + r"Compute the Rényi divergence of $P$ from $Q$ with parameter $\alpha = 2$."
    assert values(solve(renyi)) == [pytest.approx(log(0.25 / 0.2 + 0.09 / 0.7 + 0.04 / 0.1), rel=1e-12)]
    even = TWO + r"Compute the Jensen-Shannon divergence of $P$ and $Q$ with equal weights."
    assert values(solve(even)) == values(solve(TWO + r"Compute the Jensen-Shannon divergence of $P$ and $Q$."))
    assert values(solve(TWO + "Compute the entropy of $P$ by hand, using the natural logarithm.")) == [pytest.approx(ENTROPY)]


# --- points without names ----------------------------------------------------------------------------------


@pytest.mark.parametrize("point", ["(3, -2)", "$(3, -2)$", "the point $(3, -2)$", "$(a, b) = (3, -2)$"])
def test_the_arguments_of_a_function_say_what_a_point_is(point: str) -> None:
    assert values(solve(f"Let $g(a, b) = a^2 b$. Find the gradient of $g$ at {point}.")) == [-12, 9, [-12, 9]]


@pytest.mark.parametrize("point", ["3", "$3$", "$t = 3$", "$t_0 = 3$", "the point 3"])
def test_one_number_is_that_of_the_only_argument(point: str) -> None:
    assert values(solve(f"Let $s(t) = t^3$. Find the derivative of $s$ at {point}.")) == [27]


def test_each_part_has_its_own_point() -> None:
    problem = solve("Let $s(t) = t^3$.\n\na) Find $s'$ at 1.\n\nb) Find $s'$ at $-2$.\n\nc) Find $s'(t)$.")
    assert [answer.value for answer in problem.answers] == [3, 12, None]


def test_the_origin_is_zero_in_each_argument() -> None:
    assert values(solve(r"Let $g(a, b) = e^a + 3 b$. Find the gradient of $g$ at the origin.")) == [1, 3, [1, 3]]


@pytest.mark.parametrize("point", ["noon", "three", "temperature 2", "$(1, 2)$", "(1, 2, 3)"])
def test_any_other_point_is_refused(point: str) -> None:
    problem = solve(f"Let $s(t) = t^3$ with $t \\in \\mathbb{{R}}$. Let $r(x, y) = x y$. Find $\\frac{{ds}}{{dt}}$ at {point}.")
    assert values(problem) == []
    assert errors(problem)


# --- constraints -------------------------------------------------------------------------------------------

RATIO = [-0.5 / 0.2, -0.3 / 0.7, -0.2 / 0.1]
PROJECTED = [each - sum(RATIO) / 3 for each in RATIO]


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the gradient of $H(P, Q)$ with respect to $Q$, constrained to the simplex.",
        "Compute the gradient of the cross-entropy of $P$ and $Q$ with respect to $Q$ on the probability simplex.",
        r"Compute the gradient of $D_{KL}(P \| Q)$ with respect to $Q$ subject to $\sum_i Q_i = 1$.",
        r"Compute the gradient of $D_{KL}(P \| Q)$ with respect to $Q$ subject to $\mathbf{1}^\top Q = 1$.",
        "Compute the gradient of $H(P, Q)$ with respect to $Q$, projected onto the simplex.",
        "What is the gradient of $H(P, Q)$ with respect to $Q$ when $Q$ is constrained to the simplex?",
        "Compute the gradient of $H(P, Q)$ on the simplex with respect to $Q$.",
        "Project the gradient of $H(P, Q)$ with respect to $Q$ onto the simplex.",
        r"Compute $\nabla_Q H(P, Q)$ under the constraint that the probabilities sum to 1.",
        r"Compute $\nabla_Q H(P, Q)$ restricted to the simplex.",
    ],
)
def test_on_the_simplex_the_gradient_sums_to_zero(asked: str) -> None:
    [gradient] = values(solve(TWO + asked))
    assert gradient == pytest.approx(PROJECTED, rel=1e-12)


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the gradient of $H(P, Q)$ with respect to $Q$ when $P$ is constrained to the simplex.",
        "Compute the gradient of $H(P, Q)$ with respect to $Q$ constrained to the unit ball.",
        r"Compute the gradient of $H(P, Q)$ with respect to $Q$ subject to $\sum_i Q_i = 2$.",
        "Compute the Riemannian gradient of $H(P, Q)$ with respect to $Q$ on the simplex.",
    ],
)
def test_other_constraints_are_refused(asked: str) -> None:
    assert values(solve(TWO + asked)) == []


# --- questions above parts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stem",
    [
        "Compute the entropy of $P$ in bits for each case.",
        "For each of the following distributions compute the entropy in bits:",
        "Compute the entropy in bits of each of the following distributions:",
        "Find, in bits, $H(P)$ in each of the following cases.",
    ],
)
def test_a_question_above_parts_is_asked_in_each(stem: str) -> None:
    problem = solve(stem + "\n\n(a) $P = (0.25, 0.75)$\n\n(b) $P = (0.5, 0.25, 0.25)$")
    assert [(answer.part, answer.value) for answer in problem.answers] == [
        ("a", pytest.approx(2 - 0.75 * log2(3), rel=1e-12)),
        ("b", pytest.approx(1.5, rel=1e-12)),
    ]


def test_pairs_of_families_below_a_question() -> None:
    problem = solve("Compute KL(P||Q) for each pair.\n\n(a) P = Exp(2), Q = Exp(3)\n\n(b) P = N(0, 1), Q = N(1, 4)")
    assert values(problem) == [pytest.approx(1.5 + log(2 / 3) - 1, rel=1e-9), pytest.approx(log(2) - 0.25, rel=1e-12)]


# --- earlier results ---------------------------------------------------------------------------------------


def test_the_same_quantity_in_another_unit() -> None:
    problem = solve(TWO + "\n\na) Compute $H(P)$.\n\nb) Compute $H(P, Q)$.\n\nc) Give the same cross-entropy in bits.")
    cross = -sum(p * log2(q) for p, q in zip((0.5, 0.3, 0.2), (0.2, 0.7, 0.1), strict=True))
    assert problem.answers[-1].value == pytest.approx(cross, rel=1e-12)
    assert problem.answers[-1].unit == "bits"
    assert "task-not-understood" in errors(solve(TWO + "Compute $H(P)$. Compute the same divergence in bits."))


def test_what_stands_behind_i_e_says_the_same_again() -> None:
    found = values(solve("Let $P = (0.5, 0.3, 0.2)$. " + r"Compute the perplexity of $P$, i.e. $\exp(H(P))$."))
    assert found == [pytest.approx(2.71828182845904523**ENTROPY, rel=1e-12)]


def test_a_distribution_can_be_written_out() -> None:
    problem = solve(TWO + r"Let $M = \frac12 (P + Q)$. Write out the distribution $M$.")
    assert values(problem) == [pytest.approx([0.35, 0.5, 0.15])]


def test_of_a_model_on_data_the_expectation_is_over_the_data() -> None:
    cross = -sum(p * log(q) for p, q in zip((0.5, 0.3, 0.2), (0.2, 0.7, 0.1), strict=True))
    assert values(solve(TWO + "Compute the cross-entropy of $Q$ on $P$.")) == [pytest.approx(cross, rel=1e-12)]
    assert values(solve(TWO + "Compute the perplexity of $Q$ on $P$.")) == [
        pytest.approx(2.71828182845904523**cross, rel=1e-12)
    ]
    assert values(solve(TWO + "Compute the entropy of $Q$ on $P$.")) == []


# --- logarithms of the text --------------------------------------------------------------------------------

DICE = r"Let $p = (1/8, 3/8, 1/2)$. "
BITS = 3 / 8 + 3 / 8 * (3 - log2(3)) + 1 / 2


@pytest.mark.parametrize(
    "said",
    [
        r"We write $\lg$ for $\log_2$.",
        r"Here $\lg$ denotes the logarithm to base 2.",
        r"Here $\lg = \log_2$.",
        r"Write $\log$ for $\log_{10}$ and $\lg$ for $\log_2$.",
    ],
)
def test_a_logarithm_is_what_the_text_says(said: str) -> None:
    assert values(solve(said + " " + DICE + r"Compute $-\sum_i p_i \lg p_i$.")) == [pytest.approx(BITS, rel=1e-12)]


@pytest.mark.parametrize("said", [r"where $\log = \log_2$", r"where $\log x = \log_2 x$"])
def test_it_may_be_said_behind_the_formula(said: str) -> None:
    problem = solve(DICE + rf"Compute $-\sum_i p_i \log p_i$, {said}.")
    assert values(problem) == [pytest.approx(BITS, rel=1e-12)]
    assert not errors(problem)


def test_other_quantities_have_the_logarithm_of_the_text() -> None:
    text = DICE + r"Let $q = (1/4, 1/4, 1/2)$ and $H(p) = -\sum_i p_i \log_2 p_i$. Compute $D_{KL}(p \| q)$."
    [answer] = solve(text).answers
    assert answer.value == pytest.approx(-1 / 8 + 3 / 8 * log2(1.5), rel=1e-12)
    assert answer.unit == "bits"
    assert any("formulas of the text" in said for said in answer.conventions)
