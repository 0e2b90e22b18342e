"""Words of the scene: the sample, the two colours, the code, the temperature; values by hand."""

from math import exp, log, log2

import pytest

from tests.sheets.information.answers import notes, refusals, solved, units, values

BALLS = "| | $Y$ = red | $Y$ = blue |\n|---|---|---|\n| $X$ = red | 0.3 | 0.3 |\n| $X$ = blue | 0.3 | 0.1 |\n\n"
COLOURS = f"Let $X$ and $Y$ be the colours of two balls.\n\n{BALLS}"
SOURCE = "Let $p = (1/2, 1/4, 1/8, 1/8)$ be the distribution of a source and let $q = (1/8, 1/8, 1/4, 1/2)$. "
WAITING = (
    "A fair coin is tossed until the first tail occurs. Let $X$ be the number of tosses.\n\n(a) Find $H(X)$ in bits.\n\n(b) "
)
CLASSES = "The target is $y = (0, 1, 0)$ and a classifier gives $p = (0.7, 0.2, 0.1)$. "
SOFT = (
    "The logits are $z = (4, 1, 0)$, softened with a temperature $T$: $p_i = \\frac{\\exp(z_i/T)}{\\sum_j \\exp(z_j/T)}$.\n\n"
)


def entropy(*chances: float) -> float:
    return -sum(p * log2(p) for p in chances if p)


def softmax(*scores: float) -> list[float]:
    total = sum(map(exp, scores))
    return [exp(score) / total for score in scores]


INFORMATION = 2 * entropy(0.6, 0.4) - entropy(0.3, 0.3, 0.3, 0.1)


@pytest.mark.parametrize(
    "question",
    [
        "What is the mutual information between the two colours in bits?",
        "What is the mutual information between the two colours in this case, in bits?",
        "Compute the mutual information of both variables in bits.",
        "What is the mutual information in bits?",
        "How many bits does the first ball tell us about the second, i.e. what is $I(X;Y)$?",
    ],
)
def test_two_variables_are_what_words_can_mean(question: str) -> None:
    assert values(COLOURS + question) == [pytest.approx(INFORMATION)]
    assert units(COLOURS + question) == ["bits"]


@pytest.mark.parametrize(
    "question",
    [
        "What is the mutual information between the two sizes in bits?",
        "What is the mutual information between three colours in bits?",
        "What is the mutual information between the colours and the sizes?",
    ],
)
def test_other_things_than_the_variables_are_refused(question: str) -> None:
    assert refusals(COLOURS + question)


@pytest.mark.parametrize(
    "stated",
    [
        "The joint probabilities of $X$ and $Y$ are 0.4 (0, 0), 0.1 (0, 1), 0.2 (1, 0) and 0.3 (1, 1).",
        "The pair $(X, Y)$ takes the values (0,0), (0,1), (1,0) and (1,1) with probabilities 0.4, 0.1, 0.2 and 0.3.",
        "$X$ and $Y$ have joint probabilities: (0,0): 0.4, (0,1): 0.1, (1,0): 0.2, (1,1): 0.3.",
        "$(X, Y)$ has the joint probabilities $0.4$ for $(0, 0)$, $0.1$ for $(0, 1)$, $0.2$ for $(1, 0)$, $0.3$ for $(1, 1)$.",
    ],
)
def test_joint_distributions_listed_in_a_sentence(stated: str) -> None:
    expected = entropy(0.5, 0.5) + entropy(0.6, 0.4) - entropy(0.4, 0.1, 0.2, 0.3)
    assert values(f"{stated} Compute $I(X;Y)$ and $H(Y \\mid X)$ in bits.") == [
        pytest.approx(expected),
        pytest.approx(entropy(0.6, 0.4) - expected),
    ]


def test_a_joint_list_that_does_not_sum_to_one_is_none() -> None:
    text = (
        "The joint probabilities of $X$ and $Y$ are 0.4 (0, 0), 0.1 (0, 1), 0.2 (1, 0) and 0.2 (1, 1). Find $I(X;Y)$ in bits."
    )
    assert refusals(text)


def test_a_later_part_says_the_joint_distribution_anew() -> None:
    later = (
        "(a) What is $I(X;Y)$ in bits?\n\n(b) Suppose now that the first ball is put back before the second draw. The joint"
        " probabilities become 0.36 (red, red), 0.24 (red, blue), 0.24 (blue, red) and 0.16 (blue, blue). What is $I(X;Y)$"
        " in bits?"
    )
    assert values(COLOURS + later) == [pytest.approx(INFORMATION), pytest.approx(0.0, abs=1e-12)]


