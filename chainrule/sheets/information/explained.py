r"""Phrases that the formula behind them explains: "the information content of the position, $2 - H(f)$, in bits", "What is the
price of this approximation, $D(P \| Q)$?", "how far is $P$ from $Q$ in the sense of $D(P \| Q)$?".

The formula says all that is asked. The phrase is left out unless one of its words makes another thing of the formula, "twice
the redundancy", or it names another quantity than the formula does.
"""

import re
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.changing_words import CHANGING
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import DERIVATIVE, FIND, words
from chainrule.sheets.information.appositives import DISAGREEING
from chainrule.sheets.notation import look, trees
from chainrule.sheets.quantity_words import Notation, mentions_notation, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import units_in, without_units
from chainrule.syntax.tree import Relation

_SAYING = (
    r"(?:that is(?: to say)?|i\.?e\.?|namely|in (?:symbols|formulas)|(?:as )?measured (?:as|by|with|in)|in the sense of"
    r"|as given by|in terms of|quantified (?:as|by)|expressed (?:as|by))"
)
_NAME = r"(?: (?:the|its|their|this)(?: [a-zé'-]+(?: -)?){1,4}?)?"
"""What the formula is called once more, "the KL divergence"."""
_MARK = re.compile(
    rf" (?:, (?:{_SAYING}(?: ,)?{_NAME} )?|[:–—] |{_SAYING}{_NAME} |\( (?:{_SAYING} )?(?:the (?:[a-z'-]+ ){{1,4}}?)?)$"
)
_WAY = re.compile(
    r"(?: ,)? (?:as measured|measured|quantified|expressed|in the sense|in terms)(?: (?:by|as|in|of|with))*"
    r" (?=(?:(?:the|its|their|an?) )?(?P<what>[^,]+?)(?: ,)?$)"
)
""" ", measured by the KL divergence of the posterior from the prior,": the words behind it say what the formula is."""
_BOTH = re.compile(r"\b(?:between|of|for) (?:the two|both)(?= )|\bbetween(?: [a-z'-]+){1,4}? and(?= )")
"""The two things that a formula of two distributions is of."""
_AVERAGE = re.compile(r"(?: ,)? on average(?: ,)?")
_MAKING = (
    CHANGING
    | DERIVATIVE
    | words(
        "twice half double triple thrice quarter square squared root power exponential logarithm log negative minus inverse"
        " reciprocal change changes increase decrease percent percentage per times normalised normalized scaled rounded"
        " opposite variance"
        " one two three four five six seven eight nine ten dozen hundred thousand pair several and or versus than plus"
    )
)
"""Words that may make another thing of what stands behind them, or add one."""
_MAKING_ONE = words(
    "difference ratio sum gap excess fraction share proportion average mean total maximum minimum maximal minimal bound limit"
    " product quotient efficiency redundancy normalised perplexity rate"
)
"""These make another thing of one quantity, and a formula with several parts is that thing."""
_LONGEST = 20


def explained(request: Request) -> Request:
    """The request for the formula alone; as it is where no formula explains its words."""
    found = _split(request)
    if found is None:
        return request
    phrase, math, unit, measured = found
    notations = notations_of(math)
    expression = not notations and _is_expression(math)
    if not (expression or len(notations) == 1) or not _can_be_named(
        phrase, notations[0] if notations else None, measured=measured
    ):
        return request
    return replace(request, verb="what", tokens=(math, *unit))


def _split(request: Request) -> tuple[Tokens, Math, Tokens, bool] | None:
    """The phrase, the formula that explains it, the unit, and whether it is measured by it; None where nothing explains it."""
    place = next((i for i in reversed(range(len(request.tokens))) if isinstance(request.tokens[i], Math)), 0)
    math = request.tokens[place] if place else None
    if request.verb not in FIND | {"how"} or not isinstance(math, Math) or math.illustration:
        return None
    rest = [token.text if isinstance(token, Word) else "$" for token in without_units(request.tokens[place + 1 :])]
    said = "".join(f" {token.text if isinstance(token, Word) else '$'}" for token in request.tokens[:place]) + " "
    mark = _MARK.search(said)
    if mark is None or mark.start() == 0 or not set(rest) <= {",", ")"}:
        return None
    phrase = request.tokens[: said[: mark.start()].count(" ")]
    units = units_in(pieces_of(request.tokens))
    counted = [token for token in phrase[1:2] if isinstance(token, Word) and token.text in ("bits", "nats")]
    at = replace(math.span, start=math.span.end)
    spelled = [word for unit in units for word in ("in", *unit.split())] or [w for t in counted for w in ("in", t.text)]
    if len(units) > 1:
        return None
    if units and units[0].startswith("base "):
        spelled = units[0].split()
    measured = "measured" in mark.group() or "quantified" in mark.group()
    return phrase, math, tuple(Word(word, at) for word in spelled), measured


def _is_expression(math: Math) -> bool:
    """Whether a formula computes with quantities, `2 - H(P)`."""
    found = trees(math)
    plain = look(math) == "other" and len(found) == 1 and not isinstance(found[0], Relation)
    return plain and not could_be_name(found[0]) and not is_literal(found[0]) and mentions_notation(math)


def _can_be_named(phrase: Tokens, notation: Notation | None, *, measured: bool = False) -> bool:
    """Whether the words can do nothing but name the formula. notation: the formula is that of one quantity. measured: which is
    a measure of what they name.
    """
    tokens = without_units(phrase)
    if len(tokens) < len(phrase):  # ", in nats,"
        tokens = tuple(token for token in tokens if not (isinstance(token, Word) and token.text == ","))
    said = [token.text for token in tokens if isinstance(token, Word)]
    spoken = _AVERAGE.sub(" ", " ".join(said))
    if (way := _WAY.search(spoken)) is not None:
        return _is_measured(way, tokens, notation)
    two = notation is not None and len(notation.arguments) == 2
    plain = (_BOTH.sub("", spoken) if two else spoken).split()
    if not plain or len(plain) > _LONGEST or not all(each.replace("-", "").replace("'", "").isalpha() for each in plain):
        return False
    if DISAGREEING in said or not _MAKING.isdisjoint(plain) or (notation is not None and not _MAKING_ONE.isdisjoint(plain)):
        return False
    pieces = pieces_of(tokens)
    named = [each.quantity for i in range(len(pieces)) if (each := quantity_at(pieces, i)) is not None]
    formulas = [tree for token in tokens if isinstance(token, Math) for tree in trees(token)]
    own = [key(tree) for tree in notation.arguments] if notation is not None else []
    if named and (formulas or len({row.name for row in named}) > 1):
        return False
    if notation is None:
        return not formulas
    rows = {each.name for each in notation.rows} | ({"mutual_information"} if measured else set[str]())
    return all(could_be_name(tree) and key(tree) in own for tree in formulas) and all(
        {row.name, row.computed_by} & rows for row in named
    )


def _is_measured(way: re.Match[str], tokens: Tokens, notation: Notation | None) -> bool:
    """Whether the words behind "measured by" can name the formula, and those before it only say what it is a measure of."""
    first = way.string[: way.start()].count(" ") + 1
    last = first + way.group().count(" ") - 1
    before, behind = tokens[:first], tokens[last:]
    behind = behind[:-1] if isinstance(end := behind[-1], Word) and end.text == "," else behind
    return (
        notation is not None
        and all(isinstance(token, Word) for token in tokens)
        and _can_be_named(before, notation, measured=True)
        and _can_be_named(behind, notation)
    )
