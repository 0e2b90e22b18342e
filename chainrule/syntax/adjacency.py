r"""Factors side by side that can be read in two ways, so that neither is taken: `2 \frac{1}{2}`, `\frac{dg}{dt}(x)`."""

from chainrule.errors import SyntaxFault
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Derivative,
    Font,
    Name,
    Number,
    Prime,
    Quotient,
    Subscript,
    Sum,
    Superscript,
    Tree,
)

_POINT = (Name, Number, Accent, Font, Subscript, Superscript, Prime)


def is_mixed_number(before: Tree, item: Tree) -> bool:
    r"""`2 \frac{1}{2}`: two and a half, or one. A fraction on the line, `2 (1/2)`, is in brackets and none."""
    match before, item:
        case Number() as whole, Quotient(Number() as above, Number() as below, inline=False):
            return all((number.text or str(number.value)).isdigit() for number in (whole, above, below))
        case _:
            return False


def is_at_point(before: Tree, item: Tree) -> bool:
    r"""`\frac{dg}{dt}(x)`: the derivative at t = x, or times x. `\frac{dg}{dt}(a + b)` is a product."""
    match before, item:
        case Derivative(of=Tree(), by=(_, *_)), Bracket("(", (_, *_) as items):
            return before.symbol != "nabla" and all(map(_is_point, items))
        case _:
            return False


def _is_point(tree: Tree) -> bool:
    match tree:
        case Sum((-1,), (only,)):
            return _is_point(only)
        case _:
            return isinstance(tree, _POINT)


def find_two_readings(before: Tree, item: Tree) -> SyntaxFault | None:
    """The error to raise for the two: `mixed-number`, `derivative-at-point`, `unsupported-notation` for `x mod 2`."""
    if before.span is None or item.span is None:
        raise AssertionError("what is read has a span")
    span = before.span.to(item.span)
    if before == Name("mod") and not isinstance(item, Bracket):
        return SyntaxFault("unsupported-notation", "mod, the remainder of a division, is not known", before.span)
    if is_mixed_number(before, item):
        message = f"{span.text} is a mixed number or a product"
        hint = "write 2 \\cdot \\frac{1}{2} for the product, \\frac{5}{2} for the number"
        return SyntaxFault("mixed-number", message, span, hint)
    if is_at_point(before, item):
        message = f"{span.text} is the derivative at the point {item.span.text} or the derivative times {item.span.text}"
        return SyntaxFault("derivative-at-point", message, span, "write \\cdot for the product, g'(x) for the value at a point")
    return None
