"""Clauses before a request that say under what it is asked: "After swapping $a$ and $b$ in $P$, compute ...".

What was asked before or under something else would be the answer to another question, so each of their words must be known.
"""

from collections.abc import Sequence

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import words
from chainrule.sheets.given_names import names_given
from chainrule.sheets.notation import look
from chainrule.sheets.sentences import Word, span_of
from chainrule.sheets.sheet import Math

_LEADS = words(
    "after once upon knowing having conditional conditioned conditionally conditioning restricted restricting"
    " observing learning ignoring excluding without with assuming supposing seeing rescaled normalised normalized"
    " renormalised renormalized"
)
_FOR = words("copies copy samples draws repetitions blocks independent times trials")
"""With one of these "for ten independent copies" makes another question of it."""
_PLAIN = words(
    "the a an this that these those of and or in for to , : ( ) is are be as your our we you it its both all each"
    " given above below following previous other table tables value values number numbers data distribution"
    " distributions probability probabilities natural binary logarithm logarithms logs log base bits nats unit units"
    " formula formulas definition definitions chain rule result results answer answers part parts respect parameter"
    " parameters label labels target targets true predicted estimated model mean means variance variances standard"
    " deviation rate rates logits inputs input problem question joint marginal pmf support hand calculator hint"
    " identity from by order one-hot class correct independent variables random variable convention conventions 2 10 e"
    " solved computed found having done using same notation text book course read reading looking looked recalling"
    " recall seen shown finished everything help aid finding computing entropies entropy divergence divergences cross-"
    " entropy marginals"
)


def unread_lead(request: Request) -> str:
    """The words of such a clause where one of them is not known; "" where all are."""
    tokens = request.before
    start = _start(tokens)
    if start is None:
        return ""
    clause = tokens[start:]
    first = clause[0].text if isinstance(clause[0], Word) else ""
    known = [_is_known(tokens, index) for index in range(start + 1, len(tokens))]
    said = {token.text for token in clause if isinstance(token, Word)}
    unread = not said.isdisjoint(_FOR) if first == "for" else not all(known)
    return " ".join(span_of(clause).text.split()).rstrip(" ,") if unread else ""


def _start(tokens: Tokens) -> int | None:
    """Where the last clause of this kind begins: at the beginning of what is said, or behind a mark."""
    starts = [i for i in range(len(tokens)) if i == 0 or _text(tokens, i - 1) in (".", ";", ",", ":")]
    found = [
        i
        for i in starts
        if _text(tokens, i) in _LEADS | {"for"} or (_text(tokens, i), _text(tokens, i + 1)) == ("given", "that")
    ]
    return found[-1] if found else None


def _is_known(tokens: Tokens, index: int) -> bool:
    token = tokens[index]
    if isinstance(token, Math):
        return True
    if token.text == "two":
        return _text(tokens, index + 1) == "distributions"
    return token.text in _PLAIN or names_given(tokens, index) or _names(tokens, index)


def _names(tokens: Tokens, index: int) -> bool:
    """Whether a noun stands right before a formula that gives it a value: "with temperature $T = 2$"."""
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    return isinstance(behind, Math) and look(behind) == "definition"


def _text(tokens: Sequence[Word | Math], index: int) -> str:
    token = tokens[index] if 0 <= index < len(tokens) else None
    return token.text if isinstance(token, Word) else ""
