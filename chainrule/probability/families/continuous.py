r"""Families of distributions over the reals: normal, exponential, Laplace, continuous uniform.

Their entropies are differential: of the density, in nats, and negative where it is narrow.
"""

from fractions import Fraction

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import divide, exp, log, reciprocal, square
from chainrule.ops.comparison import absolute
from chainrule.ops.exponential import sqrt
from chainrule.ops.trigonometric import pi
from chainrule.probability.families.family import Family, Parameter, Parametrisation, Point, closed_form
from chainrule.probability.families.supports import Support, at, parameter
from chainrule.syntax.tree import Bracket, Font, Name, Number, Superscript, Tree

REALS = Font("mathbb", Name("R"))
HALF = Fraction(1, 2)
TWO = Number(Fraction(2))
DENSITY = "the entropy of a continuous distribution is the differential entropy of its density"

MEAN = Parameter("mean", Name("\\mu"), "real", ("\\mu", "mu", "m", "mean", "loc"), ("mean", "expectation", "expected value"))
LOCATION = Parameter(
    "location", Name("\\mu"), "real", ("\\mu", "mu", "m", "loc", "\\theta"), ("location", "mean", "median", "center")
)
VARIANCE = Parameter(
    "variance",
    Superscript(Name("\\sigma"), TWO),
    "positive",
    ("\\sigma^2", "sigma^2", "v", "V", "var", "Var", "variance", "s^2"),
    ("variance",),
    says=("\\sigma^2", "sigma^2"),
)
DEVIATION = Parameter(
    "deviation",
    Name("\\sigma"),
    "positive",
    ("\\sigma", "sigma", "s", "sd", "std"),
    ("standard deviation", "deviation", "std", "sd", "stdev"),
    says=("\\sigma", "sigma"),
)
LOG_VARIANCE = Parameter(
    "log variance",
    Name("s"),
    "real",
    ("\\log\\sigma^2", "logvar", "log_var", "logsigma^2"),
    ("log variance", "logarithm of the variance"),
)
PRECISION = Parameter(
    "precision",
    Name("\\tau"),
    "positive",
    ("precision", "prec"),
    ("precision", "inverse variance", "reciprocal variance"),
)
SPREAD = Parameter("deviation", Name("\\sigma"), "positive", ("sd", "std", "stdev"), DEVIATION.words)
MEAN_SQUARE = Parameter("variance", VARIANCE.symbol, "positive", ("var", "Var", "variance"), VARIANCE.words)
"""The standard deviation and the variance where no letter says it: the sigma of a Laplace distribution may be its scale."""
RATE = Parameter(
    "rate", Name("\\lambda"), "positive", ("\\lambda", "lambda", "rate", "\\beta", "r"), ("rate", "rate parameter")
)
SCALE = Parameter(
    "scale",
    Name("\\theta"),
    "positive",
    ("scale", "mean"),
    ("scale", "mean", "scale parameter", "expectation", "expected value"),
)
WIDTH = Parameter("scale", Name("b"), "positive", ("b", "s", "scale", "\\beta"), ("scale", "diversity", "scale parameter"))
LOWER = Parameter("a", Name("a"), "real", ("a", "low", "min", "\\alpha"), ("from", "lower end", "minimum"))
UPPER = Parameter("b", Name("b"), "real", ("b", "high", "max", "\\beta"), ("to", "upper end", "maximum"))


def scaled_square(difference: Node, variance: Node) -> Node:
    return divide(square(difference), variance)


def two_pi() -> Node:
    return build.scale(2, pi())


def interval(lower: Tree, upper: Tree, open_above: bool = False) -> Tree:
    return Bracket("[)" if open_above else "[", (lower, upper), (",",))


def _normal_density(point: Point, mean: Node, variance: Node) -> Node:
    away = scaled_square(build.subtract(point.x, mean), variance)
    return build.scale(-HALF, build.add(log(build.multiply(two_pi(), variance)), away))


def _root_of_2() -> Node:
    return sqrt(build.constant(2))


def _laplace_density(point: Point, location: Node, scale: Node) -> Node:
    away = divide(absolute(build.subtract(point.x, location)), scale)
    return build.scale(-1, build.add(log(build.scale(2, scale)), away))


def _uniform_density(point: Point, a: Node, b: Node) -> Node:
    return build.lift(build.scale(-1, log(build.subtract(b, a))), point.x.shape)


