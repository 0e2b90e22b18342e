"""The product's own tables hold, and what is wrong in one is found."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from chainrule.algebra import normal_form as simplification
from chainrule.evaluation.cases import SIZES, cases, weights
from chainrule.graph import build
from chainrule.graph.node import Add, Contract, Node, postorder
from chainrule.graph.operation import Operation
from chainrule.graph.step import Rule
from chainrule.ops import find_operation
from chainrule.ops.activation import SIGMOID
from chainrule.ops.table import constructions
from chainrule.verification.operations import (
    all_faults,
    definition_faults,
    derivative_faults,
    example_faults,
    parse_example,
    value_faults,
)
from chainrule.verification.rules import check_rules, every_rule, uses
from chainrule.verification.selfcheck import Checked, self_check
from chainrule.verification.terms import LARGEST, random_term, shuffled, telling_terms
from chainrule.verification.textbook import Identity, identities, identity_faults, read_identities


def test_everything_holds() -> None:
    found = list(self_check())
    assert [checked.table for checked in found] == ["operations", "rules", "textbooks"]
    assert [checked.faults for checked in found] == [(), (), ()]
    assert all(isinstance(checked, Checked) and checked.seconds > 0 for checked in found)


def wrong(**changes: object) -> Operation:
    """The sigmoid with a mistake, which the table does not list."""
    return replace(SIGMOID, made_by=(wrong, ()), **changes)  # pyright: ignore[reportArgumentType]


MISTAKES = {
    "the value is not that of the definition": {"value": lambda xp, x: 1 / (1 + xp.exp(-x)) + 1e-9},
    "not at complex arguments": {"value": lambda xp, x: 1 / (1 + xp.exp(-x.real))},
    "the value is": {"value": lambda xp, x: xp.log(-1 - x * x)},
    "the value has the shape": {"value": lambda xp, x: xp.ones(7), "definition": None},
    "the derivative by argument 1": {"partials": (lambda x: build.apply(SIGMOID, x),)},
    "is 0.5, not": {"example": ("sigmoid(0)", 0.75)},
    "does not mean": {"example": ("tanh(0)", 0.5)},
    "has no example": {"example": None},
}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("said", MISTAKES)
def test_a_mistake_in_a_record_is_found(said: str) -> None:
    record = wrong(**MISTAKES[said])
    assert any(said in fault for fault in all_faults(record, cases(record)))


def test_a_right_record_has_no_faults() -> None:
    assert list(all_faults(SIGMOID, cases(SIGMOID))) == []
    assert all(list(all_faults(construction, [])) == [] for construction in constructions())


def test_a_missing_derivative_argument_is_zero() -> None:
    """The condition of a case distinction has no derivative, which is then held to be zero."""
    [case, *_] = cases(find_operation("greater"))
    assert list(derivative_faults(case)) == []
    assert list(value_faults(case)) == list(definition_faults(case)) == []


def test_examples_are_read() -> None:
    word, arguments = parse_example("softmax([0, 1], 2)")
    assert word == "softmax"
    assert [np.shape(argument) for argument in arguments] == [(2,), ()]
    assert parse_example("pi") == ("pi", [])
    assert list(example_faults(find_operation("sigmoid"))) == []


def test_weights_have_the_shape_and_differ_by_seed() -> None:
    shape = build.variable("A", ("m", "n")).shape
    assert weights(shape, 1).shape == (SIZES["m"], SIZES["n"])
    assert not np.allclose(weights(shape, 1), weights(shape, 2))


def _halved(node: Node) -> Node | None:
    return build.add(*(term for _, term in node.terms)) if isinstance(node, Add) and len(node.terms) > 1 else None


def _unsummed(node: Node) -> Node | None:
    return build.scale(2, node.factors[0]) if isinstance(node, Contract) and len(node.factors) == 1 else None


@pytest.mark.parametrize(
    ("kind", "build_wrong"),
    [(Add, _halved), (Contract, _unsummed), (Add, lambda node: build.linear([], (*node.shape, build.dimension("n"))))],
)
def test_a_rule_that_changes_the_value_is_found(monkeypatch: pytest.MonkeyPatch, kind: type[Node], build_wrong: object) -> None:
    rule = Rule("broken", build_wrong, "")  # pyright: ignore[reportArgumentType]
    rules = {**simplification.RULES, kind: (*simplification.RULES[kind], rule)}
    monkeypatch.setattr("chainrule.verification.rules.RULES", rules)
    random = Random(3)
    check = check_rules([random_term(random) for _ in range(30)])
    assert any("the rule broken changes the value" in fault for fault in check.faults)


def test_a_rule_of_no_use_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = {Add: (Rule("never", lambda _: None, ""),)}
    monkeypatch.setattr("chainrule.verification.rules.RULES", rules)
    assert check_rules(telling_terms()).untried == ["never"]


def test_the_uses_of_rules_lead_to_the_normal_form() -> None:
    a, b = build.variable("a"), build.variable("b")
    node = build.subtract(build.add(a, b), b)
    names = [rule.name for rule, _, _ in uses(node)]
    assert "flat-sum" in names
    assert {rule.name for rule, _, _ in uses(node)} <= {rule.name for rule in every_rule()}


def test_random_terms_are_small_and_repeatable() -> None:
    def drawn() -> Iterator[Node]:
        random = Random(5)
        return (random_term(random) for _ in range(20))

    first, second = list(drawn()), list(drawn())
    assert all(a is b for a, b in zip(first, second, strict=True))
    assert max(len(postorder(term)) for term in first) <= LARGEST
    assert len(set(first)) > 10


def test_another_order_is_another_node_with_the_same_normal_form() -> None:
    random = Random(2)
    pairs = [(term, shuffled(term, random)) for term in (random_term(random) for _ in range(40))]
    assert any(term is not other for term, other in pairs)
    assert all(simplification.normal_form(term) is simplification.normal_form(other) for term, other in pairs)


def identity(quantity: str, derivative: str, by: str = "x", shapes: str = "A=n,n x=n") -> Identity:
    [found] = read_identities(f"## Book\n\n| {quantity} | {by} | {derivative} | {shapes} | 7 |\n")
    return found


def test_a_row_of_identities() -> None:
    assert identity("x' A x", "A + A'", "x, x") == Identity(
        "Book", "x' A x", ("x", "x"), "A + A'", (("A", ("n", "n")), ("x", ("n",))), "7"
    )
    assert identity("a x", "a", shapes="a= x=").shapes == (("a", ()), ("x", ()))
    assert identity("x' A x", "0").title == "Book, 7: d(x' A x)/dx"
    with pytest.raises(ValueError, match="not 5 cells"):
        read_identities("| a | b |\n")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (identity("x' A x", "(A + A') x"), None),
        (identity("x' A x", "A + A'", "x, x"), None),
        (identity("x' A x", "2 A x"), "the value is not that of 2 A x"),
        (identity("x' A x", "x' (A + A')"), "[wrong-rank]"),
        (identity("x' A x", "A"), "[wrong-rank]"),
        (identity("x' A x", "(A + A') q"), "[undefined-symbol]"),
        (identity("x' A x +", "A x"), "[missing-operand]"),
        (identity("x' A x", "A x", "q"), "[undefined-symbol]"),
    ],
)
def test_identities_are_held_to_the_product(row: Identity, said: str | None) -> None:
    faults = list(identity_faults(row))
    assert bool(faults) == (said is not None)
    assert said is None or any(said in fault for fault in faults)


def test_there_are_identities_of_every_book() -> None:
    every = identities()
    assert len(every) >= 50
    assert len({row.title for row in every}) == len(every)
    assert len({row.book for row in every}) == 3
