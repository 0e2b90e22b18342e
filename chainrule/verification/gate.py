"""The gate: a formula is shown only if it was printed, read back by our own parser and found to mean the graph it came from.

Named quantities are leaves here: each is a variable of its own, at random sizes (all different) and points. A vector
is printed as a column, so a formula that reads as a row fails.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from chainrule.algebra.matrix_form import matrix_form
from chainrule.errors import ChainruleError, VerificationError
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.dimension import Shape
from chainrule.graph.facts import NO_FACTS
from chainrule.graph.node import Apply, Named, Node, Variable, postorder
from chainrule.graph.walk import leaves, substitute
from chainrule.inference.network import Network
from chainrule.inference.vocabulary import vocabulary
from chainrule.source import Source
from chainrule.syntax.parser import Notation, parse_expression
from chainrule.syntax.tree import Tree
from chainrule.typesetting import latex, plain, unicode

TOLERANCE = 1e-9
POINTS = (1, 2)
"""Seeds of the points at which a formula is compared."""


@dataclass(frozen=True)
class Shown:
    """A formula that passed: its tree, in LaTeX, in plain text and in Unicode text."""

    tree: Tree
    latex: str
    plain: str
    unicode: str


@dataclass
class Gate:
    """Prints formulas over the names of one network and checks each; what has passed is remembered.

    spelling: how the person spelled exact numbers, `{3/5: "0.6"}`.
    """

    network: Network
    spelling: Mapping[Fraction, str] = field(default_factory=dict[Fraction, str])
    passed: dict[Node, Shown] = field(default_factory=dict[Node, Shown])

    def show(self, node: Node) -> Shown:
        """The verified text of a node, its named leaves as they are called.

        Raises VerificationError `unverified` where a text does not mean the node, and what matrix form raises.
        """
        if node not in self.passed:
            tree = matrix_form(node, self.spelling)
            shown = Shown(tree, latex(tree), plain(tree), unicode(tree))
            texts: list[tuple[str, Notation]] = [(shown.latex, "latex"), (shown.plain, "plain")]
            if shown.unicode != shown.plain:
                texts.append((shown.unicode, "plain"))
            self.verify(node, texts)
            self.passed[node] = shown
        return self.passed[node]

    def verify(self, node: Node, texts: Iterable[tuple[str, Notation]]) -> None:
        """Raise VerificationError unless every text, read back, has the node's shape, orientation and values."""
        stand_ins: dict[Node, Variable] = {n: _stand_in(n) for n in leaves(build.named("root", node))}
        names = {variable.symbol: variable for variable in stand_ins.values()}
        expected = substitute(node, stand_ins)
        found: dict[Node, str] = {}
        for text, notation in texts:
            found.setdefault(self._read(text, notation, names, expected.shape), text)
        found.pop(expected, None)
        if found:
            _compare(expected, found)

    def _read(self, text: str, notation: Notation, names: Mapping[Tree, Node], shape: Shape) -> Node:
        try:
            tree = parse_expression(Source("formula", text).span(), vocabulary(), notation)
            node = self.network.read(tree, names, shape)
        except ChainruleError as error:
            raise _unverified(text, f"it does not read back: {error.message}") from error
        if node.shape != shape:
            raise _unverified(text, "it reads back with another shape")
        return node


def _stand_in(leaf: Named | Variable) -> Variable:
    """A variable of its own for a leaf, with the facts that were declared of it."""
    return build.variable(leaf.symbol, leaf.shape, leaf.facts if isinstance(leaf, Variable) else NO_FACTS)


def _compare(expected: Node, found: Mapping[Node, str]) -> None:
    """Raise VerificationError unless all have the values expected, at random sizes and points."""
    nodes = [expected, *found]
    for seed in POINTS:
        try:
            point = sample(nodes, seed)
        except ChainruleError as error:
            raise _unverified(next(iter(found.values())), error.message) from error
        right, *values = evaluate(nodes, point.values, point.sizes)
        for text, value in zip(found.values(), values, strict=True):
            if not compare(value, right) <= TOLERANCE:
                raise _unverified(text, "read back it has other values")


def _unverified(text: str, why: str) -> VerificationError:
    return VerificationError("unverified", f"no printed form could be verified: {why} ({text[:200]})")


def conventions(roots: Iterable[Node]) -> tuple[str, ...]:
    """What is taken at the kinks of the operations below the roots."""
    said = [n.operation.at_kink for n in postorder(*roots) if isinstance(n, Apply) and n.operation.at_kink]
    return tuple(dict.fromkeys(said))
