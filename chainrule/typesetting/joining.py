"""Two factors side by side: when they would run together, and when they read as a function and its argument."""

from chainrule.syntax.adjacency import is_at_point, is_mixed_number
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Derivative,
    Font,
    Name,
    Number,
    Prime,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
)

_MARKED = Name | Accent | Font | Prime | Subscript | Superscript
DIGITS = tuple("0123456789")
OPENING = ("(", "[", "\\left(", "\\left[")


def needs_dot(left: Tree, right: Tree, left_text: str, right_text: str) -> bool:
    """Must a product sign stand between: `2 3`, `x 2`, and `q (x + 1)` with parentheses that the printer added."""
    if is_mixed_number(left, right) or is_at_point(left, right):
        return True
    if isinstance(_first(right), Number) or (left_text[-1:] in DIGITS and right_text[:1] in DIGITS):
        return True
    return right_text.startswith(OPENING) and not isinstance(_first(right), Bracket) and _is_callable(left)


def is_applied(left: Tree, right: Tree, indexes: bool) -> bool:
    """Are they written without a space, as `f(x)`? As in the person's text; touching where nobody wrote them.

    indexes: a square bracket that touches a name would be a subscript.
    """
    if is_indicator(left, right):
        return True
    bracket = _first(right)
    if not isinstance(bracket, Bracket) or bracket.kind not in ("(", "[", "{") or (bracket.kind == "[" and indexes):
        return False
    if left.span is None or right.span is None:
        return _is_callable(left) and not isinstance(left, Derivative)
    return isinstance(left, _MARKED) and right.span.start <= left.span.end


def has_bar(text: str) -> bool:
    """Stands a bar in it outside of all its brackets, where it could be taken for half of a pair?"""
    depth = 0
    for character in text:
        depth += (character in "([{⟨") - (character in ")]}⟩")
        if character in "|‖" and not depth:
            return True
    return False


def is_indicator(left: Tree, right: Tree | None) -> bool:
    r"""`\mathbb{1}[n > 0]`, in plain text `1[n > 0]`: 1 where the relation holds, else 0."""
    match left, right:
        case Font("mathbb", Number(value)), Bracket("[", (Relation(),)):
            return value == 1
        case _:
            return False


def _first(tree: Tree) -> Tree:
    """What stands first in the print of a factor."""
    while isinstance(tree, Superscript | Subscript | Prime):
        tree = tree.base
    return tree


def _is_callable(tree: Tree) -> bool:
    """Would a reader take parentheses after it for an argument? Not after a transpose or an inverse."""
    match tree:
        case Superscript(_, Name("\\top" | "T") | Number(-1) | Sum((-1,), (Number(1) | Name("\\top" | "T"),))):
            return False
        case _:
            return isinstance(tree, _MARKED | Derivative)
