r"""Quantities of distributions: `D_{KL}(P \parallel Q)`, `H(p)`, `I(x)` with what their arguments are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.graph.operation import Operation
from chainrule.inference.distributions.arguments import (
    Argument,
    bernoulli,
    is_number,
    on_common_outcomes,
    outcome_of,
    read_argument,
    require_parametrisations,
)
from chainrule.inference.distributions.closed import body_of, of_one_family
from chainrule.inference.distributions.notation import Written, head_word
from chainrule.inference.distributions.quantity import Reading
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import is_probability, letter, span_text
from chainrule.probability.quantities import Quantity
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Relation, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

GENERATORS = tuple(map(Name, ("f", "g", "F", "G", "\\phi", "\\varphi", "\\psi", "\\Phi", "\\Psi")))
"""Letters below a D that are functions and no orders."""


BINARY = frozenset(("H_b", "h_b", "h_2"))
"""Heads of the entropy of two outcomes, of which one has the probability in the bracket."""


def of_arguments(reader: Reader, found: Written, quantity: Quantity) -> Reading:
    if quantity.name == "surprisal":
        return _of_outcome(reader, found, quantity)
    if found.order is not None and letter(found.order) in GENERATORS and not reader.knows(found.order):
        raise _no_generator(found)
    arguments = tuple(read_argument(reader, tree) for tree in found.arguments)
    require_parametrisations(arguments)
    arguments = on_common_outcomes(_without_numbers(reader, found, quantity, arguments), found.span)
    arguments = of_one_family(reader, quantity, arguments)
    order = None if found.order is None else reader.read(found.order)
    return Reading(quantity, arguments, order, body_of(reader, found, quantity, arguments, order))


def _without_numbers(
    reader: Reader, found: Written, quantity: Quantity, arguments: tuple[Argument, ...]
) -> tuple[Argument, ...]:
    """The arguments with the distribution of 0 and 1 for each that is the probability of 1, which is said.

    Raises NameFault where it is not clear whether a binary entropy is meant.
    """
    plain = [a for a in arguments if a.body is not None and a.family is None and a.table is None]
    single = any(a.body is not None and is_number(reader, a.body) for a in plain)
    if (head_word(found.head) in BINARY and not single) or (quantity.order and len(arguments) == 1 and single):
        message = f"{span_text(found.span)} can be a binary entropy, of one number, or an entropy that 2 or b says more of"
        raise NameFault("ambiguous-quantity", message, found.span, "write H for the entropy; of one number p, H([p, 1 - p])")
    if not single:
        return arguments
    for argument in plain:
        variable = len(arguments) == 1 and _is_random(argument.symbol)
        if argument.body is not None and (variable or not _may_be_probability(argument.body)):
            text = span_text(argument.symbol.span)
            message = f"{text} is one number, and the {quantity.title} is of a distribution"
            hint = f"of the outcomes 0 and 1 write [1 - r, r] with r = {text}"
            raise NameFault("number-as-distribution", message, argument.symbol.span, hint)
    said = " and ".join(span_text(argument.symbol.span) for argument in plain)
    message = f"{said}: a number stands for the distribution of 0 and 1 in which it is the probability of 1"
    reader.note("number-as-bernoulli", message, found.arguments[0])
    return tuple(bernoulli(argument) if argument in plain else argument for argument in arguments)


def _is_random(symbol: Tree) -> bool:
    """Whether a name is a capital one that stands for no probability: a value of a random variable is no distribution of it."""
    return isinstance(symbol, Name) and len(symbol.text) == 1 and symbol.text.isupper() and not is_probability(symbol)


def _may_be_probability(body: Tree) -> bool:
    """Whether a number is computed of numbers and names alone, or is what a sigmoid makes: no density, logarithm or mean is."""
    if isinstance(body, Applied):
        return isinstance(body.function, Operation) and body.function.name == "sigmoid"
    return not any(isinstance(part, Applied) for part in walk(body))


def _no_generator(found: Written) -> NameFault:
    """Of `D_f(P || Q)` where f is nothing: it is no order."""
    said = span_text(found.order.span) if found.order is not None else ""
    message = f"{span_text(found.span)} is a divergence that the function {said} makes, and nothing defines {said}"
    hint = f"define it, {said}(t) = t \\log t; the order of a Rényi divergence is a number or a letter such as \\alpha"
    return NameFault("undefined-function", message, found.span, hint)


def _of_outcome(reader: Reader, found: Written, quantity: Quantity) -> Reading:
    """The surprisal of an outcome, or of its probability."""
    (tree,) = found.arguments
    body = reader.read(outcome_of(reader, tree) or tree)
    symbol = Juxtaposition((Name("P"), Bracket("(", (tree,))), span=tree.span) if isinstance(tree, Relation) else tree
    return Reading(quantity, (Argument(symbol, body),), None, Applied(quantity.operation, (body,), span=found.span))
