"""The body of a generated function as it grows: lines of assignments, short enough to read."""

from collections.abc import Iterable
from dataclasses import replace

from chainrule.codegen.expression import Expression, Precedence
from chainrule.codegen.identifiers import Identifiers

WIDTH = 76
"""The longest expression on one line; longer ones have parts named first."""

SIMPLE = 12
"""An atom up to this length gains nothing by a name."""


class Scope:
    """Assignments in order, and the identifiers taken."""

    def __init__(self, identifiers: Identifiers) -> None:
        self.lines: list[str] = []
        self.identifiers = identifiers

    def assign(self, name: str, value: Expression) -> Expression:
        """`name = value`; the name stands for the value from here on."""
        self.lines.append(f"{name} = {value.text}")
        return Expression(name, Precedence.ATOM, value.axes)

    def named(self, value: Expression) -> Expression:
        """The value under a temporary name, unless it is as simple as a name already."""
        return value if is_simple(value) else self.assign(self.identifiers.temporary(), value)

    def shortened(self, values: Iterable[Expression], room: int = WIDTH) -> list[Expression]:
        """The values, the longest ones named until all of them together fit into the room."""
        kept = list(values)
        excess = sum([len(value.text) + 3 for value in kept]) - room
        if excess <= 0:
            return kept
        for k in sorted(range(len(kept)), key=lambda k: -len(kept[k].text)):
            if excess <= 0:
                break
            new = self.named(kept[k])
            excess -= len(kept[k].text) - len(new.text)
            kept[k] = new
        return kept

    def multiplied(self, factors: Iterable[Expression]) -> Expression:
        """The elementwise product of at least one factor, reciprocals as divisions."""
        every = list(factors)
        above = [f for f in every if f.denominator is None]
        below = [f for f in every if f.denominator is not None]
        result, *rest = above + below
        for factor in rest:
            result, factor = self._pair(result, factor)
            if factor.denominator is not None:
                text = f"{result.within(Precedence.PRODUCT)} / {factor.denominator.within(Precedence.SIGN)}"
            else:
                text = f"{result.within(Precedence.PRODUCT)} * {factor.within(Precedence.SIGN)}"
            result = Expression(text, Precedence.PRODUCT)
        return result

    def added(self, terms: Iterable[tuple[bool, Expression]]) -> Expression:
        """The sum of terms, those marked True subtracted; a term to add comes first where there is one."""
        every = sorted(terms, key=lambda term: term[0]) if _starts_negative(terms := list(terms)) else terms
        (negative, result), *rest = every
        if negative:
            result = Expression(f"-{result.within(Precedence.PRODUCT)}", Precedence.SIGN)
            if rest or " " in result.text:
                result = replace(result, precedence=Precedence.PRODUCT)
        for negative, term in rest:
            result, term = self._pair(result, term)
            text = f"{result.text} {'-' if negative else '+'} {term.within(Precedence.MATMUL)}"
            result = Expression(text, Precedence.SUM)
        return result

    def _pair(self, left: Expression, right: Expression) -> tuple[Expression, Expression]:
        left, right = self.shortened((left, right))
        return left, right


def is_simple(value: Expression) -> bool:
    """Is this a name, a number, a transposed name: something as short as a name for it would be?"""
    return value.precedence >= Precedence.SIGN and len(value.text) <= SIMPLE and "(" not in value.text


def _starts_negative(terms: list[tuple[bool, Expression]]) -> bool:
    return bool(terms) and terms[0][0]
