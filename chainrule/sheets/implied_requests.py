"""Sentences without a verb of request that seem to ask for something all the same: "Also its perplexity.", "Assess the entropy
of $P$.".
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import key
from chainrule.sheets.clauses import Tokens, find_requests, trimmed
from chainrule.sheets.elided_verbs import only_names
from chainrule.sheets.forms import CONTEXT, DERIVATIVE_NOUNS, RELATIONS, words
from chainrule.sheets.leads import leads
from chainrule.sheets.notation import look, statements, trees
from chainrule.sheets.operative_words import MAKING_OTHERS
from chainrule.sheets.quantity_words import Piece, mentions_quantity, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import units_in
from chainrule.source import Span
from chainrule.syntax.tree import Relation, Tree

_STATING = words("is are was be has have equals measures means says tells let with where denotes defined so")
"""A sentence with one of these and without a question mark states something."""
_RECALLING = words("recall remember note notice consider use using denote call suppose see observe keep")
"""Verbs that ask for nothing."""
_NO_WORDS = re.compile(r"(?:\W|\d|\*\*[^*]*\*\*)*")
_REMARK = 3
"""A question of so few words asks for nothing, "Surprised?"."""
_PART = re.compile(r"(?:.*\.)?(?:[a-z]|[ivx]+)")
_MAKING = words(
    "turn map pass push feed send propagate apply normalise normalize form collect rewrite transform combine stack"
    " concatenate multiply add subtract divide sum put plug insert substitute project pool average squash activate rescale"
    " scale standardise standardize mix marginalise marginalize assemble translate square exponentiate"
)
"""Verbs that make something of what there is, and may stand directly before it."""
_GIVING = words(
    "let set fix take assume suppose choose pick imagine initialise initialize start begin keep call denote view treat"
    " regard think model replace change swap switch exchange remove delete drop modify double halve triple increase decrease"
    " raise lower freeze reset return restore disable enable look read inspect study try skip see remember notice"
    " observe"
)
"""Verbs that give or change something, or tell the reader to look at it."""
_JOINING = words(
    "about above across after against along among around as at because before behind below beneath beside besides between"
    " beyond both but by despite during each either every except first for from here how if in inside into like near neither"
    " next nor now of off on once only onto or over past per second since so such than that then there therefore this these"
    " those third though through throughout thus till to toward towards under unless unlike until up upon via what when"
    " whenever where whereas whether which while who whose why with within without yet all also always and again often"
    " sometimes today initially the a an its their no not some any one two three most many few half rather quite"
)
"""Words that stand before an article and are no verbs."""
_ARTICLES = words("the a an its their this these those that each every both all your our it them")
_PARTICLES = words("down up out off in on through over")
_APPLIED = words("softmax sigmoid relu tanh softplus activation nonlinearity non-linearity normalisation normalization layer")
_FURTHER = words("and also finally lastly next now then")
_SAME = words("question questions task exercise problem calculation computation again")
_COMBINING = words("add subtract divide multiply")
"""Of results before them these make another one."""
_RESULTS = words("it this that them these those both two three all results answers numbers values first second former latter")
_LEADING = frozenset((":", ",", "-", "–", "—"))
_FINITE = words("is are was were has have had gives equals means becomes follows contains denotes")


def with_implied(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, and the first of a lettered part that asks for something with an unknown verb as a request.

    "(a) Turn the scores into probabilities $p = softmax(z)$." asks for $p$; what only says "Tidy the scores." is not
    understood. Where parts beside it ask for nothing either, it is an item of a list of facts.
    """
    asking = [each for each in sentences if find_requests(each)]
    parts = {each.place.part for each in asking}
    blocks = {each.place.part: each.place.block for each in reversed(sentences)}
    beside = {each.place.part for each in asking if each.place.part and blocks[each.place.part] == each.place.block}
    beside = {part.rpartition(".")[0] for part in beside}
    seen: set[str | None] = {None}
    found: list[Sentence] = []
    for each in sentences:
        part = each.place.part
        first = part not in seen and not each.place.heading
        seen.add(part)
        lettered = part is not None and _PART.fullmatch(part) is not None
        alone = part not in parts and (not asking or (part or "").rpartition(".")[0] in beside)
        if _asks_again(each):
            found.append(_asked(each, "repeat", each.tokens))
        elif first and lettered and alone and not any(map(leads, asking)) and only_names(each.tokens):
            found.append(_computing(each, each.tokens))
        elif first and alone and (part or "").rpartition(".")[0] in beside and (asked := _named_in(each)):
            found.append(_computing(each, asked))
        else:
            found.append(_as_request(each) if (first and lettered and alone) or _converts(each) else each)
    return found


def _named_in(sentence: Sentence) -> Tokens:
    """What a part beside parts that ask something can only ask, as it is nothing but a phrase with derivatives behind it,
    "Now the hard one: $\\partial E / \\partial w$"; all of it where the phrase may make something else of them.
    """
    tokens = trimmed(sentence.tokens)
    end = next((i for i in range(len(tokens), 0, -1) if _text(tokens[i - 1]) not in ("", "and", "&", ",")), 0)
    end = next((i for i in range(end, len(tokens)) if isinstance(tokens[i], Math)), len(tokens))
    formulas = [token for token in tokens[end:] if isinstance(token, Math)]
    if not end or not formulas or sentence.end == "?" or any(math.illustration for math in formulas):
        return ()
    phrase, derived = tokens[:end], all(look(math) == "derivatives" for math in formulas)
    said = {_text(token) for token in phrase} - DERIVATIVE_NOUNS
    if derived and _text(phrase[-1]) in _LEADING and MAKING_OTHERS.isdisjoint(said):
        return tokens[end:] if not any(isinstance(token, Math) for token in phrase) else tokens
    further = _text(phrase[0]) in _FURTHER and all(look(math) in ("derivatives", "other") for math in formulas)
    return tokens if (derived or further) and said.isdisjoint(_FINITE if derived else _STATING) else ()


