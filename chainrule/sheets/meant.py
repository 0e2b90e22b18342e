"""What a sentence speaks of last, for "it" in the next one: "The information gain is the mutual information $I(S; W)$.",
"Trust region methods limit $D_{KL}(P \\| Q)$."
"""

import re

from chainrule.sheets.clauses import Tokens, trimmed
from chainrule.sheets.notation import look
from chainrule.sheets.phrases import said_by
from chainrule.sheets.quantity_words import mentions_notation, mentions_quantity, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math

_WORD = r"[a-z][a-z'’-]*"
_DOING = (
    r"(?:distillation|training|learning|inference|compression|regulari[sz]ation|optimi[sz]ation|method|algorithm|procedure|approach"
    r"|technique|engineer|student|teacher|agent|model|network|classifier|encoder|decoder|learner|analyst|statistician|company)"
)
"""Who or what does something and has no value."""
_EQUAL = re.compile(
    r"(?:the|its|their|this|that|our|an?|\$) .*?\b(?:is|equals|is called|is given by|is defined as|is measured by|is exactly"
    r"|is just|is simply|is nothing but|is nothing else than)(?: :)? (?=(?:the |its |their |a |an )?\S)(?P<meant>.+)"
)
"""One thing is another one: "it" may mean either, which is the same."""
_OBJECT = re.compile(
    rf"(?:(?:in|for|here|under|to|with|when|as|often|usually)\b[^$,]* , )?"
    rf"(?:we|one|you|(?:{_WORD} ){{0,4}}(?:people|{_WORD}[a-rt-z]s|{_DOING})) "
    r"(?:also |often |usually |then |now |therefore |only )*"
    rf"(?!is |are |was |were |has |have ){_WORD}(?: (?:with|by|on|for|at|in))? (?=the |its |their |\$)(?P<meant>.+)"
)
"""People, several things or what has no value do something with one thing, which alone "it" can mean."""
_DIFFERENCE = re.compile(r"(?:the|a) (?:difference|sum|ratio|quotient|product|expression|quantity|number)")
"""What a formula behind it is, and says itself."""
_OTHERWISE = re.compile(
    r"\b(?:not|no|never|nor|neither|than|at (?:most|least)|bounded|about|roughly|approximately|if|unless|when|whenever|would)\b"
    r"|\bbut(?! the| [$])|\b[a-z]+n['’]t\b"
)


def thing_meant(sentence: Sentence, tokens: Tokens) -> Tokens:
    """The words for the quantity that "it" means behind a sentence of these tokens; () where another thing may be meant."""
    tokens = trimmed(tokens)
    said = said_by(tokens)
    match = _EQUAL.fullmatch(said) or _OBJECT.fullmatch(said)
    if sentence.end == "?" or match is None or _OTHERWISE.search(said):
        return ()
    meant = tokens[said[: match.start("meant")].count(" ") :]
    if _DIFFERENCE.fullmatch(said_by(meant[:-1])) and _is_quantity(meant):
        return meant[-1:]
    return meant if _is_quantity(meant) else ()


def _is_quantity(tokens: Tokens) -> bool:
    """Whether words name one quantity, or a formula is one, and nothing stands before it but an article."""
    formulas = [token for token in tokens if isinstance(token, Math)]
    if any(notations_of(math) for math in formulas[:-1]) or any(math.illustration for math in formulas):
        return False
    if len(formulas) == 1 and isinstance(tokens[-1], Math) and _DIFFERENCE.fullmatch(said_by(tokens[:-1])):
        return mentions_notation(tokens[-1]) and look(tokens[-1]) == "other"
    pieces = pieces_of(tokens)
    first = int(isinstance(tokens[0], Word) and tokens[0].text in ("the", "its", "their", "a", "an"))
    if first < len(pieces) and quantity_at(pieces, first) is not None:
        return mentions_quantity(tokens)
    return len(tokens) == 1 and len(formulas) == 1 and len(notations_of(formulas[0])) == 1
