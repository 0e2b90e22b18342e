r"""Subscripts that index: `x_2`, `A_{1,2}`, `A_{*,j}`, `x_1^{(2)}`, `(A x)_1`, `y_k`; those of a name are left to it."""


from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.errors import NameFault, SyntaxFault
from chainrule.graph.signature import read_signature
from chainrule.inference.index_form import INDEX_LETTERS, STARS, Form, form_of, is_array_name, is_kronecker, letters_of, offset_of
from chainrule.inference.resolved import Entry, Filled, Index, Indexed
from chainrule.inference.symbols import Symbol, could_be_name, entry_position, is_layer, key, span_text, without_fonts
from chainrule.syntax.tree import Bracket, Call, Name, Number, Product, Subscript, Superscript, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

Place = Index | Symbol | int | None


def read_indexed(reader: "Reader", tree: Subscript | Superscript) -> Tree | None:
    """`W_{ij}`, `x^{(i)}_j` inside a sum over i or j; None where no index of a sum is in the scripts.

    Raises SyntaxFault `free-index` for a letter that no sum runs over, `mixed-counting`, and as `read` does.
    """
    form = form_of(tree, reader.indices)
    if form is None:
        _refuse_free(reader, tree)
        return None
    base = _base(reader, form, tree)
    places = tuple(_place(reader, place, base, tree) for place in form.places)
    if form.of_batch and isinstance(base, Symbol):
        message = f"{span_text(tree.span)} is read as the part {span_text(form.places[0].span)} of {span_text(base.span)}"
        reader.note("example-of-batch", f"{message}, whose first axis is over the examples", tree)
    return Indexed(base, places, span=tree.span)


def _refuse_free(reader: "Reader", tree: Subscript | Superscript) -> None:
    """Raise SyntaxFault for indices of nothing: `W_{ij}` where no sum runs over i and j and no array is known."""
    if not isinstance(tree, Subscript) or reader.knows(tree) or not could_be_name(tree.base):
        return
    base = _array(reader, tree.base)
    if base is None and all(letter in INDEX_LETTERS for letter in letters_of(tree)):
        raise SyntaxFault("free-index", f"no sum runs over the index of {span_text(tree.span)}", tree.span, "write \\sum_i")


def _base(reader: "Reader", form: Form, tree: Tree) -> Tree:
    """What is indexed: a name, the identity as `\\delta_{ij}`, or any expression."""
    base = form.base
    if reader.known(tree) is not None:
        message = f"{span_text(tree.span)} has a definition of its own, so it is no entry that the sum runs over"
        hint = "give the sum numbers for its ends, so that it is written out, or define the whole array"
        raise SyntaxFault("index-in-name", message, tree.span, hint)
    if not is_array_name(base):
        return reader.read(base)
    known = reader.known_or_alike(base)
    if known is None and key(base) not in reader.arrays and len(form.places) == 2:
        if is_kronecker(form):
            reader.note("kronecker-delta", f"{span_text(tree.span)} is read as 1 where its indices are equal, else 0", tree)
            return Filled("identity", span=base.span)
        if without_fonts(base) == Name("I"):
            return Filled("identity", span=base.span)
    if known is None:
        _refuse_partial(reader, base, tree)
    if known is None and key(base) in reader.functions:
        message = f"{span_text(base.span)} is a function; it has no entries to sum over"
        raise SyntaxFault("unsupported-sum", message, tree.span)
    return Symbol(key(base) if known is None else known, span=base.span)


def _refuse_partial(reader: "Reader", base: Tree, tree: Tree) -> None:
    """Raise SyntaxFault where some of the entries that a sum runs over have definitions of their own, but not all of them."""
    of_base = [n for n in reader.defined if isinstance(n, Subscript) and n.base == key(base) and len(n.items) == 1]
    numbers = {n: n.items[0].value for n in of_base if isinstance(n.items[0], Number)}
    own = [n for n, value in numbers.items() if value >= min(reader.indices.values(), default=1)]
    if len(own) == 1 or sorted(numbers[n] for n in own) != list(range(1, len(own) + 1)):
        message = f"{span_text(own[0].span)} has a definition of its own, but the sum runs over all of {span_text(base.span)}"
        hint = "give the sum a number for its end, or the array all its entries"
        raise SyntaxFault("partial-entries", message, tree.span, hint)


