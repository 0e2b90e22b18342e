r"""Codes that a text says to be made for one distribution, and questions about them that name it no more.

"The code was designed for $q$, with ideal lengths $-\log_2 q(x)$. How many bits per symbol does this code use on average? How
many are wasted compared to the best possible code?": the cross-entropy of the source relative to $q$, and the divergence. Of
a code of which the text says something else, its codewords or how it is built, no such question is understood.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import NEUTRAL, words
from chainrule.sheets.information.nouns import EACH
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Relation, Tree
from chainrule.typesetting import latex

_CODES = r"(?:codes?|codebooks?|encoders?|coders?|compressors?|codewords?|(?:code|codeword|code-word|word) lengths?)"
_MADE = r"(?:designed|optimal|optimum|optimi[sz]ed|ideal|built|constructed|made|tuned|matched|adapted|created|best|perfect)"
_BETWEEN = r"(?: (?!not\b|never\b|instead\b|lengths?\b|of\b|with\b)[a-z,'-]+){0,8}?"
_TO = r"(?:for|to|under|from|on|using|assuming|believing|that|is)"
_FOR = rf"{_BETWEEN} {_TO}(?: (?!not\b|and\b|of\b|with\b|instead\b)[a-z-]+){{0,4}}? \$"
_MADE_FOR = (
    re.compile(rf"\b{_CODES}\b{_BETWEEN} {_MADE}\b{_FOR}(?P<name>\d+)"),
    re.compile(rf"\b{_MADE}\b{_BETWEEN} {_CODES}\b{_FOR}(?P<name>\d+)"),
)
OTHERWISE = words(
    "huffman shannon fano elias arithmetic golomb fixed rounded integer whole ceiling prefix kraft decodable codewords"
    " block blocks pairs"
)
"""With one of these the lengths are others than the ideal ones, $-\\log q(x)$."""
_OWN = r"(?:this|that|the|his|her|their|our|such a|the resulting|the new|the old|the mismatched|the wrong)"
_MEANT = re.compile(
    rf"\b(?:{_OWN} (?:[\w']+ )?{_CODES}|(?:does|do|will|would) (?:it|they|he|she)|{_CODES} (?:is|are|does|has))\b"
)
_EXTRA = words("extra additional wasted waste wastes lost lose loses penalty overhead excess unnecessary")
_BEST = words("best optimal ideal minimal minimum optimum perfect lowest smallest")
_AVERAGE = words("average expected mean expectation per")
_AROUND = (
    NEUTRAL
    | EACH
    | _EXTRA
    | _AVERAGE
    | words(
        "what many much bits nats does do will would is are was were need needs needed use uses used using require requires"
        " required spend spends spent take takes pay pays it they he she code codes codeword code-word length lengths"
        " encoder number"
        " of on in to for compared comparison with possible resulting mismatch mismatched such his her their our symbols source"
        " have has coding cost wrong new old by because true since actual when from emitted outputs"
    )
)


@dataclass(frozen=True)
class Code:
    """Codes that a text speaks of. made_for: the distribution of which the lengths are the ideal ones, None where it is not
    told, or where something else is.
    """

    made_for: Tree | None
    end: int


def find_code(sentences: Iterable[Sentence]) -> Code | None:
    """The code that a text speaks of; None where it speaks of none."""
    found: dict[Tree, int] = {}
    told = other = False
    end = 0
    for sentence in sentences:
        said = _spelled(sentence.tokens)
        if not re.search(rf"\b{_CODES}\b", said) or sentence.end == "?":
            continue
        told, end = True, sentence.span.end
        other = other or not OTHERWISE.isdisjoint(said.split()) or _rounds(sentence)
        for match in (match for pattern in _MADE_FOR for match in pattern.finditer(said)):
            math = sentence.tokens[int(match["name"])]
            for tree in statements(math)[:1] if isinstance(math, Math) else ():
                head = tree.sides[0] if isinstance(tree, Relation) else tree
                if could_be_name(head):
                    found.setdefault(key(head), sentence.span.end)
    if not told:
        return None
    return Code(next(iter(found)) if len(found) == 1 and not other else None, end)


def _spelled(tokens: Sequence[Word | Math]) -> str:
    return " ".join(f"${i}" if isinstance(token, Math) else token.text for i, token in enumerate(tokens))


def _rounds(sentence: Sentence) -> bool:
    """Whether a formula of it rounds, or gives lengths in numbers."""
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    return any("ceil" in math.text or "floor" in math.text for math in formulas)


def means_code(request: Request) -> bool:
    """Whether a question is about a code of which the text has spoken, "this code", "it"."""
    return _MEANT.search(_spelled(request.tokens)) is not None


def asked_of_code(request: Request, code: Code, source: Math) -> tuple[str, list[Math]] | None:
    """The quantity that a question about the code asks for and its distributions; None where not every word is known."""
    tokens = [each for each in request.tokens if isinstance(each, Math) or not each.text.endswith(("'s", "’s"))]
    said = [piece.text for piece in pieces_of(tokens)]
    if code.made_for is None or any(isinstance(token, Math) for token in tokens) or not _AROUND.issuperset(_without_best(said)):
        return None
    if any(quantity_at(pieces_of(tokens), index) is not None for index in range(len(said))):
        return None
    extra = not _EXTRA.isdisjoint(said)
    best = not _BEST.isdisjoint(said)
    if not extra and (best or _AVERAGE.isdisjoint(said)):
        return None
    named = Math(request.span, request.place, display=False, name=latex(code.made_for))
    return ("kl" if extra else "cross_entropy"), [source, named]


def _without_best(said: Sequence[str]) -> list[str]:
    return [word for word in said if word not in _BEST]
