"""Words around the name of a loss: "twice the squared error" and "the squared error, clipped at 1" are other losses.

Only words that are known to change nothing are passed over; all others make the loss one that is not understood.
"""

from chainrule.sheets.networks.heads import Line
from chainrule.sheets.networks.symbols import names_of
from chainrule.sheets.sheet import Math
from chainrule.source import Span

_NAMING = frozenset(
    (
        *("we", "our", "this", "it", "one", "here", "usual", "train", "trains", "trained", "training", "fit", "fits", "fitted"),
        *("measured", "measure", "measures", "defined", "chosen", "choose", "taken", "take", "takes", "compute", "computed"),
        *("penalised", "penalized", "evaluated", "consider", "assume", "assuming", "suppose", "let", "under", "and", "learn"),
        *(
            "example",
            "sample",
            "learned",
            "learns",
            "optimised",
            "optimized",
            "optimise",
            "optimize",
            "also",
            "end",
            "want",
            "will",
            "should",
        ),
    )
)
"""Words before the name of a loss that only say that it is the loss."""
_OF_WHAT = frozenset(
    (
        *("between", "prediction", "predictions", "predicted", "actual", "desired", "true", "example", "sample", "single"),
        *("this", "one", "training", "train", "trained", "train", "learning", "data", "point", "we", "our", "here", "rate"),
        *("gradient", "descent", "stochastic", "backpropagation", "sgd", "against", "from", "per", "it", "factor", "observed"),
    )
)
"""Words behind the name of a loss that say of what it is, or how it is made small."""
_STRUCTURE = frozenset(
    (
        *("role", "layer", "unit", "network", "activation", "activation-noun", "weight", "bias", "size", "sizes", "no", "all"),
        *("followed", "place", "residual", "model", "slope", "dash", "ordinal", "function", "rows"),
    )
)
"""Kinds of marks that speak of the network, beside the loss."""
_SILENT = frozenset(("article", "link", "mark", "colon", "list", "loss", "loss-noun", "minimise", "target", "separator"))
_COUNTED = frozenset(("role", "layer", "unit", "activation", "article", "separator", "dash"))
_STOPS = frozenset((",", ";", ":"))
_ENDS = frozenset((".", "?", "!"))


def unread_beside(line: Line, start: int, end: int, *, halved: bool) -> Span | None:
    """The first words beside the loss named by marks [start, end) that may change it. halved: they give a factor 1/2."""
    here = start - 1
    while line.kind(here) and line.text(here) not in _STOPS:
        if _begins_clause(line, here):
            break
        if not _is_passed(line, here, halved) or line.text(here) == "of":
            return line.span(here, end)
        here -= 1
    beyond = False
    for at in range(end, len(line.marks) - (line.text(len(line.marks) - 1) in _ENDS)):
        beyond = beyond or line.text(at) in _STOPS
        if not (_is_behind(line, at, halved) or (beyond and _is_passed(line, at, halved))):
            return line.span(start, at + 1)
    return None


def _begins_clause(line: Line, at: int) -> bool:
    """Whether "the loss is" begins here, behind what is said of something else: "the target is 1 and the loss is"."""
    before = at - 1
    while line.kind(before) == "article":
        before -= 1
    return line.kind(at) == "loss-noun" and line.text(at + 1) == "is" and line.kind(before) in ("", "separator")


def _is_passed(line: Line, at: int, halved: bool) -> bool:
    """Whether a mark that is no part of the phrase of the loss leaves it as it is."""
    kind = line.kind(at)
    if kind == "number":
        return line.kind(at + 1) in _COUNTED and line.kind(at + 1) != "article"
    if kind == "formula":
        return line.kind(at - 1) != "link" or line.text(at - 1) in ("with", "has", "have")
    return kind in _SILENT or kind in _STRUCTURE or line.text(at) in _NAMING or _is_factor(line, at, halved)


def _is_behind(line: Line, at: int, halved: bool) -> bool:
    """Whether a mark says of what the loss is: of the output and the target, of names for them, or of one example."""
    kind, value = line.kind(at), line.value(at)
    if kind == "role":
        return value == "output"
    if kind == "formula":
        return isinstance(value, Math) and bool(names_of(value))
    known = kind in _SILENT or kind in ("layer", "unit", "network", "activation-noun", "place")
    is_target = line.kind(at - 1) in ("target", "link", "colon") and any(line.kind(i) == "target" for i in range(at))
    return known or (is_target and kind == "number") or line.text(at) in _OF_WHAT or _is_factor(line, at, halved)


def _is_factor(line: Line, at: int, halved: bool) -> bool:
    return halved and (line.kind(at) == "half" or line.text(at) in ("factor", "1", "/", "2"))
