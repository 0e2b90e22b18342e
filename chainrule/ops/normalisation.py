"""softmax, its logarithm and logsumexp: of a vector, and of every row of a matrix."""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, exp, log
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Name


def softmax(x: Node) -> Node:
    """x (n) -> (n)."""
    return build.apply(SOFTMAX, x)


def logsumexp(x: Node) -> Node:
    """x (n) -> scalar."""
    return build.apply(LOGSUMEXP, x)


def log_softmax(x: Node) -> Node:
    """x (n) -> (n)."""
    return build.apply(LOG_SOFTMAX, x)


def _softmax_value(xp: Any, x: Any) -> Any:
    """Along the last axis."""
    shares = xp.exp(x - xp.max(x.real, axis=-1, keepdims=True))
    return shares / xp.sum(shares, axis=-1, keepdims=True)


def _largest_apart(xp: Any, x: Any) -> tuple[Any, Any]:
    """Along the last axis: the largest entry, and the logarithm of how many times e^it all e^x are, small as it may be."""
    place = xp.argmax(x.real, axis=-1, keepdims=True)
    largest = xp.take_along_axis(x, place, axis=-1)
    others = xp.where(xp.arange(x.shape[-1]) == place, 0.0, xp.exp(x - largest))
    return largest, xp.log1p(xp.sum(others, axis=-1, keepdims=True))


def logsumexp_value(xp: Any, x: Any) -> Any:
    """Along the last axis; the largest entry taken out, so that nothing overflows."""
    largest, more = _largest_apart(xp, x)
    return xp.squeeze(largest + more, axis=-1)[()]


def log_softmax_value(xp: Any, x: Any) -> Any:
    """Along the last axis; the largest entry taken out before the difference is formed."""
    largest, more = _largest_apart(xp, x)
    return x - largest - more


def _softmax_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.multiply(y, build.subtract(y_bar, build.inner(y_bar, y)))


def _logsumexp_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.multiply(y_bar, softmax(arguments[0]))


def _log_softmax_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.subtract(y_bar, build.multiply(build.total(y_bar), softmax(arguments[0])))


def _spread(rows: Node, matrix: Node) -> Node:
    """One number a row, repeated along it."""
    return build.broadcast(rows, matrix.shape, (0,))


def _row_sums(matrix: Node) -> Node:
    return build.total(matrix, (1,))


def _softmax_rows_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    mean = build.contract([y_bar, y], [(0, 1), (0, 1)], (0,))
    return build.multiply(y, build.subtract(y_bar, _spread(mean, y)))


def _logsumexp_rows_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.multiply(_spread(y_bar, arguments[0]), build.apply(SOFTMAX_ROWS, arguments[0]))


def _log_softmax_rows_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    shares = build.multiply(_spread(_row_sums(y_bar), y), build.apply(SOFTMAX_ROWS, arguments[0]))
    return build.subtract(y_bar, shares)


SOFTMAX = Operation(
    name="softmax",
    arguments=("x",),
    signature="n -> n",
    because="The Jacobian of p = softmax(x) is diag(p) - p p^T: each entry is p times (upstream minus its mean under p).",
    value=_softmax_value,
    definition=lambda x: divide(exp(x), build.total(exp(x))),
    pullbacks=(_softmax_pullback,),
    spellings=("softmax",),
    function=Name("softmax"),
    numpy=lambda x: f"_softmax({x})",
    numpy_helpers='''
def _softmax(x):
    """exp(x) / sum(exp(x)), with the largest entry taken out."""
    shares = np.exp(x - np.max(x))
    return shares / np.sum(shares)
''',
    properties=WHOLE,
    source="Goodfellow, Bengio, Courville, Deep Learning, 4.1; Bishop, Pattern Recognition, 4.106",
    example=("softmax([0, 0])", (0.5, 0.5)),
)

