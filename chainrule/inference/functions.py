"""Functions that a text defines: recognised by what they mean, honoured as written where they mean something of their own."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from math import isclose
from typing import cast

from chainrule.algebra.normal_form import normal_form
from chainrule.errors import ChainruleError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Node, Variable, operands, postorder
from chainrule.graph.operation import Operation, Property
from chainrule.inference.symbols import letter
from chainrule.ops.opaque import opaque_functions
from chainrule.ops.properties import PRIMED
from chainrule.syntax.tree import Name, Tree

SAMPLES = (-71.0, -18.4, -7.3, -2.9, -1.7, -0.6, -0.21, 0.13, 0.45, 0.8, 1.37, 2.2, 3.1, 8.6, 23.5, 64.0)
"""Arguments at which two functions are compared: both signs, near zero and far from it."""


def lift(body: Node, parameter: Variable, argument: Node) -> Node:
    """A scalar function's body with another argument, entry by entry if that is an array."""
    made: dict[Node, Node] = {parameter: argument}
    for node in postorder(body):
        if node in made:
            continue
        below = [made[operand] for operand in operands(node)]
        match node:
            case Apply(operation=operation):
                made[node] = build.apply(operation, *below)
            case Add(terms=terms):
                made[node] = build.add(*(build.scale(c, n) for (c, _), n in zip(terms, below, strict=True)))
            case Contract():
                made[node] = build.multiply(*below)
            case _:
                made[node] = node
    return build.lift(made[body], argument.shape)


def is_elementwise(body: Node, parameter: Variable) -> bool:
    """Whether a body is a scalar made of scalars alone, with no other name in it."""
    nodes = postorder(body)
    return all(not n.shape for n in nodes) and all(
        n is parameter or isinstance(n, Constant | Add | Contract) or (isinstance(n, Apply) and _lifts(n.operation))
        for n in nodes
    )


def _lifts(operation: Operation) -> bool:
    return operation.elementwise or not operation.arguments


@cache
def user_function(symbol: Tree, parameter: Variable, body: Node) -> Operation:
    """The elementwise operation for `symbol(parameter) = body`; its derivative is kept as f' until it is asked for."""
    base = letter(symbol)
    unknown = frozenset({Property.OPAQUE} if opaque_functions([body]) else ())
    return Operation(
        name=base.text.removeprefix("\\") if isinstance(base, Name) else "function",
        arguments=("a",),
        signature="S -> S",
        because="By the chain rule: the derivative of the function at its argument, times the upstream gradient.",
        definition=lambda argument: lift(body, parameter, argument),
        function=symbol,
        properties=(PRIMED if _is_analytic(body) else PRIMED - {Property.ANALYTIC}) | unknown,
        made_by=(user_function, (symbol, parameter, body)),
    )


def _is_analytic(body: Node) -> bool:
    return all(Property.ANALYTIC in n.operation.properties for n in postorder(body) if isinstance(n, Apply) and n.arguments)


@cache
def renamed(operation: Operation, symbol: Tree) -> Operation:
    """The same operation under the person's own name for it."""
    return replace(operation, function=symbol, tree=None, made_by=(renamed, (operation, symbol)))


def recognise(symbol: Tree, parameter: Variable, body: Node, table: Iterable[Operation]) -> Operation:
    """The operation of the table that has the same values as the body, or the function as the person wrote it.

    The comparison is of meaning: the values at points of both signs, small and large, agree to 1e-12; where the body has
    jumps or kinks the normal forms are the same too.
    """
    values = _values(body, parameter)
    for operation in table:
        if values is not None and operation.elementwise and len(operation.arguments) - len(operation.defaults) == 1:
            defaults = [build.constant(d) for d in operation.defaults]
            other = _values(build.apply(operation, parameter, *defaults), parameter)
            if other is not None and _agree(values, other) and (_is_smooth(body) or _same(body, operation, parameter)):
                known = isinstance(symbol, Name) and symbol.text in operation.spellings
                return operation if known or operation.defaults else renamed(operation, symbol)
    return user_function(symbol, parameter, body)


def recognise_array(symbol: Tree, parameter: Variable, body: Node, table: Iterable[Operation]) -> Operation | None:
    """The operation of the table that takes a vector to the same values as the body, softmax and its like; None where there
    is none, or where the body has jumps or kinks, which values do not show.
    """
    if len(parameter.shape) != 1 or not _is_smooth(body):
        return None
    points = [{parameter: list(SAMPLES[start : start + length])} for start, length in ((1, 4), (4, 5), (7, 6))]
    for operation in [o for o in table if not o.elementwise and o.signature in ("n -> n", "n -> .", "S -> S", "S -> .")]:
        if len(operation.arguments) != 1:
            continue
        try:
            other = build.apply(operation, parameter)
            pairs = [evaluate([body, other], point) for point in points]
        except ChainruleError:
            continue
        if all(a.shape == b.shape and _agree(a.ravel().tolist(), b.ravel().tolist()) for a, b in pairs):
            known = isinstance(symbol, Name) and symbol.text in operation.spellings
            return operation if known else renamed(operation, symbol)
    return None


def _is_smooth(body: Node) -> bool:
    """Whether a body is analytic, so that values at many points tell all; a jump or kink between them could hide from it."""
    return all(n.operation.kink is None and not n.operation.at_kink for n in postorder(body) if isinstance(n, Apply))


def _same(body: Node, operation: Operation, parameter: Variable) -> bool:
    """Whether a body with jumps or kinks has the normal form of an operation or of its definition."""
    defaults = [build.constant(d) for d in operation.defaults]
    meanings = [build.apply(operation, parameter, *defaults)]
    if operation.definition is not None:
        meanings.append(cast("Callable[..., Node]", operation.definition)(parameter, *defaults))
    return any(normal_form(meaning) is normal_form(body) for meaning in meanings)


def _values(body: Node, parameter: Variable) -> list[float] | None:
    try:
        found = [float(evaluate([body], {parameter: sample})[0]) for sample in SAMPLES]
    except ChainruleError:
        return None
    return found if all(v == v for v in found) else None


def _agree(left: list[float], right: list[float]) -> bool:
    return all(isclose(a, b, rel_tol=1e-12, abs_tol=1e-14) for a, b in zip(left, right, strict=True))