NORMAL = Family(
    name="normal",
    title="normal",
    spellings=("N", "Normal", "Gaussian", "normal", "gaussian"),
    words=("normal", "gaussian", "normal distribution", "gaussian distribution", "univariate gaussian", "univariate normal"),
    parametrisations=(
        Parametrisation((MEAN, VARIANCE), said="the second argument of N is the variance"),
        Parametrisation(
            (MEAN, DEVIATION),
            (
                closed_form("mean", (MEAN, DEVIATION), "scalar", lambda mean, deviation: mean),
                closed_form("variance", (MEAN, DEVIATION), "scalar", lambda mean, deviation: square(deviation)),
            ),
            "the second argument of N is the standard deviation",
        ),
        Parametrisation(
            (MEAN, LOG_VARIANCE),
            (
                closed_form("mean", (MEAN, LOG_VARIANCE), "scalar", lambda mean, s: mean),
                closed_form("variance", (MEAN, LOG_VARIANCE), "scalar", lambda mean, s: exp(s)),
            ),
            "the second argument of N is the logarithm of the variance",
        ),
        Parametrisation(
            (MEAN, PRECISION),
            (
                closed_form("mean", (MEAN, PRECISION), "scalar", lambda mean, precision: mean),
                closed_form("variance", (MEAN, PRECISION), "scalar", lambda mean, precision: reciprocal(precision)),
            ),
            "the second argument of N is the precision",
            rare=True,
        ),
    ),
    support=Support("interval", lambda mean, variance: REALS),
    density=_normal_density,
    mean=lambda mean, variance: mean,
    variance=lambda mean, variance: variance,
    convention=DENSITY,
    source="Cover and Thomas, Elements of Information Theory, 8.9",
    letter=Font("mathcal", Name("N")),
)

EXPONENTIAL = Family(
    name="exponential",
    title="exponential",
    spellings=("Exp", "Exponential", "Expon", "exponential"),
    words=("exponential", "exponential distribution"),
    parametrisations=(
        Parametrisation((RATE,), said="the argument of Exp is the rate"),
        Parametrisation((SCALE,), (closed_form("rate", (SCALE,), "scalar", reciprocal),), "the argument of Exp is the mean"),
    ),
    support=Support("interval", lambda rate: interval(Number(Fraction(0)), Name("\\infty"), open_above=True), at(0)),
    density=lambda point, rate: build.subtract(log(rate), build.multiply(rate, point.x)),
    mean=reciprocal,
    variance=lambda rate: reciprocal(square(rate)),
    convention=DENSITY,
    source="Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions 1, chapter 19",
    letter=Name("Exp"),
)

LAPLACE = Family(
    name="laplace",
    title="Laplace",
    spellings=("Laplace", "Lap", "laplace", "DoubleExponential"),
    words=("laplace", "laplace distribution", "laplacian", "double exponential"),
    parametrisations=(
        Parametrisation((LOCATION, WIDTH), said="the second argument of Laplace is the scale"),
        Parametrisation(
            (LOCATION, SPREAD),
            (
                closed_form("location", (LOCATION, SPREAD), "scalar", lambda location, deviation: location),
                closed_form("scale", (LOCATION, SPREAD), "scalar", lambda location, deviation: divide(deviation, _root_of_2())),
            ),
            "the second argument of Laplace is the standard deviation",
            rare=True,
        ),
        Parametrisation(
            (LOCATION, MEAN_SQUARE),
            (
                closed_form("location", (LOCATION, MEAN_SQUARE), "scalar", lambda location, variance: location),
                closed_form(
                    "scale", (LOCATION, MEAN_SQUARE), "scalar", lambda location, variance: sqrt(build.scale(HALF, variance))
                ),
            ),
            "the second argument of Laplace is the variance",
            rare=True,
        ),
    ),
    support=Support("interval", lambda location, scale: REALS),
    density=_laplace_density,
    mean=lambda location, scale: location,
    variance=lambda location, scale: build.scale(2, square(scale)),
    convention=DENSITY,
    source="Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions 2, chapter 24",
    letter=Name("Laplace"),
)

UNIFORM = Family(
    name="uniform",
    title="continuous uniform",
    spellings=("U", "Unif", "Uniform", "uniform"),
    words=("uniform", "continuous uniform", "uniform distribution", "continuous uniform distribution"),
    parametrisations=(Parametrisation((LOWER, UPPER)),),
    support=Support("interval", interval, parameter(0), parameter(1)),
    density=_uniform_density,
    mean=lambda a, b: build.scale(HALF, build.add(a, b)),
    variance=lambda a, b: build.scale(Fraction(1, 12), square(build.subtract(b, a))),
    ordered=True,
    convention=DENSITY,
    source="Cover and Thomas, Elements of Information Theory, 8.3",
    letter=Font("mathcal", Name("U")),
)
