"""Tables with a sample in every row: its true label beside the probability of a 1, or beside those of all classes.

Which column is which must be said by its header. A table that can as well be read as two distributions is none of these.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import complement
from chainrule.sheets.information.given_lists import value_of
from chainrule.sheets.sheet import Cell, Grid

_LABEL = words("label labels target targets truth class actual y t")
_OF_LABEL = _LABEL | words("the true correct real observed ground gold value")
_PREDICTED = words("prediction predictions predicted output p \\hat{y} \\hat{p} ŷ p̂ \\hat{y}_i \\hat{p}_i p_i")
_OF_PREDICTED = _PREDICTED | words("the probability probabilities model's model value of for class 1 positive")
_WEIGHING = words("weight weights w n count counts number times frequency frequencies multiplicity importance cost copies")
_MARKS = re.compile(r"\\(?:text|mathrm)\{([^{}]*)\}|[$*_`]")
_CLASS = re.compile(r"(?:p|P|q|\\hat\{[py]\}|Pr)(?:_\{?(?P<below>\w+)\}?|\((?:y ?= ?)?(?P<inside>\w+)\))$")
_SPREAD = Fraction(1, 1000)
_MOST = 200


@dataclass(frozen=True)
class Samples:
    """The probability that the prediction gives to the true label of each sample. names: of samples; others: of all else."""

    chances: tuple[str, ...]
    names: frozenset[str]
    others: frozenset[str]


def samples_in(grid: Grid) -> Samples | None:
    """The samples of a table; None for any other table."""
    header, *rows = ([_text(cell) for cell in row] for row in grid.rows)
    if not header or not 2 <= len(rows) <= _MOST or not all(len(row) == len(header) and all(row[1:]) for row in rows):
        return None
    columns = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    if len(columns) < len(header):
        return None
    labels = [name for name in header if _says(name, _LABEL, _OF_LABEL)]
    counter = header[0] if header[0] not in labels and len(set(columns[header[0]])) == len(rows) else None
    others = [name for name in header if name not in labels]
    if counter is not None and not _says(counter, _PREDICTED, _OF_PREDICTED):
        if not _calls(counter, columns[counter]):
            return None
        others = others[1:]
    if len(labels) != 1 or not others:
        return None
    chances = _of_two(columns[labels[0]], others, columns) if len(others) == 1 else _of_all(columns[labels[0]], others, columns)
    named = set((counter or "").lower().replace("-", " ").split())
    beside = frozenset(word for name in others for word in name.lower().split())
    return Samples(chances, frozenset(named | {f"{word}s" for word in named}), beside) if chances else None


def _text(cell: Cell) -> str:
    """What a cell says, in words or as a formula, without marks."""
    if len(cell.formulas) == 1 and not cell.words:
        return " ".join(cell.formulas[0].text.split())
    return " ".join(_MARKS.sub(r"\1", cell.span.text).split())


def _says(header: str, one: frozenset[str], known: frozenset[str]) -> bool:
    """Whether a header has one of these words, and no other than the known ones beside it."""
    said = re.sub(r"[(),:]", " ", header.lower()).split()
    return not one.isdisjoint(said) and known.issuperset(said)


def _calls(header: str, cells: Sequence[str]) -> bool:
    """Whether a column calls samples something, by names or whole numbers; weights do not."""
    values = [value for text in cells if (value := value_of(text)) is not None]
    return _WEIGHING.isdisjoint(header.lower().split()) and all(value.denominator == 1 for value in values)


def _of_two(labels: Sequence[str], others: Sequence[str], columns: dict[str, list[str]]) -> tuple[str, ...]:
    """Of labels that are 0 or 1 and the probability of a 1; none where both columns are distributions themselves."""
    (name,) = others
    predicted = [(text, value_of(text)) for text in columns[name]]
    known = [value for _, value in predicted if value is not None and 0 <= value <= 1]
    if len(known) < len(predicted) or not set(labels) <= {"0", "1"} or not _says(name, _PREDICTED, _OF_PREDICTED):
        return ()
    if labels.count("1") == 1 and abs(sum(known, Fraction(0)) - 1) < _SPREAD:
        return ()
    return tuple(text if label == "1" else complement(text) for label, (text, _) in zip(labels, predicted, strict=True))


def _of_all(labels: Sequence[str], others: Sequence[str], columns: dict[str, list[str]]) -> tuple[str, ...]:
    """Of labels that are the names of the other columns, which have the probabilities of all classes."""
    named = {_class_of(name): columns[name] for name in others}
    if len(named) < len(others) or not set(labels) <= named.keys():
        return ()
    for row in zip(*named.values(), strict=True):
        values = [value for text in row if (value := value_of(text)) is not None and 0 <= value <= 1]
        if len(values) < len(row) or abs(sum(values, Fraction(0)) - 1) > _SPREAD:
            return ()
    return tuple(named[label][place] for place, label in enumerate(labels))


def _class_of(header: str) -> str:
    """The class of a column: what it says, or the A of `p_A` and `P(A)`."""
    match = _CLASS.match(header)
    return header if match is None else match["below"] or match["inside"]
