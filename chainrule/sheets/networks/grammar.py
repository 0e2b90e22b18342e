"""Sentences to facts: the forms in the table of the package's docstring, tried from left to right.

A form takes only words that it knows; what stands between two forms says nothing here.
"""

import re
from dataclasses import dataclass
from functools import partial

from chainrule.inference.literals import is_literal
from chainrule.sheets.networks.changed_parts import changes_input, is_another_unit, is_denied, is_done_to_part
from chainrule.sheets.networks.heads import ALL, Head, Line, read_head, size_letter
from chainrule.sheets.networks.literals import literal_at
from chainrule.sheets.networks.loss_words import adds_to_loss, is_unnamed_output
from chainrule.sheets.networks.marks import function_letter
from chainrule.sheets.networks.owners import owner_before
from chainrule.sheets.networks.parts import Activation, Whom
from chainrule.sheets.networks.remarks import REMARKS, read_bias, read_function, read_weights
from chainrule.sheets.networks.saying import NETWORK, Saying
from chainrule.sheets.networks.symbols import base, names_of
from chainrule.sheets.networks.unit_lists import units_of_layers
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Relation

_OF_LAYERS = ("w", "W", "b")
"""Letters that are no inputs where a sheet gives their values."""
_NUMBERED = frozenset(
    ("problem", "exercise", "question", "part", "task", "figure", "fig", "table", "section", "chapter", "example", "sheet")
)
"""Words with numbers of their own: "the network of Problem 2"."""
_THROUGHOUT = ("everywhere", "throughout")
_EXTENT = re.compile(r"\d+(?:[x×]\d+)*")
_UNITS = ("unit", "units", "neuron", "neurons", "node", "nodes")
_BY = ("x", "×", "by")
_DATA = frozenset(
    (
        *("pixel", "pixels", "image", "images", "picture", "pictures", "photo", "photos", "digits", "classes", "categories"),
        *("example", "examples", "samples", "features", "words", "tokens", "characters", "letters", "colours", "colors"),
    )
)
"""What data are made of, and networks are not."""
_LOOKS = frozenset(("grey", "gray", "scale", "greyscale", "grayscale", "rgb", "colour", "color", "black", "white", "binary"))


