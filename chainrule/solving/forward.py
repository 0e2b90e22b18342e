"""Values: the forward pass, quantity by quantity, with the numbers put in."""

from collections.abc import Iterable

from chainrule.algebra.normal_form import normal_form
from chainrule.errors import ChainruleError
from chainrule.graph.node import Apply, Named, Node, Variable
from chainrule.graph.walk import leaves, named_quantities
from chainrule.solving.answer import Answer, Formula, Value, Worked
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.information.heads import in_words
from chainrule.solving.substitution import put_in
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Tree
from chainrule.typesetting import array


def answer_value(context: Context, node: Node, symbol: Tree, asked: str, span: Span | None, part: str | None) -> Answer:
    """The value of a quantity or of an expression over the network's names.

    Raises VerificationError where its formula cannot be verified, EvaluationError where it has no value.
    """
    closed = context.differentiator.closed(node)
    needs = context.needs(closed)
    value = context.number(node) if needs and context.network.reached else context.number_of(node, needs)
    body = node.body if isinstance(node, Named) else node
    sizes = context.network.sizes
    return Answer(
        part=part,
        span=span,
        kind="value",
        asked=asked,
        symbol=context.symbol(symbol) if isinstance(node, Named | Variable) else tree_formula(symbol),
        of=context.spelled(node) if isinstance(node, Named | Variable) else None,
        wrt=None,
        formula=_formula(context, node, body),
        shape=tuple(d.size(sizes) if d.symbols <= set(sizes) else str(d) for d in node.shape),
        value=value,
        needs=tuple(context.symbol(n.symbol) for n in needs) if value is None else (),
        code=context.code(symbol, closed, needs),
        worked=tuple(worked_lines(context, [node])),
    )


def _formula(context: Context, node: Node, body: Node) -> Formula:
    """The right side as the person wrote it where they did, else as it was verified."""
    written = written_body(context, node)
    return tree_formula(written) if written is not None else context.formula(normal_form(body))


def written_body(context: Context, node: Node) -> Tree | None:
    """The right side that the person wrote for a quantity, or the argument they wrote where the quantity is an invented one."""
    if not isinstance(node, Named):
        return None
    network = context.network
    if node.symbol not in network.invented:
        return next((in_words(e.body) for e in network.equations if e.name == node.symbol), None)
    for equation in network.equations:
        owner = network.names.get(equation.name)
        if isinstance(owner, Named) and isinstance(owner.body, Apply) and node in owner.body.arguments:
            return _argument(equation.body)
    return None


def _argument(body: Tree) -> Tree | None:
    """What a function of one argument is applied to, `\\sigma(W x + b)`."""
    match body:
        case Call(arguments=(argument,)):
            return argument
        case Juxtaposition(items=(_, Bracket(items=(argument,)))):
            return argument
        case _:
            return None


def quantities_behind(node: Node) -> list[Named]:
    """The quantities a node is computed from, each after those it needs, itself included."""
    return named_quantities([node])


def worked_lines(context: Context, roots: Iterable[Node]) -> list[Worked]:
    """symbol = formula = numbers put in = result, for every quantity behind the roots whose value is known."""
    lines: dict[Node, Worked] = {}
    for root in roots:
        for quantity in quantities_behind(root):
            if quantity in lines or quantity in context.network.lists:
                continue
            line = _line(context, quantity)
            if line is not None:
                lines[quantity] = line
    return list(lines.values())


def _line(context: Context, quantity: Named) -> Worked | None:
    value = context.number(quantity)
    if value is None:
        return None
    shown = _formula(context, quantity, quantity.body)
    return Worked(context.symbol(quantity.symbol), shown, _numbers(context, quantity, shown), value_formula(value))


def _numbers(context: Context, quantity: Named, shown: Formula) -> Formula | None:
    """The formula with numbers for its names; None where it has no names to put numbers in."""
    values: dict[Tree, Value] = {}
    for leaf in leaves(quantity):
        number = context.number(leaf)
        if number is None:
            return None
        values[leaf.symbol] = number
    try:
        tree = context.gate.show(normal_form(quantity.body)).tree
    except ChainruleError:
        return None
    filled = tree_formula(put_in(tree, values))
    return None if not values or filled == shown else filled


def value_formula(value: Value) -> Formula:
    return tree_formula(array(value))
