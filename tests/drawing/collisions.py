"""Collisions in a placed picture, found without the package's geometry: wires as points a third of a pixel apart."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from chainrule.drawing.geometry import Rectangle
from chainrule.drawing.scene import Scene

Area = tuple[float, float, float, float]  # left, top, right, bottom
Point = tuple[float, float]
Route = tuple[Point, ...]
Points = NDArray[np.float64]  # (n, 2)
STEP = 1 / 3


def sample(route: Route) -> Points:
    """Points along a route, its corners among them."""
    pieces: list[Points] = []
    for (x1, y1), (x2, y2) in pairwise(route):
        count = int(max(abs(x2 - x1), abs(y2 - y1)) / STEP) + 2
        pieces.append(np.stack([np.linspace(x1, x2, count), np.linspace(y1, y2, count)], axis=1))
    return np.concatenate(pieces)


def inside(points: Points, area: Area, depth: float) -> bool:
    """Whether a point is in the area, farther than `depth` from its border (nearer to it than -depth, if negative)."""
    x, y = points[:, 0], points[:, 1]
    left, top, right, bottom = area
    return bool(np.any((x > left + depth) & (x < right - depth) & (y > top + depth) & (y < bottom - depth)))


def overlap(a: Area, b: Area) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 0 and min(a[3], b[3]) - max(a[1], b[1]) > 0


def contains(outer: Area, inner: Area) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


class Drawing:
    """The areas and the lines of a scene, by name."""

    def __init__(self, scene: Scene) -> None:
        self.canvas: Area = (0.0, 0.0, scene.size.width, scene.size.height)
        self.boxes: dict[str, Area] = {placed.box.key: area(placed.rectangle) for placed in scene.boxes}
        self.lines: dict[str, list[Area]] = {p.box.key: [area(line.rectangle) for line in p.lines] for p in scene.boxes}
        self.ends = [(placed.wire.start, placed.wire.end) for placed in scene.wires]
        self.routes = [placed.route for placed in scene.wires]
        self.points = [sample(placed.route) for placed in scene.wires]
        self.labels = [None if p.label is None else area(p.label.rectangle) for p in scene.wires]
        words = [entry.words for entry in scene.header.legend]
        title = [scene.header.title] if scene.header.title is not None else []
        self.header: list[Area] = [area(placed.rectangle) for placed in [*title, *words]]


def area(rectangle: Rectangle) -> Area:
    return rectangle.left, rectangle.top, rectangle.right, rectangle.bottom


def collisions(drawing: Drawing) -> Iterator[str]:
    """A line for each thing that overlaps or is not where it belongs."""
    areas = {f"box {key}": box for key, box in drawing.boxes.items()}
    areas |= {f"label of wire {k}": label for k, label in enumerate(drawing.labels) if label is not None}
    areas |= {f"header {k}": words for k, words in enumerate(drawing.header)}
    for (first, a), (second, b) in combinations(areas.items(), 2):
        if overlap(a, b):
            yield f"{first} overlaps {second}"
    for name, place in areas.items():
        if not contains(drawing.canvas, place):
            yield f"{name} is cut off"
    for key, lines in drawing.lines.items():
        if not all(contains(drawing.boxes[key], line) for line in lines):
            yield f"a line of box {key} is outside"
        if any(overlap(a, b) for a, b in combinations(lines, 2)):
            yield f"the lines of box {key} overlap"
    for wire in range(len(drawing.routes)):
        yield from wire_collisions(drawing, wire)


def wire_collisions(drawing: Drawing, wire: int) -> Iterator[str]:
    points, (start, end) = drawing.points[wire], drawing.ends[wire]
    if any(x1 != x2 and y1 != y2 for (x1, y1), (x2, y2) in pairwise(drawing.routes[wire])):
        yield f"wire {wire} runs aslant"
    for key, box in drawing.boxes.items():
        if inside(points, box, 1.5 if key in (start, end) else -1.0):
            yield f"wire {wire} from {start} to {end} passes through box {key}"
    if abs(points[0][0] - drawing.boxes[start][2]) > 1 or not inside(points[:1], drawing.boxes[start], -1.5):
        yield f"wire {wire} does not begin at the right side of box {start}"
    if abs(points[-1][0] - drawing.boxes[end][0]) > 1 or not inside(points[-1:], drawing.boxes[end], -1.5):
        yield f"wire {wire} does not end at the left side of box {end}"
    for other, label in enumerate(drawing.labels):
        if label is not None and other != wire and inside(points, label, -1.0):
            yield f"wire {wire} passes under the label of wire {other}"
    label = drawing.labels[wire]
    if label is not None:
        left, top, right, bottom = label
        x, y = (left + right) / 2, (top + bottom) / 2
        if not inside(points, (x - 1, y - 4, x + 1, y + 4), 0):
            yield f"the label of wire {wire} is beside it"


def confusions(drawing: Drawing, near: float = 3.0, length: float = 6.0) -> Iterator[str]:
    """Wires that run along each other, so that they look like one."""
    for (i, a), (j, b) in combinations(enumerate(drawing.routes), 2):
        for axis in (0, 1):  # wires that run along this axis, at nearly the same place on the other one
            runs = [
                [(p[1 - axis], *sorted((p[axis], q[axis]))) for p, q in pairwise(r) if p[1 - axis] == q[1 - axis]]
                for r in (a, b)
            ]
            if any(abs(p - q) < near and min(b, d) - max(a, c) > length for p, a, b in runs[0] for q, c, d in runs[1]):
                yield f"wires {i} and {j} run along each other"
