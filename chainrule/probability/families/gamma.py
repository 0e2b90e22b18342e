"""Families whose densities have gamma functions: gamma, beta, Dirichlet."""

from fractions import Fraction

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import divide, log, reciprocal, square
from chainrule.ops.gamma import log_beta, log_gamma
from chainrule.probability.families.continuous import DENSITY, MEAN, RATE, interval
from chainrule.probability.families.family import Family, Parameter, Parametrisation, Point, closed_form
from chainrule.probability.families.supports import Support, at
from chainrule.syntax.tree import Bracket, Name, Number, Superscript, Tree

SHAPE = Parameter("shape", Name("\\alpha"), "positive", ("\\alpha", "alpha", "k", "a", "shape"), ("shape", "shape parameter"))
GAMMA_RATE = Parameter("rate", Name("\\beta"), "positive", ("\\beta", "beta", "b", "\\lambda", "rate"), RATE.words)
GAMMA_SCALE = Parameter(
    "scale", Name("\\theta"), "positive", ("\\theta", "theta", "scale"), ("scale", "scale parameter"), ("\\theta", "theta")
)
GAMMA_MEAN = Parameter("mean", MEAN.symbol, "positive", ("mean",), MEAN.words)
FIRST = Parameter("alpha", Name("\\alpha"), "positive", ("\\alpha", "alpha", "a"), ("alpha", "first shape"))
SECOND = Parameter("beta", Name("\\beta"), "positive", ("\\beta", "beta", "b"), ("beta", "second shape"))
CONCENTRATION = Parameter(
    "concentration",
    Name("\\alpha"),
    "positive vector",
    ("\\alpha", "alpha", "a", "\\beta"),
    ("concentration", "concentration parameters", "concentrations", "alpha"),
)
ZERO_TREE, ONE_TREE = Number(Fraction(0)), Number(Fraction(1))


def less_one(x: Node) -> Node:
    return build.add(x, build.constant(-1))


def log_multivariate_beta(concentration: Node) -> Node:
    """The log of the product of the gamma functions over the gamma function of the sum."""
    return build.subtract(build.total(log_gamma(concentration)), log_gamma(build.total(concentration)))


def _gamma_density(point: Point, shape: Node, rate: Node) -> Node:
    powers = build.add(build.multiply(shape, log(rate)), build.multiply(less_one(shape), point.log))
    return build.subtract(powers, build.add(log_gamma(shape), build.multiply(rate, point.x)))


def _beta_density(point: Point, first: Node, second: Node) -> Node:
    powers = build.add(build.multiply(less_one(first), point.log), build.multiply(less_one(second), point.log_complement))
    return build.subtract(powers, log_beta(first, second))


def _beta_variance(first: Node, second: Node) -> Node:
    both = build.add(first, second)
    return divide(build.multiply(first, second), build.multiply(square(both), build.add(both, build.constant(1))))


def _simplex(concentration: Tree) -> Tree:
    return Superscript(Name("\\Delta"), Name("n"))


GAMMA = Family(
    name="gamma",
    title="gamma",
    spellings=("Gamma", "Ga"),
    words=("gamma", "gamma distribution"),
    parametrisations=(
        Parametrisation((SHAPE, GAMMA_RATE), said="the second argument of Gamma is the rate"),
        Parametrisation(
            (SHAPE, GAMMA_SCALE),
            (
                closed_form("shape", (SHAPE, GAMMA_SCALE), "scalar", lambda shape, scale: shape),
                closed_form("rate", (SHAPE, GAMMA_SCALE), "scalar", lambda shape, scale: reciprocal(scale)),
            ),
            "the second argument of Gamma is the scale",
        ),
        Parametrisation(
            (SHAPE, GAMMA_MEAN),
            (
                closed_form("shape", (SHAPE, GAMMA_MEAN), "scalar", lambda shape, mean: shape),
                closed_form("rate", (SHAPE, GAMMA_MEAN), "scalar", divide),
            ),
            "the second argument of Gamma is the mean",
            rare=True,
        ),
    ),
    support=Support("interval", lambda shape, rate: interval(ZERO_TREE, Name("\\infty"), open_above=True), at(0)),
    density=_gamma_density,
    mean=divide,
    variance=lambda shape, rate: divide(shape, square(rate)),
    convention=DENSITY,
    source="Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions 1, chapter 17",
    letter=Name("Gamma"),
)

BETA = Family(
    name="beta",
    title="beta",
    spellings=("Beta", "Be"),
    words=("beta", "beta distribution"),
    parametrisations=(Parametrisation((FIRST, SECOND)),),
    support=Support(
        "interval", lambda first, second: Bracket("(", (ZERO_TREE, ONE_TREE), (",",)), at(0), at(1), open_unit=True
    ),
    density=_beta_density,
    mean=lambda first, second: divide(first, build.add(first, second)),
    variance=_beta_variance,
    convention=DENSITY,
    source="Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions 2, chapter 25",
    letter=Name("Beta"),
)

DIRICHLET = Family(
    name="dirichlet",
    title="Dirichlet",
    spellings=("Dir", "Dirichlet", "dirichlet"),
    words=("dirichlet", "dirichlet distribution"),
    parametrisations=(Parametrisation((CONCENTRATION,)),),
    support=Support("simplex", _simplex),
    convention=f"{DENSITY}, by all entries but the last",
    source="Bishop, Pattern Recognition and Machine Learning, B.16",
    letter=Name("Dir"),
)
