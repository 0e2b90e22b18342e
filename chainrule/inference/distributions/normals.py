r"""Normal distributions of vectors in the ways that people write them: `\mathcal{N}(0, I)`, `\mathcal{N}(\mu, \sigma^2 I)`.

A `0` that is the mean of vectors is the vector of zeros, a covariance `\mathrm{diag}(v)` says the variances, what has no length
of its own gets that of the other parameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.inference.resolved import Applied, Filled, Function
from chainrule.inference.symbols import Symbol
from chainrule.probability.families.family import Family
from chainrule.probability.families.normal import NORMAL_DIAGONAL, NORMAL_FULL, STANDARD_NORMAL
from chainrule.syntax.tree import Bracket, Matrix, Number, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.names import Names

Parameters = tuple[Tree, ...]
OF_VECTORS = frozenset(family.name for family in (NORMAL_DIAGONAL, NORMAL_FULL, STANDARD_NORMAL))


def of_vectors(names: Names, mean: Tree, spread: Tree, ranks: tuple[str, str]) -> tuple[Family, Parameters] | None:
    """The member with this mean and covariance, resolved; None where they are read as they stand. ranks: of both.

    The standard one has no parameters: it has as many entries as what it is compared with.
    """
    variances = _diagonal(spread, ranks[1])
    zero = isinstance(mean, Number) and mean.value == 0 and ranks[1] != "scalar"
    if zero or (isinstance(mean, Filled) and mean.kind == "zeros"):
        if _is_identity(spread):
            return STANDARD_NORMAL, ()
        size = _length(names, spread)
        mean = Filled("zeros", sizes=() if size is None else (size,), rank=1, span=mean.span)
    elif variances is None and not _is_identity(spread):
        return None
    if variances is not None:
        return NORMAL_DIAGONAL, (mean, variances)
    if ranks[1] == "vector":
        return NORMAL_DIAGONAL, (mean, spread)
    size = _length(names, mean)
    covariance = replace(spread, sizes=(size, size)) if isinstance(spread, Filled) and size is not None else spread
    return NORMAL_FULL, (mean, covariance)


def in_one_family(
    families: Sequence[Family], parameters: Sequence[Parameters], diag: Function
) -> tuple[Family, list[Parameters]]:
    """Two normal distributions of vectors as members of one family: of full covariances if one is, else of diagonal ones."""
    full = NORMAL_FULL in families
    return (NORMAL_FULL if full else NORMAL_DIAGONAL), [
        _in(full, *pair, diag) for pair in zip(families, parameters, strict=True)
    ]


def _in(full: bool, family: Family, parameters: Parameters, diag: Function) -> Parameters:
    if family == STANDARD_NORMAL:
        return Filled("zeros", rank=1), (Filled("identity") if full else Filled("ones", rank=1))
    if family == NORMAL_DIAGONAL and full:
        mean, variances = parameters
        return mean, Applied(diag, (variances,), span=variances.span)
    return parameters


def are_of_vectors(families: Sequence[Family]) -> bool:
    """Whether these are two normal distributions of vectors."""
    return len(families) == 2 and {family.name for family in families} <= OF_VECTORS


def _is_identity(tree: Tree) -> bool:
    return isinstance(tree, Filled) and tree.kind == "identity"


def _diagonal(spread: Tree, rank: str) -> Tree | None:
    r"""The variances v of `\mathrm{diag}(v)`."""
    if rank == "matrix" and isinstance(spread, Applied) and spread.function.name == "diag" and len(spread.arguments) == 1:
        return spread.arguments[0]
    return None


def _length(names: Names, tree: Tree) -> int | None:
    """How many entries a vector has, or rows a matrix, as far as numbers tell."""
    for part in walk(tree):
        match part:
            case Symbol(name=name) if name in names.lengths:
                return names.lengths[name][0]
            case Bracket(kind="[", items=items):
                return len(items)
            case Matrix(rows=rows):
                return len(rows)
            case Filled(sizes=(int() as size, *_)):
                return size
            case _:
                pass
    return None
