r"""Which definitions stand for every value of an index: `h_t = ... h_{t-1}`, `z^{(l)} = ...`, not `y_i = w x_i`, an array."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chainrule.inference.index_form import EXAMPLE_LETTERS, INDEX_LETTERS
from chainrule.inference.members import STEPS, Member, Range, indexed_names, members
from chainrule.inference.ranges import axis_ranges
from chainrule.inference.statements import head_parts
from chainrule.inference.symbols import could_be_defined, key
from chainrule.syntax.tree import Bracket, Derivative, Name, Relation, Tree

EQUALS = frozenset({"=", ":="})
MOST_STEPS = MOST_TERMS = 64


@dataclass(frozen=True)
class Line:
    """A statement, and the letters in it that are still to be written out."""

    tree: Tree
    letters: frozenset[Tree] = frozenset()


def defined_name(statement: Tree) -> Tree | None:
    """The name on the left of an equation."""
    if not isinstance(statement, Relation) or not set(statement.operators) <= EQUALS:
        return None
    name = head_parts(statement.sides[0])[0]
    return name if could_be_defined(name) and not isinstance(name, Derivative) else None


def explicit_names(statement: Tree) -> Iterator[Tree]:
    """The names that a statement defines, gives or declares."""
    if isinstance(statement, Relation) and set(statement.operators) <= EQUALS:
        for side in statement.sides[:-1]:
            yield from (head_parts(item)[0] for item in (side.items if isinstance(side, Bracket) else (side,)))
    elif isinstance(statement, Relation) and statement.operators == ("\\in",):
        yield statement.sides[0]


def mark_steps(statements: Sequence[Tree]) -> list[Line]:
    """Each statement with the letters that it is to be written out for."""
    counted = axis_ranges(statements, {})
    explicit = {m.family for s in statements for name in explicit_names(s) for m in members(name) if m.letter is None}
    whole = {key(name) for s in statements for name in explicit_names(s)}
    numbered = {family for family in explicit if base_of(family) not in whole}
    computed = {m.family for s in statements for m in members(defined_name(s) or s)}

    def is_array(member: Member) -> bool:
        """Whether a member with a shifted index is an entry of an array that the text has as a whole."""
        own = base_of(member.family) in whole and member.family not in computed and member.family not in explicit
        return own and member.letter in counted and not member.layer

    letters: list[frozenset[Tree]] = [frozenset(_own_steps(s, numbered, is_array)) for s in statements]
    while True:
        # What is computed entry by entry from a name of such a definition is such a definition too.
        families = {
            m.family
            for s, own in zip(statements, letters, strict=True)
            for m in members(defined_name(s) or s)
            if m.letter in own
        }
        after = [own | frozenset(_own_steps(s, families, is_array)) for s, own in zip(statements, letters, strict=True)]
        if after == letters:
            return [Line(s, own) for s, own in zip(statements, letters, strict=True)]
        letters = after


def base_of(family: Tree) -> Tree | None:
    base = getattr(family, "base", None)
    return key(base) if isinstance(base, Tree) else None


def _own_steps(statement: Tree, numbered: Iterable[Tree], is_array: Callable[[Member], bool]) -> Iterator[Tree]:
    """The letters in the name of a definition that stand for every value of an index, and not for an entry of an array."""
    name = defined_name(statement)
    if name is None or not isinstance(statement, Relation):
        return
    inside = [m for name, bound in _names(statement.sides[1:]) for m in members(name) if m.letter not in bound]
    for member in members(name):
        letter = member.letter
        if letter is None or (
            letter not in STEPS and not (member.layer and isinstance(letter, Name) and letter.text.islower())
        ):
            continue
        uses = [m for m in inside if m.letter == letter]
        shifted = member.number or any(m.number and not is_array(m) for m in uses)
        of_array = letter in (EXAMPLE_LETTERS if member.layer else INDEX_LETTERS)
        if shifted or not of_array or any(m.family in numbered for m in uses):
            yield letter


def _names(trees: Iterable[Tree]) -> Iterator[tuple[Tree, Mapping[Tree, Range]]]:
    for tree in trees:
        yield from indexed_names(tree, {})
