r"""A text's own formula of a quantity, `D_{KL}(P \parallel Q) = \sum_x P(x) \log_2 \frac{P(x)}{Q(x)}`: it defines nothing new.

It is compared with ours at random points. Where it is another function, the text's definition is the one that holds.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.errors import ChainruleError, Diagnostic
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.inference.bounds import size_names
from chainrule.inference.distributions.labels import Table
from chainrule.inference.distributions.notation import Written, bracket_of_call, written
from chainrule.inference.distributions.recognised import bases_in, have_equal_values, logarithms, multiple_of
from chainrule.inference.expression import read_resolved
from chainrule.inference.literals import is_literal
from chainrule.inference.resolve import Reader
from chainrule.inference.symbols import could_be_name, join_letters, key, span_text
from chainrule.ops.table import spellings
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Call,
    Juxtaposition,
    Name,
    Number,
    Relation,
    Subscript,
    Tree,
    transform,
    walk,
)

EQUALS = frozenset({"=", ":=", "\\equiv", "\\triangleq", "\\coloneqq", "≡"})
DEEPEST = 3
"""So far names in a formula are followed to what they are."""
MOST_PARTS = 200
"""What is longer is put into no formula, and nothing is put into it."""
LABELS = tuple(Number(Fraction(k), str(k)) for k in (1, 2, 3))


@dataclass(frozen=True)
class Formula:
    """head = body, of a quantity of the table. base: of its logarithm, None being the natural one.

    ordered: of every order, that stands below the head, `H_\\alpha(P)`.
    unread: what is to be said of a body that could not be compared with the quantity, being over a set that is not known.
    """

    quantity: str
    head: Tree
    body: Tree
    base: Fraction | None
    unread: Diagnostic | None = None
    ordered: bool = False


def quantity_in(tree: Tree) -> Written | None:
    """What a whole tree is as the notation of a quantity; None for any other tree."""
    match tree:
        case Juxtaposition(items=(head, bracket)):
            return written(head, bracket)
        case Juxtaposition(items=(*letters, bracket)):
            word = "".join(item.text for item in letters if isinstance(item, Name))
            head = join_letters(letters, word)
            return None if head is None else written(head, bracket)
        case Call(function=head):
            return written(head, bracket_of_call(tree))
        case _:
            return None


@dataclass(frozen=True)
class Own:
    """A definition of the text's own under the name of a quantity: the note that says so."""

    found: Written
    body: Tree
    note: Diagnostic | None

    @property
    def has_name(self) -> bool:
        r"""Whether its head is a name that a function can have, as that of `TV(P, Q)` is, and not that of `\chi^2(P \| Q)`."""
        return could_be_name(self.found.head)


def read_formula(statement: Tree, definitions: Mapping[Tree, Tree] | None = None) -> Formula | Own | None:
    r"""The formula that a statement is; what it defines of its own under the name of a quantity.

    None where it is neither. definitions: of names that may stand in the formula, the M of `\frac12 D_{KL}(P \| M)`.
    """
    match statement:
        case Relation(operators=(operator,), sides=(head, body)) if operator in EQUALS:
            found = quantity_in(head)
        case _:
            return None
    if found is None or is_literal(body) or not (found.plainly or _has_mark(found) or _is_of_information(body)):
        return None
    names = [_letter(tree) for tree in found.arguments]
    known = [name for name in names if name is not None]
    order = found.order if found.order is None or could_be_name(found.order) or isinstance(found.order, Number) else None
    if len(known) == len(names):
        node, variables = _node(_put_in(body, known, definitions or {}), known, order)
        for quantity in found.quantities if node is not None else ():
            if quantity.joint:
                continue
            same = None if node is None else multiple_of(node, quantity.operation, variables, bases_in(body))
            if same is not None and same[0] > 0:
                return Formula(quantity.name, head, body, same[1], ordered=found.order is not None)
        if node is not None or found.order is not None:
            return _own(found, body, statement)
    return _unread(found, head, body) if found.plainly or _measures(found, body) else None


def _has_mark(found: Written) -> bool:
    r"""Whether a power or an order is a part of the head, `H^2(P, Q)`, `H_\alpha(P)`."""
    return found.order is not None or not could_be_name(found.head)


def _put_in(body: Tree, names: Sequence[Tree], definitions: Mapping[Tree, Tree]) -> Tree:
    """The body with what its names are, as far as they are defined and are none of the arguments."""

    def put(part: Tree) -> Tree:
        inside = definitions.get(key(part)) if could_be_name(part) and key(part) not in names else None
        return part if inside is None or not _is_short(inside) else Bracket("(", (inside,), span=part.span)

    for _ in range(DEEPEST):
        body = transform(body, put) if _is_short(body) else body
    return body


def _is_short(tree: Tree) -> bool:
    return sum(1 for _ in walk(tree)) <= MOST_PARTS


def _is_of_information(body: Tree) -> bool:
    """Whether a body has a logarithm or another quantity in it."""
    return any(logarithms(body)) or any(quantity_in(part) is not None for part in walk(body))


