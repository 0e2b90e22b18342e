"""The surprisal of one outcome: the negative logarithm of its probability."""

from dataclasses import replace
from fractions import Fraction

from chainrule.errors import NameFault
from chainrule.graph.node import Constant, Node
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name
from chainrule.probability.distribution import Distribution
from chainrule.solving.answer import Answer, StepText, Where, Worked
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.information import trees
from chainrule.solving.information.decimal import Base
from chainrule.solving.information.trees import number_of, number_tree
from chainrule.syntax.tree import Name, Tree
from chainrule.typesetting import unicode


def with_surprisal(context: Context, answer: Answer, distribution: Distribution, base: Base) -> Answer:
    """The answer with the formula in the text's names and the number put in.

    Raises NameFault `no-probability` where the number is not between 0 and 1.
    """
    node = distribution.probabilities
    value = None if node is None else _exact(context, node)
    if value is not None and not 0 <= value <= 1:
        message = f"{unicode(number_tree(value))} is no probability: that is a number from 0 to 1"
        raise NameFault("no-probability", message, distribution.symbol.span)
    name = _probability(context, distribution.symbol)
    shown = tree_formula(trees.negated(trees.log(base, name)))
    answer = replace(answer, formula=shown, steps=(StepText("definition", answer.symbol, shown, "This is the definition."),))
    if value is None or not isinstance(answer.value, float):
        return answer
    known = number_tree(value)
    where = () if name == distribution.symbol or number(name) is not None else (Where(tree_formula(name), tree_formula(known)),)
    said = ("infinite, because the outcome has probability 0",) if value == 0 else ()
    line = Worked(
        answer.symbol, shown, tree_formula(trees.negated(trees.log(base, known))), tree_formula(number_of(answer.value))
    )
    return replace(answer, where=(*answer.where, *where), worked=(line,), conventions=(*answer.conventions, *said))


def _exact(context: Context, node: Node) -> Fraction | None:
    if isinstance(node, Constant):
        return node.value
    value = context.number(node)
    return Fraction(value) if isinstance(value, float) else None


def _probability(context: Context, symbol: Tree) -> Tree:
    """The probability as the text writes it, `P(A)`, 0.25; p of an outcome that is named alone."""
    return Name("p") if could_be_name(symbol) and symbol not in context.network.names else symbol
