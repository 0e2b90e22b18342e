"""The activation of the one unit, or of the network, in a sentence of its own: "Its activation function is the sigmoid."."""

from chainrule.sheets.networks.heads import Line
from chainrule.sheets.networks.parts import Activation
from chainrule.sheets.networks.saying import NETWORK, Saying

_BEHIND = frozenset(("place", "role", "layer", "unit", "ordinal", "activation", "all", "network", "separator", "followed"))
"""What makes it the activation of some layers, or one of several."""


def read_named_activation(saying: Saying, start: int) -> int | None:
    """[its, the] activation function [of the neuron] is ACTIVATION; None for anything else."""
    line, here = saying.line, start
    if line.kind(here) != "activation-noun" or line.kind(start - 1) not in ("article", "link", ""):
        return None
    while line.kind(here) == "activation-noun":
        here += 1
    here = _behind_owner(line, here)
    if line.text(here) not in ("is", ":"):
        return None
    here += 1
    while line.kind(here) == "article":
        here += 1
    end = here + 1
    while line.kind(end) == "activation-noun":
        end += 1
    if line.kind(here) != "activation" or line.kind(end) in _BEHIND or _is_of_some(line, start):
        return None
    saying.add(NETWORK, "activation", Activation(str(line.value(here))), start, end)
    return end


def _behind_owner(line: Line, here: int) -> int:
    """The place behind "of the neuron", "of the network"; the same place where nothing of the kind stands there."""
    behind = here + 1
    while line.kind(behind) == "article":
        behind += 1
    owned = line.text(here) == "of" and (line.kind(behind) == "network" or (line.kind(behind) == "unit" and behind > here + 1))
    return behind + 1 if owned and line.value(behind) != "several" else here


def _is_of_some(line: Line, start: int) -> bool:
    """Whether layers are named before it in the sentence, or others than these."""
    return any(line.kind(i) in ("role", "layer", "ordinal", "place", "no") for i in range(start))
