r"""The Tree: untyped mathematics as written, the one notation between parser, matrix form and typesetting.

The parser produces it, `algebra/matrix_form.py` emits it, `typesetting/` prints it. Nothing here knows
what a symbol means: `W^{(1)}` is a Superscript of a Name by a Bracket, and whether that is a name or a
power is decided in `inference/`, where the names are known. Spans do not take part in comparison.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from functools import cache
from operator import is_
from typing import Any, Literal

from chainrule.source import Span


@dataclass(frozen=True)
class Tree:
    """Base of all kinds; `span` is None for trees that no person wrote."""

    span: Span | None = field(default=None, compare=False, kw_only=True, repr=False)


@dataclass(frozen=True)
class Number(Tree):
    """An exact number; `text` is how it was spelled ("0.50", "1e-3"), empty where nobody spelled it."""

    value: Fraction
    text: str = field(default="", compare=False)


@dataclass(frozen=True)
class Name(Tree):
    r"""A letter ("x"), a command that is a letter ("\alpha", "\ell", "\top"), or a word ("true", "loss", "relu").

    Words come from `\text{..}`, `\mathrm{..}`, `\operatorname{..}`, `\max` ("max"), or plain text.
    """

    text: str


@dataclass(frozen=True)
class Accent(Tree):
    r"""`\hat{y}`, `\bar`, `\tilde`, `\vec`, `\dot`, `\overline`, `\underline`: kind is the command without backslash."""

    kind: str
    body: Tree


@dataclass(frozen=True)
class Font(Tree):
    r"""`\mathbf{x}`: kind is "mathbf" ("bm" and "vb" too), "mathcal", "mathbb", "mathfrak", "mathsf", "boldsymbol"."""

    kind: str
    body: Tree


@dataclass(frozen=True)
class Prime(Tree):
    r"""`f'`, `f''`: derivative, name or transpose; decided in inference."""

    base: Tree
    count: int = 1


@dataclass(frozen=True)
class Subscript(Tree):
    r"""`x_i`, `A_{i,j}`, `A_{*,j}` (items `*` and `:` are Name("*"), Name(":")), `y_\text{true}`, `x[i]` in plain text.

    `W_{hh}` and `A_{ij}` have one item, a Juxtaposition.
    """

    base: Tree
    items: tuple[Tree, ...]


@dataclass(frozen=True)
class Superscript(Tree):
    r"""`x^2`, `x^\top`, `W^{(1)}`, `y^*`, `W^{(2)T}` (a Juxtaposition): around the subscript, whatever the order of writing.

    The elementwise power, `x .^ 2` or `x^{\odot 2}`, is operator ".^".
    """

    base: Tree
    exponent: Tree
    operator: str = "^"


BracketKind = Literal["(", "[", "{", "|", "||", "<", "[)", "(]"]


@dataclass(frozen=True)
class Bracket(Tree):
    r"""`(a)`, `(a, b)`, `[a, b]`, `\{a\}`, `|a|`, `\|a\|`, `\langle a, b\rangle`, with the separators between the items.

    A separator is "," or ";" (`f(x; w)`), "|" where a condition follows (`P(O = o \mid C = c)`, `\{x \mid x > 0\}`), or "||"
    where a second distribution follows (`KL(P \| Q)`). The items of `\{A: 0.6, B: 0.3\}` are Relations ":".
    Kinds "[)" and "(]" are the half-open intervals that stand after `\in`.
    """

    kind: BracketKind
    items: tuple[Tree, ...]
    separators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Call(Tree):
    r"""`\exp(x)`, `\max(0, n)`, `\log x`: the function is a Name, or a Subscript, Superscript or Prime of one.

    The parser makes a Call only for the words of its vocabulary; `q(x + 1)` stays a Juxtaposition.
    """

    function: Tree
    arguments: tuple[Tree, ...]


@dataclass(frozen=True)
class Juxtaposition(Tree):
    r"""`xq`, `W x`, `\sigma(p)`, `2x`: side by side, flat, in order."""

    items: tuple[Tree, ...]


@dataclass(frozen=True)
class Sum(Tree):
    """`a + b - c`, flat: one sign (+1 or -1) for each term. A lone `-a` is a Sum of one term."""

    signs: tuple[int, ...]
    terms: tuple[Tree, ...]


@dataclass(frozen=True)
class Product(Tree):
    r"""`a \cdot b`, `a * b`, `a \odot b`, `A @ B`, `a .* b`: a flat chain of equal operators, as spelled."""

    operator: str
    factors: tuple[Tree, ...]


@dataclass(frozen=True)
class Quotient(Tree):
    r"""`\frac{a}{b}` (inline False) or `a / b` (inline True); `a ./ b` is operator "./"."""

    numerator: Tree
    denominator: Tree
    inline: bool = False
    operator: str = "/"


@dataclass(frozen=True)
class Matrix(Tree):
    r"""`\begin{bmatrix} .. \end{bmatrix}`, `[1, 2; 3, 4]` in plain text: rows of entries."""

    rows: tuple[tuple[Tree, ...], ...]
    environment: str = "bmatrix"


@dataclass(frozen=True)
class BigOperator(Tree):
    r"""`\sum_{i=1}^{n} body`, `\prod`, `\max_{k}`: operator is "sum", "prod", ...; lower is a Relation, Name or None."""

    operator: str
    lower: Tree | None
    upper: Tree | None
    body: Tree


@dataclass(frozen=True)
class Relation(Tree):
    r"""`a = b = c`, `x \in \mathbb{R}^n`, `n > 0`: one operator between each two sides. `:=` and `&=` become "="."""

    operators: tuple[str, ...]
    sides: tuple[Tree, ...]


@dataclass(frozen=True)
class CasesTree(Tree):
    r"""`\begin{cases} a & \text{if } c \\ b & \text{otherwise} \end{cases}`: condition None is "otherwise"."""

    rows: tuple[tuple[Tree, Tree | None], ...]


@dataclass(frozen=True)
class Derivative(Tree):
    r"""`\frac{\partial r}{\partial x}`, `\partial r / \partial x`, `\frac{\partial^2 f}{\partial x \partial y}`, `\nabla_W L`.

    `of` is None in `\frac{\partial}{\partial x}`. `by` lists every variable, repeated for higher orders.
    symbol is "partial", "d" or "nabla".
    """

    symbol: Literal["partial", "d", "nabla"]
    of: Tree | None
    by: tuple[Tree, ...]


@dataclass(frozen=True)
class EvaluatedAt(Tree):
    r"""`\left. f \right|_{x = 0, y = 1}`, `f \Big|_{x = 0}`: the value of the body at a point; each `at` is a Relation "="."""

    body: Tree
    at: tuple[Tree, ...]


@dataclass(frozen=True)
class Text(Tree):
    r"""Prose inside mathematics: `\text{is the sigmoid function}`."""

    text: str


@dataclass(frozen=True)
class Dots(Tree):
    r"""`\ldots`, `\cdots`, `...`."""


_PLAIN_FIELDS = (str, int, bool, Fraction, tuple[str, ...], tuple[int, ...])


@cache
def _parts(kind: type[Tree]) -> tuple[str, ...]:
    """The names of a kind's fields that may hold trees."""
    return tuple(each.name for each in fields(kind) if each.name != "span" and each.type not in _PLAIN_FIELDS)


