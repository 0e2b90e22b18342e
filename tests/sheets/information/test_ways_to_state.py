r"""Distributions as books state them: arrays without dollars, channels, Unicode, tables; every number is worked out by hand."""

from math import exp, log, log2

import pytest

from tests.sheets.information.answers import refusals, solved, units, values

JOINT = r"""\hline
x=0 & \frac18 & \frac38 \\
x=1 & \frac14 & \frac14
\end{array}"""
CELLS = r"""\hline
0 & 1/8 & 3/8 \\
1 & 1/4 & 1/4
\end{array}"""
MARGINS = r"""\begin{array}{c|cc|c}
P_{XY} & Y=0 & Y=1 & P_X \\ \hline
X=0 & 1/8 & 3/8 & 1/2 \\
X=1 & 1/4 & 1/4 & 1/2 \\ \hline
P_Y & 3/8 & 5/8 & 1
\end{array}"""
ASKED = "\n\n(a) Evaluate $H({0})$ in bits.\n\n(b) Evaluate $I({0}; {1})$ in bits.\n"
INFORMATION = 1 + (-3 / 8 * log2(3 / 8) - 5 / 8 * log2(5 / 8)) - (1 / 8 * 3 + 3 / 8 * log2(8 / 3) + 1)
"""1 bit for X, the entropy of (3/8, 5/8) for Y, less the entropy of the four cells."""


@pytest.mark.parametrize(
    ("array", "first", "second"),
    [
        (r"\begin{array}{c|cc} p(x,y) & y=0 & y=1 \\ " + JOINT, "X", "Y"),
        (r"\begin{array}{c|cc} & Y=0 & Y=1 \\ " + JOINT.replace("x=", "X="), "X", "Y"),
        (r"\begin{array}{c|cc} X \backslash Y & 0 & 1 \\ " + CELLS, "X", "Y"),
        (r"\begin{array}{c|cc} S \setminus T & 0 & 1 \\ " + CELLS, "S", "T"),
        (r"\begin{array}{c|cc} U / V & 0 & 1 \\ " + CELLS, "U", "V"),
        (r"p(x,y) = \begin{array}{c|cc} & y=0 & y=1 \\ " + JOINT, "X", "Y"),
        (r"p(x, y) = \begin{bmatrix} 1/8 & 3/8 \\ 1/4 & 1/4 \end{bmatrix}", "X", "Y"),
        (r"p(x, y) = \left[\begin{array}{cc} 1/8 & 3/8 \\ 1/4 & 1/4 \end{array}\right]", "X", "Y"),
        (MARGINS, "X", "Y"),
        (r"$$\begin{array}{c|cc} p(x,y) & y=0 & y=1 \\ " + JOINT + "$$", "X", "Y"),
    ],
)
def test_a_joint_array_needs_no_dollars(array: str, first: str, second: str):
    text = f"The joint pmf of ${first}$ (rows) and ${second}$ (columns) is\n\n{array}{ASKED.format(first, second)}"
    assert values(text) == pytest.approx([1, INFORMATION])


@pytest.mark.parametrize(
    "stated",
    [
        r"p(x) = \begin{cases} 1/2 & x = 0 \\ 1/4 & x = 1 \\ 1/4 & x = 2 \end{cases}",
        r"\begin{array}{c|ccc} x & 1 & 2 & 3 \\ \hline p(x) & 0.5 & 0.25 & 0.25 \end{array}",
        r"\begin{tabular}{c|ccc} $x$ & 1 & 2 & 3 \\ \hline $p(x)$ & 0.5 & 0.25 & 0.25 \end{tabular}",
        "| $x$ | 1 | 2 | 3 |\n|---|---|---|---|\n| $p(x)$ | ½ | ¼ | ¼ |",
    ],
)
@pytest.mark.parametrize("ending", ["is", "is:", "is given by"])
def test_what_leads_to_a_table_asks_nothing(stated: str, ending: str):
    assert values(f"The pmf of $X$ {ending}\n\n{stated}\n\n(a) Evaluate $H(X)$ in bits.") == pytest.approx([1.5])


def test_what_is_left_open_at_its_end_is_still_a_question():
    assert values("Let $P = (0.5, 0.25, 0.25)$.\n\n(a) In bits, the entropy of $P$ is") == pytest.approx([1.5])


OUTPUT = -0.62 * log2(0.62) - 0.38 * log2(0.38)


