"""Batches: the labels 1, 0, 1 and the predicted probabilities 0.9, 0.2, 0.6 of three samples, and their mean cross-entropy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import FIND, NEUTRAL, words
from chainrule.sheets.information.class_numbers import places_of
from chainrule.sheets.information.column_words import explaining
from chainrule.sheets.information.family_phrases import complement, number_at
from chainrule.sheets.information.given_lists import list_at, value_of
from chainrule.sheets.information.plain_statements import COUNTS, STATED, Phrases, is_count, leaves_alone, says_only
from chainrule.sheets.notation import statements
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import Piece, pieces_of, quantity_at
from chainrule.sheets.sample_tables import samples_in
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Grid, Math, Role, Task
from chainrule.sheets.units import unit_at
from chainrule.syntax.tree import Bracket, Relation

_LABELS = words("labels targets label target classes truth")
_PREDICTIONS = words("predictions predicted probabilities outputs predicts prediction output predict")
_MEANS = words("average mean averaged")
_SAMPLES = words(
    "samples examples batch points data sample example mini-batch minibatch mini set dataset images emails items instances"
    " observations patients documents pictures"
)
_MODEL = words(
    "detector filter model model's network network's classifier classifier's neural logistic regression binary trained"
    " evaluated"
)
_NAMED = words("probabilities probability model network classifier detector filter labels")
"""A word before one of these can say whose it is, or of what."""
_CHANGING = words(
    "logits logit scores score log-odds margin margins loss losses error errors miss complement complements temperature"
)
_SOME = words("first other remaining")
_AROUND = (NEUTRAL - _SOME) | _MEANS | _SAMPLES | words("what is over of for in across loss whole entire")
_BESIDE = STATED | _SAMPLES | _MODEL | words("training test validation size")
_OF_LABELS = _BESIDE | _LABELS | words("true actual correct gold ground real observed class hot")
_OF_PREDICTIONS = _BESIDE | _PREDICTIONS | words("probability estimated gives assigns assigned positive distributions vectors")
_PHRASES = (
    ("class", "1"),
    ("positive", "class"),
    ("one", "hot"),
    ("sigmoid", "outputs"),
    ("sigmoid", "output"),
    ("softmax", "outputs"),
    ("softmax", "probabilities"),
)
_ASKING = _AROUND | FIND | words("calculating")
_MOST = 200

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Batch:
    """The probability that the prediction gives to the true label of each sample."""

    chances: tuple[str, ...]
    names: frozenset[str] = frozenset()
    """What a table calls the samples."""


def find_batch(sentences: Sequence[Sentence]) -> Batch | None:
    """The batch that a text describes; None where it describes none, does not tell which label is meant, or says more of it."""
    labels: list[Rows] = []
    predictions: list[Rows] = []
    others: list[Sentence] = []
    nouns = _nouns(sentences)
    for sentence in sentences:
        found = _read(_without_scene(pieces_of(sentence.tokens), nouns))
        if found is None:
            return None
        labels += found[0]
        predictions += found[1]
        others += [] if found[0] or found[1] else [sentence]
    if len(labels) != 1 or len(predictions) != 1 or len(labels[0]) != len(predictions[0]):
        return None
    chances, count = _chances(labels[0], predictions[0]), len(labels[0])
    known = _OF_LABELS | _OF_PREDICTIONS | nouns
    plain = all(leaves_alone(each, known, count, _PHRASES) for each in others)
    return Batch(chances, nouns) if chances and plain else None


def _nouns(sentences: Sequence[Sentence]) -> frozenset[str]:
    """What the text calls its samples: what it counts, "four transactions"."""
    found: set[str] = set()
    for one, other in (pair for each in sentences for pair in pairwise(pieces_of(each.tokens))):
        counted = one.text in COUNTS or one.text.isdecimal()
        if counted and len(other.text) > 2 and other.text.endswith("s") and is_descriptive(other.text):
            found |= {other.text, other.text[:-1]}
    return frozenset(found - _CHANGING - _OF_LABELS - _OF_PREDICTIONS)


def _without_scene(pieces: Sequence[Piece], nouns: frozenset[str]) -> list[Piece]:
    """Without these nouns, and without what only says of which thing the probabilities or the model are: "the fraud
    probabilities", "of the disease".
    """
    said = [piece.text for piece in pieces]
    kept: list[Piece] = []
    for index, piece in enumerate(pieces):
        before, behind = said[max(0, index - 2) : index], said[index + 1 : index + 2]
        leads = behind and behind[0] in _NAMED
        follows = before[-1:] == ["of"] or (before[:1] == ["of"] and before[1] in ("the", "a", "an"))
        plain = is_descriptive(piece.text) and piece.text not in _CHANGING | _OF_LABELS | _OF_PREDICTIONS
        scene = plain and (leads or (follows and said[index - len(before) - 1] in ("probabilities", "probability", "")))
        if not (piece.math is None and (scene or piece.text in nouns)):
            kept.append(piece)
    return kept


def find_batch_in(grids: Sequence[Grid], sentences: Sequence[Sentence]) -> Batch | None:
    """The batch that the only table of a text lists; None where sentences beside it may change what its numbers mean."""
    found = [(grid, samples) for grid in grids if (samples := samples_in(grid)) is not None]
    if len(grids) != 1 or not found:
        return None
    ((grid, samples),) = found
    beside = [each for each in sentences if not grid.span.start <= each.span.start < grid.span.end]
    explained = explaining(beside)
    beside = [each for each in beside if not any(each is other for other in explained)]
    known = _OF_LABELS | _OF_PREDICTIONS | samples.names | samples.others | words("classes")
    count = len(samples.chances)
    plain = all(leaves_alone(each, known, count, _PHRASES) and not any(_series(pieces_of(each.tokens))) for each in beside)
    return Batch(samples.chances, samples.names) if plain else None


def _read(pieces: Sequence[Piece]) -> tuple[list[Rows], list[Rows]] | None:
    """The series of labels and of predictions in a sentence; None where it says more of them than that they are these."""
    labels: list[Rows] = []
    predictions: list[Rows] = []
    end = size = 0
    plain = True
    for rows, first, behind in _series(pieces):
        clause, end, size = pieces[end:first], behind, len(rows)
        said = {piece.text for piece in clause}
        if not _PREDICTIONS.isdisjoint(said):
            predictions.append(rows)
            plain = plain and says_only(clause, _OF_PREDICTIONS, size, _phrases(rows))
        elif not _LABELS.isdisjoint(said):
            labels.append(rows)
            plain = plain and says_only(clause, _OF_LABELS, size, _phrases(rows))
        else:
            plain = False
    if not labels and not predictions:
        return [], []
    return (labels, predictions) if plain and _only_asks(pieces[end:], size) else None


def _states_only(pieces: Sequence[Piece], batch: Batch) -> bool:
    """Whether what a sentence says before it asks is the batch itself or nothing that matters."""
    known = _OF_LABELS | _OF_PREDICTIONS | batch.names
    return any(True for _ in _series(pieces)) or says_only(pieces, known, len(batch.chances), _PHRASES)


def _phrases(rows: Rows) -> Phrases:
    """What may be said of the classes besides: how many there are."""
    size = len(rows[0])
    counts = [str(size), *(word for word, count in COUNTS.items() if count == size)] if size > 1 else []
    return (*_PHRASES, *((count, noun) for count in counts for noun in ("classes", "class")))


def _only_asks(pieces: Sequence[Piece], size: int) -> bool:
    """Whether what stands behind the series is a request for their cross-entropy or says nothing more of them."""
    named = [index for index in range(len(pieces)) if quantity_at(pieces, index) is not None]
    if not named:
        return says_only(pieces, _BESIDE | _ASKING, size)
    found = quantity_at(pieces, named[0])
    assert found is not None
    rest = [*pieces[: named[0]], *pieces[named[0] + found.length :]]
    return says_only(rest, _BESIDE | _ASKING, size)


def ask_of_batch(request: Request, batch: Batch) -> list[Task]:
    """The task of a request for the mean cross-entropy of the samples; none for any other."""
    pieces = pieces_of(request.tokens)
    units: list[str] = []
    asked = mean = False
    index = 0
    while index < len(pieces):
        if (named := quantity_at(pieces, index)) is not None:
            if named.quantity.name != "cross_entropy" or asked:
                return []
            asked = True
            index += named.length
        elif unit := unit_at(pieces, index):
            units.append(unit.name)
            index += unit.length
        elif pieces[index].text in _AROUND | batch.names or is_count(pieces[index].text, len(batch.chances)):
            mean = mean or pieces[index].text in _MEANS
            index += 1
        else:
            return []
    if not (asked and mean) or len(units) > 1 or not _states_only(pieces_of(request.before), batch):
        return []
    total = " + ".join(f"I({chance})" for chance in batch.chances)
    role = Role("asked", Math(request.span, request.place, False, name=f"\\frac{{1}}{{{len(batch.chances)}}} ({total})"))
    return [Task("value", request.place.part, request.span, request.text, (role,), unit=next(iter(units), None))]


def _series(pieces: Sequence[Piece]) -> Iterator[tuple[Rows, int, int]]:
    """Every series of numbers or lists, where it begins and where it ends."""
    index = 0
    while index < len(pieces):
        rows, end = _rows_at(pieces, index)
        if 1 < len(rows) <= _MOST:
            yield tuple(rows), index, end
        index = max(end, index + 1)


def _rows_at(pieces: Sequence[Piece], start: int) -> tuple[list[tuple[str, ...]], int]:
    """The members of the series that begins here, one number or several each, and where it ends."""
    if (math := pieces[start].math) is not None and (values := _named_list(math)):
        return [(value,) for value in values], start + 1
    rows: list[tuple[str, ...]] = []
    index = end = start
    while index < len(pieces):
        if listed := list_at(pieces, index):
            values, index = tuple(listed[0]), listed[1]
        elif pieces[index].math is None and (found := number_at(pieces, index)):
            values, index = (found[0],), index + found[1]
        else:
            break
        rows.append(values)
        end = index
        while index < len(pieces) and pieces[index].text in (",", "and", ";"):
            index += 1
        if index == end:
            break
    return (rows, end) if len({len(row) for row in rows}) == 1 else ([], end)


def _named_list(math: Math) -> list[str]:
    """The numbers of `y = (1, 0, 1)`."""
    match statements(math):
        case (Relation(operators=("=",), sides=(name, Bracket(kind="(" | "[", items=items))),) if could_be_name(name):
            values = [each.span.text for each in items if each.span is not None and number(each) is not None]
            return values if len(values) == len(items) else []
        case _:
            return []


def _chances(labels: Rows, predictions: Rows) -> tuple[str, ...]:
    """The probability of the true label in each row; none where the labels do not tell which it is."""
    size = len(predictions[0])
    if not all(map(_is_distribution, predictions)):
        return ()
    if size == 1:
        rows = zip((label for (label, *_) in labels), (chance for (chance, *_) in predictions), strict=True)
        binary = len(labels[0]) == 1 and all(label in ("0", "1") for (label, *_) in labels)
        return tuple(chance if label == "1" else complement(chance) for label, chance in rows) if binary else ()
    if len(labels[0]) == size:
        places = [row.index("1") if sorted(row) == ["0"] * (size - 1) + ["1"] else -1 for row in labels]
    else:
        places = list(places_of([label for (label, *_) in labels], size))
    inside = all(0 <= place < size for place in places) and len(places) == len(predictions)
    return tuple(row[place] for row, place in zip(predictions, places, strict=True)) if inside else ()


def _is_distribution(row: Sequence[str]) -> bool:
    """Whether a row may be what a prediction is: probabilities of all classes, or that of one."""
    values = [value for each in row if (value := value_of(each)) is not None]
    total = sum(values, Fraction(0))
    whole = len(values) == 1 or Fraction(19, 20) < total < Fraction(21, 20)
    return len(values) == len(row) and whole and all(0 <= value <= 1 for value in values)
