r"""Ranges of an index: `t = 1, \ldots, 3`, `l \in \{1, 2\}`, `1 \le t \le T` with T given a number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chainrule.graph.dimension import Dimension, dimension
from chainrule.inference.bounds import size_of
from chainrule.inference.members import Range, index_of, whole
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Dots, Juxtaposition, Name, Number, Relation, Tree


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


@dataclass(frozen=True)
class AxisRange:
    """How many values an index has that the text counts, from 0 or from 1, and where it says so."""

    length: Dimension
    start: int
    first: int = 1


def axis_ranges(statements: Iterable[Tree], integers: Mapping[Tree, int]) -> dict[Tree, tuple[AxisRange, ...]]:
    r"""How far each index goes that the text counts, `i = 1, \ldots, n`, `i \in \{0, 1\}`, in the order of the text.

    integers: names that are given as whole numbers.
    """
    found: dict[Tree, tuple[AxisRange, ...]] = {}
    for statement in statements:
        match statement:
            case Relation(operators=("\\in",), sides=(left, Bracket(kind="{", items=(first, *_, last) as items))):
                letter, numbers = unquantified(left), [index_of(item) for item in items]
                begin = numbers[0][1] if numbers[0] is not None and isinstance(first, Number) else -1
                listed = numbers == [(None, n) for n in range(begin, begin + len(items))]
                if not (_is_range(letter, items[:-1]) and (listed or any(isinstance(i, Dots) for i in items))):
                    continue
                end = size_of(last, integers)
            case Relation(operators=(low, high), sides=(Number(value=value), middle, last)) if (
                low in _UP_TO and high in ("<", *_UP_TO) and value.denominator == 1
            ):
                letter, begin = unquantified(middle), int(value)
                if index_of(letter) != (letter, 0):
                    continue
                end = size_of(last, integers)
                end = end if end is None or high != "<" else end - dimension(1)
            case _:
                continue
        if end is not None and begin in (0, 1):
            own = AxisRange(end - dimension(begin - 1), statement.span.start if statement.span else 0, begin)
            found[letter] = (*found.get(letter, ()), own)
    return found


_UP_TO = ("\\le", "\\leq", "<=")


def range_in(ranges: Sequence[AxisRange], span: Span | None) -> AxisRange | None:
    """The range of an index that holds in a definition: the first one behind it, else the last one before it."""
    behind = [each for each in ranges if span is None or each.start >= span.start]
    return (behind[0] if behind else ranges[-1]) if ranges else None


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
