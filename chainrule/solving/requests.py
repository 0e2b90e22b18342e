"""What a task names, found in the network: targets, variables, and derivatives written as such."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, combinations_with_replacement, count
from typing import Literal, get_args

from chainrule.algebra.measure import TOP
from chainrule.calculus.jacobian import entries
from chainrule.errors import DerivativeError, NameFault, ShapeError
from chainrule.graph import build
from chainrule.graph.dimension import shape_text
from chainrule.graph.node import Add, Contract, Named, Node, Variable, postorder
from chainrule.inference.inverted import is_logarithm
from chainrule.inference.network import Network
from chainrule.inference.statements import head_parts, is_update, new_value
from chainrule.inference.symbols import could_be_name, key, span_text, without_fonts
from chainrule.ops.arithmetic import divide
from chainrule.solving.expressed import find_expressed
from chainrule.solving.groups import gradient_variables, only_target
from chainrule.solving.parts import By, Expressed, Part, Whole, find_part, take_parts, whole_of
from chainrule.source import Span
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Derivative,
    Juxtaposition,
    Name,
    Number,
    Relation,
    Subscript,
    Superscript,
    Tree,
    walk,
)

Layout = Literal["gradient", "numerator", "denominator"]
Symmetry = Literal["project", "free entries"]


@dataclass(frozen=True)
class Manner:
    """How a derivative is asked for beside by what: the order, a direction's name, and as in a DerivativeRequest."""

    order: int = 1
    direction: str | None = None
    layout: Layout = "gradient"
    symmetric: Symmetry | None = None
    simplex: bool = False


@dataclass(frozen=True)
class DerivativeRequest:
    """The derivative of one named quantity by one or more names or parts of arrays, in order.

    output: the part of `of` that is differentiated, where it is not all of it. direction (the shape of the last variable):
    the derivative is multiplied by it. layout: how it prints. symmetric: how a symmetric matrix is moved. simplex: the
    variable is a vector whose entries keep their sum.
    """

    of: Named
    by: Sequence[By]
    asked: str
    span: Span | None
    output: Part | None = None
    direction: Whole | None = None
    layout: Layout = "gradient"
    symmetric: Symmetry | None = None
    simplex: bool = False

    @property
    def symbol(self) -> Tree:
        r"""The derivative as a name; along a direction `\frac{\partial h}{\partial x} v`, of a scalar the inner product."""
        above = self.of if self.output is None else self.output
        derivative = Derivative("partial", above.symbol, tuple(variable.symbol for variable in self.by))
        if self.direction is None:
            return derivative
        along = self.direction.symbol
        if len(self.by) > 1 or self.of.shape or not self.direction.shape:
            return Juxtaposition((derivative, along))
        product = Juxtaposition((Superscript(derivative, TOP), along))
        return product if len(self.direction.shape) == 1 else Call(Name("tr"), (product,))

    @property
    def is_whole(self) -> bool:
        """Whether it is the plain derivative by whole arrays, or that along a direction."""
        freely = self.symmetric is None and not self.simplex
        return self.output is None and freely and not any(isinstance(each, Part | Expressed) for each in self.by)

    @property
    def wholes(self) -> tuple[Named | Variable, ...]:
        """What is differentiated by, with the array in the place of each part of one."""
        return tuple(map(whole_of, self.by))

    @property
    def is_hvp(self) -> bool:
        """Whether it is the Hessian of a scalar times a direction: the gradient of an inner product."""
        return self.direction is not None and len(self.by) == 2 and not self.of.shape

    @property
    def is_reached(self) -> bool:
        """Whether the quantity is computed from the variable that it is differentiated by last."""
        last = self.wholes[-1]
        return not {last, *entries(last)}.isdisjoint(postorder(self.of))

    def taken(self, derivative: Node) -> Node:
        """What is asked for, of the derivative by the wholes (output, then every whole)."""
        if self.direction is not None:
            front = range(len(derivative.shape) - len(self.direction.shape))
            own = range(len(front), len(derivative.shape))
            return build.contract([derivative, self.direction], [(*front, *own), own], front)
        output = self.of if self.output is None else self.output
        moved = tangent(derivative) if self.simplex else symmetrised(derivative, self.symmetric)
        return take_parts(moved, 0, (output, *self.by))


def symmetrised(derivative: Node, symmetry: Symmetry | None) -> Node:
    """The derivative (..., n, n) by a matrix whose entries move freely -> by one that stays symmetric.

    "project": the gradient among symmetric matrices, (G + G^T)/2; "free entries": by the entries on and above the diagonal,
    G + G^T - I .* G.
    """
    if symmetry is None:
        return derivative
    axes = tuple(range(len(derivative.shape)))
    *front, i, j = axes
    both = build.add(derivative, build.contract([derivative], [axes], [*front, j, i]))
    if symmetry == "project":
        return build.scale(Fraction(1, 2), both)
    return build.subtract(both, build.contract([derivative], [[*front, i, i]], [*front, i, i]))


