"""Which inputs of a network are its parameters: by words, "weights $A$", else by their letter; what neither tells is refused.

Letters without accents, indices, layers and fonts: W, w, U, V and theta are weights, b and B biases, c where it is added to a
product with weights, and v is weights beside data x. x, y, t, h and what has the index t are data; lambda, eta, epsilon, n and
N are numbers that nobody trains.
"""

from dataclasses import dataclass

from chainrule.calculus.jacobian import entries
from chainrule.errors import NameFault
from chainrule.graph.node import Add, Contract, Named, Node, Variable, operands, postorder
from chainrule.graph.walk import leaves
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets import Math, Task
from chainrule.sheets.notation import statements
from chainrule.solving.groups import inputs_behind, is_unread_loss, outputs, word_of
from chainrule.solving.requests import names_in
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Name, Number, Subscript, Tree, walk

Input = Named | Variable
_DATA = frozenset(("x", "X", "y", "Y", "t", "T", "h", "H", "target", "targets", "label", "labels", "input", "inputs"))
_FIXED = frozenset(("\\lambda", "\\eta", "\\epsilon", "\\varepsilon", "n", "N"))
_WEIGHTS = frozenset(("W", "w", "U", "V", "\\theta", "\\Theta", "weight", "weights"))
_BIASES = frozenset(("b", "B", "bias", "biases"))
_ADDED = frozenset(("c",))
"""The second letter of biases: it is one where it is added to a product with weights, and used nowhere else."""


@dataclass(frozen=True)
class Parts:
    """The inputs of a network by what they are. open: those of which nothing tells whether they are parameters.

    unused: parameters that no equation has, though others are computed.
    """

    learnt: tuple[Input, ...]
    data: tuple[Input, ...]
    open: tuple[Input, ...]
    unused: tuple[Input, ...]
    network: Network

    @property
    def everything(self) -> tuple[Input, ...]:
        return (*self.learnt, *self.data, *self.open)

    def all_parameters(self, span: Span) -> tuple[Input, ...]:
        """The parameters. Raises NameFault where it is not clear of every input whether it is one."""
        lost = [name for name, cause in self.network.broken.items() if not is_unread_loss(name, cause)]
        if lost:
            names = ", ".join(self.network.spellings.get(name, "") for name in lost)
            message = f"the definition of {names} could not be used, so that parameters in it would be left out"
            raise NameFault("broken-definition", message, span)
        doubtful = self.open or self.unused
        if doubtful:
            names = ", ".join(self.network.spellings.get(node.symbol, "") for node in doubtful)
            what = (
                "nothing tells whether {} is a parameter"
                if self.open
                else "no equation has {}, so it is not clear whether it counts"
            )
            raise NameFault("parameters-unclear", what.format(names), span, 'say what it is: "with weights $A$ and input $u$"')
        return self.learnt

    def weights(self, span: Span) -> tuple[Input, ...]:
        return tuple(node for node in self.all_parameters(span) if not is_bias(node))

    def biases(self, span: Span) -> tuple[Input, ...]:
        return tuple(node for node in self.all_parameters(span) if is_bias(node))


def is_bias(node: Input) -> bool:
    return word_of(node.symbol) in _BIASES | _ADDED


def parts_of(network: Network, task: Task) -> Parts:
    """What the inputs of a network are. What words of the task's problem say of a name goes before its letter."""
    said = {name: role.name == "wrt" for role in task.roles if role.name in ("wrt", "mention") for name in _names(role.math)}
    behind = {node for output in outputs(network) for node in inputs_behind(network, output)}
    listed = {entry for node in network.lists for entry in entries(node)}
    inputs = [n for n in network.names.values() if (isinstance(n, Variable) and n not in listed) or n in network.lists]
    found: dict[bool | None, list[Input]] = {True: [], False: [], None: []}
    unused: list[Input] = []
    computed = {word_of(quantity.symbol) for _, quantity in network.quantities()}
    has_data = any(isinstance(n, Named | Variable) and word_of(n.symbol) in ("x", "X") for n in inputs)
    for node in inputs:
        assert isinstance(node, Named | Variable)
        learnt = said.get(node.symbol, _by_letter(node, has_data))
        learnt = True if learnt is None and word_of(node.symbol) in _ADDED and _is_added(network, node) else learnt
        learnt = False if learnt is None and _starts(node) and word_of(node.symbol) in computed else learnt
        if behind and node not in behind:
            unused += [node] if learnt else []
        else:
            found[learnt].append(node)
    return Parts(tuple(found[True]), tuple(found[False]), tuple(found[None]), tuple(unused), network)


def _names(math: Math) -> list[Tree]:
    return [key(name) for tree in statements(math) for name in names_in(tree) if could_be_name(name)]


def _by_letter(node: Input, has_data: bool) -> bool | None:
    """Whether an input is a parameter; None where its letter does not tell."""
    word = word_of(node.symbol)
    timed = any(isinstance(p, Subscript) and any(Name("t") in walk(i) for i in p.items) for p in walk(node.symbol))
    if word in _DATA or word in _FIXED or timed:
        return False
    return True if word in _WEIGHTS | _BIASES or (word == "v" and has_data) else None


def _starts(node: Input) -> bool:
    """Whether it is what a chain of quantities of its letter starts from, the `a^{[0]}` of `a^{[l]}`."""
    inside = [item for part in walk(node.symbol) if isinstance(part, Bracket | Subscript) for item in part.items]
    return any(isinstance(item, Number) and item.value == 0 for item in inside)


def _is_added(network: Network, node: Input) -> bool:
    """Whether an input is used in one place, where it is added to a product with weights, as the c of `V h + c`."""
    bodies = [quantity.body for _, quantity in network.quantities() if node in leaves(quantity)]
    found = [inner for inner in postorder(*bodies) if node in operands(inner)]
    match found:
        case [Add(terms=terms)]:
            others = [term for _, term in terms if isinstance(term, Contract)]
            return any(isinstance(f, Variable) and _by_letter(f, has_data=False) for term in others for f in term.factors)
        case _:
            return False


def layers_of(network: Network, parameters: tuple[Input, ...], span: Span) -> list[list[Input]]:
    """The parameters layer by layer: a layer is what is computed from the layer before, with parameters of its own.

    Raises NameFault where that is not clear, as where a bias is added in an equation of its own.
    """
    level: dict[Node, int] = {}
    place: dict[Node, int] = {}
    for node in postorder(*(q for _, q in network.quantities() if q not in network.lists)):
        if not isinstance(node, Named) or node in network.lists:
            continue
        direct = set(leaves(node))
        own = [p for p in parameters if p in direct or not direct.isdisjoint(entries(p))]
        below = max((level[q] for q in postorder(node) if q in level), default=0)
        level[node] = below + bool(own)
        for parameter in own:
            place[parameter] = min(place.get(parameter, level[node]), level[node])
    found = [[p for p in parameters if place.get(p) == number] for number in range(1, max(place.values(), default=0) + 1)]
    if len(place) < len(parameters) or not found or any(all(map(is_bias, layer)) for layer in found):
        message = "the equations do not tell which parameters are those of which layer"
        raise NameFault("layers-unclear", message, span, "write one equation a layer, h = \\sigma(W x + b)")
    return found
