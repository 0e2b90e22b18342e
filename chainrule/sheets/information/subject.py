"""Whether a text is about distributions."""

from collections.abc import Iterable, Sequence

from chainrule.inference.symbols import is_probability, key
from chainrule.sheets.clauses import find_requests
from chainrule.sheets.forms import words
from chainrule.sheets.information.logarithms import units_of_logarithms
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import (
    applied,
    mentions_notation,
    mentions_quantity,
    notations_of,
    pieces_of,
    states_quantity,
)
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import units_in
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree

DRAWN = ("\\sim", "~", "∼")
_LAYERED = words("layer layers neuron neurons hidden perceptron weights weight inputs unit")

_ABOUT = words(
    "distribution distributions probability probabilities pmf bernoulli binomial categorical random bits nats entropy"
)


def names_distributions(sentences: Iterable[Sentence]) -> bool:
    """Whether a word is about distributions, or a formula gives the probability of a value, so that `H(X)` is an entropy."""
    return any(
        token.text in _ABOUT if isinstance(token, Word) else any(map(_gives_chance, trees(token)))
        for each in sentences
        for token in each.tokens
    )


def _gives_chance(tree: Tree) -> bool:
    r"""`P(K = k) = k/15`."""
    match tree:
        case Relation(operators=("=",), sides=(Juxtaposition(items=(head, Bracket(items=(Relation(operators=("=",)),)))), _)):
            return is_probability(head)
        case _:
            return False


def speaks_of_quantities(sentence: Sentence) -> bool:
    """Whether words or formulas name an entropy or a divergence."""
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    return mentions_quantity(sentence.tokens) or any(n.sure for token in formulas for n in notations_of(token))


def measures_any(sentences: Iterable[Sentence], names: Iterable[Math]) -> bool:
    """Whether a formula is written as a quantity of one of these, `H(X)` where words say how X is distributed."""
    known = {key(tree) for name in names for tree in trees(name)}
    formulas = [token for sentence in sentences for token in sentence.tokens if isinstance(token, Math)] if known else []
    stated = [tree.sides[0] for math in formulas if states_quantity(math) for tree in trees(math) if isinstance(tree, Relation)]
    of_stated = [argument for left in stated if (found := applied(left)) is not None for argument in found[1].items]
    measured = [argument for math in formulas for found in notations_of(math) for argument in found.arguments]
    return any(key(argument) in known for argument in (*measured, *of_stated))


def claims_any(sentences: Iterable[Sentence]) -> bool:
    r"""Whether a formula says what an entropy is, `H(X) = ...`, of a variable that is drawn, `X \sim ...`."""
    formulas = [token for sentence in sentences for token in sentence.tokens if isinstance(token, Math)]
    claims = [tree.sides[0] for math in formulas if states_quantity(math) for tree in trees(math) if isinstance(tree, Relation)]
    if not claims:
        return False
    written = (tree for math in formulas for tree in trees(math))
    drawn = {key(each.sides[0]) for each in written if isinstance(each, Relation) and each.operators[0] in DRAWN}
    taken = (found for head in claims if (found := applied(head)) is not None)
    return any(key(argument) in drawn for _, bracket in taken for argument in bracket.items)


def measures_amounts(sentences: Sequence[Sentence], around: Sequence[Sentence]) -> bool:
    """Whether words say a unit and a formula has what may be an entropy, `H(P)`."""
    formulas = [token for sentence in sentences for token in sentence.tokens if isinstance(token, Math)]
    every = (*sentences, *around)
    said = any(units_in(pieces_of(each.tokens)) for each in every) or bool(units_of_logarithms(every))
    return said and any(map(mentions_notation, formulas))


def writes_quantity(sentence: Sentence) -> bool:
    """Whether a formula of it is written as an entropy is, `H(X)`, or it counts bits or nats."""
    return any(
        bool(notations_of(token)) or states_quantity(token)
        if isinstance(token, Math)
        else token.text in ("bits", "nats", "information")
        for token in sentence.tokens
    )


def speaks_of_layers(sentence: Sentence) -> bool:
    """Whether a clause gives or asks for something of layers, which "our weights are not trained yet, and ..." does not."""
    if sentence.end == "?" or sentence.place.heading or find_requests(sentence):
        return any(isinstance(token, Word) and token.text in _LAYERED for token in sentence.tokens)
    layered = given = False
    for token in sentence.tokens:
        if isinstance(token, Word) and token.text in ("and", ";"):
            layered = given = False
        layered = layered or (isinstance(token, Word) and token.text in _LAYERED)
        given = given or isinstance(token, Math) or token.text[:1].isdigit()
        if layered and given:
            return True
    return False
