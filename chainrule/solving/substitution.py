"""Numbers put into a formula: names become numbers, lists and matrices."""

from collections.abc import Mapping
from dataclasses import fields
from typing import cast

from chainrule.solving.answer import Value
from chainrule.syntax.tree import Bracket, Derivative, Sum, Tree
from chainrule.typesetting import array


def put_in(tree: Tree, values: Mapping[Tree, Value]) -> Tree:
    """The tree with the names in `values` replaced by their numbers; negative numbers are put in parentheses.

    Names are replaced from the outside in: `W^{(1)}` is a name before W is looked for in it.
    """
    if tree in values:
        number = array(values[tree])
        return Bracket("(", (number,)) if isinstance(number, Sum) else number
    if isinstance(tree, Derivative):
        return tree
    new = {each.name: _replaced(getattr(tree, each.name), values) for each in fields(tree) if each.name != "span"}
    return type(tree)(**new, span=tree.span)


def _replaced(part: object, values: Mapping[Tree, Value]) -> object:
    if isinstance(part, Tree):
        return put_in(part, values)
    if isinstance(part, tuple):
        return tuple(_replaced(item, values) for item in cast("tuple[object, ...]", part))
    return part
