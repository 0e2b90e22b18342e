r"""How far a sum reaches: `\sum_i y_i \log p_i + (1 - y_i) \log(1 - p_i)` is written without brackets around its body.

A sum ends at the next plus sign, unless what follows has the index in a subscript: no other reading gives it a meaning.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.inference.index_form import letters_of
from chainrule.inference.symbols import key, span_text
from chainrule.syntax.tree import BigOperator, Juxtaposition, Relation, Subscript, Sum, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


def reach(reader: "Reader", tree: Sum) -> Sum:
    """The sum of terms, each term that speaks of the index of a big operator before it put into the operator's body."""
    signs: list[int] = []
    terms: list[Tree] = []
    for sign, term in zip(tree.signs, tree.terms, strict=True):
        opened = _last_operator(terms[-1]) if terms else None
        index = _index(opened) if opened is not None else None
        if opened is None or index is None or index in reader.indices or not _speaks_of(term, index):
            signs.append(sign)
            terms.append(term)
            continue
        message = f"{span_text(term.span)} has the index of the sum before it and is read as a part of that sum"
        reader.note("sum-extended", message, term, "put brackets around what is summed", "warning")
        terms[-1] = _with_body(terms[-1], opened, _plus(opened.body, sign, term))
    return tree if len(terms) == len(tree.terms) else replace(tree, signs=tuple(signs), terms=tuple(terms))


def _last_operator(term: Tree) -> BigOperator | None:
    """The sum at the end of a term: everything behind it belongs to it."""
    while isinstance(term, Juxtaposition):
        term = term.items[-1]
    return term if isinstance(term, BigOperator) else None


def _index(operator: BigOperator) -> Tree | None:
    lower = operator.lower
    return key(lower.sides[0] if isinstance(lower, Relation) else lower) if lower is not None else None


def _speaks_of(term: Tree, index: Tree) -> bool:
    own = [part for part in walk(term) if isinstance(part, BigOperator) and _index(part) == index]
    return not own and any(isinstance(part, Subscript) and index in letters_of(part) for part in walk(term))


def _plus(body: Tree, sign: int, term: Tree) -> Sum:
    if isinstance(body, Sum):
        return replace(body, signs=(*body.signs, sign), terms=(*body.terms, term))
    return Sum((1, sign), (body, term))


def _with_body(term: Tree, opened: BigOperator, body: Tree) -> Tree:
    if isinstance(term, Juxtaposition):
        return replace(term, items=(*term.items[:-1], _with_body(term.items[-1], opened, body)))
    return replace(opened, body=body)
