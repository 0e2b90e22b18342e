r"""The layer that words add to formulas: the formulas say `h = \tanh(W x)`, the words "a sigmoid output with weights $v$".

The words are of one layer then: of the output on top of what the formulas compute, of the hidden layer below it, or, where the
formulas say `a = \sigma(z)` of a single unit, of its weighted sum.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chainrule.inference.symbols import could_be_name, key
from chainrule.ops.table import spellings
from chainrule.sheets.networks.description import quoted, unclear
from chainrule.sheets.networks.parts import Activation, Fact, Whom
from chainrule.sheets.networks.saying import NETWORK
from chainrule.sheets.networks.symbols import Known, base, is_loss, is_prediction, layer_of
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Number, Tree, walk

_WEIGHTS = frozenset("WwUVuvBC")
_LAYER_LETTERS = frozenset("hagz")


def completed(facts: Sequence[Fact], known: Known) -> tuple[list[Fact], Known] | None:
    """The facts and names of the one layer that formulas leave to the words; None where they leave none.

    Raises Unclear (`contradictory-network`) where formulas and words differ in the activation of a layer.
    """
    return _argument(facts, known) or _above(facts, known) or _below(facts, known)


def parts_used(known: Known) -> set[Tree]:
    """The names that the formulas of a network use."""
    return {key(part) for d in known.defined.values() if not is_loss(d.name) for part in walk(d.body) if could_be_name(part)}


def outermost(body: Tree) -> str:
    """The operation that a formula applies last, "linear" where it is a sum or a product."""
    match body:
        case Call(function=Name(text="max" | "\\max"), arguments=arguments) if any(map(_is_zero, arguments)):
            return "relu"
        case Call(function=Name(text=text)) | Juxtaposition(items=(Name(text=text), Bracket())):
            record = spellings().get(text)
            return record.name if record is not None else "formula"
        case _:
            return "linear"


def _above(facts: Sequence[Fact], known: Known) -> tuple[list[Fact], Known] | None:
    """The output over the last layer that a formula gives: words say its activation, and it has weights of its own."""
    output = [fact for fact in facts if fact.of.role == "output"]
    spoken = {fact.slot for fact in output}
    used = parts_used(known)
    tops = [name for name in known.defined if name not in used and not is_loss(name)]
    named = {
        key(n) for f in output if f.slot == "symbol" and isinstance(f.value, tuple) for n in f.value if isinstance(n, Tree)
    }
    if len(tops) != 1 or "activation" not in spoken or tops[0] in named or not _is_hidden(tops[0], facts):
        return None
    if not [name for name in known.free() if base(name) in _WEIGHTS and name not in used and layer_of(name) != 0]:
        return None
    _check_activation(tops[0], facts, known)
    (top,) = tops
    others = [fact for fact in facts if _stays(fact, used) and fact.of.role not in ("hidden", "output")]
    span = output[0].span
    more = [Fact(Whom("input"), "symbol", (top,), span), Fact(NETWORK, "depth", 1, span)]
    if any(_is_row(known.defined[name].body) for name in known.defined):
        more.append(Fact(NETWORK, "rows", True, span))
    return [*more, *output, *others], _without(known, used - {top})


def _below(facts: Sequence[Fact], known: Known) -> tuple[list[Fact], Known] | None:
    """The one hidden layer that a formula takes as given: words say its activation."""
    hidden = [fact for fact in facts if fact.of.role == "hidden" and fact.of.number in (None, 1)]
    counted = [fact.value for fact in facts if fact.slot == "hidden-layers"]
    used = parts_used(known)
    waiting = [n for n in used if n not in known.defined and n not in known.values and _is_hidden(n, facts) and base(n) != "z"]
    if len(waiting) != 1 or not any(fact.slot == "activation" for fact in hidden) or any(n != 1 for n in counted):
        return None
    span = hidden[0].span
    layer = [replace(fact, of=Whom("output")) for fact in hidden if fact.slot not in ("symbol", "hidden-layers", "present")]
    others = [fact for fact in facts if _stays(fact, used) or fact.of.role == "input"]
    others = [fact for fact in others if fact.of.role not in ("target", "loss", "hidden", "output")]
    more = [Fact(Whom("output"), "symbol", (waiting[0],), span), Fact(NETWORK, "depth", 1, span)]
    return [*more, *layer, *others], replace(_without(known, used - {waiting[0]} - _inputs(known)), derived=[])


def _argument(facts: Sequence[Fact], known: Known) -> tuple[list[Fact], Known] | None:
    """The weighted sum of the one unit that words speak of, where a formula only applies its activation to it."""
    used = parts_used(known)
    waiting = [name for name in used if name not in known.defined and name not in known.values and name not in known.shapes]
    applied = [name for name, definition in known.defined.items() if _applied_to(definition.body) in waiting]
    counted = [fact for fact in facts if fact.slot == "depth"]
    weights = [name for name in known.free() if base(name) in _WEIGHTS and name not in used and name in known.values]
    parts = [fact for fact in facts if fact.slot in ("weights", "depth")]
    if len(applied) != 1 or not weights or not parts or any(fact.value != 1 for fact in counted) or known.functions:
        return None
    if any(fact.of.role == "hidden" or fact.slot in ("sizes", "hidden-layers") for fact in facts):
        return None
    _check_activation(applied[0], facts, known, ("layer", "network", "all", "output"))
    argument = _applied_to(known.defined[applied[0]].body)
    net = [f for f in facts if isinstance(f.value, tuple) and argument in map(_key_of, f.value)]  # "its net input $s$"
    above = ("output", "target", "loss")
    others = [f for f in facts if f.slot not in ("activation", "depth", "present") and f.of.role not in above and f not in net]
    span = parts[0].span
    more = [
        Fact(Whom("output"), "symbol", tuple(name for name in waiting if name == argument), span),
        Fact(NETWORK, "depth", 1, span),
        Fact(Whom("layer", 1), "activation", Activation("linear"), span),
        Fact(Whom("layer", 1), "units", 1, span),
    ]
    return [*more, *others], _without(known, used - _inputs(known))


def _applied_to(body: Tree) -> Tree | None:
    """The name that a formula applies a function of one argument to; None where it does anything else."""
    match body:
        case Call(function=Name(), arguments=arguments) if outermost(body) == "relu" and len(arguments) == 2:
            return next((key(each) for each in arguments if could_be_name(each)), None)
        case Call(function=Name(), arguments=(argument,)) | Juxtaposition(items=(Name(), Bracket(items=(argument,)))):
            return key(argument) if outermost(body) not in ("linear", "formula") and could_be_name(argument) else None
        case _:
            return None


def _key_of(value: object) -> Tree | None:
    return key(value) if isinstance(value, Tree) else None


def _is_zero(tree: Tree) -> bool:
    return isinstance(tree, Number) and not tree.value


def _inputs(known: Known) -> set[Tree]:
    return {name for name in known.names if base(name) in ("x", "X")}


def _is_hidden(name: Tree, facts: Iterable[Fact]) -> bool:
    """Whether a name is that of a hidden layer: by its letter, or by words."""
    said = [f.value for f in facts if f.slot == "symbol" and f.of.role == "hidden" and isinstance(f.value, tuple)]
    words = any(key(n) == name for value in said for n in value if isinstance(n, Tree))
    return not is_prediction(name) and (words or base(name) in _LAYER_LETTERS)


def _check_activation(top: Tree, facts: Sequence[Fact], known: Known, roles: Sequence[str] = ("hidden",)) -> None:
    applied = outermost(known.defined[top].body)
    said = [fact for fact in facts if fact.slot == "activation" and fact.of.role in roles]
    for fact in said:
        name = fact.value.name if isinstance(fact.value, Activation) else applied
        if name not in ("formula", applied) and applied != "formula":
            message = f"{quoted(fact.span)}, and the formula of {known.spelled(top)} says otherwise"
            raise unclear("contradictory-network", message, fact.span, "write the whole network as equations")


def _stays(fact: Fact, used: set[Tree]) -> bool:
    """Whether what is said of the whole network or its loss can be of a layer that no formula gives."""
    if fact.of.role in ("target", "loss") or fact.slot in ("rows", "function", "slope", "beyond"):
        return True
    if fact.slot in ("weights", "biases") and isinstance(fact.value, tuple):
        return not any(key(name) in used for name in fact.value if isinstance(name, Tree))
    return fact.of.role in ("network", "all") and fact.slot in ("bias", "bias-mentioned")


def _is_row(body: Tree) -> bool:
    r"""Whether a formula takes data as rows, `x W + b`."""
    return any(
        isinstance(part, Juxtaposition)
        and len(part.items) > 1
        and base(part.items[-1]) in ("W", "U", "V")
        and base(part.items[-2]) in ("x", "X", "h", "H", "a")
        for part in walk(body)
    )


def _without(known: Known, used: set[Tree]) -> Known:
    """What is known but for names that formulas use already."""
    losses = {name: definition for name, definition in known.defined.items() if is_loss(name)}
    names = {name: text for name, text in known.names.items() if name not in used}
    values = {name: value for name, value in known.values.items() if name not in used}
    return replace(known, names=names, values=values, defined=losses)
