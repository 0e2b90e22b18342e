"""Where declarations and use leave a rank open, what people mean: tried in this order, each kept only if everything still fits.

0. What is differentiated, and what is called like a loss, is a scalar.
   What is summed, normalised or taken the norm of is none.
1. A power is taken of a scalar (a square of a vector is not guessed).
2. What is transposed is a vector if its letter is small, a matrix if it is a capital. A capital to the power -1 is a matrix.
3. A bold small letter and a bold number are vectors, a bold capital is a matrix.
4. A capital to the left of something that can be a vector or a matrix, or to the right of a vector or a row, is a matrix,
   but not in what something is divided by, `N p`.
   A bracket of one row (or a list of lists of one column) is a matrix, but not where it is transposed or to the right of
   an array.
   In a matrix with an array among its entries a capital is a matrix. In a list to the right of a matrix, `W [h, x]`, names of
   different letters are vectors, and the list is one below the other.
5. Nobody writes a scalar to the right of a matrix or a row: what stands there is a vector or a matrix. Both sides of an
   elementwise product have one shape, and a name that is added to an array has its shape.
6. Everything still open has the smallest rank that fits, inputs and lists first.

What 2 to 4 decided about a name is told to the reader in a note.
"""

from collections.abc import Iterable, Iterator
from typing import TypeGuard

from chainrule.errors import Diagnostic
from chainrule.inference.constrain import Typing
from chainrule.inference.lists import column_of
from chainrule.inference.literals import ONE
from chainrule.inference.ranks import BY_SIZE, MATRIX, ROW, SCALAR, VECTOR, RankClash, Unknown
from chainrule.inference.resolved import Applied, Barred, Filled, Indexed, Transposed
from chainrule.inference.symbols import Symbol, is_bold, is_capital, letter, span_text
from chainrule.syntax.tree import Bracket, Matrix, Name, Number, Product, Quotient, Sum, Superscript, Tree, walk

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
    return [
        *(_note(name, kind) for name, kind in guesses.items()),
        *_powers_of_vectors(typing),
        *_bare_products(typing),
        *_determinants(typing),
        *_added_scalars(typing),
        *_batches(typing),
    ]


def _batches(typing: Typing) -> list[Diagnostic]:
    """A note for each array whose elements under one index are vectors: they are its rows."""
    found: dict[Tree, Indexed] = {}
    for tree in typing.trees:
        if isinstance(tree, Indexed) and isinstance(tree.body, Symbol) and None not in tree.places and typing.kind(tree) == VECTOR:
            found.setdefault(tree.body.name, tree)
    message = "{} is read as a vector, a row of the array {}"
    hint = "declare it, \\in \\mathbb{R}, where it is a number"
    return [
        Diagnostic("note", "batch-of-vectors", message.format(span_text(t.span), span_text(t.body.span)), t.span, hint)
        for t in found.values()
    ]


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
    powers = [tree for tree in typing.trees if _is_power(tree) and not _is_inverse(tree)]
    for tree in sorted(powers, key=lambda tree: isinstance(tree.base, Symbol)):
        if not (isinstance(tree.base, Symbol) and is_capital(tree.base.name)):
            typing.ranks.attempt(typing.parts[id(tree.base)], frozenset((SCALAR,)))


def _bare_products(typing: Typing) -> list[Diagnostic]:
    """A note for each product of two vectors written side by side: it is read as the inner product."""
    found: list[Diagnostic] = []
    for product in _products(typing.trees):
        for left, right in zip(product.factors, product.factors[1:], strict=False):
            if typing.kind(left) == typing.kind(right) == VECTOR and product.span is not None:
                entrywise = product.operator == "*" and typing.kind(product) == VECTOR
                how = "entry by entry" if entrywise else "with an inner product of two vectors"
                message = f"{span_text(product.span)} is read {how}"
                hint = "write \\odot or .* for the product entry by entry, a^\\top b for the inner product"
                found.append(Diagnostic("note", "inner-product", message, product.span, hint))
    return found


