r"""Names with an index: `h_{t-1}` is a member of the family `h_·`, at t - 1; `W^{(2)}` one of `W^{(·)}`, at 2."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import cast

from chainrule.inference.bounds import index_of as letter_of_sum
from chainrule.inference.symbols import could_be_name, key
from chainrule.syntax.tree import (
    Accent,
    BigOperator,
    Bracket,
    Font,
    Juxtaposition,
    Name,
    Number,
    Prime,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    children,
    walk,
)

STEPS = frozenset((*map(Name, "ijklmnrst"), Name("\\ell"), Name("\\tau")))
"""Letters that can be the index of a definition for every value of it."""
MARK = Name("·")
"""What stands in the place of the index in a family."""
Range = range | tuple[int, ...]


@dataclass(frozen=True)
class Member:
    """`h_{t-1}`: family `h_·`, letter t, number -1; `h_2`: letter None, number 2. `layer`: the index is a superscript."""

    family: Tree
    letter: Tree | None
    number: int
    layer: bool = False


def index_of(tree: Tree) -> tuple[Tree | None, int] | None:
    """The letter and the number of an index `2`, `t`, `t-1`, `1+t`; None for anything else."""
    match tree:
        case Number(value=value) if value.denominator == 1:
            return None, int(value)
        case Name(text=text) if (len(text) == 1 and text.isalpha()) or text in ("\\ell", "\\tau"):
            return tree, 0
        case Sum(signs=(1, sign), terms=(Name() as letter, Number(value=value))) if value.denominator == 1:
            return (letter, sign * int(value)) if index_of(letter) else None
        case Sum(signs=(1, 1), terms=(Number() as number, Name() as letter)):
            return index_of(Sum((1, 1), (letter, number)))
        case _:
            return None


def members(name: Tree) -> Iterator[Member]:
    """The families that a name belongs to, one for each of its indices, the outermost last."""
    match name:
        case Accent(body=body) | Font(body=body):
            yield from (replace(m, family=replace(name, body=m.family)) for m in members(body))
        case Prime(base=base):
            yield from (replace(m, family=replace(name, base=m.family)) for m in members(base))
        case Subscript(base=base, items=items):
            yield from (replace(m, family=replace(name, base=m.family)) for m in members(base))
            for i, item in enumerate(items):
                found = index_of(item)
                if found is not None:
                    yield Member(replace(name, items=(*items[:i], MARK, *items[i + 1 :])), *found)
        case Superscript(base=base, exponent=Bracket(items=(item,)) as exponent):
            yield from (replace(m, family=replace(name, base=m.family)) for m in members(base))
            found = index_of(item)
            if found is not None:
                marked = replace(exponent, items=(MARK,))
                yield Member(replace(name, exponent=marked), *found, layer=True)
                if isinstance(base, Subscript) and all(isinstance(i, Number) or i in STEPS for i in base.items):
                    # The entry `h_i^{(t)}` belongs to the whole `h^{(t)}`.
                    yield Member(replace(name, base=base.base, exponent=marked), *found, layer=True)
        case _:
            return


def indexed_names(
    tree: Tree, integers: Mapping[Tree, int], bound: Mapping[Tree, Range] | None = None
) -> Iterator[tuple[Tree, Mapping[Tree, Range]]]:
    """The names with indices in a tree, outermost first, each with the indices that sums around it run over."""
    around = bound or {}
    if isinstance(tree, BigOperator):
        index = _index(tree)
        inside = {**around, index: _bounds(tree, integers)} if index is not None else around
        yield from indexed_names(tree.body, integers, inside)
        return
    name = without_transpose(tree)
    if isinstance(name, Subscript | Superscript) and any(True for _ in members(name)):
        yield name, around
        base = name.base
        while isinstance(base, Subscript | Superscript | Prime):
            base = base.base
        waiting = [base]
    else:
        waiting = list(children(tree))
    for child in waiting:
        yield from indexed_names(child, integers, around)


def _bounds(tree: BigOperator, integers: Mapping[Tree, int]) -> Range:
    """The numbers of a sum from 1 to 3; nothing where a bound has no number."""
    lower, upper = tree.lower, tree.upper
    if isinstance(lower, Relation) and lower.operators == ("=",) and upper is not None:
        first, last = whole(lower.sides[1], integers), whole(upper, integers)
        if first is not None and last is not None:
            return range(first, last + 1)
    return ()


def whole(tree: Tree, integers: Mapping[Tree, int]) -> int | None:
    """The number of `3`, and of `T` and `T-1` where T is given one."""
    found = index_of(tree)
    if found is None:
        return None
    letter, number = found
    if letter is None:
        return number
    return integers[letter] + number if letter in integers else None


def without_transpose(tree: Tree) -> Tree:
    r"""`W^{(2)}` of `W^{(2)\top}`."""
    if isinstance(tree, Superscript) and isinstance(tree.exponent, Juxtaposition) and len(tree.exponent.items) == 2:
        layer = tree.exponent.items[0]
        return replace(tree, exponent=layer) if isinstance(layer, Bracket) else tree
    return tree


def at_index(letter: Tree, offset: int) -> Tree:
    """`t`, `t+1`, `t-2` as a tree."""
    if not offset:
        return letter
    return Sum((1, 1 if offset > 0 else -1), (letter, Number(Fraction(abs(offset)), str(abs(offset)))))


def put_index(tree: Tree, letter: Tree, value: int, instead: Tree | None = None) -> Tree:
    """The tree with a number in the place of an index, or another letter and the number; arithmetic on it is done.

    Inside a sum over the same letter nothing is replaced.
    """
    if isinstance(tree, BigOperator) and _index(tree) == letter:
        return tree
    found = index_of(tree)
    if found is not None and found[0] == letter:
        at = value + found[1]
        return replace(Number(Fraction(at), str(at)) if instead is None else at_index(instead, at), span=tree.span)
    values: dict[str, object] = {each.name: getattr(tree, each.name) for each in fields(tree) if each.name != "span"}
    # The t of `t_1` and `\\hat t` is the letter of a name of its own.
    named = isinstance(tree, Accent | Font | Prime | Subscript) or (
        isinstance(tree, Superscript) and isinstance(tree.exponent, Bracket)
    )
    kept = ("base", "body") if named else ()
    new = {
        name: part if name in kept and part == letter else _put(part, letter, value, instead) for name, part in values.items()
    }
    changed = any(new[name] is not part for name, part in values.items())
    return type(tree)(**new, span=tree.span) if changed else tree  # pyright: ignore[reportArgumentType]


def _put(part: object, letter: Tree, value: int, instead: Tree | None) -> object:
    if isinstance(part, Tree):
        return put_index(part, letter, value, instead)
    if isinstance(part, tuple):
        items = cast("tuple[object, ...]", part)
        new = tuple(_put(item, letter, value, instead) for item in items)
        return items if all(a is b for a, b in zip(new, items, strict=True)) else new
    return part


def _index(tree: BigOperator) -> Tree | None:
    """The index of a sum."""
    return tree.lower.sides[0] if isinstance(tree.lower, Relation) else tree.lower


def numbered(statements: Sequence[Tree], known: frozenset[Tree], integers: Mapping[Tree, int]) -> dict[Tree, Tree]:
    r"""The members that a given number picks, each with the name it stands for: `u_o` for `u_2` where o = 2.

    A letter that a sum runs over picks none, and neither does one below a name that is known itself.
    """
    parts = [part for statement in statements for part in walk(statement)]
    running = {letter_of_sum(part) for part in parts if isinstance(part, BigOperator)}
    found: dict[Tree, Tree] = {}
    for part in parts:
        if isinstance(part, Subscript) and len(part.items) == 1 and could_be_name(part):
            at, own = key(part.items[0]), key(part)
            if (
                at not in integers
                or at in running
                or {own, key(part.base)} & known
                or not isinstance(at, Name)
                or len(at.text) > 1
            ):
                continue
            whole = key(Subscript(part.base, (Number(Fraction(integers[at]), str(integers[at])),), span=part.span))
            if whole in known:
                found[own] = whole
    return found
