r"""The notation of quantities of information: `D_{KL}(P \parallel Q)`, `H(P, Q)`, `I(X; Y)`, told by head and separators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from chainrule.inference.symbols import join_letters, join_spans
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Call, Font, Juxtaposition, Name, Number, Relation, Subscript, Superscript, Tree

if TYPE_CHECKING:
    from chainrule.inference.names import Names


MEANS = frozenset((Name("E"), Font("mathbb", Name("E"))))
VARIANCES = frozenset((Name("Var"), Name("var"), Name("\\Var"), Name("V"), Font("mathbb", Name("V"))))
DEVIATIONS = frozenset(map(Name, ("Std", "std", "SD", "sd")))
MOMENTS = MEANS | VARIANCES | DEVIATIONS
"""Heads of expectations, variances and standard deviations."""


@dataclass(frozen=True)
class Written:
    """A head and a bracket that fit rows of the table.

    quantities: those rows. order: what stands below the head of a quantity that has an order. plainly: the head has more than
    one letter, or the bars of a divergence stand in the bracket, so that nothing else is written like this.
    """

    head: Tree
    arguments: tuple[Tree, ...]
    separators: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    order: Tree | None
    plainly: bool
    span: Span | None


def written(head: Tree, bracket: Tree | None) -> Written | None:
    """What a head in front of a bracket can be; None where it fits no row."""
    if not isinstance(bracket, Bracket) or bracket.kind not in ("(", "[", "{") or not bracket.items:
        return None
    if bracket.kind == "{" and "||" not in bracket.separators and not (_is_head(head) and len(bracket.items) == 1):
        return None
    word = head_word(head) or ""
    bracket = _with_colon(word, bracket)
    separators = tuple(bracket.separators)
    order: Tree | None = None
    found = _fitting(word, separators, ordered=False)
    if not found and isinstance(head, Subscript) and len(head.items) == 1:
        order, word = head.items[0], head_word(head.base) or ""
        found = _fitting(word, separators, ordered=True)
    if not found:
        return None
    plainly = "||" in separators or (order is None and len(word) > 1 and "^" not in word and not _is_letter(word))
    return Written(head, bracket.items, separators, found, order, plainly, join_spans((head, bracket)))


def _is_head(head: Tree) -> bool:
    """Whether a head is in upright or blackboard type or has more than one letter, so that a set behind it is its argument."""
    return isinstance(head, Font) or len(head_word(head) or "") > 1


def _with_colon(word: str, bracket: Bracket) -> Bracket:
    """`[P : Q]` as `[P || Q]`, `(X : Y)` as `(X; Y)`, whichever a row of the table with this head has."""
    match bracket.items:
        case (Relation(operators=(":",), sides=(first, second)),):
            signs = [s for s in ("||", ";") if any(word in q.heads and s in q.separators for q in QUANTITIES)]
            return replace(bracket, items=(first, second), separators=(signs[0],)) if signs else bracket
        case _:
            return bracket


Signature = tuple[str, int, bool]


def signature(found: Written) -> Signature:
    """What tells a quantity from others: its head without the order, how many arguments it has, and whether it has an order."""
    has_order = found.order is not None
    head = found.head.base if has_order and isinstance(found.head, Subscript) else found.head
    return head_word(head) or "", len(found.arguments), has_order


def _is_letter(word: str) -> bool:
    """Whether a word is one Greek letter, `\\delta`; `\\delta_TV` is more."""
    return word.startswith("\\") and "_" not in word


def is_plainly_quantity(head: Tree, bracket: Tree) -> bool:
    """Whether a head and a bracket are written as nothing but a quantity is."""
    found = written(head, bracket)
    return found is not None and found.plainly


def _fitting(word: str, separators: tuple[str, ...], *, ordered: bool) -> tuple[Quantity, ...]:
    return tuple(q for q in QUANTITIES if q.order is ordered and word in q.heads and _fits(q, separators))


def _fits(quantity: Quantity, separators: tuple[str, ...]) -> bool:
    """Whether arguments with these signs between them are as many as the quantity is of, and parted as it allows."""
    if quantity.joint:
        bar = "|" in quantity.separators
        return bool(separators) and separators_of_groups(quantity, separators) is not None and bar is ("|" in separators)
    return len(separators) + 1 == quantity.distributions and set(separators) <= set(quantity.separators)


def separators_of_groups(quantity: Quantity, separators: tuple[str, ...]) -> tuple[str, ...] | None:
    """The signs between the groups of variables of `I(X, Y; Z)`, `H(Y | X)`, commas parting those of one group.

    None where they do not fit.
    """
    own = tuple(s for s in separators if s in quantity.separators and s != ",")
    rest = {s for s in separators if s not in quantity.separators} - {","}
    if rest or (not own and "," not in quantity.separators):
        return None
    return own or separators


def bracket_of_call(tree: Call) -> Bracket:
    r"""The bracket of `\mathrm{KL}(P \| Q)`, where the parser took KL for a word: with bars it is the one argument."""
    (first, *more) = tree.arguments or (None,)
    if isinstance(first, Bracket) and "||" in first.separators and not more:
        return first
    return Bracket("(", tree.arguments, (",",) * (len(tree.arguments) - 1), span=tree.span)


def spelled_head(reader: Names, items: Sequence[Tree]) -> Tree | None:
    r"""The head that letters side by side in front of a bracket are, the KL of `KL(P \| Q)`; None where they are factors."""
    letters = list(takewhile(lambda item: isinstance(item, Name) and len(item.text) == 1, items))
    following = items[len(letters)] if len(letters) < len(items) else None
    if len(letters) < 2 or not isinstance(following, Bracket):
        return None
    word = "".join(letter.text for letter in letters if isinstance(letter, Name))
    found = written(Name(word), following)
    if found is None or ("||" not in found.separators and any(map(reader.knows, letters))):
        return None
    return join_letters(letters, word)


def head_word(tree: Tree) -> str | None:
    r"""`D_{\mathrm{KL}}` as "D_KL", `\chi^2` as "\chi^2": the form in which the table has heads. None for any other tree."""
    match tree:
        case Name(text=text):
            return text
        case Font(body=body):
            return head_word(body)
        case Number(value=value):
            return str(value)
        case Juxtaposition(items=items):
            return _joined(items, "")
        case Subscript(base=base, items=(item,)):
            return _joined((base, item), "_")
        case Superscript(base=base, exponent=exponent):
            return _joined((base, exponent), "^")
        case _:
            return None


def _joined(trees: Iterable[Tree], between: str) -> str | None:
    words = [head_word(tree) for tree in trees]
    known = [word for word in words if word is not None]
    return between.join(known) if len(known) == len(words) else None
