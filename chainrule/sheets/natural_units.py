r"""Words that say of a derivative that its logarithms are natural: "in nats", "with the natural logarithm".

Derivatives have no unit of their own and natural logarithms, where nothing in the text speaks of others.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.forms import DERIVATIVE_NOUNS, words
from chainrule.sheets.notation import look
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math

_LOGARITHM = r"(?:natural (?:logarithms?|logs?)|base e|ln)"
_MEASURED = r"(?:cross-entrop(?:y|ies)|entrop(?:y|ies)|divergences?|information|quantit(?:y|ies))"
_NATURAL = re.compile(
    rf" (?:, )?(?:\( (?:in )?nats \)|(?:with (?:the |all )?{_MEASURED}(?: (?:measured|taken|given))? )?in nats"
    rf"|\( (?:using |with )?(?:the )?{_LOGARITHM} \)"
    rf"|(?:with|using|taking) (?:the |all )?{_LOGARITHM})(?= |$)"
)
_OTHER = words("base binary decimal log2 log10")
"""With one of these anywhere a logarithm of the text may be another."""
_UNITS = words("bit bits hartleys hartley dits bans trits shannons")
"""Of these the sentence may not speak too; another sentence says them of what it asks."""
_OTHER_LOGARITHM = re.compile(r"\\?log\s*_|\\lg|\\lb|log2|log10")


def without_natural_units(sentences: Sequence[Sentence], around: Sequence[Sentence] = ()) -> list[Sentence]:
    """The sentences that ask for a derivative without such words; all as they are where the text speaks of other logarithms."""
    tokens = [token for sentence in (*sentences, *around) for token in sentence.tokens]
    other = any(_OTHER_LOGARITHM.search(token.text) if isinstance(token, Math) else token.text in _OTHER for token in tokens)
    return list(sentences) if other else [_plain(each) if _differentiates(each) else each for each in sentences]


def _plain(sentence: Sentence) -> Sentence:
    said = " ".join("$" if isinstance(token, Math) else token.text for token in sentence.tokens)
    match = _NATURAL.search(said)
    if match is None or not _UNITS.isdisjoint(said.split()):
        return sentence
    start, end = said[: match.start() + 1].count(" "), said[: match.end()].count(" ") + 1
    return replace(sentence, tokens=(*sentence.tokens[:start], *sentence.tokens[end:]))


def _differentiates(sentence: Sentence) -> bool:
    return any(
        token.text in DERIVATIVE_NOUNS if isinstance(token, Word) else look(token) == "derivatives" for token in sentence.tokens
    )
