"""Given numbers that an entropy or a divergence of a graph takes for probabilities, and that are none."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from chainrule.errors import Diagnostic
from chainrule.graph.node import Apply, Constant, Named, Node, Stack, Variable, postorder
from chainrule.inference.literals import Exact
from chainrule.inference.neighbours import of_probabilities
from chainrule.inference.statements import Given
from chainrule.inference.symbols import span_text
from chainrule.probability.quantities import QUANTITIES
from chainrule.source import Span
from chainrule.syntax.tree import Tree

TINY = Fraction(1, 10**12)
"""How far the sum of given probabilities may be from 1."""


def unnormalised(
    names: Mapping[Tree, Node], values: Mapping[Tree, Exact], givens: Mapping[Tree, Given]
) -> Iterator[Diagnostic]:
    """A warning for each list that is taken for a distribution, and has a negative entry or entries that do not sum to 1.

    What is computed is the formula at these numbers, which is no divergence of distributions.
    """
    for node, title in taken_for_distributions(names).items():
        entries, span = _entries(node, values, givens)
        total = sum(entries, Fraction(0))
        if entries and (min(entries) < 0 or abs(total - 1) > TINY):
            fault = "has a negative entry" if min(entries) < 0 else f"sums to {float(total):.15g}, not to 1"
            said = span_text(span) or f"the list of {len(entries)} numbers"
            message = f"{said} {fault}, but the {title} takes it for a distribution"
            yield Diagnostic("warning", "not-normalised", message, span, "correct a number, or divide the entries by their sum")


def taken_for_distributions(names: Mapping[Tree, Node]) -> dict[Node, str]:
    """What an entropy or a divergence of the graph has for an argument, with the title of the first such quantity."""
    titles = {q.operation: q.title for q in reversed(QUANTITIES) if q.operation in of_probabilities()}
    found: dict[Node, str] = {}
    for node in postorder(*names.values()):
        if isinstance(node, Apply) and node.operation in titles:
            for argument in node.arguments:
                found.setdefault(argument.body if isinstance(argument, Named) else argument, titles[node.operation])
    return found


def _entries(
    node: Node, values: Mapping[Tree, Exact], givens: Mapping[Tree, Given]
) -> tuple[tuple[Fraction, ...], Span | None]:
    """The numbers of a list that has them all, and where they are given; none of any other node."""
    match node:
        case Variable(symbol=symbol) if symbol in givens and isinstance(value := values.get(symbol), tuple):
            entries = tuple(entry for entry in value if isinstance(entry, Fraction))
            return (entries if len(entries) == len(value) else ()), givens[symbol].span
        case Stack(items=items) if all(isinstance(item, Constant) for item in items):
            return tuple(item.value for item in items if isinstance(item, Constant)), None
        case _:
            return (), None
