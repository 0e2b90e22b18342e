"""What a person may declare of an input: properties of its values that simplification may use and has to cite."""

from enum import Enum


class Fact(Enum):
    """A property of the values of one variable. The value is how a sentence says it: "A is symmetric"."""

    SYMMETRIC = "is symmetric"
    DIAGONAL = "is diagonal"
    POSITIVE_DEFINITE = "is symmetric positive definite"
    ORTHOGONAL = "is orthogonal"
    ORTHONORMAL_COLUMNS = "has orthonormal columns"
    ORTHONORMAL_ROWS = "has orthonormal rows"
    SUM_ONE = "sums to one"
    UNIT_NORM = "has norm one"
    POSITIVE = "has positive entries"


NO_FACTS: frozenset[Fact] = frozenset()

SAME_TURNED = frozenset({Fact.SYMMETRIC, Fact.DIAGONAL, Fact.POSITIVE_DEFINITE})
"""With one of these a matrix is its own transpose."""

COLUMNS = frozenset({Fact.ORTHOGONAL, Fact.ORTHONORMAL_COLUMNS})
r"""With one of these W^\top W is the identity."""

ROWS = frozenset({Fact.ORTHOGONAL, Fact.ORTHONORMAL_ROWS})
r"""With one of these W W^\top is the identity."""

SQUARE = SAME_TURNED | {Fact.ORTHOGONAL}
"""Only a square matrix can have these."""

OF_MATRICES = SQUARE | COLUMNS | ROWS
