"""How deep and how large a tree is, found without recursion, since a tree made from a graph can be any size."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import cast

from chainrule.errors import ChainruleError
from chainrule.syntax.tree import Dots, Juxtaposition, Product, Sum, Tree, children

MAX_DEPTH = 150
"""Nested levels that are printed; the parser itself accepts no more than 100."""
MAX_SIZE = 200_000
"""Subtrees that are printed; a subtree that stands in two places counts twice, as it would be printed twice."""


def check_extent(tree: Tree) -> None:
    """ChainruleError `too-deep` beyond MAX_DEPTH levels, `too-long` beyond MAX_SIZE subtrees."""
    size = 0
    for depth, count in enumerate(_levels(tree), start=1):
        size += count
        if depth > MAX_DEPTH:
            raise ChainruleError("too-deep", f"the formula is nested more than {MAX_DEPTH} levels deep", tree.span, _HINT)
        if size > MAX_SIZE:
            raise ChainruleError("too-long", f"the formula has more than {MAX_SIZE} parts", tree.span, _HINT)


_HINT = "name some of its parts, so that the formula can be written in steps"


def _levels(tree: Tree) -> Iterator[int]:
    """The number of subtrees at each depth. A shared subtree is visited once a level, with how often it stands there."""
    level: dict[int, tuple[Tree, int]] = {id(tree): (tree, 1)}
    while level:
        yield sum(count for _, count in level.values())
        below: dict[int, tuple[Tree, int]] = {}
        for parent, count in level.values():
            for child in children(parent):
                below[id(child)] = (child, count + below.get(id(child), (child, 0))[1])
        level = below


def elide(tree: Tree, limit: int = 500, width: int = 12) -> Tree:
    """The tree cut down to about `limit` subtrees, with dots for what is left out.

    Sums and products of more than `width` items keep their beginning and their last; then what is nested too deep goes.
    """
    depth, size = 0, 0
    for count in _levels(tree):
        size += min(count, width ** (depth + 1))
        if size > limit or depth >= MAX_DEPTH // 2:
            return _cut(tree, depth, width)
        depth += 1
    return _cut(tree, depth, width)


def _cut(tree: Tree, depth: int, width: int) -> Tree:
    if depth <= 0:
        return Dots()
    tree = _narrow(tree, width)

    def cut(value: object) -> object:
        if isinstance(value, Tree):
            return _cut(value, depth - 1, width)
        return tuple(map(cut, cast("tuple[object, ...]", value))) if isinstance(value, tuple) else value

    return replace(tree, **{each.name: cut(getattr(tree, each.name)) for each in fields(tree) if each.name != "span"})


def _narrow(tree: Tree, width: int) -> Tree:
    match tree:
        case Sum(signs, terms) if len(terms) > width:
            return Sum((*signs[: width - 2], 1, signs[-1]), (*terms[: width - 2], Dots(), terms[-1]))
        case Product(operator, factors) if len(factors) > width:
            return Product(operator, (*factors[: width - 2], Dots(), factors[-1]))
        case Juxtaposition(items) if len(items) > width:
            return Juxtaposition((*items[: width - 2], Dots(), items[-1]))
        case _:
            return tree
