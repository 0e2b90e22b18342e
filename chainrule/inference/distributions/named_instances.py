r"""Statements of members of families, `X \sim \mathrm{Ber}(0.2)`, and of their single probabilities, `P(X = 0) = 0.8`."""

from collections.abc import Sequence

from chainrule.inference.distributions.assignments import outcome_of_head
from chainrule.inference.distributions.families import Instance, instance_of
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, is_conditional, is_probability, key
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree

SAYS = frozenset({"\\sim", "∼", "~", "=", ":=", "\\equiv"})


def named_member(statement: Tree) -> tuple[Tree, Instance] | None:
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


def masses_apart(statements: Sequence[Tree]) -> list[Tree]:
    """The statements with `0.8 = P(X = 0)` for `P(X = 0) = 0.8` where X is drawn from a family: it makes no table."""
    drawn = {named[0] for statement in statements if (named := named_member(statement)) is not None}
    return [_turned(statement, drawn) for statement in statements]


def _turned(statement: Tree, drawn: set[Tree]) -> Tree:
    head, value = mass_in(statement)
    outcome = outcome_of_head(head) if head is not None else None
    own = outcome is not None and len(outcome[1]) == 1 and outcome[1][0] in drawn
    return Relation(("=",), (value, head), span=statement.span) if own and head is not None and value is not None else statement


def mass_in(statement: Tree) -> tuple[Tree | None, Tree | None]:
    """`P(X = 0)` and the number that it is, whichever stands on the left; None for another statement."""
    match statement:
        case Relation(operators=("=",), sides=(first, second)):
            for head, value in ((first, second), (second, first)):
                if is_conditional(head) and number(value) is not None:
                    return head, value
        case _:
            pass
    return None, None
