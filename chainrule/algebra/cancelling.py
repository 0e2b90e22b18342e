"""A rule for products merged with the products in them: (A x) ./ (A x).^2 is 1 ./ (A x), A and x being factors by themselves.

A power of a product, such as (A x).^-2, is one factor; the factors of the product itself stand loose beside it. Where all of
them are there, at the indices where the power stands, they are taken together again.
"""

from collections import Counter
from collections.abc import Iterator

from chainrule.algebra.powers import base_and_exponent, collected, integer
from chainrule.graph import build
from chainrule.graph.node import Contract, Node
from chainrule.graph.step import Rule

Factor = tuple[Node, tuple[int, ...]]
MOST_FACTORS = 8
"""Products of more factors are not looked for."""


def _together(node: Node) -> Node | None:
    """One more power of a product for its loose factors."""
    if not isinstance(node, Contract):
        return None
    factors = list(zip(node.factors, node.indices, strict=True))
    for place, (factor, own) in enumerate(factors):
        base, exponent = base_and_exponent(factor)
        times = integer(exponent)
        if times is None or times >= 0 or not _is_product(base):
            continue
        found = next(_matches(base, own, factors, node.output), None)
        if found is not None:
            rest = [each for k, each in enumerate(factors) if k not in (place, *found)]
            rest += [(f, own) for f in collected(base, times + 1)]
            gone = {i for k in found for i in factors[k][1]} - set(own)
            extents = {i: d for i, d in enumerate(node.extents) if i not in gone}
            return build.contract([f for f, _ in rest], [its for _, its in rest], node.output, extents)
    return None


def _is_product(base: Node) -> bool:
    if not isinstance(base, Contract) or not base.shape or not 1 < len(base.factors) <= MOST_FACTORS:
        return False
    used = {i for own in (*base.indices, base.output) for i in own}
    return len(set(base.output)) == len(base.output) and len(used) == len(base.extents)


def _matches(base: Node, own: tuple[int, ...], factors: list[Factor], output: tuple[int, ...]) -> Iterator[set[int]]:
    """The places of the factors of `base`, its output standing at the indices `own`; nothing else has the indices inside it."""
    assert isinstance(base, Contract)
    wanted = list(zip(base.factors, base.indices, strict=True))
    start = dict(zip(base.output, own, strict=True))
    waiting: list[tuple[int, dict[int, int], tuple[int, ...]]] = [(0, start, ())]
    uses = Counter(i for _, its in factors for i in set(its)) + Counter(set(output))
    while waiting:
        at, names, taken = waiting.pop()
        if at == len(wanted):
            inside = [names[i] for i in range(len(base.extents)) if i not in base.output and i in names]
            met = Counter(i for k in taken for i in set(factors[k][1]))
            if len(set(names.values())) == len(names) and all(uses[i] == met[i] for i in inside):
                yield set(taken)
            continue
        factor, its = wanted[at]
        for k, (other, there) in enumerate(factors):
            if other is factor and k not in taken:
                renamed = dict(names)
                if all(renamed.setdefault(i, j) == j for i, j in zip(its, there, strict=True)):
                    waiting.append((at + 1, renamed, (*taken, k)))


CANCELLING_RULES = (Rule("loose-factors", _together, "(A x) (A x)^n = (A x)^(n + 1), entry by entry"),)
