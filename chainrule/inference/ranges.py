r"""Ranges of an index: `t = 1, \ldots, 3`, `l \in \{1, 2\}`, `1 \le t \le T` with T given a number."""

from collections.abc import Iterable, Mapping

from chainrule.graph.dimension import Dimension, dimension
from chainrule.inference.members import Range, index_of, whole
from chainrule.inference.symbols import size_symbol
from chainrule.syntax.tree import Bracket, Dots, Juxtaposition, Name, Relation, Tree


def range_of(statement: Tree, integers: Mapping[Tree, int]) -> tuple[Tree, Range | None] | None:
    """The index that a statement gives a range and the numbers of it, None where an end has no value.

    None for a statement that gives no range.
    """
    match statement:
        case Relation(operators=("\\in",), sides=(left, Bracket(kind="{", items=items))) if items:
            letter = unquantified(left)
            return (letter, _listed(items, integers)) if _is_range(letter, items) else None
        case Relation(operators=operators, sides=(low, middle, high)) if set(operators) <= {"\\le", "\\leq", "<", "<="}:
            letter = unquantified(middle)
            if index_of(letter) != (letter, 0) or whole(low, integers) is None or index_of(high) is None:
                return None
            first, last = whole(low, integers), whole(high, integers)
            if first is None or last is None:
                return letter, None
            strict = [operator == "<" for operator in operators]
            return letter, range(first + strict[0], last + 1 - strict[1])
        case _:
            return None


def axis_ranges(statements: Iterable[Tree]) -> dict[Tree, Dimension]:
    r"""How far an index goes that the text counts from 1, `i = 1, \ldots, n`, as a dimension."""
    found: dict[Tree, Dimension] = {}
    for statement in statements:
        match statement:
            case Relation(operators=("\\in",), sides=(left, Bracket(kind="{", items=(first, *_, last) as items))):
                letter = unquantified(left)
                numbers = [index_of(item) for item in items]
                complete = numbers == [(None, n) for n in range(1, len(items) + 1)] or any(isinstance(i, Dots) for i in items)
                if _is_range(letter, items) and index_of(first) == (None, 1) and complete:
                    found[letter] = _dimension(last)
            case _:
                pass
    return found


def _dimension(end: Tree) -> Dimension:
    letter, number = index_of(end) or (None, 0)
    return dimension(number) if letter is None else dimension(size_symbol(letter)) + dimension(number)


def unquantified(tree: Tree) -> Tree:
    r"""The i of `\forall i`."""
    if isinstance(tree, Juxtaposition) and tree.items[0] == Name("\\forall") and len(tree.items) == 2:
        return tree.items[1]
    return tree


def _is_range(letter: Tree, items: Iterable[Tree]) -> bool:
    found = index_of(letter)
    return found is not None and found == (letter, 0) and all(isinstance(i, Dots) or index_of(i) is not None for i in items)


def _listed(items: tuple[Tree, ...], integers: Mapping[Tree, int]) -> Range | None:
    """`1, \\ldots, 3`, `1, 2, \\ldots, T` or every number written out; `1, 2, \\ldots` has no end."""
    if isinstance(items[-1], Dots):
        return None
    numbers = [whole(item, integers) for item in items if not isinstance(item, Dots)]
    known = tuple(number for number in numbers if number is not None)
    if len(known) < len(numbers):
        return None
    if len(known) == len(items):
        return known
    start = known[:-1]
    counts = bool(start) and start == tuple(range(known[0], known[0] + len(start)))
    return range(known[0], known[-1] + 1) if counts else None
