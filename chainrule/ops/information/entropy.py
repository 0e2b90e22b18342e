"""Entropy, perplexity and surprisal, in nats; 0 log 0 is 0."""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import exp, log, reciprocal
from chainrule.ops.information.sums import after, careful, precise_sum, times_log
from chainrule.ops.properties import SMOOTH, WHOLE
from chainrule.syntax.tree import Name

ONE = build.constant(1)


def entropy(p: Node) -> Node:
    """S -> scalar. Of a matrix the entropy of the joint distribution."""
    return build.apply(ENTROPY, p)


def cross_entropy_value(xp: Any, p: Any, q: Any) -> Any:
    """Of real arguments."""
    return 0.0 - precise_sum(xp, times_log(xp, p, q))


def cross_entropy_plain(xp: Any, p: Any, q: Any) -> Any:
    return -xp.sum(times_log(xp, p, q))


def _entropy_value(xp: Any, p: Any) -> Any:
    return cross_entropy_value(xp, p, p)


def _entropy_plain(xp: Any, p: Any) -> Any:
    return cross_entropy_plain(xp, p, p)


def _entropy(p: Node) -> Node:
    return build.scale(-1, build.inner(p, log(p)))


def _entropy_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.scale(-1, build.multiply(y_bar, build.add(log(arguments[0]), ONE)))


def _perplexity_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return _entropy_by_p(build.multiply(y_bar, y), y, arguments)


def _cross_perplexity_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.scale(-1, build.multiply(y_bar, y, log(arguments[1])))


def _cross_perplexity_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return build.scale(-1, build.multiply(y_bar, y, p, reciprocal(q)))


def _surprisal_value(xp: Any, p: Any) -> Any:
    return 0.0 - xp.log(p)


ENTROPY = Operation(
    name="entropy",
    arguments=("p",),
    signature="S -> .",
    because="The derivative of -p log p is -(log p + 1), entry by entry.",
    value=careful(_entropy_value, _entropy_plain),
    definition=_entropy,
    pullbacks=(_entropy_by_p,),
    spellings=("entropy", "Entropy", "joint_entropy"),
    function=Name("entropy"),
    numpy=lambda p: f"_cross_entropy({p}, {p})",
    numpy_functions=(cross_entropy_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Cover and Thomas, Elements of Information Theory, 2.1",
    example=("entropy([0.5, 0.5])", 0.6931471805599453),
)

PERPLEXITY = Operation(
    name="perplexity",
    arguments=("p",),
    signature="S -> .",
    because="The perplexity is the exponential of the entropy.",
    value=careful(after("exp", _entropy_value), after("exp", _entropy_plain)),
    definition=lambda p: exp(entropy(p)),
    pullbacks=(_perplexity_by_p,),
    spellings=("perplexity", "Perplexity"),
    function=Name("perplexity"),
    numpy=lambda p: f"np.exp(_cross_entropy({p}, {p}))",
    numpy_functions=(cross_entropy_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Jelinek and others, Perplexity: a measure of the difficulty of speech recognition tasks, 1977",
    example=("perplexity([0.25, 0.25, 0.25, 0.25])", 4.0),
)

CROSS_PERPLEXITY = Operation(
    name="cross_perplexity",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The perplexity of Q under P is the exponential of their cross-entropy.",
    value=careful(after("exp", cross_entropy_value), after("exp", cross_entropy_plain)),
    definition=lambda p, q: exp(build.scale(-1, build.inner(p, log(q)))),
    pullbacks=(_cross_perplexity_by_p, _cross_perplexity_by_q),
    spellings=("CrossPerplexity", "cross_perplexity"),
    function=Name("CrossPerplexity"),
    numpy=lambda p, q: f"np.exp(_cross_entropy({p}, {q}))",
    numpy_functions=(cross_entropy_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Jurafsky and Martin, Speech and Language Processing, 3.8",
    example=("cross_perplexity([0, 1], [0.75, 0.25])", 4.0),
)

SURPRISAL = Operation(
    name="surprisal",
    arguments=("p",),
    signature="S -> S",
    because="The surprisal of an outcome is -log p: its derivative is -1 / p.",
    value=careful(_surprisal_value, _surprisal_value),
    definition=lambda p: build.scale(-1, log(p)),
    partials=(lambda p: build.scale(-1, reciprocal(p)),),
    spellings=("surprisal",),
    function=Name("surprisal"),
    numpy=lambda p: f"(0.0 - np.log({p}))",
    domain=((0.1, 0.9),),
    properties=SMOOTH,
    source="Cover and Thomas, Elements of Information Theory, 2.1",
    example=("surprisal(1)", 0.0),
)
