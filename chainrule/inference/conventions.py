"""Where declarations and use leave a rank open, what people mean: tried in this order, each kept only if everything still fits.

0. What is differentiated, and what is called like a loss, is a scalar.
   What is summed, normalised or taken the norm of is none.
1. A power is taken of a scalar (a square of a vector is not guessed).
2. What is transposed is a vector if its letter is small, a matrix if it is a capital.
3. A bold small letter and a bold number are vectors, a bold capital is a matrix.
4. A capital to the left of something that can be a vector or a matrix, or to the right of a vector or a row, is a matrix.
   A bracket of one row (or a list of lists of one column) is a matrix, but not where it is transposed or to the right of
   an array.
5. Nobody writes a scalar to the right of a matrix or a row: what stands there is a vector or a matrix. Both sides of an
   elementwise product have one shape, and a name that is added to an array has its shape.
6. Everything still open has the smallest rank that fits, inputs and lists first.

What 2 to 4 decided about a name is told to the reader in a note.
"""

from collections.abc import Iterable
from typing import TypeGuard

from chainrule.errors import Diagnostic
from chainrule.inference.constrain import Typing
from chainrule.inference.ranks import BY_SIZE, MATRIX, ROW, SCALAR, VECTOR, RankClash, Unknown
from chainrule.inference.resolved import Applied, Filled, Transposed
from chainrule.inference.symbols import Symbol, is_bold, is_capital, span_text
from chainrule.syntax.tree import Bracket, Matrix, Product, Quotient, Sum, Superscript, Tree

NOT_SCALAR = frozenset((VECTOR, ROW, MATRIX))


def settle(typing: Typing, defined: frozenset[Tree], scalars: Iterable[Tree] = ()) -> list[Diagnostic]:
    """Decide every rank that is open. `defined`: names with a definition, whose rank follows from it;
    `scalars`: those that rule 0 speaks of. Returns the notes.

    Raises RankClash where nothing fits everywhere.
    """
    ranks = typing.ranks
    mark = ranks.mark()
    wanted = tuple(scalars)
    guesses = _decide(typing, defined, wanted)
    if ranks.is_open():
        # What was guessed fitted each place alone, but not all places together: only what does is guessed now.
        ranks.forget(mark)
        if not ranks.solvable():
            raise RankClash(next(u.constraints[-1] for u in ranks.unknowns if len(u.kinds) > 1 and u.constraints))
        ranks.searching = True
        guesses = _decide(typing, defined, wanted)
        ranks.searching = False
    return [*(_note(name, kind) for name, kind in guesses.items()), *_powers_of_vectors(typing), *_bare_products(typing)]


def _powers_of_vectors(typing: Typing) -> list[Diagnostic]:
    """A warning for each: the square of a vector may have been meant as a sum."""
    message = "{} is a power of a vector and is read entry by entry"
    hint = "write \\|v\\|^2 for the sum of the squares, or v \\odot v for the squares of the entries"
    found = [t for t in typing.trees if _is_power(t) and typing.kind(t.base) == VECTOR]
    return [Diagnostic("warning", "power-of-vector", message.format(span_text(t.span)), t.span, hint) for t in found]


def _prefer_by_operation(typing: Typing) -> None:
    """Sums, norms and their like are of arrays, powers of scalars."""
    for tree in typing.trees:
        if isinstance(tree, Applied) and not tree.function.elementwise:
            for argument in tree.arguments:
                typing.ranks.attempt(typing.parts[id(argument)], NOT_SCALAR)
    powers = [tree for tree in typing.trees if _is_power(tree)]
    for tree in sorted(powers, key=lambda tree: isinstance(tree.base, Symbol)):
        if not (isinstance(tree.base, Symbol) and is_capital(tree.base.name)):
            typing.ranks.attempt(typing.parts[id(tree.base)], frozenset((SCALAR,)))


def _bare_products(typing: Typing) -> list[Diagnostic]:
    """A note for each product of two vectors written side by side: it is read as the inner product."""
    found: list[Diagnostic] = []
    for product in _products(typing.trees):
        for left, right in zip(product.factors, product.factors[1:], strict=False):
            if typing.kind(left) == typing.kind(right) == VECTOR and product.span is not None:
                message = f"{span_text(product.span)} is read with an inner product of two vectors"
                hint = "write \\odot for the product entry by entry"
                found.append(Diagnostic("note", "inner-product", message, product.span, hint))
    return found


