"""The check of a derivative: its value beside an independent numeric derivative of what was differentiated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chainrule.algebra.steady import steady
from chainrule.calculus.jacobian import entries, gradient
from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, Given
from chainrule.evaluation.compare import compare
from chainrule.evaluation.completed import completed, is_finite
from chainrule.evaluation.differences import Method, derivative_by_entries, derivative_numeric, directional_derivative
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.node import Named, Node, Variable
from chainrule.graph.walk import expand
from chainrule.syntax.tree import Name

SEEDS = (3, 4, 5)
MOST_ENTRIES = 2000
"""A gradient by more entries is compared along random directions."""
Take = Callable[[Node], Node]


def whole(derivative: Node) -> Node:
    """All of it."""
    return derivative


@dataclass(frozen=True)
class Checked:
    """The method and the largest relative error; `at_given`: compared at the person's values, not at a random point."""

    method: str
    max_rel_err: float
    at_given: bool


@dataclass(frozen=True)
class _Asked:
    """What is compared: `part` of the derivative of the target by the whole of `by`, or that derivative along a direction."""

    target: Node
    by: Variable | Named
    part: Take
    direction: Node | None


def check_derivative(
    target: Node,
    by: Variable | Named,
    derivative: Node,
    values: Given,
    sizes: Mapping[str, int],
    part: Take = whole,
    direction: Node | None = None,
) -> Checked:
    """`part`: what of the derivative by the whole of `by` it is; along a direction, that of the product with it.

    Compare at the given values, or at a random point that has them where some are missing or the point lies on a kink.

    Raises EvaluationError where no point was found at all.
    """
    asked = _Asked(target, by, part, direction)
    failure: EvaluationError | None = None
    roots = [target, derivative, by, *entries(by), part(_placeholder(target, by))]
    for attempt in range(1 + len(SEEDS)):
        try:
            if attempt == 0:
                point, lengths = values, sizes
            else:
                drawn = sample(roots, SEEDS[attempt - 1], values if attempt == 1 else None, sizes if attempt == 1 else None)
                point, lengths = drawn.values, drawn.sizes
            found, by_limit = _value(derivative, point, lengths)
            method, error = _compared(asked, found, point, lengths, "central differences" if by_limit else None)
        except EvaluationError as raised:
            failure = raised
            continue
        return Checked(method, error, attempt == 0)
    assert failure is not None
    raise failure


def _value(derivative: Node, point: Given, sizes: Mapping[str, int]) -> tuple[Array, bool]:
    """As it is written; where that is no number, as the derivative by an order of one is, by operations that have its limit.

    Then complex steps of the target are no numbers either.
    """
    (found,) = evaluate([derivative], point, sizes)
    if is_finite(found):
        return found, False
    (again,) = evaluate([steady(expand(derivative, lambda named: named not in point), point)], point, sizes)
    return completed(found, again), is_finite(again)


def _placeholder(target: Node, by: Variable | Named) -> Variable:
    """What stands for the derivative by the whole of `by`."""
    return build.variable(Name("the derivative"), (*target.shape, *by.shape))


def _compared(asked: _Asked, found: Array, point: Given, sizes: Mapping[str, int], method: Method | None) -> tuple[str, float]:
    """The method, chosen where it is None, and the largest error.

    A list that declares entries is compared entry by entry, as each is moved alone.
    """
    target, by, inside = asked.target, asked.by, entries(asked.by)
    if inside:
        numeric = derivative_by_entries(target, inside, [d.size(sizes) for d in by.shape], point, sizes)
    elif asked.direction is not None:
        numeric = directional_derivative(target, by, evaluate([asked.direction], point, sizes)[0], point, sizes, method)
        return numeric.method, compare(found, numeric.value)
    elif not target.shape and evaluate([by], point, sizes)[0].size > MOST_ENTRIES:
        return _projected(asked, found, point, sizes)
    else:
        numeric = derivative_numeric(target, by, point, sizes, method)
    array = _placeholder(target, by)
    (expected,) = evaluate([asked.part(array)], {**dict(point.items()), array: numeric.value}, sizes)
    return numeric.method, compare(found, expected)


def _projected(asked: _Asked, found: Array, point: Given, sizes: Mapping[str, int]) -> tuple[str, float]:
    """A gradient by many entries, along random directions in what was asked for of it: an evaluation each, not one an entry."""
    array = _placeholder(asked.target, asked.by)
    part = asked.part(array)
    weights = build.variable(Name("the weights"), part.shape)
    back = gradient(build.inner(weights, part), array)
    method, errors = "", [0.0]
    for seed in SEEDS:
        (drawn,) = sample([build.variable(Name("the weights"), found.shape)], seed).values.values()
        known = {**dict(point.items()), weights: drawn}
        (direction,) = evaluate([back], known, sizes)
        numeric = directional_derivative(asked.target, asked.by, direction, point, sizes)
        method = numeric.method
        errors.append(compare((found * drawn).sum(), numeric.value))
    return f"{method} along random directions", max(errors)
