"""The computational graph of a problem: as data, and as a picture with values and gradients on it."""

from collections.abc import Iterable

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.reverse import backpropagate
from chainrule.drawing.picture import Box, Picture, Role, Wire
from chainrule.errors import ChainruleError
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Contract, Named, Node, Variable
from chainrule.graph.walk import leaves, substitute
from chainrule.inference.symbols import letter
from chainrule.solving.answer import Answer, Formula, GraphData, GraphNode, Value
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.forward import written_body
from chainrule.source import Span
from chainrule.syntax.tree import Name, Relation, Tree
from chainrule.typesetting import array, typst
from chainrule.verification.gate import Shown

WIDEST_WIRE = 26
"""Nor onto a wire, where it has more than this."""
WIDEST_LABEL = 60
"""A formula with more characters of plain text than this is not written into its box."""


def graph_data(context: Context) -> GraphData:
    """Inputs, named and invented quantities, with the edges between them."""
    drawn = _drawn(context)
    nodes = tuple(_node(context, n) for n in drawn)
    edges = tuple((context.spelled(leaf), context.spelled(n)) for n in drawn for leaf in _below(n, drawn))
    return GraphData(nodes, tuple(dict.fromkeys(edges)))


def _drawn(context: Context) -> list[Named | Variable]:
    """The named nodes of the network; a declared list only where something is computed from it as a whole."""
    every = [n for n in context.network.names.values() if isinstance(n, Named | Variable)]
    used = {leaf for n in every if n not in context.network.lists for leaf in leaves(n) if isinstance(n, Named)}
    named = [n for n in every if n not in context.network.lists or n in used]
    return [n for n in named if isinstance(n, Named) or n in used or _in_list(context, n, named)]


def _in_list(context: Context, node: Node, drawn: Iterable[Node]) -> bool:
    return any(node in leaves(n) for n in drawn if n in context.network.lists and isinstance(n, Named))


def _below(node: Named | Variable, drawn: list[Named | Variable]) -> list[Named | Variable]:
    return [leaf for leaf in leaves(node) if leaf in drawn] if isinstance(node, Named) else []


def _node(context: Context, node: Named | Variable) -> GraphNode:
    invented = node.symbol in context.network.invented
    operation = outermost(node.body) if isinstance(node, Named) else None
    return GraphNode(context.symbol(node.symbol), operation, _number(context, node), not invented)


def _number(context: Context, node: Node) -> Value | None:
    try:
        return context.number(node)
    except ChainruleError:
        return None


def outermost(node: Node) -> str:
    """The sign or word of the outermost operation."""
    match node:
        case Add():
            return "+"
        case Contract(factors=factors):
            return "*" if len(factors) > 1 else "sum"
        case Apply(operation=operation):
            return operation.name
        case Named():
            return "="
        case _:
            return "list"


def answer_graph(context: Context, asked: str, span: Span | None, part: str | None) -> Answer:
    """The answer to "draw the graph": its edges in words; the picture belongs to the problem."""
    data = graph_data(context)
    said = "; ".join(
        f"{b} from {', '.join(a for a, end in data.edges if end == b)}" for b in dict.fromkeys(e for _, e in data.edges)
    )
    return Answer(
        part, span, "graph", asked, Formula("G", "G", "G"), None, None, Formula("\\text{see the picture}", said, said)
    )


def picture(context: Context, title: str, target: Named | None) -> Picture | None:
    """The graph drawn: values green, gradients of `target` red. None where there is nothing to draw."""
    drawn = _drawn(context)
    if not any(isinstance(n, Named) for n in drawn):
        return None
    outputs = {n for n in drawn if isinstance(n, Named)} - {leaf for n in drawn for leaf in _below(n, drawn)}
    boxes = tuple(_box(context, n, n in outputs, target) for n in drawn)
    wires = tuple(_wire(context, leaf, n, target) for n in drawn for leaf in _below(n, drawn))
    return Picture(title, boxes, wires)


def _wire(context: Context, leaf: Named | Variable, owner: Named | Variable, target: Named | None) -> Wire:
    """A wire with what it sends back, where that is short."""
    share = _share(context, leaf, owner, target) if target is not None and isinstance(owner, Named) else None
    label = None if share is None or len(share.plain) > WIDEST_WIRE else typst(share.tree)
    return Wire(_key(leaf), _key(owner), label)


def _share(context: Context, leaf: Named | Variable, owner: Named, target: Named) -> Shown | None:
    """The part of the derivative by `leaf` that comes back through `owner`; None where it has no verified text."""
    upstream = context.differentiator.sweep(target).cotangents.get(owner)
    if upstream is None:
        return None
    seed = build.variable(Name("the seed"), owner.shape)
    inside: dict[Node, Node] = {n: build.variable(n.symbol, n.shape) for n in leaves(owner)}
    swept = backpropagate(build.inner(seed, substitute(owner.body, inside)), [inside[leaf]])
    back: dict[Node, Node] = {variable: node for node, variable in inside.items()}
    try:
        return context.gate.show(normal_form(substitute(swept.gradient(inside[leaf]), {**back, seed: upstream})))
    except ChainruleError:
        return None


def _key(node: Named | Variable) -> str:
    return typst(node.symbol)


def _box(context: Context, node: Named | Variable, is_output: bool, target: Named | None) -> Box:
    role: Role = "output" if is_output else "intermediate" if isinstance(node, Named) else _input_role(node)
    value = _number(context, node)
    gradient = _gradient(context, node, target)
    return Box(
        key=_key(node),
        label=typst(_label(context, node)),
        role=role,
        value=None if value is None else typst(array(value)),
        gradient=None if gradient is None else typst(gradient),
    )


def _input_role(node: Variable) -> Role:
    """Weights and biases are parameters: matrices, and what is called w, W, b, B or theta."""
    base = letter(node.symbol)
    return "parameter" if base in (Name("W"), Name("w"), Name("b"), Name("B"), Name("\\theta")) else "input"


def _label(context: Context, node: Named | Variable) -> Tree:
    """`symbol = formula`, or the symbol alone where the formula is too wide for a box."""
    if isinstance(node, Variable):
        return node.symbol
    body = written_body(context, node)
    if _has_invented_argument(context, node):
        body = _verified(context, node)
    label = Relation(("=",), (node.symbol, body)) if body is not None else node.symbol
    return label if len(tree_formula(label).text) <= WIDEST_LABEL else node.symbol


def _has_invented_argument(context: Context, node: Named) -> bool:
    return any(leaf.symbol in context.network.invented for leaf in leaves(node))


def _verified(context: Context, node: Named) -> Tree | None:
    try:
        return context.gate.show(normal_form(node.body)).tree
    except ChainruleError:
        return None


def _gradient(context: Context, node: Named | Variable, target: Named | None) -> Tree | None:
    """The value of the target's derivative by a box's quantity."""
    if target is None:
        return None
    try:
        value = context.number(context.differentiator.sweep(target).gradient(node))
    except ChainruleError:
        return None
    return None if value is None else array(value)
