r"""From which number indices count: from 1, or from 0 where a range says so, `i \in \{0, 1\}`, or the arrays they index do."""

from collections.abc import Container, Iterable, Mapping, Sequence

from chainrule.errors import SyntaxFault
from chainrule.inference.bounds import index_of, read_range
from chainrule.inference.index_form import arithmetic, forms
from chainrule.inference.ranges import AxisRange, range_in
from chainrule.inference.statements import Definition
from chainrule.inference.symbols import key, span_text
from chainrule.syntax.tree import BigOperator, Tree, walk

Ranges = Mapping[Tree, Sequence[AxisRange]]


def start_of(definition: Definition, index: Tree, ranges: Ranges, from_zero: Container[Tree]) -> int:
    """The first value of an index of a definition entry by entry: as its range says, else as what it indexes is counted."""
    own = range_in(ranges.get(index, ()), definition.span)
    return own.first if own is not None else 0 if indexes_any(definition.body, index, from_zero) else 1


def starts_of(definition: Definition, ranges: Ranges, from_zero: Container[Tree]) -> dict[Tree, int]:
    """The first value of each index. Raises SyntaxFault `mixed-counting` where they differ: an array is counted in one way."""
    starts = {index: start_of(definition, index, ranges, from_zero) for index in definition.indices}
    if len(set(starts.values())) > 1:
        message = f"the indices of {span_text(definition.name.span)} begin with different numbers"
        raise SyntaxFault("mixed-counting", message, definition.span, "let both begin with 1, or both with 0")
    return starts


def indexes_any(body: Tree, index: Tree, arrays: Container[Tree]) -> bool:
    """Whether the index stands alone in a place of one of these arrays."""
    found = (form for form, _ in forms(body, frozenset({index})) if key(form.base) in arrays)
    return any(place == index for form in found for place in form.places)


def counted_from_zero(definitions: Sequence[Definition], ranges: Ranges, known: Iterable[Tree]) -> frozenset[Tree]:
    """The arrays counted from 0: those known by a sum, those defined for indices from 0, and what these are computed from
    entry by entry, so that their first entry is used."""
    found = set(known)
    tables = [each for each in definitions if each.indices]
    while True:
        before = len(found)
        for table in tables:
            starts = {index: start_of(table, index, ranges, found) for index in table.indices}
            if set(starts.values()) == {0}:
                found.add(key(table.name))
                found.update(_used_from_zero(table, starts))
        if len(found) == before:
            return frozenset(found)


def _used_from_zero(table: Definition, starts: Mapping[Tree, int]) -> set[Tree]:
    """The arrays whose entry 0 is taken where all indices have their first values, and none before it."""
    firsts = {**_starts_of_sums(table.body), **starts}
    least: dict[Tree, int] = {}
    for form, around in forms(table.body, frozenset(starts)):
        for place in form.places:
            found = arithmetic(place, around)
            if found is None or not any(letter in starts for letter in found.letters):
                continue
            if any(times < 0 for times in found.letters.values()) or any(letter not in firsts for letter in found.letters):
                continue
            at = found.added + sum(times * firsts[letter] for letter, times in found.letters.items())
            least[key(form.base)] = min(at, least.get(key(form.base), at))
    return {array for array, at in least.items() if at == 0}


def _starts_of_sums(body: Tree) -> dict[Tree, int]:
    """The first value of each index that sums in a body run over; of one that has two, none."""
    found: dict[Tree, set[int]] = {}
    for part in walk(body):
        index = index_of(part) if isinstance(part, BigOperator) else None
        if index is None or not isinstance(part, BigOperator):
            continue
        try:
            over = read_range(part, {})
        except SyntaxFault:
            continue  # it is reported where it is read
        found.setdefault(index, set()).add(over.numbers[0] if over.numbers else over.start)
    return {index: min(starts) for index, starts in found.items() if len(starts) == 1}
