r"""Facts as equations, declarations and words: who gets which, and what is said where one cannot be used."""

import pytest

from chainrule.errors import Diagnostic
from chainrule.graph.facts import Fact
from chainrule.graph.node import Variable
from chainrule.inference.fact_words import facts_of_words
from chainrule.inference.network import Network
from chainrule.solving.equations import read_equations
from chainrule.source import Source

QUADRATIC = "f = x^\\top W x, g = W W x,"


def read(text: str, *facts: str) -> Network:
    return read_equations(Source("text", text), facts=facts)[1]


def facts_in(network: Network) -> dict[str, set[Fact]]:
    found = {network.spellings[name]: set(node.facts) for name, node in network.names.items() if isinstance(node, Variable)}
    return {name: own for name, own in found.items() if own}


def faults(network: Network) -> list[Diagnostic]:
    return [each for each in network.diagnostics if each.code != "assumed-shape"]


def codes(network: Network) -> list[str]:
    return [f"{each.severity} {each.code}" for each in faults(network)]


@pytest.mark.parametrize(
    ("equation", "name", "fact"),
    [
        ("W = W^\\top", "W", Fact.SYMMETRIC),
        ("W^T = W", "W", Fact.SYMMETRIC),
        ("W \\succ 0", "W", Fact.POSITIVE_DEFINITE),
        ("W \\succeq 0", "W", Fact.SYMMETRIC),
        ("W \\in \\mathbb{S}^n", "W", Fact.SYMMETRIC),
        ("W \\in \\mathbb{S}^n_+", "W", Fact.SYMMETRIC),
        ("W \\in \\mathbb{S}^n_{++}", "W", Fact.POSITIVE_DEFINITE),
        ("W^\\top W = I", "W", Fact.ORTHOGONAL),
        ("W W^\\top = I", "W", Fact.ORTHOGONAL),
        ("W^{-1} = W^\\top", "W", Fact.ORTHOGONAL),
        ("\\sum_i x_i = 1", "x", Fact.SUM_ONE),
        ("\\sum_{k=1}^n x_k = 1", "x", Fact.SUM_ONE),
        ("\\mathbf 1^\\top x = 1", "x", Fact.SUM_ONE),
        ("x^\\top \\mathbf{1} = 1", "x", Fact.SUM_ONE),
        ("1 = \\sum_i x_i", "x", Fact.SUM_ONE),
        ("\\|x\\| = 1", "x", Fact.UNIT_NORM),
        ("\\|x\\|_2^2 = 1", "x", Fact.UNIT_NORM),
        ("x^\\top x = 1", "x", Fact.UNIT_NORM),
        ("x \\in \\mathbb{R}^n_{++}", "x", Fact.POSITIVE),
    ],
)
def test_equations_are_recognised_by_what_they_mean(equation: str, name: str, fact: Fact) -> None:
    network = read(QUADRATIC + equation)
    assert facts_in(network) == {name: {fact}}
    assert faults(network) == []


def test_a_rectangular_matrix_has_orthonormal_columns_or_rows() -> None:
    text = "y = W x, W \\in \\mathbb{R}^{m \\times n},"
    assert facts_in(read(text + "W^\\top W = I")) == {"W": {Fact.ORTHONORMAL_COLUMNS}}
    assert facts_in(read(text + "W W^\\top = I")) == {"W": {Fact.ORTHONORMAL_ROWS}}


@pytest.mark.parametrize("equation", ["x^\\top W = 1", "\\sum_i x_i = 2", "W^\\top W = W", "x^\\top x = 2", "\\|W x\\| = 1"])
def test_other_equations_are_no_facts(equation: str) -> None:
    network = read(QUADRATIC + equation)
    assert facts_in(network) == {}
    assert codes(network) != []


@pytest.mark.parametrize(
    ("said", "name", "facts"),
    [
        ("A symmetric", "A", {Fact.SYMMETRIC}),
        ("A is a symmetric matrix", "A", {Fact.SYMMETRIC}),
        ("A is symmetric and positive definite", "A", {Fact.SYMMETRIC, Fact.POSITIVE_DEFINITE}),
        ("A is orthogonal", "A", {Fact.ORTHOGONAL}),
        ("A diagonal", "A", {Fact.DIAGONAL}),
        ("A' = A", "A", {Fact.SYMMETRIC}),
        ("A ≻ 0", "A", {Fact.POSITIVE_DEFINITE}),
        ("A'*A = I", "A", {Fact.ORTHOGONAL}),
        ("x is a one-hot vector", "x", {Fact.SUM_ONE}),
        ("x sums to one", "x", {Fact.SUM_ONE}),
        ("sum(x) = 1", "x", {Fact.SUM_ONE}),
        ("\\mathbf 1^\\top x = 1", "x", {Fact.SUM_ONE}),
        ("x is a unit vector", "x", {Fact.UNIT_NORM}),
        ("norm(x) = 1", "x", {Fact.UNIT_NORM}),
        ("x positive", "x", {Fact.POSITIVE}),
    ],
)
def test_facts_in_plain_text(said: str, name: str, facts: set[Fact]) -> None:
    network = read("f = x' A x", said)
    assert facts_in(network) == {name: facts}
    assert faults(network) == []


