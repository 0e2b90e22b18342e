"""Families of distributions over numbers that can be counted."""

from dataclasses import replace
from fractions import Fraction
from math import comb

from chainrule.graph import build
from chainrule.graph.node import Constant, Node
from chainrule.ops.arithmetic import divide, log, power, reciprocal
from chainrule.ops.comparison import EQUAL, where
from chainrule.ops.gamma import log_gamma
from chainrule.probability.families.family import Family, Parameter, Parametrisation, Point, closed_form
from chainrule.probability.families.supports import Support, at, parameter
from chainrule.syntax.tree import Bracket, Dots, Name, Number, Tree

ONE = build.constant(1)
ZERO = build.constant(0)

MEAN_WORDS = ("mean", "expectation", "expected value")
SUCCESS = Parameter(
    "p",
    Name("p"),
    "probability",
    ("p", "\\theta", "\\pi", "\\mu", "q", "\\phi", "\\hat{p}", "prob"),
    ("success probability", "probability of success", "probability", "success rate", "parameter", "bias"),
)
CHANCE = replace(SUCCESS, words=(*SUCCESS.words, *MEAN_WORDS))
"""That of one trial, which is also its mean."""
FIRST_SUCCESS = Parameter("p", Name("p"), "positive probability", SUCCESS.letters, (*SUCCESS.words[:4], "parameter"))
TRIALS = Parameter("n", Name("n"), "count", ("n", "N", "m", "M", "k", "size"), ("number of trials", "trials", "draws", "size"))
SUCCESSES = Parameter("mean", Name("\\mu"), "non-negative", ("mean",), (*MEAN_WORDS, "expected number of successes"))
WAITING = Parameter("mean", Name("\\mu"), "positive", ("mean",), (*MEAN_WORDS, "expected number of trials"))
RATE = Parameter(
    "rate",
    Name("\\lambda"),
    "non-negative",
    ("\\lambda", "\\mu", "\\theta", "rate", "mu", "lambda"),
    ("rate", *MEAN_WORDS, "intensity", "variance"),
)
PROBABILITIES = Parameter(
    "probabilities",
    Name("p"),
    "probabilities",
    ("p", "\\pi", "\\theta", "q", "\\phi"),
    ("probabilities", "probability vector", "weights"),
)
FIRST = Parameter("a", Name("a"), "integer", ("a", "low", "min"), ("from", "first", "minimum", "lower end"))
LAST = Parameter("b", Name("b"), "integer", ("b", "high", "max"), ("to", "last", "maximum", "upper end"))
OUTCOMES = Parameter(
    "n", Name("n"), "count", ("n", "N", "K", "k", "m"), ("number of outcomes", "outcomes", "classes", "categories", "sides")
)


def complement(p: Node) -> Node:
    return build.subtract(ONE, p)


def times_log(x: Node, p: Node) -> Node:
    """x log p, and 0 where x is 0."""
    if isinstance(x, Constant):
        return build.scale(x.value, log(p)) if x.value else ZERO
    return where(build.apply(EQUAL, x, ZERO), ZERO, build.multiply(x, log(p)))


def _set(*items: Tree) -> Tree:
    return Bracket("{", items, (",",) * (len(items) - 1))


def _number(value: int) -> Tree:
    return Number(Fraction(value))


def log_factorial(x: Node) -> Node:
    return log_gamma(build.add(x, ONE))


def log_choose(n: Node, k: Node) -> Node:
    """The log of n! / (k! (n - k)!)."""
    return build.subtract(log_factorial(n), build.add(log_factorial(k), log_factorial(build.subtract(n, k))))


FROM_ONE = "the discrete uniform distribution of one number n is over {1, ..., n}"
TRIALS_COUNTED = "the geometric distribution counts the trials up to the first success: its support is {1, 2, ...}"
_FROM_ONE = closed_form("one", (OUTCOMES,), "scalar", lambda n: ONE)
_TRIALS = closed_form("n", (TRIALS, SUCCESSES), "scalar", lambda n, mean: n)
_SHARE = closed_form("p", (TRIALS, SUCCESSES), "scalar", lambda n, mean: divide(mean, n))
_FIRST = closed_form("p", (WAITING,), "scalar", reciprocal)
_TO_COUNT = closed_form("count", (OUTCOMES,), "scalar", lambda n: n)


def _binomial_density(point: Point, n: Node, p: Node) -> Node:
    rest = build.subtract(n, point.x)
    return build.add(log_choose(n, point.x), times_log(point.x, p), times_log(rest, complement(p)))


def _binomial_mass(k: Node, n: Node, p: Node) -> Node:
    """Of exact n and k: the coefficient is a number."""
    assert isinstance(n, Constant)
    assert isinstance(k, Constant)
    ways = build.constant(comb(int(n.value), int(k.value)))
    return build.multiply(ways, power(p, k), power(complement(p), build.subtract(n, k)))


def _uniform_density(point: Point, a: Node, b: Node) -> Node:
    return build.lift(build.scale(-1, log(count(a, b))), point.x.shape)


def count(a: Node, b: Node) -> Node:
    """How many integers there are from a to b."""
    return build.add(b, build.scale(-1, a), ONE)


def _geometric_density(point: Point, p: Node) -> Node:
    return build.add(log(p), times_log(build.subtract(point.x, ONE), complement(p)))


