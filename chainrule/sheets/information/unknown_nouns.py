"""Distributions called by nouns that the text does not define: "the entropy of the race", "of the sampling distribution", "of
Tom's choice".

Where the problem has one distribution, and nothing of it was left unread, such a noun can mean that one only; what was taken
is said. A word that makes another distribution of it, "the next", "the sum", "given", refuses the request, and so does an
adjective before "distribution" that was not said of it.
"""

from collections.abc import Sequence

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import CONTEXT, VERBS, words
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.nouns import EACH
from chainrule.sheets.quantity_words import Piece, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.units import unit_at

_LINKS = words("of in for from")
_ARTICLES = words("the this that a an our its his her their each one")
_HEADS = words("distribution distributions probabilities probability pmf law vector variable source")
_CHANGING = words(
    "rate conditional conditioned conditionally joint jointly marginal next following previous last past future after"
    " before given output outputs input inputs sum total product difference ratio quotient number count maximum"
    " minimum max min posterior prior average averaged mean median mode per tomorrow yesterday limit limiting"
    " stationary steady initial final other another second third fourth first two three four both all every any"
    " several many most least twice half block blocks sequence sequences string strings word words sentence sentences"
    " text texts page pages book file files image images series pair pairs triple triples tuple vectors sets set week"
    " weeks month months year years season seasons tournament game games match matches experiment experiments sample"
    " samples trial trials draws throws rolls tosses flips spins days hours uniform normal gaussian maximal optimal"
    " true estimated predicted empirical smoothed sharpened normalised normalized renormalised renormalized"
    " unnormalised tempered tilted truncated clipped reversed inverted squared scaled shifted weighted mixed mixture"
    " combined merged grouped coarse quantised quantized rounded compressed encoded decoded received transmitted noisy"
    " corrupted noise channel code codes codeword codewords learned learnt trained updated new old same common"
    " alternative modified changed corrected error errors residual loss gradient derivative model models network"
    " classifier logits logit score scores weights attention temperature if unless when not without except excluding"
    " only but or and than as to relative versus with respect whether parity remainder square root function transform"
    " transformed event events opposite complement complementary remaining rest others either neither more less fewer"
    " change changes whole entire system process chain walk path thing things object objects something anything case"
    " cases problem part question exercise answer result results independent dependent correlated copies copy times"
    " repeated long run population observed unknown hidden"
)
"""With one of these something else may be meant than the distribution that the text has."""
_NOUNS_TOO = words("state answer report estimate mark count label draw design")
"""Verbs of requests that are nouns as well, where the text says them of what it tells."""
_LONGEST = 5


def with_known_noun(request: Request, known: Distributions, unknown: Sequence[str]) -> tuple[Request, str] | None:
    """The request with a general word in the place of nouns that are not known, and what is said of it; None where another
    distribution may be meant. unknown: the words that are not understood.
    """
    single = known.single()
    later = known.more and not (single and known.settled)
    if known.unread or known.is_joint() or (known.all() and not single):
        return None
    pieces = pieces_of(request.tokens)
    found = _nouns(pieces)
    if found is None:
        return None
    start, end = found
    said = [piece.text for piece in pieces[start:end]]
    plain = [word for word in said if word not in _ARTICLES | {"of", "'", "s"}]
    own = known.is_of_subject(plain)
    nouns = all(_is_noun(word) or (word in _NOUNS_TOO and known.was_said(word)) for word in plain) or own
    if later and not own:
        return None
    if not set(unknown) <= set(plain) or not nouns or not _may_mean(plain, known):
        return None
    first, last = pieces[start].index, pieces[end - 1].index
    general = Word("distribution", request.tokens[first].span)
    tokens = (*request.tokens[:first], general, *request.tokens[last + 1 :])
    whole = request.tokens[first].span.to(request.tokens[last].span)
    only = f"{single[0].text}, the only distribution here" if single else "the only distribution here"
    return Request(request.verb, tokens, request.before, request.place, request.written, request.points, request.listed), (
        f"“{' '.join(whole.text.split())}” is taken for {only}"
    )


def _nouns(pieces: Sequence[Piece]) -> tuple[int, int] | None:
    """Where the words begin and end that say of what the one quantity of a request is."""
    named = [(i, found) for i in range(len(pieces)) if (found := quantity_at(pieces, i)) is not None]
    first = next(((i, found) for i, found in named), None)
    row = first[1].quantity if first is not None else None
    if first is None or row is None or row.distributions != 1 or row.joint or row.name == "surprisal" or first[1].binary:
        return None
    link = first[0] + first[1].length
    while link < len(pieces) and (pieces[link].text == "," or unit_at(pieces, link) is not None):
        link += unit.length if (unit := unit_at(pieces, link)) is not None else 1  # "the entropy, in bits, of the race"
    if link >= len(pieces) or pieces[link].text not in _LINKS or any(i > link for i, _ in named):
        return None
    end = link + 1
    while end < len(pieces) and not _ends(pieces, end):
        end += 1
    return (link + 1, end) if link + 1 < end <= link + 1 + _LONGEST + 2 else None


def _ends(pieces: Sequence[Piece], index: int) -> bool:
    piece = pieces[index]
    stops = CONTEXT - {"in"} | {",", ";", ":", "(", ")", "[", "?", "."}
    return piece.math is not None or piece.text in stops or unit_at(pieces, index) is not None


def _is_noun(word: str) -> bool:
    return word.isalpha() and word not in _CHANGING | VERBS | EACH


def _may_mean(plain: Sequence[str], known: Distributions) -> bool:
    """Whether nouns can mean the only distribution: an adjective before "distribution" must have been said in some form."""
    if not plain or len(plain) > _LONGEST:
        return False
    heads = [word for word in plain if word in _HEADS]
    rest = [word for word in plain if word not in _HEADS]
    return bool(rest) and (not heads or all(known.was_said(word) for word in rest))
