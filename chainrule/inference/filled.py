r"""Arrays that are written as one sign: `\mathbf{1}`, `\mathbf{0}_n`, `I`, `\mathbf{I}_3`, `vector(1)`, `ones(n)`, `eye(n)`,
`onehot(k, n)`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.resolved import Filled, FilledKind, Transposed
from chainrule.inference.symbols import Symbol, could_be_name, key, span_text, without_fonts
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Font,
    Juxtaposition,
    Name,
    Number,
    Prime,
    Product,
    Relation,
    Subscript,
    Tree,
    walk,
)

if TYPE_CHECKING:
    from chainrule.inference.names import Names

NUMBERS: dict[int, FilledKind] = {0: "zeros", 1: "ones"}
UNITS = ("onehot", "one_hot")
WORDS: dict[str, FilledKind] = {"ones": "ones", "zeros": "zeros", "eye": "identity"}


def read_filled(names: "Names", tree: Tree) -> Filled | Transposed | None:
    """The array that a sign or a call stands for; None where it is anything else, or a name of the text.

    Raises SyntaxFault for sizes that are neither numbers nor names.
    """
    if isinstance(tree, Call | Juxtaposition):
        return _called(names, tree)
    sign, sizes = (tree.base, tree.items) if isinstance(tree, Subscript) else (tree, ())
    kind = _sign(sign)
    if kind is None or (kind == "identity" and len(sizes) > 1) or names.knows(tree) or names.knows(sign):
        return None
    if any(isinstance(part, Relation) for size in sizes for part in walk(size)):
        return None
    several = sizes[0].factors if len(sizes) == 1 and isinstance(sizes[0], Product) else sizes
    return sized(names, kind, several, tree)


def _sign(tree: Tree) -> FilledKind | None:
    if isinstance(tree, Font) and isinstance(tree.body, Number) and tree.body.value in NUMBERS:
        return NUMBERS[int(tree.body.value)]
    return "identity" if isinstance(tree, Name | Font) and without_fonts(tree) in (Name("I"), Name("eye")) else None


def _called(names: "Names", tree: Call | Juxtaposition) -> Filled | Transposed | None:
    """`vector(1)` and `matrix(0)` have the size that fits; `ones(n)`, `zeros((m, n))` and `eye(n)` the size in them."""
    if isinstance(tree, Juxtaposition):
        word, behind = tree.items[0], tree.items[1] if len(tree.items) == 2 else None
        if isinstance(behind, Prime) and behind.count == 1:
            whole = _called(names, Juxtaposition((word, behind.base), span=tree.span))
            return None if whole is None else Transposed(whole, of_prime=True, span=tree.span)
        inside = behind.items if isinstance(behind, Bracket) and behind.kind == "(" else ()
    else:
        word, inside = tree.function, tree.arguments
    if not isinstance(word, Name) or names.knows(word) or not inside:
        return None
    if word.text in ("vector", "matrix") and len(inside) == 1 and isinstance(inside[0], Number) and inside[0].value in NUMBERS:
        return Filled(NUMBERS[int(inside[0].value)], rank=1 if word.text == "vector" else 2, span=tree.span)
    first, *more = inside
    if word.text in UNITS and len(more) <= 1:
        return Filled("unit", _picked(names, first), tuple(_size(names, size) for size in more), span=tree.span)
    if word.text not in WORDS:
        return None
    sizes = inside[0].items if len(inside) == 1 and isinstance(inside[0], Bracket) else inside
    return sized(names, WORDS[word.text], sizes, tree)


def _picked(names: "Names", tree: Tree) -> int | Symbol:
    """Where the one stands: a number counted from 1, or an index."""
    number = _size(names, tree)
    return number if isinstance(number, int) else Symbol(key(tree), span=tree.span)


def sized(names: "Names", kind: FilledKind, sizes: Sequence[Tree], tree: Tree) -> Filled:
    return Filled(kind, sizes=tuple(_size(names, size) for size in sizes), rank=len(sizes) or None, span=tree.span)


def _size(names: "Names", tree: Tree) -> int | str:
    if isinstance(tree, Number) and tree.value.denominator == 1 and tree.value > 0:
        return int(tree.value)
    if could_be_name(tree):
        return names.integers.get(key(tree), span_text(tree.span))
    raise SyntaxFault("unreadable-size", f"{span_text(tree.span)} is neither a whole number nor a name of a size", tree.span)
