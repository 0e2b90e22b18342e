r"""Statements sorted by what they do: define, give a value, declare a shape, define a function, or only mention.

What is sorted here is still untyped; the right sides stay trees.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeGuard

from chainrule.errors import Diagnostic
from chainrule.inference.declarations import Declaration, Declared, read_declaration, read_facts
from chainrule.inference.distributions.labels import Labelled, Table, read_labelled, read_unlabelled
from chainrule.inference.dots import read_pattern, written_out
from chainrule.inference.entry_lists import Chain, chain_of, entries_of, unturned
from chainrule.inference.index_form import INDEX_LETTERS, letters_of
from chainrule.inference.inverted import is_logarithm
from chainrule.inference.literals import Literal, number, read_literal
from chainrule.inference.ranges import unquantified
from chainrule.inference.ranks import MATRIX, VECTOR
from chainrule.inference.symbols import (
    could_be_defined,
    could_be_name,
    is_conditional,
    is_marked,
    join_letters,
    key,
    letter,
    size_symbol,
    span_text,
    without_fonts,
)
from chainrule.inference.uses import mapping_of
from chainrule.ops.table import spellings
from chainrule.source import Span
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Derivative,
    Juxtaposition,
    Matrix,
    Name,
    Number,
    Prime,
    Relation,
    Subscript,
    Superscript,
    Text,
    Tree,
    walk,
)


@dataclass(frozen=True)
class Definition:
    """name = body. `parameters` are those of the head `L(y, \\hat y)`, None where the name stands alone;
    `indices` the free ones of a definition entry by entry, `y_i = ...`, in which `name` is y and `head` is y_i; `optional`
    says how many of the parameters are behind the semicolon of `f(x; w)`; `table` its outcomes.
    """

    name: Tree
    parameters: tuple[Tree, ...] | None
    body: Tree
    span: Span | None
    indices: tuple[Tree, ...] = ()
    optional: int = 0
    head: Tree | None = None
    table: Table | None = None


@dataclass(frozen=True)
class Given:
    """name = numbers."""

    name: Tree
    literal: Literal
    span: Span | None
    table: Table | None = None


@dataclass(frozen=True)
class Claim:
    r"""left = right, to be compared once the network is there: the later sides of `z = w x + b = 7`, and `x^\top y = 0`.

    identity: nothing defines the left side. approximate: it was written with \approx. declared: it has to be a fact.
    again: a second definition of the name; what is to be said where it is another one.
    """

    left: Tree
    right: Tree
    span: Span | None
    identity: bool = False
    approximate: bool = False
    declared: bool = False
    again: Diagnostic | None = None


@dataclass(frozen=True)
class Mention:
    """An expression that defines nothing: a value to compute, a symbol in prose."""

    tree: Tree


@dataclass(frozen=True)
class Further:
    r"""A definition, or a claim where the name means something already: b of `a = b = x`, `\sigma^2 = 4`, derivatives.

    whole: of an entry of `h = (h_1, h_2) = (1, 0.5)` the name of all, which may mean something already too.
    """

    item: Definition | Given
    claim: Claim
    whole: Tree | None = None


Item = Definition | Given | Declaration | Declared | Claim | Further | Mention
EQUALS = frozenset({"=", ":=", "\\equiv", "\\triangleq", "\\coloneqq", "≡"})
ABOUT = frozenset({"\\approx", "\\simeq", "≈"})
ARROWS = frozenset({"\\leftarrow", "\\gets", "←", "<-"})
CONDITIONS = frozenset({"<", ">", "\\le", "\\ge", "\\leq", "\\geq", "<=", ">=", "\\ne", "\\neq", "≤", "≥", "≠"})
NEW = Name("new")


def sort_statement(statement: Tree) -> tuple[list[Item], list[Diagnostic]]:
    """What one statement says."""
    if isinstance(statement, Text) or unquantified(statement) is not statement:
        return [], []
    if not isinstance(statement, Relation):
        return [Mention(statement)], []
    operators = set(statement.operators)
    facts = read_facts(statement)
    if facts and operators != {"\\in"}:
        return list(facts), []
    if operators <= ARROWS and len(statement.sides) == 2:
        return _update(statement)
    if operators <= EQUALS | ABOUT:
        return _equation(statement)
    if operators == {"\\in"} and len(statement.sides) == 2:
        declared = read_declaration(statement)
        if declared is not None:
            return [*declared, *facts], []
    name, argument, *bodies = statement.sides
    if statement.operators == (":", "\\mapsto") and _is_head(name) and _is_head(argument):
        parameters = argument.items if isinstance(argument, Bracket) else (argument,)
        return [Definition(replace(key(name), span=name.span), parameters, bodies[0], statement.span)], []
    return [], [] if mapping_of(statement) else [unused(statement)]


def unused(statement: Relation) -> Diagnostic:
    """What is said of a relation that nothing is computed from."""
    text = span_text(statement.span) or "/".join(statement.operators)
    operator = statement.operators[0]
    if operator in ("\\propto", "∝"):
        message = f"{text} gives no factor, so nothing can be computed from it"
        return Diagnostic("error", "no-factor", message, statement.span, "write an equation, with the factor as a name")
    if set(statement.operators) <= CONDITIONS or (operator == ":" and "\\to" in statement.operators):
        return Diagnostic("note", "unused-condition", f"nothing is computed from the condition {text}", statement.span)
    if operator in ("\\sim", "∼", "~"):
        what = span_text(statement.sides[0].span)
        message = f"{text}: that {what} is random is not used; {what} is an input"
        return Diagnostic("warning", "unused-relation", message, statement.span)
    return Diagnostic("warning", "unused-relation", f"chainrule does not use the relation {text} yet", statement.span)


def _update(statement: Relation) -> tuple[list[Item], list[Diagnostic]]:
    r"""`w \leftarrow w - \eta g`: a new value of w, named `w^{new}`. Without w on the right it is a definition of w."""
    name, body = statement.sides
    if not could_be_defined(name) or not _mentions(body, name):
        return _equation(statement)
    new = new_value(name)
    message = f"{span_text(statement.span)} is an update: its result is called {span_text(name.span)}^new"
    note = Diagnostic("note", "update", message, statement.span)
    return [Definition(new, None, body, statement.span)], [note]


def new_value(name: Tree) -> Tree:
    """What an update of a name defines."""
    return Superscript(key(name), NEW, span=name.span)


def is_update(statement: Relation) -> bool:
    """Whether a statement gives a new value of a name, computed from its old one."""
    name, *rest = statement.sides
    if len(rest) == 1 and not ARROWS.isdisjoint(statement.operators):
        return could_be_defined(name) and _mentions(rest[0], name)
    return set(statement.operators) <= EQUALS and _is_update(statement)


def _mentions(tree: Tree, name: Tree) -> bool:
    own = key(name)
    return any(could_be_name(part) and key(part) == own for part in walk(tree))


def _is_update(statement: Relation) -> bool:
    r"""`w := w - ...`, and `w = w - \eta \frac{\partial L}{\partial w}`, which cannot be an equation."""
    name, *rest = statement.sides
    if len(rest) != 1 or not could_be_name(name) or not _mentions(rest[0], name):
        return False
    slopes = (part for part in walk(rest[0]) if isinstance(part, Derivative))
    return ":=" in statement.operators or any(key(name) in map(key, slope.by) or not slope.by for slope in slopes)


def _equation(statement: Relation) -> tuple[list[Item], list[Diagnostic]]:
    """`a = b = expression = number`: names are defined by the first formula, all other sides are claims."""
    if set(statement.operators) <= EQUALS and _is_update(statement):
        return _update(statement)
    if set(statement.operators) <= EQUALS:
        statement = unturned(statement)
        chain = chain_of(statement)
        if chain is not None:
            return _linked(chain, statement.span), []
    first, *rest = statement.sides
    if not _is_head(first) or _is_condition(statement):
        return [Claim(first, side, statement.span, identity=True) for side in rest], []
    operators = statement.operators
    at = next((i for i, side in enumerate(rest[:-1]) if not _is_head(side) or _applied(side, rest[i + 1 :])), len(rest) - 1)
    body, about = rest[at], operators[at] in ABOUT
    if about and read_literal(body) is None:
        return [], [unused(statement)]
    items: list[Item] = _define(first, body, statement.span)
    power = isinstance(first, Superscript) and isinstance(first.exponent, Number)
    if isinstance(first, Derivative) or power or is_marked(first) or (_is_slope(first) and not _is_set(body)):
        claim = Claim(first, body, statement.span)
        asked: list[Item] = [Mention(first)] if isinstance(first, Derivative) else []
        items = [*asked, *(Further(item, claim) for item in items if _is_named(item))]
    for i, side in enumerate(rest):
        if i < at or (i > at and could_be_name(side)):
            claim = Claim(first if i > at else side, side if i > at else body, statement.span)
            items.extend(Further(item, claim) for item in _define(side, body, statement.span) if _is_named(item))
        elif i > at:
            items.append(Claim(first, side, side.span, approximate=operators[i] in ABOUT))
    text = span_text(statement.span)
    note = Diagnostic("note", "approximate", f"{text}: what is given is taken as exact", statement.span)
    return items, [note] if about else []


def _is_slope(head: Tree) -> bool:
    """`f'(x)`, which is the derivative where f is a function of the text."""
    name, parameters = head_parts(head)
    return isinstance(name, Prime) and parameters is not None


def _is_set(body: Tree) -> bool:
    """A table of probabilities, which is no slope."""
    return isinstance(body, Bracket) and body.kind == "{"


def _is_condition(statement: Relation) -> bool:
    r"""`sum(t) = 1`: a function with a name of its own is not defined by a number; nor is `\exp y = x` a definition of exp."""
    first, *rest = statement.sides
    if not (isinstance(first, Call) and isinstance(first.function, Name)):
        return False
    known = first.function.text in spellings() and not any(_mentions(s, p) for s in rest for p in first.arguments)
    return known or all(read_literal(side) for side in rest)


def _applied(head: Tree, sides: list[Tree]) -> bool:
    """Whether `g(z)`, a side of `a = g(z) = g(w x)`, is no head: what follows applies g too."""
    name, parameters = head_parts(head)
    return parameters is not None and any(part == name for side in sides for part in walk(side))


def _is_named(item: Item) -> TypeGuard[Definition | Given]:
    return isinstance(item, Definition | Given)


def heads(statement: Tree) -> list[Tree]:
    """The names that an equation would define if it could be used."""
    sides = statement.sides[:-1] if isinstance(statement, Relation) else ()
    items = [item for side in sides for item in (side.items if isinstance(side, Bracket) else (side,))]
    names = (head_parts(item)[0] for item in items)
    return [key(name) for name in names if could_be_defined(name)]


def indexed_head(tree: Tree) -> tuple[Tree, tuple[Tree, ...]] | None:
    """`s(x)_i` and `s_i(x)` as the head `s(x)` and its indices; None for any other head."""
    indices: tuple[Tree, ...] = ()
    head: Tree = tree
    match tree:
        case Subscript(base=Call() as head):
            indices = letters_of(tree)
        case Juxtaposition(items=(*front, Subscript(base=Bracket() as bracket) as end)) if front:
            head, indices = replace(tree, items=(*front, bracket)), letters_of(end)
        case Call(function=Subscript(base=base) as function):
            head, indices = replace(tree, function=base), letters_of(function)
        case _:
            return None
    return (head, indices) if indices and all(index in INDEX_LETTERS for index in indices) else None


def head_parts(tree: Tree) -> tuple[Tree, tuple[Tree, ...] | None]:
    """The name and the parameters of `L(y, \\hat y)`; parameters None for a name alone."""
    if is_conditional(tree):
        return tree, None
    if is_logarithm(tree):
        return tree, None  # nobody defines the logarithm: `\log p = -x` is an equation
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
    indexed = indexed_head(tree)
    name, parameters = head_parts(tree if indexed is None else indexed[0])
    return could_be_defined(name) and all(could_be_name(p) for p in parameters or ())


def _define(head: Tree, body: Tree, span: Span | None) -> list[Item]:
    if isinstance(head, Bracket):
        return _several(head, body, span)
    indexed = indexed_head(head)
    if indexed is not None:
        name, parameters = head_parts(indexed[0])
        return [Definition(replace(key(name), span=name.span), parameters, body, span, indexed[1])]
    name, parameters = head_parts(head)
    labelled = read_labelled(head, body) or read_unlabelled(head, body)
    if labelled is not None:
        return [_of_table(labelled, body, span)]
    listed = read_pattern(body) if parameters is None else None
    if listed is not None and without_fonts(key(name)) == without_fonts(key(listed.base)):
        entries = written_out(listed, body)
        if entries is None:
            return [Declaration(key(name), (size_symbol(listed.last),), span)]
        body = entries
    literal = read_literal(body)
    if literal is not None and parameters is None:
        return [Given(key(name), literal, span)]
    return [Definition(replace(key(name), span=name.span), parameters, body, span, optional=_optional(head, parameters))]


def _of_table(labelled: Labelled, body: Tree, span: Span | None) -> Given | Definition:
    """The vector or the matrix of the values of a table; a cell that was left out is 0."""
    rows = tuple(tuple(Number(Fraction(0)) if value is None else value for value in row) for row in labelled.rows)
    vector = len(labelled.table.labels or labelled.table.variables) == 1
    numbers = [[number(value) for value in row] for row in rows]
    if all(value is not None for row in numbers for value in row):
        exact = tuple(tuple(value for value in row if value is not None) for row in numbers)
        return Given(labelled.name, Literal(exact, frozenset((VECTOR if vector else MATRIX,))), span, labelled.table)
    values = tuple(value for row in rows for value in row)
    listed = Bracket("[", values, (",",) * (len(values) - 1), span=body.span) if vector else Matrix(rows, span=body.span)
    return Definition(labelled.name, None, listed, span, table=labelled.table)


def _optional(head: Tree, parameters: tuple[Tree, ...] | None) -> int:
    """How many parameters stand behind the first semicolon or bar of a head."""
    bracket = head.items[-1] if isinstance(head, Juxtaposition) else None
    if parameters is None or not isinstance(bracket, Bracket):
        return 0
    marks = (i for i, separator in enumerate(bracket.separators) if separator in (";", "|"))
    return len(parameters) - next(marks, len(parameters) - 1) - 1


def _linked(chain: Chain, span: Span | None) -> list[Item]:
    r"""`x = (x_1, x_2)^\top = (0.5, -1)^\top`: x is the list, which is the numbers entry by entry."""
    items: list[Item] = []
    for name in chain.names:
        claim = Claim(name, (*chain.others, chain.body)[0], span)
        items.extend(Further(item, claim) for item in _define(name, chain.body, span) if _is_named(item))
    whole = key(chain.names[0]) if chain.names else None
    for name, entry in chain.entries():
        claim = Claim(name, entry, span)
        items.extend(Further(item, claim, whole) for item in _define(name, entry, span) if _is_named(item))
        if isinstance(entry, Subscript) and isinstance(entry.base, Bracket):
            items.append(Declaration(key(name), (), span))  # the entry of a row, and not a row of a matrix
    left = chain.names[0] if chain.names else chain.lists[0]
    items.extend(Claim(left, side, side.span) for side in chain.claimed)
    return items


def _several(head: Bracket, body: Tree, span: Span | None) -> list[Item]:
    """`(x_1, x_2) \approx [0.5, -1.0]`: entry by entry."""
    entries = entries_of(body)
    if len(entries) != len(head.items):
        return [Mention(head)]
    return [item for name, entry in zip(head.items, entries, strict=True) for item in _define(name, entry, span)]
