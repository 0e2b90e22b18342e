"""The sizes of dimensions in generated code: a number where it is one, else read off the shape of a parameter."""

from collections.abc import Mapping, Sequence

from chainrule.codegen.expression import Expression, Precedence
from chainrule.errors import CodeError
from chainrule.graph.dimension import Dimension, Monomial, Shape


class Sizes:
    """`shown`: parameters with their shapes. `numbers`: sizes that no parameter shows but the sheet's values do.

    `used` collects the parameters whose shapes were read.
    """

    def __init__(self, shown: Sequence[tuple[str, Shape]], numbers: Mapping[str, int]) -> None:
        self._shown = shown
        self._numbers = numbers
        self.used: set[str] = set()
        self._symbols = _solve(shown)

    def text(self, size: Dimension) -> Expression:
        """Raises CodeError `missing-size` where a size symbol is in no shape and has no number."""
        if size.number is not None:
            return Expression(str(size.number))
        for name, shape in self._shown:
            if size in shape:
                self.used.add(name)
                return Expression(f"{name}.shape[{shape.index(size)}]")
        return self._polynomial(size)

    def shape(self, shape: Shape) -> str:
        """The text of a shape: `W.shape` where a parameter has it, else a tuple."""
        for name, own in self._shown:
            if own == shape and any(d.number is None for d in shape):
                self.used.add(name)
                return f"{name}.shape"
        parts = [self.text(d).text for d in shape]
        return f"({', '.join(parts)}{',' * (len(parts) == 1)})"

    def _polynomial(self, size: Dimension) -> Expression:
        positive = sorted(size.terms, key=lambda term: term[1] < 0)
        text = ""
        for monomial, count in positive:
            sign = (" - " if count < 0 else " + ") if text else "-" if count < 0 else ""
            text += sign + self._term(monomial, abs(count))
        products = len(size.terms) == 1 and positive[0][1] > 0
        one = products and " " not in text
        return Expression(text, Precedence.ATOM if one else Precedence.PRODUCT if products else Precedence.SUM)

    def _term(self, monomial: Monomial, count: int) -> str:
        factors = [str(count)] if count != 1 or not monomial else []
        return " * ".join([*factors, *(self._symbol(symbol) for symbol in monomial)])

    def _symbol(self, symbol: str) -> str:
        if symbol in self._symbols:
            name, axis, above, below = self._symbols[symbol]
            self.used.add(name)
            text = f"{name}.shape[{axis}]"
            if above.terms:
                text = f"({text} - {self._polynomial(above).within(Precedence.MATMUL)})"
            if below.number != 1:
                text = f"({text} // {self._polynomial(below).within(Precedence.ATOM)})"
            return text
        if symbol in self._numbers:
            return str(self._numbers[symbol])
        raise CodeError("missing-size", f"the size {symbol} is in no value and in no shape of a parameter")


Solved = tuple[str, int, Dimension, Dimension]
"""(parameter, axis, rest, slope): the symbol is (parameter.shape[axis] - rest) // slope."""


def _solve(shown: Sequence[tuple[str, Shape]]) -> dict[str, Solved]:
    """Each size symbol from the first axis that has it linearly, with symbols that are known by then."""
    known: dict[str, Solved] = {}
    axes = [(name, axis, d) for name, shape in shown for axis, d in enumerate(shape)]
    progress = True
    while progress:
        progress = False
        for name, axis, size in axes:
            new = [symbol for symbol in size.symbols if symbol not in known]
            if len(new) == 1 and (parts := _linear(size, new[0])):
                known[new[0]] = (name, axis, *parts)
                progress = True
    return known


def _linear(size: Dimension, symbol: str) -> tuple[Dimension, Dimension] | None:
    """(rest, slope) with size = rest + slope * symbol; None where the symbol is in a higher power."""
    if any(monomial.count(symbol) > 1 for monomial, _ in size.terms):
        return None
    rest = Dimension(tuple(term for term in size.terms if symbol not in term[0]))
    slope = Dimension(tuple((_without(monomial, symbol), c) for monomial, c in size.terms if symbol in monomial))
    return rest, slope


def _without(monomial: Monomial, symbol: str) -> Monomial:
    return tuple(other for other in monomial if other != symbol)
