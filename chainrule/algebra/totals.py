r"""The sum of what sums to a number: \mathbf{1}^\top softmax(z) = 1, and so is that of a mixture of what sums to one.

A quantity is looked into for its sum alone: what it is by definition holds wherever it stands. One that is differentiated by
is a variable there (`calculus/jacobian.py`), whose entries move freely.
"""

from collections.abc import Callable
from weakref import WeakKeyDictionary

from chainrule.algebra.index import uses_of, without
from chainrule.graph import build
from chainrule.graph.facts import Fact
from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Variable, postorder
from chainrule.ops.normalisation import SOFTMAX, SOFTMAX_ROWS

_found: WeakKeyDictionary[Node, Node] = WeakKeyDictionary()
"""The totals that are known, each found once."""


def total_of(root: Node) -> Node | None:
    """The sum of all entries of a vector, where it is known without its entries: a scalar; else None."""
    for node in postorder(root, into=_below):
        if node not in _found and (total := _total(node)) is not None:
            _found[node] = total
    return _found.get(root)


def _below(node: Node) -> tuple[Node, ...]:
    if node in _found or len(node.shape) != 1:
        return ()
    match node:
        case Named(body=body):
            return (body,)
        case Add(terms=terms):
            return tuple(term for _, term in terms)
        case Contract(factors=factors):
            return factors
        case _:
            return ()


def _total(node: Node) -> Node | None:
    match node:
        case _ if len(node.shape) != 1:
            return None
        case Variable(facts=facts):
            return build.constant(1) if Fact.SUM_ONE in facts else None
        case Apply(operation=operation):
            return build.constant(1) if operation is SOFTMAX else None
        case Named(body=body):
            return _found.get(body)
        case Add(terms=terms):
            totals = [(c, _found.get(term)) for c, term in terms]
            known = [(c, total) for c, total in totals if total is not None]
            return build.linear(known, ()) if len(known) == len(totals) else None
        case Contract():
            return _of_product(node)
        case _:
            return None


def _of_product(node: Contract) -> Node | None:
    """Numbers times one vector, or times ones."""
    numbers = [factor for factor in node.factors if not factor.shape]
    arrays = [(factor, own) for factor, own in zip(node.factors, node.indices, strict=True) if factor.shape]
    if not arrays and len(node.extents) == 1:
        return build.multiply(*numbers, build.size(node.shape[0]))
    if len(arrays) == 1 and arrays[0][1] == node.output and len(node.extents) == 1:
        total = _found.get(arrays[0][0])
        return None if total is None else build.multiply(*numbers, total)
    return None


def known_total(node: Node, simplify: Callable[[Node], Node]) -> Node | None:
    """The product without a vector that is summed by itself, and without a softmax of rows that is summed along them."""
    if not isinstance(node, Contract):
        return None
    uses = uses_of(node)
    for place, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        if not own or uses[own[-1]] != 1:
            continue
        if len(own) == 1:
            total = total_of(factor)
            found = None if total is None else simplify(total)
        else:
            found = build.constant(1) if isinstance(factor, Apply) and factor.operation is SOFTMAX_ROWS else None
        if isinstance(found, Constant):
            return build.scale(found.value, without(node, {place}, own[-1:]))
    return None
