"""The families of distributions, and the words they are known by."""

from functools import cache

from chainrule.probability import families_continuous as continuous
from chainrule.probability import families_discrete as discrete
from chainrule.probability import families_gamma as gamma
from chainrule.probability import families_normal as normal
from chainrule.probability.family import Family

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


@cache
def worded() -> dict[str, tuple[Family, ...]]:
    """The families that words of prose can mean."""
    found: dict[str, tuple[Family, ...]] = {}
    for family in FAMILIES:
        for words in family.words:
            found[words] = (*found.get(words, ()), family)
    return found
