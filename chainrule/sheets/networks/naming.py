"""Which names of a sheet play which part in a network that words describe; what has no name gets the usual one.

Weights are the letters W, w, U, V, u, v; biases b and c; inputs x; hidden layers h and a, before their activation z;
predictions `\\hat y`, `y_\\text{pred}` and o; targets `y_\\text{true}`, `y^*`, t and y. Words win: "hidden layer $g$".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from chainrule.inference.symbols import key
from chainrule.sheets.networks.description import quoted, unclear
from chainrule.sheets.networks.parts import Description, Fact, RoleName, SlotName
from chainrule.sheets.networks.symbols import Known, base, is_loss, is_prediction, is_target, layer_of
from chainrule.sheets.networks.unit_weights import named_unit_weights
from chainrule.source import Span
from chainrule.syntax.tree import Font, Juxtaposition, Name, Subscript, Superscript, Tree, walk

_WEIGHTS = frozenset("WwUVuv")
_INDICES = frozenset("ijklmnpq")


@dataclass(frozen=True)
class Symbols:
    r"""The names as LaTeX, a place a layer. before: `z^{(1)}` where the sheet speaks of it, "" elsewhere; biases alike.

    entries: the inputs and weights of a single neuron one by one, `(x_1, w_1)`. lists: definitions that inputs need; arrays:
    those of weights that the text names one by one.
    """

    inputs: str
    weights: tuple[str, ...]
    biases: tuple[str, ...]
    hidden: tuple[str, ...]
    before: tuple[str, ...]
    output: str
    keys: dict[str, Tree]
    entries: tuple[tuple[str, str], ...] = ()
    lists: tuple[str, ...] = ()
    arrays: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class _Namer:
    description: Description
    known: Known
    facts: Sequence[Fact]
    span: Span
    keys: dict[str, Tree] = field(default_factory=dict[str, Tree])
    notes: list[str] = field(default_factory=list[str])
    lists: list[str] = field(default_factory=list[str])

    @cached_property
    def taken(self) -> frozenset[Tree]:
        """The names that words give to inputs, layers, targets and losses."""
        found = (fact.value for fact in self.facts if fact.slot == "symbol" and isinstance(fact.value, tuple))
        return frozenset(key(name) for value in found for name in value if isinstance(name, Tree))

    @property
    def depth(self) -> int:
        return self.description.depth

    def spelled(self, name: Tree) -> str:
        text = self.known.spelled(key(name))
        self.keys[text] = key(name)
        return text

    def said(self, slot: SlotName, role: RoleName) -> list[Tree]:
        """The names that words give."""
        found = (fact.value for fact in self.facts if fact.slot == slot and fact.of.role == role)
        return [key(name) for value in found if isinstance(value, tuple) for name in value if isinstance(name, Tree)]

    def named(self, fits: Callable[[Tree], bool]) -> list[Tree]:
        """Names of the text without a formula of their own that fit, but for entries of lists that it names."""
        entries = {key(e) for body in self.known.lists.values() for e in walk(body)}
        free = [name for name in self.known.free() if fits(name) and name not in entries and not self._is_entry(name)]
        return [name for name in free if name not in self.taken]

    def _is_entry(self, name: Tree) -> bool:
        """`W_{ij}`, and `w_{12}` beside w."""
        if not isinstance(name, Subscript):
            return False
        parts = [p for item in name.items for p in (item.items if isinstance(item, Juxtaposition) else (item,))]
        if all(isinstance(p, Name) and p.text in _INDICES for p in parts):
            return True
        return key(name.base) in self.known.names and len(parts) > 0 and not isinstance(name.base, Superscript)

    # --- weights and biases -------------------------------------------------------------------------------------

    def weights(self) -> list[Tree]:
        """Those of the text, one a layer, or the entries of a single neuron's; [] where it names none."""
        found = list(dict.fromkeys([*self.said("weights", "network"), *self._by_layer("weights")]))
        self._require_one_each()
        found = found or self.named(lambda name: base(name) in _WEIGHTS)
        found = self._without_zero(found)
        if found and len(found) != self.depth and self.depth > 1:
            names = ", ".join(map(self.known.spelled, found))
            message = f"the text names {len(found)} weights ({names}) for {self.depth} layers"
            raise unclear("weights-unclear", message, self.span, "name one matrix a layer, or write the network as equations")
        return _in_order(found)

    def _require_one_each(self) -> None:
        """Raise Unclear where words name the numbers that lead into one layer: "the output weights are $w_5$ and $w_6$"."""
        before = {"output": self.description.layers[-2].units, "hidden": self.description.inputs} if self.depth == 2 else {}
        for fact in self.facts:
            names = [name for name in fact.value if isinstance(name, Tree)] if isinstance(fact.value, tuple) else []
            several = len(names) > 1 and len(names) == before.get(fact.of.role)
            if fact.slot == "weights" and several and all(base(name).islower() for name in names):
                message = f"{quoted(fact.span)}: which entry of the matrix each is is not said"
                raise unclear("weights-unclear", message, fact.span, "name one matrix a layer, or write equations")

    def _without_zero(self, found: list[Tree]) -> list[Tree]:
        return [name for name in found if not (self.depth == 1 and len(found) > 1 and layer_of(name) == 0)]

    def _by_layer(self, slot: SlotName) -> list[Tree]:
        order = {"hidden": 0, "layer": 1, "output": 2, "all": 3}
        facts = [f for f in self.facts if f.slot == slot and f.of.role in order]
        facts.sort(key=lambda f: (order[f.of.role], f.of.number or 0))
        return [key(n) for f in facts if isinstance(f.value, tuple) for n in f.value if isinstance(n, Tree)]

    def biases(self, has_weights: bool) -> list[str]:
        """The bias of each layer, "" for none."""
        layers = self.description.layers
        found = list(dict.fromkeys([*self.said("biases", "network"), *self._by_layer("biases")]))
        found = found or self.named(lambda name: base(name) == "b") or self.named(lambda name: base(name) == "\\beta")
        wanted = [i for i, layer in enumerate(layers) if layer.bias is not False]
        if len(found) < len(wanted) and found:
            found += [n for n in self.named(lambda name: base(name) == "c") if n not in found][: len(wanted) - len(found)]
        found = _in_order(found)
        given = [name for name in found if name in self.known.values]
        if not wanted and given:
            denied = next(f for f in self.facts if f.slot == "bias" and f.value is False)
            message = f"{quoted(denied.span)}, and yet the text gives {self.known.spelled(given[0])}"
            raise unclear("contradictory-network", message, denied.span)
        if not wanted:
            return [""] * self.depth
        if not found:
            return self._unnamed_biases(has_weights)
        if len(found) == len(wanted):
            names = iter(found)
            return [self.spelled(next(names)) if i in wanted else "" for i in range(self.depth)]
        numbers = {layer_of(name): name for name in found}
        if None not in numbers and len(numbers) == len(found) and set(numbers) <= set(range(1, self.depth + 1)):
            return [self.spelled(numbers[i + 1]) if i + 1 in numbers else "" for i in range(self.depth)]
        names = ", ".join(map(self.known.spelled, found))
        message = f"the text names {len(found)} biases ({names}) for {len(wanted)} layers"
        raise unclear("biases-unclear", message, self.span, "name one a layer, or write the network as equations")

    def _unnamed_biases(self, has_weights: bool) -> list[str]:
        layers = self.description.layers
        told = any(layer.bias for layer in layers)
        mentioned = told or self.description.said("bias-value") or self.description.said("bias-mentioned")
        if has_weights and not mentioned:
            self.notes.append("the text names weights and no biases, so there are none")
            return [""] * self.depth
        if not mentioned:
            some = any(layer.bias is False for layer in layers)
            every, them = ("every other layer", "it") if some else ("every layer", "them")
            self.notes.append(f'{every} has a bias, as nothing is said of {them}; say "no biases" where there are none')
        has = [layer.bias is not False and (not told or bool(layer.bias)) for layer in layers]
        return [self._fresh(_numbered("b", i + 1, self.depth)) if has[i] else "" for i in range(self.depth)]

    def _fresh(self, text: str) -> str:
        return text

    # --- layers -------------------------------------------------------------------------------------------------

    def inputs(self) -> str:
        """The name of the input."""
        said = self.said("symbol", "input")
        found = said or self.named(lambda name: base(name) in ("x", "X"))
        if len(said) == 1 and base(said[0]) != "x":
            return self.spelled(said[0])
        whole = [name for name in found if not _is_numbered(name)]
        if len(whole) == 1 or (whole and not said):
            return self.spelled(whole[0])
        bases = {key(name.base) for name in found if isinstance(name, Subscript)}
        if len(bases) == 1 and all(map(_is_numbered, found)):
            (name,) = bases
            self.lists.append(f"{self.spelled(name)} = [{', '.join(map(self.spelled, _in_order(found)))}]")
            return self.spelled(name)
        if found:
            self.lists.append(f"x = [{', '.join(map(self.spelled, found))}]")
        return "x"

    def entries(self, weights: Sequence[Tree]) -> tuple[tuple[str, str], ...]:
        """`(x_1, w_1), (x_2, w_2)` of a single neuron whose weights are named one by one; () for any other network."""
        if self.depth > 1 or len(weights) < 2:
            return ()
        inputs = self.said("symbol", "input") or self.named(lambda name: base(name) == "x" and _is_numbered(name))
        inputs = _in_order([name for name in inputs if _is_numbered(name)])
        lists = [body for body in self.known.lists.items() if base(body[0]) == "x"]
        if not inputs and lists:
            inputs = [key(e) for e in getattr(lists[0][1], "items", ())]
        if not inputs and len(self.said("symbol", "input")) == len(weights):
            inputs = self.said("symbol", "input")
        if len(inputs) != len(weights):
            message = f"the text names {len(weights)} weights and {len(inputs)} inputs for them"
            raise unclear("weights-unclear", message, self.span, "name each input, x_1, x_2, or write the network as equations")
        return tuple((self.spelled(x), self.spelled(w)) for x, w in zip(inputs, weights, strict=True))

    def hidden(self, position: int) -> str:
        symbol = self.description.layers[position - 1].symbol
        if symbol is not None:
            return self.spelled(symbol)
        count = self.depth - 1
        for letters in ("h", "a"):
            for name in self.named(lambda name, letters=letters: base(name) == letters):
                numbered = layer_of(name) == position and (count > 1 or isinstance(name, Superscript))
                if numbered or (count == 1 and not _is_numbered(name) and layer_of(name) is None):
                    return self.spelled(name)
        return "h" if count == 1 else _numbered("h", position, self.depth)

    def before(self, position: int) -> str:
        """The sheet's own name of a layer before its activation, "" where it has none."""
        for name in self.named(lambda name: base(name) == "z"):
            if layer_of(name) == position or (self.depth == 1 and name in (Name("z"), Font("mathbf", Name("z")))):
                return self.spelled(name)
        return ""

    def output(self, asks_loss: bool) -> str:
        said = self.said("symbol", "output")
        if said:
            return self.spelled(said[0])
        found = self.named(lambda name: is_prediction(name) and name not in self.known.values)
        found = found or self.named(lambda n: base(n) == "a" and isinstance(n, Superscript) and layer_of(n) == self.depth)
        if found:
            return self.spelled(found[0])
        plain = self.named(lambda name: name in (Name("y"), Font("mathbf", Name("y"))) and name not in self.known.values)
        targets = self.said("symbol", "target") or self.named(is_target)
        if plain and plain[0] not in targets and (targets or not asks_loss):
            return self.spelled(plain[0])
        return "\\hat{y}"


