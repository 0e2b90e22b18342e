r"""Vectors that words call the rows or columns of a matrix: "$x_i^\top$ is the $i$-th row of $X$"."""

import re
from collections.abc import Iterable, Iterator, Sequence

from chainrule.inference.symbols import TRANSPOSES, could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.networks.equations import Equation
from chainrule.sheets.networks.written import read_equations
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.source import Span
from chainrule.syntax.tree import Name, Relation, Subscript, Superscript, Tree
from chainrule.typesetting import latex

_DOUBTS = words("if when whenever unless whether not no never cannot without would suppose should must show prove")
_ENDING = words(". ; : )")
_MULTIPLES = words("of twice half times minus plus less over by than")
"""Before the vector: it is not the row, but something made of it is."""
_GOING_ON = words("and with where for so let here while i.e. e.g. compute calculate find determine derive")
"""What may stand behind the matrix: another thing is said there."""
_PART = r"the (?P<index>\$) (?:- )?(?:th|st|nd|rd) (?P<axis>row|column)(?: vector)?"
_WHOLE = r"of (?:the (?:(?:data|design|weight|input) )?matrix )?(?P<whole>\$)"
_ROWS = (
    rf"(?P<name>\$) (?:is|be|being|denotes?) {_PART} {_WHOLE}",
    rf"{_PART} (?P<name>\$) {_WHOLE}",
    rf"{_PART} {_WHOLE} (?:is|be) (?P<name>\$)",
)
_PHRASES = tuple(re.compile(rf"(?<!\S){row}(?!\S)", re.IGNORECASE) for row in _ROWS)


def find_rows(items: Iterable[Item]) -> list[Tree]:
    r"""Equations `x_i = X_{i,*}` for what the sentences say, each at its sentence."""
    return [tree for sentence in find_sentences(items) for tree in _rows(sentence)]


def changed_rows(sentence: Sentence) -> Iterator[tuple[list[Tree], Span]]:
    """The names of rows of which a sentence says more, "the $i$-th row of $X$, normalised"."""
    for match, maths, said in _matches(sentence):
        name = _tree(maths, said, match, "name")
        if name is not None and not _is_whole(said, match):
            base = name.base if isinstance(name, Superscript) else name
            yield [key(base.base if isinstance(base, Subscript) else base)], sentence.span


def _is_whole(said: str, match: re.Match[str]) -> bool:
    """Whether nothing around the words makes something else of the vector, or of the row."""
    before, behind = said[: match.start()].lower().split(), said[match.end() :].split()
    return _MULTIPLES.isdisjoint(before[-1:]) and _ends(behind)


def _ends(behind: list[str]) -> bool:
    """Whether nothing stands behind the matrix, or something else begins there."""
    if behind[:1] and behind[0].lower() in _ENDING:
        return True
    if behind[:1] in (["be"], ["is"]):  # "be an example", and not "be normalised"
        return behind[1:2] in (["a"], ["an"], ["the"], ["one"])
    rest = behind[1:] if behind[:1] in ([","], ["("]) else behind
    if rest[:1] == ["with"]:  # "with $n$ columns", and not "with a 1 in front"
        return rest[1:2] == ["$"]
    return not rest or rest[0].lower() in _GOING_ON or (rest is not behind and rest[0] == "$")


def _matches(sentence: Sentence) -> Iterator[tuple[re.Match[str], list[Math], str]]:
    if sentence.end == "?" or any(isinstance(token, Word) and token.text in _DOUBTS for token in sentence.tokens):
        return
    said = " ".join("$" if isinstance(token, Math) else token.span.text for token in sentence.tokens)
    maths = [token for token in sentence.tokens if isinstance(token, Math)]
    for phrase in _PHRASES:
        yield from ((match, maths, said) for match in phrase.finditer(said))


def _rows(sentence: Sentence) -> Iterator[Tree]:
    for match, maths, said in _matches(sentence):
        name, index, whole = (_tree(maths, said, match, group) for group in ("name", "index", "whole"))
        if _is_whole(said, match):
            yield from _equation(name, index, whole, match["axis"], sentence.span)


def _tree(maths: Sequence[Math], said: str, match: re.Match[str], group: str) -> Tree | None:
    """What is named by a formula; of `X = ...` it is the left side."""
    math = maths[said.count("$", 0, match.start(group))]
    found = statements(math)
    first = found[0] if found else None
    return first.sides[0] if isinstance(first, Relation) and first.operators[0] == "=" else first


def _equation(name: Tree | None, index: Tree | None, whole: Tree | None, axis: str, span: Span) -> Iterator[Tree]:
    if isinstance(name, Superscript) and name.exponent in TRANSPOSES:
        name = name.base
    fits = isinstance(name, Subscript) and isinstance(index, Name) and name.items == (index,)
    if name is None or index is None or whole is None or not fits or not could_be_name(whole):
        return
    places = f"{latex(index)},*" if axis == "row" else f"*,{latex(index)}"
    yield from read_equations([Equation(f"{latex(name)} = {latex(whole)}_{{{places}}}", span, shown=False)])
