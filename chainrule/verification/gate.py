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
from chainrule.graph.node import Apply, Node, Variable, postorder
from chainrule.graph.walk import leaves, substitute
from chainrule.inference.network import Network
from chainrule.inference.vocabulary import vocabulary
from chainrule.source import Source
from chainrule.syntax.parser import Notation, parse_expression
from chainrule.syntax.tree import Tree
from chainrule.typesetting import latex, plain

TOLERANCE = 1e-9
POINTS = (1, 2)
"""Seeds of the points at which a formula is compared."""


@dataclass(frozen=True)
class Shown:
    """A formula that passed: its tree, in LaTeX and in plain text."""

    tree: Tree
    latex: str
    plain: str


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
            shown = Shown(tree, latex(tree), plain(tree))
            self.verify(shown.latex, "latex", node)
            self.verify(shown.plain, "plain", node)
            self.passed[node] = shown
        return self.passed[node]

    def verify(self, text: str, notation: Notation, node: Node) -> None:
        """Raise VerificationError unless the text, read back, has the node's shape, orientation and values."""
        stand_ins: dict[Node, Variable] = {
            leaf: build.variable(leaf.symbol, leaf.shape) for leaf in leaves(build.named("root", node))
        }
        expected = substitute(node, stand_ins)
        try:
            found = self._read(text, notation, {v.symbol: v for v in stand_ins.values()}, expected.shape)
        except ChainruleError as error:
            raise _unverified(text, f"it does not read back: {error.message}") from error
        if found.shape != expected.shape:
            raise _unverified(text, "it reads back with another shape")
        if found is not expected:
            self._compare(text, found, expected)

    def _read(self, text: str, notation: Notation, names: Mapping[Tree, Node], shape: Shape) -> Node:
        tree = parse_expression(Source("formula", text).span(), vocabulary(), notation)
        return self.network.read(tree, names, shape)

    def _compare(self, text: str, found: Node, expected: Node) -> None:
        for seed in POINTS:
            try:
                point = sample([found, expected], seed)
            except ChainruleError as error:
                raise _unverified(text, error.message) from error
            values = evaluate([found, expected], point.values, point.sizes)
            if not compare(values[0], values[1]) <= TOLERANCE:
                raise _unverified(text, "read back it has other values")


def _unverified(text: str, why: str) -> VerificationError:
    return VerificationError("unverified", f"no printed form could be verified: {why} ({text[:200]})")


def conventions(roots: Iterable[Node]) -> tuple[str, ...]:
    """What is taken at the kinks of the operations below the roots."""
    said = [n.operation.at_kink for n in postorder(*roots) if isinstance(n, Apply) and n.operation.at_kink]
    return tuple(dict.fromkeys(said))
