"""A derivative that a sheet claims, compared with the one that is found."""

from chainrule.errors import ChainruleError
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph.walk import expand
from chainrule.inference.symbols import span_text
from chainrule.solving.answer import Answer
from chainrule.solving.context import Context
from chainrule.solving.derivatives import forms_of
from chainrule.solving.requests import DerivativeRequest
from chainrule.syntax.tree import Tree

SEEDS = (1, 2, 3)
TOLERANCE = 1e-9


def require_equal(context: Context, wanted: DerivativeRequest, claimed: Tree, answer: Answer) -> None:
    """Raise ChainruleError `claim-differs` unless what is claimed has the values of the derivative at random points.

    Raises NameFault and ShapeError where the claim cannot be read as an array of the derivative's shape.
    """
    closed = expand(forms_of(context, wanted).closed)
    right = expand(context.network.read(claimed, None, closed.shape))
    for seed in SEEDS:
        point = sample([closed, right], seed)
        expected, found = (point.found.get(n, evaluate([n], point.values, point.sizes)[0]) for n in (closed, right))
        if not compare(found, expected) <= TOLERANCE:
            message = f"the claim does not hold: {answer.symbol.text} = {answer.formula.text}, not {span_text(claimed.span)}"
            raise ChainruleError("claim-differs", message, claimed.span)
