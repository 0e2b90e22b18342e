r"""What a pair of brackets or bars means: a group, a list, an absolute value, a norm, an inner product."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.literals import ONE, TWO
from chainrule.inference.resolved import Applied, Barred
from chainrule.inference.symbols import could_be_name, is_capital, span_text
from chainrule.syntax.tree import Bracket, Name, Number, Product, Relation, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

ORDERS: Mapping[Tree, str] = {
    TWO: "norm",
    Name("F"): "norm",
    Name("Fro"): "norm",
    ONE: "norm1",
    Name("\\infty"): "norm_inf",
}
LARGEST = (Name("\\max"), Name("max"))
MATRIX_NORMS = (Name("*"), Name("\\ast"), Name("op"), Name("2,1"), Name("\\sigma"), Name("nuc"), Name("spec"))


def read_bracket(reader: "Reader", tree: Bracket) -> Tree:
    """A group, a list, an absolute value, a norm, an inner product."""
    if tree.kind == "||":
        return read_norm(reader, tree, ())
    items = tuple(reader.read(item) for item in tree.items)
    if len(items) == 1 and isinstance(tree.items[0], Relation):
        return items[0]
    if tree.kind == "|" and len(items) == 1:
        # Formulas of our own have `|X|` for the absolute values of the entries of a matrix, and `\\det` for the determinant.
        of_text = reader.strict or reader.barred
        return Barred(*items, span=tree.span) if of_text else Applied(reader.operation("abs"), items, span=tree.span)
    if tree.kind == "<" and len(items) == 2:
        return Product("inner", items, span=tree.span)
    if tree.kind in "({" and len(items) == 1:
        return items[0]
    if tree.kind in "([" and items:
        return Bracket("[", items, tree.separators, span=tree.span)
    raise SyntaxFault("unreadable-bracket", f"chainrule cannot compute with {span_text(tree.span)}", tree.span)


def read_norm(reader: "Reader", bracket: Bracket, which: tuple[Tree, ...]) -> Tree:
    """The norm that the subscript `which` behind the bars names. Raises SyntaxFault `unsupported-norm`."""
    inside = tuple(reader.read(item) for item in bracket.items)
    order = which[0] if which else TWO
    if len(inside) != 1 or len(which) > 1:
        raise SyntaxFault("unsupported-norm", "a norm has one argument and at most one order", bracket.span)
    if order in ORDERS:
        # An order that is written may mean the norm of the operator; a bare norm and F are those of the entries.
        plain_order = not which or order == Name("F") or not reader.strict
        two = "" if plain_order else "the norm of its entries or of the operator"
        marked = order in (Name("F"), Name("Fro"))
        return Applied(reader.operation(ORDERS[order]), inside, no_matrix=two, of_entries=marked, span=bracket.span)
    if order in LARGEST:
        entries = Applied(reader.operation("abs"), inside, span=bracket.span)
        return Applied(reader.operation("amax"), (entries,), of_entries=True, span=bracket.span)
    number = order.value if isinstance(order, Number) else None
    if number is not None and number <= 0:
        message = f"\\|x\\|_{number} is no norm"
        raise SyntaxFault("unsupported-norm", message, order.span, "its norms are 1, 2, F, \\infty and p above 0")
    if could_be_name(order) and is_capital(order):
        message = f"chainrule does not know the norm with the matrix {span_text(order.span)}"
        raise SyntaxFault("unsupported-norm", message, order.span, "write x^\\top B x, or its square root")
    if order in MATRIX_NORMS:
        message = f"chainrule does not know the norm with the mark {span_text(order.span)}"
        raise SyntaxFault("unsupported-norm", message, order.span, "its norms are 1, 2, F, \\infty and p")
    if reader.strict and not isinstance(order, Number) and order not in (Name("p"), Name("q"), Name("r")):
        message = f"{span_text(order.span)} is no order of a norm"
        raise SyntaxFault(
            "unsupported-norm", message, order.span, "orders are numbers, p, q and r; write x^\\top A x for \\|x\\|_A^2"
        )
    return Applied(reader.operation("norm_p"), (*inside, reader.read(order)), span=bracket.span)
