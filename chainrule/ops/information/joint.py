"""Mutual information and conditional entropy of a joint distribution, a matrix (n, m) of probabilities. In nats."""

from functools import partial
from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, log
from chainrule.ops.information.divergences import times_log_ratio
from chainrule.ops.information.sums import ROUNDING, are_one, careful, log_ratio, precise_sum, relative_terms, times_log
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Name

ONE = build.constant(1)


def _spread(sums: Node, p: Node, axis: int) -> Node:
    """One number a row (axis 0) or a column (axis 1), repeated along it."""
    return build.broadcast(sums, p.shape, (axis,))


def _sums(p: Node, axis: int) -> Node:
    """The sums of the rows (axis 0) or of the columns (axis 1), in their places."""
    return _spread(build.total(p, (1 - axis,)), p, axis)


def _ratio(p: Node) -> Node:
    """log(p / (sum of its row times sum of its column))."""
    return log(divide(p, build.multiply(_sums(p, 0), _sums(p, 1))))


def _mutual_information_value(xp: Any, p: Any) -> Any:
    """The relative entropies of the rows, divided by their sums, to the sums of the columns, with the sums as weights."""
    rows, columns = xp.sum(p, axis=1, keepdims=True), xp.sum(p, axis=0, keepdims=True)
    given = xp.where(rows == 0, 0.0, p / rows)
    given = xp.where(xp.abs(given - columns) <= ROUNDING * columns, columns, given)  # independent but for the rounding here
    if are_one(xp, p):
        return precise_sum(xp, xp.where(rows == 0, 0.0, rows * relative_terms(xp, given, columns)))
    return precise_sum(xp, xp.where(rows == 0, 0.0, rows * times_log_ratio(xp, given, columns)))


def _mutual_information_plain(xp: Any, p: Any) -> Any:
    rows, columns = xp.sum(p, axis=1, keepdims=True), xp.sum(p, axis=0, keepdims=True)
    return xp.sum(times_log(xp, p, p / (rows * columns)))


def _mutual_information_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.multiply(y_bar, build.subtract(_ratio(arguments[0]), ONE))


def _conditional_entropy_value(xp: Any, p: Any) -> Any:
    """Of the columns given the rows. The largest entry of a row is most of its sum: its share by what is not it."""
    columns = xp.arange(p.shape[1])
    is_largest = columns == xp.argmax(p, axis=1)[:, None]
    rest = xp.sum(xp.where(is_largest, 0.0, p), axis=1, keepdims=True)
    sums = xp.sum(p, axis=1, keepdims=True)
    terms = xp.where(is_largest, xp.log1p(rest / p), log_ratio(xp, sums, p))
    return precise_sum(xp, xp.where(p == 0, 0.0, p * terms))


def _conditional_plain(xp: Any, p: Any, axis: int) -> Any:
    return -xp.sum(times_log(xp, p, p / xp.sum(p, axis=1 - axis, keepdims=True)))


MUTUAL_INFORMATION = Operation(
    name="mutual_information",
    arguments=("p",),
    signature="m,n -> .",
    because="The mutual information is the sum of p log(p / (r c)), r and c the sums of the row and of the column of p; "
    "its derivative by p is log(p / (r c)) - 1.",
    value=careful(_mutual_information_value, _mutual_information_plain),
    definition=lambda p: build.inner(p, _ratio(p)),
    pullbacks=(_mutual_information_by_p,),
    spellings=("MutualInformation", "mutual_information"),
    function=Name("MutualInformation"),
    numpy=lambda p: f"_mutual_information({p})",
    numpy_functions=(_mutual_information_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Cover and Thomas, Elements of Information Theory, 2.28",
    example=("mutual_information([[0.5, 0], [0, 0.5]])", 0.6931471805599453),
)


def _conditional(name: str, word: str, axis: int, of: str, given: str) -> Operation:
    def shares(p: Node) -> Node:
        return log(divide(p, _sums(p, axis)))

    def value(xp: Any, p: Any) -> Any:
        return _conditional_entropy_value(xp, p if axis == 0 else p.T)

    def by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
        return build.scale(-1, build.multiply(y_bar, shares(arguments[0])))

    return Operation(
        name=name,
        arguments=("p",),
        signature="m,n -> .",
        because=f"The entropy of the {of} given the {given} is the sum of -p log(p / s), s the sum of the {given[:-1]} of p; "
        "its derivative by p is -log(p / s).",
        value=careful(value, partial(_conditional_plain, axis=axis)),
        definition=lambda p: build.scale(-1, build.inner(p, shares(p))),
        pullbacks=(by_p,),
        spellings=(word, name),
        function=Name(word),
        numpy=lambda p: f"_conditional_entropy({p if axis == 0 else f'np.transpose({p})'})",
        numpy_functions=(_conditional_entropy_value,),
        domain=((0.1, 0.9),),
        properties=WHOLE,
        source="Cover and Thomas, Elements of Information Theory, 2.10",
        example=(f"{name}([[0.25, 0.25], [0, 0.5]])", 0.34657359027997264 if axis == 0 else 0.4773856262211096),
    )


CONDITIONAL_ENTROPY = _conditional("conditional_entropy", "ConditionalEntropy", 0, "columns", "rows")
CONDITIONAL_ENTROPY_OF_ROWS = _conditional("conditional_entropy_of_rows", "ConditionalEntropyOfRows", 1, "rows", "columns")