def _poisson_density(point: Point, rate: Node) -> Node:
    return build.subtract(times_log(point.x, rate), build.add(rate, log_factorial(point.x)))


BERNOULLI = Family(
    name="bernoulli",
    title="Bernoulli",
    spellings=("Bernoulli", "Bern", "Ber", "Be", "bernoulli"),
    words=("bernoulli", "bernoulli distribution", "bernoulli variable"),
    parametrisations=(Parametrisation((CHANCE,)),),
    support=Support("integers", lambda p: _set(_number(0), _number(1)), at(0), at(1)),
    density=lambda point, p: build.add(times_log(point.x, p), times_log(complement(point.x), complement(p))),
    mass=lambda k, p: p if k is ONE else complement(p),
    mean=lambda p: p,
    variance=lambda p: build.multiply(p, complement(p)),
    source="Cover and Thomas, Elements of Information Theory, 2.1",
    letter=Name("Bern"),
)

BINOMIAL = Family(
    name="binomial",
    title="binomial",
    spellings=("Binomial", "Bin", "Binom", "B", "binomial"),
    words=("binomial", "binomial distribution"),
    parametrisations=(
        Parametrisation((TRIALS, SUCCESS)),
        Parametrisation((TRIALS, SUCCESSES), (_TRIALS, _SHARE), "the second argument of Bin is the mean", rare=True),
    ),
    support=Support("integers", lambda n, p: _set(_number(0), _number(1), Dots(), n), at(0), parameter(0)),
    density=_binomial_density,
    mass=_binomial_mass,
    mean=build.multiply,
    variance=lambda n, p: build.multiply(build.multiply(n, p), complement(p)),
    source="Johnson, Kemp, Kotz, Univariate Discrete Distributions, chapter 3",
    letter=Name("Bin"),
)

CATEGORICAL = Family(
    name="categorical",
    title="categorical",
    spellings=("Categorical", "Cat", "categorical", "Discrete"),
    words=("categorical", "categorical distribution", "discrete distribution with probabilities"),
    parametrisations=(Parametrisation((PROBABILITIES,)),),
    support=Support("categories", lambda p: _set(_number(1), Dots(), Name("n"))),
    source="Murphy, Machine Learning: a Probabilistic Perspective, 2.3.2",
    letter=Name("Cat"),
)

DISCRETE_UNIFORM = Family(
    name="discrete_uniform",
    title="discrete uniform",
    spellings=("Unif", "Uniform", "U", "uniform", "DiscreteUniform", "DU"),
    words=(
        "discrete uniform",
        "discrete uniform distribution",
        "uniform distribution over the integers",
        "uniform on the integers",
    ),
    parametrisations=(Parametrisation((FIRST, LAST)), Parametrisation((OUTCOMES,), (_FROM_ONE, _TO_COUNT), FROM_ONE)),
    support=Support("integers", lambda a, b: _set(a, Dots(), b), parameter(0), parameter(1)),
    density=_uniform_density,
    mass=lambda k, a, b: divide(ONE, count(a, b)),
    mean=lambda a, b: build.scale(Fraction(1, 2), build.add(a, b)),
    ordered=True,
    source="Johnson, Kemp, Kotz, Univariate Discrete Distributions, 6.10.1",
    letter=Name("U"),
)

GEOMETRIC = Family(
    name="geometric",
    title="geometric",
    spellings=("Geometric", "Geom", "Geo", "G", "geometric"),
    words=("geometric", "geometric distribution"),
    parametrisations=(
        Parametrisation((FIRST_SUCCESS,), said=TRIALS_COUNTED),
        Parametrisation((WAITING,), (_FIRST,), TRIALS_COUNTED, rare=True),
    ),
    support=Support("integers", lambda p: _set(_number(1), _number(2), Dots()), at(1)),
    density=_geometric_density,
    mean=lambda p: divide(ONE, p),
    variance=lambda p: divide(complement(p), build.multiply(p, p)),
    source="Cover and Thomas, Elements of Information Theory, exercise 2.1",
    letter=Name("Geom"),
)

GEOMETRIC_FROM_ZERO = Family(
    name="geometric_from_zero",
    title="geometric (from 0)",
    spellings=(),
    words=(),
    parametrisations=(Parametrisation((FIRST_SUCCESS,)),),
    support=Support("integers", lambda p: _set(_number(0), _number(1), Dots()), at(0)),
    density=lambda point, p: build.add(log(p), times_log(point.x, complement(p))),
    mean=lambda p: divide(complement(p), p),
    variance=lambda p: divide(complement(p), build.multiply(p, p)),
    source="Johnson, Kemp, Kotz, Univariate Discrete Distributions, 5.2",
    letter=Name("Geom"),
)
"""The failures before the first success, which only a formula says; no word means it."""

POISSON = Family(
    name="poisson",
    title="Poisson",
    spellings=("Poisson", "Pois", "Poi", "Po", "poisson"),
    words=("poisson", "poisson distribution"),
    parametrisations=(Parametrisation((RATE,)),),
    support=Support("integers", lambda rate: _set(_number(0), _number(1), Dots()), at(0)),
    density=_poisson_density,
    mean=lambda rate: rate,
    variance=lambda rate: rate,
    source="Johnson, Kemp, Kotz, Univariate Discrete Distributions, chapter 4",
    letter=Name("Pois"),
)
