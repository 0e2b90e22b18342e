"""Declared facts in the normal form: both sides are equal where the facts hold, and not elsewhere.

The rules are from linear algebra: the definitions of symmetric, orthogonal and so on.
"""

from collections.abc import Callable

import numpy as np
import pytest

from chainrule.algebra.matrix_form import matrix_form
from chainrule.algebra.normal_form import RULES, normal_form
from chainrule.evaluation.facts import satisfying
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.facts import Fact
from chainrule.graph.node import Apply, Contract, Node, Variable
from chainrule.graph.walk import inputs
from chainrule.ops.inverse import inverse, log_determinant
from chainrule.ops.reduction import norm, squared_norm
from chainrule.typesetting import plain

SIZES = {"m": 4, "n": 3}
NO = frozenset[Fact]()


def matrix(symbol: str, facts: frozenset[Fact], rows: str = "n", columns: str = "n") -> Variable:
    return build.variable(symbol, (rows, columns), facts)


def vector(symbol: str, facts: frozenset[Fact] = NO, length: str = "n") -> Variable:
    return build.variable(symbol, (length,), facts)


def turned(node: Node) -> Node:
    return build.transpose(node)


def product(*nodes: Node) -> Node:
    made, *rest = nodes
    for node in rest:
        made = build.matmul(made, node)
    return made


x, z = vector("x"), vector("z", length="m")
M = matrix("M", NO, "m", "n")


def difference(square: Node) -> Node:
    """A^T x - A x."""
    return build.subtract(product(turned(square), x), product(square, x))


Build = Callable[[frozenset[Fact]], Node]
CASES: list[tuple[str, Fact, Build, str]] = [
    ("a symmetric matrix turned", Fact.SYMMETRIC, lambda f: turned(matrix("A", f)), "A"),
    ("beside a vector", Fact.SYMMETRIC, lambda f: difference(matrix("A", f)), "𝟎"),
    (
        "like terms",
        Fact.SYMMETRIC,
        lambda f: build.add(product(matrix("A", f), x), product(turned(matrix("A", f)), x)),
        "2 A x",
    ),
    ("its inverse", Fact.SYMMETRIC, lambda f: turned(inverse(matrix("A", f))), "A^(-1)"),
    ("against its inverse", Fact.SYMMETRIC, lambda f: product(turned(matrix("A", f)), inverse(matrix("A", f)), x), "x"),
    ("diagonal", Fact.DIAGONAL, lambda f: difference(matrix("D", f)), "𝟎"),
    ("positive definite", Fact.POSITIVE_DEFINITE, lambda f: turned(inverse(matrix("S", f))), "S^(-1)"),
    ("orthogonal", Fact.ORTHOGONAL, lambda f: product(turned(matrix("Q", f)), matrix("Q", f), x), "x"),
    ("orthogonal, the other way", Fact.ORTHOGONAL, lambda f: product(matrix("Q", f), turned(matrix("Q", f))), "I"),
    ("the inverse of an orthogonal one", Fact.ORTHOGONAL, lambda f: product(inverse(matrix("Q", f)), x), "Q^T x"),
    ("its squared norm", Fact.ORTHOGONAL, lambda f: build.inner(matrix("Q", f), matrix("Q", f)), "n"),
    (
        "orthonormal columns",
        Fact.ORTHONORMAL_COLUMNS,
        lambda f: product(turned(matrix("Q", f, "m", "n")), matrix("Q", f, "m", "n"), x),
        "x",
    ),
    (
        "orthonormal rows",
        Fact.ORTHONORMAL_ROWS,
        lambda f: product(matrix("Q", f, "n", "m"), turned(matrix("Q", f, "n", "m")), x),
        "x",
    ),
    ("a sum", Fact.SUM_ONE, lambda f: build.total(vector("t", f)), "1"),
    ("a sum as a factor", Fact.SUM_ONE, lambda f: build.total(build.outer(vector("t", f), x), [0]), "x"),
    ("a sum over a matrix", Fact.SUM_ONE, lambda f: build.multiply(build.total(matrix("P", f)), x), "x"),
    ("a square", Fact.UNIT_NORM, lambda f: build.multiply(build.inner(vector("u", f), vector("u", f)), x), "x"),
    ("a norm", Fact.UNIT_NORM, lambda f: build.multiply(norm(vector("u", f)), x), "x"),
    ("a squared norm", Fact.UNIT_NORM, lambda f: squared_norm(vector("u", f)), "1"),
]
every_case = pytest.mark.parametrize(("fact", "made", "text"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])


