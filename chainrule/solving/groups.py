"""What a task names in words, found in the network: the loss, all parameters, every node.

Inputs are told apart by their letter, without accents, indices, layers and fonts:
- data: x, y, t, a capital X, Y, or a word such as target and label;
- weights: w, W, and beside them, where there is an x, also v, V, U, and u without U; biases: b, B;
- parameters: every input that is no data. Where a group would be empty, it is the next larger one: parameters for
  weights and biases, all inputs for parameters. An answer too many does no harm, one too few does.

Only what the target is computed from counts, in the order of the problem's text.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from chainrule.errors import Diagnostic, NameFault
from chainrule.graph.node import Named, Node, Variable, operands, postorder
from chainrule.graph.walk import leaves
from chainrule.inference.network import Network
from chainrule.inference.statements import head_parts
from chainrule.inference.symbols import could_be_name, key, letter
from chainrule.source import Span
from chainrule.syntax.tree import Accent, Font, Name, Tree, walk

if TYPE_CHECKING:
    from chainrule.sheets import GroupName

_DATA = frozenset(("x", "X", "y", "Y", "t", "target", "targets", "label", "labels", "input", "inputs"))
BIASES = frozenset(("b", "B", "bias", "biases"))
_LETTERS: "dict[GroupName, frozenset[str]]" = {
    "weights": frozenset(("w", "W", "weight", "weights")),
    "biases": BIASES,
}


_BEFORE, _LONGEST = 200, 20_000
"""So many letters before the first equation, and in all, are read for what words call a loss."""
_PROBLEM = re.compile(r"\n(?=\s*(?:#|\*\*|\\(?:sub)*section|\\(?:item|question)\b|\d+[.)]))")
"""Where another problem may end."""
_LOSS = r"(?:loss|cost|objective|error|risk)"
_IS = r"(?:(?:function|is|be|as|by|equals|given|defined|denoted|called|named|now|then|here|simply|the|quantity|scalar)[ :]\s*)*"
"""Words between "loss" and its symbol that say that it is this one, as "is not" and "depends on" do not."""
_KIND = r"(?:(?!(?:of|on|in|for|to|than|from|not|no|behind|with|without)\b)[a-z-]+ ){0,2}"
_OF_IT = r"(?:term|gradient|derivative|weight|rate)s?\b"


def variables_of(network: Network, target: Named, group: "GroupName") -> list[Named | Variable]:
    """The members of a group of variables that the target is computed from."""
    inputs = inputs_behind(network, target)
    parameters = [node for node in inputs if word_of(node.symbol) not in _DATA] or inputs
    match group:
        case "weights" | "biases":
            letters = _LETTERS[group] | (_beside(inputs) if group == "weights" else frozenset[str]())
            return [node for node in inputs if word_of(node.symbol) in letters] or parameters
        case "parameters":
            return parameters
        case "nodes":
            return quantities_behind(network, target) + inputs
        case _:
            return inputs


def is_data(symbol: Tree) -> bool:
    """Whether a name is called like data: x, y, t, a target."""
    return word_of(symbol) in _DATA


def _beside(inputs: Iterable[Named | Variable]) -> frozenset[str]:
    """The letters of the weights of further layers, `v^T relu(W x)`, `tanh(U x + W h)`; none where one may be the input."""
    found = {word_of(node.symbol) for node in inputs}
    if not (found & _LETTERS["weights"] and found & {"x", "X"}):
        return frozenset()
    return frozenset("vVU") if "U" in found else frozenset("vVu")


def inputs_behind(network: Network, target: Node) -> list[Named | Variable]:
    """The inputs a quantity is computed from; a declared list counts as one."""
    return [node for node in _behind(network, target) if isinstance(node, Variable) or node in network.lists]


def quantities_behind(network: Network, target: Node) -> list[Named | Variable]:
    """The named quantities between the inputs and the target, those nobody wrote down left out."""
    found = _behind(network, target)
    return [n for n in found if isinstance(n, Named) and n not in network.lists and n.symbol not in network.invented]


def _behind(network: Network, target: Node) -> list[Named | Variable]:
    def into(node: Node) -> tuple[Node, ...]:
        return () if node in network.lists else operands(node)

    found = set(postorder(target, into=into)) - {target}
    return [node for node in network.names.values() if isinstance(node, Named | Variable) and node in found]


def gradient_variables(network: Network, target: Node, head: Tree | None) -> list[Named | Variable]:
    r"""By what `\nabla f` differentiates: the parameters in the head as written, `\nabla f(x, y)`, or in that of f's
    definition, else all inputs of f. Raises NameFault where a parameter is no name of the problem.
    """
    if not isinstance(target, Named):
        return inputs_behind(network, target)
    written = head_parts(head)[1] if head is not None else None
    parameters = written or network.reader.heads.get(target.symbol)
    if not parameters or not all(could_be_name(parameter) for parameter in parameters):
        return inputs_behind(network, target)
    found = [network.find(parameter) for parameter in parameters]
    return [node for node in found if isinstance(node, Named | Variable)]


def outputs(network: Network) -> list[Named]:
    """The quantities that nothing else is computed from."""
    used = {leaf for _, quantity in network.quantities() for leaf in leaves(quantity)}
    return [quantity for _, quantity in network.quantities() if quantity not in used and quantity not in network.lists]


def only_target(network: Network, span: Span | None) -> Named:
    """The loss where it is not named: the only scalar that nothing else is computed from, or the only one called like a loss.

    Raises NameFault, listing what could be meant, where there is not exactly one, and where the text's own loss cannot be used.
    """
    cause = next((cause for name, cause in network.broken.items() if is_loss(name)), None)
    if cause is not None:
        raise NameFault("broken-definition", f"the loss is not known: {cause.message}", span, cause.hint)
    found = [node for node in outputs(network) if not node.shape]
    if not any(is_loss(node.symbol) for node in found):
        _refuse_broken(network, span)
    if len(found) < 2:
        return _only(found, network, "scalar output", span)
    losses = [node for node in found if is_loss(node.symbol)]
    said = [node for node in found if _is_said_to_be_loss(network, node, span)]
    plain = [node for node in losses if word_of(node.symbol) not in ("C", "E", "l")]
    sure = [*said, *(node for node in plain if node not in said)] if len(losses) == 1 or said else []
    return _only(sure if len(sure) == 1 else found, network, "scalar output", span)


def only_loss(network: Network, span: Span | None) -> Named:
    """What words that say "the loss" mean. Raises NameFault as `only_target` does, and where that is a prediction."""
    found = only_target(network, span)
    hatted = any(isinstance(part, Accent) and part.kind == "hat" for part in walk(found.symbol))
    if not hatted or is_loss(found.symbol) or _is_said_to_be_loss(network, found, span):
        return found
    name = network.spellings.get(found.symbol, "")
    message = f"the text does not say what the loss is: {name} is called like a prediction"
    raise NameFault("no-target", message, span, "write the loss as a formula, $L = ...$")


def _is_said_to_be_loss(network: Network, node: Named, span: Span | None) -> bool:
    """Whether the text calls a quantity so right before or behind its name: "the loss is $A$", "$A$ is the loss"."""
    name = network.spellings.get(node.symbol, "")
    if span is None or not name:
        return False
    first = min((each.span.start for each in network.equations if each.span is not None), default=span.start)
    text = _PROBLEM.split(span.source.text[max(first - _BEFORE, 0) : first])[-1] + span.source.text[first : span.end]
    text = text[-_LONGEST:]
    before = rf"\b{_LOSS}[ :]\s*{_IS}[$\s(\\\[]*{re.escape(name)}(?![\w_^])"
    behind = rf"(?<![\w\\]){re.escape(name)}[$\s)]* (?:is|be|as|denotes) (?:the|our|a) {_KIND}{_LOSS}\b(?! {_OF_IT})"
    return re.search(rf"{before}|{behind}", text) is not None


def only_output(network: Network, span: Span | None) -> Named:
    """The only quantity that nothing else is computed from, unless it is called like a loss. Raises NameFault."""
    found = outputs(network)
    if any(is_loss(node.symbol) for node in found):
        message = "it is not clear which quantity is the output: what nothing else is computed from is a loss"
        raise NameFault("no-target", message, span, "name the output by its symbol")
    _refuse_broken(network, span)
    return _only(found, network, "output", span)


def _refuse_broken(network: Network, span: Span | None) -> None:
    """Raise NameFault where a quantity could not be read that may be the output: no inner one is put in its place."""
    cause = next((cause for cause in network.broken.values() if cause.severity == "error"), None)
    if cause is not None:
        message = f"which quantity is the output is not known, as one of them could not be used: {cause.message}"
        raise NameFault("broken-definition", message, span, cause.hint)


def is_capital(symbol: Tree) -> bool:
    """Whether a name is written with a capital letter, as matrices are."""
    return word_of(symbol)[:1].isupper()


def is_loss(symbol: Tree) -> bool:
    """Whether a quantity is called like a loss: L, J, C, E or a word."""
    return word_of(symbol) in ("L", "J", "C", "E", "\\ell", "ℓ", "loss", "Loss", "cost", "error", "l")


def is_unread_loss(symbol: Tree, cause: Diagnostic) -> bool:
    """Whether a name could not be used because words about the loss are not understood: it is a number without parameters."""
    return is_loss(symbol) and cause.code == "loss-unclear"


def _only(found: Iterable[Named], network: Network, what: str, span: Span | None) -> Named:
    candidates = list(found)
    if len(candidates) == 1:
        return candidates[0]
    names = ", ".join(network.spellings.get(node.symbol, "") for node in candidates) or "none"
    message = f"the task names no symbol, and there is no single {what} ({names})"
    raise NameFault("no-target", message, span, "name the quantity by its symbol")


def word_of(symbol: Tree) -> str:
    """The letter or word of a name without fonts, scripts and a number written behind it."""
    base = letter(key(symbol))
    while isinstance(base, Font):
        base = letter(base.body)
    text = base.text if isinstance(base, Name) else ""
    return text.rstrip("0123456789") or text
