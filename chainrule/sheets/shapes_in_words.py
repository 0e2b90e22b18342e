r"""Shapes that words give: "Let $X$ be a $5 \times 4$ matrix", "a 3 x 2 matrix $W$", "$b$ is a vector with 3 entries".

Nothing but articles and adjectives may stand between a name and its size; a sentence with a condition or a negation gives none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import words
from chainrule.sheets.networks.equations import Equation
from chainrule.sheets.networks.written import read_equations
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.source import Span
from chainrule.syntax.tree import Tree

_DOUBTS = words("if when whenever unless whether not no never cannot without would suppose should must show prove")
_KIND = r"(?:(?:real|weight|data|input|constant|random|dense|parameter|square|symmetric|design) )*"
_AREA = r"(?P<area>\$|\w+ (?:x|×|by) \w+)"
_LONG = r"(?P<long>\$|\d+)"
_ROWS = (
    rf"(?P<name>\$) (?:(?:is|be|as|,|being|denotes?) )?(?:a|an|the) {_KIND}{_AREA} {_KIND}matrix(?! of)",
    rf"(?:a|an|the) {_KIND}{_AREA} {_KIND}matrix (?P<name>\$)",
    rf"(?P<name>\$) (?:(?:is|be|as|,|being) )?(?:a|an|the) {_KIND}matrix of (?:size|shape|dimensions?) {_AREA}",
    rf"(?P<name>\$) (?:(?:is|be|as|,|being) )?(?:a|an) {_KIND}(?:column )?vector (?:of (?:length|size|dimension)|with) {_LONG}",
)
_PHRASES = tuple(re.compile(rf"(?<!\S){row}(?!\S)") for row in _ROWS)
_SIZE = re.compile(r"[A-Za-z]|\d+")


def find_shapes(items: Iterable[Item]) -> list[Tree]:
    r"""Declarations `X \in \mathbb{R}^{5 \times 4}` for what the sentences say, each at its sentence."""
    return [tree for sentence in find_sentences(items) for tree in _declared(sentence)]


def _declared(sentence: Sentence) -> Iterator[Tree]:
    if sentence.end == "?" or any(isinstance(token, Word) and token.text in _DOUBTS for token in sentence.tokens):
        return
    said = " ".join("$" if isinstance(token, Math) else token.span.text for token in sentence.tokens)
    maths = [token for token in sentence.tokens if isinstance(token, Math)]
    for phrase in _PHRASES:
        for match in phrase.finditer(said):
            name = maths[said.count("$", 0, match.start("name"))]
            kind = "area" if "area" in match.groupdict() else "long"
            size = _size(match[kind], maths, said.count("$", 0, match.start(kind)))
            if size is not None and _is_name(name):
                yield from _equation(name, size, sentence.span)


def _size(written: str, maths: Sequence[Math], at: int) -> str | None:
    r"""`5 \times 4` of "5 x 4" or of a formula; None where it is no size."""
    if written == "$":
        text = maths[at].text
        return text if "\\times" in text or _SIZE.fullmatch(text.strip()) else None
    parts = re.split(r" (?:x|×|by) ", written)
    return " \\times ".join(parts) if all(_SIZE.fullmatch(part) for part in parts) else None


def _is_name(math: Math) -> bool:
    found = statements(math)
    return len(found) == 1 and could_be_name(found[0])


def _equation(name: Math, size: str, span: Span) -> Iterator[Tree]:
    yield from read_equations([Equation(f"{name.text} \\in \\mathbb{{R}}^{{{size}}}", span, shown=False)])
