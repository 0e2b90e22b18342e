"""What a person would write for the derivatives and products that come out of a sweep: folded, factored, multiplied out.

Both columns are written by hand. The left one is read, simplified and printed; that what is printed still has the value of what
was read is checked in numbers.
"""

import numpy as np
import pytest

from chainrule.algebra.length import length
from chainrule.algebra.matrix_form import matrix_form
from chainrule.algebra.normal_form import normal_form
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph.node import Named, Node
from chainrule.solving.equations import read_equations
from chainrule.solving.reading import read_declarations
from chainrule.source import Source
from chainrule.typesetting import plain

SHAPES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("acst", ()),
    **dict.fromkeys("vwxyz", ("n",)),
    "u": ("m",),
    "A": ("n", "n"),
    "B": ("n", "n"),
    "X": ("m", "n"),
}

FOLDED = [
    ("1/(1 + exp(-a))", "sigma(a)"),
    ("exp(a)/(1 + exp(a))", "sigma(a)"),
    ("exp(-a)/(1 + exp(-a))", "sigma(-a)"),
    ("2/(2 + 2 exp(a))", "sigma(-a)"),
    ("exp(v) ./ (1 + exp(v))", "sigma(v)"),
    ("sigma(a) exp(-a)", "sigma(-a)"),
    ("exp(z)/sum(exp(z))", "softmax(z)"),
    ("exp(z)' (1 ./ softmax(z))", "n 1^T exp(z)"),
    ("log(sum(exp(z)))", "logsumexp(z)"),
    ("z - logsumexp(z)", "logsoftmax(z)"),
    ("log(softmax(z))", "logsoftmax(z)"),
    ("max(0, v) .* (v > 0)", "max(0, v)"),
]

FACTORED = [
    ("A x + A' x", "(A + A^T) x"),
    ("A x - A y", "A * (x - y)"),
    ("exp(a) A x + exp(a) B x", "exp(a) (A + B) x"),
    ("v w' + x w'", "(v + x) w^T"),
    ("s (v .* sigma(x)) + t (w .* sigma(x))", "(s v + t w) .* sigma(x)"),
    ("X' u + X' X v", "X^T (X v + u)"),
    ("sin(a) c + sin(a) s", "(c + s) sin(a)"),
    ("a c + a s", "a c + a s"),
    ("A B + B A", "A B + B A"),
    ("A x + A' x + v", "(A + A^T) x + v"),
    ("A B x + B A x + v", "A B x + B A x + v"),
    ("a sum(v)^2 - a sum(w)", "a * ((1^T v)^2 - 1^T w)"),
]

MULTIPLIED_OUT = [
    ("x .* (1 - t ./ x)", "x - t 1"),
    ("((1 - t)/(1 - sigma(a)) - t/sigma(a)) sigma(a) (1 - sigma(a))", "sigma(a) - t"),
    ("(eye(n) - x * ones(n)') * diag(x)", "diag(x) - x x^T"),
    ("X (x .* (v - w ./ x))", "X * (v .* x - w)"),
    ("(1 - sigma(A x)) .* (1 + sigma(A x))", "1 - (sigma(A x)).^2"),
    ("A (eye(n) + inv(A) B)", "A + B"),
    ("X (v .* (1 - sigma(A x)) .* sigma(A x))", "X * (v .* (1 - sigma(A x)) .* sigma(A x))"),
    ("(1 - t) sigma(a) - t sigma(-a)", "sigma(a) - t"),
    ("1/(1 + a^2) - 2 a^2/(1 + a^2)^2", "(1 - a^2)/(a^2 + 1)^2"),
    ("(a + c)(s + t)", "(a + c) (s + t)"),
    ("a (1 - pi)", "a * (1 - pi)"),
    ("(x - v)(x - v)'", "(x - v) (x - v)^T"),
    ("A' inv(A B)'", "B^(-T)"),
    ("inv(A B)", "(A B)^(-1)"),
]

LONGER = [("inv(2 A)", "(1/2) A^(-1)"), ("exp(-a)/(1 + exp(-a))^2", "(1 - sigma(a)) sigma(a)")]
CANCELLED = [
    ("(v .* (A x)) ./ (A x).^2", "v ./ (A x)"),
    ("(X' u) ./ (X' u).^3", "1 ./ (X^T u).^2"),
    ("(A .* (B A)) ./ (B A).^2", "A ./ (B A)"),
    ("a sign(a) / abs(a)", "1"),
    ("(2/norm2(v) - v' v / norm2(v)^3) v", "v/||v||"),
]


def simplified(text: str) -> Node:
    shapes = read_declarations(SHAPES)
    _, network = read_equations(Source("text", f"f = {text}"), shapes)
    assert not [d for d in network.diagnostics if d.severity == "error"], network.diagnostics
    (_, node), *_ = network.quantities()
    assert isinstance(node, Named)
    return node.body


@pytest.mark.parametrize(("text", "expected"), [*FOLDED, *FACTORED, *MULTIPLIED_OUT, *LONGER, *CANCELLED])
def test_what_a_person_would_write(text: str, expected: str) -> None:
    assert plain(matrix_form(normal_form(simplified(text)))).replace("𝟏", "1") == expected


@pytest.mark.parametrize("text", [text for text, _ in (*FOLDED, *FACTORED, *MULTIPLIED_OUT, *CANCELLED)])
def test_the_value_stays_and_the_length_does_not_grow(text: str) -> None:
    node = simplified(text)
    done = normal_form(node)
    assert normal_form(done) is done
    assert length(done) <= length(node)
    for seed in (1, 2):
        point = sample([node], seed)
        before, after = evaluate([node, done], point.values, point.sizes)
        np.testing.assert_allclose(after, before, rtol=1e-11, atol=1e-11)
