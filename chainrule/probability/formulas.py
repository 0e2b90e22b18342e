"""What is known of a family, or of a pair of families, and the closed forms that follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from chainrule.graph import build
from chainrule.graph.node import Constant, Node
from chainrule.ops.arithmetic import divide, exp
from chainrule.ops.exponential import sqrt
from chainrule.probability.cell import Build, Cell, Condition, make_cell
from chainrule.probability.family import Family

ONE = build.constant(1)
HALF = build.constant(Fraction(1, 2))
TWO = build.constant(2)


@dataclass(frozen=True, eq=False)
class Formulas:
    """Closed forms of one family, or of P in `family` and Q in `other`; the arguments are those of P, then those of Q.

    log_affinity: (P, Q, alpha) -> log of the integral of p^alpha q^(1 - alpha); it holds where `affine` does. log_power:
    (P, alpha) -> log of the integral of p^alpha; it holds where `powered` does. conditions: of everything of P and Q.
    """

    family: Family
    source: str
    other: Family | None = None
    entropy: Build | None = None
    cross_entropy: Build | None = None
    kl: Build | None = None
    log_affinity: Build | None = None
    log_power: Build | None = None
    total_variation: Build | None = None
    jensen_shannon: Build | None = None
    conditions: tuple[Condition, ...] = ()
    affine: tuple[Condition, ...] = ()
    powered: tuple[Condition, ...] = ()
    varying: tuple[Condition, ...] = ()
    kl_source: str = ""
    affinity_source: str = ""


def cells_of(formulas: Formulas) -> Iterator[Cell]:
    """The cells of the table that follow from these formulas."""
    yield from _of_one(formulas)
    second = formulas.other or formulas.family
    if formulas.cross_entropy is not None:
        yield _pair(formulas, second, "cross_entropy", formulas.cross_entropy)
    if formulas.kl is not None:
        yield _pair(formulas, second, "kl", formulas.kl)
        if second is formulas.family:
            yield _pair(formulas, second, "jeffreys", _both_ways(formulas.kl, len(second.parameters)))
    if formulas.total_variation is not None:
        yield _pair(formulas, second, "total_variation", formulas.total_variation, formulas.varying)
    if formulas.jensen_shannon is not None:
        yield _pair(formulas, second, "jensen_shannon", formulas.jensen_shannon)
        yield _pair(formulas, second, "jensen_shannon_distance", lambda *a, f=formulas.jensen_shannon: sqrt(f(*a)))
    if formulas.log_affinity is not None:
        yield from _of_affinity(formulas, second, formulas.log_affinity)


def _of_one(formulas: Formulas) -> Iterator[Cell]:
    family, entropy, log_power = formulas.family, formulas.entropy, formulas.log_power
    if entropy is not None:
        yield make_cell("entropy", family, None, entropy, formulas.source)
        yield make_cell("perplexity", family, None, lambda *a: exp(entropy(*a)), formulas.source)
    if log_power is not None:

        def renyi(*arguments: Node) -> Node:
            if _is_one(arguments[-1]) and entropy is not None:
                return entropy(*arguments[:-1])
            return divide(log_power(*arguments), build.subtract(ONE, arguments[-1]))

        def tsallis(*arguments: Node) -> Node:
            if _is_one(arguments[-1]) and entropy is not None:
                return entropy(*arguments[:-1])
            return divide(build.subtract(exp(log_power(*arguments)), ONE), build.subtract(ONE, arguments[-1]))

        for quantity, form in (("renyi_entropy", renyi), ("tsallis_entropy", tsallis)):
            yield make_cell(quantity, family, None, form, formulas.source, order=True, conditions=formulas.powered)


def _pair(
    formulas: Formulas,
    second: Family,
    quantity: str,
    form: Build,
    conditions: tuple[Condition, ...] = (),
    *,
    order: bool = False,
    source: str = "",
) -> Cell:
    every = (*formulas.conditions, *conditions)
    return make_cell(quantity, formulas.family, second, form, source or formulas.source, order=order, conditions=every)


def _both_ways(form: Build, count: int) -> Build:
    return lambda *a: build.add(form(*a), form(*a[count:], *a[:count]))


def _of_affinity(formulas: Formulas, second: Family, log_affinity: Build) -> Iterator[Cell]:
    """What is a function of the integral of p^alpha q^(1 - alpha)."""

    def half(*arguments: Node) -> Node:
        return log_affinity(*arguments, HALF)

    def squared_hellinger(*arguments: Node) -> Node:
        return build.subtract(ONE, exp(half(*arguments)))

    def renyi(*arguments: Node) -> Node:
        if _is_one(arguments[-1]) and formulas.kl is not None:
            return formulas.kl(*arguments[:-1])
        return divide(log_affinity(*arguments), build.subtract(arguments[-1], ONE))

    plain = {
        "bhattacharyya_coefficient": lambda *a: exp(half(*a)),
        "bhattacharyya": lambda *a: build.scale(-1, half(*a)),
        "squared_hellinger": squared_hellinger,
        "hellinger": lambda *a: sqrt(squared_hellinger(*a)),
    }
    source = formulas.affinity_source
    for quantity, form in plain.items():
        yield _pair(formulas, second, quantity, form, source=source)
    at_two = tuple(Condition(lambda *a, c=c: c.node(*a, TWO), c.sign) for c in formulas.affine)
    yield _pair(
        formulas, second, "chi_squared", lambda *a: build.subtract(exp(log_affinity(*a, TWO)), ONE), at_two, source=source
    )
    yield _pair(formulas, second, "renyi", renyi, formulas.affine, order=True, source=source)


def _is_one(order: Node) -> bool:
    return isinstance(order, Constant) and order.value == 1
