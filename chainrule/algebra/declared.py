r"""Rules that use what was declared of a variable: t sums to one, u has norm one, W^\top W is the identity.

That a declared symmetric matrix is its own transpose is known to `algebra/symmetry.py`. Each rule takes factors away. They hold
only where the facts do, so nothing may be differentiated after them.
"""

from itertools import combinations

from chainrule.algebra.index import joined, uses_of, without
from chainrule.graph import build
from chainrule.graph.facts import COLUMNS, ROWS, Fact
from chainrule.graph.node import Apply, Contract, Node, Variable
from chainrule.graph.operation import Property
from chainrule.graph.step import Rule
from chainrule.ops.reduction import NORM, SQUARED_NORM


def _has(node: Node, facts: frozenset[Fact]) -> bool:
    return isinstance(node, Variable) and bool(node.facts & facts)


def _sum(node: Node) -> Node | None:
    """The sum of all entries of t, by itself or as a factor, is 1."""
    if not isinstance(node, Contract):
        return None
    uses = uses_of(node)
    for place, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        if _has(factor, frozenset({Fact.SUM_ONE})) and all(uses[i] == 1 for i in own):
            return without(node, {place}, own)
    return None


def _norm(node: Node) -> Node | None:
    """The sum of the squares of all entries of u, by itself or as a factor, is 1."""
    if not isinstance(node, Contract):
        return None
    uses, seen = uses_of(node), dict[tuple[Node, tuple[int, ...]], int]()
    for place, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        if not (_has(factor, frozenset({Fact.UNIT_NORM})) and all(uses[i] == 2 for i in own) and len(set(own)) == len(own)):
            continue
        if (factor, own) in seen:
            return without(node, {seen[factor, own], place}, own)
        seen[factor, own] = place
    return None


def _norm_of(node: Node) -> Node | None:
    """The norm of u, and its square."""
    if isinstance(node, Apply) and node.operation in (NORM, SQUARED_NORM):
        return build.constant(1) if _has(node.arguments[0], frozenset({Fact.UNIT_NORM})) else None
    return None


def _orthonormal(node: Node) -> Node | None:
    r"""W^\top W, and W W^\top, is the identity: the two leave, and the indices at their ends are one."""
    if not isinstance(node, Contract):
        return None
    places = [k for k, factor in enumerate(node.factors) if _has(factor, COLUMNS | ROWS)]
    uses = uses_of(node)
    for one, other in combinations(places, 2):
        left, right = node.indices[one], node.indices[other]
        if node.factors[one] is not node.factors[other]:
            continue
        for side, facts in enumerate((COLUMNS, ROWS)):
            between = left[side]
            if between == right[side] and uses[between] == 2 and _has(node.factors[one], facts):
                return joined(node, {one, other}, (left[1 - side], right[1 - side]), between)
    return None


def _inverse(node: Node) -> Node | None:
    r"""W^{-1} is W^\top."""
    if isinstance(node, Apply) and Property.RECIPROCAL in node.operation.properties:
        return build.transpose(node.arguments[0]) if _has(node.arguments[0], frozenset({Fact.ORTHOGONAL})) else None
    return None


DECLARED_PRODUCTS = (
    Rule("declared-sum", _sum, "the entries sum to one"),
    Rule("declared-norm", _norm, "the squares of the entries sum to one"),
    Rule("declared-orthonormal", _orthonormal, "the transpose undoes the matrix"),
)
DECLARED_FUNCTIONS = (
    Rule("declared-norm", _norm_of, "the norm is one"),
    Rule("declared-inverse", _inverse, "the inverse of an orthogonal matrix is its transpose"),
)
