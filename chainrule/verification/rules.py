"""The rules of simplification, each held to what it says: the value stays, and the normal form knows no order.

Values are those of the definition of each kind of node, so that nothing clever stands between a rule and its check.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

from chainrule.algebra.normal_form import RULES, normal_form
from chainrule.errors import ChainruleError
from chainrule.evaluation.compare import compare
from chainrule.evaluation.definition import defined_value
from chainrule.evaluation.sample import sample
from chainrule.graph.node import Node, postorder
from chainrule.graph.step import Rule
from chainrule.graph.walk import opaque, rebuild
from chainrule.typesetting import plain
from chainrule.verification.terms import shuffled

TOLERANCE = 1e-8
MOST_USES = 40
"""A node is followed through so many uses of rules."""


@dataclass
class RuleCheck:
    """How often each rule was held to its value, and what did not hold."""

    uses: Counter[Rule] = field(default_factory=Counter[Rule])
    faults: list[str] = field(default_factory=list[str])

    def take(self, term: Node, random: Random) -> None:
        """Check every use of a rule on the way to the normal form of a term, and the normal form itself."""
        try:
            for rule, before, after in uses(term):
                self.uses[rule] += 1
                if not _same(before, after):
                    self.faults.append(f"the rule {rule.name} changes the value of {_text(before)}")
            self.faults.extend(_normal_form_faults(term, random))
        except ChainruleError as error:
            if error.code not in ("division-by-zero", "no-sample-point"):
                self.faults.append(f"{_text(term)}: {error}")

    @property
    def untried(self) -> list[str]:
        """The rules that were never of use."""
        return [rule.name for rule in every_rule() if not self.uses[rule]]


def every_rule() -> tuple[Rule, ...]:
    return tuple(dict.fromkeys(rule for rules in RULES.values() for rule in rules))


def uses(root: Node) -> Iterator[tuple[Rule, Node, Node]]:
    """The rule, what was before and what after: each rule that applies to a node below the root over simplified operands."""
    for node in postorder(root, into=opaque):
        current = _over_simple_operands(node)
        for _ in range(MOST_USES):
            applied = [(rule, new) for rule in RULES.get(type(current), ()) if _is_new(current, new := rule.build(current))]
            yield from ((rule, current, new) for rule, new in applied if new is not None)
            if not applied or applied[0][1] is None:
                break
            current = _over_simple_operands(applied[0][1])


def _is_new(before: Node, after: Node | None) -> bool:
    return after is not None and after is not before


def _over_simple_operands(node: Node) -> Node:
    return rebuild(node, tuple(map(normal_form, opaque(node)))) if opaque(node) else node


def _normal_form_faults(term: Node, random: Random) -> Iterator[str]:
    done = normal_form(term)
    if not _same(term, done):
        yield f"the normal form of {_text(term)} has another value"
    if normal_form(done) is not done:
        yield f"the normal form of {_text(term)} is not its own"
    if normal_form(shuffled(term, random)) is not done:
        yield f"the normal form of {_text(term)} depends on the order it was written in"


def _same(before: Node, after: Node) -> bool:
    if before.shape != after.shape:
        return False
    point = sample([before, after], seed=1)
    expected, found = (defined_value(node, point.sizes, point.values) for node in (before, after))
    return compare(found, expected) <= TOLERANCE


def _text(node: Node) -> str:
    from chainrule.algebra.matrix_form import matrix_form

    try:
        return plain(matrix_form(node))
    except ChainruleError:
        return repr(node)


def check_rules(terms: Iterable[Node], seed: int = 0) -> RuleCheck:
    """The check of every rule on these terms."""
    random, found = Random(seed), RuleCheck()
    for term in terms:
        found.take(term, random)
    return found
