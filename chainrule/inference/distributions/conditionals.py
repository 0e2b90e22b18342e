r"""Probabilities of random variables outcome by outcome: `P(Y = 1 \mid X = 0) = 0.1, ...` is a table, `P(Y \mid X) = \{...\}`.

Of the outcomes of a variable one may be left out: its probability is what the others leave. Which outcomes a variable has is
said by its support, by tables, and by every probability that names one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.labels import label_of, said, table_head, variable_of
from chainrule.inference.literals import ONE, number
from chainrule.inference.symbols import could_be_name, is_conditional, is_probability, key
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Number, Relation, Sum, Tree, walk

Outcome = tuple[Tree, ...]
MOST_CELLS = 10_000


@dataclass(frozen=True)
class Family:
    r"""What the probabilities are of: the letter, the variables, and how many of them stand before the bar."""

    name: Tree
    variables: tuple[Tree, ...]
    bar: int

    def head(self, letter: Tree) -> Juxtaposition:
        r"""`P(Y \mid X)`, `P(X)`."""
        signs = tuple("|" if at == self.bar else "," for at in range(1, len(self.variables)))
        return Juxtaposition((letter, Bracket("(", self.variables, signs, span=letter.span)), span=letter.span)


@dataclass(frozen=True)
class Assigned:
    """`P(Y = 1 \\mid X = 0) = value`, and where it stands."""

    at: int
    letter: Tree
    outcome: Outcome
    value: Tree
    span: Span | None


def tables_of_variables(statements: Sequence[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    """The statements with such probabilities as tables, where they are complete, or one outcome of each is left out."""
    groups: dict[Family, list[Assigned]] = {}
    for at, statement in enumerate(statements):
        for family, assigned in _assigned(at, statement):
            groups.setdefault(family, []).append(assigned)
    result: dict[int, Tree | None] = dict(enumerate(statements))
    outcomes = _outcomes(statements, groups)
    whole = {family.name for family in groups if _is_defined(statements, family)}
    of_groups = (v for family in groups if family.bar for v in family.variables[family.bar :])
    conditions = frozenset((*_conditions(statements), *of_groups))
    notes: list[Diagnostic] = []
    for family, group in groups.items():
        if family.name in whole or not (family.bar or conditions.intersection(family.variables)):
            continue
        cells = _completed(family, group, outcomes, notes)
        if cells is not None:
            result.update((each.at, None) for each in group)
            result[group[0].at] = _table(family, group[0], cells)
    return [statement for statement in result.values() if statement is not None], notes


def _conditions(statements: Sequence[Tree]) -> Iterator[Tree]:
    r"""The variables that tables have for a condition, the X of `P(Y \mid X) = \{...\}`."""
    for statement in statements:
        match statement:
            case Relation(operators=("=",), sides=(Juxtaposition(items=(_, Bracket() as bracket)) as head, Bracket(kind="{"))):
                if is_conditional(head) and "|" in bracket.separators:
                    yield from map(variable_of, bracket.items[bracket.separators.index("|") + 1 :])
            case _:
                pass


def _is_defined(statements: Sequence[Tree], family: Family) -> bool:
    """Whether the text has the table already."""
    for statement in statements:
        if isinstance(statement, Relation) and statement.operators[:1] == ("=",):
            named = table_head(statement.sides[0])
            if named is not None and named[1] == family.variables:
                return True
    return False


def _assigned(at: int, statement: Tree) -> Iterator[tuple[Family, Assigned]]:
    r"""The probabilities that an equation gives: one, or several in `P(Y = 1 \mid X = 0) = P(Y = 0 \mid X = 1) = 0.1`."""
    if not isinstance(statement, Relation) or set(statement.operators) - {"=", ":="}:
        return
    *heads, value = statement.sides
    found = [_read(head) for head in heads]
    if any(isinstance(part, Relation) for part in walk(value)):  # computed from other probabilities
        return
    for each in found if None not in found else ():
        if each is not None:
            family, letter, outcome = each
            yield family, Assigned(at, letter, outcome, value, statement.span)


def _read(head: Tree) -> tuple[Family, Tree, Outcome] | None:
    match head:
        case Juxtaposition(items=(name, Bracket(kind="(" | "[", items=items) as bracket)) if items:
            pass
        case _:
            return None
    if not (could_be_name(name) and is_probability(name)) or bracket.separators.count("|") > 1:
        return None
    if set(bracket.separators) - {",", "|"}:
        return None
    pairs = [item.sides for item in items if isinstance(item, Relation) and item.operators == ("=",)]
    if len(pairs) < len(items) or not all(could_be_name(variable) and _is_label(label_of(label)) for variable, label in pairs):
        return None
    bar = bracket.separators.index("|") + 1 if "|" in bracket.separators else 0
    named = [(variable_of(variable), label_of(label)) for variable, label in pairs]
    before, behind = (
        sorted(part, key=lambda pair: repr(pair[0])) for part in (named[: bar or None], named[bar:] if bar else [])
    )
    ordered = [*before, *behind]
    variables = tuple(variable for variable, _ in ordered)
    if len(set(variables)) < len(variables):
        return None
    return Family(key(name), variables, bar), name, tuple(label for _, label in ordered)


def _is_label(label: Tree) -> bool:
    return could_be_name(label) or number(label) is not None


def _outcomes(statements: Sequence[Tree], groups: Mapping[Family, Sequence[Assigned]]) -> dict[Tree, tuple[Tree, ...]]:
    """Every outcome of a variable that the text names."""
    found: dict[Tree, dict[Tree, None]] = {}
    for statement in statements:
        match statement:
            case Relation(operators=("\\in",), sides=(variable, Bracket(kind="{", items=items))) if could_be_name(variable):
                if items and all(map(_is_label, items)):
                    found.setdefault(variable_of(variable), {}).update(dict.fromkeys(map(label_of, items)))
            case Relation(operators=("=",), sides=(head, Bracket(kind="{", items=items))) if items:
                named = table_head(head)
                pairs = [item.sides[0] for item in items if isinstance(item, Relation) and item.operators == (":",)]
                rows = [_values_of(label, 0 if named is None else len(named[1])) for label in pairs]
                if named is not None and len(pairs) == len(items) and all(rows):
                    for variable, column in zip(named[1], zip(*rows, strict=True), strict=True):
                        found.setdefault(variable, {}).update(dict.fromkeys(column))
            case _:
                pass
    for family, group in groups.items():
        for each in group:
            for variable, label in zip(family.variables, each.outcome, strict=True):
                found.setdefault(variable, {})[label] = None
    return {variable: _in_order(tuple(labels)) for variable, labels in found.items()}


def _values_of(label: Tree, count: int) -> Outcome:
    """The value of each of so many variables in a label of a table; () where it has another number of them."""
    values = label.items if isinstance(label, Bracket) and count > 1 else (label,)
    return tuple(map(label_of, values)) if len(values) == count else ()


def _in_order(labels: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """Numbers by their size, anything else as the text has it."""
    numbers = {label: value for label in labels if (value := number(label)) is not None}
    return tuple(sorted(labels, key=lambda label: numbers[label])) if len(numbers) == len(labels) else labels


def _completed(
    family: Family, group: Sequence[Assigned], outcomes: Mapping[Tree, tuple[Tree, ...]], notes: list[Diagnostic]
) -> dict[Outcome, Tree] | None:
    """All the cells, with those that were left out; None where more than one of a distribution is left out, or one is twice."""
    cells = {each.outcome: each.value for each in group}
    if len(cells) < len(group):
        return None
    bar = family.bar or len(family.variables)
    axes = [_with_other(outcomes[variable]) for variable in family.variables]
    targets, conditions = list(product(*axes[:bar])), list(product(*axes[bar:]))
    if len(targets) * len(conditions) > MOST_CELLS or len(targets) < 2:
        return None
    added: list[Outcome] = []
    for condition in conditions:
        missing = [target for target in targets if (*target, *condition) not in cells]
        if len(missing) > 1:
            return None
        if missing:
            rest = [cells[(*target, *condition)] for target in targets if target != missing[0]]
            cells[(*missing[0], *condition)] = _rest(rest)
            added.append(missing[0])
    if added:
        notes.append(_note(family, group[0], added))
    return {(*target, *condition): cells[(*target, *condition)] for target in targets for condition in conditions}


def _with_other(labels: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """0 beside an outcome 1 that is the only one that is named, and 1 beside 0."""
    value = number(labels[0])
    if len(labels) > 1 or value is None or value not in (0, 1):
        return labels
    other = 1 - value
    return _in_order((*labels, Number(other, str(other))))


def _rest(values: Sequence[Tree]) -> Tree:
    known = [number(value) for value in values]
    if None not in known:
        left = Fraction(1) - sum(value for value in known if value is not None)
        return Number(left, str(left), span=values[0].span)
    return Sum((1, *(-1 for _ in values)), (ONE, *values), span=values[0].span)


def _note(family: Family, first: Assigned, added: Sequence[Outcome]) -> Diagnostic:
    bar = family.bar or len(family.variables)
    names = dict.fromkeys(
        ", ".join(f"{said(variable)} = {said(label)}" for variable, label in zip(family.variables[:bar], target, strict=True))
        for target in added
    )
    message = f"the probability of {' and '.join(names)} is not given: it is what the other outcomes leave of 1"
    return Diagnostic("note", "other-probability", message, first.span)


def _table(family: Family, first: Assigned, cells: Mapping[Outcome, Tree]) -> Relation:
    pairs = tuple(
        Relation((":",), (outcome[0] if len(outcome) == 1 else Bracket("(", outcome, (",",) * (len(outcome) - 1)), value))
        for outcome, value in cells.items()
    )
    pairs = tuple(replace(pair, span=first.span) for pair in pairs)
    braces = Bracket("{", pairs, (",",) * (len(pairs) - 1), span=first.span)
    return Relation(("=",), (family.head(first.letter), braces), span=first.span)
