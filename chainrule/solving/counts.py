"""How many parameters a network has, with the sum that it is: 256 * 784 + 256 + 10 * 256 + 10 = 203530."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from chainrule.algebra.scalar_print import dimension_tree
from chainrule.errors import NameFault
from chainrule.graph.dimension import Dimension, Shape, dimension
from chainrule.graph.node import Named, Node, Variable
from chainrule.sheets import Task
from chainrule.sheets.parameter_counts import HIDDEN
from chainrule.solving.answer import Answer, Formula, Worked
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.layer_kinds import answer_layers, counted
from chainrule.solving.parameters import Input, is_bias, layers_of, parts_of
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import find, names_in
from chainrule.solving.shapes import sizes_known
from chainrule.solving.tasks import trees_of
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Name, Number, Product, Sum, Tree


def answer_counts(context: Context, text: ProblemText, task: Task) -> Iterator[Callable[[], Answer]]:
    """The counts that a task asks for. Raises NameFault where it is not clear what counts, or there is nothing to count."""
    if task.counted is not None:
        yield from (lambda answer=answer: answer for answer in answer_layers(task))
        return
    network = context.network
    named = [find(network, name) for tree in trees_of(text, task.math("asked")) for name in names_in(tree)]
    kind = next(iter(task.named("asked")), "entries" if named else "parameters")
    if named:
        names = [context.symbol(node.symbol) for node in named]
        yield lambda: _count(context, text, named, _titled(f"number of {kind} in ", names), task)
        return
    parts = parts_of(network, task)
    everything = parts.all_parameters(task.span)
    if not everything:
        message = f"no equation of this problem has parameters{f', and {task.note}' if task.note else ''}"
        raise NameFault("no-parameters", message, task.span, "write the network as equations")
    if task.named("of") and not any(map(is_bias, everything)):
        raise NameFault("no-biases", "the task speaks of biases, and the network has none", task.span)
    layers = layers_of(network, everything, task.span) if task.layers or task.every else []
    wanted = [number for place in task.layers for number in _places(place, len(layers), task.span)]
    for number in wanted or (range(1, len(layers) + 1) if task.every else []):
        yield lambda number=number: _of_layer(context, text, layers, number, kind, task)
    if not layers:
        yield lambda: _count(context, text, _chosen(everything, kind), _titled(f"number of {kind}"), task)


def _places(place: int, count: int, span: Span) -> list[int]:
    """Which layer is meant, counted from 1. Raises NameFault where there is none, or several."""
    number = count - 1 if place == HIDDEN else place if place > 0 else count + 1 + place
    if not 1 <= number <= count or (place == HIDDEN and count != 2):
        message = f"the network has {count} layers of parameters, and it is not clear which one is meant"
        raise NameFault("no-such-layer", message, span)
    return [number]


def _of_layer(
    context: Context, text: ProblemText, layers: Sequence[Sequence[Input]], number: int, kind: str, task: Task
) -> Answer:
    title = _titled(f"number of {kind} in layer {number}")
    return _count(context, text, _chosen(layers[number - 1], kind), title, task)


def _chosen(nodes: Sequence[Input], kind: str) -> list[Input]:
    return [node for node in nodes if kind not in ("weights", "biases") or is_bias(node) == (kind == "biases")]


def _titled(words: str, names: Sequence[Formula] = ()) -> Formula:
    """Words, and names behind them, as what an answer or a line of it is called."""
    behind = (
        Formula(*(", ".join(spelled) for spelled in zip(*((n.latex, n.text, n.unicode) for n in names), strict=True)))
        if names
        else Formula("", "", "")
    )
    return Formula(f"\\text{{{words}}}{behind.latex}", f"{words}{behind.text}", f"{words}{behind.unicode}")


def _count(context: Context, text: ProblemText, nodes: Sequence[Named | Variable], title: Formula, task: Task) -> Answer:
    """The worked sum of the sizes of these arrays."""
    shapes = [sizes_known(context.network, text, node.shape, context.spelled(node), [node]) for node in nodes]
    terms = [_size_tree(shape) for shape in shapes]
    total = dimension(0)
    for shape in shapes:
        total = total + _size(shape)
    value = total.number
    needs = tuple(tree_formula(Name(symbol)) for symbol in sorted(total.symbols))
    trees = _with_scalars(shapes, terms)
    whole = Sum((1,) * len(trees), tuple(trees)) if len(trees) > 1 else trees[0] if trees else Number(Fraction(0))
    worked = tuple(_line(context, node, shape) for node, shape in zip(nodes, shapes, strict=True) if shape)
    return counted(task, title, whole, None if value is None else float(value), needs, worked=worked)


def _with_scalars(shapes: Sequence[Shape], terms: Sequence[Tree]) -> list[Tree]:
    """The sum with one term for all scalars, where there are several."""
    scalars = sum(not shape for shape in shapes)
    arrays = [term for term, shape in zip(terms, shapes, strict=True) if shape]
    return [*arrays, Number(Fraction(scalars))] if scalars else arrays


def _size(shape: Shape) -> Dimension:
    found = dimension(1)
    for length in shape:
        found = found * length
    return found


def _size_tree(shape: Shape) -> Tree:
    """The number of entries as a product, `256 \\cdot 784`."""
    factors = [_factor(length) for length in shape]
    return Product("\\cdot", tuple(factors)) if len(factors) > 1 else factors[0] if factors else Number(Fraction(1))


def _factor(length: Dimension) -> Tree:
    tree = dimension_tree(length)
    return Bracket("(", (tree,), ()) if isinstance(tree, Sum) else tree


def _line(context: Context, node: Node, shape: Shape) -> Worked:
    assert isinstance(node, Named | Variable)
    formula, size = _size_tree(shape), _size(shape)
    name = _titled("entries of ", [context.symbol(node.symbol)])
    return Worked(name, tree_formula(formula), None, tree_formula(dimension_tree(size)))
