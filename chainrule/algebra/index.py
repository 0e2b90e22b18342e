"""Indices of a contraction: renaming them to one another, and the parts they hold together."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from chainrule.graph import build
from chainrule.graph.node import Contract, Node


class UnionFind:
    """Integers, some of them declared equal; the least of those that are equal stands for all."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def find(self, item: int) -> int:
        root = item
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(item, item)) != root:
            self._parent[item], item = root, above
        return root

    def unite(self, one: int, other: int) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self._parent[high] = low


@dataclass(frozen=True)
class Component:
    """Factors (by their places) that share indices, directly or through one another, and those indices."""

    factors: tuple[int, ...]
    indices: frozenset[int]


def components(node: Contract, cut: Collection[int] = ()) -> list[Component]:
    """The connected parts of the factor graph; an index that no factor carries is a part by itself, and so is one in `cut`."""
    names = UnionFind()
    first = len(node.extents)
    for place, own in enumerate(node.indices):
        for index in own:
            if index not in cut:
                names.unite(index, first + place)
    factors: dict[int, list[int]] = {}
    indices: dict[int, set[int]] = {}
    for place in range(len(node.factors)):
        factors.setdefault(names.find(first + place), []).append(place)
    for index in range(first):
        indices.setdefault(names.find(index), set()).add(index)
    roots = dict.fromkeys([*factors, *indices])
    return [Component(tuple(factors.get(r, ())), frozenset(indices.get(r, ()))) for r in roots]


def uses_of(node: Contract) -> Counter[int]:
    """How often each index occurs in the factors and in the output."""
    return Counter(i for own in (*node.indices, node.output) for i in own)


def without(node: Contract, places: set[int], gone: tuple[int, ...]) -> Node:
    """The contraction without these factors and the indices of theirs."""
    kept = [k for k in range(len(node.factors)) if k not in places]
    extents = {i: d for i, d in enumerate(node.extents) if i not in gone}
    return build.contract([node.factors[k] for k in kept], [node.indices[k] for k in kept], node.output, extents)


def joined(node: Contract, gone: set[int], ends: tuple[int, int], between: int) -> Node:
    """The contraction without the factors at places `gone` and the index between them, their outer indices made one."""
    names = UnionFind()
    names.unite(*ends)
    kept = [k for k in range(len(node.factors)) if k not in gone]
    indices = [[names.find(i) for i in node.indices[k]] for k in kept]
    extents = {names.find(i): d for i, d in enumerate(node.extents) if i != between}
    return build.contract([node.factors[k] for k in kept], indices, [names.find(i) for i in node.output], extents)


def held(node: Contract, ends: Collection[int], without: Collection[int]) -> tuple[int, ...] | None:
    """The places of the factors that indices hold together, some left out; None where one of those left out is met again."""
    reached, places = set(ends), set[int]()
    while True:
        more = {k for k, own in enumerate(node.indices) if k not in {*places, *without} and reached & set(own)}
        if not more:
            met = sum(len(reached & set(node.indices[k])) for k in without)
            return tuple(sorted(places)) if met == len(ends) else None
        places |= more
        reached |= {i for k in more for i in node.indices[k]}


def reached_from(node: Contract, places: Collection[int], ends: Collection[int]) -> set[int]:
    return {*ends, *(i for k in places for i in node.indices[k])}


def product_of(node: Contract, places: Collection[int], output: tuple[int, ...]) -> Node:
    """The product of the factors at these places."""
    reached = reached_from(node, places, output)
    extents = {i: d for i, d in enumerate(node.extents) if i in reached}
    return build.contract([node.factors[k] for k in places], [node.indices[k] for k in places], output, extents)


def with_product(node: Contract, gone: set[int], made: Node, indices: tuple[int, ...], inside: set[int]) -> Node:
    """The product with one factor in the place of several; `inside`: indices that are gone with them."""
    inside = inside | (
        reached_from(node, gone, ()) - set(indices) - set(node.output) - reached_from(node, _others(node, gone), ())
    )
    kept = _others(node, gone)
    extents = {i: d for i, d in enumerate(node.extents) if i not in inside}
    factors, lists = [node.factors[k] for k in kept], [node.indices[k] for k in kept]
    return build.contract([*factors, made], [*lists, indices], node.output, extents)


def _others(node: Contract, gone: set[int]) -> list[int]:
    return [k for k in range(len(node.factors)) if k not in gone]
