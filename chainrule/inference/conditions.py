r"""Conditions and definitions by cases: `n > 0` as 1 or 0, `\begin{cases} .. \end{cases}`."""

from fractions import Fraction
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.literals import number
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import could_be_name, join_spans, span_text
from chainrule.syntax.tree import Bracket, CasesTree, Font, Juxtaposition, Name, Number, Product, Relation, Subscript, Sum, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

OPPOSITE = {">": "\\le", "<": "\\ge", "\\le": ">", "\\ge": "<", "=": "\\ne", "\\ne": "="}
COMPARISONS = {
    ">": "greater",
    "<": "less",
    "\\ge": "greater_equal",
    "\\geq": "greater_equal",
    "\\le": "less_equal",
    "\\leq": "less_equal",
    ">=": "greater_equal",
    "<=": "less_equal",
    "=": "equal",
    "==": "equal",
    "\\ne": "not_equal",
    "\\neq": "not_equal",
    "!=": "not_equal",
}


INDICATORS = (Name("I"), Font("mathbb", Name("I")), Font("mathbf", Name("I")))
ZERO = Number(Fraction(0))

MOST_JOINED, MOST_EITHER = 64, 8
"""How many numbers a set in a condition may have, and how many conditions one join of them."""


def read_condition(reader: "Reader", relation: Relation) -> Tree:
    """`n > 0` as the number 1 or 0; a chain `a < b < c` is the product of its links, "or" the sum less the product."""
    for join, combined in (("\\vee", _either), ("\\wedge", _both)):
        at = next((i for i, operator in enumerate(relation.operators) if operator == join), None)
        if at is not None:
            if sum(operator == join for operator in relation.operators) > MOST_EITHER:
                raise SyntaxFault("too-large", f"{span_text(relation.span)} joins too many conditions", relation.span)
            left, right = (_part(relation, 0, at), _part(relation, at + 1, len(relation.operators)))
            return combined(reader.read(left), reader.read(right), relation)
    _refuse_conditions_as_factors(relation)
    links: list[Tree] = []
    for operator, left, right in zip(relation.operators, relation.sides, relation.sides[1:], strict=False):
        if operator == "\\in":
            links.append(_membership(reader, left, right, relation))
            continue
        if operator not in COMPARISONS:
            raise SyntaxFault("unsupported-condition", f"{operator} is no comparison of numbers", relation.span)
        sides = (reader.read(left), reader.read(right))
        links.append(Applied(reader.operation(COMPARISONS[operator]), sides, span=relation.span))
    return links[0] if len(links) == 1 else Product("odot", tuple(links), span=relation.span)


def _part(relation: Relation, first: int, last: int) -> Tree:
    """The sides from one place to another, as a relation of their own."""
    sides = relation.sides[first : last + 1]
    return sides[0] if len(sides) == 1 else Relation(relation.operators[first:last], sides, span=join_spans(sides))


def _both(left: Tree, right: Tree, relation: Relation) -> Tree:
    return Product("odot", (left, right), span=relation.span)


def _refuse_conditions_as_factors(relation: Relation) -> None:
    r"""Raise SyntaxFault for `x > 0 \\quad (z > 1)`: two conditions, and not x compared with a product."""
    for part in (part for side in relation.sides if isinstance(side, Juxtaposition) for part in side.items):
        if isinstance(part, Bracket) and part.kind == "(" and any(isinstance(item, Relation) for item in part.items):
            message = f"{span_text(part.span)} stands beside a condition, which does not say how the two are joined"
            raise SyntaxFault("unsupported-condition", message, part.span, "write \\wedge for and, \\vee for or")


def _either(left: Tree, right: Tree, relation: Relation) -> Tree:
    return Sum((1, 1, -1), (left, right, _both(left, right, relation)), span=relation.span)


