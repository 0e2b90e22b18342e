r"""Distributions whose outcomes have labels: `P = \{A: 0.6, B: 0.4\}` is a vector, `P(A)` its entry.

A statement in canonical form becomes a `Given` (all values are numbers) or a `Definition` (its body is the list or the matrix
of the values), either with a `Table`: what the outcomes are called. `Gathered.tables` and `Reader.tables` have the Table of
every such name, after those of one problem were put on common outcomes (`alignment.py`).

    P = \{A: 0.6, B: 0.4\}            P: vector (2,), labels ((A, B),), variables ()
    P(X) = \{0: 1-p, 1: p\}           P: vector (2,), labels ((0, 1),), variables (X,)
    p(X, Y) = \{(0, 0): 1/2, ...\}    p: matrix (n, m), labels ((0, ...), (0, ...)), variables (X, Y); cells left out are 0
    p(x, y) = [[1/2, 0], [0, 1/2]]    p: matrix (n, m), labels () where the text gives none, variables (X, Y)
    P(Y \mid X) = \{...\}             the name is P(Y \mid X) itself, variables (Y, X)

Where one letter has tables of several variables, `p(X)` beside `p(X, Y)`, each name is the whole head. Outcomes of three
variables and more are one axis, whose labels are tuples.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chainrule.errors import NameFault
from chainrule.inference.literals import rows_of
from chainrule.inference.ranks import MATRIX, VECTOR
from chainrule.inference.symbols import (
    could_be_name,
    is_conditional,
    is_probability,
    join_letters,
    key,
    span_text,
)
from chainrule.syntax.tree import Bracket, Font, Juxtaposition, Name, Number, Prime, Relation, Subscript, Text, Tree, walk

RANDOM = frozenset("STUVWXYZ")
"""Capital letters that stand for random variables in a subscript, `p_X`."""


@dataclass(frozen=True)
class Table:
    """The outcomes of a distribution: one tuple of labels an axis.

    variables: the random variables of the axes, () where the text names none. added: labels that the text gives no
    probability here (a cell of a joint table as a pair): it is 0.
    """

    labels: tuple[tuple[Tree, ...], ...]
    variables: tuple[Tree, ...] = ()
    added: tuple[Tree, ...] = ()


@dataclass(frozen=True)
class Labelled:
    """A table as it was read: rows of values, n x 1 for a vector; None in a cell that was left out."""

    name: Tree
    rows: tuple[tuple[Tree | None, ...], ...]
    table: Table


def read_labelled(head: Tree, body: Tree) -> Labelled | None:
    """What `head = body` says, if the body is a set with labels. Raises NameFault (`repeated-outcome`)."""
    named = table_head(head)
    if named is None or not isinstance(body, Bracket) or body.kind != "{" or not body.items:
        return None
    pairs = [item.sides for item in body.items if isinstance(item, Relation) and item.operators == (":",)]
    if len(pairs) < len(body.items):
        return None
    cells: dict[Tree, Tree] = {}
    for written, value in pairs:
        label = label_of(written)
        if label in cells:
            message = f"{said(named[0])} has the outcome {said(label)} twice"
            raise NameFault("repeated-outcome", message, written.span, "give every outcome one probability")
        cells[label] = value
    name, variables = named
    if all(isinstance(label, Bracket) and len(label.items) == 2 for label in cells) and len(variables) in (0, 2):
        return _joint(name, variables, cells)
    if len(variables) == 2:
        return None
    return Labelled(name, tuple((value,) for value in cells.values()), Table((tuple(cells),), variables))


def read_unlabelled(head: Tree, body: Tree) -> Labelled | None:
    """A matrix or list that is said to be of random variables, `p(x, y) = [...]`, `p_{X,Y} = [...]`, with a row for each x; it
    has no labels.

    None for a function, whose values are computed from what stands in its head.
    """
    of_letters = (
        isinstance(head, Juxtaposition)
        and is_probability(head.items[0])
        and (not is_conditional(head) or _is_channel(head, body))
    )
    if not of_letters and not variables_below(head):
        return None
    named, listed = table_head(head), rows_of(body)
    bracket = head.items[1] if isinstance(head, Juxtaposition) else None
    written = bracket.items if isinstance(bracket, Bracket) else ()
    if named is None or listed is None or any(part in written for part in walk(body)):
        return None
    name, variables = named
    rows, kinds = listed
    if is_conditional(head):
        variables = variables[::-1]  # a row for each value of the condition
    if len(rows) * len(rows[0]) == 1 or (VECTOR if len(variables) == 1 else MATRIX) not in kinds or len(variables) > 2:
        return None
    vector = len(variables) == 1
    table = Table((), variables)
    return Labelled(name, tuple((value,) for row in rows for value in row) if vector else rows, table)


def _is_channel(head: Tree, body: Tree) -> bool:
    r"""Whether a matrix is that of `P(Y \mid X)`, two variables, with a row for each value of X (`matrices.py`)."""
    bracket = head.items[1] if isinstance(head, Juxtaposition) else None
    listed = rows_of(body)
    return isinstance(bracket, Bracket) and bracket.separators == ("|",) and listed is not None and len(listed[0]) > 1


def _joint(name: Tree, variables: tuple[Tree, ...], cells: dict[Tree, Tree]) -> Labelled:
    pairs = [label.items for label in cells if isinstance(label, Bracket)]
    axes = tuple(tuple(dict.fromkeys(pair[axis] for pair in pairs)) for axis in (0, 1))
    every = [[pair_of(first, second) for second in axes[1]] for first in axes[0]]
    added = tuple(label for row in every for label in row if label not in cells)
    return Labelled(name, tuple(tuple(map(cells.get, row)) for row in every), Table(axes, variables, added))


def pair_of(first: Tree, second: Tree) -> Bracket:
    """The label of a cell."""
    return Bracket("(", (first, second), (",",))


def label_of(tree: Tree) -> Tree:
    """A label as it is looked up: a word written as letters is one name, spelling and parentheses are left out."""
    match tree:
        case Bracket(kind="(", items=(item,)):
            return label_of(item)
        case Bracket(kind="(", items=items):
            return replace(tree, items=tuple(map(label_of, items)), separators=(",",) * (len(items) - 1))
        case Juxtaposition(items=items):
            letters = "".join(item.text if isinstance(item, Name) and len(item.text) == 1 else " " for item in items)
            return join_letters(items, letters) or key(tree)
        case Text(text=text):
            return Name(text, span=tree.span)
        case _:
            return key(tree)


def table_head(head: Tree) -> tuple[Tree, tuple[Tree, ...]] | None:
    """The name of a table and its random variables: `P`, `P(X)`, `p(x, y)`, `P(Y \\mid X)`, `p_X`."""
    if could_be_name(head):
        return key(head), variables_below(head)
    if not (isinstance(head, Juxtaposition) and len(head.items) == 2):
        return None
    name, bracket = head.items
    if not (could_be_name(name) and isinstance(bracket, Bracket) and bracket.kind == "("):
        return None
    if not bracket.items or not all(map(could_be_name, bracket.items)):
        return None
    variables = tuple(map(variable_of, bracket.items))
    if is_conditional(head):
        return replace(head, items=(key(name), replace(bracket, items=variables))), variables
    return replace(key(name), span=name.span), variables


def variables_below(name: Tree) -> tuple[Tree, ...]:
    """The random variables in the subscript of `p_X` and `p_{X,Y}`."""
    if not (isinstance(name, Subscript) and is_probability(name.base)):
        return ()
    items = [part for item in name.items for part in (item.items if isinstance(item, Juxtaposition) else (item,))]
    return tuple(items) if all(isinstance(item, Name) and item.text in RANDOM for item in items) else ()


def letter_of(name: Tree) -> Tree:
    r"""The letter of a probability in lower case, p of `\Pr(X)` and `P_{X,Y}`; `\hat p`, `p_\theta` and `P'` are others."""
    base = name.items[0] if isinstance(name, Juxtaposition) else name
    base = base.base if isinstance(base, Subscript) and variables_below(base) else base
    inner = base.body if isinstance(base, Font) else base
    text = inner.text.lower().lstrip("\\") if isinstance(inner, Name) else ""
    return Name("p" if text == "pr" else text) if text else key(base)


def variable_of(tree: Tree) -> Tree:
    """The random variable whose value is written here: X for the x of `P(x)`."""
    return replace(tree, text=tree.text.upper()) if isinstance(tree, Name) and len(tree.text) == 1 else key(tree)


MOST_SAID = 4
"""So many labels are said one by one."""


def enumerated(texts: Sequence[str]) -> str:
    """`a`, `a and b`, `3, 4, ..., 12`, `a, b, c and 5 more`."""
    if len(texts) <= MOST_SAID:
        *rest, last = texts
        return f"{', '.join(rest)} and {last}" if rest else last
    first = int(texts[0]) if texts[0].lstrip("-").isdigit() else None
    if first is not None and list(texts) == [str(first + k) for k in range(len(texts))]:
        return f"{first}, {first + 1}, …, {texts[-1]}"
    return f"{', '.join(texts[: MOST_SAID - 1])} and {len(texts) - MOST_SAID + 1} more"


def said(label: Tree) -> str:
    """A label in a message."""
    match label:
        case Bracket(items=items):
            return f"({', '.join(map(said, items))})"
        case Number(value=value):
            return span_text(label.span) or str(value)
        case Name(text=text):
            return text
        case Prime(base=base, count=count):
            return said(base) + "'" * count
        case Juxtaposition(items=(name, Bracket() as bracket)):
            return said(name) + said(bracket)
        case _:
            return span_text(label.span)
