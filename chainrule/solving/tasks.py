"""The derivatives a task asks for, in symbols and in words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement
from math import prod

from chainrule.errors import NameFault
from chainrule.graph.node import Named, Node, Variable
from chainrule.inference import dots
from chainrule.inference.derivatives import written_out
from chainrule.inference.literals import read_literal
from chainrule.inference.network import Network
from chainrule.inference.ranks import MATRIX, SCALAR, VECTOR
from chainrule.inference.statements import head_parts
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.sheets import Math, Task
from chainrule.sheets.said_numbers import number_of_inputs
from chainrule.solving.context import Context
from chainrule.solving.directions import read_along
from chainrule.solving.groups import gradient_variables, is_capital, only_loss, only_output, only_target, variables_of
from chainrule.solving.parts import By, Whole, is_used, whole_of, with_direction, with_indices
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import (
    DerivativeRequest,
    Layout,
    differentiated,
    find,
    find_variable,
    names_in,
    read_derivative,
    refined,
    requested,
    unused_name,
)
from chainrule.syntax.tree import Bracket, Derivative, Dots, Juxtaposition, Name, Subscript, Tree

_By = tuple[By, ...]


def trees_of(text: ProblemText, maths: Iterable[Math]) -> list[Tree]:
    r"""The formulas of a task as they were read; the list `w_1, \dots, w_6` with all its members."""
    return [tree for math in maths for tree in _written_out(text.trees.get(math.span, ()))]


def _written_out(trees: Sequence[Tree]) -> Sequence[Tree]:
    if not any(isinstance(tree, Dots) for tree in trees):
        return trees
    listed = Bracket("[", tuple(trees), span=trees[0].span)
    pattern = dots.read_pattern(listed)
    whole = None if pattern is None else dots.written_out(pattern, listed)
    if not isinstance(whole, Bracket):
        return trees
    return [replace(item, span=trees[0].span) for item in whole.items]


LAYOUTS: dict[str, Layout] = {"numerator": "numerator", "jacobian": "numerator", "denominator": "denominator"}


def derivatives(context: Context, text: ProblemText, task: Task) -> Iterator[DerivativeRequest]:
    """Those written as such, then those in words: of each target by each variable, in the layout that the task names.

    Raises NameFault where a name is unknown, or where words fit no quantity or several.
    """
    found = re.search(rf"\b({'|'.join(LAYOUTS)})[- ](?:layout|convention)", task.text.lower())
    asked = list(_derivatives(context, text, task))
    if not asked:
        message = "what is to be differentiated depends on no variable that could be meant"
        raise NameFault("no-variable", message, task.span, "say by what: with respect to $x$")
    for wanted in asked:
        laid = replace(wanted, layout=LAYOUTS[found[1]]) if found else wanted
        yield refined(laid, laid.direction, laid.layout, laid.symmetric, simplex=True) if task.simplex else laid


def _derivatives(context: Context, text: ProblemText, task: Task) -> Iterator[DerivativeRequest]:
    trees = trees_of(text, task.math("asked"))
    context.extend(with_indices(context.network, trees_of(text, task.math("asked", "of", "wrt"))))
    directions = [name for tree in trees_of(text, task.math("direction")) for name in names_in(tree)]
    products = [tree for tree in trees if read_along(context.network, tree)]
    for tree in products:
        text.forget("ambiguous-gradient", tree)
        yield from written_derivatives(context, task, tree, tree)
    read = [(tree, written_out(context.network.reader, tree)) for tree in trees if tree not in products]
    for tree, derivative in read:
        if not isinstance(derivative, Derivative):
            message = f"{span_text(tree.span)} is no derivative of a quantity of this problem"
            raise NameFault("undefined-symbol", message, tree.span)
        along = _is_directional(context, tree, derivative.by)
        if task.directional and not (along or directions):
            raise _no_direction(task)
        yield from written_derivatives(context, task, tree, derivative, () if along else directions)
    if trees and not task.math("of"):
        return
    if task.directional and not directions:
        raise _no_direction(task)
    for target, before, variables in _in_words(context, text, task):
        if directions:
            yield from _along(context, task, target, variables, directions)
            continue
        for chosen in combinations_with_replacement(variables, task.order):
            by = (*before, *chosen)
            yield requested(target, by, _spelled(context, target, by), task.span)


def _no_direction(task: Task) -> NameFault:
    message = "this asks for a derivative along a direction, and no direction is found in it"
    return NameFault("no-direction", message, task.span, "say it: in the direction $v$")


def written_derivatives(
    context: Context, task: Task, tree: Tree, derivative: Tree, directions: Sequence[Tree] = ()
) -> Iterator[DerivativeRequest]:
    """Those of one formula, along each direction that the task names. tree: as it was read; derivative: what it means,
    `D_v f` being one along v.
    """
    along = read_along(context.network, tree)
    if along is not None:
        target = find(context.network, along.of)
        by = [find_variable(context.network, name) for name in along.by]
        by = by or gradient_variables(context.network, target, along.head)
        yield from _along(context, replace(task, order=along.order), target, by, (along.direction,))
        return
    if not isinstance(derivative, Derivative):
        return
    context.extend(with_indices(context.network, [derivative]))
    if derivative.of is not None and _is_directional(context, tree, derivative.by):
        target = find(context.network, head_parts(derivative.of)[0])
        variables = gradient_variables(context.network, target, derivative.of)
        yield from _along(context, replace(task, order=1), target, variables, derivative.by)
        return
    found = list(read_derivative(context.network, derivative))
    if not directions:
        yield from found
    else:
        order, variables = len(found[0].by), [each.by[-1] for each in found]
        yield from _along(context, replace(task, order=order), found[0].of, variables, directions)


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
        fitting = _movable(context, variables, name)
        if len(fitting) != 1:
            message = f"it is not clear by which variable {span_text(name.span)} is the direction"
            raise NameFault("no-variable", message, name.span, "say it: with respect to $x$")
        network, direction = _direction(context.network, name, whole_of(fitting[0]))
        context.extend(network)
        by = tuple(fitting) * task.order
        yield refined(requested(target, by, _spelled(context, target, by), task.span), direction)


def _direction(network: Network, written: Tree, variable: Whole) -> tuple[Network, Whole]:
    """The direction as it is written: a name, or numbers, which get a name. Raises NameFault for anything else."""
    if could_be_name(written):
        return with_direction(network, key(written), variable)
    numbers = read_literal(written)
    kind = (SCALAR, VECTOR, MATRIX)[len(variable.shape)]
    if numbers is None or kind not in numbers.kinds:
        message = f"{span_text(written.span)} is no direction with the shape of {network.spellings[variable.symbol]}"
        raise NameFault("no-direction", message, written.span, "write a name, or a list of numbers")
    name = unused_name(network, ("v", "u", "d", "V"))
    known = replace(network, values={**network.values, name: numbers.value(kind)})
    return with_direction(known, name, variable)


def _movable(context: Context, variables: Sequence[By], direction: Tree) -> list[By]:
    """The variables that the direction may be one of: those of its shape; for a name that no equation has those of its
    rank, where that is known, else arrays written in a letter of its case, `v` beside x, `V` beside X.
    """
    if len(variables) == 1:
        return list(variables)
    known = context.network.names.get(key(direction))
    if known is not None and (isinstance(known, Named) or is_used(context.network, known) or known.shape):
        own = [v for v in variables if whole_of(v).shape == known.shape]
        loose = isinstance(known, Variable) and not is_used(context.network, known)
        return own or [v for v in variables if loose and len(whole_of(v).shape) == len(known.shape)]
    capital = is_capital(direction)
    return [v for v in variables if whole_of(v).shape and is_capital(whole_of(v).symbol) == capital]


def _in_words(context: Context, text: ProblemText, task: Task) -> Iterator[tuple[Node, _By, Sequence[By]]]:
    """What is to be differentiated, by what it already is, and by what it shall be."""
    network = context.network
    written = [find_variable(network, name) for tree in trees_of(text, task.math("wrt")) for name in names_in(tree)]
    of = [name for tree in trees_of(text, task.math("of")) for name in names_in(tree)]
    targets = [differentiated(network, name, task.span) for name in of]
    headed = {target: tree for tree in trees_of(text, task.math("of")) for target in _headed(network, tree)}
    if targets and not written and not task.named("wrt") and all(isinstance(node, Variable) for node, _ in targets):
        # "The gradient of w": an input has none, so it is that of the output by w.
        written, targets = [node for node, _ in targets if isinstance(node, Variable)], []
    targets += [(_named(context, task, group), ()) for group in task.named("of")]
    for target, before in targets or [(only_target(network, task.span), ())]:
        if isinstance(target, Named):
            grouped = [node for group in task.named("wrt") for node in variables_of(network, target, group)]
        else:
            grouped = []
        variables = list(dict.fromkeys((*written, *grouped))) or gradient_variables(network, target, headed.get(target))
        _check_number(task, variables)
        yield target, tuple(find_variable(network, name) for name in before), variables


def _check_number(task: Task, variables: Sequence[By]) -> None:
    """Raise NameFault where words say another number of variables, "all four weights", than there are, or entries in them."""
    said = number_of_inputs(task.text)
    entries = [prod(dimension.number or 0 for dimension in whole_of(each).shape) for each in variables]
    if said is not None and said not in (len(variables), sum(entries)):
        message = f"the words say {said} of them, and there are {len(variables)}"
        raise NameFault("no-variable", message, task.span, "name them: with respect to $x$ and $y$")


def _headed(network: Network, tree: Tree) -> Iterator[Node]:
    """The quantity that is written with inputs as its arguments, "the Hessian of $f(x)$"."""
    name, parameters = head_parts(tree)
    known = [network.names.get(key(parameter)) for parameter in parameters or ()]
    target = network.names.get(key(name))
    if target is not None and known and all(isinstance(node, Variable) for node in known):
        yield target


def _named(context: Context, task: Task, group: str) -> Named:
    choose = only_output if group == "output" else only_loss if group == "loss" else only_target
    return choose(context.network, task.span)


def _spelled(context: Context, target: Node, by: _By) -> str:
    """The derivative in the sheet's own spelling."""
    order = f"^{len(by)}" if len(by) > 1 else ""
    below = " ".join(f"\\partial {context.spelled(node)}" for node in by)
    return f"\\frac{{\\partial{order} {context.spelled(target)}}}{{{below}}}"
