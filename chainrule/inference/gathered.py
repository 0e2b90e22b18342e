"""What the statements of one problem were found to say, while they are gathered and typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from chainrule.errors import Diagnostic
from chainrule.inference.declarations import Declaration, Declared, Ranked
from chainrule.inference.distributions.formulas import Formula
from chainrule.inference.distributions.labels import Table
from chainrule.inference.resolve import Reader
from chainrule.inference.statements import (
    Claim,
    Definition,
    Given,
)
from chainrule.inference.symbols import Symbol
from chainrule.syntax.tree import (
    Tree,
    walk,
)


@dataclass(frozen=True)
class Resolved:
    """A definition whose names are known."""

    name: Tree
    body: Tree
    written: Definition

    @cached_property
    def mentions(self) -> tuple[Tree, ...]:
        """The names in the body."""
        return tuple(dict.fromkeys(part.name for part in walk(self.body) if isinstance(part, Symbol)))


@dataclass
class Gathered:
    """order: every name by its first place in the text; spellings: how it stands there.

    tables: what the outcomes of the distributions that have a table are called.
    has_distributions: whether the text speaks of distributions, whose outcomes are counted. asked: quantities of them that no
    equation has, resolved. formulas: those of quantities of the table that the text writes out.
    indices: letters that pick a part of an array in a derivative that is asked for, `\\partial A_{*,j}`.
    """

    reader: Reader
    equations: list[Resolved] = field(default_factory=list[Resolved])
    givens: dict[Tree, Given] = field(default_factory=dict[Tree, Given])
    declarations: dict[Tree, Declaration] = field(default_factory=dict[Tree, Declaration])
    order: list[Tree] = field(default_factory=list[Tree])
    spellings: dict[Tree, str] = field(default_factory=dict[Tree, str])
    scalars: frozenset[Tree] = frozenset()
    broken: dict[Tree, Diagnostic] = field(default_factory=dict[Tree, Diagnostic])
    indices: tuple[Tree, ...] = ()
    claims: list[Claim] = field(default_factory=list[Claim])
    tables: dict[Tree, Table] = field(default_factory=dict[Tree, Table])
    has_distributions: bool = False
    formulas: Mapping[str, Formula] = field(default_factory=dict[str, Formula])
    asked: list[Tree] = field(default_factory=list[Tree])
    facts: list[Declared] = field(default_factory=list[Declared])
    ranked: list[Ranked] = field(default_factory=list[Ranked])
    overruled: list[Given] = field(default_factory=list[Given])
    """Numbers for names that have a formula."""
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])