def _decide(typing: Typing, defined: frozenset[Tree], scalars: tuple[Tree, ...]) -> dict[Tree, str]:
    """The rules in order; what 2 to 4 guessed."""
    guesses: dict[Tree, str] = {}
    for name in (name for name in scalars if name in typing.names):
        typing.ranks.attempt(typing.name(name), frozenset((SCALAR,)))
    _prefer_by_operation(typing)
    for tree in typing.trees:
        if isinstance(tree, Transposed) and isinstance(tree.body, Symbol) and tree.body.name not in defined:
            _guess(typing, tree.body.name, MATRIX if is_capital(tree.body.name) else VECTOR, guesses)
    for tree in typing.trees:
        if isinstance(tree, Filled):
            typing.ranks.attempt(typing.parts[id(tree)], frozenset((VECTOR,)))
    for name in [n for n in typing.names if n not in defined and is_bold(n)]:
        _guess(typing, name, MATRIX if is_capital(name) else VECTOR, guesses)
    for product in _products(typing.trees):
        for left, right in zip(product.factors, product.factors[1:], strict=False):
            follows = typing.parts[id(right)].kinds & {VECTOR, MATRIX}
            if follows and isinstance(left, Symbol) and is_capital(left.name) and left.name not in defined:
                _guess(typing, left.name, MATRIX, guesses)
            before = typing.parts[id(left)].kinds
            if before <= {VECTOR, ROW} and isinstance(right, Symbol) and is_capital(right.name) and right.name not in defined:
                _guess(typing, right.name, MATRIX, guesses)
    _keep_brackets(typing)
    _fill_neighbours(typing)
    inputs = [unknown for name, unknown in typing.names.items() if name not in defined]
    lists = [typing.parts[id(tree)] for tree in typing.trees if isinstance(tree, Bracket | Matrix)]
    for unknown in [*inputs, *lists, *typing.names.values(), *typing.parts.values()]:
        for kind in BY_SIZE:
            if len(unknown.kinds) == 1 or typing.ranks.attempt(unknown, frozenset((kind,))):
                break
    return guesses


def _is_power(tree: Tree) -> TypeGuard[Superscript]:
    return isinstance(tree, Superscript) and tree.operator == "^"


def _products(trees: Iterable[Tree]) -> list[Product]:
    return [tree for tree in trees if isinstance(tree, Product) and tree.operator == ""]


def _keep_brackets(typing: Typing) -> None:
    vectors = [id(typing.parts[id(tree.body)]) for tree in typing.trees if isinstance(tree, Transposed)]
    for product in _products(typing.trees):
        for left, right in zip(product.factors, product.factors[1:], strict=False):
            if SCALAR not in typing.parts[id(left)].kinds:
                vectors.append(id(typing.parts[id(right)]))
    for unknown in typing.flat:
        if id(unknown) not in vectors:
            typing.ranks.attempt(unknown, frozenset((MATRIX,)))


def _fill_neighbours(typing: Typing) -> None:
    """Rule 5, as long as it decides something: what is decided in one place may decide the next."""
    changed = True
    while changed:
        changed = False
        for tree in typing.trees:
            if isinstance(tree, Product) and tree.operator in ("", "odot"):
                changed |= _fill_product(typing, tree)
            elif isinstance(tree, Sum):
                changed |= _fill_sum(typing, tree)
            elif isinstance(tree, Quotient) and tree.operator == "./":
                changed |= _fill_entrywise(typing, typing.parts[id(tree.numerator)], typing.parts[id(tree.denominator)])


def _fill_product(typing: Typing, product: Product) -> bool:
    changed = False
    for left, right in zip(product.factors, product.factors[1:], strict=False):
        before, after = typing.parts[id(left)], typing.parts[id(right)]
        if product.operator == "odot":
            changed |= _fill_entrywise(typing, before, after)
        elif SCALAR not in before.kinds and before.kinds <= {MATRIX, ROW}:
            changed |= _narrow(typing, after, NOT_SCALAR)
            if not (isinstance(right, Symbol) and is_capital(right.name)):
                changed |= _narrow(typing, after, frozenset((VECTOR,)))
    return changed


def _fill_entrywise(typing: Typing, left: Unknown, right: Unknown) -> bool:
    """Both sides of an elementwise operation have one shape."""
    changed = False
    for one, other in ((left, right), (right, left)):
        if SCALAR not in one.kinds:
            changed |= _narrow(typing, other, one.kinds)
    return changed


def _fill_sum(typing: Typing, tree: Sum) -> bool:
    """A bias has the shape of what it is added to, or of the sum."""
    terms = [typing.parts[id(term)] for term in tree.terms]
    everything = [*terms, typing.parts[id(tree)]]
    decided = [part.kinds for part in everything if len(part.kinds) == 1 and SCALAR not in part.kinds]
    narrowed = [_narrow(typing, term, decided[0]) for term in terms] if decided else []
    return any(narrowed)


def _narrow(typing: Typing, unknown: Unknown, kinds: frozenset[str]) -> bool:
    before = unknown.kinds
    return len(before) > 1 and not before <= kinds and typing.ranks.attempt(unknown, kinds) and unknown.kinds != before


def _guess(typing: Typing, name: Tree, kind: str, guesses: dict[Tree, str]) -> None:
    unknown = typing.name(name)
    if len(unknown.kinds) > 1 and typing.ranks.attempt(unknown, frozenset((kind,))):
        guesses[name] = kind


def _note(name: Tree, kind: str) -> Diagnostic:
    message = f"{span_text(name.span) or 'a name'} is read as a {kind}, by the way it is written"
    return Diagnostic("note", "assumed-shape", message, name.span, "declare its shape to say otherwise")
