r"""`f \circ g`, `(f \circ g)(x)`, `\sigma \circ \tanh(x)`, and functions given by another name, `\phi = \tanh`.

Between arrays the same ring is the elementwise product: it composes only what is known as functions.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.callee import FUNCTION_LETTERS
from chainrule.inference.define import called_function
from chainrule.inference.statements import Definition, Item
from chainrule.inference.symbols import could_be_name, key, letter, span_text
from chainrule.inference.uses import ARGUMENT, COMPOSITIONS
from chainrule.ops.table import spellings
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Product, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


def is_function_name(reader: "Reader", tree: Tree) -> bool:
    """Whether a tree names a function of the text or of the table, and no quantity."""
    if not could_be_name(tree) or reader.knows(tree):
        return could_be_name(tree) and key(tree) in reader.headed
    table = isinstance(tree, Name) and tree.text in reader.table and bool(reader.table[tree.text].arguments)
    return table or called_function(reader, key(tree)) is not None


def read_composition(reader: "Reader", tree: Product) -> Tree | None:
    """`f \\circ g(x)` as f(g(x)); None where the ring stands between quantities.

    Raises SyntaxFault where functions are composed and nothing says of what, or functions and quantities are mixed.
    """
    *outer, last = tree.factors
    inner = _application(last)
    names = [*outer, last if inner is None else inner[0]]
    functions = [is_function_name(reader, name) for name in names]
    if not any(functions[: len(outer)]) and not (inner is None and functions[-1]):
        return None
    if not all(functions):
        said = ", ".join(span_text(name.span) for name, is_one in zip(names, functions, strict=True) if not is_one)
        message = f"{span_text(tree.span)} composes functions, but {said} is none"
        raise SyntaxFault("mixed-composition", message, tree.span, "write \\odot for the elementwise product")
    if inner is None:
        message = f"the composition {span_text(tree.span)} has no argument"
        raise SyntaxFault("function-without-argument", message, tree.span, f"write ({span_text(tree.span)})(x)")
    return reader.read(nested(names, inner[1], tree.span))


def _application(tree: Tree) -> tuple[Tree, tuple[Tree, ...]] | None:
    """The name and the arguments of `g(x)`."""
    match tree:
        case Call(function=function, arguments=arguments):
            return function, arguments
        case Juxtaposition(items=(name, Bracket(kind="(", items=arguments))):
            return name, arguments
        case _:
            return None


def chain_of(reader: "Reader", item: Tree) -> tuple[Tree, ...] | None:
    """The functions of `(f \\circ g)` in front of an argument; None where it is a product of quantities."""
    inside = item.items[0] if isinstance(item, Bracket) and item.kind == "(" and len(item.items) == 1 else None
    if not isinstance(inside, Product) or inside.operator not in COMPOSITIONS:
        return None
    if all(is_function_name(reader, factor) or _may_be_function(reader, factor) for factor in inside.factors):
        return inside.factors
    return None


def _may_be_function(reader: "Reader", tree: Tree) -> bool:
    inner = letter(tree)
    free = could_be_name(tree) and not reader.knows(tree) and key(tree) not in reader.alone
    return free and isinstance(inner, Name) and inner.text in FUNCTION_LETTERS


def nested(functions: Iterable[Tree], arguments: tuple[Tree, ...], span: Span | None) -> Tree:
    """f(g(x)) of f, g and x."""
    inside = arguments
    for function in reversed(list(functions)):
        separators = (",",) * (len(inside) - 1)
        inside = (Juxtaposition((function, Bracket("(", inside, separators, span=span)), span=span),)
    return inside[0]


def with_aliases(items: Iterable[Item], applied: Collection[Tree], alone: Collection[Tree]) -> list[Item]:
    """The items with `\\phi = \\tanh` and `h = f \\circ g` as definitions of functions, where they are."""
    listed = list(items)
    headed = {i.name for i in listed if isinstance(i, Definition) and i.parameters}
    table = {Name(word) for word, record in spellings().items() if record.arguments and (len(word) > 1)}

    def aliased(item: Item) -> Item:
        if not isinstance(item, Definition) or item.parameters is not None or item.indices:
            return item
        composed = isinstance(item.body, Product) and item.body.operator in COMPOSITIONS
        names = item.body.factors if isinstance(item.body, Product) and composed else (item.body,)
        if not all(could_be_name(name) for name in names):
            return item
        called = item.name in applied and item.name not in alone
        known = any(key(name) in table for name in names)
        if item.name not in applied or not (known or (called and (composed or key(item.body) in headed))):
            return item
        return replace(item, parameters=(ARGUMENT,), body=nested(names, (ARGUMENT,), item.body.span))

    return [aliased(item) for item in listed]
