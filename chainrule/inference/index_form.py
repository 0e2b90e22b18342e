r"""Names with indices in their scripts: `x_i`, `W_{ij}`, `x^{(i)}_j`, `a^{(l)}_k`, `X_{i,*}`, `x_{i+1}`; those of a tree."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import cast

from chainrule.inference.bounds import index_of
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Font,
    Juxtaposition,
    Name,
    Number,
    Product,
    Subscript,
    Sum,
    Superscript,
    Tree,
    children,
)

INDEX_LETTERS: frozenset[Name] = frozenset(map(Name, "ijklmnrs"))
"""Letters that are indices where they stand on both sides of a definition, or on an array."""
EXAMPLE_LETTERS = INDEX_LETTERS - {Name("l")}
r"""Those that number the examples of a batch in `x^{(i)}`; `W^{(l)}` is a layer."""
MOST_TERMS = 64
"""A sum is written out up to so many terms."""
KRONECKER = (Name("\\delta"), Name("δ"))
STARS = (Name("*"), Name(":"), Name("\\cdot"))


@dataclass(frozen=True)
class Form:
    """An array and the places of one of its entries, in order. `of_batch`: the first of them is written as `x^{(i)}`."""

    base: Tree
    places: tuple[Tree, ...]
    of_batch: bool = False


def letters_of(tree: Subscript, letters: Collection[Tree] = INDEX_LETTERS) -> tuple[Tree, ...]:
    """The indices of a subscript: `_{ij}`, `_{i,j}`, `_i`, plain `_ij` where these can be indices."""
    if len(tree.items) != 1:
        return tree.items
    (item,) = tree.items
    if isinstance(item, Juxtaposition):
        return item.items
    if isinstance(item, Name) and item.text.isalpha() and len(item.text) > 1:
        each = tuple(Name(letter, span=item.span) for letter in item.text)
        return each if all(e in letters or e in INDEX_LETTERS for e in each) else tree.items
    return tree.items


def form_of(tree: Tree, letters: Collection[Tree]) -> Form | None:
    """The array and the places of a tree that has one of these letters in its scripts; None for any other tree."""
    found = _split(tree, letters)
    return found if found is not None and any(is_index(place, letters) for place in found.places) else None


def is_index(place: Tree, letters: Collection[Tree]) -> bool:
    """Whether a place is computed from these letters, and from nothing else that has a name."""
    found = arithmetic(place, letters)
    return found is not None and bool(found.letters)


def _split(tree: Tree, letters: Collection[Tree]) -> Form | None:
    match tree:
        case Superscript(base=base, exponent=Bracket(items=(item,)) as exponent) if exponent.kind in "([<":
            inner = _split(base, letters) or Form(base, ())
            if offset_of(item, letters) is not None:
                return Form(inner.base, (item, *inner.places), of_batch=True)
            return replace(inner, base=replace(tree, base=inner.base)) if inner.places else None
        case Subscript(base=base):
            places = letters_of(tree, letters)
            words = [place for place in places if _is_word(place)]
            name = replace(tree, base=base, items=tuple(words)) if words and len(words) < len(places) else base
            return Form(name, tuple(place for place in places if place not in words) if name is not base else places)
        case _:
            return None


def _is_word(place: Tree) -> bool:
    """`\\text{pred}` in `y_{\\text{pred}, i}`: part of the name."""
    inside = place.body if isinstance(place, Font) else place
    return isinstance(inside, Name) and len(inside.text) > 1 and inside.text.isalpha()


def element_name(form: Form) -> Tree:
    """The element as a name: `L_i`, `L^{(i)}`."""
    if form.of_batch:
        return key(Superscript(form.base, Bracket("(", form.places[:1])))
    return key(Subscript(form.base, form.places))


def is_array_name(base: Tree) -> bool:
    """A name, `a^{(l-1)}` among them."""
    if isinstance(base, Superscript) and isinstance(base.exponent, Bracket) and len(base.exponent.items) == 1:
        (item,) = base.exponent.items
        shifted = isinstance(item, Sum) and all(isinstance(term, Name | Number) for term in item.terms)
        return could_be_name(base.base) and (shifted or could_be_name(base))
    return could_be_name(base)


def is_kronecker(form: Form) -> bool:
    r"""`\delta_{ij}`."""
    return form.base in KRONECKER and len(form.places) == 2


@dataclass(frozen=True)
class Arithmetic:
    """An index as a sum, `2i + j - 1`: how often each letter is taken, none of them zero times, and the number added."""

    letters: Mapping[Tree, int]
    added: int = 0

    def times(self, factor: int) -> "Arithmetic":
        """Every part of it so many times."""
        return Arithmetic({letter: factor * n for letter, n in self.letters.items() if factor}, factor * self.added)

    def plus(self, other: "Arithmetic") -> "Arithmetic":
        """Both added up."""
        names = dict.fromkeys((*self.letters, *other.letters))
        both = {name: self.letters.get(name, 0) + other.letters.get(name, 0) for name in names}
        return Arithmetic({name: n for name, n in both.items() if n}, self.added + other.added)


def arithmetic(place: Tree, letters: Collection[Tree]) -> Arithmetic | None:
    """What a place computes of these letters and whole numbers, `i+j-1`, `2(i-1)+1`; None where anything else is in it."""
    if could_be_name(place):
        return Arithmetic({key(place): 1}) if key(place) in letters else None
    match place:
        case Number(value=value):
            return Arithmetic({}, int(value)) if value.denominator == 1 else None
        case Bracket(kind="(", items=(item,)):
            return arithmetic(item, letters)
        case Sum(signs=signs, terms=terms):
            total = Arithmetic({})
            for sign, term in zip(signs, terms, strict=True):
                part = arithmetic(term, letters)
                if part is None:
                    return None
                total = total.plus(part.times(sign))
            return total
        case Juxtaposition(items=(factor, body)) | Product(operator="\\cdot" | "*" | "·", factors=(factor, body)):
            times, part = number(factor), arithmetic(body, letters)
            return None if times is None or times.denominator != 1 or part is None else part.times(int(times))
        case _:
            return None


def stepped(place: Tree, letters: Collection[Tree]) -> tuple[Tree, int, int] | None:
    """The one letter of a place, how far the place goes for every step of it, and what is added: `2i - 1`."""
    found = arithmetic(place, letters)
    if found is None or len(found.letters) != 1:
        return None
    ((letter, step),) = found.letters.items()
    return letter, step, found.added


def offset_of(place: Tree, letters: Collection[Tree]) -> tuple[Tree, int] | None:
    """The letter and what is added to it, `i+1`, `i-1`, `1+i`, `i`; None where the place is no such index."""
    found = stepped(place, letters)
    return (found[0], found[2]) if found is not None and found[1] == 1 else None


def forms(tree: Tree, letters: frozenset[Tree]) -> Iterator[tuple[Form, frozenset[Tree]]]:
    """Every use of an array with one of these letters, or with that of a sum in the tree, with the letters around it."""
    if isinstance(tree, BigOperator):
        index = index_of(tree)
        inner = letters if index is None else letters | {index}
        yield from forms(with_argument_indices(tree.body, inner), inner)
        return
    found = form_of(tree, letters)
    if found is not None:
        yield found, letters
    for child in children(tree if found is None else found.base):
        yield from forms(child, letters)


def with_argument_indices(tree: Tree, letters: Collection[Tree]) -> Tree:
    """`p(x)` with the index x of a sum in the parentheses becomes `p_x`."""
    if isinstance(tree, BigOperator) and index_of(tree) in letters:
        return tree
    if isinstance(tree, Juxtaposition):
        joined = _joined(tree.items, letters)
        if len(joined) == 1:
            return joined[0]
        tree = tree if len(joined) == len(tree.items) else replace(tree, items=tuple(joined))
    return _rebuilt(tree, lambda part: with_argument_indices(part, letters))


def _joined(items: Sequence[Tree], letters: Collection[Tree]) -> list[Tree]:
    joined: list[Tree] = []
    for item in items:
        before = joined[-1] if joined else None
        power = item if isinstance(item, Superscript) else None  # `p(x)^2`
        bracket = power.base if power is not None else item
        if before is not None and could_be_name(before) and isinstance(bracket, Bracket) and _holds_indices(bracket, letters):
            span = before.span.to(item.span) if before.span and item.span else before.span
            entry = Subscript(before, bracket.items, span=span)
            joined[-1] = entry if power is None else replace(power, base=entry, span=span)
        else:
            joined.append(item)
    return joined


def _holds_indices(item: Bracket, letters: Collection[Tree]) -> bool:
    return item.kind == "(" and "|" not in item.separators and bool(item.items) and all(i in letters for i in item.items)


def is_number_in(tree: Tree, index: Tree) -> bool:
    """Whether an index stands anywhere but in the scripts of an array: `i x_i`, `x^k`."""
    if isinstance(tree, BigOperator) and index_of(tree) == index:
        return False
    found = form_of(tree, {index})
    if found is not None:
        return is_number_in(found.base, index)
    return tree == index or any(is_number_in(child, index) for child in children(tree))


def put_number(tree: Tree, index: Tree, value: int) -> Tree:
    """The tree with a number in the place of an index; arithmetic in subscripts is done. Nothing inside a sum over the
    same letter is replaced."""
    if isinstance(tree, BigOperator) and index_of(tree) == index:
        return tree
    if tree == index:
        return Number(Fraction(value), str(value), span=tree.span)
    if isinstance(tree, Subscript) and index in letters_of(tree, {index}):
        tree = replace(tree, items=letters_of(tree, {index}))
    put = _rebuilt(tree, lambda part: put_number(part, index, value))
    if isinstance(put, Subscript):
        return replace(put, items=tuple(map(_added_up, put.items)))
    return replace(put, items=tuple(map(_counted, put.items))) if isinstance(put, Bracket) else put


def _counted(item: Tree) -> Tree:
    value = number(item) if isinstance(item, Sum) else None
    return item if value is None or value < 0 else Number(value, str(value), span=item.span)


def _added_up(item: Tree) -> Tree:
    """An index with its whole numbers added up: 3 for `2 + 1`, `i + 1` for `i + 2 - 1`."""
    found = arithmetic(item, ())
    if found is not None and not isinstance(item, Number):
        return item if found.added < 0 else Number(Fraction(found.added), str(found.added), span=item.span)
    if not isinstance(item, Sum):
        return item
    parts = [(sign, term, number(term)) for sign, term in zip(item.signs, item.terms, strict=True)]
    added = sum((sign * value for sign, _, value in parts if value is not None), Fraction(0))
    kept = [(sign, term) for sign, term, value in parts if value is None]
    if added:
        kept.append((1 if added > 0 else -1, Number(abs(added), str(abs(added)), span=item.span)))
    if len(kept) == 1 and kept[0][0] == 1:
        (term,) = (term for _, term in kept)
        return Bracket("(", (term,), span=item.span) if isinstance(term, Juxtaposition) else term
    return Sum(tuple(sign for sign, _ in kept), tuple(term for _, term in kept), span=item.span)


def put_letter(tree: Tree, index: Tree, other: Tree) -> Tree:
    """The tree with another tree in the place of an index."""
    if isinstance(tree, BigOperator) and index_of(tree) == index:
        return tree
    if tree == index:
        return replace(other, span=tree.span)
    if isinstance(tree, Subscript) and index in letters_of(tree, {index}):
        tree = replace(tree, items=letters_of(tree, {index}))
    return _rebuilt(tree, lambda part: put_letter(part, index, other))


def _rebuilt(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """The tree with every direct subtree changed; as it is where none of them is."""

    def changed(value: object) -> object:
        if isinstance(value, Tree):
            return change(value)
        if isinstance(value, tuple):
            items = cast("tuple[object, ...]", value)
            new = tuple(changed(item) for item in items)
            return items if all(a is b for a, b in zip(items, new, strict=True)) else new
        return value

    values = {each.name: getattr(tree, each.name) for each in fields(tree) if each.name != "span"}
    new = {name: changed(value) for name, value in values.items()}
    return tree if all(new[name] is values[name] for name in new) else type(tree)(**new, span=tree.span)
