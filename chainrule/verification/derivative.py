"""The check of a derivative: its value beside an independent numeric derivative of what was differentiated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chainrule.calculus.jacobian import entries
from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, Given
from chainrule.evaluation.compare import compare
from chainrule.evaluation.differences import derivative_numeric
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.node import Named, Node, Variable
from chainrule.syntax.tree import Name

SEEDS = (3, 4, 5)
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


def check_derivative(
    target: Node, by: Variable | Named, derivative: Node, values: Given, sizes: Mapping[str, int], part: Take = whole
) -> Checked:
    """`part`: what of the derivative by the whole of `by` it is.

    Compare at the given values, or at a random point that has them where some are missing or the point lies on a kink.

    Raises EvaluationError where no point was found at all.
    """
    failure: EvaluationError | None = None
    roots = [target, derivative, *entries(by)]
    for attempt in range(1 + len(SEEDS)):
        try:
            if attempt == 0:
                point, lengths = values, sizes
            else:
                drawn = sample(roots, SEEDS[attempt - 1], values if attempt == 1 else None, sizes if attempt == 1 else None)
                point, lengths = drawn.values, drawn.sizes
            (found,) = evaluate([derivative], point, lengths)
            method, error = _compared(target, by, found, point, lengths, part)
        except EvaluationError as raised:
            failure = raised
            continue
        return Checked(method, error, attempt == 0)
    assert failure is not None
    raise failure


def _part_of(value: Array, part: Take, point: Given) -> Array:
    """The part of an array of numbers, taken as it is taken of the formula."""
    array = build.variable(Name("the derivative"), value.shape)
    (found,) = evaluate([part(array)], {**dict(point.items()), array: value})
    return found


def _compared(
    target: Node, by: Variable | Named, found: Array, point: Given, sizes: Mapping[str, int], part: Take
) -> tuple[str, float]:
    """The method and the largest error. A list that declares entries is compared entry by entry, as each is moved alone."""
    inside = entries(by)
    if not inside:
        numeric = derivative_numeric(target, by, point, sizes)
        return numeric.method, compare(found, _part_of(numeric.value, part, point))
    columns = found.reshape((*found.shape[: found.ndim - len(by.shape)], len(inside)))
    each = [derivative_numeric(target, entry, point, sizes) for entry in inside]
    return each[0].method, max(compare(columns[..., k], numeric.value) for k, numeric in enumerate(each))
