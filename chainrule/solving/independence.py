"""What does not depend on what it is differentiated by: the derivative is zero, or the two are functions of one letter."""

from chainrule.calculus.jacobian import entries
from chainrule.errors import DerivativeError, Diagnostic, NameFault
from chainrule.graph.node import Named, Node, Variable, postorder
from chainrule.graph.walk import inputs
from chainrule.inference.network import Network
from chainrule.solving.context import Context
from chainrule.solving.groups import word_of
from chainrule.source import Span
from chainrule.syntax.tree import Accent, Subscript, Superscript, Tree


def independence(context: Context, of: Node, variable: Named | Variable, span: Span | None) -> Diagnostic | None:
    """A warning that the derivative is zero; None where it depends on the variable.

    Raises DerivativeError `no-dependence` where the variable is computed from one input alone, on which the quantity depends
    too: it is a function of the variable then, by a formula that was not solved.
    """
    if set(postorder(of)).intersection((variable, *entries(variable))):
        return None
    refuse_disconnected(context.network, of, variable, span)
    names = context.spelled(of), context.spelled(variable)
    behind = inputs([variable]) if isinstance(variable, Named) and variable not in context.network.lists else []
    if len(behind) == 1 and behind[0] in inputs([of]):
        letter = context.spelled(behind[0])
        message = "{} is no formula of {}, though {letter} is behind both".format(*names, letter=letter)
        hint = f"write it with {names[1]}, or say what {letter} is by that"
        raise DerivativeError("no-dependence", message, span, hint)
    return Diagnostic("warning", "no-dependence", "{} does not depend on {}: the derivative is zero".format(*names), span)


def refuse_disconnected(network: Network, of: Node, variable: Named | Variable, span: Span | None) -> None:
    r"""Raise NameFault where a quantity depends on a variable by no formula, but on an unknown `p_1` or `\hat{y}_n` that is
    called like what is computed from it, `p_i` or `\hat{Y}`: a zero may only say that the two were not seen to be one thing.
    """
    behind = set(postorder(of))
    if variable in behind or not behind.isdisjoint(entries(variable)):
        return
    unknown = [node for node in inputs([of]) if node.symbol not in network.values]
    letters = {_called(node.symbol): node for node in unknown}
    for _, computed in network.quantities():
        node = letters.get(_called(computed.symbol))
        if node is not None and computed not in behind and variable in set(postorder(computed)):
            names = network.spellings.get(node.symbol, ""), network.spellings.get(computed.symbol, "")
            message = f"{names[0]} has no formula, and whether it belongs to {names[1]}, which has one, is not clear"
            raise NameFault("disconnected", message, span, f"write {names[0]} as it is computed")


def _called(symbol: Tree) -> tuple[str, ...]:
    """The letter of a name, small or capital, under its accents."""
    accents: list[str] = []
    while isinstance(symbol, Accent | Subscript | Superscript):
        accents += [symbol.kind] if isinstance(symbol, Accent) else []
        symbol = symbol.body if isinstance(symbol, Accent) else symbol.base
    return (*accents, word_of(symbol).lower())
