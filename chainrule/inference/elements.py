"""Sums along an axis as nodes. Inside one, `x_i` is a placeholder of the shape of one element, so that the body is elaborated
like any formula; then the whole body is mapped over the index, and the sum is a sum over an axis.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chainrule.calculus.jacobian import gradient
from chainrule.errors import ChainruleError, ShapeError, SyntaxFault
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, Shape, dimension
from chainrule.graph.mapped import Mapped, map_over
from chainrule.graph.node import Node, Variable
from chainrule.graph.walk import leaves
from chainrule.inference.index_form import MOST_TERMS
from chainrule.inference.resolved import Entry, Excepted, Index, Indexed, Summed, Tabled
from chainrule.inference.symbols import Symbol, is_capital, span_text
from chainrule.syntax.tree import Bracket, Superscript, Tree

if TYPE_CHECKING:
    from chainrule.inference.elaborate import Elaborator


@dataclass(frozen=True)
class Element(Tree):
    """The symbol of a placeholder: an element of a node, for every value of some indices."""

    mapped: Mapped


@dataclass
class Elements:
    """What the placeholders stand for, and how many values the indices of the sums around have.

    ends: those whose sum says so itself; only of these an array may be longer than its index runs. columns: those that count
    the entries of an array of one row.
    """

    placeholders: dict[Node, Mapped] = field(default_factory=dict[Node, Mapped])
    lengths: dict[Tree, Dimension] = field(default_factory=dict[Tree, Dimension])
    ends: set[Tree] = field(default_factory=set[Tree])
    columns: set[Tree] = field(default_factory=set[Tree])

    def held(self, mapped: Mapped) -> Node:
        """The element as a node that a body can be made of."""
        if not mapped.indices:
            return mapped.node
        placeholder = build.variable(Element(mapped), mapped.element)
        self.placeholders[placeholder] = mapped
        return placeholder

    def mapped(self, node: Node) -> Mapped:
        """The node for all values of the indices that it depends on."""
        return map_over(node, self.placeholders)


def element_node(elaborator: "Elaborator", tree: Indexed | Summed | Excepted | Tabled) -> Node:
    """The node of an element of an array, of a sum over elements, or of an array of them."""
    match tree:
        case Indexed():
            return _indexed_node(elaborator, tree)
        case Summed():
            return _summed_node(elaborator, tree)
        case Excepted():
            return _excepted_node(elaborator, tree)
        case Tabled():
            return _tabled_node(elaborator, tree)


def _indexed_node(elaborator: "Elaborator", tree: Indexed) -> Node:
    """One element of an array: entries that numbers pick are taken, axes that indices run along become theirs."""
    inside = elaborator.elements.mapped(elaborator.node(tree.body))
    node, axis = inside.node, len(inside.indices)
    if len(node.shape) - axis < len(tree.places):
        raise ShapeError("no-such-entry", f"{span_text(tree.span)} has more indices than its array", tree.span)
    letters: list[Tree | None] = []
    if len(tree.places) == 1 and len(node.shape) - axis == 2:
        (place,) = tree.places
        index = place.letter if isinstance(place, Index) else None
        if is_of_row(elaborator, tree.body, node.shape[axis], index):
            elaborator.elements.columns.update((index,) if index else ())
            letters.append(None)
            axis += 1
        else:
            check_layer(tree, node.shape[axis:])
    for place in tree.places:
        if isinstance(place, int | Symbol):
            node = elaborator.entry(tree, node, place, axis)
            continue
        if isinstance(place, Index):
            node = _stretch(elaborator, tree, node, place, axis)
        letters.append(place.letter if isinstance(place, Index) else None)
        axis += 1
    return elaborator.elements.held(_diagonal(node, inside, letters))


def is_of_row(elaborator: "Elaborator", array: Tree, rows: Dimension, index: Tree | None = None) -> bool:
    """Whether `y^{(2)}`, or `y_i` at an index of a sum, is a column of the one row that y has.

    An index that goes as far as there are rows counts the rows, and so does one of which nothing says how far it goes, where
    y is not given as a row.
    """
    if not isinstance(array, Symbol) or is_capital(array.name) or not elaborator.of_mathematics:
        return False
    dimensions, elements, given = elaborator.dimensions, elaborator.elements, array.name in elaborator.typing.rows
    goes, found = index and elements.lengths.get(index), dimensions.settle(rows)
    if goes is None:
        return given
    if given:
        return dimensions.settle(goes) not in (found, dimension(1))
    return found.number == 1 and (index in elements.columns or not dimensions.can_unify(goes, found))


def check_layer(tree: Entry | Indexed, shape: Shape) -> None:
    """Raise SyntaxFault for `A^{[2](i)}` of a matrix: where layers stand in square brackets examples are columns, elsewhere
    rows, and nothing says which.
    """
    name = tree.body.name if isinstance(tree.body, Symbol) else None
    layered = isinstance(name, Superscript) and isinstance(name.exponent, Bracket) and name.exponent.kind == "["
    if tree.of_batch and layered and len(shape) == 2:
        message = f"{span_text(tree.span)} can be a column or a row of its matrix"
        raise SyntaxFault("ambiguous-example", message, tree.span, "write A^{[2]}_{:,i} for a column, A^{[2]}_{i,:} for a row")


def _stretch(elaborator: "Elaborator", tree: Indexed, node: Node, place: Index, axis: int) -> Node:
    """The part of an axis that an index runs along. The first array of a sum without ends says how long it is."""
    whole, lengths = node.shape[axis], elaborator.elements.lengths
    length = lengths.get(place.letter)
    if (place.reach or place.first or place.step != 1) and place.letter not in elaborator.elements.ends:
        message = f"how far {span_text(tree.span)} goes is not said"
        raise SyntaxFault("unsupported-sum", message, tree.span, "write both ends of the sum: \\sum_{i=1}^{n-1}")
    if length is None:
        lengths[place.letter] = whole
        return node
    if place.letter not in elaborator.elements.ends:
        elaborator.meet(whole, length)
        return node
    if place.whole and elaborator.dimensions.settle(length).number is not None:
        elaborator.meet(whole, dimension(place.whole))
    rest = elaborator.dimensions.settle(whole) - elaborator.dimensions.settle(length)
    if place.step != 1:
        return _strided(elaborator, tree, node, place, axis)
    if rest.number is None:
        elaborator.meet(whole, length + dimension(place.reach))
        return node
    if place.first < 0 or place.first > rest.number:
        message = f"{span_text(tree.span)} goes past the ends of its array, which has {whole} entries"
        raise ShapeError("no-such-entry", message, tree.span)
    return build.part(node, place.first, length, axis)


def _strided(elaborator: "Elaborator", tree: Indexed, node: Node, place: Index, axis: int) -> Node:
    """The entries of an axis that an index picks with a step, `x_{2i-1}`."""
    whole = place.whole or elaborator.dimensions.settle(node.shape[axis]).number
    length = elaborator.dimensions.settle(elaborator.elements.lengths[place.letter]).number
    if whole is None or length is None or not 0 < length <= MOST_TERMS:
        message = f"{span_text(tree.span)} is written out, and how long its array is and how far its index goes is not known"
        hint = f"give the array its values, and the index a range of at most {MOST_TERMS} numbers"
        raise SyntaxFault("unsupported-sum", message, tree.span, hint)
    ends = (place.first, place.first + place.step * (length - 1))
    if min(ends) < 0 or max(ends) >= whole:
        message = f"{span_text(tree.span)} goes past the ends of its array, which has {whole} entries"
        raise ShapeError("no-such-entry", message, tree.span)
    positions = [place.first + place.step * n + 1 for n in range(length)]
    picked = build.stack([elaborator.entry(tree, node, position, axis) for position in positions])
    every = [i + 1 for i in range(len(node.shape) - 1)]
    return build.contract([picked], [[0, *every]], [*every[:axis], 0, *every[axis:]])


def _diagonal(node: Node, inside: Mapped, letters: list[Tree | None]) -> Mapped:
    """The axes of the indices in front, each once: `A_{ii}` is the diagonal."""
    names = [*inside.indices, *letters]
    own = list(range(len(node.shape)))
    first: dict[object, int] = {}
    for axis, letter in enumerate(names):
        if letter is not None:
            own[axis] = first.setdefault(letter, axis)
    kept = [axis for axis in own if axis >= len(names) or names[axis] is None]
    return Mapped(build.contract([node], [own], [*first.values(), *kept]), tuple(first))


def _summed_node(elaborator: "Elaborator", tree: Summed) -> Node:
    """The sum over one index; for every value of the indices of the sums around."""
    body, (length,) = _over(elaborator, tree.body, {tree.index: tree.length})
    return elaborator.elements.held(_contracted(body, tree.index, length))


def _contracted(body: Mapped, index: Tree, length: Dimension) -> Mapped:
    """What does not depend on the index is taken as often as there are values."""
    axes = list(range(len(body.node.shape)))
    gone = body.indices.index(index) if index in body.indices else None
    kept = [axis for axis in axes if axis != gone]
    extra = {len(axes): length} if gone is None else None
    left = tuple(each for each in body.indices if each != index)
    return Mapped(build.contract([body.node], [axes], kept, extra), left)


def _tabled_node(elaborator: "Elaborator", tree: Tabled) -> Node:
    """The array that a definition entry by entry fills, its axes in the order of the indices."""
    lengths = tree.lengths or (None,) * len(tree.indices)
    body, found = _over(elaborator, tree.body, dict(zip(tree.indices, lengths, strict=True)))
    others = tuple(each for each in body.indices if each not in tree.indices)
    names = (*others, *tree.indices)
    own = [names.index(each) for each in body.indices]
    inner = range(len(names), len(names) + len(body.element))
    extents = {names.index(index): length for index, length in zip(tree.indices, found, strict=True)}
    node = build.contract([body.node], [[*own, *inner]], [*range(len(names)), *inner], extents)
    return elaborator.elements.held(Mapped(node, others))


def _over(
    elaborator: "Elaborator", body: Tree, lengths: Mapping[Tree, Dimension | None]
) -> tuple[Mapped, tuple[Dimension, ...]]:
    """The body for all values of these indices, and how many values each has.

    Raises SyntaxFault `unused-index` for an index that no array has.
    """
    own, ends = elaborator.elements.lengths, elaborator.elements.ends
    outside, ends_outside = dict(own), set(ends)
    elaborator.elements.columns.difference_update(lengths)
    for index, length in lengths.items():
        own.pop(index, None)
        ends.discard(index)
        if length is not None:
            own[index] = elaborator.dimensions.settle(length)
            ends.add(index)
    try:
        made = elaborator.elements.mapped(elaborator.node(body))
        missing = [index for index in lengths if index not in own]
        if missing:
            message = f"no array runs along {span_text(missing[0].span)}"
            raise SyntaxFault("unused-index", message, body.span)
        return made, tuple(own[index] for index in lengths)
    finally:
        for index in lengths:
            own.pop(index, None)
        own.update({index: outside[index] for index in lengths if index in outside})
        ends.difference_update(lengths)
        ends.update(ends_outside)


def _excepted_node(elaborator: "Elaborator", tree: Excepted) -> Node:
    """The whole sum without one term, where that term has a value and derivatives.

    Raises SyntaxFault `singular-term` where it has none, as `1 / (x_i - x_j)` at j = i.
    """
    whole, term = elaborator.node(tree.whole), _regular(elaborator, tree.term)
    if term is None:
        message = (
            f"the term that {span_text(tree.span)} leaves out has no value or no derivative to subtract from the whole sum"
        )
        hint = "say how long the arrays are and give the index a number, so that the terms are written out"
        raise SyntaxFault("singular-term", message, tree.span, hint)
    return build.subtract(whole, term)


def _regular(elaborator: "Elaborator", term: Tree) -> Node | None:
    """The node of a term that has a value and derivatives, else None."""
    try:
        node = elaborator.node(term)
    except ShapeError:
        raise
    except ChainruleError:
        return None
    return node if _is_regular(elaborator.elements.mapped(node).node) else None


def _is_regular(node: Node) -> bool:
    """Whether a node and its derivatives have a value at some point."""
    total = build.total(node)
    inputs: Iterable[Node] = [leaf for leaf in leaves(total) if isinstance(leaf, Variable)]
    try:
        roots = [total, *(gradient(total, leaf) for leaf in inputs)]
        point = sample(roots)
        evaluate(roots, point.values, point.sizes)
    except ChainruleError:
        return False
    return True
