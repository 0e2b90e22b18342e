"""Reverse mode: one sweep over the graph in reverse topological order gives the cotangents of all that the target is made of.

A cotangent has its node's own shape. Every edge emits a Step: upstream times local, accumulated at the operand.
Derivatives are written with the same nodes as everything else, so that they can be differentiated again.
(Reverse accumulation: Griewank and Walther, Evaluating Derivatives, 2nd ed., chapter 3.)
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from chainrule.errors import DerivativeError
from chainrule.graph import build
from chainrule.graph.dimension import shape_text
from chainrule.graph.node import Add, Apply, Contract, Named, Node, Stack, Unit, Variable, operands, postorder
from chainrule.graph.operation import Operation, Property
from chainrule.graph.step import Step
from chainrule.graph.walk import index_variables, substitute
from chainrule.ops.opaque import derivative_of_opaque
from chainrule.syntax.tree import Name, Prime, Tree

CotangentName = Callable[[Named], Tree]
Unary = Callable[[Node], Node]


@dataclass(frozen=True)
class Backpropagation:
    """The cotangents of one scalar target. Those of named quantities are named quantities themselves."""

    target: Node
    cotangents: Mapping[Node, Node]
    steps: tuple[Step, ...]
    indices: frozenset[Variable] = frozenset()

    def gradient(self, by: Node) -> Node:
        """The derivative of the target by a node of its graph, with the node's shape; zero where nothing depends on it.

        Raises DerivativeError for an index, which counts entries.
        """
        refuse_index(by, self.indices)
        return self.cotangents.get(by, build.zeros(by.shape))


def backpropagate(target: Node, wanted: Collection[Node] | None = None, name: CotangentName | None = None) -> Backpropagation:
    """Sweep back from a scalar. `wanted`: only what leads to these nodes (default: everything). `name`: how the cotangents
    of named quantities are called (default: they stay unnamed).

    Raises DerivativeError where the target is not a scalar or an operation has no derivative.
    """
    if target.shape:
        raise DerivativeError("not-a-scalar", f"a gradient needs a scalar; this is {shape_text(target.shape)}")
    order = postorder(target)
    needed = set(order) if wanted is None else _leading_to(order, wanted)
    arrived: dict[Node, list[Node]] = {target: [build.constant(1)]}
    cotangents: dict[Node, Node] = {}
    steps: list[Step] = []
    called = {node.body: node for node in order if isinstance(node, Named)}
    for node in reversed(order):
        if node not in needed or node not in arrived:
            continue
        cotangent = _accumulate(node, arrived.pop(node), steps)
        if isinstance(node, Named) and name is not None and node is not target:
            cotangent = build.named(name(node), cotangent)
        cotangents[node] = cotangent
        for k, operand in enumerate(operands(node)):
            if operand in needed:
                share = _share(node, k, cotangent, called.get(node, node), steps)
                if share is not None and not build.is_zero(share):
                    arrived.setdefault(operand, []).append(share)
    return Backpropagation(target, cotangents, tuple(steps), frozenset(index_variables(order)))


def refuse_index(by: Node, indices: Collection[Variable]) -> None:
    """Raise DerivativeError where the variable is an index, which counts entries."""
    if isinstance(by, Variable) and by in indices:
        message = "an index counts entries, so there is no derivative by it"
        raise DerivativeError("derivative-by-index", message, by.symbol.span)


def _leading_to(order: list[Node], wanted: Collection[Node]) -> set[Node]:
    found = set(wanted)
    for node in order:
        if any(operand in found for operand in operands(node)):
            found.add(node)
    return found


def _accumulate(node: Node, shares: list[Node], steps: list[Step]) -> Node:
    whole = build.linear(((1, share) for share in shares), node.shape)
    if len(shares) > 1:
        because = f"It is used in {len(shares)} places, so the contributions of all of them add up."
        steps.append(Step("accumulate", node, None, shares[0], whole, because))
    return whole


def _share(node: Node, k: int, upstream: Node, result: Node, steps: list[Step]) -> Node | None:
    """The contribution of one edge, recorded as a step; None where the local derivative is zero.

    result: the node, or the quantity that has it for its body, so that a rule in terms of the result uses its name.
    """
    match node:
        case Named():
            return upstream
        case Unit():
            return None
        case Add(terms=terms):
            coefficient = terms[k][0]
            after = build.scale(coefficient, upstream)
            because = "A sum hands its upstream gradient on to every term, times the term's coefficient."
            steps.append(Step("sum", node, k, upstream, after, because, build.constant(coefficient)))
        case Contract():
            after = _contract_pullback(node, k, upstream)
            because = "In a product the gradient of one factor is the upstream gradient times the other factors."
            steps.append(Step("product", node, k, upstream, after, because))
        case Stack():
            after = build.entry(upstream, k)
            steps.append(
                Step("list", node, k, upstream, after, "An entry of a list receives the same entry of the upstream gradient.")
            )
        case Apply():
            found = _apply_pullback(node, k, upstream, result)
            if found is None:
                return None
            after, local = found
            steps.append(Step(node.operation.name, node, k, upstream, after, node.operation.reason(k), local))
        case _:
            raise DerivativeError("no-derivative", f"a {type(node).__name__} has no operands to differentiate by")
    return after


def _contract_pullback(node: Contract, k: int, upstream: Node) -> Node:
    """The other factors and (upstream, output indices), contracted to the operand's own index list."""
    others = [f for i, f in enumerate(node.factors) if i != k]
    indices = [own for i, own in enumerate(node.indices) if i != k]
    return build.contract([*others, upstream], [*indices, node.output], node.indices[k], dict(enumerate(node.extents)))


