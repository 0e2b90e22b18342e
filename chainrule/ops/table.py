"""All operations and constructions, and the words they are known by."""

from functools import cache

import chainrule.ops.activation
import chainrule.ops.arithmetic
import chainrule.ops.axes
import chainrule.ops.binomial
import chainrule.ops.comparison
import chainrule.ops.entries
import chainrule.ops.error_function
import chainrule.ops.exponential
import chainrule.ops.extremes
import chainrule.ops.focal
import chainrule.ops.gamma
import chainrule.ops.information.distances
import chainrule.ops.information.divergences
import chainrule.ops.information.entropy
import chainrule.ops.information.infinite
import chainrule.ops.information.joint
import chainrule.ops.information.orders
import chainrule.ops.information.powers
import chainrule.ops.information.slopes
import chainrule.ops.information.tilted
import chainrule.ops.inverse
import chainrule.ops.inverse_trigonometric
import chainrule.ops.joining
import chainrule.ops.linear_algebra
import chainrule.ops.loss
import chainrule.ops.matrix_functions
import chainrule.ops.normalisation
import chainrule.ops.ratios
import chainrule.ops.reduction
import chainrule.ops.shares
import chainrule.ops.times_log
import chainrule.ops.trigonometric
from chainrule.graph.operation import OPERATIONS, Operation
from chainrule.ops.construction import CONSTRUCTIONS, Construction

FAMILIES = (
    chainrule.ops.arithmetic,
    chainrule.ops.exponential,
    chainrule.ops.trigonometric,
    chainrule.ops.inverse_trigonometric,
    chainrule.ops.error_function,
    chainrule.ops.comparison,
    chainrule.ops.activation,
    chainrule.ops.reduction,
    chainrule.ops.normalisation,
    chainrule.ops.loss,
    chainrule.ops.entries,
    chainrule.ops.linear_algebra,
    chainrule.ops.inverse,
    chainrule.ops.joining,
    chainrule.ops.binomial,
    chainrule.ops.matrix_functions,
    chainrule.ops.extremes,
    chainrule.ops.axes,
    chainrule.ops.times_log,
    chainrule.ops.ratios,
    chainrule.ops.shares,
    chainrule.ops.information.entropy,
    chainrule.ops.information.divergences,
    chainrule.ops.information.distances,
    chainrule.ops.information.joint,
    chainrule.ops.information.orders,
    chainrule.ops.information.powers,
    chainrule.ops.information.slopes,
    chainrule.ops.information.tilted,
    chainrule.ops.information.infinite,
    chainrule.ops.focal,
    chainrule.ops.gamma,
)
"""Importing a family declares its operations."""


def operations() -> tuple[Operation, ...]:
    """The operations of the table, in the order of declaration."""
    return tuple(OPERATIONS.values())


def constructions() -> tuple[Construction, ...]:
    """The constructions, in the order of declaration."""
    return tuple(CONSTRUCTIONS.values())


@cache
def spellings() -> dict[str, Operation | Construction]:
    r"""What each word means, as the Name of a parsed text has it: "relu", "ReLU", "\sigma"."""
    found: dict[str, Operation | Construction] = {}
    for record in (*operations(), *constructions()):
        for word in record.spellings:
            if word in found:
                raise ValueError(f"{word} is the spelling of both {found[word].name} and {record.name}")
            found[word] = record
    return found


@cache
def of_matrices() -> dict[Operation | Construction, Operation | Construction]:
    """What a word for vectors means of a matrix: row by row for softmax and its like, the diagonal for diag."""
    normalisation, linear_algebra, joining = chainrule.ops.normalisation, chainrule.ops.linear_algebra, chainrule.ops.joining
    return {
        normalisation.SOFTMAX: normalisation.SOFTMAX_ROWS,
        normalisation.LOGSUMEXP: normalisation.LOGSUMEXP_ROWS,
        normalisation.LOG_SOFTMAX: normalisation.LOG_SOFTMAX_ROWS,
        linear_algebra.DIAG: linear_algebra.DIAGONAL,
        joining.CONCATENATE: joining.VSTACK,
        **{along.first: along.columns for along in chainrule.ops.axes.ALONG.values()},
        **{along.last: along.rows for along in chainrule.ops.axes.ALONG.values()},
    }


@cache
def vocabulary_words() -> frozenset[str]:
    r"""The words that are functions wherever they stand; a letter such as `\sigma` or `e` may be a name in somebody's text."""
    return frozenset(w for w, record in spellings().items() if record.arguments and w[0] != "\\" and len(w) > 1)
