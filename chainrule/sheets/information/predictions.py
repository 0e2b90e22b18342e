"""Words of a request for what a classifier has: "the softmax probabilities", "the loss", "the logits", as formulas."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.probability.quantities import QUANTITIES
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import DERIVATIVE_NOUNS, words
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import mentions_quantity, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import units_in
from chainrule.typesetting import latex

_SOFTMAX = (
    r"(?:the )?(?:softmax (?:class )?(?:probabilities|outputs?|distribution|vector|values)|softmax$"
    r"|(?:predicted |class |output |model's )+probabilities)(?! (?:of|\\$))"
)
_SCORES = r"(?<=respect to )(?:the |these )?(?:logits|logit|scores|logit vector|score vector|vector of logits)(?! \\$)"
_LOSS = r"(?<=of )(?:the |this )?loss(?: function)?(?! \\$)"
_ALONE = re.compile(r"(?<=the )(?:(?:new|resulting|training) )?loss(?! \$| function \$| of \$| for \$)")
"""The loss where nothing else says which; what may be said of it besides is read as of any cross-entropy."""
_NETWORK = words("weight weights bias biases neuron neurons layer layers hidden activation")
"""A text that speaks of these tells a network, of which the loss is a part with a name of its own."""
_BEFORE = words("the this that a an its your our new same resulting cross-entropy binary log training entropy of for as called")
_AGAIN = re.compile(r"(?:the )?loss \\( cross ?- ?entropy(?: loss)? \\)|(?:the )?loss \\( cross-entropy \\)")
_WHICH = re.compile(
    r"(?:class |output |predicted )?probabilities (?:does|do|are|will) (?:the |this |our )?(?:softmax|model|network|classifier)"
    r"(?: function| layer| output)? (?:give|yield|produce|return|assign|predict|output)s?"
    r"(?: (?:you|us|here|to (?:the|these) classes))?"
)
_KIND = r"(?:(?:resulting|corresponding|full|whole|complete|implied|underlying|actual|individual|empirical) )*"
_DISTRIBUTION = (
    r"(?:probabilities|relative frequencies|(?:probability )?distribution|pmf|probability mass function|probability vector"
    r"|(?:vector|list|table) of (?:the )?probabilities)"
)
_WHOLE = re.compile(
    rf"(?:(?:are|is|down) )?(?:(?:the|its|these|their) )?{_KIND}{_DISTRIBUTION}"
    r"|(?:(?:the|these|those) )?(?:odds|counts|frequencies|percentages|shares|ratios?|weights|numbers) (?:in)?to"
    rf" (?:a |an )?{_KIND}{_DISTRIBUTION}"
)
""" "What are the probabilities?", "Convert the odds to probabilities"."""
_CROSS = next(row for row in QUANTITIES if row.name == "cross_entropy")


def with_predictions(request: Request, known: Distributions) -> Request:
    """The request with formulas for the probabilities, the scores and the loss that its words name, where the text has them."""
    request = _replaced(request, _AGAIN, "", "cross-entropy")
    if known.softmax is not None:
        made, scores = known.softmax
        if request.verb in ("what", "which") and _WHICH.fullmatch(" ".join(_said(request))):
            span = span_of(request.tokens)
            request = replace(
                request, verb="what", tokens=(Word("are", span), Word("softmax", span), Word("probabilities", span))
            )
        request = _replaced(request, re.compile(_SOFTMAX), made.text)
        request = _replaced(request, re.compile(_SCORES), scores.text)
    elif _WHOLE.fullmatch(" ".join(_said(request))) and (single := _single(request, known)):
        verb = "what" if request.verb == "what" else "compute"
        request = replace(request, verb=verb, tokens=(Math(request.span, request.place, False, name=single[0].text),))
    pair = known.for_request(request.place.part, request.span).pair() if known.loss else ()
    if len(pair) == 2 and [known.called(math) for math in pair] == ["true", "estimated"]:
        of = [tree for math in pair for tree in trees(math)]
        request = _replaced(request, re.compile(_LOSS), latex(_CROSS.notation(of)))
        if not mentions_quantity(request.tokens) and DERIVATIVE_NOUNS.isdisjoint((*_said(request), request.verb)):
            request = _replaced(request, _ALONE, "", "cross-entropy")
    return request


def _single(request: Request, known: Distributions) -> tuple[Math, ...]:
    return known.for_request(request.place.part, request.span).single()


def _said(request: Request) -> list[str]:
    return [token.text if isinstance(token, Word) else "$" for token in request.tokens]


def _replaced(request: Request, pattern: re.Pattern[str], name: str, word: str = "") -> Request:
    """The request with a formula, or a word, in the place of what the pattern finds."""
    said = " ".join(_said(request))
    match = pattern.search(said)
    if match is None or (match.start() > 0 and said[match.start() - 1] != " "):
        return request
    first = said[: match.start()].count(" ")
    end = first + match.group().count(" ") + 1
    span = span_of(request.tokens[first:end])
    made = Word(word, span) if word else Math(span, request.place, display=False, name=name)
    return replace(request, tokens=(*request.tokens[:first], made, *request.tokens[end:]))


def calls_it_loss(sentences: Sequence[Sentence]) -> bool:
    """Whether "the loss" is the cross-entropy that the text names or gives a unit of information, and no formula."""
    found = False
    for sentence in sentences:
        pieces = pieces_of(sentence.tokens)
        if not _NETWORK.isdisjoint(piece.text for piece in pieces):
            return False
        named = [each.quantity.name for i in range(len(pieces)) if (each := quantity_at(pieces, i)) is not None]
        said = [i for i, piece in enumerate(pieces) if piece.text == "loss"]
        others = any(piece.math is not None for i in said for piece in pieces[i + 1 : i + 3])
        if others or any(pieces[i - 1].text not in _BEFORE for i in said if i > 0):
            return False
        found = found or (bool(said) and ("cross_entropy" in named or bool(units_in(pieces))))
    return found
