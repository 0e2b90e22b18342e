"""Tables as courses print them: distributions named by words, one row or one column, counts with sums, percentages."""

from math import log, log2

import pytest

from tests.sheets.information.answers import solved, values

TRAIN, TEST = (0.5, 0.3, 0.2), (0.4, 0.35, 0.25)
ROWS = "| | web | shop | phone |\n|---|---|---|---|\n| train | 0.5 | 0.3 | 0.2 |\n| test | 0.4 | 0.35 | 0.25 |\n\n"
COLUMNS = "| | train | test |\n|---|---|---|\n| web | 0.5 | 0.4 |\n| shop | 0.3 | 0.35 |\n| phone | 0.2 | 0.25 |\n\n"
PERCENT = "| from | train | test |\n|---|---|---|\n| web | 50% | 40% |\n| shop | 30% | 35% |\n| phone | 20% | 25% |\n\n"
TABULAR = (
    "\\begin{tabular}{l|ccc}\n & web & shop & phone \\\\ \\hline\n"
    "train & 0.5 & 0.3 & 0.2 \\\\\ntest & 0.4 & 0.35 & 0.25 \\\\\n\\end{tabular}\n\n"
)


def entropy(p: tuple[float, ...]) -> float:
    return -sum(each * log2(each) for each in p)


def kl(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return sum(a * log(a / b) for a, b in zip(p, q, strict=True) if a)


MIDDLE = tuple((a + b) / 2 for a, b in zip(TRAIN, TEST, strict=True))


@pytest.mark.parametrize("table", [ROWS, COLUMNS, PERCENT, TABULAR])
@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("Compute the entropy of train in bits.", entropy(TRAIN)),
        ("What is the entropy of test in bits?", entropy(TEST)),
        ("Compute the KL divergence between train and test in nats.", kl(TRAIN, TEST)),
        ("Compute $D_{KL}(\\text{test} \\| \\text{train})$ in nats.", kl(TEST, TRAIN)),
        ("Compute the Jensen-Shannon divergence between train and test in nats.", (kl(TRAIN, MIDDLE) + kl(TEST, MIDDLE)) / 2),
        ("Compute the total variation distance between train and test.", 0.1),
        ("Compute the cross-entropy of train relative to test in nats.", kl(TEST, TRAIN) + entropy(TEST) * log(2)),
    ],
)
def test_distributions_go_by_the_words_of_their_rows_or_columns(table: str, asked: str, value: float) -> None:
    assert values(table + asked + "\n") == [pytest.approx(value, abs=1e-12)]


def test_names_of_several_words_and_the_word_row() -> None:
    table = "| | heads | tails |\n|---|---|---|\n| coin 1 | 0.5 | 0.5 |\n| coin 2 | 0.9 | 0.1 |\n\n"
    assert values(table + "Compute the entropy of coin 2 in bits.\n") == [pytest.approx(entropy((0.9, 0.1)))]
    assert values(table + "Compute the entropy of the coin 1 row in bits.\n") == [1.0]


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ("| bus | car | bike | walk |\n|---|---|---|---|\n| 0.45 | 0.3 | 0.15 | 0.1 |", entropy((0.45, 0.3, 0.15, 0.1))),
        (
            "\\begin{tabular}{cccc}\nbus & car & bike & walk \\\\ \\hline\n0.45 & 0.3 & 0.15 & 0.1 \\\\\n\\end{tabular}",
            entropy((0.45, 0.3, 0.15, 0.1)),
        ),
        ("| brand | share |\n|---|---|\n| A | 50% |\n| B | 25% |\n| C | 25% |", 1.5),
        ("| fruit | count |\n|---|---|\n| apple | 4 |\n| pear | 2 |\n| plum | 2 |\n| total | 8 |", 1.5),
        ("| | bus | car | walk |\n|---|---|---|---|\n| count | 50 | 25 | 25 |", 1.5),
        ("| fruit | apple | pear |\n|---|---|---|\n| probability | 0.75 | 0.25 |", entropy((0.75, 0.25))),
    ],
)
def test_one_distribution_without_a_name(table: str, value: float) -> None:
    assert values(f"The observed frequencies are\n\n{table}\n\nCompute the entropy of this distribution in bits.\n") == [
        pytest.approx(value, abs=1e-12)
    ]


def test_counts_below_values_of_variables_are_a_joint_distribution() -> None:
    table = "| | Y=better | Y=same |\n|---|---|---|\n| X=drug | 30 | 20 |\n| X=placebo | 10 | 40 |\n\n"
    joint = (0.3, 0.2, 0.1, 0.4)
    asked = "Compute $H(X, Y)$ in bits. Compute $I(X; Y)$ in bits. Compute $H(Y \\mid X)$ in bits.\n"
    assert values(table + asked) == [
        pytest.approx(entropy(joint)),
        pytest.approx(1 + entropy((0.4, 0.6)) - entropy(joint)),
        pytest.approx(entropy(joint) - 1),
    ]


def test_letters_above_two_rows_of_probabilities_without_outcomes() -> None:
    table = "| P | 0.5 | 0.25 | 0.25 |\n|---|---|---|---|\n| Q | 0.25 | 0.25 | 0.5 |\n\n"
    assert values(table + "Compute $D(P \\| Q)$ in bits.\n") == [pytest.approx(0.25)]


@pytest.mark.parametrize(
    ("table", "code", "said"),
    [
        (
            "| net | F | S |\n|---|---|---|\n| orca | 0.4 | 0.65 |\n| lynx | 0.6 | 0.45 |\n| puma | 0 | -0.1 |\n\n",
            "negative-probability",
            "-0.1",
        ),
        ("| | F | S |\n|---|---|---|\n| orca | 0.4 | 0.65 |\n| lynx | 0.6 | 0.45 |\n\n", "not-normalised", "1.1"),
        ("| fruit | count |\n|---|---|\n| apple | 4 |\n| pear | 2 |\n| total | 7 |\n\n", "margin-mismatch", "6"),
    ],
)
def test_mistaken_numbers_are_named_at_the_table(table: str, code: str, said: str) -> None:
    asked = "Compute the entropy in bits.\n" if "count" in table else "Compute $H(S)$ in bits.\n"
    (error,) = [each for each in solved(table + asked).diagnostics if each.severity == "error"]
    assert (error.code, said in error.message) == (code, True)
    assert error.span is not None
    assert error.span.start < len(table)


@pytest.mark.parametrize(
    "table",
    [
        "| | a | b |\n|---|---|---|\n| one | 0.5 | 0.5 |\n| two | 0.5 | 0.5 |\n\n",  # rows and columns both sum to 1
        "| | aa | bb |\n|---|---|---|\n| one | 0.5 | 0.3 |\n| two | 0.4 | 0.4 |\n\n",  # neither does
    ],
)
def test_what_the_sums_do_not_tell_is_not_read(table: str) -> None:
    problem = solved(table + "Compute the entropy of one in bits.\n")
    assert [getattr(each, "value", None) for each in problem.answers] == [] or problem.answers[0] is None
    assert [each.severity for each in problem.diagnostics].count("error") > 0
