"""Closed forms of gamma, beta and Dirichlet distributions, with digamma functions; entropies are differential."""

from chainrule.graph import build
from chainrule.graph.node import Constant, Node
from chainrule.ops.arithmetic import divide, log
from chainrule.ops.gamma import digamma, log_beta, log_gamma
from chainrule.probability.cells.cell import Condition
from chainrule.probability.cells.discrete import GIL, LIESE, mixed, times
from chainrule.probability.cells.formulas import ONE, Formulas
from chainrule.probability.families.discrete import complement
from chainrule.probability.families.gamma import BETA, DIRICHLET, GAMMA, less_one, log_multivariate_beta

COVER = "Cover and Thomas, Elements of Information Theory, table of differential entropies, chapter 17"
BISHOP = "Bishop, Pattern Recognition and Machine Learning, B.21"


def ln_gamma(x: Node) -> Node:
    """log gamma, which is the number 0 at 1 and at 2."""
    return build.constant(0) if isinstance(x, Constant) and x.value in (1, 2) else log_gamma(x)


def minus(x: Node) -> Node:
    return build.scale(-1, x)


def _gamma_entropy(shape: Node, rate: Node) -> Node:
    return build.add(shape, minus(log(rate)), ln_gamma(shape), times(complement(shape), digamma(shape)))


def _gamma_cross_entropy(shape: Node, rate: Node, other: Node, pace: Node) -> Node:
    """With E log x = digamma(shape) - log(rate) and E x = shape / rate."""
    expected_log = build.subtract(digamma(shape), log(rate))
    linear = divide(times(pace, shape), rate)
    return build.add(ln_gamma(other), minus(times(other, log(pace))), minus(times(less_one(other), expected_log)), linear)


def _gamma_kl(shape: Node, rate: Node, other: Node, pace: Node) -> Node:
    return build.add(
        times(build.subtract(shape, other), digamma(shape)),
        build.subtract(ln_gamma(other), ln_gamma(shape)),
        times(other, log(divide(rate, pace))),
        divide(times(shape, build.subtract(pace, rate)), rate),
    )


def _gamma_log_normaliser(shape: Node, rate: Node) -> Node:
    return build.subtract(ln_gamma(shape), times(shape, log(rate)))


def _gamma_affinity(shape: Node, rate: Node, other: Node, pace: Node, order: Node) -> Node:
    blend = _gamma_log_normaliser(mixed(order, shape, other), mixed(order, rate, pace))
    return build.subtract(blend, mixed(order, _gamma_log_normaliser(shape, rate), _gamma_log_normaliser(other, pace)))


def _powered(shape: Node, order: Node) -> Node:
    """The shape of the power of a density, alpha (shape - 1) + 1."""
    return build.add(times(order, less_one(shape)), ONE)


def _gamma_power(shape: Node, rate: Node, order: Node) -> Node:
    blend = _gamma_log_normaliser(_powered(shape, order), times(order, rate))
    return build.subtract(blend, times(order, _gamma_log_normaliser(shape, rate)))


def _gamma_peak(shape: Node, rate: Node) -> Node:
    return build.subtract(_peak_of(less_one(shape), rate), _gamma_log_normaliser(shape, rate))


def _peak_of(power: Node, rate: Node) -> Node:
    """The largest value of power log x - rate x."""
    return times(power, less_one(log(divide(power, rate))))


def _gamma_ratio(shape: Node, rate: Node, other: Node, pace: Node) -> Node:
    top = _peak_of(build.subtract(shape, other), build.subtract(rate, pace))
    return build.add(top, _gamma_log_normaliser(other, pace), minus(_gamma_log_normaliser(shape, rate)))


def _beta_peak(first: Node, second: Node) -> Node:
    return build.subtract(_peak_between(less_one(first), less_one(second)), log_beta(first, second))


def _peak_between(first: Node, second: Node) -> Node:
    """The largest value of first log x + second log(1 - x)."""
    both = build.add(first, second)
    return build.add(times(first, log(divide(first, both))), times(second, log(divide(second, both))))


def _beta_ratio(first: Node, second: Node, third: Node, fourth: Node) -> Node:
    top = _peak_between(build.subtract(first, third), build.subtract(second, fourth))
    return build.add(top, log_beta(third, fourth), minus(log_beta(first, second)))


def _beta_entropy(first: Node, second: Node) -> Node:
    both = build.add(first, second)
    return build.add(
        log_beta(first, second),
        minus(times(less_one(first), digamma(first))),
        minus(times(less_one(second), digamma(second))),
        times(build.add(both, build.constant(-2)), digamma(both)),
    )


def _beta_cross_entropy(first: Node, second: Node, third: Node, fourth: Node) -> Node:
    both = digamma(build.add(first, second))
    return build.add(
        log_beta(third, fourth),
        minus(times(less_one(third), build.subtract(digamma(first), both))),
        minus(times(less_one(fourth), build.subtract(digamma(second), both))),
    )


