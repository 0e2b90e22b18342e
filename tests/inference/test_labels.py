"""Labelled distributions: the canonical sets, their entries, common outcomes."""

from fractions import Fraction

import numpy as np
import pytest

from chainrule.evaluation.array import Array
from chainrule.inference.distributions.tables import in_one_form
from chainrule.inference.literals import Exact, number, to_floats
from chainrule.inference.network import Network
from chainrule.inference.vocabulary import vocabulary
from chainrule.source import Source
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tokens import Notation
from chainrule.syntax.tree import Matrix, Name, Relation, Tree
from tests.inference.networks import network_of, point, values_at
from tests.inference.tables import added, codes, labels, read, variables


def value_of(text: str, name: str = "z") -> float:
    """A quantity at the given numbers of a text."""
    network, said = network_of(text)
    assert not [each for each in said if each.severity == "error"]
    return float(values_at(network, given(network))[Name(name)])


def given(network: Network) -> dict[Tree, Array]:
    drawn = point(network, 1)
    return {name: exact(network.values[name]) if name in network.values else drawn[name] for name in drawn}


def exact(value: Exact) -> Array:
    return np.array(to_floats(value))


def test_a_set_with_labels_is_a_vector_with_a_table() -> None:
    tables, said = read(r"P = \{A: 0.6, B: 0.3, C: 0.1\}")
    table, values = tables["P"]
    assert values == (Fraction(3, 5), Fraction(3, 10), Fraction(1, 10))
    assert labels(table) == [["A", "B", "C"]]
    assert (variables(table), added(table), said) == ([], [], [])


def test_expressions_as_values_make_a_definition() -> None:
    network, _ = network_of(r"P(X) = \{0: 1-p, 1: p\}, p = 0.3")
    assert values_at(network, given(network))[Name("P")].tolist() == pytest.approx([0.7, 0.3])
    assert [variables(table) for table in network.reader.tables.values()] == [["X"]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"P = \{A: 0.6, B: 0.4\}, z = P(B)", 0.4),
        (r"P = \{A: 0.6, B: 0.4\}, z = 2 P(A) P(B)", 0.48),
        (r"P(X) = \{0: 0.25, 1: 0.75\}, z = P(X = 1)", 0.75),
        (r"P(X) = \{0: 0.25, 1: 0.75\}, z = P(0)", 0.25),
        (r"P = \{heads: 0.9, tails: 0.1\}, z = P(tails)", 0.1),
        (r"P = \{\text{no rain}: 0.9, \text{rain}: 0.1\}, z = P(\text{no rain})", 0.9),
        (r"P = \{-1: 0.2, 1: 0.8\}, z = P(-1)", 0.2),
        (r"p(x,y) = \{(0,0): 1/8, (0,1): 1/2, (1,1): 3/8\}, z = p(0,1)", 0.5),
        (r"p(x,y) = \{(0,0): 1/8, (0,1): 1/2, (1,1): 3/8\}, z = p(Y = 1, X = 0)", 0.5),
        (r"p(x,y) = \{(0,0): 1/8, (0,1): 1/2, (1,1): 3/8\}, z = p(1,0)", 0.0),
        (r"q = 0.2, P = \{A: q, B: 1 - q\}, z = P(B)", 0.8),
    ],
)
def test_entries(text: str, value: float) -> None:
    assert value_of(text) == pytest.approx(value)


def test_a_label_that_is_not_there() -> None:
    _, said = read(r"P = \{A: 0.6, B: 0.4\}, z = P(C)")
    assert [(each.severity, each.code, each.hint) for each in said] == [("error", "unknown-label", "its labels are A, B")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"p(x,y) = \{(0,0): 1/8, (0,1): 1/2, (1,1): 3/8\}, z = p(X = 0)", 0.625),
        (r"p(x,y) = \{(0,0): 1/8, (0,1): 1/2, (1,1): 3/8\}, z = p(Y = 1)", 0.875),
        (r"p(x,y) = \{(0,0): 1/8, (0,1): 1/2, (1,1): 3/8\}, z = p(Y = 1 \mid X = 0)", 0.8),
        (r"p(y \mid x) = \{(0,0): 1/8, (1,0): 7/8, (0,1): 1, (1,1): 0\}, z = p(1 \mid 0)", 0.875),
        (r"P(X) = \{0: 1/8, 1: 7/8\}, P(Y) = \{1: 1/4, 2: 3/4\}, z = P(Y = 1) + P(2) + P(0)", 1.125),
    ],
)
def test_probabilities_of_one_of_several_variables(text: str, value: float) -> None:
    assert value_of(text) == pytest.approx(value)


