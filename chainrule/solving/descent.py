r"""Steps of gradient descent: the new values of what is moved, and the loss there.

A step is $v_t = v_{t-1} - \eta \frac{\partial L}{\partial v}$ with the derivative at the point before it, all variables
at once.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

from chainrule.calculus.jacobian import gradient
from chainrule.errors import NameFault
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Named, Node, Variable, postorder
from chainrule.graph.walk import expand, substitute
from chainrule.inference.literals import number
from chainrule.inference.network import Network
from chainrule.inference.statements import new_value
from chainrule.inference.symbols import could_be_name, key, letter, span_text
from chainrule.sheets import GroupName, Task
from chainrule.sheets.training_words import doubted_letters
from chainrule.solving.answer import Answer
from chainrule.solving.groups import BIASES, is_data, only_loss, only_output, variables_of, word_of
from chainrule.solving.independence import refuse_disconnected
from chainrule.solving.parts import is_used
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import find, names_in
from chainrule.solving.tasks import trees_of
from chainrule.syntax.tree import Accent, Bracket, Derivative, Name, Number, Relation, Subscript, Superscript, Tree

STEP = "a step takes the learning rate times the derivative at the point before it from each variable"
MOST_STEPS = 100
"""More steps are refused: each of them is a formula."""
RATES = (Name("\\eta"), Name("\\alpha"), Name("\\gamma"), Name("\\epsilon"))
"""What the learning rate is called where a text gives one of these a number and uses it for nothing else."""
HYPERPARAMETERS = frozenset(
    (
        *map(Name, ["T", "n", "m", "N", "C", "k", "K"]),
        *(Name(f"\\{word}") for word in ["lambda", "alpha", "beta", "gamma", "epsilon", "eta", "tau", "delta", "rho"]),
    )
)
"""Letters of what is chosen and not learnt, where other letters are there."""
_LEARNT = frozenset((*"wWbBvVuUAc", "\\theta", "\\Theta", "\\beta", "\\phi"))
"""Letters of what is learnt."""
COUNTS = frozenset(map(Name, "NMnmKT"))
"""Letters of how many there are."""
PARAMETERS: tuple[GroupName, ...] = ("parameters",)
_STOCHASTIC = re.compile(r"\b(?:stochastic|sgd|mini-?batch(?:es)?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Descent:
    """network: with the names of all new values. moved: what is differentiated by. steps: the new values after each step.

    losses: the target after each step. said: conventions.
    styles: which of the ways to write the value after a step, `numbered`, is that of the value that a variable starts from.
    """

    network: Network
    target: Named
    moved: tuple[Named | Variable, ...]
    steps: tuple[tuple[Named, ...], ...]
    losses: tuple[Named, ...]
    styles: Mapping[Named | Variable, int]
    said: tuple[str, ...] = ()


def read_descent(network: Network, text: ProblemText, task: Task) -> Descent:
    """The steps that a task asks for. Raises NameFault where it is not clear what is minimised, or there are too many."""
    if task.order > MOST_STEPS:
        raise NameFault("too-many-steps", f"{task.order} steps are more than {MOST_STEPS}", task.span, "ask for fewer steps")
    named = [find(network, name) for tree in trees_of(text, task.math("of")) for name in names_in(tree)]
    computed = [node for node in named if isinstance(node, Named) and node not in network.lists]
    if len(computed) > 1:
        raise NameFault("no-target", "the task names more than one quantity that could be minimised", task.span)
    target = computed[0] if computed else only_loss(network, task.span)
    if target.shape:
        raise NameFault("no-target", "what is minimised must be one number", task.span, "name a loss")
    moved = _moved(network, target, text, task, [node for node in named if node not in computed])
    _require_start(network, text, task, moved)
    _require_one_example(target, task, moved)
    _require_free(task, moved)
    for variable in moved:
        refuse_disconnected(network, target, variable, task.span)
    rate, network, said = _rate(network, text, task)
    begun = {key(tree.sides[0]) for tree in trees_of(text, task.math("listed")) if isinstance(tree, Relation)}
    found = ((v, _style(network, v, begun)) for v in moved)
    styles = {variable: style for variable, style in found if style is not None}
    return _descended(network, target, moved, rate, task.order, styles, said)


def _require_start(network: Network, text: ProblemText, task: Task, moved: Sequence[Node]) -> None:
    """Raise NameFault where a start that is no equation is neither what is moved nor a value `x_0` of it."""
    starts = [tree for tree in trees_of(text, task.math("given")) if not isinstance(tree, Relation)]
    for tree in starts:
        first = {
            each for n in moved if isinstance(n, Named | Variable) for each in numbered(n.symbol, 0)
        } & network.values.keys()
        if not could_be_name(tree) or (key(tree) not in first and network.names.get(key(tree)) not in moved):
            message = f"it is not clear what starts at {span_text(tree.span)}"
            raise NameFault("start-not-read", message, tree.span, "write which variable it is the value of, such as $w = 1$")


def _require_one_example(target: Named, task: Task, moved: Sequence[Node]) -> None:
    """Raise NameFault where a stochastic step could be one of several examples: a matrix of data does not move."""
    if _STOCHASTIC.search(task.text) is None:
        return
    still = {node for node in postorder(expand(target)) if isinstance(node, Variable)}.difference(moved)
    if any(len(node.shape) > 1 for node in still):
        message = "a stochastic step is one example's, and which examples there are is not clear"
        raise NameFault("examples-unclear", message, task.span, "write the loss of the one example")


def _require_free(task: Task, moved: Sequence[Named | Variable]) -> None:
    """Raise NameFault where words that are not understood say of something that moves how it may, "$w$ is frozen"."""
    letters = {letter(node.symbol) for node in moved}
    for math in task.math("doubt"):
        if not letters.isdisjoint(doubted_letters(math)):
            message = f"what the text says of {math.text} here is not understood, and the steps would move it"
            hint = "say which variables the steps are on: one step of gradient descent on $w$"
            raise NameFault("task-not-understood", message, math.span, hint)


def _moved(
    network: Network, target: Named, text: ProblemText, task: Task, named: Sequence[Named | Variable]
) -> tuple[Named | Variable, ...]:
    """All that the task names, by formulas and by words; where it names nothing, what is in the head of the target,
    `J(w) = ...`, else all parameters but hyperparameters. Raises NameFault where a word names nothing.
    """
    groups: list[GroupName] = [name for name in task.named("of") if name not in ("loss", "output")]
    heads = network.reader.heads.get(target.symbol, ())
    headed = [node for head in heads if isinstance(node := network.names.get(key(head)), Named | Variable)]
    if not groups and headed and not task.math("of"):
        data = set(variables_of(network, target, "parameters"))
        return tuple(node for node in headed if node in data) or tuple(headed)
    if named and not groups:
        return tuple(named)
    by = {network.names.get(key(tree)) for tree in _differentiated_by(text, task)}
    in_words = [(group, _of_these(_members(network, target, groups, group, task), by)) for group in groups or PARAMETERS]
    for group, members in in_words:
        _require_many(network, task, group, members)
    found = [node for _, members in in_words for node in members]
    if groups and not named and all(_is_data(network, node) for node in found):
        names = ", ".join(network.spellings.get(node.symbol, "") for node in found)
        raise NameFault("not-moved", f"nothing is known that the steps could move but {names}", task.span)
    learnt = [node for node in found if letter(node.symbol) not in HYPERPARAMETERS] or found
    return tuple(dict.fromkeys((*named, *learnt)))


def _differentiated_by(text: ProblemText, task: Task) -> Iterator[Tree]:
    """The names by which the tasks before it differentiate."""
    for tree in trees_of(text, task.math("wrt")):
        yield from tree.by if isinstance(tree, Derivative) else (tree,)


def _of_these(members: list[Named | Variable], by: Container[Node | None]) -> list[Named | Variable]:
    """Those of the members by which derivatives were asked, where none of the others is called like a weight."""
    chosen = [node for node in members if node in by]
    others = (word_of(node.symbol) for node in members if node not in by)
    return chosen if chosen and _LEARNT.isdisjoint(others) else members


def _require_many(network: Network, task: Task, group: str, members: Sequence[Node]) -> None:
    """Raise NameFault where a word names another number of variables, and of their entries, than it says."""
    said = next((each.many for each in task.groups if (each.role, each.name) == ("of", group)), None)
    sizes = {symbol: dimension(size) for symbol, size in network.sizes.items()}
    entries = [prod(each.substitute(sizes).number or 0 for each in node.shape) for node in members]
    if said is not None and said not in (len(members), sum(entries)):
        message = f"the task moves {said} {group}, and here are {len(members)}"
        raise NameFault("other-number", message, task.span, "name by its symbol what is moved")


def _is_data(network: Network, node: Named | Variable) -> bool:
    """Whether it is called like data, or like what is predicted and has no formula, or counts something."""
    given = network.values.get(node.symbol)
    counts = letter(node.symbol) in COUNTS and given is not None and not node.shape
    return is_data(node.symbol) or isinstance(node.symbol, Accent) or counts


def _members(
    network: Network, target: Named, groups: Sequence[GroupName], group: GroupName, task: Task
) -> list[Named | Variable]:
    """What a word names: weights without the biases, and biases only where something is called so, unless both are named."""
    found = variables_of(network, target, group)
    biases = [node for node in variables_of(network, target, "biases") if word_of(node.symbol) in BIASES]
    if group == "biases" and "weights" not in groups and not biases:
        raise NameFault("no-bias", "the task moves the bias, and nothing is called so", task.span, "name it by its symbol")
    return [node for node in found if group != "weights" or node not in biases]


def _rate(network: Network, text: ProblemText, task: Task) -> tuple[Node, Network, tuple[str, ...]]:
    """The learning rate as the task says it, else as the text does, else a new letter."""
    for tree in trees_of(text, task.math("rate")):
        value = number(tree)
        if value is not None:
            return build.constant(value), network, ()
        name = tree.sides[0] if isinstance(tree, Relation) else tree
        if could_be_name(name):
            return *_named_rate(network, key(name)), ()
    loose = [name for name in RATES if name in network.values and not is_used(network, network.names[name])]
    node, network = _named_rate(network, loose[0] if loose else RATES[0])
    return node, network, ("the learning rate is called \\eta",) if not loose else ()


def _named_rate(network: Network, name: Tree) -> tuple[Node, Network]:
    if name in network.names:
        return network.names[name], network
    made = build.variable(name, ())
    return made, replace(network, names={**network.names, name: made})


def _descended(
    network: Network,
    target: Named,
    moved: tuple[Named | Variable, ...],
    rate: Node,
    count: int,
    styles: Mapping[Named | Variable, int],
    said: tuple[str, ...],
) -> Descent:
    slopes = [gradient(target, variable) for variable in moved]
    first = {v: numbered(v.symbol, 0)[style] for v, style in styles.items() if v.symbol not in network.values}
    start = {variable: network.names[name] for variable, name in first.items()}
    here: Mapping[Node, Node] = {**start}
    steps: list[tuple[Named, ...]] = []
    losses: list[Named] = []
    for step in range(1, count + 1):
        at = [(here.get(v, v), _put_in(slope, here)) for v, slope in zip(moved, slopes, strict=True)]
        found = tuple(
            build.named(_symbol(variable, step, count, styles.get(variable)), build.subtract(old, build.multiply(rate, slope)))
            for variable, (old, slope) in zip(moved, at, strict=True)
        )
        here = dict(zip(moved, found, strict=True))
        after = build.named(_symbol(target, step, count, next(iter(styles.values()), None)), _put_in(target.body, here))
        steps.append(found)
        losses.append(after)
    names = {node.symbol: node for nodes in (*steps, losses) for node in nodes}
    extended = replace(network, names={**network.names, **names})
    return Descent(extended, target, moved, tuple(steps), tuple(losses), styles, said)


def _put_in(node: Node, here: Mapping[Node, Node]) -> Node:
    """A formula at other values of the variables; with the names of its quantities only where it is that of the text."""
    return substitute(expand(node), here) if here else node


def _style(network: Network, variable: Named | Variable, begun: Container[Tree]) -> int | None:
    """How the text writes the value that a variable starts from: an `x_0` that it gives, or at which the task starts."""
    for style, first in enumerate(numbered(variable.symbol, 0)):
        if first in begun or (first in network.values and variable.symbol not in network.values):
            return style
    return None


def numbered(name: Tree, step: int) -> tuple[Tree, ...]:
    """How people write the value of a name after so many steps: `x_2`, `x^{(2)}`, `x^{[2]}`."""
    place = Number(Fraction(step), str(step))
    upper = [Superscript(name, Bracket(kind, (place,))) for kind in ("(", "[")]
    return Subscript(name, (place,)), *upper


def _symbol(node: Named | Variable, step: int, count: int, style: int | None) -> Tree:
    r"""The name after a step: `x_1` after `x_0`, `w^{new}` after the only one, else `w_{t = 2}`."""
    place = Number(Fraction(step), str(step))
    if style is not None:
        return numbered(node.symbol, step)[style]
    if count == 1:
        return new_value(node.symbol)
    return Subscript(node.symbol, (Relation(("=",), (Name("t"), place)),))


def wanted_values(descent: Descent, text: ProblemText, task: Task) -> Iterator[Named]:
    """The quantities that a task asks of its steps: new values, of all that is moved or of some, and the new loss."""
    asked = [find(descent.network, name) for tree in trees_of(text, task.math("asked")) for name in names_in(tree)]
    groups = task.named("asked")
    variables: list[GroupName] = [group for group in groups if group not in ("loss", "output")]
    in_words = [node for group in variables for node in _asked_in_words(descent, group, task)]
    reached = [node for node in asked if any(node in new for new in descent.steps)]
    others = [node for node in asked if node not in (descent.target, *descent.moved, *reached)]
    others += [only_output(descent.network, task.span)] if "output" in groups else []
    chosen = {*asked, *in_words}.intersection(descent.moved)
    loss = "loss" in groups or descent.target in asked
    values = bool(chosen) or not (loss or others) or not task.again
    for new in descent.steps:
        wanted = {value for value, old in zip(new, descent.moved, strict=True) if values and (not chosen or old in chosen)}
        yield from (value for value in new if (value in reached if reached else value in wanted))
    yield from (_after(descent, other, task) for other in dict.fromkeys(others))
    if loss:
        yield descent.losses[-1]


def _asked_in_words(descent: Descent, group: GroupName, task: Task) -> list[Named | Variable]:
    """What moves of a group. Raises NameFault where nothing of it does."""
    found = [node for node in variables_of(descent.network, descent.target, group) if node in descent.moved]
    if not found:
        raise NameFault("not-moved", f"the steps do not change the {group}, so that they have no new value", task.span)
    return found


def _after(descent: Descent, other: Node, task: Task) -> Named:
    """Another quantity after all steps. Raises NameFault where it does not move."""
    here: dict[Node, Node] = {**dict(zip(descent.moved, descent.steps[-1], strict=True))}
    if not isinstance(other, Named) or here.keys().isdisjoint(postorder(other)):
        name = descent.network.spellings.get(other.symbol, "") if isinstance(other, Named | Variable) else ""
        raise NameFault("not-moved", f"the steps do not change {name}, so that it has no new value", task.span)
    count = len(descent.steps)
    return build.named(_symbol(other, count, count, next(iter(descent.styles.values()), None)), _put_in(other.body, here))


def stepped(answer: Answer, descent: Descent) -> Answer:
    """A new value with what it rests on."""
    return replace(answer, conventions=(*answer.conventions, STEP, *descent.said))