def _beta_kl(first: Node, second: Node, third: Node, fourth: Node) -> Node:
    excess = build.subtract(build.add(third, fourth), build.add(first, second))
    return build.add(
        build.subtract(log_beta(third, fourth), log_beta(first, second)),
        times(build.subtract(first, third), digamma(first)),
        times(build.subtract(second, fourth), digamma(second)),
        times(excess, digamma(build.add(first, second))),
    )


def _beta_affinity(first: Node, second: Node, third: Node, fourth: Node, order: Node) -> Node:
    blend = log_beta(mixed(order, first, third), mixed(order, second, fourth))
    return build.subtract(blend, mixed(order, log_beta(first, second), log_beta(third, fourth)))


def _beta_power(first: Node, second: Node, order: Node) -> Node:
    blend = log_beta(_powered(first, order), _powered(second, order))
    return build.subtract(blend, times(order, log_beta(first, second)))


def _expected_logs(concentration: Node) -> Node:
    return build.subtract(digamma(concentration), digamma(build.total(concentration)))


def _dirichlet_cross_entropy(concentration: Node, other: Node) -> Node:
    return build.subtract(log_multivariate_beta(other), build.inner(less_one(other), _expected_logs(concentration)))


def _dirichlet_kl(concentration: Node, other: Node) -> Node:
    normalisers = build.subtract(log_multivariate_beta(other), log_multivariate_beta(concentration))
    return build.add(normalisers, build.inner(build.subtract(concentration, other), _expected_logs(concentration)))


def _dirichlet_affinity(concentration: Node, other: Node, order: Node) -> Node:
    both = mixed(order, log_multivariate_beta(concentration), log_multivariate_beta(other))
    return build.subtract(log_multivariate_beta(mixed(order, concentration, other)), both)


def _dirichlet_power(concentration: Node, order: Node) -> Node:
    blend = log_multivariate_beta(_powered(concentration, order))
    return build.subtract(blend, times(order, log_multivariate_beta(concentration)))


FORMULAS = (
    Formulas(
        GAMMA,
        COVER,
        entropy=_gamma_entropy,
        cross_entropy=_gamma_cross_entropy,
        kl=_gamma_kl,
        log_affinity=_gamma_affinity,
        log_power=_gamma_power,
        affine=(
            Condition(lambda shape, rate, other, pace, order: mixed(order, shape, other)),
            Condition(lambda shape, rate, other, pace, order: mixed(order, rate, pace)),
        ),
        powered=(
            Condition(lambda shape, rate, order: _powered(shape, order)),
            Condition(lambda shape, rate, order: order),
        ),
        log_peak=_gamma_peak,
        log_ratio=_gamma_ratio,
        peaked=(Condition(lambda shape, rate: less_one(shape)),),
        bounded=(
            Condition(lambda shape, rate, other, pace: build.subtract(shape, other)),
            Condition(lambda shape, rate, other, pace: build.subtract(rate, pace)),
        ),
        kl_source="Penny, KL-divergences of Normal, Gamma, Dirichlet and Wishart densities, 2001",
        affinity_source=GIL,
    ),
    Formulas(
        BETA,
        COVER,
        entropy=_beta_entropy,
        cross_entropy=_beta_cross_entropy,
        kl=_beta_kl,
        log_affinity=_beta_affinity,
        log_power=_beta_power,
        affine=(
            Condition(lambda first, second, third, fourth, order: mixed(order, first, third)),
            Condition(lambda first, second, third, fourth, order: mixed(order, second, fourth)),
        ),
        powered=(
            Condition(lambda first, second, order: _powered(first, order)),
            Condition(lambda first, second, order: _powered(second, order)),
        ),
        log_peak=_beta_peak,
        log_ratio=_beta_ratio,
        peaked=(
            Condition(lambda first, second: less_one(first)),
            Condition(lambda first, second: less_one(second)),
        ),
        bounded=(
            Condition(lambda first, second, third, fourth: build.subtract(first, third)),
            Condition(lambda first, second, third, fourth: build.subtract(second, fourth)),
        ),
        kl_source=GIL,
        affinity_source=GIL,
    ),
    Formulas(
        DIRICHLET,
        BISHOP,
        entropy=lambda concentration: _dirichlet_cross_entropy(concentration, concentration),
        cross_entropy=_dirichlet_cross_entropy,
        kl=_dirichlet_kl,
        log_affinity=_dirichlet_affinity,
        log_power=_dirichlet_power,
        affine=(Condition(lambda concentration, other, order: mixed(order, concentration, other)),),
        powered=(Condition(_powered),),
        kl_source="Penny, KL-divergences of Normal, Gamma, Dirichlet and Wishart densities, 2001",
        affinity_source=LIESE,
    ),
)
