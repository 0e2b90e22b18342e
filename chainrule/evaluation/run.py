"""Graph to numbers: each node once, operands first, without recursion on the graph."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, Given, Scalar, Values, as_float, as_values
from chainrule.evaluation.contraction import contract, is_elementwise
from chainrule.evaluation.selection import contract_selections, dense
from chainrule.evaluation.sizes import array_shape, node_text, read_sizes
from chainrule.graph import build
from chainrule.graph.dimension import Shape
from chainrule.graph.node import (
    Add,
    Apply,
    Constant,
    Contract,
    Named,
    Node,
    Selection,
    Size,
    Stack,
    Unit,
    Variable,
    operands,
    postorder,
)
from chainrule.graph.operation import Operation
from chainrule.graph.signature import result_shape
from chainrule.ops.arithmetic import POWER
from chainrule.syntax.tree import Name


class MissingValue(EvaluationError):
    """A variable that the roots need has no value; `node` is that variable."""

    def __init__(self, node: Variable):
        super().__init__("missing-value", f"{node_text(node)} has no value", node.symbol.span)
        self.node = node


def evaluate(roots: Sequence[Node], values: Given, sizes: Mapping[str, int] | None = None) -> list[Array]:
    """The values of the roots, in double precision; complex where a value is.

    values: of variables and of any other nodes; a node with a value is a cut, what it is computed from is not looked at.
    sizes: of dimension symbols that no value shows. Results may be infinite or not a number: the caller decides.
    Raises MissingValue, EvaluationError (`missing-size`, `not-numbers`) and ShapeError (`value-shape`).
    """
    known = as_values(values)
    every = compute(roots, known, read_sizes(known, sizes))
    return [np.asarray(every[root]) for root in roots]


def compute(roots: Iterable[Node], known: Values, sizes: Mapping[str, int]) -> dict[Node, Array | Scalar]:
    """The value of every node below the roots; `known` and `sizes` as `evaluate` has made them.

    Selections in products are not made into arrays, and have no value here.
    """

    def into(node: Node) -> tuple[Node, ...]:
        if node in known:
            return ()
        return tuple(f for f in node.factors if not isinstance(f, Selection)) if isinstance(node, Contract) else operands(node)

    found = dict(known)
    with np.errstate(all="ignore"):
        for node in postorder(*roots, into=into):
            if node not in found:
                found[node] = _value(node, found, known, sizes)
    return found


def _value(node: Node, found: Values, known: Values, sizes: Mapping[str, int]) -> Array | Scalar:
    match node:
        case Apply(operation=operation, arguments=arguments):
            return _applied(operation, arguments, [found[a] for a in arguments], sizes)
        case Contract(factors=factors, indices=indices, output=output, extents=extents):
            lengths = array_shape(extents, sizes)
            if any(isinstance(f, Selection) for f in factors):
                arrays = [f if isinstance(f, Selection) else found[f] for f in factors]
                return contract_selections(tuple(zip(arrays, indices, strict=True)), output, lengths, sizes)
            if is_elementwise(indices, output, len(extents)):
                return _product(factors, found, known)
            return contract([found[f] for f in factors], indices, output, lengths)
        case Add(terms=terms):
            return _sum(node, [(as_float(c), found[term]) for c, term in terms], sizes)
        case Named(body=body):
            return found[body]
        case Constant(value=value):
            return as_float(value)
        case Size(dimension=dimension):
            return np.float64(array_shape((dimension,), sizes)[0])
        case Stack(items=items):
            return np.stack([found[item] for item in items])
        case Unit(position=position):
            at = _counted(position, found[position]) if isinstance(position, Variable) else position
            return _unit(at, array_shape(node.shape, sizes)[0])
        case Selection():
            return dense(node, sizes)
        case Variable():
            raise MissingValue(node)
        case _:
            raise TypeError(f"no such kind of node: {type(node)}")


def _product(factors: Sequence[Node], found: Values, known: Values) -> Array | Scalar:
    """The product of arrays that NumPy broadcasts already. What is to the power -1 divides: log 8 / log 2 is 3."""
    divisors = [None if factor in known else _divisor(factor) for factor in factors]
    first = next((k for k, divisor in enumerate(divisors) if divisor is None), None)
    result = np.float64(1.0) if first is None else found[factors[first]]
    for k, (factor, divisor) in enumerate(zip(factors, divisors, strict=True)):
        if divisor is not None:
            result = result / found[divisor]
        elif k != first:
            result = result * found[factor]
    return result


def _divisor(node: Node) -> Node | None:
    """x of x^(-1)."""
    match node:
        case Apply(operation=operation, arguments=(x, Constant(value=exponent))) if operation is POWER and exponent == -1:
            return x
        case _:
            return None


def _sum(node: Node, terms: list[tuple[np.float64, Array | Scalar]], sizes: Mapping[str, int]) -> Array | Scalar:
    if not terms:
        return np.zeros(array_shape(node.shape, sizes))
    coefficient, result = terms[0]
    result = result if coefficient == 1 else coefficient * result
    for coefficient, term in terms[1:]:
        result = result + term if coefficient == 1 else result - term if coefficient == -1 else result + coefficient * term
    return result


def _counted(index: Variable, value: Array | Scalar) -> int:
    """The position, counted from 0, that an index with that value says."""
    number = float(np.real(value))
    if not number.is_integer():
        raise EvaluationError("no-such-entry", f"{node_text(index)} is {number:g}: an entry is counted by a whole number")
    return int(number) - 1


def _unit(position: int, length: int) -> Array:
    if not 0 <= position < length:
        raise EvaluationError("no-such-entry", f"there is no entry {position + 1} in {length}")
    result = np.zeros(length)
    result[position] = 1.0
    return result


def _applied(
    operation: Operation, arguments: tuple[Node, ...], arrays: Sequence[Array | Scalar], sizes: Mapping[str, int]
) -> Array | Scalar:
    if operation.value is not None:
        return operation.value(np, *arrays)
    stand_ins, body = instance(operation, tuple(a.shape for a in arguments))
    # As deep as definitions are nested, which no person's text decides.
    return compute([body], dict(zip(stand_ins, arrays, strict=True)), sizes)[body]


@lru_cache(maxsize=4096)
def instance(operation: Operation, shapes: tuple[Shape, ...]) -> tuple[tuple[Variable, ...], Node]:
    """An operation's definition on variables of these shapes. Raises EvaluationError `no-definition`."""
    if operation.definition is None:
        raise EvaluationError("no-definition", f"{operation.name} has no definition, so it has no value")
    stand_ins = tuple(build.variable(Name(f"argument {k}"), shape) for k, shape in enumerate(shapes))
    return stand_ins, build.lift(operation.definition(*stand_ins), result_shape(operation, shapes))
