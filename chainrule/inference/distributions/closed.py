"""The value of a quantity of distributions: an operation of vectors, or the closed form of families where it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.errors import ChainruleError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.walk import leaves
from chainrule.inference.distributions.arguments import Argument
from chainrule.inference.distributions.normals import are_of_vectors, in_one_family
from chainrule.inference.distributions.notation import Written
from chainrule.inference.distributions.quantity import Reading
from chainrule.inference.expression import read_resolved
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import Symbol
from chainrule.probability.cells.cell import Cell
from chainrule.probability.cells.table import cell
from chainrule.probability.quantities import Quantity
from chainrule.syntax.tree import Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


def conditions_hold(reading: Reading) -> bool | None:
    """Whether the conditions of a closed form hold; None where that depends on names."""
    families = [argument.family for argument in reading.arguments if argument.body is None and argument.family is not None]
    form = cell(reading.quantity.name, *families) if 0 < len(families) == len(reading.arguments) else None
    return True if form is None else _hold(form, parameters_of(reading.arguments, reading.order))


def of_one_family(reader: Reader, quantity: Quantity, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """Two normal distributions of vectors as members of one family, where only of those there is a closed form."""
    families = [argument.family for argument in arguments if argument.family is not None]
    if len(families) < len(arguments) or not are_of_vectors(families) or cell(quantity.name, *families) is not None:
        return arguments
    family, own = in_one_family(reader, families, [argument.parameters for argument in arguments], reader.operation("diag"))
    if cell(quantity.name, family, family) is None:
        return arguments
    return tuple(replace(each, family=family, parameters=given) for each, given in zip(arguments, own, strict=True))


def body_of(
    reader: Reader, found: Written, quantity: Quantity, arguments: tuple[Argument, ...], order: Tree | None
) -> Tree | None:
    """The value: of vectors by the operation, of families by their closed form; None where there is none."""
    last = () if order is None else (order,)
    families = [argument.family for argument in arguments if argument.family is not None]
    form = cell(quantity.name, *families) if len(families) == len(arguments) else None
    parameters = parameters_of(arguments, order)
    if any(argument.body is None for argument in arguments) or (
        form is not None and _is_long(reader, arguments) and _hold(form, parameters)
    ):
        return None if form is None else Applied(form.construction, parameters, span=found.span)
    bodies = [argument.body for argument in arguments if argument.body is not None]
    if any(argument.table is not None and len(argument.table.labels) == 2 for argument in arguments) and len(bodies) > 1:
        bodies = [Applied(reader.operation("vec"), (body,), span=body.span) for body in bodies]
    return Applied(quantity.operation, (*bodies, *last), span=found.span)


def _is_long(reader: Reader, arguments: Sequence[Argument]) -> bool:
    """Whether more than two probabilities are formulas in parameters without values: nobody reads the sum of these."""
    parts = (part for tree in parameters_of(arguments, None) for part in walk(tree))
    names = {part.name for part in parts if isinstance(part, Symbol)}
    tables = [argument.table for argument in arguments if argument.table is not None]
    return not names <= reader.numbers and any(len(table.labels) == 1 and len(table.labels[0]) > 2 for table in tables)


def parameters_of(arguments: Sequence[Argument], order: Tree | None) -> tuple[Tree, ...]:
    """What the closed form of these takes, in its order."""
    return (*(tree for argument in arguments for tree in argument.parameters), *(() if order is None else (order,)))


def _hold(form: Cell, parameters: Sequence[Tree]) -> bool | None:
    """Whether the conditions of a form hold of these parameters; None where that depends on names."""
    if not form.conditions:
        return True
    names = {part.name: build.variable(part.name) for tree in parameters for part in walk(tree) if isinstance(part, Symbol)}
    try:
        nodes = [read_resolved(tree, names) for tree in parameters]
        made = [(condition, condition.build(*nodes)) for condition in form.conditions]
    except ChainruleError:  # of arrays, whose shapes are not known here
        return None
    known = [condition.holds(evaluate([node], {})[0]) for condition, node in made if not leaves(node)]
    return None if len(known) < len(made) and all(known) else all(known)
