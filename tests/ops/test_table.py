"""The words of the table, and how some operations print."""

import subprocess
import sys
from fractions import Fraction

import pytest

from chainrule.errors import ShapeError
from chainrule.graph import build
from chainrule.graph.operation import Operation
from chainrule.ops import find_operation
from chainrule.ops.comparison import indicator, positive
from chainrule.ops.construction import Construction
from chainrule.ops.table import spellings, vocabulary_words
from chainrule.syntax.tree import Bracket, Call, CasesTree, Font, Juxtaposition, Name, Number, Relation, Subscript, Superscript

X, Y = Name("x"), Name("y")


def number(value: int | str) -> Number:
    return Number(Fraction(value))


INDICATOR = Juxtaposition((Font("mathbb", number(1)), Bracket("[", (Relation((">",), (X, number(0))),))))


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("relu", "relu"),
        ("ReLU", "relu"),
        ("\\sigma", "sigmoid"),
        ("sigmoid", "sigmoid"),
        ("ln", "log"),
        ("log", "log"),
        ("\\pi", "pi"),
        ("swish", "silu"),
        ("softmax", "softmax"),
        ("mean", "mean"),
        ("max", "max"),
        ("BCE", "binary_cross_entropy"),
    ],
)
def test_spellings(word: str, name: str) -> None:
    assert spellings()[word].name == name


def test_letters_are_not_words_of_the_vocabulary() -> None:
    r"""`e`, `\pi` and `\sigma` may be names in somebody's text."""
    assert not {"e", "\\pi", "pi", "\\sigma"} & vocabulary_words()
    assert {"relu", "exp", "max", "sqrt", "sigmoid"} <= vocabulary_words()


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("relu", (X,), Call(Name("max"), (number(0), X))),
        ("greater", (X, number(0)), INDICATOR),
        ("where", (INDICATOR, X, Y), CasesTree(((X, Relation((">",), (X, number(0)))), (Y, None)))),
        ("where", (Name("c"), X, Y), CasesTree(((X, Relation(("\\ne",), (Name("c"), number(0)))), (Y, None)))),
        ("maximum", (X, Y), Call(Name("max"), (X, Y))),
        ("minimum", (X, Y), Call(Name("min"), (X, Y))),
        ("abs", (X,), Bracket("|", (X,))),
        ("norm", (X,), Bracket("||", (X,))),
        ("norm1", (X,), Subscript(Bracket("||", (X,)), (number(1),))),
        ("squared_norm", (X,), Superscript(Bracket("||", (X,)), number(2))),
        ("leaky_relu", (X, number("1/100")), Call(Name("LeakyReLU"), (X,))),
        ("leaky_relu", (X, Y), Call(Name("LeakyReLU"), (X, Y))),
        ("elu", (X, number(1)), Call(Name("elu"), (X,))),
        ("elu", (X, Y), Call(Name("elu"), (X, Y))),
        ("pi", (), Name("\\pi")),
    ],
)
def test_how_it_prints(name: str, arguments: tuple[Name, ...], expected: Name) -> None:
    record = find_operation(name)
    assert record.tree is not None
    assert record.tree(*arguments) == expected


def test_a_default_stands_in_for_an_argument_left_out() -> None:
    x = build.variable("x", ("n",))
    leaky = find_operation("leaky_relu")
    assert build.apply(leaky, x) is build.apply(leaky, x, build.constant(Fraction(1, 100)))
    with pytest.raises(ShapeError, match="leaky_relu takes 2 arguments, not 0"):
        build.apply(leaky)


def test_an_indicator_is_its_own_indicator() -> None:
    x = build.variable("x")
    assert indicator(positive(x)) is positive(x)
    assert indicator(x) is build.apply(find_operation("not_equal"), x, build.constant(0))


def test_declaring_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="exp is declared twice"):
        Operation(name="exp", arguments=("x",), signature="S -> S", because="")
    with pytest.raises(ValueError, match="mean is declared twice"):
        Construction(name="mean", arguments=("x",), signature="S -> .", build=build.total, spellings=())


def test_a_power_says_why_for_each_argument() -> None:
    power = find_operation("power")
    assert "one lower" in power.reason(0)
    assert "logarithm" in power.reason(1)
    assert find_operation("exp").reason(0) == "The exponential is its own derivative."


@pytest.mark.parametrize("module", ["chainrule.ops.table", "chainrule.ops.arithmetic", "chainrule.ops.loss"])
def test_a_module_can_be_imported_first(module: str) -> None:
    """The families refer to one another, and the package to the table: none depends on what was imported before."""
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
