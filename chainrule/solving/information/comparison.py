"""Which of two values is the larger one, and by how much."""

from dataclasses import replace
from math import isclose

from chainrule.errors import NameFault
from chainrule.solving.answer import Answer, Formula
from chainrule.solving.context import tree_formula
from chainrule.solving.information.symmetry import SAME, shown_value, with_unit
from chainrule.source import Span
from chainrule.syntax.tree import Relation, Tree
from chainrule.typesetting import latex, unicode


def comparison_answer(
    first: Answer, second: Answer, trees: tuple[Tree, Tree], span: Span, verdict: tuple[str, str] | None = None
) -> Answer:
    """The statement about two answers in one unit. Raises NameFault where one of them is no number.

    verdict: what follows where the first is the larger one, and where the second is.
    """
    a, b = first.value, second.value
    one, other = trees
    if not isinstance(a, float) or not isinstance(b, float):
        message = f"{unicode(one)} and {unicode(other)} cannot be compared: one of them has no number"
        raise NameFault("not-compared", message, span, "give the numbers that they need")
    same = a == b or isclose(a, b, rel_tol=SAME)
    sign = "=" if same else ">" if a > b else "<"
    said = f"{unicode(one)} {shown_value(a, first.unit)} and {unicode(other)} {shown_value(b, second.unit)}"
    gap = shown_value(abs(a - b), first.unit).removeprefix("= ")
    larger = f"{unicode(one if a > b else other)} is the larger one, by {gap}"
    meant = larger if verdict is None else f"{verdict[0 if a > b else 1]}; {larger}"
    text = f"{said}: they are equal" if same else f"{said}: {meant}"
    sides = (one, with_unit(a, first.unit), with_unit(b, second.unit), other)
    formula = Formula(latex(Relation(("=", sign, "="), sides)), text, text)
    kept = replace(first, kind="statement", symbol=tree_formula(Relation((sign,), (one, other))), formula=formula, value=None)
    return replace(kept, unit=None, shape=None, code=None, where=(), needs=(), steps=(), worked=(), table=None, conventions=())
