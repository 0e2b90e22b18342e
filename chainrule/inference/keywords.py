"""Calls with arguments by name or in lists, as array libraries have them: `sum(A, axis=0)`, `norm(x, ord=1)`, `vstack([A, B])`.

Axes are counted from 0, as there; axis -1 is the last one.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference import brackets
from chainrule.inference.literals import ONE, TWO
from chainrule.inference.resolved import Applied, Function
from chainrule.inference.symbols import span_text
from chainrule.ops.axes import ALONG
from chainrule.ops.construction import Construction
from chainrule.syntax.tree import Bracket, Call, Name, Number, Relation, Sum, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

ZERO = Number(Fraction(0))
AXES = ("axis", "dim")
KEYWORDS = frozenset((*AXES, "ord", "p", "keepdims", "keepdim", "ddof", "dtype"))
JOINED = ("concatenate", "concat", "vstack", "hstack")
EXTREMES = {"maximum": "max", "minimum": "min", "max_entry": "max", "min_entry": "min"}
POSITIONAL = frozenset(("sum", "mean", "softmax", "log_softmax", "logsumexp"))
"""Words whose second argument without a name is an axis."""
ORDERS: Mapping[Tree, Tree] = {Name("fro"): Name("F"), Name("inf"): Name("\\infty")}


def read_keywords(reader: "Reader", tree: Call) -> Tree | None:
    """The meaning of a call with an axis, an order or a list of arrays; None for any other.

    Raises SyntaxFault `unsupported-argument` for an argument that chainrule does not know, or an axis that is none.
    """
    word = tree.function.text if isinstance(tree.function, Name) else ""
    if word not in reader.table or reader.knows(tree.function):
        return None
    arguments, named = _sorted(tree)
    if word in JOINED and len(arguments) == 1 and isinstance(arguments[0], Bracket) and _is_axis_0(named):
        return _joined(reader, word, arguments[0], tree)
    record = reader.table[word]
    if record.name == "norm" and arguments:
        return _norm(reader, tree, arguments, named)
    name = EXTREMES.get(record.name, record.name)
    axis = next((named.pop(axis) for axis in AXES if axis in named), None)
    if axis is None and len(arguments) == 2 and name in POSITIONAL:
        axis = arguments.pop()
        message = (
            f"the second argument in {span_text(tree.span)} is read as the axis, counted from 0: 0 is for columns, 1 for rows"
        )
        reader.note("axis-from-zero", message, tree, "write axis=0 or axis=1 to say so")
    if named:
        raise _unsupported(next(iter(named)), tree)
    if axis is None:
        return None
    if name not in ALONG or len(arguments) != 1:
        raise SyntaxFault("unsupported-argument", f"{word} is not taken along an axis", tree.span)
    return Applied(_along(name, axis, tree), (reader.read(arguments[0]),), span=tree.span)


def _sorted(tree: Call) -> tuple[list[Tree], dict[str, Tree]]:
    """The arguments by place, and those by name."""
    places: list[Tree] = []
    named: dict[str, Tree] = {}
    for argument in tree.arguments:
        match argument:
            case Relation(operators=("=",), sides=(Name(text=text), value)) if text in KEYWORDS:
                named[text] = value
            case _:
                places.append(argument)
    return places, named


def _is_axis_0(named: Mapping[str, Tree]) -> bool:
    return all(name in AXES and value == ZERO for name, value in named.items())


def _unsupported(name: str, tree: Call) -> SyntaxFault:
    hint = "a sum along an axis has one axis less: write it as an array of its own" if name.startswith("keepdim") else None
    message = f"chainrule does not know the argument {name} in {span_text(tree.span)}"
    return SyntaxFault("unsupported-argument", message, tree.span, hint)


def _along(name: str, axis: Tree, tree: Call) -> Construction:
    match axis:
        case Number(value=value) if value == 0:
            return ALONG[name].first
        case Number(value=value) if value == 1:
            return ALONG[name].rows
        case Sum(signs=(-1,), terms=(Number(value=value),)) if value == 1:
            return ALONG[name].last
        case _:
            message = f"{span_text(axis.span)} in {span_text(tree.span)} is no axis of a vector or a matrix"
            raise SyntaxFault("unsupported-argument", message, axis.span, "axes are 0, 1 and -1")


def _joined(reader: "Reader", word: str, arrays: Bracket, tree: Call) -> Tree:
    """One array after the other, from the right."""
    operation: Function = reader.table[word]
    *before, whole = (reader.read(item) for item in arrays.items)
    for array in reversed(before):
        whole = Applied(operation, (array, whole), span=tree.span)
    return whole


def _norm(reader: "Reader", tree: Call, arguments: list[Tree], named: dict[str, Tree]) -> Tree | None:
    order = named.pop("ord", None) or named.pop("p", None) or (arguments[1] if len(arguments) == 2 else None)
    axis = next((named.pop(axis) for axis in AXES if axis in named), None)
    if named:
        raise _unsupported(next(iter(named)), tree)
    order = ORDERS.get(order, order) if order is not None else None
    if axis is None:
        if order is None:
            return None
        return brackets.read_norm(reader, Bracket("||", (arguments[0],), span=tree.span), (order,))
    if order not in (None, ONE, TWO):
        raise SyntaxFault("unsupported-argument", "along an axis the orders of a norm are 1 and 2", tree.span)
    name = "norm1" if order == ONE else "norm"
    return Applied(_along(name, axis, tree), (reader.read(arguments[0]),), span=tree.span)
