"""Facts in words: "symmetric positive definite", "a probability vector", and ranks: "a vector"."""

from collections.abc import Sequence

from chainrule.graph.facts import Fact
from chainrule.inference.ranks import MATRIX, SCALAR, VECTOR

NEUTRAL = (
    "and; ,; -; a; an; real; square; both; valid; discrete; categorical; true; encoded; whose entries; with entries that;"
    " matrix; matrices; vector; vectors; label; labels; target; targets; encoding"
)
"""Words beside the name of a property that say nothing of their own."""

PHRASES = {
    Fact.SYMMETRIC: "symmetric; positive semidefinite; positive semi-definite; positive-semidefinite; psd",
    Fact.DIAGONAL: "diagonal",
    Fact.POSITIVE_DEFINITE: "positive definite; positive-definite; spd",
    Fact.ORTHOGONAL: "orthogonal",
    Fact.ORTHONORMAL_COLUMNS: "has orthonormal columns; with orthonormal columns; orthonormal columns",
    Fact.ORTHONORMAL_ROWS: "has orthonormal rows; with orthonormal rows; orthonormal rows",
    Fact.SUM_ONE: "one-hot; one hot; distribution; probability distribution; probability vector; probability vectors;"
    " sums to one; sum to one; sums to 1; sum to 1",
    Fact.UNIT_NORM: "unit vector; unit vectors; unit-norm; unit-length; of unit norm; of unit length; unit norm; unit length;"
    " has norm one; norm one; norm 1",
    Fact.POSITIVE: "positive; has positive entries; positive entries",
}
FACT_WORDS: dict[tuple[str, ...], Fact | None] = {
    tuple(phrase.split()): fact for fact, phrases in [*PHRASES.items(), (None, NEUTRAL)] for phrase in phrases.split(";")
}
LONGEST = max(map(len, FACT_WORDS))
CONSTANT = "constant"
"""What is called "a constant" is a scalar, but not the b of `A x - b`: there the word says that b does not change."""
_BEFORE_NOUNS = frozenset(("constant", "number"))
"""Nouns that before another one, "a constant vector", say nothing of its rank."""
RANK_WORDS = {
    **dict.fromkeys(("scalar", "scalars", "number"), SCALAR),
    CONSTANT: CONSTANT,
    **dict.fromkeys(("vector", "vectors"), VECTOR),
    **dict.fromkeys(("matrix", "matrices"), MATRIX),
}
BESIDE_RANKS = frozenset(
    ("a", "an", "real", "square", "both", "column", "row", "weight", "bias", "input", "output", "parameter")
)
"""Words beside the name of a rank that say nothing of it."""


def facts_of_words(words: Sequence[str]) -> frozenset[Fact] | None:
    """The facts that all these words name; None where a word says something else, or none names a fact."""
    found: set[Fact] = set()
    at = 0
    while at < len(words):
        phrases = (tuple(words[at : at + length]) for length in range(LONGEST, 0, -1))
        phrase = next((phrase for phrase in phrases if phrase in FACT_WORDS), None)
        if phrase is None:
            return None
        fact = FACT_WORDS[phrase]
        found.update(() if fact is None else (fact,))
        at += len(phrase)
    return frozenset(found) or None


def rank_of_words(words: Sequence[str]) -> str | None:
    """The rank that "a column vector" and "symmetric matrices" name; None where a word says something else."""
    rest = [word for word in words if word not in RANK_WORDS and word not in BESIDE_RANKS]
    nouns = [word for word in words if word in RANK_WORDS]
    named = {RANK_WORDS[word] for word in nouns if word not in _BEFORE_NOUNS or word is nouns[-1]}
    return next(iter(named)) if len(named) == 1 and (not rest or facts_of_words(words) is not None) else None
