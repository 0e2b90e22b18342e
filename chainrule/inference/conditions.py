r"""Conditions and definitions by cases: `n > 0` as 1 or 0, `\begin{cases} .. \end{cases}`."""

from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.resolved import Applied
from chainrule.syntax.tree import CasesTree, Product, Relation, Tree

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


def read_condition(reader: "Reader", relation: Relation) -> Tree:
    """`n > 0` as the number 1 or 0; a chain `a < b < c` is the product of its links."""
    links: list[Tree] = []
    for operator, left, right in zip(relation.operators, relation.sides, relation.sides[1:], strict=False):
        if operator not in COMPARISONS:
            raise SyntaxFault("unsupported-condition", f"{operator} is no comparison of numbers", relation.span)
        sides = (reader.read(left), reader.read(right))
        links.append(Applied(reader.operation(COMPARISONS[operator]), sides, span=relation.span))
    return links[0] if len(links) == 1 else Product("odot", tuple(links), span=relation.span)


def read_cases(reader: "Reader", tree: CasesTree) -> Tree:
    """The value of the first row whose condition holds."""
    rows = tree.rows
    if any(condition is None for _, condition in rows[:-1]):
        raise SyntaxFault("early-otherwise", "only the last row of a definition by cases can be the otherwise", tree.span)
    if rows and rows[-1][1] is not None and not _is_complete(rows):
        message = "the last row of a definition by cases is taken wherever none before it holds"
        reader.note("cases-not-complete", message, tree)
    result: Tree | None = None
    for value, condition in reversed(rows):
        if condition is None or result is None:
            # The last row applies where none before it does; people write its condition out all the same.
            result = reader.read(value)
            continue
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
    return last.operators[0] == opposite or {first.operators[0], last.operators[0]} in ({">", "<"}, {"\\ge", "\\le"})
