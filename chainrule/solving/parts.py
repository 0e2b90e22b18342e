r"""Derivatives by a part of an array: `\frac{\partial L}{\partial W_{21}}`, `\frac{\partial y}{\partial A_{*,j}}`.

The derivative by a part is that part of the derivative by the whole. Taking it is a contraction with unit vectors, which
merges with the products it is taken of: the whole array is never made.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chainrule.errors import ChainruleError, NameFault
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, dimension
from chainrule.graph.node import Add, Named, Node, Variable, postorder
from chainrule.inference.network import Network
from chainrule.inference.resolved import Entry, Sliced
from chainrule.inference.symbols import Symbol, key, size_symbol, span_text, two_digits
from chainrule.ops.arithmetic import power
from chainrule.syntax.tree import Derivative, Subscript, Tree, walk

Whole = Named | Variable


@dataclass(frozen=True)
class Block:
    """Entries side by side along one axis; `first` is counted from 0."""

    first: Dimension
    length: Dimension


Position = int | Variable | Block | None
"""Along one axis: an entry counted from 0, one that an index picks, a block; None keeps the axis."""


@dataclass(frozen=True)
class Part:
    """An entry, a row, a column or a block: a position for each axis."""

    whole: Whole
    positions: tuple[Position, ...]
    symbol: Tree


@dataclass(frozen=True)
class Expressed:
    r"""A function of each entry of a name or a part of one, `\log \sigma^2`. slope: its derivative, of the shape of that."""

    of: "Whole | Part"
    slope: Node
    symbol: Tree


By = Whole | Part | Expressed


def whole_of(by: By) -> Whole:
    """The array a part is of, or a function of one; anything else is its own whole."""
    if isinstance(by, Expressed):
        return whole_of(by.of)
    return by.whole if isinstance(by, Part) else by


def rank_of(by: By) -> int:
    """How many axes a name or what a part keeps of one has."""
    if isinstance(by, Expressed):
        return rank_of(by.of)
    if isinstance(by, Part):
        return sum(position is None or isinstance(position, Block) for position in by.positions)
    return len(by.shape)


def find_part(network: Network, tree: Tree) -> Part | None:
    """The part of a named array that a tree says; None for anything else. Raises ChainruleErrors for entries that are not."""
    resolved = network.reader_for(network.names).read(tree)
    if not isinstance(resolved, Entry | Sliced) or not isinstance(resolved.body, Symbol):
        return None
    whole = network.names.get(resolved.body.name)
    if not isinstance(whole, Named | Variable):
        return None
    if isinstance(resolved, Sliced):
        rank = len(network.read(tree).shape)
        blocks = [None if ends is None else _block(*ends) for ends in resolved.ends]
        return Part(whole, (*blocks, *[None] * (rank - len(blocks))), key(tree))
    positions = tuple(_position(network, whole, position) for position in resolved.positions)
    network.read(tree)
    if two_digits(resolved.positions) and len(whole.shape) == 2 and isinstance(resolved.positions[0], int):
        positions = tuple(digit - 1 for digit in divmod(resolved.positions[0], 10))
    return Part(whole, positions, key(tree))


def with_indices(network: Network, trees: Iterable[Tree]) -> Network:
    r"""The network with the letters that pick entries in these trees as names, where they are none yet: j of `A_{*,j}`, i of
    `\frac{\partial h_i}{\partial x}`.
    """
    parts = [part for tree in trees for part in ((tree.of, *tree.by) if isinstance(tree, Derivative) else (tree,)) if part]
    return with_letters(network, [letter for part in parts for letter in _letters(network, part)])


def with_letters(network: Network, letters: Iterable[Tree]) -> Network:
    """The network with these letters as numbers of which nothing is said, where they are no names yet."""
    new = {letter: build.variable(letter) for each in letters if (letter := key(each)) not in network.names}
    if not new:
        return network
    spellings = {letter: size_symbol(letter) for letter in new}
    return replace(network, names={**network.names, **new}, spellings={**network.spellings, **spellings})


def with_direction(network: Network, symbol: Tree, variable: Whole) -> tuple[Network, Whole]:
    """The direction of that name. A new name is an input with the shape of the variable, in the network that is returned;
    so is one that no equation has and that was only given a value.
    """
    known = network.reader.known(symbol) or key(symbol)
    node = network.find(symbol) if known in network.names else None
    loose = isinstance(node, Variable) and known in network.values and not is_used(network, node)
    if isinstance(node, Named | Variable) and not loose:
        return network, node
    made = build.variable(known, variable.shape)
    spellings = {known: span_text(symbol.span), **network.spellings}
    return replace(network, names={**network.names, known: made}, spellings=spellings), made


def is_used(network: Network, variable: Node) -> bool:
    """Whether a quantity is computed from it."""
    return any(variable in postorder(quantity) for _, quantity in network.quantities())


def array_of_entry(network: Network, tree: Tree) -> Tree:
    r"""The array of which a tree is any entry: p of `p_i`, where i is no name, nor the letter of a size; else as it is."""
    match tree:
        case Subscript(base=base, items=items) if key(tree) not in network.names and key(base) in network.names:
            free = set(_letters(network, tree))
            return base if len(free) == len(items) == len(network.names[key(base)].shape) else tree
        case _:
            return tree


def _letters(network: Network, tree: Tree) -> Iterator[Tree]:
    """The indices in the part of an array that are no names. What cannot be read is refused where it is asked for."""
    try:
        resolved = network.reader_for(network.names).read(tree)
    except ChainruleError:
        return
    for part in walk(resolved):
        if not (isinstance(part, Entry) and isinstance(part.body, Symbol) and part.body.name in network.names):
            continue
        sizes = {symbol for d in network.names[part.body.name].shape for symbol in d.symbols}
        for position in part.positions:
            if isinstance(position, Symbol) and position.name not in network.names and size_symbol(position.name) not in sizes:
                yield position.name


def _block(first: Dimension, last: Dimension) -> Block:
    return Block(first - dimension(1), last - first + dimension(1))


def _position(network: Network, whole: Whole, position: int | Symbol | None) -> int | Variable | None:
    if not isinstance(position, Symbol):
        return None if position is None else position - 1
    index = network.names.get(position.name)
    if isinstance(index, Variable):
        return index
    text = span_text(position.span)
    if any(size_symbol(position.name) in d.symbols for d in whole.shape):
        message = f"{text} is the length of an axis of {span_text(whole.symbol.span)}, and no index"
        raise NameFault("size-as-index", message, position.span, "write a number, or another letter such as i")
    raise NameFault("undefined-symbol", f"{text} is no index of this problem", position.span, "write a number")


def take_parts(derivative: Node, front: int, by: Sequence[By]) -> Node:
    """(output, then every whole) -> (output, then what each part keeps). `front`: how many dimensions the output has.

    By a function of the last one the derivative is divided by its slope.
    """
    axis = front
    for each in by:
        inner = each.of if isinstance(each, Expressed) else each
        positions = inner.positions if isinstance(inner, Part) else (None,) * len(inner.shape)
        for position in positions:
            derivative = _taken(derivative, position, axis)
            axis += position is None or isinstance(position, Block)
    last = by[-1] if by else None
    return _over_slope(derivative, last.slope) if isinstance(last, Expressed) else derivative


def _over_slope(derivative: Node, slope: Node) -> Node:
    """(output, own), slope (own) -> (output, own): the chain rule, dL/dx = dL/dg g'(x), solved for dL/dg."""
    axes = range(len(derivative.shape))
    own = axes[len(derivative.shape) - len(slope.shape) :]
    return build.contract([derivative, power(slope, -1)], [axes, own], axes)


def _taken(derivative: Node, position: Position, axis: int) -> Node:
    """The entry or the block along one axis, of each term of a sum: what is not asked for is made of none."""
    if position is None:
        return derivative
    if isinstance(derivative, Add):
        taken = [(c, _taken(term, position, axis)) for c, term in derivative.terms]
        shape = list(derivative.shape)
        shape[axis : axis + 1] = [position.length] if isinstance(position, Block) else []
        return build.linear(taken, tuple(shape))
    if isinstance(position, Block):
        return build.part(derivative, position.first, position.length, axis)
    return build.entry(derivative, position, axis)
