"""The largest and the smallest entry, the product of all entries, and norms made of them."""

from fractions import Fraction
from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node, Stack
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, log, power
from chainrule.ops.comparison import absolute, sign
from chainrule.ops.construction import Construction
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Bracket, Call, Name, Number, Quotient, Subscript

ONE = Number(Fraction(1))


def product(x: Node) -> Node:
    """S -> scalar. The product of all entries; of a list it is written out."""
    if isinstance(x, Stack) and len(x.shape) == 1:
        return build.multiply(*x.items)
    return build.apply(PRODUCT, x)


def largest(x: Node) -> Node:
    """S -> scalar. The largest entry."""
    return build.apply(MAX_ENTRY, x)


def smallest(x: Node) -> Node:
    """S -> scalar. The smallest entry."""
    return build.apply(MIN_ENTRY, x)


def entries_apart(x: Node) -> Node:
    """(S, S): the differences of the entries, one on the diagonal; zero where two entries are equal."""
    r = len(x.shape)
    one, other = range(r), range(r, 2 * r)
    every, shape = range(2 * r), (*x.shape, *x.shape)
    return build.add(
        build.contract([x], [one], every, dict(enumerate(shape))),
        build.scale(-1, build.contract([x], [other], every, dict(enumerate(shape)))),
        build.contract([], [], (*one, *one), dict(enumerate(x.shape))),
    )


def _extreme(name: str, position: str, words: str, example: tuple[str, float]) -> tuple[Operation, Operation]:
    """The extreme entry, and the operation that is one at the first extreme entry and zero elsewhere."""

    def place(xp: Any, x: Any) -> Any:
        flat = xp.ravel(x.real)
        return (xp.arange(flat.size) == getattr(xp, position)(flat)).reshape(x.shape) * 1.0

    def value(xp: Any, x: Any) -> Any:
        return xp.ravel(x)[getattr(xp, position)(xp.ravel(x.real))]

    def pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
        return build.multiply(y_bar, build.apply(indicator, arguments[0]))

    indicator = Operation(
        name=f"hard{name}",
        arguments=("x",),
        signature="S -> S",
        because=f"Which entry is the {words} does not change with a small step: the derivative is zero.",
        value=place,
        pullbacks=(None,),
        spellings=(f"hard{name}",),
        function=Name(f"hard{name}"),
        numpy=lambda x: f"_hard{name}({x})",
        numpy_helpers=f'''
def _hard{name}(x):
    """One at the first {words} entry, zero elsewhere."""
    x = np.asarray(x)
    return 1.0 * (np.arange(x.size) == np.{position}(x)).reshape(x.shape)
''',
        kink=entries_apart,
        at_kink=f"of several {words} entries the first one counts",
        properties=WHOLE,
        source="ONNX operators, Hardmax",
        example=(f"hard{name}([3])", (1.0,)),
    )
    entry = Operation(
        name=f"{name}_entry",
        arguments=("x",),
        signature="S -> .",
        because=f"Only the {words} entry passes the derivative on; of several it is the first.",
        value=value,
        pullbacks=(pullback,),
        spellings=(f"{name}_entry", f"a{name}"),
        function=Name(name),
        numpy=lambda x: f"np.{name}({x})",
        kink=entries_apart,
        at_kink=f"of several {words} entries the first one counts",
        properties=WHOLE,
        source="Boyd and Vandenberghe, Subgradients (lecture notes), section 2",
        example=example,
    )
    return entry, indicator


MAX_ENTRY, HARDMAX = _extreme("max", "argmax", "largest", ("max_entry([3, 5, 4])", 5.0))
MIN_ENTRY, HARDMIN = _extreme("min", "argmin", "smallest", ("min_entry([3, 1, 4])", 1.0))


def _others_value(xp: Any, x: Any) -> Any:
    """Products of what comes before and of what comes after, so that zeros among the entries do no harm."""
    flat = xp.ravel(x)
    one = xp.ones(1, dtype=flat.dtype)
    before = xp.cumprod(xp.concatenate((one, flat[:-1])))
    after = xp.cumprod(xp.concatenate((one, flat[:0:-1])))[::-1]
    return (before * after).reshape(x.shape)[()]


def _product_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.multiply(y_bar, build.apply(OTHERS, arguments[0]))


def _others_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    """The product of all entries but i and j, summed over i other than j."""
    rest = build.subtract(build.lift(build.inner(y_bar, y), y.shape), build.multiply(y_bar, y))
    return divide(rest, arguments[0])


PRODUCT = Operation(
    name="product",
    arguments=("x",),
    signature="S -> .",
    because="The derivative of a product by one entry is the product of all the others.",
    value=lambda xp, x: xp.prod(x),
    pullbacks=(_product_pullback,),
    spellings=("product_of_entries",),
    function=Name("prod"),
    numpy=lambda x: f"np.prod({x})",
    properties=WHOLE,
    source="the product rule",
    example=("product_of_entries([2, 3, 4])", 24.0),
)

