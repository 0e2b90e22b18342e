"""What else is true of a quantity, with its numbers: each side is computed by itself, and they are compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from chainrule.errors import VerificationError
from chainrule.inference.distributions.information import Information
from chainrule.probability.quantities import QUANTITIES
from chainrule.solving.answer import StepText
from chainrule.solving.context import tree_formula
from chainrule.solving.information import decimal as numbers
from chainrule.solving.information import trees
from chainrule.solving.information.decimal import Base, decimal, exact, precise
from chainrule.solving.information.outcomes import name_of
from chainrule.solving.information.shown import at
from chainrule.solving.information.terms import TERMS
from chainrule.solving.information.trees import number_of, number_tree
from chainrule.solving.information.written import Written
from chainrule.syntax.tree import Bracket, Name, Number, Relation, Sum, Tree

ROWS = {quantity.name: quantity for quantity in QUANTITIES}
AGREEMENT = Decimal("1e-8")
Vector = Sequence[Fraction]


@dataclass(frozen=True)
class Measured:
    """A quantity in symbols and its value, to be one side of an identity or a part of one."""

    tree: Tree
    value: Decimal


def identities_of(information: Information, notation: Tree, written: Written) -> tuple[StepText, ...]:
    """Those that help to understand the value; none where it is infinite or has no number.

    Raises VerificationError where the sides differ.
    """
    if written.result is None or not written.result.is_finite():
        return ()
    known = [column.numbers for column in written.outcomes.columns if column.numbers is not None]
    with precise(known):
        return tuple(_of_quantity(information, Measured(notation, written.result), known, written))


def _of_quantity(information: Information, this: Measured, known: Sequence[Vector], written: Written) -> Iterator[StepText]:
    match information.quantity.name:
        case "kl":
            yield from _of_divergence(information, this, known, written)
        case "cross_entropy":
            yield from _of_cross_entropy(information, this, known, written)
        case "mutual_information" | "conditional_entropy" | "joint_entropy":
            yield from _of_joint(information, this, known, written)
        case _:
            return


def _of_divergence(information: Information, this: Measured, columns: Sequence[Vector], written: Written) -> Iterator[StepText]:
    p, q = _symbols(information)
    base = written.base
    cross = Measured(ROWS["cross_entropy"].notation((p, q)), _sum("cross_entropy", base, columns))
    entropy = Measured(ROWS["entropy"].notation((p,)), _sum("entropy", base, columns[:1]))
    yield _sum_of(cross, (1, 1), (entropy, this), "The cross-entropy is the entropy plus the divergence.")
    if this.value == 0 and tuple(columns[0]) == tuple(columns[1]):
        because = "A divergence is never negative, and 0 only where the distributions are equal, as here."
        yield StepText("identity", tree_formula(p), tree_formula(q), because)
    elif len(set(columns[1])) == 1 and sum(columns[1]) == 1:
        count = Fraction(len(columns[1]))
        largest = Measured(trees.log(base, Number(count)), base.log(decimal(count)))
        because = (
            "Relative to a uniform distribution it is what the entropy lacks to the largest one, the logarithm of the count."
        )
        yield _sum_of(this, (1, -1), (largest, entropy), because)


def _of_cross_entropy(
    information: Information, this: Measured, columns: Sequence[Vector], written: Written
) -> Iterator[StepText]:
    p, q = _symbols(information)
    base = written.base
    if sum(columns[0]) == max(columns[0]) == 1:
        place = columns[0].index(Fraction(1))
        label, entry = written.outcomes.labels[place], columns[1][place]
        inside = at(written.outcomes.columns[1].heading, written, label)
        one = Measured(trees.negated(trees.log(base, inside)), exact().minus(base.log(decimal(entry))))
        number = trees.negated(trees.log(base, number_tree(entry, written.outcomes.exact)))
        yield _step(this, one, (number,), "The label is one-hot, so one term is left: the negative logarithm of one entry.")
        return
    entropy = Measured(ROWS["entropy"].notation((p,)), _sum("entropy", base, columns[:1]))
    divergence = Measured(ROWS["kl"].notation((p, q)), _sum("kl", base, columns))
    yield _sum_of(this, (1, 1), (entropy, divergence), "The cross-entropy is the entropy plus the divergence.")


def _of_joint(information: Information, this: Measured, columns: Sequence[Vector], written: Written) -> Iterator[StepText]:
    """Of mutual information: by the entropies. Of the entropies of both: the chain rule, X being the condition."""
    base, name = written.base, information.quantity.name
    if len(written.outcomes.letters) != 2:
        return
    condition, other = _variables(information, written)
    cells = columns[0]
    across = _sums(written, cells, 1 - written.outcomes.condition)
    rows = _sums(written, cells, written.outcomes.condition)
    joint = Measured(ROWS["joint_entropy"].notation(_in_order(information)), _sum("joint_entropy", base, (cells,)))
    of_condition = Measured(ROWS["entropy"].notation((condition,)), _marginal_entropy(base, cells, rows))
    if name == "mutual_information":
        of_other = Measured(ROWS["entropy"].notation((other,)), _marginal_entropy(base, cells, across))
        yield _sum_of(this, (1, 1, -1), (of_condition, of_other, joint), "Both entropies count what the variables share.")
        return
    given = Measured(ROWS["conditional_entropy"].notation((other, condition)), _sum("conditional_entropy", base, (cells, rows)))
    because = "The chain rule: the entropy of both is that of one, and what the other adds to it."
    yield _sum_of(joint, (1, 1), (of_condition, given), because)


def _symbols(information: Information) -> tuple[Tree, Tree]:
    first, second = (name_of(d.symbol) or d.symbol for d in information.distributions)
    return first, second


def _in_order(information: Information) -> tuple[Tree, Tree]:
    variables = information.distributions[0].variables
    return (variables[0], variables[1]) if len(variables) == 2 else (Name("X"), Name("Y"))


def _variables(information: Information, written: Written) -> tuple[Tree, Tree]:
    """The condition, or the first variable, and the other one."""
    first, second = _in_order(information)
    return (first, second) if written.outcomes.condition == 0 else (second, first)


def _sums(written: Written, cells: Vector, axis: int) -> Vector:
    """Of every cell the sum of those that have the same outcome of one variable."""
    places = [_outcome(label, axis) for label in written.outcomes.labels]
    totals: dict[Tree, Fraction] = {}
    for place, cell in zip(places, cells, strict=True):
        totals[place] = totals.get(place, Fraction(0)) + cell
    return [totals[place] for place in places]


def _outcome(label: Tree, axis: int) -> Tree:
    return label.items[axis] if isinstance(label, Bracket) else label


def _marginal_entropy(base: Base, cells: Vector, marginal: Vector) -> Decimal:
    """The entropy of a marginal: each cell weighs the logarithm of its own marginal."""
    weighed = [base.weighted(decimal(c), decimal(m)) for c, m in zip(cells, marginal, strict=True)]
    return exact().minus(numbers.added(weighed))


def _sum(name: str, base: Base, columns: Sequence[Vector]) -> Decimal:
    """A quantity without order, by its own sum."""
    terms = TERMS[name]
    rows = [terms.number(base, [decimal(entry) for entry in row], numbers.ZERO) for row in zip(*columns, strict=True)]
    return terms.total(base, numbers.added(rows), numbers.ZERO)


def _sum_of(whole: Measured, signs: tuple[int, ...], parts: tuple[Measured, ...], because: str) -> StepText:
    """`H(P, Q) = H(P) + D_{KL}(P \\parallel Q) = 0.90 + 0.09 = 0.99`."""
    total = numbers.added([exact().multiply(Decimal(sign), part.value) for sign, part in zip(signs, parts, strict=True)])
    right = Measured(Sum(signs, tuple(part.tree for part in parts)), total)
    filled = Sum(signs, tuple(number_of(part.value) for part in parts))
    return _step(whole, right, (filled,), because)


def _step(left: Measured, right: Measured, between: tuple[Tree, ...], because: str) -> StepText:
    """Both sides with the number; raises VerificationError where they have two."""
    off = exact().abs(exact().subtract(left.value, right.value))
    if not off <= exact().multiply(AGREEMENT, exact().add(numbers.UNITY, exact().abs(left.value))):
        raise VerificationError("unverified", f"the two sides of an identity differ: {left.value} and {right.value}")
    sides = (right.tree, *between, number_of(left.value))
    after = Relation(("=",) * (len(sides) - 1), sides)
    return StepText("identity", tree_formula(left.tree), tree_formula(after), because)
