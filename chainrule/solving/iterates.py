r"""Steps of gradient descent in later tasks: "What is $\theta_3$?", "Compute $f(x^{(2)})$" behind two steps from $x^{(0)}$.

A task that names where steps led gets its numbers as values that are given.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from chainrule.errors import NameFault
from chainrule.graph.node import Named, Node, Variable
from chainrule.graph.walk import expand, substitute
from chainrule.inference.literals import Literal
from chainrule.inference.network import Network
from chainrule.inference.ranks import MATRIX, SCALAR, VECTOR
from chainrule.inference.statements import Given
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.sheets import Task
from chainrule.solving.answer import Value
from chainrule.solving.context import Context
from chainrule.solving.descent import Descent, numbered, read_descent
from chainrule.solving.reading import ProblemText
from chainrule.syntax.tree import Bracket, Number, Subscript, Superscript, Tree, transform, walk


@dataclass
class Descents:
    """The last task of a problem that asked for steps of gradient descent, and where they led.

    begun: the network that the steps were made in. context: it with what they led to.
    """

    task: Task | None = None
    found: Descent | None = None
    begun: Network | None = None
    context: Context | None = None

    def read(self, network: Network, text: ProblemText, task: Task) -> tuple[Descent, Context]:
        """The steps of a task, and what its answers are made in; of a task that refers to steps those before it."""
        if not task.again:
            self.task = task
        if self.task is None:
            raise NameFault("no-steps", "no steps of gradient descent are asked for before this", task.span)
        self.found, self.begun = read_descent(network, text, self.task), network
        self.context = Context(self.found.network)
        return self.found, self.context

    def put_in(self, context: Context, text: ProblemText, task: Task) -> tuple[Context, ProblemText]:
        """What a task is answered in that names iterates: where the steps were made, or, of a derivative, with their numbers.

        Raises NameFault where they have no value.
        """
        spans = [math.span for math in task.math("asked", "of", "given", "point")]
        named = {key(part): part for span in spans for tree in text.trees.get(span, ()) for part in _names(tree)}
        found = {name: each for name in named if (each := self._iterate(name, named[name], context.network)) is not None}
        if not found or self.context is None:
            return context, text
        if task.form == "value":
            self._require_same(context.network, task)
            return self.context, text
        given = {name: self._given(step, variable, node, named[name]) for name, (step, variable, node) in found.items()}

        def placed(tree: Tree) -> Tree:
            return transform(tree, lambda part: given[key(part)].name if key(part) in given else part)

        trees = {span: tuple(map(placed, text.trees.get(span, ()))) for span in spans}
        text = replace(text, trees={**text.trees, **trees}, more=(*text.more, *given.values()))
        return Context(text.network(text.more)), text

    def at(self, tree: Tree, network: Network) -> Node | None:
        """An expression of iterates, `f(x_2)`; None for any other one. Raises NameFault for those of several steps."""
        if self.begun is None or self.context is None or network is not self.context.network or key(tree) in network.names:
            return None
        named = {key(part): part for part in _names(tree)}
        found = {name: each for name in named if (each := self._iterate(name, named[name], self.begun)) is not None}
        here: dict[Node, Node] = {variable: node for _, variable, node in found.values()}
        if not found:
            return None
        if len(here) < len(found):
            raise NameFault("several-points", f"{span_text(tree.span)} is of several steps", tree.span, "ask for each alone")
        plain = transform(tree, lambda part: found[key(part)][1].symbol if key(part) in found else part)
        return substitute(expand(self.begun.read(plain, of_text=True)), here)

    def _require_same(self, network: Network, task: Task) -> None:
        """Raise NameFault where another number holds for a task than did for the steps."""
        assert self.begun is not None
        assert self.found is not None
        moved = {variable.symbol for variable in self.found.moved}
        for name, value in network.values.items():
            if name not in moved and self.begun.values.get(name) != value:
                message = f"{network.spellings.get(name, '')} has another value here than in the steps"
                raise NameFault("start-not-read", message, task.span, "ask for the steps again")

    def _iterate(self, name: Tree, written: Tree, network: Network) -> tuple[int, Named | Variable, Named] | None:
        """The step, the variable and its value there that a name means; None for any other name."""
        if self.found is None or (self.begun is not None and name in {**self.begun.names, **network.names}):
            return None
        for index, variable in enumerate(self.found.moved):
            step = step_of(name, variable, self.found.styles.get(variable))
            if step is not None and step > len(self.found.steps):
                message = f"{span_text(written.span)} is behind more steps than are asked for, {len(self.found.steps)}"
                raise NameFault("undefined-symbol", message, written.span)
            if step is not None:
                return step, variable, self.found.steps[step - 1][index]
        return None

    def _given(self, step: int, variable: Named | Variable, node: Named, written: Tree) -> Given:
        """The numbers of an iterate, as `w^{(3)}`, which is an entry of nothing."""
        value = self.context.number(node) if self.context is not None else None
        if value is None:
            message = f"{span_text(written.span)} has no value, as not all that the steps are made of has one"
            raise NameFault("undefined-symbol", message, written.span)
        return Given(numbered(variable.symbol, step)[1], _literal(value, node), written.span)


def _names(tree: Tree) -> list[Tree]:
    return [part for part in walk(tree) if could_be_name(part)]


def step_of(name: Tree, variable: Named | Variable, style: int | None) -> int | None:
    """Behind how many steps a variable is called so: `x_2` beside a start `x_0`, or of a single number x."""
    match name:
        case Subscript(items=(Number(value=value),)) | Superscript(exponent=Bracket(items=(Number(value=value),))) if (
            value.denominator == 1 and value > 0
        ):
            step = int(value)
        case _:
            return None
    ways = numbered(variable.symbol, step)
    called = name == ways[style] if style is not None else name in ways and not variable.shape
    return step if called else None


def _literal(value: Value, node: Node) -> Literal:
    """Numbers as a text gives them."""
    rank = len(node.shape)
    rows = value if rank == 2 else [value] if rank == 1 else [[value]]
    assert isinstance(rows, list)
    exact = tuple(tuple(Fraction(str(number)) for number in row) for row in rows if isinstance(row, list))
    return Literal(exact, frozenset(((SCALAR, VECTOR, MATRIX)[rank],)))
