"""Names for the long subterms of a formula that is too long to read: they stand in the formula, and what they are below it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from chainrule.errors import VerificationError
from chainrule.graph import build
from chainrule.graph.node import Apply, Contract, Named, Node, Selection, Unit, Variable, postorder
from chainrule.graph.operation import Property
from chainrule.graph.walk import opaque, rebuild
from chainrule.syntax.tree import Name, Number, Subscript, Tree, walk

READABLE = 2000
"""A formula of more symbols than this has names for its subterms."""
LONG_SHARED, LONG, DEEP = 30, 400, 12
"""Named is what has so many symbols and occurs more than once, and what has so many symbols, or levels, in any case."""
MOST_NAMES = 200
RESULT, ARGUMENT = "result", "argument"
LETTERS: Mapping[str | int, Sequence[str]] = {
    RESULT: ("h", "a", "g", "f", "\\eta"),
    ARGUMENT: ("z", "p", "e", "\\zeta"),
    0: ("s", "c", "q", "r", "\\gamma", "\\kappa"),
    1: ("v", "u", "d", "w", "\\nu", "\\omega"),
    2: ("M", "K", "H", "S", "\\Gamma", "\\Omega"),
}
"""Of results and arguments of a network's nonlinearities, of scalars, vectors and matrices; the first one that is free."""


def shared_terms(root: Node, taken: Collection[Tree] = ()) -> tuple[Node, list[Named]]:
    """The root over named subterms, and these, each after those it is made of; their values are those of the root as it was.

    taken: names that stand for something else. A Named quantity is a leaf, also as the root. Raises VerificationError
    `too-long-to-print` where more than 200 names would be needed.
    """
    order = postorder(root, into=opaque)
    own = {node.symbol for node in order if isinstance(node, Variable | Named)}
    names = _Names(frozenset({*taken, *own}), _roles(order))
    whole = {root, *(opaque(root) if len(opaque(root)) == 1 else ())}
    uses = Counter(operand for node in order for operand in opaque(node))
    made: dict[Node, Node] = {}
    lengths: dict[Node, int] = {}
    levels: dict[Node, int] = {}
    found: list[Named] = []
    for node in order:
        below = opaque(node)
        new = rebuild(node, tuple(made[o] for o in below)) if below else node
        lengths[node] = 1 + sum(lengths[o] for o in below) + (len(below) if isinstance(node, Contract) else 0)
        levels[node] = 1 + max((levels[o] for o in below), default=0)
        if node not in whole and below and _is_long(node, uses[node], lengths[node], levels[node]):
            new = build.named(names.new(node), new)
            found.append(new)
            lengths[node], levels[node] = 1, 1
        if len(found) > MOST_NAMES:
            message = f"more than {MOST_NAMES} names would be needed to write the formula down"
            raise VerificationError("too-long-to-print", message, hint="name intermediate quantities, or ask for code")
        made[node] = new
    return made[root], found


@dataclass(frozen=True)
class _Names:
    """New names, a letter with a number each."""

    taken: frozenset[Tree]
    roles: Mapping[Node, str]
    counts: Counter[str] = field(default_factory=Counter[str])

    def new(self, node: Node) -> Tree:
        used = {part for name in self.taken for part in walk(name)}
        letters = LETTERS[self.roles.get(node, len(node.shape))]
        letter = next((each for each in letters if Name(each) not in used), letters[0])
        while True:
            self.counts[letter] += 1
            name = Subscript(Name(letter), (Number(Fraction(self.counts[letter])),))
            if name not in self.taken:
                return name


def _roles(order: Sequence[Node]) -> dict[Node, str]:
    """Which nodes are arguments of nonlinearities (or of their derivatives), and which are their results."""
    found: dict[Node, str] = {}
    for node in order:
        if isinstance(node, Apply) and node.operation.elementwise and len(node.arguments) == 1:
            known = Property.ACTIVATION in node.operation.properties
            if known:
                found[node] = RESULT
            if known or node.operation.made_by is not None:
                found.setdefault(node.arguments[0], ARGUMENT)
    return found


def length(root: Node) -> int:
    """About how many symbols a formula has when it is written out."""
    found: dict[Node, int] = {}
    for node in postorder(root, into=opaque):
        below = opaque(node)
        found[node] = min(1 + sum(found[o] for o in below), 10 * READABLE)
    return found[root]


def _is_long(node: Node, uses: int, symbols: int, levels: int) -> bool:
    if len(node.shape) > 2 or isinstance(node, Selection | Unit):
        return False
    return symbols >= LONG or levels >= DEEP or (uses > 1 and symbols >= LONG_SHARED)