@pytest.mark.parametrize(
    "change",
    [
        "Suppose now that the first ball is put back before the second one.",
        "The first ball is put back before the second one.",
        "Now assume the two are independent with the same marginals.",
        "Imagine that blue balls are heavier.",
    ],
)
def test_a_change_that_is_not_read_is_not_passed_over(change: str) -> None:
    text = f"{COLOURS}(a) What is $I(X;Y)$ in bits?\n\n(b) {change} What is $I(X;Y)$ in bits?"
    problem = solved(text)
    assert [answer.part for answer in problem.answers] == ["a"]
    assert any("is not understood" in each.message for each in problem.diagnostics if each.severity == "error")


@pytest.mark.parametrize(
    "remark",
    ["Now let us look at the conditional entropy.", "Assume that $X$ and $Y$ are as above.", "Now for the entropy."],
)
def test_remarks_of_a_part_change_nothing(remark: str) -> None:
    text = f"{COLOURS}(a) What is $I(X;Y)$ in bits?\n\n(b) {remark} What is $H(Y \\mid X)$ in bits?"
    assert values(text)[1] == pytest.approx(entropy(0.6, 0.4) - INFORMATION)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SOURCE + "A code was designed for $q$. How many bits per symbol does this code use on average?", 2.625),
        (SOURCE + "A code was designed for $q$. How many bits per symbol does the best possible code use on average?", 1.75),
        (SOURCE + "The code is optimal for the distribution $q$. What is the expected code length in bits?", 2.625),
        (SOURCE + "An engineer builds an ideal code for $q$ by mistake. How many bits per symbol are wasted?", 0.875),
        (
            SOURCE + "The encoder was tuned to $q$. How many bits per symbol are lost compared with the best code?",
            0.875,
        ),
    ],
)
def test_a_code_that_is_made_for_another_distribution(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected)]
    assert units(text) == ["bits"]


@pytest.mark.parametrize(
    "text",
    [
        "A source emits A and B with probabilities 0.6, 0.4. A code has codewords 0, 1. How many bits does it need per symbol?",
        SOURCE + "A Huffman code is built for $q$. How many bits does this code need per symbol on average?",
        SOURCE + "How many bits per symbol does a code designed for $q$ use on average?",
        "Let $p = (0.6, 0.4)$ be that of a source. The codeword lengths are 1 and 2. What is the average code length?",
    ],
)
def test_other_codes_are_not_the_entropy(text: str) -> None:
    assert refusals(text)


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("Repeat with a biased coin whose probability of heads is $1/4$.", entropy(0.75, 0.25) / 0.75),
        ("Repeat (a) for a biased coin that shows heads with probability 0.2.", entropy(0.8, 0.2) / 0.8),
        ("Do the same for a biased coin with probability of heads 0.5.", 2.0),
    ],
)
def test_the_waiting_time_of_another_coin(again: str, expected: float) -> None:
    assert values(WAITING + again) == [2.0, pytest.approx(expected)]


def test_what_another_coin_changes_of_a_count_is_not_guessed() -> None:
    text = "A fair coin is tossed three times. Let $X$ be the number of heads.\n\n(a) Find $H(X)$ in bits.\n\n(b) Repeat for a"
    problem = solved(f"{text} biased coin that shows heads with probability 0.2.")
    assert [answer.part for answer in problem.answers] == ["a"]
    assert any(each.code == "task-not-understood" for each in problem.diagnostics)


@pytest.mark.parametrize(
    "question",
    [
        "What is the cross-entropy loss of this example?",
        "What is the cross-entropy loss on this sample?",
        "Compute the cross-entropy loss for the training example.",
    ],
)
def test_the_one_sample(question: str) -> None:
    assert values(CLASSES + question) == [pytest.approx(log(5))]


@pytest.mark.parametrize("question", ["of the batch", "of two examples", "of the whole image", "without this example"])
def test_several_samples_are_not_the_one(question: str) -> None:
    assert refusals(f"{CLASSES}What is the cross-entropy loss {question}?")


def test_the_prediction_is_the_one_beside_the_target() -> None:
    assert values(CLASSES + "What is the entropy of the prediction in bits?") == [pytest.approx(entropy(0.7, 0.2, 0.1))]


