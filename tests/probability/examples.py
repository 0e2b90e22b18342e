"""The examples of docs/families.md: for each family, and for each pair with a closed form, two distributions as a person
writes them and every quantity of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chainrule.probability.cells.cell import Cell
from chainrule.probability.cells.table import CELLS, cell
from chainrule.probability.families.family import Family
from chainrule.probability.families.table import FAMILIES
from chainrule.probability.integration.estimate import ANSWERS, IMAGES, LARGEST
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.syntax.tree import Name, Number
from chainrule.typesetting.latex import latex
from tests.probability.points import BY_NAME, OTHERS, POINTS

ORDER = Fraction(2)
QUANTITIES_OF_FAMILIES = [quantity for quantity in QUANTITIES if not quantity.joint and quantity.name != "surprisal"]
OVER_NUMBERS = ("integers", "interval", "categories")

WRITTEN = {
    "bernoulli": r"\mathrm{{Bern}}({})",
    "binomial": r"\mathrm{{Bin}}({}, {})",
    "categorical": r"\mathrm{{Cat}}([{}])",
    "discrete_uniform": r"\mathcal{{U}}\{{{}, \ldots, {}\}}",
    "geometric": r"\mathrm{{Geom}}({})",
    "poisson": r"\mathrm{{Pois}}({})",
    "normal": r"\mathcal{{N}}({}, {})",
    "normal_diagonal": r"\mathcal{{N}}([{}], \mathrm{{diag}}([{}]))",
    "normal_full": r"\mathcal{{N}}([{}], \begin{{bmatrix}} {} \end{{bmatrix}})",
    "standard_normal": r"\mathcal{{N}}(0, I)",
    "exponential": r"\mathrm{{Exp}}({})",
    "laplace": r"\mathrm{{Laplace}}({}, {})",
    "gamma": r"\mathrm{{Gamma}}({}, {})",
    "beta": r"\mathrm{{Beta}}({}, {})",
    "dirichlet": r"\mathrm{{Dir}}({})",
    "uniform": r"\mathcal{{U}}({}, {})",
}
"""A member of each family in LaTeX, as people write it."""

DENSITIES = {
    "bernoulli": r"p^x (1 - p)^{1 - x}",
    "binomial": r"\binom{n}{x} p^x (1 - p)^{n - x}",
    "discrete_uniform": r"\frac{1}{b - a + 1}",
    "geometric": r"p (1 - p)^{x - 1}",
    "poisson": r"\frac{\lambda^x e^{-\lambda}}{x!}",
    "normal": r"\frac{1}{\sqrt{2 \pi \sigma^2}} \exp\left(-\frac{(x - \mu)^2}{2 \sigma^2}\right)",
    "exponential": r"\lambda e^{-\lambda x}",
    "laplace": r"\frac{1}{2 b} \exp\left(-\frac{|x - \mu|}{b}\right)",
    "gamma": r"\frac{\beta^\alpha}{\Gamma(\alpha)} x^{\alpha - 1} e^{-\beta x}",
    "beta": r"\frac{\Gamma(\alpha + \beta)}{\Gamma(\alpha) \Gamma(\beta)} x^{\alpha - 1} (1 - x)^{\beta - 1}",
    "uniform": r"\frac{1}{b - a}",
}
"""The density, or the probability of an outcome, of the families over numbers, in the symbols of their parameters."""


@dataclass(frozen=True)
class Example:
    """A quantity of two distributions, or of one, and how it is computed: by a closed form, a sum or an integral."""

    quantity: Quantity
    form: Cell | None
    method: str

    @property
    def asked(self) -> str:
        """What is to be computed, as it is written in a sheet."""
        names = tuple(map(Name, ("P", "Q")[: self.quantity.distributions]))
        return latex(self.quantity.notation(names, Number(ORDER) if self.quantity.order else None))

    @property
    def order(self) -> Fraction | None:
        return ORDER if self.quantity.order else None


@dataclass(frozen=True)
class Pair:
    """Two distributions, of one family or of two, and the quantities of them."""

    family: Family
    other: Family
    points: tuple[tuple[Any, ...], tuple[Any, ...]]
    examples: tuple[Example, ...]

    @property
    def told(self) -> str:
        """The sentence that introduces them."""
        first, second = written(self.family, self.points[0]), written(self.other, self.points[1])
        return rf"Let $P \sim {first}$ and $Q \sim {second}$."

    @property
    def sheet(self) -> str:
        """The tasks below the sentence."""
        tasks = (f"{chr(97 + k)}) Compute the {e.quantity.title} ${e.asked}$.\n" for k, e in enumerate(self.examples))
        return "\n".join([self.told, "", *tasks])


def written(family: Family, parameters: tuple[Any, ...]) -> str:
    return WRITTEN[family.name].format(*map(_value, parameters))


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return (r" \\ " if isinstance(value[0], tuple) else ", ").join(map(_row, value))
    return f"{float(value):g}"


def _row(value: Any) -> str:
    return " & ".join(map(_value, value)) if isinstance(value, tuple) else _value(value)


def pairs_of_one_family() -> Iterator[Pair]:
    for family in FAMILIES:
        examples = tuple(filter(None, (_example(quantity, family) for quantity in QUANTITIES_OF_FAMILIES)))
        if examples:
            yield Pair(family, family, POINTS[family.name], examples)


def _example(quantity: Quantity, family: Family) -> Example | None:
    form = cell(quantity.name, family, family if quantity.distributions == 2 else None)
    if form is not None:
        return Example(quantity, form, "closed form")
    if family.support.kind not in OVER_NUMBERS or quantity.name not in {*ANSWERS, *IMAGES}:
        return None
    if quantity.name in LARGEST:
        return Example(quantity, None, "search")
    return Example(quantity, None, "sum" if family.support.discrete else "integral")


def pairs_of_two_families() -> Iterator[Pair]:
    """Those that have closed forms."""
    rows = {quantity.name: quantity for quantity in QUANTITIES}
    for first, second in dict.fromkeys((first, second) for _, first, second in CELLS if second not in ("", first)):
        forms = {key[0]: form for key, form in CELLS.items() if key[1:] == (first, second)}
        points = next((found for key, found in OTHERS.items() if key[1:] == (first, second)), None)
        examples = tuple(Example(rows[name], form, "closed form") for name, form in forms.items())
        yield Pair(BY_NAME[first], BY_NAME[second], points or (POINTS[first][0], POINTS[second][1]), examples)
