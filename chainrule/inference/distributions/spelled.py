r"""Distributions in other spellings: `\Pr\{X = 1\}`, `X \sim (1/2, 1/2)`, and cases `1 & \text{with probability } p`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from chainrule.inference.distributions.labels import variable_of, variables_below
from chainrule.inference.distributions.stochastic import is_random
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, is_capital, is_probability
from chainrule.source import Source
from chainrule.syntax.matrices import WITH_PROBABILITY
from chainrule.syntax.tree import Bracket, Call, CasesTree, Juxtaposition, Matrix, Name, Relation, Subscript, Tree, transform

_DRAWN = frozenset(("\\sim", "∼", "~"))
_EQUALS = frozenset(("=", ":="))


def in_one_spelling(statements: Iterable[Tree]) -> list[Tree]:
    """The statements with such distributions as `P(X = 1)`, `P(Y \\mid X)`, `p_X = (1/2, 1/2)` and `p(X) = \\{1: p, ..\\}`."""
    return [_whole(transform(transform(statement, _conditional), _round)) for statement in statements]


def _conditional(part: Tree) -> Tree:
    r"""`P(Y \mid X)` for `P_{Y \mid X}`, and `P(Y = 1 \mid X = 0)` for `P_{Y \mid X}(1 \mid 0)`."""
    match part:
        case Subscript(base=name, items=(Relation(operators=("\\mid", *equals), sides=(target, given, *value)),)) if (
            is_probability(name)
        ):
            known = is_random(target) and is_random(given) and equals in ([], ["="])
            condition = Relation(("=",), (given, *value), span=part.span) if value else given
            bracket = Bracket("(", (target, condition), ("|",), span=part.span)
            return Juxtaposition((name, bracket), span=part.span) if known else part
        case Juxtaposition(
            items=(Juxtaposition(items=(name, Bracket(items=variables) as head)), Bracket(kind="(") as bracket)
        ) if head.separators == ("|",) and is_probability(name):
            return _at_values(name, variables, bracket, part) or part
        case _:
            return part


def _at_values(name: Tree, variables: tuple[Tree, ...], bracket: Bracket, whole: Tree) -> Tree | None:
    """The head `P(Y \\mid X)` with the values or letters that stand behind it, `(1 \\mid 0)`, `(y)`."""
    values = bracket.items
    if bracket.separators not in ((), ("|",)) or len(values) != (2 if isinstance(variables[1], Name | Subscript) else 1):
        return None
    placed = [
        variable if variable_of(value) == variable else Relation(("=",), (variable, value), span=bracket.span)
        for variable, value in zip(variables, values, strict=False)
    ]
    inside = Bracket("(", (*placed, *variables[len(placed) :]), ("|",), span=bracket.span)
    return Juxtaposition((name, inside), span=whole.span)


def _round(part: Tree) -> Tree:
    r"""`\Pr\{X = 1\}` as `\Pr(X = 1)`."""
    match part:
        case Juxtaposition(items=(head, Bracket(kind="{", items=items, separators=signs) as bracket)) if is_probability(head):
            if items and all(isinstance(item, Relation) for item in items):
                return Juxtaposition((head, Bracket("(", items, signs, span=bracket.span)), span=part.span)
        case _:
            pass
    return part


def event_below(name: Subscript, behind: Bracket) -> Bracket | None:
    r"""`(X = 1)` for `P_X(1)`, `(Y = 1 \mid X = 0)` for `P_{Y \mid X}(1 \mid 0)`; None where letters stand for the values."""
    written = _conditional(name)
    head = written.items[1] if isinstance(written, Juxtaposition) else None
    variables = head.items if isinstance(head, Bracket) else variables_below(name)
    signs = head.separators if isinstance(head, Bracket) else (",",) * (len(variables) - 1)
    if len(variables) != len(behind.items) or signs != behind.separators or not all(map(could_be_name, variables)):
        return None
    if any(could_be_name(value) and variable_of(value) in variables for value in behind.items):
        return None
    pairs = [(variable_of(v), value) for v, value in zip(variables, behind.items, strict=True)]
    return replace(behind, items=tuple(Relation(("=",), pair, span=behind.span) for pair in pairs))


def _whole(statement: Tree) -> Tree:
    match statement:
        case Relation(operators=(sign,), sides=(variable, body)) if could_be_name(variable) and is_capital(variable):
            pass
        case _:
            return statement
    pairs = _pairs(body)
    if pairs is not None and (sign in _DRAWN or (sign in _EQUALS and isinstance(body, CasesTree))):
        items = tuple(Relation((":",), pair, span=body.span) for pair in pairs)
        return _said(variable, Bracket("{", items, (",",) * (len(items) - 1), span=body.span), statement)
    if sign in _DRAWN and isinstance(body, Bracket) and body.kind in "([" and _is_whole(body.items) and not _is_range(body):
        letter = Subscript(_letter(), (variable,), span=variable.span)
        return Relation(("=",), (letter, body), span=statement.span)
    return statement


def _is_range(body: Bracket) -> bool:
    """Whether a pair may be an interval, `[0, 1]`, and no probabilities."""
    return len(body.items) == 2 and number(body.items[0]) == 0


def _letter() -> Name:
    return Name("p", span=Source("distribution", "p").span())


def _said(variable: Tree, braces: Bracket, statement: Tree) -> Relation:
    inside = Bracket("(", (variable_of(variable),), span=variable.span)
    return Relation(("=",), (Juxtaposition((_letter(), inside), span=variable.span), braces), span=statement.span)


def _pairs(body: Tree) -> list[tuple[Tree, Tree]] | None:
    """The outcomes with their probabilities, of cases or of two rows of a matrix, of which one alone sums to one."""
    match body:
        case CasesTree(rows=rows):
            found = [(value, condition.arguments[0]) for value, condition in rows if isinstance(condition, Call)]
            marked = [isinstance(c, Call) and c.function == WITH_PROBABILITY for _, c in rows]
            return found if all(marked) else None
        case Matrix(rows=(first, second)) if len(first) > 1 and _is_whole(second) and not _is_whole(first):
            return list(zip(first, second, strict=True))
        case _:
            return None


def _is_whole(values: Sequence[Tree]) -> bool:
    """Whether these are numbers that sum to one, none of them negative."""
    found = [value for value in map(number, values) if value is not None]
    return len(found) == len(values) > 1 and sum(found, Fraction(0)) == 1 and min(found) >= 0
