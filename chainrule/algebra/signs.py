"""Signs and common numbers of sums: 2 a - 2 b is 2 (a - b), and -(a - b) is b - a."""

from fractions import Fraction
from math import gcd

from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Node
from chainrule.ops.arithmetic import POWER


def split_content(total: Add) -> tuple[Fraction, Node]:
    """(c, s) with total = c s: the common size or integer divisor of the coefficients, and a minus that all of them share."""
    coefficients = [c for c, _ in total.terms]
    sizes = {abs(c) for c in coefficients}
    content = Fraction(1)
    if len(sizes) == 1:
        content = sizes.pop()
    elif all(c.denominator == 1 for c in coefficients):
        content = Fraction(gcd(*(c.numerator for c in coefficients)))
    if coefficients and all(c < 0 for c in coefficients):
        content = -content
    if content in (0, 1):
        return Fraction(1), total
    return content, build.linear(((c / content, n) for c, n in total.terms), total.shape)


def negated(node: Node) -> Node:
    """Minus the node, a sum term by term."""
    return build.linear(((-c, n) for c, n in node.terms), node.shape) if isinstance(node, Add) else build.scale(-1, node)


def flipped(node: Node) -> Node | None:
    """Minus the node, where turning one difference in it round says that: x (a - b) gives x (b - a)."""
    match node:
        case Add(terms=terms) if any(c > 0 for c, _ in terms) and any(c < 0 for c, _ in terms):
            return build.linear(((-c, n) for c, n in terms), node.shape)
        case Apply(operation=operation, arguments=(base, Constant(value=n))) if operation is POWER and n % 2 == 1:
            turned = flipped(base)
            return None if turned is None else build.apply(operation, turned, node.arguments[1])
        case Contract(factors=factors):
            return _with_factor_flipped(node, factors)
        case _:
            return None


def _with_factor_flipped(node: Contract, factors: tuple[Node, ...]) -> Node | None:
    for i, factor in enumerate(factors):
        # One of two equal differences is not turned: (a - b) (a - b)^T is a square.
        if isinstance(factor, Contract) or factors.count(factor) > 1:
            continue
        turned = flipped(factor)
        if turned is not None:
            new = [*factors[:i], turned, *factors[i + 1 :]]
            return build.contract(new, node.indices, node.output, dict(enumerate(node.extents)))
    return None
