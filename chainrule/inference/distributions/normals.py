r"""Normal distributions of vectors in the ways that people write them: `\mathcal{N}(0, I)`, `\mathcal{N}(\mu, \sigma^2 I)`.

A `0` that is the mean of vectors is the vector of zeros, a covariance `\mathrm{diag}(v)` says the variances, what has no length
of its own gets that of the other parameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.inference.resolved import Applied, Filled, Function, Transposed
from chainrule.inference.symbols import Symbol, is_bold, is_capital
from chainrule.probability.families.family import Family
from chainrule.probability.families.normal import NORMAL_DIAGONAL, NORMAL_FULL, STANDARD_NORMAL
from chainrule.syntax.tree import Bracket, Matrix, Name, Number, Product, Quotient, Tree, transform, walk

if TYPE_CHECKING:
    from chainrule.inference.names import Names

Parameters = tuple[Tree, ...]
OF_VECTORS = frozenset(family.name for family in (NORMAL_DIAGONAL, NORMAL_FULL, STANDARD_NORMAL))


def of_vectors(names: Names, mean: Tree, spread: Tree, ranks: tuple[str, str]) -> tuple[Family, Parameters] | None:
    """The member with this mean and covariance, resolved; None where they are read as they stand. ranks: of both.

    The standard one has no parameters where nothing says its size: it has as many entries as what it is compared with.
    """
    mean = as_vector(mean)
    variances = _diagonal(spread, ranks[1]) or _equal_variances(names, mean, spread)
    zero = isinstance(mean, Number) and mean.value == 0 and ranks[1] != "scalar"
    if zero or (isinstance(mean, Filled) and mean.kind == "zeros"):
        size = _length(names, spread)
        if _is_identity(spread):
            if size is None:
                return STANDARD_NORMAL, ()
            variances = Filled("ones", sizes=(size,), rank=1, span=spread.span)
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
    names: Names, families: Sequence[Family], parameters: Sequence[Parameters], diag: Function
) -> tuple[Family, list[Parameters]]:
    """Two normal distributions of vectors as members of one family: of full covariances if one is, else of diagonal ones."""
    full = NORMAL_FULL in families
    size = next((size for given in parameters for each in given if (size := _length(names, each)) is not None), None)
    return (NORMAL_FULL if full else NORMAL_DIAGONAL), [
        _in(full, *pair, diag, size) for pair in zip(families, parameters, strict=True)
    ]


def _in(full: bool, family: Family, parameters: Parameters, diag: Function, size: int | None) -> Parameters:
    if family == STANDARD_NORMAL:
        sizes = () if size is None else (size,)
        return Filled("zeros", sizes=sizes, rank=1), (
            Filled("identity", sizes=sizes * 2) if full else Filled("ones", sizes=sizes, rank=1)
        )
    if family == NORMAL_DIAGONAL and full:
        mean, variances = parameters
        return mean, Applied(diag, (variances,), span=variances.span)
    return parameters


def are_of_vectors(families: Sequence[Family]) -> bool:
    """Whether these are two normal distributions of vectors."""
    return len(families) == 2 and {family.name for family in families} <= OF_VECTORS


def _is_identity(tree: Tree) -> bool:
    return isinstance(tree, Filled) and tree.kind == "identity"


def as_vector(tree: Tree) -> Tree:
    r"""A column, or a row, as the vector that a mean is: `\begin{pmatrix} 1 \\ 2 \end{pmatrix}`, `(1, 2)^\top`."""
    match tree:
        case Transposed(body=Bracket(kind="[") as body):
            return body
        case Matrix(rows=rows) if is_vector(tree):
            entries = tuple(entry for row in rows for entry in row)
            return Bracket("[", entries, (",",) * (len(entries) - 1), span=tree.span)
        case _:
            return tree


def is_vector(matrix: Matrix) -> bool:
    """Whether a matrix has one column or one row, and more than one entry."""
    rows, columns = len(matrix.rows), max(map(len, matrix.rows))
    return 1 in (rows, columns) and rows * columns > 1


def _diagonal(spread: Tree, rank: str) -> Tree | None:
    r"""The variances v of `\mathrm{diag}(v)`."""
    if rank == "matrix" and isinstance(spread, Applied) and spread.function.name == "diag" and len(spread.arguments) == 1:
        return spread.arguments[0]
    return None


def _equal_variances(names: Names, mean: Tree, spread: Tree) -> Tree | None:
    r"""The variances of `\sigma^2 I`, a product or a quotient of numbers with an identity: that many times the number."""
    parts = list(walk(spread))
    identities = [part for part in parts if _is_identity(part)]
    if len(identities) != 1 or not isinstance(spread, Product | Quotient) or not _is_above(spread, identities[0]):
        return None
    if any(_is_array(names, part) for part in parts):
        return None
    size = _length(names, identities[0]) or _length(names, mean)
    ones = Filled("ones", sizes=() if size is None else (size,), rank=1, span=identities[0].span)
    return transform(spread, lambda part: ones if part is identities[0] else part)


def _is_array(names: Names, part: Tree) -> bool:
    match part:
        case Symbol(name=name):
            known = name in names.numbers or name in names.integers
            return name in names.lengths or (not known and (is_capital(name) or is_bold(name)))
        case Bracket(kind="[") | Matrix():
            return True
        case Applied(function=function):
            return function.name == "diag"
        case _:
            return False


def _is_above(tree: Tree, part: Tree) -> bool:
    """Whether a part is a factor, and nothing is done with it but to multiply and divide by others."""
    match tree:
        case Product(factors=factors):
            return any(_is_above(factor, part) for factor in factors)
        case Quotient(numerator=numerator):
            return _is_above(numerator, part)
        case _:
            return tree is part


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
            case Filled(sizes=(str() as letter, *_)) if Name(letter) in names.integers:
                return names.integers[Name(letter)]
            case _:
                pass
    return None