@dataclass
class _Reader:
    saying: Saying
    subject: Head | None = None
    """The network or the single unit that the sentence is about."""

    def read(self) -> None:
        layers = (self._everywhere, self._placed, self._model, self._layer, self._network)
        forms = (partial(read_function, self.saying), *layers, *(partial(read, self.saying) for read in REMARKS))
        here = 0
        while here < len(self.line.marks):
            end = next((end for form in forms if (end := form(here)) is not None), None)
            if end is None:
                self._pass(here)
            here = here + 1 if end is None else end

    @property
    def line(self) -> Line:
        return self.saying.line

    def _pass(self, at: int) -> None:
        kind = self.line.kind(at)
        if kind == "activation":
            self.saying.loose.append(self.line.span(at, at + 1))
        elif kind == "bias":
            self.saying.add(NETWORK, "bias-mentioned", True, at, at + 1)
        elif kind == "beyond":
            self.saying.add(NETWORK, "beyond", str(self.line.value(at)), at, at + 1)
        elif kind == "unit" and self.line.text(at) in _UNITS and self.line.kind(self._before_activations(at)) == "number":
            self.saying.add(NETWORK, "beyond", "units of no layer", self._before_activations(at), at + 1)
        elif kind == "weight" and self.line.text(at - 1) == "their" and self.line.kind(at - 2) == "word":
            self.saying.add(NETWORK, "beyond", "weights", at - 2, at + 1)
        elif self._is_remark(at) or (self.line.text(at) == "none" and any(m.kind == "bias" for m in self.line.marks[:at])):
            self.saying.add(NETWORK, "beyond", "an exception", max(at - 1, 0), at + 1)
        elif kind == "rows":
            self.saying.add(NETWORK, "rows", True, at, at + 1)
        elif is_done_to_part(self.line, at) or is_another_unit(self.line, at):
            self.saying.add(NETWORK, "beyond", "a part that is changed, or another one", 0, at + 2)
        elif is_unnamed_output(self.line, at) or (kind in ("word", "half") and adds_to_loss(self.saying, at)):
            self.saying.add(Whom("loss"), "beyond", self.line.text(at), max(at - 1, 0), at + 1)
        elif self._is_value(at):
            self.saying.numbers.append(self.line.span(at, at + 1))

    def _is_remark(self, at: int) -> bool:
        """One unknown word in brackets behind numbers that a formula gives: "(transposed)"."""
        known = self.line.text(at) in ("column", "row", "columns", "rows", "given", "vector", "matrix")
        bracketed = (self.line.text(at - 1), self.line.text(at + 1)) == ("(", ")")
        return self.line.kind(at) == "word" and bracketed and not known and _is_given(self.line.value(at - 2))

    def _before_activations(self, at: int) -> int:
        """The mark before "tanh units"."""
        at -= 1
        while self.line.kind(at) in ("activation", "article"):
            at -= 1
        return at

    def _is_value(self, at: int) -> bool:
        """Whether numbers stand here that are not those of a problem, a figure and the like."""
        numbers = self.line.text(at)[:1] in tuple("0123456789([") and self.line.text(at - 1) not in _NUMBERED
        return numbers and literal_at(self.line.tokens, self.line.marks, at) is not None and not self._is_of_data(at)

    def _is_of_data(self, at: int) -> bool:
        """Whether a whole number says how large or how many the data are: "28 x 28 pixels", "10 classes"."""
        behind = self.line.text(at + 1)
        if behind in _BY and self.line.text(at + 2).isdigit():
            return self._is_of_data(at + 2)
        extent = _EXTENT.fullmatch(re.sub(r"\s|\\times(?![a-z])", _by, self.line.text(at))) is not None
        last = at + 1
        while self.line.text(last) in _LOOKS:
            last += 1
        return extent and self.line.text(last) in _DATA

    # --- layers -------------------------------------------------------------------------------------------------

    def _placed_head(self, start: int) -> Head | None:
        """LAYER of ACTIVATION in LAYER: "tanh in the hidden layer", "a sigmoid at the output"."""
        line = self.line
        if not is_activation(line, start):
            return None
        here, placed = start + 1, False
        while line.kind(here) in ("link", "article", "activation-noun", "place", "list"):
            placed = placed or line.kind(here) == "place" or line.text(here) == "of"
            here += 1
        head = read_head(line, here) if placed else None
        return None if head is None or head.activations else head

    def _everywhere(self, start: int) -> int | None:
        """ACTIVATION everywhere: "the sigmoid function is used as the activation throughout"."""
        line, here = self.line, start + 1
        while line.kind(here) in ("link", "article", "activation-noun"):
            here += 1
        if not is_activation(line, start) or line.kind(here) != "all" or line.text(here) not in _THROUGHOUT:
            return None
        self.saying.add(ALL, "activation", activation_of(line.value(start)), start, here + 1)
        return here + 1

    def _placed(self, start: int) -> int | None:
        head = self._placed_head(start)
        if head is None:
            return None
        self.saying.add(head.whom, "activation", activation_of(self.line.value(start)), start, head.end)
        self._counted(head, head.start)
        return self._details(head, start, taken=True)

    def _layer(self, start: int) -> int | None:
        """LAYER DETAIL*: "one hidden layer of 3 tanh units", "two softmax outputs"."""
        head = read_head(self.line, start)
        if head is None:
            return None
        for mark in head.activations:
            self.saying.add(head.whom, "activation", activation_of(mark.value), start, head.end)
        self._counted(head, start)
        return self._details(head, start, taken=bool(head.activations))

    def _counted(self, head: Head, start: int) -> None:
        """What a number before a layer counts; a hidden layer that no number counts is there at least."""
        if head.neuron:
            self.saying.add(NETWORK, "depth", 1, start, head.end)
            self.saying.add(Whom("layer", 1), "units", 1, start, head.end)
        elif head.counted == "depth" and isinstance(head.number, int):
            self.saying.add(NETWORK, "depth", head.number, start, head.end)
        elif head.counted == "layers" and isinstance(head.number, int):
            self.saying.add(head.whom, "hidden-layers", head.number, start, head.end)
        elif head.counted == "units" and head.number is not None:
            self.saying.add(head.whom, "units", head.number, start, head.end)
        if is_denied(self.line, head):
            self.saying.add(NETWORK, "hidden-layers", 0, start, head.end)
        elif head.whom.role in ("hidden", "output"):
            self.saying.add(head.whom, "present", self.line.text(head.end - 1) == "layers", start, head.end)

    def _model(self, start: int) -> int | None:
        """A network that has a name: "logistic regression" is one sigmoid unit."""
        line = self.line
        if line.kind(start) != "model":
            return None
        head = Head(Whom("layer", 1), start, start + 1, neuron=True)
        name = str(line.value(start))
        self.saying.add(NETWORK, "depth", 1, start, start + 1)
        if name != "softmax":
            self.saying.add(Whom("layer", 1), "units", 1, start, start + 1)
        self.saying.add(Whom("layer", 1), "activation", Activation(name), start, start + 1)
        return self._details(head, start, taken=True)

    def _network(self, start: int) -> int | None:
        """[NUMBER layer | SIZES] ACTIVATION* network DETAIL*: "a two-layer ReLU network", "a 2-3-1 network"."""
        line = self.line
        here, depth, sizes = start, None, None
        activations: list[object] = []
        while True:
            kind = line.kind(here)
            if kind == "number" and line.kind(here + 1) == "layer":
                depth, here = line.value(here), here + 1
            elif kind == "sizes":
                sizes = line.value(here)
            elif kind == "activation" and line.text(here) != "linear":
                activations.append(line.value(here))
            elif kind != "article":
                break
            here += 1
        if line.kind(here) != "network":
            return self._sizes(start)
        if line.text(here) == "perceptron" and depth is None and sizes is None and not self._is_multilayer(start, here):
            depth = 1
        while line.kind(here) == "network":
            here += 1
        if isinstance(depth, int):
            self.saying.add(NETWORK, "depth", depth, start, here)
        if isinstance(sizes, tuple):
            self.saying.add(NETWORK, "sizes", sizes, start, here)  # pyright: ignore[reportUnknownArgumentType]
        for value in activations:
            self.saying.add(NETWORK, "activation", activation_of(value), start, here)
        return self._details(Head(NETWORK, start, here), start, taken=bool(activations))

    def _is_multilayer(self, start: int, end: int) -> bool:
        """A "multilayer perceptron" has layers; a perceptron is one unit."""
        return any(self.line.text(i) in ("multilayer", "multi layer") for i in range(start, end))

    def _sizes(self, start: int) -> int | None:
        """SIZES by themselves, `784-256-10`: a run of at least three, or one behind "fully connected" and the like."""
        line = self.line
        sizes = line.value(start)
        if line.kind(start) != "sizes" or not isinstance(sizes, tuple):
            return None
        if len(sizes) < 3 and line.kind(start - 1) not in ("article", "network", "size", "link"):  # pyright: ignore[reportUnknownArgumentType]
            return None
        self.saying.add(NETWORK, "sizes", sizes, start, start + 1)  # pyright: ignore[reportUnknownArgumentType]
        return self._details(Head(NETWORK, start, start + 1), start, taken=False)

    # --- details of a layer -------------------------------------------------------------------------------------

    def _details(self, head: Head, start: int, *, taken: bool, at: int | None = None) -> int:
        """Take what is said of a layer behind it; the place behind the last detail. taken: it has an activation already.

        Behind an input the network or the single unit goes on that it is the input of.
        """
        line, whom = self.line, head.whom
        here = end = head.end if at is None else at
        followed = sized = False
        while line.kind(here):
            kind = line.kind(here)
            if kind == "all" and line.kind(here - 1) == "separator" and line.text(here) not in _THROUGHOUT:
                of_these = line.text(here) in ("both", "each") and head.counted == "layers"
                whom, taken = (whom if of_these else ALL), False
            passed = kind in ("activation-noun", "separator", "all") or line.text(here) == "for"
            if passed or self.saying.is_skipped(here) or self._is_belonging(whom, here):
                here += 1
            elif kind == "followed":
                followed, here = True, here + 1
            elif kind == "size":
                sized, here = True, here + 1
            elif (units := units_of_layers(self.saying, head, here, sized=sized) or self._units(whom, here, sized)) is not None:
                here = end = units
                taken = taken or self.saying.facts[-1].slot == "activation"
            elif self._begins_form(here):
                break
            elif is_activation(line, here) and whom.role != "input":
                whom = Whom("output") if taken and followed and whom.role in ("hidden", "network") else whom
                here = end = self._activation(whom, start, here)
                taken = True
            elif (other := self._detail(head, whom, here, end)) is not None:
                here = end = other
            else:
                break
        if whom.role == "input" and self.subject is not None:
            return self._details(self.subject, start, taken=taken, at=end)
        if whom.role != "input":
            self.subject = head if whom.role == "network" or head.neuron else None
        return end

    def _is_belonging(self, whom: Whom, at: int) -> bool:
        """Whether a layer's network is named behind it: "the hidden layer of a network"."""
        if self.line.kind(at) != "network" or whom.role == "network":
            return False
        while self.line.kind(at - 1) == "article":
            at -= 1
        return self.line.text(at - 1) == "of"

    def _begins_form(self, here: int) -> bool:
        """Whether another layer, an activation in another layer, or what belongs to another layer is next."""
        layer = read_head(self.line, here) is not None or self._placed_head(here) is not None
        return layer or owner_before(self.line, here) is not None

    def _units(self, whom: Whom, here: int, sized: bool) -> int | None:
        """NUMBER ACTIVATION* unit: "3 units", "three tanh neurons", "of size 4", "4-dimensional"."""
        line = self.line
        number: object = line.value(here) if line.kind(here) == "number" else size_letter(line, here)
        if not isinstance(number, int | str) or not number:
            return None
        behind = here + 1
        found: list[object] = []
        while line.kind(behind) in ("activation", "article"):
            if line.kind(behind) == "activation":
                found.append(line.value(behind))
            behind += 1
        if line.kind(behind) in ("unit", "size"):
            behind += 1
        elif sized and line.kind(behind) != "role":
            behind, found = here + 1, []
        else:
            return None
        self.saying.add(whom, "units", number, here, behind)
        for value in found:
            self.saying.add(whom, "activation", activation_of(value), here, behind)
        return behind

    def _activation(self, whom: Whom, start: int, here: int) -> int:
        line = self.line
        end = here + 1
        while line.kind(end) in ("activation-noun", "unit", "list"):
            end += 1
        math = line.value(end)
        if end > here + 1 and isinstance(math, Math) and line.kind(here) == "activation" and (letter := function_letter(math)):
            self.saying.add(NETWORK, "function", Activation(str(line.value(here)), letter), here, end + 1)
            end += 1
        if line.kind(end) == "all" and line.text(end) in _THROUGHOUT:
            whom, end = ALL, end + 1
        self.saying.add(whom, "activation", activation_of(line.value(here)), start, end)
        return end

    def _detail(self, head: Head, whom: Whom, here: int, end: int) -> int | None:
        """A symbol, a value, weights, a bias or a residual connection of this layer."""
        line = self.line
        if (found := read_bias(self.saying, here, whom)) or (found := read_weights(self.saying, here, whom)):
            return found
        own = line.kind(here + 1) != "place" and line.text(here + 1) not in ("from", "between")
        if line.kind(here) == "residual" and own and "with" in (line.text(here - 1), line.text(here - 2)):
            self.saying.add(whom, "residual", True, here, here + 1)
            return here + 1
        value = line.value(here)
        near = here <= max(end, head.end) + 4
        if whom.role in ("input", "output", "hidden", "layer") and near:
            listed = head.counted == "layers" and line.kind(here - 1) == "separator"
            close = whom.role == "input" or ((listed or self._is_close(here)) and not _is_given(value))
            if line.kind(here) == "formula" and isinstance(value, Math) and names_of(value) and close:
                if _is_given(value) and all(base(name) in _OF_LAYERS for name in names_of(value)):
                    return here + 1  # "one input, with w = 0.5 and b = -0.2": values of weights and biases
                return self.saying.names(whom, "symbol", here)
            if whom.role == "input":
                return self._input_value(here)
        return None

    def _input_value(self, start: int) -> int | None:
        """Numbers behind an input: "(1, 2)", "0.5", "1 and -2"."""
        found = self.saying.literals(start)
        if found is None:
            return None
        self.saying.add(Whom("input"), "value", found[0], start, found[1])
        end = found[1]
        if (changed := changes_input(self.line, end)) is not None:
            self.saying.add(NETWORK, "beyond", "an input that is changed", start, changed)
        return end

    def _is_close(self, at: int) -> bool:
        """Whether a formula right behind this says what the layer is called."""
        named = self.line.text(at - 1) in ("called", "denoted", "named", "by", "is", ":", "vector", "activation", "activations")
        return named or self.line.kind(at - 1) in ("role", "layer", "unit", "mark", "article")


