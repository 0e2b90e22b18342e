"""Statements -> Network: sorted, functions taken out, names resolved, ranks and sizes found, nodes made.

A statement that cannot be used is lost with an error at its place; what depends on it is marked as broken, everything else
goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from chainrule.errors import ChainruleError, Diagnostic, NameFault
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, dimension
from chainrule.graph.node import Node
from chainrule.inference.constrain import Typing, clash_error
from chainrule.inference.conventions import settle
from chainrule.inference.elaborate import Dimensions, Elaborator, Learnt
from chainrule.inference.gather import Gathered, Resolved, gather
from chainrule.inference.naming import name_arguments
from chainrule.inference.network import MOST_ROUNDS, Equation, Network
from chainrule.inference.ranks import DEFINED, MATRIX, OF_RANK, RankClash
from chainrule.inference.sizes import bind_sizes, tidy_sizes
from chainrule.inference.statements import Declaration, Given, is_entry_list
from chainrule.inference.symbols import span_text
from chainrule.syntax.tree import Tree

RANK = {kind: rank for rank, kind in OF_RANK.items()}


def build_network(
    statements: Sequence[Tree], more: Sequence[Given | Declaration] = (), broken: Mapping[Tree, Diagnostic] | None = None
) -> Network:
    """The network that the statements of one problem describe.

    more: values and shapes said elsewhere; they win over those of the text. broken: names whose definition is unreadable.
    """
    gathered = gather(statements, more, broken)
    state = _State(gathered, dict(gathered.broken))
    state.drop_dependents()
    while True:
        try:
            return _network(state)
        except _Unusable as lost:
            state.lose(lost.equation, lost.error)


class _Unusable(Exception):
    """One equation cannot be used; the rest is to be tried without it."""

    def __init__(self, equation: Resolved, error: ChainruleError):
        super().__init__(error.message)
        self.equation = equation
        self.error = error


@dataclass
class _State:
    """What is still in use."""

    gathered: Gathered
    broken: dict[Tree, Diagnostic]
    errors: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def __post_init__(self) -> None:
        self.equations = list(self.gathered.equations)

    def lose(self, equation: Resolved, error: ChainruleError) -> None:
        self.errors.append(error.diagnostic())
        self.broken[equation.name] = error.diagnostic()
        self.equations.remove(equation)
        self.drop_dependents()

    def drop_dependents(self) -> None:
        """Take out, quietly, what is computed from a broken name: the error stands at the root."""
        while True:
            lost = [e for e in self.equations if any(name in self.broken for name in (e.name, *e.mentions()))]
            if not lost:
                return
            for equation in lost:
                cause = next(self.broken[name] for name in (equation.name, *equation.mentions()) if name in self.broken)
                self.broken[equation.name] = cause
                self.equations.remove(equation)


def _network(state: _State) -> Network:
    order = _ordered(state.equations)
    typing, notes = _typing(state, order)
    dimensions = Dimensions()
    names = _nodes(state, order, typing, dimensions)
    values, sizes, size_errors = bind_sizes(state.gathered, names, typing, dimensions)
    names, sizes = tidy_sizes(names, sizes)
    positions = {name: i for i, name in enumerate(state.gathered.order)}
    names = dict(sorted(names.items(), key=lambda item: positions.get(item[0], len(positions))))
    names, invented = name_arguments(names)
    lists = frozenset(names[e.name] for e in order if is_entry_list(e.written.body))
    equations = tuple(Equation(e.name, e.written.parameters, e.written.body, e.written.span) for e in state.equations)
    own = state.gathered
    diagnostics = (*own.diagnostics, *own.reader.notes, *notes, *state.errors, *size_errors)
    return Network(
        names,
        own.spellings,
        values,
        lists,
        invented,
        sizes,
        equations,
        own.reader,
        state.broken,
        tuple(dict.fromkeys(diagnostics)),
    )


def _ordered(equations: Sequence[Resolved]) -> list[Resolved]:
    """Definitions after those they mention. Raises _Unusable at a definition that needs itself."""
    by_name = {e.name: e for e in equations}
    done: dict[Tree, bool] = {}
    order: list[Resolved] = []
    for first in equations:
        path = [(first, iter(first.mentions()))]
        if first.name in done:
            continue
        done[first.name] = False
        while path:
            equation, rest = path[-1]
            for name in rest:
                if name in by_name and not done.get(name, False):
                    if name in done:
                        raise _Unusable(equation, _cycle(equation, name))
                    done[name] = False
                    path.append((by_name[name], iter(by_name[name].mentions())))
                    break
            else:
                done[equation.name] = True
                order.append(equation)
                path.pop()
    return order


def _cycle(equation: Resolved, name: Tree) -> NameFault:
    message = f"{span_text(equation.name.span)} is computed from {span_text(name.span)}, which is computed from it"
    return NameFault("cyclic-definition", message, equation.written.span, "a network has no cycles: rename one of the two")


def _typing(state: _State, order: Sequence[Resolved]) -> tuple[Typing, list[Diagnostic]]:
    typing = Typing()
    for name, given in state.gathered.givens.items():
        typing.ranks.attempt(typing.name(name), given.literal.kinds)
    for name, declared in state.gathered.declarations.items():
        typing.ranks.attempt(typing.name(name), frozenset((OF_RANK.get(len(declared.shape), MATRIX),)))
    for equation in order:
        try:
            body = typing.constrain(equation.body)
            typing.ranks.require(DEFINED, (typing.name(equation.name), body), equation.body)
        except RankClash as clash:
            raise _Unusable(equation, clash_error(clash, typing, equation.body)) from None
        except ChainruleError as error:
            raise _Unusable(equation, error) from None
    return typing, settle(typing, frozenset(e.name for e in order))


def _nodes(state: _State, order: Sequence[Resolved], typing: Typing, dimensions: Dimensions) -> dict[Tree, Node]:
    """Every name's node, made again whenever something was learnt of a size."""
    shapes: dict[Tree, tuple[Dimension, ...]] = {}
    for name, unknown in typing.names.items():
        declared = state.gathered.declarations.get(name)
        (kind,) = unknown.kinds
        shapes[name] = (
            tuple(dimension(d) for d in declared.shape)
            if declared
            else tuple(dimensions.new() for _ in range(RANK.get(kind, 1)))
        )
    elaborator = Elaborator(typing, {}, dimensions)
    for _ in range(MOST_ROUNDS):
        try:
            return _pass(order, elaborator, shapes, dimensions.settle)
        except Learnt:
            continue
    raise _Unusable(order[-1], ChainruleError("too-many-sizes", "the sizes of this problem could not be found"))


def _pass(
    order: Sequence[Resolved],
    elaborator: Elaborator,
    shapes: Mapping[Tree, tuple[Dimension, ...]],
    settled: Callable[[Dimension], Dimension],
) -> dict[Tree, Node]:
    defined = {e.name for e in order}
    names: dict[Tree, Node] = {
        name: build.variable(name, (settled(d) for d in shape)) for name, shape in shapes.items() if name not in defined
    }
    elaborator.names = names
    for equation in order:
        try:
            names[equation.name] = build.named(equation.name, elaborator.node(equation.body))
        except ChainruleError as error:
            raise _Unusable(equation, error) from None
    return names
