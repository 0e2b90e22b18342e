r"""Subscripts that index: `x_2`, `A_{1,2}`, `A_{*,j}`, `x_1^{(2)}`, `(A x)_1`; those of a name are left to it."""

from typing import TYPE_CHECKING

from chainrule.errors import NameFault, SyntaxFault
from chainrule.inference.resolved import Entry, Filled
from chainrule.inference.symbols import Symbol, could_be_name, entry_position, key, span_text
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Subscript, Superscript, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

INDEX_LETTERS = frozenset(map(Name, "ijklmnrs"))
"""Letters that are indices where they stand on both sides of a definition, or on an array."""
STARS = (Name("*"), Name(":"), Name("\\cdot"))


def read_subscript(reader: "Reader", tree: Subscript) -> Tree | None:
    """An entry, a row or a column of an array; None where the subscript belongs to a name.

    Raises NameFault for an entry of a known array that a name without a value picks.
    """
    if not could_be_name(tree.base):
        return Entry(reader.read(tree.base), _numbers(reader, tree), span=tree.span)
    if tree.base == Name("e") and not reader.knows(tree.base) and entry_position(tree.items) is not None:
        (position, *_) = entry_position(tree.items) or (1,)
        return Filled("unit", position, span=tree.span)
    base = reader.known_or_alike(tree.base)
    if base is None and key(tree.base) in reader.arrays:
        base = key(tree.base)
    return None if base is None else _entry(reader, base, tree)


def read_layered_entry(reader: "Reader", tree: Superscript) -> Tree | None:
    """`x_1^{(2)}`, the first entry of a known `x^{(2)}`; None for anything else."""
    inner = tree.base
    if not isinstance(inner, Subscript):
        return None
    base = reader.known(Superscript(inner.base, tree.exponent))
    return None if base is None else _entry(reader, base, Subscript(inner.base, inner.items, span=tree.span))


def _entry(reader: "Reader", base: Tree, tree: Subscript) -> Tree | None:
    if base not in reader.indexed and base not in reader.arrays:
        return None
    starred = any(item in STARS for item in tree.items)
    if starred and all(item in STARS for item in tree.items):
        return None
    positions = tuple(None if item in STARS else _position(reader, item) for item in tree.items) if starred else ()
    numbers = entry_position(tree.items)
    if numbers is None and not starred:
        picked = [_position(reader, item) for item in tree.items]
        if None not in picked:
            numbers = tuple(p for p in picked if p is not None)
        elif _picks(reader, tree.items) or all(letter in INDEX_LETTERS for letter in letters_of(tree)):
            message = f"{span_text(tree.span)} is an entry of an array picked by a name that has no value"
            raise NameFault("symbolic-index", message, tree.span, "give the index a value, or write the entry's number")
        else:
            return None
    if starred and any(p is None and item not in STARS for p, item in zip(positions, tree.items, strict=True)):
        return None
    return Entry(Symbol(base, span=tree.base.span), positions or numbers or (), span=tree.span)


def _position(reader: "Reader", item: Tree) -> int | None:
    """The number an index says: itself, or the whole number that its name was given."""
    number = entry_position((item,))
    if number is not None and len(number) == 1:
        return number[0]
    return reader.integers.get(key(item)) if could_be_name(item) else None


def _picks(reader: "Reader", items: tuple[Tree, ...]) -> bool:
    """Whether the subscript can only be an index: names that the text uses for something of their own."""
    return all(could_be_name(item) and reader.knows(item) for item in items)


def _numbers(reader: "Reader", tree: Subscript) -> tuple[int, ...]:
    positions = entry_position(tree.items) or tuple(p for p in (_position(reader, i) for i in tree.items) if p is not None)
    if len(positions) != len(tree.items) and entry_position(tree.items) is None:
        raise SyntaxFault("unsupported-index", f"the index in {span_text(tree.span)} is not a number", tree.span)
    return positions


def letters_of(tree: Subscript) -> tuple[Tree, ...]:
    """The indices of a subscript: `_{ij}`, `_{i,j}`, `_i`, plain `_ij`."""
    if len(tree.items) != 1:
        return tree.items
    (item,) = tree.items
    if isinstance(item, Juxtaposition):
        return item.items
    if isinstance(item, Name) and item.text.isalpha() and len(item.text) > 1:
        return tuple(Name(letter, span=item.span) for letter in item.text)
    return tree.items


def bars_with_order(tree: Subscript) -> Bracket | None:
    """The bars of `\\|x\\|_2` and `|w|_1`, a norm of that order."""
    base = tree.base
    return base if isinstance(base, Bracket) and base.kind in ("||", "|") else None
