r"""Passes over a graph in other words: "fill in the forward values" is the forward pass, and "go backwards through the graph to
obtain $\nabla f$" asks for what stands behind it.
"""

import re
from dataclasses import replace

from chainrule.sheets.forms import FIND
from chainrule.sheets.phrases import any_of, said_by
from chainrule.sheets.sentences import Sentence, Word

_GRAPH = (
    r"(?:the|this|that|your|our) (?:(?:whole|entire|computational|computation|neural) )*"
    r"(?:graph|network|net|circuit|diagram|layers)"
)
_NODES = (
    r"(?:(?:all|every|each|of|the|its|this) )*"
    r"(?:nodes?|gates?|(?:intermediate |hidden )?(?:variables?|quantit(?:y|ies))|vertices|units?)"
)
_THERE = rf"(?: (?:of|at|for|in|into|on|to|next to|beside) (?:{_GRAPH}|{_NODES}|it))*"
_VALUES = r"(?:(?:the|its|all|their|forward|intermediate|numerical|numeric|resulting|computed|local) )*values?"
_FILLING = rf"(?:fill in|fill out) {_VALUES}{_THERE}"
_SLOPES = r"(?:(?:the|its|all|their|values?|of|numerical|local|upstream) )*(?:gradients?|derivatives?)"
_FILLING_BACK = rf"(?:fill in|fill out) {_SLOPES}{_THERE}"
_MARKING = rf"(?:annotate|label|fill|complete) (?:it|{_GRAPH}|{_NODES}) with {_VALUES}{_THERE}"
_RUNNING = rf"(?:run|evaluate) (?:it|{_GRAPH}) (?:once )?forwards?"
_FORWARD = re.compile(rf"(?:^|(?<= ))(?:{_FILLING}|{_MARKING}|{_RUNNING})(?= (?:[,.;:]|and|then)(?: |$)|$)")
_BACK_FILLED = re.compile(rf"(?:^|(?<= )){_FILLING_BACK}(?= (?:[,.;:]|and|then)(?: |$)|$)")
_MOVING = r"(?:go|work|proceed|move|walk|run|trace|step|pass|propagate|sweep|travel|differentiate)"
_WAY = (
    r"(?:(?:your|our) way |the (?:errors?|gradients?|signal|derivatives?) |it |step by step |one step at a time )?"
    r"(?:all the way )?(?:backwards?|back|in reverse(?: order)?)"
)
_BACKWARD = re.compile(
    rf"(?:^|(?<= )){_MOVING} {_WAY}(?: (?:through|along|over|in|across|on) (?:{_GRAPH}|it))?"
    r"(?: from (?:the (?:output|loss|end|root)|\$))?(?: to (?:the (?:inputs?|leaves|weights|parameters|start)|\$))?"
    rf"(?: ,)? (?:(?:in order )?to|and) (?={any_of(FIND - {'what'})} )"
)


def with_passes(sentence: Sentence) -> Sentence:
    """The sentence with such passes in plain words; any other one as it is."""
    sentence = _replaced(_replaced(sentence, _FORWARD, "perform the forward pass"), _BACKWARD, "")
    return _replaced(sentence, _BACK_FILLED, "perform the backward pass")


def _replaced(sentence: Sentence, pattern: re.Pattern[str], plain: str) -> Sentence:
    """The sentence with plain words in the place of the first phrase of this form."""
    said = said_by(sentence.tokens)
    match = pattern.search(said)
    if match is None:
        return sentence
    first, last = said[: match.start()].count(" "), len(match[0].split())
    span = sentence.tokens[first].span
    words = tuple(Word(word, span) for word in plain.split())
    return replace(sentence, tokens=(*sentence.tokens[:first], *words, *sentence.tokens[first + last :]))
