"""Resolved trees with known ranks -> nodes.

Dimensions are found by trying: where two meet that differ, they are unified and the work is done again with what was
learnt (`Dimensions`). A row is a vector in the graph: orientation belongs to the writing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chainrule.calculus.reverse import prime
from chainrule.errors import ChainruleError, ShapeError, SyntaxFault
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, DimensionClash, Shape, dimension, shape_text
from chainrule.graph.node import Constant, Node
from chainrule.graph.operation import Operation
from chainrule.inference.constrain import Typing
from chainrule.inference.literals import rows_of
from chainrule.inference.ranks import MATRIX, SCALAR, VECTOR
from chainrule.inference.resolved import Applied, Entry, Filled, SizeName, Summed, Tabled, Transposed
from chainrule.inference.sums import sum_node, table_node
from chainrule.inference.symbols import Symbol, span_text
from chainrule.ops.arithmetic import divide, power
from chainrule.syntax.tree import Bracket, Matrix, Number, Product, Quotient, Sum, Superscript, Tree


@dataclass
class Dimensions:
    """What is known of size symbols. A made-up symbol ("?3") can be any dimension, a person's own only a number.

    rigid: nothing is learnt but about symbols made up here.
    """

    rigid: bool = False
    known: dict[str, Dimension] = field(default_factory=dict[str, Dimension])
    fresh: int = 0

    def new(self) -> Dimension:
        """A dimension nothing is known of."""
        self.fresh += 1
        return dimension(f"?{self.fresh}")

    def settle(self, value: Dimension) -> Dimension:
        """The dimension with everything that is known put in; a symbol's is kept, so that no chain is followed twice."""
        first = value
        while (after := value.substitute(self.known)) != value:
            value = after
        (name, *more) = first.symbols or ("",)
        if name in self.known and not more and first == dimension(name):
            self.known[name] = value
        return value

    def unify(self, left: Dimension, right: Dimension) -> bool:
        """Make both equal by learning what one symbol is. False where that cannot be."""
        a, b = self.settle(left), self.settle(right)
        return a == b or self._learn(a, b) or self._learn(b, a)

    def _learn(self, here: Dimension, other: Dimension) -> bool:
        (name, *more) = here.symbols or ("",)
        if more or here != dimension(name) or name in other.symbols:
            return False
        own = name.startswith("?")
        if not own and (self.rigid or other.number is None):
            return False
        self.known[name] = other
        return True


