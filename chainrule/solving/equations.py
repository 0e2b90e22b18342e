"""Bare equations, or one expression -> their network: what a person types where there is no sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chainrule.errors import ChainruleError
from chainrule.inference.declarations import Declaration
from chainrule.inference.joined_words import words_of
from chainrule.inference.network import Network
from chainrule.inference.statements import Given
from chainrule.solving.information.measured import measured_in
from chainrule.solving.reading import ProblemText, read_declared
from chainrule.source import Source
from chainrule.syntax.notation import notation_of
from chainrule.syntax.tree import Derivative, Name, Relation, Tree, walk


def read_equations(
    source: Source,
    more: Sequence[Given | Declaration] = (),
    by: Sequence[Tree] = (),
    facts: Iterable[str] = (),
    unit: str | None = None,
) -> tuple[ProblemText, Network]:
    """The network of bare equations; a lone expression is called f. by: what derivatives will be asked by.

    facts: what is declared of inputs, "A symmetric", "sum(t) = 1". unit: of the entropies and divergences in them, where it
    is not nats.

    Raises SyntaxFault where nothing could be read, ChainruleError where a unit is given and nothing is measured in it.
    """
    text = ProblemText()
    text.add(source.span(), notation_of(source.text))
    text.join_words(words_of(text.statements))
    text.facts.extend(read_declared(facts))
    errors = [d for d in text.diagnostics if d.severity == "error"]
    if not text.statements and errors:
        first = errors[0]
        raise ChainruleError(first.code, first.message, first.span, first.hint)
    if len(text.statements) == 1 and not isinstance(text.statements[0], Relation):
        text.statements[0] = _named(text.statements[0])
    asked = [Derivative("partial", None, (tree,)) for tree in by]
    network = text.network(more, asked)
    if unit is None:
        return text, network
    text.statements[:] = measured_in(network, text.statements, unit)
    return text, text.network(more, asked)


def _named(expression: Tree) -> Tree:
    """A lone expression gets a name that is not in it."""
    taken = set(walk(expression))
    name = next(n for n in (Name(letter) for letter in ("f", "g", "h", "F", "result")) if n not in taken)
    return Relation(("=",), (replace(name, span=expression.span), expression), span=expression.span)
