r"""Whether two expressions are the same, `\sigma(-x) = 1 - \sigma(x)`: proved by normal form, else tested at random points.

What does not hold is said so, with a point where the sides differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from chainrule.algebra.normal_form import normal_form
from chainrule.errors import NameFault
from chainrule.evaluation.array import Array, Scalar, as_array
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import Point, sample
from chainrule.graph import build
from chainrule.graph.node import Named, Node, Variable
from chainrule.graph.walk import expand, leaves
from chainrule.inference.literals import read_literal
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, span_text
from chainrule.sheets import Task
from chainrule.solving.answer import Answer, Formula, Value
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import unused_name
from chainrule.syntax.tree import Bracket, Number, Relation, Sum, Tree, walk
from chainrule.typesetting import array, latex, unicode

SEEDS = (1, 2, 3, 4, 5, 6)
TOLERANCE = 1e-9
DIGITS = 4
PROVED = "both sides have the same normal form"
TESTED = f"the sides agree at {len(SEEDS)} random points, which is a test and no proof"


@dataclass(frozen=True)
class Verdict:
    """holds: of the equation. because: how that was found."""

    holds: bool
    because: str


def answer_sameness(text: ProblemText, claim: Relation, task: Task) -> Answer:
    """Whether the sides of an equation are the same. Raises NameFault where a side is nowhere defined, ShapeError where the
    shapes of the sides differ.
    """
    verdicts = [_verdict(text, left, right) for left, right in pairwise(claim.sides)]
    holds = all(verdict.holds for verdict in verdicts)
    kept = [verdict.because for verdict in verdicts if verdict.holds == holds]
    return stated(claim, task, holds, next((each for each in kept if each != PROVED), PROVED))


def stated(claim: Tree, task: Task, holds: bool, because: str) -> Answer:
    """That an equation holds, or does not, and how that was found."""
    assert isinstance(claim, Relation)
    shown = claim if holds or len(claim.sides) > 2 else Relation(("\\ne",), claim.sides)
    said = f"the equation {unicode(claim)} {'holds' if holds else 'does not hold'}: {because}"
    return Answer(
        part=task.part,
        span=task.span,
        kind="statement",
        asked=span_text(claim.span),
        symbol=tree_formula(next(iter(claim.sides))),
        of=None,
        wrt=None,
        formula=Formula(latex(shown), said, said),
    )


def _verdict(text: ProblemText, left: Tree, right: Tree) -> Verdict:
    network, sides = _read(text, left, right)
    a, b = (expand(side.body if isinstance(side, Named) else side) for side in sides)
    if normal_form(build.subtract(a, b)) == normal_form(build.subtract(a, a)):
        return Verdict(True, PROVED)
    if not leaves(a) and not leaves(b):
        return _of_numbers((left, right), [Context(network).extended(node) for node in (a, b)], "the sides")
    point = next((point for seed in SEEDS if not _agree(a, b, point := sample([a, b], seed))), None)
    if point is None:
        return Verdict(True, TESTED)
    given = _at_the_values(network, (left, right), (a, b))
    if given is not None:
        return given
    for side, node, other in zip((left, right), sides, (b, a), strict=True):
        if could_be_name(side) and isinstance(node, Variable) and node not in leaves(other):
            raise NameFault("no-formula", f"nothing says how {span_text(side.span)} is computed", side.span)
    return Verdict(False, _where(network, (a, b), point))


def _read(text: ProblemText, left: Tree, right: Tree) -> tuple[Network, tuple[Node, Node]]:
    """The sides as nodes of one shape; names that the text does not have become inputs."""
    before = text.network(text.more)
    name = unused_name(before, ("q", "u", "r"), (left, right))
    both = Sum((1, -1), (left, Bracket("(", (right,), ())))
    network = _with(text, Relation(("=",), (name, both), span=left.span))
    found = network.find(name)
    return network, (network.read(left, None, found.shape), network.read(right, None, found.shape))


def _with(text: ProblemText, equation: Relation) -> Network:
    """The network of a text and one more equation."""
    return replace(text, statements=[*text.statements, equation]).network(text.more)


def _agree(a: Node, b: Node, point: Point) -> bool:
    x, y = (evaluate([node], point.values, point.sizes)[0] for node in (a, b))
    return compare(x, y) <= TOLERANCE


def _at_the_values(network: Network, trees: tuple[Tree, Tree], nodes: tuple[Node, Node]) -> Verdict | None:
    """The verdict at the given numbers, where all are given and one side is a number; it may be rounded."""
    context = Context(network)
    literals = [read_literal(tree) for tree in trees]
    values = [context.extended(node) for node in nodes]
    if all(literal is None for literal in literals) or any(value is None for value in values):
        return None
    return _of_numbers(trees, values, "at the given numbers the sides")


def _of_numbers(trees: tuple[Tree, Tree], values: Sequence[Value | None], what: str) -> Verdict:
    """The verdict on two numbers, or arrays of them; the digits that are written may be rounded."""
    x, y = (as_array(value) for value in values if value is not None)
    apart = abs(x - y)
    shown = " and ".join(unicode(array(value, 12)) for value in values if value is not None)
    if bool((apart <= TOLERANCE * abs(x)).all()):
        return Verdict(True, f"{what} are {shown}")
    rounded = bool((apart <= max(map(_rounding, trees)) + TOLERANCE * abs(x)).all())
    return Verdict(rounded, f"{what} are {shown}{', the same to the digits that are written' if rounded else ''}")


def _rounding(tree: Tree) -> float:
    """Half a unit of the last digit that a number has."""
    texts = [part.text for part in walk(tree) if isinstance(part, Number) and "." in part.text]
    return max((0.5 * 10.0 ** -len(text.partition(".")[2]) for text in texts), default=0.0)


def _where(network: Network, nodes: tuple[Node, Node], point: Point) -> str:
    """A point where the sides differ: by its numbers where all are scalars."""
    inputs = [leaf for leaf in dict.fromkeys((*leaves(nodes[0]), *leaves(nodes[1]))) if isinstance(leaf, Variable)]
    x, y = (evaluate([node], point.values, point.sizes)[0] for node in nodes)
    if any(leaf.shape for leaf in inputs) or nodes[0].shape:
        apart = float(abs(as_array(x) - as_array(y)).max())
        return f"at a random point the sides differ by {unicode(array(apart, DIGITS))}"
    at = ", ".join(f"{network.spellings.get(n.symbol) or latex(n.symbol)} = {_digits(point.values[n])}" for n in inputs)
    return f"{f'at {at} ' if at else ''}the sides are {_digits(x)} and {_digits(y)}"


def _digits(value: Array | Scalar) -> str:
    return unicode(array(float(as_array(value)), DIGITS))
