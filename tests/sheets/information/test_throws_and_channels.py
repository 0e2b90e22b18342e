"""Variables that are one throw each, independent copies, and channels in words; values by hand."""

from itertools import product
from math import log, log2

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source
from tests.sheets.information.answers import refusals
from tests.sheets.information.answers import values as values_of


def entropy(values: list[float]) -> float:
    return -sum(p * log2(p) for p in values if p)


def spread(values: list[float]) -> dict[float, float]:
    """How probable each value is where all of the list are equally likely."""
    return {v: values.count(v) / len(values) for v in values}


def solved(text: str) -> tuple[list[float], list[str], list[str]]:
    """The values, the codes of the errors, and those of the notes."""
    (problem,) = solve_sheet(Source("sheet.md", f"# Problem 1\n{text}\n")).problems
    values = [float(each.value) for each in problem.answers if isinstance(each.value, float)]
    codes = {severity: [d.code for d in problem.diagnostics if d.severity == severity] for severity in ("error", "note")}
    return values, codes["error"], codes["note"]


SUMS = list(spread([a + b for a, b in product(range(6), repeat=2)]).values())
LARGEST = list(spread([max(a, b) for a, b in product(range(4), repeat=2)]).values())


@pytest.mark.parametrize(
    "words",
    [
        "Let $X$ and $Y$ be two independent fair dice.",
        "Let $X$ and $Y$ be the outcomes of two fair dice.",
        "Two fair dice $X$ and $Y$ are rolled.",
        "Two fair six-sided dice show $X$ and $Y$.",
        "Let $X, Y$ be fair dice that are thrown once each.",
    ],
)
def test_dice_that_words_name_are_independent(words: str) -> None:
    asks = r"Let $S = X + Y$. Compute $H(X, Y)$ in bits, $H(S)$ in bits, $H(S \mid X)$ in bits and $I(X; S)$ in bits."
    values, errors, notes = solved(f"{words} {asks}")
    assert errors == []
    assert "throws-independent" in notes
    assert values == pytest.approx([2 * log2(6), entropy(SUMS), log2(6), entropy(SUMS) - log2(6)], rel=1e-12)


@pytest.mark.parametrize(
    "words",
    [
        "Let $X_1, X_2, X_3$ be the outcomes of three independent tosses of a fair coin.",
        "A fair coin is tossed three times; $X_i$ is the outcome of the $i$-th toss.",
        "A fair coin is flipped three times, and $X_1, X_2, X_3$ are the outcomes.",
        "Three fair coins show $X_1, X_2, X_3$.",
        "Let $X_1$, $X_2$ and $X_3$ be independent fair coins.",
    ],
)
def test_throws_with_an_index(words: str) -> None:
    values, errors, _ = solved(
        f"{words} Compute $H(X_1, X_2, X_3)$ in bits and $H(X_1, X_3)$ in bits and $I(X_1; X_2)$ in bits."
    )
    assert errors == []
    assert values == pytest.approx([3, 2, 0], abs=1e-12)


def test_the_larger_of_two_throws_has_any_letter() -> None:
    values, errors, _ = solved(
        r"Two fair four-sided dice show $X$ and $Y$, and $M = \max(X, Y)$. Compute $H(M)$ in bits and $I(X; M)$ in bits."
    )
    given = sum(entropy(list(spread([max(a, b) for b in range(4)]).values())) for a in range(4)) / 4
    assert errors == []
    assert values == pytest.approx([entropy(LARGEST), entropy(LARGEST) - given], rel=1e-12)


@pytest.mark.parametrize(
    "words",
    [
        "Let $X$ be two fair dice.",
        "Let $X$ be the outcome of two fair dice.",
        "Let $X$ and $Y$ be the outcomes of three fair dice.",
    ],
)
def test_as_many_names_as_throws_are_needed(words: str) -> None:
    values, errors, _ = solved(f"{words} Compute $H(X)$ in bits.")
    assert values == []
    assert "derived-variable" in errors