def _membership(reader: "Reader", left: Tree, interval: Tree, relation: Relation) -> Tree:
    """`x \\in [0, 1]`, `x \\in (0, 1)`, `y \\in \\{0, 2\\}`. Raises SyntaxFault for other sets."""
    if isinstance(interval, Bracket) and interval.kind == "{" and interval.items:
        numbers = [number(item) for item in interval.items]
        if None in numbers or len(set(numbers)) < len(numbers) or len(numbers) > MOST_JOINED:
            message = f"{span_text(interval.span)} is not a set of at most {MOST_JOINED} different numbers"
            raise SyntaxFault("unsupported-condition", message, relation.span, "write 0 \\le x \\le 1")
        equal = (Relation(("=",), (left, item), span=relation.span) for item in interval.items)
        return Sum((1,) * len(numbers), tuple(read_condition(reader, each) for each in equal), span=relation.span)
    if not (isinstance(interval, Bracket) and interval.kind in "[(" and len(interval.items) == 2):
        message = f"{span_text(interval.span)} is no interval and no list of numbers"
        raise SyntaxFault("unsupported-condition", message, relation.span, "write 0 \\le x \\le 1")
    below = "\\le" if interval.kind == "[" else "<"
    low, high = interval.items
    return read_condition(reader, Relation((below, below), (low, left, high), span=relation.span))


def read_indicator(reader: "Reader", item: Tree, bracket: Bracket) -> Tree | None:
    """`\\mathbb{1}[n > 0]`, `\\mathbf 1\\{..\\}`, `I(y = k)`, 1 where all conditions hold, else 0; None for anything else."""
    body = item.body if isinstance(item, Font) else item
    one = isinstance(body, Number) and body.value == 1
    if not (one or (item in INDICATORS and not reader.knows(item))):
        return None
    if not bracket.items or not all(isinstance(each, Relation) for each in bracket.items):
        return None
    conditions = tuple(reader.read(each) for each in bracket.items)
    return conditions[0] if len(conditions) == 1 else Product("odot", conditions, span=bracket.span)


def read_marked(reader: "Reader", tree: Subscript) -> Tree | None:
    """`\\mathbb{1}_{n > 0}` and the positive part `[z]_+`, `(z)_+`; None for other subscripts."""
    base, items = tree.base, tree.items
    if len(items) == 1 and isinstance(items[0], Bracket) and items[0].kind in "({":
        items = items[0].items
    if all(isinstance(item, Relation) for item in items):
        return read_indicator(reader, base, Bracket("[", items, span=tree.span))
    if items != (Name("+"),) or could_be_name(base):
        return None
    inside = base.items[0] if isinstance(base, Bracket) and base.kind in "([{" and len(base.items) == 1 else base
    return Applied(reader.operation("max"), (ZERO, reader.read(inside)), span=tree.span)


def read_cases(reader: "Reader", tree: CasesTree) -> Tree:
    """The value of the first row whose condition holds."""
    rows = tree.rows
    if len(rows) > MOST_JOINED:
        raise SyntaxFault("too-large", f"a definition by {len(rows)} cases is too long", tree.span)
    if any(condition is None for _, condition in rows[:-1]):
        raise SyntaxFault("early-otherwise", "only the last row of a definition by cases can be the otherwise", tree.span)
    complete = bool(rows) and (rows[-1][1] is None or _is_complete(rows))
    if not complete:
        message = "nothing says what holds where no condition of this definition by cases does: there is no value there"
        reader.note("cases-not-complete", message, tree)
    result: Tree | None = None
    for value, condition in reversed(rows):
        if result is None:
            # The last row applies where none before it does where people write its condition out all the same.
            result = reader.read(value)
            if condition is not None and not complete:
                held = (reader.read(condition), result)
                result = Applied(reader.operation("last_case"), held, span=tree.span)
            continue
        assert condition is not None
        result = Applied(reader.operation("where"), (reader.read(condition), reader.read(value), result), span=tree.span)
    if result is None:
        raise SyntaxFault("empty-cases", "a definition by cases needs at least one row", tree.span)
    return result


def _is_complete(rows: tuple[tuple[Tree, Tree | None], ...]) -> bool:
    """Whether two conditions leave nothing out as they are written: `x > 0` and `x \\le 0`, or `x < 0`."""
    if len(rows) != 2:
        return False
    first, last = rows[0][1], rows[1][1]
    if (
        not (isinstance(first, Relation) and isinstance(last, Relation))
        or len(first.operators) != 1
        or first.sides != last.sides
    ):
        return False
    opposite = OPPOSITE.get(first.operators[0])
    return last.operators[0] == opposite or {first.operators[0], last.operators[0]} == {"\\ge", "\\le"}
