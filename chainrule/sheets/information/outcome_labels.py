"""Outcomes among words: "rain", "no rain", "the letter A", `$x_1$`, "3"."""

from collections.abc import Sequence

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import words
from chainrule.sheets.information.chances import is_word_itself
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Piece
from chainrule.syntax.tree import Number, Text

ARTICLES = words("the a an")
NOUNS = words("letter letters symbol symbols outcome outcomes class value values message messages event token word category")
LINKS = words(
    "with in has have is are occurs occur appears appear comes come up shows lands a an the probability chance weight frequency"
    " share of ( = : gets get happens happen arises drawn sent emitted remaining other"
)
"""These may stand between an outcome and its probability."""
_NO_LABEL = words(
    "probability probabilities chance mean variance deviation rate it this that its which with of in on for by and or to is are"
    " be has have other each any all both either not if equal given distribution distributions respectively than one"
)
_DIGITS = {word: str(k) for k, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight"])}


def label_at(pieces: Sequence[Piece], index: int) -> tuple[str, int] | None:
    """An outcome and its length: a word, "no rain", a number, a letter, `$x_1$`."""
    start = index
    while _text(pieces, index) in ARTICLES and not is_letter(pieces, index) and not is_word_itself(pieces, index):
        index += 1
    while (
        _text(pieces, index) in NOUNS
        and index + 1 < len(pieces)
        and (_text(pieces, index + 1) not in LINKS or is_letter(pieces, index + 1))
    ):
        index += 1
    if index >= len(pieces):
        return None
    if (math := pieces[index].math) is not None:
        found = trees(math)
        plain = len(found) == 1 and (could_be_name(found[0]) or isinstance(found[0], Number | Text))
        return (math.text, index + 1 - start) if plain else None
    quoted = int(_text(pieces, index) in ("'", '"', "“", "‘"))
    index += quoted
    behind = _text(pieces, index + 1)
    negated = int(_text(pieces, index) in ("no", "not") and behind[:1].isalpha() and behind not in ("and", "or", "with"))
    word = _text(pieces, index + negated)
    if (
        not word
        or not word[0].isalnum()
        or (word in _NO_LABEL and not is_letter(pieces, index) and not is_word_itself(pieces, index))
    ):
        return None
    length = index + negated + 1 - start + quoted
    written = pieces[index + negated].written or word
    shown = written if len(written) == 1 or not written[:1].isupper() else word
    return (f"no {word}" if negated else shown), length


def number_label(label: str) -> str:
    """ "6" for "six"."""
    return _DIGITS.get(label, label)


def is_letter(pieces: Sequence[Piece], index: int) -> bool:
    """The letter A or a, which is no article: no article stands before a comma; nor at the beginning of a sentence before
    what cannot be a noun.
    """
    written = pieces[index].written
    if written == "a":
        return _text(pieces, index + 1) in (",", ":", "and", "with")
    return written == "A" and (index > 0 or _text(pieces, index + 1) in LINKS | {",", "and"})


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
