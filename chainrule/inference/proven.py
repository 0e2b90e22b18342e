"""Facts that given values prove: a label of a cross-entropy, `y = [0, 1, 0]`, sums to one."""

from collections.abc import Iterator, Mapping

from chainrule.graph.facts import Fact
from chainrule.graph.node import Apply, Contract, Named, Node, postorder
from chainrule.inference.declarations import Declared
from chainrule.inference.distributions.unnormalised import taken_for_distributions
from chainrule.inference.statements import Given
from chainrule.syntax.tree import Tree


def proven(names: Mapping[Tree, Node], givens: Mapping[Tree, Given]) -> Iterator[Declared]:
    """The facts of given vectors, which a result that rests on one cites.

    Only of those that are distributions by their use, also in `-sum_i y_i log q_i`: that the entries of any other input sum
    to one is chance, and a formula that used it would be wrong for every other value.
    """
    used = {*taken_for_distributions(names), *_weights_of_logarithms(names)}
    for name, given in givens.items():
        entries = [entry for row in given.literal.rows for entry in row]
        if names.get(name) in used and len(entries) > 1 and min(entries) >= 0 and sum(entries) == 1:
            yield Declared(name, Fact.SUM_ONE, given.span, None, by_value=True)


def _weights_of_logarithms(names: Mapping[Tree, Node]) -> Iterator[Node]:
    """What logarithms are multiplied by, as in a cross-entropy that is written out."""
    for node in postorder(*names.values()):
        if isinstance(node, Contract) and any(
            isinstance(each, Apply) and each.operation.name == "log" for each in node.factors
        ):
            yield from (each.body if isinstance(each, Named) else each for each in node.factors)
