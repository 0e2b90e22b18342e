"""The check of a derivative: its value beside an independent numeric derivative of what was differentiated."""

from collections.abc import Mapping
from dataclasses import dataclass

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Given
from chainrule.evaluation.compare import compare
from chainrule.evaluation.differences import derivative_numeric
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph.node import Named, Node, Variable

SEEDS = (3, 4, 5)


@dataclass(frozen=True)
class Checked:
    """The method and the largest relative error; `at_given`: compared at the person's values, not at a random point."""

    method: str
    max_rel_err: float
    at_given: bool


def check_derivative(target: Node, by: Variable | Named, derivative: Node, values: Given, sizes: Mapping[str, int]) -> Checked:
    """Compare at the given values, or at a random point that has them where some are missing or the point lies on a kink.

    Raises EvaluationError where no point was found at all.
    """
    failure: EvaluationError | None = None
    for attempt in range(1 + len(SEEDS)):
        try:
            if attempt == 0:
                point, lengths = values, sizes
            else:
                drawn = sample(
                    [target, derivative], SEEDS[attempt - 1], values if attempt == 1 else None, sizes if attempt == 1 else None
                )
                point, lengths = drawn.values, drawn.sizes
            (found,) = evaluate([derivative], point, lengths)
            numeric = derivative_numeric(target, by, point, lengths)
        except EvaluationError as error:
            failure = error
            continue
        return Checked(numeric.method, compare(found, numeric.value), attempt == 0)
    assert failure is not None
    raise failure
