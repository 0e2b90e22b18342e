"""The sizes of several hidden layers in one list: "two hidden layers with 300 and 100 units", "of sizes 16, 8 and 4"."""

from chainrule.sheets.networks.heads import Head, Line
from chainrule.sheets.networks.parts import Activation, Whom
from chainrule.sheets.networks.saying import Saying

_LISTING = (",", "and")


def units_of_layers(saying: Saying, head: Head, start: int, *, sized: bool) -> int | None:
    """The place behind a list of as many sizes as there are layers, or that says how many; None where there is no such list.

    sized: a word such as "sizes" stands before it.
    """
    line = saying.line
    if head.counted != "layers" or head.whom != Whom("hidden") or line.text(head.end - 1) != "layers":
        return None
    places = _numbers(line, start)
    if places and line.kind(places[-1] + 1) == "role":  # "of sizes 16 and 8, and 4 outputs"
        places = places[:-1]
    if len(places) < 2 or head.number not in (None, len(places)):
        return None
    end = places[-1] + 1 if places else start
    closed, applied = sized, ""
    if line.kind(end) == "activation" and line.kind(end + 1) == "unit":
        applied, end = str(line.value(end)), end + 1
    while line.kind(end) == "unit" or line.text(end) == "respectively":
        closed, end = True, end + 1
    if not closed:
        return None
    if head.number is None:
        saying.add(head.whom, "hidden-layers", len(places), head.start, end)
    for number, place in enumerate(places, 1):
        saying.add(Whom("hidden", number), "units", int(str(line.value(place))), place, end)
    if applied:
        saying.add(head.whom, "activation", Activation(applied), places[0], end)
    return end


def _numbers(line: Line, start: int) -> list[int]:
    """The places of whole numbers that commas and "and" part."""
    found: list[int] = []
    here = start
    while line.kind(here) == "number" and isinstance(line.value(here), int):
        found.append(here)
        here += 1
        while line.text(here) in _LISTING:
            here += 1
    return found
