"""The sizes of all names, learnt from the equations one after the other, and from what is asked besides them."""

from collections.abc import Mapping, Sequence

from chainrule.errors import ChainruleError, ShapeError
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, Shape, shape_text
from chainrule.graph.node import Node
from chainrule.inference.declarations import Declaration
from chainrule.inference.elaborate import Dimensions, Elaborator, Learnt
from chainrule.inference.expression import MOST_ROUNDS
from chainrule.inference.gathered import Gathered, Resolved
from chainrule.inference.members import members
from chainrule.inference.statements import Given
from chainrule.inference.symbols import Symbol, span_text
from chainrule.syntax.tree import Name, Tree, walk

TIMES = frozenset((Name("t"), Name("\\tau")))
"""The letters of time."""


def find_sizes(
    order: Sequence[Resolved], elaborator: Elaborator, shapes: dict[Tree, Shape], gathered: Gathered
) -> Mapping[Tree, ChainruleError]:
    """Learn what the equations tell of sizes, one after the other, with an input in the place of each name they mention;
    those that do not fit with their errors.

    What is learnt later cannot make an equation wrong that was right with sizes left open.
    """
    dimensions = elaborator.dimensions
    lost: dict[Tree, ChainruleError] = {}
    for equation in order:
        if any(name in lost for name in equation.mentions):
            continue
        known = dict(dimensions.known)
        try:
            shapes[equation.name] = _shape(equation, elaborator, shapes, gathered.declarations.get(equation.name))
        except ChainruleError as error:
            lost[equation.name] = error
            dimensions.known = known
    if lost:
        return lost
    for tree in gathered.asked:
        before = dict(dimensions.known)
        _learn_sizes(tree, elaborator, shapes)
        if not _values_fit(shapes, dimensions, gathered.givens):  # it is asked where another value held
            dimensions.known = before
    _tie_steps(shapes, dimensions)
    return {}


def _values_fit(shapes: Mapping[Tree, Shape], dimensions: Dimensions, givens: Mapping[Tree, Given]) -> bool:
    """Whether the lengths of given values leave every size one number."""
    found: dict[Dimension, int] = {}
    for name, given in givens.items():
        rows, shape = given.literal.rows, shapes.get(name, ())
        lengths = (len(rows), len(rows[0])) if len(shape) == 2 else (len(rows) * len(rows[0]),)
        sizes = list(zip(map(dimensions.settle, shape), lengths, strict=False))
        if not given.literal.is_zero and any(found.setdefault(size, size.number or length) != length for size, length in sizes):
            return False
    return True


def _tie_steps(shapes: Mapping[Tree, Shape], dimensions: Dimensions) -> None:
    """Let `h_{t-1}` have the sizes of `h_t`, where nothing tells them apart: a quantity keeps its shape from step to step.

    Only in time: the layers of a network have sizes of their own.
    """
    steps: dict[tuple[Tree, Tree | None], Shape] = {}
    for name, shape in shapes.items():
        for member in [member for member in members(name) if member.letter in TIMES]:
            first = steps.setdefault((member.family, member.letter), shape)
            if len(first) == len(shape) and all(map(dimensions.can_unify, first, shape)):
                for one, other in zip(first, shape, strict=True):
                    dimensions.unify(one, other)


def _shape(equation: Resolved, elaborator: Elaborator, shapes: Mapping[Tree, Shape], declared: Declaration | None) -> Shape:
    elaborator.names = {name: stand_in(name, shapes, elaborator.dimensions) for name in equation.mentions}
    for _ in range(MOST_ROUNDS):
        try:
            return _as_declared(equation, elaborator, elaborator.node(equation.body).shape, declared)
        except Learnt:
            stale = [name for name, node in elaborator.names.items() if not elaborator.dimensions.are_settled(node.shape)]
            elaborator.names |= {name: stand_in(name, shapes, elaborator.dimensions) for name in stale}
    raise ChainruleError("too-many-sizes", "the sizes in this equation could not be found", equation.written.span)


def _learn_sizes(tree: Tree, elaborator: Elaborator, shapes: Mapping[Tree, Shape]) -> None:
    """Learn what sizes a quantity that is asked for has in common; nothing where it does not fit."""
    mentions = [part.name for part in walk(tree) if isinstance(part, Symbol)]
    known = dict(elaborator.dimensions.known)
    for _ in range(MOST_ROUNDS):
        elaborator.names = {name: stand_in(name, shapes, elaborator.dimensions) for name in mentions if name in shapes}
        try:
            elaborator.node(tree)
        except Learnt:
            continue
        except (ChainruleError, KeyError):
            elaborator.dimensions.known = known
        return


def _as_declared(equation: Resolved, elaborator: Elaborator, found: Shape, declared: Declaration | None) -> Shape:
    """The shape of a quantity, made to agree with its declaration. Raises ShapeError where it does not."""
    for own, said in zip(found, declared.of_rank(len(found)) if declared is not None else found, strict=True):
        if not elaborator.dimensions.unify(own, said) and declared is not None:
            where = f" in line {declared.span.line}" if declared.span else ""
            shapes = f"is {shape_text(found)}, but declared{where} as {shape_text(declared.dimensions)}"
            message = f"{span_text(equation.name.span)} {shapes}"
            raise ShapeError("shape-clash", message, equation.written.span)
    return tuple(elaborator.dimensions.settle(d) for d in found)


def stand_in(name: Tree, shapes: Mapping[Tree, Shape], dimensions: Dimensions) -> Node:
    return build.variable(name, [dimensions.settle(d) for d in shapes[name]])
