"""What must not happen in a drawing, counted."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from chainrule.drawing.geometry import Rectangle, Route, parts

_NEAR = 3.0  # wires closer than this to each other, to a box or to a plate read as touching


def count_faults(
    boxes: Sequence[Rectangle],
    ends: Sequence[tuple[int, int]],
    routes: Sequence[Route],
    plates: Sequence[Rectangle | None],
) -> int:
    """Collisions among boxes, plates (labels) and wires; `ends` are positions in `boxes`. Crossing wires are allowed."""
    labels = [plate for plate in plates if plate is not None]
    straight = [list(parts(route)) for route in routes]
    faults = sum(part.width > 0 and part.height > 0 for own in straight for part in own)
    faults += sum(a.meets(b) for a, b in combinations([*boxes, *labels], 2))
    for wire, own in enumerate(straight):
        faults += sum(part.meets(thing) for thing in _strange(wire, boxes, ends, plates) for part in own)
        plate = plates[wire]
        if plate is not None:  # the wire should run straight behind its own label
            faults += sum(part.height > _NEAR and part.meets(plate) for part in own)
    return faults + sum(_run_together(a, b) for a, b in combinations(straight, 2))


def _strange(
    wire: int, boxes: Sequence[Rectangle], ends: Sequence[tuple[int, int]], plates: Sequence[Rectangle | None]
) -> Iterator[Rectangle]:
    """Everything that a wire must keep out of; of the boxes at its ends, the inside."""
    for index, box in enumerate(boxes):
        yield box.grown(-_NEAR if index in ends[wire] else _NEAR)
    for index, plate in enumerate(plates):
        if plate is not None and index != wire:
            yield plate.grown(_NEAR)


def _run_together(a: Sequence[Rectangle], b: Sequence[Rectangle]) -> int:
    """How many parts of two wires lie along each other, so that the wires cannot be told apart."""
    return sum(p.meets(q.grown(_NEAR)) for p in a for q in b if (p.width == 0) == (q.width == 0))
