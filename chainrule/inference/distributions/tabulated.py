r"""Formulas over a support: `P(x) = \binom{N}{x} p^x (1-p)^{N-x}` beside `x \in \{0, 1, 2\}` is a table of three values.

A formula of several letters, `p(x, y) = (x + y)/21`, is a joint table, and `p(y \mid x) = ...` one under a condition.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from math import comb, prod

from chainrule.errors import ChainruleError, Diagnostic, SyntaxFault
from chainrule.inference.distributions.cases import case_at, labels_of_cases
from chainrule.inference.distributions.families import instance_of
from chainrule.inference.distributions.indexed_entries import singles_of, with_singles, with_vectors
from chainrule.inference.distributions.labels import RANDOM, variable_of
from chainrule.inference.distributions.stochastic import value_at
from chainrule.inference.distributions.supports import Labels, Supports, supports_of, tables_in
from chainrule.inference.index_form import put_letter, put_number
from chainrule.inference.literals import ONE, number, rows_of
from chainrule.inference.symbols import could_be_name, is_probability, key, span_text
from chainrule.probability.families.supports import MOST_OUTCOMES
from chainrule.syntax.tree import (
    Bracket,
    Call,
    CasesTree,
    Juxtaposition,
    Name,
    Number,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    transform,
    walk,
)

COUNTING = (Name("binom"), Name("binomial"), Name("factorial"))
RANDOM_NAMES = frozenset(map(Name, RANDOM))
SAYS = frozenset({"\\sim", "∼", "~", "=", ":="})
EQUALS = frozenset({"=", ":=", "\\equiv", "\\triangleq", "\\coloneqq", "≡"})


@dataclass(frozen=True)
class Formula:
    r"""`name(letters) = body`, probabilities of one distribution. bar: how many letters are before that in `p(y \mid x)`.

    variables: those that the text names, the X of `P(X = k)`, by place.
    """

    at: int
    name: Tree
    letters: tuple[Tree, ...]
    body: Tree
    statement: Relation
    bar: int = 0
    variables: tuple[Tree | None, ...] = ()

    @property
    def of_variables(self) -> bool:
        """Whether it is known of which random variables it is: named ones, or one by its letter, and several in any case."""
        return len(self.letters) > 1 or any(self.variables) or all(variable_of(each) in RANDOM_NAMES for each in self.letters)


@dataclass
class Tabulated:
    """statements: those with tables for formulas over supports. broken: the distributions whose formulas give no table."""

    statements: list[Tree]
    notes: list[Diagnostic] = field(default_factory=list[Diagnostic])
    broken: dict[Tree, Diagnostic] = field(default_factory=dict[Tree, Diagnostic])


def formulas_of(statements: Sequence[Tree], *, plainly: bool = True) -> Iterator[Formula]:
    """The statements that say a probability for every value of a letter, or of several.

    Without `plainly` those too whose head is not the letter of a probability: whether they are is told by their values.
    """
    for at, statement in enumerate(statements):
        match statement:
            case Relation(
                operators=(operator,), sides=(Juxtaposition(items=(name, Bracket(kind="(" | "[") as bracket)), body)
            ) if operator in EQUALS and could_be_name(name) and (is_probability(name) or not plainly):
                letters, bar = _letters_of(bracket)
                if letters and (len(letters) == 1 or all(part != key(name) for part in walk(body))):
                    named = tuple(key(item.sides[0]) if isinstance(item, Relation) else None for item in bracket.items)
                    yield Formula(at, key(name), letters, body, statement, bar, named[: len(letters)])
            case Relation(operators=(operator,), sides=(Subscript(base=name, items=(Name() as letter,)), body)) if (
                operator in EQUALS and is_probability(name) and _is_of_letter_alone(body, letter)
            ):
                yield Formula(at, key(name), (letter,), body, statement)
            case _:
                pass


def _is_of_letter_alone(body: Tree, letter: Name) -> bool:
    """Whether a formula has one name, that of the index: `p_i = i/10`."""
    return {part for part in walk(body) if isinstance(part, Name)} == {letter}


def _letters_of(bracket: Bracket) -> tuple[tuple[Tree, ...], int]:
    r"""The x of `P(x)`, `P(x; \theta)` and `P(X = x)`, the y and x of `p(y \mid x)`, with the place of the bar; else none."""
    items, signs = bracket.items, bracket.separators
    if ";" in signs:
        at = signs.index(";")
        items, signs = items[: at + 1], signs[:at]
    bar = signs.index("|") + 1 if signs.count("|") == 1 else 0
    if set(signs) - {",", "|"} or signs.count("|") > 1:
        return (), 0
    found = [_letter_in(item) for item in items]
    letters = tuple(letter for letter in found if letter is not None)
    return (letters, bar) if len(letters) == len(set(letters)) == len(items) else ((), 0)


def _letter_in(item: Tree) -> Tree | None:
    match item:
        case Relation(operators=("=",), sides=(_, Name() as letter)) | (Name() as letter):
            return letter
        case _:
            return None


def with_support_tables(statements: Sequence[Tree], integers: Mapping[Tree, int]) -> Tabulated:
    """The statements with formulas over supports as tables, and without the supports that were used for them."""
    statements = with_vectors(statements)
    supports = supports_of(statements, integers)
    statements = [transform(_over_set(statement, supports), supports.counted) for statement in statements]
    known = tables_in(statements)
    formulas = formulas_of(statements, plainly=False)
    written = [replace(formula, body=_counted(formula.body, integers)) for formula in formulas]
    result = Tabulated([])
    tables: dict[int, Tree | None] = {}
    singles = singles_of(statements)
    used: set[Tree] = set()
    for formula in written:
        notes: list[Diagnostic] = []
        axes = _axes(formula, supports, known, notes)
        if axes is None or not (is_probability(formula.name) or _sums_to_one(formula, axes)):
            continue
        result.notes += notes
        several = len({other.letters for other in written if other.name == formula.name}) > 1
        head = _head(formula) if several or formula.of_variables else formula.name
        used.update(formula.letters)
        try:
            tables[formula.at] = as_table(formula, axes, head)
            if isinstance(formula.statement.sides[0], Subscript) and (more := singles.get(formula.name)):
                tables.update((each.at, None) for each in more)
                tables[formula.at] = with_singles(as_table(formula, axes, head), more)
        except ChainruleError as error:
            tables[formula.at] = None
            result.broken[formula.name] = error.diagnostic()
            result.notes.append(error.diagnostic())
    gone = {at for letter in used for at, _ in supports.letters.get(letter, [])}
    sets = {at for at, statement in enumerate(statements) if _is_set(statement, supports)}
    kept = (tables.get(at, statement) for at, statement in enumerate(statements) if at not in gone | sets)
    result.statements = [statement for statement in kept if statement is not None]
    return result


def _over_set(statement: Tree, supports: Supports) -> Tree:
    r"""`Q \sim \mathrm{Uniform}(\mathcal{X})` as the table of the outcomes of that set; anything else as it is."""
    match statement:
        case Relation(operators=(operator,), sides=(name, right)) if operator in SAYS and could_be_name(name):
            instance = instance_of(right, plainly=True)
        case _:
            return statement
    uniform = instance is not None and any(family.name == "discrete_uniform" for family in instance.families)
    if instance is None or not uniform or len(instance.places) != 1 or instance.named:
        return statement
    labels = supports.sets.get(key(instance.places[0]))
    if labels is None:
        return statement
    each = Fraction(1, len(labels))
    pairs = tuple(Relation((":",), (label, Number(each, str(each))), span=statement.span) for label in labels)
    braces = Bracket("{", pairs, (",",) * (len(pairs) - 1), span=right.span)
    return Relation(("=",), (name, braces), span=statement.span)


def _axes(formula: Formula, supports: Supports, known: Sequence[Labels], notes: list[Diagnostic]) -> list[Labels] | None:
    """The outcomes of every letter; None where one is not known. A number holds for those of the other distributions."""
    found = [supports.of(letter, formula.at) for letter in formula.letters]
    (letter, *others) = formula.letters
    if not others and found == [None]:
        found = [labels_of_cases(formula.body, letter)]
        if found == [None] and len(known) == 1 and number(formula.body) is not None:
            found = [known[0]]
            message = f"{span_text(formula.statement.span)} is taken to hold for the outcomes of the other distributions"
            notes.append(Diagnostic("note", "support-taken-over", message, formula.statement.span))
    axes = [labels for labels in found if labels is not None]
    return axes if len(axes) == len(found) else None


def _sums_to_one(formula: Formula, axes: Sequence[Labels]) -> bool:
    """Whether a function of one letter has the values of a distribution, so that it is one whatever its letter."""
    if formula.bar or len(axes) != 1 or not 1 < len(axes[0]) <= MOST_OUTCOMES or rows_of(formula.body) is not None:
        return False
    try:
        values = [value_at(_value(formula, (label,)), {}) for label in axes[0]]
    except ChainruleError:
        return False
    known = [value for value in values if value is not None and value >= 0]
    return len(known) == len(values) and sum(known) == 1


def _is_set(statement: Tree, supports: Supports) -> bool:
    return isinstance(statement, Relation) and key(statement.sides[0]) in supports.sets and len(statement.sides) == 2


def _counted(body: Tree, integers: Mapping[Tree, int]) -> Tree:
    r"""The body with numbers for names that count, the N of `\binom{N}{x}`: nothing is differentiated by them."""
    called = [part for part in walk(body) if isinstance(part, Call) and part.function in COUNTING]
    names = dict.fromkeys(key(name) for call in called for name in walk(call) if could_be_name(name))
    for name in names:
        if name in integers and integers[name] >= 0:
            body = put_number(body, name, integers[name])
    return body


def _head(formula: Formula) -> Juxtaposition:
    r"""`P(X)` for the P(x) of a formula, `P(X, Y)` for P(x, y), `P(Y \mid X)` for P(y | x)."""
    written = formula.statement.sides[0]
    letter = written.items[0].span if isinstance(written, Juxtaposition) else written.span
    signs = tuple("|" if at == formula.bar else "," for at in range(1, len(formula.letters)))
    named = formula.variables or (None,) * len(formula.letters)
    variables = tuple(name or variable_of(letter) for name, letter in zip(named, formula.letters, strict=True))
    bracket = Bracket("(", variables, signs, span=written.span)
    return Juxtaposition((replace(formula.name, span=letter), bracket), span=written.span)


def as_table(formula: Formula, axes: Sequence[Labels], head: Tree) -> Relation:
    r"""The table that a formula is over these outcomes, `P = \{0: p^0, 1: p^1\}`; those of several letters are tuples.

    Of a list, `p(x) = (0.5, 0.5)`, each entry is the probability of one outcome.

    Raises SyntaxFault where a label that is no number stands in arithmetic, where a list has another length, and where there
    are too many outcomes.
    """
    said, span = span_text(formula.statement.span), formula.statement.span
    count = prod(map(len, axes))
    if count > MOST_OUTCOMES:
        raise SyntaxFault("too-large", f"{said} has {count} outcomes", span)
    outcomes = list(product(*axes))
    listed = rows_of(formula.body) if len(axes) == 1 else None
    entries = [entry for row in listed[0] for entry in row] if listed is not None else []
    if entries and len(entries) != count:
        message = f"{said} has {len(entries)} probabilities for {count} outcomes"
        raise SyntaxFault("support-clash", message, span, "give every outcome one probability")
    values = entries or [_value(formula, outcome) for outcome in outcomes]
    pairs = zip(map(_label, outcomes), values, strict=True)
    items = tuple(Relation((":",), pair, span=formula.body.span) for pair in pairs)
    braces = Bracket("{", items, (",",) * (len(items) - 1), span=formula.body.span)
    return Relation(("=",), (head, braces), span=span)


def _label(outcome: Labels) -> Tree:
    return outcome[0] if len(outcome) == 1 else Bracket("(", outcome, (",",) * (len(outcome) - 1))


def _value(formula: Formula, outcome: Labels) -> Tree:
    """The formula at one outcome."""
    body = formula.body
    values = dict(zip(formula.letters, outcome, strict=True))
    if isinstance(body, CasesTree):
        chosen = case_at(body, values)
        body = body if chosen is None else chosen
    for letter, label in values.items():
        if any(part == letter for part in walk(body)):
            body = _put(body, letter, label, formula.statement)
    return body if body is formula.body else transform(body, _computed)


def _put(body: Tree, letter: Tree, label: Tree, statement: Relation) -> Tree:
    value = number(label)
    if value is None:
        message = f"{span_text(statement.span)} computes with {span_text(letter.span)}, whose values are no numbers"
        raise SyntaxFault("label-as-number", message, statement.span, "give each outcome its probability")
    if value.denominator == 1 and value >= 0:
        return put_number(body, letter, int(value))
    return put_letter(body, letter, label)


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