def _measures(found: Written, body: Tree) -> bool:
    r"""Whether the body can be of the arguments as distributions: that of `J(\theta, b) = -\sum_i y_i \log \hat y_i` is not,
    which has no entry or value of either. What is written of variables, `H(X, Y)`, need not have their letters.
    """
    if len(found.arguments) < 2 or set(found.separators) != {","} or any(each.joint for each in found.quantities):
        return True
    names = [name for name in map(_letter, found.arguments) if name is not None]
    body = in_own_case(body, names)
    entries = {key(part.base) for part in walk(body) if isinstance(part, Subscript)}
    calls = {key(part.items[0]) for part in walk(body) if isinstance(part, Juxtaposition) and could_be_name(part.items[0])}
    return entries.union(calls).issuperset(names)


def _own(found: Written, body: Tree, statement: Tree) -> Own:
    message = f"{span_text(found.span)} is what the text defines it to be, which is not the {found.quantities[0].title}"
    return Own(found, body, Diagnostic("note", "own-definition", message, statement.span) if found.plainly else None)


def _unread(found: Written, head: Tree, body: Tree) -> Formula | None:
    """A formula over a set that is not known: a sum, an expectation or an integral with a logarithm in it."""
    if not any(isinstance(part, BigOperator) for part in walk(body)) or not any(logarithms(body)):
        return None
    bases = {base for _, base in logarithms(body)}
    title = found.quantities[0].title
    message = f"{span_text(body.span)} is taken for the formula of the {title} without a comparison"
    note = Diagnostic("note", "formula-not-compared", message, body.span)
    return Formula(found.quantities[0].name, head, body, bases.pop() if len(bases) == 1 else None, note)


def _letter(tree: Tree) -> Tree | None:
    """The name of an argument, the P of `P(x)`."""
    if isinstance(tree, Juxtaposition) and len(tree.items) == 2:
        tree = tree.items[0]
    return key(tree) if could_be_name(tree) else None


def _node(body: Tree, names: Sequence[Tree], order: Tree | None) -> tuple[Node | None, list[Node]]:
    """The body as a function of vectors of three probabilities with these names and of the order; None where it is none."""
    limits = frozenset(_limits(body))
    symbol = next((name.text for name in limits if isinstance(name, Name)), None)
    variables: list[Node] = [build.variable(name, (3,) if symbol is None else (symbol,)) for name in names]
    inputs = dict(zip(names, variables, strict=True))
    if isinstance(order, Number):
        variables.append(build.constant(order.value))
    elif order is not None:
        variables.append(inputs.setdefault(key(order), build.variable(key(order), ())))
    body = in_own_case(body, names)
    for letters in ((), _free_letters(body, inputs)):
        scalars = {letter: build.variable(letter, ()) for letter in letters}
        node = _elaborated(body, names, {**inputs, **scalars}, limits, lengthless=symbol is not None)
        if node is not None:
            return node, [*variables, *scalars.values()]
    return None, variables


def _free_letters(body: Tree, known: Mapping[Tree, Node]) -> list[Tree]:
    """The names in a formula that are numbers of the text, the c of `c \\sum_i (p_i - q_i)^2`: none is applied to anything."""
    applied = {
        key(part.items[0]) for part in walk(body) if isinstance(part, Juxtaposition) and isinstance(part.items[1], Bracket)
    }
    applied |= {key(part.base) for part in walk(body) if isinstance(part, Subscript)}
    operators = [part for part in walk(body) if isinstance(part, BigOperator)]
    bound = {key(name) for each in operators for end in (each.lower, each.upper) if end is not None for name in walk(end)}
    free = (key(part) for part in walk(body) if could_be_name(part) and isinstance(part, Name) and part.text not in spellings())
    return [name for name in dict.fromkeys(free) if name not in applied | bound and name not in known]


def _elaborated(
    body: Tree, names: Sequence[Tree], inputs: Mapping[Tree, Node], limits: frozenset[Tree], *, lengthless: bool
) -> Node | None:
    reader = Reader(
        defined={name: name for name in inputs},
        indexed=frozenset(names),
        table=spellings(),
        arrays=frozenset(names),
        lengths={} if lengthless else dict.fromkeys(names, (3,)),
        tables={name: Table((LABELS,)) for name in names},
        limits=limits,
        numbers=frozenset(inputs) - frozenset(names),
    )
    try:
        return read_resolved(reader.read(body), inputs)
    except (ChainruleError, KeyError):
        return None


def are_equal(first: Tree, second: Tree, names: Sequence[Tree], order: Tree | None = None) -> bool:
    """Whether two formulas of distributions with these names, and of an order, have the same values at random tables."""
    (one, variables), (other, _) = (_node(tree, names, order) for tree in (first, second))
    return one is not None and other is not None and have_equal_values(one, other, variables)


def in_own_case(body: Tree, names: Container[Tree], kept: Container[Tree] = ()) -> Tree:
    """The formula of `H(P)` with P for the p of its `p_i`, but for letters that are kept."""

    def changed(part: Tree) -> Tree:
        if not isinstance(part, Name) or part in names or part in kept or len(part.text) > 1 or not part.text.islower():
            return part
        other = Name(part.text.upper(), span=part.span)
        return other if other in names else part

    return transform(body, changed)


def _limits(body: Tree) -> Iterable[Tree]:
    uppers = (part.upper for part in walk(body) if isinstance(part, BigOperator) and part.upper is not None)
    return (name for upper in uppers for name in size_names(upper))
