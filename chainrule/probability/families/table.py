"""The families of distributions, and the words they are known by."""

from functools import cache

from chainrule.probability.families import continuous, discrete, gamma, normal
from chainrule.probability.families.family import Family

FAMILIES: tuple[Family, ...] = (
    discrete.BERNOULLI,
    discrete.BINOMIAL,
    discrete.CATEGORICAL,
    discrete.DISCRETE_UNIFORM,
    discrete.GEOMETRIC,
    discrete.POISSON,
    continuous.NORMAL,
    normal.NORMAL_DIAGONAL,
    normal.NORMAL_FULL,
    normal.STANDARD_NORMAL,
    continuous.EXPONENTIAL,
    continuous.LAPLACE,
    gamma.GAMMA,
    gamma.BETA,
    gamma.DIRICHLET,
    continuous.UNIFORM,
)
"""All families, in the order of the table in the documentation."""


@cache
def spelled() -> dict[str, tuple[Family, ...]]:
    """The families that a word before a bracket can mean: several where the rank or the number of parameters decides."""
    found: dict[str, tuple[Family, ...]] = {}
    for family in FAMILIES:
        for word in family.spellings:
            found[word] = (*found.get(word, ()), family)
    return found
