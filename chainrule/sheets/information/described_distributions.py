r"""Things that a distribution in symbols describes right behind them: "the entropy of a coin that always lands heads, i.e.
$P = (1, 0)$".

The formula says all of the thing. Words that count things or make another one of them, "two tosses of a coin", "the sum of",
stay, and so does a thing of which words say a distribution themselves, "a fair coin".
"""

import re
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import words
from chainrule.sheets.information.ellipses import ADJECTIVES
from chainrule.sheets.notation import statements
from chainrule.sheets.phrases import said_by
from chainrule.sheets.quantity_words import mentions_quantity
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Relation

_PLACE = r"(?:of|from|in) (?:the )?(?:exercise|problem|question|part|example|task) [\w.()]+ "
_GIVES = (
    r"(?:which|that|who) (?:assign(?:s|ed)|gives|gave|predict(?:s|ed)|sa(?:ys|id)|puts?|believe[sd]) "
    r"(?:(?:the )?probabilities )?"
)
_THING = re.compile(
    r"(?<= )(?:of|for|from|to|between|and) (?P<thing>(?:an?|the)"
    rf" (?:(?!(?:relative|to|from|between|against) )[a-z'’-]+ ){{1,12}}?)(?P<place>{_PLACE})?"
    rf"(?:, (?:(?:i\.?e\.?|that is|namely|with|thus|so|in symbols)(?: ,)? )?|(?P<gives>(?:, )?{_GIVES}))(?=\$)"
)
_MAKING = words(
    "two three four five six seven eight nine ten several many both each all pair pairs sum product difference ratio mixture"
    " mix average mean total maximum minimum larger smaller joint sequence tosses throws rolls draws flips times twice half"
    " rest other output outputs given conditional conditioned and or of in per"
)
"""With one of these the words may speak of something that is made of what the formula describes."""


def without_descriptions(request: Request) -> Request:
    """The request without such things before the formulas that describe them."""
    tokens = request.tokens
    said = said_by(tokens)
    for match in reversed(list(_THING.finditer(said))):
        thing = match["thing"].split()
        start, end = said[: match.start("thing")].count(" "), said[: match.end()].count(" ")
        formula = tokens[end]
        counted = {word for word in thing if not (word in ("six", "one") and thing[thing.index(word) - 1] == "a")} & _MAKING
        plain = not counted and ADJECTIVES.isdisjoint(thing) and not mentions_quantity(tokens[start:end])
        described = isinstance(formula, Math) and bool(match["gives"] and formula.name)
        if plain and isinstance(formula, Math) and (described or _is_distribution(formula)):
            tokens = (*tokens[:start], *tokens[end:])
    return request if tokens is request.tokens else replace(request, tokens=_joined(tokens))


def _joined(tokens: tuple[Word | Math, ...]) -> tuple[Word | Math, ...]:
    """Without the comma between a formula and the next thing, "from $P = (..)$, to $Q = (..)$"."""
    kept = [
        token
        for i, token in enumerate(tokens)
        if not (
            isinstance(token, Word)
            and token.text == ","
            and 0 < i < len(tokens) - 2
            and isinstance(tokens[i - 1], Math)
            and isinstance(following := tokens[i + 1], Word)
            and following.text in ("to", "from", "and")
            and isinstance(tokens[i + 2], Math)
        )
    ]
    return tuple(kept)


def _is_distribution(math: Math) -> bool:
    """Whether a formula gives a name all its probabilities."""
    match statements(math):
        case (Relation(operators=("=",), sides=(name, Bracket(items=items) as body)),):
            return could_be_name(name) and len(items) > 1 and (is_literal(body) or body.kind == "{")
        case _:
            return False
