"""exp, log, power and e: the primitives that are differentiated through each other, and division made of them."""

from fractions import Fraction
from typing import Any

from chainrule.errors import EvaluationError
from chainrule.graph import build
from chainrule.graph.build import Exact
from chainrule.graph.node import Apply, Constant, Node
from chainrule.graph.operation import Operation
from chainrule.ops.properties import SMOOTH, WHOLE
from chainrule.syntax.tree import Call, Name, Number, Quotient, Sum, Superscript, Tree

LARGEST_POWER_BITS = 4096
"""An exact power with more bits than this stays a power."""


def exp(x: Node) -> Node:
    """S -> S. The exponential of zero is the number 1."""
    return build.lift(build.constant(1), x.shape) if build.is_zero(x) else build.apply(EXP, x)


def log(x: Node) -> Node:
    """S -> S. The natural logarithm; of 1 the number 0, of e the number 1."""
    if isinstance(x, Constant) and x.value == 1:
        return build.constant(0)
    return build.constant(1) if _is_e(x) else build.apply(LOG, x)


def power(base: Node, exponent: Node | Exact) -> Node:
    """S S -> S. x^1 is x, x^0 is 1, e^x is exp(x), and a power of exact numbers is an exact number where it is one.

    Raises EvaluationError `division-by-zero` for a negative power of the number zero.
    """
    exponent = exponent if isinstance(exponent, Node) else build.constant(exponent)
    if isinstance(exponent, Constant):
        if exponent.value == 1:
            return base
        if exponent.value == 0:
            return build.lift(build.constant(1), base.shape)
        exact = _exact_power(base, exponent.value)
        if exact is not None:
            return exact
    if _is_e(base):
        return exp(exponent)
    return build.apply(POWER, base, exponent)


def reciprocal(x: Node) -> Node:
    """S -> S. x^{-1}, entry by entry."""
    return power(x, -1)


def divide(numerator: Node, denominator: Node) -> Node:
    """S S -> S. The numerator times the denominator to the power -1."""
    return build.multiply(numerator, reciprocal(denominator))


def square(x: Node) -> Node:
    """S -> S. x^2, entry by entry."""
    return power(x, 2)


def _exact_power(base: Node, exponent: Fraction) -> Node | None:
    if build.is_zero(base):
        if exponent < 0:
            raise EvaluationError("division-by-zero", "zero has no negative power: this divides by zero")
        return base
    if not isinstance(base, Constant):
        return None
    if base.value == 1:
        return base
    bits = max(abs(base.value.numerator).bit_length(), base.value.denominator.bit_length()) * abs(exponent)
    if exponent.denominator != 1 or bits > LARGEST_POWER_BITS:
        return None
    return build.constant(base.value**exponent.numerator)


def _is_e(x: Node) -> bool:
    return isinstance(x, Apply) and x.operation is E


def _power_value(xp: Any, x: Any, y: Any) -> Any:
    if not (xp.iscomplexobj(x) or xp.iscomplexobj(y)):
        return xp.float_power(x, y)
    # With a whole exponent a negative base is turned to the right half plane first: along the cut of the principal
    # branch the rounding of pi would drown a small imaginary part.
    whole = (y.imag == 0) & (y.real == xp.round(y.real))
    turned = whole & (x.real < 0)
    odd = turned & (xp.mod(y.real, 2) == 1)
    return xp.where(odd, -1, 1) * xp.where(turned, -x, x) ** y


def _power_tree(base: Tree, exponent: Tree) -> Tree:
    """x^{1/2} as a root, x^{-n} as 1 / x^n, else a superscript."""
    value = _number(exponent)
    if value is not None and value < 0:
        below = base if value == -1 else _power_tree(base, Number(-value))
        return Quotient(Number(Fraction(1)), below)
    if value == Fraction(1, 2):
        return Call(Name("sqrt"), (base,))
    return Superscript(base, exponent)


def _number(tree: Tree) -> Fraction | None:
    """The number a tree is written as: 3, -3, 3/2, -3/2."""
    match tree:
        case Number(value=value):
            return value
        case Sum(signs=(sign,), terms=(term,)):
            value = _number(term)
            return None if value is None else sign * value
        case Quotient(numerator=Number(value=above), denominator=Number(value=below)) if below:
            return above / below
        case _:
            return None


def _power_numpy(x: str, y: str) -> str:
    """The usual exponents in their own words. float_power, since integers have no negative powers in NumPy."""
    root = f"np.sqrt({x})"
    named = {"-1": f"(1.0 / ({x}))", "2": f"np.square({x})", "0.5": root, "1/2": root, "1 / 2": root}
    return named.get(y.strip("()").removesuffix(".0"), f"np.float_power({x}, {y})")


def _power_by_base(x: Node, y: Node) -> Node:
    return build.multiply(y, power(x, build.add(y, build.constant(-1))))


def _power_by_exponent(x: Node, y: Node) -> Node:
    return build.multiply(power(x, y), log(x))


E = Operation(
    name="e",
    arguments=(),
    signature="-> .",
    because="e is a number: its derivative is zero.",
    value=lambda xp: xp.float64(xp.e),
    spellings=("e",),
    function=Name("e"),
    tree=lambda: Name("e"),
    numpy=lambda: "np.e",
    properties=WHOLE,
    source="Abramowitz and Stegun, 4.1.16",
    example=("e", 2.718281828459045),
)

EXP = Operation(
    name="exp",
    arguments=("x",),
    signature="S -> S",
    because="The exponential is its own derivative.",
    value=lambda xp, x: xp.exp(x),
    partials=(exp,),
    spellings=("exp",),
    inverse="log",
    function=Name("exp"),
    numpy=lambda x: f"np.exp({x})",
    properties=SMOOTH,
    source="Abramowitz and Stegun, 4.2.4",
    example=("exp(0)", 1.0),
)

LOG = Operation(
    name="log",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of the natural logarithm is one over its argument.",
    value=lambda xp, x: xp.log(x),
    partials=(reciprocal,),
    spellings=("log", "ln"),
    inverse="exp",
    function=Name("log"),
    numpy=lambda x: f"np.log({x})",
    domain=((0.1, 3.0),),
    properties=SMOOTH,
    source="Abramowitz and Stegun, 4.1.46",
    example=("log(1)", 0.0),
)

POWER = Operation(
    name="power",
    arguments=("base", "exponent"),
    signature="S S -> S",
    because="The derivative of a power is its exponent times the power one lower.",
    reasons=(
        "The derivative of a power is its exponent times the power one lower.",
        "The derivative of a power by its exponent is the power times the logarithm of its base.",
    ),
    value=_power_value,
    partials=(_power_by_base, _power_by_exponent),
    spellings=("pow", "power"),
    function=Name("pow"),
    tree=_power_tree,
    numpy=_power_numpy,
    domain=((0.1, 3.0), (-2.0, 2.0)),
    properties=SMOOTH,
    source="Abramowitz and Stegun, 4.2.18",
    example=("pow(2, 3)", 8.0),
)
