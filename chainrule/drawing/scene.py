"""A picture with everything at its place, before any of it is painted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from chainrule.drawing import theme
from chainrule.drawing.geometry import Point, Rectangle, Route, Size
from chainrule.drawing.labels import Label, Outline, typeset
from chainrule.drawing.layout import Graph, lay_out
from chainrule.drawing.picture import Box, Picture, Wire, check

_MARGIN = 28.0  # around the whole drawing
_BESIDE, _ABOVE = 16.0, 13.0  # between the border of a box and its lines
_BETWEEN_LINES = 10.0
_BETWEEN_WIRES = 14.0  # where several begin or end at one side of a box
_BELOW_HEADER = 26.0
_DOT, _DOT_GAP, _ENTRY_GAP = 5.5, 7.0, 26.0  # of the legend: radius, space to the words, space between entries


@dataclass(frozen=True)
class Placed:
    """An outline, and where its upper left corner is."""

    outline: Outline
    corner: Point


@dataclass(frozen=True)
class PlacedBox:
    """A box, and its lines of text."""

    box: Box
    rectangle: Rectangle
    lines: tuple[Placed, ...]


@dataclass(frozen=True)
class PlacedWire:
    """A wire from the border of one box to that of another; `plate` is where its label covers it."""

    wire: Wire
    route: Route
    plate: Rectangle | None
    label: Placed | None


@dataclass(frozen=True)
class Entry:
    """A dot of the legend, and the words beside it."""

    colour: str
    centre: Point
    radius: float
    words: Placed


@dataclass(frozen=True)
class Scene:
    """What is painted, between (0, 0) and `size`. `prefix` begins every id in the drawing."""

    picture: Picture
    prefix: str
    size: Size
    title: Placed | None
    legend: tuple[Entry, ...]
    boxes: tuple[PlacedBox, ...]
    wires: tuple[PlacedWire, ...]
    symbols: str


def place(picture: Picture) -> Scene:
    """Typesets and lays out a picture. Raises DrawingError if it is not a graph or a label cannot be typeset."""
    check(picture)
    prefix = "d" + sha256(repr(picture).encode()).hexdigest()[:10]
    of_boxes = [list(_lines(box)) for box in picture.boxes]
    of_wires = [_on_wire(wire) for wire in picture.wires]
    of_legend = list(_legend(picture))
    of_title = [Label("the title", picture.title, "heading", theme.TITLE_SIZE, theme.INK)] if picture.title else []
    wanted = [*of_title, *of_legend, *(label for labels in of_boxes for label in labels)]
    typeset_result = typeset([*wanted, *(label for label in of_wires if label is not None)], prefix)
    outlines = iter(typeset_result.outlines)
    title = next(outlines) if of_title else None
    legend = [next(outlines) for _ in of_legend]
    lines = [[next(outlines) for _ in labels] for labels in of_boxes]
    labels = [None if label is None else next(outlines) for label in of_wires]
    return _assemble(picture, prefix, title, legend, lines, labels, typeset_result.symbols)


def _assemble(
    picture: Picture,
    prefix: str,
    title: Outline | None,
    legend: Sequence[Outline],
    lines: Sequence[Sequence[Outline]],
    labels: Sequence[Outline | None],
    symbols: str,
) -> Scene:
    """Header on top, the graph below it, a margin around."""
