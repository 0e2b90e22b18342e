"""Words of a request for what a classifier has: "the softmax probabilities", "the loss", "the logits", as formulas."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.probability.quantities import QUANTITIES
from chainrule.sheets.clauses import Request
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.typesetting import latex

_SOFTMAX = (
    r"(?:the )?(?:softmax (?:class )?(?:probabilities|outputs?|distribution|vector|values)|softmax$"
    r"|(?:predicted |class |output |model's )+probabilities)(?! (?:of|\\$))"
)
_SCORES = r"(?<=respect to )(?:the |these )?(?:logits|logit|scores|logit vector|score vector|vector of logits)(?! \\$)"
_LOSS = r"(?<=of )(?:the |this )?loss(?: function)?(?! \\$)"
_AGAIN = re.compile(r"(?:the )?loss \\( cross ?- ?entropy(?: loss)? \\)|(?:the )?loss \\( cross-entropy \\)")
_CROSS = next(row for row in QUANTITIES if row.name == "cross_entropy")


def with_predictions(request: Request, known: Distributions) -> Request:
    """The request with formulas for the probabilities, the scores and the loss that its words name, where the text has them."""
    request = _replaced(request, _AGAIN, "", "cross-entropy")
    if known.softmax is not None:
        made, scores = known.softmax
        request = _replaced(request, re.compile(_SOFTMAX), made.text)
        request = _replaced(request, re.compile(_SCORES), scores.text)
    pair = known.for_request(request.place.part, request.span).pair() if known.loss else ()
    if len(pair) == 2 and [known.called(math) for math in pair] == ["true", "estimated"]:
        of = [tree for math in pair for tree in trees(math)]
        request = _replaced(request, re.compile(_LOSS), latex(_CROSS.notation(of)))
    return request


def _replaced(request: Request, pattern: re.Pattern[str], name: str, word: str = "") -> Request:
    """The request with a formula, or a word, in the place of what the pattern finds."""
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    match = pattern.search(said)
    if match is None or (match.start() > 0 and said[match.start() - 1] != " "):
        return request
    first = said[: match.start()].count(" ")
    end = first + match.group().count(" ") + 1
    span = span_of(request.tokens[first:end])
    made = Word(word, span) if word else Math(span, request.place, display=False, name=name)
    return replace(request, tokens=(*request.tokens[:first], made, *request.tokens[end:]))


def calls_it_loss(sentences: Sequence[Sentence]) -> bool:
    """Whether "the loss" is the cross-entropy that the text names, and no formula."""
    found = False
    for sentence in sentences:
        pieces = pieces_of(sentence.tokens)
        named = [each.quantity.name for i in range(len(pieces)) if (each := quantity_at(pieces, i)) is not None]
        said = [i for i, piece in enumerate(pieces) if piece.text == "loss"]
        if any(piece.math is not None for i in said for piece in pieces[i + 1 : i + 3]):
            return False
        found = found or (bool(said) and "cross_entropy" in named)
    return found
