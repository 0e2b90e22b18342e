"""What sentences say of a network, fact by fact: of which layer, what, and where it stands."""

from dataclasses import dataclass
from typing import Literal

from chainrule.source import Span
from chainrule.syntax.tree import Tree

RoleName = Literal["input", "hidden", "output", "layer", "unit", "network", "all", "target", "loss"]
"""Whom a fact is about. layer: one counted from the input on. unit: one of the hidden layer, counted. network: all hidden
layers. all: every layer.
"""

SlotName = Literal[
    "depth",
    "hidden-layers",
    "sizes",
    "present",
    "units",
    "activation",
    "bias",
    "bias-mentioned",
    "residual",
    "symbol",
    "weights",
    "biases",
    "loss",
    "loss-formula",
    "value",
    "weight-value",
    "bias-value",
    "function",
    "slope",
    "rows",
    "beyond",
]
"""What a fact tells. present: that there is such a layer, and whether in the plural. function: which
activation a letter is. slope: of a leaky ReLU. rows: data are row vectors. beyond: a kind
of layer that these words cannot describe.
"""


@dataclass(frozen=True)
class Whom:
    """`number` counts the hidden layers or the layers, from 1; None is each of them, -1 the last."""

    role: RoleName
    number: int | None = None


@dataclass(frozen=True)
class Activation:
    r"""`name` as in the table of words, or "formula": the function that the sheet writes itself, `\sigma`.

    written: that function, or the slope of a leaky ReLU.
    """

    name: str
    written: str = ""


@dataclass(frozen=True)
class LossName:
    """`factor`: "half" where the words say so, else "". unread: words beside the name that may make it another loss."""

    name: str
    factor: str = ""
    unread: Span | None = None


Value = int | str | bool | tuple[int, ...] | tuple[Tree, ...] | Activation | LossName


@dataclass(frozen=True)
class Fact:
    """One thing that is said, at the words `span`."""

    of: Whom
    slot: SlotName
    value: Value
    span: Span


@dataclass(frozen=True)
class Layer:
    """One layer as it is understood: its units (None where nothing says), its activation, whether it has a bias."""

    activation: Activation
    span: Span
    units: int | str | None = None
    bias: bool | None = None
    residual: bool = False
    symbol: Tree | None = None


@dataclass(frozen=True)
class Description:
    """A network in words: its layers from the input on, the output the last. `inputs` is the size of the input."""

    layers: tuple[Layer, ...]
    inputs: int | str | None
    facts: tuple[Fact, ...]

    @property
    def depth(self) -> int:
        return len(self.layers)

    def said(self, slot: SlotName, role: RoleName | None = None) -> tuple[Fact, ...]:
        """The facts of a kind, in the order of the text."""
        return tuple(f for f in self.facts if f.slot == slot and (role is None or f.of.role == role))
