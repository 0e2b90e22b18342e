"""The derivatives a task asks for, in symbols and in words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations_with_replacement

from chainrule.graph.node import Named, Node, Variable
from chainrule.inference.derivatives import written_out
from chainrule.sheets import Math, Task
from chainrule.solving.context import Context
from chainrule.solving.groups import gradient_variables, only_output, only_target, variables_of
from chainrule.solving.parts import By
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import DerivativeRequest, differentiated, find_variable, names_in, read_derivative, requested
from chainrule.syntax.tree import Derivative, Tree

_By = tuple[By, ...]


def trees_of(text: ProblemText, maths: Iterable[Math]) -> list[Tree]:
    """The formulas of a task as they were read."""
    return [tree for math in maths for tree in text.trees.get(math.span, ())]


def derivatives(context: Context, text: ProblemText, task: Task) -> Iterator[DerivativeRequest]:
    """Those written as such, then those in words: of each target by each variable.

    Raises NameFault where a name is unknown, or where words fit no quantity or several.
    """
    trees = trees_of(text, task.math("asked"))
    asked = [tree for tree in (written_out(context.network.reader, tree) for tree in trees) if isinstance(tree, Derivative)]
    for tree in asked:
        yield from read_derivative(context.network, tree)
    if asked and not task.math("of"):
        return
    for target, before, variables in _in_words(context, text, task):
        for chosen in combinations_with_replacement(variables, task.order):
            by = (*before, *chosen)
            yield requested(target, by, _spelled(context, target, by), task.span)


def _in_words(context: Context, text: ProblemText, task: Task) -> Iterator[tuple[Node, _By, Sequence[By]]]:
    """What is to be differentiated, by what it already is, and by what it shall be."""
    network = context.network
    written = [find_variable(network, name) for tree in trees_of(text, task.math("wrt")) for name in names_in(tree)]
    of = [name for tree in trees_of(text, task.math("of")) for name in names_in(tree)]
    targets = [differentiated(network, name, task.span) for name in of]
    if targets and not written and not task.named("wrt") and all(isinstance(node, Variable) for node, _ in targets):
        # "The gradient of w": an input has none, so it is that of the output by w.
        written, targets = [node for node, _ in targets if isinstance(node, Variable)], []
    targets += [(_named(context, task, group), ()) for group in task.named("of")]
    for target, before in targets or [(only_target(network, task.span), ())]:
        if isinstance(target, Named):
            grouped = [node for group in task.named("wrt") for node in variables_of(network, target, group)]
        else:
            grouped = []
        variables = list(dict.fromkeys((*written, *grouped))) or gradient_variables(network, target, None)
        yield target, tuple(find_variable(network, name) for name in before), variables


def _named(context: Context, task: Task, group: str) -> Named:
    choose = only_output if group == "output" else only_target
    return choose(context.network, task.span)


def _spelled(context: Context, target: Node, by: _By) -> str:
    """The derivative in the sheet's own spelling."""
    order = f"^{len(by)}" if len(by) > 1 else ""
    below = " ".join(f"\\partial {context.spelled(node)}" for node in by)
    return f"\\frac{{\\partial{order} {context.spelled(target)}}}{{{below}}}"
