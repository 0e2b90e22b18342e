r"""`f : \mathbb{R}^n \to \mathbb{R}`: what it says of the shapes of a quantity `f(x) = ...` and of its argument."""

from collections.abc import Container, Iterable, Iterator, Mapping

from chainrule.errors import Diagnostic
from chainrule.inference.declarations import Declaration, read_declaration
from chainrule.inference.statements import Definition, unused
from chainrule.inference.uses import mapping_of
from chainrule.syntax.tree import Relation, Tree


def unused_mappings(statements: Iterable[Tree], functions: Container[Tree]) -> Iterator[Diagnostic]:
    """A note for each mapping that is of no function of the text."""
    for statement in statements:
        mapped = mapping_of(statement)
        if isinstance(statement, Relation) and mapped is not None and mapped[0] not in functions:
            yield unused(statement)


def domains(statements: Iterable[Tree], quantities: Mapping[Tree, Definition]) -> Iterator[Declaration]:
    """The shapes of the arguments and values of quantities with one argument, where the spaces are known."""
    for statement in statements:
        mapped = mapping_of(statement)
        definition = quantities.get(mapped[0]) if mapped is not None else None
        if not isinstance(statement, Relation) or definition is None or definition.parameters is None:
            continue
        if len(definition.parameters) - definition.optional == 1:
            _, domain, values = statement.sides
            for name, space in ((definition.parameters[0], domain), (definition.name, values)):
                yield from read_declaration(Relation(("\\in",), (name, space), span=statement.span)) or ()
