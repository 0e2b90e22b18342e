r"""Statements sorted by what they do: define, give a value, declare a shape, define a function, or only mention.

What is sorted here is still untyped; the right sides stay trees.
"""

from dataclasses import dataclass, replace

from chainrule.errors import Diagnostic
from chainrule.inference.literals import Literal, read_literal, rows_of
from chainrule.inference.symbols import could_be_defined, could_be_name, join_letters, key, letter, span_text
from chainrule.source import Span
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Derivative,
    Font,
    Juxtaposition,
    Name,
    Number,
    Product,
    Relation,
    Superscript,
    Text,
    Tree,
)


@dataclass(frozen=True)
class Definition:
    """name = body. `parameters` are those of the head `L(y, \\hat y)`, None where the name stands alone;
    `indices` the free ones of a definition entry by entry, `y_i = ...`, in which `name` is y.
    """

    name: Tree
    parameters: tuple[Tree, ...] | None
    body: Tree
    span: Span | None
    indices: tuple[Tree, ...] = ()


@dataclass(frozen=True)
class Given:
    """name = numbers."""

    name: Tree
    literal: Literal
    span: Span | None


@dataclass(frozen=True)
class Declaration:
    r"""name \in \mathbb{R}^{m \times n}: a dimension is an integer or a size symbol."""

    name: Tree
    shape: tuple[int | str, ...]
    span: Span | None


@dataclass(frozen=True)
class Mention:
    """An expression that defines nothing: a value to compute, a symbol in prose."""

    tree: Tree


Item = Definition | Given | Declaration | Mention


def sort_statement(statement: Tree) -> tuple[list[Item], list[Diagnostic]]:
    """What one statement says."""
    if isinstance(statement, Text):
        return [], []
    if not isinstance(statement, Relation):
        return [Mention(statement)], []
    if set(statement.operators) == {"="}:
        return _equation(statement)
    if statement.operators == ("\\in",):
        declared = _declaration(statement)
        if declared is not None:
            return [declared], []
    message = f"chainrule does not use the relation {span_text(statement.span) or '/'.join(statement.operators)} yet"
    return [], [Diagnostic("warning", "unused-relation", message, statement.span)]


def _equation(statement: Relation) -> tuple[list[Item], list[Diagnostic]]:
    """`a = b = expression = number`: names are defined by what follows, further sides are left to be compared."""
    *heads, last = statement.sides
    body = last
    items: list[Item] = []
    notes: list[Diagnostic] = []
    named = [side for side in heads if _is_head(side)]
    others = [side for side in heads if not _is_head(side)]
    if not named or statement.sides[0] is not named[0]:
        message = "the left side of this equation is not a name that it could define"
        hint = "write the name alone on the left: name = expression"
        return [], [Diagnostic("error", "not-a-definition", message, statement.sides[0].span, hint)]
    if others:
        body = others[0]
        message = "of the several right sides the first defines; the others were not compared with it"
        notes.append(Diagnostic("note", "chained-equation", message, statement.span))
    for side in named:
        items.extend(_define(side, body, statement.span))
    return items, notes


def heads(statement: Tree) -> list[Tree]:
    """The names that an equation would define if it could be used."""
    sides = statement.sides[:-1] if isinstance(statement, Relation) else ()
    items = [item for side in sides for item in (side.items if isinstance(side, Bracket) else (side,))]
    names = (head_parts(item)[0] for item in items)
    return [key(name) for name in names if could_be_defined(name)]


def head_parts(tree: Tree) -> tuple[Tree, tuple[Tree, ...] | None]:
    """The name and the parameters of `L(y, \\hat y)`; parameters None for a name alone."""
    if isinstance(tree, Call):
        return tree.function, tree.arguments
    if isinstance(tree, Juxtaposition) and len(tree.items) >= 2:
        *front, end = tree.items
        if isinstance(end, Bracket) and end.kind in "([" and all(could_be_name(item) for item in end.items):
            return (front[0] if len(front) == 1 else _word(tuple(front)) or tree), end.items
        return _word(tree.items) or tree, None
    return tree, None


def _word(items: tuple[Tree, ...]) -> Tree | None:
    """Letters set side by side on the left of an equals sign spell one name: `loss = ...`, `net_1 = ...`."""
    letters = [letter(item) for item in items]
    word = "".join(each.text if isinstance(each, Name) and len(each.text) == 1 else " " for each in letters)
    return join_letters(items, word)


def _is_head(tree: Tree) -> bool:
    if isinstance(tree, Bracket):
        return len(tree.items) > 1 and all(could_be_name(item) for item in tree.items)
    name, parameters = head_parts(tree)
    return could_be_defined(name) and all(could_be_name(p) for p in parameters or ())


def _define(head: Tree, body: Tree, span: Span | None) -> list[Item]:
    if isinstance(head, Bracket):
        return _several(head, body, span)
    name, parameters = head_parts(head)
    if isinstance(name, Derivative):
        return [Mention(name)]
    literal = read_literal(body)
    if literal is not None and parameters is None:
        return [Given(key(name), literal, span)]
    return [Definition(replace(key(name), span=name.span), parameters, body, span)]


def _several(head: Bracket, body: Tree, span: Span | None) -> list[Item]:
    """`(x_1, x_2) = [0.5, -1.0]`: entry by entry."""
    table = rows_of(body)
    entries = [entry for row in table[0] for entry in row] if table else []
    if len(entries) != len(head.items):
        return [Mention(head)]
    return [item for name, entry in zip(head.items, entries, strict=True) for item in _define(name, entry, span)]


def _declaration(statement: Relation) -> Declaration | None:
    name, space = statement.sides
    if not could_be_name(name):
        return None
    if space == Font("mathbb", Name("R")):
        return Declaration(key(name), (), statement.span)
    if not isinstance(space, Superscript) or space.base != Font("mathbb", Name("R")):
        return None
    sizes = (
        space.exponent.factors
        if isinstance(space.exponent, Product) and space.exponent.operator == "\\times"
        else (space.exponent,)
    )
    shape = tuple(_size(s) for s in sizes)
    return None if None in shape else Declaration(key(name), tuple(s for s in shape if s is not None), statement.span)


def _size(tree: Tree) -> int | str | None:
    match tree:
        case Number(value=value) if value.denominator == 1 and 0 < value < 10**9:
            return int(value)
        case Name(text=text):
            return text
        case _ if could_be_name(tree):
            return span_text(tree.span) or repr(tree)
        case _:
            return None


def is_entry_list(body: Tree) -> bool:
    """Whether a right side is a list of bare symbols, `[w_1, w_2]`: it declares entries."""
    table = rows_of(body)
    return table is not None and all(could_be_name(entry) for row in table[0] for entry in row)
