r"""What shape something has: `Z \in \mathbb{R}^{n \times k}`, with the sizes that the text names or gives."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeGuard

from chainrule.algebra.scalar_print import dimension_tree
from chainrule.errors import Diagnostic, NameFault
from chainrule.graph.dimension import Dimension, Shape, dimension
from chainrule.graph.node import Named, Node, Variable
from chainrule.graph.walk import named_quantities
from chainrule.inference.derivatives import written_out
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, key, size_symbol, span_text
from chainrule.sheets import GroupName, Task
from chainrule.sheets.notation import statements
from chainrule.solving.answer import Answer, Formula
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.groups import is_unread_loss, only_output, only_target
from chainrule.solving.parameters import parts_of
from chainrule.solving.parts import By, Expressed, Part
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import DerivativeRequest, find, names_in
from chainrule.solving.tasks import derivatives, trees_of, written_derivatives
from chainrule.syntax.tree import Derivative, Font, Name, Number, Product, Relation, Superscript, Tree, walk
from chainrule.typesetting import latex, unicode

GRADIENT = "a gradient has the shape of its variable"
JACOBIAN = "of a derivative the dimensions of the output come first, then those of the variable"
_REAL = Font("mathbb", Name("R"))
_AXES = {1: ("entries",), 2: ("rows", "columns")}


def told_sizes(text: ProblemText) -> frozenset[str]:
    """The letters of sizes that the text has: in its formulas, or alone in its words, "an n x d matrix"."""
    written = [tree for trees in text.trees.values() for tree in trees]
    found = {size_symbol(part) for tree in written for part in walk(tree) if could_be_name(part)}
    return frozenset(found | {part.text for tree in text.statements for part in walk(tree) if _is_letter(part)})


def _is_letter(tree: Tree) -> TypeGuard[Name]:
    """Not the `n_0` that stands for a size which words leave out."""
    return isinstance(tree, Name) and len(tree.text) == 1


def sizes_known(network: Network, text: ProblemText, shape: Shape, spelled: str, owners: Sequence[Node]) -> Shape:
    """A shape with numbers for the sizes that the text gives. Raises NameFault for one that it neither names nor gives.

    owners: whose sizes they may be.
    """
    given: Mapping[str, Dimension] = {symbol: dimension(size) for symbol, size in network.sizes.items()}
    found = tuple(length.substitute(given) for length in shape)
    told = told_sizes(text) - network.unnamed_sizes
    for axis, length in enumerate(found):
        if lost := sorted(length.symbols - told):
            which = _which(shape, axis)
            message = f"nothing says how many {which} {spelled} has{_source(network, lost[0], owners)}"
            raise NameFault("size-not-told", message, hint="declare its shape, W \\in \\mathbb{R}^{3 \\times 2}")
    return found


def _which(shape: Shape, axis: int) -> str:
    return _AXES[len(shape)][axis] if len(shape) in _AXES else f"entries along axis {axis + 1}"


def _source(network: Network, symbol: str, owners: Sequence[Node]) -> str:
    """The input whose size it is, where that is another name."""
    for name, node in network.inputs():
        for axis, length in enumerate(node.shape):
            if length.symbols == frozenset((symbol,)) and node not in owners:
                return (
                    f"; it depends on the number of {_which(node.shape, axis)} of {network.spellings.get(name) or latex(name)}"
                )
    return ""


def answer_shapes(context: Context, text: ProblemText, task: Task) -> Iterator[Callable[[], Answer]]:
    """One statement for each thing whose shape is asked for. Raises NameFault for an unknown name, and where there is none."""
    network = context.network
    for tree in trees_of(text, task.math("asked")):
        written = written_out(network.reader, tree)
        if isinstance(written, Derivative) and (by := _by_of_loss(network, written)) is not None:
            yield lambda by=by, tree=tree: _of_gradient(context, text, by, tree, task)
        elif isinstance(written, Derivative):
            for wanted in written_derivatives(context, task, tree, written):
                yield lambda wanted=wanted: _of_derivative(context, text, wanted, task)
        elif isinstance(tree, Relation) or could_be_name(tree):
            for name in names_in(tree):
                yield lambda name=name: _of_node(context, text, find(network, name), task)
        else:
            yield lambda tree=tree: _of_expression(context, text, tree, task)
    for group in task.named("asked"):
        for node in _members(network, group, task):
            yield lambda node=node: _of_node(context, text, node, task)
    if task.math("of", "wrt") or task.named("of") or task.named("wrt"):
        roles = tuple(role for role in task.roles if role.name in ("of", "wrt"))
        groups = tuple(group for group in task.groups if group.role in ("of", "wrt"))
        for wanted in derivatives(context, text, replace(task, form="derivative", roles=roles, groups=groups)):
            yield lambda wanted=wanted: _of_derivative(context, text, wanted, task)


def _members(network: Network, group: GroupName, task: Task) -> list[Named | Variable]:
    """What words name. Raises NameFault where that is nothing, or it is not clear what belongs to it."""
    parts = parts_of(network, task)
    inner = [q for _, q in network.quantities() if q not in network.lists and q.symbol not in network.invented]
    match group:
        case "loss":
            return [only_target(network, task.span)]
        case "output":
            return [only_output(network, task.span)]
        case "parameters":
            found = parts.all_parameters(task.span)
        case "weights":
            found = parts.weights(task.span)
        case "biases":
            found = parts.biases(task.span)
        case "inputs":
            found = parts.data
        case "intermediates":
            found = [q for q in inner if any(q is not other and q in _behind(other) for other in inner)]
        case _:
            found = [*inner, *parts.everything]
    if not found:
        raise NameFault("nothing-found", f"there are no {group} in this problem", task.span, "name what is meant by its symbol")
    return list(found)


def _behind(node: Named) -> set[Named]:
    return {quantity for quantity in named_quantities([node]) if quantity is not node}


def _of_node(context: Context, text: ProblemText, node: Named | Variable, task: Task) -> Answer:
    shape = sizes_known(context.network, text, node.shape, context.spelled(node), [node])
    return _statement(context.symbol(node.symbol), node.symbol, shape, task, context.spelled(node))


def _of_expression(context: Context, text: ProblemText, tree: Tree, task: Task) -> Answer:
    node = context.network.read(tree)
    shape = sizes_known(context.network, text, node.shape, span_text(tree.span), [node])
    return _statement(tree_formula(tree), tree, shape, task, None)


def _by_of_loss(network: Network, written: Derivative) -> Named | Variable | None:
    """What a loss is differentiated by of which words say something that is not understood: a number it is all the same."""
    if written.of is None or len(written.by) != 1 or not could_be_name(written.of) or not could_be_name(written.by[0]):
        return None
    name = key(written.of)
    cause = network.broken.get(name)
    return find(network, written.by[0]) if cause is not None and is_unread_loss(name, cause) else None


def _of_gradient(context: Context, text: ProblemText, by: Named | Variable, tree: Tree, task: Task) -> Answer:
    shape = sizes_known(context.network, text, by.shape, context.spelled(by), [by])
    answer = _statement(tree_formula(tree), tree, shape, task, None)
    return replace(answer, wrt=context.spelled(by), conventions=(GRADIENT,))


def _of_derivative(context: Context, text: ProblemText, wanted: DerivativeRequest, task: Task) -> Answer:
    """The shape of a derivative: that of the output, then that of each variable."""
    if (
        wanted.direction is not None
        or wanted.output is not None
        or any(isinstance(each, Part | Expressed) for each in wanted.by)
    ):
        message = f"the shape of {latex(wanted.symbol)} is that of a part of a derivative, which is not worked out"
        raise NameFault("part-of-derivative", message, wanted.span, "ask for the derivative by a whole array")
    own = (*wanted.of.shape, *(length for by in wanted.by for length in _shape_of(by)))
    shape = sizes_known(context.network, text, own, latex(wanted.symbol), [])
    answer = _statement(tree_formula(wanted.symbol), wanted.symbol, shape, task, context.spelled(wanted.of))
    by = tuple(context.spelled(each) for each in wanted.by)
    said = GRADIENT if not wanted.of.shape and len(by) == 1 else JACOBIAN
    return replace(answer, asked=wanted.asked, wrt=by if len(by) > 1 else "".join(by), conventions=(said,))


def _shape_of(by: By) -> Shape:
    assert isinstance(by, Named | Variable)
    return by.shape


def _statement(symbol: Formula, tree: Tree, shape: Shape, task: Task, of: str | None) -> Answer:
    """`Z \\in \\mathbb{R}^{n \\times k}`, and the same in words."""
    shape = tuple(length.substitute(dict(_sizes_said(task))) for length in shape)
    sizes = [dimension_tree(length) for length in shape]
    power = Product("\\times", tuple(sizes)) if len(sizes) > 1 else sizes[0] if sizes else None
    space = _REAL if power is None else Superscript(_REAL, power)
    said = f"here {unicode(tree)} is {in_words(shape)}"
    return Answer(
        part=task.part,
        span=task.span,
        kind="statement",
        asked=symbol.latex,
        symbol=symbol,
        of=of,
        wrt=None,
        formula=Formula(latex(Relation(("\\in",), (tree, space))), said, said),
        shape=tuple(length.number if length.number is not None else str(length) for length in shape),
    )


def _sizes_said(task: Task) -> Iterator[tuple[str, Dimension]]:
    """The sizes that the question gives, "the shape of $X$ for $k = 3$"."""
    for math in task.math("given", "point"):
        for tree in statements(math):
            match tree:
                case Relation(operators=("=",), sides=(name, value)) if could_be_name(name) and isinstance(value, Number):
                    if value.value.denominator == 1:
                        yield size_symbol(name), dimension(int(value.value))
                case _:
                    pass


def in_words(shape: Shape) -> str:
    """ "a scalar", "a vector with 3 entries", "n x k: n rows, k columns"."""
    match shape:
        case ():
            return "a scalar"
        case (length,):
            return f"a vector with {_counted(length, 'entry', 'entries')}"
        case (rows, columns):
            return f"{rows} x {columns}: {_counted(rows, 'row', 'rows')}, {_counted(columns, 'column', 'columns')}"
        case _:
            return f"{' x '.join(map(str, shape))}, with {len(shape)} axes"


def _counted(length: Dimension, one: str, several: str) -> str:
    return f"{length} {one if length.number == 1 else several}"


def other_shapes(answers: Sequence[Answer], task: Task) -> list[Diagnostic]:
    """What is said of results of another shape than "the $3 \\times 3$ Jacobian"; a vector may be a row or a column."""
    expected = [size for size in task.shaped if size != 1]
    found = [(each, _sizes(each)) for each in answers] if task.shaped else []
    others = [(each, sizes) for each, sizes in found if sizes and [size for size in sizes if size != 1] != expected]
    said = " by ".join(map(str, task.shaped))
    messages = [f"{each.symbol.text} is {' by '.join(map(str, sizes))}, and the task says {said}" for each, sizes in others]
    hint = "write the shape that is meant"
    return [Diagnostic("warning", "other-shape", message, task.span, hint) for message in messages]


def _sizes(answer: Answer) -> list[int]:
    """The numbers of rows and columns of a result; none where they are not known."""
    value, found = answer.value, list[int]()
    while isinstance(value, list) and value:
        found.append(len(value))
        value = value[0]
    numbers = [size for size in answer.shape or () if isinstance(size, int)]
    return found or (numbers if len(numbers) == len(answer.shape or ()) else [])
