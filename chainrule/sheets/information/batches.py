"""Batches: the labels 1, 0, 1 and the predicted probabilities 0.9, 0.2, 0.6 of three samples, and their mean cross-entropy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import NEUTRAL, words
from chainrule.sheets.information.family_phrases import complement, number_at
from chainrule.sheets.information.given_lists import list_at, value_of
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.sheets.units import unit_at
from chainrule.syntax.tree import Bracket, Relation

_LABELS = words("labels targets label target classes truth")
_PREDICTIONS = words("predictions predicted probabilities outputs predicts prediction output predict")
_MEANS = words("average mean averaged")
_AROUND = (
    NEUTRAL
    | _MEANS
    | words(
        "what is over of for in across two three four five six samples examples batch points data"
        " sample example loss whole entire"
        " mini-batch minibatch mini set dataset"
    )
)
_REACH = 8
_MOST = 200

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Batch:
    """The probability that the prediction gives to the true label of each sample."""

    chances: tuple[str, ...]


def find_batch(sentences: Sequence[Sentence]) -> Batch | None:
    """The batch that a text describes; None where it describes none, or does not tell which label is meant."""
    labels: list[Rows] = []
    predictions: list[Rows] = []
    for sentence in sentences:
        pieces = pieces_of(sentence.tokens)
        for rows, said in _series(pieces):
            is_label = next((word in _LABELS for word in said if word in _LABELS | _PREDICTIONS), None)
            if is_label is not None:
                (labels if is_label else predictions).append(rows)
    if len(labels) != 1 or len(predictions) != 1 or len(labels[0]) != len(predictions[0]):
        return None
    chances = _chances(labels[0], predictions[0])
    return Batch(chances) if chances else None


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
        elif pieces[index].text in _AROUND or pieces[index].text == str(len(batch.chances)):
            mean = mean or pieces[index].text in _MEANS
            index += 1
        else:
            return []
    if not (asked and mean) or len(units) > 1:
        return []
    total = " + ".join(f"I({chance})" for chance in batch.chances)
    role = Role("asked", Math(request.span, request.place, False, name=f"\\frac{{1}}{{{len(batch.chances)}}} ({total})"))
    return [Task("value", request.place.part, request.span, request.text, (role,), unit=next(iter(units), None))]


def _series(pieces: Sequence[Piece]) -> Iterator[tuple[Rows, list[str]]]:
    """Every series of numbers or lists, with the words before it, the nearest first."""
    index = 0
    while index < len(pieces):
        rows, end = _rows_at(pieces, index)
        if len(rows) > 1 and len(rows) <= _MOST:
            before = pieces[max(0, index - _REACH) : index]
            yield tuple(rows), [piece.text for piece in reversed(before)]
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
        places = _places([label for (label, *_) in labels], size)
    inside = all(0 <= place < size for place in places) and len(places) == len(predictions)
    return tuple(row[place] for row, place in zip(predictions, places, strict=True)) if inside else ()


def _is_distribution(row: Sequence[str]) -> bool:
    """Whether a row may be what a prediction is: probabilities of all classes, or that of one."""
    values = [value for each in row if (value := value_of(each)) is not None]
    total = sum(values, Fraction(0))
    whole = len(values) == 1 or Fraction(19, 20) < total < Fraction(21, 20)
    return len(values) == len(row) and whole and all(0 <= value <= 1 for value in values)


def _places(labels: Sequence[str], size: int) -> list[int]:
    """Which entries the numbers of classes mean; none where they may be counted from 0 or from 1."""
    numbers = [int(label) for label in labels if label.isdigit()]
    first = 0 if 0 in numbers else 1 if size in numbers else None
    return [each - first for each in numbers] if first is not None and len(numbers) == len(labels) else []
