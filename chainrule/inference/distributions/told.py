"""What the statements of one problem say of distributions, taken out before anything else is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.assignments import outcome_of_head
from chainrule.inference.distributions.densities import densities_of, with_densities
from chainrule.inference.distributions.families import Instance, outcomes_of, parts_of
from chainrule.inference.distributions.labels import RANDOM, Table, table_head
from chainrule.inference.distributions.limited import without_conditions
from chainrule.inference.distributions.mixtures import mixtures_among
from chainrule.inference.distributions.named_instances import mass_in, named_member
from chainrule.inference.distributions.notation import MOMENTS, bracket_of_call, written
from chainrule.inference.distributions.restated import Restated, restated
from chainrule.inference.distributions.stochastic import NOTHING_SAID, Dependence, is_random, without_dependence
from chainrule.inference.distributions.tabulated import formulas_of, with_support_tables
from chainrule.inference.literals import number
from chainrule.inference.statements import Claim
from chainrule.inference.symbols import could_be_name, is_conditional, is_probability, key, span_text
from chainrule.syntax.tree import BigOperator, Bracket, Call, Font, Juxtaposition, Name, Number, Relation, Tree, children


@dataclass(frozen=True)
class Told:
    """statements: what is left, formulas over a support being tables. families: the names that are members of a family, `P` and
    `q(z)`; tables: the outcomes of those that have finitely many. broken: the distributions of which nothing can be used.
    """

    statements: tuple[Tree, ...]
    families: Mapping[Tree, Instance] = field(default_factory=dict[Tree, Instance])
    tables: Mapping[Tree, Table] = field(default_factory=dict[Tree, Table])
    of_quantities: Restated = field(default_factory=Restated)
    dependence: Dependence = NOTHING_SAID
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: Mapping[Tree, Diagnostic] = field(default_factory=dict[Tree, Diagnostic])


def tell(statements: Sequence[Tree], integers: Mapping[Tree, int]) -> Told:
    """What the statements say of distributions. integers: the names that are given whole numbers."""
    of_quantities = restated(statements, frozenset(_said(statements)))
    kept, dependence = without_dependence(of_quantities.statements, frozenset(_drawn(of_quantities.statements, integers)))
    tabulated = with_support_tables(kept, integers)
    kept, notes = tabulated.statements, tabulated.notes
    kept, densities = with_densities(kept)
    kept, mixtures = mixtures_among(kept, {**densities, **_endless(kept, integers)})
    families: dict[Tree, Instance] = {}
    tables: dict[Tree, Table] = {}
    left: list[Tree] = []
    for statement in kept:
        named = named_member(statement)
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
        others = [other for other in kept if other is not statement and key(_head(other)) != name]
        if name == base and any(name in _values(other) for other in others):
            left.append(statement)
    families = {**densities, **families, **mixtures}
    left, claims = _without_masses(left, families)
    of_quantities.claims.extend(claims)
    left, events = _without_events(left, families)
    left, limited = without_conditions(left, {name: each for name, each in families.items() if each.formula is None})
    families = {name: each for name, each in families.items() if name not in limited}
    said = (*of_quantities.notes, *notes, *events, *limited.values())
    return Told(tuple(left), families, tables, of_quantities, dependence, said, {**tabulated.broken, **limited})


def _endless(statements: Sequence[Tree], integers: Mapping[Tree, int]) -> dict[Tree, Instance]:
    """The members of families whose outcomes are not finitely many, by their names, P of `P(x)` too."""
    named = [found for found in map(named_member, statements) if found is not None and outcomes_of(found[1], integers) is None]
    heads = {name.items[0]: instance for name, instance in named if isinstance(name, Juxtaposition)}
    return {**heads, **dict(named)}


def _without_events(statements: Sequence[Tree], families: Mapping[Tree, Instance]) -> tuple[list[Tree], list[Diagnostic]]:
    """The statements without `X = 0` where X is drawn from a family, and nothing is computed with it: it is an event."""
    kept: list[Tree] = []
    notes: list[Diagnostic] = []
    for statement in statements:
        match statement:
            case Relation(operators=("=",), sides=(Name(text=text) as name, value)) if text in RANDOM and name in families:
                used = any(name in _values(other) for other in statements if key(_head(other)) != name)
                if number(value) is not None and not used:
                    message = (
                        f"{text} is a random variable: {span_text(statement.span)} is one of its outcomes, and no value of it"
                    )
                    notes.append(Diagnostic("note", "event", message, statement.span))
                    continue
            case _:
                pass
        kept.append(statement)
    return kept, notes


def _without_masses(statements: Sequence[Tree], families: Mapping[Tree, Instance]) -> tuple[list[Tree], list[Claim]]:
    r"""The statements without `P(X = 0) = 0.8` where X is drawn from a family, which has said it: it is to be compared.

    Where the parameter is a letter without a value, `\mathrm{Ber}(p)`, it says which value that has.
    """
    kept: list[Tree] = []
    claims: list[Claim] = []
    for statement in statements:
        head, value = mass_in(statement)
        outcome = outcome_of_head(head) if head is not None else None
        member = families.get(outcome[1][0]) if outcome is not None and len(outcome[1]) == 1 else None
        known = None if value is None else number(value)
        if member is None or outcome is None or head is None or value is None or known is None:
            kept.append(statement)
            continue
        parameters = (*member.places, *(each for _, each in member.named))
        parameter, label = _free_chance(member, parameters, statements), number(outcome[2])
        if parameter is not None and label in (0, 1):
            told = Number(known if label == 1 else 1 - known, span=value.span)
            kept.append(Relation(("=",), (parameter, told), span=statement.span))
        elif all(number(each) is not None for each in parameters):
            claims.append(Claim(head, value, statement.span))
        else:
            kept.append(Relation(("=",), (head, value), span=statement.span))
    return kept, claims


def _free_chance(member: Instance, parameters: Sequence[Tree], statements: Sequence[Tree]) -> Tree | None:
    r"""The p of `\mathrm{Ber}(p)` that no statement defines; None of other members."""
    if member.families[0].name != "bernoulli" or len(parameters) != 1 or not could_be_name(parameters[0]):
        return None
    return None if any(key(_head(each)) == key(parameters[0]) for each in statements) else parameters[0]


def _head(statement: Tree) -> Tree:
    return statement.sides[0] if isinstance(statement, Relation) else statement


def _drawn(statements: Sequence[Tree], integers: Mapping[Tree, int]) -> Iterator[Tree]:
    """The random variables of families with finitely many outcomes."""
    for statement in statements:
        named = named_member(statement)
        if (
            named is not None
            and (isinstance(named[0], Name) or is_random(named[0]))
            and outcomes_of(named[1], integers) is not None
        ):
            yield named[0]


def _said(statements: Sequence[Tree]) -> Iterator[Tree]:
    """The names that have a table, a formula over a support or a family."""
    yield from (formula.name for formula in formulas_of(statements))
    yield from densities_of(statements).found
    for statement in statements:
        named = named_member(statement)
        if named is not None:
            yield named[0]
        match statement:
            case Relation(sides=(head, Bracket(kind="{", items=(Relation(operators=(":",)), *_)))):
                name = table_head(head)
                yield from () if name is None else (name[0],)
            case _:
                pass


def _rewritten(instance: Instance) -> Tree:
    """The member with the name of its family as nothing else is read."""
    _, bracket = parts_of(instance.tree)
    letter = instance.families[0].letter
    letter = Font("mathcal", letter) if isinstance(letter, Name) and len(letter.text) == 1 else letter
    return instance.tree if bracket is None else Juxtaposition((letter, bracket), span=instance.tree.span)


def _values(statement: Tree) -> set[Tree]:
    """The names that a statement computes with, those in the brackets of quantities and probabilities left out."""
    found: set[Tree] = set()
    waiting = [statement] if isinstance(statement, Relation) else []
    while waiting:
        tree = waiting.pop()
        if could_be_name(tree):
            found.add(key(tree))
        if is_conditional(tree) or (isinstance(tree, BigOperator) and tree.operator == "E"):
            continue
        if isinstance(tree, Juxtaposition):
            pairs = list(zip(tree.items, (*tree.items[1:], None), strict=True))
            quantities = {id(after) for item, after in pairs if after is not None and _is_of_distribution(item, after)}
            quantities |= {id(tree.items[i]) for i in range(2, len(tree.items)) if _is_spelled(tree.items[:i], tree.items[i])}
            masses = {id(item) for item, after in pairs if is_probability(item) and _is_of_number(after)}
            waiting += [item for item in tree.items if id(item) not in quantities | masses]
        elif not (isinstance(tree, Call) and _is_of_distribution(tree.function, bracket_of_call(tree))):
            waiting += children(tree)
    return found


def _is_of_number(bracket: Tree | None) -> bool:
    """Whether a bracket is that of `P(2)`."""
    return isinstance(bracket, Bracket) and len(bracket.items) == 1 and number(bracket.items[0]) is not None


def _is_of_distribution(head: Tree, bracket: Tree) -> bool:
    """Whether `head(..)` is written as a quantity of information, an expectation or a variance."""
    return written(head, bracket) is not None or (isinstance(bracket, Bracket) and head in MOMENTS)


def _is_spelled(before: Sequence[Tree], bracket: Tree) -> bool:
    r"""Whether letters side by side are the head of a divergence, the K L of `KL(P \| Q)`."""
    if not (isinstance(bracket, Bracket) and "||" in bracket.separators):
        return False
    letters = [item.text for item in before if isinstance(item, Name)]
    return any(written(Name("".join(letters[-count:])), bracket) is not None for count in range(2, min(len(letters), 4) + 1))
