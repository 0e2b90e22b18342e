"""What the parameters of families may be, where they are symbols."""

from collections.abc import Iterator

from chainrule.algebra.normal_form import normal_form
from chainrule.graph.node import Apply, Node
from chainrule.inference.distributions.information import Information
from chainrule.probability.distribution import Distribution
from chainrule.probability.families.family import Domain
from chainrule.solving.context import Context
from chainrule.solving.information.said import DIVIDING

COMPARED: dict[Domain, str] = {
    "positive": "{} > 0",
    "non-negative": "{} ≥ 0",
    "probability": "0 ≤ {} ≤ 1",
    "positive probability": "0 < {} ≤ 1",
    "count": "{} a whole number from 1 on",
    "integer": "{} a whole number",
    "probabilities": "{} with entries that are not negative and sum to 1",
    "positive vector": "{} with positive entries",
    "positive definite": "{} symmetric and positive definite",
}
INSIDE: dict[Domain, str] = {"non-negative": "{} > 0", "probability": "0 < {} < 1", "positive probability": "0 < {} < 1"}
"""Of a distribution that is divided by: at the ends an outcome loses its probability."""
ALWAYS_INSIDE = ("exp", "sigmoid", "softplus", "softmax")
"""Operations whose values are in the domains that people use them for."""


def domains_of(context: Context, information: Information) -> Iterator[str]:
    """`for 0 ≤ p ≤ 1, 0 < q < 1`, and what the value is at the ends of the second one."""
    found: list[str] = []
    infinite = False
    for k, distribution in enumerate(information.distributions):
        own = distribution.family.parameters if distribution.family is not None else ()
        inside = INSIDE if k and information.quantity.name in DIVIDING else {}
        for parameter, node in distribution.given or zip(own, distribution.parameters, strict=True):
            words = inside.get(parameter.domain) or COMPARED.get(parameter.domain)
            if words is not None and context.extended(node) is None and not _is_inside(node):
                found.append(words.format(context.formula(normal_form(node)).unicode))
                infinite |= parameter.domain in inside
        found += _ordered(context, distribution)
    if found:
        yield f"for {', '.join(dict.fromkeys(found))}"
    if infinite:
        yield "infinite at the ends where the second distribution gives no probability to an outcome of the first"


def _ordered(context: Context, distribution: Distribution) -> Iterator[str]:
    """`a < b` of two ends, where one of them is a symbol."""
    family = distribution.family
    if family is None or not family.ordered or None not in map(context.extended, distribution.parameters):
        return
    first, last = (context.formula(normal_form(node)).unicode for node in distribution.parameters)
    yield f"{first} {'≤' if family.support.discrete else '<'} {last}"


def _is_inside(node: Node) -> bool:
    return isinstance(node, Apply) and node.operation.name in ALWAYS_INSIDE
