r"""What is asked for without a verb of its own: "$D(P \| Q)$, and verify Pinsker's inequality ..." behind "Find", "Compute $L$;
then $z$."
"""

import re
from dataclasses import replace

from chainrule.sheets.clauses import Tokens, find_requests, trimmed
from chainrule.sheets.forms import CONTEXT, FIND, NEUTRAL, QUANTITY, words
from chainrule.sheets.notation import declares, look
from chainrule.sheets.quantity_words import mentions_quantity, notations_of
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import without_units
from chainrule.source import Span

GOES_ON = ","
"""The end of a sentence that another verb would go on behind: what stands in it is asked for."""
_JOINING = words("and then")
_FURTHER = words("and also then next finally lastly")
_OF = words("of between")
_WANTED = re.compile(
    r"(?:(?:wanted|required|sought|needed|desired)(?: (?:quantities|values|results))?(?: (?:is|are))?"
    r"|to (?:find|compute|determine|calculate)"
    r"|(?:we|i|you) (?:(?:now|also|then|finally|next) )?(?:want|need|seek|require|would like|look for|search for"
    r"|are (?:(?:now|also) )?(?:interested in|asked for|looking for|after))(?: to know)?)(?: :)? "
)
"""What announces what is wanted, before the names of it."""
_STATING = words(
    "is are was to that than as because if it will would should not no only be has have equals so where denotes means let"
    " suppose recall consider note"
)


def verbs_apart(sentence: Sentence, before: Sentence | None) -> tuple[Sentence, ...]:
    """The sentence, or what it names before its first verb and what it asks from there on, where "and" joins the two; what
    only names something behind a semicolon is asked for too. before: the sentence before it.
    """
    if sentence.place.heading:
        return (sentence,)
    requests = find_requests(sentence)
    if not requests:
        return (_continued(sentence, before),)
    named = requests[0].before
    joined = bool(named) and isinstance(named[-1], Word) and named[-1].text in _JOINING
    if not joined or not only_names(named):
        return (sentence,)
    rest = sentence.tokens[len(named) :]
    named = trimmed(named[:-1] if named[-1].text == "then" else named)
    return (replace(sentence, tokens=named, end=GOES_ON, said=()), replace(sentence, tokens=rest))


def with_verb(sentence: Sentence) -> Sentence:
    """ "Wanted: $L$ and $z$.", "We are interested in the loss $L$." as a request."""
    said = "".join(f"{token.text} " if isinstance(token, Word) else "$ " for token in sentence.tokens)
    found = _WANTED.match(said)
    rest = sentence.tokens[found[0].count(" ") :] if found else ()
    if found is None or sentence.place.heading or not (only_names(rest) if rest else found[0].endswith(": ")):
        return sentence
    start = sentence.tokens[0].span
    verb = Word("compute", Span(start.source, start.start, start.start))
    return replace(sentence, tokens=(verb, *(rest or sentence.tokens[-1:])), said=sentence.said or sentence.tokens)


def _continued(sentence: Sentence, before: Sentence | None) -> Sentence:
    """What only names something behind a semicolon or "also" has the verb before it, "Compute $L$; $z$."; behind another
    request than for a value it is an open question, "Differentiate $L$ with respect to $w$; $x$.".
    """
    first, question = sentence.tokens[0], sentence.end == "?"
    further = isinstance(first, Word) and first.text in _FURTHER
    if not only_names(sentence.tokens):
        return sentence
    tokens = sentence.tokens[1:] if further else sentence.tokens
    says = _says_what(tokens)
    requests = find_requests(before) if before and before.place.part == sentence.place.part else []
    if question and not further:
        return replace(sentence, end=GOES_ON) if says else sentence
    if before is None or not requests or not (further or before.end == ";"):
        return sentence
    said = {token.text for token in requests[-1].tokens if isinstance(token, Word)}
    plain = requests[-1].verb in (FIND | {"what"}) - {"differentiate"} and said.isdisjoint(CONTEXT | {"respect"})
    free = said.isdisjoint(_OF)
    sure = (says and free) if question else (says or free)
    return replace(sentence, tokens=tokens, end=GOES_ON) if plain and sure else replace(sentence, end="?")


def _says_what(tokens: Tokens) -> bool:
    """It is not only a name, of which what was asked before may be asked again."""
    formulas = [token for token in tokens if isinstance(token, Math)]
    nouns = not QUANTITY.isdisjoint(token.text for token in tokens if isinstance(token, Word))
    return nouns or mentions_quantity(tokens) or all(look(math) == "derivatives" or notations_of(math) for math in formulas)


def only_names(tokens: Tokens) -> bool:
    """It names formulas and quantities, and neither states nor gives anything."""
    tokens = trimmed(without_units(tokens))
    said = [token.text for token in tokens if isinstance(token, Word)]
    formulas = [token for token in tokens if isinstance(token, Math)]
    if not formulas or not _STATING.isdisjoint(said) or not CONTEXT.isdisjoint(said[:1]):
        return False
    if any(look(math) == "definition" or declares(math) for math in formulas):
        return False
    return (NEUTRAL | QUANTITY | _JOINING | words("of finally lastly")).issuperset(said) or (
        mentions_quantity(tokens) or any(map(notations_of, formulas))
    )
