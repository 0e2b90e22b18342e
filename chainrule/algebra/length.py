"""How long a term is on paper, counted on the graph: what decides whether a product is better multiplied out or not.

Transposes are not counted, and parentheses as one, so that a common factor taken out never makes a sum longer.
"""

from collections import Counter
from weakref import WeakKeyDictionary

from chainrule.graph.node import Add, Apply, Contract, Node, Stack, postorder
from chainrule.graph.walk import opaque
from chainrule.ops.arithmetic import POWER

LONGEST_VALUE = 2
"""A function value is read as one thing, however long its argument: diag(p) - p p^T is shorter than (I - p 1^T) diag(p)."""
LONGEST = 10**9
"""Terms that share much are far longer on paper than in memory; from here on all are equally long."""

_lengths: "WeakKeyDictionary[Node, int]" = WeakKeyDictionary()


def length(node: Node) -> int:
    """The number of symbols the term takes, names counting one each."""
    known = _lengths.get(node)
    if known is not None:
        return known
    for each in postorder(node, into=_unknown):
        if each not in _lengths:
            _lengths[each] = min(LONGEST, _counted(each))
    return _lengths[node]


def _unknown(node: Node) -> tuple[Node, ...]:
    return tuple(o for o in opaque(node) if o not in _lengths)


def _counted(node: Node) -> int:
    match node:
        case Apply(operation=operation, arguments=(base, _)) if operation is POWER:
            return 1 + _lengths[base]
        case Apply(arguments=arguments):
            return min(LONGEST_VALUE, 1 + sum(_lengths[a] for a in arguments))
        case Add(terms=terms):
            return len(terms) - 1 + sum((abs(c) != 1) + _lengths[n] for c, n in terms) if terms else 1
        case Contract():
            return _product(node)
        case Stack(items=items):
            return 1 + sum(_lengths[item] for item in items)
        case _:
            return 1


def _product(node: Contract) -> int:
    """The factors, sums in parentheses; one more for each sum over one factor alone and each diag, two for ones spread out."""
    if not node.factors:
        return max(1, len(set(node.output)))
    met = Counter(i for own in node.indices for i in set(own))
    vectors = {own[0] for own in node.indices if len(own) == 1}
    matrices = Counter(i for own in node.indices if len(own) > 1 for i in set(own))
    summed = sum(1 for i in range(len(node.extents)) if i not in node.output and met[i] < 2)
    spread = sum(1 for i in set(node.output) if not met[i])
    diagonals = len(node.output) - len(set(node.output)) + sum(len(own) - len(set(own)) for own in node.indices)
    diagonals += sum(1 for i in vectors if matrices[i] > 1 or (matrices[i] and i in node.output))
    brackets = sum(1 for f in node.factors if isinstance(f, Add) and len(f.terms) > 1) if len(node.factors) > 1 else 0
    return sum(_lengths[f] for f in node.factors) + summed + 2 * spread + diagonals + brackets
