"""Which sentences of a problem say in which units its answers are, and nothing else."""

from collections.abc import Sequence

from chainrule.sheets.clauses import find_requests, trimmed
from chainrule.sheets.quantity_words import mentions_quantity, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import UnitRule, unit_rule, units_in


def find_unit_rules(sentences: Sequence[Sentence], closing: bool) -> list[tuple[Sentence, UnitRule | None]]:
    """Each sentence with what it says of units, if it says nothing else.

    "(a) entropy in bits" asks for it where nothing else is asked before in the part, "Give the entropy in bits." where nothing
    else is asked at all. closing: the last sentence stands apart.
    """
    found: list[tuple[Sentence, UnitRule | None]] = []
    alone = sum(mentions_quantity(each.tokens) or bool(find_requests(each)) for each in sentences) < 2
    asking: set[str | None] = set() if alone else {None}
    for each in sentences:
        part = each.place.part
        rule = unit_rule(each, closing and each is sentences[-1] and part in asking)
        general = rule is not None and rule.part is None and part is not None
        if not general and part not in asking and mentions_quantity(each.tokens):
            rule = None
        if not general and part is not None and not any(_asks_in(part, other) for other in sentences if other is not each):
            rule = None
        if rule is not None and not general and _asks_for_another(each, sentences):
            rule = None
        if rule is None and (mentions_quantity(each.tokens) or find_requests(each)):
            asking.add(part)
        found.append((each, rule))
    return found


def _asks_for_another(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether it asks for a quantity that no other sentence speaks of, "Give both surprisals in bits."."""
    own = _rows_in(sentence) if find_requests(sentence) else frozenset[str]()
    return bool(own) and not any(own & _rows_in(each) for each in sentences if each is not sentence)


def _rows_in(sentence: Sentence) -> frozenset[str]:
    """The quantities that words or formulas of a sentence may mean."""
    pieces = pieces_of(sentence.tokens)
    named = (found.quantity.name for i in range(len(pieces)) if (found := quantity_at(pieces, i)) is not None)
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    return frozenset((*named, *(row.name for math in formulas for each in notations_of(math) for row in each.rows)))


def _asks_in(part: str, sentence: Sentence) -> bool:
    """Whether a sentence may ask for something in a part, of which "Express it in bits." can say how that is written."""
    own = sentence.place.part or ""
    asks = mentions_quantity(sentence.tokens) or any(isinstance(token, Math) for token in sentence.tokens)
    return (own == part or own.startswith(f"{part}.")) and (asks or bool(find_requests(sentence)))


def unit_of_all(sentence: Sentence) -> list[UnitRule]:
    """What stands behind a comma at the end of a sentence with two questions, ", in bits?", is said of both."""
    last = trimmed(sentence.tokens)[-4:]
    spelled = [token.text if isinstance(token, Word) else "" for token in last]
    said = [word for word in spelled if word not in ("both", "all", "each")]
    units = units_in(pieces_of(last[-2:])) if said[-3:-1] == [",", "in"] else ()
    return [UnitRule(None, units, again=False)] if units else []
