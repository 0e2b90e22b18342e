"""t log x with 0 log 0 = 0: what a product with a logarithm is where both vanish."""

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, log
from chainrule.ops.information.sums import careful
from chainrule.ops.information.sums import times_log as value
from chainrule.ops.properties import SMOOTH
from chainrule.syntax.tree import Name


def times_log(factor: Node, x: Node) -> Node:
    """S, S -> S. t log x, entry by entry; 0 where t is 0."""
    return build.apply(TIMES_LOG, factor, x)


TIMES_LOG = Operation(
    name="times_log",
    arguments=("factor", "x"),
    signature="S S -> S",
    because="The derivative of t log x is log x by t, and t / x by x.",
    reasons=("The derivative of t log x by t is log x.", "The derivative of t log x by x is t / x."),
    value=careful(value, value),
    definition=lambda factor, x: build.multiply(factor, log(x)),
    partials=(lambda factor, x: log(x), divide),
    spellings=("xlogy", "times_log"),
    function=Name("xlogy"),
    numpy=lambda factor, x: f"_times_log({factor}, {x})",
    numpy_functions=(value,),
    domain=((-2.0, 2.0), (0.1, 3.0)),
    properties=SMOOTH,
    source="Cover and Thomas, Elements of Information Theory, 2.1",
    example=("xlogy(2, 1)", 0.0),
)
