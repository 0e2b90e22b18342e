r"""What a pair of brackets or bars means: a group, a list, an absolute value, a norm, an inner product."""

from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.literals import ONE, TWO
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import span_text
from chainrule.syntax.tree import Bracket, Name, Product, Relation, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


def read_bracket(reader: "Reader", tree: Bracket) -> Tree:
    """A group, a list, an absolute value, a norm, an inner product."""
    if tree.kind == "||":
        return read_norm(reader, tree, ())
    items = tuple(reader.read(item) for item in tree.items)
    if len(items) == 1 and isinstance(tree.items[0], Relation):
        return items[0]
    if tree.kind == "|" and len(items) == 1:
        two = "the determinant or the absolute values of the entries" if reader.strict else ""
        return Applied(reader.operation("abs"), items, no_matrix=two, span=tree.span)
    if tree.kind == "<" and len(items) == 2:
        return Product("inner", items, span=tree.span)
    if tree.kind in "({" and len(items) == 1:
        return items[0]
    if tree.kind in "([" and items:
        return Bracket("[", items, span=tree.span)
    raise SyntaxFault("unreadable-bracket", f"chainrule cannot compute with {span_text(tree.span)}", tree.span)


def read_norm(reader: "Reader", bracket: Bracket, which: tuple[Tree, ...]) -> Tree:
    """The norm that the subscript `which` behind the bars names."""
    inside = tuple(reader.read(item) for item in bracket.items)
    order = which[0] if which else TWO
    words: dict[Tree, str] = {TWO: "norm", Name("F"): "norm", ONE: "norm1"}
    if len(inside) != 1 or order not in words:
        raise SyntaxFault("unsupported-norm", "chainrule knows the norms 1, 2 and F", bracket.span)
    plain_order = not which or order == Name("F") or not reader.strict
    two = "" if plain_order else "the norm of its entries or of the operator"
    return Applied(
        reader.operation(words[order]),
        inside,
        no_matrix=two,
        span=bracket.span,
    )