def _apply_pullback(node: Apply, k: int, upstream: Node, result: Node) -> tuple[Node, Node | None] | None:
    """(contribution, local derivative where it can be said apart); None where the derivative is zero."""
    operation, arguments = node.operation, node.arguments
    if has_local_derivative(operation):
        local = local_derivative(operation, k, arguments)
        if local is None or build.is_zero(local):
            return None
        axes = tuple(range(len(node.shape)))
        own = axes if arguments[k].shape else ()
        extents = dict(enumerate(node.shape))
        return build.contract([upstream, local], [axes, axes if local.shape else ()], own, extents), local
    if operation.pullbacks:
        rule = operation.pullbacks[k]
        return None if rule is None else (rule(upstream, result, arguments), None)
    if operation.definition is not None:
        return _pullback_of_definition(operation, k, upstream, arguments), None
    raise DerivativeError("no-derivative", f"the operation {operation.name} has no derivative")


def has_local_derivative(operation: Operation) -> bool:
    """Whether it acts entry by entry, with a derivative that can be said apart from the upstream gradient."""
    lifted = operation.definition is not None and len(operation.arguments) == 1
    return operation.elementwise and (bool(operation.partials) or lifted)


def local_derivative(operation: Operation, k: int, arguments: tuple[Node, ...]) -> Node | None:
    """The derivative of an elementwise operation by argument k, entry by entry; None where it is zero."""
    if Property.PRIMED in operation.properties and len(arguments) == 1:
        return build.apply(prime(operation), *arguments)
    if operation.partials:
        partial = operation.partials[k]
        return None if partial is None else partial(*arguments)
    return build.apply(prime(operation), *arguments)


@cache
def prime(operation: Operation) -> Operation:
    """f' for an elementwise f of one argument, kept as an operation until its definition is asked for.

    Raises DerivativeError where f has neither a derivative nor a definition to differentiate.
    """
    opaque = derivative_of_opaque(operation)
    if opaque is not None:
        return opaque
    if len(operation.arguments) != 1:
        raise DerivativeError("no-derivative", f"{operation.name}' is not defined: {operation.name} has several arguments")
    given = cast("Unary | None", operation.partials[0] if operation.partials else None)
    definition = cast("Unary | None", operation.definition)

    def derived(x: Node) -> Node:
        if definition is None:
            raise DerivativeError("no-derivative", f"the operation {operation.name} has no derivative")
        return _elementwise_derivative(definition, x)

    first = given or derived

    def second(x: Node) -> Node:
        return _elementwise_derivative(first, x)

    return Operation(
        name=operation.name + "'",
        arguments=operation.arguments,
        signature=operation.signature,
        because=operation.because,
        definition=first,
        partials=(second,),
        function=_primed(operation.function or Name(operation.name)),
        domain=operation.domain,
        kink=operation.kink,
        at_kink=operation.at_kink,
        properties=operation.properties - {Property.ACTIVATION},
        made_by=(prime, (operation,)),
    )


def _primed(function: Tree) -> Tree:
    return Prime(function.base, function.count + 1) if isinstance(function, Prime) else Prime(function)


def _elementwise_derivative(function: Unary, x: Node) -> Node:
    """The derivative, entry by entry, of a function that acts entry by entry."""
    dummy = build.variable(Name("the argument"), x.shape)
    swept = backpropagate(build.total(function(dummy)), [dummy])
    return substitute(swept.gradient(dummy), {dummy: x})


def _pullback_of_definition(operation: Operation, k: int, upstream: Node, arguments: tuple[Node, ...]) -> Node:
    """The gradient of <upstream, definition> by argument k, with stand-ins so that only argument k is differentiated."""
    assert operation.definition is not None
    stand_ins = [build.variable(Name(f"argument {i}"), a.shape) for i, a in enumerate(arguments)]
    above = build.variable(Name("the upstream"), upstream.shape)
    body = operation.definition(*stand_ins)
    gradient = backpropagate(build.inner(above, body), [stand_ins[k]]).gradient(stand_ins[k])
    return substitute(gradient, {above: upstream, **dict(zip(stand_ins, arguments, strict=True))})
