r"""Sums over an index, and products, extremes and means: `\sum_{i=1}^{n} w_i x_i`, `\prod_i p_i`, `\max_k z_k`.

A sum whose ends are numbers, over names that are no arrays, or with the index as a number, is written out. Any other runs
along an axis: its body is read like any formula, with `x_i` for an element of x.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.graph.dimension import dimension
from chainrule.inference.bounds import Range, index_of, is_pair, pair_of, read_range, size_names
from chainrule.inference.counting import indexes_any
from chainrule.inference.distributions.moments import read_expectation
from chainrule.inference.distributions.outcomes import over_outcomes
from chainrule.inference.expectations import as_sum
from chainrule.inference.index_form import (
    KRONECKER,
    MOST_TERMS,
    forms,
    is_index,
    is_number_in,
    offset_of,
    put_letter,
    put_number,
    with_argument_indices,
)
from chainrule.inference.literals import ONE
from chainrule.inference.resolved import Applied, Excepted, Index, Indexed, Summed, Tabled
from chainrule.inference.symbols import Symbol, could_be_name, entry_position, key, span_text
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Call,
    Juxtaposition,
    Name,
    Number,
    Product,
    Relation,
    Subscript,
    Sum,
    Tree,
    transform,
    walk,
)

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

OF_ENTRIES: Mapping[str, str] = {"prod": "prod", "max": "amax", "min": "amin", "mean": "mean", "avg": "mean"}
"""The word for what is made of all entries of a vector."""
EMPTY: Mapping[str, Tree] = {"sum": Number(Fraction(0)), "prod": ONE}


def read_sum(reader: "Reader", tree: BigOperator) -> Tree:
    """The resolved sum. Raises SyntaxFault where its range is not read, or nothing in it depends on its index."""
    outcomes = over_outcomes(reader, tree) if reader.tables else None
    if outcomes is None:
        outcomes = read_expectation(reader, tree)
    if outcomes is not None:
        return outcomes
    summed = as_sum(tree, {*reader.tables, *reader.families})
    if summed is not None:
        return reader.read(summed)
    if tree.operator != "sum" and tree.operator not in OF_ENTRIES:
        message = f"chainrule cannot compute with this {tree.operator} yet"
        hint = "write the sum it stands for, weights and all" if tree.operator == "E" else None
        raise SyntaxFault("unsupported-notation", message, tree.span, hint)
    if is_pair(tree) and key(pair_of(tree)[1]) not in reader.indices:
        return _pairs(reader, tree)
    _refuse_moving_end(reader, tree)
    over = read_range(tree, reader.integers)
    if over.numbers is None and over.length is None and indexes_any(tree.body, over.index, reader.zero_based):
        over = replace(over, start=0)
    _refuse_distributions(tree.body, {*reader.indices, over.index})
    tree = replace(tree, body=with_argument_indices(tree.body, {*reader.indices, over.index}))
    number = is_number_in(tree.body, over.index)
    if not number and not any(_has(form.places, over.index) for form, _ in forms(tree.body, frozenset({over.index}))):
        message = f"nothing in {span_text(tree.span)} depends on {span_text(over.index.span)}"
        raise SyntaxFault("unused-index", message, tree.span)
    if over.excepted is not None:
        return _all_but_one(reader, tree, over, over.excepted)
    if over.numbers is not None and (number or not _runs_along(reader, tree, over)):
        return _written_out(reader, tree, over.index, over.numbers)
    return _along(reader, tree, over)


STEPS_OF_SUMS = frozenset(map(Name, "ijlst"))
"""Letters that are indices wherever a sum runs up to them: `\\sum_{s=1}^{t}`."""


def _refuse_moving_end(reader: "Reader", tree: BigOperator) -> None:
    """Raise SyntaxFault where a sum runs as far as an index says, or over a set that has a value."""
    ends = [tree.upper] if tree.upper is not None else []
    lower = tree.lower
    if isinstance(lower, Relation) and lower.operators == ("=",):
        ends += lower.sides[1:]
    names = [name for end in ends for name in size_names(end)]
    moving = [n for n in names if n not in reader.integers and (n in reader.indices or n in STEPS_OF_SUMS)]
    if moving:
        message = f"{span_text(tree.span)} runs as far as {span_text(moving[0].span)} says, which is another index"
        raise SyntaxFault("unsupported-sum", message, tree.span, "write the terms out, or a sum for each of its values")
    if isinstance(lower, Relation) and lower.operators == ("\\in",) and reader.knows(lower.sides[1]):
        message = f"{span_text(lower.span)}: chainrule does not sum over the values of a name"
        raise SyntaxFault("unsupported-sum", message, tree.span, "write the set out, k \\in \\{1, 3\\}")


def _refuse_distributions(body: Tree, letters: Collection[Tree]) -> None:
    r"""Raise SyntaxFault where a letter stands for several functions of the indices: `p(x)`, `p(x, y)`, `p(x \mid y)`."""
    inner = (index_of(part) for part in walk(body) if isinstance(part, BigOperator))
    letters = {*letters, *(index for index in inner if index is not None)}
    applied: dict[Tree, int] = {}
    for name, bracket in (pair for part in walk(body) if isinstance(part, Juxtaposition) for pair in pairwise(part.items)):
        if not (isinstance(bracket, Bracket) and bracket.kind == "(" and all(item in letters for item in bracket.items)):
            continue
        if "|" in bracket.separators or applied.setdefault(name, len(bracket.items)) != len(bracket.items):
            message = f"{span_text(name.span)}{span_text(bracket.span)} is another function than its letter alone tells"
            raise SyntaxFault("unsupported-sum", message, bracket.span, "write each as an array of its own: p_{xy}, q_{xy}")


def as_operator(tree: Call) -> BigOperator | None:
    r"""`\operatorname{mean}_i x_i` as an operator over an index; None for any other call."""
    head = tree.function
    if not (isinstance(head, Subscript) and isinstance(head.base, Name) and head.base.text in ("mean", "avg")):
        return None
    if len(head.items) != 1 or len(tree.arguments) != 1:
        return None
    return BigOperator(head.base.text, head.items[0], None, tree.arguments[0], span=tree.span)


def _has(places: Iterable[Tree], index: Tree) -> bool:
    return any(is_index(place, {index}) for place in places)


def _runs_along(reader: "Reader", tree: BigOperator, over: Range) -> bool:
    """Whether a sum from one number to another is one along an axis: all it indexes are arrays, and just as long."""
    numbers = over.numbers or ()
    if not numbers or list(numbers) != list(range(numbers[0], numbers[-1] + 1)):
        return False
    for form, _ in forms(tree.body, frozenset({over.index})):
        for axis, place in enumerate(form.places):
            if not is_index(place, {over.index}):
                continue
            if offset_of(place, {over.index}) is None:
                return False
            known = reader.known_or_alike(form.base) if could_be_name(form.base) else None
            lengths = reader.lengths.get(form.base if known is None else known, ())
            fits = lengths[axis : axis + 1] in ((), (0,), (len(numbers),))
            if not (fits and (len(numbers) > MOST_TERMS or _is_array(reader, form.base, numbers))):
                return False
    return True


def _is_array(reader: "Reader", base: Tree, numbers: Iterable[int]) -> bool:
    if not could_be_name(base):
        return True
    known = reader.known_or_alike(base)
    if known is not None:
        return known in reader.indexed
    entries = (Subscript(base, (Number(Fraction(n)),)) for n in numbers)
    return key(base) in reader.arrays and not any(reader.knows(entry) for entry in entries)


def _written_out(reader: "Reader", tree: BigOperator, index: Tree, numbers: tuple[int, ...]) -> Tree:
    if not numbers and tree.operator in EMPTY:
        return replace(EMPTY[tree.operator], span=tree.span)
    if not 1 <= len(numbers) <= MOST_TERMS:
        message = f"{span_text(tree.span)} has {len(numbers)} terms; from 1 to {MOST_TERMS} are written out"
        raise SyntaxFault("unsupported-sum", message, tree.span)
    reader.charge(len(numbers) * sum(1 for _ in walk(tree.body)), tree)
    terms = tuple(_with_kronecker(reader, put_number(tree.body, index, n)) for n in numbers)
    if tree.operator == "sum":
        return reader.read(Sum((1,) * len(terms), terms, span=tree.span))
    if tree.operator == "prod":
        product = Product("\\cdot", terms, span=tree.span)
        return reader.read(product if len(numbers) > 1 else product.factors[0])
    listed = Bracket("[", tuple(map(reader.read, terms)), span=tree.span)
    return Applied(reader.operation(OF_ENTRIES[tree.operator]), (listed,), span=tree.span)


def _with_kronecker(reader: "Reader", term: Tree) -> Tree:
    """The term with 1 for `\\delta_{22}` and 0 for `\\delta_{12}`, where delta is no name of the text."""

    def put(part: Tree) -> Tree:
        if isinstance(part, Subscript) and part.base in KRONECKER and not reader.knows(part.base) and not reader.knows(part):
            positions = entry_position(part.items)
            if positions is not None and len(positions) == 2:
                return Number(Fraction(positions[0] == positions[1]), span=part.span)
        return part

    return transform(term, put)


def _along(reader: "Reader", tree: BigOperator, over: Range) -> Tree:
    index, length, numbers = over.index, over.length, over.numbers
    if numbers is not None:
        over = replace(over, start=numbers[0])
        length = dimension(len(numbers))
    _tell(reader, tree, over)
    body = read_elements(reader, tree.body, {index: over.start})
    if not any(isinstance(part, Index) and part.letter == index for part in walk(body)):
        message = f"nothing in {span_text(tree.span)} is read as depending on {span_text(index.span)}"
        raise SyntaxFault("unused-index", message, tree.span)
    if tree.operator == "sum":
        return Summed(index, body, length, span=tree.span)
    table = Tabled((index,), body, (length,), span=tree.body.span)
    return Applied(reader.operation(OF_ENTRIES[tree.operator]), (table,), span=tree.span)


def _tell(reader: "Reader", tree: BigOperator, over: Range) -> None:
    if over.members:
        message = (
            f"{span_text(tree.span)} is read as the sum over all entries: what {span_text(over.index.span)} picks is an array"
        )
        reader.note("set-as-axis", message, tree)
    if over.start == 0:
        message = f"the index of {span_text(tree.span)} counts from 0: its first value is the first entry"
        reader.note("counted-from-zero", message, tree)


def read_elements(reader: "Reader", body: Tree, starts: Mapping[Tree, int]) -> Tree:
    """The body with `x_i` as an element of x, for indices with these first values."""
    inner = replace(reader, indices={**reader.indices, **starts})
    read = inner.read(body)
    reach: dict[tuple[Tree, int, Tree], int] = {}
    for part in walk(read):
        if isinstance(part, Indexed):
            for axis, place in enumerate(part.places):
                if isinstance(place, Index) and place.letter in starts:
                    own = (_array_of(part), axis, place.letter)
                    reach[own] = max(place.first, reach.get(own, 0))
    if not any(reach.values()):
        return read

    def reaching(part: Tree) -> Tree:
        if not isinstance(part, Indexed):
            return part
        places = tuple(
            replace(place, reach=reach.get((_array_of(part), axis, place.letter), place.first))
            if isinstance(place, Index) and place.letter in starts
            else place
            for axis, place in enumerate(part.places)
        )
        return replace(part, places=places)

    return transform(read, reaching)


def _array_of(part: Indexed) -> Tree:
    return part.body.name if isinstance(part.body, Symbol) else part.body


def _length(reader: "Reader", body: Tree, index: Tree) -> int | None:
    """How many values an index has by the arrays that it runs along, where these are numbers."""
    lengths: set[int] = set()
    for form, _ in forms(body, frozenset({index})):
        for axis, place in enumerate(form.places):
            if offset_of(place, {index}) == (index, 0):
                lengths.update(reader.lengths.get(form.base, ())[axis : axis + 1])
    return lengths.pop() if len(lengths) == 1 and 0 not in lengths else None


def _pairs(reader: "Reader", tree: BigOperator) -> Tree:
    """`\\sum_{i<j}` over arrays of known length, written out."""
    first, second = pair_of(tree)
    lengths = [_length(reader, tree.body, index) for index in (first, second)]
    if tree.operator != "sum" or None in lengths or lengths[0] != lengths[1]:
        message = f"chainrule writes {span_text(tree.span)} out, and how long the arrays are is not known in numbers"
        hint = "declare their lengths, or write \\frac12 (\\sum_i \\sum_j a_{ij} - \\sum_i a_{ii}) of symmetric terms"
        raise SyntaxFault("unsupported-sum", message, tree.span, hint)
    if (lengths[0] or 0) ** 2 > 4 * MOST_TERMS:
        raise SyntaxFault("unsupported-sum", f"{span_text(tree.span)} has too many terms to be written out", tree.span)
    numbers = range(1, (lengths[0] or 0) + 1)
    outer = {n: put_number(tree.body, first, n) for n in numbers}
    terms = tuple(put_number(outer[n], second, m) for n in numbers for m in numbers if n < m)
    if not 1 <= len(terms) <= MOST_TERMS:
        raise SyntaxFault("unsupported-sum", f"{span_text(tree.span)} has {len(terms)} terms", tree.span)
    reader.charge(len(terms) * sum(1 for _ in walk(tree.body)), tree)
    return reader.read(Sum((1,) * len(terms), terms, span=tree.span))


def _all_but_one(reader: "Reader", tree: BigOperator, over: Range, excepted: Tree) -> Tree:
    """`\\sum_{j \\ne i}`: the terms written out where their numbers are known, else the whole sum without one term."""
    if tree.operator != "sum":
        message = f"chainrule leaves a term out of sums alone, not of {span_text(tree.span)}"
        raise SyntaxFault("unsupported-sum", message, tree.span)
    left_out = reader.integers.get(key(excepted)) if could_be_name(excepted) else None
    if isinstance(excepted, Number) and excepted.value.denominator == 1:
        left_out = int(excepted.value)
    length = _length(reader, tree.body, over.index)
    if left_out is not None and length is not None:
        numbers = tuple(n for n in range(1, length + 1) if n != left_out)
        return _written_out(reader, tree, over.index, numbers)
    if left_out is None and key(excepted) not in reader.indices:
        message = f"{span_text(excepted.span)} in {span_text(tree.span)} is neither a number nor the index of a sum"
        raise SyntaxFault("free-index", message, tree.span)
    whole = _along(reader, tree, over)
    return Excepted(whole, reader.read(put_letter(tree.body, over.index, excepted)), span=tree.span)
