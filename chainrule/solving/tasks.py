"""The derivatives a task asks for, in symbols and in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement

from chainrule.errors import NameFault
from chainrule.graph.node import Named, Node, Variable
from chainrule.inference.derivatives import written_out
from chainrule.inference.statements import head_parts
from chainrule.inference.symbols import key, span_text
from chainrule.sheets import Math, Task
from chainrule.solving.context import Context
from chainrule.solving.groups import gradient_variables, only_output, only_target, variables_of
from chainrule.solving.parts import By, is_used, whole_of, with_direction, with_indices
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import (
    DerivativeRequest,
    differentiated,
    find,
    find_variable,
    names_in,
    read_derivative,
    refined,
    requested,
)
from chainrule.syntax.tree import Derivative, Juxtaposition, Name, Subscript, Tree

_By = tuple[By, ...]


def trees_of(text: ProblemText, maths: Iterable[Math]) -> list[Tree]:
    """The formulas of a task as they were read."""
    return [tree for math in maths for tree in text.trees.get(math.span, ())]


def derivatives(context: Context, text: ProblemText, task: Task) -> Iterator[DerivativeRequest]:
    """Those written as such, then those in words: of each target by each variable.

    Raises NameFault where a name is unknown, or where words fit no quantity or several.
    """
    trees = trees_of(text, task.math("asked"))
    context.extend(with_indices(context.network, trees_of(text, task.math("asked", "of", "wrt"))))
    read = [(tree, written_out(context.network.reader, tree)) for tree in trees]
    asked = [(tree, derivative) for tree, derivative in read if isinstance(derivative, Derivative)]
    for tree, derivative in asked:
        yield from written_derivatives(context, task, tree, derivative)
    if asked and not task.math("of"):
        return
    directions = [name for tree in trees_of(text, task.math("direction")) for name in names_in(tree)]
    for target, before, variables in _in_words(context, text, task):
        if directions:
            yield from _along(context, task, target, variables, directions)
            continue
        for chosen in combinations_with_replacement(variables, task.order):
            by = (*before, *chosen)
            yield requested(target, by, _spelled(context, target, by), task.span)


def written_derivatives(context: Context, task: Task, tree: Tree, derivative: Derivative) -> Iterator[DerivativeRequest]:
    """Those of one formula. tree: as it was read; derivative: what it means, `D_v f` being one along v."""
    if derivative.of is not None and _is_directional(context, tree, derivative.by):
        target = find(context.network, head_parts(derivative.of)[0])
        variables = gradient_variables(context.network, target, derivative.of)
        yield from _along(context, replace(task, order=1), target, variables, derivative.by)
    else:
        yield from read_derivative(context.network, derivative)


def _is_directional(context: Context, tree: Tree, by: Sequence[Tree]) -> bool:
    """`D_v f` of a v that no equation has; by what an equation has it is the derivative."""
    if not (isinstance(tree, Juxtaposition) and isinstance(tree.items[0], Subscript) and tree.items[0].base == Name("D")):
        return False
    network = context.network
    node = network.names.get(network.reader.known(by[0]) or key(by[0]))
    return node is None or not (isinstance(node, Named) or is_used(network, node))


def _along(
    context: Context, task: Task, target: Node, variables: Sequence[By], directions: Sequence[Tree]
) -> Iterator[DerivativeRequest]:
    """The derivative along each direction by the one variable that has its shape. Raises NameFault where there is no one."""
    for name in directions:
        known = context.network.names.get(key(name))
        fitting = [v for v in variables if len(variables) == 1 or known is None or whole_of(v).shape == known.shape]
        if len(fitting) != 1:
            message = f"it is not clear by which variable {span_text(name.span)} is the direction"
            raise NameFault("no-variable", message, name.span, "say it: with respect to $x$")
        network, direction = with_direction(context.network, key(name), whole_of(fitting[0]))
        context.extend(network)
        by = tuple(fitting) * task.order
        yield refined(requested(target, by, _spelled(context, target, by), task.span), direction)


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