def test_kinds_of_labels_behind_a_quantity() -> None:
    given = "Let $y = (0, 1)$, $t = (0.1, 0.9)$ and $p = (0.3, 0.7)$. "
    text = f"{given}Compute the cross-entropy loss $H(y, p)$ with the hard label and $H(t, p)$ with the smoothed label."
    assert values(text) == [pytest.approx(-log(0.7)), pytest.approx(-0.1 * log(0.3) - 0.9 * log(0.7))]
    assert refusals(given + "Compute $H(y, p)$ with the smoothed label.")
    assert refusals(given + "Compute $H(t, p)$ with the hard label.")


@pytest.mark.parametrize("noun", ["the softmax probabilities", "the resulting distribution", "the teacher's probabilities"])
def test_probabilities_at_a_temperature(noun: str) -> None:
    text = f"{SOFT}(a) Compute {noun} at temperature $T = 3$.\n\n(b) What is the entropy of {noun} at $T = 3$ in bits?"
    expected = softmax(4 / 3, 1 / 3, 0)
    computed, measured = values(text)
    assert computed == pytest.approx(expected)
    assert measured == pytest.approx(entropy(*expected))


@pytest.mark.parametrize(
    "text",
    [
        "Let $z = (4, 1, 0)$ be logits. Compute the softmax probabilities at $T = 2$.",
        "The entropy of $p = (0.5, 0.5)$ is one bit. Compute the softmax probabilities at $T = 2$.",
    ],
)
def test_a_temperature_that_nothing_depends_on(text: str) -> None:
    assert refusals(text)


def test_rounded_in_brackets_says_how_numbers_are_written() -> None:
    text = "A student outputs $q = (0.5, 0.3, 0.2)$ and the teacher has (rounded) $t = (0.6, 0.2, 0.2)$. Find $H(q)$ in bits."
    assert values(text) == [pytest.approx(entropy(0.5, 0.3, 0.2))]
    assert refusals("Let $X \\sim \\mathrm{Exp}(1)$ (rounded to the next integer). Find $H(X)$.")


TURNS = "A bigram model assigns the probabilities below to the tokens of the sentence “a b c”.\n\n| token | {} |\n|---|---|\n"
ROWS = "| a | 1/4 |\n| b | 1/8 |\n| c | 1/2 |\n\n"


@pytest.mark.parametrize("header", ["probability", "model probability", "$p$"])
def test_a_table_of_the_words_of_a_sentence(header: str) -> None:
    text = (
        TURNS.format(header)
        + ROWS
        + "Find the cross-entropy per token in bits and the perplexity of the model on this sentence."
    )
    assert values(text) == [pytest.approx(2.0), pytest.approx(4.0)]


def test_a_table_that_sums_to_one_or_has_logarithms_is_no_sentence() -> None:
    whole = TURNS.format("probability") + ROWS.replace("1/8", "1/4") + "What is the entropy in bits?"
    assert values(whole) == [pytest.approx(1.5)]
    assert refusals(TURNS.replace("the prob", "the log prob").format("probability") + ROWS + "What is the perplexity?")


SPAM = "| e-mail | $y$ | $p$ |\n|---|---|---|\n| 1 | 1 | 0.5 |\n| 2 | 0 | 0.75 |\n\n"
ASKED = "Calculate the mean binary cross-entropy over the two e-mails in bits."


@pytest.mark.parametrize(
    "said",
    [
        "A filter predicts the probability $p$ that an e-mail is spam. The label is $y = 1$ for spam and $y = 0$ otherwise.",
        "A model outputs the probability $p$ of spam. The true label is $y = 1$ if it is spam and $y = 0$ else.",
        "Our classifier gives the probability $p$ that a message is spam.",
    ],
)
def test_sentences_about_the_columns(said: str) -> None:
    assert values(f"{said}\n\n{SPAM}{ASKED}") == [pytest.approx(1.5)]


@pytest.mark.parametrize(
    "said",
    [
        "A filter predicts the probability $p$ that an e-mail is ham. The label is $y = 1$ for spam and $y = 0$ otherwise.",
        "A filter predicts the probability $p$ that an e-mail is not spam.",
        "A filter predicts the scores $p$ before the sigmoid.",
    ],
)
def test_the_probability_of_another_label_is_refused(said: str) -> None:
    assert refusals(f"{said}\n\n{SPAM}{ASKED}")


