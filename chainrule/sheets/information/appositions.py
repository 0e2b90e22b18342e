r"""Nouns behind a formula that says all by itself: "the entropy $H(X)$ of the input", "$I(X; Y)$ between input and output",
"the gradient $\frac{\partial L}{\partial z}$ of the loss with respect to the student's logits", "$H(p)$ for the same values".

They are left out where each noun is known or was said before. A number, a negation and a word that makes another thing of what
it stands beside, "of two throws", "of the normalized source", stay, and the request is not understood.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal, number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import FIND, QUANTITY, words
from chainrule.sheets.information.ellipses import ADJECTIVES
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.naming import names_formula
from chainrule.sheets.information.nouns import NOUNS
from chainrule.sheets.notation import look, trees
from chainrule.sheets.quantity_words import notations_of
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math

_NOUN_PHRASE = r"(?:the|its|their|this|that|these|our|a|an)(?: [a-z'’-]+){1,3}?"
_PHRASE = rf"(?:{_NOUN_PHRASE}|[a-z-]+)"
_END = r"(?= ,| in (?:bits|nats)\b| at \$| for \$| if \$| when \$|$)"
_OF = re.compile(rf" (?:of (?P<one>{_NOUN_PHRASE})|between (?P<first>{_PHRASE}) and (?P<second>{_PHRASE})){_END}")
_DERIVED = re.compile(
    rf"(?: of (?P<one>{_NOUN_PHRASE}))? (?:with respect to|w\.r\.t\.?|wrt|by) (?P<first>{_NOUN_PHRASE}){_END}"
)
_SAME = re.compile(
    r"(?: ,)? (?:for|at|with|using) (?:(?:exactly )?the same|these|those|the above) (?:two |three |four )?"
    rf"(?:values|numbers|parameters?|rates?|means|variances|probabilities|points?|weights)(?: as (?:before|above))?{_END}"
)
_HARD = re.compile(
    rf"(?: ,)? with the (?:(?:hard|one-hot|true|correct|original) )+(?:labels?|targets?|vector|label vector){_END}"
)
_HARMLESS = words(
    "example sample item instance input output inputs outputs sender receiver easy hard student teacher loss logits"
)
_USUAL = words("ordinary usual plain")
"""These say of a formula no more than it does."""
_SEVERAL = words("two three four five six both all each every several many few most some any one's more")


def without_appositions(request: Request, known: Distributions, about: bool) -> Request:
    """The request without such words; as it is where it has no formula that says all.

    about: the text speaks of distributions; in any other derivatives alone say all.
    """
    place = next((i for i, token in enumerate(request.tokens) if isinstance(token, Math)), None)
    if request.verb not in FIND | {"what"} or place is None:
        return request
    math = request.tokens[place]
    assert isinstance(math, Math)
    known = known.for_request(request.place.part, request.span)
    derivative = look(math) == "derivatives"
    if not (derivative or (about and _says_all(math))):
        return request
    lead = tuple(t for t in request.tokens[:place] if not (isinstance(t, Word) and t.text in _USUAL))
    request, place = replace(request, tokens=(*lead, *request.tokens[place:])), len(lead)
    patterns = (_DERIVED, _OF) if derivative else (_OF, *((_HARD,) if _is_of_label(math, known) else ()))
    for pattern in patterns:
        request = _cut(request, place, pattern, known)
    return _cut(request, place, _SAME, known)


def _says_all(math: Math) -> bool:
    r"""Whether it is a notation with its arguments, or a formula that is more than a name, `-\ln p`."""
    found = trees(math)
    if math.illustration or look(math) != "other" or len(found) != 1:
        return False
    return bool(notations_of(math)) or not (could_be_name(found[0]) or is_literal(found[0]))


def _is_of_label(math: Math, known: Distributions) -> bool:
    """Whether a notation is of a label that is 1 in one place and 0 in all others."""
    arguments = {key(tree) for notation in notations_of(math) for tree in notation.arguments}
    entries = [each.entries for each in known.known if each.name in arguments]
    values = [[number(tree) for entry in one for tree in trees(entry)] for one in entries]
    return any(len(one) > 1 and sorted(map(str, one)) == [*["0"] * (len(one) - 1), "1"] for one in values)


def _cut(request: Request, place: int, pattern: re.Pattern[str], known: Distributions) -> Request:
    """The request without the words of a pattern that stand somewhere behind the formula at this place."""
    behind = request.tokens[place + 1 :]
    said = "".join(f" {token.text if isinstance(token, Word) else '$'}" for token in behind)
    match = pattern.search(said) if pattern in (_SAME, _HARD) else pattern.match(said)
    if match is None or not all(_only_names(phrase, known) for phrase in match.groupdict().values() if phrase):
        return request
    start, end = said[: match.start()].count(" "), said[: match.end()].count(" ")
    rest = _joined(behind[end:]) if match.end() < len(said) else ()
    return replace(request, tokens=(*request.tokens[: place + 1], *behind[:start], *rest))


def _joined(rest: Sequence[Word | Math]) -> Sequence[Word | Math]:
    """What follows, with "for" in the place of the comma before a value, "of the hard example, $p = 0.2$"."""
    comma, formula = rest[0], rest[1] if len(rest) > 1 else None
    valued = isinstance(formula, Math) and look(formula) == "definition"
    if isinstance(comma, Word) and comma.text == ",":
        return (Word("for", comma.span), *rest[1:]) if valued else rest[1:]
    return rest


def _only_names(phrase: str, known: Distributions) -> bool:
    """Whether a phrase does nothing but name something."""
    nouns = [word.removesuffix("'s").removesuffix("’s") for word in phrase.split()]
    plain = " ".join(noun for noun in nouns if noun not in _HARMLESS) or "loss"
    told = all(noun in NOUNS | QUANTITY | _HARMLESS or known.was_said(noun) for noun in nouns[1:] or nouns)
    return (
        told
        and (plain.split()[0] == plain in ("the", "its", "their") or names_formula(plain))
        and not (set(nouns) & (_SEVERAL | ADJECTIVES))
    )
