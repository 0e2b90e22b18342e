r"""What a superscript means: `W^{(1)}` a name, `x^\top` a transpose, `e^{-z}` an exponential, `x^2` a power."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.filled import NUMBERS
from chainrule.inference.indexed import read_indexed
from chainrule.inference.indexing import read_example, read_layered_entry
from chainrule.inference.literals import ONE
from chainrule.inference.resolved import NAME_OF_EULER, Applied, Entry, Filled, Indexed, Transposed
from chainrule.inference.symbols import (
    TRANSPOSES,
    Symbol,
    could_be_name,
    is_bold,
    is_capital,
    is_layer,
    key,
    span_text,
    two_digits,
    without_fonts,
)
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Subscript, Sum, Superscript, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


def read_superscript(reader: "Reader", tree: Superscript) -> Tree:
    """A name with a layer, a transpose, an exponential or a power."""
    base, exponent = tree.base, tree.exponent
    inside = exponent.items[0] if isinstance(exponent, Bracket) and exponent.kind == "(" and exponent.items else None
    if isinstance(inside, Sum) and not is_layer(exponent):
        exponent = inside  # plain text writes `X^(-T)`
    element = (read_indexed(reader, tree) if reader.indices else None) or read_example(reader, tree)
    if element is not None:
        return element
    known = reader.known(tree)
    if known is not None:
        return Symbol(known, span=tree.span)
    mark = without_fonts(exponent)
    if mark in TRANSPOSES and (exponent != Name("T") or Name("T") not in reader.defined or is_array(reader, base)):
        return _transposed(reader, base, tree)
    if isinstance(exponent, Juxtaposition) and len(exponent.items) == 2 and without_fonts(exponent.items[1]) in TRANSPOSES:
        return Transposed(reader.read(Superscript(base, exponent.items[0], span=tree.span)), span=tree.span)
    if could_be_name(tree):
        return name_with_layer(reader, tree)
    if is_layer(exponent) and not isinstance(exponent, Bracket):
        raise SyntaxFault("unreadable-power", f"{span_text(tree.span)} is neither a name nor a power", tree.span)
    if base == NAME_OF_EULER and not reader.knows(base):
        two = "the matrix exponential or the exponentials of the entries" if reader.strict else ""
        return Applied(reader.operation("exp"), (reader.read(exponent),), no_matrix=two, span=tree.span)
    if isinstance(exponent, Sum) and exponent.signs == (-1,) and without_fonts(exponent.terms[0]) in TRANSPOSES:
        inverse = Superscript(reader.read(base), Sum((-1,), (ONE,)), span=tree.span)
        return Transposed(inverse, span=tree.span)
    if exponent in (Name("*"), Name("\\dagger"), Name("\\dag"), Name("\\ast"), Name("+"), Name("H")):
        message = f"the mark in {span_text(tree.span)} has no meaning here"
        hint = "chainrule has no complex conjugate; write pinv(A) for the pseudoinverse, A^\\top, or make it a name of its own"
        raise SyntaxFault("unsupported-power", message, tree.span, hint)
    lifted = reader.read(base)
    if exponent == Sum((-1,), (ONE,)) and isinstance(base, Subscript):
        _refuse_entry_of_inverse(lifted, tree)
    return Superscript(lifted, reader.read(exponent), _operator(tree), span=tree.span)


def _operator(tree: Superscript) -> str:
    """`**` takes the power of every entry, as in Python's array libraries."""
    base, exponent = tree.base.span, tree.exponent.span
    if base is None or exponent is None:
        return tree.operator
    return ".^" if "**" in base.source.text[base.end : exponent.start] else tree.operator


def _filled(reader: "Reader", base: Tree) -> Tree:
    r"""What is transposed: of `1^\top` and `0^\top`, which are nothing transposed otherwise, the vector of ones or of zeros."""
    if not (isinstance(base, Number) and base.value in NUMBERS):
        return reader.read(base)
    kind = NUMBERS[int(base.value)]
    reader.note("filled-vector", f"{span_text(base.span)} before a transpose is read as the vector of {kind}", base)
    return Filled(kind, span=base.span)


def _transposed(reader: "Reader", base: Tree, tree: Superscript) -> Tree:
    """The transpose; `A^\\top_{12}`, whose scripts stand in any order, is an entry of the transpose."""
    inside = _filled(reader, base)
    if isinstance(inside, Entry) and len(inside.positions) == 2 and None not in inside.positions:
        return replace(inside, positions=inside.positions[::-1], span=tree.span)
    if isinstance(inside, Entry) and two_digits(inside.positions):
        message = f"{span_text(tree.span)} can be an entry of a matrix or of a vector"
        raise SyntaxFault("ambiguous-entry", message, tree.span, "write A^\\top_{1,2}")
    if isinstance(inside, Indexed) and len(inside.places) == 2 and None not in inside.places:
        return replace(inside, places=inside.places[::-1], span=tree.span)
    return Transposed(inside, span=tree.span)


def _refuse_entry_of_inverse(base: Tree, tree: Superscript) -> None:
    """Raise SyntaxFault for `A^{-1}_{12}`: the entry of the inverse, or one over the entry."""
    places = base.positions if isinstance(base, Entry) else base.places if isinstance(base, Indexed) else ()
    if (len(places) == 2 and None not in places) or (isinstance(base, Entry) and two_digits(base.positions)):
        message = f"{span_text(tree.span)} can be an entry of the inverse, or one over an entry"
        raise SyntaxFault("ambiguous-power", message, tree.span, "write (A^{-1})_{12} or (A_{12})^{-1}")


def is_array(reader: "Reader", tree: Tree) -> bool:
    """Whether a base is known to be an array, or written like one, so that `^T` is a transpose though T is a name too."""
    known = reader.known_or_alike(tree) if could_be_name(tree) else None
    given = known is not None and known in reader.indexed
    return not (could_be_name(tree) or isinstance(tree, Number)) or given or is_bold(tree) or is_capital(tree)


def name_with_layer(reader: "Reader", tree: Superscript) -> Tree:
    """`W^{(1)}`, `y^*`: a name; if it is not defined, an input; `x_1^{(2)}`, an entry of a known `x^{(2)}`."""
    return read_layered_entry(reader, tree) or Symbol(key(tree), span=tree.span)
