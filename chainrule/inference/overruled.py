r"""A number for a name that has a formula: `s = \log \sigma^2`, later `s = 0.2`, where nothing else is said of sigma."""

from collections.abc import Iterable, Iterator, Sequence

from chainrule.errors import ChainruleError, Diagnostic
from chainrule.inference.distributions.families import instance_of
from chainrule.inference.literals import read_literal
from chainrule.inference.resolved import NAME_OF_EULER
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.syntax.tree import Call, Juxtaposition, Name, Relation, Subscript, Tree, walk

CONSTANTS = (NAME_OF_EULER, Name("\\pi"), Name("\\infty"))


def without_overruled(statements: Sequence[Tree], given: Iterable[Tree] = ()) -> tuple[list[Tree], list[Diagnostic]]:
    """The statements without formulas that a number stands for, and a note for each.

    A formula gives way only where none of its inputs has a value or occurs anywhere else, but as a parameter of a family that
    is only named: it says what the name means, and nothing is computed by it. given: names that have values from elsewhere.
    """
    numbers: dict[Tree, Tree] = {}
    for name, statement in _equations(statements):
        if _is_number(statement):
            numbers.setdefault(name, statement)
    gone: set[int] = set()
    notes: list[Diagnostic] = []
    outside = frozenset(given)
    for name, statement in _equations(statements) if numbers else ():
        if name not in numbers or _is_number(statement):
            continue
        inputs = frozenset(_letters(statement.sides[1])) - _indices(statement)
        rest = (other for other in statements if other is not statement and not _names_member(other))
        others = (part for other in rest for part in _letters(other))
        if inputs and name not in inputs and inputs.isdisjoint((*outside, *others)):
            gone.add(id(statement))
            said, formula = span_text(numbers[name].span), span_text(statement.span)
            message = f"{said} holds, and nothing is computed by {formula}: what it is made of has no value here"
            notes.append(Diagnostic("note", "number-for-formula", message, numbers[name].span))
    return [statement for statement in statements if id(statement) not in gone], notes


def _names_member(statement: Tree) -> bool:
    r"""Whether it only names a distribution, `\mathcal{N}(\mu, \sigma^2)`, of which nothing is computed then."""
    return isinstance(statement, Juxtaposition) and instance_of(statement) is not None


def _equations(statements: Iterable[Tree]) -> Iterator[tuple[Tree, Relation]]:
    for statement in statements:
        if isinstance(statement, Relation) and statement.operators == ("=",) and could_be_name(statement.sides[0]):
            name = key(statement.sides[0])
            yield name.base if _indices(statement) and isinstance(name, Subscript) else name, statement


def _indices(statement: Relation) -> frozenset[Tree]:
    r"""The letters that count entries on both sides, the j of `s_j = \log \sigma_j^2`."""
    name, body = key(statement.sides[0]), statement.sides[1]
    below = frozenset(name.items) if isinstance(name, Subscript) else frozenset[Tree]()
    letters = all(isinstance(item, Name) and len(item.text) == 1 for item in below)
    counted = {item for part in walk(body) if isinstance(part, Subscript) for item in part.items}
    return below if letters and below <= counted else frozenset()


def _is_number(statement: Relation) -> bool:
    try:
        return read_literal(statement.sides[1]) is not None
    except ChainruleError:
        return False


def _letters(tree: Tree) -> Iterator[Tree]:
    """The letters in a tree that are no functions and no constants."""
    functions = {id(part.function) for part in walk(tree) if isinstance(part, Call)}
    for part in walk(tree):
        if isinstance(part, Name) and id(part) not in functions and part not in CONSTANTS:
            yield part
