"""What a person may declare of an input: properties of its values that simplification may use and has to cite."""

from enum import Enum


class Fact(Enum):
    """A property of the values of one variable. The value is how a sentence says it: "A is symmetric"."""

    SYMMETRIC = "is symmetric"
    ORTHOGONAL = "is orthogonal"
    POSITIVE_DEFINITE = "is symmetric positive definite"
    POSITIVE = "has positive entries"
    SUM_ONE = "sums to one"


NO_FACTS: frozenset[Fact] = frozenset()
