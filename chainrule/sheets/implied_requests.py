"""Sentences without a verb of request that seem to ask for something all the same: "Also its perplexity.", "Assess the entropy
of $P$.".
"""

from collections.abc import Sequence

from chainrule.sheets.clauses import trimmed
from chainrule.sheets.forms import CONTEXT, words
from chainrule.sheets.notation import look
from chainrule.sheets.quantity_words import Piece, mentions_quantity, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import units_in

_STATING = words("is are was be has have equals measures means says tells let with where denotes defined so")
"""A sentence with one of these and without a question mark states something."""
_RECALLING = words("recall remember note notice consider use using denote call suppose see observe keep")
"""Verbs that ask for nothing."""
_REMARK = 3
"""A question of so few words asks for nothing, "Surprised?"."""


def is_question(sentence: Sentence) -> bool:
    """Whether a sentence that nothing has read asks for something: it is never passed over."""
    return sentence.end == "?" and (len(sentence.tokens) > _REMARK or any(isinstance(token, Math) for token in sentence.tokens))


def seems_to_ask(sentence: Sentence, further: bool) -> bool:
    """Whether a sentence without a verb of request asks for something. further: something was asked before."""
    if sentence.end == "?":
        return True
    pieces = pieces_of(sentence.tokens)
    said = {piece.text for piece in pieces}
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    if sentence.place.part is not None and _ends_open(sentence) and units_in(pieces):
        return True
    if any(look(math) == "definition" for math in formulas) or not _main_clause(pieces).isdisjoint(_STATING):
        return False
    if not said.isdisjoint(_STATING):
        return _is_told_to(sentence, pieces)
    if pieces and pieces[0].text in ("and", "also"):
        of_it = len(pieces) > 1 and pieces[1].text in ("its", "their", "of", "for")
        return further and (of_it or mentions_quantity(sentence.tokens))
    if _is_told_to(sentence, pieces):
        return True
    first = int(bool(pieces) and pieces[0].text in ("the", "its"))
    return sentence.place.part is not None and first < len(pieces) and quantity_at(pieces, first) is not None


def _is_told_to(sentence: Sentence, pieces: Sequence[Piece]) -> bool:
    """ "Assess the entropy of $P$ in bits.": a verb that is not known before a quantity that has an article."""
    token, said = sentence.tokens[0], [piece.text for piece in pieces[:2]]
    verb = isinstance(token, Word) and token.capital and token.text.isalpha() and token.text not in CONTEXT | _RECALLING
    return verb and said[1:] in (["the"], ["its"], ["their"]) and quantity_at(pieces, 2) is not None


def _ends_open(sentence: Sentence) -> bool:
    """ "The redundancy of $P$ in bits is:"."""
    last = trimmed(sentence.tokens)[-1:]
    return bool(last) and isinstance(last[0], Word) and last[0].text in ("is", "are", "equals")


def _main_clause(pieces: Sequence[Piece]) -> set[str]:
    """The words before "when everything is squared" and its like."""
    end = next((i for i, piece in enumerate(pieces) if i and piece.text in CONTEXT | {"which", "that"}), len(pieces))
    return {piece.text for piece in pieces[:end]}
