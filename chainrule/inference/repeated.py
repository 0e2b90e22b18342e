r"""Products such as `W_{ij} x_j` without a sum sign: nothing is summed that the text does not say."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.index_form import INDEX_LETTERS, letters_of
from chainrule.inference.resolved import Entry
from chainrule.inference.symbols import Symbol, key, span_text
from chainrule.syntax.tree import Product, Subscript, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


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
