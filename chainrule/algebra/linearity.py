"""Rules for operations that are linear in some arguments, and for derivatives of functions of matrices along directions."""

from chainrule.algebra.index import held, product_of, reached_from, with_product
from chainrule.algebra.key import key
from chainrule.algebra.transposes import untransposed
from chainrule.graph import build
from chainrule.graph.node import Apply, Contract, Node
from chainrule.graph.operation import Property
from chainrule.graph.step import Rule
from chainrule.ops.matrix_functions import directions_of, has_all_directions, with_commuting_direction


def _vanish(node: Node) -> Node | None:
    """Zero where one of the arguments is zero, or, of what is linear in all of them together, where all are."""
    if not isinstance(node, Apply):
        return None
    zero = [build.is_zero(argument) for argument in node.arguments]
    each = Property.MULTILINEAR in node.operation.properties and any(zero)
    together = Property.LINEAR in node.operation.properties and all(zero)
    along = any(build.is_zero(direction) for direction in directions_of(node))
    return build.zeros(node.shape) if each or together or along else None


def _scaled(node: Node) -> Node | None:
    """c f'(X, E) for f'(X, c E)."""
    directions = directions_of(node)
    split = [_apart(direction) for direction in directions]
    if not isinstance(node, Apply) or all(new is old for (_, new), old in zip(split, directions, strict=True)):
        return None
    made = build.apply(node.operation, node.arguments[0], *(matrix for _, matrix in split))
    return build.multiply(*(scalar for scalar, _ in split), made)


def _by_trace(node: Node) -> Node | None:
    """<M f'(X^T), E> for <M, f'(X, E)> where M commutes with X^T."""
    if not isinstance(node, Contract):
        return None
    for k, factor in enumerate(node.factors):
        directions = directions_of(factor)
        own = node.indices[k]
        if len(directions) != 1 or not isinstance(factor, Apply) or own[0] == own[1]:
            continue
        places = held(node, own, (k,))
        if places is None or reached_from(node, places, own) & set(node.output):
            continue
        across = build.transpose(factor.arguments[0])
        turned = with_commuting_direction(build.apply(factor.operation, across, product_of(node, places, own)))
        if turned is not None:
            inner = build.inner(turned, directions[0])
            return with_product(node, {k, *places}, inner, (), set(own))
    return None


def _apart(direction: Node) -> tuple[Node, Node]:
    """The numbers before a matrix, as one scalar, and the matrix."""
    coefficient, rest = build.split_coefficient(direction)
    scalars = [f for f in rest.factors if not f.shape] if isinstance(rest, Contract) else []
    if isinstance(rest, Contract) and scalars:
        places = [k for k, f in enumerate(rest.factors) if f.shape]
        factors, indices = [rest.factors[k] for k in places], [rest.indices[k] for k in places]
        rest = build.contract(factors, indices, rest.output, dict(enumerate(rest.extents)))
    return build.multiply(build.constant(coefficient), *scalars), rest


def _by_adjoint(node: Node) -> Node | None:
    """<U, f'(X, E)> is <f'(X^T, U), E>: of the array of all derivatives at X^T the first two pairs of axes change places, and
    in each of the others both axes."""
    if not isinstance(node, Apply) or not has_all_directions(node):
        return None
    matrix = untransposed(node.arguments[0])
    if matrix is None:
        return None
    made = build.apply(node.operation, matrix)
    rest = [axis for k in range(4, len(node.shape), 2) for axis in (k + 1, k)]
    return build.contract([made], [(2, 3, 0, 1, *rest)], range(len(node.shape)))


def _in_order(node: Node) -> Node | None:
    """The order of differentiation is of no account."""
    directions = directions_of(node)
    ordered = sorted(directions, key=key)
    if not isinstance(node, Apply) or all(a is b for a, b in zip(directions, ordered, strict=True)):
        return None
    return build.apply(node.operation, node.arguments[0], *ordered)


TRACE_RULES = (Rule("adjoint-of-commuting", _by_trace, "<M, f'(X, E)> is <f'(X^T, M), E>, and M commutes with X^T"),)
LINEARITY_RULES = (
    Rule("linear-of-zero", _vanish, "what is linear is zero at zero"),
    Rule("commuting-direction", with_commuting_direction, "where X and E commute, f'(X, E) is f'(X) E as for numbers"),
    Rule("linear-in-direction", _scaled, "a derivative along a direction is linear in it"),
    Rule("adjoint", _by_adjoint, "the derivative at the transpose is the adjoint of the derivative"),
    Rule("directions-in-order", _in_order, ""),
)
