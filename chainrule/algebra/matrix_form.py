r"""Matrix form: a node as a tree in matrix notation, `W^\top \delta`, `X^\top \operatorname{diag}(d) X`.

A vector prints as a column, a matrix as itself; read by the rules of matrix products the tree gives exactly the node.
Nothing here knows an operation or an example: operations print through their records.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from chainrule.algebra.chain import UNITY, Chain, Chains, Link, atom, quotient_of_entries, turned
from chainrule.algebra.measure import Measure
from chainrule.algebra.rearranged import rearranged, unvec_of
from chainrule.algebra.reduction import UNIT, block_range, reduced
from chainrule.algebra.scalar_print import dimension_tree, number_tree, one_based, product_tree, signed_sum, sum_of_terms
from chainrule.algebra.symmetry import is_symmetric
from chainrule.errors import VerificationError
from chainrule.graph.build import is_zero
from chainrule.graph.dimension import Dimension
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
    is_block,
    postorder,
)
from chainrule.graph.operation import TreeRule
from chainrule.graph.walk import opaque
from chainrule.syntax.tree import Bracket, Call, Font, Matrix, Name, Number, Quotient, Subscript, Superscript, Tree, transform


class Written(NamedTuple):
    """A node in print: scalars in front of a chain; a scalar node has no chain."""

    scalars: tuple[Tree, ...]
    chain: Chain = ()


def matrix_form(root: Node, spelling: Mapping[Fraction, str] | None = None) -> Tree:
    """The tree of a scalar, of a vector as a column, or of a matrix.

    spelling: how numbers were written by the person. Raises VerificationError: `no-matrix-form` for products that are
    none of matrices and for arrays of rank three and more, `too-long-to-print` above 60 levels or 5,000 tokens.
    """
    return Writer(spelling or {}).form(root)


def transposed_form(root: Node, spelling: Mapping[Fraction, str] | None = None) -> Tree:
    """The tree of the transpose of a vector, a row, or of a matrix. Raises VerificationError as `matrix_form` does."""
    return Writer(spelling or {}).transposed(root)


class Writer:
    """Writes nodes that share parts, each part once. unit: the letter of unit vectors."""

    def __init__(self, spelling: Mapping[Fraction, str], unit: Tree = UNIT):
        self.spelling = spelling
        self.unit = unit
        self.measure = Measure()
        self.chains = Chains(self.measure)
        self.written: dict[Node, Written] = {}
        self.trees: dict[Node, Tree] = {}

    def form(self, root: Node) -> Tree:
        """What `matrix_form` gives, and raises."""
        tree = self.tree(self._written(root))
        self.measure.cost(tree)
        return tree

    def transposed(self, root: Node) -> Tree:
        """What `transposed_form` gives, and raises."""
        return self.turned_tree(self._written(root))

    def _written(self, root: Node) -> Node:
        """The root as it is printed, once all below it is written."""
        root = rearranged(root)
        for node in postorder(root, into=lambda node: () if node in self.written else _printed(node)):
            if node not in self.written:
                self.write(node)
        return root

    def tree(self, node: Node) -> Tree:
        if node not in self.trees:
            self.trees[node] = self.product(Fraction(1), self.written[node])
        return self.trees[node]

    def turned_tree(self, node: Node) -> Tree:
        """The tree of the transpose of a matrix."""
        scalars, chain = self.written[node]
        return self.product(Fraction(1), Written(scalars, turned(chain)))

    def product(self, number: Fraction, written: Written) -> Tree:
        arrays = [self.chains.tree(written.chain)] if written.chain else []
        return product_tree(number, written.scalars, arrays, self.measure, self.spelling)

    def chain(self, node: Node) -> Chain:
        """The node as factors of a matrix product; with scalars in front it is one factor."""
        scalars, chain = self.written[node]
        if not scalars:
            return chain
        return (Link(self.tree(node), self.turned_tree(node)),)

    def write(self, node: Node) -> None:
        match node:
            case Variable(symbol=symbol) | Named(symbol=symbol):
                written = self._atom(node, symbol)
            case Constant(value=value):
                number = number_tree(abs(value), self.spelling)
                written = Written((number if value >= 0 else signed_sum((-1,), (number,)),))
            case Size(dimension=dimension):
                written = Written((dimension_tree(dimension),))
            case Unit(position=position):
                written = Written((), atom(Subscript(self.unit, (one_based(position),))))
            case Selection():
                written = Written((), (_blocks(node),))
            case Add():
                written = self._sum(node)
            case Apply():
                written = self._application(node)
            case Stack():
                written = self._stack(node)
            case Contract():
                written = self._contraction(node)
            case _:
                raise TypeError(f"no such kind of node: {type(node)}")
        if len(written.chain) == 1 and is_symmetric(node):
            written = Written(written.scalars, (Link(written.chain[0].forward, written.chain[0].forward),))
        self.written[node] = written
        self.measure.cost(self.tree(node))

    def _atom(self, node: Node, tree: Tree, flipped: Tree | None = None) -> Written:
        if not node.shape:
            return Written((tree,))
        if flipped is None:
            return Written((), atom(tree))
        return Written((), (self.chains.link(tree, flipped),))

    def _contraction(self, node: Contract) -> Written:
        vector = unvec_of(node)
        if vector is not None:
            sizes = tuple(_size(d) for d in node.shape)
            return Written((), atom(Call(Name("unvec"), (self.tree(vector), *sizes))))
        scalars = {f: self.written[f].scalars for f in node.factors if not f.shape}
        arrays = {f: self.chain(f) for f in node.factors if f.shape}
        front, chain = reduced(node, scalars, arrays, self.chains, self.unit)
        return Written(tuple(front), chain)

    def _sum(self, node: Add) -> Written:
        if is_zero(node):
            return self._atom(node, Font("mathbf", Number(Fraction(0))))
        if len(node.shape) > 2:
            raise _no_form(node)
        rank = len(node.shape)
        straight = sum_of_terms([(c, self.product(abs(c), self.written[n])) for c, n in node.terms], self.measure, rank)
        if rank < 2 and (not rank or len(node.terms) > 1):
            return self._atom(node, straight)
        across = [(c, Written(self.written[n].scalars, turned(self.written[n].chain))) for c, n in node.terms]
        return self._atom(node, straight, sum_of_terms([(c, self.product(abs(c), w)) for c, w in across], self.measure, rank))

    def _application(self, node: Apply) -> Written:
        operation = node.operation
        if operation.along is not None:
            raise _no_form(node)
        straight = applied_tree(node, tuple(self.tree(a) for a in node.arguments))
        if len(node.shape) != 2 or not (operation.elementwise or operation.turned):
            return self._atom(node, straight)
        across = tuple(self.turned_tree(a) if len(a.shape) == 2 else self.tree(a) for a in node.arguments)
        return self._atom(node, straight, applied_tree(node, across, operation.turned or operation.tree))

    def _stack(self, node: Stack) -> Written:
        if len(node.shape) > 2:
            raise _no_form(node)
        rows: list[tuple[Tree, ...]] = []
        nested = all(isinstance(item, Stack) for item in node.items)
        for item in node.items:
            if isinstance(item, Stack) and nested:
                rows.append(tuple(self.tree(entry) for entry in item.items))
            else:
                rows.append((self.turned_tree(item) if item.shape else self.tree(item),))
        return self._atom(node, Matrix(tuple(rows)))


def applied_tree(node: Apply, arguments: tuple[Tree, ...], rule: TreeRule | None = None, entry: bool = False) -> Tree:
    """The application as its record prints it; powers of arrays and quotients by them are marked as elementwise.

    rule: in the place of the record's. entry: the arguments are entries, and so is what is made.
    """
    operation = node.operation
    rule = rule or operation.tree
    if rule is None:
        return Call(operation.function or Name(operation.name), arguments)
    made = rule(*arguments)
    if not entry and any(len(argument.shape) > 1 for argument in node.arguments) and _says_else_of_matrices(made):
        return Call(operation.function or Name(operation.name), arguments)
    if not operation.elementwise or not node.shape or entry:
        return made
    arrays = [tree for tree, argument in zip(arguments, node.arguments, strict=True) if argument.shape]

    def is_array(tree: Tree) -> bool:
        return any(tree is array for array in arrays)

    def marked(tree: Tree) -> Tree:
        if isinstance(tree, Superscript) and is_array(tree.base):
            return Superscript(tree.base, tree.exponent, ".^")
        if isinstance(tree, Quotient) and _divides_by(is_array, tree):
            return quotient_of_entries([tree.numerator] if tree.numerator != UNITY else [], [tree.denominator])
        return tree

    return transform(made, marked)


def _says_else_of_matrices(tree: Tree) -> bool:
    r"""Bars around a matrix are its determinant, and `\|A\|_1` may be the norm of the operator: neither is of the entries."""
    if isinstance(tree, Subscript) and isinstance(tree.items[0], Number):
        return isinstance(tree.base, Bracket) and tree.base.kind == "||"
    return isinstance(tree, Bracket) and tree.kind == "|"


def _divides_by(is_array: Callable[[Tree], bool], tree: Quotient) -> bool:
    below = tree.denominator
    if isinstance(below, Call) and not is_array(below):  # the square root in 1/sqrt(x)
        return any(map(is_array, below.arguments))
    return is_array(below) or (isinstance(below, Superscript) and is_array(below.base))


def _blocks(node: Selection) -> Link:
    """The identity with zeros above or below it, side by side in the transpose; where that leaves open how many of each
    there are, columns of the identity, `I_{*,2:3}`.
    """
    if not is_block(node):
        raise _no_form(node)
    zero = Font("mathbf", Number(Fraction(0)))
    total, length = node.shape
    above, below = node.offset.number != 0, node.offset + length != total
    if (above and below) or length.number is not None:
        return Link(Subscript(Name("I"), (Name("*"), block_range(node))), Subscript(Name("I"), (block_range(node), Name("*"))))
    blocks = [zero] * above + [Name("I")] + [zero] * below
    return Link(Matrix(tuple((block,) for block in blocks)), Matrix((tuple(blocks),)))


def _printed(node: Node) -> tuple[Node, ...]:
    """The parts that stand in the print of a node; of `unvec(b, m, n)` the vector."""
    vector = unvec_of(node) if isinstance(node, Contract) else None
    return opaque(node) if vector is None else (vector,)


def _size(length: Dimension) -> Tree:
    """A size that a call can be given: a number or a name."""
    tree = dimension_tree(length)
    if not isinstance(tree, Name | Number | Subscript):
        raise VerificationError("no-matrix-form", f"the size {length} has no name")
    return tree


def _no_form(node: Node) -> VerificationError:
    return VerificationError("no-matrix-form", f"an array of rank {len(node.shape)} is no vector and no matrix")
