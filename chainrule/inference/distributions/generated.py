r"""Divergences that a function of the text makes: `D_f(P \| Q)`, the sum of q f(p / q), and `B_F(p, q)`, that of Bregman."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.define import called_function, is_of_array
from chainrule.inference.distributions.arguments import is_number, on_common_outcomes, read_argument
from chainrule.inference.resolved import Applied, Macro
from chainrule.inference.symbols import could_be_name, is_capital, join_spans, key, span_text
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Prime, Product, Quotient, Subscript, Sum, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


_OF_RATIOS = (Name("f"), Name("g"), Name("h"))
"""Functions of a ratio, also where a comma stands between the arguments."""


def read_generated(reader: Reader, head: Tree, bracket: Bracket) -> Tree | None:
    """The resolved divergence; None where nothing below the head is a function of the text.

    Raises NameFault where the arguments have different outcomes, SyntaxFault where the function is not one of a number.
    """
    generator = generator_of(reader, head)
    if generator is None or not isinstance(head, Subscript) or len(bracket.items) != 2:
        return None
    span = join_spans((head, bracket))
    pair = on_common_outcomes(tuple(read_argument(reader, tree) for tree in bracket.items), span)
    bodies = [argument.body for argument in pair if argument.body is not None]
    if len(bodies) < 2:
        return None
    p, q = bodies
    bars, letter = tuple(bracket.separators) == ("||",), generator in _OF_RATIOS and not is_number(reader, p)
    if head.base == Name("D") and (bars or letter) and not _is_of_vectors(reader, generator):
        if not bars:
            reader.note(
                "of-ratios", f"{span_text(span)} is read as an f-divergence, the sum of q f(p/q)", head, "write B for Bregman's"
            )
        return _of_ratios(reader, generator, p, q, Juxtaposition((head, bracket), span=span))
    if head.base == Name("D"):
        message = f"{span_text(span)} is read as the Bregman divergence, F(p) - F(q) less the slope at q times p - q"
        reader.note("bregman", message, head, "write a small letter for a divergence of ratios, q f(p/q)")
    return _of_bregman(reader, generator, p, q, Juxtaposition((head, bracket), span=span))


def generator_of(reader: Reader, head: Tree) -> Tree | None:
    """The function of the text below the head of a divergence that it makes, the f of `D_f`; None below any other head."""
    if not (isinstance(head, Subscript) and len(head.items) == 1) or reader.knows(head):
        return None
    (generator,) = head.items
    made = head.base in (Name("D"), Name("B")) and could_be_name(generator)
    return generator if made and called_function(reader, key(generator)) is not None else None


def _is_of_vectors(reader: Reader, generator: Tree) -> bool:
    r"""Whether a function is that of a Bregman divergence, `F(x) = \sum_i x_i \log x_i`: a large letter, or one of an array."""
    function = called_function(reader, key(generator))
    of_array = is_of_array(function.body) if isinstance(function, Macro) else function is not None and not function.elementwise
    return of_array or is_capital(generator)


def _of_ratios(reader: Reader, generator: Tree, p: Tree, q: Tree, whole: Tree) -> Tree:
    """The sum of q f(p / q)."""
    function = called_function(reader, key(generator))
    if function is None or isinstance(function, Macro) or not function.elementwise:
        message = f"{span_text(generator.span)} is no function of one number, as the divergence that it makes needs it"
        raise SyntaxFault("unsupported-generator", message, whole.span, "define it with one argument: f(t) = t \\log t")
    values = Applied(function, (Quotient(p, q, operator="./", span=whole.span),), span=whole.span)
    return Product("inner", (q, values), span=whole.span)


def _of_bregman(reader: Reader, generator: Tree, p: Tree, q: Tree, whole: Tree) -> Tree:
    """F(p) - F(q) - <gradient of F at q, p - q>."""
    at_p, at_q = (_summed(reader, generator, _called(reader, generator, argument, whole)) for argument in (p, q))
    slope = _called(reader, Prime(generator, 1, span=generator.span), q, whole)
    product = "" if is_number(reader, p) else "inner"
    away = Sum((1, -1), (p, q), span=whole.span)
    return Sum((1, -1, -1), (at_p, at_q, Product(product, (slope, away), span=whole.span)), span=whole.span)


def _summed(reader: Reader, generator: Tree, value: Tree) -> Tree:
    """The sum over the entries, for a function of each entry."""
    function = called_function(reader, key(generator))
    each = function is not None and not isinstance(function, Macro) and function.elementwise
    return Applied(reader.operation("sum"), (value,), span=value.span) if each else value


def _called(reader: Reader, head: Tree, argument: Tree, whole: Tree) -> Tree:
    """The function at an argument that is resolved already."""
    return reader.read(Juxtaposition((head, Bracket("(", (argument,), span=whole.span)), span=whole.span))
