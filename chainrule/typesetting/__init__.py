"""Tree -> text: one printer driven by precedence, one dialect a target."""

from chainrule.typesetting.extent import elide
from chainrule.typesetting.latex import latex
from chainrule.typesetting.numbers import array, digits
from chainrule.typesetting.plain import plain
from chainrule.typesetting.typst import typst
from chainrule.typesetting.unicode import unicode

__all__ = ["array", "digits", "elide", "latex", "plain", "typst", "unicode"]
