"""Positions and routes: the only place that knows the layout engine, graphlay.

The label of a wire is given to the engine as a small box in the middle of that wire. So labels take part in layering
and spacing like everything else, lie on their wires, and no other wire is led across them. What the engine returns is
inspected, and where something collides, other settings are tried; the first layout without a fault is kept, or else
the one with the fewest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chainrule.drawing.faults import count_faults
from chainrule.drawing.geometry import Point, Rectangle, Route, Size, centred, hull, straightened
from chainrule.errors import DrawingError

CORNER = 9.0  # radius of the corners of boxes; no wire begins or ends there, so the engine gets boxes less high by that
_BESIDE, _ABOVE = 5.0, 3.0  # kept free around a label
_WIDEST = 1900.0  # of a drawing in one row; a wider one is broken into rows where that makes no fault
_MOST_INSPECTED = 150  # boxes and wires together; for a larger graph the first layout is taken as it is

_FACING = {"style": "orthogonal", "port_sides": "facing_only", "lane_gap": 16}
_CLOSE = {"layer_gap": 32, "node_gap": 44, "dummy_gap": 32}
_LOOSE = {"layer_gap": 48, "node_gap": 60, "dummy_gap": 52}
_WIDE = {"layer_gap": 72, "node_gap": 80, "dummy_gap": 76}
_STEPS = {"routing": {"step_flatten": 0}}  # the engine may flatten a step in a wire into a box beside it
_SETTINGS: tuple[dict[str, Any], ...] = (
    {"spacing": _CLOSE},
    {"spacing": _CLOSE, "tuning": _STEPS},
    {"spacing": _CLOSE, "tuning": _STEPS, "coords": {"branch_style": "symmetric"}},
    {"spacing": _CLOSE, "tuning": _STEPS, "coords": {"placement": "brandes_koepf"}},
    {"spacing": _LOOSE, "tuning": _STEPS},
    {"spacing": _LOOSE, "tuning": _STEPS, "coords": {"branch_style": "symmetric"}},
    {"spacing": _WIDE, "tuning": _STEPS, "coords": {"placement": "brandes_koepf"}},
    {"spacing": _WIDE, "tuning": _STEPS, "effort": "thorough"},
)
_IN_ROWS = {"viewport_aspect": 1.8}
_MOST_ROWS = {"max_rows": 12}


@dataclass(frozen=True)
class Graph:
    """What is laid out: the size of each box, the wires as positions of two boxes, and the size of each wire's label."""

    boxes: Sequence[Size]
    wires: Sequence[tuple[int, int]]
    labels: Sequence[Size | None]


@dataclass(frozen=True)
class Layout:
    """Each box; for each wire its route from border to border, and its label's place if it has one."""

    boxes: tuple[Rectangle, ...]
    routes: tuple[Route, ...]
    plates: tuple[Rectangle | None, ...]

    @property
    def bounds(self) -> Rectangle:
        """The smallest rectangle about everything."""
        corners = [Rectangle(x, y, x, y) for route in self.routes for x, y in route]
        return hull([*self.boxes, *corners, *(plate for plate in self.plates if plate is not None)])

    def moved(self, right: float, down: float) -> "Layout":
        """The same, elsewhere."""
        return Layout(
            tuple(box.moved(right, down) for box in self.boxes),
            tuple(tuple((x + right, y + down) for x, y in route) for route in self.routes),
            tuple(None if plate is None else plate.moved(right, down) for plate in self.plates),
        )


def lay_out(graph: Graph) -> Layout:
    """In one row if that is not too wide, else in rows from top to bottom. Raises DrawingError if the engine fails."""
    best, faults = _search(graph, in_rows=False)
    if best.bounds.width > _WIDEST:
        rows, faults_of_rows = _search(graph, in_rows=True)
        if faults_of_rows <= faults:
            return rows
    return best


def _search(graph: Graph, in_rows: bool) -> tuple[Layout, int]:
    """The first layout without a fault or the one with the fewest, and how many it has."""
    found: list[tuple[Layout, int]] = []
    small = len(graph.boxes) + len(graph.wires) <= _MOST_INSPECTED
    for settings in _SETTINGS if small else _SETTINGS[:1]:
        options = {**settings, "routing": _FACING}
        if in_rows:
            options["wrap"] = _IN_ROWS
            options["tuning"] = {**settings.get("tuning", {}), "wrap": _MOST_ROWS}
        layout = _run_engine(graph, options)
        faults = count_faults(layout.boxes, graph.wires, layout.routes, layout.plates) if small else 0
        found.append((layout, faults))
        if faults == 0:
            break
    return min(found, key=lambda pair: pair[1])


def _run_engine(graph: Graph, options: Mapping[str, Any]) -> Layout:
    import graphlay

    request = graphlay.Graph()
    for index, size in enumerate(graph.boxes):
        request.node(index, width=size.width, height=max(size.height - 2 * CORNER, 1.0))
    for wire, ((start, end), size) in enumerate(zip(graph.wires, graph.labels, strict=True)):
        if size is None:
            request.edge(start, end)
        else:
            label = request.node(
                ("label", wire), width=size.width + 2 * _BESIDE, height=size.height + 2 * _ABOVE, shape="ellipse"
            )
            request.edge(start, label)
            request.edge(label, end)
    try:
        drawing = graphlay.layout(request, options=options)
    except graphlay.GraphlayError as error:
        raise DrawingError("no-layout", f"the graph cannot be laid out: {error}") from error
    return _read(graph, drawing.positions(), [[(p["x"], p["y"]) for p in edge["points"]] for edge in drawing.edges])


def _read(graph: Graph, centres: Mapping[Any, Point], lines: Sequence[list[Point]]) -> Layout:
    """The engine's answer in our terms: the two lines before and behind a label become one route."""
    remaining = iter(lines)
    routes: list[Route] = []
    plates: list[Rectangle | None] = []
    for wire, size in enumerate(graph.labels):
        line = next(remaining)
        if size is None:
            plates.append(None)
        else:
            plate = centred(centres["label", wire], size)
            plates.append(plate)
            line = _through(line, plate, next(remaining))
        routes.append(straightened(line))
    boxes = tuple(centred(centres[index], size) for index, size in enumerate(graph.boxes))
    return Layout(boxes, tuple(routes), tuple(plates))


def _through(before: list[Point], plate: Rectangle, behind: list[Point]) -> list[Point]:
    """One line through the middle of the plate. Where its halves differ in height, the plate hides the step."""
    middle = plate.centre[0]
    return [*before, (middle, before[-1][1]), (middle, behind[0][1]), *behind]