def _place(reader: "Reader", place: Tree, base: Tree, tree: Tree) -> Place:
    zero = isinstance(base, Symbol) and base.name in reader.zero_based
    found = offset_of(place, reader.indices)
    if place in STARS:
        return None
    if found is not None:
        letter, added = found
        start = reader.indices[letter]
        if zero and start == 1:
            message = f"{span_text(tree.span)} is counted from 1 here, and from 0 in another sum"
            raise SyntaxFault("mixed-counting", message, tree.span, "let both sums begin with the same number")
        return Index(letter, start + added - (0 if zero else 1), span=place.span)
    number = _number(reader, place)
    if number is not None:
        return number + zero
    if could_be_name(place) and reader.knows(place) and key(place) not in reader.indexed:
        return Symbol(key(place), span=place.span)
    message = f"{span_text(place.span)} in {span_text(tree.span)} is neither a number nor the index of a sum"
    raise SyntaxFault("free-index", message, tree.span, f"write \\sum_{span_text(place.span)}, or give it a value")


def _number(reader: "Reader", item: Tree) -> int | None:
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
    if tree.base == Name("e") and _array(reader, tree.base) is None:
        return _unit(reader, tree)
    if without_fonts(tree.base) == Name("I") and not reader.strict and len(letters_of(tree)) == 2:
        return Entry(Filled("identity"), tuple(_position(reader, item) for item in letters_of(tree)), span=tree.span)
    base = _array(reader, tree.base)
    letters = letters_of(tree)
    if base is None and not reader.knows(tree.base) and any(i in STARS for i in letters) and not all(i in STARS for i in letters):
        base = key(tree.base)  # only a matrix has rows and columns
        return Entry(Symbol(base, span=tree.base.span), tuple(_position(reader, i) for i in letters), span=tree.span)
    return None if base is None else _entry(reader, base, tree)


def _array(reader: "Reader", tree: Tree) -> Tree | None:
    """The name of an array, known as such by its definition or by a sum along it."""
    known = reader.known_or_alike(tree)
    if known is None:
        return key(tree) if key(tree) in reader.arrays else None
    return known if known in reader.indexed or known in reader.arrays else None


def _unit(reader: "Reader", tree: Subscript) -> Tree | None:
    """`e_2`, `e_k`: the unit vector, where nothing else is called e."""
    (item,) = tree.items if len(tree.items) == 1 else (None,)
    number = None if item is None else _number(reader, item)
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


def read_layered_entry(reader: "Reader", tree: Superscript) -> Tree | None:
    """`x_1^{(2)}`, the first entry of a known `x^{(2)}`; `x^{(2)}`, the second one of a batch; None for anything else."""
    inner = tree.base
    exponent = tree.exponent.items[0] if isinstance(tree.exponent, Bracket) and is_layer(tree.exponent) else None
    if exponent is not None:
        base = inner.base if isinstance(inner, Subscript) else inner
        number = _number(reader, exponent)
        if number is not None and could_be_name(base) and key(base) in reader.batches:
            more = letters_of(inner) if isinstance(inner, Subscript) else ()
            places = (number, *(_position(reader, item) for item in more))
            return Entry(Symbol(key(base), span=base.span), places, of_batch=True, span=tree.span)
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
    picked = [_number(reader, item) for item in tree.items]
    if numbers is None and None not in picked:
        numbers = tuple(p for p in picked if p is not None)
    symbol = Symbol(base, span=tree.base.span)
    of_batch = base not in reader.indexed
    if numbers is not None:
        return _counted(reader, base, symbol, numbers, tree, of_batch)
    if not all(item in STARS or _number(reader, item) is not None or _picks(reader, base, item) for item in letters):
        return None
    positions = tuple(_position(reader, item) for item in letters)
    for position in (p for p in positions if isinstance(p, Symbol)):
        name = span_text(position.span)
        message = f"{span_text(tree.span)} is the part of {span_text(symbol.span)} that {name} picks, counted from 1"
        reader.note("entry-by-index", message, tree, f"give {name} a value with --at, or write a sum over it")
    return Entry(symbol, positions, of_batch, span=tree.span)


