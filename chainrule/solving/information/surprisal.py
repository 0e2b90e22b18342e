"""Quantities that one outcome decides: the surprisal, the min-entropy and the max-divergence, each one logarithm."""

from dataclasses import replace
from fractions import Fraction

from chainrule.errors import NameFault
from chainrule.graph.node import Node
from chainrule.inference.distributions.information import Information
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name
from chainrule.probability.distribution import Distribution
from chainrule.solving.answer import Answer, StepText, Where, Worked
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.enclosed import exact_number
from chainrule.solving.information import trees
from chainrule.solving.information.decimal import Base, decimal, exact, precise
from chainrule.solving.information.outcomes import numbers_of
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
    surprisal = _negative_logarithm(value, base)
    answer = replace(answer, value=surprisal)
    known = number_tree(value)
    where = () if name == distribution.symbol or number(name) is not None else (Where(tree_formula(name), tree_formula(known)),)
    said = ("infinite, because the outcome has probability 0",) if value == 0 else ()
    line = Worked(answer.symbol, shown, tree_formula(trees.negated(trees.log(base, known))), tree_formula(number_of(surprisal)))
    return replace(answer, where=(*answer.where, *where), worked=(line,), conventions=(*answer.conventions, *said))


def largest_logarithm(context: Context, information: Information, base: Base) -> float | None:
    """The min-entropy or the max-divergence of exact probabilities; None where one has no exact number."""
    nodes = [each.probabilities for each in information.distributions]
    known = [None if node is None else numbers_of(context, node) for node in nodes]
    columns = [each.entries for each in known if each is not None and each.exact]
    if len(columns) < len(known):
        return None
    if len(columns) == 1:
        return _negative_logarithm(max(columns[0]), base)
    with precise(columns):
        pairs = [(decimal(p), decimal(q)) for p, q in zip(*columns, strict=True) if p]
        return max(float(base.log(exact().divide(p, q))) for p, q in pairs) + 0.0


def _negative_logarithm(value: Fraction, base: Base) -> float:
    with precise([[value]]):
        return float(exact().minus(base.log(decimal(value)))) + 0.0


def _exact(context: Context, node: Node) -> Fraction | None:
    value = exact_number(node, context.exact_values())
    value = context.number(node) if value is None else value
    if isinstance(value, Fraction):
        return value
    return Fraction(value) if isinstance(value, float) else None


def _probability(context: Context, symbol: Tree) -> Tree:
    """The probability as the text writes it, `P(A)`, 0.25; p of an outcome that is named alone."""
    return Name("p") if could_be_name(symbol) and symbol not in context.network.names else symbol
