r"""Products: which of them a sign between two arrays is, as their ranks and sizes tell."""

from typing import TYPE_CHECKING

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.inference.ranks import MATRIX, SCALAR, VECTOR
from chainrule.inference.symbols import span_text
from chainrule.ops.joining import kron
from chainrule.syntax.tree import Product

if TYPE_CHECKING:
    from chainrule.inference.elaborate import Elaborator


def product_node(elaborator: "Elaborator", tree: Product) -> Node:
    """The node of a product, from the left. Raises DimensionClash where sizes do not fit."""
    kind = elaborator.typing.kind
    first, *rest = tree.factors
    if tree.operator in ("*", "cdot") and _is_entrywise(elaborator, tree):
        return build.multiply(*(elaborator.node(factor) for factor in tree.factors))
    result, result_kind = elaborator.node(first), kind(first)
    for factor in rest:
        result, result_kind = _times(tree.operator, result, result_kind, elaborator.node(factor), kind(factor))
    return result


def _is_entrywise(elaborator: "Elaborator", tree: Product) -> bool:
    """Whether a star or a dot between two arrays works entry by entry: a star where that is the rank that was found, both
    between matrices that fit in no other way. Where matrices fit both ways, the matrix product is taken, with a note.
    """
    kinds = [elaborator.typing.kind(part) for part in (*tree.factors, tree)]
    if kinds == [VECTOR, VECTOR, VECTOR]:
        return True
    if kinds != [MATRIX, MATRIX, MATRIX]:
        return False
    left, right = ([elaborator.dimensions.settle(d) for d in elaborator.node(f).shape] for f in tree.factors)
    if left != right:
        return False
    if elaborator.dimensions.can_unify(left[1], right[0]):
        if left[0] == left[1] and (tree.operator == "cdot" or _is_latex(tree)):
            message = f"{span_text(tree.span)} is read as the matrix product"
            elaborator.note("matrix-product", message, tree, "write \\odot or .* for the product entry by entry")
        return False
    message = f"{span_text(tree.span)} is read entry by entry: as a matrix product the sizes do not fit"
    elaborator.note("elementwise-product", message, tree, "write A B^\\top or A^\\top B for a matrix product")
    return True


def _is_latex(tree: Product) -> bool:
    """Whether a star stands in LaTeX, where it is no sign of a matrix language."""
    return tree.span is not None and "\\" in tree.span.source.text


def _times(operator: str, left: Node, left_kind: str, right: Node, right_kind: str) -> tuple[Node, str]:
    """The product of two, with the kind of the result."""
    if operator == "inner":
        return build.inner(left, right), SCALAR
    if operator == "odot" or SCALAR in (left_kind, right_kind):
        return build.multiply(left, right), right_kind if left_kind == SCALAR else left_kind
    if operator == "otimes" and left_kind == MATRIX:
        return kron(left, right), MATRIX
    if operator == "otimes" or (left_kind == VECTOR and right_kind not in (VECTOR, MATRIX)):
        return build.outer(left, right), MATRIX
    kinds = {(MATRIX, MATRIX): MATRIX, (MATRIX, VECTOR): VECTOR}
    result = kinds.get((left_kind, right_kind), left_kind if right_kind == MATRIX else SCALAR)
    return build.matmul(left, right), result
