"""Rules for selections: entries that were put somewhere and are taken from there again are where they were."""

from collections import Counter
from collections.abc import Callable

from chainrule.algebra.index import UnionFind
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, dimension
from chainrule.graph.node import Add, Apply, Contract, Node, Selection, is_block
from chainrule.graph.operation import Property
from chainrule.graph.step import Rule


def is_injective(selection: Selection) -> bool:
    """Has each place at most one entry: are the strides those of an array, in some order of its axes?"""
    waiting = dict(enumerate(zip(selection.strides, selection.shape[1:], strict=True)))
    step = dimension(1)
    while waiting:
        found = next((axis for axis, (stride, _) in waiting.items() if stride == step), None)
        if found is None:
            return False
        step = step * waiting.pop(found)[1]
    return True


def are_disjoint(one: Selection, other: Selection) -> bool:
    """Blocks of which one ends where, or before, the other begins."""
    if not (is_block(one) and is_block(other)):
        return False
    return _is_never_negative(other.offset - one.offset - one.shape[1]) or _is_never_negative(
        one.offset - other.offset - other.shape[1]
    )


def contains(outer: Selection, inner: Selection) -> bool:
    """Blocks of which the second lies in the first."""
    if not (is_block(outer) and is_block(inner)):
        return False
    behind = outer.offset + outer.shape[1] - inner.offset - inner.shape[1]
    return _is_never_negative(inner.offset - outer.offset) and _is_never_negative(behind)


def _is_never_negative(gap: Dimension) -> bool:
    return all(c > 0 for _, c in gap.terms)


def _meet(node: Node) -> Node | None:
    """Two selections at one summed index that nothing else has: the same one twice is the identity, disjoint ones are zero."""
    if not isinstance(node, Contract):
        return None
    places = [k for k, factor in enumerate(node.factors) if isinstance(factor, Selection)]
    for k in places:
        for m in places:
            found = _pair(node, k, m) if k < m else None
            if found is not None:
                return found
    return None


def _pair(node: Contract, k: int, m: int) -> Node | None:
    one, other = node.factors[k], node.factors[m]
    assert isinstance(one, Selection)
    assert isinstance(other, Selection)
    own, its = node.indices[k], node.indices[m]
    index = own[0]
    if its[0] != index or sum(o.count(index) for o in (*node.indices, node.output)) != 2:
        return None
    if are_disjoint(one, other):
        return build.zeros(node.shape)
    rest = [(f, o) for place, (f, o) in enumerate(zip(node.factors, node.indices, strict=True)) if place not in (k, m)]
    names = UnionFind()
    if one is other and is_injective(one):
        for a, b in zip(own[1:], its[1:], strict=True):
            names.unite(a, b)
    elif contains(one, other):
        rest.append((_within(one, other), (own[1], its[1])))
    elif contains(other, one):
        rest.append((_within(other, one), (its[1], own[1])))
    else:
        return None
    extents = {names.find(i): d for i, d in enumerate(node.extents) if i != index}
    lists = [[names.find(i) for i in o] for _, o in rest]
    return build.contract([f for f, _ in rest], lists, [names.find(i) for i in node.output], extents)


def _within(outer: Selection, inner: Selection) -> Node:
    """The inner block as a part of the outer one."""
    return build.selection(outer.shape[1], inner.shape[1:], inner.offset - outer.offset)


def _summed(node: Node) -> Node | None:
    """A selection summed over all places there are: each of its entries has exactly one place, so it is one."""
    if not isinstance(node, Contract):
        return None
    met = Counter(i for own in (*node.indices, node.output) for i in own)
    pairs = list(zip(node.factors, node.indices, strict=True))
    left = [(f, own) for f, own in pairs if not (isinstance(f, Selection) and met[own[0]] == 1)]
    if len(left) == len(pairs):
        return None
    gone = {own[0] for f, own in pairs if isinstance(f, Selection) and met[own[0]] == 1}
    extents = {i: d for i, d in enumerate(node.extents) if i not in gone}
    return build.contract([f for f, _ in left], [own for _, own in left], node.output, extents)


def _compose(node: Node) -> Node | None:
    """Entries taken of a block are entries of the whole, further on."""
    if not isinstance(node, Contract):
        return None
    selections = [(k, f) for k, f in enumerate(node.factors) if isinstance(f, Selection)]
    for k, block in selections:
        for m, inner in selections:
            index = node.indices[m][0]
            uses = sum(own.count(index) for own in (*node.indices, node.output))
            if k == m or not is_block(block) or node.indices[k][1] != index or uses != 2:
                continue
            made = build.selection(block.shape[0], inner.shape[1:], block.offset + inner.offset, inner.strides)
            places = [(f, own) for p, (f, own) in enumerate(zip(node.factors, node.indices, strict=True)) if p not in (k, m)]
            places.append((made, (node.indices[k][0], *node.indices[m][1:])))
            extents = {i: d for i, d in enumerate(node.extents) if i != index}
            return build.contract([f for f, _ in places], [own for _, own in places], node.output, extents)
    return None


def _unfold(node: Node) -> Node | None:
    """What was arranged and is taken apart again: [x; y] of which x is taken, vec(X) put back into its shape."""
    if not isinstance(node, Contract):
        return None
    taken = {own[0] for f, own in zip(node.factors, node.indices, strict=True) if isinstance(f, Selection)}
    for place, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        if own and own[0] in taken and isinstance(factor, Apply) and Property.ARRANGES in factor.operation.properties:
            found = _unfolded(node, place, factor)
            if found is not None:
                return found
    return None


def _unfolded(node: Contract, place: int, factor: Apply) -> Node | None:
    """The product with the definition in place of the factor, term by term, if a selection meets its like in every term."""
    rule: Callable[..., Node] | None = factor.operation.definition
    assert rule is not None
    meaning = rule(*factor.arguments)
    terms = meaning.terms if isinstance(meaning, Add) else ((1, meaning),)
    made: list[tuple[build.Exact, Node]] = []
    for coefficient, term in terms:
        if not isinstance(term, Contract):
            return None
        met = _meet(_spliced(node, place, term))
        if met is None:
            return None
        made.append((coefficient, met))
    return build.linear(made, node.shape)


def _spliced(node: Contract, place: int, term: Contract) -> Node:
    """The product with the factors of `term` in place of one factor."""
    shift = len(node.extents)
    names = UnionFind()
    for met, output in zip(node.indices[place], term.output, strict=True):
        names.unite(met, shift + output)
    factors = [(f, own) for k, (f, own) in enumerate(zip(node.factors, node.indices, strict=True)) if k != place]
    factors += [(f, tuple(shift + i for i in own)) for f, own in zip(term.factors, term.indices, strict=True)]
    extents = {names.find(i): d for i, d in enumerate((*node.extents, *term.extents))}
    lists = [[names.find(i) for i in own] for _, own in factors]
    return build.contract([f for f, _ in factors], lists, [names.find(i) for i in node.output], extents)


SELECTION_RULES = (
    Rule("each-once", _summed, "every entry is put into one place: summed over the places that is one"),
    Rule("placed-and-taken", _meet, "what is put into a place and taken from it again is what it was"),
    Rule("part-of-part", _compose, "a part of a part is a part of the whole"),
    Rule("taken-apart", _unfold, "a part of a concatenation is what was joined there"),
)
