"""A contraction as scalars in front of a chain: entries are taken, its parts told apart, and each part reduced."""

from collections.abc import Mapping, Sequence

from chainrule.algebra.chain import Chain, Chains, atom
from chainrule.algebra.factor_graph import Edge, FactorGraph
from chainrule.algebra.index import UnionFind
from chainrule.algebra.scalar_print import dimension_tree, one_based
from chainrule.errors import VerificationError
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Contract, Node, Selection, Unit, Variable, is_block
from chainrule.syntax.tree import Name, Relation, Subscript, Tree

Place = tuple[Chain, tuple[int, ...]]
"""A vector or matrix and the one or two indices it stands on."""
UNIT = Name("e")
"""The letter of unit vectors, if it is free."""


def reduced(
    node: Contract, scalars: Mapping[Node, Sequence[Tree]], arrays: Mapping[Node, Chain], chains: Chains, unit: Tree
) -> tuple[list[Tree], Chain]:
    """The scalar factors, and the chain of the rest (empty for a scalar).

    scalars, arrays: the factors in print, of a scalar those of its own factors. unit: the letter of unit vectors.
    Raises VerificationError `no-matrix-form`.
    """
    if len(node.output) > 2:
        raise VerificationError("no-matrix-form", f"a product of rank {len(node.output)} is no matrix")
    front = [tree for factor in node.factors for tree in scalars.get(factor, ())]
    fixed = _fixed(node)
    parts = _parts(node, fixed)
    held = {i: one_based(position) for i, position in fixed.items()} | {i: tree for i, (tree, _) in parts.items()}
    places: list[Place] = []
    for factor, own in _arrays(node, fixed, parts):
        if isinstance(factor, Unit):  # two on one index: one where both are at the same position, else zero
            front.append(chains.inner([atom(_unit(unit, fixed[own[0]])), atom(_unit(unit, factor.position))]))
            continue
        cut = tuple(parts[i][1] if i in parts else i for i in own if i not in fixed)
        free = tuple(i for i in cut if i not in fixed)
        if len(free) > 2:
            raise VerificationError("no-matrix-form", f"an array of rank {len(free)} stands in a product")
        chain = arrays[factor] if cut == own else atom(_entry(chains.tree(arrays[factor]), own, held))
        chain = chain if free == cut else atom(_entry(chains.tree(chain), cut, held))
        if free:
            places.append((chain, free))
        else:
            front.append(chains.tree(chain))
    places += [(atom(_unit(unit, fixed[i])), (i,)) for i in dict.fromkeys(node.output) if i in fixed]
    used = {i for _, own in places for i in own} | set(node.output) | held.keys()
    front += [dimension_tree(extent) for i, extent in enumerate(node.extents) if i not in used]
    return _parted(node.output, front, places, chains)


def _fixed(node: Contract) -> dict[int, int | Variable]:
    """The indices that a unit vector holds at one position."""
    held: dict[int, int | Variable] = {}
    for factor, own in zip(node.factors, node.indices, strict=True):
        if isinstance(factor, Unit):
            held.setdefault(own[0], factor.position)
    return held


def _parts(node: Contract, fixed: Mapping[int, int | Variable]) -> dict[int, tuple[Tree, int]]:
    """The summed indices of which a selection takes one block: the range as it is written, and the index over the block."""
    found: dict[int, tuple[Tree, int]] = {}
    for factor, own in zip(node.factors, node.indices, strict=True):
        if isinstance(factor, Selection) and is_block(factor) and own[0] != own[1]:
            alone = all(own[0] not in other or other == own for other in node.indices)
            if own[0] not in node.output and own[0] not in found and own[0] not in fixed and not alone:
                found[own[0]] = block_range(factor), own[1]
    return {k: (tree, i) for k, (tree, i) in found.items() if i not in found}


def block_range(selection: Selection) -> Tree:
    """`1:m`, counted from 1, both ends in."""
    start, stop = selection.offset + dimension(1), selection.offset + selection.shape[1]
    return Relation((":",), (dimension_tree(start), dimension_tree(stop)))


def _arrays(
    node: Contract, fixed: Mapping[int, int | Variable], parts: Mapping[int, tuple[Tree, int]]
) -> list[tuple[Node, tuple[int, ...]]]:
    """The factors with axes, without the unit vectors and selections that stand in subscripts."""
    return [
        (factor, own)
        for factor, own in zip(node.factors, node.indices, strict=True)
        if own
        and not (isinstance(factor, Unit) and fixed[own[0]] == factor.position)
        and not (isinstance(factor, Selection) and own[0] in parts and parts[own[0]] == (block_range(factor), own[1]))
    ]


def _entry(tree: Tree, own: Sequence[int], held: Mapping[int, Tree]) -> Tree:
    """`x_2`, `A_{2,*}`, `A_{*,1}`, `x_{1:m}`: positions are counted from 1 in print."""
    return Subscript(tree, tuple(held.get(i, Name("*")) for i in own))


def _unit(letter: Tree, position: int | Variable) -> Tree:
    return Subscript(letter, (one_based(position),))


def _parted(output: tuple[int, ...], front: list[Tree], places: list[Place], chains: Chains) -> tuple[list[Tree], Chain]:
    """Parts that share no index with the output are scalars; the others make the chain, repeated outputs a diagonal."""
    parts = UnionFind()
    for _, own in places:
        parts.unite(own[0], own[-1])
    seen = {parts.find(i) for i in output}
    for root in sorted({parts.find(own[0]) for _, own in places} - seen):
        scalar = _graph((), [place for place in places if parts.find(place[1][0]) == root], chains).reduce()
        assert isinstance(scalar, Tree)
        front.append(scalar)
    if not output:
        return front, ()
    distinct = tuple(dict.fromkeys(output))
    chain = _graph(distinct, [place for place in places if parts.find(place[1][0]) in seen], chains).reduce()
    assert not isinstance(chain, Tree)
    return front, chain if distinct == output else chains.diag(chain)


def _graph(output: tuple[int, ...], places: Sequence[Place], chains: Chains) -> FactorGraph:
    graph = FactorGraph(chains, output, set(output))
    for chain, own in places:
        graph.indices.update(own)
        if len(own) == 1:
            graph.vectors.setdefault(own[0], []).append(chain)
        else:
            row, column = own
            graph.edges.append(Edge(row, column, chain))
    return graph
