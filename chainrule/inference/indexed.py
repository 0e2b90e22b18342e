r"""Elements of arrays inside a sum: `x_i`, `W_{ij}`, `x^{(i)}_j`, `X_{i,*}`, `x_{i+1}`, `(W x)_i`, `\delta_{ij}`, `e_i`."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.entry_lists import entries_among, matrix_of, vector_of
from chainrule.inference.index_form import (
    INDEX_LETTERS,
    STARS,
    Form,
    form_of,
    is_array_name,
    is_index,
    is_kronecker,
    letters_of,
    stepped,
)
from chainrule.inference.indexing import known_array, number_of
from chainrule.inference.resolved import Filled, Index, Indexed
from chainrule.inference.symbols import Symbol, could_be_name, entry_position, key, span_text, without_fonts
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Subscript, Sum, Superscript, Tree, walk

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
    form = _with_product(reader, form, tree)
    if form.base == Name("e") and len(form.places) == 1 and not reader.strict and not reader.knows(form.base):
        place = _place(reader, *form.places, form.base, tree)
        return Indexed(Filled("identity", span=form.base.span), (place, None), span=tree.span)
    base = _base(reader, form, tree)
    places = tuple(_place(reader, place, base, tree) for place in form.places)
    lengths = reader.lengths.get(base.name, ()) if isinstance(base, Symbol) else ()
    if len(lengths) == len(places):
        both = zip(places, lengths, strict=True)
        places = tuple(replace(place, whole=n) if isinstance(place, Index) else place for place, n in both)
    of_batch = form.of_batch and isinstance(base, Symbol) and key(form.base) not in reader.elements
    if of_batch:
        message = f"{span_text(tree.span)} is read as the part {span_text(form.places[0].span)} of {span_text(base.span)}"
        reader.note("example-of-batch", f"{message}, whose first axis is over the examples", tree)
    return Indexed(base, places, of_batch, span=tree.span)


def _with_product(reader: "Reader", form: Form, tree: Tree) -> Form:
    """`x_{2i}` of an array with one axis has one place, twice i."""
    item = tree.items[0] if isinstance(tree, Subscript) and len(tree.items) == 1 else None
    twice = isinstance(item, Juxtaposition) and isinstance(item.items[0], Number) and len(form.places) == 2
    known = reader.known_or_alike(form.base) or form.base if could_be_name(form.base) else form.base
    definition = reader.bodies.get(known)
    one = len(reader.lengths.get(known, ())) == 1 or (definition is not None and len(definition.indices) == 1)
    return replace(form, places=(item,)) if twice and one and item is not None else form


def _refuse_free(reader: "Reader", tree: Subscript | Superscript) -> None:
    """Raise SyntaxFault for indices of nothing: `W_{ij}` where no sum runs over i and j and no array is known."""
    if not isinstance(tree, Subscript) or reader.knows(tree) or not could_be_name(tree.base):
        return
    base = known_array(reader, tree.base)
    if base is None and all(letter in INDEX_LETTERS for letter in letters_of(tree)):
        raise SyntaxFault("free-index", f"no sum runs over the index of {span_text(tree.span)}", tree.span, "write \\sum_i")


def _base(reader: "Reader", form: Form, tree: Tree) -> Tree:
    """What is indexed: a name, the identity as `\\delta_{ij}`, or any expression."""
    base = form.base
    if key(base) in reader.elements:
        return Symbol(reader.elements[key(base)], span=tree.span)
    layer = form.places[0]
    if form.of_batch and layer in (Name("l"), Name("\\ell")):
        message = f"{span_text(tree.span)} is a layer, and layers have shapes of their own, so no array is made of them"
        raise SyntaxFault("unsupported-sum", message, tree.span, "give the end of the sum a number: its terms are written out")
    if reader.known(tree) is not None and not _has_letters(base):
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


def _has_letters(base: Tree) -> bool:
    r"""Whether a name has an index of its own, as `a^{(l)}` in `a^{(l)}_j`."""
    return any(isinstance(part, Bracket | Subscript) and isinstance(part.items[0], Name | Sum) for part in walk(base))


def _refuse_partial(reader: "Reader", base: Tree, tree: Tree) -> None:
    """Raise SyntaxFault where some of the entries that a sum runs over have definitions of their own, but not all of them."""
    start = min(reader.indices.values(), default=1)
    own = [n for n in entries_among(reader.defined, key(base)) if min(entry_position(n.items) or ()) >= start]
    listed = vector_of(key(base), own)
    if own and matrix_of(own) is None and (listed is None or len(listed.items) < len(own)):
        message = f"{span_text(own[0].span)} has a definition of its own, but the sum runs over all of {span_text(base.span)}"
        hint = "give the sum a number for its end, or the array all its entries"
        raise SyntaxFault("partial-entries", message, tree.span, hint)


def _place(reader: "Reader", place: Tree, base: Tree, tree: Tree) -> Place:
    zero = isinstance(base, Symbol) and base.name in reader.zero_based
    found = stepped(place, reader.indices)
    if place in STARS:
        return None
    if found is not None:
        letter, step, added = found
        start = reader.indices[letter]
        if zero and start == 1:
            message = f"{span_text(tree.span)} is counted from 1 here, and from 0 in another sum"
            raise SyntaxFault("mixed-counting", message, tree.span, "let both sums begin with the same number")
        return Index(letter, step * start + added - (0 if zero else 1), step=step, span=place.span)
    number = number_of(reader, place)
    if number is not None:
        return number + zero
    if could_be_name(place) and reader.knows(place) and key(place) not in reader.indexed:
        return Symbol(key(place), span=place.span)
    if is_index(place, reader.indices):
        message = f"{span_text(place.span)} in {span_text(tree.span)} is made of two indices, and neither has numbers"
        raise SyntaxFault("unsupported-sum", message, tree.span, "give the end of one of the sums a number")
    message = f"{span_text(place.span)} in {span_text(tree.span)} is neither a number nor the index of a sum"
    raise SyntaxFault("free-index", message, tree.span, f"write \\sum_{span_text(place.span)}, or give it a value")
