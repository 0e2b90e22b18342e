"""What does not depend on what it is differentiated by: the derivative is zero, or the two are functions of one letter."""

from chainrule.calculus.jacobian import entries
from chainrule.errors import DerivativeError, Diagnostic
from chainrule.graph.node import Named, Node, Variable, postorder
from chainrule.graph.walk import inputs
from chainrule.solving.context import Context
from chainrule.source import Span


def independence(context: Context, of: Node, variable: Named | Variable, span: Span | None) -> Diagnostic | None:
    """A warning that the derivative is zero; None where it depends on the variable.

    Raises DerivativeError `no-dependence` where the variable is computed from one input alone, on which the quantity depends
    too: it is a function of the variable then, by a formula that was not solved.
    """
    if set(postorder(of)).intersection((variable, *entries(variable))):
        return None
    names = context.spelled(of), context.spelled(variable)
    behind = inputs([variable]) if isinstance(variable, Named) and variable not in context.network.lists else []
    if len(behind) == 1 and behind[0] in inputs([of]):
        letter = context.spelled(behind[0])
        message = "{} is no formula of {}, though {letter} is behind both".format(*names, letter=letter)
        hint = f"write it with {names[1]}, or say what {letter} is by that"
        raise DerivativeError("no-dependence", message, span, hint)
    return Diagnostic("warning", "no-dependence", "{} does not depend on {}: the derivative is zero".format(*names), span)
