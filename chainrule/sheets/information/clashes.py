"""Formulas beside descriptions that hold for one of them alone."""

from collections.abc import Iterator, Sequence

from chainrule.inference.symbols import key
from chainrule.sheets.information.ensembles import names_a_set
from chainrule.sheets.notation import trees
from chainrule.sheets.sheet import Math, Stated
from chainrule.source import Span
from chainrule.syntax.tree import Relation, Tree


def clashing(stated: Sequence[Stated]) -> set[Span]:
    """The formulas of parameters that hold for one distribution alone, as they have another value in another one, those of
    sets, which say no more than what is stated, and those of single values of a variable.
    """
    values: dict[Tree, set[Tree]] = {}
    for each in stated:
        for head, value in _parameters(each):
            values.setdefault(head, set()).add(value)
    several = {head for head, found in values.items() if len(found) > 1}
    taken = [(each, math) for each in stated for math in each.taken]
    own = {math.span for each, math in taken if _is_of(each, math)}
    return own | {math.span for _, math in taken if names_a_set(math) or any(head in several for head, _ in _equations(math))}


def _is_of(stated: Stated, math: Math) -> bool:
    """Whether a formula is of what is stated itself, the `X = 1` of "$X = 1$ with probability 0.3": it is no value then."""
    head = stated.tree.sides[0] if isinstance(stated.tree, Relation) else stated.tree
    if isinstance(stated.tree, Relation) and stated.tree.operators == ("\\in",):  # the set of values of a variable
        return True
    return any(isinstance(tree, Relation) and key(tree.sides[0]) == key(head) for tree in trees(math))


def _parameters(stated: Stated) -> Iterator[tuple[Tree, Tree]]:
    for math in stated.taken:
        yield from _equations(math)


def _equations(math: Math) -> Iterator[tuple[Tree, Tree]]:
    for tree in trees(math):
        if isinstance(tree, Relation) and tree.operators == ("=",):
            yield key(tree.sides[0]), tree.sides[1]
