r"""Quantities of information in formulas: `D_{KL}(P \parallel Q)` becomes its operation on the vectors of probabilities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.errors import ChainruleError, NameFault
from chainrule.inference.define import called_function
from chainrule.inference.distributions.arguments import outcome_of
from chainrule.inference.distributions.closed import conditions_hold
from chainrule.inference.distributions.families import Instance, read_member
from chainrule.inference.distributions.generated import generator_of
from chainrule.inference.distributions.meant import is_meant
from chainrule.inference.distributions.notation import Written, bracket_of_call, head_word, signature, spelled_head, written
from chainrule.inference.distributions.of_arguments import of_arguments
from chainrule.inference.distributions.of_variables import are_random, given_event, no_joint, of_variables
from chainrule.inference.distributions.quantity import Reading
from chainrule.inference.distributions.variables import is_variable
from chainrule.inference.literals import TWO, number
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Number, Quotient, Relation, Subscript, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


ENTROPIES = (Name("H"), Name("S"), Name("h"))
"""Heads of entropies: with two random variables, or with a bar, they are of these, and no cross-entropy or distance."""
_ENTROPY = next(row for row in QUANTITIES if row.name == "entropy")


def read_quantity(reader: Reader, head: Tree, bracket: Bracket) -> Tree | None:
    """The resolved value of a quantity in front of its arguments; None where these are something else.

    Raises NameFault where the quantity is of something unknown, or has no closed form.
    """
    own = _of_text(reader, head, bracket)
    if own is not None:
        return reader.read(own)
    found = reading_of(reader, head, bracket)
    if found is None:
        return None
    holds = conditions_hold(found)
    if holds is None:
        message = f"the closed form of the {found.quantity.title} holds for some parameters alone, which is not checked here"
        reader.note("closed-form-condition", message, bracket, "ask for its value by itself to have it checked", "warning")
    if found.body is not None and holds is not False:
        in_bits = (whole := written(head, bracket)) is not None and _is_binary(reader, whole)
        return Quotient(found.body, Applied(reader.operation("log"), (TWO,)), span=bracket.span) if in_bits else found.body
    message = f"the {found.quantity.title} of these has no closed form, so no formula can be computed with it"
    raise NameFault("no-closed-form", message, bracket.span, "ask for its value alone")


def _of_text(reader: Reader, head: Tree, bracket: Bracket) -> Tree | None:
    """The call of the function that the text defines under the head of a quantity; None where it defines none."""
    found = written(head, bracket)
    name = reader.own.get(signature(found)) if found is not None else None
    if found is None or name is None:
        return None
    arguments = (*(() if found.order is None else (found.order,)), *found.arguments)
    inside = Bracket("(", arguments, (",",) * (len(arguments) - 1), span=found.span)
    return Juxtaposition((replace(name, span=head.span), inside), span=found.span)


def reading_of_tree(reader: Reader, tree: Tree, quantity: Quantity | None = None) -> Reading | None:
    """The quantity that a whole tree is, as `reading_of` has it."""
    found = _applied(reader, tree)
    return None if found is None else reading_of(reader, *found, quantity)


def is_in_bits(reader: Reader, tree: Tree) -> bool:
    """Whether a tree is `H_2(0.1)`, the binary entropy, which that notation measures in bits."""
    applied = _applied(reader, tree)
    found = None if applied is None or _is_own(reader, applied[0]) else written(*applied)
    return found is not None and _is_binary(reader, found)


def own_notation(reader: Reader, tree: Tree) -> Written | None:
    """What a whole tree is as the notation of a quantity whose head the text defines otherwise, `TV(P, Q) = ...`.

    None where it is no such notation, or the text leaves it what it is.
    """
    applied = _applied(reader, tree)
    found = None if applied is None else written(*applied)
    if applied is None or found is None:
        return None
    return found if _is_own(reader, applied[0]) or reader.own.get(signature(found)) is not None else None


def _applied(reader: Reader, tree: Tree) -> tuple[Tree, Bracket] | None:
    """The head and the bracket that a whole tree is."""
    match tree:
        case Juxtaposition(items=(head, Bracket() as bracket)):
            return head, bracket
        case Juxtaposition(items=(*_, Bracket() as bracket) as items):
            head = spelled_head(reader, items)
            return None if head is None else (head, bracket)
        case Call(function=head):
            return head, bracket_of_call(tree)
        case _:
            return None


def reading_of(reader: Reader, head: Tree, bracket: Tree | None, quantity: Quantity | None = None) -> Reading | None:
    """The quantity that a head and a bracket are; None where they are none. quantity: which one is meant, where that is known.

    Raises what reading its arguments does.
    """
    found = written(head, bracket)
    if found is None or _is_own(reader, head):
        return None
    fitting = [q for q in found.quantities if quantity is None or q.name == quantity.name]
    if quantity is None and _is_binary(reader, found):
        return of_arguments(reader, replace(found, order=None), _ENTROPY)
    if any(q.joint for q in fitting) and all(is_variable(reader, tree) for tree in found.arguments):
        return of_variables(reader, found, next(q for q in fitting if q.joint))
    if len(found.arguments) == 2 and isinstance(found.arguments[1], Relation) and any(q.joint for q in fitting):
        return given_event(reader, found, next(q for q in found.quantities if q.joint))
    plain = [q for q in fitting if not q.joint]
    if len(found.arguments) == 1 and isinstance(found.arguments[0], Relation):  # an event, `h(X = 1)`
        plain = [q for q in plain if q.name == "surprisal"]
        if not plain or outcome_of(reader, found.arguments[0]) is None:
            return None
    several = found.head in ENTROPIES and len(found.arguments) > 1
    if several and ("|" in found.separators or are_random(reader, found.arguments[:2])):
        plain = []
    if not plain and (found.plainly or set(found.separators) != {","} or found.head == Name("H")):
        raise no_joint(reader, found)
    if not plain or not (quantity is not None or is_meant(reader, found)):
        return None
    if signature(found) in reader.own:
        if quantity is None and reader.own[signature(found)] is not None:
            return None
        message = f"the text defines {span_text(found.span)} itself, and not as the {found.quantities[0].title}"
        hint = "give its definition a letter of its own, `C(P, Q) = ...`, to have that computed"
        raise NameFault("own-definition", message, found.span, hint)
    if len(plain) > 1 and found.order is not None:
        raise _ambiguous(found, plain)
    if quantity is None and found.order is not None and found.span is not None and plain[0].name == "renyi_entropy":
        _note_order(reader, found)
    return of_arguments(reader, found, plain[0])


def _is_own(reader: Reader, head: Tree) -> bool:
    """Whether the text says what a head is, and it is not the quantity, as the `D_f` of a function f of the text."""
    if generator_of(reader, head) is not None:
        return True
    if could_be_name(head) and key(head) in reader.restated:
        return False
    return could_be_name(head) and (reader.knows(head) or called_function(reader, key(head)) is not None)


def _is_binary(reader: Reader, found: Written) -> bool:
    """Whether `H_2(0.1)` is of one number: the 2 counts outcomes, as an entropy of any order is of a distribution."""
    if head_word(found.head) == "h_2":
        return len(found.arguments) == 1 and number(found.arguments[0]) is not None
    if not isinstance(found.order, Number) or found.order.value != 2:
        return False
    head = found.head.base if isinstance(found.head, Subscript) else found.head
    return head in ENTROPIES and len(found.arguments) == 1 and number(found.arguments[0]) is not None


def _note_order(reader: Reader, found: Written) -> None:
    """Say of `H_2(P)` that 2 is an order and no base."""
    said, order = span_text(found.span), span_text(found.order.span) if found.order is not None else ""
    message = f"{said} is read as the Rényi entropy of order {order}; {order} is not the base of a logarithm"
    reader.note("order-below", message, found.head, "for an entropy in bits write H and ask for it in bits")


def _ambiguous(found: Written, rows: Sequence[Quantity]) -> NameFault:
    titles = " or ".join(f"the {row.title}" for row in rows)
    message = f"{span_text(found.span)} can be {titles}"
    return NameFault("ambiguous-quantity", message, found.span, "define it, or write another letter")


def computed(reader: Reader, trees: Iterable[Tree], families: Iterable[Instance]) -> list[Tree]:
    """What is to be computed besides the equations: quantities that stand by themselves or are differentiated, and the
    parameters of families. What cannot be read is left out: it is said where it is asked for.
    """
    found: list[Tree] = []
    for tree in trees:
        with suppress(ChainruleError):
            applied = _applied(reader, tree)
            if applied is not None and generator_of(reader, applied[0]) is not None:
                found.append(reader.read(tree))
            reading = reading_of_tree(reader, tree)
            if reading is not None:
                found += [body for body in (reading.body, reading.order) if body is not None]
                found += [parameter for argument in reading.arguments for parameter in argument.parameters]
    for instance in families:
        with suppress(ChainruleError):
            found += read_member(reader, instance).parameters
    return found
