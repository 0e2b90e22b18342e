r"""Values with labels: `p = \{A: 0.6, B: 0.4\}` is a vector, and `p(A)` its entry."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.literals import Literal, number
from chainrule.inference.ranks import VECTOR
from chainrule.inference.resolved import Entry
from chainrule.inference.symbols import Symbol, could_be_name, join_spans, key, span_text
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree

if TYPE_CHECKING:
    from chainrule.inference.names import Names


def read_labelled(tree: Tree) -> tuple[Literal, tuple[Tree, ...]] | None:
    """The numbers of a set with labels, and its labels; None for any other tree."""
    if not isinstance(tree, Bracket) or tree.kind != "{" or not tree.items:
        return None
    pairs = [item.sides for item in tree.items if isinstance(item, Relation) and item.operators == (":",)]
    values = [number(value) for _, value in pairs]
    if len(pairs) < len(tree.items) or None in values:
        return None
    entries = tuple(value for value in values if value is not None)
    return Literal(tuple((value,) for value in entries), frozenset((VECTOR,))), tuple(key(label) for label, _ in pairs)


def with_entries(names: "Names", tree: Juxtaposition) -> Juxtaposition:
    """The product with every `p(A)` as an entry of p. Raises NameFault for a label that p does not have."""
    items: list[Tree] = []
    for item in tree.items:
        entry = _entry(names, items[-1], item) if items else None
        items[-1:] = [items[-1], item] if items and entry is None else [item if entry is None else entry]
    return tree if len(items) == len(tree.items) else replace(tree, items=tuple(items))


def _entry(names: "Names", name: Tree, behind: Tree) -> Entry | None:
    labels = names.labels.get(key(name), ()) if could_be_name(name) else ()
    if not labels or not isinstance(behind, Bracket) or behind.kind != "(" or len(behind.items) != 1:
        return None
    label = key(behind.items[0])
    if label not in labels:
        message = f"{span_text(name.span)} gives no value to {span_text(behind.items[0].span)}"
        known = ", ".join(span_text(each.span) for each in labels)
        raise NameFault("unknown-label", message, behind.span, f"its labels are {known}")
    return Entry(Symbol(key(name), span=name.span), (labels.index(label) + 1,), span=join_spans((name, behind)))
