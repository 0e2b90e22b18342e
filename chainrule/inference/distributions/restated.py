r"""What a text says of quantities of the table: their formulas, `H(P) = -\sum_x P(x) \log P(x)`, and their values."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.formulas import EQUALS, Formula, Own, in_own_case, quantity_in, read_formula
from chainrule.inference.distributions.notation import Signature, Written, head_word, signature, written
from chainrule.inference.literals import is_literal
from chainrule.inference.statements import ABOUT, Claim, head_parts
from chainrule.inference.symbols import could_be_name, join_spans, key
from chainrule.inference.uses import names_alone
from chainrule.probability.quantities import QUANTITIES
from chainrule.syntax.tree import BigOperator, Bracket, Derivative, Juxtaposition, Name, Relation, Tree, walk

HEADS = frozenset(head for quantity in QUANTITIES for head in quantity.heads)


@dataclass
class Restated:
    """statements: without what is only said of quantities. claims: values that they are said to have. heads: names that are
    quantities of the text too, as the H of `H(p, q) = -\\sum_i p_i \\log q_i` that is differentiated. own: quantities that
    the text defines otherwise, under a head that is no name, with the names of the functions that they are; None where they
    are none.
    """

    statements: list[Tree] = field(default_factory=list[Tree])
    formulas: dict[str, Formula] = field(default_factory=dict[str, Formula])
    claims: list[Claim] = field(default_factory=list[Claim])
    heads: set[Tree] = field(default_factory=set[Tree])
    notes: list[Diagnostic] = field(default_factory=list[Diagnostic])
    own: dict[Signature, Name | None] = field(default_factory=dict[Signature, Name | None])

    def take(self, formula: Formula) -> None:
        """Keep a formula, the first of each quantity; say of one that could not be compared that it was not."""
        self.formulas.setdefault(formula.quantity, formula)
        if formula.unread is not None:
            self.notes.append(formula.unread)


def restated(statements: Sequence[Tree], distributions: frozenset[Tree]) -> Restated:
    """The statements sorted by whether they say something of a quantity. distributions: names that the text says are some."""
    found = Restated()
    meant = _bare_heads(statements)
    found.heads.update(meant)
    statements = [*(Relation(("=",), pair, span=pair[0].span) for pair in meant.items()), *statements]
    used = frozenset((*names_alone(statements), *_differentiated(statements)))
    definitions = _definitions(statements)
    named = {key(head_parts(each.sides[0])[0]) for each in statements if isinstance(each, Relation)}
    others: list[Own] = []
    for statement in statements:
        formula = read_formula(statement, definitions)
        if isinstance(formula, Formula):
            found.take(formula)
            head, parameters = head_parts(formula.head)
            own = (not formula.ordered and distributions.isdisjoint(map(key, parameters or ()))) or key(head) in used
            if formula.unread is None and own and could_be_name(head):
                found.heads.add(key(head))
                found.statements.append(statement)
            continue
        if _take_values(statement, found):
            continue
        statement = _of_distributions(statement, distributions, named)
        formula = read_formula(statement, definitions) if isinstance(formula, Own) else None
        if isinstance(formula, Own):
            found.notes += [] if formula.note is None else [formula.note]
            others.append(formula)
        if not isinstance(formula, Own) or formula.has_name:
            found.statements.append(statement)
    for each in others:
        if _is_lost(each.found, found.heads):
            _take_function(each, found)
    return found


def _of_distributions(statement: Tree, distributions: Container[Tree], named: set[Tree]) -> Tree:
    r"""`E(P, Q) = \sum_i p_i q_i` with the names of the distributions for the small letters that mean nothing else."""
    match statement:
        case Relation(operators=(operator,), sides=(head, body)) if operator in EQUALS:
            quantity = quantity_in(head)
            arguments = (head_parts(head)[1] or ()) if quantity is None else quantity.arguments
            known = [key(each) for each in arguments if could_be_name(each)]
            of = [each for each in known if quantity is not None or each in distributions]
            bound = {key(name) for part in walk(body) if isinstance(part, BigOperator) for name in _below(part)}
            return replace(statement, sides=(head, in_own_case(body, of, named | bound))) if of else statement
        case _:
            return statement


def _below(operator: BigOperator) -> Iterable[Tree]:
    """The names below a sum, its index among them."""
    return (part for part in walk(operator.lower) if could_be_name(part)) if operator.lower is not None else ()


def _take_function(own: Own, found: Restated) -> None:
    """Keep a definition as that of a function with a name of its own; the first argument is the order that stands below."""
    mark = signature(own.found)
    order = () if own.found.order is None else (own.found.order,)
    arguments = (*order, *own.found.arguments)
    if mark in found.own or not all(map(could_be_name, arguments)):
        found.own.setdefault(mark, None)
        return
    name = Name(f"{mark[0]} of the text", span=own.found.head.span)
    bracket = Bracket("(", arguments, (",",) * (len(arguments) - 1), span=own.found.span)
    found.own[mark] = name
    head = Juxtaposition((name, bracket), span=own.found.span)
    found.statements.append(Relation(("=",), (head, own.body), span=own.found.span))


def _is_lost(found: Written, heads: Container[Tree]) -> bool:
    """Whether a definition is no function with the head for a name: of every order, or one of two under the same head."""
    return found.order is not None or not could_be_name(found.head) or key(found.head) in heads


def _bare_heads(statements: Sequence[Tree]) -> dict[Tree, Tree]:
    r"""What bare heads stand for that are differentiated, the D_{KL} of `\\frac{\\partial D_{KL}}{\\partial \\mu}`.

    It is the one quantity with that head before, or in the whole text; where there are several, or the head is defined, it
    stands for nothing.
    """
    defined = {key(head_parts(s.sides[0])[0]) for s in statements if isinstance(s, Relation)}
    wanted = {head for head in _differentiated(statements) if head not in defined and head_word(head) in HEADS}
    found: dict[Tree, dict[Tree, None]] = {head: {} for head in wanted}
    for part in (part for statement in statements for part in walk(statement)) if wanted else ():
        pairs = pairwise(part.items) if isinstance(part, Juxtaposition) else ()
        for item, behind in pairs:
            head = next((head for head in wanted if head_word(item) == head_word(head)), None)
            if head is not None and written(item, behind) is not None:
                found[head][Juxtaposition((item, behind), span=join_spans((item, behind)))] = None
    asked = {head: _first_place(statements, head) for head in wanted}
    before = {head: [tree for tree in notations if _start(tree) < asked[head]] for head, notations in found.items()}
    meant = {head: before[head] or list(notations) for head, notations in found.items()}
    return {head: notations[0] for head, notations in meant.items() if len(notations) == 1}


def _first_place(statements: Iterable[Tree], head: Tree) -> int:
    """Where a derivative of a head stands first in the text."""
    parts = (part for statement in statements for part in walk(statement) if isinstance(part, Derivative))
    return min(_start(part) for part in parts if part.of is not None and key(part.of) == head)


def _start(tree: Tree) -> int:
    return tree.span.start if tree.span is not None else 0


def _definitions(statements: Iterable[Tree]) -> dict[Tree, Tree]:
    """What names are computed from: the right side of `M = \\frac12 (P + Q)`."""
    found: dict[Tree, Tree] = {}
    for statement in statements:
        match statement:
            case Relation(operators=(operator,), sides=(name, body)) if operator in EQUALS and could_be_name(name):
                if not is_literal(body) and not isinstance(body, Bracket):
                    found[key(name)] = body
            case _:
                pass
    return found


def _differentiated(statements: Iterable[Tree]) -> Iterable[Tree]:
    trees = (part.of for statement in statements for part in walk(statement) if isinstance(part, Derivative))
    return (key(tree) for tree in trees if tree is not None and could_be_name(tree))


def _take_values(statement: Tree, found: Restated) -> bool:
    r"""Take `D_{KL}(P \| Q) = 0.09`, and of `L = D_{KL}(P \| Q) = 0.09` all but the definition; False for anything else."""
    if not isinstance(statement, Relation) or not set(statement.operators) <= EQUALS | ABOUT:
        return False
    sides = statement.sides
    at = next((i for i, side in enumerate(sides[:-1]) if (w := quantity_in(side)) is not None and w.plainly), None)
    if at is None or (at == 0 and not all(map(is_literal, sides[1:]))):
        return False
    for i, side in enumerate(sides[at + 1 :], at):
        formula = read_formula(Relation(("=",), (sides[at], side)))
        if isinstance(formula, Formula):
            found.take(formula)
        else:
            approximate = statement.operators[i] in ABOUT
            found.claims.append(Claim(sides[at], side, side.span, identity=True, approximate=approximate))
    if at:
        found.statements.append(Relation(statement.operators[:at], sides[: at + 1], span=statement.span))
    return True