def tangent(derivative: Node) -> Node:
    """The derivative (..., n) by a vector whose entries keep their sum: less its mean over the last axis.

    Terms that are the same in every entry go with it.
    """
    if isinstance(derivative, Add):
        moving = [(c, term) for c, term in derivative.terms if not _is_level(term)]
        derivative = build.linear(moving, derivative.shape)
    axes = tuple(range(len(derivative.shape)))
    one_over = divide(build.constant(1), build.size(derivative.shape[-1]))
    mean = build.multiply(one_over, build.total(derivative, axes[-1:]))
    return build.subtract(derivative, build.broadcast(mean, derivative.shape, axes[:-1]))


def _is_level(term: Node) -> bool:
    """Whether all entries along the last axis are alike: nothing in a product has its index."""
    return isinstance(term, Contract) and all(term.output[-1] not in own for own in (*term.indices, term.output[:-1]))


def names_in(tree: Tree) -> Iterator[Tree]:
    r"""The names a formula of a task speaks of: `L(y, \hat y) = ...` speaks of L, `(w, b)` of both.

    An update, `w \leftarrow w - 1`, speaks of the new value.
    """
    match tree:
        case Relation(sides=(left, *_)):
            yield from [new_value(left)] if is_update(tree) else names_in(left)
        case Bracket(items=items) if len(items) > 1:
            for item in items:
                yield from names_in(item)
        case Call() if is_logarithm(tree):
            yield tree
        case _:
            yield head_parts(tree)[0]


def find(network: Network, tree: Tree) -> Named | Variable:
    """The named node of a tree. Raises NameFault."""
    node = network.find(tree)
    if isinstance(node, Named | Variable):
        return node
    raise NameFault("undefined-symbol", f"{span_text(tree.span)} is not a quantity of this problem", tree.span)


def unused_name(network: Network, letters: Sequence[str], trees: Sequence[Tree] = ()) -> Tree:
    """The first of these letters, then the first of them with a number, that neither the network nor the trees have."""
    taken = {part for name in network.names for part in walk(name)} | set(network.broken)
    taken |= {part for tree in (*(e.body for e in network.equations), *trees) for part in walk(tree)}
    numbered = (Subscript(Name(letters[0]), (Number(Fraction(number)),)) for number in count(1))
    return next(name for name in chain(map(Name, letters), numbered) if name not in taken)


def find_variable(network: Network, tree: Tree) -> By:
    """What a derivative is by: a name, or an entry, row or column of one.

    Raises NameFault, also for a name that has a shape or a value and is in no equation: its derivatives would all be zero.
    """
    found = find_part(network, tree) or (None if could_be_name(tree) else _expressed(network, tree)) or find(network, tree)
    whole = whole_of(found)
    if isinstance(whole, Variable) and not _is_used(network, whole):
        message = f"{span_text(tree.span)} is nowhere in the equations"
        names = ", ".join(spelling for spelling in network.spellings.values() if spelling)
        raise NameFault("unknown-symbol", message, tree.span, f"their names are {names}")
    return found


def _expressed(network: Network, tree: Tree) -> Expressed | None:
    """The function of a name that a tree is, where the tree is no name itself, as the `\\sigma^2` of `\\sigma^2 = 4` is."""
    try:
        network.find(tree)
    except NameFault:
        return find_expressed(network, tree)
    return None


def _is_used(network: Network, variable: Variable) -> bool:
    """Whether an equation is computed from a variable, or at least has it and loses it again, as `x - x` does."""
    if any(variable in postorder(quantity) for _, quantity in network.quantities()):
        return True
    name = without_fonts(variable.symbol)
    return any(without_fonts(key(part)) == name for e in network.equations for part in walk(e.body) if could_be_name(part))


def read_derivative(network: Network, tree: Derivative) -> Iterator[DerivativeRequest]:
    r"""`\frac{\partial r}{\partial x}`, or `\nabla r` by every variable of r.

    Raises NameFault where a name is unknown or the target is an input.
    """
    if isinstance(tree.of, Derivative) and not tree.by and not tree.of.by:
        yield from _repeated(network, tree)
        return
    if tree.of is not None and could_be_name(tree.of) and find_part(network, tree.of) is not None:
        yield derivative_of(network, tree.of, tree.by, span_text(tree.span), tree.span)
        return
    target = find(network, head_parts(tree.of)[0]) if tree.of is not None else only_target(network, tree.span)
    asked = span_text(tree.span)
    first = tree.by[0] if tree.by else None
    if isinstance(first, Bracket) and all(each == first for each in tree.by):  # `\partial (x, y)`
        for by in combinations_with_replacement(first.items, len(tree.by)):
            yield request(network, target, by, asked, tree.span)
        return
    if tree.by:
        yield request(network, target, tree.by, asked, tree.span)
        return
    for variable in gradient_variables(network, target, tree.of):
        yield requested(target, (variable,), asked, tree.span)