@pytest.mark.parametrize(
    "words",
    [
        r"Let $X_1, X_2 \sim \mathrm{Bernoulli}(1/4)$ be i.i.d. and $M = \max(X_1, X_2)$.",
        r"Let $X_1, X_2 \sim \mathrm{Bernoulli}(1/4)$ i.i.d. Let $M = \max(X_1, X_2)$.",
        r"Let $X_1, X_2 \overset{iid}{\sim} \mathrm{Bernoulli}(1/4)$ and $M = \max(X_1, X_2)$.",
        r"$X_1 \sim \mathrm{Bernoulli}(1/4)$ and $X_2 \sim \mathrm{Bernoulli}(1/4)$ are independent, and $M = \max(X_1, X_2)$.",
    ],
)
def test_independent_copies(words: str) -> None:
    values, errors, _ = solved(f"{words} Compute $H(X_1, X_2)$ in bits, $H(M)$ in bits and $I(X_1; M)$ in bits.")
    one, largest = entropy([1 / 4, 3 / 4]), entropy([9 / 16, 7 / 16])
    assert errors == []
    assert values == pytest.approx([2 * one, largest, largest - 3 / 4 * one], rel=1e-12)


def test_copies_of_which_nothing_says_that_they_are_independent_are_refused() -> None:
    values, errors, _ = solved(r"Let $X_1, X_2 \sim \mathrm{Bernoulli}(1/4)$. Compute $H(X_1, X_2)$ in bits.")
    assert (values, errors) == ([], ["no-joint-distribution"])


def binary(p: float) -> float:
    return entropy([p, 1 - p])


@pytest.mark.parametrize(
    "words",
    [
        "Consider a binary symmetric channel with crossover probability 0.1 and uniform input $X$. Let $Y$ be its output.",
        "A BSC flips each bit with probability $0.1$. Its inputs are equally likely.",
        "Take a binary symmetric channel (BSC) with error probability $p = 0.1$ and a uniformly distributed input.",
        r"A binary symmetric channel has crossover probability 0.1 and the input $X \sim \mathrm{Bernoulli}(1/2)$.",
    ],
)
def test_a_symmetric_channel(words: str) -> None:
    asks = r"Compute $H(Y)$ in bits, $H(Y \mid X)$ in bits and $I(X; Y)$ in bits. What is the capacity of the channel in bits?"
    values, errors, notes = solved(f"{words} {asks}")
    assert errors == []
    assert "channel-read" in notes
    assert values == pytest.approx([1, binary(0.1), 1 - binary(0.1), 1 - binary(0.1)], rel=1e-12)


def test_the_letters_of_input_and_output_and_questions_in_words() -> None:
    values, errors, _ = solved(
        "A binary erasure channel has the input $A$, the output $B$, erasure probability 0.3 and equally likely inputs. "
        "Compute $I(A; B)$ in bits, the entropy of the output in bits and the mutual information of input and output in bits."
    )
    assert errors == []
    assert values == pytest.approx([0.7, entropy([0.35, 0.3, 0.35])], rel=1e-12)  # the last is the first


def test_an_erasure_channel_with_another_input() -> None:
    text = r"A BEC has erasure probability $\varepsilon = 0.25$ and the input $X \sim \mathrm{Bernoulli}(0.4)$."
    values, errors, _ = solved(f"{text} Compute $I(X; Y)$ in bits. What is the capacity of the channel?")
    assert errors == []
    assert values == pytest.approx([0.75 * binary(0.4), 0.75], rel=1e-12)


@pytest.mark.parametrize(
    "words",
    [
        "which erases it with probability $0.2$ and otherwise delivers it intact: the receiver sees $Y \\in \\{0, e, 1\\}$.",
        "with erasure probability 0.2.",
        "that erases bits with probability 0.2. The receiver observes $Y$.",
        "whose erasure probability is 0.2; the received symbol is $Y$.",
    ],
)
def test_what_is_erased_and_what_is_not(words: str) -> None:
    sent = "A bit $X$ with $P(X = 0) = 0.4$ and $P(X = 1) = 0.6$ is sent through a binary erasure channel"
    values, errors, _ = solved(f"{sent} {words} What is $I(X; Y)$ in bits, and how large is $H(X \\mid Y)$ in bits?")
    assert errors == []
    assert values == pytest.approx([0.8 * binary(0.4), 0.2 * binary(0.4)], rel=1e-12)