def children(tree: Tree) -> list[Tree]:
    """The direct subtrees, in order of writing."""
    found: list[Tree] = []
    for name in _parts(type(tree)):
        value = getattr(tree, name)
        if isinstance(value, Tree):
            found.append(value)
        elif isinstance(value, tuple):
            _gather(value, found)  # pyright: ignore[reportUnknownArgumentType]
    return found


def _gather(values: tuple[object, ...], found: list[Tree]) -> None:
    """Append the trees in a tuple, at any depth."""
    for value in values:
        if isinstance(value, Tree):
            found.append(value)
        elif isinstance(value, tuple):
            _gather(value, found)  # pyright: ignore[reportUnknownArgumentType]


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and all its subtrees, parents first."""
    waiting = [tree]
    while waiting:
        here = waiting.pop()
        yield here
        waiting += children(here)[::-1]


def transform(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """The tree with `change` applied to every subtree, children first; unchanged subtrees are kept as they are."""
    new: dict[str, Any] = {}
    for name in _parts(type(tree)):
        old = getattr(tree, name)
        made = _transformed(old, change)
        if made is not old:
            new[name] = made
    return change(replace(tree, **new) if new else tree)


def _transformed(value: object, change: Callable[[Tree], Tree]) -> object:
    """The value of a field with its trees transformed; the same object where nothing changes."""
    if isinstance(value, Tree):
        return transform(value, change)
    if isinstance(value, tuple):
        items = [_transformed(item, change) for item in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return value if all(map(is_, items, value)) else tuple(items)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return value
