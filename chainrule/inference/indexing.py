r"""Subscripts that index: `x_2`, `A_{1,2}`, `A_{*,j}`, `x_1^{(2)}`, `(A x)_1`, `y_k`; those of a name are left to it."""

from typing import TYPE_CHECKING

from chainrule.errors import NameFault, SyntaxFault
from chainrule.graph.signature import read_signature
from chainrule.inference.index_form import (
    INDEX_LETTERS,
    KRONECKER,
    STARS,
    letters_of,
)
from chainrule.inference.resolved import Entry, Filled
from chainrule.inference.symbols import (
    Symbol,
    could_be_name,
    entry_position,
    is_bold,
    is_layer,
    key,
    letter,
    span_text,
    without_fonts,
)
from chainrule.syntax.tree import Bracket, Call, Name, Number, Subscript, Superscript, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

CLASSES = (Name("y"), Name("c"), Name("class"))
"""Letters of the right class of an example, which pick an entry of an array of scores: `p_y`."""


def number_of(reader: "Reader", item: Tree) -> int | None:
    """The number an index says: itself, or the whole number that its name was given."""
    number = entry_position((item,))
    if number is not None and len(number) == 1:
        return number[0]
    return reader.integers.get(key(item)) if could_be_name(item) else None


def read_subscript(reader: "Reader", tree: Subscript) -> Tree | None:
    """An entry, a row or a column of an array; None where the subscript belongs to a name.

    Raises NameFault `symbolic-index` for an entry that something computed picks, SyntaxFault `unsupported-index`.
    """
    if not could_be_name(tree.base):
        return _entry_of_expression(reader, tree)
    if tree.base == Name("e") and known_array(reader, tree.base) is None:
        return _unit(reader, tree)
    if is_bold(tree.base) and without_fonts(tree.base) == Name("e") and not reader.knows(tree.base):
        return _unit(reader, tree)
    identity = without_fonts(tree.base) == Name("I") or (tree.base in KRONECKER and not reader.knows(tree.base))
    if identity and not reader.strict and len(letters_of(tree)) == 2:
        return Entry(Filled("identity"), tuple(_position(reader, item) for item in letters_of(tree)), span=tree.span)
    base = known_array(reader, tree.base)
    letters = letters_of(tree)
    if (
        base is None
        and not reader.knows(tree.base)
        and any(i in STARS for i in letters)
        and not all(i in STARS for i in letters)
    ):
        base = key(tree.base)  # only a matrix has rows and columns
        return Entry(Symbol(base, span=tree.base.span), tuple(_position(reader, i) for i in letters), span=tree.span)
    return None if base is None else _entry(reader, base, tree)


def known_array(reader: "Reader", tree: Tree) -> Tree | None:
    """The name of an array, known as such by its definition or by a sum along it."""
    known = reader.known_or_alike(tree)
    if known is None:
        return key(tree) if key(tree) in reader.arrays else None
    return known if known in reader.indexed or known in reader.arrays else None


def _unit(reader: "Reader", tree: Subscript) -> Tree | None:
    """`e_2`, `e_k`: the unit vector, where nothing else is called e."""
    (item,) = tree.items if len(tree.items) == 1 else (None,)
    number = None if item is None else number_of(reader, item)
    if number is not None:
        return Filled("unit", number, span=tree.span)
    if item is None or not could_be_name(item) or key(item) in reader.indexed:
        return None
    if not reader.knows(item) and (reader.strict or item not in INDEX_LETTERS):
        return None
    return Filled("unit", Symbol(key(item), span=item.span), span=tree.span)


def _entry_of_expression(reader: "Reader", tree: Subscript) -> Tree:
    items = entry_position(tree.items)
    positions = items or tuple(_position(reader, item) for item in letters_of(tree))
    return Entry(reader.read(tree.base), positions, of_batch=True, span=tree.span)


def read_example(reader: "Reader", tree: Superscript) -> Tree | None:
    """`x^{(2)}`, `x^{(i)}` and `x_1^{(2)}` of a batch x that a sum runs over: the second example, the one that i picks."""
    inner, exponent = tree.base, tree.exponent
    base = inner.base if isinstance(inner, Subscript) else inner
    if not (isinstance(exponent, Bracket) and is_layer(exponent) and could_be_name(base) and key(base) in reader.batches):
        return None
    (item,) = exponent.items
    if number_of(reader, item) is not None and reader.known(tree) is not None:
        return None  # an example with a value of its own
    more = letters_of(inner) if isinstance(inner, Subscript) else ()
    places = tuple(_position(reader, place) for place in (item, *more))
    return Entry(Symbol(key(base), span=base.span), places, of_batch=True, span=tree.span)


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
    letters = letters_of(tree)
    if all(item in STARS for item in letters):
        return None
    numbers = entry_position(tree.items)
    picked = [number_of(reader, item) for item in tree.items]
    if numbers is None and None not in picked:
        numbers = tuple(p for p in picked if p is not None)
    symbol = Symbol(base, span=tree.base.span)
    of_batch = base not in reader.indexed or _in_square_brackets(tree)
    if numbers is not None:
        return _counted(reader, base, symbol, numbers, tree, of_batch)
    if not all(item in STARS or number_of(reader, item) is not None or _picks(reader, base, item) for item in letters):
        return None
    positions = tuple(_position(reader, item) for item in letters)
    for position in (p for p in positions if isinstance(p, Symbol)):
        name = span_text(position.span)
        message = f"{span_text(tree.span)} is the part of {span_text(symbol.span)} that {name} picks, counted from 1"
        reader.note("entry-by-index", message, tree, f"give {name} a value with --at, or write a sum over it")
    return Entry(symbol, positions, of_batch, span=tree.span)


