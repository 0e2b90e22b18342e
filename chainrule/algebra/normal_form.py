"""The normal form: the same value in the same words, whatever order it was written in.

Rewriting goes from the operands up and stops when no rule applies. Each rule lowers, in the order of this list, the first
of these measures that it changes: entries and sizes not yet taken out, products and sums inside their like, factors and
terms, scalar parts not yet apart, numbers inside a sum that could stand in front, minus signs in front of differences,
disorder. Named quantities are leaves. Sums are not multiplied out and products not factored, numbers excepted.
"""

from collections import Counter
from collections.abc import Mapping

from chainrule.algebra.powers import POWER_RULES
from chainrule.algebra.products import PRODUCT_RULES, gather_product
from chainrule.algebra.selections import SELECTION_RULES
from chainrule.algebra.sums import SUM_RULES, gather_sum
from chainrule.algebra.transposes import TRANSPOSE_RULES
from chainrule.graph.node import Add, Apply, Contract, Node, postorder
from chainrule.graph.step import Rule, Step
from chainrule.graph.walk import opaque, rebuild

RULES: dict[type[Node], tuple[Rule, ...]] = {
    Add: SUM_RULES,
    Contract: (*PRODUCT_RULES, *SELECTION_RULES),
    Apply: (*POWER_RULES, *TRANSPOSE_RULES),
}
"""The first rules of sums and products are those that `_gathered` uses ahead of time."""


MOST_REWRITES = 60
"""A term that takes more looks than so many a node is left as it is: what it says is right, if not simple."""


def normal_form(root: Node, trace: list[Step] | None = None) -> Node:
    """The normal form of a term. A Named quantity is a leaf, also as the root: pass its body to simplify that.

    trace: where given, a step is appended for each use of a rule, except for those that only put things in order.
    """
    order = postorder(root, into=opaque)
    uses = Counter(o for node in order for o in opaque(node))
    left = MOST_REWRITES * (10 + len(order))
    done: dict[Node, Node] = {}
    becomes: dict[Node, Node] = {}
    waiting = [root]
    while waiting:
        left -= 1
        if left < 0:
            return root
        node = waiting[-1]
        if node in done:
            waiting.pop()
            continue
        if node not in becomes and (gathered := _gathered(node, uses)) is not node:
            becomes[node] = gathered
            _record(trace, RULES[type(node)][0], node, gathered)
        needed = (becomes[node],) if node in becomes else opaque(node)
        missing = [n for n in needed if n not in done]
        if missing:
            waiting.extend(reversed(missing))
        elif node in becomes:
            done[node] = done[becomes[node]]
        else:
            new = _next(node, tuple(done[o] for o in needed), trace)
            if new is node:
                done[node] = node
            else:
                becomes[node] = new
    return done[root]


def _gathered(node: Node, uses: Mapping[Node, int]) -> Node:
    """The first rule of sums and of products, for all that nothing else uses at once: each long chain is looked at once."""
    match node:
        case Add(terms=terms) if len(terms) > 1:
            return gather_sum(node, lambda n: uses.get(n, 0) == 1)
        case Contract():
            return gather_product(node, lambda n: uses.get(n, 0) == 1)
        case _:
            return node


def _next(node: Node, operands: tuple[Node, ...], trace: list[Step] | None) -> Node:
    """The node over its simplified operands; where they are its own, the node after the first rule that applies."""
    if any(new is not old for new, old in zip(operands, opaque(node), strict=True)):
        return rebuild(node, operands)
    for rule in RULES.get(type(node), ()):
        new = rule.build(node)
        if new is not None and new is not node:
            _record(trace, rule, node, new)
            return new
    return node


def _record(trace: list[Step] | None, rule: Rule, before: Node, after: Node) -> None:
    if trace is not None and rule.because:
        trace.append(Step(rule.name, before, None, before, after, rule.because))
