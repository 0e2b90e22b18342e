"""Products of powers divided by a sum of such products, in which both may leave the range of numbers: p^a q^(-a) / sum of
p^a q^(1 - a).
"""

from collections.abc import Callable, Sequence

from chainrule.algebra.powers import base_and_exponent, integer
from chainrule.graph import build
from chainrule.graph.node import Constant, Contract, Node
from chainrule.ops.comparison import positive
from chainrule.ops.information.tilted import tilted_shares
from chainrule.ops.ratios import present

Powers = dict[Node, Node]


def found_powers(order: Sequence[Node], is_still: Callable[[Node], bool] = lambda _: False) -> dict[Node, Node]:
    """The products among the nodes with (p / q)^k, divided by the sum of p^a q^(1 - a), each with that as one operation.

    It is 0 where p is 0, also if q is, for a p that stands still.
    """
    made = {node: _divided(node, is_still) for node in order if isinstance(node, Contract)}
    return {node: found for node, found in made.items() if found is not None}


def _divided(node: Contract, is_still: Callable[[Node], bool]) -> Node | None:
    for k, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        total, exponent = base_and_exponent(factor)
        if integer(exponent) != -1 or own or not isinstance(total, Contract):
            continue
        weights = _powers_of_sum(total)
        order = _order(weights) if weights is not None else None
        found = order and _with_powers(node, k, *order, is_still)
        if found:
            return found
    return None


def _powers_of_sum(total: Contract) -> Powers | None:
    """The exponents of the vectors of which a product of powers is summed."""
    if total.output or len(total.extents) != 1 or any(own != (0,) for own in total.indices):
        return None
    return _powers(total.factors)


def _powers(factors: Sequence[Node]) -> Powers:
    """The exponents of the bases of a product entry by entry."""
    found: Powers = {}
    for factor in factors:
        base, exponent = base_and_exponent(factor)
        if isinstance(base, Contract) and base.output and all(own == base.output for own in base.indices):
            inner = {b: build.multiply(e, exponent) for b, e in _powers(base.factors).items()}
        else:
            inner = {base: exponent}
        for b, e in inner.items():
            found[b] = build.add(found[b], e) if b in found else e
    return found


def _order(powers: Powers) -> tuple[Node, Node, Node] | None:
    """(p, q, a) of p^a q^(1 - a)."""
    if len(powers) != 2:
        return None
    (p, a), (q, b) = powers.items()
    if isinstance(a, Constant) and a.value < 0:
        (p, a), (q, b) = (q, b), (p, a)
    return (p, q, a) if build.add(a, b) is build.NUMBER_ONE and not a.shape else None


def _with_powers(node: Contract, place: int, p: Node, q: Node, order: Node, is_still: Callable[[Node], bool]) -> Node | None:
    taken: list[int] = []
    for k, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        if k != place and own and len(own) == 1 and set(_powers([factor])) <= {p, q}:
            taken.append(k)
    if not taken or len({node.indices[k] for k in taken}) != 1:
        return None
    powers = _powers([node.factors[k] for k in taken])
    none = build.constant(0)
    above = powers.get(p, none)
    if not build.is_zero(build.add(above, powers.get(q, none))):
        return None
    found = tilted_shares(p, q, above, order)
    if is_still(p) and isinstance(above, Constant) and above.value > 0:
        found = present(positive(p), found)
    rest = [k for k in range(len(node.factors)) if k not in (place, *taken)]
    factors = [found, *(node.factors[k] for k in rest)]
    indices = [node.indices[taken[0]], *(node.indices[k] for k in rest)]
    return build.contract(factors, indices, node.output, dict(enumerate(node.extents)))
