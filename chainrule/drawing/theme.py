"""Colours and type sizes of a drawing, on white."""

from chainrule.drawing.picture import Role

BACKGROUND = "#ffffff"
INK = "#0f172a"
MUTED = "#334155"
WIRE = "#8c9bb0"
VALUE = "#15803d"
GRADIENT = "#be123c"

FILL_AND_BORDER: dict[Role, tuple[str, str]] = {
    "input": ("#e8f1fe", "#3b82f6"),
    "parameter": ("#f3eafe", "#8b5cf6"),
    "intermediate": ("#ffffff", "#64748b"),
    "output": ("#fff1e0", "#ea8c1c"),
}

TITLE_SIZE = 18.0
FORMULA_SIZE = 22.0
NUMBER_SIZE = 17.0
LEGEND_SIZE = 16.0
CODE_SIZE = 13.0
