"""How a derivative prints: its rows and columns in numerator and denominator layout. Values and code do not depend on it.

gradient: that of a scalar has the shape of the variable; a Jacobian has its output's dimension first. numerator: the
derivative of a scalar is the transpose of its gradient, a row for a vector. denominator: the derivative of an array is the
transpose of its Jacobian. (Magnus and Neudecker, Matrix Differential Calculus, chapter 9, on the two.)
"""

from chainrule.algebra.matrix_form import transposed_form
from chainrule.algebra.measure import TOP
from chainrule.graph import build
from chainrule.graph.node import Named, Node
from chainrule.graph.walk import leaves
from chainrule.solving.answer import Formula
from chainrule.solving.context import Context, as_formula, tree_formula
from chainrule.solving.parts import rank_of
from chainrule.solving.requests import DerivativeRequest
from chainrule.syntax.parser import Notation
from chainrule.syntax.tree import Bracket, Derivative, Superscript, Tree, transform


def is_turned(request: DerivativeRequest) -> bool:
    """Whether the layout prints the transpose: of first derivatives that are vectors or matrices."""
    if len(request.by) > 1 or request.direction is not None:
        return False
    above, below = rank_of(request.of if request.output is None else request.output), rank_of(request.by[0])
    match request.layout:
        case "gradient":
            return False
        case "numerator":
            return above == 0 and below in (1, 2)
        case "denominator":
            return (above, below) in ((1, 0), (2, 0), (1, 1))


def show(context: Context, request: DerivativeRequest, node: Node) -> Formula:
    """The verified text of a form in the layout of the request. Raises VerificationError."""
    if not is_turned(request):
        return as_formula(context.gate.show(node, axes(request)))
    tree = transposed_form(node, context.gate.spelling)
    upstream = {leaf.symbol for leaf in leaves(build.named("form", node)) if isinstance(leaf, Named) and leaf.shape}
    upstream &= {symbol for symbol in upstream if isinstance(symbol, Derivative)}
    shown = _turned(tree, upstream)
    context.gate.verify(node, _texts(Superscript(Bracket("(", (_turned(shown, upstream),)), TOP)))
    return tree_formula(shown)


def axes(request: DerivativeRequest) -> tuple[tuple[Tree, int], ...]:
    """What the axes of the derivative count, in order: the symbol and how many axes are its."""
    counted = (request.of if request.output is None else request.output, *request.by)
    if request.direction is not None:
        counted = counted[:-1]
    return tuple((each.symbol, rank_of(each)) for each in counted if rank_of(each))


def _turned(tree: Tree, upstream: set[Tree]) -> Tree:
    """The tree with the derivatives in it transposed, as they print in that layout."""

    def turn(part: Tree) -> Tree:
        if part in upstream:
            return Superscript(part, TOP)
        if isinstance(part, Superscript) and part.exponent == TOP and isinstance(part.base, Superscript):
            inner = part.base
            return inner.base if inner.exponent == TOP and inner.base in upstream else part
        return part

    return transform(tree, turn)


def _texts(tree: Tree) -> list[tuple[str, Notation]]:
    formula = tree_formula(tree)
    return [(formula.latex, "latex"), (formula.text, "plain"), (formula.unicode, "plain")]
