r"""What the indices of a whole text run along: the arrays of its sums, and of definitions such as `y_i = w x_i + b`."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chainrule.errors import SyntaxFault
from chainrule.inference.bounds import Range, index_of, read_range
from chainrule.inference.index_form import (
    EXAMPLE_LETTERS,
    INDEX_LETTERS,
    MOST_TERMS,
    Form,
    arithmetic,
    element_name,
    form_of,
    forms,
    is_array_name,
    is_kronecker,
    offset_of,
    with_argument_indices,
)
from chainrule.inference.symbols import could_be_name, key
from chainrule.syntax.tree import BigOperator, Derivative, Subscript, Tree, walk

NAMES_FROM_ZERO = -1
"""In the place of the first value: the sum is written out, and what it indexes may be names."""


@dataclass(frozen=True)
class Axes:
    """arrays: names that an index runs along; batches: those written `x^{(i)}`; zero_based: those counted from 0."""

    arrays: frozenset[Tree]
    batches: frozenset[Tree]
    zero_based: frozenset[Tree]

    def renamed(self, names: Mapping[Tree, Tree]) -> "Axes":
        """The same with other names for some arrays."""
        each = (self.arrays, self.batches, self.zero_based)
        return Axes(*(frozenset(names.get(array, array) for array in arrays) for arrays in each))


def free_indices(
    name: Tree, body: Tree, batches: Container[Tree], counted: Container[Tree] = (), fixed: Container[Tree] = ()
) -> tuple[Tree, tuple[Tree, ...]] | None:
    r"""The array and the indices of `y_i = \gamma x_i + \beta`, which defines y entry by entry; None for any other definition.

    An index that the body shifts, `h_{i-1}`, makes it a definition with a step instead, unless the text says how far the index
    goes and the array is another one: `y_i = x_i + x_{i+1}`. batches: see `examples_of`. counted: indices with a range.
    fixed: letters of one example.
    """
    found = form_of(name, INDEX_LETTERS)
    if found is not None and found.of_batch and found.places[0] not in EXAMPLE_LETTERS:
        layer = {part for part in walk(found.places[0]) if part in INDEX_LETTERS}
        found = form_of(name, INDEX_LETTERS - layer)  # a layer, as in `a^{(l)}_j` and `a^{(l+1)}_j`
    if found is None or (found.of_batch and key(found.base) not in batches):
        return None
    letters = found.places
    if not all(each in INDEX_LETTERS and each not in fixed for each in letters) or len(set(letters)) < len(letters):
        return None
    base, used = key(found.base), set[Tree]()
    for form, around in forms(body, frozenset(letters)):
        for place in form.places:
            found_in = arithmetic(place, around)
            own = [] if found_in is None else [each for each in found_in.letters if each in letters]
            plain = offset_of(place, around)
            moved = plain is None or plain[1] != 0
            if own and moved and (key(form.base) == base or not all(each in counted for each in own)):
                return None
            used.update(own)
    return (base, letters) if set(letters) <= used else None


def examples_of(statements: Sequence[Tree], definitions: Iterable[tuple[Tree, Tree]]) -> frozenset[Tree]:
    r"""What is written `x^{(i)}` and is a batch: a sum runs over its examples, or a definition connects it with such a one.

    Where no sum does, `\hat{y}^{(i)} = w x^{(i)}` is about one example, and these are names.
    """
    statements = list(statements)
    batches = set(axes_of(statements, ()).batches)
    summed = set(_summed_examples(statements))
    linked: list[set[Tree]] = []
    for name, body in definitions:
        own = form_of(name, EXAMPLE_LETTERS)
        if own is not None and own.of_batch:
            inside = [form for form in _forms_with(body, own.places[:1]) if form.of_batch]
            linked.append({key(form.base) for form in (own, *inside)})
            batches.update({key(own.base)} & summed)
    while more := [group for group in linked if group & batches and not group <= batches]:
        batches.update(*more)
    return frozenset(batches)


def _ranges(statements: Iterable[Tree]) -> Iterator[tuple[BigOperator, Tree, Range]]:
    """The sums of a text over an index, each with what it runs over."""
    for tree in (part for statement in statements for part in walk(statement) if isinstance(part, BigOperator)):
        index = index_of(tree)
        try:
            over = read_range(tree, {})
        except SyntaxFault:
            continue  # it is reported where it is read
        if index is not None:
            yield tree, index, over


def _summed_examples(statements: Iterable[Tree]) -> Iterator[Tree]:
    r"""What a sum from 1 to a number takes one example after another of: y of `\sum_{i=1}^{3} y^{(i)}`."""
    for tree, index, over in _ranges(statements):
        if over.numbers and over.numbers[0] == 1:
            yield from (
                key(form.base) for form in _forms_with(tree.body, (index,)) if form.of_batch and form.places[0] == index
            )


def fixed_letters(statements: Iterable[Tree], given: Iterable[Tree], counted: Container[Tree]) -> frozenset[Tree]:
    """The letters that number the one example that a text is about: `x_i` is given as a whole, and nothing runs over i."""
    found = {name.items[0] for name in given if isinstance(name, Subscript) and len(name.items) == 1}
    if not found:
        return frozenset()
    sums = (part for statement in statements for part in walk(statement) if isinstance(part, BigOperator))
    running = {index_of(tree) for tree in sums}
    return frozenset(each for each in found if each in INDEX_LETTERS and each not in running and each not in counted)


def elements_apart(
    definitions: Sequence[tuple[Tree, Tree]],
    batches: Container[Tree],
    counted: Container[Tree] = (),
    fixed: Container[Tree] = (),
) -> dict[Tree, Tree]:
    r"""The arrays whose letter stands for something else too, `L = \frac1n \sum_i L_i`, each with its own name, `L_i`."""
    tables = {name: free_indices(name, body, batches, counted, fixed) for name, body in definitions}
    plain = {key(name): body for name, body in definitions if tables[name] is None}
    found = {table[0]: key(name) for name, table in tables.items() if table is not None and table[0] in plain}
    for name, body in plain.items():
        for tree in (part for part in walk(body) if isinstance(part, BigOperator)):
            index = index_of(tree)
            inside = _forms_with(tree.body, (index,)) if index is not None else []
            for form in (form for form in inside if key(form.base) == name):
                found.setdefault(name, element_name(form))
    return found


def axes_of(statements: Sequence[Tree], tables: Iterable[tuple[tuple[Tree, ...], Tree]], defined: Iterable[Tree] = ()) -> Axes:
    """What the sums of a text run along, and the definitions entry by entry, each given by its indices and its body.

    defined: the arrays that these define.
    """
    found: list[tuple[Form, int]] = []
    for tree, index, over in _ranges(statements):
        along = over.numbers is None or len(over.numbers) > MOST_TERMS
        start = over.numbers[0] if over.numbers else over.start
        if along or start == 0:
            body = with_argument_indices(tree.body, {index})
            inside = [(form, start + _least_offset(form, index)) for form in _forms_with(body, (index,))]
            found += [(form, first if along else NAMES_FROM_ZERO) for form, first in inside if along or first == 0]
    for indices, body in tables:
        found += [(form, 1) for form in _forms_with(body, indices)]
    found += [
        (form, 1)
        for form in _beside_arrays(
            statements, {*defined, *_by_letter(statements), *(key(form.base) for form, start in found if start == 1)}
        )
    ]
    named = [(form, start) for form, start in found if is_array_name(form.base) and not is_kronecker(form)]
    return Axes(
        frozenset(key(form.base) for form, start in named if start != NAMES_FROM_ZERO),
        frozenset(key(form.base) for form, start in named if form.of_batch and start != NAMES_FROM_ZERO),
        frozenset(key(form.base) for form, start in named if start in (0, NAMES_FROM_ZERO)),
    )


def _by_letter(statements: Sequence[Tree]) -> Iterator[Tree]:
    r"""The arrays that are differentiated by or stand alone, whole or an entry at any place: w of "with respect to $w_i$"."""
    for statement in statements:
        by = [name for part in walk(statement) if isinstance(part, Derivative) for name in part.by]
        for name in (statement, *by):
            form = form_of(name, INDEX_LETTERS)
            if form is None and could_be_name(name):
                yield key(name)
            elif form is not None and not form.of_batch and all(place in INDEX_LETTERS for place in form.places):
                yield key(form.base)


def _beside_arrays(statements: Sequence[Tree], arrays: Container[Tree]) -> Iterator[Form]:
    r"""What a sum from 1 to a number takes one entry after another of, where another array does so too: y beside p in
    `\sum_{i=1}^{3} y_i \log p_i`.
    """
    for tree in (part for statement in statements for part in walk(statement) if isinstance(part, BigOperator)):
        index = index_of(tree)
        try:
            over = read_range(tree, {})
        except SyntaxFault:
            continue  # it is reported where it is read
        if index is None or not over.numbers or over.numbers[0] != 1:
            continue
        plain = [form for form, _ in forms(tree.body, frozenset({index})) if form.places == (index,)]
        if any(key(form.base) in arrays for form in plain):
            yield from plain


def _least_offset(form: Form, index: Tree) -> int:
    """How far the index is shifted at the least in the places of a form: 1 in `x_{k+1}`."""
    return min(found[1] for place in form.places if (found := offset_of(place, {index})) is not None)


def _forms_with(body: Tree, letters: tuple[Tree, ...]) -> list[Form]:
    return [
        form
        for form, _ in forms(body, frozenset(letters))
        if any(offset_of(place, letters) is not None for place in form.places)
    ]


def array_of(name: Tree, axes: Axes) -> Tree | None:
    """The array that `x_i` and `x^{(i)}` are the elements of, where an index runs along it; None for any other name."""
    form = form_of(name, INDEX_LETTERS)
    if form is None or len(form.places) != 1 or key(form.base) not in axes.arrays:
        return None
    return key(form.base)
