"""What a task may name in words instead of symbols: "the loss", "all weights and biases", "every node"."""

from collections.abc import Sequence
from dataclasses import dataclass

from chainrule.sheets.sheet import GroupName


@dataclass(frozen=True)
class _Row:
    """A member of a list means the group if its last noun of all `heads` is one of these and the others are `beside`."""

    name: GroupName
    heads: frozenset[str]
    beside: frozenset[str]


def _row(name: GroupName, heads: str, beside: str) -> _Row:
    return _Row(name, frozenset(heads.split()), frozenset(beside.split()))


_LAYERS = (
    "hidden input inputs output outputs layer layers network model unit units neuron neurons matrix matrices vector vectors"
    " scalar scalars variable variables"
)
_WHOLE = "function total final network model training sample scalar"

_ROWS = (
    _row("loss", "loss cost error objective", _WHOLE + " loss cost error objective"),
    _row("output", "output outputs prediction predictions", _WHOLE + " predicted layer"),
    _row("parameters", "parameter parameters", _LAYERS),
    _row("weights", "weight weights", _LAYERS),
    _row("biases", "bias biases", _LAYERS),
    _row("inputs", "input inputs", "network model function variable variables layer vector scalar"),
    _row("inputs", "variable variables", "function scalar"),
    _row("nodes", "node nodes gate gates intermediate intermediates", "variable variables network graph activations"),
)
_HEADS = frozenset[str]().union(*(row.heads for row in _ROWS))
VARIABLES: frozenset[GroupName] = frozenset(("parameters", "weights", "biases", "inputs", "nodes"))
"""The groups that one differentiates by."""
COMPUTED: frozenset[GroupName] = frozenset(("loss", "output", "nodes"))
"""The groups that have a value to be computed."""


def is_head(word: str) -> bool:
    """Whether the word alone can name a group."""
    return word in _HEADS


def group_of(nouns: Sequence[str]) -> GroupName | None:
    """The group that a member of a list names by its nouns; None where they are not known to name one."""
    for head in reversed(nouns):
        for row in _ROWS:
            others = [noun for noun in nouns if noun != head]
            if head in row.heads and row.beside.issuperset(others):
                return row.name
    return None
