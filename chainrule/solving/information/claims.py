"""What a sheet says of entropies and divergences, `H(P, Q) = H(P) + D(P || Q)`: checked, and answered as a statement."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isclose

from chainrule.errors import ChainruleError, NameFault
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.walk import expand, leaves
from chainrule.inference.distributions.recognised import bases_in, logarithms
from chainrule.inference.literals import number
from chainrule.inference.network import Network
from chainrule.inference.symbols import span_text
from chainrule.ops.arithmetic import divide, log
from chainrule.solving.answer import Answer, Formula
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.information.decimal import Base
from chainrule.solving.information.tasks import quantity_in
from chainrule.solving.information.trees import number_of
from chainrule.solving.information.units import base_of, in_unit, unit_of_base
from chainrule.source import Span
from chainrule.syntax.tree import Call, Name, Number, Relation, Sum, Tree, walk
from chainrule.typesetting import latex, unicode

SEEDS = (1, 2, 3)
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Side:
    """One side of the equation: a sum of quantities, or a number; `rounding`: how far a rounded number may be off."""

    tree: Tree
    signs: tuple[int, ...]
    terms: tuple[Node, ...]
    rounding: float

    @property
    def node(self) -> Node:
        return build.linear(zip(self.signs, self.terms, strict=True), ())


def is_identity(network: Network, tree: Tree) -> bool:
    """Whether an equation is between quantities of information."""
    if not isinstance(tree, Relation) or set(tree.operators) != {"="}:
        return False
    return any(quantity_in(network, term) is not None for side in tree.sides for _, term in _terms(side))


def answer_identity(context: Context, tree: Relation, unit: str, span: Span, part: str | None) -> Answer:
    """Whether it holds: for the numbers that are given, else at random points.

    Raises NameFault where a term is neither a quantity nor a number.
    """
    sides = [_side(context.network, side, unit) for side in tree.sides]
    values = [context.extended(side.node) for side in sides]
    known = [value for value in values if isinstance(value, float)]
    if len(known) < len(values):
        holds = all(_agree_anywhere(a, b) for a, b in pairwise(sides))
        shown, said = tree, f"{unicode(tree)} {'holds' if holds else 'does not hold'}: compared at random points"
    else:
        holds = all(_agree(a, b, x, y) for (a, x), (b, y) in pairwise(zip(sides, known, strict=True)))
        shown, said = _with_numbers(context, tree, sides, known, holds, unit)
    return Answer(
        part=part,
        span=span,
        kind="statement",
        asked=span_text(tree.span),
        symbol=tree_formula(tree.sides[0]),
        of=None,
        wrt=None,
        formula=Formula(latex(shown), said, said),
    )


def _side(network: Network, tree: Tree, unit: str) -> Side:
    signs: list[int] = []
    nodes: list[Node] = []
    if (whole := _formula_in(network, tree, base_of(unit))) is not None:
        return Side(tree, (1,), (whole,), _rounding(tree))
    for sign, term in _terms(tree):
        found = quantity_in(network, term)
        known = number(term)
        if found is not None and found[1].node is not None:
            nodes.append(in_unit(found[1].node, found[1].quantity, base_of(unit)))
        elif known is not None:
            nodes.append(build.constant(known))
        elif (node := _number_in(network, term, base_of(unit))) is not None:
            nodes.append(node)
        else:
            message = f"{span_text(term.span)} is no quantity of information that has a formula, and no number"
            raise NameFault("not-compared", message, term.span)
        signs.append(sign)
    return Side(tree, tuple(signs), tuple(nodes), _rounding(tree))


def unit_of_identity(tree: Tree) -> str | None:
    r"""The unit that the bases of the logarithms in an equation tell, `\log_2 6 - H(P)`; None where they tell none."""
    bases = bases_in(tree)
    return unit_of_base(bases[0]) if len(bases) == 1 else None


def _number_in(network: Network, term: Tree, base: Base) -> Node | None:
    r"""The value of a term that only computes with numbers and logarithms of them, `2 \log_2 6`; None of any other.

    `\log` has the base of the unit, as the quantities beside it have.
    """
    logs = list(logarithms(term))
    plain = [part for part, known in logs if known is None and isinstance(part, Call) and part.function == Name("log")]
    if not logs or len(plain) > 1 or (plain and len(logs) > 1):
        return None
    try:
        node = network.read(term)
    except ChainruleError:
        return None
    if node.shape or leaves(node):
        return None
    return divide(node, log(build.constant(base.number))) if plain and base.number is not None else node


def _formula_in(network: Network, tree: Tree, base: Base) -> Node | None:
    r"""The value of a side without a quantity, `-p \log p`; None of any other, and where its `\log` is not in the unit."""
    if any(quantity_in(network, part) is not None for part in walk(tree)) or all(
        number(each) is not None for _, each in _terms(tree)
    ):
        return None
    if base.number is not None and None in [known for _, known in logarithms(tree)]:
        return None
    try:
        node = network.read(tree)
    except ChainruleError:
        return None
    return None if node.shape else node


def _terms(tree: Tree) -> list[tuple[int, Tree]]:
    return list(zip(tree.signs, tree.terms, strict=True)) if isinstance(tree, Sum) else [(1, tree)]


def _rounding(tree: Tree) -> float:
    """Half a unit in the last place of a decimal."""
    if not isinstance(tree, Number) or tree.value.denominator == 1:
        return 0.0
    places = next((n for n in range(1, 30) if 10**n % tree.value.denominator == 0), 0)
    return float(Fraction(1, 2 * 10**places)) if places else 0.0


def _agree(a: Side, b: Side, x: float, y: float) -> bool:
    return x == y or isclose(x, y, rel_tol=TOLERANCE, abs_tol=TOLERANCE + max(a.rounding, b.rounding))


def _agree_anywhere(a: Side, b: Side) -> bool:
    left, right = expand(a.node), expand(b.node)
    for seed in SEEDS:
        point = sample([left, right], seed)
        x, y = (point.found.get(n, evaluate([n], point.values, point.sizes)[0]) for n in (left, right))
        if not compare(x, y) <= TOLERANCE:
            return False
    return True


def _with_numbers(
    context: Context, tree: Relation, sides: list[Side], values: list[float], holds: bool, unit: str
) -> tuple[Relation, str]:
    """Every side with its numbers put in, and the sentence."""
    filled = [_filled(context, side) for side in sides]
    sign = "=" if holds else "\\ne"
    shown = Relation((sign,) * (len(filled) - 1), tuple(filled))
    measured = [(side.tree, value) for side, value in zip(sides, values, strict=True) if number(side.tree) is None]
    numbers = " and ".join(unicode(Relation(("=",), (left, number_of(value)))) for left, value in measured)
    verdict = "holds" if holds else "does not hold"
    return shown, f"{unicode(tree)} {verdict}: {numbers} (in {unit})"


def _filled(context: Context, side: Side) -> Tree:
    found = [context.extended(term) for term in side.terms]
    trees = tuple(number_of(value) for value in found if isinstance(value, float))
    return trees[0] if side.signs == (1,) else Sum(side.signs, trees)