@pytest.mark.parametrize(
    "channel",
    [
        r"$$W = \begin{bmatrix} 0.9 & 0.1 \\ 0.2 & 0.8 \end{bmatrix}, \qquad W_{xy} = P(Y = y \mid X = x)$$",
        r"$W = [[0.9, 0.1], [0.2, 0.8]]$ with $W_{ij} = P(Y = j \mid X = i)$",
        r"$W = [[0.9, 0.2], [0.1, 0.8]]$ with $W_{ij} = P(Y = i \mid X = j)$",
        r"$P_{Y|X} = \begin{bmatrix} 0.9 & 0.1 \\ 0.2 & 0.8 \end{bmatrix}$",
        r"$P_{Y \mid X} = [[0.9, 0.1], [0.2, 0.8]]$",
        r"$P_{Y \mid X}(y \mid x) = \begin{pmatrix} 0.9 & 0.1 \\ 0.2 & 0.8 \end{pmatrix}$",
        r"$Q(y|x) = \begin{bmatrix} 0.9 & 0.1 \\ 0.2 & 0.8 \end{bmatrix}$ (rows are inputs)",
        r"$p(y|x) = \begin{bmatrix} 0.9 & 0.2 \\ 0.1 & 0.8 \end{bmatrix}$",
        r"P(Y|X) = \begin{bmatrix} 0.9 & 0.1 \\ 0.2 & 0.8 \end{bmatrix}",
        r"$p_{Y|X}(1|0) = 0.1$, $p_{Y|X}(0|0) = 0.9$, $p_{Y|X}(1|1) = 0.8$, $p_{Y|X}(0|1) = 0.2$",
    ],
)
def test_a_channel_in_many_spellings(channel: str):
    text = f"A channel has {channel}\n\nThe input has $p_X = (0.6, 0.4)$.\n\n(a) Find $H(Y)$ in bits."
    text = text.replace("p_X = (0.6, 0.4)", "p_X(0) = 0.6, p_X(1) = 0.4") if "(1|0)" in channel else text
    assert values(text) == pytest.approx([OUTPUT])


def test_a_channel_that_fits_both_ways_is_refused():
    matrix = r"P_{Y|X} = \begin{bmatrix} 0.7 & 0.2 & 0.1 \\ 0.1 & 0.7 & 0.2 \\ 0.2 & 0.1 & 0.7 \end{bmatrix}"
    text = f"Let ${matrix}$ and $P_X = (0.6, 0.3, 0.1)$. Find $H(Y)$ in bits."
    assert "axes-not-clear" in refusals(text)


def test_entries_of_distributions_with_variables_below():
    joint = "$P(X=0,Y=0) = 1/4, P(X=0,Y=1) = 1/4, P(X=1,Y=0) = 0, P(X=1,Y=1) = 1/2$"
    text = f"Let {joint}.\n\n(a) Find $P_X(1)$.\n\n(b) Find $P_{{Y|X}}(1|0)$.\n\n(c) Find $P_{{X|Y}}(0|1)$."
    assert values(text) == pytest.approx([1 / 2, 1 / 2, 1 / 3])


@pytest.mark.parametrize("lead", ["Determine, in bits,", "Determine, in bits:", "Determine in bits", "Calculate (in bits)"])
def test_the_unit_of_a_stem_is_that_of_every_part(lead: str):
    text = f"Let $P = (0.5, 0.25, 0.25)$ and $Q = (0.5, 0.5)$. {lead}\n\n(a) the output entropy $H(P)$,\n\n(b) $H(Q)$."
    assert values(text) == pytest.approx([1.5, 1])
    assert units(text) == ["bits", "bits"]


