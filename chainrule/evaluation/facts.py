"""Declared facts in numbers: whether values satisfy them, and values that do."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from chainrule.evaluation.array import Array, Scalar, as_array
from chainrule.graph.facts import COLUMNS, OF_MATRICES, ROWS, SAME_TURNED, SQUARE, Fact

CLOSE = 1e-9
EXAMPLE = 3
"""How long axes are taken to be where no number says so."""


def holds(fact: Fact, given: ArrayLike) -> bool:
    """Whether the values of an input are as the fact says, up to rounding."""
    value = np.asarray(as_array(given))
    if fact in OF_MATRICES and (value.ndim != 2 or (fact in SQUARE and value.shape[0] != value.shape[1])):
        return False
    match fact:
        case Fact.SYMMETRIC:
            return _close(value, value.T)
        case Fact.DIAGONAL:
            return _close(value, np.diag(np.diag(value)))
        case Fact.POSITIVE_DEFINITE:
            return _close(value, value.T) and bool((np.linalg.eigvalsh(value) > 0).all())
        case Fact.ORTHOGONAL | Fact.ORTHONORMAL_COLUMNS:
            return _close(value.T @ value, np.eye(value.shape[1]))
        case Fact.ORTHONORMAL_ROWS:
            return _close(value @ value.T, np.eye(value.shape[0]))
        case Fact.SUM_ONE:
            return _close(np.sum(value), np.float64(1))
        case Fact.UNIT_NORM:
            return _close(np.sum(value**2), np.float64(1))
        case Fact.POSITIVE:
            return bool((value > 0).all())


def _close(left: Array | Scalar, right: Array | Scalar) -> bool:
    return bool(np.all(np.abs(left - right) <= CLOSE * (1 + np.abs(right))))


def can_hold(facts: Iterable[Fact], lengths: Sequence[int | None]) -> bool:
    """Whether an array is found that satisfies all the facts. lengths: of its axes, None where these are open."""
    shape = [EXAMPLE if length is None else length for length in lengths]
    value = np.asarray(np.random.default_rng(0).uniform(0.5, 1.5, shape))
    return bool(np.all(np.isfinite(satisfying(facts, value))))


def satisfying(facts: Iterable[Fact], value: Array) -> Array:
    """Values like these that satisfy all the facts; nan where none were found, as there are none for some shapes."""
    wanted = frozenset(facts)
    if not wanted:
        return value
    unfit = np.full_like(value, np.nan)
    if wanted & OF_MATRICES and (value.ndim != 2 or (wanted & SQUARE and value.shape[0] != value.shape[1])):
        return unfit
    for made in _candidates(wanted, value):
        if all(holds(fact, made) for fact in wanted):
            return made
    return unfit


def _candidates(wanted: frozenset[Fact], value: Array) -> Iterable[Array]:
    """Values of the one kind after those of the other; sparse ones for sets of facts that ask for much at once."""
    made = np.abs(value) if wanted & {Fact.POSITIVE, Fact.SUM_ONE} else value
    if wanted & (COLUMNS | ROWS):
        made = _orthonormal(value)
        if wanted & SAME_TURNED:  # a reflection
            made = np.eye(len(value)) - 2 * np.outer(value[0], value[0]) / np.sum(value[0] ** 2)
    elif Fact.POSITIVE_DEFINITE in wanted:
        made = made @ made.T + np.eye(len(made))
    elif Fact.SYMMETRIC in wanted:
        made = (made + made.T) / 2
    if Fact.DIAGONAL in wanted:
        made = np.diag(np.diag(made))
    if Fact.SUM_ONE in wanted:
        made = made / np.sum(made)
    if Fact.UNIT_NORM in wanted:
        made = made / np.sqrt(np.sum(made**2))
    yield made
    single = np.zeros_like(value)
    single.flat[0] = 1
    yield single
    yield np.eye(*value.shape) if value.ndim == 2 else single


def _orthonormal(value: Array) -> Array:
    """Orthonormal columns, or rows where there are fewer of these."""
    tall = value if value.shape[0] >= value.shape[1] else value.T
    made = np.linalg.qr(tall)[0]
    return made if value.shape[0] >= value.shape[1] else made.T
