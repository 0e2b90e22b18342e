"""Everything in a picture that is typeset, as outlines."""

from collections.abc import Iterator
from dataclasses import dataclass

from chainrule.drawing import theme
from chainrule.drawing.labels import Label, Outline, typeset
from chainrule.drawing.picture import Box, Picture, Wire


@dataclass(frozen=True)
class Texts:
    """Outlines: of the title if there is one; (colour, words) of the legend; of the lines of each box; of the label of
    each wire that has one. `symbols` are the glyphs they use."""

    title: Outline | None
    legend: tuple[tuple[str, Outline], ...]
    lines: tuple[tuple[Outline, ...], ...]
    labels: tuple[Outline | None, ...]
    symbols: str


def typeset_picture(picture: Picture, prefix: str) -> Texts:
    """All texts of a picture in one go; ids of glyphs begin with `prefix`. Raises DrawingError naming a label that
    cannot be typeset."""
    title = [Label("the title", picture.title, "heading", theme.TITLE_SIZE, theme.INK)] if picture.title else []
    legend = list(_legend(picture))
    lines = [list(_lines(box)) for box in picture.boxes]
    labels = [_label(wire) for wire in picture.wires]
    of_boxes = [line for of_box in lines for line in of_box]
    of_wires = [label for label in labels if label is not None]
    words = [Label("the legend", text, "text", theme.LEGEND_SIZE, theme.MUTED) for _, text in legend]
    result = typeset([*title, *words, *of_boxes, *of_wires], prefix)
    outlines = iter(result.outlines)
    return Texts(
        title=next(outlines) if title else None,
        legend=tuple((colour, next(outlines)) for colour, _ in legend),
        lines=tuple(tuple(next(outlines) for _ in of_box) for of_box in lines),
        labels=tuple(None if label is None else next(outlines) for label in labels),
        symbols=result.symbols,
    )


def _legend(picture: Picture) -> Iterator[tuple[str, str]]:
    """What the colours mean, of those that occur."""
    if any(box.value is not None for box in picture.boxes):
        yield theme.VALUE, "forward value"
    gradients = [*(box.gradient for box in picture.boxes), *(wire.label for wire in picture.wires)]
    if any(gradient is not None for gradient in gradients):
        yield theme.GRADIENT, "gradient"


def _lines(box: Box) -> Iterator[Label]:
    """The lines of a box from top to bottom."""
    yield Label(f"the label of box {box.key!r}", box.label, "display", theme.FORMULA_SIZE, theme.INK)
    if box.code is not None:
        yield Label(f"the code of box {box.key!r}", box.code, "code", theme.CODE_SIZE, theme.MUTED)
    if box.value is not None:
        yield Label(f"the value of box {box.key!r}", box.value, "inline", theme.NUMBER_SIZE, theme.VALUE)
    if box.gradient is not None:
        yield Label(f"the gradient of box {box.key!r}", box.gradient, "inline", theme.NUMBER_SIZE, theme.GRADIENT)


def _label(wire: Wire) -> Label | None:
    if wire.label is None:
        return None
    owner = f"the label of the wire from {wire.start!r} to {wire.end!r}"
    return Label(owner, wire.label, "inline", theme.NUMBER_SIZE, theme.GRADIENT)
