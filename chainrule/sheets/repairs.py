"""A sheet as it was read: the repairs that its diagnostics speak of, made in the person's own text and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from chainrule.errors import Diagnostic, Repair, SheetError
from chainrule.source import Source, Span


@dataclass(frozen=True)
class Repaired:
    """The text, and the repairs made in it: each with the stretch of the document it is made in."""

    text: str
    repairs: tuple[Repair, ...]


def repair_sheet(source: Source, diagnostics: Iterable[Diagnostic]) -> Repaired:
    """The document with all repairs made that do not overlap; all else stays as it is, byte for byte.

    Raises SheetError (`not-repairable`) for a notebook, whose cells are no lines of its file.
    """
    if PurePath(source.name).suffix.lower() == ".ipynb":
        hint = "make the repairs in Jupyter: `chainrule check` names the cell and the line of each"
        raise SheetError("not-repairable", f"{source.name} is a notebook, which is not written back", hint=hint)
    found = {repair for each in diagnostics for repair in each.repairs}
    placed = {made for repair in found if (made := _in_document(source, repair)) is not None}
    kept: list[Repair] = []
    for repair in sorted(placed, key=lambda each: (each.span.start, each.span.end, each.text)):
        if not kept or repair.span.start >= kept[-1].span.end:
            kept.append(repair)
    pieces, here = list[str](), 0
    for repair in kept:
        pieces += [source.text[here : repair.span.start], repair.text]
        here = repair.span.end
    return Repaired("".join([*pieces, source.text[here:]]), tuple(kept))


def _in_document(source: Source, repair: Repair) -> Repair | None:
    """The repair in the text that the person wrote; None where that has something else there, the use of a macro."""
    span = repair.span
    end = span.source.place_behind(span.end)
    start = end if span.start == span.end else span.source.place(span.start)
    if span.source.text[span.start : span.end] != source.text[start:end]:
        return None
    return Repair(Span(source, start, end), repair.text)
