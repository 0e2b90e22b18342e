r"""The arguments of quantities: names of tables, vectors, mixtures, numbers that are the parameter of a Bernoulli."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.distributions.events import refuse_events
from chainrule.inference.distributions.families import Instance, instance_of, parts_of, read_member
from chainrule.inference.distributions.joints import drawn
from chainrule.inference.distributions.labels import Table, label_of, variable_of, variables_below
from chainrule.inference.distributions.labels import said as outcome_text
from chainrule.inference.distributions.marginals import Joint
from chainrule.inference.distributions.mixtures import mixture_of
from chainrule.inference.distributions.parametrisations import ONE_WAY, Used
from chainrule.inference.distributions.variables import (
    distribution_of_variables,
    is_variable,
    only_distribution,
    product_of,
    variables_in,
)
from chainrule.inference.literals import ONE, number
from chainrule.inference.resolved import Applied, Entry, Filled
from chainrule.inference.symbols import Symbol, could_be_name, is_conditional, is_pi, is_probability, join_spans, key, span_text
from chainrule.probability.families.discrete import GEOMETRIC
from chainrule.probability.families.family import Family
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Matrix, Name, Number, Product, Relation, Sum, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

ZERO = Number(Fraction(0))
PRODUCTS = ("\\otimes", "⊗", "\\times", "×", "\\cdot", "·", "⋅")


@dataclass(frozen=True)
class Argument:
    """What one argument of a quantity is, its names known.

    symbol: as it is written. body: the resolved vector or matrix of its probabilities; None where the outcomes are not finitely
    many. table: what the outcomes are called, where the text says so. parameters: resolved, of the family, in its order.
    parametrisation: how these were given.
    """

    symbol: Tree
    body: Tree | None
    table: Table | None = None
    family: Family | None = None
    parameters: tuple[Tree, ...] = ()
    parametrisation: Used = ONE_WAY


def read_argument(reader: Reader, tree: Tree) -> Argument:
    """The argument. Raises NameFault and SyntaxFault where it is nothing that could be one."""
    whole = _without_outcome(reader, _unwrapped(tree))
    whole = _drawn(reader, whole) or _only(reader, whole) or whole
    instance = reader.families.get(key(whole)) or instance_of(whole, plainly=True) or _mixture(reader, whole)
    if instance is not None and not _is_own(reader, whole):
        member = read_member(reader, instance)
        if key(whole) in reader.tables:
            member = replace(member, body=reader.read(whole), table=reader.tables[key(whole)])
        return Argument(tree, member.body, member.table, member.family, member.parameters, member.parametrisation)
    joint = _of_variables(reader, whole)
    if joint is not None:
        return Argument(tree, joint.body, joint.table)
    refuse_events(reader, whole)
    body = _pi(reader, whole) or reader.read(whole)
    return Argument(tree, body, table_of(reader, body))


def _pi(reader: Reader, tree: Tree) -> Symbol | None:
    r"""The `\pi` of `H(\pi)`, which is no number where a distribution stands; that it is a name is said."""
    if not is_pi(tree) or reader.knows(tree):
        return None
    said = span_text(tree.span)
    message = f"{said} is the name of a distribution here, and not the number"
    reader.note("pi-is-distribution", message, tree, f"define {said}, or write 3.14159 for the number")
    return Symbol(key(tree), span=tree.span)


def _mixture(reader: Reader, tree: Tree) -> Instance | None:
    """The mixture of members of families that are no tables."""
    known = {name: instance for name, instance in reader.families.items() if name not in reader.tables}
    return mixture_of(tree, known)


def _only(reader: Reader, tree: Tree) -> Tree | None:
    """The one distribution of the text for a random variable of which nothing else is said; that it is taken so is said."""
    name = only_distribution(reader, tree)
    if name is not None:
        of, said = span_text(tree.span), outcome_text(name)
        message = f"nothing says what distribution {of} has: {said} is taken for it, which is the only one of the text"
        reader.note("only-distribution", message, tree, f"say whose it is, {said}_{of} = ...")
    return name


def _drawn(reader: Reader, tree: Tree) -> Tree | None:
    r"""The X of `p_X`, `p(x)` and `p_X(x)` where the text has `X \sim \mathrm{Ber}(0.1)`; None for anything else."""
    head, bracket = tree.items if isinstance(tree, Juxtaposition) and len(tree.items) == 2 else (tree, None)
    if reader.knows(tree) or reader.knows(head) or key(tree) in reader.families or not is_probability(head):
        return None
    inside = bracket.items if isinstance(bracket, Bracket) and bracket.kind == "(" else ()
    variables = variables_below(head) or tuple(map(variable_of, inside))
    alone = len(variables) == 1 and len(inside) < 2 and all(map(could_be_name, inside))
    return variables[0] if alone and variables[0] in reader.families else None


def require_parametrisations(arguments: tuple[Argument, ...]) -> None:
    """Raise NameFault where the text says another parametrisation than there is here, and that matters.

    Geometric distributions that count from 0 and from 1 have the same outcomes under other names, so among themselves they
    have the same entropies and divergences.
    """
    for argument in arguments:
        against = argument.parametrisation.against
        alike = all(other.parametrisation.against == against for other in arguments)
        if against is not None and not (alike and argument.family == GEOMETRIC):
            raise against.fault()


def _of_variables(reader: Reader, tree: Tree) -> Joint | None:
    """The distribution of `X`, or of the variables of `p(x)`, where a joint table has them; None for anything else."""
    if is_variable(reader, tree):
        return distribution_of_variables(reader, (tree,), tree.span)
    below = variables_below(tree) if not reader.knows(tree) else ()
    if below and frozenset(below) <= variables_in(reader):
        return distribution_of_variables(reader, below, tree.span, tree)
    match tree:
        case Product(factors=(first, second), operator=operator) if operator in PRODUCTS:
            return _of_both(reader, first, second, tree.span)
        case Juxtaposition(items=(first, second)) if variables_below(first) and variables_below(second):
            return _of_both(reader, first, second, tree.span)
        case Juxtaposition(items=(first, second, third, fourth)):
            one = Juxtaposition((first, second), span=join_spans((first, second)))
            return _of_both(reader, one, Juxtaposition((third, fourth), span=join_spans((third, fourth))), tree.span)
        case Juxtaposition(items=(name, Bracket(kind="(", items=items, separators=separators))) if (
            is_probability(name) and items and "|" not in separators and not reader.knows(tree)
        ):
            variables = frozenset(map(variable_of, items))
            if all(map(could_be_name, items)) and variables <= variables_in(reader) and len(variables) == len(items):
                return distribution_of_variables(reader, items, tree.span, name)
        case _:
            pass
    return None


def _of_both(reader: Reader, first: Tree, second: Tree, span: Span | None) -> Joint | None:
    """The product of the distributions of two variables."""
    one, other = _of_variables(reader, first), _of_variables(reader, second)
    return None if one is None or other is None else product_of(reader, one, other, span)


def _is_own(reader: Reader, tree: Tree) -> bool:
    """Whether what stands before the bracket is a name of the text, so that `N(0, 1)` is a product."""
    head = parts_of(tree)[0] if isinstance(tree, Juxtaposition) else None
    return head is not None and could_be_name(head) and reader.knows(head)


def _unwrapped(tree: Tree) -> Tree:
    while isinstance(tree, Bracket) and tree.kind == "(" and len(tree.items) == 1:
        tree = tree.items[0]
    return tree


def _without_outcome(reader: Reader, tree: Tree) -> Tree:
    """`P` for `P(x)`, where x is any outcome."""
    if not (isinstance(tree, Juxtaposition) and len(tree.items) == 2):
        return tree
    name, bracket = tree.items
    if not (isinstance(bracket, Bracket) and bracket.kind == "(" and all(map(could_be_name, bracket.items))):
        return tree
    if not could_be_name(name) or reader.knows(tree) or key(tree) in reader.families:
        return tree
    table = reader.tables.get(key(name))
    if table is None:
        return name if key(name) in reader.families else tree
    whole = not table.variables or frozenset(map(variable_of, bracket.items)) == frozenset(table.variables)
    return name if whole and len(bracket.items) == len(table.labels) else tree


def table_of(reader: Reader, body: Tree) -> Table | None:
    """What the entries of a vector are called: as those of the tables it is computed from, entry by entry.

    Raises NameFault where it is computed from tables with other outcomes.
    """
    tables: dict[Tree, Table] = {}
    waiting, seen = [body], set[Tree]()
    while waiting:
        for part in walk(waiting.pop()):
            if not isinstance(part, Symbol) or part.name in seen:
                continue
            seen.add(part.name)
            if part.name in reader.tables:
                tables[part.name] = reader.tables[part.name]
            elif isinstance(body, Symbol) and part.name in reader.bodies and not reader.bodies[part.name].indices:
                waiting.append(reader.read(reader.bodies[part.name].body))
    if len({table.labels for table in tables.values()}) > 1:
        names = " and ".join(span_text(name.span) for name in tables)
        raise NameFault("different-outcomes", f"{names} have different outcomes", body.span)
    first, *others = tables.values() or (None,)
    if first is None:
        return None
    return replace(first, added=tuple(label for label in first.added if all(label in other.added for other in others)))


def on_common_outcomes(arguments: tuple[Argument, ...], span: Span | None) -> tuple[Argument, ...]:
    """The arguments with one order of the outcomes, and probability 0 for those that only another one has.

    Raises NameFault where two have no outcome in common, and nothing says that they are of one kind.
    """
    tables = [argument.table for argument in arguments if argument.table is not None and argument.table.labels]
    axes = [table.labels for table in tables]
    if len(set(axes)) < 2:
        return arguments
    apart = any(len(labels) != 1 or not set(labels[0]) & set(axes[0][0]) for labels in axes)
    if apart and not (all(len(labels) == 1 for labels in axes) and _are_of_one_kind(tables)):
        message = f"{' and '.join(span_text(a.symbol.span) for a in arguments)} are not distributions of the same outcomes"
        hint = "where they are of one random variable say so, P(X) = {...} and Q(X) = {...}: what one does not name is 0 there"
        raise NameFault("different-outcomes", message, span, hint)
    every = tuple(dict.fromkeys(label for (labels,) in axes for label in labels))
    return tuple(_on(argument, every) for argument in arguments)


def _are_of_one_kind(tables: Sequence[Table]) -> bool:
    """Whether the outcomes of tables are numbers, or values of the same random variable: others may be two names of one."""
    variables = {table.variables for table in tables}
    return (len(variables) == 1 and variables != {()}) or all(
        number(label) is not None for table in tables for label in table.labels[0]
    )


def _on(argument: Argument, every: tuple[Tree, ...]) -> Argument:
    """The argument with these outcomes; as it is where it has them, or where nothing says what its outcomes are called."""
    table, body = argument.table, argument.body
    if table is None or body is None or table.labels == (every,):
        return argument
    (own,) = table.labels
    entries = tuple(Entry(body, (own.index(label) + 1,)) if label in own else ZERO for label in every)
    added = (*table.added, *(label for label in every if label not in own))
    listed = Bracket("[", entries, (",",) * (len(entries) - 1), span=body.span)
    return replace(argument, body=listed, table=replace(table, labels=(every,), added=added))


def outcome_of(reader: Reader, tree: Tree) -> Tree | None:
    """The probability that a surprisal is of: a number, `P(A)`, and P(A) for A where one table alone has that outcome."""
    if number(tree) is not None:
        return tree
    match tree:
        case Juxtaposition(items=(name, Bracket())) if could_be_name(name) and key(name) in {*reader.tables, *reader.families}:
            return tree
        case _:
            pass
    if isinstance(tree, Relation) and tree.operators == ("=",):
        return _of_event(reader, tree)
    label = label_of(tree)
    having = [name for name, table in reader.tables.items() if len(table.labels) == 1 and label in table.labels[0]]
    if len(having) != 1 or (could_be_name(tree) and reader.knows(tree)):
        return None
    return Juxtaposition((having[0], Bracket("(", (tree,), span=tree.span)), span=tree.span)


def _of_event(reader: Reader, event: Relation) -> Tree | None:
    """`P(X = 1)` for `X = 1`, where one table alone is of X and has that outcome."""
    variable, label = variable_of(event.sides[0]), label_of(event.sides[1])
    having = [
        name
        for name, table in reader.tables.items()
        if variable in table.variables and len(table.variables) == len(table.labels) and not is_conditional(name)
        if label in table.labels[table.variables.index(variable)]
    ]
    letters = [name.items[0] if isinstance(name, Juxtaposition) else name for name in having]
    alone = drawn(reader, variable) if not having else None
    if alone is not None and alone.table.labels and label in alone.table.labels[0]:
        return Entry(alone.body, (alone.table.labels[0].index(label) + 1,), span=event.span)
    if not having and alone is None and variable in reader.families:
        return Juxtaposition((Name("P"), Bracket("(", (event,), span=event.span)), span=event.span)
    if len(having) != 1:
        return None
    return Juxtaposition((letters[0], Bracket("(", (event,), span=event.span)), span=event.span)


def is_number(reader: Reader, body: Tree) -> bool:
    """Whether a resolved tree is sure to be a number: all its names are, and nothing in it makes an array."""
    for part in walk(body):
        match part:
            case Symbol(name=name):
                if name not in reader.numbers:
                    return False
            case Bracket(kind="[") | Matrix() | Filled():
                return False
            case Applied(function=function) if function.signature.split("->")[1].strip() not in ("", ".", "S"):
                return False
            case _:
                pass
    return True


def bernoulli(argument: Argument) -> Argument:
    """The distribution of 0 and 1 in which a number is the probability of 1."""
    body = argument.body
    assert body is not None
    both = Bracket("[", (Sum((1, -1), (ONE, body), span=body.span), body), (",",), span=body.span)
    return replace(argument, body=both, table=Table(((ZERO, ONE),)))
