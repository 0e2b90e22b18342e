"""Jacobians, derivatives of every order and derivatives along a direction, output dimensions in front.

With a seed u of the target's shape the reverse sweep of <u, target> gives a gradient that is linear in u; the Jacobian is the
array of its coefficients, read off structurally. So no operation needs a rule of its own for leading dimensions. By a scalar
the forward sweep is cheaper, and along a direction no Jacobian and no Hessian is made.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import cast

from chainrule.calculus.forward import pushforward
from chainrule.calculus.reverse import CotangentName, backpropagate, refuse_index
from chainrule.errors import DerivativeError
from chainrule.graph import build
from chainrule.graph.dimension import Shape
from chainrule.graph.node import Add, Apply, Contract, Named, Node, Stack, Variable, operands, postorder
from chainrule.graph.walk import index_variables, substitute
from chainrule.syntax.tree import Name


def gradient(target: Node, by: Node) -> Node:
    """Scalar target -> the shape of `by`. By a list that declares entries, their uses by their own names count too."""
    return build.add(backpropagate(target, [by]).gradient(by), by_entries(target, by))


def entries(by: Node) -> tuple[Variable, ...]:
    """The variables, all different, of a list or matrix that is made of nothing else, `x = [x_1, x_2]`; else none."""
    if not (isinstance(by, Named) and isinstance(by.body, Stack)):
        return ()
    inside = [node for node in postorder(by.body) if not isinstance(node, Stack)]
    found = tuple(node for node in inside if isinstance(node, Variable))
    alike = len(found) == len(inside) and _count(by.body) == len(found)
    return found if alike else ()


def _count(node: Node) -> int:
    """How many entries a list of lists has, as deep as brackets are nested."""
    return sum(map(_count, node.items)) if isinstance(node, Stack) else 1


def by_entries(target: Node, by: Node, name: CotangentName | None = None) -> Node:
    """What reaches the entries of a declared list by their own names, past the list, in its shape. `name`: of cotangents."""
    inside = entries(by)
    if not inside or isinstance(by, Variable):
        return build.zeros(by.shape)
    held = build.variable(Name("the argument"), by.shape)
    swept = backpropagate(substitute(target, {by: held}), None if name else inside, name)
    found = {entry: substitute(swept.gradient(entry), {held: by}) for entry in inside}
    places = product(*(range(d.number or 0) for d in by.shape))
    terms = [_placed(found[entry], place, by.shape) for entry, place in zip(inside, places, strict=True)]
    return build.linear(((1, term) for term in terms), by.shape)


def _placed(value: Node, place: tuple[int, ...], shape: Shape) -> Node:
    """The value at one place of an array of zeros: the value times the unit vectors of the place."""
    axes = range(len(shape))
    return build.contract([value, *(build.unit(place[i], shape[i]) for i in axes)], [(), *((i,) for i in axes)], axes)


def jacobian(target: Node, by: Node) -> Node:
    """Target (o...), by (i...) -> (o..., i...)."""
    if not target.shape:
        return gradient(target, by)
    if not by.shape:
        return along(target, by, build.constant(1))
    seed = build.variable(Name("the seed"), target.shape)
    return coefficients(gradient(build.inner(seed, target), by), seed)


def along(target: Node, by: Node, direction: Node) -> Node:
    """Target (o...), by (i...), direction (i...) -> (o...): the Jacobian times the direction, which is not differentiated.

    Raises DerivativeError as `pushforward` does, and by an index.
    """
    refuse_index(by, index_variables(postorder(target)))
    tangents = {by: direction}
    for place, inside in zip(product(*(range(d.number or 0) for d in by.shape)), entries(by), strict=False):
        tangents[inside] = build.contract(
            [direction, *(build.unit(k, d) for k, d in zip(place, by.shape, strict=True))],
            [range(len(place)), *([axis] for axis in range(len(place)))],
            (),
        )
    return pushforward(target, tangents)


def hessian(target: Node, by: Node, then: Node | None = None) -> Node:
    """Scalar target -> (i..., j...): the Jacobian by `then` (default: `by` again) of the gradient by `by`."""
    return jacobian(gradient(target, by), by if then is None else then)


def hessian_along(slope: Node, by: Node, direction: Node) -> Node:
    """slope (j...): the gradient of a scalar by a variable, direction (j...), by (i...) -> (i...).

    The gradient of <slope, direction>, which is the mixed second derivative times the direction: no Hessian is made.
    """
    still = build.variable(Name("the direction"), direction.shape)
    return substitute(gradient(build.inner(slope, still), by), {still: direction})


MOST_ORDERS = 6


def derivative_node(target: Node, by: Sequence[Node], between: Callable[[Node], Node] = lambda node: node) -> Node:
    """The derivative by one variable, or by several after each other: the output's dimensions, then those of each variable.

    between: what is done with each derivative before it is differentiated again: there what is differentiated by is a variable,
    although it be computed from others. Raises DerivativeError above sixth order.
    """
    if len(by) > MOST_ORDERS:
        raise DerivativeError("order-too-high", f"chainrule gives derivatives up to the order {MOST_ORDERS}")
    computed = [node for node in by if isinstance(node, Named) and not entries(node)] if len(by) > 1 else []
    if computed:
        free: dict[Node, Node] = {node: build.variable(node.symbol, node.shape) for node in computed}
        found = derivative_node(substitute(target, free), [free.get(node, node) for node in by], between)
        return substitute(found, {variable: node for node, variable in free.items()})
    for order, variable in enumerate(by):
        target = jacobian(between(target) if order else target, variable)
    return target


def coefficients(root: Node, seed: Node) -> Node:
    """For a root (i...) that is linear in seed (o...): the array C (o..., i...) with root = sum over o of seed * C."""
    made: dict[Node, Node] = {}
    front = seed.shape
    for node in postorder(root):
        if node is seed:
            axes = tuple(range(len(front)))
            made[node] = build.contract([], [], axes + axes, dict(enumerate(front)))
        elif any(operand in made for operand in operands(node)):
            made[node] = _lifted(node, made, front)
    return made.get(root, build.zeros(front + root.shape))


def _lifted(node: Node, made: dict[Node, Node], front: Shape) -> Node:
    """The coefficients of a node from those of its operands; operands without the seed have none."""
    match node:
        case Named(body=body):
            return made[body]
        case Add(terms=terms):
            return build.linear(((c, made[t]) for c, t in terms if t in made), front + node.shape)
        case Contract():
            return _lifted_contract(node, made, front)
        case Stack(items=items):
            lifted = build.stack([made.get(item, build.zeros(front + item.shape)) for item in items])
            inner = range(1 + len(front), len(lifted.shape))
            order = [*range(1, 1 + len(front)), 0, *inner]
            return build.contract([lifted], [range(len(lifted.shape))], order)
        case Apply() if node.operation.definition is not None:
            return build.linear(((1, c) for c in _lifted_application(node, made, front)), front + node.shape)
        case _:
            raise DerivativeError("not-linear", "a pullback must be linear in the upstream gradient")


def _lifted_application(node: Apply, made: dict[Node, Node], front: Shape) -> Iterator[Node]:
    """What each argument brings: its own coefficients, times those of the definition in that argument, where it is linear."""
    definition = cast("Callable[..., Node]", node.operation.definition)
    stand_ins = [build.variable(Name(f"argument {i}"), a.shape) for i, a in enumerate(node.arguments)]
    meaning = definition(*stand_ins)
    for argument, moving in zip(node.arguments, stand_ins, strict=True):
        if argument in made:
            own = substitute(coefficients(meaning, moving), dict(zip(stand_ins, node.arguments, strict=True)))
            outer = range(len(front))
            inner = range(len(front), len(front) + len(argument.shape))
            result = range(inner.stop, inner.stop + len(node.shape))
            yield build.contract([made[argument], own], [(*outer, *inner), (*inner, *result)], (*outer, *result))


def _lifted_contract(node: Contract, made: dict[Node, Node], front: Shape) -> Node:
    with_seed = [k for k, factor in enumerate(node.factors) if factor in made]
    if len(with_seed) != 1:
        raise DerivativeError("not-linear", "a pullback must be linear in the upstream gradient")
    new = tuple(range(len(node.extents), len(node.extents) + len(front)))
    factors = [made.get(f, f) for f in node.factors]
    indices = [new + own if k == with_seed[0] else own for k, own in enumerate(node.indices)]
    return build.contract(factors, indices, new + node.output, dict(enumerate(node.extents)))