def test_an_outcome_of_two_variables_is_not_guessed() -> None:
    _, said = read(r"P(X) = \{0: 1/8, 1: 7/8\}, P(Y) = \{1: 1/4, 2: 3/4\}, z = P(1)")
    assert [(each.severity, each.code) for each in said] == [("error", "ambiguous-outcome")]


def test_an_outcome_twice_is_an_error_at_its_second_place() -> None:
    tables, said = read(r"P = \{A: 0.6, B: 0.3, A: 0.1\}")
    (fault,) = said
    assert (fault.severity, fault.code, fault.span and fault.span.column) == ("error", "repeated-outcome", 23)
    assert tables == {}


def test_another_order_is_put_right_silently() -> None:
    tables, said = read(r"P = \{A: 0.6, B: 0.4\}, Q = \{B: 0.9, A: 0.1\}")
    assert tables["Q"][1] == (Fraction(1, 10), Fraction(9, 10))
    assert labels(tables["Q"][0]) == [["A", "B"]]
    assert said == []


def test_an_outcome_that_one_side_lacks_has_probability_0_there() -> None:
    tables, said = read(r"P = \{A: 0.6, B: 0.4\}, Q = \{C: 0.5, B: 0.5\}")
    assert [labels(table) for table, _ in tables.values()] == [[["A", "B", "C"]]] * 2
    assert tables["P"][1] == (Fraction(3, 5), Fraction(2, 5), 0)
    assert tables["Q"][1] == (0, Fraction(1, 2), Fraction(1, 2))
    assert [added(table) for table, _ in tables.values()] == [["C"], ["A"]]
    assert codes(said) == ["missing-outcome"] * 2
    assert [each.message for each in said] == [
        "P gives no probability to C: it is 0 there",
        "Q gives no probability to A: it is 0 there",
    ]


def test_expressions_are_put_in_order_too() -> None:
    network, said = network_of(r"q = 0.3, P = \{0: 0.5, 1: 0.25, 2: 0.25\}, Q = \{1: q, 0: 1 - q\}")
    assert values_at(network, given(network))[Name("Q")].tolist() == pytest.approx([0.7, 0.3, 0.0])
    assert codes(list(said)) == ["missing-outcome"]


def test_labels_without_one_in_common_are_left_apart() -> None:
    tables, said = read(r"P = \{A: 0.6, B: 0.4\}, W = \{sun: 0.5, rain: 0.5\}")
    assert [labels(table) for table, _ in tables.values()] == [[["A", "B"]], [["sun", "rain"]]]
    assert said == []


def test_other_random_variables_are_left_apart() -> None:
    tables, said = read(r"P(X) = \{0: 0.5, 1: 0.5\}, P(Y) = \{0: 0.2, 1: 0.2, 2: 0.6\}")
    assert {name: labels(table) for name, (table, _) in tables.items()} == {"P(X)": [["0", "1"]], "P(Y)": [["0", "1", "2"]]}
    assert said == []


def test_joint_tables_share_each_axis() -> None:
    tables, said = read(r"p(x,y) = \{(0,0): 1/2, (1,1): 1/2\}, q(x,y) = \{(1,2): 1, (0,0): 0\}")
    assert labels(tables["p"][0]) == labels(tables["q"][0]) == [["0", "1"], ["0", "1", "2"]]
    assert tables["p"][1] == ((Fraction(1, 2), 0, 0), (0, Fraction(1, 2), 0))
    assert tables["q"][1] == ((0, 0, 0), (0, 0, 1))
    assert added(tables["p"][0]) == ["(0, 1)", "(0, 2)", "(1, 0)", "(1, 2)"]
    assert codes(said) == ["missing-outcome"] * 2


def test_a_marginal_follows_the_order_of_the_joint_table() -> None:
    tables, _ = read(r"p(x,y) = \{(0,0): 1/10, (1,1): 9/10\}, p(x) = \{1: 0.9, 0: 0.1\}")
    assert tables["p(X)"][1] == (Fraction(1, 10), Fraction(9, 10))