def _in_square_brackets(tree: Subscript) -> bool:
    """`E[i]` of a program, which takes a row where E is a matrix."""
    span = tree.base.span
    return span is not None and span.source.text[span.end : span.end + 1] == "["


def _counted(
    reader: "Reader", base: Tree, symbol: Symbol, numbers: tuple[int, ...], tree: Subscript, of_batch: bool
) -> Tree | None:
    if base in reader.zero_based:
        message = f"the entries of {span_text(symbol.span)} are counted from 0, as in the sum that begins with 0"
        reader.note("counted-from-zero", message, symbol)
        numbers = _two_places(reader, base, tree) or numbers
        return Entry(symbol, tuple(n + 1 for n in numbers), of_batch, span=tree.span)
    if 0 in numbers and of_batch:
        message = f"{span_text(tree.span)} is a name of its own: the entries of {span_text(symbol.span)} are counted from 1"
        reader.note("name-beside-entries", message, tree)
        return None
    return Entry(symbol, numbers, of_batch, span=tree.span)


def _two_places(reader: "Reader", base: Tree, tree: Subscript) -> tuple[int, int] | None:
    """The digits of `K_{01}`, a place of a matrix; None for any other subscript.

    Raises SyntaxFault where it may be one place.
    """
    item = tree.items[0] if len(tree.items) == 1 else None
    if not isinstance(item, Number) or len(item.text) != 2 or not item.text.isdigit():
        return None
    definition = reader.bodies.get(base)
    axes = len(reader.lengths.get(base, ())) or (len(definition.indices) if definition is not None else 0)
    if axes not in (1, 2):
        message = f"{span_text(tree.span)} can be one place or two, counted from 0"
        raise SyntaxFault("unsupported-index", message, tree.span, "write a comma between two places: K_{0,1}")
    return (int(item.text[0]), int(item.text[1])) if axes == 2 else None


def _picks(reader: "Reader", base: Tree, item: Tree) -> bool:
    """Whether a name in the subscript of an array is an index: a usual letter, or one that the text has by itself.

    Of what is sure to be an array any small letter is one.
    """
    if not could_be_name(item):
        return False
    if item in INDEX_LETTERS or (reader.knows(item) and key(item) not in reader.indexed):
        return True
    if isinstance(item, Subscript) and _is_small(item) and item.base not in reader.arrays | reader.indexed:
        return True  # `f_{y_i}`, the score of the class of an example
    if item in CLASSES and base in reader.arrays:
        return True
    return (
        isinstance(item, Name)
        and _is_small(item)
        and not reader.knows(item)
        and (base in reader.lengths or base in reader.bodies or _is_plainly_array(reader, base))
    )


def _is_small(item: Tree) -> bool:
    """Whether it is a name with one small letter, which may have an index: `k`, `y_i`."""
    base = letter(item) if could_be_name(item) else None
    return isinstance(base, Name) and len(base.text) == 1 and base.text.islower()


def _is_plainly_array(reader: "Reader", base: Tree) -> bool:
    """Whether a definition is plainly of an array: entry by entry, or by a function such as softmax."""
    definition = reader.bodies.get(base)
    if definition is None or definition.indices:
        return definition is not None
    head = definition.body.function if isinstance(definition.body, Call) else None
    function = reader.table.get(head.text) if isinstance(head, Name) and head not in reader.functions else None
    return function is not None and bool(read_signature(function.signature).result)


def _position(reader: "Reader", item: Tree) -> int | Symbol | None:
    """A number counted from 1, a whole axis, or an index. Raises NameFault or SyntaxFault where it is none of them."""
    if item in STARS:
        return None
    number = number_of(reader, item)
    if number is not None:
        return number
    if not (_is_small(item) or item in CLASSES or (could_be_name(item) and reader.knows(item))):
        raise SyntaxFault("unsupported-index", f"the index {span_text(item.span)} is neither a number nor a name", item.span)
    if key(item) in reader.indexed:
        message = f"{span_text(item.span)} is computed or an array, so it cannot say which entry is taken"
        raise NameFault("symbolic-index", message, item.span, "give the index a value, or write the entry's number")
    return Symbol(key(item), span=item.span)


def bars_with_order(tree: Subscript) -> Bracket | None:
    """The bars of `\\|x\\|_2` and `|w|_1`, a norm of that order."""
    base = tree.base
    return base if isinstance(base, Bracket) and base.kind in ("||", "|") else None
