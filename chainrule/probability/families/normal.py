r"""Normal distributions of vectors: with a diagonal covariance, with a full one, and the standard one."""

from collections.abc import Callable
from fractions import Fraction

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import exp, reciprocal, square
from chainrule.ops.inverse import inverse
from chainrule.probability.families.continuous import DENSITY, DEVIATION, LOG_VARIANCE, MEAN, NORMAL, PRECISION, VARIANCE
from chainrule.probability.families.family import Family, Parameter, Parametrisation, closed_form
from chainrule.probability.families.supports import Support
from chainrule.syntax.tree import Font, Name, Superscript, Tree

HALF = Fraction(1, 2)
WORDS = (
    "multivariate normal",
    "multivariate gaussian",
    "multivariate normal distribution",
    "multivariate gaussian distribution",
)

MEANS = Parameter("mean", MEAN.symbol, "real vector", (*MEAN.letters, "\\mathbf{\\mu}"), ("mean", "mean vector"))
VARIANCES = Parameter(
    "variances", VARIANCE.symbol, "positive vector", VARIANCE.letters, ("variances", "diagonal"), VARIANCE.says
)
DEVIATIONS = Parameter(
    "deviations", DEVIATION.symbol, "positive vector", DEVIATION.letters, ("standard deviations", "deviations"), DEVIATION.says
)
PRECISIONS = Parameter("precisions", PRECISION.symbol, "positive vector", PRECISION.letters, ("precisions", "precision"))
LOG_VARIANCES = Parameter("log variances", Name("s"), "real vector", LOG_VARIANCE.letters, ("log variances", "log variance"))
COVARIANCE = Parameter(
    "covariance",
    Name("\\Sigma"),
    "positive definite",
    ("\\Sigma", "Sigma", "C", "V", "S", "K", "cov", "Cov"),
    ("covariance", "covariance matrix"),
)


COVARIANCE_SAID = "the second argument of N is the covariance matrix"


def size_of(vector: Node) -> Node:
    """The length of a vector as a scalar."""
    return build.size(vector.shape[0])


def quadratic(vector: Node, matrix: Node) -> Node:
    """x^T A^{-1} x."""
    return build.inner(vector, build.matmul(inverse(matrix), vector))


def vectors(*parameters: Tree) -> Tree:
    return Superscript(Font("mathbb", Name("R")), Name("n"))


def _by(parameter: Parameter, variances: Callable[[Node], Node], said: str, *, rare: bool = False) -> Parametrisation:
    """The variances as a function of what is given."""
    given = (MEANS, parameter)
    return Parametrisation(
        given,
        (
            closed_form("mean", given, "vector", lambda mean, other: mean),
            closed_form("variances", given, "vector", lambda mean, other: variances(other)),
        ),
        said,
        rare,
    )


NORMAL_DIAGONAL = Family(
    name="normal_diagonal",
    title="normal with a diagonal covariance",
    spellings=NORMAL.spellings,
    words=("diagonal normal", "diagonal gaussian", "factorised gaussian", "gaussian with diagonal covariance"),
    parametrisations=(
        Parametrisation((MEANS, VARIANCES), said="the second argument of N has the variances, the diagonal of the covariance"),
        _by(DEVIATIONS, square, "the second argument of N has the standard deviations"),
        _by(LOG_VARIANCES, exp, "the second argument of N has the logarithms of the variances"),
        _by(PRECISIONS, reciprocal, "the second argument of N has the precisions", rare=True),
    ),
    support=Support("vectors", vectors),
    convention=f"the covariance is the diagonal matrix of the variances; {DENSITY}",
    source="Kingma and Welling, Auto-Encoding Variational Bayes, 2014, appendix B",
    letter=NORMAL.letter,
)

NORMAL_FULL = Family(
    name="normal_full",
    title="normal with a full covariance",
    spellings=(*NORMAL.spellings, "MVN", "MultivariateNormal"),
    words=WORDS,
    parametrisations=(Parametrisation((MEANS, COVARIANCE), said=COVARIANCE_SAID),),
    support=Support("vectors", vectors),
    convention=DENSITY,
    source="Cover and Thomas, Elements of Information Theory, 8.34",
    letter=NORMAL.letter,
)

STANDARD_NORMAL = Family(
    name="standard_normal",
    title="standard normal of vectors",
    spellings=NORMAL.spellings,
    words=("multivariate standard normal", "multivariate standard gaussian"),
    parametrisations=(Parametrisation(()),),
    support=Support("vectors", vectors),
    convention=f"it has as many entries as the distribution that it is compared with; {DENSITY}",
    source="Kingma and Welling, Auto-Encoding Variational Bayes, 2014, appendix B",
    letter=NORMAL.letter,
)
