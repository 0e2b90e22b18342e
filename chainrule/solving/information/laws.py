r"""What is known by a name, written for the distributions of the text: the chain rule, the inequalities of Gibbs and Pinsker,
the triangle inequality (Cover and Thomas, Elements of Information Theory, 2.5, 2.6 and 11.6).
"""

from fractions import Fraction

from chainrule.errors import NameFault
from chainrule.inference.network import Network
from chainrule.inference.symbols import span_text
from chainrule.sheets import Task
from chainrule.sheets.notation import statements
from chainrule.solving.information.tasks import ROWS
from chainrule.syntax.tree import Call, Name, Number, Quotient, Relation, Sum

_COUNT = {"pinsker": 2, "gibbs": 2, "triangle": 3}
_ZERO, _TWO = Number(Fraction(0)), Number(Fraction(2))


def law_of(network: Network, task: Task) -> Relation:
    """The equation or inequality that a task names, of the distributions that it names, else of all that the text has.

    Raises NameFault `which-distributions` where these are not as many as it is about.
    """
    if task.law == "chain rule":
        return _chain_rule(network, task)
    named = [tree for math in task.math("asked") for tree in statements(math)] or list(network.distributions)
    if len(named) != _COUNT[task.law]:
        known = ", ".join(span_text(name.span) for name in network.distributions)
        message = f"this is about {_COUNT[task.law]} distributions, and the text has {known or 'none'}"
        raise NameFault("which-distributions", message, task.span, "say of which")
    divergence = ROWS["kl"].notation
    match task.law, named:
        case "triangle", [p, q, r]:
            made = ROWS[task.quantity].notation
            return Relation(("\\le",), (made((p, r)), Sum((1, 1), (made((p, q)), made((q, r))))), span=task.span)
        case "pinsker", [p, q]:
            left = ROWS["total_variation"].notation((p, q))
            return Relation(("\\le",), (left, Call(Name("sqrt"), (Quotient(divergence((p, q)), _TWO),))), span=task.span)
        case _:
            return Relation(("\\ge",), (divergence(named), _ZERO), span=task.span)


def _chain_rule(network: Network, task: Task) -> Relation:
    """`H(X, Y) = H(X) + H(Y | X)` of the two variables of a table."""
    pairs = {table.variables for table in network.reader.tables.values() if len(table.variables) == 2}
    if len(pairs) != 1 or task.math("asked"):
        message = "it is not clear of which two variables the chain rule is"
        raise NameFault("which-distributions", message, task.span, "write it, as H(X, Y) = H(X) + H(Y | X)")
    ((x, y),) = pairs
    joint, entropy = ROWS["joint_entropy"].notation((x, y)), ROWS["entropy"].notation((x,))
    conditional = ROWS["conditional_entropy"].notation((y, x))
    return Relation(("=",), (joint, Sum((1, 1), (entropy, conditional))), span=task.span)
