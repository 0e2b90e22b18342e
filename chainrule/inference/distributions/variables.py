r"""Random variables of joint tables: the X and Y of `H(X, Y)`, `H(Y \mid X)`, `I(X; Y)`, and the marginals of `p(X, Y)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.inference.distributions.labels import RANDOM, Table, variable_of
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import Symbol, could_be_name, is_conditional, key, letter, span_text
from chainrule.probability.family import ClosedForm
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


@dataclass(frozen=True)
class Joint:
    """A distribution of random variables: its resolved array, and what its outcomes are called."""

    body: Tree
    table: Table


def _form(name: str, arguments: tuple[str, ...], signature: str, function: Callable[..., Node]) -> ClosedForm:
    return ClosedForm(name=name, arguments=arguments, signature=signature, build=function, spellings=())


def _times(axis: int) -> Callable[[Node, Node], Node]:
    """A matrix with a vector multiplied along one of its axes."""
    return lambda p, q: build.multiply(p, build.broadcast(q, p.shape, (axis,)))


def _sums(axis: int) -> Callable[[Node], Node]:
    """The sums of a matrix along the other axis."""
    return lambda p: build.total(p, (1 - axis,))


MARGINALS = (
    _form("marginal of the rows", ("p",), "m,n -> m", _sums(0)),
    _form("marginal of the columns", ("p",), "m,n -> n", _sums(1)),
)
CHAINED = (
    _form("times the rows", ("p", "q"), "m,n m -> m,n", _times(0)),
    _form("times the columns", ("p", "q"), "m,n n -> m,n", _times(1)),
)
"""A conditional distribution times that of its condition, which is the variable of the rows, and that of the columns."""
BY_PLACE = (Name("X"), Name("Y"))
INDEPENDENT = _form("independent", ("p", "q"), "m n -> m,n", build.outer)


def is_variable(reader: Reader, tree: Tree) -> bool:
    """Whether a tree is a random variable of a table, and no distribution itself: no name, or one computed from others."""
    variables = variables_in(reader)
    if not could_be_name(tree) or variable_of(tree) not in variables:
        return False
    definition = reader.bodies.get(key(tree)) if reader.knows(tree) else None
    inside = [] if definition is None else [part for part in walk(definition.body) if could_be_name(part)]
    return not reader.knows(tree) or (len(inside) > 0 and all(part in variables for part in inside))


def is_random(tree: Tree) -> bool:
    """Whether a name has the letter of a random variable."""
    return isinstance(tree, Name) and tree.text in RANDOM


def variables_in(reader: Reader) -> frozenset[Tree]:
    named = frozenset(variable for table in reader.tables.values() for variable in table.variables)
    return named if _unnamed(reader) is None else frozenset(BY_PLACE)


def _unnamed(reader: Reader) -> Joint | None:
    """The joint table of a text that names no random variables: in its pairs X stands first, and Y second."""
    pairs = [(name, table) for name, table in reader.tables.items() if len(table.labels) == 2]
    named = any(table.variables for table in reader.tables.values()) or any(map(reader.knows, BY_PLACE))
    if len(pairs) != 1 or named:
        return None
    ((name, table),) = pairs
    return Joint(Symbol(name, span=name.span), replace(table, variables=BY_PLACE))


def distribution_of_variables(reader: Reader, variables: Iterable[Tree], span: Span | None) -> Joint:
    """The distribution of one variable or of two, in the order of its table.

    Raises NameFault where the text does not give it, or gives it twice.
    """
    wanted = frozenset(map(variable_of, variables))
    own = [joint for joint in _tables(reader) if frozenset(joint.table.variables) == wanted]
    chained = [] if own else [joint for joint in _products(reader) if frozenset(joint.table.variables) == wanted]
    found = own or chained or [each for joint in _every(reader) for each in _marginals(joint, wanted)]
    found = _true(found) if len(found) > 1 else found
    if _unnamed(reader) is not None:
        message = "in the pairs of this joint distribution the first is taken for the value of X, the second for that of Y"
        reader.note("variables-by-place", message, found[0].body, "name them, p(x, y) = ...")
    said = " and ".join(sorted(map(_said, wanted)))
    if not found:
        message = f"the distribution of {said} is not given"
        raise NameFault("no-joint-distribution", message, span, "give it as a table, p(X, Y) = {(0, 0): 1/2, ...}")
    if len(found) > 1:
        raise NameFault("two-distributions", f"the text has more than one distribution of {said}", span, "name the one meant")
    return found[0]


def _true(found: Sequence[Joint]) -> Sequence[Joint]:
    """Of distributions p and q of the same variable the one called p: q is what it is compared with."""
    true = [joint for joint in found if _letter(joint) in ("p", "pr")]
    return true if len(true) == 1 and all(joint in true or _letter(joint) == "q" for joint in found) else found


def _letter(joint: Joint) -> str:
    """The letter of a table in lower case; "" of what is computed from one."""
    name = joint.body.name if isinstance(joint.body, Symbol) else None
    base = letter(name.items[0] if isinstance(name, Juxtaposition) else name) if name is not None else None
    return base.text.lower().lstrip("\\") if isinstance(base, Name) else ""


def independent(reader: Reader, one: Joint, other: Joint, span: Span | None) -> Joint | None:
    """`p(x) p(y)`, the product of the distributions of two variables, in the order of their joint table.

    None where one is of two variables itself.
    """
    if len(one.table.variables) != 1 or len(other.table.variables) != 1:
        return None
    if any(joint.table.variables == (*other.table.variables, *one.table.variables) for joint in _every(reader)):
        one, other = other, one
    labels, variables = (*one.table.labels, *other.table.labels), (*one.table.variables, *other.table.variables)
    return Joint(Applied(INDEPENDENT, (one.body, other.body), span=span), Table(labels, variables))


def _said(variable: Tree) -> str:
    return variable.text if isinstance(variable, Name) else span_text(variable.span)


def _tables(reader: Reader) -> list[Joint]:
    """The tables that are not conditional."""
    pairs = [(name, table) for name, table in reader.tables.items() if not _condition(name)]
    fitting = ((name, table) for name, table in pairs if not table.labels or len(table.variables) == len(table.labels))
    unnamed = _unnamed(reader)
    return [Joint(Symbol(name, span=name.span), table) for name, table in fitting] if unnamed is None else [unnamed]


def _condition(name: Tree) -> tuple[Tree, ...]:
    r"""The variables behind the bar of `P(Y \mid X)`."""
    bracket = name.items[1] if isinstance(name, Juxtaposition) and is_conditional(name) else None
    if not isinstance(bracket, Bracket) or "|" not in bracket.separators:
        return ()
    return bracket.items[bracket.separators.index("|") + 1 :]


def _products(reader: Reader) -> list[Joint]:
    """Conditional tables times the distribution of their condition."""
    found: list[Joint] = []
    for name, table in reader.tables.items():
        condition = _condition(name)
        if len(condition) != 1 or len(table.labels) != 2 or condition[0] not in table.variables:
            continue
        axis = table.variables.index(condition[0])
        for marginal in _tables(reader):
            if marginal.table.variables == condition and marginal.table.labels == (table.labels[axis],):
                whole = Applied(CHAINED[axis], (Symbol(name, span=name.span), marginal.body), span=name.span)
                found.append(Joint(whole, table))
    return found


def _every(reader: Reader) -> list[Joint]:
    return [*_tables(reader), *_products(reader)]


def _marginals(joint: Joint, wanted: frozenset[Tree]) -> list[Joint]:
    """The distribution of one of two variables."""
    (variable, *more) = wanted
    if more or variable not in joint.table.variables or len(joint.table.variables) != 2:
        return []
    axis = joint.table.variables.index(variable)
    body = Applied(MARGINALS[axis], (joint.body,), span=joint.body.span)
    return [Joint(body, Table(joint.table.labels[axis : axis + 1], (variable,)))]
