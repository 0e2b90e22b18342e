"""What is told to the reader once all ranks are known: readings that somebody may have meant otherwise."""

from collections.abc import Container, Mapping

from chainrule.errors import Diagnostic
from chainrule.inference.constrain import Typing, is_loss
from chainrule.inference.neighbours import is_power, is_reduction, products
from chainrule.inference.ranks import MATRIX, SCALAR, VECTOR
from chainrule.inference.resolved import Applied, Barred, Indexed, Transposed
from chainrule.inference.symbols import Symbol, is_capital, span_text
from chainrule.syntax.tree import Number, Sum, Tree, walk

OF_MATRICES = frozenset(("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh"))
"""Functions that are defined for whole matrices too. tanh is left out: in networks it is an activation."""


def rank_notes(typing: Typing, guesses: Mapping[Tree, str], free: Container[Tree]) -> list[Diagnostic]:
    """The notes. `guesses`: the names whose rank was taken from the way they are written;
    `free`: the inputs whose rank nothing else told."""
    return [
        *(_note(name, kind) for name, kind in guesses.items()),
        *_powers_of_vectors(typing),
        *_bare_products(typing),
        *_determinants(typing),
        *_added_scalars(typing),
        *_batches(typing),
        *_primes(typing),
        *_functions_of_matrices(typing),
        *_added_names(typing, free),
        *_summed_losses(typing),
    ]


def _powers_of_vectors(typing: Typing) -> list[Diagnostic]:
    """A warning for each that is not in a sum or a mean: the square of a vector may have been meant as one."""
    message = "{} is a power of a vector and is read entry by entry"
    hint = "write \\|v\\|^2 for the sum of the squares, or v \\odot v for the squares of the entries"
    reduced = {id(part) for tree in typing.trees if is_reduction(tree) for part in walk(tree)}
    found = [t for t in typing.trees if is_power(t) and typing.kind(t.base) == VECTOR and id(t) not in reduced]
    return [Diagnostic("warning", "power-of-vector", message.format(span_text(t.span)), t.span, hint) for t in found]


def _bare_products(typing: Typing) -> list[Diagnostic]:
    """A note for each product of two vectors written side by side: it is read as the inner product."""
    found: list[Diagnostic] = []
    for product in products(typing.trees):
        for left, right in zip(product.factors, product.factors[1:], strict=False):
            if typing.kind(left) == typing.kind(right) == VECTOR and product.span is not None:
                entrywise = product.operator == "*" and typing.kind(product) == VECTOR
                how = "entry by entry" if entrywise else "with an inner product of two vectors"
                message = f"{span_text(product.span)} is read {how}"
                hint = "write \\odot or .* for the product entry by entry, a^\\top b for the inner product"
                found.append(
                    Diagnostic("note", "elementwise-product" if entrywise else "inner-product", message, product.span, hint)
                )
    return found


def _determinants(typing: Typing) -> list[Diagnostic]:
    """A note for each pair of bars around a matrix."""
    found = [t for t in typing.trees if isinstance(t, Barred) and typing.kind(t.body) == MATRIX]
    hint = "write abs(X) for the absolute values of the entries"
    return [
        Diagnostic("note", "determinant", f"{span_text(t.span)} is read as the determinant of a matrix", t.span, hint)
        for t in found
    ]


def _primes(typing: Typing) -> list[Diagnostic]:
    """A note for each prime that is read as a transpose: in LaTeX it is more often part of a name. In plain text it is not."""
    found = [t for t in typing.trees if isinstance(t, Transposed) and t.of_prime and typing.kind(t.body) != SCALAR]
    message = "{} is nowhere defined and is read as a transpose"
    hint = "write ^\\top, or define the name"
    return [
        Diagnostic("note", "prime-is-transpose", message.format(span_text(t.span)), t.span, hint)
        for t in found
        if t.span is not None and "\\" in t.span.source.text
    ]


def _functions_of_matrices(typing: Typing) -> list[Diagnostic]:
    """A note for each function that is taken entry by entry where there is a function of matrices too. Not in plain text."""
    found = [t for t in typing.trees if isinstance(t, Applied) and t.function.name in OF_MATRICES and typing.kind(t) == MATRIX]
    hint = "the functions of whole matrices are written expm, sinm, cosm; chainrule has no logm and no sqrtm"
    return [
        Diagnostic("note", "elementwise-function", f"{span_text(t.span)} is taken entry by entry of a matrix", t.span, hint)
        for t in found
        if t.span is not None and "\\" in t.span.source.text
    ]


def _added_names(typing: Typing, free: Container[Tree]) -> list[Diagnostic]:
    """A note for each small letter that is a matrix only because it is added to one: a bias of each column may be meant."""
    found: dict[Tree, tuple[Symbol, Sum]] = {}
    for tree in [tree for tree in typing.trees if isinstance(tree, Sum) and typing.kind(tree) == MATRIX]:
        for term in tree.terms:
            if isinstance(term, Symbol) and term.name in free and typing.kind(term) == MATRIX and not is_capital(term.name):
                found.setdefault(term.name, (term, tree))
    hint = r"write b \mathbf{1}^\top or \mathbf{1} b^\top for a vector that is added to every column or row"
    message = "{} is read as a matrix of the shape of {}"
    return [
        Diagnostic("note", "added-matrix", message.format(span_text(t.span), span_text(tree.span)), t.span, hint)
        for t, tree in found.values()
    ]


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


def _summed_losses(typing: Typing) -> list[Diagnostic]:
    """A note for each loss of entries that is the sum over them."""
    found = [t for t in typing.trees if isinstance(t, Applied) and is_loss(t.function) and typing.kind(t) == SCALAR]
    message = "{} is read as the sum over all entries"
    hint = "write mean(..) of it for the mean"
    return [
        Diagnostic("note", "summed-loss", message.format(span_text(t.span)), t.span, hint)
        for t in found
        if any(typing.kind(argument) != SCALAR for argument in t.arguments)
    ]


def _batches(typing: Typing) -> list[Diagnostic]:
    """A note for each array whose elements under one index are vectors: they are its rows."""
    found: dict[Tree, Indexed] = {}
    for tree in typing.trees:
        if not isinstance(tree, Indexed) or not isinstance(tree.body, Symbol):
            continue
        if None not in tree.places and typing.kind(tree) == VECTOR:
            found.setdefault(tree.body.name, tree)
    message = "{} is read as a vector, a row of the array {}"
    hint = "declare it, \\in \\mathbb{R}, where it is a number"
    return [
        Diagnostic("note", "batch-of-vectors", message.format(span_text(t.span), span_text(t.body.span)), t.span, hint)
        for t in found.values()
    ]


def _note(name: Tree, kind: str) -> Diagnostic:
    message = f"{span_text(name.span) or 'a name'} is read as a {kind}, by the way it is written"
    return Diagnostic("note", "assumed-shape", message, name.span, "declare its shape to say otherwise")
