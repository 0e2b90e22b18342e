"""Quantities of members of families: by the closed form of the table, else summed or integrated with a bound of the error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from chainrule.algebra.normal_form import normal_form
from chainrule.errors import CodeError, EvaluationError
from chainrule.evaluation.array import Given, as_array
from chainrule.graph import build
from chainrule.graph.facts import NO_FACTS, Fact
from chainrule.graph.node import Node
from chainrule.graph.walk import leaves
from chainrule.inference.distributions.information import Information
from chainrule.ops.arithmetic import square
from chainrule.probability.cells.cell import Cell, Condition
from chainrule.probability.cells.table import cell
from chainrule.probability.distribution import Distribution
from chainrule.probability.families.domains import check_parameter, check_parameters
from chainrule.probability.families.family import Parameter
from chainrule.probability.integration.estimate import Estimate, question_of
from chainrule.probability.measure import measure
from chainrule.solving.answer import Code, Value, Where
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.information.decimal import Base
from chainrule.solving.information.domains import domains_of
from chainrule.solving.information.units import in_unit
from chainrule.syntax.tree import Number, Subscript, Superscript, Tree
from chainrule.typesetting import array

FACTS = {
    "positive": Fact.POSITIVE,
    "positive probability": Fact.POSITIVE,
    "positive vector": Fact.POSITIVE,
    "positive definite": Fact.POSITIVE_DEFINITE,
}


@dataclass(frozen=True)
class ClosedForm:
    """The closed form that fits, in a unit. values: of the symbols that stand for parameters that are numbers.

    conditions: what has to hold of parameters that have no numbers.
    """

    cell: Cell
    node: Node
    conditions: tuple[str, ...]
    values: dict[Tree, Value]
    where: tuple[Where, ...] = ()


def closed_form_of(context: Context, information: Information, base: Base) -> ClosedForm | None:
    """The closed form in that unit; None where there is none, or it says nothing of these parameters.

    Raises EvaluationError `parameter-domain` where a number is no parameter of its family.
    """
    families = [d.family for d in information.distributions if d.family is not None]
    if len(families) != len(information.distributions):
        return None
    for distribution in information.distributions:
        numbers = [context.extended(node) for node in distribution.parameters]
        if distribution.family is not None and None not in numbers:
            check_parameters(distribution.family, [as_array(n) for n in numbers if n is not None])  # pyright: ignore[reportArgumentType]
        for parameter, node in distribution.given:
            number = context.extended(node)
            if distribution.family is not None and number is not None:
                check_parameter(distribution.family, parameter, as_array(number))  # pyright: ignore[reportArgumentType]
    found = cell(information.quantity.name, *families)
    if information.node is None or found is None:
        return None
    parameters = parameters_of(information)
    told = [_holds(context, condition, parameters) for condition in found.conditions]
    if False in told:
        return None
    open_ones = tuple(_said(context, c, parameters) for c, holds in zip(found.conditions, told, strict=True) if holds is None)
    if any(leaves(build.named("root", node)) for node in parameters):
        said = (*domains_of(context, information), *open_ones)
        return ClosedForm(found, normal_form(in_unit(information.node, information.quantity, base)), said, {})
    return _in_symbols(context, found, information, base)


def parameters_of(information: Information) -> tuple[Node, ...]:
    """Those of the first distribution, those of the second, the order."""
    own = tuple(node for d in information.distributions for node in d.parameters)
    return own if information.order is None else (*own, information.order)


def _holds(context: Context, condition: Condition, parameters: Sequence[Node]) -> bool | None:
    """Whether a condition holds; None where a number is missing."""
    value = context.extended(condition.build(*parameters))
    return None if value is None else condition.holds(as_array(value))  # pyright: ignore[reportArgumentType]


def _said(context: Context, condition: Condition, parameters: Sequence[Node]) -> str:
    node = normal_form(condition.build(*parameters))
    formula = context.formula(node)
    if len(node.shape) == 2:
        return f"holds where {formula.unicode} is positive definite"
    return f"holds where {formula.unicode} {condition.sign.replace('>=', '≥')} 0"


def _in_symbols(context: Context, found: Cell, information: Information, base: Base) -> ClosedForm:
    """The closed form in symbols of its own, since all parameters are numbers."""
    values: dict[Tree, Value] = {}
    where: list[Where] = []
    arguments: list[Node] = []
    several = len(information.distributions) > 1
    for count, distribution in enumerate(information.distributions, 1):
        assert distribution.family is not None
        for parameter, node in zip(distribution.family.parameters, distribution.parameters, strict=True):
            symbol = _numbered(parameter.symbol, count if several else 0)
            value = context.extended(node)
            assert value is not None
            arguments.append(_stand_in(symbol, parameter, node))
            values |= _values(symbol, value)
            where.append(Where(tree_formula(symbol), tree_formula(array(value, 6))))
    if information.order is not None:
        arguments.append(information.order)
    build_form = found.construction.build
    assert build_form is not None
    node = build_form(*arguments)  # pyright: ignore[reportCallIssue]
    return ClosedForm(found, normal_form(in_unit(node, information.quantity, base)), (), values, tuple(where))


def _numbered(symbol: Tree, count: int) -> Tree:
    r"""`\mu_1`, `\sigma_1^2`; as it is where there is one distribution."""
    if not count:
        return symbol
    if isinstance(symbol, Superscript):
        return Superscript(_numbered(symbol.base, count), symbol.exponent)
    return Subscript(symbol, (Number(Fraction(count)),))


def _stand_in(symbol: Tree, parameter: Parameter, node: Node) -> Node:
    """A variable for a parameter; the square of one for `\\sigma^2`."""
    if isinstance(symbol, Superscript):
        return square(build.variable(symbol.base, node.shape, frozenset({Fact.POSITIVE})))
    fact = FACTS.get(parameter.domain)
    return build.variable(symbol, node.shape, NO_FACTS if fact is None else frozenset({fact}))


def _values(symbol: Tree, value: Value) -> dict[Tree, Value]:
    """The value by the symbol; of `\\sigma^2` that of `\\sigma` too."""
    return {symbol: value, symbol.base: _root(value)} if isinstance(symbol, Superscript) else {symbol: value}


def _root(value: Value) -> Value:
    return [_root(item) for item in value] if isinstance(value, list) else sqrt(value)


def estimated(context: Context, information: Information) -> Estimate:
    """The value in nats of distributions over numbers: by a closed form that holds and keeps its digits, else summed or
    integrated.

    Raises EvaluationError where a parameter has no number, or no method fits.
    """
    return measure(information.quantity.name, *_numbers(context, information))


def _numbers(
    context: Context, information: Information
) -> tuple[Distribution, Distribution | None, float | None, Given, Mapping[str, int]]:
    """The distributions, the order, and the values of what they are made of. Raises EvaluationError `order-domain`."""
    p, *others = information.distributions
    order = None if information.order is None else context.extended(information.order)
    if isinstance(order, list):
        raise EvaluationError("order-domain", "the order must be a number")
    return p, others[0] if others else None, order, context.values(), context.network.sizes


def program_of(context: Context, information: Information, found: Estimate, base: Base) -> tuple[Code | None, str]:
    """The program that sums or integrates what was found; None, and why, where none is written."""
    from chainrule.codegen.summed import summed_program

    quantity = information.quantity
    divisor = "" if base.number is None or not quantity.logarithmic else f" / math.log({float(base.number)!r})"
    given: dict[Node, object] = dict(context.exact_values())
    try:
        question = question_of(*_numbers(context, information))
        program = summed_program(quantity.name, information.distributions, question, found, given, divisor)
    except CodeError as problem:
        return None, f"no program is given: {problem.message}"
    return Code(program.source, {key: context.spelled(node) for key, node in program.parameters.items()}), ""
