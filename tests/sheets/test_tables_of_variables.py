"""Tables of counts and of joint probabilities whose variables words name, and tables that words name; values by hand."""

from collections.abc import Iterable
from math import inf, log2

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source


def entropy(numbers: Iterable[float]) -> float:
    """Of probabilities or counts."""
    values = list(numbers)
    return -sum(n / sum(values) * log2(n / sum(values)) for n in values if n)


def solved(text: str) -> tuple[list[float], list[str], list[str]]:
    """The values, the codes of the errors, and those of the notes."""
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    values = [float(each.value) for each in problem.answers if isinstance(each.value, float)]
    codes = {severity: [e.code for e in problem.diagnostics if e.severity == severity] for severity in ("error", "note")}
    return values, codes["error"], codes["note"]


COUNTS = """
| Age | buys | leaves |
|---|---|---|
| young | 2 | 6 |
| middle | 4 | 0 |
| old | 3 | 5 |
"""
TOTAL = entropy((9, 11))
GIVEN = 8 / 20 * entropy((2, 6)) + 8 / 20 * entropy((3, 5))


@pytest.mark.parametrize(
    "words",
    [
        "Let $A$ be the age (rows) and $B$ the decision taken (columns).",
        "Let $A$ be the age and $B$ the decision.",
        "The columns are the values of $B$. The rows are those of $A$.",
        "The counts make the joint distribution $p(a, b)$ of age $A$ (rows) and decision $B$ (columns).",
    ],
)
def test_counts_of_two_variables_that_words_name(words: str) -> None:
    text = f"Twenty customers of a shop.\n{COUNTS}\n{words} Compute $H(B)$, $H(B \\mid A)$ and $I(A; B)$ in bits.\n"
    values, errors, notes = solved(text)
    assert errors == []
    assert values == pytest.approx([TOTAL, GIVEN, TOTAL - GIVEN], rel=1e-12)
    assert "counts-normalised" in notes


def test_counts_with_sums_and_the_first_variable_across() -> None:
    text = """The counts of eye colour $X$ (columns) and hair colour $Y$ (rows):

| Hair | blue | brown | Total |
|---|---|---|---|
| fair | 10 | 5 | 15 |
| dark | 7 | 28 | 35 |
| Total | 17 | 33 | 50 |

Compute $H(X)$ and $H(Y)$ in bits. Compute $H(Y \\mid X)$ in bits.
"""
    values, errors, _ = solved(text)
    assert errors == []
    given = 17 / 50 * entropy((10, 7)) + 33 / 50 * entropy((5, 28))
    assert values == pytest.approx([entropy((17, 33)), entropy((15, 35)), given], rel=1e-12)


@pytest.mark.parametrize("header", [r"| Age \ Act | buys | leaves |", "| Age | Act = buys | Act = leaves |"])
def test_variables_with_words_for_names(header: str) -> None:
    text = COUNTS.replace("| Age | buys | leaves |", header)
    asks = r"Compute $H(\text{Act})$ in bits. Compute $H(\text{Act} \mid \text{Age})$ in bits."
    values, errors, _ = solved(f"Twenty customers.\n{text}\n{asks}\n")
    assert errors == []
    assert values == pytest.approx([TOTAL, GIVEN], rel=1e-12)


@pytest.mark.parametrize("words", ["", "Let $A$ be the age.", "Rows and columns are $A$ and $B$."])
def test_counts_whose_variables_nothing_tells_are_not_guessed(words: str) -> None:
    values, errors, notes = solved(f"Customers.\n{COUNTS}\n{words} Compute $I(A; B)$ in bits.\n")
    assert (values, errors) == ([], ["no-joint-distribution"])
    assert "table-not-read" in notes


def test_a_table_of_whole_numbers_is_no_distribution() -> None:
    table = "| Model | Layers | Units |\n|---|---|---|\n| small | 2 | 3 |\n| large | 4 | 5 |\n"
    _, errors, notes = solved(table + "\nLet $P = (0.5, 0.5)$. Compute $H(P)$.\n")
    assert (errors, notes) == ([], ["table-not-read"])


def test_a_column_of_probabilities_beside_three_variables() -> None:
    cells = {"000": 0.2, "001": 0.1, "010": 0.05, "011": 0.15, "100": 0.1, "101": 0.1, "110": 0.05, "111": 0.25}
    rows = "".join(f"| {' | '.join(key)} | {value} |\n" for key, value in cells.items())
    asks = "(a) $I(A; C \\mid B)$ in bits\n(b) $H(A \\mid B, C)$ in bits\n(c) $H(A, B \\mid C)$ in bits\n"
    values, errors, _ = solved(f"| A | B | C | probability |\n|---|---|---|---|\n{rows}\n{asks}")

    def of(*axes: int) -> float:
        """The entropy of the variables at these places."""
        sums: dict[str, float] = {}
        for key, value in cells.items():
            outcome = "".join(key[axis] for axis in axes)
            sums[outcome] = sums.get(outcome, 0) + value
        return entropy(sums.values())

    assert errors == []
    wanted = [of(0, 1) + of(1, 2) - of(0, 1, 2) - of(1), of(0, 1, 2) - of(1, 2), of(0, 1, 2) - of(2)]
    assert values == pytest.approx(wanted, rel=1e-10)


def test_words_as_names_of_columns_of_values() -> None:
    rows = "| dry | light | 0.48 |\n| dry | heavy | 0.12 |\n| wet | light | 0.1 |\n| wet | heavy | 0.3 |\n"
    text = f"| Weather | Traffic | probability |\n|---|---|---|\n{rows}\nCompute $H(\\text{{Traffic}})$ in bits.\n"
    values, errors, _ = solved(text)
    assert (values, errors) == ([pytest.approx(entropy((0.58, 0.42)), rel=1e-12)], [])