def test_a_matrix_of_random_variables_has_no_labels() -> None:
    tables, said = read(r"p(x,y) = \begin{bmatrix} 1/8 & 1/8 \\ 1/4 & 1/2 \end{bmatrix}")
    table, values = tables["p"]
    assert (table.labels, variables(table)) == ((), ["X", "Y"])
    assert values == ((Fraction(1, 8), Fraction(1, 8)), (Fraction(1, 4), Fraction(1, 2)))
    assert codes(said) == ["variables-by-place"]


def test_a_function_of_its_argument_is_no_table() -> None:
    assert read(r"p(x) = [x, 1 - x]")[0] == {}


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        (r'P = \{"A": 0.6, "B": 0.4\}', "latex"),
        (r"P = \{'A': 0.6, 'B': 0.4\}", "latex"),
        (r"P = \{``A'': 0.6, ``B'': 0.4\}", "latex"),
        (r"P = \{(A, 0.6), (B, 0.4)\}", "latex"),
        (r"P = \{A \mapsto 0.6, B \mapsto 0.4\}", "latex"),
        (r"P = \{A \to 60\%, B \to 40\%\}", "latex"),
        (r"P = \{A = 0.6, B = 0.4\}", "latex"),
        (r"P = (A: 0.6, B: 0.4)", "latex"),
        (r"P = [A: 3/5, B: 2/5]", "latex"),
        (r"P(A) = 0.6, P(B) = 0.4", "latex"),
        (r"P = {'A': 0.6, 'B': 0.4}", "plain"),
        (r'P = {"A": 0.6, "B": 0.4}', "plain"),
        (r"P = {A: 0.6, B: 0.4}", "plain"),
    ],
)
def test_spellings_of_a_set(text: str, notation: Notation) -> None:
    tables, said = read(text, notation)
    assert labels(tables["P"][0]) == [["A", "B"]]
    assert tables["P"][1] == (Fraction(3, 5), Fraction(2, 5))
    assert said == []


def test_dots_in_a_set_are_written_out() -> None:
    tables, _ = read(r"P = \{1: 1/6, 2: 1/6, \ldots, 6: 1/6\}")
    assert labels(tables["P"][0]) == [["1", "2", "3", "4", "5", "6"]]
    assert tables["P"][1] == (Fraction(1, 6),) * 6


@pytest.mark.parametrize("text", [r"P = \{1: 1/6, \ldots, 6: 1/3\}", r"D = \{(1, 2), (3, 4)\}", r"x = [0:5]"])
def test_what_is_no_table(text: str) -> None:
    assert read(text)[0] == {}


@pytest.mark.parametrize(
    ("words", "values", "code"),
    [
        (" where the columns are the values of $X$ and the rows those of $Y$.", ((1, 3), (2, 4)), None),
        (" where the rows are the values of $X$.", ((1, 2), (3, 4)), None),
        (" is known.", ((1, 2), (3, 4)), "variables-by-place"),
        (". Its rows and columns are $X$ and $Y$.", None, "axes-not-clear"),
    ],
)
def test_words_beside_a_joint_matrix_say_what_its_rows_are(
    words: str, values: tuple[tuple[int, ...], ...] | None, code: str | None
) -> None:
    text = r"$p(X,Y) = \begin{bmatrix} 0.1 & 0.2 \\ 0.3 & 0.4 \end{bmatrix}$"
    span = Source("text", text + words).span(1, len(text) - 1)
    found, said = in_one_form(parse_statements(span, vocabulary(), "latex").statements)
    assert [each.code for each in said] == ([] if code is None else [code])
    bodies = [each.sides[1] for each in found if isinstance(each, Relation)]
    rows = [body.rows for body in bodies if isinstance(body, Matrix)]
    shown = [[[round(float(number(cell) or 0) * 10) for cell in row] for row in body] for body in rows]
    assert shown == ([] if values is None else [[list(row) for row in values]])


def test_the_other_value_of_two_has_the_rest() -> None:
    tables, said = read(r"X \in \{0, 1\}, P(X=1) = 0.2")
    assert dict(zip(labels(tables["P"][0])[0], tables["P"][1], strict=True)) == {"1": Fraction(1, 5), "0": Fraction(4, 5)}
    assert codes(said) == ["other-probability"]