def _is_numbered(name: Tree) -> bool:
    """`x_1`."""
    return isinstance(name, Subscript) and layer_of(name) is not None


def _in_order(names: list[Tree]) -> list[Tree]:
    """By the layers that they tell, where all of them tell one."""
    numbers = [layer_of(name) for name in names]
    if None in numbers or len(set(numbers)) < len(numbers):
        return names
    return sorted(names, key=lambda name: layer_of(name) or 0)


def _numbered(letter: str, position: int, depth: int) -> str:
    return letter if depth == 1 else f"{letter}^{{({position})}}"


def name_parts(description: Description, known: Known, span: Span, asks_loss: bool) -> Symbols:
    """The names of a network. Raises Unclear: `weights-unclear`, `biases-unclear`, `contradictory-network`."""
    namer = _Namer(description, known, description.facts, span)
    depth = description.depth
    arrays = named_unit_weights(description, namer.spelled)
    weights = [] if arrays else namer.weights()
    entries = namer.entries(weights)
    named = [namer.spelled(name) for name in weights] or [_numbered("W", i + 1, depth) for i in range(depth)]
    if not weights:
        namer.notes.append("the weights are called " + ", ".join(named) + " here")
    return Symbols(
        inputs="" if entries else namer.inputs(),
        weights=tuple(named),
        biases=tuple(namer.biases(bool(weights or arrays or description.said("weight-value")))),
        hidden=tuple(namer.hidden(i) for i in range(1, depth)),
        before=tuple(namer.before(i) for i in range(1, depth + 1)),
        output=namer.output(asks_loss),
        keys=namer.keys,
        entries=entries,
        lists=tuple(namer.lists),
        arrays=tuple(f"{name} = {text}" for name, text in zip(named, arrays, strict=bool(arrays))),
        notes=tuple(namer.notes),
    )


def target_name(facts: Sequence[Fact], known: Known, output: str) -> str:
    """The name of the target."""
    said = [n for f in facts if f.slot == "symbol" and f.of.role == "target" and isinstance(f.value, tuple) for n in f.value]
    names = [key(name) for name in said if isinstance(name, Tree)] or [name for name in known.free() if is_target(name)]
    names = names or [
        n for n in known.free() if base(n) in ("y", "Y") and not is_prediction(n) and not isinstance(n, Subscript)
    ]
    names = [name for name in names if known.spelled(name) != output]
    return known.spelled(names[0]) if names else "t" if output == "y" else "y"


def loss_name(facts: Sequence[Fact], known: Known) -> str:
    """The name of the loss as the text spells it."""
    return known.spelled(loss_key(facts, known))


def loss_key(facts: Sequence[Fact], known: Known) -> Tree:
    """The name of the loss: what words call it, what a derivative is taken of, else L."""
    said = [n for f in facts if f.slot == "symbol" and f.of.role == "loss" and isinstance(f.value, tuple) for n in f.value]
    names = [key(name) for name in said if isinstance(name, Tree)]
    names += [name for name in (*known.derived, *known.free()) if is_loss(name) and name not in known.values]
    return names[0] if names else Name("L")
