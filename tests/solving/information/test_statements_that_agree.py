r"""What texts state of distributions in two ways, outcome by outcome, by an index or by a role: agreeing, or refused.

Expected values by `math`, from the definitions.
"""

from math import e, isclose, log, log2, pi

import pytest

from tests.solving.sheets import solve


def entropy(*values: float) -> float:
    return -sum(value * log2(value) for value in values if value)


def kl(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return sum(a * log2(a / b) for a, b in zip(p, q, strict=True) if a)


def values(text: str) -> list[object]:
    return [answer.value for answer in solve(text).answers if answer.value is not None]


JOINT = r"$p(x,y) = \{(0,0): 0.54, (0,1): 0.06, (1,0): 0.04, (1,1): 0.36\}$. "
SHARED = entropy(0.6, 0.4) + entropy(0.58, 0.42) - entropy(0.54, 0.06, 0.04, 0.36)
CHANNEL = (
    "A bit $X$ with $\\Pr(X = 1) = {x}$ is sent over a binary symmetric channel with crossover probability ${flip}$. "
    "The joint distribution is\n\n| $p(x, y)$ | $y = 0$ | $y = 1$ |\n|---|---|---|\n| $x = 0$ | 0.54 | 0.06 |\n"
    "| $x = 1$ | 0.04 | 0.36 |\n\n"
)
CONDITIONAL = (
    "$P(X) = \\{a: 0.5, b: 0.5\\}$.\n\n| $x$ | $P(Y=0\\mid X=x)$ | $P(Y=1\\mid X=x)$ |\n|---|---|---|\n"
    "| a | 0.9 | 0.1 |\n| b | 0.25 | 0.75 |\n\n"
)
WEATHER = (
    "| weather \\ owl | heard | silent |\n|---|---|---|\n| calm | 30 | 10 |\n| windy | 15 | 45 |\n\n"
    "Let $W$ be the weather and $O$ the owl. "
)
BARE = "| | small | large |\n|---|---|---|\n| red | 20 | 30 |\n| blue | 40 | 10 |\n\n"
ROLES = r"Compute $D_{KL}(\text{posterior} \| \text{prior})$ in bits."
GAUSSIANS = (0.25 + 1 - 1 - log(0.25)) / 2

TREES = r"$A(\text{oak}) = 0.5, A(\text{ash}) = 0.5$ and $B(\text{oak}) = 0.2$, $B(\text{ash}) = 0.8$. "
MODELS = r"Model A predicts $(0.5, 0.5)$ and model B predicts $(0.2, 0.8)$. "
BITS = (
    "$X$ is a fair bit. If $X = 0$ then $Y = 1$ with probability 0.2, and if $X = 1$ then $Y = 1$ with probability 0.75."
    " $Y$ is binary. "
)

ANSWERED = [
    (r"The prior of $\theta$ is $\mathcal{N}(0, 2)$. Find $H(\theta)$ in nats.", 0.5 * log(4 * pi * e)),
    (
        r"The marginal law of $X$ is $\mathrm{Ber}(0.5)$ and that of $Y$ is $\mathrm{Ber}(0.25)$. Find $D(X \| Y)$ in bits.",
        kl((0.5, 0.5), (0.25, 0.75)),
    ),
    (TREES + r"Compute $D_{KL}(A \| B)$ in bits.", kl((0.5, 0.5), (0.2, 0.8))),
    (r"$f(a) = 0.5, f(b) = 0.25, f(c) = 0.25$. Compute $H(f)$ in bits.", 1.5),
    (r"$M(\mathrm{red}) = 0.5$, $M(\mathrm{blue}) = 0.5$. Find $H(M)$ in bits.", 1.0),
    ("Let $p_1 = 0.5$, $p_2 = 0.3$, $p_3 = 0.2$. Compute $H(p)$ in bits.", entropy(0.5, 0.3, 0.2)),
    ("The probabilities are $p_1 = 1/2$, $p_2 = 1/4$ and $p_3 = 1/4$. What is the entropy in bits?", 1.5),
    ("$p_k = 1/2^k$ for $k = 1, 2, 3$ and $p_4 = 1/8$. Compute $H(p)$ in bits.", 1.75),
    (r"$X$ takes the value $k$ with probability $2^{-k}$ for $k = 1, 2, \dots$. What is the entropy of $X$ in bits?", 2.0),
    (r"A die shows face $k$ with probability $k/21$, $k = 1,\dots,6$. Find its entropy in bits.",
     entropy(*(k / 21 for k in range(1, 7)))),
    (CHANNEL.format(x=0.4, flip=0.1) + "Compute $H(Y)$ in bits.", entropy(0.58, 0.42)),
    (CHANNEL.format(x=0.4, flip=0.1) + "Compute $I(X; Y)$ in bits.", SHARED),
    (JOINT + r"$q(x) = \{0: 0.5, 1: 0.5\}$. Compute $H(X)$ in bits.", entropy(0.6, 0.4)),
    (JOINT + r"$q(x) = \{0: 0.5, 1: 0.5\}$. Compute $D_{KL}(p(x) \| q(x))$ in bits.", kl((0.6, 0.4), (0.5, 0.5))),
    (CONDITIONAL + r"Compute $H(Y \mid X)$ in bits.", (entropy(0.9, 0.1) + entropy(0.25, 0.75)) / 2),
    (WEATHER + "Estimate the probabilities by the relative frequencies. Compute $H(O)$ in bits.", entropy(0.45, 0.55)),
    (BARE + "The rows are the values of $C$ and the columns those of $S$. Compute $H(S)$ in bits.", entropy(0.6, 0.4)),
    (r"The posterior is $\mathrm{Ber}(0.2)$ and the prior is $\mathrm{Ber}(0.5)$. " + ROLES, kl((0.2, 0.8), (0.5, 0.5))),
    ("The prior is flu 0.5, cold 0.5 and the posterior is flu 0.2, cold 0.8. " + ROLES, kl((0.2, 0.8), (0.5, 0.5))),
    ("The prior is $(0.5, 0.5)$, the posterior is $(0.2, 0.8)$. How many bits is KL(posterior, prior)?",
     kl((0.2, 0.8), (0.5, 0.5))),
    ("Prior $N(0,1)$, posterior $N(1, 0.25)$. Compute the KL divergence from posterior to prior in nats.", GAUSSIANS),
    (MODELS + r"What is $D_{KL}(A\|B)$ in bits?", kl((0.5, 0.5), (0.2, 0.8))),
    (r"$X$ and $Y$ are independent fair bits and $Z = X \oplus Y$. Find $I(X; Z \mid Y)$ in bits.", 1.0),
    ("$X$ is Bernoulli with $P(X = 0) = 0.3$. Compute $E[X]$.", 0.7),
    (r"$X \sim \mathrm{Bernoulli}(p)$ with $P(X = 1) = 0.3$. Compute $H(X)$ in bits.", entropy(0.3, 0.7)),
    (r"$X$ follows a $\mathrm{Ber}(0.3)$ distribution. What is the entropy of $X$ in bits?", entropy(0.3, 0.7)),
    (BITS + "Compute $H(Y)$ in bits.", entropy(0.475, 0.525)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ANSWERED)
def test_what_is_stated_is_used(text: str, wanted: float) -> None:
    [value] = values(text)
    assert isinstance(value, float | int)
    assert isclose(value, wanted, rel_tol=1e-9, abs_tol=1e-12)


REFUSED = [
    r"The logarithm of $Y$ is $\mathcal{N}(0, 2)$. Find $H(Y)$ in nats.",
    "The sum of $X$ and $Y$ follows a normal distribution with mean 0 and variance 2. Find $H(Y)$ in nats.",
    r"$X$ given $Y$ is $\mathrm{Ber}(0.5)$. Find $H(Y)$ in bits.",
    r"$Y$ is $\mathrm{Exp}(2)$ with probability 0.5. Find $H(Y)$ in nats.",
    JOINT + r"$X = \{0: 0.5, 1: 0.5\}$. Find $I(X; Y)$ in bits.",
    "Three switches fail with probabilities $p_1 = 0.2$, $p_2 = 0.3$, $p_3 = 0.5$. Find the entropy of the switches in bits.",
    """$X$ and $Y$ are binary, $P(X = 1) = 0.5$. If $X = 0$, $Y = 1$ with probability 0.2 on Mondays. If $X = 1$, $Y = 1$ with
    probability 0.7. Find $I(X; Y)$ in bits.""",
    r"The mean of the prior is $\mathcal{N}(0, 1)$. The posterior is $\mathcal{N}(1, 1)$. Compute KL(posterior || prior).",
    r"""The prior was $\mathcal{N}(0, 1)$ and is now $\mathcal{N}(2, 1)$. The posterior is $\mathcal{N}(1, 1)$. Compute
    KL(posterior || prior).""",
    "$X$ is Bernoulli with $p = 0.7$ or $0.8$. Find $H(X)$ in bits.",
    "Let $k \\in \\{1, 2, 3\\}$. A number of at most $k$ has probability $k/6$. Find the entropy in bits.",
    r"Find the surprisal of $D = \mathrm{yes}$ in bits.",
    CHANNEL.format(x=0.5, flip=0.1) + "Compute $I(X; Y)$ in bits.",
    CHANNEL.format(x=0.4, flip=0.2) + "Compute $I(X; Y)$ in bits.",
    JOINT + r"$p(y) = \{0: 0.5, 1: 0.5\}$. Compute $H(Y)$ in bits.",
    JOINT + r"Compute $D_{KL}(p(x) \| q(x))$ in bits.",
    r"$c(\text{oak}) = 4$, $c(\text{ash}) = 6$. Compute $H(c)$ in bits.",
    r"$T(\text{rain}) = 0.4$, $T(\text{sun}) = 0.35$. Compute $H(T)$ in bits.",
    "Let $p_1 = 0.5$, $p_2 = 0.3$. Compute $H(p)$ in bits.",
    "$p_k = 1/2^k$ for $k = 1, 2, 3$ and $p_2 = 1/8$. Compute $H(p)$ in bits.",
    r"$P \sim \mathrm{Ber}(0.2)$ with 0.2 the probability of zero. $Q \sim \mathrm{Ber}(0.4)$. Compute $D_{KL}(P \| Q)$.",
    r"$X \sim \mathrm{Bin}(3, 0.2)$ where the failure probability is 0.2. Compute $E[X]$.",
    "$X$ is Bernoulli with probability 0.2 of being zero. Compute the mean of $X$.",
    "$P = (0.5, 0.5)$ and $Q = (0.9, 0.1)$. Let $M = 0.25 P + 0.75 Q$. Compute the Jensen-Shannon divergence of $P$ and $Q$.",
    "$P = (0.5, 0.5)$ and $Q = (0.9, 0.1)$, $M = (0.6, 0.4)$. Compute the Jensen-Shannon divergence of $P$ and $Q$ using $M$.",
    "A message of three fair bits is sent. Find the entropy of the message in bits.",
    "$X$ and $Y$ are fair bits. Find $I(X; Y)$ in bits.",
    WEATHER + "Estimate the probabilities by Laplace smoothing.",
    BARE + "Compute $H(C)$ in bits.",
    "The distances are home 0.5, work 0.5. What is the entropy in bits?",
    r"$P = (0.5, 0.5)$ and $Q = (0.9, 0.1)$. Calculate $D_{KL}(P\|Q)$ and the total variation distance. (bits for the former)",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_contradicts_itself_or_says_too_little_is_not_answered(text: str) -> None:
    problem = solve(text)
    assert [answer.value for answer in problem.answers if answer.value is not None] == []
    assert any(each.severity in ("error", "warning") for each in problem.diagnostics)


OTHER = kl((0.6, 0.4), (0.5, 0.5))


@pytest.mark.parametrize("other", ["p'", "p_1", "p_\\theta", "\\hat{p}"])
def test_another_letter_is_another_distribution(other: str) -> None:
    text = f"{JOINT} ${other}(x) = \\{{0: 0.5, 1: 0.5\\}}$. Find $I(X; Y)$ and $D(p(x) \\| {other}(x))$ in bits."
    assert values(text) == pytest.approx([SHARED, OTHER], rel=1e-9)


def test_a_table_behind_a_primed_letter_is_no_slope() -> None:
    text = r"$P = \{0: 0.5, 1: 0.5\}$ and $P'(x) = \{0: 0.6, 1: 0.4\}$. Find $H(P')$ in bits."
    assert values(text) == pytest.approx([entropy(0.6, 0.4)])


@pytest.mark.parametrize("given", [r"$X = \{a: 0.5, b: 0.5\}$", r"$X$ is uniform on $\{a, b\}$"])
def test_a_variable_with_a_table_of_its_own_has_conditionals(given: str) -> None:
    table = CONDITIONAL.partition("\n\n")[2]
    shared = entropy(0.575, 0.425) - (entropy(0.9, 0.1) + entropy(0.25, 0.75)) / 2
    assert values(f"{given}.\n\n{table} Find $I(X; Y)$ in bits.") == pytest.approx([shared], rel=1e-9)


def test_a_fair_bit_of_noise_is_no_bit() -> None:
    text = "There is a fair bit of noise in the data. Let $P = (0.5, 0.25, 0.25)$. Find the entropy in bits."
    assert values(text) == pytest.approx([1.5])


def test_a_probability_of_a_family_is_compared() -> None:
    right = solve(r"$X \sim \mathrm{Ber}(0.2)$, so that $P(X = 0) = 0.8$. Compute $E[X]$.")
    wrong = solve(r"$X \sim \mathrm{Ber}(0.2)$, so that $P(X = 0) = 0.2$. Compute $E[X]$.")
    assert [each.code for each in right.diagnostics if each.severity == "error"] == []
    assert [each.code for each in wrong.diagnostics if each.severity == "error"] == ["sides-differ"]


def test_each_part_has_its_own_roles() -> None:
    text = (
        r"Compute $D_{KL}(\text{posterior} \| \text{prior})$ in bits in each case."
        "\n\n(a) The posterior is $\\mathrm{Ber}(0.2)$ and the prior is $\\mathrm{Ber}(0.5)$."
        "\n\n(b) The posterior is $\\mathrm{Ber}(0.5)$ and the prior is $\\mathrm{Ber}(0.2)$."
    )
    assert values(text) == pytest.approx([kl((0.2, 0.8), (0.5, 0.5)), kl((0.5, 0.5), (0.2, 0.8))], rel=1e-9)


def test_an_equal_mixture_of_the_text_leaves_the_divergence() -> None:
    text = r"$P = (0.5, 0.5)$ and $Q = (0.9, 0.1)$. Let $M = \frac{P+Q}{2}$. Compute the JSD of $P$ and $Q$ in bits using $M$."
    middle = (0.7, 0.3)
    assert values(text) == pytest.approx([(kl((0.5, 0.5), middle) + kl((0.9, 0.1), middle)) / 2], rel=1e-9)


def test_a_question_behind_a_display_is_a_sentence_of_its_own() -> None:
    law = "\\[ P(Z = k) = \\begin{cases} 0.5 & k = 1 \\\\ 0.5 & k = 2 \\end{cases} \\]"
    assert values(f"A variable $Z$ has the law\n{law}\nWhat is $H(Z)$ in bits?") == [1.0]
