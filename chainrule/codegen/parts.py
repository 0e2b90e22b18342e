"""Selections in products as NumPy text: a slice where entries lie side by side, else an array of positions."""

from collections.abc import Collection, Mapping, Sequence

from chainrule.codegen.expression import Expression, Precedence
from chainrule.codegen.product import Factor
from chainrule.codegen.sizes import Sizes
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Contract, Node, Selection, is_block

Taken = Mapping[int, tuple[Selection, tuple[int, ...]]]
"""A summed index, the selection that takes entries of it, and the indices over those."""

SELECTION = '''
def _selection(shape, offset, strides):
    """The array that is one where its first index is offset + sum of stride times index, zero elsewhere."""
    result = np.zeros(shape)
    at = np.indices(shape[1:])
    first = offset + sum(stride * index for stride, index in zip(strides, at))
    result[(first, *at)] = 1.0
    return result
'''


def taken(node: Contract, picked: Collection[int]) -> Taken:
    """The indices at which one selection, and no unit vector, takes entries of the other factors."""
    found: dict[int, tuple[Selection, tuple[int, ...]]] = {}
    for place, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        others = [(f, o) for k, (f, o) in enumerate(zip(node.factors, node.indices, strict=True)) if k != place]
        if not isinstance(factor, Selection) or len(set(own)) < len(own) or own[0] in node.output or own[0] in picked:
            continue
        if all(o.count(own[0]) <= (not isinstance(f, Selection)) for f, o in others):
            found[own[0]] = factor, own[1:]
    return found


def is_taken(factor: Node, own: Sequence[int], parts: Taken) -> bool:
    return isinstance(factor, Selection) and own[0] in parts and parts[own[0]] == (factor, tuple(own[1:]))


def part_of(factor: Factor, parts: Taken, sizes: Sizes) -> Factor:
    """The factor with only the entries that are taken, its indices those over them."""
    array, own = factor.array, factor.own
    if not any(i in parts for i in own):
        return factor
    for axis in reversed(range(len(own))):
        if own[axis] not in parts:
            continue
        selection, new = parts[own[axis]]
        before = ":, " * axis
        where = _slice(selection, sizes) if is_block(selection) else _positions(selection, sizes)
        array = array if where == ":" else Expression(f"{array.within(Precedence.ATOM)}[{before}{where}]")
        own = own[:axis] + new + own[axis + 1 :]
    return Factor(Expression(array.text, array.precedence, array.axes), own)


def _slice(selection: Selection, sizes: Sizes) -> str:
    total, length = selection.shape
    stop = selection.offset + length
    start = "" if selection.offset == dimension(0) else sizes.text(selection.offset).text
    return f"{start}:{'' if stop == total else sizes.text(stop).text}"


def _positions(selection: Selection, sizes: Sizes) -> str:
    """The sum of stride times range over the axes, as an open grid."""
    steps: list[str] = []
    for stride, length in zip(selection.strides, selection.shape[1:], strict=True):
        count = f"np.arange({sizes.text(length).text})"
        steps.append(count if stride.number == 1 else f"{sizes.text(stride).within(Precedence.PRODUCT)} * {count}")
    text = steps[0]
    for step in steps[1:]:
        text = f"np.add.outer({text}, {step})"
    return text if selection.offset.number == 0 else f"{sizes.text(selection.offset).within(Precedence.SUM)} + {text}"
