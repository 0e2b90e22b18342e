"""The sentence beside the derivative of a product by one of its factors."""

from chainrule.algebra.powers import base_and_exponent, integer
from chainrule.explanation.products import Kind, Piece, ProductName, name_of_product
from chainrule.explanation.words import Mention, Words, filled, listed, noun
from chainrule.graph import build
from chainrule.graph.node import Contract, Node
from chainrule.ops.arithmetic import power

SENTENCES: dict[Kind, str] = {
    "Hadamard product": "{a} and {b} are multiplied entry by entry, so the gradient by {a} is {g} times {b}, entry by entry",
    "transpose": "{a} stands transposed, so the gradient by it is the transpose of {g}",
    "trace": "The trace adds up the diagonal, so the gradient by {a} is {g} times the identity",
    "diagonal": "Only the diagonal of {a} is used, so the gradient by {a} has {g} on its diagonal and zeros elsewhere",
    "diagonal matrix": "{a} stands on the diagonal of a matrix, so the gradient by it is the diagonal of {g}",
    "sum": "Every entry of {a} is one term of the sum, so every entry of the gradient is {g}",
    "sum of the rows": "The rows of {a} are added up, so every row of the gradient is {g}",
    "sum of the columns": "The columns of {a} are added up, so every column of the gradient is {g}",
    "repeated number": "The number {a} is {repeated} every entry, so the derivative by it is the sum of the entries of {g}",
    "repeated row": "{a} is {repeated} every row, so the gradient by it is the sum of the rows of {g}",
    "repeated column": "{a} is {repeated} every column, so the gradient by it is the sum of the columns of {g}",
    "part": "{y} is a part of {a}: that part of the gradient is {g}, and every other entry is zero",
    "product": "In {y} the {d} by {a} is {g} times the other factors, summed over the indices that {a} does not have",
}
"""a: the factor, b: the other one, y: the product, g: the upstream gradient, d: the word gradient or derivative."""

BY_MATRIX = "Each {line} of {a} is multiplied by its entry of {b}, so the gradient by {a} is {g}, its {line}s multiplied alike"
BY_VECTOR = (
    "Each entry of {a} multiplies one {line} of {b}, so the derivative by it is the inner product of that {line} "
    "with the same {line} of {g}"
)
BY_LINE = (
    "Each entry of {y} is the inner product of one {line} of {a} with the same {line} of {b}, so each {line} of the gradient "
    "is that {line} of {b} times its entry of {g}"
)
BY_NUMBER = "In {y} the number {a} multiplies every entry of {b}, so the derivative by it is the inner product of {b} and {g}"


def reason_of_product(node: Contract, k: int, place: Mention, upstream: Words, added: bool) -> Words:
    """Why the derivative by factor k is what it is. place: how the product is mentioned; added: it is a term of a sum."""
    name = name_of_product(node, k)
    factor = node.factors[k]
    if name.kind == "product of numbers" or (name.kind == "number times an array" and factor.shape):
        return _of_factor(build.multiply(*name.numbers), factor, place, upstream)
    if name.kind == "Hadamard product" and _denominator(name.others[0]) is not None:
        return _of_factor(name.others[0], factor, place, upstream)
    if name.kind == "part" or name.kind.startswith("inner products"):
        place = Mention(node, "this")
    said = _of_chain(name, factor, place, upstream) if name.chain else _of_kind(name, factor, place, upstream, added)
    numbers: Words = (", times ", *listed([(Mention(n, "a number"),) for n in name.numbers])) if name.numbers else ()
    return (*said, *numbers, ".")


def _of_kind(name: ProductName, factor: Node, place: Mention, upstream: Words, added: bool) -> Words:
    sentence = SENTENCES.get(name.kind) or _scaled(name, factor)
    if name.kind == "trace" and not upstream:
        sentence = sentence.replace("{g} times ", "")
    return filled(
        sentence,
        a=(Mention(factor, "this factor"),),
        b=_other(name.others[0], factor) if name.others else (),
        y=(place,),
        g=upstream or ("1",),
        d=noun(factor),
        line="row" if name.kind.endswith("rows") else "column",
        repeated="added to" if added else "repeated in",
    )


def _scaled(name: ProductName, factor: Node) -> str:
    if name.kind.startswith("inner products"):
        return BY_LINE
    return BY_NUMBER if name.kind == "number times an array" else BY_MATRIX if len(factor.shape) == 2 else BY_VECTOR


def _other(node: Node, factor: Node) -> Words:
    return ("the other " if node is factor else "", Mention(node, "the other factor"))


def _denominator(node: Node) -> Node | None:
    """d where the node is one over d."""
    base, exponent = base_and_exponent(node)
    value = integer(exponent)
    return power(base, -value) if value is not None and value < 0 else None


def _of_factor(rest: Node, factor: Node, place: Mention, upstream: Words) -> Words:
    """Beside a factor that nothing is summed over for: the rest stays in front, or below."""
    below = _denominator(rest)
    if below is not None:
        sentence = "In the quotient {y} the {d} by {a} is {g} divided by {b}{entrywise}."
    elif upstream:
        sentence = "In {y} with {b} fixed, the {d} by {a} is {b} times {g}."
    else:
        sentence = "In {y} with {b} fixed, the {d} by {a} is {b}."
    return filled(
        sentence,
        y=(place,),
        a=(Mention(factor, "this factor"),),
        b=_other(rest, factor) if below is None else (Mention(below, "the denominator"),),
        d=noun(factor),
        g=upstream or ("1",),
        entrywise=", entry by entry" if rest.shape else "",
    )


def _of_chain(name: ProductName, factor: Node, place: Mention, upstream: Words) -> Words:
    """The gradient as a product of matrices: `A^T` times the upstream gradient times `B^T`."""
    kind = "" if place.manner == "defined" else f"the {name.kind} "
    pieces = [_piece(piece, upstream) for piece in name.chain]
    gradient = [word for i, piece in enumerate(pieces) for word in ((" times ", *piece) if i else piece)]
    if upstream and all(piece.node is not None for piece in name.chain):
        gradient += [", times ", *upstream]
    return filled(
        "In {kind}{y} with {others} fixed, the {d} by {a} is {gradient}",
        kind=kind,
        y=(place,),
        others=listed([_other(other, factor) for other in name.others]),
        d=noun(factor),
        a=(Mention(factor, "this factor"),),
        gradient=tuple(gradient),
    )


def _piece(piece: Piece, upstream: Words) -> Words:
    if piece.node is None:
        return ("the transpose of ", *upstream) if piece.turned else upstream
    if not piece.turned:
        return (Mention(piece.node, "the other factor"),)
    return (Mention(piece.node, "the other factor transposed", "turned"),)
