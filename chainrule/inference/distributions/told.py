"""What the statements of one problem say of distributions, taken out before anything else is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.supports import Supports, with_tables
from chainrule.syntax.tree import Tree


@dataclass(frozen=True)
class Told:
    """statements: what is left, formulas over a support being tables. supports: the sets of outcomes."""

    statements: tuple[Tree, ...]
    supports: Supports
    diagnostics: tuple[Diagnostic, ...] = ()


def tell(statements: Sequence[Tree], integers: Mapping[Tree, int]) -> Told:
    """What the statements say of distributions. integers: the names that are given whole numbers."""
    kept, supports, notes = with_tables(statements, integers)
    return Told(tuple(kept), supports, tuple(notes))
