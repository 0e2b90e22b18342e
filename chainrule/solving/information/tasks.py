"""Which quantities of information a task asks for, of which distributions, and in which unit."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from chainrule.errors import ChainruleError, NameFault
from chainrule.inference.distributions.information import Information
from chainrule.inference.distributions.labels import label_of, variable_of
from chainrule.inference.distributions.reading import is_in_bits, own_notation
from chainrule.inference.distributions.stochastic import is_random
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.probability.quantities import DIRECTED, QUANTITIES, Quantity
from chainrule.sheets import Task
from chainrule.sheets.notation import statements
from chainrule.solving.answer import Answer
from chainrule.solving.context import tree_formula
from chainrule.solving.information.heads import notation_in_words
from chainrule.solving.information.listed import as_list, normalised
from chainrule.solving.information.units import BITS, NATS, unit_of_others, written_unit
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Number, Relation, Subscript, Superscript, Tree, transform
from chainrule.typesetting import unicode

ROWS = {quantity.name: quantity for quantity in QUANTITIES}
_ROOTS = {"jensen_shannon_distance": "jensen_shannon"}


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
    asked = [tree for math in task.math("asked") for tree in statements(math)]
    trees = asked if task.quantity == "surprisal" and len(asked) == 1 and _is_event(network, asked[0]) else [*map(_left, asked)]
    quantity = ROWS.get(task.quantity)
    read = [(tree, network.information(tree) or _as_said(network, tree, quantity)) for tree in trees]
    written = [(tree, found) for tree, found in read if found is not None]
    if written and len(written) == len(trees):
        return [_as_named(network, tree, found, quantity, task) for tree, found in written]
    if quantity is None:
        raise NameFault("unknown-quantity", "this names no quantity of information", task.span)
    order = next((_right(tree) for math in task.math("order") for tree in statements(math)), None)
    found = [_noted(network, quantity, arguments, order, task) for arguments in _arguments(network, quantity, trees, task)]
    return [(replace(tree, span=task.span), information) for tree, information in found]


def _as_said(network: Network, tree: Tree, quantity: Quantity | None) -> Information | None:
    """A notation that can mean more, `H(t)` of a list, as the quantity that words call it; None where it cannot be that."""
    if quantity is None or quantity.order:
        return None
    with suppress(ChainruleError):
        return network.information(tree, quantity)
    return None


def written_for(tasks: Iterable[Task]) -> list[Tree]:
    """The notations of what words ask of two things, `H(y, q)`, `B_F(p, q)`: they tell that both have as many outcomes."""
    found: list[Tree] = []
    for task in tasks:
        row = ROWS.get(task.quantity)
        in_words = [tree for math in task.math("asked") if math.name for tree in statements(math)]
        found += [tree for tree in in_words if isinstance(tree, Juxtaposition) and isinstance(tree.items[0], Subscript)]
        names = [tree for math in task.math("asked") for tree in statements(math)]
        if (
            row is not None
            and not (row.joint or row.order)
            and row.distributions == len(names) == 2
            and all(could_be_name(name) or isinstance(name, Call | Juxtaposition) for name in names)
            and any(map(could_be_name, names))
        ):
            found.append(replace(row.notation(names), span=task.span))
    return found


def at_outcome(network: Network, tree: Tree, task: Task) -> Tree:
    """`P(2)` for the `P(x)` of a table that a task asks for with `x = 2`; any other formula as it is.

    Raises NameFault where the task gives a letter two values.
    """
    said = [each for math in task.math("given", "point") for each in statements(math)]
    values: dict[Tree, Tree] = {}
    for name, value in (each.sides for each in said if isinstance(each, Relation) and each.operators == ("=",)):
        if values.setdefault(key(name), value) != value:
            raise NameFault("two-values", f"{span_text(name.span)} is given two values", value.span, "ask for each by itself")

    def put(part: Tree) -> Tree:
        if not isinstance(part, Juxtaposition):
            return part
        items = list(part.items)
        for i, (name, bracket) in enumerate(pairwise(part.items)):
            match bracket:
                case Bracket(items=(letter,)) if key(letter) in values and key(name) in network.reader.tables:
                    items[i + 1] = replace(bracket, items=(values[key(letter)],))
                case _:
                    pass
        return replace(part, items=tuple(items))

    return as_list(network, transform(tree, put) if values else tree)


def own_notations(network: Network, task: Task) -> list[Tree]:
    """The notations that a task asks for and the text defines itself: what it says of them holds, and not our row.

    Words name such a notation too where its head means nothing else, "the total variation" after `TV(P, Q) = ...`.
    """
    trees = [_left(tree) for math in task.math("notation") or task.math("asked") for tree in statements(math)]
    own = [tree for tree in trees if _is_own(network, tree, task)]
    quantity = ROWS.get(task.quantity)
    if own or quantity is None or task.math("notation") or any(network.information(tree) is not None for tree in trees):
        return own if len(own) == len(trees) else []
    for head in (definition.name for definition in network.reader.headed.values()):
        made = replace(quantity, head=head).notation((head,) * quantity.distributions)
        written = own_notation(network.reader, made)
        if written is not None and written.plainly and quantity in written.quantities:
            of = _arguments(network, quantity, trees, task)
            return [replace(_of(made, arguments), span=task.span) for arguments in of]
    return []


def as_asked(network: Network, answer: Answer, notation: Tree, written: Tree) -> Answer:
    r"""The answer of a quantity that the text defines itself under the notation that was asked for, `\chi^2(P, Q)`; any other
    one as it is. written: the formula that the notation stands for. Raises NameFault for a distribution that is none.
    """
    answer = normalised(written, notation, answer)
    if own_notation(network.reader, notation) is None:
        return answer
    symbol = tree_formula(notation_in_words(notation))
    worked = tuple(replace(line, symbol=symbol) if line.symbol == answer.symbol else line for line in answer.worked)
    return replace(answer, symbol=symbol, worked=worked)


def _is_own(network: Network, tree: Tree, task: Task) -> bool:
    """Whether the text defines a notation of the quantity, with a number as value; an array would be a distribution."""
    found = own_notation(network.reader, tree)
    if found is None or (task.quantity and all(row.name != task.quantity for row in found.quantities)):
        return False
    return network.read(tree).shape == ()


def quantity_in(network: Network, tree: Tree) -> tuple[Tree, Information] | None:
    """The quantity that a formula asks for, `D_{KL}(P \\parallel Q)` alone or with an equation behind it."""
    notation = _left(tree)
    found = network.information(notation)
    return None if found is None else (notation, found)


def _is_event(network: Network, tree: Tree) -> bool:
    """Whether an equation is an event, the `X = 1` of a random variable: one with a table or a family, or by its letter; and
    `D = \\mathrm{yes}`, where a word is no value.
    """
    if not isinstance(tree, Relation) or tree.operators != ("=",):
        return False
    if isinstance(label := label_of(tree.sides[1]), Name) and len(label.text) > 1 and label.text.isalpha():
        return True
    variables = {variable for table in network.reader.tables.values() for variable in table.variables}
    return variable_of(tree.sides[0]) in {*variables, *network.reader.families} or is_random(tree.sides[0])


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
    """The notation and what it is. Where its head means another quantity too, it is read with another head of the row, and
    written so where the head is a function of the text.
    """
    canonical = quantity.notation(arguments, order)
    fault: NameFault | None = None
    for head in (quantity.head, *map(_head, quantity.heads)):
        tried = replace(quantity, head=head).notation(arguments, order)
        try:
            found = network.information(tried, quantity if quantity.order else None)
        except NameFault as error:
            fault = fault or error
            continue
        if found is not None and found.quantity == quantity:
            return (tried if own_notation(network.reader, canonical) else canonical), found
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


def order_said(tree: Tree, quantity: Quantity, task: Task) -> str:
    """What is said of the two distributions where neither words nor notation tell which is the first."""
    if quantity.name not in DIRECTED or not (task.untold or not task.math("asked")):
        return ""
    starts = [math.span.start for math in task.math("asked")]
    backwards = task.reverse or starts != sorted(starts)
    return f"taken in the {'reversed ' * backwards}order of the text: {unicode(tree)}"


def unit_for(
    network: Network, text: Sequence[Tree], quantity: Quantity, task: Task, measure: Measure, asked: Tree | None = None
) -> str | None:
    """The unit that the person set, else that of the task's words, else that of the text's own formula of it, else that of its
    formulas of other quantities, else nats. asked: the notation, which may say it: `H_2(0.1)` is in bits.

    None of a quantity that is a plain number.
    """
    if not quantity.logarithmic:
        return None
    of_notation = BITS if asked is not None and is_in_bits(network.reader, asked) else None
    said = measure.unit or task.unit or of_notation or written_unit(network, text, quantity)
    return said or unit_of_others(text) or NATS


def unit_taken_over(network: Network, text: Sequence[Tree], quantity: Quantity, task: Task, measure: Measure) -> str:
    """What is said of a unit that only formulas of other quantities have; "" where it is said or the quantity's own."""
    said = not quantity.logarithmic or measure.unit or task.unit or written_unit(network, text, quantity)
    unit = None if said else unit_of_others(text)
    return "" if unit is None else f"in {unit}, as the formulas of the text are: its logarithm is taken for this quantity too"


def unit_not_taken(quantity: Quantity, task: Task) -> str:
    """What is said of a unit that is asked for of a plain number; "" for any other."""
    if quantity.logarithmic or quantity.name in _ROOTS or task.unit is None:
        return ""
    return f"the {quantity.title} is a plain number: it has no unit, and is the same in {task.unit}"


def root_of(tree: Tree, found: Information) -> Tree | None:
    r"""A distance that is a root of what is measured in units, as the root of that, `\sqrt{JSD(P \parallel Q)}`."""
    squared = ROWS.get(_ROOTS.get(found.quantity.name, ""))
    return None if squared is None else Call(Name("sqrt"), (squared.notation(_arguments_of(tree)),), span=tree.span)


def exchanged(tree: Tree) -> Tree:
    """The notation with its arguments the other way round."""
    return _of(tree, _arguments_of(tree)[::-1])


def _of(tree: Tree, arguments: Sequence[Tree]) -> Tree:
    """The notation with these arguments."""
    match tree:
        case Juxtaposition(items=(*head, Bracket() as bracket)):
            return replace(tree, items=(*head, replace(bracket, items=tuple(arguments))))
        case Call():
            return replace(tree, arguments=tuple(arguments))
        case _:
            return tree
