"""What is drawn, as plain data: boxes with typeset lines in them, and wires between the boxes."""

from dataclasses import dataclass
from typing import Literal

from chainrule.errors import DrawingError

Role = Literal["input", "parameter", "intermediate", "output"]

MOST_BOXES = 120
MOST_WIRES = 240


@dataclass(frozen=True)
class Box:
    """One quantity. `label`, `value` and `gradient` are Typst math; `code` is plain text, set in a monospaced face."""

    key: str
    label: str
    role: Role
    value: str | None = None
    gradient: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class Wire:
    """`end` is computed from `start`. `label` is Typst math: the gradient sent back along this wire."""

    start: str
    end: str
    label: str | None = None


@dataclass(frozen=True)
class Picture:
    """A computational graph to draw. `title` is plain text, and may be empty."""

    title: str
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


def check(picture: Picture) -> None:
    """Raises DrawingError unless the picture is a non-empty acyclic graph of bounded size with distinct keys."""
    if not picture.boxes:
        raise DrawingError("empty-picture", "there is no box to draw")
    if len(picture.boxes) > MOST_BOXES or len(picture.wires) > MOST_WIRES:
        raise DrawingError(
            "picture-too-large",
            f"a picture of {len(picture.boxes)} boxes and {len(picture.wires)} wires is too large to be read",
            hint=f"at most {MOST_BOXES} boxes and {MOST_WIRES} wires are drawn; draw a part of the graph",
        )
    keys: set[str] = set()
    for box in picture.boxes:
        if box.key in keys:
            raise DrawingError("duplicate-box", f"two boxes have the key {box.key!r}")
        if not box.label.strip():
            raise DrawingError("empty-label", f"the label of box {box.key!r} is empty")
        keys.add(box.key)
    for wire in picture.wires:
        for key in (wire.start, wire.end):
            if key not in keys:
                raise DrawingError("unknown-box", f"a wire from {wire.start!r} to {wire.end!r}: there is no box {key!r}")
    _check_acyclic(picture)


def _check_acyclic(picture: Picture) -> None:
    """Takes away boxes that nothing waits for, until none is left; what stays lies on or behind a cycle."""
    waiting = {box.key: 0 for box in picture.boxes}
    targets: dict[str, list[str]] = {box.key: [] for box in picture.boxes}
    for wire in picture.wires:
        waiting[wire.end] += 1
        targets[wire.start].append(wire.end)
    ready = [key for key, count in waiting.items() if count == 0]
    while ready:
        key = ready.pop()
        del waiting[key]
        for target in targets[key]:
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    if waiting:
        raise DrawingError("cycle", f"the wires form a cycle among {', '.join(repr(key) for key in waiting)}")
