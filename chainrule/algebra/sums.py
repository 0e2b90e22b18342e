"""Rules for sums: flat, like terms collected, common numbers in front, in order."""

from collections.abc import Callable
from fractions import Fraction

from chainrule.algebra.key import key
from chainrule.algebra.order import ordered
from chainrule.algebra.signs import flipped, split_content
from chainrule.graph import build
from chainrule.graph.node import Add, Contract, Node
from chainrule.graph.step import Rule

TERMS = 64
"""A sum takes up the sums among its terms while it has at most so many terms: the time stays linear on long chains."""


def _flatten(node: Node) -> Node | None:
    """(a + b) + c is a + b + c; a number in front of a sum is multiplied out inside a sum, and -(a - b) is b - a."""
    if not isinstance(node, Add):
        return None
    inner = [n for _, n in node.terms if isinstance(n, Add)]
    if len(node.terms) == 1:
        return _distributed(node, set(inner)) if inner and not _stays_in_front(node) else None
    taken: set[Node] = set()
    count = len(node.terms)
    for each in sorted(inner, key=lambda n: (len(n.terms), key(n))):
        count += len(each.terms) - 1
        if count > TERMS:
            break
        taken.add(each)
    return _distributed(node, taken) if taken else None


def gather_sum(node: Add, used_once: Callable[[Node], bool]) -> Node:
    """The sum with the sums in it that nothing else uses, at any depth, within TERMS: a short cut past `_flatten`."""
    count = len(node.terms)
    terms: list[tuple[Fraction, Node]] = []
    waiting = list(reversed(node.terms))
    taken = False
    while waiting:
        c, n = waiting.pop()
        if not isinstance(n, Add) or not used_once(n) or count + len(n.terms) - 1 > TERMS:
            terms.append((c, n))
            continue
        taken = True
        count += len(n.terms) - 1
        waiting.extend((c * d, m) for d, m in reversed(n.terms))
    return build.linear(terms, node.shape) if taken else node


def _stays_in_front(node: Add) -> bool:
    """Is this c (a - b) with nothing to say about c: the coefficients of the sum are plus and minus one, c is neither?"""
    coefficient, inner = node.terms[0]
    if not isinstance(inner, Add) or coefficient == 1 or _has_sums(inner):
        return False
    plain = all(abs(c) == 1 for c, _ in inner.terms) and any(c > 0 for c, _ in inner.terms)
    mixed = any(c < 0 for c, _ in inner.terms)
    return plain and not (coefficient == -1 or (coefficient < 0 and mixed))


def _has_sums(node: Add) -> bool:
    """Is a factor of a term a sum? A number in front of it all would put parentheses around parentheses."""
    return any(isinstance(f, Add) for _, n in node.terms if isinstance(n, Contract) for f in n.factors)


def _distributed(node: Add, taken: set[Node]) -> Node:
    terms: list[tuple[Fraction, Node]] = []
    for c, n in node.terms:
        terms.extend([(c * d, m) for d, m in n.terms] if isinstance(n, Add) and n in taken else [(c, n)])
    return build.linear(terms, node.shape)


def _turn(node: Node) -> Node | None:
    """-x (a - b) is x (b - a); and x (a - b) - x (b - a) is 2 x (a - b)."""
    if not isinstance(node, Add):
        return None
    totals = {n: c for c, n in node.terms}
    for _, n in node.terms:
        turned = None if isinstance(n, Add) or n not in totals else flipped(n)
        if turned is None:
            continue
        turned = ordered(turned)
        if turned in totals or totals[n] < 0:
            totals[turned] = totals.get(turned, Fraction(0)) - totals.pop(n)
    if set(totals) == {n for _, n in node.terms}:
        return None
    return build.linear(((c, n) for n, c in totals.items()), node.shape)


def _content(node: Node) -> Node | None:
    """2 a - 2 b is 2 (a - b); sums with coefficients of several sizes, and with sums in their terms, stay as they are."""
    if not isinstance(node, Add) or len(node.terms) < 2 or len({abs(c) for c, _ in node.terms}) > 1:
        return None
    if abs(node.terms[0][0]) == 1 or _has_sums(node):
        return None
    content, primitive = split_content(node)
    return build.scale(content, primitive)


def _order(node: Node) -> Node | None:
    if not isinstance(node, Add) or len(node.terms) < 2:
        return None
    made = build.linear(sorted(node.terms, key=lambda term: key(term[1])), node.shape)
    return None if made is node else made


SUM_RULES = (
    Rule("flat-sum", _flatten, "a sum inside a sum is one sum, like terms collected"),
    Rule("turned-difference", _turn, "-(a - b) = b - a"),
    Rule("common-number", _content, "2 a - 2 b = 2 (a - b)"),
    Rule("order-of-terms", _order, ""),
)
