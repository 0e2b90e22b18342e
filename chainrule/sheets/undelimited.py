"""Equations that stand among words without delimiters where the other formulas of the paragraph have them."""

from collections.abc import Iterable

from chainrule.errors import Diagnostic
from chainrule.sheets.sheet import Item, Math


def report_undelimited(items: Iterable[Item]) -> list[Diagnostic]:
    """A warning at each: that it is a formula is a guess there. Where nothing has delimiters, a text is simply plain."""
    maths = [item for item in items if isinstance(item, Math) and not item.name]
    delimited = {math.place.block for math in maths if not math.plain and "=" in math.span.text}
    guessed = [math for math in maths if math.plain and "=" in math.span.text and math.place.block in delimited]
    return [
        Diagnostic(
            "warning",
            "undelimited-formula",
            f"{math.span.text} stands among words, outside any formula, and is read as an equation",
            math.span,
            f"write ${math.span.text}$",
        )
        for math in guessed
    ]
