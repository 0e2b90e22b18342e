"""What is said beside the value of a quantity: its unit, what was taken for granted, why it is infinite."""

from collections.abc import Iterator
from fractions import Fraction

from chainrule.inference.distributions.information import Information
from chainrule.inference.distributions.labels import enumerated
from chainrule.inference.literals import number
from chainrule.probability.integration.estimate import Estimate
from chainrule.solving.information.shown import at, equation, said
from chainrule.solving.information.trees import DIGITS
from chainrule.solving.information.written import Row, Written
from chainrule.syntax.tree import Call, Juxtaposition, Name, Number, Subscript, Superscript, Tree, walk
from chainrule.typesetting import unicode

METHODS = {
    "sum": "summed over the outcomes",
    "integral": "integrated numerically",
    "largest": "the largest value was searched for numerically",
}

DIVIDING = ("kl", "cross_entropy", "cross_perplexity", "jeffreys", "chi_squared", "renyi", "alpha_divergence")
"""The quantities that are finite only where Q is positive."""

ROUNDING_SAID, ZERO_SAID = f"numbers are shown to {DIGITS} significant digits", "0 log 0 = 0"
ZERO_TO_ZERO = Superscript(Number(Fraction(0)), Number(Fraction(0)))


def conventions_of(information: Information, unit: str | None, written: Written | None) -> Iterator[str]:
    """Plain sentences without a full stop."""
    if unit is not None:
        yield unit_said(unit)
    if information.quantity.convention:
        yield information.quantity.convention
    yield from parametrisations_of(information)
    for distribution in information.distributions:
        if distribution.added:
            each = "it is 0" if len(distribution.added) == 1 else "each has probability 0"
            labels = enumerated([said(label) for label in distribution.added])
            yield f"{said(distribution.symbol)} gives no probability to {labels}: {each}"
    if written is None:
        return
    yield from _domain(information, written)
    if written.total is None:
        return
    infinite = next((row for row in written.rows if row.value is not None and row.value.is_infinite()), None)
    if infinite is not None:
        yield f"infinite, because {_cause(written, infinite)}"
    elif written.result is not None and written.result.is_infinite():
        yield "infinite, because no outcome has a probability in both"
    if any(map(_weighs_nothing, written.rows)):
        yield ZERO_SAID
    if any(part == ZERO_TO_ZERO for row in written.rows for part in walk(row.term)):
        yield "0⁰ = 0, as what has no probability counts as no outcome"
    yield ROUNDING_SAID


def parametrisations_of(information: Information) -> Iterator[str]:
    """Which parametrisation is used, of each distribution by itself where they differ in one family."""
    told = [d for d in information.distributions if d.parametrisation]
    sentences = dict.fromkeys(d.parametrisation for d in told)
    if len(sentences) > 1 and len({d.family.letter for d in told if d.family is not None}) == 1:
        yield from (f"in {said(d.symbol)} {d.parametrisation}" for d in told)
    else:
        yield from sentences


def _domain(information: Information, written: Written) -> Iterator[str]:
    """Where probabilities that are formulas are some: `1 - p ≥ 0`, and `> 0` where they are divided by."""
    strict = information.quantity.name in DIVIDING
    said: list[str] = []
    for k, column in enumerate(written.outcomes.columns[: len(information.distributions)]):
        if column.numbers is None:
            sign = ">" if strict and k else "≥"
            open_ones = (entry for entry in column.entries if number(entry) is None)
            said += [f"{unicode(entry)} {sign} 0" for entry in open_ones]
    if said:
        yield f"for {', '.join(dict.fromkeys(said))}"


def estimate_said(found: Estimate, closed: bool = False) -> Iterator[str]:
    """How a number was found without a closed form, and how far it may be off. closed: of that nothing is to be said."""
    if found.reason:
        yield found.reason
    elif found.method in METHODS:
        why = "" if closed else ", as there is no closed form that holds"
        yield f"{METHODS[found.method]}{why}; the error is at most {found.error:.1g}"


def unit_said(unit: str) -> str:
    """`in bits (logarithm to base 2)`."""
    logarithm = {"nats": "natural logarithm", "bits": "logarithm to base 2"}.get(unit, f"logarithm to {unit}")
    return f"in {unit} ({logarithm})"


def _cause(written: Written, row: Row) -> str:
    """`P(C) = 0.1 while Q(C) = 0`."""
    cells = zip(written.outcomes.columns, row.columns, strict=True)
    return " while ".join([equation(at(column.heading, written, row.label), cell) for column, cell in cells][:2])


def _weighs_nothing(row: Row) -> bool:
    """Whether 0 times a logarithm is in the term."""
    products = (part.items for part in walk(row.term) if isinstance(part, Juxtaposition))
    return any(first == Number(Fraction(0)) and any(map(_is_logarithm, rest)) for first, *rest in products)


def _is_logarithm(tree: Tree) -> bool:
    function = tree.function if isinstance(tree, Call) else None
    return (function.base if isinstance(function, Subscript) else function) == Name("log")
