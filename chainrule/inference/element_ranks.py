"""The ranks of arrays and of their entries, rows and elements under an index; of sums over elements and of tables of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chainrule.errors import ShapeError
from chainrule.inference.ranks import ELEMENTWISE, EQUAL, MATRIX, OF_RANK, ROW, SCALAR, VECTOR, Table, Unknown
from chainrule.inference.resolved import Entry, Excepted, Indexed, Summed, Tabled, Transposed
from chainrule.inference.symbols import Symbol, span_text, two_digits
from chainrule.syntax.tree import Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.constrain import Typing

ENTRY_OF_TWO_DIGITS: Table = frozenset({(VECTOR, SCALAR), (MATRIX, SCALAR)})
"""`x_{12}` is the twelfth entry of a vector, and the entry 1, 2 of a matrix."""
ELEMENTS: Mapping[int, Table] = {
    1: frozenset({(VECTOR, SCALAR), (ROW, SCALAR), (MATRIX, VECTOR)}),
    2: frozenset({(MATRIX, SCALAR)}),
}
"""An array and its elements, by the number of indices: of a matrix these are the rows, each a vector."""


def constrain_elements(typing: "Typing", tree: Entry | Indexed | Summed | Excepted | Tabled, own: Unknown) -> None:
    """The constraints of one such part. Raises RankClash, and ShapeError `no-such-entry` for more than two indices."""
    match tree:
        case Entry(body=body, positions=positions) if two_digits(positions):
            typing.require(ENTRY_OF_TWO_DIGITS, (body,), own, tree)
        case Entry(body=body, positions=positions, of_batch=of_batch):
            _constrain_places(typing, tree, positions, typing.constrain(body), own, of_batch)
        case Indexed(body=body, places=places):
            _constrain_places(typing, tree, places, typing.constrain(body), own, True)
        case Summed(body=body):
            typing.require(EQUAL, (body,), own, tree)
            # `w^\top x_i` means that the x_i are vectors, a batch; it must not be read with scalars.
            for part in walk(body):
                if isinstance(part, Transposed):
                    typing.only(typing.constrain(part.body), (VECTOR, ROW, MATRIX), part)
        case Excepted(whole=whole, term=term):
            typing.require(ELEMENTWISE, (whole, term), own, tree)
        case Tabled(indices=indices, body=body):
            typing.ranks.require(_elements(tree, len(indices)), (own, typing.constrain(body)), tree)


def _elements(tree: Tree, indices: int) -> Table:
    if indices not in ELEMENTS:
        raise ShapeError("no-such-entry", f"{span_text(tree.span)}: an array has at most two indices", tree.span)
    return ELEMENTS[indices]


def _constrain_places(
    typing: "Typing", tree: Tree, places: tuple[Tree | int | None, ...], array: Unknown, own: Unknown, of_batch: bool
) -> None:
    for place in places:
        if isinstance(place, Symbol):
            typing.only(typing.constrain(place), (SCALAR,), place)
    table = _elements(tree, len(places))
    if of_batch and None not in places:
        typing.ranks.require(table, (array, own), tree)
    else:
        typing.only(own, (OF_RANK[sum(place is None for place in places)],), tree)
        typing.only(array, (OF_RANK[len(places)],), tree)
