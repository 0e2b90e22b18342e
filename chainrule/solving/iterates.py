r"""Steps of gradient descent in later tasks: "What is $\theta_3$?", "Compute $f(x^{(2)})$" behind two steps from $x^{(0)}$.

A task that names where steps led gets its numbers as values that are given.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from chainrule.errors import NameFault
from chainrule.graph.node import Named, Node, Variable
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
from chainrule.syntax.tree import Bracket, Number, Subscript, Superscript, Tree, walk


@dataclass
class Descents:
    """The last task of a problem that asked for steps of gradient descent, and where they led."""

    task: Task | None = None
    context: Context | None = None
    found: Descent | None = None

    def read(self, network: Network, text: ProblemText, task: Task) -> tuple[Descent, Context]:
        """The steps of a task, and what its answers are made in; of a task that refers to steps those before it."""
        if not task.again:
            self.task = task
        if self.task is None:
            raise NameFault("no-steps", "no steps of gradient descent are asked for before this", task.span)
        self.found = read_descent(network, text, self.task)
        self.context = Context(self.found.network)
        return self.found, self.context

    def put_in(self, context: Context, text: ProblemText, task: Task) -> tuple[Context, ProblemText]:
        """The text and its network with the iterates that a task names. Raises NameFault where they have no value."""
        trees = [tree for math in task.math("asked", "of", "given", "point") for tree in text.trees.get(math.span, ())]
        named = {key(part): part for tree in trees for part in walk(tree) if could_be_name(part)}
        found = [given for name in named if name not in context.network.names for given in self._given(name, named[name])]
        if not found:
            return context, text
        text = replace(text, more=(*text.more, *found))
        return Context(text.network(text.more)), text

    def _given(self, name: Tree, written: Tree) -> Iterator[Given]:
        """The value of one iterate; nothing for any other name."""
        if self.found is None or self.context is None:
            return
        for index, variable in enumerate(self.found.moved):
            step = step_of(name, variable, self.found.styles.get(variable))
            if step is None:
                continue
            if step > len(self.found.steps):
                message = f"{span_text(written.span)} is behind more steps than are asked for, {len(self.found.steps)}"
                raise NameFault("undefined-symbol", message, written.span)
            node = self.found.steps[step - 1][index]
            value = self.context.number(node)
            if value is None:
                message = f"{span_text(written.span)} has no value, as not all that the steps are made of has one"
                raise NameFault("undefined-symbol", message, written.span)
            yield Given(name, _literal(value, node), written.span)


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
