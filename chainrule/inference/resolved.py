"""The kinds of tree that reading adds once names are known: what a name, a call and an entry really are.

A resolved tree has, besides these, only Number, Sum, Quotient, Bracket (lists, one kind of bracket), Matrix, Product with the
operators "" (linear algebra) and "odot" (elementwise), and Superscript as a power.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from chainrule.graph.operation import Operation
from chainrule.inference.symbols import Symbol
from chainrule.ops.construction import Construction
from chainrule.syntax.tree import Name, Tree, transform

Function = Operation | Construction


@dataclass(frozen=True)
class Applied(Tree):
    """A function on arguments, differentiated `primes` times; `no_matrix`: what its
    writing can mean of a matrix, where that is two things."""

    function: Function
    arguments: tuple[Tree, ...]
    primes: int = 0
    no_matrix: str = ""


@dataclass(frozen=True)
class Transposed(Tree):
    """The transpose; `of_prime` tells that it was written with a prime."""

    body: Tree
    of_prime: bool = False


@dataclass(frozen=True)
class Entry(Tree):
    """`x_2`, `A_{1,2}`: positions counted from 1; None keeps the axis, as in `A_{*,2}`."""

    body: Tree
    positions: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Filled(Tree):
    r"""`\mathbf{1}`, `\mathbf{0}`, `I`, `e_k`: an array whose size comes from its use; `position` is k, counted from 1."""

    kind: Literal["ones", "zeros", "identity", "unit"] = "ones"
    position: int = 1
    marker: object = field(default_factory=object, repr=False)


@dataclass(frozen=True)
class Indexed(Tree):
    """`W_{ij}` inside a sum: each place is an index or a position counted from 1."""

    body: Tree
    letters: tuple[Tree | int, ...] = ()


@dataclass(frozen=True)
class Summed(Tree):
    r"""`\sum_{i=1}^{n} body`: upper is a number, a name, or None for the whole axis."""

    index: Tree
    body: Tree
    upper: Tree | None = None


@dataclass(frozen=True)
class Tabled(Tree):
    r"""`y_i = \gamma x_i + \beta`: the array with an axis for each index and `body` for its entries."""

    indices: tuple[Tree, ...]
    body: Tree


@dataclass(frozen=True)
class SizeName(Tree):
    r"""The n of `\frac{1}{n} \sum_{i=1}^{n}` where n is given no value: the length of an axis."""

    name: str


@dataclass(frozen=True)
class Macro:
    """A function that is replaced by its body wherever it is called: more than one parameter, or other names in it."""

    name: Tree
    parameters: tuple[Tree, ...]
    body: Tree


def replace_symbols(tree: Tree, new: Mapping[Tree, Tree]) -> Tree:
    """A resolved tree with names replaced by resolved trees."""
    return transform(tree, lambda part: new.get(part.name, part) if isinstance(part, Symbol) else part)


NAME_OF_EULER = Name("e")
