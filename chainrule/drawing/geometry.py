"""Axis-parallel geometry in SVG coordinates (y grows downwards): rectangles, and routes made of straight parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Route = tuple[Point, ...]


@dataclass(frozen=True)
class Size:
    """Width and height."""

    width: float
    height: float


@dataclass(frozen=True)
class Rectangle:
    """A rectangle by its edges; `left <= right` and `top <= bottom`. A straight part of a route is one of no thickness."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, margin: float) -> "Rectangle":
        """The same with `margin` more on every side (less, where it is negative)."""
        return Rectangle(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    def moved(self, right: float, down: float) -> "Rectangle":
        """The same, elsewhere."""
        return Rectangle(self.left + right, self.top + down, self.right + right, self.bottom + down)

    def meets(self, other: "Rectangle") -> bool:
        """Whether the two have a point inside both (touching edges do not count)."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def centred(centre: Point, size: Size) -> Rectangle:
    """The rectangle of that size about a point."""
    x, y = centre
    return Rectangle(x - size.width / 2, y - size.height / 2, x + size.width / 2, y + size.height / 2)


def parts(route: Route) -> Iterator[Rectangle]:
    """The straight parts of a route, each as the smallest rectangle about it."""
    for (x1, y1), (x2, y2) in pairwise(route):
        yield Rectangle(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def hull(rectangles: list[Rectangle]) -> Rectangle:
    """The smallest rectangle about all of them; there is at least one."""
    return Rectangle(
        min(r.left for r in rectangles),
        min(r.top for r in rectangles),
        max(r.right for r in rectangles),
        max(r.bottom for r in rectangles),
    )


def straightened(points: list[Point]) -> Route:
    """The same line of horizontal and vertical parts only, each as long as it can be.

    A part that is off the horizontal or vertical by less than a pixel is turned; a larger angle is left as it is.
    """
    route: list[Point] = []
    for x, y in points:
        if route:
            before = route[-1]
            x, y = _close(x, before[0]), _close(y, before[1])
            if (x, y) == before:
                continue
        if len(route) > 1 and _on_one_line(route[-2], route[-1], (x, y)):
            route.pop()
        route.append((x, y))
    return tuple(route)


def _close(number: float, other: float) -> float:
    """`other` where the two differ by less than a pixel."""
    return other if abs(number - other) < 1 else number


def _on_one_line(a: Point, b: Point, c: Point) -> bool:
    return a[0] == b[0] == c[0] or a[1] == b[1] == c[1]