OTHERS = Operation(
    name="product_of_others",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of a product by one entry is the product of all the others.",
    value=_others_value,
    pullbacks=(_others_pullback,),
    spellings=("product_of_others",),
    function=Name("product_of_others"),
    tree=lambda x: Quotient(Call(Name("prod"), (x,)), x),
    numpy=lambda x: f"_product_of_others({x})",
    numpy_helpers='''
def _product_of_others(x):
    """For every entry the product of all the other entries."""
    x = np.asarray(x)
    flat = np.ravel(x)
    before = np.cumprod(np.concatenate(([1.0], flat[:-1])))
    after = np.cumprod(np.concatenate(([1.0], flat[:0:-1])))[::-1]
    return (before * after).reshape(x.shape)[()]
''',
    properties=WHOLE,
    source="the product rule",
    example=("product_of_others([2, 3, 4])", (12.0, 8.0, 6.0)),
)

PROD = Construction(
    name="prod",
    arguments=("x",),
    signature="S -> .",
    build=product,
    spellings=("prod",),
    example=("prod([2, 3, 4])", 24.0),
)


def _norm_inf_value(xp: Any, x: Any) -> Any:
    flat = xp.ravel(x)
    place = xp.argmax(xp.abs(flat.real))
    return xp.sign(flat.real)[place] * flat[place]


def _norm_inf_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.multiply(y_bar, sign(arguments[0]), build.apply(HARDMAX, absolute(arguments[0])))


NORM_INF = Operation(
    name="norm_inf",
    arguments=("x",),
    signature="S -> .",
    because="Only the entry with the largest absolute value passes the derivative on, with its sign.",
    value=_norm_inf_value,
    definition=lambda x: largest(absolute(x)),
    pullbacks=(_norm_inf_pullback,),
    spellings=("norm_inf", "norminf"),
    function=Name("norm_inf"),
    tree=lambda x: Subscript(Bracket("||", (x,)), (Name("\\infty"),)),
    numpy=lambda x: f"np.max(np.abs({x}))",
    kink=lambda x: entries_apart(absolute(x)),
    at_kink="of several entries with the largest absolute value the first one counts",
    properties=WHOLE,
    source="Boyd and Vandenberghe, Subgradients (lecture notes), section 2",
    example=("norm_inf([3, -4])", 4.0),
)


def _norm_p_value(xp: Any, x: Any, p: Any) -> Any:
    """The largest entry taken out, so that no power overflows."""
    largest_size = xp.max(xp.abs(x.real))
    scale = xp.where((largest_size > 0) & xp.isfinite(largest_size), largest_size, 1.0)
    return scale * xp.sum((xp.sign(x.real) * x / scale) ** p) ** (1 / p)


def _powers_of_sizes(x: Node, exponent: Node) -> Node:
    return power(absolute(x), exponent)


def _norm_p_by_x(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    x, p = arguments
    lower = build.subtract(p, build.constant(1))
    return build.multiply(y_bar, sign(x), _powers_of_sizes(x, lower), power(y, build.scale(-1, lower)))


def _norm_p_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    x, p = arguments
    mean_log = build.multiply(power(y, build.scale(-1, p)), build.inner(_powers_of_sizes(x, p), log(absolute(x))))
    return build.multiply(y_bar, divide(y, p), build.subtract(mean_log, log(y)))


NORM_P = Operation(
    name="norm_p",
    arguments=("x", "p"),
    signature="n . -> .",
    because="The gradient of the p-norm is sign(x) |x|^(p-1) over the norm to the power p-1, entry by entry.",
    reasons=(
        "The gradient of the p-norm is sign(x) |x|^(p-1) over the norm to the power p-1, entry by entry.",
        "Of (sum of |x|^p)^(1/p) by p: both exponents change.",
    ),
    value=_norm_p_value,
    definition=lambda x, p: power(build.total(_powers_of_sizes(x, p)), divide(build.constant(1), p)),
    pullbacks=(_norm_p_by_x, _norm_p_by_p),
    spellings=("norm_p", "normp"),
    function=Name("norm_p"),
    tree=lambda x, p: Subscript(Bracket("||", (x,)), (p,)),
    numpy=lambda x, p: f"np.linalg.norm({x}, {p})",
    domain=((-2.0, 2.0), (1.2, 3.5)),
    kink=lambda x, p: x,
    at_kink="an entry that is 0 has derivative 0",
    properties=WHOLE,
    source="Boyd and Vandenberghe, Convex Optimization, A.1.2",
    example=("norm_p([3, -4], 2)", 5.0),
)
