"""Where declarations and use leave a rank open, what people mean: tried in this order, each kept only if everything still fits.

0. What is differentiated, what is called like a loss, and a name that is given 0 and only added to others
   that are no layer, `W x + b`, is a scalar.
   What is summed, also by a row of ones, normalised or taken the norm of is none.
1. A power is taken of a scalar (a square of a vector is not guessed), but not where it is a term of what is summed,
   `sum(1 + s - m^2 - exp(s))`: by rule 5 names are vectors there.
2. What is transposed is a vector if its letter is small, a matrix if it is a capital. A capital to the power -1 is a matrix.
3. A bold small letter and a bold number are vectors, a bold capital is a matrix.
4. A capital to the left of something that can be a vector or a matrix, or to the right of an array, is a matrix,
   but not in a product of numbers that something is divided by, `N p`, before a sum over an array, `N^{-1} sum(x)`, or before
   a star and a derivative, `G * f'(z)`, which is meant entry by entry; nor is the temperature of `T \\sum_i p_i \\log p_i`.
   A whole power of a capital counts as the capital there.
   So is a capital in the argument of a trace, a determinant or a norm with the mark F, and of any norm if there is nothing but
   capitals. What a word takes that means something of vectors and of matrices, `diag(s)`, is a vector without capitals in it.
   A bracket of one row (or a list of lists of one column) is a matrix, but not where it is transposed or to the right of
   an array.
   In a matrix with an array among its entries a capital is a matrix. In a list to the right of a matrix, `W [h, x]`, names of
   different letters are vectors, and the list is one below the other.
   A small letter that is added to a product of capitals, `X W + b`, is a vector, and so is a mean in `X - \\mu`.
5. Nobody writes a scalar to the right of a matrix or a row: what stands there is a vector or a matrix. Both sides of an
   elementwise product have one shape, a name that is added to an array has its shape, and `h_{t-1}` has the rank of `h_t`.
   In what a function of whole arrays takes, `sum(y * log(p + eps))`, names are vectors, but for small Greek letters and the T
   of `softmax(z / T)`; so are p and q in what an entropy or a divergence is of, `H(m)` with `m = w p + (1 - w) q`. A star
   between two vectors works entry by entry where that fits.
   Targets and predictions of a loss have one shape; of arrays it is the sum where a number is wanted, `L = BCE(y, p)`.
6. Everything still open has the smallest rank that fits, inputs and lists first.

What 2 to 4 decided about a name is told to the reader in a note.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from chainrule.errors import Diagnostic
from chainrule.graph.signature import read_signature
from chainrule.inference.broadcast import beside_rows, biases
from chainrule.inference.constrain import Typing, is_loss
from chainrule.inference.lists import column_of
from chainrule.inference.literals import ONE
from chainrule.inference.neighbours import (
    NOT_SCALAR,
    TEMPERATURE,
    fill_mixtures,
    fill_neighbours,
    fill_reduced,
    fill_steps,
    is_power,
    is_reduction,
    products,
    summed_powers,
)
from chainrule.inference.rank_notes import rank_notes
from chainrule.inference.ranks import BY_SIZE, MATRIX, SCALAR, VECTOR, RankClash, Unknown
from chainrule.inference.resolved import Applied, Filled, Indexed, Summed, Transposed
from chainrule.inference.symbols import Symbol, is_bold, is_capital, letter
from chainrule.ops.table import of_matrices
from chainrule.syntax.tree import Bracket, Matrix, Number, Product, Quotient, Sum, Superscript, Tree, walk

ONLY_SCALAR, ONLY_VECTOR, ONLY_MATRIX = frozenset((SCALAR,)), frozenset((VECTOR,)), frozenset((MATRIX,))
NORMS = frozenset(("norm", "squared_norm", "norm1", "norm_inf", "norm_p"))


def settle(typing: Typing, defined: frozenset[Tree], scalars: Iterable[Tree] = ()) -> list[Diagnostic]:
    """Decide every rank that is open. `defined`: names with a definition, whose rank follows from it;
    `scalars`: those that rule 0 speaks of. Returns the notes.

    Raises RankClash where nothing fits everywhere.
    """
    ranks = typing.ranks
    free = {name for name, unknown in typing.names.items() if len(unknown.kinds) > 1} - defined
    mark = ranks.mark()
    wanted = tuple(scalars)
    rules = _Rules(typing, defined)
    rules.decide(wanted)
    if ranks.is_open():
        # What was guessed fitted each place alone, but not all places together: only what does is guessed now.
        ranks.forget(mark)
        if not ranks.solvable():
            raise RankClash(next(u.constraints[-1] for u in ranks.unknowns if len(u.kinds) > 1 and u.constraints))
        ranks.searching = True
        rules = _Rules(typing, defined)
        rules.decide(wanted)
        ranks.searching = False
    return rank_notes(typing, rules.guesses, free)


@dataclass
class _Rules:
    """The rules in order. guesses: what 2 to 4 decided about names."""

    typing: Typing
    defined: frozenset[Tree]
    guesses: dict[Tree, str] = field(default_factory=dict[Tree, str])

    def decide(self, scalars: tuple[Tree, ...]) -> None:
        """Apply all of them."""
        for name in (name for name in scalars if name in self.typing.names):
            self.typing.ranks.attempt(self.typing.name(name), ONLY_SCALAR)
        self._prefer_by_operation()
        self._transposed()
        self._inverted()
        self._filled()
        for name in [n for n in self.typing.names if n not in self.defined and is_bold(n)]:
            self._guess(name, MATRIX if is_capital(name) else VECTOR)
        self._capitals()
        self._small_arguments()
        self._join_entries()
        self._keep_brackets()
        for name in beside_rows(self.typing):
            self.typing.ranks.attempt(self.typing.name(name), frozenset((SCALAR, VECTOR)))
        for name in biases(self.typing, self.defined):
            self._guess(name, VECTOR)
        fill_neighbours(self.typing)
        fill_reduced(self.typing, self.defined)
        fill_mixtures(self.typing)
        self._stars()
        fill_steps(self.typing)
        self._keep_losses()
        self._smallest()

    def _attempt(self, tree: Tree, kinds: frozenset[str]) -> bool:
        return self.typing.ranks.attempt(self.typing.parts[id(tree)], kinds)

    def _kinds(self, tree: Tree) -> frozenset[str]:
        return self.typing.parts[id(tree)].kinds

    def _guess(self, name: Tree, kind: str) -> None:
        unknown = self.typing.name(name)
        if len(unknown.kinds) > 1 and self.typing.ranks.attempt(unknown, frozenset((kind,))):
            self.guesses[name] = kind

    def _guess_capital(self, tree: Tree) -> None:
        """An input with a capital letter is a matrix."""
        if is_power(tree) and isinstance(tree.exponent, Number) and tree.exponent.value.denominator == 1:
            tree = tree.base
        if isinstance(tree, Symbol) and is_capital(tree.name) and tree.name not in self.defined:
            self._guess(tree.name, MATRIX)

    def _prefer_by_operation(self) -> None:
        """Sums, norms and their like are of arrays, what stands behind a row of ones too; powers are of scalars."""
        for tree in [tree for tree in self.typing.trees if is_reduction(tree)]:
            for argument in tree.arguments:
                self._attempt(argument, NOT_SCALAR)
                if tree.function in of_matrices():
                    self._guess_capital(argument)
        for left, right in [pair for product in products(self.typing.trees) for pair in pairwise(product.factors)]:
            if isinstance(left, Transposed) and isinstance(left.body, Filled):
                self._attempt(right, NOT_SCALAR)
        summed = {id(power) for tree in self.typing.trees if is_reduction(tree) for power in summed_powers(tree)}
        powers = [t for t in self.typing.trees if is_power(t) and not _is_inverse(t) and id(t) not in summed]
        for tree in sorted(powers, key=lambda tree: isinstance(tree.base, Symbol)):
            if not (isinstance(tree.base, Symbol) and is_capital(tree.base.name)):
                self._attempt(tree.base, ONLY_SCALAR)

    def _transposed(self) -> None:
        for body in [tree.body for tree in self.typing.trees if isinstance(tree, Transposed)]:
            if isinstance(body, Symbol) and body.name not in self.defined:
                self._guess(body.name, MATRIX if is_capital(body.name) else VECTOR)
            elif isinstance(body, Indexed):
                self._attempt(body, ONLY_VECTOR)
            elif isinstance(body, Sum):
                # `(x - \\mu)^\\top`: the names get the rank of the whole by rule 5.
                large = any(isinstance(part, Symbol) and is_capital(part.name) for part in walk(body))
                self._attempt(body, NOT_SCALAR if large else ONLY_VECTOR)

    def _inverted(self) -> None:
        counts = [
            id(left) for p in products(self.typing.trees) for left, right in pairwise(p.factors) if self._is_number(right)
        ]
        for tree in self.typing.trees:
            if isinstance(tree, Superscript) and _is_inverse(tree) and id(tree) not in counts:
                self._guess_capital(tree.base)

    def _is_number(self, tree: Tree) -> bool:
        """Whether it is a sum over an array or the like: `N^{-1} \\sum_i x_i` has the number N."""
        return (is_reduction(tree) or isinstance(tree, Summed)) and self._kinds(tree) == ONLY_SCALAR

    def _filled(self) -> None:
        for tree in self.typing.trees:
            if isinstance(tree, Filled):
                self._attempt(tree, ONLY_VECTOR)
            elif isinstance(tree, Product) and any(isinstance(f, Filled) and f.kind == "identity" for f in tree.factors):
                for factor in tree.factors:  # `\\lambda I`
                    if isinstance(factor, Symbol) and not is_capital(factor.name) and not is_bold(factor.name):
                        self._attempt(factor, ONLY_SCALAR)

    def _capitals(self) -> None:
        for tree in [tree for tree in self.typing.trees if isinstance(tree, Applied)]:
            for capital in _capitals_of(tree):
                self._guess_capital(capital)
        self._capitals_in_products()

    def _capitals_in_products(self) -> None:
        """As long as it decides something: `\\sigma(X W) V` is an array only when X and W are."""
        before = len(self.guesses)
        divisors = {id(tree.denominator) for tree in self.typing.trees if isinstance(tree, Quotient)}
        for product in products(self.typing.trees):
            if id(product) in divisors and all(isinstance(factor, Symbol | Number) for factor in product.factors):
                continue
            for left, right in zip(product.factors, product.factors[1:], strict=False):
                slope = product.operator == "*" and isinstance(right, Applied) and right.primes > 0
                tempered = isinstance(right, Summed) and isinstance(left, Symbol) and left.name == TEMPERATURE
                if self._kinds(right) & {VECTOR, MATRIX} and not slope and not tempered:
                    self._guess_capital(left)
                if SCALAR not in self._kinds(left) or product.operator == "@":
                    self._guess_capital(right)
        if len(self.guesses) > before:
            self._capitals_in_products()

    def _small_arguments(self) -> None:
        for tree in [tree for tree in self.typing.trees if is_reduction(tree) and tree.function in of_matrices()]:
            for argument in tree.arguments:
                if not any(isinstance(part, Symbol) and is_capital(part.name) for part in walk(argument)):
                    self._attempt(argument, ONLY_VECTOR)

    def _join_entries(self) -> None:
        """The entries of lists and matrices that are arrays."""
        for tree in [tree for tree in self.typing.trees if isinstance(tree, Matrix)]:
            entries = [entry for row in tree.rows for entry in row]
            if any(SCALAR not in self._kinds(entry) for entry in entries):
                for entry in entries:
                    self._guess_capital(entry)
        for product in products(self.typing.trees):
            for left, right in zip(product.factors, product.factors[1:], strict=False):
                names = column_of(right)
                if self._kinds(left) == ONLY_MATRIX and len({letter(name) for name in names}) > 1:
                    for name in names:
                        self._guess(name, VECTOR)

    def _keep_brackets(self) -> None:
        vectors = [id(self.typing.parts[id(tree.body)]) for tree in self.typing.trees if isinstance(tree, Transposed)]
        vectors += [id(self.typing.parts[id(t)]) for tree in self.typing.trees if isinstance(tree, Sum) for t in tree.terms]
        for product in products(self.typing.trees):
            for left, right in zip(product.factors, product.factors[1:], strict=False):
                if SCALAR not in self._kinds(left):
                    vectors.append(id(self.typing.parts[id(right)]))
        for unknown in self.typing.flat:
            if id(unknown) not in vectors:
                self.typing.ranks.attempt(unknown, ONLY_MATRIX)

    def _keep_losses(self) -> None:
        """The losses of arrays are an array where nothing wants a number."""
        for tree in [tree for tree in self.typing.trees if isinstance(tree, Applied) and is_loss(tree.function)]:
            if any(SCALAR not in self._kinds(argument) for argument in tree.arguments):
                self._attempt(tree, NOT_SCALAR)

    def _smallest(self) -> None:
        typing = self.typing
        inputs = [unknown for name, unknown in typing.names.items() if name not in self.defined]
        lists = [typing.parts[id(tree)] for tree in typing.trees if isinstance(tree, Bracket | Matrix)]
        self._take_smallest([*inputs, *lists])
        self._stars()
        self.typing.undecided |= {
            id(tree)
            for tree in typing.trees
            if isinstance(tree, Applied) and tree.of_vector is not None and len(self._kinds(tree)) > 1
        }
        self._take_smallest([*typing.names.values(), *typing.parts.values()])

    def _stars(self) -> None:
        for product in [product for product in products(self.typing.trees) if product.operator == "*"]:
            if all(SCALAR not in self._kinds(factor) for factor in product.factors):
                self._attempt(product, NOT_SCALAR)

    def _take_smallest(self, unknowns: Iterable[Unknown]) -> None:
        for unknown in unknowns:
            for kind in BY_SIZE:
                if len(unknown.kinds) == 1 or self.typing.ranks.attempt(unknown, frozenset((kind,))):
                    break


def _capitals_of(tree: Applied) -> list[Symbol]:
    """The capitals in the argument of a function of matrices; of a norm if it has the mark F, or if they are all there is."""
    names = [name for argument in tree.arguments for name in _factors(argument)]
    capitals = [name for name in names if is_capital(name.name)]
    if tree.function.name in NORMS or tree.of_entries:
        return capitals if tree.of_entries or len(capitals) == len(names) else []
    wanted = read_signature(tree.function.signature).arguments
    return capitals if any(pattern is not None and len(pattern) == 2 for pattern in wanted) else []


def _factors(tree: Tree) -> Iterator[Symbol]:
    """The names that a sum of products is made of."""
    match tree:
        case Symbol():
            yield tree
        case Sum(terms=parts) | Product(factors=parts):
            for part in parts:
                yield from _factors(part)
        case Transposed(body=part) | Superscript(base=part) | Applied(arguments=(part,)):
            yield from _factors(part)
        case _:
            return


def _is_inverse(tree: Tree) -> bool:
    """`A^{-1}`: of a name it says nothing, of a capital that it is a matrix."""
    return isinstance(tree, Superscript) and tree.exponent == Sum((-1,), (ONE,))
