r"""What an index runs over: `i=1`, `n`; `i=0`, `n-1`; `k`; `i \in \{1, 2, 3\}`, `x \in \mathcal{X}`; `j \ne i`; `i < 4`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.errors import SyntaxFault
from chainrule.graph.dimension import Dimension, dimension
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key, size_symbol, span_text
from chainrule.syntax.tree import BigOperator, Bracket, Dots, Juxtaposition, Number, Product, Relation, Sum, Tree, transform

MOST_NUMBERS = 100_000
"""A range of numbers is refused if it is longer than this."""


@dataclass(frozen=True)
class Range:
    """An index with its numbers, or, where an end is no number, with the first one and how many there are.

    length None: a whole axis, as long as the arrays are. excepted: the one value that is left out, `i` of `j \\ne i`.
    members: the index runs over a set whose elements are no numbers.
    """

    index: Tree
    numbers: tuple[int, ...] | None = None
    start: int = 1
    length: Dimension | None = None
    excepted: Tree | None = None
    members: bool = False


def index_of(tree: BigOperator) -> Tree | None:
    """The index of a sum; None where its lower end names none."""
    first = tree.lower.sides[0] if isinstance(tree.lower, Relation) else tree.lower
    return key(first) if first is not None and could_be_name(first) else None


def is_pair(tree: BigOperator) -> bool:
    """`i < j` below a sum."""
    lower = tree.lower
    pair = isinstance(lower, Relation) and lower.operators == ("<",) and tree.upper is None
    return pair and isinstance(lower, Relation) and all(could_be_name(side) for side in lower.sides)


def pair_of(tree: BigOperator) -> tuple[Tree, Tree]:
    """The i and the j of such a sum."""
    assert isinstance(tree.lower, Relation)
    first, second = tree.lower.sides
    return key(first), key(second)


def read_range(tree: BigOperator, integers: Mapping[Tree, int]) -> Range:
    """The range of a sum, product or extreme. Raises SyntaxFault `unsupported-sum` for what is not read."""
    lower, upper, index = tree.lower, tree.upper, index_of(tree)
    if lower is None:
        raise _refused(tree, f"{span_text(tree.span)} does not say which index it runs over", "write the index: \\sum_i")
    if index is None:
        hint = "number the elements: \\sum_{i=1}^{n} with x_i, y_i"
        raise _refused(tree, f"chainrule reads one index at a time, not {span_text(lower.span)}", hint)
    if not isinstance(lower, Relation):
        return Range(index) if upper is None else _between(tree, index, 1, upper, integers)
    if len(lower.operators) == 1:
        operator, end = lower.operators[0], lower.sides[1]
        first = whole(end, integers)
        if operator == "=" and upper is not None and first is not None:
            return _between(tree, index, first, upper, integers)
        if operator == "\\in" and upper is None:
            return _members(tree, index, end, integers)
        if operator in ("\\ne", "\\neq", "!=") and upper is None:
            return Range(index, excepted=end)
        if operator in ("<", "\\le", "\\leq") and upper is None and first is not None:
            return Range(index, _numbers(tree, 1, first - (operator == "<")))
    hint = "write a sum for each index, with its two ends"
    raise _refused(tree, f"chainrule does not read the range of {span_text(tree.span)}", hint)


def _between(tree: BigOperator, index: Tree, first: int, upper: Tree, integers: Mapping[Tree, int]) -> Range:
    last = whole(upper, integers)
    if last is not None:
        return Range(index, _numbers(tree, first, last))
    size = size_of(upper, integers)
    if size is None:
        hint = "write a number, a name, or a name and a number: n - 1"
        raise _refused(tree, f"chainrule does not read the upper end {span_text(upper.span)}", hint)
    return Range(index, None, first, size - dimension(first - 1))


def _members(tree: BigOperator, index: Tree, members: Tree, integers: Mapping[Tree, int]) -> Range:
    if isinstance(members, Bracket) and members.kind == "[" and len(members.items) == 1:
        return _between(tree, index, 1, members.items[0], integers)
    if isinstance(members, Bracket) and members.kind == "{":
        return listed(tree, index, members.items, integers)
    return Range(index, members=True)


def listed(where: Tree, index: Tree, items: Sequence[Tree], integers: Mapping[Tree, int]) -> Range:
    r"""`\{1, 2, 3\}` and `\{1, \ldots, n\}`. Raises SyntaxFault where the elements are something else."""
    if any(isinstance(item, Dots) for item in items):
        first, last = whole(items[0], integers), items[-1]
        if first is not None and not isinstance(last, Dots) and isinstance(items[-2], Dots):
            between = BigOperator("sum", None, last, last, span=where.span)
            return _between(between, index, first, last, integers)
    numbers = [whole(item, integers) for item in items]
    if None in numbers or not numbers:
        raise _refused(where, f"chainrule reads sets of whole numbers here, not those of {span_text(where.span)}", None)
    return Range(index, tuple(n for n in numbers if n is not None))


def _numbers(where: Tree, first: int, last: int) -> tuple[int, ...]:
    if last < first - 1 or last - first >= MOST_NUMBERS:
        raise _refused(where, f"{span_text(where.span)} runs from {first} to {last}", None)
    return tuple(range(first, last + 1))


def whole(tree: Tree, integers: Mapping[Tree, int]) -> int | None:
    """The whole number that a tree says, with the names that have one put in; None for anything else."""

    def put(part: Tree) -> Tree:
        known = integers.get(key(part)) if could_be_name(part) else None
        return part if known is None else Number(Fraction(known))

    value = number(transform(tree, put))
    return int(value) if value is not None and value.denominator == 1 else None


def size_of(tree: Tree, integers: Mapping[Tree, int]) -> Dimension | None:
    """`n`, `n - 1`, `m + n` as a size; None for anything else."""
    known = whole(tree, integers)
    if known is not None:
        return dimension(known)
    match tree:
        case Bracket(kind="(", items=(item,)):
            return size_of(item, integers)
        case Sum(signs=signs, terms=terms):
            total = dimension(0)
            for sign, term in zip(signs, terms, strict=True):
                size = size_of(term, integers)
                if size is None:
                    return None
                total = total + size * dimension(sign)
            return total
        case Product(operator="\\cdot" | "*" | "·", factors=factors) | Juxtaposition(items=factors):
            product = dimension(1)
            for factor in factors:
                size = size_of(factor, integers)
                if size is None:
                    return None
                product = product * size
            return product
        case _:
            return dimension(size_symbol(tree)) if could_be_name(tree) else None


def size_names(tree: Tree) -> list[Tree]:
    """The names in an end of a range."""
    if could_be_name(tree):
        return [key(tree)]
    return [name for term in tree.terms for name in size_names(term)] if isinstance(tree, Sum) else []


def _refused(where: Tree, message: str, hint: str | None) -> SyntaxFault:
    return SyntaxFault("unsupported-sum", message, where.span, hint)
