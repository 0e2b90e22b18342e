"""The functions that make nodes. Each keeps what is plain from the arguments plain: zeros vanish, a product with one factor
is that factor, coefficients move to the front. What needs looking deeper belongs to `algebra/`.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from chainrule.errors import ShapeError
from chainrule.graph.dimension import Dimension, DimensionClash, Shape, clash, dimension, shape_text
from chainrule.graph.facts import NO_FACTS, Fact
from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Selection, Size, Stack, Unit, Variable, intern
from chainrule.graph.operation import Operation
from chainrule.graph.signature import result_shape
from chainrule.syntax.tree import Name, Tree

Exact = int | Fraction

ONE = Fraction(1)
MINUS_ONE = Fraction(-1)


def _fraction(value: Exact) -> Fraction:
    """The number as a Fraction; the usual ones are not made anew, which is most of the time of a long chain."""
    if isinstance(value, Fraction):
        return value
    return ONE if value == 1 else MINUS_ONE if value == -1 else Fraction(value)


def variable(symbol: Tree | str, shape: Iterable[Dimension | int | str] = (), facts: frozenset[Fact] = NO_FACTS) -> Variable:
    """An input; a plain string is a symbol of one name."""
    tree = Name(symbol) if isinstance(symbol, str) else symbol
    return intern(Variable, tuple(dimension(d) for d in shape), tree, facts)


def constant(value: Exact) -> Constant:
    return intern(Constant, (), _fraction(value))


LONGEST_COEFFICIENT = 2**64
NUMBER_ONE = constant(1)


def named(symbol: Tree | str, body: Node) -> Named:
    return intern(Named, body.shape, Name(symbol) if isinstance(symbol, str) else symbol, body)


def size(value: Dimension | int | str) -> Node:
    """A dimension as a scalar; a constant where the dimension is a number."""
    known = dimension(value)
    return intern(Size, (), known) if known.number is None else constant(known.number)


def unit(position: int | Node, length: Dimension | int | str) -> Unit:
    """e_k of that length: a number is counted from 0, a scalar variable and a constant from 1.

    Raises ShapeError `no-such-entry` for a constant that counts nothing, and for any other node.
    """
    if isinstance(position, Constant) and position.value.denominator == 1 and position.value >= 1:
        position = int(position.value) - 1
    if isinstance(position, Node) and (position.shape or not isinstance(position, Variable)):
        said = f" {position.value}" if isinstance(position, Constant) else " with a position that is computed"
        raise ShapeError("no-such-entry", f"entries are counted from 1; there is no entry{said}")
    return intern(Unit, (dimension(length),), position)


def zeros(shape: Shape) -> Node:
    return intern(Add, shape, ()) if shape else constant(0)


def ones(shape: Shape) -> Node:
    return broadcast(constant(1), shape, ())


def is_zero(node: Node) -> bool:
    return (isinstance(node, Add) and not node.terms) or (isinstance(node, Constant) and node.value == 0)


def linear(terms: Iterable[tuple[Exact, Node]], shape: Shape) -> Node:
    """The sum of coefficient times node, all of `shape`; equal nodes are collected, in order of first appearance."""
    totals: dict[Node, Exact] = {}
    for coefficient, node in terms:
        if node.shape != shape:
            raise clash("sum-shapes", f"cannot add {shape_text(node.shape)} to {shape_text(shape)}", shape, node.shape)
        inside, node = split_coefficient(node)
        if inside is not ONE:
            coefficient = coefficient * inside
        if node in totals:
            totals[node] += coefficient
        elif not is_zero(node):
            totals[node] = coefficient
    kept = tuple([(_fraction(c), n) for n, c in totals.items() if c])
    if not kept:
        return zeros(shape)
    if len(kept) == 1 and (kept[0][0] == 1 or isinstance(kept[0][1], Constant)):
        return kept[0][1] if kept[0][0] == 1 else constant(kept[0][0])
    return intern(Add, shape, kept)


def add(*nodes: Node) -> Node:
    """The sum. Scalars are broadcast to the shape of the others."""
    shape = common_shape(nodes)
    return linear(((1, lift(node, shape)) for node in nodes), shape)


def subtract(left: Node, right: Node) -> Node:
    return add(left, scale(-1, right))


def scale(coefficient: Exact, node: Node) -> Node:
    return linear([(coefficient, node)], node.shape)


def split_coefficient(node: Node) -> tuple[Fraction, Node]:
    """(c, n) with node = c n; a number is (number, 1).

    A coefficient of many digits stays where it is: along a deep chain the product of all of them would leave the range of
    double precision, although the values do not.
    """
    if isinstance(node, Constant):
        return node.value, NUMBER_ONE
    if isinstance(node, Add) and len(node.terms) == 1 and _is_short(node.terms[0][0]):
        return node.terms[0]
    return ONE, node


def _is_short(coefficient: Fraction) -> bool:
    return max(abs(coefficient.numerator), coefficient.denominator) < LONGEST_COEFFICIENT


def contract(
    factors: Sequence[Node],
    indices: Sequence[Sequence[int]],
    output: Sequence[int],
    extents: dict[int, Dimension] | None = None,
) -> Node:
    """The contraction, its indices renumbered in order of appearance; any integers may name them.

    extents: sizes of the indices that no factor carries. Raises ShapeError where an index meets two sizes.
    """
    known = dict(extents) if extents else {}
    number: dict[int, int] = {}
    coefficient: Exact = 1
    kept: list[Node] = []
    lists: list[tuple[int, ...]] = []
    for factor, own in zip(factors, indices, strict=True):
        for index, length in zip(own, factor.shape, strict=True):
            number.setdefault(index, len(number))
            if known.setdefault(index, length) != length:
                message = f"one index runs over {known[index]} and over {length}"
                raise DimensionClash("product-shapes", message, known[index], length)
        inside, rest = split_coefficient(factor)
        if inside is not ONE:
            coefficient = coefficient * inside
        if is_zero(rest):
            coefficient = 0
        if not isinstance(rest, Constant):
            kept.append(rest)
            lists.append(tuple([number[i] for i in own]) if own else ())
    for index in (*output, *known):
        number.setdefault(index, len(number))
    shape = tuple([known[i] for i in output])
    if coefficient == 0:
        return zeros(shape)
    made = _made(kept, lists, tuple([number[i] for i in output]), tuple([known[i] for i in number]), shape)
    return made if coefficient == 1 else scale(coefficient, made)


def _made(
    kept: list[Node], lists: list[tuple[int, ...]], output: tuple[int, ...], extents: tuple[Dimension, ...], shape: Shape
) -> Node:
    if len(kept) == 1 and lists[0] == output and len(set(output)) == len(output) == len(extents):
        return kept[0]
    if not kept and not extents:
        return NUMBER_ONE
    return intern(Contract, shape, tuple(kept), tuple(lists), output, extents)


def multiply(*factors: Node) -> Node:
    """The elementwise product; scalars scale."""
    shape = common_shape(factors)
    axes = tuple(range(len(shape)))
    extents = dict(enumerate(shape))
    return contract(factors, [axes if f.shape else () for f in factors], axes, extents)


def inner(left: Node, right: Node) -> Node:
    """Sum of the products of the entries of two nodes of one shape."""
    axes = tuple(range(len(left.shape)))
    return contract([left, right], [axes, axes], ())


def matmul(left: Node, right: Node) -> Node:
    """The last axis of `left` against the first of `right`: matrix product, A x, inner product of vectors."""
    if not left.shape or not right.shape:
        return multiply(left, right)
    a, b = len(left.shape), len(right.shape)
    own = tuple(range(a))
    other = (a - 1, *range(a, a + b - 1))
    return contract([left, right], [own, other], own[:-1] + other[1:])


def outer(left: Node, right: Node) -> Node:
    """Every entry of `left` times every entry of `right`."""
    a, b = len(left.shape), len(right.shape)
    return contract([left, right], [range(a), range(a, a + b)], range(a + b))


def transpose(node: Node) -> Node:
    """The axes in reverse order; a vector and a scalar are their own transposes."""
    axes = tuple(range(len(node.shape)))
    return contract([node], [axes], axes[::-1])


def total(node: Node, axes: Sequence[int] | None = None) -> Node:
    """The sum over all axes, or over the given ones."""
    every = range(len(node.shape))
    gone = set(every if axes is None else axes)
    return contract([node], [every], [i for i in every if i not in gone])


def broadcast(node: Node, shape: Shape, axes: Sequence[int]) -> Node:
    """`node` repeated to `shape`; `axes` says where each of its own axes goes."""
    return contract([node], [axes], range(len(shape)), dict(enumerate(shape)))


def lift(node: Node, shape: Shape) -> Node:
    """A scalar repeated to `shape`; anything else as it is."""
    return broadcast(node, shape, ()) if shape and not node.shape else node


def entry(node: Node, position: int | Node, axis: int = 0) -> Node:
    """The slice at `position` (as of `unit`) of one axis: x_k, a row, a column."""
    every = range(len(node.shape))
    return contract([node, unit(position, node.shape[axis])], [every, [axis]], [i for i in every if i != axis])


def selection(
    total: Dimension | int | str,
    lengths: Iterable[Dimension | int | str],
    offset: Dimension | int | str = 0,
    strides: Iterable[Dimension | int | str] = (1,),
) -> Selection:
    """(total, *lengths): one where the first index is offset + sum of stride_j times index j."""
    shape = (dimension(total), *map(dimension, lengths))
    steps = tuple(map(dimension, strides))
    if len(steps) != len(shape) - 1:
        raise ShapeError("selection-strides", f"{len(shape) - 1} axes need as many strides, not {len(steps)}")
    return intern(Selection, shape, dimension(offset), steps)


def part(node: Node, start: Dimension | int | str, length: Dimension | int | str, axis: int = 0) -> Node:
    """The block of `length` entries (rows, columns) along one axis, from `start`, counted from 0."""
    whole, taken, first = node.shape[axis], dimension(length), dimension(start)
    if first.number == 0 and taken == whole:
        return node
    every, new = range(len(node.shape)), len(node.shape)
    output = [new if i == axis else i for i in every]
    return contract([node, selection(whole, [taken], first)], [every, (axis, new)], output)


def placed(node: Node, start: Dimension | int | str, total: Dimension | int | str, axis: int = 0) -> Node:
    """An array of `total` entries along one axis: the node from `start` on, zero elsewhere. The transpose of `part`."""
    own, whole, first = node.shape[axis], dimension(total), dimension(start)
    if first.number == 0 and own == whole:
        return node
    every, new = range(len(node.shape)), len(node.shape)
    output = [new if i == axis else i for i in every]
    return contract([node, selection(whole, [own], first)], [every, (new, axis)], output)


def stack(items: Sequence[Node]) -> Node:
    """Items of one shape along a new first axis."""
    shapes = list(dict.fromkeys(item.shape for item in items))
    if len(shapes) != 1:
        message = f"the entries of a list must have one shape, not {', '.join(map(shape_text, shapes)) or 'none at all'}"
        raise clash("list-shapes", message, shapes[0], shapes[1]) if shapes else ShapeError("list-shapes", message)
    return intern(Stack, (dimension(len(items)), *items[0].shape), tuple(items))


def apply(operation: Operation, *arguments: Node) -> Node:
    """The operation on arguments, the last ones from its defaults where they are left out.

    Raises ShapeError where their shapes do not fit its signature.
    """
    missing = len(operation.arguments) - len(arguments)
    if 0 < missing <= len(operation.defaults):
        arguments += tuple(map(constant, operation.defaults[-missing:]))
    return intern(Apply, result_shape(operation, tuple(a.shape for a in arguments)), operation, arguments)


def common_shape(nodes: Sequence[Node]) -> Shape:
    """The one shape of all nodes that are not scalars. Raises ShapeError where there are two."""
    shapes = list(dict.fromkeys(node.shape for node in nodes if node.shape))
    if len(shapes) > 1:
        found = " and ".join(map(shape_text, shapes))
        raise clash("different-shapes", f"these must have one shape: {found}", shapes[0], shapes[1])
    return shapes[0] if shapes else ()
