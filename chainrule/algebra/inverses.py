"""Rules for inverses: a number comes out, and (A X B)^{-1} is B^{-1} X^{-1} A^{-1} where that makes a product shorter."""

from collections import Counter
from collections.abc import Callable
from typing import TypeGuard

from chainrule.algebra.index import components
from chainrule.algebra.length import length
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Contract, Node
from chainrule.graph.operation import Property
from chainrule.graph.step import Rule
from chainrule.ops.arithmetic import power


def _number_out(node: Node) -> Node | None:
    """(2 X)^{-1} is X^{-1}/2."""
    if not _is_inverse(node):
        return None
    (argument,) = node.arguments
    if isinstance(argument, Add) and len(argument.terms) == 1:
        ((c, inside),) = argument.terms
        return build.scale(1 / c, build.apply(node.operation, inside))
    return None


def _scalars_out(node: Node) -> Node | None:
    """(s X)^{-1} is X^{-1}/s, and of the identity the identity."""
    if not _is_inverse(node) or not isinstance(argument := node.arguments[0], Contract):
        return None
    scalars = [factor for factor in argument.factors if not factor.shape]
    held = [(factor, own) for factor, own in zip(argument.factors, argument.indices, strict=True) if factor.shape]
    identity = not held and argument.output == (0, 0)
    if not identity and (not scalars or not held):
        return None
    extents = dict(enumerate(argument.extents))
    inside = build.contract([f for f, _ in held], [own for _, own in held], argument.output, extents)
    return build.multiply(
        *(power(scalar, -1) for scalar in scalars), inside if identity else build.apply(node.operation, inside)
    )


def _is_inverse(node: Node) -> TypeGuard[Apply]:
    return isinstance(node, Apply) and Property.RECIPROCAL in node.operation.properties


def taken_apart(node: Node, simplify: Callable[[Node], Node]) -> Node | None:
    """The product with an inverse of a product of square matrices in it as a product of inverses, if that is shorter."""
    if not isinstance(node, Contract):
        return None
    for place, factor in enumerate(node.factors):
        if _is_inverse(factor) and (inside := _product_of_inverses(factor)) is not None:
            factors = [*node.factors[:place], inside, *node.factors[place + 1 :]]
            made = simplify(build.contract(factors, node.indices, node.output, dict(enumerate(node.extents))))
            if length(made) < length(node):
                return made
    return None


def _product_of_inverses(node: Apply) -> Node | None:
    """B^{-1} A^{-1} of (A B)^{-1}: every matrix inverted and the other way round, scalars under one; else None."""
    (argument,) = node.arguments
    if not isinstance(argument, Contract) or not argument.factors:
        return None
    met = Counter(i for own in (*argument.indices, argument.output) for i in own)
    if any(count != 2 for count in met.values()) or len(set(argument.extents)) > 1:
        return None
    if any(len(own) not in (0, 2) for own in argument.indices):
        return None
    if any(part.indices and not part.indices & set(argument.output) for part in components(argument)):
        return None  # a trace
    factors = [build.apply(node.operation, f) if f.shape else power(f, -1) for f in argument.factors]
    lists = [own[::-1] for own in argument.indices]
    return build.contract(factors, lists, argument.output[::-1], dict(enumerate(argument.extents)))


INVERSE_RULES = (
    Rule("number-out-of-inverse", _number_out, "(c X)^(-1) = X^(-1) / c"),
    Rule("scalar-out-of-inverse", _scalars_out, "(s X)^(-1) = X^(-1) / s, I^(-1) = I"),
)
