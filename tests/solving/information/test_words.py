"""Distributions and questions in words, from the sheet to the number; expected values by hand from the definitions."""

from math import e, inf, isclose, log, log2, pi, sqrt

import pytest

from chainrule.solving.answer import ProblemSolution
from tests.solving.sheets import solve


def entropy(*p: float) -> float:
    return -sum(x * log2(x) for x in p if x)


def divergence(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return sum(x * log2(x / y) for x, y in zip(p, q, strict=True) if x)


def of_normals(m: float, s: float, n: float, t: float) -> float:
    return log(t / s) + (s * s + (m - n) ** 2) / (2 * t * t) - 0.5


def normal_entropy(s: float) -> float:
    return 0.5 * log(2 * pi * e * s * s)


def numbers(problem: ProblemSolution) -> list[float]:
    return [a.value for a in problem.answers if a.kind in ("divergence", "value") and isinstance(a.value, float)]


FORWARD = of_normals(0, 1, 1, 2)
DESCRIPTIONS = [
    ("$p$ is a normal density having mean 1 and variance 4. Compute the differential entropy of $p$.", normal_entropy(2)),
    (("The density $p$ is that of a Gaussian with zero mean and unit variance; $q$ is a Gaussian with mean 1 and standard"
     " deviation 2. Compute $D_{KL}(p \\| q)$."), FORWARD),
    (("A Gaussian with mean 0 and variance 1 is approximated by a Gaussian with mean 1 and variance 4. Compute"
     " $D_{KL}(p \\| q)$, where $p$ is the original and $q$ the approximation."), FORWARD),
    ("Compute $D(p \\| q)$ for two Gaussians, where $p$ has mean 0 and variance 1 and $q$ has mean 1 and variance 4.", FORWARD),
    ("Let $A$ be uniform on $[0, 2]$ and $B$ uniform on $[0, 5]$. Compute $D_{KL}(A \\| B)$.", log(2.5)),
    (("$A$ is uniformly distributed between 0 and 5 and $B$ is uniformly distributed between 0 and 2."
     " Compute $D_{KL}(A \\| B)$."), inf),
    ("$X$ is uniform over the interval $[0, 4]$. What is its differential entropy in bits?", 2),
    ("$P$ is discrete uniform on $\\{1, \\ldots, 6\\}$ and $Q$ on $\\{1, \\ldots, 6\\}$. Compute $H(P)$ in bits.", log2(6)),
    ("A counter emits the values $0, \\ldots, 31$ uniformly. What is its entropy in bits?", 5),
    ("A source emits the symbols $1, 2, \\ldots, 16$ with equal probability. What is its entropy in bits?", 4),
    ("A source emits one of 64 equally likely symbols. What is the entropy of the source in bits?", 6),
    ("A loaded die shows a two with probability 0.5 and each other face with probability 0.1. Compute its entropy in bits.",
     entropy(0.5, *[0.1] * 5)),
    ("A loaded die whose six comes up three times as often as any other face. What is its entropy in bits?",
     entropy(3 / 8, *[1 / 8] * 5)),
    ("A bent coin: heads is twice as likely as tails. What is the entropy of one toss in bits?", entropy(1 / 3, 2 / 3)),
    ("A bent coin lands heads with probability 0.8. What is the entropy of one toss in bits?", entropy(0.2, 0.8)),
    ("A forecast says sun with 75% and no sun with 25%. What is its entropy in bits?", entropy(0.25, 0.75)),
    (("A source emits A in half of cases, B in a quarter of cases and C in the remaining quarter. What is the entropy of the"
     " source in bits?"), 1.5),
    (("The letter A occurs in half of cases, B in a quarter, C and D in an eighth each. What is the entropy of the source in"
     " bits?"), 1.75),
    ("The symbols A, B, C occur with probabilities 0.5, 0.25, 0.25 respectively. What is the entropy in bits?", 1.5),
    ("$X$ takes the values 1, 2, 3 with probabilities 0.5, 0.25, 0.25. Compute $H(X)$ in bits.", 1.5),
    ("$X$ takes the value 1 with probability 0.25 and 0 otherwise. Compute $H(X)$ in bits.", entropy(0.25, 0.75)),
    (("In a bag 50% of the balls are red, 25% are blue and 25% are green. What is the entropy of the colour of a ball in"
     " bits?"), 1.5),
    (("The ensemble $X$ has the alphabet $\\mathcal{A}_X = \\{a, b, c\\}$ and probabilities"
     " $\\mathcal{P}_X = \\{\\frac12, \\frac14, \\frac14\\}$. What is the entropy $H(X)$ in bits?"), 1.5),
    (("The number of calls is Poisson with mean 3; a model says Poisson with mean 2. Compute"
     " $D_{KL}(\\text{truth} \\| \\text{model})$."), 3 * log(1.5) - 1),
    (("A source emits A, B with $P(A) = 0.25$, $P(B) = 0.75$. An engineer assumes $Q(A) = 0.5$, $Q(B) = 0.5$. What is the"
     " entropy of the source in bits?"), entropy(0.25, 0.75)),
    ("A fair eight-sided die is thrown. How many bits of information are in the outcome \"3\"?", 3),
    ("A fair eight-sided die is thrown. How much information does the outcome 5 carry, in bits?", 3),
    (("A forecast says sun with 75% and no sun with 25%. The outcome is no sun. What is the surprisal of the outcome no sun in"
     " bits?"), 2),
    ("A model predicts rain with 25% and no rain with 75%. It rains. What is the surprisal of this outcome in bits?", 2),
    ("Let $X$ be geometric with $p = 0.5$. Compute $H(X)$.", 2 * log(2)),
    ("Let $X$ be exponential with rate 2. Compute $h(X)$.", 1 - log(2)),
    ("$P$ is exponential with parameter $\\lambda = 2$. Compute $h(P)$.", 1 - log(2)),
    ("$X$ is normally distributed with mean 3 and standard deviation 2. Compute $h(X)$.", normal_entropy(2)),
    ("The count is modelled as binomial with $n = 2$ and $p = 0.5$, call it $Q$. Compute $H(Q)$ in bits.", 1.5),
    (("$X$ and $Y$ are independent, $X \\sim \\mathrm{Bernoulli}(0.5)$, $Y \\sim \\mathrm{Bernoulli}(0.25)$. Compute $H(X, Y)$"
     " in bits."), 1 + entropy(0.25, 0.75)),
    (("Let $X$ and $Y$ be independent random variables, $X$ uniform on $\\{1, 2\\}$ and $Y$ uniform on $\\{1, 2, 3, 4\\}$."
     " Compute $H(X, Y)$ in bits."), 3),
    ("A source is described by $P = (0.5, 0.25, 0.25)$. How many bits of entropy does the source have?", 1.5),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DESCRIPTIONS, ids=[text[:60] for text, _ in DESCRIPTIONS])
def test_words_describe_a_distribution(text: str, expected: float) -> None:
    problem = solve(text)
    assert problem.status == "solved"
    (found,) = numbers(problem)
    assert found == expected or isclose(found, expected, rel_tol=1e-12)


P, Q = (0.5, 0.25, 0.25), (0.25, 0.25, 0.5)
BOTH = "Let $P = \\{A: 0.5, B: 0.25, C: 0.25\\}$ and $Q = \\{A: 0.25, B: 0.25, C: 0.5\\}$.\n\n"
MIXED = (0.375, 0.25, 0.375)
SHANNON = (divergence(P, MIXED) + divergence(Q, MIXED)) / 2
QUESTIONS = [
    ("a) Compute $D_{KL}(P \\| Q)$ in bits.\n\nb) How many nats are these?", [0.25, 0.25 * log(2)]),
    ("a) Compute $D_{KL}(P \\| Q)$ in bits.\n\nb) What is this in nats?", [0.25, 0.25 * log(2)]),
    ("a) Compute $D_{KL}(P \\| Q)$ in bits.\n\nb) Convert the result to nats.", [0.25, 0.25 * log(2)]),
    (("a) Compute the Jensen-Shannon divergence in bits.\n\nb) Compute the Jensen-Shannon distance (the square root of the"
     " divergence in a)."), [SHANNON, sqrt(SHANNON)]),
    ("a) Compute the Jensen-Shannon divergence in bits.\n\nb) What is the square root of the result of a)?",
     [SHANNON, sqrt(SHANNON)]),
    ("Compute $H(P)$ in bits and $H(Q)$ in nats.", [1.5, 1.5 * log(2)]),
    ("Compute the entropy of $P$ in bits and that of $Q$ in nats.", [1.5, 1.5 * log(2)]),
    ("Compute the Euclidean distance $\\|P - Q\\|_2$ of $p = (0.5, 0.5)$ and $q = (0.2, 0.8)$.", None),
    ("All logarithms are base 2.\n\na) Compute $H(P)$.\n\nb) Compute $\\sum_x P(x) \\log P(x)$.", [1.5, -1.5]),
    ("Here $\\log$ denotes the logarithm to base 2. Compute $-\\log P(B)$.", [2]),
    ("Here $\\log$ denotes the logarithm to base 2. Compute $-\\ln P(B)$.", [log(4)]),
    ("a) Compute the entropy of $P$ in bits.\n\nb) And its perplexity?", None),
    ("What does $D_{KL}(P \\| Q)$ come to in bits?", [0.25]),
    ("What does the entropy of $P$ amount to in bits?", [1.5]),
    ("How many bits is $D_{KL}(P \\| Q)$?", [0.25]),
    ("Compute the total variation distance between them, $TV(P, Q)$.", [0.25]),
    ("Compute the Jensen-Shannon distance in bits, i.e. the square root of the Jensen-Shannon divergence.", [sqrt(SHANNON)]),
    ("Compute the max-entropy of $P$ in bits.", [log2(3)]),
    ("Compute the Hartley entropy of $P$ in bits.", [log2(3)]),
    ("Compute the collision entropy of $P$ in bits.", [-log2(0.375)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row for row in QUESTIONS if row[1]], ids=[q[:60] for q, w in QUESTIONS if w])
def test_questions_about_two_distributions(text: str, expected: list[float]) -> None:
    problem = solve(BOTH + text)
    assert problem.status == "solved"
    found = numbers(problem)
    assert len(found) == len(expected)
    assert all(isclose(one, other, rel_tol=1e-12) for one, other in zip(found, expected, strict=True))


FOCAL = "The focal loss of a class with probability $p$ is $F(p) = -a (1 - p)^g \\log p$.\n\n"
CUBES = "Let $F(p) = \\sum_i p_i^3$ and $p = (0.5, 0.3, 0.2)$.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FOCAL + "a) Compute the focal loss for $p = 0.5$, $a = 2$, $g = 1$.\n\nb) Compute the focal loss for $p = 0.5$,"
         " $a = 1$, $g = 2$.", [log(2), log(2) / 4]),
        ("The tilted score is defined as $S(x) = x^2 + 1$. Compute the tilted score for $x = 3$.", [10]),
        (CUBES + "1. Compute $F(p)$.\n2. Repeat 1 for $F(p) = \\sum_i p_i^2$.", [0.16, 0.38]),
        (CUBES + "a) Compute $F(p)$.\n\nb) Repeat part a) with $p = (0.2, 0.2, 0.6)$.", [0.16, 0.232]),
        (CUBES + "a) Compute $F(p)$.\n\nb) Do the same for $p = (0.2, 0.2, 0.6)$.", [0.16, 0.232]),
        (("a) Let $P = (0.5, 0.5)$ and $Q = (0.25, 0.75)$. Compute $H(P)$ in bits.\n\nb) Compute the cross-entropy $H(Q, P)$ of"
         " $Q$ and $P$ from a) in bits."), [1, 1]),
        ("$p = (0.1, 0.2, 0.7)$ and $q = (0.3, 0.3, 0.4)$. Compute the Euclidean distance $\\|p - q\\|_2$.", [sqrt(0.14)]),
    ],
)  # fmt: skip
def test_what_words_refer_to(text: str, expected: list[float]) -> None:
    found = numbers(solve(text))
    assert len(found) == len(expected)
    assert all(isclose(one, other, rel_tol=1e-12) for one, other in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("a) Compute $D_{KL}(P \\| Q)$.\n\nb) Is KL a metric?", "is no metric, which is symmetric"),
        (
            "a) Compute the Jensen-Shannon divergence.\n\nb) Does it satisfy the triangle inequality?",
            "triangle inequality fails",
        ),
        ("Is the total variation distance a metric?", "the total variation distance is a metric"),
        ("a) Compute $D_{KL}(P \\| Q)$.\n\nb) Is it a proper distance metric?", "is no metric, which is symmetric"),
    ],
)
def test_whether_it_is_a_metric(question: str, said: str) -> None:
    problem = solve(BOTH + question)
    (statement,) = [answer for answer in problem.answers if answer.kind == "statement"]
    assert problem.status == "solved"
    assert statement.formula is not None
    assert said in statement.formula.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Compute the frobnicated entropy of $P$.", 'what "frobnicated" says of the entropy is not understood'),
        ("Compute the entropy of the urn.", 'what "urn" says of the entropy is not understood'),
    ],
)
def test_a_refusal_says_what_is_missing(text: str, said: str) -> None:
    problem = solve(BOTH + text)
    (error,) = [d for d in problem.diagnostics if d.severity == "error"]
    assert said in error.message
    assert error.hint == "The nearest form of task is: Compute the entropy of $P$ in bits."


