r"""Entries that are written otherwise than their array: `x_i1` in plain text for `x_{i1}`, and `\hat{y}_n` for the entries of
`\hat{Y}`, `y_{nk}` for those of Y.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from fractions import Fraction

from chainrule.inference.bounds import index_of
from chainrule.inference.index_form import INDEX_LETTERS, letters_of
from chainrule.inference.literals import is_literal, read_literal
from chainrule.inference.ranks import MATRIX, VECTOR
from chainrule.inference.symbols import could_be_name, key
from chainrule.syntax.tree import (
    Accent,
    BigOperator,
    Juxtaposition,
    Name,
    Number,
    Relation,
    Subscript,
    Tree,
    children,
    transform,
    walk,
)

_WORDS = frozenset(("in",))
_OTHERS = frozenset("pq")
"""Letters that are read as probabilities where one index stands below them."""


def with_entries(statements: Iterable[Tree]) -> Sequence[Tree]:
    """The statements with such entries as those of their array."""
    listed = list(statements)
    running = frozenset(_running(listed))
    if not running:
        return listed
    listed = [transform(each, lambda tree: _apart(tree, running)) for each in listed]
    arrays = _arrays(listed, running)
    return [transform(each, lambda tree: _spelled(tree, arrays)) for each in listed] if arrays else listed


def _running(statements: Iterable[Tree]) -> Iterator[str]:
    """The indices of sums, and those of one letter on left sides, `p_i = ...`."""
    for statement in statements:
        for part in walk(statement):
            if isinstance(part, BigOperator) and isinstance(index := index_of(part), Name):
                yield index.text
        left = statement.sides[0] if isinstance(statement, Relation) else None
        if isinstance(left, Subscript) and len(left.items) == 1 and left.items[0] in INDEX_LETTERS:
            yield from (item.text for item in left.items if isinstance(item, Name))


def _apart(tree: Tree, running: Set[str]) -> Tree:
    """`x_i1` with the index and the number apart."""
    if not isinstance(tree, Subscript) or len(tree.items) != 1 or not isinstance(item := tree.items[0], Name):
        return tree
    signs = item.text
    if not 2 <= len(signs) <= 3 or signs in _WORDS or running.isdisjoint(signs) or not _is_entry(signs, running):
        return tree
    places = tuple(Number(Fraction(sign), sign) if sign.isdigit() else Name(sign) for sign in signs)
    return replace(tree, items=(Juxtaposition(places, span=item.span),))


def _is_entry(signs: str, running: Set[str]) -> bool:
    return any(sign.isdigit() for sign in signs) and all(sign.isdigit() or sign in running for sign in signs)


def _capital(name: Tree) -> Tree | None:
    """The same name with a capital letter."""
    match name:
        case Name(text=text) if len(text) == 1 and text.isalpha() and text.islower():
            return Name(text.upper())
        case Accent(body=body):
            inside = _capital(body)
            return None if inside is None else key(replace(name, body=inside))
        case _:
            return None


def _arrays(statements: Sequence[Tree], running: Set[str]) -> dict[Tree, Tree]:
    """The arrays of which names with running indices are the entries, by the name without them.

    The small letter stands nowhere but with such indices, and no equation is of it. With one index the array is given as a
    list or a column, or is the computed one that is compared with such a list.
    """
    relations = [each for each in statements if isinstance(each, Relation) and set(each.operators) <= {"=", ":="}]
    heads = {key(each.sides[0]): each.sides[-1] for each in relations if could_be_name(each.sides[0])}
    indexed: dict[Tree, set[int]] = {}
    for statement in statements:
        for part in walk(statement):
            if isinstance(part, Subscript) and (count := _count(part, running)):
                indexed.setdefault(key(part.base), set()).add(count)
    own = {key(side) for each in relations for side in each.sides[:1]}
    defined = {key(side.base) for side in own if isinstance(side, Subscript)}
    bare = {name for each in statements for name in _bare(each, running)}
    found: dict[Tree, Tree] = {}
    for name, counts in indexed.items():
        whole = _capital(name)
        if whole is None or whole not in heads or name in bare or name in defined or len(counts) > 1 or whole in indexed:
            continue
        if (counts == {2} and _may_be_matrix(heads[whole])) or (_letter(name) not in _OTHERS and _is_column(whole, heads)):
            found[name] = whole
    return found


def _may_be_matrix(body: Tree) -> bool:
    """Whether a right side is no number and no list."""
    if not is_literal(body):
        return True
    literal = read_literal(body)
    return literal is not None and MATRIX in literal.kinds


def _is_column(whole: Tree, heads: dict[Tree, Tree]) -> bool:
    """Whether an array is given as a list or a column; a computed one, if that of the same letter without an accent is."""
    body = heads[whole]
    if is_literal(body):
        literal = read_literal(body)
        return literal is not None and VECTOR in literal.kinds and MATRIX not in literal.kinds
    plain = whole.body if isinstance(whole, Accent) else None
    return plain is not None and plain in heads and is_literal(heads[plain]) and _is_column(plain, heads)


def _letter(name: Tree) -> str:
    inside = name.body if isinstance(name, Accent) else name
    return inside.text if isinstance(inside, Name) else ""


def _count(tree: Subscript, running: Set[str]) -> int:
    """How many running indices or numbers a name has below it; 0 where anything else is among them, or no index."""
    places = letters_of(tree)
    letters = [place for place in places if isinstance(place, Name) and place.text in running]
    numbers = [place for place in places if isinstance(place, Number)]
    return len(places) if letters and len(letters) + len(numbers) == len(places) else 0


def _bare(tree: Tree, running: Set[str]) -> Iterator[Tree]:
    """The names that stand without such indices."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Subscript) and _count(part, running):
            continue
        if could_be_name(part):
            yield key(part)
        if isinstance(part, Subscript):
            yield key(part.base)
        waiting.extend(children(part))


def _spelled(tree: Tree, arrays: dict[Tree, Tree]) -> Tree:
    if isinstance(tree, Subscript) and key(tree.base) in arrays:
        return replace(tree, base=replace(arrays[key(tree.base)], span=tree.base.span))
    return tree
