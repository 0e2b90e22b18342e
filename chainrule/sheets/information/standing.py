"""What the words around a formula say of a distribution: the true one, an estimate, "model A"."""

import re
from collections.abc import Sequence
from typing import Literal

from chainrule.sheets.forms import words
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Relation

Standing = Literal["true", "estimated", ""]
"""What the words say of a distribution."""

_TRUE = words("true truth original target targets actual real ground groundtruth correct reference empirical")
_ESTIMATED = words(
    "estimated estimate estimates predicted prediction predictions predictive predicts model models approximating approximation"
    " approximate approximates approximated softmax network network's model's forecast learned learnt guess guessed surrogate"
    " returns outputs predicting assumes believes says"
)
INTRODUCING = _ESTIMATED | words("output produces classifier assigns assigned")
"""Words that call what they introduce an estimate, and may mean something else where they refer to it."""
_LABELS = words("label labels data one-hot observed class held-out held heldout")
_NUMBERED = words(
    "model network classifier predictor forecaster forecast expert source machine coin die system student player candidate"
)
"""Nouns with a letter or a number: "model A"."""
STOPS = words("and , . ; with that while but whereas")
"""Before one of these something else is spoken of."""
RELATING = words("from to of relative against between")
_ENDS = words("a an the is be are let suppose")
_OF = words("of over")
_ON = words("on")
_BE = words("is are be")
_PLAIN = words(": ( ) for by of as distributed distribution distributions probabilities probability vector vectors")
STANDINGS = _TRUE | _ESTIMATED | _LABELS
"""Words for where a distribution comes from."""
_ARTICLES = words("a an the its this their our")
_PARTS = words("of plus minus and or between times to from in on for than over with by per against under given after before")
_JOINING = words("of in on per at from between until to the a an this that its two each one")
_LINKED = re.compile(
    r"(?P<noun>[a-z]+)(?: (?:that|which))? (?:is|are|has|have|follows|follow|be)"
    r"(?: (?:a|an|the|distributed|modelled|modeled|assumed|to|be|as|by))*$"
)
"""What says that a noun has a distribution."""
_COMPOUND = re.compile(
    r"(?:(?:suppose|assume|say|let|where|and|that|,|if) )*(?:the|its|a|an|our) "
    r"(?P<phrase>[a-z]+(?: [a-z]+)?(?: (?:of|in|on|per|at|from|between|until|to)"
    r" (?:(?:the|a|an|two|each|one) )?[a-z]+(?: [a-z]+)?){1,3}?)"
    r"(?= (?:is|are|has|have|follows|follow|be)\b)"
)
"""A noun with others that belong to it, "the number of typos on a page"."""
_REACH = 9
"""So many words before a formula say what it is."""
_FARTHEST = 16
"""So many stand before a formula where the whole of what has it is told."""


def caption_before(tokens: Sequence[Word | Math], index: int) -> str:
    """ "model a" of "Model A: $q = ...$", "model A predicts $q = ...$"."""
    for here in range(index - 1, max(0, index - _REACH), -1):
        if isinstance(tokens[here], Math):
            return ""
        if caption := caption_at(tokens, here - 1):
            return caption
    return ""


def caption_at(tokens: Sequence[Word | Math], index: int) -> str:
    """A noun with a number or a capital letter behind it, "model A"; "" for anything else."""
    noun, label = (tokens[i] if 0 <= i < len(tokens) else None for i in (index, index + 1))
    if not isinstance(noun, Word) or not isinstance(label, Word) or noun.text not in _NUMBERED:
        return ""
    single = len(label.text) == 1 and (label.text.isdigit() or (label.text.isalpha() and label.capital))
    return f"{noun.text} {label.text}" if single else ""


def standing_at(tokens: Sequence[Word | Math], index: int) -> Standing:
    """What the nouns before a formula, or behind "is" after it, call it."""
    if "smoothing" in _nouns_before(tokens, index):
        return ""  # "label smoothing $\\epsilon = 0.1$" is no label
    return standing_before(tokens, index) or _introduced(_nouns_after(tokens, index))


def standing_before(tokens: Sequence[Word | Math], index: int) -> Standing:
    """What the nouns before this place call what stands there."""
    return _introduced(_nouns_before(tokens, index))