def _counted(
    reader: "Reader", base: Tree, symbol: Symbol, numbers: tuple[int, ...], tree: Subscript, of_batch: bool
) -> Tree | None:
    if base in reader.zero_based:
        message = f"the entries of {span_text(symbol.span)} are counted from 0, as in the sum that begins with 0"
        reader.note("counted-from-zero", message, symbol)
        return Entry(symbol, tuple(n + 1 for n in numbers), of_batch, span=tree.span)
    if 0 in numbers and of_batch:
        message = f"{span_text(tree.span)} is a name of its own: the entries of {span_text(symbol.span)} are counted from 1"
        reader.note("name-beside-entries", message, tree)
        return None
    return Entry(symbol, numbers, of_batch, span=tree.span)


def _picks(reader: "Reader", base: Tree, item: Tree) -> bool:
    """Whether a name in the subscript of an array is an index: a usual letter, or one that the text has by itself.

    Of what is sure to be an array any small letter is one.
    """
    if not could_be_name(item):
        return False
    if item in INDEX_LETTERS or (reader.knows(item) and key(item) not in reader.indexed):
        return True
    small = isinstance(item, Name) and len(item.text) == 1 and item.text.islower()
    return small and not reader.knows(item) and (base in reader.lengths or _gives_array(reader, base))


def _gives_array(reader: "Reader", base: Tree) -> bool:
    """Whether a definition is plainly of an array: entry by entry, or by a function such as softmax."""
    definition = reader.bodies.get(base)
    if definition is None or definition.indices:
        return definition is not None
    head = definition.body.function if isinstance(definition.body, Call) else None
    function = reader.table.get(head.text) if isinstance(head, Name) and head not in reader.functions else None
    return function is not None and bool(read_signature(function.signature).result)


def _position(reader: "Reader", item: Tree) -> int | None | Symbol:
    """A number counted from 1, a whole axis, or an index. Raises NameFault or SyntaxFault where it is none of them."""
    if item in STARS:
        return None
    number = _number(reader, item)
    if number is not None:
        return number
    small = isinstance(item, Name) and len(item.text) == 1 and item.text.islower()
    if not (small or (could_be_name(item) and reader.knows(item))):
        raise SyntaxFault("unsupported-index", f"the index {span_text(item.span)} is neither a number nor a name", item.span)
    if key(item) in reader.indexed:
        message = f"{span_text(item.span)} is computed or an array, so it cannot say which entry is taken"
        raise NameFault("symbolic-index", message, item.span, "give the index a value, or write the entry's number")
    return Symbol(key(item), span=item.span)


def refuse_repeated(reader: "Reader", product: Product) -> None:
    """Raise SyntaxFault `free-index` where factors share an index that no sum runs over: a sum is never silently meant."""
    if not reader.strict or len(product.factors) < 2:
        return
    seen: dict[Tree, list[_Free]] = {}
    for free in (free for factor in product.factors for part in walk(factor) for free in _free_indices(reader, part)):
        others = [other for other in seen.setdefault(free.letter, []) if other.array != free.array]
        if any(free.certain or other.certain for other in others):
            name = span_text(free.letter.span)
            message = f"no sum runs over {name}, which {span_text(product.span)} has in two factors"
            hint = f"write \\sum_{name} in front, or give {name} a value for one entry"
            raise SyntaxFault("free-index", message, product.span, hint)
        seen[free.letter].append(free)


@dataclass(frozen=True)
class _Free:
    """An index without a sum, and what has it; certain: that is an array, or a name with several, `W_{ij}`."""

    letter: Tree
    array: Tree
    certain: bool


def _free_indices(reader: "Reader", part: Tree) -> list[_Free]:
    if isinstance(part, Entry):
        return [_Free(key(p.name), part.body, True) for p in part.positions if isinstance(p, Symbol)]
    if not isinstance(part, Symbol) or not isinstance(part.name, Subscript) or reader.knows(part.name):
        return []
    letters = letters_of(part.name)
    if not all(each in INDEX_LETTERS for each in letters):
        return []
    return [_Free(letter, Symbol(part.name.base), len(letters) > 1) for letter in letters]


def bars_with_order(tree: Subscript) -> Bracket | None:
    """The bars of `\\|x\\|_2` and `|w|_1`, a norm of that order."""
    base = tree.base
    return base if isinstance(base, Bracket) and base.kind in ("||", "|") else None


