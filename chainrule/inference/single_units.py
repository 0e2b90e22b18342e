r"""Entries in general of what has one: with `b = 0.3` the `z_j = \sum_i W_{ji} a_i + b_j` is one number, for W of one row.

And definitions of all entries of a derivative: `\delta_j = \partial C / \partial z_j` is `\delta = \partial C / \partial z`.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from fractions import Fraction

from chainrule.errors import ShapeError
from chainrule.inference.literals import is_literal, number, read_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.syntax.tree import (
    BigOperator,
    Derivative,
    Juxtaposition,
    Name,
    Number,
    Relation,
    Subscript,
    Superscript,
    Tree,
    transform,
    walk,
)

_ONE = Number(Fraction(1), "1")


def with_single_units(statements: Sequence[Tree]) -> list[Tree]:
    """The statements, such definitions without their index."""
    found = [_whole_derivative(tree) for tree in statements]
    equations = [tree for tree in found if isinstance(tree, Relation) and tree.operators == ("=",)]
    given = {key(tree.sides[0]): tree.sides[1] for tree in equations if is_literal(tree.sides[1])}
    single = {name for name, value in given.items() if could_be_name(name) and number(value)}  # 0 may be an array
    computed: set[Tree] = set()
    heads = [(entry, tree) for tree in equations if (entry := _entry(tree.sides[0])) is not None and len(entry[1]) == 1]
    while True:
        known = single | computed
        more = {
            name
            for (name, (j,)), tree in heads
            if _has_entry(tree.sides[1], j, known) and _fits(tree.sides[1], j, given, known | {name})
        }
        if more <= computed:
            break
        computed |= more
    return [_without_index(tree, single, computed, given) for tree in found] if computed else found


def _entry(tree: Tree) -> tuple[Tree, tuple[Tree, ...]] | None:
    """The `z^{(2)}` and the j of `z^{(2)}_j`, where letters are the indices."""
    upper = tree if isinstance(tree, Superscript) else None
    lower = upper.base if upper is not None else tree
    if not isinstance(lower, Subscript):
        return None
    whole = replace(upper, base=lower.base) if upper is not None else lower.base
    listed = lower.items[0].items if len(lower.items) == 1 and isinstance(lower.items[0], Juxtaposition) else lower.items
    letters = all(isinstance(item, Name) and len(item.text) == 1 and item.text.islower() for item in listed)
    return (key(whole), tuple(listed)) if letters and could_be_name(whole) else None


def _has_entry(tree: Tree, index: Tree, names: Set[Tree]) -> bool:
    entries = (entry for part in walk(tree) if (entry := _entry(part)) is not None)
    return any(whole in names and indices == (index,) for whole, indices in entries)


def _fits(tree: Tree, index: Tree, given: Mapping[Tree, Tree], known: Set[Tree]) -> bool:
    """Whether each array of this index is known to have one entry or row of it."""
    entries = (entry for part in walk(tree) if (entry := _entry(part)) is not None)
    used = {(whole, indices) for whole, indices in entries if index in indices}
    return all(
        (whole in known and indices == (index,)) or (whole in given and indices.index(index) == 0 and _rows(given[whole]) == 1)
        for whole, indices in used
    )


def _rows(value: Tree) -> int:
    """How many rows a literal has, 1 of a number."""
    try:
        literal = read_literal(value)
    except ShapeError:
        return 0
    return len(literal.rows) if literal is not None else 0


def _without_index(tree: Tree, single: Set[Tree], computed: Set[Tree], given: Mapping[Tree, Tree]) -> Tree:
    if not isinstance(tree, Relation):
        return tree
    head = _entry(tree.sides[0])
    if head is not None and len(head[1]) == 1 and head[0] in computed:
        return transform(tree, lambda part: _first(part, head[1][0], single | computed, given))
    return transform(tree, lambda part: _summed(part, single, computed, given))


def _summed(part: Tree, single: Set[Tree], computed: Set[Tree], given: Mapping[Tree, Tree]) -> Tree:
    """The term of a sum over all entries of what has one."""
    if not isinstance(part, BigOperator) or part.operator != "sum" or part.upper is not None:
        return part
    if part.lower is None or not _has_entry(part.body, part.lower, computed):
        return part
    if not _fits(part.body, part.lower, given, single | computed):
        return part
    return transform(part.body, lambda each: _first(each, part.lower, single | computed, given))


def _first(part: Tree, index: Tree | None, names: Set[Tree], given: Mapping[Tree, Tree]) -> Tree:
    """The only entry of a name, and of a matrix the one row that it has."""
    entry = _entry(part)
    if entry is None or index not in entry[1]:
        return part
    whole, indices = entry
    upper = part if isinstance(part, Superscript) else None
    lower = upper.base if upper is not None else part
    assert isinstance(lower, Subscript)
    if indices == (index,) and whole in names:
        return replace(upper, base=lower.base) if upper is not None else lower.base
    if len(indices) == 2 and indices[0] == index and whole in given and _rows(given[whole]) == 1:
        kept = replace(lower, items=(_ONE, indices[1]))
        return replace(upper, base=kept) if upper is not None else kept
    return part


def _whole_derivative(tree: Tree) -> Tree:
    """`D = \\partial C / \\partial z` of `D_j = \\partial C / \\partial z_j`."""
    if not isinstance(tree, Relation) or tree.operators not in (("=",), (":=",)) or not isinstance(tree.sides[1], Derivative):
        return tree
    head, slope = tree.sides
    if not isinstance(slope, Derivative) or len(slope.by) != 1 or slope.of is None:
        return tree
    if not could_be_name(slope.of) or _entry(slope.of) is not None:
        return tree
    own, by = _entry(head), _entry(slope.by[0])
    if own is None or by is None or own[1] != by[1] or len(set(own[1])) != len(own[1]):
        return tree
    return replace(tree, sides=(_bare(head), replace(slope, by=(_bare(slope.by[0]),))))


def _bare(tree: Tree) -> Tree:
    lower = tree.base if isinstance(tree, Superscript) else tree
    assert isinstance(lower, Subscript)
    return replace(tree, base=lower.base) if isinstance(tree, Superscript) else lower.base
