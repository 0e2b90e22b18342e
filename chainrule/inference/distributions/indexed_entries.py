r"""Probabilities that are given by their index: `p_1 = 0.5, p_2 = 0.3, p_3 = 0.2` is the vector `p = (0.5, 0.3, 0.2)`.

They are put together where the text speaks of the whole, `H(p)`, or they sum to 1 and it speaks of any of them, `p_i`, or of
none by itself; not where it has another definition of it. Entries are counted from 1, so those from 0 stay where one is used.
Beside `p_k = 2^{-k}` for some k a single one, `p_4 = 1/8`, is a further entry.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.inference.distributions.assignments import names_used_whole
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, is_probability, key
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Relation, Subscript, Tree, walk

EQUALS = frozenset({"=", ":=", "\\equiv", "≡"})


@dataclass(frozen=True)
class Single:
    """`p_4 = 1/8`: its place among the statements, the name, the index, the value."""

    at: int
    name: Tree
    label: Number
    value: Tree
    statement: Relation


def singles_of(statements: Sequence[Tree]) -> dict[Tree, list[Single]]:
    """The single probabilities by their name."""
    found: dict[Tree, list[Single]] = {}
    for each in (each for at, statement in enumerate(statements) for each in _singles(at, statement)):
        found.setdefault(each.name, []).append(each)
    return found


def _singles(at: int, statement: Tree) -> Iterator[Single]:
    if not isinstance(statement, Relation) or not set(statement.operators) <= EQUALS:
        return
    *heads, value = statement.sides
    read: list[Single] = []
    for head in heads:
        match head:
            case Subscript(base=base, items=(Number() as label,)) if is_probability(base) and could_be_name(base):
                read.append(Single(at, key(base), label, value, statement))
            case _:
                return
    known = number(value)
    if known is not None and 0 <= known <= 1:
        yield from read


def with_vectors(statements: Sequence[Tree]) -> list[Tree]:
    """The statements with such probabilities as vectors, those counted from 0 as tables, at the place of the first."""
    result: dict[int, Tree | None] = dict(enumerate(statements))
    whole, indexed, defined = names_used_whole(statements), _indexed(statements), _defined(statements)
    for name, group in singles_of(statements).items():
        labels = [each.label.value for each in group]
        counted = labels in ([Fraction(k + start) for k in range(len(labels))] for start in (0, 1))
        values = [number(each.value) for each in group]
        sums = sum(value for value in values if value is not None) == 1
        used = _is_read_singly(name, group, statements)
        told = name in whole or (sums and (name in indexed or not used))
        if len(group) > 1 and counted and told and name not in defined and not (used and labels[0] == 0):
            result.update((each.at, None) for each in group)
            result[group[0].at] = _vector(name, group)
    return [statement for statement in result.values() if statement is not None]


def _vector(name: Tree, group: Sequence[Single]) -> Relation:
    first = group[0].statement
    signs = (",",) * (len(group) - 1)
    if group[0].label.value == 1:
        body = Bracket("(", tuple(each.value for each in group), signs, span=first.span)
    else:
        body = Bracket("{", tuple(map(pair_of_single, group)), signs, span=first.span)
    head = next((side.base for side in first.sides if isinstance(side, Subscript)), name)
    return Relation(("=",), (head, body), span=first.span)


def pair_of_single(each: Single) -> Relation:
    """`4: 1/8`."""
    return Relation((":",), (each.label, each.value), span=each.statement.span)


def with_singles(table: Relation, singles: Sequence[Single]) -> Relation:
    """A table of a formula with further outcomes; as it is where it has one of them already."""
    body = table.sides[1]
    if not isinstance(body, Bracket) or body.kind != "{":
        return table
    labels = {number(item.sides[0]) for item in body.items if isinstance(item, Relation)}
    if any(each.label.value in labels for each in singles):
        return table
    items = (*body.items, *map(pair_of_single, singles))
    return Relation(
        table.operators, (table.sides[0], Bracket("{", items, (",",) * (len(items) - 1), span=body.span)), span=table.span
    )


def _is_read_singly(name: Tree, group: Sequence[Single], statements: Sequence[Tree]) -> bool:
    """Whether anything else has one of the probabilities in it."""
    others = (each for at, each in enumerate(statements) if all(at != single.at for single in group))
    parts = (part for statement in others for part in walk(statement) if isinstance(part, Subscript))
    return any(key(part.base) == name and isinstance(part.items[0], Number) for part in parts)


def _indexed(statements: Sequence[Tree]) -> set[Tree]:
    """The names that stand with a letter for an index, p of `p_i`."""
    parts = (part for statement in statements for part in walk(statement))
    return {
        key(part.base)
        for part in parts
        if isinstance(part, Subscript)
        and len(part.items) == 1
        and isinstance(part.items[0], Name)
        and len(part.items[0].text) == 1
    }


def _defined(statements: Sequence[Tree]) -> Mapping[Tree, Tree]:
    """The names that have another definition: `p = ...`, `p(x) = ...`, `p_i = ...`."""
    found: dict[Tree, Tree] = {}
    for statement in statements:
        head = statement.sides[0] if isinstance(statement, Relation) else None
        match head:
            case Subscript(base=base, items=(Name(),)) | Juxtaposition(items=(base, Bracket())):
                found[key(base)] = statement
            case None:
                pass
            case _:
                found[key(head)] = statement
    return found