@pytest.mark.parametrize(
    ("second", "unit"),
    [
        ("And what is the entropy of one toss?", "bits"),
        ("Also give the entropy of one toss.", "bits"),
        ("And what is the entropy of one toss in nats?", "nats"),
        ("What is the entropy of one toss?", "nats"),
    ],
)
def test_a_question_that_goes_on_is_in_the_same_unit(second: str, unit: str) -> None:
    text = f"A bent coin shows heads with probability 0.1. What is the surprisal of heads, in bits? {second}"
    assert units(text) == ["bits", unit]


def test_a_table_without_a_name_does_not_take_that_of_a_list() -> None:
    table = "A source emits these symbols.\n\n| symbol | probability |\n|---|---|\n| A | 1/2 |\n| B | 1/4 |\n| C | 1/4 |\n\n"
    asked = "a) What is the entropy of the source in bits per symbol?\n\nb) Let $q = (1/4, 1/4, 1/2)$ be a model. Find $H(q)$."
    text = table + asked
    assert values(text)[0] == pytest.approx(1.5)
    assert any("is called P" in each for each in notes(text))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What perplexity does the model $q$ attain on data from $p$?", 0.5**-0.5 * 0.125**-0.5),
        ("What entropy does $q$ have in bits?", entropy(0.5, 0.125, 0.375)),
        ("What is the cross-entropy of $q$ relative to $p$, $H(p, q)$, in bits per word?", 2.0),
    ],
)
def test_what_something_has(question: str, expected: float) -> None:
    text = f"Let $p = (0.5, 0.5, 0)$ and $q = (0.5, 0.125, 0.375)$. {question}"
    assert values(text) == [pytest.approx(expected)]


WEATHER = (
    "Let $W$ be the weather and $T$ the traffic, with joint probabilities 0.4 (sun, light), 0.1 (sun, heavy), 0.2 (rain, light)"
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the conditional entropy of the traffic given the weather in bits?", entropy(0.4, 0.1, 0.2, 0.3) - 1),
        (
            "Find the mutual information between the weather and the traffic in bits.",
            entropy(0.6, 0.4) + 1 - 1.8464393446710154,
        ),
        ("What is the entropy of the traffic in bits?", entropy(0.6, 0.4)),
    ],
)
def test_nouns_of_variables(question: str, expected: float) -> None:
    assert values(f"{WEATHER}, 0.3 (rain, heavy). {question}") == [pytest.approx(expected)]


@pytest.mark.parametrize("of", ["the weather tomorrow", "the previous weather", "the weather given that the traffic is heavy"])
def test_nouns_with_more_beside_them(of: str) -> None:
    assert refusals(f"{WEATHER}, 0.3 (rain, heavy). What is the entropy of {of}, in bits?")


HOUSES = "The urn in the hall holds balls with $p = (0.5, 0.3, 0.2)$. The vase in the attic has $q = (0.4, 0.4, 0.2)$. "


def test_a_noun_said_of_one_distribution_alone_means_it() -> None:
    expected = 0.5 * log(0.5 / 0.4) + 0.3 * log(0.3 / 0.4)
    assert values(HOUSES + "Give the KL divergence from the urn to the vase, in nats.") == pytest.approx([expected])
    entropy = -0.8 * log(0.4) - 0.2 * log(0.2)
    assert values(HOUSES + "Give the entropy of the vase in nats.") == pytest.approx([entropy])


@pytest.mark.parametrize("whom", ["the vase in the hall", "the balls in the attic"])
def test_nouns_of_two_distributions_mean_none(whom: str) -> None:
    assert refusals(HOUSES + f"Give the perplexity of {whom}.")


SCAN = r"The true label distribution is $y = (0, 1, 0)$ and the network predicts $\hat y = (0.2, 0.7, 0.1)$. "


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the cross-entropy of the network on this X-ray image in nats.",
        "What cross-entropy loss does the network incur on this scan?",
        "Give the cross-entropy for this patient.",
    ],
)
def test_what_the_only_label_and_prediction_are_of(asked: str) -> None:
    assert values(SCAN + asked) == pytest.approx([-log(0.7)])


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the cross-entropy of the network on both images.",
        "Compute the cross-entropy of the calibrated network on this scan.",
        "Compute the cross-entropy of the network over the dataset.",
        "What cross-entropy loss does the network incur after training?",
    ],
)
def test_what_may_be_of_other_things(asked: str) -> None:
    assert refusals(SCAN + asked)
