r"""Quantities with words in their brackets: "KL(posterior || prior)" is `\mathrm{KL}(\text{posterior} \| \text{prior})`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.information.named_members import ROLES
from chainrule.sheets.quantity_words import notations_of
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math

_BARS = r"(?:\|\||\| \||‖|∥|\|)"
_NAME = r"(?:the )?(?P<{}>[a-z]+)"
_CALLED = re.compile(
    rf"(?:^|(?<= ))(?P<head>\S+) \( {_NAME.format('one')} (?P<sign>{_BARS}|,|;) {_NAME.format('other')} \)(?= |$)"
)


def with_called(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences with such a quantity as a formula."""
    return [_with_called(sentence) for sentence in sentences]


def _with_called(sentence: Sentence) -> Sentence:
    tokens = sentence.tokens
    said = " ".join("$" if isinstance(token, Math) else token.text for token in tokens)
    for match in reversed(list(_CALLED.finditer(said))):
        if not {match["one"], match["other"]} <= ROLES:
            continue
        first, last = said[: match.start()].count(" "), said[: match.end()].count(" ")
        head, span = tokens[first], tokens[first].span.to(tokens[last].span)
        sign = match["sign"] if match["sign"] in ",;" else "\\|"
        written = f"\\mathrm{{{head.span.text}}}(\\text{{{match['one']}}} {sign} \\text{{{match['other']}}})"
        math = Math(span, sentence.place, False, name=written)
        if isinstance(head, Word) and notations_of(math):
            tokens = (*tokens[:first], math, *tokens[last + 1 :])
    return sentence if tokens is sentence.tokens else replace(sentence, tokens=tokens)
