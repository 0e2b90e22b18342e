"""A term computed for every value of some indices at once: each node gets an axis in front for every index it depends on.

So a formula about one element, `w^T x_i - y_i`, becomes the same formula about the whole array, `X w - y`, and a sum over
the index is a sum over an axis. Products and sums take the axes along; operations entry by entry work on them as they are;
any other operation goes through its definition, or, where it has none and the axes have known lengths, element by element.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from chainrule.errors import ShapeError
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, Shape
from chainrule.graph.node import Add, Apply, Contract, Node, Stack, operands, postorder
from chainrule.graph.walk import rebuild

MOST_ELEMENTS = 64
"""An operation without a definition is written out for up to so many elements."""

Indices = tuple[Hashable, ...]


@dataclass(frozen=True)
class Mapped:
    """(indices..., element...): the elements at all values of the indices; without indices the element itself."""

    node: Node
    indices: Indices = ()

    @property
    def element(self) -> Shape:
        """The shape of one element."""
        return self.node.shape[len(self.indices) :]


def map_over(root: Node, elements: Mapping[Node, Mapped]) -> Mapped:
    """The root for every value of the indices, where `elements` says what the nodes in it stand for.

    Nothing is looked for below a node of `elements`. Raises ShapeError `no-mapping` for an operation without a definition.
    """
    made: dict[Node, Mapped] = {}
    for node in postorder(root, into=lambda node: () if node in elements else operands(node)):
        if node in elements:
            made[node] = elements[node]
            continue
        below = [made[operand] for operand in operands(node)]
        if any(each.indices for each in below):
            made[node] = _mapped(node, below)
        else:
            held = all(each.node is operand for each, operand in zip(below, operands(node), strict=True))
            made[node] = Mapped(node if held else rebuild(node, tuple(each.node for each in below)))
    return made[root]


def _mapped(node: Node, below: Sequence[Mapped]) -> Mapped:
    indices = _union(below)
    match node:
        case Contract():
            number = {index: len(node.extents) + k for k, index in enumerate(indices)}
            lists = [(*(number[i] for i in b.indices), *own) for b, own in zip(below, node.indices, strict=True)]
            output = (*number.values(), *node.output)
            return Mapped(build.contract([b.node for b in below], lists, output, dict(enumerate(node.extents))), indices)
        case Add(terms=terms):
            spread = _aligned(below, indices)
            return Mapped(build.add(*(build.scale(c, n) for (c, _), n in zip(terms, spread, strict=True))), indices)
        case Stack():
            stacked = build.stack(_aligned(below, indices))
            return Mapped(_first_axis_behind(stacked, len(indices)), indices)
        case Apply(operation=operation) if operation.elementwise:
            return _entry_by_entry(node, below, indices)
        case Apply():
            return _by_definition(node, below, indices)
        case _:
            raise TypeError(f"a {type(node).__name__} has no operands to map")


def _union(parts: Iterable[Mapped]) -> Indices:
    return tuple(dict.fromkeys(index for part in parts for index in part.indices))


def _lengths(parts: Iterable[Mapped]) -> dict[Hashable, Dimension]:
    return {index: length for part in parts for index, length in zip(part.indices, part.node.shape, strict=False)}


def _aligned(parts: Sequence[Mapped], indices: Indices) -> list[Node]:
    """The parts with an axis for each of the indices, in this order."""
    lengths = _lengths(parts)
    front = tuple(lengths[index] for index in indices)
    return [_spread(part, indices, front) for part in parts]


def _spread(part: Mapped, indices: Indices, front: Shape) -> Node:
    axes = [indices.index(index) for index in part.indices]
    own = range(len(indices), len(indices) + len(part.element))
    return build.broadcast(part.node, (*front, *part.element), [*axes, *own])


def _first_axis_behind(node: Node, count: int) -> Node:
    """The first axis moved behind the next `count`."""
    axes = range(len(node.shape))
    return build.contract([node], [axes], [*axes[1 : count + 1], 0, *axes[count + 1 :]])


def _entry_by_entry(node: Apply, below: Sequence[Mapped], indices: Indices) -> Mapped:
    """Scalars beside arrays are repeated, so that all arguments have one shape; numbers stay numbers."""
    lengths = _lengths(below)
    front = tuple(lengths[index] for index in indices)
    arguments: list[Node] = []
    for part in below:
        if not part.node.shape:
            arguments.append(part.node)
            continue
        spread = _spread(part, indices, front)
        if not part.element and node.shape:
            spread = build.broadcast(spread, (*front, *node.shape), range(len(front)))
        arguments.append(spread)
    return Mapped(build.apply(node.operation, *arguments), indices)


def _by_definition(node: Apply, below: Sequence[Mapped], indices: Indices) -> Mapped:
    if node.operation.definition is None:
        return _element_by_element(node, below, indices)
    stand_ins = [build.variable(f"element {k}", argument.shape) for k, argument in enumerate(node.arguments)]
    definition = cast("Callable[..., Node]", node.operation.definition)
    body = build.lift(definition(*stand_ins), node.shape)
    # As deep as definitions are nested, which no person's text decides.
    return map_over(body, dict(zip(stand_ins, below, strict=True)))


def _element_by_element(node: Apply, below: Sequence[Mapped], indices: Indices) -> Mapped:
    first, rest = indices[0], indices[1:]
    length = _lengths(below)[first].number
    if length is None or not 0 < length <= MOST_ELEMENTS:
        message = f"{node.operation.name} cannot be computed for a whole axis of elements whose number is not known"
        raise ShapeError("no-mapping", message, hint="give the upper end of the sum a number")
    items = [_at(node, below, first, k, rest) for k in range(length)]
    return Mapped(build.stack(_aligned(items, rest)), indices)


def _at(node: Apply, below: Sequence[Mapped], index: Hashable, position: int, rest: Indices) -> Mapped:
    """The operation at one value of an index, for every value of the other ones."""
    parts = [_picked(part, index, position) for part in below]
    if rest:
        return _element_by_element(node, parts, rest)
    return Mapped(build.apply(node.operation, *(part.node for part in parts)))


def _picked(part: Mapped, index: Hashable, position: int) -> Mapped:
    if index not in part.indices:
        return part
    axis = part.indices.index(index)
    return Mapped(build.entry(part.node, position, axis), part.indices[:axis] + part.indices[axis + 1 :])
