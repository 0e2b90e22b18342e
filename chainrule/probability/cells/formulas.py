"""What is known of a family, or of a pair of families, and the closed forms that follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from chainrule.graph import build
from chainrule.graph.node import Constant, Node
from chainrule.ops.arithmetic import divide, exp
from chainrule.ops.exponential import sqrt
from chainrule.probability.cells.cell import Cell, Condition, make_cell
from chainrule.probability.families.family import Build, Family, Formula, build_of

ONE = build.constant(1)
HALF = build.constant(Fraction(1, 2))
TWO = build.constant(2)


@dataclass(frozen=True, eq=False)
class Formulas:
    """Closed forms of one family, or of P in `family` and Q in `other`; the arguments are those of P, then those of Q.

    log_affinity: (P, Q, alpha) -> log of the integral of p^alpha q^(1 - alpha); it holds where `affine` does. log_power:
    (P, alpha) -> log of the integral of p^alpha; it holds where `powered` does. Elsewhere these integrals diverge.
    log_peak: P -> log of the largest density; it holds where `peaked` does. log_ratio: (P, Q) -> log of the largest ratio
    p / q; it holds where `bounded` does.
    conditions: of everything of P and Q. mutual: they hold of Q and P too, where both have one support.
    """

    family: Family
    source: str
    other: Family | None = None
    entropy: Formula | None = None
    cross_entropy: Formula | None = None
    kl: Formula | None = None
    log_affinity: Formula | None = None
    log_power: Formula | None = None
    total_variation: Formula | None = None
    jensen_shannon: Formula | None = None
    log_peak: Formula | None = None
    log_ratio: Formula | None = None
    conditions: tuple[Condition, ...] = ()
    affine: tuple[Condition, ...] = ()
    powered: tuple[Condition, ...] = ()
    peaked: tuple[Condition, ...] = ()
    bounded: tuple[Condition, ...] = ()
    mutual: bool = True
    kl_source: str = ""
    affinity_source: str = ""

    @property
    def second(self) -> Family:
        return self.other or self.family


def _order(*arguments: Node) -> Node:
    return arguments[-1]


ABOVE_ZERO = Condition(_order)
"""Of the order: at 0 and below it counts what Q has and P has not, which the closed forms do not know."""


def _may_lack_outcomes(family: Family) -> bool:
    """Has a distribution whose parameter is at an end of its domain fewer outcomes than others of the family?"""
    return any(p.domain in ("probability", "positive probability", "non-negative") for p in family.parameters)


def cells_of(formulas: Formulas) -> Iterator[Cell]:
    """The cells of the table that follow from these formulas."""
    yield from _entropies(formulas)
    yield from _relative_entropies(formulas)
    if formulas.total_variation is not None:
        yield _pair(formulas, "total_variation", formulas.total_variation)
    if formulas.jensen_shannon is not None:
        yield _pair(formulas, "jensen_shannon", formulas.jensen_shannon)
        yield _pair(formulas, "jensen_shannon_distance", _image(sqrt, formulas.jensen_shannon))
    if formulas.log_peak is not None:
        form = _image(_negative, formulas.log_peak)
        yield make_cell("min_entropy", formulas.family, None, form, formulas.source, conditions=formulas.peaked)
    if formulas.log_ratio is not None:
        yield _pair(formulas, "max_divergence", formulas.log_ratio, formulas.bounded, source=formulas.affinity_source)
    if formulas.log_affinity is not None:
        yield from _of_affinity(formulas, build_of(formulas.log_affinity))


def _negative(node: Node) -> Node:
    return build.scale(-1, node)


def _image(function: Build, formula: Formula) -> Build:
    """A function of what the formula says."""
    inside = build_of(formula)

    def image(*arguments: Node) -> Node:
        return function(inside(*arguments))

    return image


def _entropies(formulas: Formulas) -> Iterator[Cell]:
    family, source = formulas.family, formulas.source
    if formulas.entropy is not None:
        yield make_cell("entropy", family, None, formulas.entropy, source)
        yield make_cell("perplexity", family, None, _image(exp, formulas.entropy), source)
    if formulas.log_power is not None:
        log_power = build_of(formulas.log_power)

        def renyi(*arguments: Node) -> Node:
            return divide(log_power(*arguments), build.subtract(ONE, arguments[-1]))

        def tsallis(*arguments: Node) -> Node:
            return divide(build.subtract(exp(log_power(*arguments)), ONE), build.subtract(ONE, arguments[-1]))

        for quantity, form in (("renyi_entropy", renyi), ("tsallis_entropy", tsallis)):
            limited = _with_limit(form, formulas.entropy)
            above = (ABOVE_ZERO,) if _may_lack_outcomes(family) else ()
            conditions = (*above, *_diverging(formulas.powered))
            yield make_cell(quantity, family, None, limited, source, order=True, conditions=conditions)


def _with_limit(form: Build, limit: Formula | None) -> Build:
    """A form with an order; its limit where the order is the number 1."""
    if limit is None:
        return form
    at_one = build_of(limit)

    def limited(*arguments: Node) -> Node:
        order = arguments[-1]
        if isinstance(order, Constant) and order.value == 1:
            return at_one(*arguments[:-1])
        return form(*arguments)

    return limited


def _relative_entropies(formulas: Formulas) -> Iterator[Cell]:
    if formulas.cross_entropy is not None:
        yield _pair(formulas, "cross_entropy", formulas.cross_entropy)
        yield _pair(formulas, "cross_perplexity", _image(exp, formulas.cross_entropy))
    if formulas.kl is None:
        return
    yield _pair(formulas, "kl", formulas.kl, source=formulas.kl_source)
    if formulas.second is formulas.family and formulas.mutual:
        count, kl = len(formulas.family.parameters), build_of(formulas.kl)

        def jeffreys(*arguments: Node) -> Node:
            return build.add(kl(*arguments), kl(*arguments[count:], *arguments[:count]))

        turned = tuple(condition.turned(count) for condition in formulas.conditions)
        yield _pair(formulas, "jeffreys", jeffreys, turned, source=formulas.kl_source)


def _pair(
    formulas: Formulas,
    quantity: str,
    form: Formula,
    conditions: tuple[Condition, ...] = (),
    *,
    order: bool = False,
    source: str = "",
) -> Cell:
    every = (*formulas.conditions, *conditions)
    return make_cell(quantity, formulas.family, formulas.second, form, source or formulas.source, order=order, conditions=every)


def _of_affinity(formulas: Formulas, log_affinity: Build) -> Iterator[Cell]:
    """What is a function of the integral of p^alpha q^(1 - alpha)."""

    def half(*arguments: Node) -> Node:
        return log_affinity(*arguments, HALF)

    def squared_hellinger(*arguments: Node) -> Node:
        return build.subtract(ONE, exp(half(*arguments)))

    def distance(*arguments: Node) -> Node:
        return build.scale(-1, half(*arguments))

    def chi_squared(*arguments: Node) -> Node:
        return build.subtract(exp(log_affinity(*arguments, TWO)), ONE)

    def renyi(*arguments: Node) -> Node:
        return divide(log_affinity(*arguments), build.subtract(arguments[-1], ONE))

    def alpha_divergence(*arguments: Node) -> Node:
        order = arguments[-1]
        if isinstance(order, Constant) and order.value == 0 and formulas.kl is not None and second is formulas.family:
            return build_of(formulas.kl)(*arguments[count:-1], *arguments[:count])
        excess = build.subtract(exp(log_affinity(*arguments)), ONE)
        return divide(excess, build.multiply(order, build.subtract(order, ONE)))

    second, count = formulas.second, len(formulas.family.parameters)
    source, affine = formulas.affinity_source, _diverging(formulas.affine)
    plain: dict[str, Build] = {
        "bhattacharyya_coefficient": _image(exp, half),
        "bhattacharyya": distance,
        "squared_hellinger": squared_hellinger,
        "hellinger": _image(sqrt, squared_hellinger),
    }
    for quantity, form in plain.items():
        yield _pair(formulas, quantity, form, source=source)
    yield _pair(formulas, "chi_squared", chi_squared, tuple(map(_at_two, affine)), source=source)
    for quantity, form, one_sided in (("renyi", renyi, False), ("alpha_divergence", alpha_divergence, not formulas.mutual)):
        limited = _with_limit(form, formulas.kl)
        above = (ABOVE_ZERO,) if one_sided or _may_lack_outcomes(formulas.family) else ()
        yield _pair(formulas, quantity, limited, (*above, *affine), order=True, source=source)


def _diverging(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(replace(condition, infinite=True) for condition in conditions)


def _at_two(condition: Condition) -> Condition:
    def at_two(*arguments: Node) -> Node:
        return condition.build(*arguments, TWO)

    return Condition(at_two, condition.sign, condition.infinite)
