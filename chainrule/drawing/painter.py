"""The drawing itself: one standalone SVG, outlines only, no fonts, no filters, nothing from outside."""

import math
import re
from collections.abc import Iterator
from html import escape

from chainrule.drawing import theme
from chainrule.drawing.geometry import Point, Rectangle, Route
from chainrule.drawing.labels import Placed
from chainrule.drawing.layout import CORNER
from chainrule.drawing.picture import Picture
from chainrule.drawing.scene import PlacedBox, PlacedWire, Scene, place

_BEND = 8.0  # radius of a wire's bends
_HEAD, _NOTCH, _HALF = 12.0, 9.0, 5.5  # of an arrow head: length, length at the wire, half the width
_PLATE_MARGIN = 4.0  # background beside a label on its wire
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def draw(picture: Picture) -> str:
    """An SVG document; the same for the same picture. Raises DrawingError for unknown or duplicate keys, cycles, too
    many boxes, and labels that cannot be typeset."""
    return paint(place(picture))


def paint(scene: Scene) -> str:
    """The SVG of a scene: wires, then labels on them, then boxes."""
    return "\n".join([*_opening(scene), *_header(scene), *_graph(scene), "</svg>"]) + "\n"


def _opening(scene: Scene) -> Iterator[str]:
    width, height = _number(scene.size.width), _number(scene.size.height)
    title, description = f"{scene.prefix}-title", f"{scene.prefix}-description"
    yield (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{title} {description}">'
    )
    yield f'<title id="{title}">{_text(scene.picture.title or "Computational graph")}</title>'
    yield f'<desc id="{description}">{_text(describe(scene.picture))}</desc>'
    if scene.symbols:
        yield f"<defs>{scene.symbols}</defs>"
    yield f'<rect width="{width}" height="{height}" fill="{theme.BACKGROUND}"/>'


def describe(picture: Picture) -> str:
    """The graph in words, for readers who cannot see it."""
    sources: dict[str, list[str]] = {}
    for wire in picture.wires:
        sources.setdefault(wire.end, []).append(wire.start)
    words = [
        f"{box.key} ({box.role}) from {', '.join(sources[box.key])}" if box.key in sources else f"{box.key} ({box.role})"
        for box in picture.boxes
    ]
    return f"Computational graph: {'; '.join(words)}."


def _header(scene: Scene) -> Iterator[str]:
    if scene.header.title is not None:
        yield _outline(scene.header.title)
    for entry in scene.header.legend:
        x, y = (_number(at) for at in entry.centre)
        yield f'<circle cx="{x}" cy="{y}" r="{_number(entry.radius)}" fill="{entry.colour}"/>'
        yield _outline(entry.words)


def _graph(scene: Scene) -> Iterator[str]:
    for wire in scene.wires:
        yield from _wire(wire)
    for wire in scene.wires:
        if wire.label is not None:
            yield _rectangle(_plate(wire.label), f'fill="{theme.BACKGROUND}"')
            yield _outline(wire.label)
    for box in scene.boxes:
        yield from _box(box)


def _box(placed: PlacedBox) -> Iterator[str]:
    fill, border = theme.FILL_AND_BORDER[placed.box.role]
    paint = f'rx="{_number(CORNER)}" fill="{fill}" stroke="{border}" stroke-width="1.8"'
    yield _rectangle(placed.rectangle, paint)
    for line in placed.lines:
        yield _outline(line)


def _plate(label: Placed) -> Rectangle:
    """What a label hides of its wire."""
    area = label.rectangle
    return Rectangle(area.left - _PLATE_MARGIN, area.top - 1, area.right + _PLATE_MARGIN, area.bottom + 1)


def _wire(placed: PlacedWire) -> Iterator[str]:
    *_, before, tip = placed.route
    length = _distance(before, tip)
    along = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    line = (*placed.route[:-1], _back(tip, along, min(_NOTCH, length / 2), 0.0))
    yield f'<path d="{_rounded(line)}" fill="none" stroke="{theme.WIRE}" stroke-width="2"/>'
    corners = (tip, _back(tip, along, _HEAD, _HALF), _back(tip, along, _NOTCH, 0.0), _back(tip, along, _HEAD, -_HALF))
    yield f'<path d="M{"L".join(_point(corner) for corner in corners)}Z" fill="{theme.WIRE}"/>'


def _back(tip: Point, along: Point, length: float, aside: float) -> Point:
    """The point `length` behind the tip of a wire that runs along a unit vector, and `aside` of the wire."""
    return tip[0] - along[0] * length - along[1] * aside, tip[1] - along[1] * length + along[0] * aside


def _rounded(route: Route) -> str:
    """The path of a route, its bends rounded as far as the parts beside them allow."""
    path = f"M{_point(route[0])}"
    for before, corner, behind in zip(route, route[1:], route[2:], strict=False):
        radius = min(_BEND, _distance(before, corner) / 2, _distance(corner, behind) / 2)
        path += f"L{_point(_towards(corner, before, radius))}Q{_point(corner)} {_point(_towards(corner, behind, radius))}"
    return path + f"L{_point(route[-1])}"


def _distance(a: Point, b: Point) -> float:
    return math.hypot(b[0] - a[0], b[1] - a[1])


def _towards(start: Point, end: Point, length: float) -> Point:
    """The point `length` away from `start` on the way to `end`, another point."""
    share = length / _distance(start, end)
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _rectangle(area: Rectangle, paint: str) -> str:
    x, y, width, height = (_number(at) for at in (area.left, area.top, area.width, area.height))
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" {paint}/>'


def _outline(placed: Placed) -> str:
    x, y = (_number(at) for at in placed.corner)
    return f'<g transform="translate({x} {y})">{placed.outline.svg}</g>'


def _point(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    """At most two decimals, and never -0."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def _text(text: str) -> str:
    """Text content of an element; what XML cannot hold is replaced."""
    return escape(_NOT_XML.sub("\ufffd", text), quote=False)
