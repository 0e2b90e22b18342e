r"""Distributions in other spellings: `\Pr\{X = 1\}`, `X \sim (1/2, 1/2)`, and cases `1 & \text{with probability } p`."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from chainrule.inference.distributions.labels import variable_of
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, is_capital, is_probability
from chainrule.source import Source
from chainrule.syntax.matrices import WITH_PROBABILITY
from chainrule.syntax.tree import Bracket, Call, CasesTree, Juxtaposition, Matrix, Name, Relation, Subscript, Tree, transform

_DRAWN = frozenset(("\\sim", "∼", "~"))
_EQUALS = frozenset(("=", ":="))


def in_one_spelling(statements: Iterable[Tree]) -> list[Tree]:
    """The statements with such distributions as `P(X = 1)`, `p_X = (1/2, 1/2)` and `p(X) = \\{1: p, ..\\}`."""
    return [_whole(transform(statement, _round)) for statement in statements]


def _round(part: Tree) -> Tree:
    r"""`\Pr\{X = 1\}` as `\Pr(X = 1)`."""
    match part:
        case Juxtaposition(items=(head, Bracket(kind="{", items=items, separators=signs) as bracket)) if is_probability(head):
            if items and all(isinstance(item, Relation) for item in items):
                return Juxtaposition((head, Bracket("(", items, signs, span=bracket.span)), span=part.span)
        case _:
            pass
    return part


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
    if sign in _DRAWN and isinstance(body, Bracket) and body.kind in "([" and _is_whole(body.items):
        letter = Subscript(_letter(), (variable,), span=variable.span)
        return Relation(("=",), (letter, body), span=statement.span)
    return statement


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
