"""Resolved trees with known ranks -> nodes.

Dimensions are found by trying: where two meet that differ, they are unified and the work is done again with what was
learnt (`Dimensions`). A row is a vector in the graph: orientation belongs to the writing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import derivative_node
from chainrule.calculus.reverse import prime
from chainrule.errors import ChainruleError, Diagnostic, NameFault, ShapeError, SyntaxFault
from chainrule.evaluation.sizes import solve_size
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, DimensionClash, Shape, dimension, shape_text
from chainrule.graph.node import Constant, Node
from chainrule.graph.operation import Operation
from chainrule.graph.signature import bound, read_signature
from chainrule.graph.walk import depends_on, substitute
from chainrule.inference.broadcast import sum_node
from chainrule.inference.constrain import Typing, is_loss
from chainrule.inference.elements import Elements, check_layer, element_node, is_of_row
from chainrule.inference.lists import list_node
from chainrule.inference.products import product_node
from chainrule.inference.ranks import MATRIX, ROW, SCALAR, VECTOR
from chainrule.inference.resolved import (
    Applied,
    Barred,
    Counted,
    DerivativeAt,
    Differentiated,
    Entry,
    Excepted,
    Filled,
    Function,
    Hole,
    Indexed,
    SizeName,
    Sliced,
    Summed,
    Tabled,
    Transposed,
)
from chainrule.inference.slices import sliced_node
from chainrule.inference.symbols import Symbol, span_text, two_digits
from chainrule.ops.arithmetic import divide, power
from chainrule.ops.comparison import absolute
from chainrule.ops.inverse import determinant, matrix_power
from chainrule.ops.table import of_matrices
from chainrule.probability.quantities import QUANTITIES
from chainrule.syntax.tree import Bracket, Matrix, Name, Number, Product, Quotient, Sum, Superscript, Tree


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
        while (after := value.substitute(self.known)) is not value:
            value = after
        if value is first:
            return value
        (name, *more) = first.symbols
        if not more and first == dimension(name):
            self.known[name] = value
        return value

    def are_settled(self, shape: Shape) -> bool:
        """Whether nothing more is known of these dimensions."""
        return not any(symbol in self.known for length in shape for symbol in length.symbols)

    def unify(self, left: Dimension, right: Dimension) -> bool:
        """Make both equal by learning what one symbol is. False where that cannot be.

        The right one is learnt first: of a product it is the new factor, so that what came before keeps its shape.
        """
        a, b = self.settle(left), self.settle(right)
        return a == b or self._learn(b, a) or self._learn(a, b) or self._solve(a - b)

    def _solve(self, difference: Dimension) -> bool:
        """Learn from `?1 + n - 1 = n` that the made-up symbol is 1, from `?1 k = m k` that it is m."""
        for name in sorted(s for s in difference.symbols if s.startswith("?")):
            solved = difference.solved_for(name)
            if solved is not None and (solved.number is None or solved.number >= 0):
                self.known[name] = solved
                return True
        return False

    def can_unify(self, left: Dimension, right: Dimension) -> bool:
        """Whether both could be equal; nothing is learnt."""
        return Dimensions(self.rigid, dict(self.known), self.fresh).unify(left, right)

    def _learn(self, here: Dimension, other: Dimension) -> bool:
        (name, *more) = here.symbols or ("",)
        own = name.startswith("?")
        if not more and name and other.number is not None and here != dimension(name) and (own or not self.rigid):
            found: dict[str, int] = {}
            solved = solve_size(here, other.number, found) and found[name] > 0
            self.known.update({name: dimension(found[name])} if solved else {})
            return solved
        if more or here != dimension(name) or name in other.symbols:
            return False
        if not own and (self.rigid or other.number is None or other.number == 1):
            return False  # a size with a name is not 1: `X W + b` with b of one row would make a batch of one example
        self.known[name] = other
        return True


@dataclass
class Elaborator:
    """shapes_only: the nodes of `names` stand in for quantities, so that sizes can be learnt.

    of_mathematics: the text is neither a program nor a formula of our own: a quotient by a matrix is refused.
    names: the node of each symbol; typing: the ranks; conventions noted on the way are in `typing`'s reader."""

    typing: Typing
    names: Mapping[Tree, Node]
    dimensions: Dimensions
    shapes_only: bool = False
    of_mathematics: bool = False
    said: dict[tuple[str, str], Diagnostic] = field(default_factory=dict[tuple[str, str], Diagnostic])
    fills: dict[int, Shape] = field(default_factory=dict[int, Shape])
    elements: Elements = field(default_factory=Elements)
    holes: dict[int, Node] = field(default_factory=dict[int, Node])

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

    def note(self, code: str, message: str, tree: Tree, hint: str) -> None:
        """Say once how shapes decided a reading, when they are known."""
        if not self.shapes_only:
            self.said.setdefault((code, message), Diagnostic("note", code, message, tree.span, hint))

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
        if error.code == "index-lengths":
            return ShapeError(error.code, f"at {span_text(tree.span)} {error.message}", tree.span)
        found = [
            f"{span_text(part.span)} is {shape_text(self.node(part).shape)}"
            for part in _parts(tree)
            if part.span and id(part) in self.typing.parts
        ]
        message = f"the shapes in {span_text(tree.span)} do not fit: {', '.join(found) or error.message}"
        return ShapeError("shape-clash", message, tree.span, error.hint)

    def _made(self, tree: Tree) -> Node:
        match tree:
            case Symbol() | Number():
                return self.names[tree.name] if isinstance(tree, Symbol) else build.constant(tree.value)
            case Sum():
                return sum_node(self, tree)
            case Product():
                return product_node(self, tree)
            case Quotient(numerator=above, denominator=below):
                self._check_divisor(tree)
                return divide(self.node(above), self.node(below))
            case Superscript(base=base, exponent=exponent):
                return self._power(tree, base, exponent)
            case Transposed(body=body, of_prime=True) if self.typing.kind(body) == SCALAR:
                message = f"the prime in {span_text(tree.span)} is neither a derivative nor a transpose: it stands on a number"
                raise SyntaxFault("unreadable-prime", message, tree.span, "define the name with its prime")
            case Transposed(body=body):
                return build.transpose(self.node(body)) if self.typing.kind(body) == MATRIX else self.node(body)
            case Entry(body=body, positions=positions):
                return self._entry(tree, self.node(body), positions)
            case Filled():
                return self._filled(tree)
            case Indexed() | Summed() | Excepted() | Tabled():
                return element_node(self, tree)
            case Differentiated(of=of, by=by):
                return self._differentiated(tree, self.node(of), [self.node(each) for each in by])
            case DerivativeAt():
                return self._derivative_at(tree)
            case Hole():
                return self.holes[id(tree)]
            case SizeName(name=name):
                return build.size(self.dimensions.settle(dimension(name)))
            case Applied():
                return self._applied(tree)
            case Sliced(body=body):
                return sliced_node(tree, self.node(body))
            case Counted(body=body, count=count):
                self.meet(self.node(body).shape[0], dimension(count))
                return self.node(body)
            case Barred(body=body):
                return (determinant if self.typing.kind(body) == MATRIX else absolute)(self.node(body))
            case Bracket() | Matrix():
                return list_node(self, tree)
            case _:
                raise SyntaxFault("unsupported-notation", f"chainrule cannot compute with {span_text(tree.span)}", tree.span)

    def _check_divisor(self, tree: Quotient) -> None:
        if self.of_mathematics and tree.operator == "/" and self.typing.kind(tree.denominator) == MATRIX:
            message = f"{span_text(tree.span)} divides by a matrix: the inverse, or entry by entry?"
            hint = "write A^{-1} for the inverse, B ./ A for the quotients of the entries"
            raise SyntaxFault("ambiguous-of-matrix", message, tree.span, hint)

    def _power(self, tree: Superscript, base: Tree, exponent: Tree) -> Node:
        node, raised = self.node(base), self.node(exponent)
        if self.typing.kind(base) == MATRIX and tree.operator == "^":
            return self._matrix_power(tree, node, raised)
        if isinstance(base, Barred) and self.typing.kind(base.body) in (VECTOR, ROW):
            message = f"{span_text(tree.span)} is a power of the length of a vector, or the powers of its entries"
            hint = "write \\|x\\|^2 for the squared length, abs(x)^2 for the squares of the entries"
            raise SyntaxFault("ambiguous-bars", message, tree.span, hint)
        # The square of a 2-norm is the inner product, which has a derivative at zero too.
        if isinstance(base, Applied) and base.function.name == "norm" and raised is build.constant(2):
            inside = self.node(base.arguments[0])
            return build.inner(inside, inside)
        return power(node, raised)

    def _matrix_power(self, tree: Superscript, node: Node, raised: Node) -> Node:
        whole = isinstance(raised, Constant) and raised.value.denominator == 1 and abs(raised.value) <= 64
        if not isinstance(raised, Constant) or not whole:
            message = f"a matrix is raised to whole numbers alone, to 64 at most; not {span_text(tree.span)}"
            raise SyntaxFault("unsupported-power", message, tree.span, "write exp(k * log(X)) for the powers of the entries")
        return matrix_power(node, int(raised.value))

    def _differentiated(self, tree: Tree, target: Node, by: Sequence[Node]) -> Node:
        """The derivative of a quantity, or of any expression over the names.

        Raises SyntaxFault where it would be zero because nothing in it depends on the variable: that was not meant.
        """
        if self.shapes_only:
            return build.zeros(target.shape + tuple(d for each in by for d in each.shape))
        for each in by:
            if each not in depends_on([target], each):
                message = f"{span_text(tree.span)} would be zero: nothing in it depends on what it differentiates by"
                raise SyntaxFault("no-dependence", message, tree.span)
        return normal_form(derivative_node(target, by))

    def _derivative_at(self, tree: DerivativeAt) -> Node:
        argument = self.node(tree.argument)
        variable = build.variable(Name(f"the argument {len(self.holes)}"), argument.shape)
        self.holes[id(tree.hole)] = variable
        target = self.node(tree.body)
        del self.holes[id(tree.hole)]
        if self.shapes_only:
            return build.zeros(target.shape + variable.shape * tree.order)
        return substitute(normal_form(derivative_node(target, (variable,) * tree.order)), {variable: argument})

    def _entry(self, tree: Entry, node: Node, positions: tuple[int | Symbol | None, ...]) -> Node:
        if two_digits(positions) and len(node.shape) == 2 and self.typing.kind(tree) == SCALAR:
            positions = divmod(positions[0], 10) if isinstance(positions[0], int) else positions
        if len(positions) == 1 and len(node.shape) == 2 and is_of_row(self, tree.body, node.shape[0]):
            positions = (None, *positions)
        elif len(positions) == 1 and len(node.shape) == 2 and isinstance(tree.body, Symbol):
            check_layer(tree, node.shape)
            message = f"{span_text(tree.span)} is read as a row of the matrix {span_text(tree.body.span)}"
            self.note("row-by-index", message, tree, "write A[:, j], or A_{*,j}, for a column")
        for axis in range(len(positions) - 1, -1, -1):
            position = positions[axis]
            if position is not None:
                node = self.entry(tree, node, position, axis)
        return node

    def entry(self, tree: Tree, node: Node, position: int | Symbol, axis: int) -> Node:
        """The entry, row or column at a position counted from 1, or at an index that is an input of its own."""
        if isinstance(position, Symbol):
            return build.entry(node, self.node(position), axis)
        length = node.shape[axis].number
        if position < 1 or (length is not None and position > length):
            last = "" if length is None else f" to {length}"
            raise ShapeError("no-such-entry", f"{span_text(tree.span)}: entries are counted from 1{last}", tree.span)
        return build.entry(node, position - 1, axis)

    def _filled(self, tree: Filled) -> Node:
        if id(tree) not in self.fills:
            rank = 2 if self.typing.kind(tree) == MATRIX else 1
            first, *more = map(dimension, tree.sizes) if tree.sizes else [self.dimensions.new()]
            second = first if tree.kind == "identity" else more[0] if more else self.dimensions.new()
            self.fills[id(tree)] = (first, second)[:rank]
        shape = tuple(self.dimensions.settle(d) for d in self.fills[id(tree)])
        if tree.kind == "identity":
            return build.contract([], [], (0, 0), {0: shape[0]})
        if tree.kind == "unit":
            position = tree.position
            return build.unit(self.node(position) if isinstance(position, Symbol) else position - 1, shape[0])
        return build.ones(shape) if tree.kind == "ones" else build.zeros(shape)

    def _applied(self, tree: Applied) -> Node:
        arguments = [self.node(argument) for argument in tree.arguments]
        function = tree.function
        if tree.no_matrix and self.typing.kind(tree.arguments[0]) == MATRIX:
            message = f"{span_text(tree.span)} of a matrix can mean {tree.no_matrix}"
            hint = "write \\|X\\|_F, norm1(X), norm2(X), abs(X) or exp(X) for what is said of the entries"
            raise SyntaxFault("ambiguous-of-matrix", message, tree.span, hint)
        if tree.arguments and self.typing.kind(tree.arguments[0]) == MATRIX:
            function = self._of_matrix(function, tree)
        if tree.of_vector is not None:
            function = self._of_whole(tree, tree.of_vector)
        if function.name in OF_DISTRIBUTIONS and arguments[0].shape == ():
            said = span_text(tree.span)
            message = f"{said} is the {function.name.replace('_', ' ')} of one number, and not of a distribution"
            raise NameFault("number-as-distribution", message, tree.span, "of the outcomes 0 and 1 write H([p, 1 - p])")
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
            node = build.apply(function, *arguments)
            return build.total(node) if is_loss(function) and self.typing.kind(tree) == SCALAR else node
        if tree.primes:
            raise SyntaxFault("unsupported-prime", f"{function.name} has no derivative by one argument", tree.span)
        if len(arguments) == len(function.arguments) and any(read_signature(function.signature).arguments):
            # Those of numbers alone are functions of each entry too.
            bound(function, tuple(argument.shape for argument in arguments))
        return function.build(*arguments)

    def _of_whole(self, tree: Applied, of_vector: Function) -> Function:
        """What a letter means that is a function of each entry, or one of a whole vector with a number as value."""
        said = span_text(tree.span)
        if id(tree) in self.typing.undecided:
            message = f"{said} can be the {of_vector.name} of a vector, or the unit step of each of its entries"
            raise SyntaxFault("ambiguous-of-vector", message, tree.span, f"write {of_vector.name}(..), or step(..)")
        if self.typing.kind(tree) == self.typing.kind(tree.arguments[0]):
            message = "nothing defines H: it is read as the unit step, 1 where its argument is positive and 0 elsewhere"
            self.note("letter-is-step", message, tree, "define H(a) = ... to say otherwise")
            return tree.function
        message = f"nothing defines H: {said} is read as the {of_vector.name}, because its argument is a vector"
        self.note("letter-is-entropy", message, tree, "write step(..) for the unit step of each entry")
        return of_vector

    def _of_matrix(self, function: Function, tree: Applied) -> Function:
        """What a word for vectors means of a matrix."""
        other = of_matrices().get(function, function)
        if isinstance(other, Operation) and other is not function and other.signature.startswith("m,n"):
            message = f"{span_text(tree.span)} is taken of each row of the matrix"
            self.note("row-by-row", message, tree, "transpose the matrix where its columns are meant")
        return other


OF_DISTRIBUTIONS = frozenset(q.operation.name for q in QUANTITIES if re.fullmatch(r"S .*-> \.", q.operation.signature))
"""The operations that take arrays of any shape, of which a single number would be one probability alone."""


class Learnt(Exception):
    """Two dimensions were found to be equal: everything is to be made again with what is known now."""


def _parts(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case Sum(terms=parts) | Product(factors=parts) | Applied(arguments=parts) | Bracket(items=parts):
            return parts
        case Quotient(numerator=above, denominator=below) | Superscript(base=above, exponent=below):
            return above, below
        case _:
            return ()
