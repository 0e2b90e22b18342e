r"""Functions that a text applies and nowhere defines, `f(A x)`: elementwise, smooth, with derivatives that stay f', f''.

Nobody knows their values. So that formulas with them can be compared, each has some: those of a fixed wave that its name
decides. `opaque_functions` tells where a number would rest on them, and no such number is shown.
"""

from collections.abc import Iterable
from functools import cache
from random import Random
from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Apply, Node, postorder
from chainrule.graph.operation import Operation, Property
from chainrule.ops.properties import ACTIVATION, SMOOTH
from chainrule.syntax.tree import Name, Number, Prime, Tree, walk


def opaque(symbol: Tree, order: int = 0) -> Operation:
    """The function that the text calls `symbol`, differentiated `order` times: the same record for equal symbols."""
    return _made(symbol, order)


@cache
def _made(symbol: Tree, order: int) -> Operation:
    frequency, phase = _wave(_letters(symbol))

    def value(xp: Any, x: Any) -> Any:
        # The derivatives of x + sin(w x + p).
        wave = frequency**order * xp.sin(frequency * x + phase + order * xp.pi / 2)
        return wave + (x if order == 0 else 1.0 if order == 1 else 0.0)

    return Operation(
        name=_word(symbol) + "'" * order,
        arguments=("a",),
        signature="S -> S",
        because="By the chain rule: the derivative of the function at its argument, times the upstream gradient.",
        value=value,
        partials=(lambda x: build.apply(opaque(symbol, order + 1), x),),
        function=Prime(symbol, order) if order else symbol,
        properties=(ACTIVATION if order == 0 else SMOOTH) | {Property.OPAQUE},
        made_by=(opaque, (symbol, order)),
    )


def _wave(name: str) -> tuple[float, float]:
    """A frequency and a phase; Random is seeded by the text itself, so they are the same everywhere."""
    random = Random(name)
    return random.uniform(0.6, 1.4), random.uniform(0.0, 6.0)


def _letters(symbol: Tree) -> str:
    """What tells two symbols apart, in one text."""

    def text(part: Tree) -> str:
        match part:
            case Name(text=text):
                return text
            case Number(value=value):
                return str(value)
            case _:
                return type(part).__name__

    return " ".join(map(text, walk(symbol)))


def _word(symbol: Tree) -> str:
    first = next((part for part in walk(symbol) if isinstance(part, Name)), None)
    return first.text.removeprefix("\\") if first is not None else "function"


def derivative_of_opaque(operation: Operation) -> Operation | None:
    """f' of an opaque f; None of any other operation."""
    if operation.made_by is None or operation.made_by[0] is not opaque:
        return None
    symbol, order = operation.made_by[1]
    return opaque(symbol, order + 1)


def opaque_functions(roots: Iterable[Node]) -> list[Operation]:
    """The operations below the roots that are opaque, or are defined by some that are."""
    applied = (node.operation for node in postorder(*roots) if isinstance(node, Apply))
    return list(dict.fromkeys(operation for operation in applied if Property.OPAQUE in operation.properties))
