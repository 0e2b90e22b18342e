r"""Quantities of random variables: `H(X, Y)`, `H(Y \mid X)`, `I(X; Y)`, `H(Y \mid X = 0)`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.distributions.arguments import Argument
from chainrule.inference.distributions.labels import Table, label_of, variable_of
from chainrule.inference.distributions.marginals import Joint, grouped, parted
from chainrule.inference.distributions.notation import Written
from chainrule.inference.distributions.quantity import Reading
from chainrule.inference.distributions.stochastic import is_random, names_in
from chainrule.inference.distributions.variables import distribution_of_variables, is_variable
from chainrule.inference.resolved import Applied, Entry, Function
from chainrule.inference.symbols import Symbol, key, span_text
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Quotient, Relation, Sum, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


def of_variables(reader: Reader, found: Written, quantity: Quantity) -> Reading:
    """A quantity of random variables that have a joint distribution."""
    groups = groups_of(found)
    if len(groups) != 2 + (quantity.name == "conditional_mutual_information") and quantity.name != "joint_entropy":
        message = f"{span_text(found.span)} is of {len(groups)} groups of variables, and that is no {quantity.title} known here"
        raise NameFault("unsupported-quantity", message, found.span, "write I(X; Y) or I(X; Y | Z), commas inside a group")
    joint = distribution_of_variables(reader, found.arguments, found.span)
    if quantity.name == "conditional_mutual_information":
        return _given_third(reader, found, quantity, joint, groups)
    if quantity.name == "joint_entropy" or (len(joint.variables) == 2 and all(len(group) == 1 for group in groups)):
        return _of_joint(reader, found, quantity, joint)
    first, second = groups[::-1] if quantity.name == "conditional_entropy" else groups
    together = grouped(joint, (first, second))
    if together is None:
        raise _unknown_outcomes(found)
    return _of_joint(reader, found, quantity, together)


def _of_joint(reader: Reader, found: Written, quantity: Quantity, joint: Joint) -> Reading:
    argument = Argument(_symbol(joint, found), joint.body, joint.table)
    function: Function = quantity.operation
    last = groups_of(found)[-1]
    if quantity.name == "conditional_entropy" and len(last) == 1 and last[0] == joint.variables[1]:
        function = reader.operation("conditional_entropy_of_rows")
    return Reading(quantity, (argument,), None, Applied(function, (joint.body,), span=found.span))


def _symbol(joint: Joint, found: Written) -> Tree:
    """What a joint distribution is called: the name of its table, `p(X, Y)` for one that is put together here."""
    if isinstance(joint.body, Symbol):
        return joint.body
    variables = Bracket("(", joint.variables, (",",) * (len(joint.variables) - 1), span=found.span)
    return Juxtaposition((Name("p"), variables), span=found.span)


def _given_third(
    reader: Reader, found: Written, quantity: Quantity, joint: Joint, groups: tuple[tuple[Tree, ...], ...]
) -> Reading:
    r"""`I(X; Y \mid Z)`: the mutual informations of the parts of the joint distribution where Z has one value, put together.

    Of a part whose probabilities sum to s the operation is s times the mutual information there, less s log s, and the s log s
    of all parts are the negative entropy of Z.
    """
    split = parted(joint, groups)
    of_condition = grouped(joint, groups[2:])
    if split is None or of_condition is None:
        raise _unknown_outcomes(found)
    whole, parts = split
    shared = [Applied(reader.operation("mutual_information"), (part,), span=found.span) for part in parts]
    entropy = Applied(reader.operation("entropy"), (of_condition.body,), span=found.span)
    body = Sum((*(1 for _ in shared), -1), (*shared, entropy), span=found.span)
    return Reading(quantity, (Argument(_symbol(whole, found), whole.body, whole.table),), None, body)


def groups_of(found: Written) -> tuple[tuple[Tree, ...], ...]:
    r"""The variables between the signs of `I(X, Y; Z \mid W)`; where commas alone stand there, each by itself."""
    signs = found.separators if set(found.separators) == {","} else tuple(s if s != "," else "" for s in found.separators)
    groups: list[list[Tree]] = [[]]
    for tree, sign in zip(found.arguments, (*signs, ""), strict=True):
        groups[-1].append(variable_of(tree))
        if sign:
            groups.append([])
    return tuple(map(tuple, groups))


def _unknown_outcomes(found: Written) -> NameFault:
    message = f"{span_text(found.span)} puts outcomes together, and the text does not say what these are called"
    hint = "give the joint distribution with its outcomes, p(X, Y, Z) = {(0, 0, 1): 1/4, ...}"
    return NameFault("unknown-outcomes", message, found.span, hint)


def given_event(reader: Reader, found: Written, quantity: Quantity) -> Reading:
    r"""`H(Y \mid X = 0)`: the entropy of the distribution of Y where X is 0."""
    of, event = found.arguments
    variable, value = event.sides if isinstance(event, Relation) and event.operators == ("=",) else (event, event)
    if quantity.name != "conditional_entropy" or not (is_variable(reader, of) and is_variable(reader, variable)):
        raise no_joint(reader, found)
    joint = distribution_of_variables(reader, (of, variable), found.span)
    axis = joint.table.variables.index(variable_of(variable))
    labels = joint.table.labels
    if len(labels) != 2 or label_of(value) not in labels[axis]:
        message = f"{span_text(variable.span)} has no outcome {span_text(value.span)}"
        raise NameFault("unknown-label", message, value.span)
    at = labels[axis].index(label_of(value)) + 1
    places = [(at, k) if axis == 0 else (k, at) for k in range(1, len(labels[1 - axis]) + 1)]
    entries = tuple(Entry(joint.body, place, span=found.span) for place in places)
    total = Sum((1,) * len(entries), entries, span=found.span)
    quotients = tuple(Quotient(entry, total, span=found.span) for entry in entries)
    body = Bracket("[", quotients, (",",) * (len(quotients) - 1), span=found.span)
    table = Table(labels[1 - axis : 2 - axis], joint.table.variables[1 - axis : 2 - axis])
    row = next(q for q in QUANTITIES if q.name == "entropy")
    symbol = Juxtaposition((Name("p"), Bracket("(", found.arguments, ("|",), span=found.span)), span=found.span)
    return Reading(row, (Argument(symbol, body, table),), None, Applied(row.operation, (body,), span=found.span))


def are_random(reader: Reader, trees: Sequence[Tree]) -> bool:
    """Whether these are random variables and no distributions: letters of such, of which the text draws one, gives a
    distribution under its own name, says nothing, or computes one from the other.
    """
    known = [key(tree) for tree in trees]
    bodies = [reader.bodies[name].body for name in known if name in reader.bodies]
    drawn = any(name in reader.families or name in reader.tables for name in known) or any(
        set(known).intersection(names_in(body)) for body in bodies
    )
    return all(is_random(tree) and (drawn or not reader.knows(tree)) for tree in trees)


def no_joint(reader: Reader, found: Written) -> NameFault:
    said = ", ".join(span_text(tree.span) for tree in found.arguments)
    row = next((q for q in found.quantities if q.joint), found.quantities[0])
    subject = span_text(found.span) or f"the {row.title}"
    message = f"{subject} is of random variables, and nothing gives the joint distribution of {said}"
    return NameFault("no-joint-distribution", message, found.span, "give it as a table, p(X, Y) = {(0, 0): 1/2, ...}")