def test_a_question_whether_it_is_symmetric_is_answered_in_the_unit_of_its_part() -> None:
    problem = solve(BOTH + "a) Compute $D_{KL}(P \\| Q)$ in bits. Is it symmetric?")
    assert [answer.unit for answer in problem.answers] == ["bits", "bits", None]


@pytest.mark.parametrize("asked", ["Are $X$ and $Y$ independent?", "If $X$ and $Y$ were independent, nothing would be gained."])
def test_a_question_makes_nothing_independent(asked: str) -> None:
    problem = solve(
        "$X \\sim \\mathrm{Bernoulli}(0.3)$, $Y \\sim \\mathrm{Bernoulli}(0.5)$. " + asked + " Compute $H(X, Y)$ in bits."
    )
    assert numbers(problem) == []


def test_two_descriptions_are_not_mixed_up() -> None:
    text = "A loaded die shows a six with probability 0.5 and each other face with probability 0.1. A fair die is thrown too."
    problem = solve(text + " Compute $D_{KL}(\\text{loaded} \\| \\text{fair})$ in bits.")
    (found,) = numbers(problem)
    assert isclose(found, log2(6) - entropy(0.5, *[0.1] * 5), rel_tol=1e-12)


def test_a_reference_to_what_was_said_anew_is_refused() -> None:
    text = "a) Let $P = (0.5, 0.5)$. Compute $H(P)$.\n\nb) Let $P = (0.25, 0.75)$. Compute $H(P)$.\n\nc) Compute the entropy of"
    problem = solve(text + " $P$ from a).")
    assert problem.status == "partial"
    assert [answer.part for answer in problem.answers] == ["a", "b"]


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the projected gradient of $L$ with respect to $q$.",
        "Compute the gradient of $L$ with respect to $q$ on the simplex.",
        "Find the gradient of $L$ with respect to $q$ on the probability simplex.",
        "Compute the gradient of $L$ with respect to $q$ subject to $\\sum_i q_i = 1$.",
    ],
)
def test_words_project_a_gradient(asked: str) -> None:
    """It is -t/q = (-2, -2/3) less its mean."""
    problem = solve("Let $t = [0.5, 0.5]$, $q = [0.25, 0.75]$ and $L = -\\sum_i t_i \\log q_i$. " + asked)
    (answer,) = problem.answers
    assert isinstance(answer.value, list)
    assert all(isclose(float(str(x)), y, rel_tol=1e-12) for x, y in zip(answer.value, (-2 / 3, 2 / 3), strict=True))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Compute the expected value of $X$.", 2.5),
        ("What is the mean of $X$?", 2.5),
        ("What is the variance of $X$?", 1.25),
        ("Find the expectation of the variable $X$.", 2.5),
    ],
)
def test_words_for_moments_of_a_family(asked: str, expected: float) -> None:
    (found,) = numbers(solve("The random variable $X \\sim \\mathrm{Bin}(5, 0.5)$ is given. " + asked))
    assert isclose(found, expected, rel_tol=1e-12)


def test_the_mean_of_a_table_is_not_that_of_its_probabilities() -> None:
    assert numbers(solve("Let $X = \\{1: 0.5, 2: 0.25, 3: 0.25\\}$ be a distribution. What is the variance of $X$?")) == []
