r"""Where names stand in a text: in front of a bracket of arguments, `f(x)`, or by themselves, as quantities do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chainrule.inference.symbols import could_be_name, key
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Derivative,
    Font,
    Juxtaposition,
    Name,
    Number,
    Prime,
    Product,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    children,
    walk,
)

COMPOSITIONS = ("\\circ", "∘")
ARGUMENT = Name("the argument")
"""The parameter of a function that is defined without one, `h = f \\circ g`."""


@dataclass(frozen=True)
class Use:
    """A name applied to arguments. plain: no prime and no power stands between the two."""

    name: Tree
    arguments: tuple[Tree, ...]
    plain: bool


def uses(tree: Tree) -> Iterator[Use]:
    """The names that a tree applies, `f'(x)` and `f^2(x)` being uses of f."""
    for part in walk(tree):
        if isinstance(part, Call):
            yield from _use(part.function, part.arguments)
        elif isinstance(part, Juxtaposition):
            for item, following in zip(part.items, part.items[1:], strict=False):
                bracket = bracket_of(following)
                if bracket is not None and bracket.items:
                    yield from _use(item, bracket.items)


def _use(item: Tree, arguments: tuple[Tree, ...]) -> Iterator[Use]:
    inside = item.items[0] if isinstance(item, Bracket) and len(item.items) == 1 else None
    if isinstance(inside, Product) and inside.operator in COMPOSITIONS:
        for factor in inside.factors:  # (f \circ g)(x)
            yield from _use(factor, ())
        return
    base = item
    while isinstance(base, Prime) or (isinstance(base, Superscript) and not could_be_name(base)):
        base = base.base
    if could_be_name(base):
        yield Use(key(base), tuple(key(a) for a in arguments), base is item)


def bracket_of(tree: Tree | None) -> Bracket | None:
    """The bracket of arguments in `(x)`, and in `(x)^2` or `(z)_1` behind a function's name."""
    if isinstance(tree, Superscript | Subscript):
        return bracket_of(tree.base)
    return tree if isinstance(tree, Bracket) and tree.kind in "([{" else None


def names_alone(statements: Iterable[Tree]) -> Iterator[Tree]:
    """The names that stand somewhere without a bracket behind them.

    A name that is a formula of its own in prose, what is differentiated and the parts of `f \\circ g` can be either.
    """
    for statement in statements:
        if isinstance(statement, Relation):
            first, *others = statement.sides
            for side in others if could_be_name(first) else statement.sides if mapping_of(statement) is None else ():
                yield from _alone(side)
        elif not could_be_name(statement):
            yield from _alone(statement)


def mapping_of(statement: Tree) -> tuple[Tree, bool] | None:
    """The name in `f : A \\to B`, and whether A and B are both the real numbers."""
    if not (isinstance(statement, Relation) and statement.operators == (":", "\\to") and could_be_name(statement.sides[0])):
        return None
    name, *spaces = statement.sides
    return key(name), all(space == Font("mathbb", Name("R")) for space in spaces)


def _alone(tree: Tree) -> Iterator[Tree]:
    if could_be_name(tree):
        yield key(tree)
    elif isinstance(tree, Juxtaposition):
        for item, following in zip(tree.items, (*tree.items[1:], None), strict=True):
            if not _is_applied(item, following):
                yield from _alone(item)
    elif isinstance(tree, Derivative):
        yield from _all_alone(tree.by)
        yield from _alone(tree.of) if tree.of is not None and not could_be_name(tree.of) else ()
    elif isinstance(tree, Product) and tree.operator in COMPOSITIONS:
        yield from _all_alone([factor for factor in tree.factors if not could_be_name(factor)])
    elif isinstance(tree, Call):
        yield from _all_alone(tree.arguments)
    elif isinstance(tree, Prime):
        yield from _alone(tree.base)
    else:
        yield from _all_alone(list(children(tree)))


def _all_alone(trees: Sequence[Tree]) -> Iterator[Tree]:
    for tree in trees:
        yield from _alone(tree)


def _is_applied(item: Tree, following: Tree | None) -> bool:
    """Whether an item may be a function in front of its arguments; `A^\\top (x - y)` is none."""
    bracket = bracket_of(following)
    if bracket is None or bracket.kind != "(":
        return False
    power = isinstance(item, Superscript) and not could_be_name(item) and not isinstance(item.exponent, Number | Sum)
    return not power and any(True for _ in _use(item, ()))
