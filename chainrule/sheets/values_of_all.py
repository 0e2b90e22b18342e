"""One number for all weights or biases in a question, "What is $y$ if every weight is 2?", "Now set all weights to 1": the
equations that it says, where formulas name the weights. What a statement says of them is read with the network.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.errors import ChainruleError
from chainrule.sheets.clauses import find_requests
from chainrule.sheets.networks.completion import parts_used
from chainrule.sheets.networks.symbols import Known, base, read_known
from chainrule.sheets.notation import is_number, statements
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.source import Span
from chainrule.syntax.tree import Tree

_ALL = re.compile(
    r"(?P<set>(?:set|let|change|make|put) )?(?:all|every|each|both)(?: (?:of|the|its))* (?P<what>weight|biase?)s? "
    r"(?:is |are |were |was |be |being |to be |now |set |instead |equals? |equal |to |= |have the value |has the value )+"
    r"(?P<value>\$|-?\d[\d.]*(?: ?/ ?\d+)?|zero|one|two|three)"
    r"(?! ?[^ ]*[/%\d]| (?:times|more|less|or|to|percent|larger|smaller|bigger|higher|lower|by|\$))(?![^ ])"
    r"(?: instead)?"
)
_CHANGING = re.compile(
    r"(?:now |then |next )?(?:set|change|make|put) (?:all|every|each|both) .*\b(?:weight|bias)(?:s|es)?\b"
    r"|now (?:all|every|each|both) (?:the )?(?:weight|bias)(?:s|es)? (?:is|are|equals?) (?:\$|-?\d)"
)
_WORDS = {"zero": "0", "one": "1", "two": "2", "three": "3"}
_LETTERS = {"weight": frozenset("wWvVuU"), "bias": frozenset("bB"), "biase": frozenset("bB")}


def with_values_of_all(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, where such words in a request, or of a change, are equations for each weight that is a number; a change
    that is not read so, "Set all weights but $w_1$ to 1", is an open question.
    """
    said = [*map(_said, sentences)]
    if not any(_ALL.search(each) or _CHANGING.match(each) for each in said):
        return [*sentences]
    try:
        trees = [
            tree for s in sentences for t in s.tokens if isinstance(t, Math) and not t.illustration for tree in statements(t)
        ]
        known = read_known(trees)
    except ChainruleError:
        return [*sentences]
    found: list[Sentence] = []
    for sentence in sentences:
        changed = _with_equations(sentence, known)
        unread = changed is sentence and _CHANGING.match(_said(sentence)) and any(map(_is_weight, known.free()))
        found.append(replace(sentence, end="?") if unread else changed)
    return found


def _is_weight(name: Tree) -> bool:
    return any(base(name) in letters for letters in _LETTERS.values())


def _said(sentence: Sentence) -> str:
    return " ".join("$" if isinstance(token, Math) else token.text for token in sentence.tokens)


def _with_equations(sentence: Sentence, known: Known) -> Sentence:
    said = _said(sentence)
    match = _ALL.search(said)
    if match is None or not (find_requests(sentence) or match["set"] or "now" in said.split()):
        return sentence
    first, length = said[: match.start()].count(" "), len(match[0].split())
    phrase = sentence.tokens[first : first + length]
    number = next((token for token in phrase if isinstance(token, Math)), None)
    value = _WORDS.get(match["value"], match["value"].replace(" ", "")) if number is None else number.text
    names = [name for name in parts_used(known) if name in known.free() and base(name) in _LETTERS[match["what"]]]
    names = sorted(names, key=known.free().index)
    if not names or (number is not None and not is_number(number)) or any(known.shapes.get(name) for name in names):
        return sentence
    span = span_of(phrase)
    listed: list[Word | Math] = []
    for place, name in enumerate(names):  # spans that differ, by which formulas are told apart
        at = Span(span.source, span.start + place, span.end)
        listed += [Word(",", at), Math(at, sentence.place, display=False, name=f"{known.spelled(name)} = {value}")]
    lead = (Word("set", phrase[0].span),) if match["set"] else ()
    return replace(sentence, tokens=(*sentence.tokens[:first], *lead, *listed[1:], *sentence.tokens[first + length :]))
