r"""Quantities of information in formulas: `D_{KL}(P \parallel Q)` becomes its operation on the vectors of probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.define import called_function
from chainrule.inference.distributions.arguments import Argument, bernoulli, is_number, read_argument
from chainrule.inference.distributions.notation import Written, spelled_head, written
from chainrule.inference.literals import read_literal
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import could_be_name, is_bold, is_capital, is_probability, key, span_text
from chainrule.probability.quantities import Quantity
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


@dataclass(frozen=True)
class Reading:
    """A quantity of distributions, all names known. body: its value in nats; None where there is no closed form."""

    quantity: Quantity
    arguments: tuple[Argument, ...]
    order: Tree | None
    body: Tree | None


def read_quantity(reader: Reader, head: Tree, bracket: Bracket) -> Tree | None:
    """The resolved value of a quantity in front of its arguments; None where these are something else.

    Raises NameFault where the quantity is of something unknown, or has no closed form.
    """
    found = reading_of(reader, head, bracket)
    if found is None or found.body is not None:
        return None if found is None else found.body
    message = f"the {found.quantity.title} of these has no closed form, so no formula can be computed with it"
    raise NameFault("no-closed-form", message, bracket.span, "ask for its value alone")


def reading_of_tree(reader: Reader, tree: Tree) -> Reading | None:
    """The quantity that a whole tree is, as `reading_of` has it."""
    match tree:
        case Juxtaposition(items=(head, Bracket() as bracket)):
            return reading_of(reader, head, bracket)
        case Juxtaposition(items=(*_, Bracket() as bracket) as items):
            head = spelled_head(reader, items)
            return None if head is None else reading_of(reader, head, bracket)
        case Call(function=head, arguments=arguments):
            return reading_of(reader, head, Bracket("(", arguments, (",",) * (len(arguments) - 1), span=tree.span))
        case _:
            return None


def reading_of(reader: Reader, head: Tree, bracket: Tree | None) -> Reading | None:
    """The quantity that a head and a bracket are; None where they are none. Raises what reading its arguments does."""
    found = written(head, bracket)
    if found is None or _is_own(reader, head):
        return None
    plain = [quantity for quantity in found.quantities if not quantity.joint]
    if not plain or not _is_meant(reader, found, plain[0]):
        return None
    return _of_arguments(reader, found, plain[0])


def _is_own(reader: Reader, head: Tree) -> bool:
    """Whether the text says what a head is."""
    return could_be_name(head) and (reader.knows(head) or called_function(reader, key(head)) is not None)


def _is_meant(reader: Reader, found: Written, quantity: Quantity) -> bool:
    """Whether a quantity is meant, and not a function that nobody defined, or a product."""
    if found.plainly or (found.head == Name("H") and len(found.arguments) > 1):
        return True
    if found.head == Name("H"):
        return _could_have_entropy(reader, found.arguments[0])
    return all(_is_distribution(reader, argument) for argument in found.arguments)


def _could_have_entropy(reader: Reader, tree: Tree) -> bool:
    if _is_distribution(reader, tree) or not could_be_name(tree):
        return _is_distribution(reader, tree)
    return is_probability(tree) or ((is_capital(tree) or is_bold(tree)) and not reader.knows(tree)) or _is_array(reader, tree)


def _is_array(reader: Reader, tree: Tree) -> bool:
    name = reader.known(tree)
    return name is not None and (name in reader.lengths or (not reader.strict and name in reader.indexed))


def _is_distribution(reader: Reader, tree: Tree) -> bool:
    """Whether a tree is sure to be a distribution: a table, or a list of numbers."""
    if could_be_name(tree):
        return reader.known(tree) in reader.tables or (not reader.strict and _is_array(reader, tree))
    literal = read_literal(tree) if isinstance(tree, Bracket) else None
    return literal is not None and len(literal.rows) > 1


def _of_arguments(reader: Reader, found: Written, quantity: Quantity) -> Reading:
    arguments = tuple(read_argument(reader, tree) for tree in found.arguments)
    bodies = [argument.body for argument in arguments if argument.body is not None]
    if any(is_number(reader, body) for body in bodies):
        said = " and ".join(span_text(tree.span) for tree in found.arguments)
        message = f"{said}: a number stands for the distribution of 0 and 1 in which it is the probability of 1"
        reader.note("number-as-bernoulli", message, found.arguments[0])
        bodies = [bernoulli(body) for body in bodies]
    _require_same_outcomes(found, arguments)
    order = None if found.order is None else reader.read(found.order)
    whole = Applied(quantity.operation, tuple(bodies) if order is None else (*bodies, order), span=found.span)
    return Reading(quantity, arguments, order, whole)


def _require_same_outcomes(found: Written, arguments: tuple[Argument, ...]) -> None:
    labels = {argument.table.labels for argument in arguments if argument.table is not None}
    if len(labels) > 1:
        said = " and ".join(span_text(tree.span) for tree in found.arguments)
        raise NameFault("different-outcomes", f"{said} are not distributions of the same outcomes", found.span)
