r"""Definitions by cases in prose: "$f(z) = z$ for $z > 0$, and $0.1 z$ otherwise" becomes one definition by cases."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from chainrule.errors import Diagnostic
from chainrule.inference.literals import number
from chainrule.inference.statements import CONDITIONS, EQUALS, head_parts
from chainrule.inference.symbols import could_be_defined, could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.listing import placed
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.syntax.tree import Bracket, CasesTree, Juxtaposition, Prime, Relation, Tree, walk

_FOR = words("for if when whenever where")
_JOINING = words(", ; and but or while whereas is it equals equal to")
_OTHERWISE = words("otherwise else elsewhere")
_NUMBERS = {"zero": "0", "one": "1"}
INEQUALITIES = frozenset(("<", ">", "\\le", "\\ge", "\\leq", "\\geq", "<=", ">="))
_HINT = "write \\begin{cases} a & x > 0 \\\\ b & \\text{otherwise} \\end{cases}"


@dataclass(frozen=True)
class Pieces:
    """One definition by cases, and the formulas that it was put together from; fault: where its pieces are not clear."""

    name: Tree
    definition: Relation
    formulas: tuple[Math, ...]
    fault: Diagnostic | None = None


def find_pieces(items: Iterable[Item]) -> list[Pieces]:
    """The definitions by cases that sentences give piece by piece, in the order of the text."""
    found: list[Pieces] = []
    sentences = find_sentences(items)
    maths = (token for sentence in sentences for token in sentence.tokens if isinstance(token, Math))
    placed_at = frozenset(name for math in maths for tree in statements(math) for name in _at_numbers(tree))
    for sentence in sentences:
        taken = 0
        for at in range(len(sentence.tokens)):
            pieces = _pieces_at(sentence, at, placed_at) if at >= taken else None
            if pieces is not None:
                found.append(pieces)
                taken = max(i for i, token in enumerate(sentence.tokens) if token in pieces.formulas) + 1
    return found


def _pieces_at(sentence: Sentence, at: int, placed_at: Set[Tree]) -> Pieces | None:
    """The definition that begins with the formula at this place; None where it is none, and where one piece is all of it and
    no number is put in, which may be one where it does not hold. placed_at: functions and letters that numbers are put in for.
    """
    first = sentence.tokens[at]
    defined = _definition(first) if isinstance(first, Math) and not first.illustration else None
    if defined is None or not isinstance(first, Math):
        return None
    reading = _Reading(sentence.tokens, at + 1, defined, [first])
    rows = list(_rows(reading))
    if not rows:
        return None
    whole = rows[-1][1] is None or len(rows) > 1 or _is_domain(defined.sides[0], rows[0][1], placed_at)
    name = key(head_parts(defined.sides[0])[0])
    cases = CasesTree(tuple(rows), span=defined.sides[1].span)
    definition = replace(defined, sides=(defined.sides[0], cases))
    if whole and not reading.lost:
        return Pieces(name, definition, tuple(reading.formulas))
    if not reading.lost:
        return None
    message = "the pieces of this definition are not understood"
    return Pieces(name, definition, (first,), Diagnostic("error", "pieces-not-understood", message, sentence.span, _HINT))


def _at_numbers(tree: Tree) -> Iterator[Tree]:
    """The f of `f(-1)` and `f'(-1)`, and the x of `x = -1`."""
    for part in walk(tree):
        match part:
            case Juxtaposition(items=items):
                for name, bracket in pairwise(items):
                    if (
                        isinstance(bracket, Bracket)
                        and bracket.items
                        and all(number(item) is not None for item in bracket.items)
                    ):
                        yield key(name.base if isinstance(name, Prime) else name)
            case Relation(operators=("=",), sides=(name, value)) if could_be_name(name) and number(value) is not None:
                yield key(name)
            case _:
                pass


def _is_domain(head: Tree, condition: Tree | None, placed_at: Set[Tree]) -> bool:
    """Whether the condition of a single piece says for which arguments a function is defined, `x > 0` of `f(x)`."""
    name, parameters = head_parts(head)
    if not isinstance(condition, Relation) or not set(condition.operators) <= INEQUALITIES or parameters is None:
        return False
    letters = {key(part) for part in walk(condition) if could_be_name(part)}
    own = set(map(key, parameters))
    return letters == own and not placed_at.isdisjoint((key(name), *own))


@dataclass
class _Reading:
    """A walk over the tokens behind a definition. lost: a case is spoken of that could not be read."""

    tokens: Sequence[Word | Math]
    at: int
    defined: Relation
    formulas: list[Math]
    lost: bool = False

    def word(self) -> str:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token.text if isinstance(token, Word) else ""

    def accept(self, accepted: frozenset[str]) -> bool:
        found = self.word() in accepted
        self.at += found
        return found

    def condition(self) -> Tree | None:
        """`z > 0` behind "for", "if all"; None for anything else."""
        before = self.at
        if self.accept(_FOR):
            self.accept(frozenset(("all",)))
            token = self.tokens[self.at] if self.at < len(self.tokens) else None
            found = statements(token) if isinstance(token, Math) and not token.illustration else ()
            if len(found) == 1 and isinstance(token, Math) and _is_condition(found[0]):
                self.at += 1
                self.formulas.append(token)
                return found[0]
        self.at = before
        return None

    def value(self) -> Tree | None:
        """`0.1 z`, `f(z) = 0.1 z` with the same head, or a number among words."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if isinstance(token, Word):
            return self._number(token)
        found = statements(token) if isinstance(token, Math) else ()
        if len(found) != 1 or not isinstance(token, Math):
            return None
        tree = found[0]
        if isinstance(tree, Relation):
            again = _definition(token)
            if again is None or again.sides[0] != self.defined.sides[0]:
                return None
            tree = again.sides[1]
        self.at += 1
        self.formulas.append(token)
        return tree

    def _number(self, token: Word) -> Tree | None:
        text = _NUMBERS.get(token.text, token.text)
        if not text.replace(".", "", 1).lstrip("-−").isdigit():
            return None
        self.at += 1
        return placed(text.replace("−", "-"), token.span)


def _rows(reading: _Reading) -> Iterator[tuple[Tree, Tree | None]]:
    condition = reading.condition()
    if condition is None:
        return
    yield reading.defined.sides[1], condition
    while True:
        before = reading.at, len(reading.formulas)
        while reading.accept(_JOINING):
            pass
        first = reading.accept(_OTHERWISE)
        while first and reading.accept(_JOINING):
            pass
        value = reading.value()
        if value is not None and (first or reading.accept(_OTHERWISE)):
            yield value, None
            return
        condition = reading.condition() if value is not None else None
        if value is None or condition is None:
            reading.at = before[0]
            del reading.formulas[before[1] :]
            rest = reading.tokens[reading.at :]
            reading.lost = any(isinstance(token, Word) and token.text in _OTHERWISE for token in rest)
            return
        yield value, condition


def _definition(math: Math) -> Relation | None:
    """`f(z) = z`, or the last such equation of a formula with several."""
    tree = next(reversed(statements(math)), None)
    if isinstance(tree, Relation) and len(tree.sides) == 2 and set(tree.operators) <= EQUALS:
        name = head_parts(tree.sides[0])[0]
        return tree if could_be_defined(name) and number(tree.sides[0]) is None else None
    return None


def _is_condition(tree: Tree) -> bool:
    return isinstance(tree, Relation) and set(tree.operators) <= CONDITIONS | {"\\in", "="}
