"""Rules for powers, exponentials and logarithms."""

from fractions import Fraction
from math import isqrt
from typing import TypeGuard

from chainrule.algebra.index import components
from chainrule.algebra.signs import split_content
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Node
from chainrule.graph.operation import Operation
from chainrule.graph.step import Rule
from chainrule.ops.arithmetic import EXP, LOG, POWER, power


def base_and_exponent(node: Node) -> tuple[Node, Node]:
    """(b, e) with node = b^e; e is one for what is not written as a power."""
    if _is(node, POWER) and node.arguments[0].shape == node.shape:
        return node.arguments[0], node.arguments[1]
    return node, build.NUMBER_ONE


def integer(node: Node) -> int | None:
    """The value of a constant that is an integer."""
    return node.value.numerator if isinstance(node, Constant) and node.value.denominator == 1 else None


def collected(base: Node, exponent: int) -> list[Node]:
    """The factors that a power of a factor is: none, the base itself, twice the base for the square of an array, the power."""
    if base.shape and exponent == 2:
        return [base, base]
    return [power(base, exponent)] if exponent else []


def _is(node: Node, operation: Operation) -> TypeGuard[Apply]:
    return isinstance(node, Apply) and node.operation is operation


def _settle(node: Node) -> Node | None:
    """x^1, x^0, 1^x, (2/3)^3, 4^(1/2)."""
    if not _is(node, POWER):
        return None
    base, exponent = node.arguments
    if isinstance(base, Constant) and base.value == 1:
        return build.ones(node.shape)
    if not isinstance(exponent, Constant):
        return None
    if exponent.value in (0, 1):
        return build.lift(power(base, exponent), node.shape)
    if not isinstance(base, Constant):
        return None
    value = _power_of_number(base.value, exponent.value)
    return None if value is None else build.constant(value)


def _power_of_number(base: Fraction, exponent: Fraction) -> Fraction | None:
    """The power where it is a rational number of a sensible size, else None; EvaluationError for 1/0."""
    root = _root(base, exponent.denominator)
    made = power(build.constant(root), exponent.numerator) if root is not None else None
    return made.value if isinstance(made, Constant) else None


def _root(value: Fraction, degree: int) -> Fraction | None:
    """The square root (degree 2) or the value itself (degree 1) where that is rational."""
    if degree == 1:
        return value
    if degree != 2 or value < 0:
        return None
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return root if root * root == value else None


def _power_of_power(node: Node) -> Node | None:
    """(x^a)^n is x^(a n) for an integer n; for other exponents it need not be."""
    if not _is(node, POWER) or integer(node.arguments[1]) is None:
        return None
    inner, exponent = base_and_exponent(node.arguments[0])
    if inner is node.arguments[0] or exponent.shape:
        return None
    return power(inner, build.multiply(exponent, node.arguments[1]))


def _power_of_product(node: Node) -> Node | None:
    """(c x y)^n is c^n x^n y^n for an integer n, elementwise too."""
    if not _is(node, POWER) or (n := integer(node.arguments[1])) is None:
        return None
    coefficient, base = build.split_coefficient(node.arguments[0])
    if isinstance(base, Add):
        content, base = split_content(base)
        coefficient *= content
    value = _power_of_number(coefficient, Fraction(n))
    if value is None:
        return None
    parts = _entrywise_parts(base) if isinstance(base, Contract) else []
    if len(parts) > 1 or (parts and parts[0][0].shape != node.shape):
        powers = [power(part, node.arguments[1]) for part, _ in parts]
        rest = build.contract(powers, [own for _, own in parts], range(len(node.shape)), dict(enumerate(node.shape)))
        return build.scale(value, rest)
    return None if base is node.arguments[0] else build.scale(value, power(base, node.arguments[1]))


def _entrywise_parts(node: Contract) -> list[tuple[Node, tuple[int, ...]]]:
    """What the node is the elementwise product of, each with the places of the output it has; v and A x of v .* (A x)."""
    if len(set(node.output)) < len(node.output):
        return []
    at = {index: place for place, index in enumerate(node.output)}
    parts: list[tuple[Node, tuple[int, ...]]] = []
    for part in components(node, cut=node.output):
        own = tuple(i for i in node.output if any(i in node.indices[k] for k in part.factors))
        if not part.factors and not part.indices <= at.keys():
            return []  # a sum over nothing, a size
        if part.factors:
            lists = [node.indices[k] for k in part.factors]
            made = build.contract([node.factors[k] for k in part.factors], lists, own)
            parts.append((made, tuple(at[i] for i in own)))
    return parts


def _square_of_array(node: Node) -> Node | None:
    """The elementwise square of an array is its product with itself, so that x^T x is found in the sum of squares."""
    if not _is(node, POWER) or not node.shape or integer(node.arguments[1]) != 2 or node.arguments[0].shape != node.shape:
        return None
    return build.multiply(node.arguments[0], node.arguments[0])


def _inverse_functions(node: Node) -> Node | None:
    for outer, inner in ((EXP, LOG), (LOG, EXP)):
        if _is(node, outer) and _is(node.arguments[0], inner):
            return node.arguments[0].arguments[0]
    return None


def _known_values(node: Node) -> Node | None:
    for operation, at, value in ((EXP, 0, 1), (LOG, 1, 0)):
        if _is(node, operation) and isinstance(node.arguments[0], Constant) and node.arguments[0].value == at:
            return build.constant(value)
    return None


POWER_RULES = (
    Rule("power", _settle, "a power of a number is a number; x^1 = x, x^0 = 1"),
    Rule("power-of-power", _power_of_power, "(x^a)^n = x^(a n)"),
    Rule("power-of-product", _power_of_product, "(x y)^n = x^n y^n"),
    Rule("square-of-array", _square_of_array, "an elementwise square is the product with itself"),
    Rule("inverse-functions", _inverse_functions, "exp and log undo each other"),
    Rule("known-value", _known_values, "exp(0) = 1 and log(1) = 0"),
)
