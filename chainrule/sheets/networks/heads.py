"""Layers as words point at them: "the second hidden layer", "three ReLU hidden units", "a softmax output"."""

from dataclasses import dataclass, field

from chainrule.sheets.networks.marks import Mark, Tokens, marks_of
from chainrule.sheets.networks.parts import RoleName, Whom
from chainrule.sheets.networks.symbols import names_of
from chainrule.sheets.sentences import span_of
from chainrule.sheets.sheet import Math
from chainrule.source import Span

ALL = Whom("all")
LINKS = frozenset(("article", "link", "mark", "colon", "list"))
"""Kinds of marks that say nothing by themselves."""


@dataclass(frozen=True)
class Line:
    """One sentence, its marks; out of range there is a mark of no kind."""

    tokens: Tokens
    marks: list[Mark] = field(default_factory=list[Mark])

    @staticmethod
    def of(tokens: Tokens) -> "Line":
        return Line(tokens, marks_of(tokens))

    def kind(self, at: int) -> str:
        return self.marks[at].kind if 0 <= at < len(self.marks) else ""

    def text(self, at: int) -> str:
        return self.marks[at].text if 0 <= at < len(self.marks) else ""

    def value(self, at: int) -> object:
        return self.marks[at].value if 0 <= at < len(self.marks) else None

    def span(self, start: int, end: int) -> Span:
        """Of the marks [start, end)."""
        return span_of(self.tokens[self.marks[start].first : self.marks[end - 1].last + 1])


@dataclass(frozen=True)
class Head:
    """marks[start:end] point at `whom`. counted: what `number` counts, "layers", "units", "depth" or nothing, ""."""

    whom: Whom
    start: int
    end: int
    counted: str = ""
    number: int | str | None = None
    activations: tuple[Mark, ...] = ()
    neuron: bool = False
    """It is a single unit that is the whole network."""


def read_head(line: Line, start: int) -> Head | None:
    """The layer that the words from here on point at; None where they point at none."""
    here, number, ordinal, every = start, None, None, False
    activations: list[Mark] = []
    while True:
        kind = line.kind(here)
        if kind == "number" and number is None and isinstance(value := line.value(here), int):
            number, here = value, here + (line.kind(here + 1) == "size")
        elif kind == "formula" and number is None and (size := size_letter(line, here)):
            number, here = size, here + (line.kind(here + 1) == "size")
        elif kind == "ordinal" and ordinal is None and isinstance(value := line.value(here), int):
            ordinal = value
        elif kind == "all" and line.text(here) not in ("everywhere", "throughout"):
            every = True
        elif kind == "activation":
            activations.append(line.marks[here])
        elif kind != "article" and not (kind == "activation-noun" and activations):
            break
        here += 1
    if line.kind(here) == "role" and line.kind(here + 1) == "activation" and line.kind(here + 2) == "unit":
        activations.append(line.marks[here + 1])  # "3 hidden tanh units"
        whom = Whom("hidden", ordinal) if line.value(here) == "hidden" else Whom(_other_role(line.value(here)))
        return Head(whom, start, here + 3, "units", number, tuple(activations))
    found = _pointed(line, here, ordinal, every, number)
    if found is None and _is_single(line, start, here) and activations and number is None:
        found = _pointed(line, here, ordinal, every, 1)
    if found is None:
        return None
    whom, end, counted = found
    single = line.kind(end - 1) == "unit" and line.value(end - 1) == "one" and line.text(start - 1) != "per"
    if whom.role == "output" and number is None and not every and single:
        number = 1  # "a linear output unit", and not "one row per output unit"
    neuron = counted == "neuron"
    return Head(whom, start, end, "" if neuron else counted, number, tuple(activations), neuron)


def _is_single(line: Line, start: int, here: int) -> bool:
    """Whether a sentence begins with one unit, "A tanh neuron with"; not "a sigmoid unit at the output"."""
    begins = start <= 3 and line.text(start) in ("a", "an")
    return begins and line.kind(here) == "unit" and line.kind(here + 1) != "place"


def _pointed(line: Line, here: int, ordinal: int | None, every: bool, number: int | str | None) -> tuple[Whom, int, str] | None:
    """Whom the nouns at this place mean, the place behind them, and what a number before them counts."""
    if number is None and ordinal is None and (end := _hidden_and_output(line, here)):
        return ALL, end, ""
    if line.kind(here) == "role":
        role = str(line.value(here))
        layer = line.kind(here + 1) == "layer"
        unit = line.kind(here + 1 + layer) == "unit"
        end = here + 1 + layer + unit
        if role == "hidden":
            if not (layer or unit) and line.kind(end) != "activation-noun" and line.text(end) != ":":
                return None
            if ordinal is not None and not layer and unit:
                return Whom("unit", ordinal), end, ""
            counted = line.value(end)
            if line.text(end - 1) in ("unit", "neuron", "node") and number is None and isinstance(counted, int):
                return Whom("unit", counted), end + 1, ""
            return Whom("hidden", ordinal), end, "units" if unit else "layers" if layer and ordinal is None else ""
        of_it = line.kind(end) in ("weight", "bias")  # "the two output weights"
        return Whom(_other_role(role)), end, "" if of_it or (layer and not unit) else "units"
    if line.kind(here) == "layer":
        if ordinal is not None:
            return (Whom("output") if ordinal == -1 else Whom("layer", ordinal)), here + 1, ""
        if every:
            return ALL, here + 1, ""
        return (Whom("network"), here + 1, "depth") if number is not None and line.kind(here + 1) != "network" else None
    if line.kind(here) == "unit":
        if every:
            return ALL, here + 1, ""
        article = here > 0 and line.text(here - 1) == "a" and line.kind(here + 1) != "place"
        single = (number == 1 or (number is None and article)) and line.value(here) == "one"
        return (Whom("layer", 1), here + 1, "neuron") if single else None
    return None


def _hidden_and_output(line: Line, here: int) -> int:
    """The place behind "hidden and output layers", "the hidden layer and the output layer", where they share an activation; 0
    where it is none.
    """
    if line.kind(here) != "role" or line.value(here) != "hidden":
        return 0
    end = here + 1 + (line.kind(here + 1) == "layer")
    if line.text(end) != "and":
        return 0
    end += 1 + (line.kind(end + 1) == "article")
    if line.kind(end) != "role" or line.value(end) != "output" or line.kind(end + 1) != "layer":
        return 0
    behind = end + 2
    while line.kind(behind) in ("link", "article", "all"):
        behind += 1
    others = range(behind + 1, len(line.marks))
    alone = line.kind(behind) == "activation" and not any(line.kind(i) in ("activation", "role") for i in others)
    return end + 2 if alone else 0


def _other_role(value: object) -> RoleName:
    return "input" if value == "input" else "output"


def size_letter(line: Line, at: int) -> str:
    """`$d$` of "$d$ inputs", "$H$ tanh hidden units"; "" where the formula is no letter or counts nothing."""
    value = line.value(at)
    behind = at + 1
    while line.kind(behind) in ("activation", "article"):
        behind += 1
    if not isinstance(value, Math) or line.kind(behind) not in ("role", "unit", "size", "layer"):
        return ""
    names = names_of(value)
    return value.span.text if len(names) == 1 and len(value.span.text) <= 8 else ""