def _added_scalars(typing: Typing) -> list[Diagnostic]:
    """A note for each scalar that a sum adds to every entry of an array; a warning where it is itself a product of arrays."""
    found: list[Diagnostic] = []
    for tree in [tree for tree in typing.trees if isinstance(tree, Sum) and typing.kind(tree) != SCALAR]:
        for term in [term for term in tree.terms if typing.kind(term) == SCALAR and not isinstance(term, Number)]:
            message = f"{span_text(term.span)} is a scalar and is added to every entry of the array in {span_text(tree.span)}"
            arrays = any(id(part) in typing.parts and typing.kind(part) != SCALAR for part in walk(term))
            severity = "warning" if arrays else "note"
            found.append(Diagnostic(severity, "scalar-added", message, term.span, "write \\mathbf{1} times it to say so"))
    return found


def _determinants(typing: Typing) -> list[Diagnostic]:
    """A note for each pair of bars around a matrix."""
    found = [t for t in typing.trees if isinstance(t, Barred) and typing.kind(t.body) == MATRIX]
    hint = "write abs(X) for the absolute values of the entries"
    return [
        Diagnostic("note", "determinant", f"{span_text(t.span)} is read as the determinant of a matrix", t.span, hint)
        for t in found
    ]


def _decide(typing: Typing, defined: frozenset[Tree], scalars: tuple[Tree, ...]) -> dict[Tree, str]:
    """The rules in order; what 2 to 4 guessed."""
    guesses: dict[Tree, str] = {}
    for name in (name for name in scalars if name in typing.names):
        typing.ranks.attempt(typing.name(name), frozenset((SCALAR,)))
    _prefer_by_operation(typing)
    for tree in typing.trees:
        body = tree.body if isinstance(tree, Transposed) else None
        if isinstance(body, Symbol) and body.name not in defined:
            _guess(typing, body.name, MATRIX if is_capital(body.name) else VECTOR, guesses)
        elif isinstance(body, Indexed):
            typing.ranks.attempt(typing.parts[id(body)], frozenset((VECTOR,)))
        elif isinstance(body, Sum):
            # `(x - \mu)^\top`: the names get the rank of the whole by rule 5.
            large = any(isinstance(part, Symbol) and is_capital(part.name) for part in walk(body))
            typing.ranks.attempt(typing.parts[id(body)], NOT_SCALAR if large else frozenset((VECTOR,)))
    for tree in typing.trees:
        if _is_inverse(tree) and isinstance(tree.base, Symbol) and is_capital(tree.base.name) and tree.base.name not in defined:
            _guess(typing, tree.base.name, MATRIX, guesses)
    for tree in typing.trees:
        if isinstance(tree, Filled):
            typing.ranks.attempt(typing.parts[id(tree)], frozenset((VECTOR,)))
        elif isinstance(tree, Product) and any(isinstance(f, Filled) and f.kind == "identity" for f in tree.factors):
            for factor in tree.factors:  # `\\lambda I`
                if isinstance(factor, Symbol) and not is_capital(factor.name) and not is_bold(factor.name):
                    typing.ranks.attempt(typing.parts[id(factor)], frozenset((SCALAR,)))
    for name in [n for n in typing.names if n not in defined and is_bold(n)]:
        _guess(typing, name, MATRIX if is_capital(name) else VECTOR, guesses)
    divisors = {id(tree.denominator) for tree in typing.trees if isinstance(tree, Quotient)}
    for product in [product for product in _products(typing.trees) if id(product) not in divisors]:
        for left, right in zip(product.factors, product.factors[1:], strict=False):
            follows = typing.parts[id(right)].kinds & {VECTOR, MATRIX}
            if follows and isinstance(left, Symbol) and is_capital(left.name) and left.name not in defined:
                _guess(typing, left.name, MATRIX, guesses)
            before = typing.parts[id(left)].kinds
            if (before <= {VECTOR, ROW} or product.operator == "@") and isinstance(right, Symbol) and is_capital(right.name) and right.name not in defined:
                _guess(typing, right.name, MATRIX, guesses)
    _join_entries(typing, defined, guesses)
    _keep_brackets(typing)
    _fill_neighbours(typing)
    _fill_reduced(typing, defined)
    inputs = [unknown for name, unknown in typing.names.items() if name not in defined]
    lists = [typing.parts[id(tree)] for tree in typing.trees if isinstance(tree, Bracket | Matrix)]
    for unknown in [*inputs, *lists, *typing.names.values(), *typing.parts.values()]:
        for kind in BY_SIZE:
            if len(unknown.kinds) == 1 or typing.ranks.attempt(unknown, frozenset((kind,))):
                break
    return guesses


