"""What every target's printer starts from: the parameters of a program, and the graph made of what the target can say."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chainrule.algebra.products import gather_product
from chainrule.errors import CodeError
from chainrule.evaluation.sizes import node_text
from chainrule.graph import build
from chainrule.graph.node import Apply, Contract, Named, Node, Variable, operands, postorder
from chainrule.graph.operation import Operation
from chainrule.graph.walk import rebuild


@dataclass(frozen=True)
class Program:
    """A program's text; `parameters` maps each parameter of its entry, in order, to the node it stands for."""

    source: str
    parameters: Mapping[str, Node]


@dataclass(frozen=True)
class StraightLine:
    """Nodes in the order of computation, the last one the result; how often each is used; names for some values."""

    order: tuple[Node, ...]
    uses: Mapping[Node, int]
    cuts: frozenset[Node]


def split_parameters(root: Node, needs: Sequence[Node], given: Mapping[Node, object]) -> tuple[list[Node], list[Node]]:
    """The inputs without and with a value: `needs` as they are, and what else the root reaches, in the order of `given`.

    Raises CodeError `missing-value` for a variable in neither, `not-an-input` for what cannot be a parameter.
    """
    for node in needs:
        if not isinstance(node, Variable | Named):
            raise CodeError("not-an-input", f"{node!r} is no variable and has no name, so it cannot be a parameter")
    cuts = frozenset([*needs, *given])
    reached = {n for n in reach(root, cuts) if n in cuts or isinstance(n, Variable)}
    for node in reached - cuts:
        assert isinstance(node, Variable)
        message = f"{node_text(node)} has no value and is not a parameter of the code"
        raise CodeError("missing-value", message, node.symbol.span)
    return list(dict.fromkeys(needs)), [node for node in given if node in reached and node not in needs]


def reach(root: Node, cuts: frozenset[Node]) -> list[Node]:
    """Every node below the root, operands first; nothing is looked for below a cut."""
    if not any(isinstance(node, Named) for node in cuts):
        return postorder(root)  # the other cuts have nothing below them
    return postorder(root, into=lambda node: () if node in cuts else operands(node))


def straight_line(root: Node, cuts: frozenset[Node], can_say: Callable[[Operation], bool]) -> StraightLine:
    """The computation of the root in operations the target can say, the others by their definitions."""
    lowered = root
    while any(isinstance(n, Apply) and n not in cuts and not can_say(n.operation) for n in reach(lowered, cuts)):
        lowered = _rewritten(lowered, cuts, lambda node: _defined(node, can_say))
    order = reach(_resolve_deltas(lowered, cuts), cuts)
    uses = Counter(o for node in order if node not in cuts for o in operands(node))
    return StraightLine(tuple(order), uses, cuts)


def _rewritten(root: Node, cuts: frozenset[Node], change: Callable[[Node], Node]) -> Node:
    """The graph made again from below, every node changed after its operands."""
    made: dict[Node, Node] = {}
    for node in reach(root, cuts):
        below = () if node in cuts else operands(node)
        new = tuple(made[o] for o in below)
        same = all(a is b for a, b in zip(below, new, strict=True))
        made[node] = node if node in cuts else change(node if same else rebuild(node, new))
    return made[root]


def _defined(node: Node, can_say: Callable[[Operation], bool]) -> Node:
    if not isinstance(node, Apply) or can_say(node.operation):
        return node
    if node.operation.definition is None:
        raise CodeError("no-code", f"there is no code for the operation {node.operation.name}")
    rule: Callable[..., Node] = node.operation.definition
    return build.lift(rule(*node.arguments), node.shape)


def _resolve_deltas(root: Node, cuts: frozenset[Node]) -> Node:
    """Diagonals, broadcasts and transposes inside products become the product's own indices: a delta is never an array.

    A product that computes something and spreads it out as well is cut in two, so that the computation may be shared.
    """

    def change(node: Node) -> Node:
        if not isinstance(node, Contract) or not node.extents:
            return node
        return _split_spread(gather_product(node, is_rearranged))

    return _rewritten(root, cuts, change)


def is_rearranged(node: Node) -> bool:
    """Is this one array (or none) whose entries stand elsewhere: transposed, repeated, on a diagonal?"""
    if not isinstance(node, Contract) or len(node.factors) > 1:
        return False
    return set(range(len(node.extents))) == set(node.output) and all(len(set(own)) == len(own) for own in node.indices)


def _split_spread(node: Node) -> Node:
    if not isinstance(node, Contract) or len(node.factors) < 1 or is_rearranged(node):
        return node
    held = {i for own in node.indices for i in own}
    core = tuple(dict.fromkeys(i for i in node.output if i in held))
    if core == node.output:
        return node
    inner = {i: d for i, d in enumerate(node.extents) if i in core or i not in node.output}
    product = build.contract(node.factors, node.indices, core, inner)
    outer = {i: node.extents[i] for i in node.output}
    return build.contract([product], [core], node.output, outer)


def named_bodies(order: Iterable[Node], cuts: frozenset[Node]) -> dict[Node, Named]:
    """The first name of each computed value that is named."""
    found: dict[Node, Named] = {}
    for node in order:
        if isinstance(node, Named) and node not in cuts and node.body not in cuts and operands(node.body):
            found.setdefault(node.body, node)
    return found