@dataclass
class Elaborator:
    """names: the node of each symbol; typing: the ranks; conventions noted on the way are in `typing`'s reader."""

    typing: Typing
    names: Mapping[Tree, Node]
    dimensions: Dimensions
    fills: dict[int, Shape] = field(default_factory=dict[int, Shape])

    def node(self, tree: Tree) -> Node:
        """The node of a tree.

        Raises Learnt where two dimensions were found to be one, ShapeError at the part whose dimensions really clash.
        """
        try:
            return self._made(tree)
        except DimensionClash as error:
            if self.dimensions.unify(error.left, error.right):
                raise Learnt from None
            raise self._placed(error, tree) from None
        except ChainruleError as error:
            raise self._placed(error, tree) from None

    def meet(self, left: Dimension, right: Dimension) -> None:
        """Require two dimensions to be one. Raises DimensionClash."""
        if self.dimensions.settle(left) != self.dimensions.settle(right):
            raise DimensionClash("index-lengths", f"one index runs over {left} and over {right}", left, right)

    def _placed(self, error: ChainruleError, tree: Tree) -> ChainruleError:
        """The error at the innermost place that has a span; of dimensions, with the parts that met and their shapes."""
        if error.span is not None or tree.span is None:
            return error
        if not isinstance(error, DimensionClash):
            return type(error)(error.code, error.message, tree.span, error.hint)
        found = [f"{span_text(part.span)} is {shape_text(self.node(part).shape)}" for part in _parts(tree) if part.span]
        message = f"the shapes in {span_text(tree.span)} do not fit: {', '.join(found) or error.message}"
        return ShapeError("shape-clash", message, tree.span, error.hint)

    def _made(self, tree: Tree) -> Node:
        match tree:
            case Symbol(name=name):
                return self.names[name]
            case Number(value=value):
                return build.constant(value)
            case Sum(signs=signs, terms=terms):
                return build.add(*(build.scale(s, self.node(t)) for s, t in zip(signs, terms, strict=True)))
            case Product():
                return self._product(tree)
            case Quotient(numerator=above, denominator=below):
                return divide(self.node(above), self.node(below))
            case Superscript(base=base, exponent=exponent):
                return self._power(tree, base, exponent)
            case Transposed(body=body):
                return build.transpose(self.node(body)) if self.typing.kind(body) == MATRIX else self.node(body)
            case Entry(body=body, positions=positions):
                return self._entry(tree, self.node(body), positions)
            case Filled():
                return self._filled(tree)
            case Summed():
                return sum_node(self, tree)
            case Tabled():
                return table_node(self, tree)
            case SizeName(name=name):
                return build.size(self.dimensions.settle(dimension(name)))
            case Applied():
                return self._applied(tree)
            case Bracket() | Matrix():
                return self._list(tree)
            case _:
                raise SyntaxFault("unsupported-notation", f"chainrule cannot compute with {span_text(tree.span)}", tree.span)

    def _product(self, tree: Product) -> Node:
        first, *rest = tree.factors
        result, kind = self.node(first), self.typing.kind(first)
        for factor in rest:
            right, right_kind = self.node(factor), self.typing.kind(factor)
            result, kind = _times(tree.operator, result, kind, right, right_kind)
        return result

    def _power(self, tree: Superscript, base: Tree, exponent: Tree) -> Node:
        node, raised = self.node(base), self.node(exponent)
        if self.typing.kind(base) == MATRIX and tree.operator == "^":
            return self._matrix_power(tree, node, raised)
        # The square of a 2-norm is the inner product, which has a derivative at zero too.
        if isinstance(base, Applied) and base.function.name == "norm" and raised is build.constant(2):
            inside = self.node(base.arguments[0])
            return build.inner(inside, inside)
        return power(node, raised)

    def _matrix_power(self, tree: Superscript, node: Node, raised: Node) -> Node:
        whole = isinstance(raised, Constant) and raised.value.denominator == 1 and 1 <= raised.value <= 64
        if not whole:
            raise SyntaxFault(
                "unsupported-power", f"chainrule cannot raise a matrix to the power in {span_text(tree.span)} yet", tree.span
            )
        result = node
        for _ in range(int(raised.value) - 1 if isinstance(raised, Constant) else 0):
            result = build.matmul(result, node)
        return result

    def _entry(self, tree: Tree, node: Node, positions: tuple[int | None, ...]) -> Node:
        if len(positions) < len(node.shape):
            positions = divmod(positions[0] or 0, 10)
        for axis in range(len(positions) - 1, -1, -1):
            position, length = positions[axis], node.shape[axis].number
            if position is None:
                continue
            if position < 1 or (length is not None and position > length):
                last = "" if length is None else f" to {length}"
                raise ShapeError("no-such-entry", f"{span_text(tree.span)}: entries are counted from 1{last}", tree.span)
            node = build.entry(node, position - 1, axis)
        return node

    def _filled(self, tree: Filled) -> Node:
        if id(tree) not in self.fills:
            rank = 2 if self.typing.kind(tree) == MATRIX else 1
            length = self.dimensions.new()
            self.fills[id(tree)] = (length, length if tree.kind == "identity" else self.dimensions.new())[:rank]
        shape = tuple(self.dimensions.settle(d) for d in self.fills[id(tree)])
        if tree.kind == "identity":
            return build.contract([], [], (0, 0), {0: shape[0]})
        if tree.kind == "unit":
            return build.unit(tree.position - 1, shape[0])
        return build.ones(shape) if tree.kind == "ones" else build.zeros(shape)

    def _applied(self, tree: Applied) -> Node:
        arguments = [self.node(argument) for argument in tree.arguments]
        function = tree.function
        if tree.no_matrix and self.typing.kind(tree.arguments[0]) == MATRIX:
            message = f"{span_text(tree.span)} of a matrix can mean {tree.no_matrix}"
            hint = "write \\|X\\|_F, norm1(X), norm2(X), abs(X) or exp(X) for what is said of the entries"
            raise SyntaxFault("ambiguous-of-matrix", message, tree.span, hint)
        if isinstance(function, Operation):
            missing = len(function.arguments) - len(arguments)
            arguments += (
                [build.constant(value) for value in function.defaults[len(function.defaults) - missing :]]
                if missing > 0
                else []
            )
            for _ in range(tree.primes):
                if not function.elementwise or len(function.arguments) != 1:
                    raise SyntaxFault("unsupported-prime", f"{function.name} has no derivative by one argument", tree.span)
                function = prime(function)
            return build.apply(function, *arguments)
        if tree.primes:
            raise SyntaxFault("unsupported-prime", f"{function.name} has no derivative by one argument", tree.span)
        return function.build(*arguments)

    def _list(self, tree: Bracket | Matrix) -> Node:
        kind = self.typing.kind(tree)
        table = rows_of(tree)
        grouped = isinstance(tree, Bracket) and len(tree.items) == 1 and not isinstance(tree.items[0], Bracket)
        if isinstance(tree, Bracket) and grouped and self.typing.kind(tree.items[0]) == kind:
            return self.node(tree.items[0])
        rows = table[0] if table else ((tree.items[0],),) if isinstance(tree, Bracket) else ()
        nodes = [[self.node(entry) for entry in row] for row in rows]
        if kind == SCALAR:
            return nodes[0][0]
        if kind == MATRIX:
            return build.stack([build.stack(row) for row in nodes])
        return build.stack([entry for row in nodes for entry in row])


class Learnt(Exception):
    """Two dimensions were found to be equal: everything is to be made again with what is known now."""


def _times(operator: str, left: Node, left_kind: str, right: Node, right_kind: str) -> tuple[Node, str]:
    """The product of two, with the kind of the result."""
    if operator == "inner":
        return build.inner(left, right), SCALAR
    if operator == "odot" or SCALAR in (left_kind, right_kind):
        return build.multiply(left, right), right_kind if left_kind == SCALAR else left_kind
    if left_kind == VECTOR and right_kind not in (VECTOR, MATRIX):
        return build.outer(left, right), MATRIX
    kinds = {(MATRIX, MATRIX): MATRIX, (MATRIX, VECTOR): VECTOR}
    result = kinds.get((left_kind, right_kind), left_kind if right_kind == MATRIX else SCALAR)
    return build.matmul(left, right), result


def _parts(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case Sum(terms=parts) | Product(factors=parts) | Applied(arguments=parts) | Bracket(items=parts):
            return parts
        case Quotient(numerator=above, denominator=below):
            return above, below
        case _:
            return ()
