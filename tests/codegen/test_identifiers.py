"""Identifiers a programmer would choose, all different."""

from fractions import Fraction

import pytest

from chainrule.codegen.identifiers import Identifiers, words
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Derivative,
    Font,
    Juxtaposition,
    Name,
    Number,
    Prime,
    Subscript,
    Superscript,
    Text,
    Tree,
)

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
x, y, L = Name("x"), Name("y"), Name("L")


def layer(base: Tree, number: Tree = ONE) -> Tree:
    return Superscript(base, Bracket("(", (number,)))


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        (x, "x"),
        (Name("\\alpha"), "alpha"),
        (layer(Name("z")), "z1"),
        (layer(Name("W"), TWO), "W2"),
        (layer(Name("\\delta"), TWO), "delta2"),
        (Superscript(Name("W"), Bracket("[", (ONE,))), "W1"),
        (Accent("hat", y), "y_hat"),
        (Subscript(Name("\\sigma"), (Name("B"),)), "sigma_B"),
        (Subscript(x, (ONE,)), "x1"),
        (Subscript(Name("W"), (Juxtaposition((Name("h"), Name("h"))),)), "W_hh"),
        (Subscript(y, (Text("true"),)), "y_true"),
        (Subscript(Name("A"), (ONE, TWO)), "A1_2"),
        (Subscript(Name("A"), (Name("*"), Name("j"))), "A_star_j"),
        (Superscript(y, Name("*")), "y_star"),
        (Superscript(Subscript(Name("W"), (Name("h"),)), Bracket("(", (TWO,))), "W_h2"),
        (Prime(Name("Q"), 2), "Q_prime_prime"),
        (Font("mathbf", x), "x"),
        (Derivative("partial", L, (layer(Name("z")),)), "dL_dz1"),
        (Derivative("nabla", L, (Name("W"),)), "dL_dW"),
        (Derivative("partial", Name("f"), (x, y)), "d2f_dx_dy"),
        (Derivative("partial", Name("f"), (x, x)), "d2f_dx2"),
    ],
)
def test_words(symbol: Tree, expected: str) -> None:
    assert words(symbol) == expected
    assert Identifiers().take(symbol) == expected


def test_identifiers_are_different() -> None:
    names = Identifiers()
    assert [names.take(s) for s in (x, Font("mathbf", x), Name("x_2"), x)] == ["x", "x_2", "x_2_2", "x_3"]


def test_what_python_has_taken() -> None:
    names = Identifiers()
    assert [names.take(n) for n in ("lambda", "print", "np", "lambda_", "match")] == [
        "lambda_",
        "print_",
        "np_",
        "lambda_2",
        "match_",
    ]


def test_temporaries_pass_over_names() -> None:
    names = Identifiers()
    names.take("t1")
    names.take("t3")
    assert [names.temporary() for _ in range(3)] == ["t2", "t4", "t5"]


def test_no_identifier_starts_with_an_underscore_or_a_digit() -> None:
    names = Identifiers()
    assert [names.take(n) for n in ("_sigmoid", "2x", "", "___", "é")] == ["sigmoid", "v2x", "v", "v_2", "e"]
    assert len(names.take("a" * 500)) <= 40
