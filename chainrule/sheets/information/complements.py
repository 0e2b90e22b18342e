r"""The other one of two outcomes of which the text gives the probability of one: "a coin has $P(\\text{heads}) = 0.7$"."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, is_probability, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.listing import label_of, placed
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree
from chainrule.typesetting import latex

_COINS = words("coin coins penny toss flip tossed flipped")
_OF_COINS = (("heads", "tails"), ("head", "tail"), ("H", "T"))
_OF_TRIALS = (("success", "failure"), ("yes", "no"), ("true", "false"), ("rain", "no rain"), ("spam", "ham"))
_MORE = words(
    "edge third neither otherwise draw tie independent given after second two both another other"
    " unless if times twice thrice several repeatedly sequence until ten"
)
"""With one of these there may be other outcomes, or other coins."""


def with_complements(sentences: Sequence[Sentence], tables: Sequence[Tree], taken: Iterable[Tree]) -> list[Stated]:
    """What the text says of a distribution by one probability alone. taken: the names that have a distribution already."""
    said = {token.text for each in sentences for token in each.tokens if isinstance(token, Word)}
    formulas = [token for each in sentences for token in each.tokens if isinstance(token, Math) and not token.illustration]
    entries = [(math, tree) for math in formulas for tree in statements(math) if _is_entry(tree)]
    heads = {key(_head(tree)) for _, tree in entries}
    if len(entries) != 1 or tables or not said.isdisjoint(_MORE) or heads & set(taken):
        return []
    (math, tree), *_ = entries
    label = label_of(_outcome(tree)) or latex(_outcome(tree))
    pairs = _OF_COINS if not said.isdisjoint(_COINS) else _OF_TRIALS
    other = next((one if label == two else two for one, two in pairs if label in (one, two)), "")
    rest = _rest(latex(tree.sides[1])) if isinstance(tree, Relation) else ""
    if not other or not rest or not isinstance(tree, Relation):
        return []
    spelled = [f"\\text{{{each}}}" if len(each) > 1 else each for each in (label, other)]
    head = latex(_head(tree))
    made = placed(f"{head} = \\{{{spelled[0]}: {latex(tree.sides[1])}, {spelled[1]}: {rest}\\}}", math.span)
    return [Stated(Math(math.span, math.place, display=False, name=head), made, math.span, (math,))]


def _is_entry(tree: Tree) -> bool:
    """Whether it is one probability, `P(H) = 0.7`."""
    match tree:
        case Relation(operators=("=",), sides=(Juxtaposition(items=(head, Bracket(kind="(", items=(_,)))), body)):
            value = number(body)
            return could_be_name(head) and is_probability(head) and value is not None and 0 <= value <= 1
        case _:
            return False


def _head(tree: Tree) -> Tree:
    assert isinstance(tree, Relation)
    assert isinstance(tree.sides[0], Juxtaposition)
    return tree.sides[0].items[0]


def _outcome(tree: Tree) -> Tree:
    assert isinstance(tree, Relation)
    assert isinstance(tree.sides[0], Juxtaposition)
    bracket = tree.sides[0].items[1]
    assert isinstance(bracket, Bracket)
    return bracket.items[0]


def _rest(value: str) -> str:
    """One less this probability."""
    try:
        return f"{1 - Decimal(value):f}"
    except InvalidOperation:
        return f"1 - {value}"