def values(node: Node, simplified: Node, holds: bool) -> tuple[np.ndarray, np.ndarray]:
    """Both at a random point, which satisfies the facts or does not."""
    random = np.random.default_rng(4)
    point: dict[Node, np.ndarray] = {}
    for variable in (v for v in {*_variables(node), *_variables(simplified)}):
        shape = tuple(d.size(SIZES) for d in variable.shape)
        drawn = random.uniform(0.5, 1.5, shape)
        point[variable] = satisfying(variable.facts, drawn) if holds else drawn
    left, right = evaluate([node, simplified], point, SIZES)
    return left, right


def _variables(node: Node) -> list[Variable]:
    return inputs([node])


@every_case
def test_the_text_with_the_fact(fact: Fact, made: Build, text: str) -> None:
    assert plain(matrix_form(normal_form(made(frozenset({fact}))))) == text


@every_case
def test_the_value_is_kept_where_the_fact_holds_and_only_there(fact: Fact, made: Build, text: str) -> None:
    node = made(frozenset({fact}))
    simplified = normal_form(node)
    np.testing.assert_allclose(*values(node, simplified, holds=True), rtol=1e-9, atol=1e-12)
    left, right = values(node, simplified, holds=False)
    assert not np.allclose(left, right, rtol=1e-3)


@every_case
def test_without_the_fact_nothing_of_it_is_used(fact: Fact, made: Build, text: str) -> None:
    node = made(NO)
    np.testing.assert_allclose(*values(node, normal_form(node), holds=False), rtol=1e-9)


def test_a_sum_that_is_more_than_the_sum_of_t_stays() -> None:
    t = vector("t", frozenset({Fact.SUM_ONE}))
    assert plain(matrix_form(normal_form(build.inner(t, x)))) == "t^T x"
    assert plain(matrix_form(normal_form(build.inner(t, t)))) == "t^T t"


def test_orthonormal_columns_say_nothing_of_rows() -> None:
    tall = matrix("Q", frozenset({Fact.ORTHONORMAL_COLUMNS}), "m", "n")
    assert plain(matrix_form(normal_form(product(tall, turned(tall))))) == "Q Q^T"
    square = matrix("Q", frozenset({Fact.ORTHOGONAL}))
    assert plain(matrix_form(normal_form(product(square, square)))) == "Q^2"


def test_products_of_symmetric_matrices_do_not_commute_but_turn() -> None:
    own = frozenset({Fact.SYMMETRIC})
    a, b = matrix("A", own), matrix("B", own)
    assert normal_form(product(a, b)) is not normal_form(product(b, a))
    assert normal_form(turned(product(a, b))) is normal_form(product(b, a))
    assert normal_form(turned(product(a, b, a))) is normal_form(product(a, b, a))
    assert normal_form(product(turned(product(M, a, turned(M))), z)) is normal_form(product(M, a, turned(M), z))


def test_every_fact_rule_has_its_reason() -> None:
    declared = [rule for kind in (Contract, Apply) for rule in RULES[kind] if rule.name.startswith("declared")]
    assert len(declared) == 5
    assert all(rule.because for rule in declared)


def test_the_gradient_of_a_log_determinant_needs_no_transpose() -> None:
    s = matrix("S", frozenset({Fact.POSITIVE_DEFINITE}))
    assert plain(matrix_form(normal_form(log_determinant(s)))) == "log(det(S))"
