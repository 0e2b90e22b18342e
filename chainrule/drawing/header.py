"""Title and legend above the graph: side by side if there is room, else one below the other."""

from dataclasses import dataclass

from chainrule.drawing.geometry import Point, Size
from chainrule.drawing.labels import Outline, Placed
from chainrule.drawing.texts import Texts

_DOT = 5.5  # radius
_BESIDE_DOT, _BETWEEN, _ROW_GAP = 7.0, 28.0, 10.0


@dataclass(frozen=True)
class Entry:
    """A dot of the legend, and the words beside it."""

    colour: str
    centre: Point
    radius: float
    words: Placed


@dataclass(frozen=True)
class Header:
    """Title and legend. `size` is what they take; its height is 0 if there is neither."""

    size: Size
    title: Placed | None
    legend: tuple[Entry, ...]


def place_header(texts: Texts, width: float, corner: Point) -> Header:
    """Title on the left and legend on the right, `width` wide; wider where the title or the legend alone is."""
    x, y = corner
    title = Size(0.0, 0.0) if texts.title is None else texts.title.size
    legend = _legend_size(texts)
    width = max(width, title.width, legend.width)
    placed = None if texts.title is None else Placed(texts.title, corner)
    if not texts.legend:
        return Header(Size(width, title.height), placed, ())
    if title.width + _BETWEEN + legend.width <= width:
        height = max(title.height, legend.height)
        entries = _place_legend(texts, (x + width - legend.width, y + height / 2))
        return Header(Size(width, height), placed, entries)
    below = title.height + _ROW_GAP if texts.title is not None else 0.0
    entries = _place_legend(texts, (x, y + below + legend.height / 2))
    return Header(Size(width, below + legend.height), placed, entries)


def _legend_size(texts: Texts) -> Size:
    widths = [_entry_width(words) for _, words in texts.legend]
    height = max((words.size.height for _, words in texts.legend), default=0.0)
    return Size(sum(widths) + _BETWEEN * max(len(widths) - 1, 0), height)


def _entry_width(words: Outline) -> float:
    return 2 * _DOT + _BESIDE_DOT + words.size.width


def _place_legend(texts: Texts, start: Point) -> tuple[Entry, ...]:
    """The entries from left to right; `start` is the middle of the left side."""
    x, y = start
    entries: list[Entry] = []
    for colour, words in texts.legend:
        corner = (x + 2 * _DOT + _BESIDE_DOT, y - words.size.height / 2)
        entries.append(Entry(colour, (x + _DOT, y), _DOT, Placed(words, corner)))
        x += _entry_width(words) + _BETWEEN
    return tuple(entries)
