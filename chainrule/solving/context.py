"""What solving one problem shares: its network, the numbers in force, the sweeps and the gate."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isinf

from chainrule.algebra.shared_terms import READABLE, length, shared_terms
from chainrule.calculus.jacobian import entries
from chainrule.errors import ChainruleError, CodeError, EvaluationError
from chainrule.evaluation.array import Array, Given
from chainrule.evaluation.completed import replaced
from chainrule.evaluation.run import MissingValue
from chainrule.graph.node import Apply, Named, Node, Variable, postorder
from chainrule.graph.walk import expand, leaves
from chainrule.inference.distributions.expectations import EXPECTATION, VARIANCE
from chainrule.inference.literals import Exact, to_floats
from chainrule.inference.network import Network
from chainrule.ops.opaque import opaque_functions
from chainrule.solving.answer import Code, Formula, Value
from chainrule.solving.enclosed import Cells, certain_number
from chainrule.solving.forms import Differentiator
from chainrule.solving.no_case import without_open_ends
from chainrule.solving.numbers import number
from chainrule.solving.parts import Expressed, Part
from chainrule.syntax.tree import Number, Tree, walk
from chainrule.typesetting import latex, plain, unicode
from chainrule.verification.gate import Gate, Shown


@dataclass
class Context:
    """One problem being solved."""

    network: Network
    differentiator: Differentiator = field(init=False)
    gate: Gate = field(init=False)
    shared: dict[Node, tuple[Node, list[Named]]] = field(default_factory=dict[Node, tuple[Node, list[Named]]])
    numbers: dict[Node, Array] = field(default_factory=dict[Node, Array])
    enclosed: dict[int, dict[Node, Cells]] = field(default_factory=dict[int, dict[Node, Cells]])

    def __post_init__(self) -> None:
        self.differentiator = Differentiator(self.network)
        self.gate = Gate(self.network, spellings(self.network))

    def extend(self, network: Network) -> None:
        """Go on with a network that has further names, such as the index of an entry that is asked for."""
        self.network = self.differentiator.network = self.gate.network = network
        self.numbers.clear()
        self.enclosed.clear()

    def formula(self, node: Node) -> Formula:
        """The verified text of a node. Raises VerificationError."""
        return as_formula(self.gate.show(node))

    def readable(self, closed: Node) -> tuple[Node, list[Named]]:
        """A closed form with names for what it repeats, and these, where it would be too long to read; else as it is."""
        if length(closed) <= READABLE:
            return closed, []
        if closed not in self.shared:
            self.shared[closed] = shared_terms(closed, self.network.names)
        return self.shared[closed]

    def symbol(self, tree: Tree) -> Formula:
        """A name in the sheet's own spelling, in plain text and in Unicode text."""
        return Formula(self.network.spellings.get(tree) or latex(tree), plain(tree), unicode(tree))

    def spelled(self, node: Node | Part | Expressed) -> str:
        """The sheet's own spelling of a named node, of a part of one, or of a function of one."""
        assert isinstance(node, Named | Variable | Part | Expressed)
        return self.symbol(node.symbol).latex

    def values(self) -> Given:
        """The numbers in force, as evaluation takes them."""
        return {self.network.names[name]: to_floats(value) for name, value in self.network.values.items()}

    def exact_values(self) -> dict[Node, Exact]:
        return {self.network.names[name]: value for name, value in self.network.values.items()}

    def inputs(self, closed: Node) -> list[Named | Variable]:
        """The input names of a closed form, in the order of the problem's text.

        A declared list counts as one, unless an entry of it stands there by itself: then each of its entries does.
        """
        found = {closed} if isinstance(closed, Variable | Named) else set(leaves(closed))
        for node in [n for n in found if found.intersection(entries(n))]:
            found = (found - {node}).union(entries(node))
        return [n for n in self.network.names.values() if isinstance(n, Named | Variable) and n in found]

    def has_value(self, node: Node) -> bool:
        """Whether an input, or every entry of a declared list, has a value."""
        known = set(self.exact_values())
        if node in known:
            return True
        return isinstance(node, Named) and all(leaf in known for leaf in leaves(expand(node.body)))

    def needs(self, closed: Node) -> list[Named | Variable]:
        """The inputs of a closed form that have no value, in the order of the text."""
        return [node for node in self.inputs(closed) if not self.has_value(node)]

    def number(self, node: Node) -> Value | None:
        """The finite value of a node, None where an input or the size of its shape has none, or nothing defines a function
        in it.

        Raises EvaluationError where a computation fails, and a ChainruleError `not-a-number` where it has no value,
        `infinite-moment` and `not-finite` where it is infinite.
        """
        value = self.extended(node)
        if value is not None and _is_infinite(value):
            if (moment := self._infinite_moment(node)) is not None:
                message = f"the {moment} is infinite: its integral diverges"
                raise ChainruleError("infinite-moment", message, hint="ask for what is finite, the median or the entropy")
            message = f"at the given numbers {_infinite_entries(value)}"
            hint = "a logarithm of 0 and a quotient by 0 are infinite, and so is what is beyond 1.8e308"
            raise ChainruleError("not-finite", message, hint=hint)
        return value

    def _infinite_moment(self, node: Node) -> str | None:
        """The name of an expectation or a variance under a density that is infinite, of which a value is computed."""
        for part in postorder(node):
            if isinstance(part, Apply) and part.operation.name in (VARIANCE, EXPECTATION):
                value = self.extended(part)
                if value is not None and _is_infinite(value):
                    return part.operation.name
        return None

    def extended(self, node: Node) -> Value | None:
        """The value as `number` has it, or infinity where that is the value."""
        if opaque_functions([node]):
            return None
        try:
            found = self._found(node)
        except MissingValue:
            return None
        except EvaluationError as error:
            if error.code == "missing-size":
                return None
            raise
        value: Value = found.tolist()
        if not_a_number(value):
            raise ChainruleError("not-a-number", "this has no value at the given numbers")
        self._refuse_no_case(node)
        return value

    def _refuse_no_case(self, node: Node) -> None:
        """Raise a ChainruleError where a definition by cases, on which the value rests, says nothing of the given numbers."""
        closed = without_open_ends(node)
        if closed is not node and not_a_number(self._found(closed).tolist()):
            message = "this has no value at the given numbers: no condition of a definition by cases holds there"
            raise ChainruleError("no-case", message, hint="add a row for everything else, 0 & \\text{otherwise}")

    def _found(self, node: Node) -> Array:
        """The number of a node from those of inputs, else with the values that the text says quantities have.

        Raises what `evaluate` raises.
        """
        if node in self.numbers:
            return self.numbers[node]
        try:
            found = self.numbers[node] = self._nearest(node, self.network.values, self.enclosed)
            return found
        except MissingValue:
            if not self.network.reached:
                raise
            return self._nearest(node, {**self.network.values, **self.network.reached}, {})

    def _nearest(self, node: Node, values: Mapping[Tree, Exact], met: dict[int, dict[Node, Cells]]) -> Array:
        """The number of a node: the nearest floats where they are certain, else what double precision makes of it."""
        known = {self.network.names[name]: value for name, value in values.items()}
        found = number(node, {name: to_floats(value) for name, value in known.items()}, self.network.sizes)
        return replaced(found, certain_number(node, known, self.network.sizes, met) or {})

    def number_of(self, node: Node, needs: Sequence[Node]) -> Value | None:
        """The value of an answer; None only where an input that it needs has none, or nothing defines a function in it.

        Raises EvaluationError `open-size` where nothing is missing but the size of an array.
        """
        value = self.number(node) if not needs else None
        if value is None and not needs and not opaque_functions([node]):
            raise EvaluationError("open-size", "the size of an array in this is nowhere said", hint="declare its shape")
        return value

    def _with_sizes(self, root: Node, needs: Sequence[Node]) -> list[Node]:
        """The parameters, and inputs that show a size of the result that none of them shows."""
        found = list(needs)
        for size in (d for d in root.shape if not d.symbols <= set(self.network.sizes)):
            if not any(size in node.shape for node in [*found, *leaves(root)]):
                found += [n for n in self.network.names.values() if isinstance(n, Variable) and size in n.shape][:1]
        return found

    def code(self, name: str | Tree, root: Node, needs: Sequence[Node]) -> Code | None:
        """The NumPy program of a graph; None where none can be written."""
        from chainrule.codegen.numpy import numpy_program

        given: dict[Node, object] = {node: value for node, value in self.exact_values().items() if node not in needs}
        try:
            program = numpy_program(name, root, self._with_sizes(root, needs), given)
        except CodeError:
            return None
        return Code(program.source, {identifier: self.spelled(node) for identifier, node in program.parameters.items()})


