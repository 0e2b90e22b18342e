r"""Probabilities that are given outcome by outcome: `P(A) = 0.6, P(B) = 0.3, P(C) = 0.1` is the table `P = \{A: 0.6, ...\}`.

They are merged where they are all the outcomes of one distribution: they sum to 1, or the text speaks of the distribution as a
whole, `H(P)`. Other probabilities, `P(A) = 0.3` beside `P(B \mid A) = 0.5`, are names by themselves (`probabilities.py`).
Another letter than those of probabilities is one where numbers are given to it for all outcomes, `A(\text{oak}) = 0.4`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.labels import RANDOM, label_of, table_head, variable_of
from chainrule.inference.distributions.labels import said as outcome_text
from chainrule.inference.distributions.notation import MOMENTS, written
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, is_conditional, is_probability, key
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Relation, Sum, Text, Tree, walk

Variables = tuple[Tree, ...]

EVENTS = Text("events")
"""The statement that letters in the text are events, of which several may happen."""


@dataclass(frozen=True)
class _Assignment:
    """`P(X = 0) = value`: its place among the statements, the letter, the random variables, the outcome."""

    at: int
    name: Tree
    variables: Variables
    label: Tree
    value: Tree
    statement: Relation


def merged(statements: Sequence[Tree]) -> list[Tree]:
    """The statements with the outcomes of a distribution as one table, at the place of the first."""
    of_events = EVENTS in statements
    statements = [statement for statement in statements if statement != EVENTS]
    groups: dict[tuple[Tree, Variables], list[_Assignment]] = {}
    for each in (each for at, statement in enumerate(statements) for each in _assignments(at, statement)):
        groups.setdefault((each.name, each.variables), []).append(each)
    tables = _tables(statements)
    whole = names_used_whole(statements)
    events = {key(part.items[0]) for statement in statements for part in _conditionals(statement)}
    result: dict[int, Tree | None] = dict(enumerate(statements))
    heads = Counter(letter for statement in statements for letter in _letters(statement))
    for (name, variables), group in groups.items():
        if not is_probability(name) and not _lists_outcomes(group, used=name in whole, others=heads[name] - len(group)):
            continue
        if name in tables:
            result.update((each.at, _claim(each)) for each in group if each.label in tables[name])
        elif _is_distribution(group, used=name in whole, events=name in events, of_events=of_events):
            result.update((each.at, None) for each in group)
            result[group[0].at] = _table(name, variables, group)
    return [statement for statement in result.values() if statement is not None]


def complements(statements: Sequence[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    r"""`P(X = 0) = 1 - 0.2` where `P(X = 1) = 0.2` alone is given and X is 0 or 1, with a note that says so."""
    groups: dict[tuple[Tree, Variables], list[_Assignment]] = {}
    for each in (each for at, statement in enumerate(statements) for each in _assignments(at, statement)):
        groups.setdefault((each.name, each.variables), []).append(each)
    supports = dict(pair for pair in map(_two_values, statements) if pair is not None)
    tables = _tables(statements)
    found: list[Tree] = []
    said: list[Diagnostic] = []
    for (name, variables), group in groups.items():
        (one, *others), values = group, supports.get(variables[0], ()) if len(variables) == 1 else ()
        value = number(one.value)
        if others or name in tables or one.label not in values or value is None or not 0 <= value <= 1:
            continue
        other = next(each for each in values if each != one.label)
        inside = Relation(("=",), (variables[0], other), span=one.statement.span)
        letter = one.statement.sides[0].items[0] if isinstance(one.statement.sides[0], Juxtaposition) else name
        head = Juxtaposition((letter, Bracket("(", (inside,))), span=one.statement.span)
        found.append(Relation(("=",), (head, Number(1 - value, span=one.value.span)), span=one.statement.span))
        rest = f"the probability of {outcome_text(other)} is 1 - {outcome_text(one.value)}"
        message = f"{outcome_text(variables[0])} has two values: {rest}"
        said.append(Diagnostic("note", "other-probability", message, one.statement.span))
    return found, said


def without_supports(statements: Sequence[Tree]) -> list[Tree]:
    r"""The statements without `X \in \{0, 1\}` where a table of X has just these outcomes, and so says it."""
    outcomes: dict[Tree, set[Tree]] = {}
    for statement in statements:
        match statement:
            case Relation(operators=("=",), sides=(head, Bracket(kind="{", items=items))):
                named = table_head(head)
                labels = [label_of(i.sides[0]) for i in items if isinstance(i, Relation) and i.operators == (":",)]
                if named is not None and len(labels) == len(items):
                    for variable, column in zip(named[1], _columns(labels, len(named[1])), strict=False):
                        if isinstance(variable, Name) and variable.text in RANDOM:
                            outcomes.setdefault(variable, set()).update(column)
            case _:
                pass

    def is_said(statement: Tree) -> bool:
        match statement:
            case Relation(operators=("\\in",), sides=(variable, Bracket(kind="{", items=items))) if items:
                return outcomes.get(key(variable)) == set(map(label_of, items))
            case _:
                return False

    return [statement for statement in statements if not is_said(statement)]


def _columns(labels: Sequence[Tree], count: int) -> list[tuple[Tree, ...]]:
    """The values of each of so many variables in the labels of a table."""
    if count == 1:
        return [tuple(labels)]
    rows = [label.items for label in labels if isinstance(label, Bracket) and len(label.items) == count]
    return list(zip(*rows, strict=True)) if len(rows) == len(labels) else []


def _two_values(statement: Tree) -> tuple[Tree, tuple[Tree, Tree]] | None:
    r"""A random variable and its values, `X \in \{0, 1\}`, where they are two."""
    match statement:
        case Relation(operators=("\\in",), sides=(variable, Bracket(kind="{", items=(first, second)))) if could_be_name(
            variable
        ):
            values = label_of(first), label_of(second)
            return (variable_of(variable), values) if values[0] != values[1] and all(map(_is_label, values)) else None
        case _:
            return None


def _assignments(at: int, statement: Tree) -> Iterator[_Assignment]:
    """The probabilities that an equation gives: one, or several in `P(A) = P(B) = 1/2`."""
    if not isinstance(statement, Relation) or set(statement.operators) - {"=", ":="}:
        return
    *heads, value = statement.sides
    found = [outcome_of_head(head) for head in heads]
    for outcome in found if None not in found else ():
        if outcome is not None:
            name, variables, label = outcome
            yield _Assignment(at, name, variables, label, value, statement)


def outcome_of_head(head: Tree) -> tuple[Tree, Variables, Tree] | None:
    """What `P(A)`, `P(X = 0)`, `p(0, 1)`, `P(X = 0, Y = 1)` say: the letter, the random variables, the outcome."""
    match head:
        case Juxtaposition(items=(name, Bracket(kind="(" | "[", items=items) as bracket)) if items:
            pass
        case _:
            return None
    if not could_be_name(name) or set(bracket.separators) - {","}:
        return None
    pairs = [item.sides if isinstance(item, Relation) and item.operators == ("=",) else (None, item) for item in items]
    named = [variable_of(variable) for variable, _ in pairs if variable is not None]
    if not is_probability(name) and (named or len(items) > 1):
        return None
    labels = [label_of(label) for _, label in pairs]
    if len(named) not in (0, len(labels)) or not all(map(_is_label, labels)) or len(set(named)) < len(named):
        return None
    if named:
        order = sorted(range(len(named)), key=lambda i: repr(named[i]))
        named, labels = [named[i] for i in order], [labels[i] for i in order]
    label = labels[0] if len(labels) == 1 else Bracket("(", tuple(labels), (",",) * (len(labels) - 1))
    return key(name), tuple(named), label


def _is_label(label: Tree) -> bool:
    match label:
        case Bracket(kind="(", items=items):
            return all(map(_is_label, items))
        case Sum(terms=(Number(),)):
            return True
        case _:
            return isinstance(label, Number) or could_be_name(label)


def _is_distribution(group: Sequence[_Assignment], *, used: bool, events: bool, of_events: bool) -> bool:
    """Whether these are all the outcomes of one distribution.

    events: other probabilities of this letter are under a condition. of_events: the text says that letters are events. Then
    those without a random variable are no outcomes, even where the whole is spoken of.
    """
    labels = {each.label for each in group}
    lengths = {len(label.items) if isinstance(label, Bracket) else 1 for label in labels}
    if len(labels) < 2 or len(labels) < len(group) or len(lengths) > 1:
        return False
    values = [number(each.value) for each in group]
    total = sum((value for value in values if value is not None), Fraction(0))
    plainly = None not in values and total == 1 and all(value is not None and value >= 0 for value in values)
    letters = not group[0].variables and any(could_be_name(label) for label in labels)
    if letters and (events or of_events):
        return False
    return used or (plainly and (not events or bool(group[0].variables)))


def _lists_outcomes(group: Sequence[_Assignment], *, used: bool, others: int) -> bool:
    r"""Whether a letter that is not one of probabilities has them all the same, `A(\text{oak}) = 0.4`, and is no function.

    used: the text speaks of it as a whole. others: so many more statements define it.
    """
    values = [number(each.value) for each in group]
    chances = [value for value in values if value is not None and 0 <= value <= 1]
    words = all(isinstance(each.label, Name) and len(each.label.text) > 1 and each.label.text.isalpha() for each in group)
    whole = sum(chances, Fraction(0)) == 1
    own = group[0].name not in MOMENTS and written(group[0].name, Bracket("(", (group[0].label,))) is None
    return others == 0 and len(chances) == len(group) > 1 and ((used and (words or whole)) or (words and whole and own))


def _letters(statement: Tree) -> Iterator[Tree]:
    """The names that an equation defines, f of `f(x) = ...` too."""
    heads = statement.sides[:-1] if isinstance(statement, Relation) and set(statement.operators) <= {"=", ":="} else ()
    for head in heads:
        base = head.items[0] if isinstance(head, Juxtaposition) else head
        if could_be_name(base):
            yield key(base)


def _table(name: Tree, variables: Variables, group: Sequence[_Assignment]) -> Relation:
    first = group[0].statement
    pairs = tuple(Relation((":",), (each.label, each.value), span=each.statement.span) for each in group)
    braces = Bracket("{", pairs, (",",) * (len(pairs) - 1), span=first.span)
    written = first.sides[0]
    letter = written.items[0] if isinstance(written, Juxtaposition) else name
    inside = Bracket("(", variables, (",",) * (len(variables) - 1), span=letter.span)
    head = Juxtaposition((letter, inside), span=letter.span) if variables else letter
    return Relation(("=",), (head, braces), span=first.span)


def _claim(each: _Assignment) -> Tree:
    """`0.6 = P(A)`, which defines nothing: the table has said it already."""
    head, value = each.statement.sides[0], each.value
    return Relation(("=",), (value, head), span=each.statement.span) if len(each.statement.sides) == 2 else each.statement


def _tables(statements: Iterable[Tree]) -> dict[Tree, set[Tree]]:
    """The outcomes of the tables of the text, by the letter of each."""
    found: dict[Tree, set[Tree]] = {}
    for statement in statements:
        match statement:
            case Relation(operators=("=",), sides=(head, Bracket(kind="{", items=items))) if items:
                pairs = [item.sides[0] for item in items if isinstance(item, Relation) and item.operators == (":",)]
                letter = head.items[0] if isinstance(head, Juxtaposition) else head
                if len(pairs) == len(items) and could_be_name(letter):
                    found.setdefault(key(letter), set()).update(map(label_of, pairs))
            case _:
                pass
    return found


def names_used_whole(statements: Iterable[Tree]) -> set[Tree]:
    """The names that stand for a whole distribution somewhere."""
    return {part for statement in statements for part in _alone(statement)}


def _alone(tree: Tree) -> Iterator[Tree]:
    """The names that stand for a whole distribution: by themselves, or in the brackets of a quantity, `H(P)`."""
    if could_be_name(tree):
        yield key(tree)
    yield from (key(item) for part in walk(tree) if isinstance(part, Bracket) for item in part.items if could_be_name(item))


def _conditionals(tree: Tree) -> Iterator[Juxtaposition]:
    """The probabilities under a condition."""
    for part in walk(tree):
        bracket = part.items[1] if isinstance(part, Juxtaposition) and is_conditional(part) else None
        if isinstance(part, Juxtaposition) and isinstance(bracket, Bracket) and "|" in bracket.separators:
            yield part