LOGSUMEXP = Operation(
    name="logsumexp",
    arguments=("x",),
    signature="n -> .",
    because="The gradient of logsumexp is softmax.",
    value=logsumexp_value,
    definition=lambda x: log(build.total(exp(x))),
    pullbacks=(_logsumexp_pullback,),
    spellings=("logsumexp", "LSE", "lse"),
    function=Name("logsumexp"),
    numpy=lambda x: f"_logsumexp({x})",
    numpy_functions=(logsumexp_value,),
    properties=WHOLE,
    source="Boyd and Vandenberghe, Convex Optimization, 3.1.5",
    example=("logsumexp([0, 0])", 0.6931471805599453),
)

LOG_SOFTMAX = Operation(
    name="log_softmax",
    arguments=("x",),
    signature="n -> n",
    because="log softmax(x) = x - logsumexp(x), and the gradient of logsumexp is softmax.",
    value=log_softmax_value,
    definition=lambda x: build.subtract(x, logsumexp(x)),
    pullbacks=(_log_softmax_pullback,),
    spellings=("log_softmax", "logsoftmax", "LogSoftmax"),
    function=Name("logsoftmax"),
    numpy=lambda x: f"_log_softmax({x})",
    numpy_functions=(log_softmax_value,),
    properties=WHOLE,
    source="Goodfellow, Bengio, Courville, Deep Learning, 6.30",
    example=("log_softmax([0, 0])", (-0.6931471805599453, -0.6931471805599453)),
)

SOFTMAX_ROWS = Operation(
    name="softmax_rows",
    arguments=("X",),
    signature="m,n -> m,n",
    because="Row by row: each entry is p times (upstream minus its mean under the row's p).",
    value=_softmax_value,
    definition=lambda x: divide(exp(x), _spread(_row_sums(exp(x)), x)),
    pullbacks=(_softmax_rows_pullback,),
    spellings=("softmax_rows",),
    function=Name("softmax"),
    numpy=lambda x: f"_softmax_rows({x})",
    numpy_helpers='''
def _softmax_rows(x):
    """exp(x) / sum(exp(x)) of every row, with the largest entry of the row taken out."""
    shares = np.exp(x - np.max(x, axis=1, keepdims=True))
    return shares / np.sum(shares, axis=1, keepdims=True)
''',
    properties=WHOLE,
    source="Goodfellow, Bengio, Courville, Deep Learning, 4.1; Bishop, Pattern Recognition, 4.106",
    example=("softmax_rows([[0, 0], [1, 1]])", ((0.5, 0.5), (0.5, 0.5))),
)

LOGSUMEXP_ROWS = Operation(
    name="logsumexp_rows",
    arguments=("X",),
    signature="m,n -> m",
    because="The gradient of logsumexp is softmax, row by row.",
    value=logsumexp_value,
    definition=lambda x: log(_row_sums(exp(x))),
    pullbacks=(_logsumexp_rows_pullback,),
    spellings=("logsumexp_rows",),
    function=Name("logsumexp"),
    numpy=lambda x: f"_logsumexp_rows({x})",
    numpy_helpers='''
def _logsumexp_rows(x):
    """log(sum(exp(x))) of every row, with the largest entry of the row taken out."""
    largest = np.max(x, axis=1)
    return largest + np.log(np.sum(np.exp(x - largest[:, None]), axis=1))
''',
    properties=WHOLE,
    source="Boyd and Vandenberghe, Convex Optimization, 3.1.5",
    example=("logsumexp_rows([[0, 0]])", (0.6931471805599453,)),
)

LOG_SOFTMAX_ROWS = Operation(
    name="log_softmax_rows",
    arguments=("X",),
    signature="m,n -> m,n",
    because="log softmax(x) = x - logsumexp(x) in every row, and the gradient of logsumexp is softmax.",
    value=log_softmax_value,
    definition=lambda x: build.subtract(x, _spread(build.apply(LOGSUMEXP_ROWS, x), x)),
    pullbacks=(_log_softmax_rows_pullback,),
    spellings=("log_softmax_rows",),
    function=Name("logsoftmax"),
    numpy=lambda x: f"_log_softmax({x})",
    numpy_functions=(log_softmax_value,),
    properties=WHOLE,
    source="Goodfellow, Bengio, Courville, Deep Learning, 6.30",
    example=("log_softmax_rows([[0, 0]])", ((-0.6931471805599453, -0.6931471805599453),)),
)