def _by(match: re.Match[str]) -> str:
    """ "x" for a sign of multiplication, nothing for a space."""
    return "x" if match[0].strip() else ""


def _is_given(value: object) -> bool:
    """Whether a formula gives a name numbers, or defines several names."""
    trees = statements(value) if isinstance(value, Math) else ()
    several = sum(isinstance(tree, Relation) for tree in trees) > 1
    return several or any(isinstance(tree, Relation) and is_literal(tree.sides[-1]) for tree in trees)


def is_activation(line: Line, at: int) -> bool:
    """An activation; a letter is one only beside "activation", "function" and the like."""
    value = line.value(at)
    if line.kind(at) == "activation":
        return True
    if not isinstance(value, Math) or not function_letter(value):
        return False
    before = at - 1
    while line.kind(before) in ("colon", "link"):
        before -= 1
    return line.kind(at + 1) == "activation-noun" or line.kind(before) == "activation-noun"


def activation_of(value: object) -> Activation:
    """Of a mark's value."""
    return Activation("formula", function_letter(value)) if isinstance(value, Math) else Activation(str(value))


def read_facts(sentence: Sentence) -> Saying:
    """What a sentence says of a network, and what in it no form takes."""
    saying = Saying(Line.of(sentence.tokens))
    _Reader(saying).read()
    return saying
