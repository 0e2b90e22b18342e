"""Facts to one network: layers from the input on, with what is missing and what contradicts itself said at its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from chainrule.errors import Diagnostic
from chainrule.sheets.networks.parts import Activation, Description, Fact, Layer, SlotName, Value, Whom
from chainrule.source import Span
from chainrule.syntax.tree import Tree

MOST_LAYERS = 16
_OF_UNITS = frozenset(("weight-value", "bias-value", "weights"))
"""What can be said of the units of the one hidden layer one by one."""


class Unclear(Exception):
    """The words do not say one network; the diagnostic says why, at its words."""

    def __init__(self, diagnostic: Diagnostic):
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def unclear(code: str, message: str, span: Span, hint: str | None = None) -> Unclear:
    return Unclear(Diagnostic("error", code, message, span, hint))


@dataclass
class _Slots:
    facts: Sequence[Fact]
    hidden: int = 0
    used: list[Fact] = field(default_factory=list[Fact])

    def of(self, slot: SlotName, *whom: Whom) -> list[Fact]:
        return [fact for fact in self.facts if fact.slot == slot and fact.of in whom]

    def one(self, facts: Iterable[Fact], what: str) -> Fact | None:
        """The fact that all of these state. Raises Unclear where they differ."""
        first: Fact | None = None
        for fact in facts:
            if first is not None and fact.value != first.value:
                raise _contradiction(first, fact, what)
            first = first or fact
        return first

    def layer(self, position: int) -> tuple[Whom, ...]:
        """The ways in which words point at the layer that is `position`-th from the input on, counted from 1."""
        if position > self.hidden:
            return Whom("output"), Whom("layer", position)
        last = (Whom("hidden", -1),) if position == self.hidden else ()
        return Whom("hidden", position), Whom("layer", position), Whom("hidden"), *last


def describe(facts: Sequence[Fact], *, plain: bool = False, unnamed: Activation | None = None) -> Description | None:
    """The network that facts describe; None where they describe no layers.

    plain: no word of the text speaks of layers, so that inputs and an output are one layer. unnamed: what stands for an
    activation that is not named.

    Raises Unclear: `contradictory-network`, `layers-not-told`, `activation-not-named`, `unsupported-network`.
    """
    hidden = _hidden_layers(facts)
    roles = {fact.of.role for fact in facts if fact.slot != "present"}
    if hidden is None and not (plain and {"input", "output"} <= roles):
        return None
    hidden = hidden or 0
    slots = _Slots(facts, hidden)
    _refuse(facts, hidden)
    depth = hidden + 1
    sizes = _sizes(slots, depth)
    layers = [_layer(slots, position, depth, sizes[position], unnamed) for position in range(1, depth + 1)]
    return Description(tuple(layers), sizes[0], tuple(facts))


def _contradiction(first: Fact, second: Fact, what: str) -> Unclear:
    where = f" (line {first.span.line})" if first.span.line != second.span.line else ""
    message = f"{quoted(second.span)} contradicts {quoted(first.span)}{where}: {what}"
    return unclear("contradictory-network", message, second.span, "say one of them, or write the network as equations")


def quoted(span: Span) -> str:
    """The words of a span on one line, in quotes."""
    return f'"{" ".join(span.written.split())}"'


def _hidden_layers(facts: Sequence[Fact]) -> int | None:
    """How many hidden layers there are; None where nothing is said of layers. Raises Unclear."""
    said = [(f, int(f.value)) for f in facts if f.slot == "hidden-layers" and isinstance(f.value, int)]
    for (first, _), (second, _) in pairwise(said):
        between = first.span.source.text[first.span.end : second.span.start]
        if first.span.start < second.span.start and not set(between) & set(".;\n"):
            message = f"{quoted(second.span)} beside {quoted(first.span)}: it is not clear whether they are two"
            raise unclear("layers-not-told", message, second.span, "say how many hidden layers there are")
    said += [(f, len(f.value) - 2) for f in facts if f.slot == "sizes" and isinstance(f.value, tuple)]
    depths = [(f, f.value - 1) for f in facts if f.slot == "depth" and isinstance(f.value, int)]
    input_layer = any(f.of == Whom("input") for f in facts)
    if said and input_layer:  # "three layers: input, hidden, output"
        depths = [(f, n - 1 if n == said[0][1] + 1 else n) for f, n in depths]
    counted = [*said, *depths]
    for fact, number in counted[1:]:
        if number != counted[0][1]:
            raise _contradiction(counted[0][0], fact, "they differ in the number of layers")
    layers = [f.of.number or 0 for f in facts if f.of.role == "layer"]
    if not counted and layers and not any(f.of.role == "hidden" for f in facts):
        outputs = any(f.of == Whom("output") and f.slot != "symbol" for f in facts)
        return max(layers) - (not outputs)
    present = [f for f in facts if f.of.role == "hidden"]
    ordinals = [f.of.number for f in present if f.of.number is not None]
    if counted:
        number = counted[0][1]
        beyond = next((f for f in present if (f.of.number or 0) > number or number == 0), None)
        if beyond is not None:
            raise _contradiction(counted[0][0], beyond, "there are not so many hidden layers")
        return number
    if not present:
        return None
    if not ordinals and any(f.slot == "present" and f.value is True for f in present):
        raise unclear("layers-not-told", "the text does not say how many hidden layers there are", present[0].span)
    return max([1, *ordinals])


def _refuse(facts: Sequence[Fact], hidden: int) -> None:
    """Raise Unclear for what is beyond these words."""
    for fact in facts:
        if fact.slot == "beyond" and fact.of.role not in ("loss", "target"):
            message = f"{quoted(fact.span)} is not among the words that describe a network"
            raise unclear("unsupported-network", message, fact.span, "write the network as equations")
        if fact.of.role == "unit" and fact.slot != "present" and not (hidden == 1 and fact.slot in _OF_UNITS):
            message = f"{quoted(fact.span)} is said of one unit"
            raise unclear("unsupported-network", message, fact.span, "write the weights of the layer as a matrix")
        if fact.of.role == "layer" and (fact.of.number or 0) > hidden + 1:
            raise unclear("contradictory-network", f"there is no layer {fact.of.number}", fact.span)
    if hidden >= MOST_LAYERS:
        span = next(f.span for f in facts)
        raise unclear("unsupported-network", f"more than {MOST_LAYERS} layers are not written out", span)


def _sizes(slots: _Slots, depth: int) -> list[int | str | None]:
    """The sizes from the input to the output, None where nothing is said. Raises Unclear."""
    runs = [f for f in slots.facts if f.slot == "sizes" and isinstance(f.value, tuple)]
    found: list[int | str | None] = []
    for position in range(depth + 1):
        whom = (Whom("input"),) if position == 0 else slots.layer(position)
        stated = slots.of("units", *whom)
        own = [Fact(f.of, "units", _entry(f.value, position), f.span) for f in runs]
        fact = slots.one([*stated, *own], "they differ in the number of units")
        found.append(fact.value if fact is not None and isinstance(fact.value, int | str) else None)
    return found


def _entry(sizes: Value, position: int) -> int:
    assert isinstance(sizes, tuple)
    size = sizes[position]
    assert isinstance(size, int)
    return size


def _layer(slots: _Slots, position: int, depth: int, units: int | str | None, unnamed: Activation | None) -> Layer:
    """One layer. Raises Unclear where its activation is not named or named twice."""
    whom = slots.layer(position)
    output = position == depth
    common = [Whom("all"), *([Whom("network")] if not output or depth == 1 else [])]
    said = slots.one(slots.of("activation", *whom, *common), "they differ in the activation")
    if said is None and unnamed is not None:
        span = _unnamed(slots, position, output).diagnostic.span or slots.facts[0].span
        said = Fact(Whom("layer", position), "activation", unnamed, span)
    if said is None or not isinstance(said.value, Activation):
        raise _unnamed(slots, position, output)
    activation = with_slope(said.value, said.span, slots.facts)
    bias = _switch(slots, "bias", whom)
    residual = bool(slots.of("residual", *whom)) or (not output and bool(slots.of("residual", Whom("network"))))
    symbols = [f.value for f in slots.of("symbol", *whom) if isinstance(f.value, tuple)]
    listed = [names for names in symbols if len(names) == slots.hidden > 1 and not output]
    symbols = [(listed[0][position - 1],)] if listed else symbols
    symbol = symbols[0][0] if symbols and len(symbols[0]) == 1 and isinstance(symbols[0][0], Tree) else None
    return Layer(activation, said.span, units, bias, residual, symbol)


def with_slope(activation: Activation, span: Span, facts: Sequence[Fact]) -> Activation:
    """A leaky ReLU with the slope that the words give. Raises Unclear where they give none, or two."""
    if activation.name != "leaky_relu":
        return activation
    slopes = [fact for fact in facts if fact.slot == "slope"]
    slope = _Slots(slopes).one(slopes, "they differ in the slope of the leaky ReLU")
    if slope is None:
        raise unclear("activation-unclear", "the text does not say the slope of the leaky ReLU", span, "say it: slope 0.01")
    return replace(activation, written=str(slope.value))


def _switch(slots: _Slots, slot: SlotName, whom: Sequence[Whom]) -> bool | None:
    """What is said of a layer, else of the network. Raises Unclear where it is said and denied."""
    own = slots.one(slots.of(slot, *whom), "one has a bias, the other has none")
    general = slots.one(slots.of(slot, Whom("network"), Whom("all")), "one has biases, the other has none")
    if own is None and general is None:
        return None
    return bool((own or general or slots.facts[0]).value)


def _unnamed(slots: _Slots, position: int, output: bool) -> Unclear:
    whom = slots.layer(position)
    role = "output" if output else "hidden"
    place = next((f for f in slots.facts if f.of in whom), None) or next(
        f for f in slots.facts if f.slot in ("depth", "sizes", "hidden-layers", "present") or f.of.role in ("hidden", "output")
    )
    which = "the output layer" if output else "the hidden layer" if slots.hidden == 1 else f"hidden layer {position}"
    example = "a sigmoid output, a linear output" if role == "output" else "ReLU hidden units, tanh hidden units"
    message = f"the text does not say which activation {which} has"
    return unclear("activation-not-named", message, place.span, f"name it, {example}, or write the network as equations")
