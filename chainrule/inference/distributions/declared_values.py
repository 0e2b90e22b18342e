r"""Sets that random variables take their values in, `X, Y \in \{0, 1\}`: what they say of a table that names no variables.

`p(0, 1) = 1/4` is then `p(X, Y)` at that outcome, the variables in the order of the text.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.labels import RANDOM, label_of, said
from chainrule.inference.symbols import could_be_name, key
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Relation, Tree, walk

_MOST = 5
"""So many variables are matched with the places of a tuple."""


def with_variables(statements: Sequence[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    """The statements with the variables in the head of the one table of tuples that has none, where the sets fit its places,
    and a note where they fit in another order too.
    """
    supports = dict(found for each in statements if (found := _support(each)) is not None)
    tables = [(each, columns) for each in statements if isinstance(each, Relation) and (columns := _columns(each))]
    if len(tables) != 1 or not 2 <= len(supports) <= _MOST:
        return _without_idle(statements, supports), []
    ((table, columns),) = tables
    fitting = [order for order in permutations(supports) if [supports[name] for name in order] == columns]
    if not fitting:
        return _without_idle(statements, supports), []
    variables = tuple(supports) if tuple(supports) in fitting else fitting[0]
    head = table.sides[0]
    bracket = Bracket("(", variables, (",",) * (len(variables) - 1), span=head.span)
    named = replace(table, sides=(Juxtaposition((head, bracket), span=head.span), *table.sides[1:]))
    message = f"the places of {said(head)} are taken for the values of {', '.join(map(said, variables))}, in this order"
    notes = [Diagnostic("note", "variables-by-place", message, head.span)] if len(fitting) > 1 else []
    return [named if each is table else each for each in statements if _support(each) is None], notes


def _without_idle(statements: Sequence[Tree], supports: dict[Name, set[Tree]]) -> list[Tree]:
    """Without the sets of random variables of which no equation speaks: a variable is no number for having one."""
    stating = (each for each in statements if isinstance(each, Relation) and _support(each) is None)
    others = {key(part) for each in stating for part in walk(each) if could_be_name(part)}
    idle = {name for name in supports if name.text in RANDOM and name not in others}
    return [each for each in statements if (found := _support(each)) is None or found[0] not in idle]


def _support(statement: Tree) -> tuple[Name, set[Tree]] | None:
    """A capital letter and its values."""
    match statement:
        case Relation(operators=("\\in",), sides=(Name(text=text), Bracket(kind="{", items=items))) if items:
            return (Name(text), set(map(label_of, items))) if len(text) == 1 and text.isupper() else None
        case _:
            return None


def _columns(statement: Tree) -> list[set[Tree]]:
    """What stands at each place of the outcomes of a table whose head is a letter alone; none of any other statement."""
    match statement:
        case Relation(operators=("=",), sides=(head, Bracket(kind="{", items=items))) if could_be_name(head) and items:
            labels = [label_of(i.sides[0]) for i in items if isinstance(i, Relation) and i.operators == (":",)]
        case _:
            return []
    rows = [label.items for label in labels if isinstance(label, Bracket)]
    if len(rows) != len(items) or len({len(row) for row in rows}) != 1:
        return []
    return [set(column) for column in zip(*rows, strict=True)]
