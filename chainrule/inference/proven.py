"""Facts that given values prove: a one-hot label, or any other list of probabilities, sums to one."""

from collections.abc import Iterator, Mapping

from chainrule.graph.facts import Fact
from chainrule.inference.declarations import Declared
from chainrule.inference.ranks import VECTOR
from chainrule.inference.statements import Given
from chainrule.syntax.tree import Tree


def proven(givens: Mapping[Tree, Given]) -> Iterator[Declared]:
    """The facts of given vectors. They hold of these values alone, so a result that rests on one cites it."""
    for name, given in givens.items():
        entries = [entry for row in given.literal.rows for entry in row]
        if VECTOR in given.literal.kinds and len(entries) > 1 and min(entries) >= 0 and sum(entries) == 1:
            yield Declared(name, Fact.SUM_ONE, given.span, None, by_value=True)
