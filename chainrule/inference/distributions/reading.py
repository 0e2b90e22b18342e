r"""Quantities of information in formulas: `D_{KL}(P \parallel Q)` becomes its operation on the vectors of probabilities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.errors import ChainruleError, NameFault
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.walk import leaves
from chainrule.inference.define import called_function
from chainrule.inference.distributions.arguments import (
    Argument,
    bernoulli,
    is_number,
    on_common_outcomes,
    outcome_of,
    read_argument,
    require_parametrisations,
)
from chainrule.inference.distributions.families import Instance, instance_of, read_member
from chainrule.inference.distributions.labels import Table, label_of, variable_of
from chainrule.inference.distributions.normals import are_of_vectors, in_one_family
from chainrule.inference.distributions.notation import Written, bracket_of_call, head_word, spelled_head, written
from chainrule.inference.distributions.variables import distribution_of_variables, is_random, is_variable
from chainrule.inference.expression import read_resolved
from chainrule.inference.literals import read_literal
from chainrule.inference.resolved import Applied, Entry, Function
from chainrule.inference.symbols import Symbol, could_be_name, is_bold, is_capital, is_probability, key, letter, span_text
from chainrule.probability.cell import Cell
from chainrule.probability.cells import cell
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Juxtaposition,
    Name,
    Number,
    Quotient,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    walk,
)

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


GENERATORS = tuple(map(Name, ("f", "g", "F", "G", "\\phi", "\\varphi", "\\psi", "\\Phi", "\\Psi")))
"""Letters below a D that are functions and no orders."""

BINARY = frozenset(("H_b", "h_b", "h_2"))
"""Heads of the entropy of two outcomes, of which one has the probability in the bracket."""


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
    if found is None:
        return None
    holds = _conditions_hold(found)
    if holds is None:
        message = f"the closed form of the {found.quantity.title} holds for some parameters alone, which is not checked here"
        reader.note("closed-form-condition", message, bracket, "ask for its value by itself to have it checked", "warning")
    if found.body is not None and holds is not False:
        return found.body
    message = f"the {found.quantity.title} of these has no closed form, so no formula can be computed with it"
    raise NameFault("no-closed-form", message, bracket.span, "ask for its value alone")


def _conditions_hold(reading: Reading) -> bool | None:
    """Whether the conditions of a closed form hold; None where that depends on names."""
    families = [argument.family for argument in reading.arguments if argument.body is None and argument.family is not None]
    form = cell(reading.quantity.name, *families) if 0 < len(families) == len(reading.arguments) else None
    return True if form is None else _hold(form, _parameters(reading.arguments, reading.order))


def _parameters(arguments: Sequence[Argument], order: Tree | None) -> tuple[Tree, ...]:
    """What the closed form of these takes, in its order."""
    return (*(tree for argument in arguments for tree in argument.parameters), *(() if order is None else (order,)))


def _hold(form: Cell, parameters: Sequence[Tree]) -> bool | None:
    """Whether the conditions of a form hold of these parameters; None where that depends on names."""
    if not form.conditions:
        return True
    names = {part.name: build.variable(part.name) for tree in parameters for part in walk(tree) if isinstance(part, Symbol)}
    try:
        nodes = [read_resolved(tree, names) for tree in parameters]
        made = [(condition, condition.build(*nodes)) for condition in form.conditions]
    except ChainruleError:  # of arrays, whose shapes are not known here
        return None
    known = [condition.holds(evaluate([node], {})[0]) for condition, node in made if not leaves(node)]
    return None if len(known) < len(made) and all(known) else all(known)


def reading_of_tree(reader: Reader, tree: Tree, quantity: Quantity | None = None) -> Reading | None:
    """The quantity that a whole tree is, as `reading_of` has it."""
    found = _applied(reader, tree)
    return None if found is None else reading_of(reader, *found, quantity)


def own_notation(reader: Reader, tree: Tree) -> Written | None:
    """What a whole tree is as the notation of a quantity whose head the text defines otherwise, `TV(P, Q) = ...`.

    None where it is no such notation, or the text leaves it what it is.
    """
    found = _applied(reader, tree)
    return None if found is None or not _is_own(reader, found[0]) else written(*found)


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
    if any(q.joint for q in fitting) and all(is_variable(reader, tree) for tree in found.arguments):
        return _of_variables(reader, found, next(q for q in fitting if q.joint))
    if len(found.arguments) == 2 and isinstance(found.arguments[1], Relation) and any(q.joint for q in fitting):
        return _given_event(reader, found, next(q for q in found.quantities if q.joint))
    plain = [q for q in fitting if not q.joint and not (q.head == Name("H") and "|" in found.separators)]
    if plain and len(found.arguments) > 1 and _are_random(reader, found.arguments[:2]):
        plain = [q for q in plain if q.head != Name("H")]
    if not plain and (found.plainly or set(found.separators) != {","} or found.head == Name("H")):
        raise _no_joint(reader, found)
    if not plain or not (quantity is not None or _is_meant(reader, found)):
        return None
    if len(plain) > 1 and found.order is not None:
        raise _ambiguous(found, plain)
    if quantity is None and found.order is not None and plain[0].name == "renyi_entropy":
        _note_order(reader, found)
    return _of_arguments(reader, found, plain[0])


def _are_random(reader: Reader, trees: Sequence[Tree]) -> bool:
    """Whether these are random variables and no distributions: letters of such, of which the text draws one or says nothing."""
    drawn = any(key(tree) in reader.families for tree in trees)
    return all(is_random(tree) and (drawn or not reader.knows(tree)) for tree in trees)


def _is_own(reader: Reader, head: Tree) -> bool:
    """Whether the text says what a head is, and it is not the quantity."""
    if could_be_name(head) and key(head) in reader.restated:
        return False
    return could_be_name(head) and (reader.knows(head) or called_function(reader, key(head)) is not None)


def _of_variables(reader: Reader, found: Written, quantity: Quantity) -> Reading:
    """A quantity of the random variables of a joint distribution."""
    joint = distribution_of_variables(reader, found.arguments, found.span)
    argument = Argument(joint.body, joint.body, joint.table)
    function: Function = quantity.operation
    if quantity.name == "conditional_entropy" and variable_of(found.arguments[-1]) == joint.table.variables[1]:
        function = reader.operation("conditional_entropy_of_rows")
    return Reading(quantity, (argument,), None, Applied(function, (joint.body,), span=found.span))


def _given_event(reader: Reader, found: Written, quantity: Quantity) -> Reading:
    r"""`H(Y \mid X = 0)`: the entropy of the distribution of Y where X is 0."""
    of, event = found.arguments
    variable, value = event.sides if isinstance(event, Relation) and event.operators == ("=",) else (event, event)
    if quantity.name != "conditional_entropy" or not (is_variable(reader, of) and is_variable(reader, variable)):
        raise _no_joint(reader, found)
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


def _no_joint(reader: Reader, found: Written) -> NameFault:
    said = ", ".join(span_text(tree.span) for tree in found.arguments)
    row = next((q for q in found.quantities if q.joint), found.quantities[0])
    subject = span_text(found.span) or f"the {row.title}"
    message = f"{subject} is of random variables, and nothing gives the joint distribution of {said}"
    return NameFault("no-joint-distribution", message, found.span, "give it as a table, p(X, Y) = {(0, 0): 1/2, ...}")


def _note_order(reader: Reader, found: Written) -> None:
    """Say of `H_2(P)` that 2 is an order and no base."""
    said, order = span_text(found.span), span_text(found.order.span) if found.order is not None else ""
    message = f"{said} is read as the Rényi entropy of order {order}; {order} is not the base of a logarithm"
    reader.note("order-below", message, found.head, "for an entropy in bits write H and ask for it in bits")


def _ambiguous(found: Written, rows: Sequence[Quantity]) -> NameFault:
    titles = " or ".join(f"the {row.title}" for row in rows)
    message = f"{span_text(found.span)} can be {titles}"
    return NameFault("ambiguous-quantity", message, found.span, "define it, or write another letter")


def _is_meant(reader: Reader, found: Written) -> bool:
    """Whether a quantity is meant, and not a function that nobody defined, or a product."""
    first, *more = found.arguments
    if found.plainly or (more and (found.head == Name("H") or _is_square(reader, found.head))):
        return True
    if could_be_name(found.head) and key(found.head) in reader.restated:
        return True
    if found.head == Name("H") or _has_own_order(reader, found):
        return _could_have_entropy(reader, first) or _mixes_probabilities(reader, first)
    if found.quantities[0].name == "surprisal":
        return outcome_of(reader, first) is not None
    return all(_is_distribution(reader, argument) for argument in found.arguments)


def _has_own_order(reader: Reader, found: Written) -> bool:
    r"""Whether a head is the H of an entropy with its order below, `H_2`, `H_\alpha`."""
    if found.order is None or not isinstance(found.head, Subscript) or found.head.base != Name("H"):
        return False
    greek = isinstance(found.order, Name) and found.order.text.startswith("\\")
    return greek or isinstance(found.order, Number) or reader.knows(found.order)


def _is_square(reader: Reader, head: Tree) -> bool:
    """Whether a head is `H^2` or `\\chi^2`, and the letter nothing else in the text."""
    return isinstance(head, Superscript) and not reader.knows(head.base) and called_function(reader, key(head.base)) is None


def _could_have_entropy(reader: Reader, tree: Tree) -> bool:
    if _is_distribution(reader, tree) or not could_be_name(tree):
        return _is_distribution(reader, tree) or _has_distribution(reader, tree)
    if is_random(tree) and not reader.knows(tree):
        return False
    return is_probability(tree) or ((is_capital(tree) or is_bold(tree)) and not reader.knows(tree)) or _is_array(reader, tree)


def _has_distribution(reader: Reader, tree: Tree) -> bool:
    """Whether a formula computes with a table or makes probabilities, `\\frac12 (P + Q)`, `\\mathrm{softmax}(z)`."""
    words = (part.text for part in walk(tree) if isinstance(part, Name))
    normalised = any(word in reader.table and reader.table[word].name == "softmax" for word in words)
    return normalised or any(could_be_name(part) and reader.known(part) in reader.tables for part in walk(tree))


def _mixes_probabilities(reader: Reader, tree: Tree) -> bool:
    r"""Whether a formula, or that of a name, is a sum with letters of probabilities in it: `w p + (1 - w) q`."""
    body = reader.bodies[key(tree)].body if could_be_name(tree) and key(tree) in reader.bodies else tree
    letters = [part for part in walk(body) if could_be_name(part) and is_probability(part)]
    return len(set(letters)) > 1 and not any(reader.known(part) in reader.numbers for part in letters)


def _is_array(reader: Reader, tree: Tree) -> bool:
    name = reader.known(tree)
    return name is not None and (name in reader.lengths or (not reader.strict and name in reader.indexed))


def _is_distribution(reader: Reader, tree: Tree) -> bool:
    """Whether a tree is sure to be a distribution: a table, a member of a family, or a list of numbers."""
    if key(tree) in reader.families or is_variable(reader, tree):
        return True
    if could_be_name(tree):
        return reader.known(tree) in reader.tables or (not reader.strict and _is_array(reader, tree))
    if instance_of(tree) is not None:
        return True
    literal = read_literal(tree) if isinstance(tree, Bracket) else None
    return literal is not None and len(literal.rows) > 1


def _of_arguments(reader: Reader, found: Written, quantity: Quantity) -> Reading:
    if quantity.name == "surprisal":
        return _of_outcome(reader, found, quantity)
    if found.order is not None and letter(found.order) in GENERATORS and not reader.knows(found.order):
        raise _no_generator(found)
    arguments = tuple(read_argument(reader, tree) for tree in found.arguments)
    require_parametrisations(arguments)
    arguments = on_common_outcomes(_without_numbers(reader, found, quantity, arguments), found.span)
    order = None if found.order is None else reader.read(found.order)
    return Reading(quantity, arguments, order, _body(reader, found, quantity, arguments, order))


def _without_numbers(
    reader: Reader, found: Written, quantity: Quantity, arguments: tuple[Argument, ...]
) -> tuple[Argument, ...]:
    """The arguments with the distribution of 0 and 1 for each that is the probability of 1, which is said.

    Raises NameFault where it is not clear whether a binary entropy is meant.
    """
    plain = [a for a in arguments if a.body is not None and a.family is None and a.table is None]
    single = any(a.body is not None and is_number(reader, a.body) for a in plain)
    if (head_word(found.head) in BINARY and not single) or (quantity.order and len(arguments) == 1 and single):
        message = f"{span_text(found.span)} can be a binary entropy, of one number, or an entropy that 2 or b says more of"
        raise NameFault("ambiguous-quantity", message, found.span, "write H for the entropy; of one number p, H([p, 1 - p])")
    if not single:
        return arguments
    said = " and ".join(span_text(argument.symbol.span) for argument in plain)
    message = f"{said}: a number stands for the distribution of 0 and 1 in which it is the probability of 1"
    reader.note("number-as-bernoulli", message, found.arguments[0])
    return tuple(bernoulli(argument) if argument in plain else argument for argument in arguments)


def _no_generator(found: Written) -> NameFault:
    """Of `D_f(P || Q)` where f is nothing: it is no order."""
    said = span_text(found.order.span) if found.order is not None else ""
    message = f"{span_text(found.span)} is a divergence that the function {said} makes, and nothing defines {said}"
    hint = f"define it, {said}(t) = t \\log t; the order of a Rényi divergence is a number or a letter such as \\alpha"
    return NameFault("undefined-function", message, found.span, hint)


def _of_outcome(reader: Reader, found: Written, quantity: Quantity) -> Reading:
    """The surprisal of an outcome, or of its probability."""
    (tree,) = found.arguments
    body = reader.read(outcome_of(reader, tree) or tree)
    return Reading(quantity, (Argument(tree, body),), None, Applied(quantity.operation, (body,), span=found.span))


def _body(
    reader: Reader, found: Written, quantity: Quantity, arguments: tuple[Argument, ...], order: Tree | None
) -> Tree | None:
    """The value: of vectors by the operation, of families by their closed form; None where there is none."""
    last = () if order is None else (order,)
    families = [argument.family for argument in arguments if argument.family is not None]
    form = cell(quantity.name, *families) if len(families) == len(arguments) else None
    parameters = _parameters(arguments, order)
    if form is None and len(families) == len(arguments) and are_of_vectors(families):
        family, own = in_one_family(families, [argument.parameters for argument in arguments], reader.operation("diag"))
        form = cell(quantity.name, family, family)
        form = None if form is None or form.conditions else form
        parameters = (*own[0], *own[1], *last)
    if any(argument.body is None for argument in arguments) or (
        form is not None and _is_long(reader, arguments) and _hold(form, parameters)
    ):
        return None if form is None else Applied(form.construction, parameters, span=found.span)
    bodies = [argument.body for argument in arguments if argument.body is not None]
    if any(argument.table is not None and len(argument.table.labels) == 2 for argument in arguments) and len(bodies) > 1:
        bodies = [Applied(reader.operation("vec"), (body,), span=body.span) for body in bodies]
    return Applied(quantity.operation, (*bodies, *last), span=found.span)


def _is_long(reader: Reader, arguments: Sequence[Argument]) -> bool:
    """Whether more than two probabilities are formulas in parameters without values: nobody reads the sum of these."""
    parts = (part for tree in _parameters(arguments, None) for part in walk(tree))
    names = {part.name for part in parts if isinstance(part, Symbol)}
    tables = [argument.table for argument in arguments if argument.table is not None]
    return not names <= reader.numbers and any(len(table.labels) == 1 and len(table.labels[0]) > 2 for table in tables)


def computed(reader: Reader, trees: Iterable[Tree], families: Iterable[Instance]) -> list[Tree]:
    """What is to be computed besides the equations: quantities that stand by themselves or are differentiated, and the
    parameters of families. What cannot be read is left out: it is said where it is asked for.
    """
    found: list[Tree] = []
    for tree in trees:
        with suppress(ChainruleError):
            reading = reading_of_tree(reader, tree)
            if reading is not None:
                found += [body for body in (reading.body, reading.order) if body is not None]
                found += [parameter for argument in reading.arguments for parameter in argument.parameters]
    for instance in families:
        with suppress(ChainruleError):
            found += read_member(reader, instance).parameters
    return found