def test_several_names_and_several_facts() -> None:
    found = facts_in(read("f = x' A B x", "A, B symmetric", "x is a unit vector", "B and A positive definite"))
    assert found == {
        "A": {Fact.SYMMETRIC, Fact.POSITIVE_DEFINITE},
        "B": {Fact.SYMMETRIC, Fact.POSITIVE_DEFINITE},
        "x": {Fact.UNIT_NORM},
    }


def test_a_name_is_no_article() -> None:
    assert facts_in(read("f = log(a) + log(b)", "b and a positive")) == {"a": {Fact.POSITIVE}, "b": {Fact.POSITIVE}}


def test_a_fact_makes_a_matrix_square() -> None:
    network = read("y = S v + w", "S symmetric")
    (shape,) = (node.shape for name, node in network.names.items() if network.spellings[name] == "S")
    assert len(shape) == 2
    assert shape[0] == shape[1]


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("f = x' A x; A = [1, 2; 3, 4]", "A symmetric", "error fact-contradicted"),
        ("f = x' A x; A = [1, 0; 0, 2]", "A orthogonal", "error fact-contradicted"),
        ("f = x' A x; A = [1, 2; 2, 1]", "A positive definite", "error fact-contradicted"),
        ("f = x' y; x = [0.5, 0.25]", "sum(x) = 1", "error fact-contradicted"),
        ("f = x' B x", "A symmetric", "error undefined-symbol"),
        ("f = x' A x; A = B + C", "A symmetric", "note unused-fact"),
        ("f = x' B x", "f is symmetric", "note unused-fact"),
        ("f = a b", "sum(a) = 1", "error not-a-fact"),
        ("f = a b", "a + b = 1", "error not-a-fact"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_goes_on(text: str, said: str, expected: str) -> None:
    network = read(text, said)
    assert codes(network) == [expected]
    assert facts_in(network) == {}
    assert not network.broken


def test_the_shape_speaks_against_a_fact() -> None:
    network = read("y = W x, W \\in \\mathbb{R}^{3 \\times 2}", "W symmetric")
    assert codes(network) == ["error fact-shape"]
    assert "3 rows and 2 columns" in faults(network)[0].message


def test_facts_that_exclude_each_other() -> None:
    network = read("f = x' A x", "A diagonal", "A positive")
    assert codes(network) == ["error fact-contradicted"]
    assert facts_in(network) == {"A": {Fact.DIAGONAL}}


def test_a_quantity_that_has_the_property_anyway() -> None:
    assert codes(read("B = A + A'; f = x' B x", "B symmetric")) == []
    assert codes(read("p = softmax(z); f = x' p", "p is a probability vector")) == []


def test_values_that_agree_keep_the_fact() -> None:
    network = read("f = x' A x; A = [1, 2; 2, 4]", "A symmetric")
    assert facts_in(network) == {"A": {Fact.SYMMETRIC}}
    assert faults(network) == []


def test_a_claim_that_needs_the_fact_holds_with_it() -> None:
    text = (
        "L = -\\sum_i t_i \\log p_i, p = \\operatorname{softmax}(z), \\sum_i t_i = 1,\\frac{\\partial L}{\\partial z} = p - t"
    )
    assert codes(read(text)) == []
    assert "error sides-differ" in codes(read(text.replace("\\sum_i t_i = 1,", "")))


def test_a_list_of_entries_without_values_is_not_refused() -> None:
    network = read("t = [t_1, t_2], L = -\\sum_i t_i \\log p_i, \\sum_i t_i = 1")
    assert codes(network) == ["note unused-fact"]


@pytest.mark.parametrize("words", ["not symmetric", "skew symmetric", "large", "matrix", "symmetric about", ""])
def test_words_that_say_something_else(words: str) -> None:
    assert facts_of_words(words.split()) is None
