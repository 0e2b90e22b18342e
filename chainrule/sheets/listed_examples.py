r"""Examples that a text lists one behind the other: "the points $(x_i, y_i)$: $(0, 1)$, $(2, 5)$", "the training pairs (0, 1)
and (2, 5)", `D = \{(x_i, y_i)\}_{i=1}^2 = \{(0, 1), (2, 5)\}`. They are the lists x and y, as a table of them would be.

Without names beside them they are of the two names that formulas use with an index and nothing gives a value. What cannot be
read so is an error: nothing may be computed as if it were not there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from chainrule.errors import Diagnostic
from chainrule.inference.index_form import INDEX_LETTERS, letters_of
from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name, key, letter
from chainrule.sheets.data_tables import arrays_of
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, find_sentences, span_of
from chainrule.sheets.sheet import Item, Math, Task
from chainrule.source import Span
from chainrule.syntax.tree import (
    Bracket,
    Font,
    Juxtaposition,
    Name,
    Number,
    Prime,
    Relation,
    Subscript,
    Superscript,
    Tree,
    walk,
)

_EXAMPLES = re.compile(
    r"\b(?:points?|pairs?|examples?|samples?|observations?|instances?|data|dataset|data set|training set|measurements?"
    r"|patterns?|cases)\b"
)
_CHANGED = re.compile(
    r"\b(?:not|no|never|except|without|remov\w+|dropp\w+|add(?:ed|s|ing)?|additional|another|further|extra|instead|outliers?"
    r"|tests?|testing|validation|held|unseen|doubl\w+|twice|scal(?:ed|ing)|shift\w*|swap\w*|nois[ey]\w*|weigh\w+|repeat\w*"
    r"|times|normali[sz]\w+|standardi[sz]\w+|cent(?:er|re)d|centroids?|clusters?|if|would|order|replac\w+|mislabel\w*|wrong"
    r"|so on|so forth|etc|others?|more|among|includ\w+|such as|e\.g|first|last|for example|starts?|begins?)\b"
)
"""Words that make other examples of those that are listed."""
_GOES_ON = re.compile(r"\(\s*-?[\d.][^()a-z]*\)\W*?(?:\\[lc]?dots|\.\.\.|…)")
"""Dots behind an example: there are more than are listed."""
_NUMBERS = {word: n for n, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2)}
_COUNTED = re.compile(rf"\b({'|'.join(_NUMBERS)}|\d+) (?:[a-z-]+ ){{0,2}}(?:{_EXAMPLES.pattern})")
_INPUTS = frozenset(map(Name, "xuz"))
_TARGETS = frozenset(map(Name, "ytd"))
_FITS = re.compile(r"\b(?:fit(?:s|ted|ting)?|train\w*|regress\w*|learn(?:s|t|ed|ing)?|loss|targets?)\b", re.IGNORECASE)
"""Where examples matter to what is computed."""
_BETWEEN = frozenset((",", "and", ";", "or"))


@dataclass
class Examples:
    """The arrays that a text gives so, the formulas that they stood in, and what cannot be read."""

    statements: list[Tree] = field(default_factory=list[Tree])
    taken: list[Math] = field(default_factory=list[Math])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])


@dataclass(frozen=True)
class _Piece:
    """names: `(x_i, y_i)`. point: `(0, 1)`. numbered: `(x_1, y_1)`. between: a comma. other: anything else."""

    kind: Literal["names", "point", "numbered", "between", "other"]
    tree: Tree | None = None
    math: Math | None = None


def find_examples(items: Iterable[Item], tasks: Sequence[Task], around: Iterable[Item]) -> Examples:
    """What the sentences list, but for those that ask. around: whose formulas have the names."""
    found = Examples()
    known = _Known()
    sentences = list(find_sentences(items))
    for number, sentence in enumerate(sentences):
        if any(task.span.start < sentence.span.end and sentence.span.start < task.span.end for task in tasks):
            continue
        if not any(map(_opens, sentence.tokens)):
            continue
        said = " ".join("$" if isinstance(token, Math) else token.text for token in sentence.tokens)
        pieces = [*_pieces(sentence)]
        behind = number + 1
        while behind < len(sentences) and (more := [*_pieces(sentences[behind])]) and _only_points(more):
            pieces += more
            behind += 1
        listed = [piece for piece in pieces if piece.kind == "point"]
        naming = [piece for piece in pieces if piece.kind == "names"]
        spoken_of = naming or _EXAMPLES.search(said)
        if spoken_of and _GOES_ON.search(sentence.span.text):
            found.diagnostics.append(_unread(sentence.span))
            continue
        if len(listed) < 2 or not spoken_of or any(piece.kind == "numbered" for piece in pieces):
            continue
        known = known or _Known.of(around)
        heads = _heads(naming, known, len(_items(listed[0])))
        if heads is None and not (known.open and known.sums) and not any(_FITS.search(each.span.text) for each in sentences):
            continue
        free = heads is not None and known.given.isdisjoint(map(_base, _flat(heads)))
        arrays = _arrays(heads, listed) if heads is not None and free and _is_one_list(pieces) else None
        if arrays is None or _CHANGED.search(said) or not _fits(said, len(listed)) or found.statements:
            found.diagnostics.append(_unread(sentence.span))
            continue
        found.statements += [Relation(("=",), (name, body), span=sentence.span) for name, body in arrays]
        found.taken += list(dict.fromkeys(piece.math for piece in (*naming, *listed) if piece.math is not None))
    return found


def _unread(span: Span) -> Diagnostic:
    message = f'the examples in "{" ".join(span.text.split())}" are not read'
    hint = "write $(x_i, y_i)$: $(0, 1)$, $(2, 5)$, or give the numbers as lists, $x = (0, 2)$ and $y = (1, 5)$"
    return Diagnostic("error", "examples-not-read", message, span, hint)


def _opens(token: Word | Math) -> bool:
    return "(" in token.text


def _only_points(pieces: Sequence[_Piece]) -> bool:
    return all(piece.kind in ("point", "between") for piece in pieces)


def _pieces(sentence: Sentence) -> Iterator[_Piece]:
    """What stands in a sentence, in order; a bracket among words is read as plain text."""
    tokens = sentence.tokens
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if isinstance(token, Math):
            for tree in statements(token):
                yield from _parts(tree, token)
        elif token.text == "(" and (end := _closing(tokens, index)) and _is_plain(tokens[index:end]):
            whole = Math(span_of(tokens[index:end]), sentence.place, False, plain=True)
            read = [piece for tree in statements(whole) for piece in _parts(tree, None)]
            yield from read
            index = end - 1
        else:
            yield _Piece("between" if token.text in _BETWEEN or token.text == "." else "other")
        index += 1


def _closing(tokens: Sequence[Word | Math], start: int) -> int:
    """Behind the mate of a bracket; 0 where there is none."""
    depth = 0
    for index in range(start, len(tokens)):
        text = tokens[index].text if isinstance(tokens[index], Word) else ""
        depth += (text == "(") - (text == ")")
        if not depth:
            return index + 1
    return 0


def _is_plain(tokens: Sequence[Word | Math]) -> bool:
    """Whether a bracket among words has letters and numbers alone."""
    said = [token.text for token in tokens if isinstance(token, Word)]
    return len(said) == len(tokens) and "," in "".join(said) and all(len(word) < 2 or not word.isalpha() for word in said)


def _parts(tree: Tree, math: Math | None) -> Iterator[_Piece]:
    match tree:
        case Relation(operators=("=",), sides=(name, Bracket(kind="(" | "["))) if could_be_name(name):
            yield _Piece("other", tree, math)  # `w = (0.5, 1)`: the value of a name
        case Relation(operators=operators, sides=sides) if set(operators) <= {"=", ":=", "\\in"}:
            for side in sides:
                yield from _parts(side, math)
        case Superscript(base=Subscript(base=Bracket(kind="{") as inside)) | Subscript(base=Bracket(kind="{") as inside):
            yield from _parts(inside, math)
        case Juxtaposition(items=(Name(text=text), Bracket(kind="(") as inside)) if len(text) > 1 and text.isalpha():
            yield from _parts(inside, math)
        case Bracket(kind="{", items=items) if items and all(isinstance(item, Bracket) for item in items):
            for item in items:
                yield from _parts(item, math)
        case Bracket(kind="(", items=items) if len(items) > 1 and all(map(is_literal, items)):
            yield _Piece("point", tree, math)
        case Bracket(kind="(", items=items) if len(items) > 1 and all(map(could_be_name, _flat(items))):
            numbered = any(_is_numbered(item) for item in _flat(items))
            yield _Piece("numbered" if numbered else "names", tree, math)
        case _:
            yield _Piece("other", tree, math)


def _flat(items: Sequence[Tree]) -> list[Tree]:
    return [each for item in items for each in (_flat(item.items) if isinstance(item, Bracket) else [item])]


def _is_numbered(name: Tree) -> bool:
    """`x_1`, `x^{(2)}`: of one example."""
    return any(isinstance(part, Number) for part in walk(name)) and not any(
        isinstance(part, Name) and part in INDEX_LETTERS for part in walk(name)
    )


def _items(piece: _Piece) -> tuple[Tree, ...]:
    return piece.tree.items if isinstance(piece.tree, Bracket) else ()


def _heads(naming: Sequence[_Piece], known: "_Known", width: int) -> tuple[Tree, ...] | None:
    """What the entries of an example are called: as it is written beside them, else as formulas use them."""
    if naming:
        first = _items(naming[0])
        same = all(_items(piece) == first for piece in naming)
        return first if same and known.uses(first) else None
    inputs = [name for name in known.open if _plain(name) in _INPUTS]
    targets = [name for name in known.open if _plain(name) in _TARGETS]
    return (*inputs, *targets) if width == 2 and len(known.open) == 2 and len(inputs) == len(targets) == 1 else None


def _plain(name: Tree) -> Tree:
    inner = letter(name)
    return inner.body if isinstance(inner, Font) else inner


def _base(name: Tree) -> Tree:
    """The array that `x_i` or `x^{(i)}` is of."""
    while isinstance(name, Subscript | Superscript):
        name = name.base
    return key(name)


def _is_one_list(pieces: Sequence[_Piece]) -> bool:
    """Whether nothing but commas stands between the examples."""
    places = [place for place, piece in enumerate(pieces) if piece.kind == "point"]
    return all(pieces[place].kind in ("point", "between") for place in range(places[0], places[-1] + 1))


def _arrays(heads: Sequence[Tree], listed: Sequence[_Piece]) -> list[tuple[Tree, Tree]] | None:
    """The arrays of the examples; None where they are not all of the form of the names."""
    rows = [_items(piece) for piece in listed]
    if any(isinstance(head, Bracket) for head in heads):
        heads, rows = _flat(heads), [tuple(_flat(row)) for row in rows]
    if any(len(row) != len(heads) for row in rows):
        return None
    columns = list(zip(*rows, strict=True))
    widths = [{len(cell.items) if isinstance(cell, Bracket) else 0 for cell in column} for column in columns]
    return arrays_of(heads, columns) if all(len(width) == 1 for width in widths) else None


def _fits(said: str, count: int) -> bool:
    """Whether so many examples are there as the words say."""
    match = _COUNTED.search(said)
    return match is None or (_NUMBERS.get(match[1]) or int(match[1])) == count


@dataclass
class _Known:
    """Of the formulas around: names with a running index and no value of their own, and names that have one."""

    open: list[Tree] = field(default_factory=list[Tree])
    given: frozenset[Tree] = frozenset()
    sums: bool = False

    @staticmethod
    def of(around: Iterable[Item]) -> "_Known":
        trees = [tree for item in around if isinstance(item, Math) for tree in statements(item)]
        equations = [tree for tree in trees if isinstance(tree, Relation) and tree.operators[0] in ("=", ":=")]
        given = frozenset(_base(tree.sides[0]) for tree in equations if not isinstance(tree.sides[0], Bracket))
        indexed = [part for tree in equations for part in walk(tree) if _is_member(part)]
        names = list(dict.fromkeys(_base(part) for part in indexed))
        sums = any("\\sum" in item.text or "∑" in item.text or "sum" in item.text for item in around if isinstance(item, Math))
        return _Known([name for name in names if name not in given], given, sums=sums)

    def __bool__(self) -> bool:
        return bool(self.open or self.given)

    def uses(self, heads: Sequence[Tree]) -> bool:
        """Whether formulas use these names with an index."""
        return all(_base(name) in self.open or _base(name) in self.given for name in _flat(heads))


def _is_member(part: Tree) -> bool:
    r"""`x_i`, `x_{i1}`, `x^{(i)}`, but no `\hat{y}_i` or `x'_i`."""
    match part:
        case Superscript(base=base, exponent=Bracket(kind="(" | "[", items=(item,))):
            return item in INDEX_LETTERS and could_be_name(base) and not isinstance(base, Prime)
        case Subscript(base=base) if could_be_name(base):
            return letters_of(part)[0] in INDEX_LETTERS
        case _:
            return False
