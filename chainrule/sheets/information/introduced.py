"""Names of quantities that only introduce a formula: "the cross-entropy loss $L = -\\sum_i y_i \\log \\hat{y}_i$".

The formula says what is asked, and is a value like any other.
"""

from dataclasses import replace

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import words
from chainrule.sheets.notation import look, trees
from chainrule.sheets.quantity_words import Piece, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation

_MORE = words(
    "negative log likelihood nll mean average averaged combined symmetrised symmetrized divergence redundancy loss losses"
    " information gain sum difference excess capacity ratio gap jeffreys euclidean manhattan distance norm squared length l1 l2"
    " ordinary usual plain"
)
_NOUNS = words("probabilities distribution mixture class output outputs predicted out softmax vector values predictions")
_NAMED = words("probabilities distribution mixture")
"""Of these are the words that introduce a name too: "the class probabilities $p$"."""
_SPOKEN = words("sentence text document corpus sequence passage message model network batch sample data")
"""What a quantity beside its own formula may be said to be of."""
_ARTICLES = words("the a an these")
_CALLED = words("divergence distance loss metric discrepancy")
_CHANGED = words(
    "of for to not no without derivative gradient inverse reverse reversed other shifted scaled conjugate half twice"
)
_GIVEN = words("the these same two given following above distributions probabilities vectors points values numbers")
"""These only lead to what is given."""
_LONGEST = 8
_LONGEST_NAME = 5


def without_names(request: Request) -> Request:
    """The request without such names before formulas and in parentheses behind them; as it is where there are none."""
    request = _without_named_function(request)
    tokens = _without_remarks(request.tokens)
    index = len(tokens) - 1
    while index > 0:
        token, start = tokens[index], index
        if isinstance(token, Math) and not token.illustration:
            start = _introduced_from(tokens, index, token)
            tokens = (*tokens[:start], *tokens[index:])
        index = start - 1
    return request if tokens == request.tokens else replace(request, tokens=tokens)


def _without_named_function(request: Request) -> Request:
    r"""Without the words that name a function behind "for": "for the negative entropy $\phi(x) = \sum_i x_i \log x_i$, ..."."""
    before = request.before
    at = next((i for i, token in enumerate(before) if isinstance(token, Math)), 0)
    said = [token.text for token in before[:at] if isinstance(token, Word)]
    math = before[at] if at else None
    nouns = [word for word in said[1:] if word != ","]
    given = isinstance(math, Math) and look(math) == "definition" and _GIVEN.issuperset(nouns)
    function = isinstance(math, Math) and _defines_function(math)
    named = (function or given) and said[:1] in (["for"], ["with"], ["using"], ["take"])
    if not named or not nouns or nouns[0] not in _ARTICLES or len(nouns) > _LONGEST_NAME or not _CHANGED.isdisjoint(nouns):
        return request
    return replace(request, before=(before[0], *before[at:]))


def _defines_function(math: Math) -> bool:
    match trees(math):
        case (Relation(operators=("=" | ":=",), sides=(Juxtaposition(items=(name, Bracket(items=(item,)))), _)),):
            return could_be_name(name) and could_be_name(item)
        case _:
            return False


def _without_remarks(tokens: Tokens) -> Tokens:
    """Without "(the Jeffreys divergence)" behind a formula that says all that is asked."""
    opening = next((i for i, token in enumerate(tokens) if isinstance(token, Word) and token.text == "(" and i > 0), None)
    if opening is None or not isinstance(tokens[-1], Word) or tokens[-1].text != ")":
        return tokens
    before = tokens[opening - 1]
    said = [piece for piece in pieces_of(tokens[opening + 1 : -1]) if piece.text not in _ARTICLES]
    words_of = [piece.text for piece in said]
    called = words_of[:2] in (["this", "is"], ["which", "is"]) and words_of[-1] in _CALLED and _CHANGED.isdisjoint(words_of)
    named = isinstance(before, Math) and _is_formula(before) and (called or _is_name(said))
    return tokens[:opening] if named else tokens


def _introduced_from(tokens: Tokens, index: int, math: Math) -> int:
    """Where the name begins that introduces the formula at this place; the place itself if none does."""
    pieces = [piece for piece in pieces_of(tokens[:index]) if piece.index >= index - _LONGEST]
    for start in range(len(pieces)):
        run = _without_of(pieces[start:]) if _is_formula(math) else pieces[start:]
        if any(piece.math is not None for piece in run) or not _is_name(run):
            continue
        nouns = {piece.text for piece in run}
        names = bool(nouns & _NAMED) and nouns <= _NOUNS
        return run[0].index if _is_formula(math) or (names and any(map(could_be_name, trees(math)))) else index
    return index


def _without_of(run: list[Piece]) -> list[Piece]:
    """Without "of the sentence" and a comma behind a name."""
    of = next((i for i, piece in enumerate(run) if piece.text in ("of", "for") and i > 0), None)
    said = [piece.text for piece in run[of:]] if of is not None else []
    plain = len(said) in (3, 4) and said[1] == "the" and said[2] in _SPOKEN and said[3:] in ([], [","])
    return run[:of] if plain else run


def _is_name(run: list[Piece]) -> bool:
    """Whether the words are names of quantities and nothing else."""
    index = 0
    while index < len(run):
        named = quantity_at(run, index)
        if named is None and run[index].text not in _MORE | _NOUNS:
            return False
        index += named.length if named else 1
    return True


def _is_formula(math: Math) -> bool:
    """An equation or something to compute."""
    found = trees(math)
    return len(found) == 1 and not could_be_name(found[0]) and not notations_of(math)
