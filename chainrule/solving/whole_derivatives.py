r"""The gradient, Jacobian or Hessian by several numbers as one array, beside its entries: of $f(x, y)$ the matrix 2 x 2."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from chainrule.graph import build
from chainrule.graph.node import Named, Node, Variable
from chainrule.inference.symbols import key
from chainrule.sheets import Task
from chainrule.solving.answer import Answer
from chainrule.solving.context import Context
from chainrule.solving.forward import answer_value
from chainrule.solving.parts import Whole
from chainrule.solving.requests import DerivativeRequest
from chainrule.syntax.tree import Bracket, Derivative, Tree

_ARRAYS = re.compile(
    r"\b(?:gradient|jacobian|hessian)(?! (?:descent|step)|-)\b|\\nabla(?!_)|∇(?!_)|\b[JH]_|(?:∂|\\partial)\s?\(", re.IGNORECASE
)
"""One of these in a task asks for an array, and not for each of its entries alone."""


def with_whole(
    make: Callable[[DerivativeRequest, Task], Answer], context: Context, requests: Iterable[DerivativeRequest], task: Task
) -> Iterator[Callable[[], Answer]]:
    """Each derivative as `make` answers it, then the array that all are the entries of.

    That only where words or signs ask for it, and all are by numbers.
    """
    asked = list(requests)
    yield from (partial(make, each, task) for each in asked)
    found = entries_of(asked) if _ARRAYS.search(f"{task.repeats} {task.text}") else None
    if found is None:
        return
    targets, variables, order = found
    head = [key(each) for each in context.network.reader.heads.get(targets[0].symbol, ())]
    if order == 1 and len(targets) == 1 and not targets[0].shape and head != [variable.symbol for variable in variables]:
        return  # the derivatives by some names of a network are each for itself
    node = array_of(context, asked, targets, variables, order)
    yield partial(answer_value, context, node, array_symbol(targets, variables, order), asked[0].asked, task.span, task.part)


def entries_of(asked: Sequence[DerivativeRequest]) -> tuple[list[Named], list[Whole], int] | None:
    """What is differentiated, by which numbers and how often; None where the derivatives are not all those of an array."""
    targets = list(dict.fromkeys(each.of for each in asked))
    variables = list(dict.fromkeys(whole for each in asked for whole in each.wholes))
    orders = {len(each.by) for each in asked}
    plain = all(each.is_whole and each.direction is None and each.layout == "gradient" for each in asked)
    if not plain or len(orders) != 1 or any(variable.shape for variable in variables):
        return None
    order = orders.pop()
    if order > 2 or len(variables) * len(targets) < 2 or len({target.shape for target in targets}) > 1:
        return None
    if targets[0].shape and (len(targets) > 1 or len(targets[0].shape) > 1 or order > 1):
        return None
    if order == 2 and len(targets) > 1:
        return None
    combined = len(variables) * (len(variables) + 1) // 2 if order == 2 else len(variables)
    return (targets, variables, order) if len(asked) == combined * len(targets) else None


def array_of(
    context: Context, asked: Sequence[DerivativeRequest], targets: Sequence[Named], variables: Sequence[Whole], order: int
) -> Node:
    """The array, with an axis for what is differentiated where that is several numbers, then one for each time."""
    found = {(each.of, *each.wholes): context.differentiator.forms(each.of, each.wholes).intermediate for each in asked}
    if order == 2:
        (target,) = targets
        both = {(i, j): found.get((target, i, j)) or found[target, j, i] for i in variables for j in variables}
        return build.stack([build.stack([both[i, j] for j in variables]) for i in variables])
    rows = [build.stack([found[target, variable] for variable in variables]) for target in targets]
    if targets[0].shape:
        length = targets[0].shape[0].number
        if length is None:
            return build.transpose(rows[0])
        columns = [found[targets[0], variable] for variable in variables]
        return build.stack([build.stack([build.entry(column, i) for column in columns]) for i in range(length)])
    return rows[0] if len(rows) == 1 else build.stack(rows)


def array_symbol(targets: Sequence[Named], variables: Sequence[Named | Variable], order: int) -> Tree:
    r"""`\frac{\partial f}{\partial (x, y)}`."""
    by = _together([variable.symbol for variable in variables])
    return Derivative("partial", _together([target.symbol for target in targets]), (by,) * order)


def _together(symbols: Sequence[Tree]) -> Tree:
    return symbols[0] if len(symbols) == 1 else Bracket("(", tuple(symbols), (",",) * (len(symbols) - 1))
