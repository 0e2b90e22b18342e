"""The normal form: the same value in the same words, whatever order it was written in.

Rewriting goes from the operands up and stops when no rule applies. Each rule lowers, in the order of this list, the first
of these measures that it changes: entries and sizes not yet taken out, products and sums inside their like, the length of
the term (functions found in their written-out forms, products multiplied out, common factors taken out), scalar parts not
yet apart, numbers inside a sum that could stand in front, minus signs in front of differences, disorder. Named quantities are
leaves.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary, WeakSet

from chainrule.algebra.cancelling import CANCELLING_RULES
from chainrule.algebra.declared import DECLARED_FUNCTIONS, DECLARED_PRODUCTS
from chainrule.algebra.distribution import multiplied_out
from chainrule.algebra.factoring import take_out
from chainrule.algebra.folding import FOLDED_FUNCTIONS, FOLDED_PRODUCTS, FOLDED_SUMS
from chainrule.algebra.indicators import INDICATOR_RULES
from chainrule.algebra.inverses import INVERSE_RULES, taken_apart
from chainrule.algebra.linearity import LINEARITY_RULES, TRACE_RULES
from chainrule.algebra.lists import LIST_RULES
from chainrule.algebra.powers import POWER_RULES
from chainrule.algebra.products import PRODUCT_RULES, gather_product
from chainrule.algebra.selections import SELECTION_RULES
from chainrule.algebra.sums import SUM_RULES, gather_sum
from chainrule.algebra.totals import known_total
from chainrule.algebra.transposes import TRANSPOSE_RULES, TURNED_SUMS
from chainrule.graph.node import Add, Apply, Contract, Node, postorder
from chainrule.graph.step import Rule, Step
from chainrule.graph.walk import opaque, rebuild

_COMMON = Rule("common-factor", take_out, "a c + b c = (a + b) c")
_OUT = Rule(
    "distributed",
    lambda node: multiplied_out(node, _PLAIN.form, _WHOLE.form),
    "multiplied out it is shorter: (a + b) c = a c + b c",
)
_APART = Rule("inverse-of-product", lambda node: taken_apart(node, _PLAIN.form), "(A B)^(-1) = B^(-1) A^(-1)")
_TOTAL = Rule("known-total", lambda node: known_total(node, _PLAIN.form), "the entries sum to a number that is known")

_SHORT: dict[type[Node], tuple[Rule, ...]] = {
    Add: (*SUM_RULES, *LIST_RULES, *FOLDED_SUMS, *TURNED_SUMS, _COMMON),
    Contract: (
        *PRODUCT_RULES,
        *DECLARED_PRODUCTS,
        _TOTAL,
        *SELECTION_RULES,
        *TRACE_RULES,
        *INDICATOR_RULES,
        *CANCELLING_RULES,
        *FOLDED_PRODUCTS,
    ),
    Apply: (*POWER_RULES, *DECLARED_FUNCTIONS, *LINEARITY_RULES, *TRANSPOSE_RULES, *INVERSE_RULES, *FOLDED_FUNCTIONS),
}
RULES: dict[type[Node], tuple[Rule, ...]] = {
    Add: (*SUM_RULES, *LIST_RULES, *FOLDED_SUMS, *TURNED_SUMS, _OUT, _COMMON),
    Contract: (*_SHORT[Contract], _APART, _OUT),
    Apply: _SHORT[Apply],
}
"""The first rules of sums and products are those that `_gathered` uses ahead of time."""

MOST_REWRITES = 60
"""A term that takes more looks than so many a node is left as it is: what it says is right, if not simple."""


def normal_form(root: Node, trace: list[Step] | None = None) -> Node:
    """The normal form of a term. A Named quantity is a leaf, also as the root: pass its body to simplify that.

    trace: where given, a step is appended for each use of a rule, except for those that only put things in order.
    """
    return _WHOLE.form(root) if trace is None else _Rewriting(RULES, trace).of(root)[root]


class _Simplifier:
    """Rules, and the normal forms found by them before: terms that are their own, and the others with theirs."""

    def __init__(self, rules: Mapping[type[Node], tuple[Rule, ...]]):
        self.rules = rules
        self.normal: WeakSet[Node] = WeakSet()
        self.becomes: WeakKeyDictionary[Node, Node] = WeakKeyDictionary()

    def known(self, node: Node) -> Node | None:
        return node if node in self.normal else self.becomes.get(node)

    def form(self, root: Node) -> Node:
        found = self.known(root)
        if found is None:
            done = _Rewriting(self.rules, None, self.known).of(root)
            for node, form in done.items():
                self.normal.add(form)
                if form is not node:
                    self.becomes[node] = form
            found = done[root]
        return found


@dataclass
class _Rewriting:
    """One term being rewritten, its parts first."""

    rules: Mapping[type[Node], tuple[Rule, ...]]
    trace: list[Step] | None
    known: Callable[[Node], Node | None] = lambda _: None

    def of(self, root: Node) -> dict[Node, Node]:
        """Every term that was looked at with its normal form, the root among them."""
        order = postorder(root, into=self._below)
        uses = Counter(o for node in order for o in self._below(node))
        left = MOST_REWRITES * (10 + len(order))
        done: dict[Node, Node] = {}
        becomes: dict[Node, Node] = {}
        waiting = [root]
        while waiting:
            left -= 1
            if left < 0:
                return {root: root}
            node = waiting[-1]
            if node in done:
                waiting.pop()
                continue
            known = self.known(node)
            if known is not None:
                done[node] = known
                continue
            if node not in becomes and (gathered := _gathered(node, uses)) is not node:
                becomes[node] = gathered
                self._record(self.rules[type(node)][0], node, gathered)
            needed = (becomes[node],) if node in becomes else opaque(node)
            missing = [n for n in needed if n not in done]
            if missing:
                waiting.extend(reversed(missing))
            elif node in becomes:
                done[node] = done[becomes[node]]
            else:
                new = self._next(node, tuple(done[o] for o in needed))
                if new is node:
                    done[node] = node
                else:
                    becomes[node] = new
        return done

    def _below(self, node: Node) -> tuple[Node, ...]:
        return opaque(node) if self.known(node) is None else ()

    def _next(self, node: Node, operands: tuple[Node, ...]) -> Node:
        """The node over its simplified operands; where they are its own, the node after the first rule that applies."""
        if any(new is not old for new, old in zip(operands, opaque(node), strict=True)):
            return rebuild(node, operands)
        for rule in self.rules.get(type(node), ()):
            new = rule.build(node)
            if new is not None and new is not node:
                self._record(rule, node, new)
                return new
        return node

    def _record(self, rule: Rule, before: Node, after: Node) -> None:
        if self.trace is not None and rule.because:
            self.trace.append(Step(rule.name, before, None, before, after, rule.because))


_PLAIN = _Simplifier(_SHORT)
_WHOLE = _Simplifier(RULES)


def _gathered(node: Node, uses: Mapping[Node, int]) -> Node:
    """The first rule of sums and of products, for all that nothing else uses at once: each long chain is looked at once."""
    match node:
        case Add(terms=terms) if len(terms) > 1:
            return gather_sum(node, lambda n: uses.get(n, 0) == 1)
        case Contract():
            return gather_product(node, lambda n: uses.get(n, 0) == 1)
        case _:
            return node
