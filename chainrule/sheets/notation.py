r"""What a formula is at first sight: derivatives that are named, a definition, or anything else."""

from typing import Literal

from chainrule.sheets.sheet import Math

Look = Literal["derivatives", "definition", "other"]


def look(math: Math) -> Look:
    text = math.span.text.replace(" ", "")
    if text.startswith((r"\frac{\partial", r"\frac{d", r"\nabla", r"\partial", r"\dfrac{\partial")):
        return "derivatives"
    return "definition" if "=" in text else "other"
