"""Which quantities of information a task asks for, of which distributions, and in which unit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from chainrule.errors import NameFault
from chainrule.inference.distributions.information import Information
from chainrule.inference.network import Network
from chainrule.inference.symbols import span_text
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.sheets import Task
from chainrule.sheets.notation import statements
from chainrule.solving.information.units import NATS, written_unit
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Number, Relation, Subscript, Superscript, Tree

ROWS = {quantity.name: quantity for quantity in QUANTITIES}


@dataclass(frozen=True)
class Measure:
    """What holds for all answers: the unit that the person asks for; whether to go on with numbers that do not sum to 1."""

    unit: str | None = None
    normalize: bool = False


STANDARD = Measure()


def notations_of(network: Network, task: Task) -> list[tuple[Tree, Information]]:
    """The quantities that a task asks for, each as it is written, or would be.

    Raises NameFault where words name a quantity and the text does not tell of which distributions.
    """
    trees = [_left(tree) for math in task.math("asked") for tree in statements(math)]
    written = [(tree, found) for tree in trees if (found := network.information(tree)) is not None]
    quantity = ROWS.get(task.quantity)
    if written and len(written) == len(trees):
        return [_as_named(network, tree, found, quantity, task) for tree, found in written]
    if quantity is None:
        raise NameFault("unknown-quantity", "this names no quantity of information", task.span)
    order = next((_right(tree) for math in task.math("order") for tree in statements(math)), None)
    found = [_noted(network, quantity, arguments, order, task) for arguments in _arguments(network, quantity, trees, task)]
    return [(replace(tree, span=task.span), information) for tree, information in found]


def quantity_in(network: Network, tree: Tree) -> tuple[Tree, Information] | None:
    """The quantity that a formula asks for, `D_{KL}(P \\parallel Q)` alone or with an equation behind it."""
    notation = _left(tree)
    found = network.information(notation)
    return None if found is None else (notation, found)


def _left(tree: Tree) -> Tree:
    """What an equation in a task is about."""
    return tree.sides[0] if isinstance(tree, Relation) else tree


def _right(tree: Tree) -> Tree:
    return tree.sides[-1] if isinstance(tree, Relation) else tree


def _as_named(
    network: Network, tree: Tree, found: Information, quantity: Quantity | None, task: Task
) -> tuple[Tree, Information]:
    """A notation as the words beside it say: "the Hellinger distance $H(P, Q)$" is no cross-entropy."""
    arguments = _arguments_of(tree)
    if quantity is None or quantity == found.quantity or quantity.distributions != len(arguments):
        return tree, found
    if quantity.joint or found.quantity.joint or quantity.order or found.quantity.order:
        return tree, found
    return tree, _noted(network, quantity, arguments, None, task)[1]


def _arguments_of(tree: Tree) -> Sequence[Tree]:
    match tree:
        case Juxtaposition(items=(*_, Bracket(items=items))) | Call(arguments=items):
            return items
        case _:
            return ()


def _noted(
    network: Network, quantity: Quantity, arguments: Sequence[Tree], order: Tree | None, task: Task
) -> tuple[Tree, Information]:
    """The notation and what it is. Where its head means another quantity too, it is read with another head of the row."""
    canonical = quantity.notation(arguments, order)
    fault: NameFault | None = None
    for head in (quantity.head, *map(_head, quantity.heads)):
        try:
            found = network.information(replace(quantity, head=head).notation(arguments, order))
        except NameFault as error:
            fault = fault or error
            continue
        if found is not None and found.quantity == quantity:
            return canonical, found
    said = " and ".join(span_text(argument.span) for argument in arguments)
    raise fault or NameFault("no-distribution", f"the {quantity.title} of {said} is not defined", task.span)


def _head(text: str) -> Tree:
    """`D_KL`, `H^2` of the table as a tree."""
    name, _, above = text.partition("^")
    letter, _, below = name.partition("_")
    tree: Tree = Subscript(Name(letter), (Name(below),)) if below else Name(letter)
    return Superscript(tree, Number(Fraction(above)) if above.isdigit() else Name(above)) if above else tree


def _arguments(network: Network, quantity: Quantity, named: Sequence[Tree], task: Task) -> list[Sequence[Tree]]:
    """What the quantity is of: what the task names, else what the text has, if that is all that fits."""
    if named:
        return [named]
    fitting = [name for name, d in network.distributions.items() if not quantity.joint or len(d.labels) == 2]
    count = quantity.distributions
    if task.every and count == 1 and fitting:
        return [(name,) for name in fitting]
    if len(fitting) != count:
        known = ", ".join(span_text(name.span) for name in network.distributions)
        hint = f"the text has {known}: say which" if known else "write them, as P = {A: 0.5, B: 0.5}"
        message = f"it is not clear of which distribution{'s' * (count > 1)} the {quantity.title} is asked"
        raise NameFault("which-distributions", message, task.span, hint)
    return [fitting[::-1] if task.reverse else fitting]


def unit_for(network: Network, text: Sequence[Tree], quantity: Quantity, task: Task, measure: Measure) -> str | None:
    """The unit that the person set, else that of the task's words, else that of the text's own formula, else nats.

    None of a quantity that is a plain number.
    """
    if not quantity.logarithmic:
        return None
    return measure.unit or task.unit or written_unit(network, text, quantity) or NATS


def exchanged(tree: Tree) -> Tree:
    """The notation with its arguments the other way round."""
    match tree:
        case Juxtaposition(items=(*head, Bracket() as bracket)):
            return replace(tree, items=(*head, replace(bracket, items=bracket.items[::-1])))
        case Call(arguments=arguments):
            return replace(tree, arguments=arguments[::-1])
        case _:
            return tree
