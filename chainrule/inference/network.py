"""The typed graph of one problem: its names, what they are computed from, and what is given."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from chainrule.errors import ChainruleError, Diagnostic, NameFault
from chainrule.graph.dimension import Shape
from chainrule.graph.facts import Fact
from chainrule.graph.node import Named, Node, Variable
from chainrule.inference.distributions.arguments import read_argument
from chainrule.inference.distributions.formulas import Formula
from chainrule.inference.distributions.information import Information, distribution_of, information_of
from chainrule.inference.distributions.quantity import Reading
from chainrule.inference.distributions.reading import reading_of_tree
from chainrule.inference.expression import read_entries, read_resolved
from chainrule.inference.inverted import name_of
from chainrule.inference.literals import Exact
from chainrule.inference.resolve import Reader
from chainrule.inference.resolved import Applied
from chainrule.inference.sums import read_elements
from chainrule.inference.symbols import Symbol, key, span_text
from chainrule.probability.distribution import Distribution
from chainrule.probability.quantities import Quantity
from chainrule.source import Span
from chainrule.syntax.tree import Name, Superscript, Tree, walk


@dataclass(frozen=True)
class Equation:
    """name = body, as the person wrote it."""

    name: Tree
    parameters: tuple[Tree, ...] | None
    body: Tree
    span: Span | None
    head: Tree


@dataclass(frozen=True)
class Network:
    """names: the node of every name (Variable: an input; Named: a quantity), in the order of the text.

    values: the exact values of inputs that have one. lists: quantities that only declare entries, `w = [w_1, w_2]`.
    invented: the z of unnamed arguments of nonlinearities, with the name of its cotangent. sizes: integers of size symbols.
    broken: names whose definition could not be used; nothing may be computed from them. formulas: the text's own formulas of
    quantities of information, by the name of their row, with the base of their logarithm. proven: facts of inputs that
    nobody has declared, but that their values have.
    """

    names: Mapping[Tree, Node]
    spellings: Mapping[Tree, str]
    values: Mapping[Tree, Exact]
    lists: frozenset[Node]
    invented: Mapping[Tree, Tree]
    sizes: Mapping[str, int]
    equations: tuple[Equation, ...]
    reader: Reader
    broken: Mapping[Tree, Diagnostic] = field(default_factory=dict[Tree, Diagnostic])
    diagnostics: tuple[Diagnostic, ...] = ()
    formulas: Mapping[str, Formula] = field(default_factory=dict[str, Formula])
    reached: Mapping[Tree, Exact] = field(default_factory=dict[Tree, Exact])
    """Of quantities that need an input without a value those that the text says they have, `s = \\log v = 0.5`."""
    proven: frozenset[tuple[Tree, Fact]] = frozenset()
    parameters: frozenset[Node] = frozenset()
    """Quantities that stand for the one letter of their formula, as inputs do, the s of `s = \\log \\sigma^2`."""
    unnamed_sizes: frozenset[str] = frozenset()
    """Letters of sizes that the text neither names nor gives: how many rows a matrix has of which nothing is said."""
    scalars: frozenset[Tree] = frozenset()
    r"""Names that the text declares as numbers, `b_2 \in \mathbb{R}`."""

    def inputs(self) -> Iterator[tuple[Tree, Variable]]:
        return ((name, node) for name, node in self.names.items() if isinstance(node, Variable))

    def quantities(self) -> Iterator[tuple[Tree, Named]]:
        return ((name, node) for name, node in self.names.items() if isinstance(node, Named))

    def find(self, tree: Tree) -> Node:
        """The node of a name as written; heads such as `L(y, \\hat y)` are the quantity itself.

        Raises NameFault for anything that is no name of the network, or one whose definition could not be used.
        """
        resolved = self.reader.read(name_of(tree, self.reader.inverted) or tree)
        own = key(tree) if key(tree) in self.names else None  # the \\pi of `\\pi_k` is a name, and the number elsewhere
        found = resolved.name if isinstance(resolved, Symbol) else own
        if found is not None and found in self.broken:
            raise self._unusable(found, tree)
        if found is None or found not in self.names:
            close = ", ".join([self.spellings[name] for name in self.names if name in self.spellings][:12])
            hint = f"its names are {close}"
            if isinstance(tree, Superscript) and key(tree.base) in self.names:
                hint = f"write one letter for {span_text(tree.span)}, or ask for the derivative by {span_text(tree.base.span)}"
            raise NameFault("undefined-symbol", f"{span_text(tree.span)} is not a name of this problem", tree.span, hint)
        return self.names[found]

    def _unusable(self, name: Tree, tree: Tree) -> NameFault:
        """What is said of a name whose definition could not be used: the cause, and where it stands."""
        cause = self.broken[name]
        where = ""
        if cause.span is not None:
            # A name that a program passes is a text of its own, with no lines to be confused with those of the equations.
            alone = tree.span is None or tree.span.text == tree.span.source.text.strip()
            here = alone or (tree.span is not None and tree.span.source.name == cause.span.source.name)
            where = f" (line {cause.span.line})" if here else f" ({cause.span.source.name}, line {cause.span.line})"
        message = f"the definition of {span_text(tree.span)} could not be used: {cause.message}{where}"
        return NameFault("broken-definition", message, tree.span, cause.hint)

    def read(
        self, tree: Tree, more: Mapping[Tree, Node] | None = None, shape: Shape | None = None, *, of_text: bool = False
    ) -> Node:
        """The node of any expression over the network's names and `more`. Sizes may be learnt for what the expression
        brings, never for the network's own. shape: what it must have, a vector being written as a column. of_text: a person
        wrote it, so that the bars of a matrix are its determinant.

        Raises NameFault for an unknown name, ShapeError and SyntaxFault as building does.
        """
        names = {**self.names, **(more or {})}
        reader = replace(self.reader_for(names), barred=of_text)
        resolved = self._known(reader.read(tree), names)
        if of_text:
            self._refuse_step(resolved, names)
        return read_resolved(resolved, names, shape, self.reader.along)

    def _refuse_step(self, resolved: Tree, names: Mapping[Tree, Node]) -> None:
        """Raise NameFault for the H of a number that no formula of the text has: an entropy, or the unit step."""
        if any(said.code == "letter-is-step" for said in self.diagnostics):
            return
        for part in walk(resolved):
            if isinstance(part, Applied) and part.of_vector is not None and not read_resolved(part.arguments[0], names).shape:
                what = span_text(part.arguments[0].span)
                message = "H can be an entropy or the unit step, and nothing defines it or gives a distribution"
                hint = f"write step({what}) for the unit step, give the distribution for the entropy, or define it: H(a) = ..."
                raise NameFault("undefined-function", message, part.span, hint)

    def information(self, tree: Tree, quantity: Quantity | None = None) -> Information | None:
        """The quantity of information that a tree is, `D_{KL}(P \\parallel Q)`; None where it is none. quantity: which one is
        meant, where words say it: the entropy of Rényi and that of Tsallis are written alike.

        Raises NameFault where it is of something unknown, SyntaxFault and ShapeError as `read` does.
        """
        reading = reading_of_tree(self.reader, tree, quantity) or self._of_lists(tree, quantity)
        return None if reading is None else information_of(reading, self._made)

    def _of_lists(self, tree: Tree, quantity: Quantity | None) -> Reading | None:
        """`D(P, Q)` of two lists that nothing says are distributions; what it is taken for is said."""
        with suppress(ChainruleError):
            reading = reading_of_tree(self.reader_for(self.names), tree, quantity)
            if reading is not None and reading.quantity.distributions == 2:
                said = span_text(tree.span)
                message = f"nothing defines {said}: it is read as the {reading.quantity.title}"
                if said:  # one that words ask for stands nowhere
                    self.reader.note("read-as-quantity", message, tree, "define it to say otherwise")
                return reading
        return None

    @cached_property
    def distributions(self) -> Mapping[Tree, Distribution]:
        """Every name that the text says is a distribution, in the order of the text: tables, families, formulas of a support.

        One whose parameters or values cannot be used is left out.
        """
        found: dict[Tree, Distribution] = {}
        first: dict[int, Tree] = {}
        for name, instance in self.reader.families.items():
            first.setdefault(id(instance), name)
        for name in dict.fromkeys((*self.reader.tables, *first.values())):
            with suppress(ChainruleError):
                found[name] = distribution_of(read_argument(self.reader, name), self._made)
        names = {name: at for at, name in enumerate(self.names)}
        return dict(sorted(found.items(), key=lambda item: names.get(item[0], len(names))))

    def _made(self, resolved: Tree) -> Node:
        return read_resolved(self._known(resolved, self.names), self.names)

    def read_entry(self, tree: Tree, letters: tuple[Tree, ...], shape: Shape, more: Mapping[Tree, Node]) -> Node:
        """The array of any rank, one of whose entries is written in these letters, `\\delta_{ij} x_k`; counted from 1.

        Raises what `read` does.
        """
        names = {**self.names, **more}
        reader = replace(self.reader_for(names), zero_based=frozenset())
        resolved = read_elements(reader, tree, dict.fromkeys(letters, 1))
        return read_entries(self._known(resolved, names), names, letters, shape)

    def _known(self, resolved: Tree, names: Mapping[Tree, Node]) -> Tree:
        """The tree, once it is sure that every name in it can be used. Raises NameFault."""
        for part in walk(resolved):
            if isinstance(part, Symbol) and part.name in self.broken:
                raise self._unusable(part.name, part)
            if isinstance(part, Symbol) and part.name not in names:
                raise NameFault("undefined-symbol", f"{span_text(part.span)} is not a name of this problem", part.span)
        return resolved

    def reader_for(self, names: Mapping[Tree, Node]) -> Reader:
        """A reader that knows these names, with the network's functions."""
        indexed = frozenset(name for name, node in names.items() if node.shape)
        own = self.reader
        sizes = {Name(symbol) for node in names.values() for d in node.shape for symbol in d.symbols} - set(names)
        aliases = {n: own.defined[n] for n in own.defined if own.defined[n] in names}
        known = {**aliases, **{n: n for n in (*names, *self.broken)}}
        limits = frozenset(sizes)
        return Reader(
            known,
            indexed | self.broken.keys(),
            own.heads,
            own.functions,
            own.table,
            own.letters,
            limits=limits,
            headed=own.headed,
            bodies=own.bodies,
            called=own.called,
            tables=own.tables,
            families=own.families,
            dependence=own.dependence,
            expressions=own.expressions,
            inverted=own.inverted,
            spoken=own.spoken,
            own=own.own,
            numbers=frozenset(name for name, node in names.items() if not node.shape),
            zero_based=own.zero_based,
            lengths={name: own.lengths[name] for name in own.zero_based if name in own.lengths},
        )
