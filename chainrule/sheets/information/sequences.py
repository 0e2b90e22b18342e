"""Probabilities that a model gives to the words of a text in turn: "assigns 0.2, 0.5, 0.1 to the three words of a sentence".

They are no distribution. The cross-entropy of each word is the mean of their surprisals, the perplexity the inverse of their
geometric mean.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from chainrule.errors import Diagnostic
from chainrule.inference.literals import number
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import FIND, NEUTRAL, words
from chainrule.sheets.information.given_lists import numbers_in, value_of
from chainrule.sheets.information.label_phrases import ORDINALS
from chainrule.sheets.information.plain_statements import COUNTS, STATED, leaves_alone, says_only
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Grid, Math, Role, Task
from chainrule.sheets.units import unit_at
from chainrule.source import Span

_UNITS = r"(?:words?|tokens?|characters?|letters?|symbols?|bytes?|subwords?)"
_TEXT = r"(?:sentence|sequence|text|phrase|string|document|paragraph|test set|corpus|word|message)"
_LIST = r"(?P<list>\$|[\[(]? ?\d[\d.]*(?: ?/ ?\d+)?(?:(?: ,| and| , and)+ \d[\d.]*(?: ?/ ?\d+)?)+ ?[\])]?)"
_QUOTED = r"[\"“] [^\"“”$]+ [\"”]"
_TOLD = (
    re.compile(
        rf"probabilit(?:y|ies)(?: of)? {_LIST} (?:to|for) (?:the |each of the |its |successive |consecutive )*(?:\w+ )?"
        rf"(?:consecutive |successive )?{_UNITS} (?:of|in) (?:a|an|the|this|some) (?:\w+[- ])?{_TEXT}\b"
    ),
    re.compile(
        rf"{_UNITS} (?:of|in) (?:a|an|the|this|some) (?:\w+[- ])?{_TEXT}\b(?: \w+)* probabilities(?: of| are| :| is)* {_LIST}"
    ),
    re.compile(
        rf"{_UNITS} (?:of|in) (?:the (?:\w+[- ])?{_TEXT} )?{_QUOTED} (?:the )?(?:conditional )?probabilities(?: of| are| :)*"
        rf" {_LIST}"
    ),
    re.compile(
        rf"probabilit(?:y|ies)(?: of)? {_LIST} (?:to|for) (?:the |each of the |its )*(?:\w+ )?{_UNITS} (?:of|in)"
        rf" (?:the (?:\w+[- ])?{_TEXT} )?{_QUOTED}"
    ),
    re.compile(
        rf"(?:assigns?|assigned|gives?|gave) (?:the |its |these |each of the |successive |consecutive )*(?:\w+ )?{_UNITS}"
        rf" (?:the )?(?:conditional |successive )?probabilities(?: of| :)? {_LIST}"
    ),
    re.compile(rf"per ?-? ?{_UNITS} probabilities(?: of| are| :| is| for the {_TEXT})* {_LIST}"),
)
_GIVING = words("assigns assign assigned gives give gave predicts predicted produces outputs estimates")
"""What stands before one of these is who says the probabilities."""
_SAID = (
    STATED
    | FIND
    | words(
        "word words token tokens character characters letter letters symbol symbols byte bytes subword subwords sentence"
        " sequence text phrase string document paragraph test set corpus message probability probabilities model model's"
        " language assigned assigns gives get gets receive receives given under successive consecutive single individual"
        " per length turn what how many its average mean conditional"
    )
)
_KINDS = words("short long new given whole held out english small")
"""What kind of text it is changes nothing."""
_AROUND = NEUTRAL | words(
    "what is its of the per word token character letter symbol byte average mean model sentence sequence text on for this test"
    " set that this language model's sentence's in sequence's phrase string assigned"
)
_MEAN = words("entropy surprisal")
"""Of one text these mean the cross-entropy where they are of each word."""
_PERPLEXITIES = words("perplexity cross_perplexity")
_LIKELIHOOD = ("negative", "log", "likelihood")
_MOST = 200
_IN_TURN = (
    "these are the probabilities of the words in turn and no distribution: the cross-entropy is the mean of their surprisals,"
    " the perplexity the inverse of their geometric mean"
)
_TABLED = words("token tokens word words character characters letter letters symbol symbols subword byte position the next")
_CHANCES = words(
    "probability probabilities prob p the model conditional assigned predicted given history context of token word"
)
_TEXTS = words("sentence sequence text phrase string document paragraph")
_ALTERING = words(
    "log logs logarithm logarithms logits logit scores unnormalised unnormalized percent smoothed smoothing interpolated halved"
    " squared ignored skipped excluded except not without only padding end temperature weighted"
)
"""With one of these the numbers of a table may be something else, or not all of them count."""


@dataclass(frozen=True)
class Turns:
    """The probabilities, and what is said of them."""

    values: tuple[str, ...]
    note: Diagnostic
    tabled: bool = False
    """A table has them, which reads like a distribution."""


def find_turns(sentences: Sequence[Sentence]) -> Turns | None:
    """The probabilities of the words of a text in turn; None where the text tells of none, of several, or says more of them."""
    found = [(each, turns) for each in sentences if (turns := _in_sentence(each)) is not None]
    if len(found) != 1:
        return None
    (own, turns), count = found[0], len(found[0][1].values)
    return turns if all(each is own or leaves_alone(each, _SAID, count) for each in sentences) else None


def find_turns_in(grids: Sequence[Grid], sentences: Sequence[Sentence]) -> Turns | None:
    """The probabilities that the only table of a text lists beside the words of a sentence; None where they sum to 1, as those
    of a distribution do, or the text may change what they mean.
    """
    if len(grids) != 1 or any(len(row) != 2 for row in grids[0].rows):
        return None
    grid = grids[0]
    header, *rows = grid.rows
    first, second = (re.sub(r"[^a-z]+", " ", cell.words.lower()).split() for cell in header)
    values = ["".join((cell.formulas[0] if cell.formulas else cell.span).text.split()) for _, cell in rows]
    chances = [value for each in values if (value := value_of(each)) is not None]
    beside = [each for each in sentences if not grid.span.start <= each.span.start < grid.span.end]
    said = {token.text for each in beside for token in _unquoted(each.tokens) if isinstance(token, Word)}
    told = _TABLED.issuperset(first) and bool(first) and _CHANCES.issuperset(second) and not _TEXTS.isdisjoint(said)
    if not told or not said.isdisjoint(_ALTERING) or not 1 < len(rows) == len(chances) <= _MOST:
        return None
    if not all(0 < value <= 1 for value in chances) or abs(sum(chances) - 1) < Fraction(1, 100):
        return None
    return Turns(tuple(values), Diagnostic("note", "probabilities-in-turn", _IN_TURN, grid.span), tabled=True)


def _in_sentence(sentence: Sentence) -> Turns | None:
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in sentence.tokens)
    match = next((found for pattern in _TOLD if (found := pattern.search(said))), None)
    if match is None:
        return None
    first = said[: match.start("list")].count(" ")
    end = first + match["list"].strip().count(" ") + 1
    tokens = sentence.tokens[first:end]
    values = _values(tokens)
    chances = [value for each in values if (value := value_of(each)) is not None]
    if not 1 < len(values) == len(chances) <= _MOST or not all(0 < value <= 1 for value in chances):
        return None
    if not _is_plain(sentence.tokens[:first], sentence.tokens[end:], len(values)):
        return None
    return Turns(tuple(values), Diagnostic("note", "probabilities-in-turn", _IN_TURN, span_of(tokens)))


def _is_plain(before: Tokens, behind: Tokens, count: int) -> bool:
    """Whether nothing else is said of the probabilities between these words; who gives them may be anyone."""
    pieces, rest = pieces_of(_unquoted(before)), pieces_of(_unquoted(behind))
    verb = next((index for index, piece in enumerate(pieces) if piece.text in _GIVING), -1)
    if any(COUNTS.get(piece.text, count) != count for piece in pieces[:verb]):  # "reads the five-token sentence"
        return False
    ends = next((index for index in range(len(rest)) if quantity_at(rest, index) is not None), len(rest))
    return says_only(pieces[verb + 1 :], _SAID, count) and says_only(rest[:ends], _SAID | _KINDS, count)


def _unquoted(tokens: Tokens) -> Tokens:
    """Without the text itself between quotation marks."""
    marks = [i for i, token in enumerate(tokens) if isinstance(token, Word) and token.text in ('"', "“", "”")]
    return tokens if len(marks) != 2 else (*tokens[: marks[0]], *tokens[marks[1] + 1 :])


def _values(tokens: Sequence[Word | Math]) -> list[str]:
    """The numbers in these tokens, in words or in one formula."""
    (first, *others) = tokens
    if isinstance(first, Math):
        listed = numbers_in(first) or [tree.span.text for tree in statements(first) if number(tree) is not None and tree.span]
        return listed if not others else []
    spelled = "".join(token.text if token.text != "and" else "," for token in tokens if isinstance(token, Word))
    values = [each for each in spelled.strip("()[]").split(",") if each]
    return values if None not in map(value_of, values) else []


def ask_of_turns(request: Request, turns: Turns) -> list[Task]:
    """The task of a request for the perplexity or the cross-entropy of such a text; none for any other."""
    pieces = pieces_of(request.tokens)
    asked: list[tuple[str, Span]] = []
    units: list[str] = []
    places: list[int] = []
    each = False
    index = 0
    while index < len(pieces):
        word, span = pieces[index].text, request.tokens[pieces[index].index].span
        if (named := quantity_at(pieces, index)) is not None:
            asked.append((named.quantity.name, span))
            index += named.length
        elif tuple(piece.text for piece in pieces[index : index + 3]) == _LIKELIHOOD:
            asked.append(("surprisal", span))
            index += 3
        elif unit := unit_at(pieces, index, tail=index > 0 and pieces[index - 1].text in ("many", "average")):
            units.append(unit.name)
            index += unit.length
        elif ORDINALS.get(word, len(turns.values) + 1) <= len(turns.values):
            places.append(ORDINALS[word] - 1)
            index += 1
        elif word in _AROUND or (request.verb == "how" and word == "many"):
            each = each or word in ("per", "average", "mean")
            index += 1
        else:
            return []
    if places:
        one = [name for name, _ in asked] == ["surprisal"] and len(places) == 1 and not each and len(units) < 2
        return (
            [_task(request, "surprisal", asked[0][1], replace(turns, values=(turns.values[places[0]],)), units)] if one else []
        )
    if not asked and units and each:
        asked = [("cross_entropy", request.span)]
    known = _PERPLEXITIES | {"cross_entropy"} | (_MEAN if each else frozenset[str]())
    if not asked or len(units) > 1 or not {name for name, _ in asked} <= known or not _leads_only(request, turns):
        return []
    return [_task(request, name, span, turns, units) for name, span in asked]


def _leads_only(request: Request, turns: Turns) -> bool:
    """Whether a sentence says nothing of the probabilities before it asks, but these themselves."""
    own = turns.note.span
    tells = own is not None and any(token.span.start == own.start for token in request.before)
    return tells or says_only(pieces_of(request.before), _SAID | {"on"}, len(turns.values))


def _task(request: Request, quantity: str, span: Span, turns: Turns, units: Sequence[str]) -> Task:
    count = len(turns.values)
    if quantity in _PERPLEXITIES:
        product = " \\cdot ".join(turns.values)
        name, unit = f"({product})^{{-1/{count}}}", None
    else:
        total = " + ".join(f"I({value})" for value in turns.values)
        name, unit = (f"\\frac{{1}}{{{count}}} ({total})" if count > 1 else total), next(iter(units), None)
    role = Role("asked", Math(span, request.place, False, name=name))
    return Task("value", request.place.part, request.span, request.text, (role,), unit=unit)
