"""Calls of functions of the text, the `K(2)` of `K(b) = D(P_b || Q)`, as values of a quantity: the parameter has the number."""

from dataclasses import dataclass, replace
from fractions import Fraction

from chainrule.errors import ChainruleError
from chainrule.graph import build
from chainrule.graph.node import Named
from chainrule.inference.literals import Exact, read_literal, shape_of
from chainrule.inference.ranks import OF_RANK
from chainrule.inference.symbols import could_be_name, key
from chainrule.inference.uses import bracket_of
from chainrule.solving.context import Context
from chainrule.syntax.tree import Call, Juxtaposition, Tree


@dataclass(frozen=True)
class Called:
    """A function of the text at its parameters. context: what is known there, the parameters having the arguments' values."""

    context: Context
    quantity: Named
    body: Tree


def called_in(context: Context, tree: Tree) -> Called | None:
    """The function behind a formula that is nothing but a call of it; None where an argument has no number."""
    network = context.network
    head, arguments = _parts(tree)
    definition = network.reader.headed.get(key(head)) if could_be_name(head) else None
    if definition is None or not definition.parameters or definition.indices or not arguments:
        return None
    if len(arguments) != len(definition.parameters) or not all(map(could_be_name, definition.parameters)):
        return None
    parameters = [key(parameter) for parameter in definition.parameters]
    try:
        known = [_value(context, argument) for argument in arguments]
        given = {name: value for name, value in zip(parameters, known, strict=True) if value is not None}
        names = {name: build.variable(name, shape_of(value)) for name, value in given.items()}
        body = network.read(definition.body, names)
    except ChainruleError:
        return None
    if len(given) < len(parameters) or body.shape:
        return None
    own = replace(network, names={**network.names, **names}, values={**network.values, **given})
    return Called(Context(own), build.named(definition.name, body), definition.body)


def _parts(tree: Tree) -> tuple[Tree, tuple[Tree, ...]]:
    """What is called and with what; the tree itself with nothing where it is no call."""
    match tree:
        case Call(function=head, arguments=arguments):
            return head, arguments
        case Juxtaposition(items=(head, last)) if (bracket := bracket_of(last)) is not None:
            return head, bracket.items
        case _:
            return tree, ()


def _value(context: Context, argument: Tree) -> Exact | None:
    node = context.network.read(argument)
    literal, kind = read_literal(argument), OF_RANK.get(len(node.shape))
    if literal is not None and kind in literal.kinds:
        return literal.value(kind)
    value = context.number(node)
    return Fraction(value) if isinstance(value, float) else None
