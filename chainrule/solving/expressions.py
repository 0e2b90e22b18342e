r"""What one task brings along: its point, and expressions in the place of quantities, `\nabla_A \operatorname{tr}(A B)`.

An expression becomes a quantity of that task, under a name that nothing else has.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chainrule.errors import NameFault
from chainrule.graph.node import Named, postorder
from chainrule.inference.derivatives import written_out
from chainrule.inference.literals import is_literal
from chainrule.inference.network import Network
from chainrule.inference.resolved import Entry, Sliced
from chainrule.inference.statements import head_parts
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.sheets import Task
from chainrule.sheets.notation import statements
from chainrule.solving.arguments import at_arguments, at_values
from chainrule.solving.directions import read_along
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import unused_name
from chainrule.syntax.tree import Bracket, Derivative, Dots, Juxtaposition, Prime, Relation, Text, Tree, transform, walk

_AT = re.compile(r"\bat(?: the| a)?(?: given)?(?: point| position)?\s*(?:\$+|\\\()?\s*$")
_LETTERS = ("f", "g", "h", "F", "q")


@dataclass(frozen=True)
class Own:
    """What is in force for one task: the text, and of that what the task brings along."""

    text: ProblemText
    points: tuple[Tree, ...] = ()
    definitions: tuple[Relation, ...] = ()
    free: tuple[Tree, ...] = ()
    """Letters that stand for any number in it."""


def own_text(network: Network, text: ProblemText, task: Task, taken: Sequence[Tree]) -> Own:
    """What is in force for one task. taken: trees whose names no expression may get."""
    _require_points_read(network, task)
    points = [tree for math in task.math("point") for tree in text.trees.get(math.span, ())]
    points += _arguments(network, text, task)
    found = text.at_point(points) if points else text
    own: list[Relation] = []
    trees = dict(found.trees)
    for math in task.math("of", "asked"):
        whole = any(math is of for of in task.math("of"))
        placed = [at_values(network, tree)[0] for tree in trees.get(math.span, ())]
        trees[math.span] = tuple(_defined(network, tree, whole, own, taken) for tree in placed)
    for math in task.math("of") if task.form == "convexity" else ():
        trees[math.span] = tuple(_as_quantity(network, tree, own, taken) for tree in trees.get(math.span, ()))
    asked = [tree for math in task.math("of", "asked") for tree in trees.get(math.span, ())]
    free = _free_arguments(network, [*own, *asked])
    for math in task.math("of", "asked") if free else ():
        trees[math.span] = tuple(_with_derivatives(network, tree, free, own, taken) for tree in trees.get(math.span, ()))
    if own or points or free:
        found = replace(found, statements=[*found.statements, *own], trees=trees)
    return Own(found, tuple(points), tuple(own), tuple(free))


def _as_quantity(network: Network, tree: Tree, own: list[Relation], taken: Sequence[Tree]) -> Tree:
    """A function without its argument, the s of "is $s$ convex?", as its value at that."""
    definition = network.reader.headed.get(key(tree)) if could_be_name(tree) else None
    if definition is None or not definition.parameters or isinstance(network.names.get(key(tree)), Named):
        return tree
    arguments = Bracket("(", definition.parameters, (",",) * (len(definition.parameters) - 1), span=tree.span)
    value = Juxtaposition((tree, arguments), span=tree.span)
    known = next((each.sides[0] for each in own if each.sides[1] == value), None)
    name = known or replace(unused_name(network, _LETTERS, (tree, *own, *taken)), span=tree.span)
    if known is None:
        own.append(Relation(("=",), (name, value), span=tree.span))
    return name


def _with_derivatives(network: Network, tree: Tree, free: Sequence[Tree], own: list[Relation], taken: Sequence[Tree]) -> Tree:
    """The tree with `s''(x)` at any number x as the derivative of a quantity."""

    def change(part: Tree) -> Tree:
        match part:
            case Juxtaposition(items=(Prime(base=name, count=count), Bracket(items=(item,)))) if item in free:
                return Derivative("d", _as_quantity(network, name, own, taken), (item,) * count, span=part.span)
            case _:
                return part

    return transform(tree, change)


def _free_arguments(network: Network, trees: Iterable[Tree]) -> list[Tree]:
    """What a function that the text applies elsewhere is asked at in general, the x of `s'(x)`: any number."""
    found: dict[Tree, Tree] = {}
    for part in (part for tree in trees for part in walk(tree)):
        match part:
            case Juxtaposition(items=(head, Bracket(kind="(", items=items))):
                name = head.base if isinstance(head, Prime) else head
                definition = network.reader.headed.get(key(name)) if could_be_name(name) else None
                own = tuple(map(key, definition.parameters or ())) if definition is not None else ()
                if own and own == tuple(map(key, items)) and own[0] not in network.names:
                    found.update((key(item), item) for item in items)
            case _:
                pass
    return [*found.values()]


def _require_points_read(network: Network, task: Task) -> None:
    """Raise NameFault where a derivative is asked for at a letter that is none of what it depends on: "at $q$"."""
    if task.form != "derivative":
        return
    for math in task.math("mention"):
        found = statements(math)
        if len(found) != 1 or not _AT.search(math.span.source.text[: math.span.start]) or _says_itself(found[0]):
            continue
        name = network.names.get(network.reader.known(found[0]) or key(found[0]))
        used = {node for _, quantity in network.quantities() for node in postorder(quantity)}
        if name is None or name not in used:
            said = span_text(math.span)
            hint = f"write which variable it is put in for, such as at $x = {said}$"
            raise NameFault("point-not-read", f"it is not clear what {said} is the value of", math.span, hint)


def _says_itself(tree: Tree) -> bool:
    """Whether a point is numbers, or says what they are put in for."""
    return isinstance(tree, Relation) or is_literal(tree)


def _arguments(network: Network, text: ProblemText, task: Task) -> tuple[Relation, ...]:
    r"""The point that a task is at by arguments, `\nabla f(1, 2)`, `L(w = 0)`. Raises NameFault for several."""
    trees = [tree for math in task.math("asked") for tree in text.trees.get(math.span, ())]
    derivatives = [tree for tree in trees if isinstance(tree, Derivative)]
    found = [points for tree in derivatives if (points := at_arguments(network, tree)[1])]
    values = [points for tree in trees if (points := at_values(network, tree)[1])]
    many = len(trees) if values else len(derivatives)
    found += values
    if any(points != found[0] for points in found) or (found and len(found) < many):
        message = "derivatives or values at different points are asked for at once"
        raise NameFault("several-points", message, task.span, "ask for each in a sentence of its own")
    return found[0] if found else ()


def _defined(network: Network, tree: Tree, whole: bool, own: list[Relation], taken: Sequence[Tree]) -> Tree:
    """The tree with a name for what it differentiates, if that is an expression; its definition is put to `own`."""
    if read_along(network, tree) is not None:
        return tree
    written = written_out(network.reader, tree)
    if isinstance(written, Derivative) and written.of is not None:
        placed, _ = at_arguments(network, written)
        of = _defined(network, placed.of, True, own, taken) if placed.of is not None else None
        unchanged = placed is written and of is placed.of
        return tree if unchanged else replace(placed, of=of)
    if isinstance(tree, Relation) and isinstance(written_out(network.reader, tree.sides[0]), Derivative):
        left = _defined(network, tree.sides[0], False, own, taken)
        return tree if left is tree.sides[0] else replace(tree, sides=(left, *tree.sides[1:]))
    if not whole or not is_expression(network, tree):
        return tree
    name = replace(unused_name(network, _LETTERS, (tree, *own, *taken)), span=tree.span)
    own.append(Relation(("=",), (name, tree), span=tree.span))
    return name


def is_expression(network: Network, tree: Tree) -> bool:
    """Whether a tree is to be computed, and is no name, no part of an array and no quantity with its arguments."""
    if isinstance(tree, Relation | Derivative | Text | Dots) or could_be_name(tree):
        return False
    head, parameters = head_parts(tree)
    known = network.names.get(network.reader.known(head) or key(head)) if could_be_name(head) else None
    if parameters is not None and (isinstance(known, Named) or key(head) in network.reader.functions):
        own = network.reader.heads.get(key(head), ())
        applied = len(own) == len(parameters) and tuple(map(key, own)) != tuple(map(key, parameters))
        return applied or not all(map(could_be_name, parameters))
    if parameters is not None and key(head) in network.broken:
        return False
    return not isinstance(network.reader_for(network.names).read(tree), Entry | Sliced)
