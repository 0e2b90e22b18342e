"""What a sheet says of entropies and divergences, `H(P, Q) = H(P) + D(P || Q)`: checked, and answered as a statement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import isclose
from operator import ge, gt, le, lt, ne

from chainrule.errors import ChainruleError, NameFault
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.walk import expand, leaves
from chainrule.inference.conditions import OPPOSITE
from chainrule.inference.distributions.recognised import bases_in, logarithms
from chainrule.inference.literals import number
from chainrule.inference.network import Network
from chainrule.inference.symbols import span_text
from chainrule.ops.arithmetic import divide, log
from chainrule.sheets import Task
from chainrule.solving.answer import Answer, Formula
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.information.checks import check_distributions
from chainrule.solving.information.decimal import Base
from chainrule.solving.information.heads import notation_in_words
from chainrule.solving.information.measured import expression_in, measured_quantities
from chainrule.solving.information.tasks import Measure, quantity_in
from chainrule.solving.information.trees import number_of
from chainrule.solving.information.units import NATS, base_of, in_unit, unit_of_base, unit_of_others
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Number, Relation, Sum, Superscript, Tree, transform, walk
from chainrule.typesetting import latex, unicode

SEEDS = (1, 2, 3)
ORDERS = {"<": lt, ">": gt, "\\le": le, "\\ge": ge, "\\ne": ne}
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
    """Whether an equation is between quantities of information, or an inequality has some in it."""
    if not isinstance(tree, Relation):
        return False
    if set(tree.operators) != {"="}:
        return set(tree.operators) <= {"=", *ORDERS} and _has_quantity(network, tree)
    return any(quantity_in(network, term) is not None for side in tree.sides for _, term in _terms(side))


def answer_identity(
    context: Context, tree: Relation, unit: str, span: Span, part: str | None, statements: Sequence[Tree]
) -> Answer:
    """Whether it holds: for the numbers that are given, else, of an equation, at random points. statements: those of the text.

    Raises NameFault where a term is neither a quantity nor a number, or a quantity is of no distributions.
    """
    parts = (*walk(tree), *measured_quantities(context.network, tree))
    for found in (quantity_in(context.network, each) for each in parts):
        if found is not None:
            check_distributions(context, found[1], statements, normalize=False)
    sides = [_side(context.network, side, unit) for side in tree.sides]
    values = [context.extended(side.node) for side in sides]
    known = [value for value in values if isinstance(value, float)]
    if len(known) < len(values) and set(tree.operators) != {"="}:
        message = "an inequality is checked with numbers, and a side of this one has none"
        raise NameFault("not-compared", message, tree.span or span, "give the parameters numbers")
    tree = replace(tree, sides=tuple(_in_words(context.network, side) for side in tree.sides))
    if len(known) < len(values):
        holds = all(_agree_anywhere(a, b) for a, b in pairwise(sides))
        shown, said = tree, f"{unicode(tree)} {'holds' if holds else 'does not hold'}: compared at random points"
    else:
        shown, holds, said = _with_numbers(context, tree, sides, known, unit)
    said = f"{_meaning(context.network, tree, holds=holds)}{said}"
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


def _meaning(network: Network, tree: Relation, *, holds: bool) -> str:
    """What `I(X; Y) = 0` says of its variables, in words before a colon; "" of any other equation."""
    found = quantity_in(network, tree.sides[0]) if tree.operators == ("=",) and number(tree.sides[1]) == 0 else None
    bracket = next((part for part in walk(tree.sides[0]) if isinstance(part, Bracket)), None)
    if found is None or found[1].quantity.name != "mutual_information" or bracket is None or bracket.separators != (";",):
        return ""
    one, other = map(unicode, bracket.items)
    return f"{one} and {other} are {'' if holds else 'not '}independent: "


def _in_words(network: Network, tree: Tree) -> Tree:
    """With the heads of its quantities as words, the TV of `TV(P, Q)`."""
    is_quantity = (Juxtaposition, Call)
    return transform(
        tree, lambda part: notation_in_words(part) if isinstance(part, is_quantity) and quantity_in(network, part) else part
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
        elif (node := _number_in(network, term, base_of(unit)) or _log_of_numbers(network, term, unit)) is not None:
            nodes.append(node)
        elif (asked := expression_in(network, term, unit)) is not None and _is_in_base(network, term, base_of(unit)):
            nodes.append(network.read(asked))
        else:
            message = f"{span_text(term.span)} is no quantity of information that has a formula, and no number"
            raise NameFault("not-compared", message, term.span)
        signs.append(sign)
    return Side(tree, tuple(signs), tuple(nodes), _rounding(tree))


def unit_of_claim(statements: Sequence[Tree], tree: Tree, task: Task, measure: Measure) -> str:
    r"""The unit that the person set, else that of the words of the task, else that of the bases of the logarithms in the claim,
    `\log_2 6 - H(P)`, else that of all answers, else that of the formulas of the text, else nats.
    """
    if task.law == "pinsker":  # its root is of a divergence in nats
        return NATS
    bases = bases_in(tree)
    own = unit_of_base(bases[0]) if len(bases) == 1 else None
    said = (own, task.unit) if task.common else (task.unit, own)
    return measure.unit or next(filter(None, said), None) or unit_of_others(statements) or NATS


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


def _log_of_numbers(network: Network, term: Tree, unit: str) -> Node | None:
    r"""The value of `\log(1 + \chi^2(P \| Q))` in a unit: a logarithm of what computes with quantities that have none; None of
    any other term, and where its base is that of another unit.
    """
    logs, base = list(logarithms(term)), base_of(unit).number
    if len(logs) != 1 or logs[0][0] is not term or not isinstance(term, Call) or term.function == Name("lg"):
        return None
    found = [each for part in walk(term) if (each := quantity_in(network, part)) is not None]
    own = base if term.function == Name("log") else logs[0][1]
    if not found or any(each.quantity.logarithmic for _, each in found) or own != base:
        return None
    value = log(network.read(term.arguments[0]))
    return value if base is None else divide(value, log(build.constant(base)))


def _formula_in(network: Network, tree: Tree, base: Base) -> Node | None:
    r"""The value of a side without a quantity, `-p \log p`; None of any other, and where its `\log` is not in the unit."""
    if _has_quantity(network, tree) or all(number(each) is not None for _, each in _terms(tree)):
        return None
    if base.number is not None and None in [known for _, known in logarithms(tree)]:
        return None
    try:
        node = network.read(tree)
    except ChainruleError:
        return None
    return None if node.shape else node


def _has_quantity(network: Network, tree: Tree) -> bool:
    """Whether one stands anywhere in a formula, also as a factor of others."""
    plain = any(quantity_in(network, part) is not None for part in walk(tree))
    return plain or expression_in(network, tree, NATS) is not None


def _is_in_base(network: Network, term: Tree, base: Base) -> bool:
    """Whether no logarithm stands beside the quantities of a term, and those in an exponent are in the unit of its base."""
    if any(True for _ in logarithms(term)):
        return False
    powers = (part for part in walk(term) if isinstance(part, Superscript))
    own = (part.base for part in powers if _has_quantity(network, part.exponent))
    return all(each == Name("e") if base.number is None else number(each) == base.number for each in own)


def _terms(tree: Tree) -> list[tuple[int, Tree]]:
    return list(zip(tree.signs, tree.terms, strict=True)) if isinstance(tree, Sum) else [(1, tree)]


def _rounding(tree: Tree) -> float:
    """Half a unit in the last place of a decimal."""
    if not isinstance(tree, Number) or tree.value.denominator == 1:
        return 0.0
    places = next((n for n in range(1, 30) if 10**n % tree.value.denominator == 0), 0)
    return float(Fraction(1, 2 * 10**places)) if places else 0.0


def _agree(a: Side, sign: str, b: Side, x: float, y: float) -> bool:
    same = x == y or isclose(x, y, rel_tol=TOLERANCE, abs_tol=TOLERANCE + max(a.rounding, b.rounding))
    return same if sign == "=" else ORDERS[sign](x - y if not same else 0.0, 0.0)


def _agree_anywhere(a: Side, b: Side) -> bool:
    left, right = expand(a.node), expand(b.node)
    for seed in SEEDS:
        point = sample([left, right], seed)
        x, y = (point.found.get(n, evaluate([n], point.values, point.sizes)[0]) for n in (left, right))
        if not compare(x, y) <= TOLERANCE:
            return False
    return True


def _with_numbers(
    context: Context, tree: Relation, sides: list[Side], values: list[float], unit: str
) -> tuple[Relation, bool, str]:
    """Every side with its numbers put in, whether it holds, and the sentence."""
    filled = [_filled(context, side) for side in sides]
    both = zip(tree.operators, pairwise(zip(sides, values, strict=True)), strict=True)
    signs = tuple(sign if _agree(a, sign, b, x, y) else OPPOSITE[sign] for sign, ((a, x), (b, y)) in both)
    holds, shown = signs == tree.operators, Relation(signs, tuple(filled))
    measured = [(side, value) for side, value in zip(tree.sides, values, strict=True) if number(side) is None]
    numbers = " and ".join(unicode(Relation(("=",), (left, number_of(value)))) for left, value in measured)
    verdict = "holds" if holds else "does not hold"
    return shown, holds, f"{unicode(tree)} {verdict}: {numbers} (in {unit})"


def _filled(context: Context, side: Side) -> Tree:
    found = [context.extended(term) for term in side.terms]
    trees = tuple(number_of(value) for value in found if isinstance(value, float))
    return trees[0] if side.signs == (1,) else Sum(side.signs, trees)
