"""Sentences that say what the columns of a table of samples are: "A filter predicts the probability $p$ that a mail is spam.
The true label is $y = 1$ for spam and $y = 0$ otherwise."

They change no number, as long as the probability is that of the label 1.
"""

import re
from collections.abc import Sequence

from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math

_GIVES = r"(?:predicts|outputs|gives|estimates|assigns|returns|produces|computes|reports)"
_PREDICTS = re.compile(
    rf"(?:a|an|the|our|some|this|each) (?:[a-z-]+ ){{1,3}}{_GIVES} (?:the |a )?(?:predicted )?probability(?: \$)?"
    r" (?:that|of|for) (?P<event>[a-z' -]+?)(?: [.;])?"
)
_LABELS = re.compile(
    r"(?:the )?(?:true |actual |correct |gold )?(?:label|target|class|truth)(?: of (?:a|an|each|every|the) [a-z-]+)?"
    r" (?:is|equals) \$1 (?:for|if|when|means|denotes)(?: (?:(?:the |an? )?[a-z-]+ (?:is|are)|a|an|the|it|they))?"
    r" (?P<one>[a-z-]+)(?: [a-z-]+)?"
    r" (?:and|,|while) (?:is )?\$0 (?:otherwise|else|if not|(?:for|if|when)(?: [a-z-]+){1,4})(?: [.;])?"
)
_DENYING = frozenset(("not", "no", "never", "non", "neither", "wrong", "incorrect", "other", "negative", "absence", "without"))


def explaining(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Those of the sentences that only say what a probability and a label mean; none where it may be that of another label."""
    predicted: dict[str, Sentence] = {}
    labelled: dict[str, Sentence] = {}
    for sentence in sentences:
        said = " ".join(_spelled(token) for token in sentence.tokens)
        if match := _PREDICTS.fullmatch(said):
            predicted[match["event"]] = sentence
        elif match := _LABELS.fullmatch(said):
            labelled[match["one"]] = sentence
    events = [frozenset(word.removesuffix("s") for word in re.split(r"[ -]", event)) for event in predicted]
    plain = len(predicted) <= 1 and len(labelled) <= 1 and all(_DENYING.isdisjoint(event) for event in events)
    if not plain or any(one.removesuffix("s") not in event for one in labelled for event in events):
        return []
    return [*predicted.values(), *labelled.values()]


def _spelled(token: Word | Math) -> str:
    """A word, `$1` for `y = 1`, `$` for another formula."""
    if isinstance(token, Word):
        return token.text
    match = re.fullmatch(r"[yt](?:_i)?=([01])", "".join(token.text.split()))
    return f"${match[1]}" if match is not None else "$"
