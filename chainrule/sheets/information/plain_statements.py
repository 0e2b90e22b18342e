"""Whether what a text says of numbers that it lists leaves them as they are: known words alone, and no count but their own.

"the predicted logits are", "which are halved", "before the sigmoid": a word that nobody listed may change what numbers mean.
"""

from collections.abc import Iterable, Sequence

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import find_requests
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece, pieces_of
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.units import unit_at, unit_rule

STATED = words(
    "the a an this that these those following its their and , : ; ( ) - . = is are be will respectively resulting in of for to"
    " on over with has have given consider suppose let assume we by from as order each every all"
)
"""Words that change nothing about the numbers that they lead to."""
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS = {word: count for count, word in enumerate(_NUMBERS, start=2)}
_POINTING = words(
    "they them these those each every both it its half halves halved probability probabilities prediction predictions predicted"
    " output outputs label labels target targets score scores logit logits"
)
"""A statement with one of these may be of the numbers."""
_OF_ANSWERS = words("answer answers result results decimals decimal")

Phrases = Iterable[tuple[str, ...]]


def says_only(pieces: Sequence[Piece], known: frozenset[str], count: int, phrases: Phrases = ()) -> bool:
    """Whether nothing stands here but known words and phrases, names, units and the number of the values."""
    said = [piece.text for piece in pieces]
    spoken = sorted(phrases, key=len, reverse=True)
    index = 0
    while index < len(pieces):
        length = next((len(each) for each in spoken if tuple(said[index : index + len(each)]) == each), 0)
        if not length and (unit := unit_at(pieces, index)):
            length = unit.length
        if not length and not (said[index] in known or is_count(said[index], count) or _is_name(pieces[index])):
            return False
        index += length or 1
    return True


def is_count(word: str, count: int) -> bool:
    """Whether a word is this number of samples or words."""
    return word == str(count) or COUNTS.get(word) == count


def leaves_alone(sentence: Sentence, known: frozenset[str], count: int, phrases: Phrases = ()) -> bool:
    """Whether a sentence beside that of the numbers states nothing unknown of them; requests are read elsewhere."""
    pieces = pieces_of(sentence.tokens)
    said = {piece.text for piece in pieces}
    if sentence.end == "?" or find_requests(sentence) or unit_rule(sentence) is not None or not said.isdisjoint(_OF_ANSWERS):
        return True
    return said.isdisjoint(_POINTING) or says_only(pieces, known, count, phrases)


def _is_name(piece: Piece) -> bool:
    found = statements(piece.math) if piece.math is not None else ()
    return len(found) == 1 and could_be_name(found[0])
