r"""Numbers for names that have a formula, `\hat{y} = 0.8` beside `\hat{y} = \sigma(z)`, where z has no value: they hold, and
what is computed from such a name is computed from its number. Where the formula has an inverse so is what it is made of.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import isfinite

from chainrule.errors import Diagnostic, EvaluationError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Apply, Named, Variable, postorder
from chainrule.inference.claims import check_claims, reached_value
from chainrule.inference.literals import Exact
from chainrule.inference.network import Network
from chainrule.inference.statements import Claim, Given
from chainrule.inference.symbols import span_text
from chainrule.ops.table import operations
from chainrule.syntax.tree import Number, Sum, Tree

UNUSED = "given-and-defined"


def with_reached(network: Network, overruled: Sequence[Given]) -> Network:
    """The network with the values that such numbers say, one for a name."""
    found: dict[Tree, Exact] = {}
    used: list[Given] = []
    for given in overruled:
        pair = reached_value(network, given.name, given.literal)
        if pair is not None and given.name not in network.reached and [each.name for each in overruled].count(given.name) == 1:
            found[given.name] = pair[1]
            used.append(given)
    network = _with_compared(network, [each for each in overruled if each not in used])
    if not found:
        return network
    inverse = [pair for name, value in found.items() for pair in _argument(network, name, value)]
    kept = [d for d in network.diagnostics if not (d.code == UNUSED and any(d.span == each.span for each in used))]
    said = (f"{span_text(each.span)} holds, and what its formula is made of has no other value" for each in used)
    notes = (Diagnostic("note", "number-for-formula", text, each.span) for text, each in zip(said, used, strict=True))
    return replace(network, reached={**dict(inverse), **network.reached, **found}, diagnostics=(*kept, *notes))


def _with_compared(network: Network, overruled: Sequence[Given]) -> Network:
    """The network without what is said of numbers that the formulas give too; of others with what those give."""
    claims = {each.span: claim for each in overruled if (claim := _claim(network, each)) is not None}
    told = {span: check_claims(network, [claim]) for span, claim in claims.items()}
    kept: list[Diagnostic] = []
    for fault in network.diagnostics:
        if fault.code != UNUSED or fault.span not in told:
            kept.append(fault)
        elif said := told[fault.span]:
            kept.append(replace(fault, message=f"{said[0].message}, so the number is not used"))
    return replace(network, diagnostics=tuple(kept)) if told else network


def _claim(network: Network, given: Given) -> Claim | None:
    """That a quantity with a value has the number which is given for it."""
    node = network.names.get(given.name)
    leaves = [leaf for leaf in postorder(node) if isinstance(leaf, Variable)] if isinstance(node, Named) else []
    if not leaves or node is None or node.shape or any(leaf.symbol not in network.values for leaf in leaves):
        return None
    said = span_text(given.span).rpartition("=")[2].strip()
    value = given.literal.rows[0][0]
    if len(given.literal.rows) != 1 or len(given.literal.rows[0]) != 1:
        return None
    number = Number(abs(value), said.lstrip("-− "), span=given.span)
    return Claim(given.name, Sum((-1,), (number,), span=given.span) if value < 0 else number, given.span)


def _argument(network: Network, name: Tree, value: Exact) -> list[tuple[Tree, Exact]]:
    r"""The number of the z of `\sigma(z)`, which has none otherwise."""
    node = network.names[name]
    body = node.body if isinstance(node, Named) else None
    if not isinstance(body, Apply) or len(body.arguments) != 1 or not isinstance(value, Fraction):
        return []
    (argument,) = body.arguments
    operation = next((each for each in operations() if each.name == body.operation.inverse), None)
    if operation is None or not isinstance(argument, Named | Variable) or argument.shape:
        return []
    if not any(isinstance(leaf, Variable) and leaf.symbol not in network.values for leaf in postorder(argument)):
        return []
    try:
        (found,) = evaluate([build.apply(operation, build.constant(value))], {})
    except EvaluationError:
        return []
    number = complex(found.item())
    known = not number.imag and isfinite(number.real)
    return [(argument.symbol, Fraction(number.real))] if known else []
