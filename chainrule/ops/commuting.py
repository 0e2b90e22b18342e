"""Which square matrices commute because both are made of one: its multiples, sums of its powers, its series, the identity."""

from chainrule.graph.node import Add, Apply, Contract, Named, Node
from chainrule.graph.operation import Property

Oriented = tuple[Node, bool]
"""A matrix, and whether it is transposed."""


def commutes(one: Node, other: Node) -> bool:
    """Whether (n, n) and (n, n) commute, as far as the way they are made shows it."""
    bases = (_without_scalars(other), _without_scalars(one), None)
    return any(len(_made_of(one, base) | _made_of(other, base)) <= 1 for base in bases)


def _made_of(matrix: Node, base: Oriented | None) -> set[Oriented]:
    """The matrices that a matrix is a sum of products of series of, not looking below `base`. Ends with the second one."""
    found: set[Oriented] = set()
    seen: set[Oriented] = set()
    waiting: list[Oriented] = [(matrix, False)]
    while waiting and len(found) < 2:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        parts = None if here == base else _parts(here)
        if parts is None:
            found.add(here)
        else:
            waiting.extend(parts)
    return found


def _parts(whole: Oriented) -> list[Oriented] | None:
    """The matrices that commute with all that the whole commutes with, and of which it is made; None: of nothing else."""
    node, turned = whole
    match node:
        case Named(body=body):
            return [(body, turned)]
        case Add(terms=terms):
            return [(term, turned) for _, term in terms]
        case Apply(operation=operation, arguments=(argument,)) if Property.SERIES in operation.properties:
            return [(argument, turned)]
        case Contract():
            links = _links(node)
            return None if links is None else [(matrix, turned != across) for matrix, across in links]
        case _:
            return None


def _links(node: Contract) -> list[Oriented] | None:
    """The factors of a matrix product, numbers before it left out; None where the node is no such product."""
    if len(node.output) != 2:
        return None
    at, end = node.output
    links: list[Oriented] = []
    came: int | None = None
    while at != end or not links:
        uses = [k for k, own in enumerate(node.indices) if at in own and k != came]
        if not uses and at == end:
            return links
        if len(uses) != 1 or len(node.indices[uses[0]]) != 2 or node.indices[uses[0]].count(at) != 1:
            return None
        (came,) = uses
        own = node.indices[came]
        links.append((node.factors[came], own[1] == at))
        at = own[0] if own[1] == at else own[1]
        if at in node.output and at != end:
            return None
    return links if sum(own.count(end) for own in node.indices) == 1 and node.output[0] != end else None


def _without_scalars(matrix: Node) -> Oriented:
    """The matrix of which another is a multiple, or the transpose of one."""
    node, turned = matrix, False
    while True:
        if isinstance(node, Named):
            node = node.body
            continue
        parts = _parts((node, turned)) if isinstance(node, Add | Contract) else None
        if parts is None or len(parts) != 1:
            return node, turned
        ((node, turned),) = parts
