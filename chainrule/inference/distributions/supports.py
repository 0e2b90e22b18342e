r"""Formulas over a support: `P(x) = \binom{N}{x} p^x (1-p)^{N-x}` beside `x \in \{0, 1, 2\}` is a table of three values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import comb

from chainrule.errors import Diagnostic, SyntaxFault
from chainrule.inference.distributions.labels import RANDOM, label_of, variable_of
from chainrule.inference.index_form import put_letter, put_number
from chainrule.inference.literals import ONE, number, rows_of
from chainrule.inference.ranges import range_of, unquantified
from chainrule.inference.symbols import could_be_name, is_probability, key, span_text
from chainrule.probability.supports import MOST_OUTCOMES
from chainrule.syntax.tree import (
    Bracket,
    Call,
    CasesTree,
    Dots,
    Juxtaposition,
    Name,
    Number,
    Relation,
    Sum,
    Superscript,
    Text,
    Tree,
    transform,
    walk,
)

Labels = tuple[Tree, ...]
COUNTING = (Name("binom"), Name("binomial"), Name("factorial"))
RANDOM_NAMES = frozenset(map(Name, RANDOM))
EQUALS = frozenset({"=", ":=", "\\equiv", "\\triangleq", "\\coloneqq", "≡"})


@dataclass
class Supports:
    r"""letters: the outcomes of `x \in \{0, 1\}`, with the place of each such statement. sets: those of `\mathcal{X} = ...`."""

    letters: dict[Tree, list[tuple[int, Labels]]] = field(default_factory=dict[Tree, list[tuple[int, Labels]]])
    sets: dict[Tree, Labels] = field(default_factory=dict[Tree, Labels])

    def of(self, letter: Tree, at: int) -> Labels | None:
        """The outcomes that a letter runs over in the statement at a place: said right behind it, else last before it."""
        said = self.letters.get(letter, [])
        behind = [labels for place, labels in said if place == at + 1]
        before = [labels for place, labels in said if place < at]
        alone = [labels for _, labels in said] if len({labels for _, labels in said}) == 1 else []
        return next(iter((*behind, *alone, *reversed(before))), None)


@dataclass(frozen=True)
class Formula:
    """`name(letter) = body`, the probabilities of one distribution."""

    at: int
    name: Tree
    letter: Tree
    body: Tree
    statement: Relation


def supports_of(statements: Sequence[Tree], integers: Mapping[Tree, int]) -> Supports:
    """The sets of outcomes that the statements name."""
    found = Supports()
    for statement in statements:
        match statement:
            case Relation(operators=("=",), sides=(name, Bracket(kind="{") as braces)) if could_be_name(name):
                labels = labels_in(braces, integers)
                if labels is not None:
                    found.sets[key(name)] = labels
            case _:
                pass
    for at, statement in enumerate(statements):
        match statement:
            case Relation(operators=("\\in",), sides=(left, right)) if could_be_name(unquantified(left)):
                braces = isinstance(right, Bracket) and right.kind == "{"
                labels = labels_in(right, integers) if braces and isinstance(right, Bracket) else found.sets.get(key(right))
                if labels is not None:
                    found.letters.setdefault(key(unquantified(left)), []).append((at, labels))
            case _:
                pass
    return found


def labels_in(braces: Bracket, integers: Mapping[Tree, int]) -> Labels | None:
    r"""The members of `\{0, 1, 2\}`, `\{1, \ldots, N\}`; None where it is no such set, or an end of it has no number."""
    if not braces.items or any(isinstance(item, Relation) for item in braces.items) or set(braces.separators) - {","}:
        return None
    if any(isinstance(item, Dots) for item in braces.items):
        numbers = range_of(Relation(("\\in",), (Name("k"), braces)), integers)
        members = numbers[1] if numbers is not None else None
        if members is None or not 1 <= len(members) <= MOST_OUTCOMES:
            return None
        return tuple(Number(Fraction(member), str(member)) for member in members)
    labels = tuple(map(label_of, braces.items))
    return labels if len(set(labels)) == len(labels) else None


def formulas_of(statements: Sequence[Tree]) -> Iterator[Formula]:
    """The statements that say a probability for every value of a letter."""
    for at, statement in enumerate(statements):
        match statement:
            case Relation(
                operators=(operator,), sides=(Juxtaposition(items=(name, Bracket(kind="(" | "[") as bracket)), body)
            ) if operator in EQUALS:
                letter = _letter_of(bracket)
                if letter is not None and could_be_name(name) and is_probability(name):
                    yield Formula(at, key(name), letter, body, statement)
            case _:
                pass


def _letter_of(bracket: Bracket) -> Tree | None:
    r"""The x of `P(x)`, `P(x; \theta)` and `P(X = x)`."""
    first, *rest = bracket.items or (None,)
    if rest and bracket.separators[:1] != (";",):
        return None
    match first:
        case Relation(operators=("=",), sides=(_, Name() as letter)) | (Name() as letter):
            return letter
        case _:
            return None


def _counted(body: Tree, integers: Mapping[Tree, int]) -> Tree:
    r"""The body with numbers for names that count, the N of `\binom{N}{x}`: nothing is differentiated by them."""
    called = [part for part in walk(body) if isinstance(part, Call) and part.function in COUNTING]
    names = dict.fromkeys(key(name) for call in called for name in walk(call) if could_be_name(name))
    for name in names:
        if name in integers and integers[name] >= 0:
            body = put_number(body, name, integers[name])
    return body


def _head(formula: Formula) -> Juxtaposition:
    """`P(X)` for the P(x) of a formula."""
    written = formula.statement.sides[0]
    letter = written.items[0].span if isinstance(written, Juxtaposition) else written.span
    bracket = Bracket("(", (variable_of(formula.letter),), span=written.span)
    return Juxtaposition((replace(formula.name, span=letter), bracket), span=written.span)


def as_table(formula: Formula, labels: Labels, head: Tree) -> Relation:
    r"""The table that a formula is over these outcomes, `P = \{0: p^0, 1: p^1\}`.

    Of a list, `p(x) = (0.5, 0.5)`, each entry is the probability of one outcome.

    Raises SyntaxFault where a label that is no number stands in arithmetic, and where a list has another length.
    """
    listed = rows_of(formula.body)
    entries = [entry for row in listed[0] for entry in row] if listed is not None else []
    if entries and len(entries) != len(labels):
        message = f"{span_text(formula.statement.span)} has {len(entries)} probabilities for {len(labels)} outcomes"
        raise SyntaxFault("support-clash", message, formula.statement.span, "give every outcome one probability")
    values = entries or [_value(formula, label) for label in labels]
    pairs = tuple(Relation((":",), pair, span=formula.body.span) for pair in zip(labels, values, strict=True))
    braces = Bracket("{", pairs, (",",) * (len(pairs) - 1), span=formula.body.span)
    return Relation(("=",), (head, braces), span=formula.statement.span)


def _value(formula: Formula, label: Tree) -> Tree:
    body = formula.body
    if isinstance(body, CasesTree):
        chosen = _case(body, formula.letter, label)
        body = body if chosen is None else chosen
    if all(part != formula.letter for part in walk(body)):
        return body
    value = number(label)
    if value is None:
        message = (
            f"{span_text(formula.statement.span)} computes with {span_text(formula.letter.span)}, whose values are no numbers"
        )
        raise SyntaxFault("label-as-number", message, formula.statement.span, "give each outcome its probability")
    if value.denominator == 1 and value >= 0:
        return transform(put_number(body, formula.letter, int(value)), _computed)
    return transform(put_letter(body, formula.letter, label), _computed)


def _computed(part: Tree) -> Tree:
    r"""`\binom{2}{1}` and `2 - 1` as numbers, without powers of 0 and 1 and factors of 1."""
    match part:
        case Call(function=function, arguments=(above, below)) if function in COUNTING[:2]:
            of, chosen = number(above), number(below)
            whole = of is not None and chosen is not None and of.denominator == chosen.denominator == 1
            if of is None or chosen is None or not whole or not 0 <= chosen <= of <= MOST_OUTCOMES:
                return part
            ways = comb(int(of), int(chosen))
            return Number(Fraction(ways), str(ways), span=part.span)
        case Sum():
            value = number(part)
            short = value is not None and value.denominator == 1 and value >= 0
            return part if value is None or not short else Number(value, str(value), span=part.span)
        case Superscript(base=base, exponent=Number(value=value)) if value in (0, 1):
            return base if value else replace(ONE, span=part.span)
        case Juxtaposition(items=items) if any(item == ONE for item in items):
            kept = tuple(item for item in items if item != ONE)
            return replace(part, items=kept) if len(kept) > 1 else kept[0] if kept else replace(ONE, span=part.span)
        case _:
            return part


def _case(cases: CasesTree, letter: Tree, label: Tree) -> Tree | None:
    """The value of the case that an outcome falls into; None where the conditions do not tell."""
    for value, condition in cases.rows:
        members = condition_labels(condition, letter)
        if condition is None or isinstance(condition, Text) or (members is not None and label in members):
            return value
        if members is None:
            return None
    return None


def condition_labels(condition: Tree | None, letter: Tree) -> Labels | None:
    r"""The outcomes of `x = 0` and of `x \in \{0, 1\}`; None for any other condition."""
    match condition:
        case Relation(operators=("=",), sides=(left, right)) if left == letter:
            return (label_of(right),)
        case Relation(operators=("\\in",), sides=(left, Bracket(kind="{") as braces)) if left == letter:
            return labels_in(braces, {})
        case _:
            return None


def labels_of_cases(formula: Formula) -> Labels | None:
    """The outcomes that the cases of a formula name one by one, everything else having probability 0."""
    if not isinstance(formula.body, CasesTree):
        return None
    found: list[Tree] = []
    for value, condition in formula.body.rows:
        members = condition_labels(condition, formula.letter)
        if members is None and not (condition is None and number(value) == 0):
            return None
        found += members or ()
    return tuple(dict.fromkeys(found)) or None


def tables_in(statements: Iterable[Tree]) -> list[Labels]:
    """The labels of the tables that stand in statements."""
    found: dict[Labels, None] = {}
    for statement in statements:
        match statement:
            case Relation(sides=(_, Bracket(kind="{", items=items))) if items:
                pairs = [item.sides[0] for item in items if isinstance(item, Relation) and item.operators == (":",)]
                if len(pairs) == len(items):
                    found[tuple(map(label_of, pairs))] = None
            case _:
                pass
    return list(found)


def with_support_tables(statements: Sequence[Tree], integers: Mapping[Tree, int]) -> tuple[list[Tree], list[Diagnostic]]:
    """The statements with formulas over supports as tables, and without the supports that were used for them."""
    supports = supports_of(statements, integers)
    known = tables_in(statements)
    written = [replace(formula, body=_counted(formula.body, integers)) for formula in formulas_of(statements)]
    tables: dict[int, Tree] = {}
    used: set[Tree] = set()
    notes: list[Diagnostic] = []
    for formula in written:
        labels = supports.of(formula.letter, formula.at) or labels_of_cases(formula)
        if labels is None and len(known) == 1 and number(formula.body) is not None:
            labels = known[0]
            message = f"{span_text(formula.statement.span)} is taken to hold for the outcomes of the other distributions"
            notes.append(Diagnostic("note", "support-taken-over", message, formula.statement.span))
        if labels is None:
            continue
        several = len({other.letter for other in written if other.name == formula.name}) > 1
        head = _head(formula) if several or variable_of(formula.letter) in RANDOM_NAMES else formula.name
        tables[formula.at] = as_table(formula, labels, head)
        used.add(formula.letter)
    gone = {at for letter in used for at, _ in supports.letters.get(letter, [])}
    sets = {at for at, statement in enumerate(statements) if _is_set(statement, supports)} if used else set[int]()
    kept = [tables.get(at, statement) for at, statement in enumerate(statements) if at not in gone | sets]
    return kept, notes


def _is_set(statement: Tree, supports: Supports) -> bool:
    return isinstance(statement, Relation) and key(statement.sides[0]) in supports.sets and len(statement.sides) == 2
