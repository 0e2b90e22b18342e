"""What the statements of one problem say of distributions, taken out before anything else is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.families import Instance, instance_of, outcomes_of, parts_of
from chainrule.inference.distributions.formulas import EQUALS, Formula, quantity_in, read_formula
from chainrule.inference.distributions.labels import Table
from chainrule.inference.distributions.notation import bracket_of_call, written
from chainrule.inference.distributions.supports import Supports, with_support_tables
from chainrule.inference.literals import read_literal
from chainrule.inference.statements import ABOUT, Claim
from chainrule.inference.symbols import could_be_name, is_conditional, is_probability, key
from chainrule.syntax.tree import Bracket, Call, Font, Juxtaposition, Name, Relation, Tree, children

SAYS = frozenset({"\\sim", "∼", "~", "=", ":=", "\\equiv"})


@dataclass(frozen=True)
class Told:
    """statements: what is left, formulas over a support being tables. supports: the sets of outcomes. families: the names that
    are members of a family, `P` and `q(z)`; tables: the outcomes of those that have finitely many.
    """

    statements: tuple[Tree, ...]
    supports: Supports = field(default_factory=Supports)
    families: Mapping[Tree, Instance] = field(default_factory=dict[Tree, Instance])
    tables: Mapping[Tree, Table] = field(default_factory=dict[Tree, Table])
    formulas: Mapping[str, Formula] = field(default_factory=dict[str, Formula])
    claims: tuple[Claim, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def tell(statements: Sequence[Tree], integers: Mapping[Tree, int]) -> Told:
    """What the statements say of distributions. integers: the names that are given whole numbers."""
    spoken, formulas, claims, said = _without_formulas(statements)
    kept, supports, notes = with_support_tables(spoken, integers)
    families: dict[Tree, Instance] = {}
    tables: dict[Tree, Table] = {}
    left: list[Tree] = []
    for statement in kept:
        named = _named(statement)
        if named is None:
            left.append(statement)
            continue
        name, instance = named
        base = name.items[0] if isinstance(name, Juxtaposition) else name
        table = outcomes_of(instance, integers) if is_probability(base) else None
        if table is not None:
            tables[base] = table
            families[base] = instance
            left.append(Relation(("=",), (base, _rewritten(instance)), span=statement.span))
            continue
        families[name] = instance
        families.setdefault(base, instance)
        if name == base and any(name in _values(other) for other in kept if other is not statement):
            left.append(statement)
    return Told(tuple(left), supports, families, tables, formulas, tuple(claims), (*said, *notes))


def _without_formulas(
    statements: Sequence[Tree],
) -> tuple[list[Tree], dict[str, Formula], list[Claim], list[Diagnostic]]:
    """The statements without formulas of quantities and values that they are said to have, which are claims."""
    kept: list[Tree] = []
    formulas: dict[str, Formula] = {}
    claims: list[Claim] = []
    notes: list[Diagnostic] = []
    for statement in statements:
        found = read_formula(statement)
        if isinstance(found, Formula):
            formulas.setdefault(found.quantity, found)
        elif (claimed := _claimed(statement)) is not None:
            kept += claimed[0]
            claims += [claim for claim in claimed[1] if isinstance(claim, Claim)]
            for formula in (each for each in claimed[1] if isinstance(each, Formula)):
                formulas.setdefault(formula.quantity, formula)
        else:
            kept.append(statement)
            notes += [] if found is None else [found]
    return kept, formulas, claims, notes


def _claimed(statement: Tree) -> tuple[list[Tree], list[Claim | Formula]] | None:
    r"""`D_{KL}(P \| Q) = 0.09` and `L = D_{KL}(P \| Q) = 0.09`: what defines something, and what is only said."""
    if not isinstance(statement, Relation) or not set(statement.operators) <= EQUALS | ABOUT:
        return None
    sides = statement.sides
    at = next((i for i, side in enumerate(sides[:-1]) if (w := quantity_in(side)) is not None and w.plainly), None)
    if at is None or (at == 0 and not all(read_literal(side) is not None for side in sides[1:])):
        return None
    about = [operator in ABOUT for operator in statement.operators]
    claims: list[Claim | Formula] = []
    for i, side in enumerate(sides[at + 1 :], at):
        formula = read_formula(Relation(("=",), (sides[at], side)))
        claim = Claim(sides[at], side, side.span, identity=True, approximate=about[i])
        claims.append(formula if isinstance(formula, Formula) else claim)
    defined = Relation(statement.operators[:at], sides[: at + 1], span=statement.span)
    return ([defined] if at else []), claims


def _rewritten(instance: Instance) -> Tree:
    """The member with the name of its family as nothing else is read."""
    _, bracket = parts_of(instance.tree)
    letter = instance.families[0].letter
    letter = Font("mathcal", letter) if isinstance(letter, Name) and len(letter.text) == 1 else letter
    return instance.tree if bracket is None else Juxtaposition((letter, bracket), span=instance.tree.span)


def _values(statement: Tree) -> set[Tree]:
    """The names that a statement computes with, those in the brackets of quantities left out."""
    found: set[Tree] = set()
    waiting = [statement] if isinstance(statement, Relation) else []
    while waiting:
        tree = waiting.pop()
        if could_be_name(tree):
            found.add(key(tree))
        if isinstance(tree, Juxtaposition):
            pairs = zip(tree.items, (*tree.items[1:], None), strict=True)
            quantities = {id(after) for item, after in pairs if after is not None and written(item, after) is not None}
            waiting += [item for item in tree.items if id(item) not in quantities]
        elif not (isinstance(tree, Call) and written(tree.function, bracket_of_call(tree)) is not None):
            waiting += children(tree)
    return found


def _named(statement: Tree) -> tuple[Tree, Instance] | None:
    r"""The name and the member of `P \sim \mathcal{N}(0, 1)` and `q(z \mid x) = \mathcal{N}(z; \mu, 1)`."""
    match statement:
        case Relation(operators=(operator,), sides=(name, right)) if operator in SAYS and _could_be_distribution(name):
            plainly = operator not in ("=", ":=", "\\equiv") or _is_of_probability(name)
            instance = instance_of(right, plainly=plainly)
            return None if instance is None else (key(name), instance)
        case _:
            return None


def _could_be_distribution(name: Tree) -> bool:
    return could_be_name(name) or is_conditional(name) or _is_of_probability(name)


def _is_of_probability(name: Tree) -> bool:
    """`P`, `p(z)`, `q_\\phi(z \\mid x)`."""
    match name:
        case Juxtaposition(items=(base, Bracket(kind="(", items=items))) if all(map(could_be_name, items)):
            return is_probability(base)
        case _:
            return could_be_name(name) and is_probability(name)
