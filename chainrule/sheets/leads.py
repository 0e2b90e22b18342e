"""Sentences that only lead to others: they announce what follows, or say how results are to be written."""

from collections.abc import Sequence

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import ANNOUNCING, DERIVATIVE_NOUNS, FIND, NEUTRAL, words
from chainrule.sheets.notation import look
from chainrule.sheets.quantity_words import pieces_of, quantity_at
from chainrule.sheets.reasons_asked import asks_for_reason
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Task
from chainrule.sheets.units import without_units
from chainrule.source import Span

_LEADING = frozenset((":", "to", "of", "for", "using", "following", "by", "in", "are", "is", "respect"))
_REMARKS = words("note notice hint hints recall remember remark observe tip reminder attention careful caution")
GENERAL = frozenset(("answer", "solve", "do", "complete", "work"))
"""Verbs that ask for nothing by themselves: "Answer the following questions"."""
_DIGITS = words("decimals decimal digits figures")
_AROUND_DIGITS = (
    NEUTRAL | _DIGITS | words("to with answer answers result results your places place significant two three four five")
)
_AROUND_ANNOUNCED = NEUTRAL | ANNOUNCING | DERIVATIVE_NOUNS | words("in of on for order detail problem network partial below")


def is_remark(sentence: Sentence) -> bool:
    """It says something beside what is asked, "(Note that $W$ occurs twice.)", and is no item of it; not what gives numbers.

    Nor is a mark alone an item, the bracket behind the stop.
    """
    said = [token.text if isinstance(token, Word) else "$" for token in sentence.tokens]
    if not any(word == "$" or word[:1].isalnum() for word in said):
        return True
    gives = any(any(each.isdigit() for each in token.text) for token in sentence.tokens)
    return bool(_REMARKS.intersection(said[1:2] if said[:1] == ["("] else said[:1])) and not gives


def leads(sentence: Sentence) -> bool:
    """It ends where something may follow: as `breaks_off`, or with "the derivatives" and no stop."""
    tokens = without_units(sentence.tokens) or sentence.tokens
    last = tokens[-1]
    named = isinstance(last, Word) and (last.text in DERIVATIVE_NOUNS or _ends_with_quantity(tokens))
    return breaks_off(sentence) or (named and not sentence.end and not sentence.place.heading)


def breaks_off(sentence: Sentence) -> bool:
    """It ends where something must follow: "with respect to:", "compute", "Find, in bits,"."""
    last = (without_units(sentence.tokens) or sentence.tokens)[-1]
    return isinstance(last, Word) and (last.text in _LEADING or last.text in FIND - {"work"} or last.text == ",")


def _ends_with_quantity(tokens: Tokens) -> bool:
    """ "Calculate the KL divergence", without a word of which distributions."""
    pieces = pieces_of(tokens)
    named = [(i, found.length) for i in range(len(pieces)) if (found := quantity_at(pieces, i)) is not None]
    alone = not any(isinstance(token, Math) for token in tokens)
    return alone and any(start + length == len(pieces) for start, length in named)


def announces(request: Request) -> bool:
    """It asks for nothing but what follows: "Answer the following questions"."""
    tokens = without_units(request.tokens)
    said = [token.text for token in tokens if isinstance(token, Word)]
    plain = len(said) == len(tokens) and _AROUND_ANNOUNCED.issuperset(said)
    return plain and not ANNOUNCING.isdisjoint(said)


def asked_by(request: Request, item: Sentence, *, announced: bool) -> Tokens:
    """The words that a lead puts before an item, "compute"; of "Find the following gradients" too what an item is to be given
    that names no derivative itself.
    """
    verb = request.verb if announced and request.verb not in GENERAL else "compute"
    nouns = [token for token in request.tokens if isinstance(token, Word) and token.text in DERIVATIVE_NOUNS]
    derived = any(
        look(token) == "derivatives" if isinstance(token, Math) else token.text in DERIVATIVE_NOUNS for token in item.tokens
    )
    said = (
        (verb, "the", nouns[0].text if len(nouns) == 1 else "derivative", "of")
        if announced and nouns and not derived
        else (verb,)
    )
    start = item.tokens[0].span
    return tuple(Word(word, Span(start.source, start.start, start.start)) for word in said)


def says_nothing(request: Request, before: Sequence[Task]) -> bool:
    """It only announces, says how many digits are wanted, or asks for the reason that comes with the answer before it."""
    return (request.verb in GENERAL and announces(request)) or _is_about_digits(request) or asks_for_reason(request, before)


def _is_about_digits(request: Request) -> bool:
    """ "Give all results to four decimal places": no answer is another for it."""
    said = {token.text for token in request.tokens if isinstance(token, Word) and not token.text.isdigit()}
    formulas = any(isinstance(token, Math) for token in request.tokens)
    return not formulas and said <= _AROUND_DIGITS and not _DIGITS.isdisjoint(said)


def lists_derivatives(sentence: Sentence) -> bool:
    """Nothing but derivatives: as an item of what is asked it can only be asked for itself."""
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    return sentence.only_formulas and all(look(math) == "derivatives" and not math.illustration for math in formulas)


def implied(verb: str, sentence: Sentence) -> Word:
    """A verb that the sheet does not repeat before an item."""
    start = sentence.tokens[0].span
    return Word(verb, Span(start.source, start.start, start.start))
