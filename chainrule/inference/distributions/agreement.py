r"""A joint table beside the marginals, the conditional tables and the single probabilities of the same letter: they must agree.

`p(x, y)` says what `p(x)` and `P(Y \mid X)` are. Where a text that gives both contradicts itself neither is used.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.assignments import outcome_of_head
from chainrule.inference.distributions.labels import RANDOM, label_of, letter_of, table_head
from chainrule.inference.literals import number
from chainrule.inference.symbols import is_conditional, is_probability, span_text
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Relation, Tree, walk

Outcome = tuple[Tree, ...]
_P = Name("p")


@dataclass(frozen=True)
class _Value:
    """A probability, and by how much it may be rounded."""

    value: Fraction
    error: Fraction


@dataclass(frozen=True)
class _Given:
    """Probabilities of one statement: of these variables, the last ones behind the bar."""

    letter: Tree
    variables: tuple[Tree, ...]
    behind: int
    cells: Mapping[Outcome, _Value]
    statement: Relation
    whole: bool


def without_contradictions(statements: Sequence[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    """The statements without the tables that contradict each other, and an error for each pair of them."""
    known = [found for statement in statements if (found := _given(statement)) is not None]
    joints = [each for each in known if each.whole and not each.behind and len(each.variables) > 1]
    lost: list[Tree] = []
    said: list[Diagnostic] = []
    for joint in joints:
        for other in known:
            wider = other is not joint and other.letter == joint.letter and set(other.variables) <= set(joint.variables)
            if wider and (clash := _clash(joint, other)) is not None:
                lost += [joint.statement, other.statement]
                said.append(clash)
    return [each for each in statements if not any(each is gone for gone in lost)], said


def _clash(joint: _Given, other: _Given) -> Diagnostic | None:
    """The error where two statements give another value to one probability."""
    places = [joint.variables.index(variable) for variable in other.variables]
    behind = places[len(places) - other.behind :]
    sums, conditions = _summed(joint, places), _summed(joint, behind) if other.behind else {}
    outcomes = dict.fromkeys((*other.cells, *sums)) if other.whole else other.cells
    for outcome in outcomes:
        nothing = _Value(Fraction(0), Fraction(0))
        told, own = other.cells.get(outcome, nothing), sums.get(outcome, nothing)
        given = conditions.get(outcome[len(outcome) - other.behind :], nothing) if other.behind else None
        if given is not None:
            error = told.value * given.error + told.error * given.value
            told = _Value(told.value * given.value, error)
        if abs(told.value - own.value) > told.error + own.error:
            message = f"{span_text(other.statement.span)} contradicts {span_text(joint.statement.sides[0].span)}"
            hint = "give one of them, or numbers that agree; neither is used"
            return Diagnostic("error", "contradicting-tables", message, other.statement.span, hint)
    return None


def _summed(joint: _Given, places: Sequence[int]) -> dict[Outcome, _Value]:
    """The probabilities of some of the variables."""
    found: dict[Outcome, _Value] = {}
    for outcome, cell in joint.cells.items():
        own = tuple(outcome[place] for place in places)
        before = found.get(own, _Value(Fraction(0), Fraction(0)))
        found[own] = _Value(before.value + cell.value, before.error + cell.error)
    return found


def _given(statement: Tree) -> _Given | None:
    """What a statement with numbers says of random variables; None for all others."""
    match statement:
        case Relation(operators=("=",), sides=(head, Bracket(kind="{", items=items))) if items:
            return _table(statement, head, items)
        case Relation(operators=("=",), sides=(head, value)) if number(value) is not None:
            found = outcome_of_head(head)
            if found is None or not found[1] or not is_probability(found[0]):
                return None
            name, variables, label = found
            outcome = label.items if isinstance(label, Bracket) else (label,)
            return _Given(letter_of(name), variables, 0, {outcome: _value(value)}, statement, whole=False)
        case _:
            return None


def _table(statement: Relation, head: Tree, items: Sequence[Tree]) -> _Given | None:
    named = table_head(head)
    pairs = [item.sides for item in items if isinstance(item, Relation) and item.operators == (":",)]
    name = head.items[0] if isinstance(head, Juxtaposition) else head
    of_itself = isinstance(name, Name) and name.text in RANDOM  # X = {...} is P(X) = {...}
    if named is None or not (named[1] or of_itself) or len(pairs) < len(items) or not (of_itself or is_probability(name)):
        return None
    if any(number(value) is None for _, value in pairs):
        return None
    variables = (name,) if of_itself else named[1]
    cells: dict[Outcome, _Value] = {}
    for written, value in pairs:
        label = label_of(written)
        outcome = label.items if isinstance(label, Bracket) and len(variables) > 1 else (label,)
        if len(outcome) != len(variables):
            return None
        cells[outcome] = _value(value)
    return _Given(_P if of_itself else letter_of(name), variables, _behind_bar(head), cells, statement, whole=True)


def _behind_bar(head: Tree) -> int:
    bracket = head.items[1] if isinstance(head, Juxtaposition) and is_conditional(head) else None
    bar = isinstance(bracket, Bracket) and "|" in bracket.separators
    return len(bracket.items) - bracket.separators.index("|") - 1 if isinstance(bracket, Bracket) and bar else 0


def _value(tree: Tree) -> _Value:
    """A probability; decimals with two digits and more may be rounded."""
    decimals = [len(text.partition(".")[2]) for text in _written(tree)]
    rounded = [Fraction(1, 2 * 10**digits) for digits in decimals if digits >= 2]
    value = number(tree)
    assert value is not None
    return _Value(value, max(rounded, default=Fraction(0)))


def _written(tree: Tree) -> Iterator[str]:
    yield from (span_text(part.span) for part in walk(tree) if isinstance(part, Number))