def _nouns_before(tokens: Sequence[Word | Math], index: int) -> list[str]:
    """The words of the nearest phrase that is not only "the distribution" or the name itself."""
    nouns: list[str] = []
    inner: list[str] = []
    before = tokens[max(0, index - _REACH) : index]
    linked = bool(before) and _is_one_of(before[-1], _BE)
    for place in range(len(before) - 1, -1, -1):
        token = before[place]
        if isinstance(token, Math):
            if any(isinstance(tree, Relation) for tree in trees(token)) or nouns:
                break
            continue
        if nouns and linked and token.text in _ARTICLES and place and _is_one_of(before[place - 1], _ON):
            nouns = []  # "the prediction on the held-out set is"
            continue
        if token.text in STOPS or token.text in _ENDS:
            if token.text in STOPS or (nouns and not _is_linked(before, place)):
                break
            continue
        if token.text in ("from", "on") and not nouns and not _is_label(before, place - 1):
            break  # "the perplexity of the model on text from $p$"
        if token.text in _OF and nouns:
            inner, nouns = [*inner, *nouns], []
        elif token.text not in _PLAIN:
            nouns.append(token.text)
    return nouns if _introduced(nouns) else [*inner, *nouns]


def _is_one_of(token: Word | Math, of: frozenset[str]) -> bool:
    return isinstance(token, Word) and token.text in of


def _is_label(tokens: Sequence[Word | Math], index: int) -> bool:
    token = tokens[index] if index >= 0 else None
    return isinstance(token, Word) and (token.text in STANDINGS or token.text in ("drawn", "sampled", "generated", "come"))


def _is_linked(tokens: Sequence[Word | Math], index: int) -> bool:
    """Whether "of" stands before this word, so that it belongs to the noun before that."""
    return index > 0 and _is_one_of(tokens[index - 1], _OF)


def _nouns_after(tokens: Sequence[Word | Math], index: int) -> list[str]:
    """The nouns of "$P$ is the true distribution", "$P$ (true)"."""
    following = [token.text if isinstance(token, Word) else "$" for token in tokens[index + 1 : index + 7]]
    if not following or following[0] not in ("is", "(", "denotes", "be", "are", "as", "the", "an", "a"):
        return []
    ends = (i for i, word in enumerate(following[1:], 1) if word in ("$", ",", ".", ")", "and", ";", "of", "for"))
    return following[1 : next(ends, len(following))]


def _introduced(nouns: Sequence[str]) -> Standing:
    return _said(nouns) or ("estimated" if any(noun in INTRODUCING for noun in nouns) else "")


def _said(nouns: Sequence[str]) -> Standing:
    if any(noun in _TRUE for noun in nouns):
        return "true"
    if any(noun in _ESTIMATED for noun in nouns):
        return "estimated"
    return "true" if any(noun in _LABELS for noun in nouns) else ""


def plain_phrase(said: Sequence[str]) -> str:
    """A noun with others that belong to it, without the words that join them, "number typos page"."""
    return " ".join(word for word in said if word not in _JOINING)


def _compound_before(tokens: Sequence[Word | Math], index: int) -> str:
    """The noun with others that belong to it that begins the sentence and has what stands here; "" for any other."""
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in tokens[:index])
    whole, match = _COMPOUND.match(said), _LINKED.search(said)
    linked = whole is not None and match is not None and whole.end() == match.end("noun")
    return plain_phrase(whole["phrase"].split()) if whole is not None and linked and index <= _FARTHEST else ""


def subject_before(tokens: Sequence[Word | Math], index: int) -> frozenset[str]:
    """The noun that has what stands here, with its adjectives: "the rounding error is", "an error that has"; nothing where it
    is a part of another phrase, "the sum of the errors is", or nothing links them.
    """
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in tokens[max(0, index - _REACH) : index])
    match = _LINKED.search(said)
    if match is None:
        return frozenset()
    if phrase := _compound_before(tokens, index):
        return frozenset((phrase,))
    before = said[: match.start()].split()
    start = next((place for place in range(len(before), 0, -1) if before[place - 1] in _ARTICLES), 0)
    adjectives, outside = before[start:], before[: max(start - 1, 0)]
    cut = not start and index > _REACH
    plain = all(word.isalpha() and word not in _PARTS for word in adjectives)
    return frozenset((*adjectives, match["noun"])) if plain and not cut and _PARTS.isdisjoint(outside[-1:]) else frozenset()


def standing_of(nouns: Sequence[str]) -> Standing:
    """What words without a formula mean: "the true distribution", "the predictions"."""
    return _said(nouns)
