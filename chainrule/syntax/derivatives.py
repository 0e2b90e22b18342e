r"""`\frac{\partial r}{\partial x}`, `\partial r/\partial x`, `\partial_x r`, `\frac{dL}{dw}`, `\nabla_W L`."""

from dataclasses import replace
from fractions import Fraction
from typing import Literal, NoReturn

from chainrule.syntax.arguments import argument
from chainrule.syntax.atoms import read_fraction
from chainrule.syntax.brackets import items_until, open_partner
from chainrule.syntax.functions import is_applied
from chainrule.syntax.messages import spelled, stray
from chainrule.syntax.reader import SUM, Reader
from chainrule.syntax.scripts import gather, script_items
from chainrule.syntax.tokens import Token
from chainrule.syntax.tree import Bracket, Derivative, Juxtaposition, Name, Number, Subscript, Superscript, Tree

Symbol = Literal["partial", "d", "nabla"]
_DIFFERENTIALS: dict[str, Symbol] = {"\\partial": "partial", "\\d": "d"}
HIGHEST_ORDER = 10
TRANSPOSES = (Name("\\top"), Name("T"), Name("\\intercal"))


def read_fraction_or_derivative(reader: Reader, token: Token) -> Tree:
    r"""`\frac`: a derivative if a differential opens both its numerator and its denominator."""
    if reader.token.text == "{" and reader.peek().text in (*_DIFFERENTIALS, "d"):
        below = open_partner_at(reader, reader.index) + 1
        lower = reader.tokens[below + 1] if reader.tokens[below].text == "{" else reader.tokens[below]
        if {reader.peek().text, lower.text} == {"\\partial", "d"}:
            _refuse_mixed(reader, reader.peek(), lower)
        if reader.peek().text in _DIFFERENTIALS and lower.text in _DIFFERENTIALS and reader.tokens[below].text == "{":
            return _fraction(reader, token)
    return read_fraction(reader, token)


def open_partner_at(reader: Reader, index: int) -> int:
    """The partner of a bracket not yet stepped over."""
    here = reader.index
    reader.jump(index + 1)
    partner = open_partner(reader, reader.tokens[index])
    reader.jump(here)
    return partner


def _fraction(reader: Reader, token: Token) -> Tree:
    reader.advance()
    symbol = reader.advance()
    order = _order(reader)
    of = None if reader.token.text == "}" else reader.expression(SUM)
    _expect(reader, "}")
    brace = reader.advance()
    open_partner(reader, brace)
    variables = _variables(reader, symbol, None)
    _expect(reader, "}")
    return _derivative(reader, token, symbol, order, of, variables)


def _expect(reader: Reader, text: str) -> None:
    if not reader.accept(text):
        raise stray(reader.source, reader.token)


def _order(reader: Reader) -> int:
    r"""The 2 of `\partial^2 f`; 1 where none is written."""
    if reader.token.text != "^":
        return 1
    token = reader.advance()
    items = script_items(reader)
    value = items[0].value if len(items) == 1 and isinstance(items[0], Number) else None
    if value is None or value.denominator != 1 or not 1 <= value <= HIGHEST_ORDER:
        message = f"the order of a derivative is a whole number from 1 to {HIGHEST_ORDER}"
        reader.fail("derivative-order", message, reader.over(token))
    return int(value)


def _variables(reader: Reader, symbol: Token, order: int | None) -> list[Tree]:
    r"""`\partial x \partial y`; with an order, one factor a variable and no more than that many."""
    variables: list[Tree] = []
    while reader.token.text in _DIFFERENTIALS and (order is None or sum(map(_power, variables)) < order):
        if reader.token.text != symbol.text:
            _refuse_mixed(reader, symbol, reader.token)
        reader.advance()
        variables.append(reader.factor() if order is not None else _differentiated(reader))
    return variables


def _refuse_mixed(reader: Reader, above: Token, below: Token) -> NoReturn:
    message = f"{spelled(reader.source, above)} above stands with {spelled(reader.source, below)} below"
    reader.fail("mixed-differentials", message, reader.over(below), "write the same symbol in both")


def _differentiated(reader: Reader) -> Tree:
    """Factors up to the next differential."""
    start = reader.token.start
    items = [reader.factor()]
    while reader.starts_factor() and reader.token.text not in _DIFFERENTIALS:
        items.append(reader.factor())
    return reader.juxtaposed(items, start)


def _power(variable: Tree) -> int:
    if isinstance(variable, Superscript) and isinstance(variable.exponent, Number) and variable.exponent.value.denominator == 1:
        return max(1, min(int(variable.exponent.value), HIGHEST_ORDER + 1))
    return 1


def _repeated(variable: Tree) -> list[Tree]:
    """x, x for x^2."""
    count = _power(variable)
    return [variable.base] * count if isinstance(variable, Superscript) and count > 1 else [variable]


def _derivative(reader: Reader, token: Token, symbol: Token, order: int, of: Tree | None, variables: list[Tree]) -> Tree:
    r"""`\partial x^2` is x twice where the order above says so, else a variable with a superscript."""
    span = reader.since(token.start)
    if len(variables) != order:
        variables = [each for variable in variables for each in _repeated(variable)]
    if len(variables) != order:
        message = f"the order above is {order}, but below stand {len(variables)} variables"
        reader.fail("derivative-order", message, span, "write \\partial^2 f over \\partial x \\partial y")
    return Derivative(_DIFFERENTIALS[symbol.text], of, tuple(variables), span=span)