@pytest.mark.parametrize(
    "words",
    [
        "with erasure probability 0.2. It also flips each bit with probability 0.1.",
        "with erasure probability 0.2 and flip probability 0.1.",
        "which erases it with probability 0.2 and otherwise flips it.",
    ],
)
def test_a_channel_that_does_more_is_not_read(words: str) -> None:
    sent = "A bit $X$ with $P(X = 0) = 0.4$ and $P(X = 1) = 0.6$ is sent through a binary erasure channel"
    values, errors, _ = solved(f"{sent} {words} What is $I(X; Y)$ in bits?")
    assert (values, errors) == ([], ["no-joint-distribution"])


def test_the_letters_of_who_sends_and_who_receives() -> None:
    values, errors, _ = solved(
        "A symbol $S$ with $P(S = 0) = 0.4$ and $P(S = 1) = 0.6$ is transmitted over a binary symmetric channel with flip"
        " probability 0.1. The receiver observes $R$. What is $I(S; R)$ in bits?"
    )
    assert errors == []
    assert values == pytest.approx([binary(0.4 * 0.9 + 0.6 * 0.1) - binary(0.1)], rel=1e-12)


def capacity_of_z(p: float) -> float:
    """The largest mutual information over a fine grid of inputs, then by ternary search."""
    low, high = 0.0, 1.0

    def information(a: float) -> float:
        return binary(a * (1 - p)) - a * binary(p)

    for _ in range(200):
        one, two = low + (high - low) / 3, high - (high - low) / 3
        low, high = (one, high) if information(one) < information(two) else (low, two)
    return information((low + high) / 2)


@pytest.mark.parametrize("p", [0.5, 0.2, 0.01])
def test_the_capacity_of_a_z_channel(p: float) -> None:
    values, errors, notes = solved(f"What is the capacity of a Z-channel with error probability {p} in bits?")
    assert errors == []
    assert values == pytest.approx([capacity_of_z(p)], rel=1e-12)
    assert values == pytest.approx([log2(1 + (1 - p) * p ** (p / (1 - p)))], rel=1e-12)
    assert "channel-read" in notes


def test_capacity_in_nats_and_without_a_unit() -> None:
    assert solved("What is the capacity of a BSC with crossover probability 0.2 in nats?")[0] == pytest.approx(
        [log(2) * (1 - binary(0.2))], rel=1e-12
    )
    assert solved("What is the capacity of a BEC with erasure probability 0.2?")[0] == pytest.approx([0.8], rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "Compute the capacity of the Gaussian channel with noise variance 1.",
        "Compute the capacity of a BSC with crossover probability $p$ in bits.",
        "What is the capacity of a BSC with crossover probability 0.1? What is that of a BEC with erasure probability 0.1?",
        "Consider a binary symmetric channel with crossover probability 0.1. Compute $I(X; Y)$ in bits.",
    ],
)
def test_what_is_not_known_of_a_channel_is_refused(text: str) -> None:
    values, errors, _ = solved(text)
    assert values == []
    assert errors != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (("Over a binary erasure channel each bit is erased with probability $0.3$; the input bit $X$ is fair. Let $Y$ be the"
         " received symbol. Find $I(X; Y)$ and $H(X \\mid Y)$ in bits."), [0.7, 0.3]),
        ("Over a binary erasure channel bits are erased with probability $0.3$. What is its capacity?", [0.7]),
        (("In a binary erasure channel each transmitted bit is erased with probability 1/4. The input bits are unbiased. Find"
         " $I(X; Y)$ in bits."), [0.75]),
    ],
)  # fmt: skip
def test_bits_that_a_channel_erases(text: str, expected: list[float]) -> None:
    assert values_of(text) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "On a binary symmetric channel each bit is erased with probability 0.2. The input is uniform. Find $I(X; Y)$.",
        "A binary erasure channel flips each bit with probability 0.2. The input is uniform. Find $I(X; Y)$.",
        "Over a binary erasure channel bits are erased with probability 0.3 and flipped with probability 0.1. Find $I(X; Y)$.",
        "Over a binary erasure channel bits are erased with probability 0.3. The input bit is not fair. Find $I(X; Y)$.",
    ],
)
def test_what_another_kind_of_channel_does(text: str) -> None:
    assert refusals(text)
