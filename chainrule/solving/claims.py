"""A derivative that a sheet claims, compared with the one that is found."""

from chainrule.algebra.normal_form import normal_form
from chainrule.errors import ChainruleError
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.facts import Fact
from chainrule.graph.node import Node, Variable
from chainrule.graph.walk import expand, substitute
from chainrule.inference.symbols import span_text
from chainrule.solving.answer import Answer
from chainrule.solving.context import Context
from chainrule.solving.derivatives import forms_of
from chainrule.solving.identities import PROVED
from chainrule.solving.requests import DerivativeRequest
from chainrule.syntax.tree import Tree

SEEDS = (1, 2, 3)
TOLERANCE = 1e-9
TESTED = f"the sides agree at {len(SEEDS)} random points, which is a test and no proof"


def _given_symmetric(context: Context) -> dict[Node, Node]:
    """The matrices that are given symmetric numbers, each as one that is declared so: that is what a claim of them uses."""
    found: dict[Node, Node] = {}
    for name, value in context.network.values.items():
        node = context.network.names[name]
        rows = [row for row in value if isinstance(row, tuple)] if isinstance(value, tuple) else []
        square = isinstance(node, Variable) and len(node.shape) == 2 and node.shape[0] == node.shape[1]
        if square and isinstance(node, Variable) and rows == [*zip(*rows, strict=True)]:
            found[node] = build.variable(node.symbol, node.shape, node.facts | {Fact.SYMMETRIC})
    return found


def require_equal(context: Context, wanted: DerivativeRequest, claimed: Tree, answer: Answer) -> str:
    """How a claim was found to hold. Raises ChainruleError `claim-differs` unless it has the derivative's normal form, or its
    values at random points.

    Raises NameFault and ShapeError where the claim cannot be read as an array of the derivative's shape.
    """
    closed = expand(forms_of(context, wanted).closed)
    right = expand(context.network.read(claimed, None, closed.shape))
    if symmetric := _given_symmetric(context):
        closed, right = substitute(closed, symmetric), substitute(right, symmetric)
    if normal_form(build.subtract(closed, right)) == normal_form(build.subtract(closed, closed)):
        return PROVED
    for seed in SEEDS:
        point = sample([closed, right], seed)
        expected, found = (point.found.get(n, evaluate([n], point.values, point.sizes)[0]) for n in (closed, right))
        if not compare(found, expected) <= TOLERANCE:
            message = f"the claim does not hold: {answer.symbol.text} = {answer.formula.text}, not {span_text(claimed.span)}"
            raise ChainruleError("claim-differs", message, claimed.span)
    return TESTED
