r"""What a sheet wants to be checked of quantities: "Verify the chain rule $H(X, Y) = H(X) + H(Y \mid X)$", "Is $D(P \| Q) \ge
0$?", "Does the triangle inequality $D(P \| R) \le D(P \| Q) + D(Q \| R)$ hold?"
"""

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import CLAIM, NEUTRAL, words
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import compares_quantities, is_identity, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Role, Task

ASKING = words("is does do are")
"""Verbs of a question whether a formula holds."""
_HOLDS = words("that holds hold indeed true really whether if case it here for satisfied valid correct")
_NAMED = words(
    "chain rule rules identity identities equality equation inequality inequalities relation relationship decomposition bound"
    " triangle gibbs gibbs' pinsker pinsker's jensen jensen's information subadditivity of entropy entropies property"
    " distributions example numbers well-known known general data in '"
)
"""What a formula is called: it says no more than the formula does."""

_LAWS = {
    "chain rule": ("chain rule",),
    "pinsker": ("pinsker's inequality", "pinsker inequality", "pinsker bound", "pinsker's bound"),
    "gibbs": ("gibbs' inequality", "gibbs ' inequality", "gibbs inequality", "gibbs's inequality", "information inequality"),
    "triangle": ("triangle inequality",),
}
"""What is known by a name, in the words for it."""
_AROUND = (
    NEUTRAL
    | _HOLDS
    | words("for of satisfy satisfies fulfil fulfill fulfils fulfills obey obeys to in case example entropy it")
)


def claim_of_quantities(request: Request) -> Math | None:
    """The equation or inequality between quantities that is to be checked, where nothing else is said."""
    said = {token.text for token in request.tokens if isinstance(token, Word)}
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    if request.verb not in CLAIM | ASKING or not (NEUTRAL | _HOLDS | _NAMED).issuperset(said) or len(formulas) != 1:
        return None
    (claim,) = formulas
    return claim if is_identity(claim) or compares_quantities(claim) else None


def law_in_words(request: Request) -> Task | None:
    """What is to be checked by its name, "Verify Pinsker's inequality for $P$ and $Q$", where nothing else is said."""
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    found = [(law, name) for law, names in _LAWS.items() for name in names if f" {name} " in f" {said} "]
    if request.verb not in CLAIM | ASKING or len(found) != 1:
        return None
    (law, name), *_ = found
    tokens = list(request.tokens)
    start, length = f" {said} ".split(f" {name} ")[0].count(" "), name.count(" ") + 1
    rest = (*tokens[: max(start, 0)], *tokens[max(start, 0) + length :])
    pieces, index, quantities = pieces_of(rest), 0, list[str]()
    while index < len(pieces):
        named = quantity_at(pieces, index)
        if named is None and pieces[index].math is None and pieces[index].text not in _AROUND:
            return None
        quantities += [named.quantity.name] if named else []
        index += named.length if named else 1
    formulas = [token for token in rest if isinstance(token, Math)]
    if not all(len(found := trees(math)) == 1 and could_be_name(found[0]) for math in formulas) or len(quantities) > 1:
        return None
    if (law == "triangle") != bool(quantities) or any(map(notations_of, formulas)):
        return None
    roles = tuple(Role("asked", math) for math in formulas)
    return Task("claim", request.place.part, request.span, request.text, roles, quantity="".join(quantities), law=law)
