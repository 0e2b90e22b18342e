"""The information quantities of data files, as lines of text and as JSON."""

import json
import math
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chainrule.evaluation.data.measures import Measures, Side
    from chainrule.evaluation.data.sides import Sides
    from chainrule.evaluation.data.table import Column

DIGITS = 6

TITLES = {
    "entropy": ("entropy", "H(P)"),
    "entropy_q": ("", "H(Q)"),
    "cross_entropy": ("cross-entropy", "H(P, Q)"),
    "cross_entropy_reversed": ("", "H(Q, P)"),
    "kl": ("Kullback-Leibler divergence", "D_KL(P || Q)"),
    "kl_reversed": ("", "D_KL(Q || P)"),
    "jensen_shannon": ("Jensen-Shannon divergence", "JSD(P || Q)"),
    "total_variation": ("total variation distance", "TV(P, Q)"),
    "hellinger": ("Hellinger distance", "d_H(P, Q)"),
    "chi_squared": ("chi-squared divergence", "chi^2(P || Q)"),
    "chi_squared_reversed": ("", "chi^2(Q || P)"),
    "perplexity": ("perplexity", "PP(P)"),
    "perplexity_q": ("", "PP(Q)"),
}
JOINT_TITLES = {
    "entropy": ("joint entropy", "H(X, Y)"),
    "entropy_rows": ("entropy of the rows, X", "H(X)"),
    "entropy_columns": ("entropy of the columns, Y", "H(Y)"),
    "rows_given_columns": ("conditional entropy", "H(X | Y)"),
    "columns_given_rows": ("", "H(Y | X)"),
    "mutual_information": ("mutual information", "I(X; Y)"),
    "perplexity": ("perplexity", "PP(X, Y)"),
}
WITHOUT_UNIT = ("total_variation", "hellinger", "chi_squared", "chi_squared_reversed", "perplexity", "perplexity_q")
CAUSES = {"kl": "p", "cross_entropy": "p", "chi_squared": "p", "kl_reversed": "q", "cross_entropy_reversed": "q"}
CAUSES["chi_squared_reversed"] = "q"


def data_lines(sides: "Sides", measures: "Measures") -> list[str]:
    """What was read, then a line for each quantity."""
    titles = _titles(measures)
    name = "P" if measures.mutual_information is None else "P(X, Y)"
    lines = [_side_line(name, sides.p, measures.p, measures.outcomes)]
    if sides.q is not None and measures.q is not None:
        lines.append(_side_line("Q", sides.q, measures.q, measures.outcomes))
    lines += [*sides.notes, ""]
    title_width = max(len(title) for title, _ in titles.values())
    symbol_width = max(len(symbol) for _, symbol in titles.values())
    for key, (title, symbol) in titles.items():
        value: float | None = getattr(measures, key)
        if value is not None:
            said = _said(key, value, sides, measures)
            lines.append(f"{title:{title_width}}  {symbol:{symbol_width}}  {said}")
    return lines


def data_json(sides: "Sides", measures: "Measures") -> str:
    """One line. An infinite value is the string "inf", a quantity that does not apply is left out."""
    found = {key: getattr(measures, key) for key in _titles(measures)}
    report: dict[str, Any] = {
        "version": version("chainrule"),
        "unit": measures.unit,
        "outcomes": measures.outcomes,
        "p": _side_json(sides.p, measures.p),
        "q": None if sides.q is None or measures.q is None else _side_json(sides.q, measures.q),
        "values": {key: "inf" if math.isinf(value) else value for key, value in found.items() if value is not None},
        "infinite": {key: _outcome(index, sides) for key, index in _alone(measures).items()},
        "notes": list(sides.notes),
    }
    return json.dumps(report, allow_nan=False)


def _titles(measures: "Measures") -> dict[str, tuple[str, str]]:
    return TITLES if measures.mutual_information is None else JOINT_TITLES


def _side_line(symbol: str, column: "Column", side: "Side", outcomes: int) -> str:
    """P: p.csv, column count: counts with the sum 60, divided by it; 3 outcomes, 2 of them of positive probability."""
    match side.scaling:
        case "counts":
            taken = f"counts, divided by their sum {side.total:.15g}"
        case "normalized":
            taken = f"numbers with the sum {side.total:.15g}, divided by it"
        case _:
            taken = "probabilities"
    where = f"{column.file}, column {column.name}" if column.name else column.file
    noun = "outcome" if outcomes == 1 else "outcomes"
    return f"{symbol}: {where}: {taken}; {outcomes} {noun}, {side.support} of positive probability"


def _side_json(column: "Column", side: "Side") -> dict[str, Any]:
    return {
        "file": column.file,
        "column": column.name or None,
        "sum": side.total,
        "scaling": side.scaling,
        "support": side.support,
    }


def _said(key: str, value: float, sides: "Sides", measures: "Measures") -> str:
    if math.isfinite(value):
        text = f"{value:.{DIGITS}g}"
        return text if key in WITHOUT_UNIT else f"{text} {_unit(measures.unit, text)}"
    index = _alone(measures).get(key)
    if index is None:
        return "above the largest number of double precision"
    larger, zero = ("P", "Q") if CAUSES[key] == "p" else ("Q", "P")
    return f"infinite: {_outcome(index, sides)} has {larger} > 0 and {zero} = 0"


def _unit(unit: str, number: str) -> str:
    """`1 bit`, `2 bits`, `1 nat`."""
    return unit.removesuffix("s") if number == "1" and unit in ("bits", "nats") else unit


def _alone(measures: "Measures") -> dict[str, int]:
    """The outcome that makes a quantity infinite, by quantity."""
    indices = {"p": measures.alone_p, "q": measures.alone_q}
    return {key: index for key, side in CAUSES.items() if (index := indices[side]) is not None}


def _outcome(index: int, sides: "Sides") -> str:
    """Its label, or its row and for a matrix its column, counted from 1."""
    if sides.labels:
        return sides.labels[index]
    shape = sides.p.values.shape
    if len(shape) == 1:
        return f"row {index + 1}"
    return f"cell ({', '.join(str(at) for at in _cell(index, shape))})"


def _cell(index: int, shape: tuple[int, ...]) -> list[int]:
    places: list[int] = []
    for size in reversed(shape):
        index, place = divmod(index, size)
        places.append(place + 1)
    return places[::-1]
