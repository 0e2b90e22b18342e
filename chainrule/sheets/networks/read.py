"""A problem's sentences and formulas to the equations of the network that they describe."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chainrule.errors import Diagnostic
from chainrule.inference.entry_lists import is_entry_list
from chainrule.inference.symbols import key
from chainrule.sheets.networks.asked_loss import Written, add_loss, asks_loss, loss_alone, names_loss
from chainrule.sheets.networks.completion import completed, parts_used
from chainrule.sheets.networks.description import Unclear, describe, quoted, unclear
from chainrule.sheets.networks.equations import declarations, layer_equations
from chainrule.sheets.networks.functions import name_functions
from chainrule.sheets.networks.layer_templates import layers_in_general
from chainrule.sheets.networks.losses import Output
from chainrule.sheets.networks.naming import name_parts, target_name
from chainrule.sheets.networks.parts import Activation, Fact
from chainrule.sheets.networks.sizes import size_layers
from chainrule.sheets.networks.statements import ABOUT_IT, NEEDING, Said, say
from chainrule.sheets.networks.symbols import Known, base, is_loss, read_known
from chainrule.sheets.networks.values import given_values, values_of_all
from chainrule.sheets.networks.whole_losses import is_said_in_full
from chainrule.sheets.networks.written import read_equations
from chainrule.sheets.sheet import Item, Task
from chainrule.source import Span
from chainrule.syntax.tree import Relation, Tree


@dataclass(frozen=True)
class InWords:
    """What the words of a problem say of its network, as statements, and what is said of how they were read.

    superseded: statements `h = (h_1, h_2)` that only list the entries of what the words compute. broken: a loss that is asked
    for and cannot be told, so that nothing else is taken for it.
    """

    statements: tuple[Tree, ...] = ()
    losses: tuple[Tree, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: Mapping[Tree, Diagnostic] = field(default_factory=dict[Tree, Diagnostic])
    superseded: tuple[Tree, ...] = ()


def read_network(
    items: Sequence[Item],
    tasks: Sequence[Task],
    statements: Sequence[Tree],
    mentioned: Sequence[Tree] = (),
    *,
    lent: Sequence[Item] = (),
    pictured: bool = False,
) -> InWords:
    """The network of a problem whose formulas do not say how its output is computed, out of its words.

    statements: what its formulas say. mentioned: what else stands in formulas, such as what is asked for. lent: the words
    before it, and those of the problems that it names. pictured: it has a picture, which may hold what the words leave out.
    """
    wanted = [task for task in tasks if task.form in NEEDING and task.counted is None]
    if not wanted:
        return InWords()
    said = say(items, tasks, lent)
    facts = said.facts
    known = read_known(statements, mentioned)
    computing = [name for name in known.defined if not is_loss(name)]
    unused = _unused(facts, known) if computing else []
    untrained = _untrained(said, wanted)
    try:
        if computing:
            written = layers_in_general(said, known, statements) or _rest(said, known, wanted)
        else:
            written = None if is_said_in_full(facts, known) else _network(said, known, wanted)
        faults: list[Diagnostic] = []
        functions = list(name_functions(facts, known, faults))
    except Unclear as error:
        return InWords(diagnostics=tuple(untrained) if pictured else (error.diagnostic, *untrained))
    if written is not None and any(e.shown for e in written.equations):
        unused = []
    if written is None and not functions:
        return InWords(diagnostics=(*unused, *untrained))
    written = written or Written()
    written.equations[:0] = functions
    written.faults += faults
    trees = tuple(read_equations([*written.equations, *written.losses]))
    first = len(trees) - len(written.losses)
    notes = [_read_as(e.text, e.span) for e in (*written.equations, *written.losses) if e.shown]
    notes += [Diagnostic("note", "network-convention", text, span) for text, span in written.notes]
    of_it = (*unused, *untrained, *notes, *written.faults)
    return InWords(trees[:first], trees[first:], of_it, written.broken, _listing(statements, written))


def _listing(statements: Sequence[Tree], written: Written) -> tuple[Tree, ...]:
    """The statements that list the entries of a layer which the words compute."""
    lists = {id(s): s for s in statements if isinstance(s, Relation) and len(s.sides) == 2 and is_entry_list(s.sides[1])}
    shown = {
        key(tree.sides[0]) for tree in read_equations([e for e in written.equations if e.shown]) if isinstance(tree, Relation)
    }
    return tuple(s for s in lists.values() if key(s.sides[0]) in shown)


def _read_as(text: str, span: Span) -> Diagnostic:
    return Diagnostic("note", "network-in-words", f"{quoted(span)} is read as {text}", span)


def _unused(facts: Sequence[Fact], known: Known) -> list[Diagnostic]:
    """Weights and biases that words name and no formula uses: what they describe is no part of the network in formulas."""
    used = parts_used(known) | set(known.defined) | set(known.lists)
    bases = {base(name) for name in used}
    found: list[Diagnostic] = []
    for fact in facts:
        names = fact.value if fact.slot in ("weights", "biases") and isinstance(fact.value, tuple) else ()
        lost = [known.spelled(key(n)) for n in names if isinstance(n, Tree) and base(n) not in bases]
        if lost:
            message = f"no formula uses {', '.join(lost)}, and the formulas of the problem are taken to be its whole network"
            found.append(
                Diagnostic("warning", "words-not-used", message, fact.span, "write the rest of the network as equations")
            )
    return found


def _untaken(said: Said) -> Unclear:
    message = f"{quoted(said.untaken[0])} is not understood of a network, and the sentence with it is not read"
    return unclear("words-unclear", message, said.untaken[0], "say what is so, not what is not so, or write equations")


def _untrained(said: Said, tasks: Sequence[Task]) -> list[Diagnostic]:
    """What is said of training is not taken into account where derivatives are asked for."""
    if not any(task.form in ("derivative", "backward") for task in tasks):
        return []
    rest = "is not taken into account: a derivative by all weights is one by these too"
    hint = "ask for the derivatives that are meant, by name"
    steps = [task.span for task in tasks if task.form == "descent"]  # these say themselves what they move
    spans = [span for span in said.untrained if not any(span.start <= each.start < span.end for each in steps)]
    return [Diagnostic("warning", "training-not-read", f"{quoted(span)} {rest}", span, hint) for span in spans]


def _network(said: Said, known: Known, tasks: Sequence[Task]) -> Written | None:
    facts, loose = said.facts, said.loose
    if all(_TREE.fullmatch(fact.span.text) for fact in facts):
        return None
    letter = _function_letter(known) if tasks and all(task.form in ABOUT_IT for task in tasks) else None
    try:
        description = describe(facts, plain=said.plain, unnamed=letter)
    except Unclear as error:
        if said.untaken:
            raise _untaken(said) from error
        if error.diagnostic.code == "activation-not-named" and loose:
            message = f"{error.diagnostic.message}, and to which layer {quoted(loose[0])} belongs"
            raise unclear("activation-not-named", message, loose[0], error.diagnostic.hint) from error
        raise
    if description is None:
        if said.untaken:
            raise _untaken(said)
        return None
    if said.unread:
        message = f"{quoted(said.unread[0])} changes what the other words describe, in a way that is not understood"
        raise unclear(
            "words-unclear", message, said.unread[0], "describe that network in a problem of its own, or write equations"
        )
    if said.numbers:
        message = f"nothing says of which weights or biases {quoted(said.numbers[0])} is the value"
        hint = "say it with the layer, the weights of the output layer are 0.25, or write equations"
        raise unclear("words-unclear", message, said.numbers[0], hint)
    span = description.layers[0].span
    asks = asks_loss(tasks, known)
    defined = [name for name in known.defined if is_loss(name)]
    symbols = name_parts(description, known, span, asks or bool(defined))
    if said.plain and description.depth == 1 and not any(fact.slot in ("depth", "sizes") for fact in facts):
        symbols = replace(symbols, notes=(*symbols.notes, "no hidden layer is spoken of, so there is none"))
    target = target_name(facts, known, symbols.output)
    arrangement = size_layers(description, symbols, known, target, span)
    written = Written()
    written.equations += declarations(symbols, arrangement, known, span)
    written.equations += layer_equations(description, symbols, arrangement, known)
    written.equations += given_values(facts, symbols, arrangement, known, target)
    written.notes += [(note, span) for note in symbols.notes]
    if letter is not None and any(layer.activation is letter for layer in description.layers):
        said_of_it = f"{letter.written} stands for activations that are not named, on which neither shapes nor counts depend"
        written.notes.append((said_of_it, span))
    if arrangement.assumed:
        written.notes.append(("the output is one number, as a sigmoid is where nothing says how many units it has", span))
    if arrangement.rows:
        written.notes.append(("the data are row vectors, as the shapes of the weights demand", span))
    if not defined and (asks or names_loss(facts)):
        output = Output(symbols.output, target, arrangement.sizes[-1], description.layers[-1].activation.name)
        add_loss(written, facts, known, output, tasks, asks)
    return written


_TREE = re.compile(r"(?:an?|the|this|that|each|its)(?: (?:tree|root|leaf|decision))? nodes?", re.IGNORECASE)
"""A node of which nothing else is said is one of a tree or a graph."""


def _function_letter(known: Known) -> Activation:
    """A letter for activations that words do not name."""
    return Activation("formula", next(letter for letter in ("\\phi", "\\psi", "\\rho", "\\chi") if not known.has(letter)))


def _rest(said: Said, known: Known, tasks: Sequence[Task]) -> Written | None:
    """What words add to a network in formulas: a layer, a loss."""
    layer = completed(said.facts, known)
    if layer is None:
        written = loss_alone(said.facts, known, tasks, said.losses)
        values = list(values_of_all(said.facts, known, parts_used(known)))
        if not values:
            return written
        written = written or Written()
        written.equations += values
        return written
    facts, names = layer
    below = facts[0].of.role == "output"
    written = _network(replace(said, facts=facts), names, () if below else tasks)
    if below and written is not None and (loss := loss_alone(said.facts, known, tasks)) is not None:
        written.losses, written.faults = loss.losses, [*written.faults, *loss.faults]
        written.notes += loss.notes
        written.broken.update(loss.broken)
    return written
