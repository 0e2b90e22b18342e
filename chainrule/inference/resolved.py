"""The kinds of tree that reading adds once names are known: what a name, a call and an entry really are.

A resolved tree has, besides these, only Number, Sum, Quotient, Bracket (lists, one kind of bracket), Matrix, Product with the
operators "" (linear algebra) and "odot" (elementwise), and Superscript as a power.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from chainrule.graph.dimension import Dimension
from chainrule.graph.operation import Operation
from chainrule.inference.symbols import Symbol
from chainrule.ops.construction import Construction
from chainrule.syntax.tree import Name, Tree, transform, walk

Function = Operation | Construction
FilledKind = Literal["ones", "zeros", "identity", "unit"]


@dataclass(frozen=True)
class Applied(Tree):
    """A function on arguments, differentiated `primes` times; `no_matrix`: what its
    writing can mean of a matrix, where that is two things. of_entries: the mark F of a norm, which is written of matrices.
    of_vector: what the same writing means of a whole vector: H is the step of a number, and the entropy of a vector.
    """

    function: Function
    arguments: tuple[Tree, ...]
    primes: int = 0
    no_matrix: str = ""
    of_entries: bool = False
    of_vector: Function | None = None


@dataclass(frozen=True)
class Transposed(Tree):
    """The transpose; `of_prime` tells that it was written with a prime."""

    body: Tree
    of_prime: bool = False


@dataclass(frozen=True)
class Entry(Tree):
    """`x_2`, `A_{1,2}`: positions counted from 1; None keeps the axis, as in `A_{*,2}`; a Symbol is an index without a number.

    of_batch: what is indexed may have further axes, as the vectors `x_i` of a sum.
    """

    body: Tree
    positions: tuple[int | Symbol | None, ...] = ()
    of_batch: bool = False


@dataclass(frozen=True)
class Filled(Tree):
    r"""`\mathbf{1}`, `\mathbf{0}`, `I`, `e_k`: an array whose size comes from its use, or from `sizes`.

    position: the k, counted from 1, or an index without a number. rank: where the writing tells it.
    """

    kind: FilledKind = "ones"
    position: int | Symbol = 1
    sizes: tuple[int | str, ...] = ()
    rank: int | None = None
    marker: object = field(default_factory=object, repr=False)


@dataclass(frozen=True)
class Index(Tree):
    """The index of a sum in a subscript. first: the position, counted from 0, that its first value has in this array;
    reach: the last such position of this array in the same sum, 1 of `x_{i+1} - x_i`. step: how far the position goes for
    the next value, 2 in `x_{2i}`. whole: how long the axis is where the text says so in numbers, else 0.
    """

    letter: Tree
    first: int = 0
    reach: int = 0
    step: int = 1
    whole: int = 0


@dataclass(frozen=True)
class OwnLetter(Tree):
    """The index of a sum in the body of a function that was put in: equal to no other."""

    letter: Tree
    marker: object = field(default_factory=object, repr=False)


@dataclass(frozen=True)
class Indexed(Tree):
    """`W_{ij}` inside a sum: each place is an index of one, or a position as of an Entry. What is left may be an array.

    of_batch: the first place is an example, `x^{(i)}`, of an array that is not defined example by example.
    """

    body: Tree
    places: tuple[Index | Symbol | int | None, ...] = ()
    of_batch: bool = False


@dataclass(frozen=True)
class Summed(Tree):
    r"""`\sum_{i=1}^{n} body`: length is how many values the index has, None for a whole axis."""

    index: Tree
    body: Tree
    length: Dimension | None = None


@dataclass(frozen=True)
class Excepted(Tree):
    r"""`\sum_{j \ne i}`: the whole sum without its term at j = i."""

    whole: Tree
    term: Tree


@dataclass(frozen=True)
class Tabled(Tree):
    r"""`y_i = \gamma x_i + \beta`: the array with an axis for each index and `body` for its elements."""

    indices: tuple[Tree, ...]
    body: Tree
    lengths: tuple[Dimension | None, ...] = ()


@dataclass(frozen=True)
class Counted(Tree):
    r"""`(x_1, \ldots, x_n)`: the vector x, which has n entries."""

    body: Tree
    count: str = ""


@dataclass(frozen=True)
class Sliced(Tree):
    r"""`x_{1:3}`: for each axis its first and last position, counted from 1, or None where the whole axis is kept."""

    body: Tree
    ends: tuple[tuple[Dimension, Dimension] | None, ...] = ()


@dataclass(frozen=True)
class Barred(Tree):
    """`|x|`, the absolute value, or `|X|`, the determinant."""

    body: Tree


@dataclass(frozen=True)
class Differentiated(Tree):
    r"""`\frac{\partial L}{\partial w}` inside a formula: `of` differentiated by each of `by`, in order."""

    of: Tree
    by: tuple[Tree, ...] = ()


@dataclass(frozen=True)
class Hole(Tree):
    """The place of the argument in the body of a DerivativeAt: one object wherever it stands."""

    marker: object = field(default_factory=object, repr=False)


@dataclass(frozen=True)
class DerivativeAt(Tree):
    """`L'(w)`: the body differentiated `order` times by what stands in the hole, and the argument put there."""

    body: Tree
    hole: Hole
    argument: Tree
    order: int = 1


@dataclass(frozen=True)
class SizeName(Tree):
    r"""The n of `\frac{1}{n} \sum_{i=1}^{n}` where n is given no value: the length of an axis."""

    name: str


@dataclass(frozen=True)
class Macro:
    """A function that is replaced by its body wherever it is called: more than one parameter, or other names in it.

    optional: how many of the last parameters a call may leave out; they stand behind the semicolon of `f(x; w)`.
    """

    name: Tree
    parameters: tuple[Tree, ...]
    body: Tree
    optional: int = 0


def replace_symbols(tree: Tree, new: Mapping[Tree, Tree]) -> Tree:
    """A resolved tree with names replaced by resolved trees."""
    return transform(tree, lambda part: new.get(part.name, part) if isinstance(part, Symbol) else part)


def with_own_indices(tree: Tree) -> Tree:
    """A function's body whose sums have indices that stand nowhere else: an argument may have the same letters in it."""
    bound = {part.index for part in walk(tree) if isinstance(part, Summed)}
    bound |= {letter for part in walk(tree) if isinstance(part, Tabled) for letter in part.indices}
    own = {letter: OwnLetter(letter, span=letter.span) for letter in bound}

    def put(part: Tree) -> Tree:
        match part:
            case Index(letter=letter) if letter in own:
                return replace(part, letter=own[letter])
            case Summed(index=letter):
                return replace(part, index=own[letter])
            case Tabled(indices=letters):
                return replace(part, indices=tuple(own[letter] for letter in letters))
            case _:
                return part

    return transform(tree, put) if own else tree


NAME_OF_EULER = Name("e")
