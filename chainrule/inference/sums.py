r"""Sums over an index: `\sum_{i=1}^{n} w_i x_i`, `\sum_k y_k \log \hat{y}_k`, double sums.

Inside a sum every part is a scalar that depends on the indices in it. As a graph it is an array with an axis for each of
them, so that the sum is one contraction. A sum with numeric bounds over names that are no arrays is written out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, dimension
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.inference.indexing import INDEX_LETTERS, letters_of
from chainrule.inference.literals import ONE
from chainrule.inference.resolved import Applied, Indexed, Summed, Tabled
from chainrule.inference.symbols import Symbol, could_be_name, key, span_text
from chainrule.ops.arithmetic import power
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Number,
    Product,
    Quotient,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    transform,
    walk,
)

if TYPE_CHECKING:
    from chainrule.inference.elaborate import Elaborator
    from chainrule.inference.resolve import Reader

MOST_TERMS = 64
"""A sum is written out up to so many terms."""


def read_sum(reader: "Reader", tree: BigOperator) -> Tree:
    """The resolved sum. Raises SyntaxFault where its bounds are not read yet, or nothing in it depends on its index."""
    if tree.operator != "sum":
        raise SyntaxFault("unsupported-notation", f"chainrule cannot compute with this {tree.operator} yet", tree.span)
    index, upper = _bounds(reader, tree)
    bases = _indexed_by(tree.body, index)
    if isinstance(upper, Number) and not (bases and all(_is_array(reader, base) for base in bases)):
        return _written_out(reader, tree, index, upper)
    inner = replace(reader, indices=reader.indices | {index})
    body = inner.read(tree.body)
    if not any(isinstance(part, Indexed) and index in part.letters for part in walk(body)):
        message = f"nothing in the sum {span_text(tree.span)} is read as depending on {span_text(index.span)}"
        raise SyntaxFault("unused-index", message, tree.span)
    return Summed(index, body, upper, span=tree.span)


def _bounds(reader: "Reader", tree: BigOperator) -> tuple[Tree, Tree | None]:
    """The index, and the number or name up to which it runs from 1 (None: over the whole axis)."""
    lower, upper = tree.lower, tree.upper
    if isinstance(lower, Relation) and lower.operators == ("=",) and lower.sides[1] == ONE and upper is not None:
        known = reader.integers.get(key(upper)) if could_be_name(upper) else None
        limit = Number(Fraction(known)) if known is not None else upper
        if could_be_name(lower.sides[0]) and (isinstance(limit, Number) or could_be_name(limit)):
            return key(lower.sides[0]), limit
    if lower is not None and could_be_name(lower) and upper is None:
        return key(lower), None
    message = f"chainrule reads sums over a whole index, or from 1 to a number or a name; not {span_text(tree.span)}"
    raise SyntaxFault("unsupported-sum", message, tree.span)


def _indexed_by(body: Tree, index: Tree) -> list[Tree]:
    return [part.base for part in walk(body) if isinstance(part, Subscript) and index in letters_of(part)]


def _is_array(reader: "Reader", base: Tree) -> bool:
    known = reader.known_or_alike(base)
    return known is not None and known in reader.indexed


def _written_out(reader: "Reader", tree: BigOperator, index: Tree, upper: Number) -> Tree:
    if index not in walk(tree.body) and not _indexed_by(tree.body, index):
        message = f"nothing in the sum {span_text(tree.span)} depends on {span_text(index.span)}"
        raise SyntaxFault("unused-index", message, tree.span)
    count = int(upper.value) if upper.value.denominator == 1 else 0
    if not 1 <= count <= MOST_TERMS:
        raise SyntaxFault("unsupported-sum", f"the sum {span_text(tree.span)} is not written out to {upper.text}", tree.span)
    reader.charge(count * sum(1 for _ in walk(tree.body)), tree)
    terms = tuple(_at(tree.body, index, k) for k in range(1, count + 1))
    return reader.read(Sum((1,) * count, terms, span=tree.span))


def _at(body: Tree, index: Tree, k: int) -> Tree:
    """The body with the index put in, in subscripts and where it stands by itself."""
    number = Number(Fraction(k), str(k))

    def put(part: Tree) -> Tree:
        if isinstance(part, Subscript) and index in letters_of(part):
            items = tuple(number if letter == index else letter for letter in letters_of(part))
            return replace(part, items=items)
        return replace(number, span=part.span) if part == index else part

    return transform(body, put)


def read_indexed(reader: "Reader", tree: Subscript) -> Tree | None:
    """`W_{ij}` inside a sum over i or j; None where no index of a sum is in the subscript."""
    letters = letters_of(tree)
    if not any(letter in reader.indices for letter in letters):
        if all(letter in INDEX_LETTERS for letter in letters) and not reader.knows(tree):
            raise SyntaxFault("free-index", f"no sum runs over the index of {span_text(tree.span)}", tree.span)
        return None
    places: list[Tree | int] = []
    for letter in letters:
        if letter in reader.indices:
            places.append(letter)
        elif isinstance(letter, Number) and letter.value.denominator == 1 and letter.value >= 1:
            places.append(int(letter.value))
        else:
            message = f"{span_text(letter.span)} in {span_text(tree.span)} is neither a number nor the index of a sum"
            raise SyntaxFault("free-index", message, tree.span)
    base = reader.name(tree.base)
    if not isinstance(base, Symbol):
        raise SyntaxFault("unsupported-index", f"only names are indexed in a sum, not {span_text(tree.span)}", tree.span)
    return Indexed(base, tuple(places), span=tree.span)


Axes = tuple[Tree, ...]


def summed_arrays(statements: Iterable[Tree]) -> frozenset[Tree]:
    """Names that a sum over a whole index runs along, `y` of `\\sum_i y_i`: with an index they are entries, never names."""
    found: set[Tree] = set()
    for part in (t for statement in statements for t in walk(statement)):
        if isinstance(part, BigOperator) and not isinstance(part.upper, Number) and part.lower is not None:
            index = part.lower.sides[0] if isinstance(part.lower, Relation) else part.lower
            found.update(key(base) for base in _indexed_by(part.body, index) if could_be_name(base))
    return frozenset(found)


def free_indices(name: Tree, body: Tree) -> tuple[Tree, ...]:
    """The indices of `y_i = \\gamma x_i + \\beta`, which defines the array y entry by entry; () for any other definition."""
    if not isinstance(name, Subscript):
        return ()
    letters = letters_of(name)
    if not all(each in INDEX_LETTERS for each in letters) or len(set(letters)) < len(letters):
        return ()
    inside = [part for part in walk(body) if isinstance(part, Subscript)]
    return letters if all(any(each in letters_of(part) for part in inside) for each in letters) else ()


def table_node(elaborator: "Elaborator", tree: Tabled) -> Node:
    """The array that a definition entry by entry fills, its axes in the order of the indices."""
    vectorised = _Vectorised(elaborator)
    node, axes = vectorised.part(tree.body)
    if set(axes) != set(tree.indices):
        raise SyntaxFault("unused-index", "an index on the left has no array on the right to run over", tree.span)
    every = range(len(axes))
    return build.contract([node], [every], [axes.index(letter) for letter in tree.indices])


def sum_node(elaborator: "Elaborator", tree: Summed) -> Node:
    """The scalar of a sum that stands in no other sum."""
    return _Vectorised(elaborator).part(tree)[0]


class _Vectorised:
    """Parts of a sum as arrays with an axis for each index in them."""

    def __init__(self, elaborator: "Elaborator"):
        self.elaborator = elaborator
        self.lengths: dict[Tree, Dimension] = {}

    def part(self, tree: Tree) -> tuple[Node, Axes]:
        """The node of a part, and the indices that its axes are."""
        if not any(isinstance(inner, Indexed | Summed) for inner in walk(tree)):
            return self.elaborator.node(tree), ()
        match tree:
            case Indexed():
                return self._indexed(tree)
            case Summed():
                return self._summed(tree)
            case Sum(signs=signs, terms=terms):
                parts, axes = self._aligned(terms)
                return build.add(*(build.scale(s, p) for s, p in zip(signs, parts, strict=True))), axes
            case Bracket(items=(item,)):
                return self.part(item)
            case Product(factors=factors):
                return self._product([self.part(factor) for factor in factors])
            case Quotient(numerator=above, denominator=below):
                divisor, axes = self.part(below)
                return self._product([self.part(above), (power(divisor, -1), axes)])
            case Superscript(base=base, exponent=exponent):
                parts, axes = self._aligned((base, exponent))
                return power(*parts), axes
            case Applied(function=function, arguments=arguments) if function.elementwise and not tree.primes:
                parts, axes = self._aligned(arguments)
                return build.apply(function, *parts) if isinstance(function, Operation) else function.build(*parts), axes
            case _:
                raise SyntaxFault("unsupported-sum", f"chainrule cannot sum {span_text(tree.span)} yet", tree.span)

    def _indexed(self, tree: Indexed) -> tuple[Node, Axes]:
        node = self.elaborator.node(tree.body)
        for axis in range(len(tree.letters) - 1, -1, -1):
            place = tree.letters[axis]
            if isinstance(place, int):
                node = build.entry(node, place - 1, axis)
        letters = [letter for letter in tree.letters if isinstance(letter, Tree)]
        for letter, length in zip(letters, node.shape, strict=True):
            self._meet(letter, length)
        axes = tuple(dict.fromkeys(letters))
        return build.contract([node], [[axes.index(letter) for letter in letters]], range(len(axes))), axes

    def _meet(self, letter: Tree, length: Dimension) -> None:
        """One index runs over one length."""
        self.elaborator.meet(self.lengths.setdefault(letter, length), length)

    def _aligned(self, trees: Sequence[Tree]) -> tuple[list[Node], Axes]:
        """The parts with the same axes; scalars stay scalars."""
        parts = [self.part(tree) for tree in trees]
        axes = tuple(dict.fromkeys(letter for _, own in parts for letter in own))
        extents = {i: self.lengths[letter] for i, letter in enumerate(axes)}
        every = range(len(axes))
        return [
            build.contract([node], [[axes.index(a) for a in own]], every, extents) if own else node for node, own in parts
        ], axes

    def _product(self, parts: list[tuple[Node, Axes]]) -> tuple[Node, Axes]:
        axes = tuple(dict.fromkeys(letter for _, own in parts for letter in own))
        indices = [[axes.index(letter) for letter in own] for _, own in parts]
        return build.contract([node for node, _ in parts], indices, range(len(axes))), axes

    def _summed(self, tree: Summed) -> tuple[Node, Axes]:
        outside = self.lengths.pop(tree.index, None)
        node, axes = self.part(tree.body)
        length = self.lengths.pop(tree.index)
        if isinstance(tree.upper, Number):
            self.elaborator.meet(length, dimension(int(tree.upper.value)))
        elif tree.upper is not None:
            self.elaborator.meet(length, dimension(span_text(tree.upper.span) or repr(tree.upper)))
        if outside is not None:
            self.lengths[tree.index] = outside
        kept = tuple(letter for letter in axes if letter != tree.index)
        return build.contract([node], [range(len(axes))], [axes.index(letter) for letter in kept]), kept