def test_a_unit_between_commas_is_that_of_what_follows():
    text = "Let $P = (0.5, 0.5)$.\n\n(a) Give, in bits and nats, the entropy of $P$."
    assert sorted(value for value in values(text) if isinstance(value, float)) == pytest.approx([log(2), 1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P = {a: ½, b: ¼, c: ¼}. What is H(P) in bits?", 1.5),
        ("P(a) = ½, P(b) = ⅓, P(c) = ⅙. Find H(P) in bits.", 1 / 2 + log2(3) / 3 + log2(6) / 6),
        ("The distribution is p = (⅕, ⅖, ⅖). What is H(p) in bits?", log2(5) - 4 / 5),
        ("Let P = (0.5, 0.5) and Q = (0.4, 0.6). Find chi^2(P || Q) = sum_i (p_i - q_i)^2 / q_i.", 0.01 / 0.4 + 0.01 / 0.6),
        ("Let P = (0.5, 0.5) and Q = (0.4, 0.6). Find χ²(P‖Q) = Σᵢ (pᵢ − qᵢ)²/qᵢ.", 0.01 / 0.4 + 0.01 / 0.6),
        ("Let P = (0.5, 0.5) and Q = (0.4, 0.6). Find chi^2(P||Q) = sum_x (P(x) - Q(x))^2 / Q(x).", 0.01 / 0.4 + 0.01 / 0.6),
        ("Let P = {a: ½, b: ½} and Q = {a: ¼, b: ¾}. Find D[P‖Q].", log(2) / 2 + log(2 / 3) / 2),
        ("Let P = {a: ½, b: ½} and Q = {a: ¼, b: ¾}. Find KL[Q||P].", log(1 / 2) / 4 + 3 / 4 * log(3 / 2)),
        ("Let A = {x: 0.9, y: 0.1} and B = {x: 0.5, y: 0.5}. Find the Rényi divergence of order 2 of A from B.", log(1.64)),
        ("Let A = {x: 0.9, y: 0.1} and B = {x: 0.5, y: 0.5}. Find the KL divergence of A relative to B.",
         0.9 * log(1.8) + 0.1 * log(0.2)),
    ],
)  # fmt: skip
def test_plain_unicode(text: str, expected: float):
    assert values(text) == pytest.approx([expected])


@pytest.mark.parametrize(
    ("stated", "name", "smoothed"),
    [
        (r"the hard label $y = (1, 0, 0, 0)$ is replaced by the smoothed label $y' = (1 - a) y + \frac{a}{4}$", "y'", 0.925),
        (r"$y = (1, 0, 0, 0)$ is replaced by $t = (1 - a) y + a / 4$", "t", 0.925),
        (r"the target $y = (1, 0, 0, 0)$ is replaced with $\tilde y = (1 - a) y + a / 4$", r"\tilde y", 0.925),
        (r"the source $y = (1, 0, 0, 0)$ is approximated by the softer vector $s = (1 - a) y + a / 4$", "s", 0.925),
    ],
)
def test_what_replaces_something_under_a_name_is_defined(stated: str, name: str, smoothed: float):
    [value] = values(f"With $a = 0.1$, {stated}.\n\n1. Compute ${name}$.")
    assert value == pytest.approx([smoothed, 0.025, 0.025, 0.025])


@pytest.mark.parametrize(
    "stated",
    [
        "Let $L = (y - t)^2$ with $y = 2$ and $t = 1$. Now $t$ is replaced by $t' = t + 3$.",
        "Let $L = (y - t)^2$ with $y = 2$ and $t = 1$. Then $t$ is replaced by $5$.",
        "Let $L = (y - t)^2$ with $y = 2$ and $t = 1$. Then $t$ is replaced by $t = t + 3$.",
    ],
)
def test_what_something_else_is_computed_from_is_changed_by_it(stated: str):
    assert "task-not-understood" in refusals(f"{stated}\n\n(a) Compute $L$.")


def test_powers_of_entries_in_a_sum():
    text = r"Let $P = (0.5, 0.5)$ and $Q = (0.25, 0.75)$ on $\{1, 2\}$. Let $R = \sum_x P(x)^{a} Q(x)^{1 - a}$ with $a = 3$."
    assert values(f"{text}\n\n(a) Compute $R$.") == pytest.approx([0.125 * (16 + 16 / 9)])
    text = r"Let $P = (0.5, 0.5)$. Let $R = \sum_x P(x)^2$."
    assert values(f"{text}\n\n(a) Compute $R$.") == pytest.approx([0.5])


@pytest.mark.parametrize(
    ("table", "name", "total"),
    [
        ("| letter | $F$ |\n|---|---|\n| e | 0.5 |\n| t | 0.3 |\n| a | 0.15 |", "F", "0.95"),
        ("| letter | e | t | a |\n|---|---|---|---|\n| $F$ | 0.5 | 0.3 | 0.25 |", "F", "1.05"),
    ],
)
def test_a_table_that_nearly_sums_to_one_says_so(table: str, name: str, total: str):
    problem = solved(f"{table}\n\n(a) Compute $H({name})$ in bits.")
    [said] = [each for each in problem.diagnostics if each.code == "not-normalised"]
    assert total in said.message
    assert said.span is not None
    assert said.span.line == 1
    assert all(getattr(answer, "value", None) is None for answer in problem.answers)