def _repeated(network: Network, tree: Derivative) -> Iterator[DerivativeRequest]:
    r"""`\nabla^2 f`: by every pair of variables of f. Raises NameFault as `read_derivative` does."""
    order, of = 1, tree.of
    while isinstance(of, Derivative) and not of.by:
        order, of = order + 1, of.of
    target = find(network, head_parts(of)[0]) if of is not None else only_target(network, tree.span)
    for by in combinations_with_replacement(gradient_variables(network, target, of), order):
        yield requested(target, by, span_text(tree.span), tree.span)


def derivative_of(network: Network, of: Tree, by: Sequence[Tree], asked: str, span: Span | None = None) -> DerivativeRequest:
    """The derivative of a quantity or a part of one by names or parts of arrays.

    Raises NameFault where a name is unknown or the target is an input.
    """
    part = find_part(network, of)
    return request(network, find(network, of) if part is None else part.whole, tuple(by), asked, span, part)


def differentiated(network: Network, tree: Tree | None, span: Span | None) -> tuple[Node, tuple[Tree, ...]]:
    """What is to be differentiated, and by what it already is: "the derivative of `\\frac{dL}{dw}`". None: the only output."""
    if tree is None:
        return only_target(network, span), ()
    if isinstance(tree, Derivative) and tree.of is not None:
        return find(network, head_parts(tree.of)[0]), tree.by
    return find(network, tree), ()


def request(
    network: Network, target: Node, by: tuple[Tree, ...], asked: str, span: Span | None, output: Part | None = None
) -> DerivativeRequest:
    """The derivative of a quantity by names. Raises NameFault where the target is an input."""
    return requested(target, tuple(find_variable(network, name) for name in by), asked, span, output)


def requested(target: Node, by: tuple[By, ...], asked: str, span: Span | None, output: Part | None = None) -> DerivativeRequest:
    """The derivative of a quantity by nodes. Raises NameFault where the target is an input, DerivativeError for a second
    derivative by a function of a name.
    """
    if not isinstance(target, Named):
        raise NameFault("no-formula", "this is an input: nothing says how it is computed", span)
    expressed = next((each for each in by if isinstance(each, Expressed)), None) if len(by) > 1 else None
    if expressed is not None:
        message = f"a second derivative is by names, and {span_text(expressed.symbol.span)} is none"
        raise DerivativeError("order-by-expression", message, span, "write one letter for it in the equations")
    return DerivativeRequest(target, by, asked, span, output)


def refined(
    request: DerivativeRequest,
    direction: Whole | None = None,
    layout: Layout = "gradient",
    symmetric: Symmetry | None = None,
    simplex: bool = False,
) -> DerivativeRequest:
    """The request along a direction, in a layout, for a symmetric matrix or a vector on the simplex.

    Raises ShapeError where the direction has another shape than the variable, DerivativeError where a symmetric matrix or a
    vector on the simplex is none or the derivative is of second order, where a direction is given beside a part of an array,
    for another layout or symmetry, and where there is no variable.
    """
    _require("layout", layout, get_args(Layout))
    _require("symmetric", symmetric, (None, *get_args(Symmetry)))
    if not request.by:
        raise DerivativeError("no-variable", "there is nothing to differentiate by", request.span, "give the name of an input")
    made = replace(request, direction=direction, layout=layout, symmetric=symmetric, simplex=simplex)
    last = request.wholes[-1]
    if simplex and (len(request.by) > 1 or len(last.shape) != 1 or symmetric is not None):
        message = f"a variable on the simplex is a vector that is differentiated by once; this is {shape_text(last.shape)}"
        raise DerivativeError("not-on-simplex", message, request.span)
    if direction is not None and not replace(request, symmetric=symmetric, simplex=simplex).is_whole:
        raise DerivativeError("direction-in-part", "a derivative along a direction is by a whole array", request.span)
    if direction is not None and direction.shape != last.shape:
        message = f"the direction is {shape_text(direction.shape)}, the variable {shape_text(last.shape)}"
        raise ShapeError("direction-shape", message, request.span, "a direction has the shape of its variable")
    if symmetric is not None and (len(request.by) > 1 or len(last.shape) != 2 or last.shape[0] != last.shape[1]):
        message = f"a symmetric variable is a square matrix that is differentiated by once; this is {shape_text(last.shape)}"
        raise DerivativeError("not-symmetric", message, request.span)
    return made


def _require(option: str, chosen: str | None, choices: Sequence[str | None]) -> None:
    """Raise DerivativeError unless an option is one of its choices."""
    if chosen not in choices:
        hint = f"it is one of {', '.join(map(repr, choices))}"
        raise DerivativeError(f"unknown-{option}", f"there is no {option} {chosen!r}", hint=hint)


def last_quantity(network: Network) -> Named:
    """The quantity of the last equation. Raises NameFault where there is none."""
    if network.broken:
        raise NameFault("broken-definition", "some definition could not be used, so it is not clear what to differentiate")
    for equation in reversed(network.equations):
        node = network.names.get(equation.name)
        if isinstance(node, Named) and node not in network.lists:
            return node
    raise NameFault("no-formula", "no equation defines a quantity that could be differentiated")
