r"""A column before a row: `\mathbf{1} b` with the row b is the matrix each of whose rows is b, and no inner product."""

from collections.abc import Set
from dataclasses import replace

from chainrule.inference.gathered import Gathered, Resolved
from chainrule.inference.givens import rows_among
from chainrule.inference.resolved import Filled
from chainrule.inference.symbols import Symbol
from chainrule.syntax.tree import Product, Tree, transform

OUTER = "otimes"
_OPERATORS = frozenset(("", "cdot", "@"))


def with_outer_products(gathered: Gathered) -> list[Resolved]:
    """The equations, in which a column before a row makes a matrix, as both are written or declared."""
    rows = rows_among(gathered).keys()
    if not rows:
        return gathered.equations
    columns = _columns_among(gathered)
    return [
        replace(each, body=transform(each.body, lambda tree: _with_outer(tree, columns, rows))) for each in gathered.equations
    ]


def _columns_among(gathered: Gathered) -> frozenset[Tree]:
    """The names that are declared or given as one column."""
    declared = (name for name, each in gathered.declarations.items() if each.is_column)
    given = (name for name, each in gathered.givens.items() if each.literal.column)
    return frozenset((*declared, *given))


def _with_outer(tree: Tree, columns: Set[Tree], rows: Set[Tree]) -> Tree:
    if not isinstance(tree, Product) or tree.operator not in _OPERATORS:
        return tree
    factors: list[Tree] = []
    for factor in tree.factors:
        last = factors[-1] if factors else None
        if last is not None and _is_column(last, columns) and isinstance(factor, Symbol) and factor.name in rows:
            span = last.span.to(factor.span) if last.span is not None and factor.span is not None else None
            factors[-1] = Product(OUTER, (last, factor), span=span)
        else:
            factors.append(factor)
    if len(factors) == len(tree.factors):
        return tree
    return replace(factors[0], span=tree.span) if len(factors) == 1 else replace(tree, factors=tuple(factors))


def _is_column(tree: Tree, columns: Set[Tree]) -> bool:
    if isinstance(tree, Filled):
        return tree.kind == "ones" and tree.rank != 2
    return isinstance(tree, Symbol) and tree.name in columns
