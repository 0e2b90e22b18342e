"""Walks over graphs that change or ask about them. None recurses."""

from collections.abc import Callable, Iterable, Mapping

from chainrule.graph import build
from chainrule.graph.dimension import Dimension
from chainrule.graph.node import Add, Apply, Contract, Named, Node, Selection, Size, Stack, Unit, Variable, operands, postorder


def rebuild(node: Node, new: tuple[Node, ...]) -> Node:
    """The same node over other operands, made again by `build`, so that zeros, numbers and coefficients settle."""
    match node:
        case Named(symbol=symbol):
            return build.named(symbol, new[0])
        case Apply(operation=operation):
            return build.apply(operation, *new)
        case Add(terms=terms):
            return build.linear(((c, n) for (c, _), n in zip(terms, new, strict=True)), node.shape)
        case Contract():
            return build.contract(new, node.indices, node.output, dict(enumerate(node.extents)))
        case Stack():
            return build.stack(new)
        case Unit() if new:
            return build.unit(new[0], node.shape[0])
        case _:
            return node


def substitute(root: Node, replacements: Mapping[Node, Node]) -> Node:
    """The graph with nodes replaced; nothing is looked for inside a replacement."""

    def into(node: Node) -> tuple[Node, ...]:
        return () if node in replacements else operands(node)

    made: dict[Node, Node] = {}
    for node in postorder(root, into=into):
        if node in replacements:
            made[node] = replacements[node]
            continue
        old = operands(node)
        new = tuple(made[o] for o in old)
        made[node] = node if all(a is b for a, b in zip(old, new, strict=True)) else rebuild(node, new)
    return made[root]


def expand(root: Node, which: Callable[[Named], bool] = lambda _: True) -> Node:
    """The graph with named quantities replaced by their bodies, where `which` says so."""
    made: dict[Node, Node] = {}
    for node in postorder(root):
        old = operands(node)
        new = tuple(made[o] for o in old)
        if isinstance(node, Named) and which(node):
            made[node] = new[0]
        else:
            made[node] = node if all(a is b for a, b in zip(old, new, strict=True)) else rebuild(node, new)
    return made[root]


def resize(roots: Iterable[Node], sizes: Mapping[str, Dimension]) -> dict[Node, Node]:
    """The same graphs with size symbols replaced everywhere: each old node with its new one."""
    made: dict[Node, Node] = {}
    for node in postorder(*roots):
        below = tuple(made[o] for o in operands(node))
        match node:
            case Variable(symbol=symbol, facts=facts):
                made[node] = build.variable(symbol, (d.substitute(sizes) for d in node.shape), facts)
            case Size(dimension=own):
                made[node] = build.size(own.substitute(sizes))
            case Unit(position=position):
                made[node] = build.unit(below[0] if below else position, node.shape[0].substitute(sizes))
            case Selection(offset=offset, strides=strides):
                total, *lengths = (d.substitute(sizes) for d in node.shape)
                steps = [d.substitute(sizes) for d in strides]
                made[node] = build.selection(total, lengths, offset.substitute(sizes), steps)
            case Contract(indices=indices, output=output):
                extents = {i: d.substitute(sizes) for i, d in enumerate(node.extents)}
                made[node] = build.contract(below, indices, output, extents)
            case Add(terms=terms):
                shape = tuple(d.substitute(sizes) for d in node.shape)
                made[node] = build.linear(((c, n) for (c, _), n in zip(terms, below, strict=True)), shape)
            case _:
                made[node] = rebuild(node, below)
    return made


def opaque(node: Node) -> tuple[Node, ...]:
    """Operands for walks to which a named quantity is a leaf."""
    return () if isinstance(node, Named) else operands(node)


def leaves(root: Node) -> list[Variable | Named]:
    """Variables and named quantities a term mentions, in order; a Named is not looked into unless it is the root."""
    start = root.body if isinstance(root, Named) else root
    return [n for n in postorder(start, into=opaque) if isinstance(n, Variable | Named)]


def inputs(roots: Iterable[Node]) -> list[Variable]:
    """Every variable below the roots, in order of appearance."""
    return [n for n in postorder(*roots) if isinstance(n, Variable)]


def named_quantities(roots: Iterable[Node]) -> list[Named]:
    """Every named quantity below the roots, each after those it is computed from."""
    return [n for n in postorder(*roots) if isinstance(n, Named)]


def depends_on(roots: Iterable[Node], target: Node) -> set[Node]:
    """The nodes below the roots whose value changes with `target` (itself included)."""
    found: set[Node] = set()
    for node in postorder(*roots):
        if node is target or any(o in found for o in operands(node)):
            found.add(node)
    return found


def index_variables(nodes: Iterable[Node]) -> dict[Variable, list[Dimension]]:
    """The variables that say which entry is taken, `k` of `x_k`, each with the lengths it counts along."""
    found: dict[Variable, list[Dimension]] = {}
    for node in nodes:
        if isinstance(node, Unit) and isinstance(node.position, Variable):
            found.setdefault(node.position, []).append(node.shape[0])
    return found