def test_a_table_of_other_numbers_is_not_compared_with_one():
    table = "| epoch | L |\n|---|---|\n| 1 | 0.7 |\n| 2 | 0.25 |"
    codes = [each.code for each in solved(f"{table}\n\nLet $y = x^2$ with $x = 2$. Compute $y$.").diagnostics]
    assert "not-normalised" not in codes


def test_the_words_of_a_table_ask_nothing():
    table = "| base | A | C | G | T |\n|---|---|---|---|---|\n| count | 40 | 10 | 10 | 40 |"
    text = f"{table}\n\nLet $P$ be the distribution of the relative frequencies.\n\n(a) What is $H(P)$ in bits?"
    assert values(text) == pytest.approx([2 * 0.4 * log2(2.5) + 2 * 0.1 * log2(10)])


def test_a_number_for_a_name_whose_formula_has_no_value():
    text = r"Let $R = s - \mu^2$ with $s = \log \sigma^2$, of $\mathcal{N}(\mu, \sigma^2)$."
    assert values(f"{text} Evaluate $R$ for $\\mu = 1$ and $s = -2$.") == pytest.approx([-3])


def test_a_number_for_a_name_gives_its_inputs_theirs():
    text = r"Let $R = s + \sigma^2$ with $s = \log \sigma^2$. Evaluate $R$ for $s = -1$."
    assert values(text) == pytest.approx([exp(-1) - 1], rel=1e-12)


@pytest.mark.parametrize(
    "words",
    [
        "Under $P$, the count is Poisson with rate 4; under $Q$, it is Poisson with rate 6.5.",
        "Under the model $P$ the number of calls is Poisson with rate $4$, under the model $Q$ it is Poisson with rate $6.5$.",
        "According to model $P$ the count $N$ is Poisson with mean 4, and according to model $Q$ it is Poisson with mean 6.5.",
        "Model $P$ says that the count is Poisson with rate 4; model $Q$ says that it is Poisson with rate 6.5.",
    ],
)
def test_a_model_under_which_something_is_distributed(words: str) -> None:
    expected = 4 * log(4 / 6.5) + 6.5 - 4
    assert values(f"{words} Compute $D(P \\| Q)$ in nats.") == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    "words",
    [
        "Under $P$, the count is not Poisson with rate 4; under $Q$, it is Poisson with rate 6.5.",
        "Under $P$ the count is Poisson with rate 4 on weekdays only; under $Q$, it is Poisson with rate 6.5.",
        "Under $P$ the count is Poisson with rate 4; under $Q$ it has twice that rate.",
    ],
)
def test_what_a_model_does_not_say(words: str) -> None:
    assert refusals(f"{words} Compute $D(P \\| Q)$ in nats.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A random variable is uniformly distributed over 12 values. How many bits are needed on average to describe it?",
            log2(12),
        ),
        ("A sensor reading is uniform over 24 possible positions. Find its entropy in bits.", log2(24)),
        ("Let $P = (0.5, 0.25, 0.25)$. How many bits are needed on average to encode a symbol?", 1.5),
    ],
)
def test_bits_on_average(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    "text",
    [
        "A token is uniformly distributed over 60 seconds. What is its entropy in bits?",
        "Let $P = (0.5, 0.5)$ and $Q = (0.2, 0.8)$. How many bits are needed on average to describe it?",
        "A variable is uniformly distributed over 12 values. How many bits are needed to describe it with a fixed-length code?",
    ],
)
def test_bits_of_something_else(text: str) -> None:
    assert refusals(text)


MIXED = "Let $p = (0.7, 0.3)$, $q = (0.1, 0.9)$ and $m = 0.3 p + 0.7 q$."


@pytest.mark.parametrize(
    "asked",
    [
        "Now give both models equal weight: compute the Jensen-Shannon divergence $JS(p, q)$ in bits.",
        "Compute the Jensen-Shannon divergence $JS(p, q)$ with equal weights in bits.",
    ],
)
def test_equal_weights_beside_another_mixture(asked: str) -> None:
    def entropy(p: float) -> float:
        return -p * log2(p) - (1 - p) * log2(1 - p)

    assert values(f"{MIXED} {asked}") == [pytest.approx(entropy(0.4) - (entropy(0.7) + entropy(0.1)) / 2, rel=1e-12)]
    assert refusals(f"{MIXED} Compute the Jensen-Shannon divergence $JS(p, q)$ in bits.")
