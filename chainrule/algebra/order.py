"""The order of the factors of a contraction: the same for equal contractions, however they were written.

Factors that are different nodes are ordered by their keys. Equal factors are told apart by what their indices meet
(colour refinement of the factor graph); where that leaves a choice, every choice is tried and the least result taken.
"""

from hashlib import blake2b

from chainrule.algebra.key import key
from chainrule.graph import build
from chainrule.graph.node import Contract, Node

CHOICES = 64
"""Orders compared at most; a product with more symmetric places than that keeps the least of the first ones."""


def ordered(node: Node) -> Node:
    """The same contraction with its factors in order; any other node as it is."""
    if not isinstance(node, Contract) or len(node.factors) < 2:
        return node
    colours = [key(factor) for factor in node.factors]
    if len(set(colours)) == len(colours):
        return _permuted(node, colours)
    waiting = [_refined(node, colours)]
    best: tuple[object, Node] | None = None
    leaves = 0
    while waiting and leaves < CHOICES:
        colours = waiting.pop()
        tied = _first_tie(colours)
        if tied:
            waiting.extend(_refined(node, _marked(colours, place)) for place in reversed(tied))
            continue
        leaves += 1
        made = _permuted(node, colours)
        encoding = (made.indices, made.output)
        if best is None or encoding < best[0]:  # pyright: ignore[reportOperatorIssue]
            best = encoding, made
    assert best is not None
    return best[1]


def _permuted(node: Contract, colours: list[bytes]) -> Contract:
    order = sorted(range(len(colours)), key=colours.__getitem__)
    made = build.contract(
        [node.factors[i] for i in order],
        [node.indices[i] for i in order],
        node.output,
        dict(enumerate(node.extents)),
    )
    assert isinstance(made, Contract)
    return made


def _refined(node: Contract, colours: list[bytes]) -> list[bytes]:
    """Factor colours, each round made of the colours of the neighbours; the old colour leads, so the order is kept."""
    names = [_hash([str(d), *(str(p) for p, o in enumerate(node.output) if o == i)]) for i, d in enumerate(node.extents)]
    classes = len(set(colours))
    while True:
        meets: list[list[bytes]] = [[] for _ in node.extents]
        for colour, own in zip(colours, node.indices, strict=True):
            for position, index in enumerate(own):
                meets[index].append(colour + bytes([position]))
        names = [_hash([name, *sorted(met)]) for name, met in zip(names, meets, strict=True)]
        colours = [
            colour[:16] + _hash([colour, *(names[i] for i in own)]) for colour, own in zip(colours, node.indices, strict=True)
        ]
        if len(set(colours)) == classes:
            return colours
        classes = len(set(colours))


def _hash(parts: list[bytes | str] | list[bytes] | list[str]) -> bytes:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode())
        digest.update(b"|")
    return digest.digest()


def _first_tie(colours: list[bytes]) -> list[int]:
    """The places of the least colour that several factors have."""
    for colour in sorted(set(colours)):
        places = [i for i, c in enumerate(colours) if c == colour]
        if len(places) > 1:
            return places
    return []


def _marked(colours: list[bytes], place: int) -> list[bytes]:
    return [colour + b"!" if i == place else colour for i, colour in enumerate(colours)]
