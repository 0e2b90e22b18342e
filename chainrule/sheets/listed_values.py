r"""Lists of values of names: "$p = 0.1$, $0.5$ and $0.9$", "T = 1, 2 and 10", "$\alpha \in \{0.5, 2\}$", "$T$ takes
the values 1, 2".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from chainrule.inference.literals import is_literal, number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Tokens
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Word, span_of
from chainrule.sheets.sheet import Math, Place
from chainrule.syntax.symbols import GREEK
from chainrule.syntax.tree import Bracket, Dots, Name, Relation, Superscript, Tree

_LINKING = words("equal to is are being takes taking the values value of = either")
_SEPARATORS = words(", and or & ; then also finally as well again")
_AGAIN = words("for at when if with evaluated using")
_INFINITE = words("∞ infinity infinite")
_BEHIND = words(
    ", and or & ; . : ( ) of for in with to using from between by at on respectively then also as is are the relative each both"
)
"""What may stand behind a number among words that is a value; any other word is what it counts, "2 decimals"."""
_MARK = re.compile(r"[,;]|\\q?quad\b|\\text\s*\{\s*,?\s*(?:and|or)\s*\}")
_GIVING = (("=",), ("\\in",), ("\\to",))
_NUMBER = re.compile(r"[-−]?\.?\d")
_COUNTING = words("zero one two three four five six seven eight nine ten minus - − ... … half infinity")
_SPACE = re.compile(r"\s|\\[ ,;:!]|~")


@dataclass(frozen=True)
class Assigned:
    """One value of one name: the value as a formula, and the equation of both as one. An empty name: of no name."""

    name: Tree
    value: Math
    equation: Math


@dataclass
class ListReader:
    """The values from a token on; `end` is where they end, `name` that of bare values, in the sheet's `spelling`."""

    tokens: Tokens
    place: Place
    end: int
    name: Tree | None = None
    spelling: str = ""
    found: list[Assigned] = field(default_factory=list[Assigned])

    def read(self) -> list[Assigned]:
        """Every value, with what parts them and repeats "for" between them."""
        here = self.end
        while here < len(self.tokens):
            if self.found and (self._text(here) in _SEPARATORS | _AGAIN or self._repeats_order(here)):
                here += 1
                continue
            length = self._member(here)
            if not length:
                break
            here = self.end = here + length
        return self.found

    def unread(self) -> str:
        """What stands where values are listed, behind those that were read or behind a name, and is none; "" for nothing."""
        here = self.end
        if self.found:
            while self._text(here) in _SEPARATORS:
                here += 1
            if here == self.end:
                return ""
        elif here < len(self.tokens) and isinstance(token := self.tokens[here], Math):
            linked = self._linked(token, here)
            if not linked:
                return token.text if lists_dots(token) else ""
            here += linked
        else:
            return f"{self._text(here)} = {self._text(here + 2)}" if self._is_equated(here) else ""
        return self._counted(here)

    def _is_equated(self, here: int) -> bool:
        """A name among words, with "=" behind it."""
        token = self.tokens[here] if here < len(self.tokens) else None
        named = isinstance(token, Word) and token.text.isalpha() and (len(token.text) == 1 or token.span.text in GREEK)
        return named and self._text(here + 1) == "="

    def _counted(self, here: int) -> str:
        """The number, in digits or words, or the dots that begin here; "" for one that counts something, "2 decimals"."""
        token = self.tokens[here] if here < len(self.tokens) else None
        if isinstance(token, Math):
            return token.text if any(isinstance(tree, Dots) for tree in statements(token)) else ""
        if token is None or not (_NUMBER.match(token.text) or token.text in _COUNTING or self._are_dots(here)):
            return ""
        behind = self.tokens[here + 1] if here + 1 < len(self.tokens) else None
        counts = isinstance(behind, Word) and behind.text not in _BEHIND and token.text not in ("minus", "-", "−")
        return "" if counts else token.text

    def _are_dots(self, here: int) -> bool:
        return [self._text(here + k) for k in range(3)] == [".", ".", "."]

    def _repeats_order(self, here: int) -> bool:
        """ "order 2 and of order 3"."""
        return self._text(here) == "order" or (self._text(here) == "of" and self._text(here + 1) == "order")

    def _text(self, index: int) -> str:
        token = self.tokens[index] if index < len(self.tokens) else None
        return token.text if isinstance(token, Word) else ""

    def _member(self, here: int) -> int:
        """Take the values that stand at one place: how many tokens they take, 0 for anything else."""
        token = self.tokens[here]
        if isinstance(token, Math):
            if linked := self._linked(token, here):
                self.name, self.spelling = key(statements(token)[0]), token.text.strip()
                return linked + length if (length := self._value(here + linked)) else 0
            return int(not token.illustration and self._formula(token))
        if self._is_equated(here):
            spelled = token.span.text
            self.name, self.spelling = Name(spelled), f"\\{spelled}" if spelled in GREEK else spelled
            return 2 + length if (length := self._value(here + 2)) else 0
        return self._value(here) if self.name is not None else 0

    def _linked(self, math: Math, here: int) -> int:
        """`$p$ equal to`, `$T$ takes the values`: the length of a name and of what joins it to its values, else 0."""
        length = 1
        while self._text(here + length) in _LINKING:
            length += 1
        found = statements(math)
        return length if length > 1 and len(found) == 1 and could_be_name(found[0]) else 0

    def _value(self, here: int) -> int:
        """Take a number among words, `0.1`, `1/2`, or a formula that is one or lists several: how many tokens it takes."""
        if here >= len(self.tokens):
            return 0
        token = self.tokens[here]
        if isinstance(token, Math):
            return int(not token.illustration and self._formula(token))
        if not _NUMBER.match(token.text) and token.text not in _INFINITE:
            return 0
        length = 3 if self._text(here + 1) == "/" and self._text(here + 2).isdigit() else 1
        behind = self.tokens[here + length] if here + length < len(self.tokens) else None
        if isinstance(behind, Word) and behind.text not in _BEHIND:
            return 0
        name = "\\infty" if token.text in _INFINITE else ""
        self._take(Math(span_of(self.tokens[here : here + length]), self.place, False, plain=not name, name=name))
        return length

    def _formula(self, math: Math) -> bool:
        """Take the values that a formula lists, with or without the name; False, and none, for any other formula."""
        before = len(self.found)
        for part in _parts(math):
            found = statements(part)
            tree = found[0] if len(found) == 1 else None
            if isinstance(tree, Relation) and tree.operators in _GIVING and _is_named(tree.sides[0]):
                self.name, self.spelling = key(tree.sides[0]), span.text if (span := tree.sides[0].span) else ""
                tree = tree.sides[1]
            values = tree.items if isinstance(tree, Bracket) and tree.kind == "{" else (tree,)
            if self.name is None or not all(v is not None and v.span and _is_value(v) for v in values):
                del self.found[before:]
                return False
            for value in values:
                assert value is not None
                assert value.span is not None
                self._take(replace(math, span=value.span))
        return len(self.found) > before

    def _take(self, value: Math) -> None:
        assert self.name is not None
        equation = replace(value, name=f"{self.spelling} = {value.text}") if self.spelling else value
        self.found.append(Assigned(self.name, value, equation))


