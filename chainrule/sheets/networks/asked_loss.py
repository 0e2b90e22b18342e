"""The loss of a network that a problem asks for: by its name, by a formula without a name, or not told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chainrule.errors import Diagnostic
from chainrule.inference.symbols import span_text
from chainrule.sheets.networks.completion import outermost, parts_used
from chainrule.sheets.networks.description import Unclear, quoted, unclear
from chainrule.sheets.networks.equations import Equation
from chainrule.sheets.networks.literals import numbers_of
from chainrule.sheets.networks.losses import Output, loss_formula
from chainrule.sheets.networks.naming import loss_key, loss_name, target_name
from chainrule.sheets.networks.orientation import Size, length_of
from chainrule.sheets.networks.parts import Fact, LossName
from chainrule.sheets.networks.symbols import Known, base, is_loss
from chainrule.sheets.sheet import Task
from chainrule.source import Span
from chainrule.syntax.tree import Tree


@dataclass
class Written:
    """Equations, losses and notes of a network, with what is wrong with its loss. broken: a loss that cannot be told."""

    equations: list[Equation] = field(default_factory=list[Equation])
    losses: list[Equation] = field(default_factory=list[Equation])
    notes: list[tuple[str, Span]] = field(default_factory=list[tuple[str, Span]])
    faults: list[Diagnostic] = field(default_factory=list[Diagnostic])
    broken: dict[Tree, Diagnostic] = field(default_factory=dict[Tree, Diagnostic])


def asks_loss(tasks: Sequence[Task], known: Known) -> bool:
    """Whether a task needs a loss: by its name, by a symbol such as L, by steps of descent, by derivatives of nothing else."""
    for task in tasks:
        if "loss" in (*task.named("asked"), *task.named("of")):
            return True
        if task.form == "descent" and not any(is_loss(name) for name in known.defined):
            return True
        if task.form in ("derivative", "backward") and not task.math("asked", "of") and not task.named("of"):
            return True
    names = (*known.derived, *(name for name in known.free() if name not in known.values and base(name) in ("L", "J")))
    return any(is_loss(name) and name not in known.values for name in names)


def names_loss(facts: Sequence[Fact]) -> bool:
    return any(f.slot == "loss-formula" or (isinstance(f.value, LossName) and not f.value.name.endswith("?")) for f in facts)


def _named_loss(facts: Sequence[Fact]) -> Fact | None:
    """The loss that the words name. Raises Unclear where they name two."""
    found = [fact for fact in facts if fact.slot == "loss" and isinstance(fact.value, LossName)]
    kinds: dict[str, Fact] = {}
    for fact in found:
        assert isinstance(fact.value, LossName)
        kinds.setdefault(fact.value.name.rstrip("?"), fact)
    if len(kinds) > 1:
        first, second, *_ = kinds.values()
        message = f"{quoted(second.span)} is another loss than {quoted(first.span)}"
        raise unclear("contradictory-network", message, second.span, "name one loss, or write the loss as a formula")
    halved = [f for f in found if isinstance(f.value, LossName) and f.value.factor]
    return (halved or found or [None])[0]


def add_loss(written: Written, facts: Sequence[Fact], known: Known, output: Output, tasks: Sequence[Task], asks: bool) -> None:
    """The loss as an equation with its convention; what its words leave open is said, and the rest goes on without it."""
    try:
        formulas = [fact for fact in facts if fact.slot == "loss-formula" and isinstance(fact.value, tuple)]
        fact = _named_loss(facts)
        if formulas or fact is not None:
            _require_plain(facts)
        if formulas:
            written.losses.append(_loss_in_formula(formulas, facts, known))
            return
        if fact is None and asks:
            raise _unnamed_loss(tasks)
        if fact is None or not isinstance(fact.value, LossName):
            return
        if (unread := fact.value.unread) is not None:
            message = f"what {quoted(unread)} makes of the loss is not understood"
            raise unclear("loss-unclear", message, unread, "write the loss as a formula")
        right, convention = loss_formula(fact.value, output, fact.span)
    except Unclear as error:
        written.faults.append(error.diagnostic)
        written.broken[loss_key(facts, known)] = error.diagnostic
        return
    name = loss_name(facts, known)
    written.losses.append(Equation(f"{name} = {right}", fact.span))
    written.notes.append((f"{name}: {convention}", fact.span))


def _require_plain(facts: Sequence[Fact]) -> None:
    """Raise Unclear where words add something to the loss, or give a second target."""
    for fact in (each for each in facts if each.slot == "beyond"):
        if fact.of.role == "target":
            raise unclear("target-unclear", f"{quoted(fact.span)}: which target is meant is not clear", fact.span)
        if fact.of.role == "loss":
            message = f"what {quoted(fact.span)} makes of the loss is not understood"
            raise unclear("loss-unclear", message, fact.span, "write the loss as a formula")


def _loss_in_formula(formulas: Sequence[Fact], facts: Sequence[Fact], known: Known) -> Equation:
    """A loss that a formula says without a name for it. Raises Unclear where formulas say two."""
    trees = [fact.value[0] for fact in formulas if isinstance(fact.value, tuple)]
    texts = [span_text(tree.span) for tree in trees if isinstance(tree, Tree)]
    if len(set(texts)) > 1:
        span = formulas[1].span
        raise unclear("contradictory-network", f"{quoted(span)} is another loss than {quoted(formulas[0].span)}", span)
    return Equation(f"{loss_name(facts, known)} = {texts[0]}", formulas[0].span)


def _unnamed_loss(tasks: Sequence[Task]) -> Unclear:
    span = next((t.span for t in tasks if "loss" in (*t.named("asked"), *t.named("of"))), tasks[0].span)
    hint = "name it, the squared error, the cross-entropy, or write its formula"
    return unclear("loss-not-named", "the text does not say which loss is meant", span, hint)


def loss_alone(facts: Sequence[Fact], known: Known, tasks: Sequence[Task], unread: Sequence[Span] = ()) -> Written | None:
    """The loss that words name of a network in formulas; None where it has one, or none is asked for.

    unread: where a loss is given in a sentence that is not read; nothing else is the loss then.
    """
    if any(map(is_loss, known.defined)) or not asks_loss(tasks, known):
        return None
    unread = [*unread, *(fact.span for fact in facts if fact.slot == "beyond" and fact.of.role == "loss")]
    if not names_loss(facts):
        return _without_loss(facts, known, unread[0]) if unread else None
    used = parts_used(known)
    outputs = [name for name in known.defined if name not in used]
    if len(outputs) != 1:
        return None
    (name,) = outputs
    target = target_name(facts, known, known.spelled(name))
    said = next((fact for fact in facts if fact.slot == "value" and fact.of.role == "target"), None)
    given = any(known.spelled(each) == target for each in known.values)
    written = Written()
    if said is not None and not given:
        written.equations.append(Equation(f"{target} = {said.value}", said.span, shown=False))
    size = length_of(numbers_of(str(said.value)), {}, None) if said is not None and not given else _size_of(known, name, target)
    output = Output(known.spelled(name), target, size, outermost(known.defined[name].body))
    add_loss(written, facts, known, output, tasks, asks=False)
    return written


def _without_loss(facts: Sequence[Fact], known: Known, unread: Span) -> Written:
    fault = unclear(
        "loss-unclear", f"what {quoted(unread)} makes of the loss is not understood", unread, "say what the loss is"
    ).diagnostic
    return Written(faults=[fault], broken={loss_key(facts, known): fault})


def _size_of(known: Known, name: Tree, target: str) -> Size:
    """The size of an output by the target's numbers; 1 for a sigmoid of unknown size."""
    value = next((known.values[n] for n in known.values if known.spelled(n) == target), None)
    if value is not None:
        return length_of(value, {}, None)
    shape = known.shapes.get(name)
    if shape is not None:
        return shape[0] if len(shape) == 1 and isinstance(shape[0], int | str) else 1 if not shape else None
    return 1 if outermost(known.defined[name].body) == "sigmoid" else None
