"""Words around the name of a loss: "twice the squared error" and "the squared error, clipped at 1" are other losses.

Only words that are known to change nothing are passed over; all others make the loss one that is not understood.
"""

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import words
from chainrule.sheets.networks.heads import Line
from chainrule.sheets.networks.parts import LossName
from chainrule.sheets.networks.saying import Saying
from chainrule.sheets.networks.symbols import names_of
from chainrule.sheets.notation import statements
from chainrule.sheets.sheet import Math
from chainrule.source import Span
from chainrule.syntax.tree import Relation

_NAMING = words(
    "we our this it one here usual train trains trained training fit fits fitted measured measure measures defined chosen"
    " choose taken take takes compute computed evaluated consider assume assuming suppose let under and learn"
    " example sample learned learns optimised optimized optimise optimize also end want will should"
)
"""Words before the name of a loss that only say that it is the loss."""
_OF_WHAT = words(
    "between prediction predictions predicted actual desired true example sample single this one training train trained"
    " learning data point we our here rate gradient descent stochastic backpropagation sgd against from per it factor observed"
)
"""Words behind the name of a loss that say of what it is, or how it is made small."""
_STRUCTURE = words(
    "role layer unit network activation activation-noun weight bias size sizes no all followed place residual model slope dash"
    " ordinal function rows"
)
"""Kinds of marks that speak of the network, beside the loss."""
_SILENT = words("article link mark colon list loss loss-noun minimise target separator")
_COUNTED = words("role layer unit activation article separator dash")
_PENALTIES = words(
    "penalty penalties penalise penalize penalised penalized penalises penalizes regularisation regularization regulariser"
    " regularizer regularised regularized ridge lasso"
)
_STOPS = frozenset((",", ";", ":"))
_ENDS = frozenset((".", "?", "!"))


def adds_to_loss(saying: Saying, at: int) -> bool:
    """Whether a word adds something to a loss that stands elsewhere: "weight decay is used", "the loss has a factor of 3".

    A factor 1/2 may be read with the loss. A formula beside the word says what it makes of the loss.
    """
    line = saying.line
    trees = [tree for token in line.tokens if isinstance(token, Math) for tree in statements(token)]
    if any(isinstance(tree, Relation) and not is_literal(tree.sides[-1]) for tree in trees):
        return False
    before = at - 1
    while line.kind(before) in ("article", "weight"):
        before -= 1
    if line.kind(before) == "no":
        return False
    if line.text(at) == "factor":
        halved = any(isinstance(fact.value, LossName) and fact.value.factor for fact in saying.facts)
        return not halved and any(line.kind(i) in ("loss", "loss-noun") for i in range(at))
    return line.text(at) in _PENALTIES or (line.text(at) == "decay" and line.kind(at - 1) == "weight")


def is_unnamed_output(line: Line, at: int) -> bool:
    """Whether a formula without a name is called the output, "the output is $\\sigma(z)$": a loss in words is of that."""
    value = line.value(at)
    trees = statements(value) if line.kind(at) == "formula" and isinstance(value, Math) else ()
    bare = len(trees) == 1 and not isinstance(trees[0], Relation) and not could_be_name(trees[0]) and not is_literal(trees[0])
    return bare and line.text(at - 1) == "is" and line.kind(at - 2) == "role" and line.value(at - 2) == "output"


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
