r"""Declared facts: who has which, checked against shapes and numbers, and put into the variables of a network.

A network is built without them. They come from words ("A is symmetric"), from declarations (`A \in \mathbb{S}^n`) and from
equations that define nothing and are recognised by what they mean: `\sum_i t_i = 1`, `\mathbf 1^\top t = 1`, `W^\top W = I`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from chainrule.algebra.normal_form import normal_form
from chainrule.errors import ChainruleError, Diagnostic, EvaluationError
from chainrule.evaluation.facts import can_hold, holds
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.facts import OF_MATRICES, SQUARE, Fact
from chainrule.graph.node import Named, Node, Variable, operands, postorder
from chainrule.graph.walk import leaves, opaque, rebuild
from chainrule.inference.declarations import Declared
from chainrule.inference.literals import to_floats
from chainrule.inference.network import Network
from chainrule.inference.statements import Claim
from chainrule.inference.symbols import span_text
from chainrule.ops.inverse import inverse
from chainrule.ops.reduction import norm, squared_norm
from chainrule.syntax.tree import Tree

SEEDS = (21, 22)
FACTS = "one input is symmetric, diagonal, positive definite, orthogonal, positive, has norm one or sums to one"


def with_facts(network: Network, facts: Sequence[Declared], claims: Sequence[Claim]) -> tuple[Network, list[Claim]]:
    """The network with facts in its variables, and the claims that declare none."""
    said: list[Diagnostic] = []
    found: dict[Variable, dict[Fact, bool]] = {}
    rest: list[Claim] = []
    for declared in facts:
        _add(network, declared, found, said)
    for claim in claims:
        told = list(_claimed(network, claim)) if claim.identity else []
        for name, fact in told:
            _add(network, Declared(name, fact, claim.span), found, said)
        if not told and claim.declared:
            message = f"{span_text(claim.span)} is none of the facts that can be declared"
            said.append(Diagnostic("error", "not-a-fact", message, claim.span, FACTS))
        elif not told:
            rest.append(claim)
    known = {node: build.variable(node.symbol, node.shape, frozenset(own)) for node, own in found.items() if own}
    if known:
        new = _replaced(network, known)
        names = {name: new[node] for name, node in network.names.items()}
        network = replace(network, names=names, lists=frozenset(new[node] for node in network.lists))
        proven = frozenset((node.symbol, fact) for node, own in found.items() for fact, by_value in own.items() if by_value)
        network = replace(network, proven=proven)
    return replace(network, diagnostics=tuple(dict.fromkeys((*network.diagnostics, *said)))), rest


def _replaced(network: Network, known: Mapping[Variable, Variable]) -> dict[Node, Node]:
    """Every node of the network over the variables with facts."""
    new: dict[Node, Node] = {}
    for node in postorder(*network.names.values()):
        below = tuple(new[operand] for operand in operands(node))
        if isinstance(node, Variable) and node in known:
            new[node] = known[node]
        else:
            new[node] = node if below == operands(node) else rebuild(node, below)
    return new


def _add(network: Network, declared: Declared, found: dict[Variable, dict[Fact, bool]], said: list[Diagnostic]) -> None:
    """One fact more, with whether only a value says so, or what is said where it cannot be used."""
    try:
        node = network.find(declared.name)
    except ChainruleError as error:
        if declared.unknown is not None:
            hint = "nothing is computed from this; a fact is declared of an input"
            said.append(Diagnostic(declared.unknown, error.code, error.message, declared.span or error.span, hint))
        return
    if not isinstance(node, Variable):
        if not _is_plain(network, node, declared.fact):
            message = f"{_text(declared)}: it is computed from other quantities, so the fact is not used"
            said.append(Diagnostic("note", "unused-fact", message, declared.span, "declare facts of inputs"))
        return
    own = found.setdefault(node, {})
    fault = _fault(network, declared, node, frozenset(own))
    if fault is not None:
        said.append(fault)
    else:
        own[declared.fact] = declared.by_value and own.get(declared.fact, True)


def _text(declared: Declared) -> str:
    return f"{span_text(declared.name.span)} {declared.fact.value}"


def _fault(network: Network, declared: Declared, node: Variable, others: frozenset[Fact]) -> Diagnostic | None:
    """What keeps a variable from having a fact: its shape, its value, what else is declared of it."""
    fact, text, name = declared.fact, _text(declared), declared.name
    value = network.values.get(node.symbol)
    if value is not None and not holds(fact, to_floats(value)):
        message = f"{text}, but its value is not so; the fact is not used"
        return Diagnostic("error", "fact-contradicted", message, declared.span, f"give {span_text(name.span)} another value")
    lengths = [d.size(network.sizes) if d.symbols <= network.sizes.keys() else None for d in node.shape]
    if fact in OF_MATRICES and len(node.shape) != 2:
        kind = "a number" if not node.shape else "a vector"
        message = f"{text}, but it is {kind}: only a matrix can be; the fact is not used"
        return Diagnostic("error", "fact-shape", message, declared.span, "declare its shape")
    if fact in SQUARE and node.shape[0] != node.shape[1]:
        rows, columns = node.shape
        message = f"{text}, but it has {rows} rows and {columns} columns; the fact is not used"
        return Diagnostic("error", "fact-shape", message, declared.span, "only a square matrix can be")
    if not node.shape and fact is not Fact.POSITIVE:
        message = f"{text}, but it is a number; the fact is not used"
        return Diagnostic("error", "fact-shape", message, declared.span, "declare its shape")
    if can_hold(others | {fact}, lengths):
        return None
    also = " and ".join(other.value for other in others)
    reason = f"it also {also}" if others else "no array of its shape is"
    message = f"{text}, but {reason}; the fact is not used"
    return Diagnostic("error", "fact-contradicted", message, declared.span)


def _is_plain(network: Network, node: Node, fact: Fact) -> bool:
    """Whether a quantity has a property as it is computed: at random points."""
    if fact in OF_MATRICES and len(node.shape) != 2:
        return False
    try:
        points = [sample([node], seed, None, network.sizes) for seed in SEEDS]
        return all(holds(fact, evaluate([node], point.values, point.sizes)[0]) for point in points)
    except EvaluationError:
        return False


def _claimed(network: Network, claim: Claim) -> Iterator[tuple[Tree, Fact]]:
    """The names and facts that an equation declares, if its two sides are those of a fact of one variable."""
    try:
        left = network.read(claim.left)
        right = network.read(claim.right, shape=left.shape)
    except ChainruleError:
        try:
            right = network.read(claim.right)
            left = network.read(claim.left, shape=right.shape)
        except ChainruleError:
            return
    sides = {normal_form(left), normal_form(right)}
    inside = [node for node in postorder(left, right, into=opaque) if isinstance(node, Variable | Named)]
    if len(inside) != 1 or not _is_open(network, inside[0]):
        return
    node = inside[0]
    for fact, one, other in _equations(node):
        if sides == {normal_form(one), normal_form(other)}:
            yield node.symbol, fact


def _is_open(network: Network, node: Variable | Named) -> bool:
    """Whether nothing computes it: an input, or a list of entries some of which have no value."""
    if isinstance(node, Variable):
        return True
    return node in network.lists and any(leaf.symbol not in network.values for leaf in leaves(node))


def _equations(node: Node) -> Iterator[tuple[Fact, Node, Node]]:
    """Each fact of an array as an equation, and the node as which its sides are recognised."""
    unity = build.constant(1)
    if node.shape:
        yield Fact.SUM_ONE, build.total(node), unity
        yield from ((Fact.UNIT_NORM, way, unity) for way in (norm(node), squared_norm(node), build.inner(node, node)))
    if len(node.shape) != 2:
        return
    turned = build.transpose(node)
    rows, columns = node.shape
    square = rows == columns
    across = Fact.ORTHOGONAL if square else Fact.ORTHONORMAL_COLUMNS
    yield across, build.matmul(turned, node), build.contract([], [], (0, 0), {0: columns})
    across = Fact.ORTHOGONAL if square else Fact.ORTHONORMAL_ROWS
    yield across, build.matmul(node, turned), build.contract([], [], (0, 0), {0: rows})
    if square:
        yield Fact.ORTHOGONAL, inverse(node), turned
        yield Fact.SYMMETRIC, node, turned
