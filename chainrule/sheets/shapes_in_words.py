r"""Shapes that words give: "Let $X$ be a $5 \times 4$ matrix", "a 3 x 2 matrix $W$", "$b$ is a vector with 3 entries".

Nothing but articles and adjectives may stand between a name and its size; a sentence with a condition or a negation gives none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import words
from chainrule.sheets.networks.equations import Equation
from chainrule.sheets.networks.vocabulary import NUMBERS
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
_SIDES = r"(?P<rows>\$|\w+) rows?(?: and|,) (?P<columns>\$|\w+) columns?"
_ENTRIES = r"(?:entries|entry|elements?|components?|features?|coordinates?)"
_IS = r"(?:is|be|as|,|being|denotes?)"
_MATRIX = r"(?:matrix|array|batch|mini-batch|minibatch)"
_VECTOR = rf"{_KIND}(?:(?:column|row) )?vector"
_OF_LENGTH = rf"of (?:length|size|dimension) {_LONG}(?! (?:plus|minus|times|or|to|more|less)\b)"
_WITH_ENTRIES = rf"(?:with|having) {_LONG} {_ENTRIES}"
_NO_MORE = r"(?! (?:that|which|of|more|less|fewer|where))"
_ROWS = (
    rf"(?P<name>\$) (?:{_IS} )?(?:a|an|the) {_KIND}{_AREA} {_KIND}{_MATRIX}(?! of)",
    rf"(?:a|an|the) {_KIND}{_AREA} {_KIND}{_MATRIX} (?P<name>\$)",
    rf"(?P<name>\$) (?:{_IS} )?(?:a|an|the) {_KIND}{_MATRIX} of (?:size|shape|dimensions?) {_AREA}",
    rf"(?P<name>\$) (?:{_IS} )?(?:a|an|the) {_KIND}{_MATRIX} (?:with|of|having) {_SIDES}",
    rf"(?:a|an|the) {_KIND}{_MATRIX} (?P<name>\$) (?:with|of|having) {_SIDES}",
    rf"(?P<name>\$) (?:has|having|with) {_SIDES}",
    rf"(?P<name>\$) (?:{_IS} )?(?:of|with|has|having) (?:the )?(?:shape|size|dimensions?) {_AREA}",
    rf"(?P<name>\$) (?:has|having|with) (?P<rows>\$|\w+) rows?(?! (?:and|,) (?:\$|\w+) columns?){_NO_MORE}",
    rf"(?P<name>\$) (?:has|having|with) (?P<columns>\$|\w+) columns?{_NO_MORE}",
    rf"(?P<name>\$) (?:{_IS} )?(?:a|an) {_VECTOR} {_OF_LENGTH}",
    rf"(?P<name>\$) (?:{_IS} )?(?:a|an) {_VECTOR} {_WITH_ENTRIES}",
    rf"(?:a|an|the) {_VECTOR} (?P<name>\$) {_OF_LENGTH}(?! \w)",
    rf"(?:a|an|the) {_VECTOR} (?P<name>\$) {_WITH_ENTRIES}",
    rf"(?P<name>\$(?: , \$)*(?: ,)? and \$) (?:are|be) {_VECTOR}s {_OF_LENGTH}",
    rf"(?P<name>\$(?: , \$)*(?: ,)? and \$) (?:are|be) {_VECTOR}s {_WITH_ENTRIES}",
)
_PHRASES = tuple(re.compile(rf"(?<!\S){row}(?!\S)") for row in _ROWS)
_SIZES = ("area", "long", "rows", "columns")
_SIZE = re.compile(r"[A-Za-z]|\d+")
_PAIR = re.compile(r"\(\s*(\w+)\s*,\s*(\w+)\s*\)")
_CAPITAL = re.compile(r"\s*(?:\\(?:mathbf|boldsymbol|bm)\{)?[A-Z]")


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
            first = said.count("$", 0, match.start("name"))
            names = maths[first : first + match["name"].count("$")]
            written = [kind for kind in _SIZES if match.groupdict().get(kind)]
            sizes = [_size(match[kind], maths, said.count("$", 0, match.start(kind))) for kind in written]
            for name in filter(_is_name, names):
                if written in (["rows"], ["columns"]):
                    yield from _one_side(name, written[0], sizes[0], sentence.span)
                elif all(sizes):
                    yield from _equation(name, " \\times ".join(filter(None, sizes)), sentence.span)


def _one_side(name: Math, side: str, size: str | None, span: Span) -> Iterator[Tree]:
    """ "$H$ has 50 columns": so many rows as it has, a size of its own."""
    if size and _CAPITAL.match(name.text) is not None:
        own = f"n_{{{name.text.strip()}}}"
        yield from _equation(name, " \\times ".join((size, own) if side == "rows" else (own, size)), span)


def _size(written: str, maths: Sequence[Math], at: int) -> str | None:
    r"""`5 \times 4` of "5 x 4" or of a formula; None where it is no size."""
    if written == "$":
        text = maths[at].text
        if (pair := _PAIR.fullmatch(text.strip())) is not None:
            return f"{pair[1]} \\times {pair[2]}"
        return text if "\\times" in text or _SIZE.fullmatch(text.strip()) else None
    parts = [str(NUMBERS.get(part, part)) for part in re.split(r" (?:x|×|by) ", written)]
    return " \\times ".join(parts) if all(_SIZE.fullmatch(part) for part in parts) else None


def _is_name(math: Math) -> bool:
    found = statements(math)
    return len(found) == 1 and could_be_name(found[0])


def _equation(name: Math, size: str, span: Span) -> Iterator[Tree]:
    yield from read_equations([Equation(f"{name.text} \\in \\mathbb{{R}}^{{{size}}}", span, shown=False)])