def lists_dots(math: Math) -> bool:
    r"""`a = 1, 2, \\ldots, 5`."""
    (tree, *_) = (*statements(math), None)
    sides = tree.sides if isinstance(tree, Relation) and _is_named(tree.sides[0]) else ()
    return any(isinstance(side, Bracket) and any(isinstance(item, Dots) for item in side.items) for side in sides)


def _is_named(tree: Tree) -> bool:
    """A name, several in parentheses, `(a, b)`, or the square of one, `\\sigma^2`."""
    if isinstance(tree, Superscript):
        return could_be_name(tree.base) and is_literal(tree.exponent)
    return could_be_name(tree) or (isinstance(tree, Bracket) and tree.kind == "(" and all(map(could_be_name, tree.items)))


def _is_value(tree: Tree) -> bool:
    return is_literal(tree) or tree == Name("\\infty")


def _parts(math: Math) -> list[Math]:
    """The members of a list in a formula, each by itself; the formula as it is where they may be one thing."""
    text, start = math.span.text, math.span.start
    cuts = [match for match in _MARK.finditer(text) if _depth(text[: match.start()]) == 0]
    ends = [(0, 0), *(match.span() for match in cuts), (len(text), len(text))]
    spans = [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for (_, a), (b, _) in pairwise(ends)]
    parts = [replace(math, span=math.span.source.span(start + a, start + b)) for a, b in spans if text[a:b].strip()]
    return [math] if math.name or len(parts) < 2 or _may_be_one(text, cuts, parts) else parts


def _depth(text: str) -> int:
    return sum(text.count(opening) for opening in "({[") - sum(text.count(closing) for closing in ")}]")


def _may_be_one(text: str, cuts: list[re.Match[str]], parts: list[Math]) -> bool:
    """Whether it is a decimal number with a comma, `0,5`, or a list of probabilities: they sum to 1."""
    if len(parts) == 2 and not _SPACE.match(text[cuts[0].end() :] or " ") and all(map(str.isdigit, _last_words(parts))):
        return True
    values = list(_numbers(parts))
    return len(values) == len(parts) and abs(sum(values) - 1) < 1e-9


def _last_words(parts: list[Math]) -> Iterator[str]:
    return (part.span.text.rpartition("=")[2].strip() for part in parts)


def _numbers(parts: list[Math]) -> Iterator[float]:
    for part in parts:
        found = statements(part)
        tree = found[0] if len(found) == 1 else None
        value = number(tree.sides[-1] if isinstance(tree, Relation) else tree) if tree is not None else None
        if value is not None:
            yield float(value)