def _text(token: Word | Math) -> str:
    return token.text if isinstance(token, Word) else ""


def _asks_again(sentence: Sentence) -> bool:
    """ "Same question as (b), for $p = 0.2$.", "The same for $Q$.": it has no verb."""
    said = [_text(token) for token in sentence.tokens[:3]]
    said = said[1:] if said[0] == "the" else said
    behind = said[1:2] and (said[1] in _SAME or said[1] in ("for", "with", "as"))
    return said[0] == "same" and bool(behind) and not sentence.place.heading and not find_requests(sentence)


def _computing(sentence: Sentence, asked: Tokens) -> Sentence:
    return _asked(sentence, "compute", asked)


def _asked(sentence: Sentence, verb: str, asked: Tokens) -> Sentence:
    start = sentence.tokens[0].span
    said = Word(verb, Span(start.source, start.start, start.start))
    return replace(sentence, tokens=(said, *asked), said=sentence.said or sentence.tokens)


def _as_request(sentence: Sentence) -> Sentence:
    tokens = sentence.tokens
    verb = _imperative(sentence)
    if not verb or sentence.end == "?":
        return sentence
    defined = [index for index, token in enumerate(tokens) if isinstance(token, Math) and _makes(token)]
    given = any(isinstance(token, Math) and look(token) == "definition" and not _makes(token) for token in tokens)
    if verb in _GIVING or (given and not defined):
        return sentence
    return _computing(sentence, tokens[defined[0] :] if defined else tokens)


def _converts(sentence: Sentence) -> bool:
    """ "Convert the scores to probabilities with $p = softmax(z)$", "apply the softmax, $p = ...$": into no other unit."""
    requests = find_requests(sentence)
    at = next((i for i, token in enumerate(sentence.tokens) if isinstance(token, Math) and _makes(token)), 0)
    before = [token.text if isinstance(token, Word) else "$" for token in sentence.tokens[:at]]
    if not at or before[-1] in ("to", "of", "on", "for", "from") or units_in(pieces_of(sentence.tokens)):
        return False
    verb = [each.verb for each in requests]
    return verb == ["convert"] or (verb == ["apply"] and (at == 1 or not _APPLIED.isdisjoint(before)))


def _makes(math: Math) -> bool:
    """It defines something by other things, and does not only give a number."""
    found = statements(math)
    equations = [tree for tree in found if isinstance(tree, Relation) and set(tree.operators) <= {"=", ":="}]
    return bool(equations) and len(equations) == len(found) and not any(is_literal(tree.sides[-1]) for tree in equations)


def _imperative(sentence: Sentence) -> str:
    """The verb in the imperative that a sentence begins with, "" where it begins with none."""
    first, *rest = sentence.tokens
    if not isinstance(first, Word) or not first.text.isalpha() or first.text in _JOINING | CONTEXT | _RECALLING:
        return ""
    if first.text.endswith("ing") or (first.text.endswith("ly") and not first.text.endswith("ply")):
        return ""
    said = [token.text if isinstance(token, Word) else "$" for token in rest]
    particle = said[:1] != [] and said[0] in _PARTICLES and said[1:2] != [] and said[1] in _ARTICLES
    if particle or (said[:1] != [] and said[0] in _ARTICLES):
        return first.text
    return first.text if first.text in _MAKING and said and _FINITE.isdisjoint(said) else ""


def is_question(sentence: Sentence) -> bool:
    """Whether a sentence that nothing has read asks for something: it is never passed over."""
    long = len(sentence.tokens) > _REMARK or any(isinstance(token, Math) for token in sentence.tokens)
    return sentence.end == "?" and long and not _is_title(sentence)


def _is_title(sentence: Sentence) -> bool:
    """ "Forward or reverse?" at the beginning of a paragraph, which the questions behind it ask."""
    said = [_text(token) for token in trimmed(sentence.tokens)]
    at = sentence.tokens[0].span
    before = at.source.text[: at.start].rpartition("\n\n")[2]
    plain = len(said) == 3 and said[1] == "or" and all(word.isalpha() for word in said)
    return plain and sentence.place.part is None and _NO_WORDS.fullmatch(before) is not None


def seems_to_ask(sentence: Sentence, further: bool) -> bool:
    """Whether a sentence without a verb of request asks for something. further: something was asked before."""
    if sentence.end == "?":
        return further or not _is_title(sentence)
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


def combines(sentence: Sentence, further: bool) -> bool:
    """Whether a sentence makes one of results: "Subtract it from 2.", a part that is "the sum of both"."""
    first, second = [*map(_text, sentence.tokens[:2]), "", ""][:2]
    if any(isinstance(token, Math) and look(token) == "definition" for token in sentence.tokens):
        return False
    in_part = sentence.place.part is not None and (second if first in ("the", "their", "its") else first) in RELATIONS
    refers = not _RESULTS.isdisjoint(map(_text, sentence.tokens)) and _FINITE.isdisjoint(map(_text, sentence.tokens))
    return further and refers and (in_part or first in RELATIONS | _COMBINING)


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


def lists_names(sentence: Sentence, computed: Set[Tree]) -> bool:
    """Nothing but names that equations of the text compute."""
    found = [tree for token in sentence.tokens if isinstance(token, Math) and not token.illustration for tree in trees(token)]
    return (
        sentence.only_formulas and not sentence.place.heading and bool(found) and all(key(tree) in computed for tree in found)
    )
