"""Why a derivative along a direction, by a symmetric matrix or in another layout is what it is: the sentence of its step."""

from collections.abc import Mapping

from chainrule.solving.requests import DerivativeRequest, Layout, Symmetry

SYMMETRY_REASONS: Mapping[Symmetry, str] = {
    "project": "The matrix moves among symmetric ones, so its gradient is the symmetric part (G + G^T)/2 of the gradient G "
    "whose entries move freely.",
    "free entries": "An entry off the diagonal stands in two places and what both contribute adds up; one on the diagonal "
    "stands in one: G + G^T - I .* G, G being the gradient whose entries move freely.",
}
SYMMETRY_CONVENTIONS: Mapping[Symmetry, str] = {
    "project": "the variable is symmetric: (G + G^T)/2 of the gradient G whose entries move freely",
    "free entries": "the variable is symmetric, and its entries on and above the diagonal are free: G + G^T - I .* G of the "
    "gradient G whose entries move freely",
}
SIMPLEX_REASON = "The entries keep their sum, so the mean of the gradient G is taken from each entry: G - mean(G) sums to 0."
SIMPLEX_CONVENTION = "projected onto the simplex: G - mean(G) of the gradient G whose entries move freely; it sums to 0"
LAYOUT_REASONS: Mapping[Layout, str] = {
    "numerator": "In numerator layout a scalar has a derivative that is the transpose of its gradient.",
    "denominator": "In denominator layout the derivative of an array is the transpose of its Jacobian.",
}
LAYOUT_CONVENTIONS: Mapping[Layout, str] = {
    "numerator": "numerator layout: the derivative of a scalar is printed as the transpose of its gradient, which is the value",
    "denominator": "denominator layout: the derivative of an array is printed as the transpose of its Jacobian, which is the "
    "value",
}


def direction_reason(request: DerivativeRequest) -> str:
    """How the product with the direction is found."""
    if request.is_hvp:
        return (
            "The Hessian times a direction is the gradient of the inner product of the gradient and the direction, "
            "which is held fixed: no Hessian is made."
        )
    if request.of.shape or len(request.by) > 1:
        return "The direction is carried forward through every operation, in which it is multiplied by the local derivative."
    return "Along a direction the derivative is the inner product of the gradient and the direction."
