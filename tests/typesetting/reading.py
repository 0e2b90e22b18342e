"""Print, read back, compare: what two trees must share for their formulas to mean the same to a reader."""

from collections.abc import Callable
from dataclasses import fields, replace
from fractions import Fraction
from itertools import pairwise

from chainrule.source import Source
from chainrule.syntax.parser import parse_expression
from chainrule.syntax.tokens import Notation
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Call,
    Derivative,
    Font,
    Juxtaposition,
    Matrix,
    Name,
    Number,
    Prime,
    Product,
    Quotient,
    Subscript,
    Sum,
    Superscript,
    Tree,
    transform,
)
from chainrule.syntax.vocabulary import Vocabulary
from chainrule.typesetting import latex, plain, unicode

WORDS = Vocabulary.of(["exp", "log", "max", "min", "tanh", "relu", "softplus", "sqrt", "sin", "binom"])
PRINTERS: dict[str, tuple[Callable[[Tree], str], Notation]] = {
    "latex": (latex, "latex"), "plain": (plain, "plain"), "unicode": (unicode, "plain"),
}  # fmt: skip
OPERATORS = {"*": "\\cdot", "@": "\\cdot", ".*": "\\odot"}
TOP = Name("\\top")
CALLABLE = (Name, Accent, Font, Prime, Subscript, Superscript)


def read(text: str, notation: Notation) -> Tree:
    return parse_expression(Source("printed", text).span(), WORDS, notation)


def canonical(tree: Tree, notation: Notation) -> Tree:
    """The tree without what is a matter of writing: grouping, the sign of a product, spaces, how a call is stored."""
    return _simplified(_rebuilt(_calls(tree), lambda child: canonical(child, notation), notation), notation)


def _rebuilt(tree: Tree, change: Callable[[Tree], Tree], notation: Notation) -> Tree:
    def changed(value: object) -> object:
        if isinstance(value, Tree):
            return change(value)
        return tuple(map(changed, value)) if isinstance(value, tuple) else value

    if notation == "latex" and isinstance(tree, Superscript) and isinstance(tree.exponent, Bracket):
        inner = tree.exponent
        separators = inner.separators or (",",) * (len(inner.items) - 1)
        kept = replace(inner, items=tuple(map(change, inner.items)), separators=separators)  # W^{(1)} is not W^1
        return Superscript(change(tree.base), kept, tree.operator)
    return replace(tree, **{each.name: changed(getattr(tree, each.name)) for each in fields(tree) if each.name != "span"})


def _calls(tree: Tree) -> Tree:
    """`f(x)` without a space is a call."""
    if not isinstance(tree, Juxtaposition):
        return tree
    items = [tree.items[0]]
    for left, right in pairwise(tree.items):
        touching = left.span is None or right.span is None or left.span.end == right.span.start
        if isinstance(right, Bracket) and right.kind == "(" and isinstance(left, CALLABLE) and touching:
            items[-1] = Call(left, right.items)
        else:
            items.append(right)
    return items[0] if len(items) == 1 else Juxtaposition(tuple(items))


def _simplified(tree: Tree, notation: Notation) -> Tree:
    match tree:
        case Bracket("(", (only,)) | Juxtaposition((only,)) | Product(_, (only,)) | Sum((1,), (only,)):
            return only
        case Number(value) if value < 0:
            return Sum((-1,), (_simplified(Number(-value, tree.text.removeprefix("-")), notation),))
        case Accent(kind, Subscript(base, items)):
            return Subscript(Accent(kind, base), items)
        case Font(kind, Subscript(base, items)):
            return Subscript(Font(kind, base), items)
        case Number(_, text) if notation == "latex" and "e" in text.lower():
            return _product_of_ten(text)
        case Number(value, "") if value.denominator > 1:
            return Quotient(Number(Fraction(value.numerator)), Number(Fraction(value.denominator)))
        case Juxtaposition(items):
            return _flat_product(items)
        case Product(operator, factors):
            operator = OPERATORS.get(operator, operator)
            return _flat_product(factors) if operator == "\\cdot" else Product(operator, factors)
        case Sum(signs, terms):
            return _flat_sum(signs, terms)
        case Bracket(kind, items, separators):
            return _as_matrix(Bracket(kind, items, separators or (",",) * (len(items) - 1)), notation)
        case _:
            return _plainly(tree) if notation == "plain" else tree


def _product_of_ten(text: str) -> Tree:
    mantissa, exponent = text.lower().split("e")
    power = Number(Fraction(abs(int(exponent))))
    raised = Sum((-1,), (power,)) if int(exponent) < 0 else power
    return Product("\\cdot", (Number(Fraction(mantissa)), Superscript(Number(Fraction(10)), raised)))


def _flat_product(factors: tuple[Tree, ...]) -> Tree:
    flat: list[Tree] = []
    for factor in factors:
        flat.extend(factor.factors if isinstance(factor, Product) and factor.operator == "\\cdot" else (factor,))
    return Product("\\cdot", tuple(flat))


def _flat_sum(signs: tuple[int, ...], terms: tuple[Tree, ...]) -> Tree:
    flat: list[tuple[int, Tree]] = []
    for sign, term in zip(signs, terms, strict=True):
        inner = zip(term.signs, term.terms, strict=True) if isinstance(term, Sum) else ((1, term),)
        flat.extend((sign * each, tree) for each, tree in inner)
    return Sum(tuple(sign for sign, _ in flat), tuple(tree for _, tree in flat))


def _as_matrix(tree: Bracket, notation: Notation) -> Tree:
    match tree:
        case Bracket("[", items, separators) if separators and set(separators) == {";"}:
            return Matrix(tuple((item,) for item in items))
        case Bracket("[", (Bracket("[", items, separators),)) if notation == "plain" and ";" not in separators:
            return Matrix((items,))
        case _:
            return tree


def _plainly(tree: Tree) -> Tree:
    """What plain text does not tell apart."""
    match tree:
        case Quotient(numerator, denominator, _, operator):
            return Quotient(numerator, denominator, operator=operator)
        case Derivative("partial", of, by):
            return Derivative("d", of, by)
        case Superscript(base, exponent, operator):
            return Superscript(base, transform(exponent, lambda part: TOP if part == Name("T") else part), operator)
        case Subscript(base, (Product(_, (Name(first), Name(second))),)) if len(first) == len(second) == 1:
            return Subscript(base, (Name(first + second),))
        case Subscript(base, (Product(_, (Name(first), Number() as number)),)) if len(first) == 1:
            return Subscript(base, (Name(f"{first}{number.value}"),))
        case Matrix(rows, "vmatrix"):
            return Bracket("|", (Matrix(rows),))
        case Matrix(rows):
            return Matrix(rows)
        case _:
            return tree


def assert_reads_back(tree: Tree, target: str) -> None:
    """The printed text means the tree, and is printed the same again when it has been read."""
    printer, notation = PRINTERS[target]
    text = printer(tree)
    again = read(text, notation)
    assert canonical(again, notation) == canonical(tree, notation), f"{tree}\nprinted {text}\nread    {again}"
    assert printer(again) == text, f"{tree}\nread {again}"
