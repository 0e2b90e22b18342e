"""A picture with everything at its place, before any of it is painted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from chainrule.drawing.geometry import Rectangle, Route, Size
from chainrule.drawing.header import Header, place_header
from chainrule.drawing.labels import Outline, Placed
from chainrule.drawing.layout import CORNER, Graph, Layout, lay_out
from chainrule.drawing.picture import Box, Picture, Wire, check
from chainrule.drawing.texts import Texts, typeset_picture

_MARGIN = 28.0  # around the whole drawing
_BESIDE, _ABOVE = 16.0, 13.0  # between the border of a box and its lines
_BETWEEN_LINES = 10.0
_BETWEEN_WIRES = 14.0  # where several begin or end at one side of a box
_NARROWEST = 44.0  # box
_BELOW_HEADER = 26.0


@dataclass(frozen=True)
class PlacedBox:
    """A box, and its lines of text."""

    box: Box
    rectangle: Rectangle
    lines: tuple[Placed, ...]


@dataclass(frozen=True)
class PlacedWire:
    """A wire from the border of one box to that of another. Its label, if it has one, covers it there."""

    wire: Wire
    route: Route
    label: Placed | None


@dataclass(frozen=True)
class Scene:
    """What is painted, between (0, 0) and `size`. `prefix` begins every id in the drawing."""

    picture: Picture
    prefix: str
    size: Size
    header: Header
    boxes: tuple[PlacedBox, ...]
    wires: tuple[PlacedWire, ...]
    symbols: str


def place(picture: Picture) -> Scene:
    """Typesets and lays out a picture. Raises DrawingError if it is not a graph or a label cannot be typeset."""
    check(picture)
    prefix = "d" + sha256(repr(picture).encode()).hexdigest()[:10]
    texts = typeset_picture(picture, prefix)
    layout = lay_out(_graph(picture, texts))
    bounds = layout.bounds
    header = place_header(texts, bounds.width, (_MARGIN, _MARGIN))
    top = _MARGIN + (header.size.height + _BELOW_HEADER if header.size.height else 0.0)
    width = max(bounds.width, header.size.width)
    layout = layout.moved(_MARGIN - bounds.left + (width - bounds.width) / 2, top - bounds.top)
    return Scene(
        picture,
        prefix,
        Size(width + 2 * _MARGIN, top + bounds.height + _MARGIN),
        header,
        tuple(_place_lines(*of_box) for of_box in zip(picture.boxes, layout.boxes, texts.lines, strict=True)),
        _place_wires(picture, layout, texts),
        texts.symbols,
    )


def _graph(picture: Picture, texts: Texts) -> Graph:
    """Sizes and wires of the picture, as the layout wants them; a box is high enough for all its wires."""
    ends = Counter(wire.end for wire in picture.wires)
    starts = Counter(wire.start for wire in picture.wires)
    sizes: list[Size] = []
    for box, lines in zip(picture.boxes, texts.lines, strict=True):
        width = max(line.size.width for line in lines) + 2 * _BESIDE
        height = _height(lines) + 2 * _ABOVE
        ports = max(ends[box.key], starts[box.key])
        sizes.append(Size(max(width, _NARROWEST), max(height, 2 * CORNER + ports * _BETWEEN_WIRES)))
    position = {box.key: index for index, box in enumerate(picture.boxes)}
    wires = [(position[wire.start], position[wire.end]) for wire in picture.wires]
    return Graph(sizes, wires, [None if label is None else label.size for label in texts.labels])


def _height(lines: Sequence[Outline]) -> float:
    return sum(line.size.height for line in lines) + _BETWEEN_LINES * (len(lines) - 1)


def _place_lines(box: Box, rectangle: Rectangle, lines: Sequence[Outline]) -> PlacedBox:
    """The lines one below the other, in the middle of the box."""
    x, y = rectangle.centre
    y -= _height(lines) / 2
    placed: list[Placed] = []
    for line in lines:
        placed.append(Placed(line, (x - line.size.width / 2, y)))
        y += line.size.height + _BETWEEN_LINES
    return PlacedBox(box, rectangle, tuple(placed))


def _place_wires(picture: Picture, layout: Layout, texts: Texts) -> tuple[PlacedWire, ...]:
    placed: list[PlacedWire] = []
    for wire, route, plate, outline in zip(picture.wires, layout.routes, layout.plates, texts.labels, strict=True):
        label = None if outline is None or plate is None else Placed(outline, (plate.left, plate.top))
        placed.append(PlacedWire(wire, route, label))
    return tuple(placed)
