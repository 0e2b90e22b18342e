"""Probabilities given outcome by outcome, and tables as LaTeX arrays."""

from fractions import Fraction

import pytest

from chainrule.syntax.tree import Name
from tests.inference.networks import network_of
from tests.inference.tables import added, codes, labels, read, variables


@pytest.mark.parametrize(
    ("text", "name", "outcomes", "random", "values"),
    [
        (r"P(A) = 0.6, P(B) = 0.3, P(C) = 0.1", "P", ["A", "B", "C"], [], (Fraction(3, 5), Fraction(3, 10), Fraction(1, 10))),
        (r"P(X = 0) = 0.2, P(X = 1) = 0.8", "P", ["0", "1"], ["X"], (Fraction(1, 5), Fraction(4, 5))),
        (r"p_X(1) = 0.5, p_X(2) = 0.5", "p_X", ["1", "2"], ["X"], (Fraction(1, 2), Fraction(1, 2))),
        (r"\Pr(\text{heads}) = 0.9, \Pr(\text{tails}) = 0.1", "Pr", ["heads", "tails"], [], (Fraction(9, 10), Fraction(1, 10))),
        (r"\Pr[X = 0] = 0.9, \Pr[X = 1] = 0.1", "Pr", ["0", "1"], ["X"], (Fraction(9, 10), Fraction(1, 10))),
        (r"P(A) = P(B) = 1/4, P(C) = 1/2", "P", ["A", "B", "C"], [], (Fraction(1, 4), Fraction(1, 4), Fraction(1, 2))),
        (r"Q(-1) = 30\%, Q(1) = 70\%", "Q", ["-1", "1"], [], (Fraction(3, 10), Fraction(7, 10))),
    ],
)
def test_outcomes_that_sum_to_1_are_one_table(
    text: str, name: str, outcomes: list[str], random: list[str], values: object
) -> None:
    tables, said = read(text)
    table, found = tables[name]
    assert (labels(table), variables(table), found, said) == ([outcomes], random, values, [])


def test_joint_outcomes_in_any_order_of_the_variables() -> None:
    tables, said = read("P(X=0, Y=0) = 1/8, P(Y=1, X=0) = 1/8, P(X=1, Y=1) = 3/4")
    table, values = tables["P"]
    assert (labels(table), variables(table)) == ([["0", "1"], ["0", "1"]], ["X", "Y"])
    assert values == ((Fraction(1, 8), Fraction(1, 8)), (0, Fraction(3, 4)))
    assert (added(table), codes(said)) == (["(1, 0)"], ["missing-outcome"])


def test_joint_outcomes_without_variables() -> None:
    tables, _ = read("p(0,0) = 1/8, p(0,1) = 1/8, p(1,0) = 1/4, p(1,1) = 1/2")
    assert tables["p"][1] == ((Fraction(1, 8), Fraction(1, 8)), (Fraction(1, 4), Fraction(1, 2)))


def test_symbols_are_merged_where_the_whole_is_spoken_of() -> None:
    tables, _ = read("P(a) = p, P(b) = 1 - p, H(P)")
    assert labels(tables["P"][0]) == [["a", "b"]]
    assert read("P(a) = p, P(b) = 1 - p")[0] == {}


def test_numbers_that_do_not_sum_to_1_are_merged_where_the_whole_is_spoken_of() -> None:
    assert read(r"P(A) = 0.5, P(B) = 0.4, Q = \{A: 1, B: 0\}, D_{KL}(P \| Q)")[0]["P"][1] == (Fraction(1, 2), Fraction(2, 5))


@pytest.mark.parametrize(
    "text",
    [
        r"P(\text{heads}) = 0.9",
        r"P(A) = 0.3, P(B) = 0.5",
        r"P(A) = 0.3, P(B) = 0.7, P(B \mid A) = 0.5",
        r"P(A) = 0.5, P(A) = 0.5",
        r"P(A, B) = 0.2, P(A) = 0.5, P(B) = 0.3",
        r"f(0) = 0.5, f(1) = 0.5",
        r"P(x) = 1/3",
    ],
)
def test_events_stay_names(text: str) -> None:
    assert read(text)[0] == {}


def test_a_probability_that_a_table_has_already_is_compared_with_it() -> None:
    network, said = network_of(r"P = \{A: 0.6, B: 0.4\}, P(A) = 0.6")
    assert network.values[Name("P")] == (Fraction(3, 5), Fraction(2, 5))
    assert codes(list(said)) == ["equation-holds"]
    _, said = network_of(r"P = \{A: 0.6, B: 0.4\}, P(B) = 0.5")
    assert codes(list(said)) == ["sides-differ"]


def test_an_array_with_a_row_a_distribution() -> None:
    tables, said = read(r"\begin{array}{c|cc} x & 0 & 1 \\ \hline P(x) & 0.5 & 0.5 \\ Q(x) & 1/4 & 3/4 \end{array}")
    assert [(name, labels(table), variables(table)) for name, (table, _) in tables.items()] == [
        ("P", [["0", "1"]], ["X"]),
        ("Q", [["0", "1"]], ["X"]),
    ]
    assert tables["Q"][1] == (Fraction(1, 4), Fraction(3, 4))
    assert said == []


def test_an_array_with_a_column_a_distribution() -> None:
    tables, said = read(
        r"\begin{array}{ccc} \text{the outcome} & P & Q \\ \text{no rain} & 0.6 & 0.4 \\ B & 0.4 & 0.6 \end{array}"
    )
    assert labels(tables["P"][0]) == [[r"\text{no rain}", "B"]]
    assert (tables["P"][1], tables["Q"][1], said) == ((Fraction(3, 5), Fraction(2, 5)), (Fraction(2, 5), Fraction(3, 5)), [])


@pytest.mark.parametrize("corner", [r"X \backslash Y", "X/Y", ""])
def test_a_joint_array(corner: str) -> None:
    body = r" & 0 & 1 & \text{Total} \\ \hline 0 & 1/8 & 1/8 & 1/4 \\ 1 & 1/4 & 1/2 & 3/4 \\ \text{Total} & 3/8 & 5/8 & 1"
    tables, said = read(rf"p(x,y) = \begin{{array}}{{c|cc|c}} {corner}{body} \end{{array}}")
    table, values = tables["p"]
    assert (labels(table), variables(table)) == ([["0", "1"], ["0", "1"]], ["X", "Y"])
    assert values == ((Fraction(1, 8), Fraction(1, 8)), (Fraction(1, 4), Fraction(1, 2)))
    assert [each.code for each in said] == ([] if corner else ["variables-by-place"])


def test_a_matrix_of_numbers_stays_one() -> None:
    network, said = network_of(r"A = \begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}")
    assert network.values[Name("A")] == ((1, 2), (3, 4))
    assert said == ()
