"""What is said where something does not fit: both places, with their shapes and lines, in the person's words."""

import pytest

from chainrule.errors import Diagnostic, NameFault, ShapeError
from chainrule.inference.network import Network
from chainrule.solving.reading import read_symbol
from chainrule.source import Source
from chainrule.syntax.parser import parse_expression
from chainrule.syntax.vocabulary import Vocabulary
from tests.inference.networks import network_of


def only(text: str, code: str) -> Diagnostic:
    """The one diagnostic of that code."""
    _, said = network_of(text, "plain")
    (found,) = [d for d in said if d.code == code]
    return found


MESSAGES = [
    (
        "y = A x\nA = [[1, 2], [3, 4]]\nx = [1, 2, 3]",
        "shape-clash",
        "x has 3 entries, but A (line 2) makes it 2",
    ),
    (
        "A = [[1, 2], [3, 4], [5, 6]]\nC = A B\nB = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]",
        "shape-clash",
        "B has 3 rows, but A (line 1) makes it 2",
    ),
    ("y = u + v; u = [1, 2]; v = [1, 2, 3]", "shape-clash", "v has 3 entries, but u (line 1) makes it 2"),
    ("y = 2 x\nx = 1\nx = 2", "two-values", "x is given two values, here and in line 2"),
    ("a = b + 1; b = a + 1", "cyclic-definition", "b is computed from a, and that from b"),
    ("a = a + 1", "cyclic-definition", "a is computed from itself"),
    ("f(a) = f(a - 1); y = f(2)", "cyclic-definition", "the function f is computed from itself"),
    ("y = x_4; x = [1, 2, 3]", "no-such-entry", "x_4: there is no entry 4, the last is 3"),
    ("y = sigmod(x)", "unknown-function", "there is no function sigmod"),
    ("w = [w_1, w_2]\nw = [3, 4, 5]", "shape-clash", "w = [3, 4, 5]: 3 numbers for a list of 2 entries (line 1)"),
    ("y = (u - v)^2; u = [1, 2]", "power-of-vector", "(u - v)^2 is a power of a vector and is read entry by entry"),
    ("y = maximum(a, b, c)", "argument-count", "maximum takes 2 arguments, not 3"),
]


@pytest.mark.parametrize(("text", "code", "message"), MESSAGES)
def test_messages(text: str, code: str, message: str) -> None:
    found = only(text, code)
    assert found.message == message
    assert found.span is not None


SHAPES = [
    (r"C = A B, A \in \mathbb{R}^{2 \times 3}, B \in \mathbb{R}^{4 \times 5}", ["A is (2, 3)", "B is (4, 5)"]),
    (r"y = A + x, A \in \mathbb{R}^{2 \times 3}, x \in \mathbb{R}^2", ["A is (2, 3)", "x is (2)"]),
    (r"y = u + v, u \in \mathbb{R}^2, v \in \mathbb{R}^3", ["u is (2)", "v is (3)"]),
    (r"y = A x, A \in \mathbb{R}^{m \times n}, x \in \mathbb{R}^m", ["A is (m, n)", "x is (m)"]),
]


@pytest.mark.parametrize(("text", "parts"), SHAPES)
def test_a_clash_names_both_sides_with_their_shapes(text: str, parts: list[str]) -> None:
    _, said = network_of(text)
    (clash,) = [d for d in said if d.severity == "error"]
    assert clash.code == "shape-clash"
    assert all(part in clash.message for part in parts), clash.message


def find(network: Network, symbol: str) -> object:
    return network.find(read_symbol(symbol, "test"))


def test_nothing_is_found_of_a_broken_name() -> None:
    network, _ = network_of(r"a = \foo; b = 2 a; c = 3 x")
    for symbol in ("a", "b"):
        with pytest.raises(NameFault) as caught:
            find(network, symbol)
        assert caught.value.code == "broken-definition"
    assert find(network, "c") is not None


def test_a_name_of_no_problem_is_refused_with_those_there_are() -> None:
    network, _ = network_of(r"h = \tanh(W^{(1)} x); y = h^\top h")
    with pytest.raises(NameFault) as caught:
        find(network, "q")
    assert caught.value.code == "undefined-symbol"
    assert caught.value.hint is not None
    assert "W^{(1)}" in caught.value.hint


def read(network: Network, text: str) -> object:
    source = Source("expression", text)
    return network.read(parse_expression(source.span(), Vocabulary.of(["tanh"]), "latex"))


def test_expressions_over_a_network() -> None:
    network, _ = network_of(r"\sigma(a) = \foo; h = A x; A \in \mathbb{R}^{2 \times 3}; y = \sigma(1)")
    assert str(getattr(read(network, "2 h + A x"), "shape", None)) == "(Dimension(2),)"
    for text, error in ((r"\sigma(1)", NameFault), ("h + q", NameFault), ("A h", ShapeError), ("h + y", NameFault)):
        with pytest.raises(error):
            read(network, text)
