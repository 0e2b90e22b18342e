"""Statements -> Network: sorted, functions taken out, names resolved, ranks and sizes found, nodes made.

A statement that cannot be used is lost with an error at its place; what depends on it is marked as broken, everything else
goes on.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chainrule.errors import ChainruleError, Diagnostic, NameFault, ShapeError
from chainrule.graph import build
from chainrule.graph.dimension import Shape
from chainrule.graph.facts import OF_MATRICES, SQUARE, Fact
from chainrule.graph.node import Node, Variable
from chainrule.graph.walk import leaves
from chainrule.inference.broadcast import added_zeros, beside_layers
from chainrule.inference.claims import check_claims, defined_otherwise, reached_values
from chainrule.inference.constrain import Typing, clash_error
from chainrule.inference.conventions import settle
from chainrule.inference.declarations import Added, Declaration, Declared, Ranked
from chainrule.inference.declared import with_facts
from chainrule.inference.distributions.parametrisations import Spoken
from chainrule.inference.distributions.unnormalised import unnormalised
from chainrule.inference.elaborate import Dimensions, Elaborator
from chainrule.inference.entry_lists import is_entry_list
from chainrule.inference.fact_words import CONSTANT
from chainrule.inference.gather import gather
from chainrule.inference.gathered import Gathered, Resolved
from chainrule.inference.givens import rows_among
from chainrule.inference.learnt_sizes import find_sizes, stand_in
from chainrule.inference.literals import FLAT
from chainrule.inference.naming import name_arguments, share_quantities
from chainrule.inference.network import Equation, Network
from chainrule.inference.outer_products import with_outer_products
from chainrule.inference.proven import proven
from chainrule.inference.ranks import DEFINED, MATRIX, OF_RANK, SCALAR, VECTOR, RankClash
from chainrule.inference.reached import with_reached
from chainrule.inference.sizes import bind_sizes, missing_entries, put_in_sizes, tidy_sizes
from chainrule.inference.statements import Claim, Given
from chainrule.inference.symbols import is_capital, span_text
from chainrule.syntax.tree import Name, Superscript, Tree, walk

RANK = {kind: rank for rank, kind in OF_RANK.items()}


def build_network(
    statements: Sequence[Tree],
    more: Sequence[Given | Declaration] = (),
    broken: Mapping[Tree, Diagnostic] | None = None,
    facts: Sequence[Declared | Ranked | Added | Claim] = (),
    spoken: Sequence[Spoken] = (),
) -> Network:
    """The network that the statements of one problem describe.

    more: values and shapes said elsewhere; they win over those of the text. broken: names whose definition is unreadable.
    facts: what is declared of inputs elsewhere, and what words say of ranks and of what is added.
    spoken: what sentences say of the parametrisation of families.
    """
    gathered = gather(statements, more, broken, spoken)
    gathered.facts += [fact for fact in facts if isinstance(fact, Declared)]
    gathered.ranked += [fact for fact in facts if isinstance(fact, Ranked)]
    gathered.claims += [fact for fact in facts if isinstance(fact, Claim)]
    gathered.equations = with_outer_products(gathered)
    said = {fact.name: fact.axis for fact in facts if isinstance(fact, Added)}
    gathered.reader = replace(gathered.reader, along={**rows_among(gathered), **said})
    state = _State(gathered, dict(gathered.broken))
    state.drop_dependents()
    while True:
        try:
            found = _fitting(state)
            declared = [*gathered.facts, *proven(found.names, gathered.givens)]
            network, claims = with_facts(found, declared, gathered.claims)
            lost = defined_otherwise(network, claims)
            for name in lost:
                gathered.reader.lose(name)  # a call of it would take the first definition
            if lost:
                raise _Unusable(lost)
            said = check_claims(network, claims)
            reached = reached_values(network, claims)
            network = replace(network, diagnostics=(*network.diagnostics, *said), reached=reached) if said else network
            return with_reached(network, gathered.overruled)
        except _Unusable as unusable:
            state.lose(unusable.lost)


class _Unusable(Exception):
    """Some equations cannot be used; the rest is to be tried without them."""

    def __init__(self, lost: Mapping[Tree, ChainruleError]):
        super().__init__(f"{len(lost)} equations")
        self.lost = lost


@dataclass
class _State:
    """What is still in use."""

    gathered: Gathered
    broken: dict[Tree, Diagnostic]
    errors: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def __post_init__(self) -> None:
        self.equations = list(self.gathered.equations)

    def lose(self, lost: Mapping[Tree, ChainruleError]) -> None:
        self.errors.extend(error.diagnostic() for error in lost.values())
        self.broken.update({name: error.diagnostic() for name, error in lost.items()})
        self.drop_dependents()

    def drop_dependents(self) -> None:
        """Take out, quietly, what is computed from a broken name: the error stands at the root."""
        users: dict[Tree, list[Tree]] = {}
        for equation in self.equations:
            for name in equation.mentions:
                users.setdefault(name, []).append(equation.name)
        waiting = list(self.broken)
        while waiting:
            cause = waiting.pop()
            for name in users.get(cause, ()):
                if name not in self.broken:
                    self.broken[name] = self.broken[cause]
                    waiting.append(name)
        self.equations = [e for e in self.equations if e.name not in self.broken]


def _fitting(state: _State) -> Network:
    """The network; where sizes clash, that in which a capital given as one column is a matrix, if all fits then.

    Raises _Unusable for what does not fit either way.
    """
    fault: _Unusable | None = None
    found: Network | None = None
    try:
        found = _network(state)
        if not _clashes(found):
            return found
    except _Unusable as unusable:
        fault = unusable
        if not any(isinstance(error, ShapeError) for error in unusable.lost.values()):
            raise
    given = dict(state.gathered.givens)
    columns = [name for name, each in given.items() if each.literal.column and is_capital(name)]
    for chosen in [columns, *([name] for name in columns if len(columns) > 1)] if columns else []:
        as_matrix = {name: replace(given[name].literal, kinds=frozenset((MATRIX,))) for name in chosen}
        state.gathered.givens.update({name: replace(given[name], literal=literal) for name, literal in as_matrix.items()})
        try:
            other = _network(state)
        except _Unusable:
            other = None
        if other is not None and not _clashes(other):
            said = (_column_note(given[name]) for name in chosen)
            return replace(other, diagnostics=(*other.diagnostics, *said))
        state.gathered.givens.update(given)
    if fault is not None or found is None:
        raise fault or _Unusable({})
    return found


def _clashes(network: Network) -> bool:
    return any(each.code == "shape-clash" for each in network.diagnostics)


def _column_note(given: Given) -> Diagnostic:
    message = f"{span_text(given.name.span)} is read as a matrix of one column: as a vector it does not fit"
    return Diagnostic("note", "column-as-matrix", message, given.span, "declare its shape to say otherwise")


def _network(state: _State) -> Network:
    order = _ordered(state.equations)
    typing, notes = _typing(state, order)
    dimensions = Dimensions()
    names, said = _nodes(state, order, typing, dimensions)
    values, sizes, size_errors = bind_sizes(state.gathered, names, typing, dimensions)
    lost = missing_entries(order, names, sizes)
    if lost:
        raise _Unusable(lost)
    names, sizes, unnamed = tidy_sizes(names, sizes)
    names = put_in_sizes(names, sizes, everywhere=state.gathered.has_distributions)
    positions = {name: i for i, name in enumerate(state.gathered.order)}
    names = dict(sorted(names.items(), key=lambda item: positions.get(item[0], len(positions))))
    names, invented = name_arguments(share_quantities(names))
    declared = (names[e.name] for e in order if is_entry_list(e.written.body))
    lists = frozenset(node for node in declared if all(isinstance(leaf, Variable) for leaf in leaves(node)))
    written = [(e.name, e.written) for e in state.equations]
    equations = tuple(Equation(name, d.parameters, d.body, d.span, d.head or name) for name, d in written)
    own = state.gathered
    faults = unnormalised(names, values, own.givens)
    diagnostics = (*own.diagnostics, *own.reader.notes, *notes, *said, *state.errors, *size_errors, *faults)
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
        own.formulas,
        unnamed_sizes=unnamed,
        scalars=frozenset(name for name, declared in own.declarations.items() if not declared.shape),
    )


def _ordered(equations: Sequence[Resolved]) -> list[Resolved]:
    """Definitions after those they mention. Raises _Unusable for those that need themselves."""
    by_name = {e.name: e for e in equations}
    done: dict[Tree, bool] = {}
    order: list[Resolved] = []
    cyclic: dict[Tree, ChainruleError] = {}
    for first in equations:
        path = [(first, iter(first.mentions))] if first.name not in done else []
        done.setdefault(first.name, False)
        while path:
            equation, rest = path[-1]
            name = next((n for n in rest if n in by_name and not done.get(n, False)), None)
            if name is None:
                done[equation.name] = True
                order.append(equation)
                path.pop()
            elif name in done:
                start = next(i for i, (each, _) in enumerate(path) if each.name == name)
                cyclic[equation.name] = _cycle([each for each, _ in path[start:]])
            else:
                done[name] = False
                path.append((by_name[name], iter(by_name[name].mentions)))
    if cyclic:
        raise _Unusable(cyclic)
    return order


def _cycle(loop: Sequence[Resolved]) -> NameFault:
    """The error at the last of some equations, each of which needs the next one and the last the first."""
    last = loop[-1]
    first, *others = (span_text(equation.name.span) for equation in loop)
    if not others:
        hint = f"for an update write {first} \\leftarrow ...; else give the new value a name of its own"
        return NameFault("cyclic-definition", f"{first} is computed from itself", last.written.span, hint)
    *between, here = others
    chain = "".join(f", that from {each}" for each in between)
    message = f"{here} is computed from {first}{chain}, and that from {here}"
    which = "the two" if len(loop) == 2 else "them"
    return NameFault("cyclic-definition", message, last.written.span, f"a network has no cycles: rename one of {which}")


def _typing(state: _State, order: Sequence[Resolved]) -> tuple[Typing, list[Diagnostic]]:
    """The ranks. Raises _Unusable for the equations that do not fit with those before them."""
    typing = Typing(along=state.gathered.reader.along, rows=frozenset(rows_among(state.gathered)))
    declarations = {n: d for n, d in state.gathered.declarations.items() if n not in state.broken}
    for name, declared in declarations.items():
        own = frozenset((OF_RANK[len(declared.shape)],))
        small = declared.is_single and not is_capital(name)
        kinds = FLAT if declared.is_row else own | {SCALAR} if small else own
        typing.ranks.attempt(typing.name(name), kinds)
        if declared.is_row or small:
            typing.flat.append(typing.name(name))
    for name, given in state.gathered.givens.items():
        # Where a declaration says otherwise, `bind_sizes` reports the value.
        kinds = frozenset((SCALAR, VECTOR, MATRIX)) if given.literal.is_zero else given.literal.kinds
        typing.ranks.attempt(typing.name(name), kinds)
        if given.literal.kinds == FLAT:
            typing.flat.append(typing.name(name))
    for name in state.gathered.indices:
        typing.ranks.attempt(typing.name(name), frozenset((SCALAR,)))
    _type_asked(state, typing)
    lost: dict[Tree, ChainruleError] = {}
    for equation in order:
        mark = typing.ranks.mark()
        try:
            body = typing.constrain(equation.body)
            typing.ranks.require(DEFINED, (typing.name(equation.name), body), equation.body)
            typing.bodies[equation.name] = equation.body
        except RankClash as clash:
            lost[equation.name] = clash_error(clash, typing, equation.body)
        except ChainruleError as error:
            lost[equation.name] = error
        if equation.name in lost:
            typing.ranks.forget(mark)
    if lost:
        raise _Unusable(lost)
    for declared in (d for d in state.gathered.facts if d.name in typing.names and d.fact is not Fact.POSITIVE):
        kinds = frozenset((MATRIX,) if declared.fact in OF_MATRICES else (VECTOR, MATRIX))
        typing.ranks.attempt(typing.name(declared.name), kinds)
    said = _ranked(state, typing)
    try:
        defined = frozenset(e.name for e in order)
        zeros = [name for name, given in state.gathered.givens.items() if given.literal.is_zero]
        notes = settle(typing, defined, (*state.gathered.scalars, *added_zeros(typing, zeros, defined)))
        _check_losses(state.gathered.scalars, order, typing)
        return typing, [*said, *notes]
    except RankClash as clash:
        at = next((e for e in order if any(part is clash.constraint.where for part in walk(e.body))), order[-1])
        raise _Unusable({at.name: clash_error(clash, typing, at.body)}) from None


def _ranked(state: _State, typing: Typing) -> list[Diagnostic]:
    """Take up what words say of ranks, "x is a vector"; what is said of words that formulas or numbers contradict."""
    said: list[Diagnostic] = []
    added = beside_layers(typing)
    for each in state.gathered.ranked:
        unknown = typing.names.get(each.name)
        if each.rank == CONSTANT and each.name in added:
            continue
        rank = SCALAR if each.rank == CONSTANT else each.rank
        if unknown is not None and not typing.ranks.attempt(unknown, frozenset((rank,))):
            message = f"{span_text(each.name.span)} is called a {each.rank}, but what is given and defined says otherwise"
            said.append(Diagnostic("warning", "rank-contradicted", message, each.span, "the word is not used"))
    return list(dict.fromkeys(said))


def _type_asked(state: _State, typing: Typing) -> None:
    """The ranks in quantities that are asked for. What does not fit is said where it is asked for."""
    for tree in state.gathered.asked:
        mark = typing.ranks.mark()
        try:
            typing.constrain(tree)
        except ChainruleError:
            typing.ranks.forget(mark)


def _check_losses(scalars: Container[Tree], order: Sequence[Resolved], typing: Typing) -> None:
    """Raise _Unusable for a loss that the power of a vector, read entry by entry, leaves a vector."""
    lost: dict[Tree, ChainruleError] = {}
    for equation in (e for e in order if e.name in scalars and SCALAR not in typing.name(e.name).kinds):
        for part in walk(equation.body):
            if isinstance(part, Superscript) and id(part) in typing.parts and typing.kind(part) == VECTOR:
                message = f"{span_text(part.span)} is a power of a vector, entry by entry, so the loss would be a vector"
                hint = "write \\|v\\|^2 or \\sum_i v_i^2 for the sum of the squares"
                lost[equation.name] = ShapeError("vector-loss", message, part.span, hint)
    if lost:
        raise _Unusable(lost)


def _nodes(
    state: _State, order: Sequence[Resolved], typing: Typing, dimensions: Dimensions
) -> tuple[dict[Tree, Node], list[Diagnostic]]:
    """Every name's node, and what sizes decided. Raises _Unusable for the equations whose sizes do not fit."""
    shapes: dict[Tree, Shape] = {}
    for name, unknown in typing.names.items():
        declared = state.gathered.declarations.get(name)
        (kind,) = unknown.kinds
        shapes[name] = (
            declared.of_rank(RANK.get(kind, 1)) if declared else tuple(dimensions.new() for _ in range(RANK.get(kind, 1)))
        )
    elaborator = Elaborator(typing, {}, dimensions, shapes_only=True, of_mathematics=not state.gathered.reader.has_matmul)
    lost = find_sizes(order, elaborator, shapes, state.gathered)
    if lost:
        raise _Unusable(lost)
    for declared in (d for d in state.gathered.facts if d.fact in SQUARE and _may_be_square(d.name, state.gathered)):
        if len(shape := shapes.get(declared.name, ())) == 2:
            dimensions.unify(*shape)
    elaborator.shapes_only = False
    defined = {e.name for e in order}
    names: dict[Tree, Node] = {n: stand_in(n, shapes, dimensions) for n in shapes if n not in defined}
    lengths = {symbol for node in names.values() for length in node.shape for symbol in length.symbols}
    counted = state.gathered.reader.integers.keys() & names.keys() & {Name(symbol) for symbol in lengths}
    # The n of `x \in \mathbb{R}^n` that is given as 3 is the length of x wherever it stands.
    names |= {name: build.size(name.text) for name in counted if isinstance(name, Name) and not names[name].shape}
    elaborator.names = names
    for equation in order:
        try:
            names[equation.name] = build.named(equation.name, elaborator.node(equation.body))
        except ChainruleError as error:
            # Only the whole graph shows some mistakes, such as a derivative by something that nothing depends on.
            raise _Unusable({equation.name: error}) from None
    return names, list(elaborator.said.values())


def _may_be_square(name: Tree, gathered: Gathered) -> bool:
    given = gathered.givens.get(name)
    return given is None or len(given.literal.rows) == len(given.literal.rows[0])