def test_a_column_of_numbers_beside_labels_is_no_variable() -> None:
    text = "| item | shop | P |\n|---|---|---|\n| a | x | 0.25 |\n| b | x | 0.75 |\n\nCompute $H(P)$ in bits.\n"
    values, errors, _ = solved(text)
    assert (values, errors) == ([pytest.approx(entropy((0.25, 0.75)))], [])


FIRST = "| tag | probability |\n|---|---|\n| noun | 0.5 |\n| verb | 0.5 |\n"
SECOND = "| tag | probability |\n|---|---|\n| verb | 0.75 |\n| noun | 0.25 |\n"
DIVERGENCE = 0.5 * log2(2) + 0.5 * log2(2 / 3)


@pytest.mark.parametrize(
    "words",
    [
        "Call the first distribution $R$ and the second $S$.",
        "Let $R$ be the first distribution and $S$ the second.",
        "Let $R$ be the distribution of rater one and $S$ that of rater two.",
    ],
)
def test_words_name_tables(words: str) -> None:
    text = f"Rater one:\n\n{FIRST}\nRater two:\n\n{SECOND}\n{words} Compute $D_{{KL}}(R \\| S)$ in bits.\n"
    values, errors, _ = solved(text)
    assert (values, errors) == ([pytest.approx(DIVERGENCE, rel=1e-12)], [])


def test_tables_without_names_get_two() -> None:
    text = f"Before:\n\n{FIRST}\nAfter:\n\n{SECOND}\nCompute $D_{{KL}}(P \\| Q)$ in bits.\n"
    values, errors, notes = solved(text)
    assert (values, errors) == ([pytest.approx(DIVERGENCE, rel=1e-12)], [])
    assert notes == ["table-named", "table-named"]


def test_a_decimal_comma_in_a_cell() -> None:
    text = "| x | P |\n|---|---|\n| a | 0,25 |\n| b | $0,75$ |\n\nCompute $H(P)$ in bits.\n"
    values, errors, _ = solved(text)
    assert (values, errors) == ([pytest.approx(entropy((0.25, 0.75)))], [])


@pytest.mark.parametrize(
    ("first", "second"),
    [(r"P = \{1: 0.5, 2: 0.5\}", r"Q = \{3: 0.25, 4: 0.75\}"), (r"P(X) = \{a: 0.5, b: 0.5\}", r"Q(X) = \{c: 0.25, d: 0.75\}")],
)
def test_outcomes_that_are_all_different(first: str, second: str) -> None:
    """The mixture halves every probability, so that each side of the Jensen-Shannon divergence is one bit."""
    text = f"${first}$ and ${second}$. Compute $D_{{KL}}(P \\| Q)$ in bits. Compute $TV(P, Q)$. Compute $JS(P, Q)$ in bits."
    values, errors, _ = solved(text)
    assert (values, errors) == ([inf, 1.0, 1.0], [])


@pytest.mark.parametrize("second", [r"Q(Y) = \{c: 0.25, d: 0.75\}", r"Q = \{A: 0.25, B: 0.75\}"])
def test_names_that_could_be_two_spellings_are_not_compared(second: str) -> None:
    text = rf"$P(X) = \{{a: 0.5, b: 0.5\}}$ and ${second}$. Compute $D_{{KL}}(P \| Q)$."
    assert solved(text)[:2] == ([], ["different-outcomes"])


@pytest.mark.parametrize(
    "asked",
    ["the information gain of $X$ about $Y$", "the information gain $I(X; Y)$", "the information gain of $X$ and $Y$"],
)
def test_information_gain_is_mutual_information(asked: str) -> None:
    text = rf"$p(X, Y) = \{{(0, 0): 1/2, (0, 1): 1/4, (1, 1): 1/4\}}$. Compute {asked} in bits."
    values, errors, _ = solved(text)
    assert errors == []
    assert values == pytest.approx([entropy((3, 1)) + 1 - 1.5], rel=1e-12)


def test_variables_with_indices() -> None:
    text = r"""Let $X_1$ and $X_2$ be independent with $X_1 \sim \mathrm{Bernoulli}(0.5)$, $X_2 \sim \mathrm{Bernoulli}(0.25)$.
Let $Y = X_1 + X_2$. Compute $H(X_1, Y)$, $H(Y)$ and $I(X_1; Y)$ in bits."""
    values, errors, _ = solved(text)
    both, alone = entropy((0.375, 0.125, 0.375, 0.125)), entropy((0.375, 0.5, 0.125))
    assert errors == []
    assert values == pytest.approx([both, alone, 1 + alone - both], rel=1e-12)


@pytest.mark.parametrize(
    "given",
    [
        "$X_1$ and $X_2$ are random.",
        r"$X_1 \sim \mathrm{Bernoulli}(0.5)$ and $X_2 \sim \mathrm{Bernoulli}(0.25)$.",
    ],
)
def test_two_variables_without_a_joint_distribution_have_no_cross_entropy(given: str) -> None:
    values, errors, _ = solved(given + " Compute $H(X_1, X_2)$ in bits.")
    assert (values, errors) == ([], ["no-joint-distribution"])


def test_a_square_of_a_variable_with_a_negative_outcome() -> None:
    text = r"Let $X$ be uniform on $\{-1, 0, 1\}$ and $Y = X^2$. Compute $H(Y)$ in bits. Compute $H(X \mid Y)$ in bits."
    values, errors, _ = solved(text)
    assert (values, errors) == ([pytest.approx(entropy((1, 2))), pytest.approx(2 / 3)], [])
