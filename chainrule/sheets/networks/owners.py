"""Whose weights and biases words speak of: "of the hidden layer", "into the first hidden unit", "from x to the output"."""

from chainrule.sheets.networks.heads import Line, read_head
from chainrule.sheets.networks.parts import Whom
from chainrule.sheets.networks.symbols import base, layer_of, names_of
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Subscript

_INTO = frozenset(("of", "in", "into", "to", "for", "at", "entering", "feeding", "on"))
_FROM = frozenset(("from", "between", "connecting"))
_ONWARDS = frozenset(("to", "into", "and", "with"))
_LEADING = frozenset(("lead", "leads", "leading", "go", "goes", "going", "run", "running", "that", "which", "coming", "feed"))


def owner_behind(line: Line, at: int, last: Whom | None = None) -> tuple[Whom, int] | None:
    """The layer or the unit that the words from here on lead to, and the mark behind them; None where they lead to none.

    last: the one that the sentence spoke of before, whose noun "the second" goes on with.
    """
    here = at
    while line.text(here) in _LEADING:
        here += 1
    if line.text(here) in _FROM:
        source = owner_at(line, here + 1, last)
        if source is None or line.text(source[1]) not in _ONWARDS:
            return None
        return owner_at(line, source[1] + 1, last)
    return owner_at(line, here + 1, last) if line.text(here) in _INTO else None


def owner_at(line: Line, at: int, last: Whom | None = None) -> tuple[Whom, int] | None:
    """The layer or the unit that stands at a mark: "the hidden layer", "hidden unit 2", "each hidden unit", "$h_1$"."""
    here = at
    while line.kind(here) == "article":
        here += 1
    if (unit := _numbered(line, here)) is not None:
        return Whom("unit", unit), here + 1
    head = read_head(line, at)
    if head is None:
        continued = last is not None and last.role == "unit" and isinstance(line.value(here), int)
        if not continued or line.kind(here) != "ordinal":
            return None
        end = here + 1 + (line.text(here + 1) in ("one", "unit", "neuron"))
        return Whom("unit", int(str(line.value(here)))), end
    single = line.kind(head.end - 1) == "unit" and line.value(head.end - 1) == "one"
    if head.whom != Whom("hidden") or not single:
        return (head.whom, head.end) if head.whom.role not in ("network", "unit") or head.whom.number else None
    if line.text(here) in ("each", "every"):
        return Whom("unit"), head.end
    number = line.value(head.end) if line.kind(head.end) == "number" else _numbered(line, head.end)
    return (Whom("unit", number), head.end + 1) if isinstance(number, int) else (head.whom, head.end)


def _numbered(line: Line, at: int) -> int | None:
    r"""The 2 of `$h_2$`, the second hidden unit."""
    value = line.value(at)
    names = names_of(value) if line.kind(at) == "formula" and isinstance(value, Math) else ()
    name = names[0] if len(names) == 1 else None
    return layer_of(name) if isinstance(name, Subscript) and base(name) in ("h", "a") else None


def owner_before(line: Line, at: int) -> tuple[Whom, int] | None:
    """The owner right before "weights": "hidden weights", "hidden-to-output weights"; and the mark of that noun."""
    here = at
    if line.kind(here) == "role" and line.text(here + 1) in ("to", "-to-") and line.kind(here + 2) == "role":
        here += 2
    elif line.kind(here) != "role" or line.value(here) != "hidden":
        return None
    end = here + 1 + (line.kind(here + 1) == "layer")
    if line.kind(here) != "role" or line.kind(end) not in ("weight", "bias"):
        return None
    return Whom("hidden" if line.value(here) == "hidden" else "output"), end
