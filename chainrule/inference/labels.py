r"""Values with labels: `p = \{A: 0.6, B: 0.4\}` is a vector, and `p(A)` its entry."""

from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.literals import Literal, number
from chainrule.inference.ranks import VECTOR
from chainrule.inference.resolved import Entry
from chainrule.inference.symbols import Symbol, could_be_name, key, span_text
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


def read_labelled_entry(names: "Names", tree: Juxtaposition) -> Tree | None:
    """`p(A)`; None where p has no labels. Raises NameFault for a label that it does not have."""
    if len(tree.items) != 2 or not could_be_name(tree.items[0]):
        return None
    name, bracket = tree.items
    labels = names.labels.get(key(name), ())
    if not labels or not isinstance(bracket, Bracket) or bracket.kind != "(" or len(bracket.items) != 1:
        return None
    label = key(bracket.items[0])
    if label not in labels:
        message = f"{span_text(name.span)} gives no value to {span_text(bracket.items[0].span)}"
        raise NameFault(
            "unknown-label", message, tree.span, f"its labels are {', '.join(span_text(each.span) for each in labels)}"
        )
    return Entry(Symbol(key(name), span=name.span), (labels.index(label) + 1,), span=tree.span)
