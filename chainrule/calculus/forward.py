r"""Forward mode: one sweep along the graph gives the tangent of a target, its derivative along a direction in some inputs.

An operation that is linear in an argument is applied to the tangent: of U \otimes V that is U' \otimes V + U \otimes V'. An
elementwise operation multiplies by its local derivative, an operation with a pullback, which is linear in the upstream
gradient, is turned around, and any other is differentiated through its definition.
(Transposing a pullback: Radul et al., You Only Linearize Once, POPL 2023.)
"""

from collections.abc import Mapping

from chainrule.calculus.reverse import backpropagate, has_local_derivative, local_derivative
from chainrule.errors import DerivativeError
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Contract, Named, Node, Stack, Unit, operands, postorder
from chainrule.graph.operation import Operation, Property, Pullback
from chainrule.graph.walk import substitute
from chainrule.syntax.tree import Name


def pushforward(target: Node, tangents: Mapping[Node, Node]) -> Node:
    """Target (o...), a tangent of its own shape for some nodes of the graph -> the tangent (o...) of the target.

    The graph is cut at those nodes. Raises DerivativeError where an operation has no derivative.
    """
    order = postorder(target, into=lambda node: () if node in tangents else operands(node))
    called = {node.body: node for node in order if isinstance(node, Named)}
    made: dict[Node, Node] = {node: tangents[node] for node in order if node in tangents}
    for node in order:
        if node not in made and not isinstance(node, Unit) and any(o in made for o in operands(node)):
            made[node] = _tangent(node, made, called.get(node, node))
    return made.get(target, build.zeros(target.shape))


def _tangent(node: Node, made: Mapping[Node, Node], result: Node) -> Node:
    """The tangent of a node from those of its operands; operands without one stand still."""
    match node:
        case Named(body=body):
            return made[body]
        case Add(terms=terms):
            return build.linear(((c, made[t]) for c, t in terms if t in made), node.shape)
        case Contract():
            moved = [k for k, factor in enumerate(node.factors) if factor in made]
            return build.linear(((1, _with_factor(node, k, made[node.factors[k]])) for k in moved), node.shape)
        case Stack(items=items):
            return build.stack([made.get(item, build.zeros(item.shape)) for item in items])
        case Apply(arguments=arguments):
            if Property.LINEAR in node.operation.properties:
                return build.apply(node.operation, *(made.get(a, build.zeros(a.shape)) for a in arguments))
            moved = [k for k, argument in enumerate(arguments) if argument in made]
            return build.linear(((1, _applied(node, k, made[arguments[k]], result)) for k in moved), node.shape)
        case _:
            raise DerivativeError("no-derivative", f"a {type(node).__name__} has no operands to differentiate by")


def _with_factor(node: Contract, k: int, factor: Node) -> Node:
    factors = [*node.factors[:k], factor, *node.factors[k + 1 :]]
    return build.contract(factors, node.indices, node.output, dict(enumerate(node.extents)))


def _applied(node: Apply, k: int, tangent: Node, result: Node) -> Node:
    """What the movement of argument k alone does to an application."""
    operation = node.operation
    if build.is_zero(tangent):
        return build.zeros(node.shape)
    if Property.MULTILINEAR in operation.properties:
        return build.apply(operation, *node.arguments[:k], tangent, *node.arguments[k + 1 :])
    if operation.pushforwards:
        return operation.pushforwards[k](tangent, result, node.arguments)
    if has_local_derivative(operation):
        local = local_derivative(operation, k, node.arguments)
        if local is None:
            return build.zeros(node.shape)
        return build.multiply(build.lift(local, node.shape), build.lift(tangent, node.shape))
    if operation.pullbacks:
        rule = operation.pullbacks[k]
        return build.zeros(node.shape) if rule is None else _turned_around(rule, node, tangent, result)
    if operation.definition is not None:
        return _through_definition(operation, node.arguments, k, tangent)
    raise DerivativeError("no-derivative", f"the operation {operation.name} has no derivative")


def _turned_around(rule: Pullback, node: Apply, tangent: Node, result: Node) -> Node:
    """The tangent y_dot with <u, y_dot> = <pullback(u), x_dot> for every u: the gradient of the right side by u."""
    upstream = build.variable(Name("the upstream"), node.shape)
    moving = build.variable(Name("the tangent"), tangent.shape)
    paired = build.inner(rule(upstream, result, node.arguments), moving)
    return substitute(backpropagate(paired, [upstream]).gradient(upstream), {moving: tangent})


def _through_definition(operation: Operation, arguments: tuple[Node, ...], k: int, tangent: Node) -> Node:
    """The tangent of the definition, with stand-ins so that argument k alone moves. As deep as definitions are nested."""
    assert operation.definition is not None
    stand_ins = [build.variable(Name(f"argument {i}"), a.shape) for i, a in enumerate(arguments)]
    moving = build.variable(Name("the tangent"), tangent.shape)
    found = pushforward(operation.definition(*stand_ins), {stand_ins[k]: moving})
    return substitute(found, {moving: tangent, **dict(zip(stand_ins, arguments, strict=True))})