def as_formula(shown: Shown) -> Formula:
    return Formula(shown.latex, shown.plain, shown.unicode)


def tree_formula(tree: Tree) -> Formula:
    """A tree as it is: for what the person wrote and for numbers, which have nothing to verify."""
    return Formula(latex(tree), plain(tree), unicode(tree))


def _infinite_entries(value: Value) -> str:
    """Which entries are infinite: "entry (2, 3) of this is -inf"."""
    if not isinstance(value, list):
        return f"this is {value}"
    places = list(_entries(value))
    first = next((place, number) for place, number in places if isinf(number))
    others = sum(isinf(number) for _, number in places) - 1
    where = first[0][0] if len(first[0]) == 1 else first[0]
    return f"entry {where} of this is {first[1]}" + (f", and {others} more are infinite" if others else "")


def _entries(value: Value, place: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], float]]:
    """Every entry with its place, counted from 1."""
    if not isinstance(value, list):
        yield place, value
        return
    for k, item in enumerate(value):
        yield from _entries(item, (*place, k + 1))


def _is_infinite(value: Value) -> bool:
    return any(_is_infinite(item) for item in value) if isinstance(value, list) else isinf(value)


def not_a_number(value: Value) -> bool:
    return any(not_a_number(item) for item in value) if isinstance(value, list) else value != value


def spellings(network: Network) -> dict[Fraction, str]:
    """How the person spelled the numbers that are no integers."""
    found: dict[Fraction, str] = {}
    for equation in network.equations:
        for part in walk(equation.body):
            if isinstance(part, Number) and part.text and part.value.denominator != 1:
                found.setdefault(part.value, part.text)
    return found
