"""What sentences introduce: "a loaded die", "two coins"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chainrule.inference.literals import is_literal
from chainrule.sheets.forms import words
from chainrule.sheets.information.standing import STOPS
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.source import Span
from chainrule.syntax.tree import Bracket

THINGS = words(
    "distribution distributions coin coins die dice source sources urn channel variable variables machine machines model models"
    " classifier network predictor"
)
_COUNTING = words("a an another one two three second third other")
"""Before a thing, with up to two adjectives between, these introduce it."""
_EQUATING = words("is be as are of by from")
"""Before an article these say of something known what it is."""
_BEGINNING = words("a an another one second third")
_SAYING = words(
    "is was are has have had can shows takes lands comes picks emits gives produces draws sends generates yields arrives"
    " appears contains consists"
)
_POINTING = words("it this that these those them they same again")
_OF_THE_SAME = words("toss throw roll flip draw trial sample spin single fair")
"""One of these is of the thing that was spoken of before."""


@dataclass(frozen=True)
class Thing:
    """What a sentence introduces with an article or a number: "a loaded die"."""

    span: Span
    noun: str


def things_in(tokens: Sequence[Word | Math], equated: bool = False) -> list[Thing]:
    """What the words introduce. equated: also what is only said of something known, "is a coin"."""
    found: list[Thing] = []
    for index, token in enumerate(tokens):
        if not isinstance(token, Word) or token.text not in _COUNTING:
            continue
        before = tokens[index - 1] if index else None
        if isinstance(before, Word) and before.text in (_COUNTING if equated else _EQUATING | _COUNTING):
            continue
        for following in tokens[index + 1 : index + 4]:
            if not isinstance(following, Word) or not following.text[0].isalpha():
                break
            if following.text in THINGS:
                found.append(Thing(following.span, following.text))
                break
    return found


def subjects_in(sentences: Iterable[Sentence]) -> list[Thing]:
    """What sentences begin to speak of, "A letter is drawn", with no word of what was spoken of before."""
    found: list[Thing] = []
    earlier: set[str] = set()
    for sentence in sentences:
        said = [token.text if isinstance(token, Word) else "$" for token in sentence.tokens]
        verb = next((i for i, word in enumerate(said[:7]) if word in _SAYING), 0)
        again = any(one == "the" and other in earlier for one, other in pairwise(said))
        new = said[:1] and said[0] in _BEGINNING and verb > 1 and not again and said[verb - 1] not in _OF_THE_SAME | earlier
        if sentence.end != "?" and new and "$" not in said and _POINTING.isdisjoint(said):
            found.append(Thing(sentence.tokens[verb - 1].span, said[verb - 1]))
        earlier.update(said)
    return found


def lists_besides(tokens: Sequence[Word | Math], index: int) -> bool:
    """Whether a formula besides this one lists numbers without a name."""
    return any(_lists(token) for i, token in enumerate(tokens) if i != index and isinstance(token, Math))


def _lists(math: Math) -> bool:
    match statements(math):
        case (Bracket(items=items),) if not math.illustration:
            return len(items) > 1 and all(map(is_literal, items))
        case _:
            return False


def clause_of(tokens: Sequence[Word | Math], index: int) -> frozenset[str]:
    """The words of the clause in which something stands, without the 's of an owner."""
    ends = [i for i, token in enumerate(tokens) if isinstance(token, Word) and token.text in STOPS]
    first = max((i + 1 for i in ends if i < index), default=0)
    last = min((i for i in ends if i > index), default=len(tokens))
    said = (token.text for token in tokens[first:last] if isinstance(token, Word))
    return frozenset(word.removesuffix("'s").removesuffix("’s") for word in said)
