"""What a sentence leaves out: "the hidden units have biases, the output units do not" have none."""

import re
from dataclasses import replace

from chainrule.sheets.phrases import said_by
from chainrule.sheets.sentences import Sentence, Word

_ELLIPSIS = re.compile(
    r"\b(?:have|has|uses?|contains?|includes?) (?:an? |their |its )?(?P<what>bias(?:es)?)(?: terms?)? "
    r"(?:,|but|and|while|whereas)(?: (?:but|and|while|whereas))? [^,.;$]*?"
    r"(?P<not>\b(?:do|does) not|\b(?:have|has) none)(?: \.)?$"
)


def spelled_out(sentence: Sentence) -> Sentence:
    """The sentence with "have no biases" for "do not" behind what has biases; as it is where it says no such thing."""
    said = said_by(sentence.tokens)
    match = _ELLIPSIS.search(said)
    if match is None:
        return sentence
    start = said[: match.start("not")].count(" ")
    span = sentence.tokens[start].span.to(sentence.tokens[start + 1].span)
    said_in_full = tuple(Word(word, span) for word in ("have", "no", "biases"))
    return replace(sentence, tokens=(*sentence.tokens[:start], *said_in_full))