def _is_power(tree: Tree) -> TypeGuard[Superscript]:
    return isinstance(tree, Superscript) and tree.operator == "^"


def _is_inverse(tree: Tree) -> TypeGuard[Superscript]:
    """`A^{-1}`: of a name it says nothing, of a capital that it is a matrix."""
    return isinstance(tree, Superscript) and tree.exponent == Sum((-1,), (ONE,))


def _products(trees: Iterable[Tree]) -> list[Product]:
    return [tree for tree in trees if isinstance(tree, Product) and tree.operator in ("", "@", "*", "times")]


def _join_entries(typing: Typing, defined: frozenset[Tree], guesses: dict[Tree, str]) -> None:
    """The entries of lists and matrices that are arrays."""
    for tree in [tree for tree in typing.trees if isinstance(tree, Matrix)]:
        entries = [entry for row in tree.rows for entry in row]
        if any(SCALAR not in typing.parts[id(entry)].kinds for entry in entries):
            for entry in entries:
                if isinstance(entry, Symbol) and is_capital(entry.name) and entry.name not in defined:
                    _guess(typing, entry.name, MATRIX, guesses)
    for product in _products(typing.trees):
        for left, right in zip(product.factors, product.factors[1:], strict=False):
            names = column_of(right)
            if typing.parts[id(left)].kinds == frozenset((MATRIX,)) and len({letter(name) for name in names}) > 1:
                for name in names:
                    _guess(typing, name, VECTOR, guesses)


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
            if isinstance(tree, Product) and tree.operator in ("", "@", "*", "times", "odot"):
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


def _fill_reduced(typing: Typing, defined: frozenset[Tree]) -> None:
    """`sum(y * log(p + eps))`: the names in what is summed are arrays, all of them, but for small Greek letters and eps."""
    for tree in [tree for tree in typing.trees if isinstance(tree, Applied) and not tree.function.elementwise]:
        for argument in tree.arguments:
            if typing.parts[id(argument)].kinds == frozenset((MATRIX,)):
                continue
            for name in _entrywise_names(argument):
                if name not in defined and not _is_parameter(name):
                    typing.ranks.attempt(typing.name(name), frozenset((VECTOR,)))


def _entrywise_names(tree: Tree) -> Iterator[Tree]:
    """The names that an expression works on entry by entry."""
    match tree:
        case Symbol(name=name):
            yield name
        case Sum(terms=parts) | Product(operator="*" | "odot", factors=parts):
            for part in parts:
                yield from _entrywise_names(part)
        case Quotient(numerator=above, denominator=below):
            yield from (*_entrywise_names(above), *_entrywise_names(below))
        case Superscript(base=base):
            yield from _entrywise_names(base)
        case Bracket(items=(item,)):
            yield from _entrywise_names(item)
        case Applied(function=function, arguments=parts) if function.elementwise:
            for part in parts:
                yield from _entrywise_names(part)
        case _:
            return


def _is_parameter(name: Tree) -> bool:
    """Whether a name is called like a number that is chosen: \\epsilon, \\lambda, eps."""
    base = letter(name)
    return isinstance(base, Name) and (base.text.startswith("\\") or base.text in ("eps", "epsilon"))


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
    whole = typing.parts[id(tree)].kinds
    if SCALAR not in whole:
        # `\|y - \hat{y}\|`: what is added in an array is an array, but for numbers.
        names = [typing.parts[id(term)] for term in tree.terms if isinstance(term, Symbol | Indexed)]
        narrowed = [_narrow(typing, name, whole) for name in names]
        if any(narrowed):
            return True
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