def read_short_derivative(reader: Reader, token: Token) -> Tree:
    r"""`\pdv{f}{x}`, `\pdv{f}{x}{y}`, `\pdv[2]{f}{x}`, `\dv{x}` of the physics package."""
    order = 1
    if reader.token.text == "[":
        bracket = reader.advance()
        open_partner(reader, bracket)
        items, _ = items_until(reader, "]")
        value = items[0].value if len(items) == 1 and isinstance(items[0], Number) else Fraction(0)
        if value.denominator != 1 or not 1 <= value <= HIGHEST_ORDER:
            message = f"the order of a derivative is a whole number from 1 to {HIGHEST_ORDER}"
            reader.fail("derivative-order", message, reader.over(bracket))
        order = int(value)
    first = argument(reader, token)
    rest: list[Tree] = []
    while reader.token.text == "{" and len(rest) < 2:
        rest.append(argument(reader, token))
    by = rest * order if len(rest) < 2 else rest
    symbol: Symbol = "partial" if token.text == "\\pdv" else "d"
    return Derivative(symbol, first if rest else None, tuple(by) or (first,) * order, span=reader.since(token.start))


def read_differential(reader: Reader, token: Token) -> Tree:
    r"""`\partial r/\partial x`, `dL/dw`, `\partial_x r`: the symbol has been stepped over."""
    if reader.token.text == "_":
        return read_gradient(reader, token)
    reader.enter()
    order = _order(reader)
    of = None if reader.token.text == "/" or not reader.starts_factor() else _differentiated(reader)
    if reader.token.text != "/" or not _opens_below(reader):
        name = spelled(reader.source, token)
        message = f"{name} stands here without a second {name} to divide by"
        reader.fail("stray-differential", message, reader.over(token), "write \\frac{\\partial f}{\\partial x}")
    reader.advance()
    if reader.accept("("):
        variables = _variables(reader, token, None)
        _expect(reader, ")")
    else:
        variables = _variables(reader, token, order)
    reader.depth -= 1
    return _derivative(reader, token, token, order, of, variables)


def _opens_below(reader: Reader) -> bool:
    following = reader.peek(2) if reader.peek().text == "(" else reader.peek()
    return following.text in _DIFFERENTIALS


def read_gradient(reader: Reader, token: Token) -> Tree:
    r"""`\partial_x f` and `\nabla_W L`, `\nabla^2_x f`, `\nabla f`."""
    scripts = gather(reader)
    order = scripts.exponent
    count = int(order.value) if isinstance(order, Number) and order.value in (1, 2, 3) else 1 if order is None else 0
    name = spelled(reader.source, token)
    if not count or scripts.primes or (len(scripts.items) > 1 and count > 1):
        message = f"{name} takes an order from 1 to 3"
        reader.fail("derivative-order", message, reader.over(token), f"write {name}_x f, or {name}_x^2 f")
    if not reader.starts_factor():
        reader.fail("missing-body", f"nothing follows {name}", reader.over(token), f"write {name}_x f")
    reader.enter()
    kind: Symbol = _DIFFERENTIALS.get(token.text, "nabla")
    of, transpose = _operand(reader, name, whole=bool(scripts.items) or kind != "nabla")
    reader.depth -= 1
    span = reader.since(token.start)
    by = tuple(scripts.items)
    if len(by) > 1:
        by = (Bracket("(", by, (",",) * (len(by) - 1), span=span),)
    if not by:
        for _ in range(count - 1):
            of = Derivative(kind, of, (), span=span)
    gradient = Derivative(kind, of, by * count, span=span)
    return gradient if transpose is None else replace(transpose, base=gradient, span=span)


def _operand(reader: Reader, name: str, *, whole: bool) -> tuple[Tree, Superscript | None]:
    r"""One bracket, one name with its arguments, or the product that follows, which is said.

    And the transpose behind the arguments of `\nabla F(q)^\top (p - q)`: it is that of the gradient. whole: it is not, as in
    `\nabla_x f(x)^\top g(x)`, where f may have several values.
    """
    start = reader.token.start
    first = reader.factor()
    if isinstance(first, Bracket) or not reader.starts_factor():
        return first, None
    items = [first]
    while reader.starts_factor():
        items.append(reader.factor())
        last = items[-1]
        if whole or len(items) > 2 or not (isinstance(last, Superscript) and isinstance(last.base, Bracket)):
            continue
        if last.exponent in TRANSPOSES and last.base.kind == "(" and isinstance(first, Name | Subscript):
            return Juxtaposition((first, last.base), span=reader.since(start)), last
    tree = reader.juxtaposed(items, start)
    if not is_applied(tree) and isinstance(tree, Juxtaposition) and tree.span:
        message = f"{name} was read as the derivative of all of {tree.span.text}"
        reader.warn("ambiguous-gradient", message, tree.span, "write parentheses around what is differentiated")
    return tree, None
