"""What a task names, found in the network: targets, variables, and derivatives written as such."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chainrule.errors import NameFault
from chainrule.graph.node import Named, Node, Variable, postorder
from chainrule.inference.network import Network
from chainrule.inference.statements import head_parts
from chainrule.inference.symbols import could_be_name, key, span_text, without_fonts
from chainrule.solving.groups import gradient_variables, only_target
from chainrule.solving.parts import By, Part, find_part, take_parts, whole_of
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Derivative, Relation, Tree, walk


@dataclass(frozen=True)
class DerivativeRequest:
    """The derivative of one named quantity by one or more names or parts of arrays, in order."""

    of: Named
    by: Sequence[By]
    asked: str
    span: Span | None
    output: Part | None = None
    """The part of `of` that is differentiated, where it is not all of it."""

    @property
    def symbol(self) -> Derivative:
        """The derivative as a name."""
        above = self.of if self.output is None else self.output
        return Derivative("partial", above.symbol, tuple(variable.symbol for variable in self.by))

    @property
    def is_part(self) -> bool:
        """Whether anything but whole arrays is in it."""
        return self.output is not None or any(isinstance(each, Part) for each in self.by)

    @property
    def wholes(self) -> tuple[Named | Variable, ...]:
        """What is differentiated by, with the array in the place of each part of one."""
        return tuple(map(whole_of, self.by))

    def taken(self, derivative: Node) -> Node:
        """The part that is asked for of the derivative by the wholes."""
        output = self.of if self.output is None else self.output
        return take_parts(derivative, 0, (output, *self.by))


def names_in(tree: Tree) -> Iterator[Tree]:
    """The names a formula of a task speaks of: `L(y, \\hat y) = ...` speaks of L, `(w, b)` of both."""
    match tree:
        case Relation(sides=(left, *_)):
            yield from names_in(left)
        case Bracket(items=items) if len(items) > 1:
            for item in items:
                yield from names_in(item)
        case _:
            yield head_parts(tree)[0]


def find(network: Network, tree: Tree) -> Named | Variable:
    """The named node of a tree. Raises NameFault."""
    node = network.find(tree)
    if isinstance(node, Named | Variable):
        return node
    raise NameFault("undefined-symbol", f"{span_text(tree.span)} is not a quantity of this problem", tree.span)


def find_variable(network: Network, tree: Tree) -> By:
    """What a derivative is by: a name, or an entry, row or column of one.

    Raises NameFault, also for a name that has a shape or a value and is in no equation: its derivatives would all be zero.
    """
    found = find_part(network, tree) or find(network, tree)
    whole = whole_of(found)
    if isinstance(whole, Variable) and not _is_used(network, whole):
        message = f"{span_text(tree.span)} is nowhere in the equations"
        names = ", ".join(spelling for spelling in network.spellings.values() if spelling)
        raise NameFault("unknown-symbol", message, tree.span, f"their names are {names}")
    return found


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
    part = find_part(network, tree.of) if tree.of is not None and could_be_name(tree.of) else None
    if part is not None:
        yield request(network, part.whole, tree.by, span_text(tree.span), tree.span, part)
        return
    target = find(network, head_parts(tree.of)[0]) if tree.of is not None else only_target(network, tree.span)
    asked = span_text(tree.span)
    if tree.by:
        yield request(network, target, tree.by, asked, tree.span)
        return
    for variable in gradient_variables(network, target, tree.of):
        yield requested(target, (variable,), asked, tree.span)


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
    """The derivative of a quantity by nodes. Raises NameFault where the target is an input."""
    if not isinstance(target, Named):
        raise NameFault("no-formula", "this is an input: nothing says how it is computed", span)
    return DerivativeRequest(target, by, asked, span, output)


def last_quantity(network: Network) -> Named:
    """The quantity of the last equation. Raises NameFault where there is none."""
    if network.broken:
        raise NameFault("broken-definition", "some definition could not be used, so it is not clear what to differentiate")
    for equation in reversed(network.equations):
        node = network.names.get(equation.name)
        if isinstance(node, Named) and node not in network.lists:
            return node
    raise NameFault("no-formula", "no equation defines a quantity that could be differentiated")
